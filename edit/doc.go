// Package edit turns what a person types into entries of the log, and entries into what they will change.
//
// Start with [Reader.Value] (one typed value), [Reader.Read] (a whole form: a source and what it says), [Look] (what a set of entries
// will change, before it is saved), [Publication] (what must become public together) and [Undo].
//
// Words: typed is what a person wrote in a form; understood is the canonical value with remarks on how it was read; to ask is to refuse a
// typed value because it may mean several things, with the meanings to choose from; a draft is a form that was understood; a batch is
// everything that one save appended.
//
// The package is pure: it stores nothing, knows no page and no clock but the time it is given. It refuses to guess: what may be read in
// two ways is asked, and what was read is given back so that it can be shown.
package edit
