package conflict

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// Marks are what the words of a text show that can collide. They follow from the text, its analysis and the rules alone, so that they can be
// kept and read again (stored.go); whose text it is and since when it holds comes with Text. Immutable.
type Marks struct {
	parties, minerals []string // of the analysis
	legal             string   // as its words say
	english           bool
	bare              bool     // its words are not here: only labels counted
	vocab             []string // words of content, in order of the alphabet
	marks             []mark
}

// Parties are the sides as the text names them; codes as in Analysis.Parties.
func (m *Marks) Parties() []string { return m.parties }

// mark is what the words of a norm show.
type mark struct {
	eid        string
	start, end int
	words      string // lead-ins and own words on one line; "" where they are not here
	cut        int    // bytes of words before those by which it is compared: the lead-in, or 0 where its own are few
	read       assay.Modality
	body       bool // a committee, authority or secretariat bears it, no side
	final      bool // a final clause
	alone      bool // it binds although its text says that it does not
	recalls    bool // words of hoping, recalling or telling: as a statement it says nothing that could collide
	leaves     bool // words by which something is left undone
	takes      bool // who bears it gets
	only       bool
	trade      bool // it has a word of trade at large and none of mining
	mines      bool // it, its article or a heading above it speaks of minerals, mining or energy
	open       bool // it refers to a schedule or annex that is not there
	savings    bool
	priority   bool
	shall      string // "shall" or "not" where a statement has the words of a duty or ban
	by         string // the party by which something is done, where it bears none
	opens      string // the party that a statement begins with
	share      float64
	negLead    int      // words in its lead-in that turn it round
	bearers    []string // codes as the analysis has them
	names      []string // parties that it names, but for those excepted
	minerals   []string
	places     []string
	standards  []string
	balance    []string // rules of the balance, where the words are not here
	found      []int32  // stances
	loose      []int32  // of them those shown by concepts alone
	bars       []int32  // of them those that are so in a ban too
	carves     []int32  // rules
	values     []value
	content    []int32 // of vocab, each once, ascending
}

// value is what a stance is set to.
type value struct {
	stance int32
	name   string
}

// Mark finds in a text what can collide. The reading may be nil: then the labels of the analysis count. law keeps statements, which bind there.
func (r *Rules) Mark(rd *text.Reading, an *assay.Analysis, law bool) *Marks {
	if an == nil {
		return nil
	}
	out := &Marks{parties: an.Parties, minerals: an.Minerals, legal: an.Instrument.LegalNature.Inferred, english: strings.HasPrefix(an.Language, "en")}
	if st := an.Instrument.LegalNature.Stated; st == "binding" || st == "non_binding" {
		out.legal = st
	}
	m := &marker{r: r, rd: rd, an: an, out: out, words: map[string][]int32{}}
	if rd != nil && rd.Text != "" {
		m.text, m.find = rd.Text, r.phrases.Finder()
	} else {
		out.bare, m.balance = true, balanceRules(an)
	}
	for i := range an.Provisions {
		p := &an.Provisions[i]
		for k := range p.Norms {
			n := &p.Norms[k]
			if n.Part == "preamble" || n.Part == "definition" || n.Opens || !law && passive(n.Best()) && n.Best() != assay.Declaration || m.cover(i) {
				continue
			}
			out.marks = append(out.marks, m.mark(p.EID, n, m.balance[[2]int{i, k}]))
		}
	}
	m.fields(law)
	m.index()
	return out
}

// marker is a text being marked.
type marker struct {
	r       *Rules
	rd      *text.Reading // nil where the words are not here
	an      *assay.Analysis
	out     *Marks
	text    string
	find    *assay.Finder       // nil where the words are not here
	balance map[[2]int][]string // by provision and norm
	denied  []denial
	left    bool               // what the norm that look saw last is about is left undone
	hits    []hit              // of the norm that look saw last
	words   map[string][]int32 // by word of content: marks, ascending
}

// cover says whether a provision is the cover of the text.
func (m *marker) cover(i int) bool {
	if m.rd == nil || i >= len(m.rd.Provisions) {
		return m.an.Provisions[i].EID == "cover"
	}
	return m.rd.Provisions[i].Kind == text.KindCover
}

