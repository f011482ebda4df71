// Package intake is what an editor's desk and the importer say to each other about a file that is brought in: what was understood of it, and
// what a person decided.
//
// A file is looked at first ([Looked]), which enters nothing; then it is taken in as the person says ([Choice]). Pure: package ingest does the work,
// package web draws the pages.
package intake

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// File is what is brought in.
type File struct {
	Name   string // as it came
	Bytes  []byte
	Source Source
	How    []byte // how it came from a web address, to be kept with it: JSON; nil where it was uploaded
}

// Source is where a file was published, as a person says; empty parts are taken from the file itself.
type Source struct {
	URL, Publisher, Title string
	Date                  string // EDTF
	Grade                 string // a code of grade
}

// Looked is what was understood of a file.
type Looked struct{ Parts []Part }

// Part is the file, or a file within a container.
type Part struct {
	Path, Format string
	Code         string // read, kept (a document whose words are in images that could not be read), or why it was refused: a code of text.Error
	Reason, Hint string // of what was not read
	Texts        []Text
}

// Text is one text of a part: several where it holds several languages.
type Text struct {
	Document   registry.RecordID // that it is or will be
	Known      bool              // it is here already
	Reading    *text.Reading
	Analysis   *assay.Analysis
	Title      string
	Language   string
	Date       string // EDTF; "" where it says none
	Type       string // a code of document_type
	Version    string
	Parties    []registry.RecordID // that the registry has a record of
	Instrument registry.RecordID   // that the file itself, or a text nearly the same, names
	Matches    []Match             // instruments that it may be a text of, the best first
	Duplicate  registry.RecordID   // a text nearly the same; "" for none
	Like       string              // how nearly
}

// Match is an instrument that a text may belong to.
type Match struct {
	Instrument registry.RecordID
	Score      float64 // 0–1
	Reasons    []string
}

// Choice is what a person decided of one text.
type Choice struct {
	Leave      bool // it does not enter
	Title      string
	Type       string            // a code of document_type
	Version    string            // number of the draft or text in order
	Instrument registry.RecordID // it is a text of; "" for none
	Make       bool              // a record of an instrument is made for it
}

// Taken is what entered.
type Taken struct {
	Documents   []registry.RecordID // of texts that entered, in their order
	Instruments []registry.RecordID // that were made for them
	Known       []registry.RecordID // of texts that were here already
	Refused     []Part
	Entries     int
}

// Mend is other words for a page of a document, as a person read them in its image.
type Mend struct {
	Document registry.RecordID
	Reading  string // the reading that the person saw: where it is another now, nothing is mended
	Page     int
	Words    string
	Reason   string
}
