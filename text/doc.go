// Package text turns the bytes of a document into a canonical text and a tree of addressable provisions.
//
// Start with [Read], which recognises the format and returns a [Reading], and [Reading.Own], the words of one provision.
// The package is pure: bytes in, spans out; no files, no network, no clock. Whatever it cannot read it refuses with an
// error that says what, where and how to mend it; it never falls back silently.
//
// # Canonical text
//
// NFC, LF, without markup. Paragraphs are separated by a blank line; items of a list, and lines that the source breaks on
// purpose, by one line end. A bullet is "• " where the source has markup for it, and as written in plain text. Cells of a
// table stand on one line with " | " between. Left out: controls, soft hyphens, zero-width spaces, characters that change the
// direction of writing, and page numbers where they count through the text. A title that only the file's YAML header gives
// becomes the first line, within the cover.
//
// # Provisions
//
// The tree tiles the text: each byte belongs to the heading or the own words of exactly one provision. An eId is its parent's
// eId, "__", a prefix for its kind and its number as written; an article is prefixed only by the annex it stands in, since
// articles are numbered through the text. Prefixes beyond those of the kinds: title, reg (regulation, rule), sched, app and
// prot for schedules, appendices and protocols, formula (the words by which a preamble ends), wrapup (words after a list that
// belong to the paragraph around it), notes (footnotes at the end). What has no number is counted among its siblings. Numbers
// in words or Chinese become digits; a number that comes twice gets "-2", with a warning. An article, section or point with
// one paragraph without number keeps its words itself and has no child for it.
package text
