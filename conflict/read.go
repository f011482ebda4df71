package conflict

import (
	"regexp"
	"slices"
	"sort"
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

	Reading  *text.Reading // nil where the words are not here
	Analysis *assay.Analysis
}

// Sheet is what a text does that can collide. Immutable; safe for use by many goroutines.
type Sheet struct {
	Text
	norms    []norm
	by       [][]int32          // by stance: norms
	words    map[string][]int32 // by word of content: norms
	savings  int                // a norm that leaves other obligations as they are; -1 where there is none
	priority int
	carves   map[string][]int32 // by article: rules whose carve-out stands in it

}

// norm is a provision's norm as far as this package looks at it.
type norm struct {
	eid, article string
	start, end   int
	words        string // lead-ins and own words; "" where they are not here
	modality     assay.Modality
	bearer       []string // codes of parties; nil where not known
	given        []string // who gives where who bears it gets
	minerals     []string
	places       []string
	standards    []string
	stances      []int32
	taken        []int32 // stances by which who bears it gets, and the others give
	values       map[int32][]string
	share        float64 // per cent of output; 0 where none is named
	byKind       bool    // a law that is so by its kind
	refrains     bool
	body         bool // a committee, authority or secretariat bears it, no side
	only         bool
	qualifiers   []string
	open         bool // it refers to a schedule or annex that is not there
	toks         []tok
	negLead      int // words in its lead-in that turn it round
	final        bool
	content      []string // of toks, each once, in order of the alphabet
}

// Read makes the sheet of a text. Norms of the preamble, of definitions and of quotations, hopes and mere statements are left out, but
// statements of laws count. Time is linear in the text.
func (r *Rules) Read(t Text) *Sheet {
	s := &Sheet{Text: t, by: make([][]int32, len(r.Stances)), savings: -1, priority: -1, carves: map[string][]int32{}, words: map[string][]int32{}}
	an := t.Analysis
	if an == nil {
		return s
	}
	if len(s.Parties) == 0 {
		s.Parties = an.Parties
	}
	if len(s.Minerals) == 0 {
		s.Minerals = an.Minerals
	}
	if s.Legal == "" {
		s.Legal = an.Instrument.LegalNature.Inferred
		if st := an.Instrument.LegalNature.Stated; st == "binding" || st == "non_binding" {
			s.Legal = st
		}
	}
	if t.Kind == KindLaw {
		s.Legal = "binding"
	}
	bare := t.Reading == nil || t.Reading.Text == ""
	var find *assay.Finder
	if !bare {
		find = r.phrases.Finder()
	}
	var balance map[[2]int][]string
	if bare {
		balance = balanceRules(an)
	}
	mentions := an.Mentions
	for i := range an.Provisions {
		p := &an.Provisions[i]
		for k := range p.Norms {
			n := &p.Norms[k]
			if n.Part == "preamble" || n.Part == "definition" || n.Opens || t.Kind != KindLaw && passive(n.Best()) && n.Best() != assay.Declaration || t.Reading.Provisions[i].Kind == text.KindCover {
				continue
			}
			x := norm{eid: p.EID, article: article(p.EID), start: n.Start, end: n.End, modality: n.Best(), final: n.Part == "final", standards: n.Standards, qualifiers: n.Qualifiers, bearer: s.who(n.Bearer), body: len(n.Bearer) == 1 && n.Bearer[0] == "body"}
			if !bare {
				x.words = wordsOf(t.Reading.Text, n)
			}
			x.minerals = named(mentions, "mineral", n, x.words)
			if !bare {
				for _, c := range named(mentions, "party", n, "") {
					if !slices.Contains(x.bearer, c) {
						x.given = append(x.given, c)
					}
				}
			}
			x.firm(an.Language, opensWith(mentions, n))
			for _, q := range n.Quantities {
				x.shareOf(&q)
			}
			if n.Quantity != nil {
				x.shareOf(n.Quantity)
			}
			if bare {
				r.bareStances(&x, balance[[2]int{i, k}])
			} else {
				r.look(s, find, &x)
			}
			at := int32(len(s.norms))
			for _, st := range x.stances {
				s.by[st] = append(s.by[st], at)
			}
			if !bare {
				r.compared(&x, strings.Join(strings.Fields(t.Reading.Text[n.Start:n.End]), " "), t.Kind == KindLaw)
			}
			x.content = content(x.toks)
			for _, w := range x.content {
				s.words[w] = append(s.words[w], at)
			}
			s.norms = append(s.norms, x)
		}
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
		s.norms = append(s.norms, norm{words: s.Title, modality: assay.Obligation, bearer: s.Parties, byKind: true, stances: []int32{int32(i)}})
	}
}

