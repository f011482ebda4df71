// Package registry is the domain: claims in, views out.
//
// The registry holds no truth about a record. It holds claims: this source says that this field of this record has this
// value. A claim is never edited; a later entry supersedes or retracts it. Start with [Entry], what the log holds, and
// [Compile], which makes of entries the records that a reader may see as of a date.
//
// Words: a [Claim] is about a record's field under a key; a [Source] is where it was read; a [Disclosure] changes who may
// see an entry; a [Choice] is an editor's overruling of the rule that picks among competing claims; a [Retraction] takes an
// entry back. docs/glossary.md has the rest.
//
// The package imports the standard library only. It knows no store, no network and no clock: whatever depends on time is
// asked as of a date.
package registry