func (m *marker) mark(eid string, n *assay.Norm, balance []string) mark {
	x := mark{eid: eid, start: n.Start, end: n.End, read: n.Best(), final: n.Part == "final", alone: m.an.Instrument.LegalNature.Excepts(eid), standards: n.Standards, bearers: n.Bearer, body: len(n.Bearer) == 1 && n.Bearer[0] == "body"}
	own := ""
	if !m.out.bare {
		x.words = wordsOf(m.text, n)
		own = strings.Join(strings.Fields(m.text[n.Start:n.End]), " ")
		x.names = named(m.an.Mentions, "party", n, "")
	}
	x.minerals = named(m.an.Mentions, "mineral", n, x.words)
	if len(n.Bearer) == 0 && !m.out.bare {
		x.by = doneBy(m.text, m.an.Mentions, n)
	}
	if x.read == assay.Declaration {
		x.opens = opensWith(m.an.Mentions, n)
		if s := shallRE.FindString(x.words); s != "" {
			x.shall = "shall"
			if strings.Contains(s, "not") {
				x.shall = "not"
			}
		}
	}
	for i := range n.Quantities {
		x.shareOf(&n.Quantities[i])
	}
	if n.Quantity != nil {
		x.shareOf(n.Quantity)
	}
	if m.out.bare {
		x.balance = balance
		return x
	}
	m.look(&x)
	m.compared(&x, own)
	return x
}

// look finds the stances in the words of a norm.
func (m *marker) look(x *mark) {
	r := m.r
	add := func(l *[]int32, at int) {
		if !slices.Contains(*l, int32(at)) {
			*l = append(*l, int32(at))
		}
	}
	m.hits, m.denied = m.hits[:0], m.denied[:0]
	forbids, explains, exception := false, false, false
	takes, gives := -1, -1 // bytes where the first such word begins
	for _, f := range m.find.Find(x.words, 0, len(x.words)) {
		g := r.groups[f.Group]
		switch g.kind {
		case 's':
			add(&x.found, g.at)
		case 'b':
			add(&x.bars, g.at)
			add(&x.found, g.at)
		case 'v':
			if v := (value{int32(g.at), g.value}); !slices.Contains(x.values, v) {
				x.values = append(x.values, v)
			}
		case 'c':
			add(&x.carves, g.at)
		case 'u':
			m.denied = append(m.denied, denial{int32(g.at), f.Span})
		case 'k':
			m.hits = append(m.hits, hit{int32(g.at), f.Start})
		case 'w':
			switch g.at {
			case wordsRefrain:
				x.leaves = true
			case wordsForbids:
				forbids = true
			case wordsExceptions:
				exception = true
			case wordsExplains:
				explains = true
			case wordsTakes:
				if takes < 0 {
					takes = f.Start
				}
			case wordsGives:
				if gives < 0 {
					gives = f.Start
				}
			case wordsSavings:
				x.savings = true
			case wordsPriority:
				x.priority = true
			}
		}
	}
	m.left = !allows(x.read) && (x.leaves || x.shall == "not") || x.read == assay.Prohibition && !forbids
	if exception || explains && passive(x.read) && x.shall == "" {
		m.hits = m.hits[:0]
	}
	for _, t := range m.near() {
		if !slices.Contains(x.found, t.stance) {
			add(&x.loose, int(t.stance))
		}
		add(&x.found, int(t.stance))
		if t.When == "any" || t.When == "left" {
			add(&x.bars, int(t.stance))
		}
	}
	x.takes = takes >= 0 && (gives < 0 || takes < gives)
	if len(x.found) == 0 {
		return
	}
	x.places = r.words.placesOf(x.words)
	if x.share == 0 {
		x.share = r.words.fraction(x.words)
	}
	if x.share == 0 && allOf.MatchString(x.words) {
		x.share = 100
	}
	x.open = elsewhere.MatchString(x.words)
}

// hit is a concept at a byte of a norm's words.
type hit struct {
	concept int32
	at      int
}

// allows says whether a norm permits: "shall not preclude restrictions" leaves nothing undone.
func allows(m assay.Modality) bool { return m == assay.Permission || m == assay.Right }

// denial is a place whose words deny a stance.
type denial struct {
	stance int32
	assay.Span
}

func (m *marker) denies(stance int32, at int) bool {
	return slices.ContainsFunc(m.denied, func(d denial) bool { return d.stance == stance && d.Start <= at && at < d.End })
}

const nearby = 170 // bytes between words that belong together: a long clause

