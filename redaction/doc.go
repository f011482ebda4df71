// Package redaction makes a redacted text: a new document from a reading and a list of passages that are withheld, each on a ground. It never edits an
// original. Pure.
//
// Start with [ReadPassages], [Resolve] and [Make]; [Redacted.Paper] is what the writers of package paper take, and package redaction/page makes the images
// of a PDF's pages. [SecretsOf] are the words that may not be found in what leaves, and their Search is to be asked of every file before it is written.
//
// What leaves is made from the redacted text alone, in which the withheld words are gone: title, headings and addresses are read anew from it. It keeps
// the length of a passage, and so may tell a guesser who knows a few candidates which of them fits. It does not decide whether a passage may be withheld.
package redaction
