// Package text turns the bytes of a document into a canonical text and a tree of addressable provisions.
//
// Start with [Read], which recognises the format and returns a [Reading], and [Reading.Own], the words of one provision.
// The package is pure: bytes in, spans out; no files, no network, no clock. Whatever it cannot read it refuses with an
// error that says what, where and how to mend it; it never falls back silently.
package text
