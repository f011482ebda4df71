package assay

// Balance sets side by side what each side of a text gives and gets. It holds labels and offsets, no words of the text. It is a reading of
// wording: it does not weigh what a thing is worth, and what a text leaves to annexes that the file lacks is not in it.
type Balance struct {
	Sides  []string       `json:"sides"`         // codes as Analysis.Parties, or roles that a contract defines (seller, buyer …); the columns
	Why    string         `json:"why,omitempty"` // why no account can be drawn up: unsupported, no_sides; one_side where only one is known. Items may be there all the same
	Legal  string         `json:"legal_nature"`  // what the whole text is worth: binding, non_binding, unclear; stated before inferred
	Items  []BalanceItem  `json:"items"`         // in order of the text; a norm has at most one of each category
	Others map[string]int `json:"others"`        // how many further norms that bind, allow or plan something fit no category, by who bears them
}

// BalanceItem is one thing that a norm gives.
type BalanceItem struct {
	EID       string `json:"eid"`
	Norm      int    `json:"norm"`     // index in the provision's Norms
	Category  string `json:"category"` // one of BalanceCategories
	Direction string `json:"direction"`
	// Gives and Gets hold codes of sides, body, investors; each_party or participants where the sides are not known. Either is empty where the
	// words do not say.
	Gives      []string   `json:"gives"`
	Gets       []string   `json:"gets"`
	GetsBy     string     `json:"gets_by"`            // how it is known who gets: named, holder (of a right), only_other_side (a text of two sides), mutual, not_said
	Refrains   bool       `json:"refrains,omitempty"` // it is given by leaving something undone
	Strength   string     `json:"strength"`           // one of BalanceStrengths
	Modality   Modality   `json:"modality"`           // as the norm's
	Either     []Modality `json:"either,omitempty"`   // both readings of an undecided norm
	Qualifiers []string   `json:"qualifiers"`
	Deadline   *Deadline  `json:"deadline"`
	Quantity   *Quantity  `json:"quantity"`
	Enforcers  []string   `json:"enforcers"` // state_state, parties (of a contract), investor_state, arbitration, court, body, self_help; nobody
	Rule       string     `json:"rule"`      // what put it in its category
	Span                  // the words that did

	norm *Norm
}

// BalanceCategories lists what can be given, in the order of a table: what a buyer of minerals asks for, what a producer asks for, the rest.
var BalanceCategories = []string{"access", "offtake", "exclusivity", "tax_relief", "price_support", "processing", "finance", "market_access", "technology", "jobs", "infrastructure",
	"security", "purchases", "alignment", "policy_space", "regulation", "intellectual_property", "labour_environment", "information", "confidentiality"}

// The directions of an item.
const (
	OneSided   = "one_sided" // some sides give, others get
	Mutual     = "mutual"    // each side gives the same to the other
	Joint      = "joint"     // the sides do it together, or "the Parties" each; the words do not say who gives whom
	Undirected = "unknown"   // nobody is named, or somebody who is no side
)

// BalanceStrengths, firmest first: a duty, ban or right without conditions in a text that binds; the same left to judgement, funds or law; a
// duty to try; an option; the same words in a text whose force is unclear, and in one that does not bind; a plan; a hope; undecided.
var BalanceStrengths = []string{"binding", "qualified", "effort", "option", "unclear", "political", "plan", "hope", "undecided"}

// When a rule's words are given: by doing them, by leaving them undone, either way.
const (
	whenDo      = "do"
	whenRefrain = "refrain"
	whenEither  = "either"
)

// balance draws up the account of the text.
func (a *run) balance() {
	n := a.out.Instrument.LegalNature
	b := &Balance{Sides: nonNil(a.out.Parties), Legal: n.Inferred, Items: []BalanceItem{}, Others: map[string]int{}}
	a.out.Balance = b
	if a.contractual() {
		b.Sides = a.role
	}
	if n.Stated == "binding" || n.Stated == "non_binding" {
		b.Legal = n.Stated
	}
	switch {
	case !served[a.doc]:
		b.Why = "unsupported"
	case len(b.Sides) == 0:
		b.Why = "no_sides"
	case len(b.Sides) == 1:
		b.Why = "one_side"
	}
	l := &ledger{run: a, b: b}
	l.self = l.selfHelp()
	prov, k := -1, 0
	for i := range a.ns {
		x := &a.ns[i]
		if k++; x.prov != prov {
			prov, k = x.prov, 0
		}
		if x.out != nil {
			l.norm(x, k)
		}
	}
}
