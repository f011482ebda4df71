// Package practice is a library of clauses of our own drafting on what good agreements on minerals provide for.
//
// Start with [Load], which gives the [Library], and [Library.Topic]. Each topic has three wordings, weak, medium and firm, in English,
// French, Spanish and Portuguese, a note on what each obtains, the public guidance it rests on, and the words by which a text is seen to
// treat it ([Library.Finder]).
//
// The clauses are models, not text of any agreement: figures, periods and names in them are there so that the clause can be read and
// measured, and are for the negotiators to set. "Producing Party" is the state whose minerals an agreement concerns, "Purchasing Party"
// the one whose industry is supplied; in a memorandum of Participants, read Participant for Party. The loader refuses a topic that lacks
// a wording, a language, guidance, or words that find its own clauses; a test reads every clause with package assay and
// refuses a firm wording that does not oblige.
//
// Pure: the clauses are embedded data. It refuses to say that a text is good or bad: it says what a text does not treat, and how else it
// could be worded.
package practice

import (
	"slices"

	"github.com/openassay/assay/assay"
)

// Languages of the clauses, in the order of a page.
var Languages = []string{"en", "fr", "es", "pt"}

// The strengths of a wording, firmest last.
const (
	Weak   = "weak"
	Medium = "medium"
	Firm   = "firm"
)

// Strengths lists them, weakest first.
var Strengths = []string{Weak, Medium, Firm}

// Themes group the topics, in the order of a page.
var Themes = []string{"openness", "value", "finance", "people", "law"}

// When a topic is asked of some texts only.
const (
	WhenNonBinding = "non_binding"
	WhenStates     = "states"
)

// What counts where one norm shows a topic and what speaks against it, if it is not the latter alone.
const (
	Yields = "yields" // the topic: a limit names what it limits
	Both   = "both"
)

// Library is all of it. Immutable; safe for use by many goroutines.
type Library struct {
	Topics   []*Topic
	Guidance []*Guidance

	byCode  map[string]*Topic
	phrases *assay.Phrases
	adverse *assay.Phrases
	turning *assay.Phrases
	halves  *assay.Phrases // two groups for each topic
}

// Guidance is a public document that topics rest on.
type Guidance struct {
	Code      string `yaml:"code" json:"code"`
	Title     string `yaml:"title" json:"title"`
	Publisher string `yaml:"publisher" json:"publisher"`
	Year      int    `yaml:"year" json:"year,omitempty"` // 0 where it is a standing page
	Link      string `yaml:"link" json:"link"`
}

// Topic is one subject of good practice.
type Topic struct {
	Code     string            `yaml:"code" json:"code"` // unique, stable
	Theme    string            `yaml:"-" json:"theme"`
	Label    map[string]string `yaml:"label" json:"label"`
	Why      string            `yaml:"why" json:"why"`             // what is lost without it, one sentence
	Findings []int             `yaml:"findings" json:"findings"`   // sections of the CCSI brief whose recommendations it answers, 1–7
	Areas    []string          `yaml:"areas" json:"areas"`         // policy areas of package assay that mean the same
	Words    []string          `yaml:"words" json:"-"`             // patterns; a provision with one of them treats the topic
	Unless   []string          `yaml:"unless" json:"-"`            // patterns; a match that overlaps one does not count
	Counter  []string          `yaml:"counterexamples" json:"-"`   // sentences that must not count
	Adverse  []string          `yaml:"adverse" json:"-"`           // patterns; words by which a text does what the topic guards against
	Spared   []string          `yaml:"-" json:"-"`                 // patterns; a match of Adverse that overlaps one does not count
	Exposed  []string          `yaml:"exposed" json:"-"`           // sentences that Adverse must find, and that do not count as treating the topic
	Guidance []string          `yaml:"guidance" json:"guidance"`   // codes of Guidance
	Project  bool              `yaml:"project" json:"project"`     // rather a matter of contracts and projects than of agreements between states
	Acts     bool              `yaml:"acts" json:"-"`              // provided for by acting alone: a ban on it speaks against it
	Stands   bool              `yaml:"-" json:"-"`                 // provided for by a statement too, which nobody need carry out: a term, a court, what prevails
	Against  string            `yaml:"-" json:"-"`                 // which counts where one norm shows the topic and what speaks against it: "" the latter, Yields, Both
	Mutual   bool              `yaml:"-" json:"-"`                 // a right of one named side alone does not provide for it
	Given    bool              `yaml:"-" json:"-"`                 // what the other side gives: where the chosen party alone gives it, it is not provided for
	Turns    bool              `yaml:"-" json:"-"`                 // a duty that a text can waive: named where one is waived, it is taken away
	When     string            `yaml:"when" json:"when,omitempty"` // asked only of texts that are so: non_binding, or between states; "" of all
	Wordings map[string]Clause `yaml:"wordings" json:"wordings"`   // by strength
	index    int
	halves   [2][]string
	merged   bool // with the words of free/*.yaml
}

