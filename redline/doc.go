// Package redline says what changed between two texts of one instrument, provision by provision, and what of it changed in force.
//
// Start with [Compare], which takes two readings and, where there are any, their analyses, and gives a [Redline]; [Redline.Paper] lays it
// out as a document that paper/html, paper/docx, paper/pdf or paper/plain write. [Successors] says where every address of the earlier reading
// leads in the later one.
//
// The unit is the innermost provision: the own words of a provision, with its number and heading; a heading over other provisions is a unit
// of its own. There is at most one [Change] for each. Its kinds:
//
//   - moved: it stands elsewhere among what stayed, or under another provision. Of two that changed places the shorter moved, and of articles the fewest.
//   - renumbered: its number, or that of a provision which its address names, is another. Not said where a provision without number is only
//     counted anew.
//   - split, merged: one became several that stand beside each other, or the reverse. The side with several spans all of them.
//   - added, deleted: it stands in one text alone. An item of a list that went is deleted; its list is unchanged.
//   - modal, deadline, quantity, standard: words that say how firmly, by when, how much or by which standard are others.
//   - words: other words changed. Quotation marks, dashes, capitals, and the comma or "and" at the end of an item are no change.
//
// Pure: no files, no clock; the same texts give the same changes. Time is near linear: equal provisions are found by hash, the others compared
// with few candidates. Refused: a judgement whether a change is good, and a guess at who proposed it where the text does not say.
package redline
