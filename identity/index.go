package identity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
)

// Index holds subjects against each other. It is built once; Add takes in more.
type Index struct {
	lex    lexicon
	called map[string]string   // what parties and minerals are called, by the tail of their id
	blocs  map[string][]string // party → the blocs it is a member of
	all    []*prepared
	df     map[string]int // word → subjects with it in a name
	blocks map[string][]int
	model  *Model
	byID   map[registry.RecordID]*prepared // of SeedPairs and its like only
}

// Pair is two things that may be one. Score is the probability that they are, as measured in docs/accuracy.md.
type Pair struct {
	A, B    registry.RecordID // A is "" for a subject without a record
	Score   float64
	Reasons []Reason // the strongest first
}

// Reason is one feature of a pair in words. Weight is what it adds to the log odds: above zero it speaks for one thing.
type Reason struct {
	Feature string
	Text    string
	Weight  float64
}

// Words are the reasons' texts; those that speak against begin with "but".
func (p Pair) Words() []string {
	out := make([]string, len(p.Reasons))
	for i, r := range p.Reasons {
		if out[i] = r.Text; r.Weight < 0 {
			out[i] = "but " + r.Text
		}
	}
	return out
}

// prepared is a subject with what is worked out of it once.
type prepared struct {
	Subject
	names             []tokens
	parties, minerals []string // sorted; those that the names tell where it names none itself
}

// Kinds are the kinds of record that are held against each other. Parties and minerals are code lists; documents are compared by their texts.
var Kinds = []registry.Kind{registry.KindNegotiation, registry.KindInstrument, registry.KindFinancing, registry.KindForum, registry.KindProgramme, registry.KindProject, registry.KindLaw}

// New makes an index of the records of a view; samples are left out.
func New(v *registry.View) *Index {
	x := &Index{lex: lexicon{codes: map[string]string{}}, called: map[string]string{}, blocs: map[string][]string{}, df: map[string]int{}, blocks: map[string][]int{}, model: Trained}
	for _, r := range v.OfKind(registry.KindParty) {
		code := "pty:" + r.ID.Tail()
		x.called[r.ID.Tail()] = r.Title()
		switch r.String("party_kind") {
		case "state", "territory", "bloc", "region":
		default:
			code = "org:" + r.ID.Tail() // a company or railway in a name says what the thing is about
		}
		for _, n := range slices.Concat(r.Values("name"), r.Values("alias")) {
			x.lex.add(n, code)
		}
		for _, b := range r.Refs("member_of") {
			x.blocs[r.ID.Tail()] = append(x.blocs[r.ID.Tail()], b.Tail())
		}
	}
	for _, r := range v.OfKind(registry.KindMineral) {
		x.called[r.ID.Tail()] = r.Title()
		for _, n := range slices.Concat(r.Values("name"), r.Values("alias")) {
			x.lex.add(n, "min:"+r.ID.Tail())
		}
	}
	x.lex.sort()
	for _, k := range Kinds {
		for _, r := range v.OfKind(k) {
			if !r.Sample() {
				x.count(x.prepare(Of(r)))
			}
		}
	}
	for i := range x.all {
		x.block(i)
	}
	return x
}

// Add takes in a subject that has a record now.
func (x *Index) Add(s Subject) {
	x.count(x.prepare(s))
	x.block(len(x.all) - 1)
}

func (x *Index) prepare(s Subject) *prepared {
	p := &prepared{Subject: s, parties: s.Parties, minerals: s.Minerals}
	p.sort()
	var parties, minerals []string
	for _, n := range s.Names {
		t := x.lex.read(n)
		p.names = append(p.names, t)
		parties, minerals = append(parties, t.parties...), append(minerals, t.minerals...)
	}
	if len(p.parties) == 0 {
		p.parties = sorted(parties)
	}
	if len(p.minerals) == 0 {
		p.minerals = sorted(minerals)
	}
	return p
}

func sorted(l []string) []string {
	l = slices.Clone(l)
	slices.Sort(l)
	return slices.Compact(l)
}

func (x *Index) count(p *prepared) {
	x.all = append(x.all, p)
	seen := map[string]bool{}
	for _, t := range p.names {
		for _, w := range t.words {
			if !seen[w] {
				seen[w] = true
				x.df[w]++
			}
		}
	}
}

// idf is how much a word tells: the fewer names have it, the more.
func (x *Index) idf(w string) float64 {
	return max(0.1, math.Log(float64(len(x.all)+1)/(float64(x.df[w])+0.5)))
}

// A block of more than mostInBlock things is passed over: what stands in it stands in narrower ones too (two parties and a year, a rarer
// word), and so no thing is held against more than a bounded number of others.
const mostInBlock = 60

func (x *Index) block(i int) {
	for _, k := range x.keys(x.all[i]) {
		x.blocks[k] = append(x.blocks[k], i)
	}
}

