package markup

import (
	"encoding/xml"
	"slices"
	"strings"
	"unicode"

	"github.com/openassay/assay/text"
)

// tree gathers the provisions that a format itself marks while its words are read. Where each begins, and where its own words do, is noted as anchors
// of the paragraphs that are written.
type tree struct {
	all     []text.Given
	aliases []text.Alias
	path    []int // of each open element: the provision that it is, -1 for none
	state   []given
}

// given is how far a provision has come.
type given struct {
	started bool
	bodied  bool
	from    int // where its number begins in the numbers that wait for their words; -1 for none
	to      int
	child   bool // something stood under it, and was closed
}

// open opens an element.
func (x *reader) open(name string, t xml.StartElement, r role) {
	g := &x.given
	at := -1
	if x.s.provision != nil && r != skip && x.inRow == 0 && x.noted == 0 {
		if p := x.s.provision(x, name, t); p != nil {
			p.Parent = g.innermost()
			at = len(g.all)
			g.all, g.state = append(g.all, *p), append(g.state, given{from: -1})
		}
	}
	if x.s.eid != nil && at < 0 && r != skip {
		if id := x.s.eid(t); id != "" && len(g.aliases) < maxAliases {
			g.aliases = append(g.aliases, text.Alias{EID: id, In: g.innermost()})
		}
	}
	g.path = append(g.path, at)
}

// maxAliases bounds the addresses of parts that are no provisions.
const maxAliases = 200_000

// innermost is the innermost open provision; -1 for none.
func (g *tree) innermost() int {
	for i := len(g.path) - 1; i >= 0; i-- {
		if g.path[i] >= 0 {
			return g.path[i]
		}
	}
	return -1
}

// end closes the innermost element.
func (g *tree) end() {
	n := len(g.path) - 1
	if n < 0 {
		return
	}
	at := g.path[n]
	g.path = g.path[:n]
	if at >= 0 && g.state[at].started {
		if up := g.all[at].Parent; up >= 0 {
			g.state[up].child = true
		}
	}
}

// number notes the number of the innermost provision, which waits behind others that wait.
func (g *tree) number(s, waiting string) {
	at := g.innermost()
	if at < 0 || g.all[at].Num != "" || g.state[at].started || s == "" {
		return
	}
	g.all[at].Num = s
	if word, rest, ok := strings.Cut(s, " "); ok && len(word) >= 3 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 {
		g.all[at].Num = strings.TrimSpace(rest) // "Article 4"
	}
	from := 0
	if waiting != "" {
		from = len(waiting) + 1
	}
	g.state[at].from, g.state[at].to = from, from+len(s)
}

// waits says whether the element that ends is a provision whose number still waits for words.
func (g *tree) waits() bool {
	at := g.path[len(g.path)-1]
	return at >= 0 && !g.state[at].started && g.state[at].from >= 0
}

func (g *tree) heading(s string) {
	if at := g.innermost(); at >= 0 && g.all[at].Heading == "" {
		g.all[at].Heading = s
	}
}

// place notes in a paragraph that is written which provisions begin with it, and whose own words do.
func (g *tree) place(b *text.Block) {
	if len(g.all) == 0 {
		return
	}
	in := g.innermost()
	g.wrapUp(in)
	title := b.Kind == text.HeadingBlock || b.Kind == text.NumberBlock || b.Kind == text.NameBlock
	var as []text.Anchor
	pos := 0
	var open []int
	for _, at := range g.path {
		if at >= 0 {
			open = append(open, at)
		}
	}
	if n := len(g.all) - 1; in != n && !g.state[n].started && g.all[n].Prefix == wrapUp { // made for this paragraph
		open, in = append(open, n), n
	}
	for _, at := range open {
		s := &g.state[at]
		if !s.started {
			s.started = true
			as = append(as, text.Anchor{At: pos, Kind: text.ProvisionAnchor, Index: at})
		}
		if s.bodied || title && at == in {
			if s.from >= 0 {
				pos, s.from = min(s.to+1, len(b.Text)), -1
			}
			continue
		}
		s.bodied = true
		if s.from >= 0 {
			pos = min(s.to+1, len(b.Text))
		}
		s.from = -1
		as = append(as, text.Anchor{At: pos, Kind: text.BodyAnchor, Index: at})
	}
	b.Anchors = append(as, b.Anchors...)
	slices.SortStableFunc(b.Anchors, func(x, y text.Anchor) int { return x.At - y.At })
}

