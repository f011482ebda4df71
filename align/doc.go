// Package align puts the provisions of two texts of one instrument in two languages beside each other, and says where they seem to differ.
//
// Start with [Texts], which gives an [Alignment]: rows in the order of the texts, each with a provision of one or both sides. Articles, and what
// stands at their level, are aligned first, then what stands under each pair. A row's provisions are named by eId and by index in the readings; what
// stands in one text alone has a row of its own.
//
// How: dynamic programming over the two sequences. What speaks for a pair: its kind and place in the order, its number (unless
// Options.HideNumbers), how long it is beside the length that the language leads one to expect, the figures, dates, parties, minerals and topics
// it names, how firmly it binds, and how many provisions stand under it.
//
// [Difference] is for a person to look at, not a finding: languages say the same at different lengths, and what our reading makes of a modality in one
// language may be wrong. Pure; refused: a translation, and a judgement which text is right.
package align
