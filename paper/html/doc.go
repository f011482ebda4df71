// Package html writes a paper.Document as one HTML file that needs nothing beside it: no script, no font, no picture from elsewhere.
//
// Start with [Write]. It is the accessible form: headings, lists, tables with a caption and the scope of their head, footnotes and comments
// with links both ways, what a redline inserts or deletes in <ins> and <del> with the words said to a screen reader too, the language, and
// light and dark. It prints: the head of a table is repeated, rows are not cut.
package html