// compared cuts the words by which a norm is compared with others: its own, and its lead-in's where it has few. Who only tells, recalls or hopes
// says nothing that could collide.
func (r *Rules) compared(x *norm, own string, law bool) {
	all := r.words.tokens(x.words)
	has := func(set map[string]bool) bool { return slices.ContainsFunc(all, func(t tok) bool { return set[t.w] }) }
	if passive(x.modality) && !law && (has(r.words.hope) || has(r.words.told)) {
		return
	}
	x.toks = r.words.tokens(own)
	if len(content(x.toks)) < leastContent {
		x.toks = all
		return
	}
	for _, t := range all[:max(0, len(all)-len(x.toks))] {
		if t.kind == negTok {
			x.negLead++
		}
	}
}

func passive(m assay.Modality) bool {
	return m == assay.Aspiration || m == assay.Declaration || m == assay.None || m == ""
}

// look finds the stances in the words of a norm.
func (r *Rules) look(s *Sheet, find *assay.Finder, x *norm) {
	var found, bars []int32
	var values map[int32][]string
	takes, gives := -1, -1 // bytes where the first such word begins
	for _, m := range find.Find(x.words, 0, len(x.words)) {
		g := r.groups[m.Group]
		switch g.kind {
		case 's':
			if !slices.Contains(found, int32(g.at)) {
				found = append(found, int32(g.at))
			}
		case 'b':
			bars = append(bars, int32(g.at))
			if !slices.Contains(found, int32(g.at)) {
				found = append(found, int32(g.at))
			}
		case 'v':
			if values == nil {
				values = map[int32][]string{}
			}
			if !slices.Contains(values[int32(g.at)], g.value) {
				values[int32(g.at)] = append(values[int32(g.at)], g.value)
			}
		case 'c':
			if !slices.Contains(s.carves[x.article], int32(g.at)) {
				s.carves[x.article] = append(s.carves[x.article], int32(g.at))
			}
		case 'w':
			switch g.at {
			case wordsRefrain:
				x.refrains = true
			case wordsTakes:
				if takes < 0 {
					takes = m.Start
				}
			case wordsGives:
				if gives < 0 {
					gives = m.Start
				}
			case wordsSavings:
				s.savings = len(s.norms)
			case wordsPriority:
				s.priority = len(s.norms)
			}
		}
	}
	x.refrains = x.refrains || x.modality == assay.Prohibition
	x.only = r.words.hasOnly(x.words)
	if len(found) == 0 {
		return
	}
	tells := r.words.tells(x.words)
	for _, f := range found {
		st := r.Stances[f]
		if st.When == "refrain" && !x.refrains || passive(x.modality) && !st.States && s.Kind != KindLaw && tells || x.modality == assay.Aspiration || x.modality == assay.None || x.modality == "" {
			continue
		}
		if st.When == "do" && x.modality == assay.Prohibition && !slices.Contains(bars, f) {
			continue
		}
		x.stances = append(x.stances, f)
		if st.Takes && takes >= 0 && (gives < 0 || takes < gives) {
			x.taken = append(x.taken, f)
		}
	}
	x.stances = slices.DeleteFunc(x.stances, func(st int32) bool { // what is left undone is not done too: "refrain from measures that restrict exports"
		return r.Stances[st].When == "do" && slices.ContainsFunc(r.pairs[st], func(p pairing) bool {
			return r.Stances[p.other].When == "refrain" && slices.Contains(x.stances, int32(p.other))
		})
	})
	x.values = values
	x.places = r.words.placesOf(x.words)
	if x.share == 0 && allOf.MatchString(x.words) {
		x.share = 100
	}
	x.open = elsewhere.MatchString(x.words)
}

var (
	allOf     = regexp.MustCompile(`(?i)\b(?:all|entire|whole|totalité|totalidad|totalidade)\b.{0,30}\b(?:output|production|offtake|production|producción|produção)`)
	elsewhere = regexp.MustCompile(`(?i)\b(?:set out|set forth|specified|listed|established|defined|provided|fixed|agreed) in (?:the |an? )?(?:schedule|annex|appendix|separate|side letter|implementing)`)
)

// bareStances takes what the balance says where the words are not here.
func (r *Rules) bareStances(x *norm, rules []string) {
	for i, st := range r.Stances {
		if slices.ContainsFunc(st.Balance, func(b string) bool { return slices.Contains(rules, b) }) && (st.When != "refrain" || x.modality == assay.Prohibition || slices.Contains(rules, "refrains") || slices.Contains(rules, "b_export_lifted")) {
			x.stances = append(x.stances, int32(i))
		}
	}
}

