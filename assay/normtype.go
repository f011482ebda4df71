package assay

// Span is a place in the canonical text: bytes, end exclusive.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Norm is one sentence or one item of a list, read together with its lead-in. It holds labels and offsets, no words of the text.
//
// A lead-in ("Each Party shall:") has a record too, marked Opens, with the modality it hands on; it binds nobody to anything beside its
// items, so counts leave it out. Headings have none; definitions and signatures are norms of modality none.
type Norm struct {
	Start       int         `json:"start"` // of its own words
	End         int         `json:"end"`
	Lead        []Span      `json:"lead,omitempty"`  // the lead-ins it is read with, outermost first
	Opens       bool        `json:"opens,omitempty"` // it is a lead-in: its items are the norms
	Modality    Modality    `json:"modality"`        // undecided where Confidence is below UndecidedBelow; empty where the language is not served
	Part        string      `json:"part"`
	Bearer      []string    `json:"bearer"`                // as Provision.Bearer
	Beneficiary []string    `json:"beneficiary,omitempty"` // the same codes, and other_party
	Act         *Span       `json:"act,omitempty"`         // the verb of what is owed, allowed or said
	Object      *Span       `json:"object,omitempty"`
	Qualifiers  []string    `json:"qualifiers"`
	Conditions  []Span      `json:"conditions,omitempty"` // clauses that say when it holds ("if …") or does not ("unless …")
	Deadline    *Deadline   `json:"deadline"`             // the first; null where it names none
	Deadlines   []Deadline  `json:"deadlines,omitempty"`  // all, where there are several
	Quantity    *Quantity   `json:"quantity"`             // the first; null where it names none
	Quantities  []Quantity  `json:"quantities,omitempty"` // all, where there are several
	Standards   []string    `json:"standards"`            // classes of rules/standard.yaml
	Bodies      []Span      `json:"bodies,omitempty"`     // named bodies
	Reporting   []string    `json:"reporting,omitempty"`  // classes of rules/reporting.yaml
	References  []Reference `json:"references,omitempty"`
	Topics      []string    `json:"topics"`
	Precise     bool        `json:"precise"`            // a third person could say whether it was done, and the bearer does not decide whether to act
	Also        []Modality  `json:"also,omitempty"`     // what else it holds: "may leave and shall give notice"
	Confidence  float64     `json:"confidence"`         // that the modality is right, 0–1; see confidence.go for what it was measured on
	Either      []Modality  `json:"either,omitempty"`   // both readings, the likelier first, where it is undecided
	Language    string      `json:"language,omitempty"` // where it is not that of the document
	Rules       []string    `json:"rules"`              // codes; what decided the modality first
}

// Undecided is the modality of a norm whose reading is less sure than UndecidedBelow; Either holds both readings.
const Undecided Modality = "undecided"

// Best is the modality, or the likelier reading of an undecided norm.
func (n *Norm) Best() Modality {
	if n.Modality == Undecided && len(n.Either) > 0 {
		return n.Either[0]
	}
	return n.Modality
}

// Deadline is a time by which, or a rhythm in which, something is to be done.
type Deadline struct {
	Date   string `json:"date,omitempty"`   // EDTF, of a date on or before which
	Period string `json:"period,omitempty"` // ISO 8601: P180D; R/P1Y for "every year"
	From   string `json:"from,omitempty"`   // what the period runs from: signature, entry_into_force, request, notice, receipt … ; other where the words name something else
	Before bool   `json:"before,omitempty"` // the period ends at From: "30 days before the meeting"
	Span
}

// Quantity is a figure with its unit.
type Quantity struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`            // ISO 4217 code, %, t, kg, MW, ha, km …
	Bound string  `json:"bound,omitempty"` // min (at least), max (at most), above (more than), below (less than), where the words say so
	Span
}

// Reference is a place of this text or another instrument that a norm names.
type Reference struct {
	EID  string `json:"eid,omitempty"`  // of this text; empty where it names another instrument or nothing that is there
	Name string `json:"name,omitempty"` // another instrument: a class of rules/instrument.yaml or rules/standard.yaml, "self" for this instrument, "other" for one we do not know by name
	Span
}
