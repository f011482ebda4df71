package assay

// Engine names this version of the reading's code; together with Analysis.Rules it identifies how labels were made.
const Engine = "assay/1"

// Modality is how firmly a norm holds its bearer.
type Modality string

// The modalities, strongest first. The empty Modality means the language is not served: no reading was attempted.
const (
	Obligation  Modality = "obligation"
	Prohibition Modality = "prohibition"
	Effort      Modality = "effort"
	Permission  Modality = "permission"
	Right       Modality = "right"
	Intention   Modality = "intention"
	Aspiration  Modality = "aspiration"
	Declaration Modality = "declaration"
	None        Modality = "none"
)

// Modalities lists every modality, strongest first.
var Modalities = []Modality{Obligation, Prohibition, Effort, Permission, Right, Intention, Aspiration, Declaration, None}

// strength orders modalities: the higher binds the more; the empty one is below none.
func (m Modality) strength() int {
	for i, x := range Modalities {
		if x == m {
			return len(Modalities) - i
		}
	}
	return 0
}

func stronger(a, b Modality) Modality {
	if b.strength() > a.strength() {
		return b
	}
	return a
}

// Analysis is what the rules read from one text. All offsets are bytes of the reading's canonical text, end exclusive.
type Analysis struct {
	Title       string         `json:"title"`
	Language    string         `json:"language"`
	Instrument  Instrument     `json:"instrument"`
	Parties     []string       `json:"parties"`                    // the sides: ISO 3166-1 alpha-3 or bloc code, in order of the text
	Unlisted    []Unlisted     `json:"unlisted_parties,omitempty"` // states that cover or preamble name and no list has; bearers use their codes
	Minerals    []string       `json:"minerals"`                   // mineral codes named in the text, in order of first mention
	Provisions  []Provision    `json:"provisions"`
	Commitments []Commitment   `json:"commitments"`
	Balance     *Balance       `json:"balance"` // null in analyses made before there was one
	Mentions    []Mention      `json:"mentions"`
	Engine      string         `json:"engine"`
	Rules       string         `json:"rules"`                 // hash of the rules
	Unsupported string         `json:"unsupported,omitempty"` // the language tag, where modality is not served in it
	Unreadable  map[string]int `json:"unreadable,omitempty"`  // how many provisions were not read, by why

	signals *AreaSignals
}

// Instrument is the reading of the whole text.
type Instrument struct {
	Kind        string  `json:"kind"` // a class of rules/kind.yaml, "unknown" where the first words do not say
	LegalNature Nature  `json:"legal_nature"`
	Obligation  int     `json:"obligation"` // 0–3, see Ladders for why
	Precision   int     `json:"precision"`
	Delegation  int     `json:"delegation"`
	Ladders     Ladders `json:"ladders"`

	EnvironmentalSocial int `json:"environmental_social"` // 0–5, of the text alone
	ValueAddition       int `json:"value_addition"`       // 0–5

	Areas []AreaReading `json:"areas"` // every policy area of rules/area_*.yaml, in their order
}

// Nature keeps apart what the text says of its own force, how it is worded, and what its kind suggests.
type Nature struct {
	Stated   string     `json:"stated"`   // binding, non_binding, none
	Read     string     `json:"read"`     // treaty_form, mou_form, mixed
	Inferred string     `json:"inferred"` // binding, non_binding, unclear
	Evidence []Evidence `json:"evidence"`

	// Except are the eIds of what binds although the text says that it does not; what is under them binds too (see Excepts). ExceptUnclear says that the text leaves out something that was not found in it.
	Except        []string `json:"except,omitempty"`
	ExceptUnclear bool     `json:"except_unclear,omitempty"`

	Conflicts []Conflict `json:"conflicts"` // what in it does not agree
}

// Conflict is a disagreement within a text about its force. Code is a key of the message catalogue, Params its numbers.
type Conflict struct {
	Code   string         `json:"code"`
	Params map[string]int `json:"params"`
	Basis  []string       `json:"basis"` // eIds, at most ten, in order of the text
}

// Evidence is a span that one level of the legal nature rests on.
type Evidence struct {
	Level string `json:"level"` // stated, except, read, inferred
	EID   string `json:"eid"`
	Rule  string `json:"rule"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Ladders says what each level rests on.
type Ladders struct {
	Obligation Ladder `json:"obligation"`
	Precision  Ladder `json:"precision"`
	Delegation Ladder `json:"delegation"`

	EnvironmentalSocial Ladder `json:"environmental_social"`
	ValueAddition       Ladder `json:"value_addition"`
}

// Levels are the levels of one provision, those under it included.
type Levels struct {
	Obligation          int `json:"obligation"` // 0–3
	Precision           int `json:"precision"`
	Delegation          int `json:"delegation"`
	EnvironmentalSocial int `json:"environmental_social"` // 0–5
	ValueAddition       int `json:"value_addition"`
}

// Ladder is one graded judgement. Why is a code (a key of the message catalogue); Params are its numbers and words.
type Ladder struct {
	Level  int            `json:"level"` // 0–3, or 0–5
	Basis  []string       `json:"basis"` // eIds, at most ten, in order of the text
	Why    string         `json:"why"`
	Params map[string]int `json:"params,omitempty"`
}

// Provision is the reading of one provision: its own words, and for modality and topics its children's too.
type Provision struct {
	EID        string   `json:"eid"`
	Heading    string   `json:"heading"`
	Start      int      `json:"start"`
	End        int      `json:"end"`
	Modality   Modality `json:"modality"`
	Part       string   `json:"part"`       // preamble, definition, operative, institutional, final
	Bearer     []string `json:"bearer"`     // each_party, participants, body, investors, a party code, a role that a contract defines (seller, buyer …: rules/role.yaml); none where a norm names nobody
	Qualifiers []string `json:"qualifiers"` // classes of rules/qualifier.yaml
	Topics     []string `json:"topics"`     // classes of rules/topic.yaml
	Labels     []Label  `json:"labels"`     // of its own words only
	Levels     Levels   `json:"levels"`
	Ladders    *Ladders `json:"ladders,omitempty"`    // what the levels rest on, of parts, chapters, sections, annexes and articles with provisions under them
	Norms      []Norm   `json:"norms"`                // of its own words only, in their order
	Language   string   `json:"language,omitempty"`   // where it is not that of the document
	Unreadable string   `json:"unreadable,omitempty"` // why its own words were not read: table (figures), noise (no words of a language); then it has no norms
}

// Label is one class given to a span by one rule.
type Label struct {
	Class string `json:"class"`
	Rule  string `json:"rule"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Mention is a party, mineral or date named in the text. At most 50 are kept per code.
type Mention struct {
	Kind  string `json:"kind"` // party, mineral, date
	Code  string `json:"code"` // party or mineral code; EDTF date
	Start int    `json:"start"`
	End   int    `json:"end"`
}
