// Package assay says what the provisions of a text bind: who bears what, how firmly, on which words that rests.
//
// Start with [Analyze], which reads a text.Reading by rules and lexicons kept as data in rules/, and [Analysis], its result.
// Pure: no files, no network, no clock; the same reading, rules and lexicon give the same analysis. Every label names its rule and its
// span in bytes of the canonical text. It refuses to guess a legal nature from a title.
package assay
