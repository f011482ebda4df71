package conflict

import "github.com/openassay/assay/assay"

// The answers about two provisions.
const (
	Collides  = "conflict"  // both cannot be done
	Tension   = "tension"   // both can be done, but one takes from the other, or one does not bind
	Disjoint  = "disjoint"  // they look as if they collided; Ground says what keeps them apart
	Undecided = "undecided" // Missing says what is not known
)

// Answers lists them in the order of a page.
var Answers = []string{Collides, Tension, Undecided, Disjoint}

// Grounds lists what keeps two provisions apart.
var Grounds = []string{"other_parties", "other_bearer", "other_partner", "same_beneficiary", "other_minerals", "other_place", "other_time", "carve_out", "savings_clause", "adds_up", "same_value", "own_text", "trade_rule", "not_minerals"}

// Severities, gravest first.
var Severities = []string{"high", "medium", "low"}

// Rules is all that is known of conflicts. Immutable; safe for use by many goroutines.
type Rules struct {
	Stances []*Stance
	Rules   []*Rule
	Hints   []*HintRule

	stance  map[string]int
	byCode  map[string]*Rule
	hint    map[string]*HintRule
	phrases *assay.Phrases

	Concepts []*Concept
	concept  map[string]int
	Together []*Together
	groups   []group
	words    words
	pairs    [][]pairing // by stance: the rules that it is one side of
}

// Stance is something that a provision does and that can collide with what another does.
type Stance struct {
	Code     string              `yaml:"code" json:"code"`
	Label    string              `yaml:"label" json:"label"`       // English
	When     string              `yaml:"when" json:"when"`         // do, refrain, either: whether the words are to be done or left undone
	States   bool                `yaml:"states" json:"states"`     // a statement of what is so is enough ("the terms are confidential")
	AtLarge  bool                `yaml:"at_large" json:"at_large"` // counts from a trade agreement at large too, whatever it is about
	Takes    bool                `yaml:"takes" json:"takes"`       // who bears it may be the one that gets ("shall purchase"): the others then give
	Match    []string            `yaml:"match" json:"match"`       // patterns as in assay/rules
	Bars     []string            `yaml:"bars" json:"bars"`         // patterns that are the stance in a ban too: "shall not disclose"
	Unless   []string            `yaml:"unless" json:"unless"`     // a match that overlaps one of these does not count
	Values   map[string][]string `yaml:"values" json:"values"`     // what it is set to, by its patterns: icsid, local_courts
	Balance  []string            `yaml:"balance" json:"balance"`   // rules of the balance that mean the same where the words are not here
	Laws     []string            `yaml:"laws" json:"laws"`         // types of law that are this by their kind, whatever the registry says of their words
	Examples []string            `yaml:"examples" json:"examples"`
	Counter  []string            `yaml:"counterexamples" json:"counterexamples"`
}

// Concept is a thing that texts speak of in many words: exports, creditors, an approval.
type Concept struct {
	Code   string   `yaml:"code" json:"code"`
	Match  []string `yaml:"match" json:"match"`   // patterns as in assay/rules
	Unless []string `yaml:"unless" json:"unless"` // a match that overlaps one of these does not count
}

// Together is a stance by what a provision speaks of, in whatever order: "cap" near "shipped abroad".
type Together struct {
	Stance  string   `yaml:"stance" json:"stance"`
	Of      []string `yaml:"of" json:"of"`     // codes of concepts, all of which stand near each other
	When    string   `yaml:"when" json:"when"` // "" as the stance says; left, done: only what is left undone, or done; any: the words say it themselves
	Example string   `yaml:"example" json:"example"`

	stance   int32
	concepts []int32
}

