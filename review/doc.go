// Package review lists what waits for a person's decision. It is pure: it reads a view, the entries behind it and what importers noted, and
// gives items, each once, the same for the same input. Start with [List].
//
// The kinds: match (a text that may belong to an instrument), duplicate (two records that may be one), machine_claim (what a machine read
// and nobody confirmed), stale (something unfinished of which no source has been heard for long; how long is data, stale.yaml),
// dead_reference (a claim that refers to a record or rests on a source that is not there), unpublished (what editors see and the public
// does not), file (a file or row that did not enter).
//
// Deciding is elsewhere. What is knowledge is decided in the log, by claims (this text is of that instrument; these two are distinct), so
// that it travels and survives a rebuild, and shows here by the item being gone. What is only work (later; seen, and left as it is) is kept by
// package desk with the item's evidence: an item whose evidence changes is asked again.
package review