// keys are the blocks that a thing stands in.
func (x *Index) keys(p *prepared) []string {
	var out []string
	add := func(form string, args ...any) { out = append(out, string(p.Kind)+" "+fmt.Sprintf(form, args...)) }
	years := map[int]bool{}
	for _, d := range p.Dates {
		if len(d.Date.Start) < 4 || d.Date.Start[:4] != d.Date.End[:4] {
			continue
		}
		y, _ := strconv.Atoi(string(d.Date.Start[:4]))
		years[y] = true
		if d.Date.Precision() != "year" { // what is signed in December is published in January
			if d.Date.Start[5:7] == "01" {
				years[y-1] = true
			}
			if d.Date.End[5:7] == "12" {
				years[y+1] = true
			}
		}
	}
	if few := p.parties; len(few) <= 8 {
		for i, a := range few {
			for _, b := range few[i+1:] {
				add("parties %s %s", a, b)
				for y := range years {
					add("parties %s %s %d", a, b, y)
				}
			}
			for y := range years {
				add("party %s %d", a, y)
			}
		}
	}
	for _, t := range p.names {
		for _, w := range t.words {
			add("word %s", w)
		}
		for _, a := range t.acronyms {
			add("short %s", a)
		}
		if n := len(t.initials); n >= 3 && n <= 12 {
			add("short %s", t.initials)
		}
	}
	for _, u := range p.URLs {
		add("url %s", u)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// beside are the things that share a block with p, in the order of the index.
func (x *Index) beside(p *prepared) []int {
	var out []int
	for _, k := range x.keys(p) {
		if b := x.blocks[k]; len(b) <= mostInBlock {
			out = append(out, b...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Candidates are the records that may be the thing of the subject and reach the probability least, the likeliest first.
func (x *Index) Candidates(s Subject, least float64) []Pair {
	p := x.prepare(s)
	var out []Pair
	for _, i := range x.beside(p) {
		if other := x.all[i]; other.ID != s.ID {
			if pair := x.pair(p, other); pair.Score >= least {
				out = append(out, pair)
			}
		}
	}
	rank(out)
	return out
}

// Pairs are the records that may be one and reach the probability least, the likeliest first; those found to be distinct are left out.
func (x *Index) Pairs(least float64) []Pair {
	var out []Pair
	for i, p := range x.all {
		for _, j := range x.beside(p) {
			if j <= i || slices.Contains(p.Apart, x.all[j].ID) || slices.Contains(x.all[j].Apart, p.ID) {
				continue
			}
			if pair := x.pair(p, x.all[j]); pair.Score >= least {
				out = append(out, pair)
			}
		}
	}
	rank(out)
	return out
}

func rank(ps []Pair) {
	slices.SortFunc(ps, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
}

// Compare is the pair of two subjects, whatever their score and whether or not blocking would bring them together.
func (x *Index) Compare(a, b Subject) Pair { return x.pair(x.prepare(a), x.prepare(b)) }

func (x *Index) pair(a, b *prepared) Pair {
	out := Pair{A: a.ID, B: b.ID}
	if a.Kind != b.Kind {
		return out
	}
	if why := x.decided(a, b); why != "" {
		out.Score, out.Reasons = 1, []Reason{{"url", why, 10}}
		return out
	}
	if ruledOut(a, b) {
		return out
	}
	fs := x.features(a, b)
	out.Score = math.Round(x.model.Probability(fs)*1000) / 1000
	all := slices.ContainsFunc(fs, func(f Feature) bool { return f.Name == "parties_all" })
	for _, f := range fs {
		if f.Name == "parties" && all {
			continue // it is said
		}
		if w := x.model.Weight(f.Name) * f.Value; math.Abs(w) >= 0.05 {
			out.Reasons = append(out.Reasons, Reason{f.Name, f.Words, math.Round(w*100) / 100})
		}
	}
	slices.SortStableFunc(out.Reasons, func(a, b Reason) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return out
}

// decided is why no reckoning is needed: the record gives the address of this very text.
func (x *Index) decided(a, b *prepared) string {
	if a.Text != b.Text && slices.ContainsFunc(a.URLs, func(u string) bool { return u != "" && slices.Contains(b.URLs, u) }) {
		return "the record gives this address for the text"
	}
	return ""
}

// ruledOut says whether a text cannot be of an instrument: its form is not the instrument's, or the record says that the address is of a text
// about it.
func ruledOut(a, b *prepared) bool {
	if !a.Text && !b.Text {
		return false
	}
	about := func(x, y *prepared) bool {
		return slices.ContainsFunc(x.URLs, func(u string) bool { return slices.Contains(y.About, u) })
	}
	return typeFit(a.Type, b.Type) == 0 || about(a, b) || about(b, a)
}

// About are the records that give the address for a statement or summary about them, by id.
func (x *Index) About(url string) []registry.RecordID {
	var out []registry.RecordID
	for _, p := range x.all {
		if url != "" && slices.Contains(p.About, BareURL(url)) {
			out = append(out, p.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// say lists codes by what they are called, six at most.
func (x *Index) say(codes []string) string {
	out := make([]string, 0, len(codes))
	for _, c := range codes {
		if n := x.called[c]; n != "" {
			c = n
		}
		out = append(out, c)
	}
	return shorten(out)
}

func shorten(l []string) string {
	if len(l) > 6 {
		return strings.Join(l[:6], ", ") + fmt.Sprintf(" and %d more", len(l)-6)
	}
	return strings.Join(l, ", ")
}

// Held is how many pairs blocking holds against each other.
func (x *Index) Held() int {
	n := 0
	for i, p := range x.all {
		for _, j := range x.beside(p) {
			if j > i {
				n++
			}
		}
	}
	return n
}
