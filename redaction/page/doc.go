// Package page makes a redacted PDF of a PDF: images of its pages with the passages burned in, a fresh text layer that holds what is left, and nothing
// else of the original.
//
// Start with [Write]. A page image takes over from the original page only the places of words that are kept: pictures, stamps, handwriting, rules and
// remarks are not drawn, since nobody can name a passage in them. Where a passage cannot be placed surely, or the words of a page are not what is drawn
// (scans), the whole page is black. [Search] reads what was written as a reader would, and must find nothing before it leaves.
package page
