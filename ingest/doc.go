// Package ingest is where the arrows meet: a file becomes a reading, an analysis, and claims in the log.
//
// Start with [Importer.Import]. It recognises documents and CSV of claims, matches documents to the instruments they are texts
// of, and links near-duplicates. What a machine read or guessed enters as a machine's claim; a doubtful match goes to the
// review list with its reasons and is never entered. Importing twice changes nothing. Each file is one batch in the log, its
// blobs written before it, so that a death at any point leaves whole files or none.
package ingest