// Rule names two stances that do not go together.
type Rule struct {
	Code     string            `yaml:"code" json:"code"`
	Label    map[string]string `yaml:"label" json:"label"`
	Reason   string            `yaml:"reason" json:"reason"` // English, of the two provisions
	Severity string            `yaml:"severity" json:"severity"`
	Answer   string            `yaml:"answer" json:"answer"` // at most: conflict or tension
	A        Side              `yaml:"a" json:"a"`
	B        Side              `yaml:"b" json:"b"`
	Who      string            `yaml:"who" json:"who"`           // giver: one party owes both; party: one party stands in both texts; host: who owes A is a side of the other text, with one that A keeps out
	Holder   bool              `yaml:"holder" json:"holder"`     // no conflict where both are owed to the same
	Minerals bool              `yaml:"minerals" json:"minerals"` // no conflict where they concern other minerals
	Sum      float64           `yaml:"sum" json:"sum"`           // of their shares in per cent, above which there is not enough
	Differ   bool              `yaml:"differ" json:"differ"`     // conflict only where their values differ
	Carve    []string          `yaml:"carve" json:"carve"`       // patterns that set the two apart where either article has them
	Law      []string          `yaml:"law" json:"law"`           // law types that side B may stand in; without one the answer is undecided
	Missing  string            `yaml:"missing" json:"missing"`   // what is missing then, English
	Source   string            `yaml:"source" json:"source"`
	Examples []Example         `yaml:"examples" json:"examples"`
	Counter  []Example         `yaml:"counterexamples" json:"counterexamples"`

	index int
}

// Side is what a rule needs of one of the two norms.
type Side struct {
	Stances  []string         `yaml:"stances" json:"stances"`
	General  bool             `yaml:"general" json:"general"`   // what is said of dealings between the sides of its own text does not count against a text with another partner; of side B
	Modality []assay.Modality `yaml:"modality" json:"modality"` // any but hopes and statements where none is named
	Legal    []string         `yaml:"legal" json:"legal"`       // binding, non_binding, unclear, of its text; law where it is a law
}

// Example is two provisions, of our own drafting, of texts of the parties of tests.
type Example struct {
	A string `yaml:"a" json:"a"`
	B string `yaml:"b" json:"b"`
}

// HintRule is a rule by which one norm may come before another. It never decides.
type HintRule struct {
	Code   string `yaml:"code" json:"code"`
	Label  string `yaml:"label" json:"label"`
	Words  string `yaml:"words" json:"words"` // English; {a} and {b} stand for the texts
	Source string `yaml:"source" json:"source"`
}

type pairing struct {
	rule  *Rule
	isA   bool
	other int // stance
}

// group says what a group of phrases stands for.
type group struct {
	kind  byte // s stance, b stance by its bars, u what denies a stance, v value of a stance, c carve of a rule, k concept, w words of all rules
	at    int  // index of stance, rule or concept
	value string
}

// words are lists that all rules use.
type words struct {
	Refrain    []string           `yaml:"refrain"`    // patterns: the words after them are left undone
	Forbids    []string           `yaml:"forbids"`    // patterns: who bears it keeps others from what follows
	Exceptions []string           `yaml:"exceptions"` // patterns: what follows is left free
	Explains   []string           `yaml:"explains"`   // patterns: a statement with them says how the text is read
	Takes      []string           `yaml:"takes"`      // patterns: who bears it gets
	Gives      []string           `yaml:"gives"`      // patterns: who bears it gives
	Savings    []string           `yaml:"savings"`    // patterns: other obligations are left as they are
	Priority   []string           `yaml:"priority"`   // patterns: this text comes before others
	Except     []string           `yaml:"except"`     // words that begin an exception
	Negators   []string           `yaml:"negators"`   // words that turn a sentence round
	Hopes      []string           `yaml:"hopes"`      // verbs of hoping and recalling, after which nothing is owed
	Told       []string           `yaml:"told"`       // verbs by which a statement tells what was
	Only       []string           `yaml:"only"`       // words of exclusivity
	Merely     []string           `yaml:"merely"`     // of them those that may be said of anything
	Opposite   [][2]string        `yaml:"opposite"`
	Single     []string           `yaml:"single"` // what only one can bear: costs, the chair
	Numbers    map[string]string  `yaml:"numbers"`
	Fractions  map[string]float64 `yaml:"fractions"` // in per cent, by the words for them
	Places     []string           `yaml:"places"`    // nouns that a name of a place stands beside
	Cited      []string           `yaml:"cited"`     // words after which a number is a reference
	Time       []string           `yaml:"time"`      // units of time
	Small      []string           `yaml:"small"`     // words without content
	Trade      []string           `yaml:"trade"`     // words of rules of trade at large
	Mined      []string           `yaml:"mined"`     // words of minerals and mining
	Loosely    []string           `yaml:"loosely"`   // of them those that mean other things too: royalties of authors
	Energy     []string           `yaml:"energy"`    // words of headings of chapters on energy and raw materials

	negator, hope, told, only, except, single, cited, time, small, trade, mined, loosely, energy map[string]bool
	opposite                                                                                     map[string][]string
}
