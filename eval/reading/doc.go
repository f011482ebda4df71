// Package reading measures the reading of texts by rules against readers who labelled the same texts unit by unit from a written guideline.
// All of these readers, and the adjudicators, are language models, not people: what they agree on is what the guideline says, and their
// agreement is no measure of what lawyers would say.
//
// Start with Load, which reads the gold set of a folder (eval/gold/reading), and Score, which compares its readers with each other and
// a machine's labels with the adjudicated answer. The gold set holds labels and byte offsets, no sentences: a unit is known by the
// bytes it spans in the canonical text, and by a hash of its words, so that Anchor finds it again, or says that it is lost, when a later
// extractor moves it. What the labels mean is in eval/guidelines.md.
package reading
