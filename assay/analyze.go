package assay

import (
	"sort"
	"strings"

	"github.com/openassay/assay/text"
)

// Analyze reads what each provision of a text binds. It never fails: what it cannot read it leaves unread and says so in Unsupported.
// The result depends on nothing but its arguments. lex may be nil: then no parties and minerals are named.
// Time is linear in the text.
func Analyze(r *text.Reading, rules *Rules, lex *Lexicon) *Analysis {
	return analyze(r, rules, lex, nil)
}

func analyze(r *text.Reading, rules *Rules, lex *Lexicon, checks []Check) *Analysis {
	a := &run{r: r, rules: rules, lex: lex.compile(), doc: primary(r.Language)}
	a.lang = a.doc
	a.out = &Analysis{Title: r.Title, Language: r.Language, Engine: Engine, Rules: rules.Hash,
		Parties: []string{}, Minerals: []string{}, Provisions: []Provision{}, Mentions: []Mention{}}
	if !served[a.doc] {
		a.out.Unsupported = r.Language
		if a.doc == "" {
			a.out.Unsupported = "und"
		}
	}
	a.out.Instrument.LegalNature.Evidence, a.out.Instrument.LegalNature.Conflicts = []Evidence{}, []Conflict{}
	a.out.Commitments = []Commitment{}
	a.prepare()
	a.cut()
	a.settle()
	a.legible()
	a.find()
	a.unlisted()
	a.mentions()
	a.sides()
	a.parts()
	a.kind()
	a.roles()
	a.nature()
	a.carveOuts()
	a.bodyAbbreviations()
	a.enact()
	a.norms()
	a.overrule(checks)
	a.provisions()
	a.ladders()
	a.commitments()
	a.areas()
	a.balance()
	a.conflicts()
	return a.out
}

// served are the languages whose modality is read.
var served = map[string]bool{"en": true, "fr": true, "es": true, "pt": true, "zh": true}

func primary(tag string) string {
	tag = strings.ToLower(tag)
	if i := strings.IndexAny(tag, "-_"); i > 0 {
		tag = tag[:i]
	}
	if tag == "und" {
		return ""
	}
	return tag
}

// run is one analysis at work.
type run struct {
	r     *text.Reading
	rules *Rules
	lex   *compiledLexicon
	doc   string // the language of the document
	lang  string // the language of the sentence at hand
	out   *Analysis

	provs  []work
	tokens []token
	sents  []sentence
	hits   []hit  // of all sentences, in order
	names  []name // of all sentences, in order
	ns     []norm
	wills  bool     // "will" obliges in this text
	small  bool     // the text has lost its capitals
	union  bool     // "the Community" of this text is the European one
	said   []string // who bore the norm before, within the provision saidIn: "they" and verbs without subject mean them
	saidIn int

	role []string // the roles that a contract defines for its parties, in order

	acted  int // the sentence, counted from one, that acting are the actors of
	acting []actor
	tongue []string // the language of each provision
	idx    *places  // made when first asked for

	short map[string]bool // the short names of bodies, in lower case

	barred   []bool // by provision: kept out of the settlement of disputes
	excepted []bool // by provision: binds although the text as a whole does not; nil where nothing does
}

// work is what is known of one provision on the way.
type work struct {
	start, body, end int // as in the reading, clamped to the text
	ownEnd           int
	parent           int
	unread           string // why its own words are not read
	part             string
	headingPart      bool  // the part stands in its own heading
	first, last      int   // its sentences, heading first; [first, last)
	lead             *lead // what its own words open for its children
	past             *lead // the lead-in of the items under it, after one ended with a full stop
	colon            *lead // the last sentence of its own, or of a child, that ends with a colon
	flow             *lead // what a child that ends with a colon opens for the children after it
}

// sentence is a run of tokens; tokens[from] is the boundary before it, tokens[to-1] the one after it.
type sentence struct {
	prov          int
	heading       bool
	from, to      int
	hit0, hit1    int
	name0, name1  int
	opens, closes bool // ends with a colon; with a full stop
}

// name is a lexicon name found at tokens [from, to).
type name struct {
	*lexName
	from, to int
}

// prepare clamps the reading's offsets, so that a wrong reading cannot crash the analysis.
func (a *run) prepare() {
	n := len(a.r.Text)
	clamp := func(x, lo int) int { return min(max(x, lo), n) }
	a.provs = make([]work, len(a.r.Provisions))
	for i, p := range a.r.Provisions {
		w := &a.provs[i]
		w.start = clamp(p.Start, 0)
		w.end = clamp(p.End, w.start)
		_, own := a.r.Own(i)
		w.body = min(clamp(p.Body, w.start), w.end)
		w.ownEnd = min(clamp(own, w.body), w.end)
		w.parent = p.Parent
		if w.parent >= i || w.parent < 0 {
			w.parent = -1
		}
	}
}

