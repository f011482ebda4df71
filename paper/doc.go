// Package paper is the neutral form of a document that leaves the registry: a text converted, a draft with findings anchored at its
// clauses, a redline, a brief, a list of clips. Whoever has something to hand out makes a [Document]; the packages beneath write it:
// paper/docx, paper/pdf, paper/html, paper/markdown and paper/plain, each with one function Write(w, document).
//
// Start with [Document]; [T] and [Text] make runs. A comment is held by the runs that name its id: the first and the last run that do are its
// two ends. A footnote stands behind the run that names it. A link that begins with "#" leads to the block with that ID.
//
// Refused: layout beyond what every writer can keep (columns, colours, fonts, positions). The same document gives the same bytes: no
// writer looks at the clock, at the machine or into the network; dates are given.
package paper
