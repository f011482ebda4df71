// Package pdf writes a paper.Document as PDF (1.4 or later), on A4.
//
// Start with [Write]. Kept: headings as an outline; links, also within the document; tables whose head is repeated and whose rows are not
// cut unless one is longer than a page; figures; footnotes and comments gathered at the end, with links there; what a redline inserts is
// underlined, what it deletes is struck through; title, author, language and date as metadata.
//
// Refused: languages that the typeface cannot set (Arabic, Chinese), with an error that says what to take instead. Single characters that
// it lacks are shown as ☐ and counted in a line at the end. A PDF always carries a date; where the document gives none it is 1980-01-01.
// The PDF is not tagged: the HTML form is the accessible one.
package pdf
