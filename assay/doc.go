// Package assay says what the provisions of a text bind: who bears what, how firmly, on which words that rests.
//
// Start with [Analyze], which reads a text.Reading by rules and lexicons kept as data in rules/, and [Analysis], its result.
// Pure: no files, no network, no clock; the same reading, rules and lexicon give the same analysis. Every label names its rule and its
// span in bytes of the canonical text; a plain sentence in which no rule finds a verb is a declaration by the rule plain_statement. It refuses to guess a legal nature from a title.
// Each provision holds its norms ([Norm]): a sentence or an item of a list with its lead-in. Below a stated confidence a norm is undecided.
// What the codes of the ladders mean, and what the reading gets wrong, is in docs/reading-errors.md.
package assay
