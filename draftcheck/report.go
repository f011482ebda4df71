package draftcheck

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
)

// Report is what a check found. Offsets are bytes of the draft's canonical text. A list is empty, never null, where nothing was found or
// nothing was looked for: Summary says which.
type Report struct {
	Gaps       []Gap        `json:"gaps"`       // topics of good practice that the draft does not provide for, the most pressing first
	Weak       []Weak       `json:"weak"`       // topics it provides for in weak words, with firmer ones
	Conflicts  []Beside     `json:"conflicts"`  // with what the party already owes
	Overlaps   []Beside     `json:"overlaps"`   // with other texts: the same words, the same subject
	Comparable []Comparable `json:"comparable"` // clauses of other texts on the topics of gaps and weak wording
	Balance    []Exchange   `json:"balance"`    // what each side gives and gets
	Open       []Open       `json:"open"`       // what is not finished: brackets, blanks, references to nothing
	Changes    []Change     `json:"changes"`    // from the earlier draft
	Positions  []Placed     `json:"positions"`  // own positions beside clauses; never for the other side
	Summary    Summary      `json:"summary"`
}

// The states of a gap.
const (
	Absent    = "absent"    // looked for and not found
	Mentioned = "mentioned" // in the preamble, a heading or a statement, and nothing follows from it
	Undecided = "undecided" // the reader is not sure
)

// The priorities of a gap.
const (
	Exposed = "exposed" // the draft does what the topic guards against
	Core    = "core"    // a matter of agreements between states
	Project = "project" // rather a matter of contracts
)

// Gap is a topic of good practice that the draft does not provide for.
type Gap struct {
	Topic     string    `json:"topic"`
	Label     string    `json:"label"` // English
	Status    string    `json:"status"`
	Priority  string    `json:"priority"`
	Why       string    `json:"why"`       // of the status, one English sentence
	Matters   string    `json:"matters"`   // what is lost without it
	Places    []Place   `json:"places"`    // where it is mentioned
	RaisedBy  []Place   `json:"raised_by"` // where the draft does what the topic guards against
	Wording   Wording   `json:"wording"`   // model clause, firm
	Guidance  []Source  `json:"guidance"`
	Partner   []Partner `json:"partner"` // what the other sides accepted elsewhere
	undecided bool
}

