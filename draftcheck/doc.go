// Package draftcheck holds a draft against good practice, against itself and against what is known of other texts, and says what a
// negotiator should look at before it is signed.
//
// Start with [Check], which takes an [Input] and gives a [Report], and [Report.Paper], which lays it out to be written as text, HTML, DOCX or
// PDF. What a registry holds is given as plain data, a [Digest] of each text, made once when a text enters ([DigestOf]); so the check of a
// draft reads no other text.
//
// A topic of package practice is covered where words of it, or the reading of its policy area, stand in what the draft itself provides; what
// stands in the preamble, in a heading or in a quotation alone is only mentioned. Three things are kept apart: absent (looked for and not
// found), mentioned (nothing follows from it), undecided (the reader is not sure, and says why). What was not looked at is listed as that.
//
// Pure: no files, no network, no clock, nothing kept. It refuses to say that a draft is good, fair or safe to sign, and to check what is no
// agreement.
package draftcheck
