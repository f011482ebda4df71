// Package docx writes a paper.Document as WordprocessingML (ECMA-376, transitional), as word processors open it without repair.
//
// Start with [Write]. Kept: headings as styles, so that a table of contents can be made; lists with their own markers; tables whose head is
// repeated and whose rows are not cut; footnotes; comments anchored at words; insertions and deletions as tracked changes with author and
// date; pictures with their words; links; the language, also for spelling; left and right writing. Nothing in it runs or fetches: no macros, no
// fields but the page number, no references out of the file but links that a reader clicks.
package docx