func balanceRules(an *assay.Analysis) map[[2]int][]string {
	out := map[[2]int][]string{}
	if an.Balance == nil {
		return out
	}
	at := map[string]int{}
	for i := range an.Provisions {
		at[an.Provisions[i].EID] = i
	}
	for _, x := range an.Balance.Items {
		k := [2]int{at[x.EID], x.Norm}
		out[k] = append(out[k], x.Rule)
		if x.Refrains {
			out[k] = append(out[k], "refrains")
		}
	}
	return out
}

var shallRE = regexp.MustCompile(`(?i)\b(?:shall|must) (?:not )?[a-z]`)

// firm takes a duty or ban in plain words for one, where the reading saw in it a statement about the text ("shall not create …").
// In French, Spanish and Portuguese agreements the present tense of a side binds it too ("La Sudrie publie").
func (x *norm) firm(lang, side string) {
	if x.modality == assay.Declaration && side != "" && !strings.HasPrefix(lang, "en") {
		x.modality, x.bearer = assay.Obligation, []string{side}
		x.given = slices.DeleteFunc(x.given, func(p string) bool { return p == side })
		return
	}
	if m := shallRE.FindString(x.words); x.modality == assay.Declaration && m != "" && len(x.bearer) == 0 && len(x.given) > 0 {
		x.modality, x.bearer, x.given = assay.Obligation, x.given[:1], x.given[1:]
		if strings.Contains(m, "not") {
			x.modality = assay.Prohibition
		}
	}
}

// opensWith is the party that a norm begins with, but for an article; "" where it begins otherwise.
func opensWith(ms []assay.Mention, n *assay.Norm) string {
	const articles = 6 // bytes: "Los "
	k := sort.Search(len(ms), func(i int) bool { return ms[i].Start >= n.Start })
	for ; k < len(ms) && ms[k].Start <= n.Start+articles; k++ {
		if ms[k].Kind == "party" {
			return ms[k].Code
		}
	}
	return ""
}

func (x *norm) shareOf(q *assay.Quantity) {
	if q.Unit == "%" && q.Value > 0 && q.Value <= 100 && x.share == 0 {
		x.share = q.Value
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

// wordsOf are the words of a norm with its lead-ins, on one line.
func wordsOf(t string, n *assay.Norm) string {
	var b strings.Builder
	for _, l := range n.Lead {
		if l.Start >= 0 && l.End <= len(t) && l.Start < l.End {
			b.WriteString(t[l.Start:l.End])
			b.WriteByte(' ')
		}
	}
	if n.Start >= 0 && n.End <= len(t) && n.Start < n.End {
		b.WriteString(t[n.Start:n.End])
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// named lists the codes of a kind that a norm or its lead-in names, without those after "except".
func named(ms []assay.Mention, kind string, n *assay.Norm, words string) []string {
	var out []string
	for _, span := range append([]assay.Span{{Start: n.Start, End: n.End}}, n.Lead...) {
		k := sort.Search(len(ms), func(i int) bool { return ms[i].Start >= span.Start })
		for ; k < len(ms) && ms[k].Start < span.End; k++ {
			if ms[k].Kind == kind && !slices.Contains(out, ms[k].Code) && !excepted(n, ms[k].Start, words) {
				out = append(out, ms[k].Code)
			}
		}
	}
	return out
}

var exceptRE = regexp.MustCompile(`(?i)\b(?:except|other than|excluding|sauf|salvo|excepto|exceto)\b`)

func excepted(n *assay.Norm, at int, words string) bool {
	if words == "" || at < n.Start {
		return false
	}
	own := len(words) - (n.End - n.Start)
	if own < 0 {
		own = 0
	}
	rest := words[min(own, len(words)):]
	m := exceptRE.FindStringIndex(rest)
	if m == nil || at-n.Start < m[0] {
		return false
	}
	comma := strings.IndexByte(rest[m[1]:], ',') // an exception in passing ends there
	return comma < 0 || at-n.Start < m[1]+comma
}

// article is the part of an address down to the article, or its first part.
func article(eid string) string {
	parts := strings.Split(eid, "__")
	for i, p := range parts {
		if strings.HasPrefix(p, "art_") {
			return strings.Join(parts[:i+1], "__")
		}
	}
	if len(parts) > 1 {
		return strings.Join(parts[:len(parts)-1], "__")
	}
	return eid
}