// Place is words of the draft.
type Place struct {
	EID      string   `json:"eid"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Quote    string   `json:"quote"`
	Modality string   `json:"modality,omitempty"` // "" where it is no norm
	Bearer   []string `json:"bearer,omitempty"`
}

// Wording is a model clause of our own drafting.
type Wording struct {
	Strength string `json:"strength"`
	Language string `json:"language"`
	Text     string `json:"text"`
	Obtains  string `json:"obtains"`
}

// Source is public guidance.
type Source struct {
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Link      string `json:"link"`
}

// Partner says how often another side took on a duty on a topic in texts that the registry has.
type Partner struct {
	Party    string `json:"party"`
	Name     string `json:"name"`
	Accepted int    `json:"accepted"` // texts in which it has such a duty, alone or with the others
	Of       int    `json:"of"`       // texts of it whose words are known
}

// Weak is a topic that the draft provides for less firmly than it could.
type Weak struct {
	Topic    string    `json:"topic"`
	Label    string    `json:"label"`
	Place              // the firmest words on it
	Why      []string  `json:"why"`    // codes: effort, intention, hope, permission, declaration, vague, qualifiers of assay, non_binding, half, brackets; against where the draft also does what the topic guards against
	Words    string    `json:"words"`  // the same, one English sentence
	Yours    bool      `json:"yours"`  // the chosen party alone bears it: firmer words bind it, not the other side
	Others   []Place   `json:"others"` // further weak words on the topic, at most five
	Firmer   []Wording `json:"firmer"` // model clauses firmer than this, the nearest first
	Partner  []Partner `json:"partner"`
	RaisedBy []Place   `json:"raised_by"` // as of a gap
}

// Comparable is a clause of another text on a topic.
type Comparable struct {
	Topic      string   `json:"topic"`
	Document   string   `json:"document"`
	Path       string   `json:"path"`
	Title      string   `json:"title"`
	Date       string   `json:"date"`
	Parties    []string `json:"parties"`
	With       string   `json:"with"` // the other side of the draft that is a party to it; "" where none is
	EID        string   `json:"eid"`
	Modality   string   `json:"modality"`
	Precise    bool     `json:"precise"`
	Bearer     []string `json:"bearer"`
	NonBinding bool     `json:"non_binding"` // the text it stands in says or shows that it does not bind
	Quote      string   `json:"quote"`       // "" where the text's words are not here
	Like       float64  `json:"like"`        // share of five-word runs in common with the draft's clause
	Sample     bool     `json:"sample,omitempty"`

	near int
	lang string
}

// NotLookedAt is the kind of the one entry of a list that nothing was looked for.
const NotLookedAt = "not_looked_at"

// Beside is something of the draft beside something of another text.
type Beside struct {
	Kind     string  `json:"kind"`   // what it is; "not_looked_at" where nothing was
	Answer   string  `json:"answer"` // conflict, tension, undecided; same_words, same_subject; ""
	Words    string  `json:"words"`  // one English sentence
	Place    *Place  `json:"place"`
	Document string  `json:"document,omitempty"`
	Path     string  `json:"path,omitempty"`
	Title    string  `json:"title,omitempty"`
	EID      string  `json:"eid,omitempty"`
	Quote    string  `json:"quote,omitempty"`
	Share    float64 `json:"share,omitempty"` // of the draft's words that stand in the other text too, about
	Severity string  `json:"severity,omitempty"`

	Missing []string        `json:"missing,omitempty"` // of an undecided conflict: what is not known
	Hints   []conflict.Hint `json:"hints,omitempty"`   // which of the two may come first, by which rule
}

// Exchange is one thing that a side gives.
type Exchange struct {
	EID       string          `json:"eid"`
	Category  string          `json:"category"`
	Direction string          `json:"direction"`
	Gives     []string        `json:"gives"`
	Gets      []string        `json:"gets"`
	For       string          `json:"for"` // of the chosen party: gives, gets, both; "" where it is neither or nobody was chosen
	Strength  string          `json:"strength"`
	Modality  string          `json:"modality"`
	Refrains  bool            `json:"refrains"`
	Deadline  *assay.Deadline `json:"deadline"`
	Quantity  *assay.Quantity `json:"quantity"`
	Enforcers []string        `json:"enforcers"`
	Start     int             `json:"start"`
	End       int             `json:"end"`
	Quote     string          `json:"quote"`
}

// Open is something that is not finished.
type Open struct {
	Kind  string `json:"kind"`
	EID   string `json:"eid"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
	Words string `json:"words"` // one English sentence
}

// Change is what became of a provision since the earlier draft.
type Change struct {
	Kinds  []string `json:"kinds"`
	EID    string   `json:"eid"` // in this draft; of what was deleted, in the earlier one
	Before string   `json:"before"`
	After  string   `json:"after"`
	Force  []string `json:"force"` // what changed in force, English
}

// Summary is the report on a page.
type Summary struct {
	Status       string            `json:"status"` // agreement, doubtful, no_agreement, unsupported_language
	Words        string            `json:"words"`  // the status, one English sentence
	Title        string            `json:"title"`
	Language     string            `json:"language"`
	Kind         string            `json:"kind"`
	LegalNature  Nature            `json:"legal_nature"`
	Parties      []string          `json:"parties"`
	Party        string            `json:"party"`
	Counterparts []string          `json:"counterparts"`
	Names        map[string]string `json:"names"`
	Provisions   int               `json:"provisions"`
	Covered      []string          `json:"covered"`    // topics that are provided for firmly: codes
	CoveredAt    map[string]Place  `json:"covered_at"` // the firmest words on each of these, to be read before it is believed
	Quoted       int               `json:"quoted"`     // passages quoted from elsewhere, left out
	Registry     string            `json:"registry"`
	Texts        int               `json:"texts"`         // texts of the registry it was held against
	Warnings     []string          `json:"warnings"`      // what is odd about the draft or the call
	NotLookedAt  []string          `json:"not_looked_at"` // what the report says nothing of
	Minister     []string          `json:"minister"`      // one page for a minister, a paragraph each
	Committee    []string          `json:"committee"`     // one page for a committee of parliament
}

// Nature is what is known of the draft's force.
type Nature struct {
	Stated        string   `json:"stated"`
	Read          string   `json:"read"`
	Inferred      string   `json:"inferred"`
	Except        []string `json:"except"`         // eIds of what binds although the text says that it does not
	ExceptUnclear bool     `json:"except_unclear"` // something is left out of that, and was not found in the text
}
