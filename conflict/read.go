package conflict

import (
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// The kinds of a text.
const (
	KindInstrument = "instrument"
	KindDraft      = "draft"
	KindLaw        = "law"
)

// Text is one of the texts that are held against each other.
type Text struct {
	ID       string // of the record
	Path     string // address of its page; "" where it has none
	Title    string
	Kind     string   // instrument, draft, law
	LawType  string   // of a law
	Parties  []string // codes as in Analysis.Parties; of a law, who made it. Empty where not known
	Minerals []string // codes; of provisions that name none. Empty: in general
	From     string   // EDTF: since when it holds, or was signed; "" where not known
	Until    string   // EDTF: when it ended; "" where it did not or that is not known
	Signed   bool     // signed, and not known to be in force
	Legal    string   // binding, non_binding, unclear; "" as its words say

	Reading  *text.Reading // nil where the words are not here; only Read looks at it and at the analysis
	Analysis *assay.Analysis
}

// Sheet is what a text does that can collide, now that it is known whose text it is. Immutable; safe for use by many goroutines.
type Sheet struct {
	Text
	Bare     bool // its words are not here: it is known by labels alone
	norms    []norm
	by       [][]int32          // by stance: norms
	vocab    []string           // words of content, in order of the alphabet
	behind   [][]int32          // by word of content: norms
	savings  []int32            // norms that leave other obligations as they are
	priority int                // a norm by which one text comes before another; -1 where there is none
	carves   map[string][]int32 // by article: rules whose carve-out stands in it
	general  bool               // a trade agreement at large
	mining   bool               // about minerals
}

// norm is a mark, and who owes it.
type norm struct {
	*mark
	modality assay.Modality
	bearer   []string // codes of parties; nil where not known
	given    []string // who gives where who bears it gets
	stances  []int32
	taken    []int32 // stances by which who bears it gets, and the others give
	byKind   bool    // a law that is so by its kind
	refrains bool
	asked    uint32  // what was asked of its words
	content  []int32 // of the mark, where it can be compared
}

// Read makes the sheet of a text. Norms of the preamble, of definitions and of quotations, hopes and mere statements are left out, but
// statements of laws count. Time is linear in the text.
func (r *Rules) Read(t Text) *Sheet {
	return r.Sheet(t, r.Mark(t.Reading, t.Analysis, t.Kind == KindLaw))
}

// Sheet makes the sheet of a text from what was marked in it, which Mark or ReadMarks gave; t needs neither reading nor analysis then. No marks
// make an empty sheet.
func (r *Rules) Sheet(t Text, marks *Marks) *Sheet {
	s := &Sheet{Text: t, by: make([][]int32, len(r.Stances)), priority: -1, carves: map[string][]int32{}}
	if marks == nil {
		return s
	}
	s.Bare = marks.bare
	if len(s.Parties) == 0 {
		s.Parties = marks.parties
	}
	if len(s.Minerals) == 0 {
		s.Minerals = marks.minerals
	}
	if s.Legal == "" {
		s.Legal = marks.legal
	}
	if t.Kind == KindLaw {
		s.Legal = "binding"
	}
	s.general, s.mining = marks.about()
	s.general = s.general && t.Kind == KindInstrument
	s.vocab, s.behind = marks.vocab, make([][]int32, len(marks.vocab))
	s.norms = make([]norm, 0, len(marks.marks))
	for i := range marks.marks {
		m := &marks.marks[i]
		at := int32(len(s.norms))
		x := norm{mark: m, modality: m.read, content: m.content}
		if x.bearer = s.who(m.bearers); len(x.bearer) == 0 && m.by != "" {
			x.bearer = []string{m.by}
		}
		for _, c := range m.names {
			if !slices.Contains(x.bearer, c) {
				x.given = append(x.given, c)
			}
		}
		x.firm(marks.english)
		if !marks.bare {
			r.settle(s, &x)
		} else {
			x.stances = r.bareStances(&x)
		}
		for _, st := range x.stances {
			s.by[st] = append(s.by[st], at)
		}
		if passive(x.modality) && t.Kind != KindLaw && m.recalls {
			x.content = nil
		}
		for _, w := range x.content {
			s.behind[w] = append(s.behind[w], at)
		}
		for _, c := range m.carves {
			if !slices.Contains(s.carves[m.article()], c) {
				s.carves[m.article()] = append(s.carves[m.article()], c)
			}
		}
		if m.savings {
			s.savings = append(s.savings, at)
		}
		if m.priority {
			s.priority = int(at)
		}
		s.norms = append(s.norms, x)
	}
	r.byKind(s)
	return s
}

// byKind gives a law the stance of its kind where none of its words showed it: a law recorded as an export ban bans exports.
func (r *Rules) byKind(s *Sheet) {
	if s.Kind != KindLaw {
		return
	}
	for i, st := range r.Stances {
		if len(s.by[i]) > 0 || !slices.Contains(st.Laws, s.LawType) {
			continue
		}
		s.by[i] = append(s.by[i], int32(len(s.norms)))
		s.norms = append(s.norms, norm{mark: &mark{words: s.Title}, modality: assay.Obligation, bearer: s.Parties, byKind: true, stances: []int32{int32(i)}})
	}
}

func passive(m assay.Modality) bool {
	return m == assay.Aspiration || m == assay.Declaration || m == assay.None || m == ""
}

// settle says which of the stances that its words show a norm takes, by its force and its bearer.
func (r *Rules) settle(s *Sheet, x *norm) {
	x.refrains = x.leaves && !allows(x.modality) || x.modality == assay.Prohibition
	for _, f := range x.found {
		st := r.Stances[f]
		if st.When == "refrain" && !x.refrains && !slices.Contains(x.bars, f) || passive(x.modality) && s.Kind != KindLaw && x.recalls && (!st.States || slices.Contains(x.loose, f)) || x.modality == assay.Aspiration || x.modality == assay.None || x.modality == "" {
			continue
		}
		if st.When == "do" && x.modality == assay.Prohibition && !slices.Contains(x.bars, f) {
			continue
		}
		x.stances = append(x.stances, f)
		if st.Takes && x.takes {
			x.taken = append(x.taken, f)
		}
	}
	x.stances = slices.DeleteFunc(x.stances, func(st int32) bool { // what is left undone is not done too: "refrain from measures that restrict exports"
		return r.Stances[st].When == "do" && slices.ContainsFunc(r.pairs[st], func(p pairing) bool {
			return r.Stances[p.other].When == "refrain" && slices.Contains(x.stances, int32(p.other))
		})
	})
}

// bareStances takes what the balance says where the words are not here.
func (r *Rules) bareStances(x *norm) []int32 {
	var out []int32
	for i, st := range r.Stances {
		if slices.ContainsFunc(st.Balance, func(b string) bool { return slices.Contains(x.balance, b) }) && (st.When != "refrain" || x.modality == assay.Prohibition || slices.Contains(x.balance, "refrains") || slices.Contains(x.balance, "b_export_lifted")) {
			out = append(out, int32(i))
		}
	}
	return out
}

// firm takes a duty or ban in plain words for one, where the reading saw in it a statement about the text ("shall not create …").
// In French, Spanish and Portuguese agreements the present tense of a side binds it too ("La Sudrie publie").
func (x *norm) firm(english bool) {
	if x.modality != assay.Declaration {
		return
	}
	if x.opens != "" && !english {
		x.modality, x.bearer = assay.Obligation, []string{x.opens}
		x.given = slices.DeleteFunc(slices.Clone(x.given), func(p string) bool { return p == x.opens })
		return
	}
	if x.shall != "" && len(x.bearer) == 0 && len(x.given) > 0 {
		x.modality, x.bearer, x.given = assay.Obligation, x.given[:1], x.given[1:]
		if x.shall == "not" {
			x.modality = assay.Prohibition
		}
	}
}

// who gives the codes of parties that codes of bearers stand for; nil where they stand for none.
func (s *Sheet) who(codes []string) []string {
	var out []string
	for _, c := range codes {
		switch {
		case c == "each_party" || c == "participants":
			return s.Parties
		case slices.Contains(s.Parties, c) || len(c) == 3 && strings.ToUpper(c) == c || len(c) == 4 && strings.ToUpper(c) == c:
			out = append(out, c)
		}
	}
	if len(out) == 0 && s.Kind == KindLaw {
		return s.Parties
	}
	return out
}
