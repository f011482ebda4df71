// Package edition turns a reading into what leaves the registry: Akoma Ntoso 3.0, and a paper.Document that the writers under paper make into
// DOCX, PDF, HTML, Markdown and plain text, with or without labels.
//
// Start with [AKN] and [Paper]. The words are those of the reading, in its order; eIds are the reading's own, so that an address holds in every
// format and, where the text is the same, in every version.
//
// Akoma Ntoso: cover → preface, preamble, body, signatures → conclusions, annexes behind them → attachments. Where a text has these in another
// order they stand in the body as hcontainers of that name: the order of the text is never changed. What the file does not say (country, a full
// date) is written as unknown: country "xx", date 0001-01-01 named "unknown". Pure; refused: a made-up date, number or party.
package edition
