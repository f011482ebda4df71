// Package findings computes the seven cross-cutting findings of a registry: transparency, oversight, competition for supply, value
// addition, non-binding instruments, bundling with finance, and standards.
//
// Start with [Compute], which takes a compiled [registry.View] and gives a [Set]: seven findings, each with indicators, each with a count, a
// total, how many are unknown, and between what bounds the share lies if what is unknown were known. What an indicator counts is data
// (definitions/*.yaml, in four languages, with a version); [Load] reads it and rejects what is malformed. docs/findings.md is the
// format; docs/brief.md is what the findings say of the mapping that the registry was made to repeat.
//
// Words. A case is one thing counted: a record, or a record under a key (a mineral, a standard). Every case falls into one part; parts add up to the
// total. A part is counted, or unknown, or neither. An unknown part is silent where no record speaks of the matter: that is "not looked for". A number
// rests on the claims of its cases and on those of the cases' places (Set.Places): change another claim, and it stays.
//
// It is pure: the same view and texts give the same bytes. It sees what the view's readers see and nothing else. It leaves samples out, never
// takes unknown for no, ranks no state and judges none; an allegation counts for nothing.
package findings