// wrapUp is the prefix of what stands behind the provisions under another, or between those at the top.
const wrapUp = "wrapup"

// wrapUp makes a provision of its own for words that stand behind others under the same one: else they would count as the last of these.
func (g *tree) wrapUp(in int) {
	switch {
	case in >= 0 && g.state[in].child:
		g.state[in].child = false
	case in < 0 && slices.ContainsFunc(g.state, func(s given) bool { return s.started }) && (g.all[len(g.all)-1].Prefix != wrapUp || g.all[len(g.all)-1].Parent >= 0):
	default:
		return
	}
	g.all = append(g.all, text.Given{Prefix: wrapUp, Kind: text.KindParagraph, Parent: in})
	g.state = append(g.state, given{from: -1})
}

// aknKinds are what the elements of Akoma Ntoso are as provisions, with the part of an eId that is made where the file gives none.
var aknKinds = map[string]struct {
	kind   text.ProvisionKind
	prefix string
}{
	"preface": {text.KindCover, "cover"}, "coverPage": {text.KindCover, "coverpage"}, "preamble": {text.KindPreamble, "preamble"}, "conclusions": {text.KindSignatures, "signatures"}, "attachment": {text.KindAnnex, "annex"},
	"recital": {text.KindRecital, "rec"}, "citation": {text.KindRecital, "cit"}, "formula": {text.KindParagraph, "formula"},
	"book": {text.KindPart, "book"}, "tome": {text.KindPart, "tome"}, "part": {text.KindPart, "part"}, "title": {text.KindPart, "title"}, "subpart": {text.KindPart, "subpart"},
	"chapter": {text.KindChapter, "chp"}, "subchapter": {text.KindChapter, "subchp"},
	"section": {text.KindSection, "sec"}, "subsection": {text.KindSection, "subsec"}, "division": {text.KindSection, "dvs"}, "subdivision": {text.KindSection, "subdvs"},
	"article": {text.KindArticle, "art"}, "rule": {text.KindArticle, "rule"}, "clause": {text.KindArticle, "cl"},
	"paragraph": {text.KindParagraph, "para"}, "subparagraph": {text.KindParagraph, "subpara"}, "subclause": {text.KindParagraph, "subcl"}, "subrule": {text.KindParagraph, "subrule"},
	"alinea": {text.KindParagraph, "al"}, "level": {text.KindParagraph, "lvl"}, "transitional": {text.KindParagraph, "trans"}, "proviso": {text.KindParagraph, "proviso"}, "wrapUp": {text.KindParagraph, wrapUp},
	"point": {text.KindPoint, "point"}, "indent": {text.KindPoint, "indent"}, "item": {text.KindPoint, "item"},
	"hcontainer": {text.KindParagraph, "hcontainer"}, "container": {text.KindParagraph, "container"}, "tblock": {text.KindParagraph, "tblock"},
}

// aknNamed are the kinds that a container names itself.
var aknNamed = map[string]text.ProvisionKind{"cover": text.KindCover, "preamble": text.KindPreamble, "recital": text.KindRecital, "part": text.KindPart, "chapter": text.KindChapter, "section": text.KindSection, "article": text.KindArticle,
	"paragraph": text.KindParagraph, "point": text.KindPoint, "annex": text.KindAnnex, "signatures": text.KindSignatures, "notes": text.KindSection, "wrapup": text.KindParagraph}

// aknProvision is what an element of Akoma Ntoso is as a provision. What is quoted from another text has none of this one's.
func aknProvision(x *reader, name string, t xml.StartElement) *text.Given {
	k, ok := aknKinds[name]
	if !ok || slices.Contains(x.path[:len(x.path)-1], "quotedStructure") || slices.Contains(x.path[:len(x.path)-1], "embeddedStructure") {
		return nil
	}
	if name == "hcontainer" || name == "container" {
		if kind, ok := aknNamed[attr(t, "name")]; ok {
			k.kind = kind
		}
	}
	return &text.Given{EID: aknID(t), Prefix: k.prefix, Kind: k.kind}
}

// aknID is the address that the file gives to an element: eId, or in older versions id.
func aknID(t xml.StartElement) string {
	if id := attr(t, "eId"); id != "" {
		return id
	}
	return attr(t, "id")
}