// Clause is one wording of a topic, in each language, and what it obtains.
type Clause struct {
	Obtains string            `yaml:"obtains" json:"obtains"` // English
	Text    map[string]string `yaml:",inline" json:"text"`    // by language
}

// Topic is the topic of a code, or nil.
func (l *Library) Topic(code string) *Topic { return l.byCode[code] }

// GuidanceOf is what a topic rests on, in its order.
func (l *Library) GuidanceOf(t *Topic) []*Guidance {
	var out []*Guidance
	for _, code := range t.Guidance {
		i := slices.IndexFunc(l.Guidance, func(g *Guidance) bool { return g.Code == code })
		out = append(out, l.Guidance[i]) // the loader saw to it that it is there
	}
	return out
}

// OfTheme lists the topics of a theme.
func (l *Library) OfTheme(theme string) []*Topic {
	var out []*Topic
	for _, t := range l.Topics {
		if t.Theme == theme {
			out = append(out, t)
		}
	}
	return out
}

// Found is a topic that words of a text show, and where.
type Found struct {
	Topic *Topic
	assay.Span
}

// Finder finds topics in many places of a text; not for several goroutines at once.
type Finder struct {
	lib                              *Library
	treats, against, turning, halves *assay.Finder
}

// Finder makes one.
func (l *Library) Finder() *Finder {
	return &Finder{l, l.phrases.Finder(), l.adverse.Finder(), l.turning.Finder(), l.halves.Finder()}
}

// Treats lists the topics that words of text[from:to] show, in order of the text.
func (f *Finder) Treats(text string, from, to int) []Found {
	return f.lib.found(f.treats.Find(text, from, to))
}

// Against lists the topics against which words of text[from:to] speak: an exclusive right where exclusivity should be limited. In order of
// the text.
func (f *Finder) Against(text string, from, to int) []Found {
	return f.lib.found(f.against.Find(text, from, to))
}

// Turning lists where words of text[from:to] waive, exempt from, freeze or exclude a duty that they go on to name. In order of the text.
func (f *Finder) Turning(text string, from, to int) []assay.Span {
	var out []assay.Span
	for _, m := range f.turning.Find(text, from, to) {
		out = append(out, m.Span)
	}
	return out
}

// Whole says whether a span shows both halves of a topic that has two.
func (f *Finder) Whole(t *Topic, text string, s assay.Span) bool {
	var seen [2]bool
	for _, m := range f.halves.Find(text, s.Start, s.End) {
		if m.Group/2 == t.index {
			seen[m.Group%2] = true
		}
	}
	return seen[0] && seen[1]
}

// Halves says whether a topic is whole only where two things are provided for.
func (t *Topic) Halves() bool { return len(t.halves[0]) > 0 }

func (l *Library) found(all []assay.PhraseMatch) []Found {
	var out []Found
	for _, m := range all {
		out = append(out, Found{l.Topics[m.Group], m.Span})
	}
	return out
}
