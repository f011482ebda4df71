package draftcheck

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

// Draft is a text to be checked, read and analysed.
type Draft struct {
	Name     string // as the file is called
	Reading  *text.Reading
	Analysis *assay.Analysis
}

// Input is all that a check looks at.
type Input struct {
	Draft     Draft
	Earlier   *Draft     // nil where there is none
	Party     string     // for whom it is checked, a code as in Analysis.Parties; "" where nobody was chosen
	Positions []Position // own positions, shown beside the clauses
	Registry  *Registry  // nil where no other text is known
	Rules     *assay.Rules
	Library   *practice.Library

	Owed      []*conflict.Sheet // texts and laws of the party, or of any side where nobody was chosen
	More      int               // further texts of it that were not read, for there are too many
	Colliding *conflict.Rules   // nil where conflicts are not looked for
}

// Registry is what is known of other texts.
type Registry struct {
	Texts  []Text
	Names  map[string]string // of parties by code, English
	Frames []Frame           // that have not ended
	What   string            // which registry this is, for whom: words for the report
}

// Text is a text of the registry as a check needs it.
type Text struct {
	Document string   `json:"document"` // record id
	Path     string   `json:"path"`     // address of its page
	Title    string   `json:"title"`
	Date     string   `json:"date"`    // EDTF; "" where not known
	Parties  []string `json:"parties"` // codes as in Analysis.Parties
	Sample   bool     `json:"sample,omitempty"`
	*Digest
}

// Frame is a framework, negotiation or law as far as a draft may meet it.
type Frame struct {
	Path     string
	Title    string
	Kind     string   // instrument, negotiation, law
	Sides    []string // codes as in Analysis.Parties
	Minerals []string // codes as in Analysis.Minerals
	General  bool     // it speaks of critical minerals without naming any
	Binding  bool
	Open     bool // talks that go on, or a text that is not signed
	From     string
}

// Sides are whose texts and laws the draft is held against: the chosen party's, or each side's where nobody was chosen.
func (in *Input) Sides() []string {
	if in.Party != "" {
		return []string{in.Party}
	}
	return in.Draft.Analysis.Parties
}