// cut lexes headings and own words of every provision into sentences.
func (a *run) cut() {
	l := newLexer(a.rules.vocab, a.lex)
	if accentless(a.lang, a.r.Text) {
		l.fold = a.rules.vocab.fold()
	}
	a.small = withoutCapitals(a.r.Text)
	l.small = a.small
	a.tokens = append(make([]token, 0, len(a.r.Text)/5+16), token{0, 0, boundary})
	for i := range a.provs {
		w := &a.provs[i]
		w.first = len(a.sents)
		a.lexSpan(l, i, w.start, w.body, true)
		a.lexSpan(l, i, w.body, w.ownEnd, false)
		w.last = len(a.sents)
	}
}

func (a *run) lexSpan(l *lexer, prov, start, end int, heading bool) {
	if start >= end {
		return
	}
	from := len(a.tokens) - 1 // the boundary before
	a.tokens = l.tokens(a.r.Text, start, end, a.tokens)
	for i := from + 1; i < len(a.tokens); i++ {
		if a.tokens[i].w != boundary {
			continue
		}
		last := a.tokens[i-1].w.lower
		a.sents = append(a.sents, sentence{prov: prov, heading: heading, from: from, to: i + 1,
			opens:  last == ":" || last == "：" || last == "—" || last == "–",
			closes: last == "." || last == "。" || last == "?" || last == "!"})
		from = i
	}
}

// find runs the rules and the lexicon over every sentence.
func (a *run) find() {
	s := &sieve{rules: a.rules}
	defer func() { a.lang = a.doc }()
	for i := range a.sents {
		st := &a.sents[i]
		a.lang = a.tongue[st.prov]
		s.lang = a.lang
		st.hit0, st.name0 = len(a.hits), len(a.names)
		s.raw = s.raw[:0]
		for k := st.from; k < st.to-1; k++ {
			a.rules.trie.scan(a.tokens, k, tongueBit(a.lang), func(p int32, end int) { s.raw = append(s.raw, match{p, k, end}) })
		}
		a.hits = append(a.hits, s.resolve(st.from, st.to)...)
		if a.lex != nil {
			a.findNames(st)
		}
		st.hit1, st.name1 = len(a.hits), len(a.names)
	}
}

func (a *run) findNames(st *sentence) {
	first := len(a.names)
	shaky := false
	for k := st.from + 1; k < st.to-1; {
		if a.tokens[k].w.lex == noWord {
			k++
			continue
		}
		n, to := a.lex.longestAt(a.r.Text, a.tokens, k, a.small)
		if n == nil {
			k++
			continue
		}
		if n.shaky && a.lang != "fr" && frenchOnly[strings.ToLower(n.name)] {
			k = to
			continue
		}
		shaky = shaky || n.shaky
		a.names = append(a.names, name{n, k, min(to, st.to-1)})
		k = to
	}
	if !shaky {
		return
	}
	found := a.names[first:]
	kept := a.names[:first]
	for i, n := range found {
		if !n.shaky || a.settled(n, i, found) {
			kept = append(kept, n)
		}
	}
	a.names = kept
}

// settled reports whether a shaky mineral name has company that settles its sense.
func (a *run) settled(n name, i int, all []name) bool {
	for k := max(n.from-2, 0); k < n.to+2 && k < len(a.tokens); k++ {
		if miningWords[a.tokens[k].w.lower] && (k < n.from || k >= n.to) {
			return true
		}
	}
	const near = 4
	for j := max(i-2, 0); j <= i+2 && j < len(all); j++ {
		if j != i && all[j].kind == mentionMineral && all[j].from-n.to < near && n.from-all[j].to < near {
			return true
		}
	}
	return false
}

// span returns the bytes of tokens [from, to), boundaries left out.
func (a *run) span(from, to int) (start, end int) {
	if a.tokens[from].w == boundary && from+1 < to {
		from++
	}
	return a.tokens[from].start, a.tokens[to-1].end
}

// hitsNear are the hits of sentence s that begin at token k or so little before it that they may reach it.
func (a *run) hitsNear(s, k int) []hit {
	hits := a.sentHits(s)
	lo := sort.Search(len(hits), func(i int) bool { return hits[i].from >= k-longestPattern })
	hi := sort.Search(len(hits), func(i int) bool { return hits[i].from > k })
	return hits[lo:max(lo, hi)]
}

func (a *run) sentHits(i int) []hit   { return a.hits[a.sents[i].hit0:a.sents[i].hit1] }
func (a *run) sentNames(i int) []name { return a.names[a.sents[i].name0:a.sents[i].name1] }