// near lists what stands together in the words that look saw last.
func (m *marker) near() (out []*Together) {
	for _, t := range m.r.Together {
		if t.When == "left" && !m.left || t.When == "done" && m.left {
			continue
		}
		for _, h := range m.hits {
			if h.concept == t.concepts[0] && !m.denies(t.stance, h.at) && !slices.ContainsFunc(t.concepts[1:], func(c int32) bool {
				return !slices.ContainsFunc(m.hits, func(o hit) bool {
					return o.concept == c && o.at != h.at && !m.denies(t.stance, o.at) && max(o.at-h.at, h.at-o.at) <= nearby
				})
			}) {
				out = append(out, t)
				break
			}
		}
	}
	return out
}

// compared finds the words by which a norm is compared with others: its own, or with its lead-in's where it has few.
func (m *marker) compared(x *mark, own string) {
	w := &m.r.words
	all, mined := w.tokens(x.words), false
	for i, t := range all {
		x.trade, x.mines = x.trade || w.trade[t.w], x.mines || w.mined[t.w] && !w.loosely[t.w]
		mined = mined || w.mined[t.w]
		x.recalls = x.recalls || w.hope[t.w] || w.told[t.w] && (i == 0 || !attributive[all[i-1].w])
		x.only = x.only || w.only[t.w]
	}
	x.trade = x.trade && !mined
	x.cut = len(x.words) - len(own)
	toks := all
	if x.cut > 0 {
		toks = w.tokens(own)
	}
	words := content(toks)
	if len(words) < leastContent {
		x.cut, words = 0, content(all)
	} else {
		for _, t := range all[:max(0, len(all)-len(toks))] {
			if t.kind == negTok {
				x.negLead++
			}
		}
	}
	for _, s := range words {
		m.words[s] = append(m.words[s], int32(len(m.out.marks)))
	}
}

// attributive words before a verb of telling make it none: the agreed price.
var attributive = map[string]bool{"the": true, "an": true, "at": true, "as": true, "otherwise": true, "mutually": true}

// index numbers the words of content.
func (m *marker) index() {
	for w := range m.words {
		m.out.vocab = append(m.out.vocab, w)
	}
	sort.Strings(m.out.vocab)
	for i, w := range m.out.vocab {
		for _, k := range m.words[w] {
			m.out.marks[k].content = append(m.out.marks[k].content, int32(i))
		}
	}
}

var (
	allOf     = regexp.MustCompile(`(?i)\b(?:all|entire|whole|totalité|totalidad|totalidade)\b.{0,30}\b(?:output|production|offtake|production|producción|produção)`)
	elsewhere = regexp.MustCompile(`(?i)\b(?:set out|set forth|specified|listed|established|defined|provided|fixed|agreed) in (?:the |an? )?(?:schedule|annex|appendix|separate|side letter|implementing)`)
	byRE      = regexp.MustCompile(`(?i)\b(?:by|par|por|pela|pelo)\s+(?:the |la |le |el |a |o )?$`)
	shallRE   = regexp.MustCompile(`(?i)\b(?:shall|must) (?:not )?[a-z]`)
)

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

// doneBy is the first party of a norm that stands after "by": "paid for by Sudria". "" where there is none.
func doneBy(t string, ms []assay.Mention, n *assay.Norm) string {
	k := sort.Search(len(ms), func(i int) bool { return ms[i].Start >= n.Start })
	for ; k < len(ms) && ms[k].Start < n.End; k++ {
		if ms[k].Kind == "party" && byRE.MatchString(t[max(n.Start, ms[k].Start-12):ms[k].Start]) {
			return ms[k].Code
		}
	}
	return ""
}

func (x *mark) shareOf(q *assay.Quantity) {
	if q.Unit == "%" && q.Value > 0 && q.Value <= 100 && x.share == 0 {
		x.share = q.Value
	}
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

// article is the part of its address down to the article, or all but the last part of it.
func (x *mark) article() string {
	at := 0
	if !strings.HasPrefix(x.eid, "art_") {
		if at = strings.Index(x.eid, "__art_") + 2; at < 2 {
			if last := strings.LastIndex(x.eid, "__"); last >= 0 {
				return x.eid[:last]
			}
			return x.eid
		}
	}
	if end := strings.Index(x.eid[at:], "__"); end >= 0 {
		return x.eid[:at+end]
	}
	return x.eid
}
