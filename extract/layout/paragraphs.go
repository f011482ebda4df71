package layout

import (
	"github.com/openassay/assay/text"
	"math"
	"strings"
)

// measure is what is typical of a region's lines.
type measure struct{ left, right, pitch float64 }

// paragraphs joins lines into paragraphs.
func (b *builder) paragraphs() {
	var all []string
	measures := map[int]measure{}
	for _, ls := range b.lines {
		for from := 0; from < len(ls); {
			to := from
			for to < len(ls) && ls[to].region == ls[from].region {
				all = append(all, ls[to].text)
				to++
			}
			left, right, pitch := spread(ls[from:to])
			measures[ls[from].region] = measure{left, right, pitch}
			from = to
		}
	}
	for _, n := range b.apart {
		for _, l := range n.lines {
			all = append(all, l.text)
		}
	}
	b.join = text.NewJoiner(all)
	p := &paragraph{b: b, m: measures}
	for i, ls := range b.lines {
		p.pages = append(p.pages, i)
		for _, l := range ls {
			p.add(l)
		}
	}
	p.flush()
	if p.begin(0); len(p.anchors) > 0 { // pages without words at the end
		b.res.Blocks = append(b.res.Blocks, text.Block{Anchors: p.anchors})
	}
}

// paragraph is the one that is open.
type paragraph struct {
	b       *builder
	m       map[int]measure
	pages   []int // that begin with the next line
	words   []byte
	lines   []*line
	tight   bool
	anchors []text.Anchor
}

// begin places the pages that wait at byte at of the open paragraph.
func (p *paragraph) begin(at int) {
	for _, i := range p.pages {
		p.anchors = append(p.anchors, text.Anchor{At: at, Kind: text.PageAnchor, Index: i})
	}
	p.pages = p.pages[:0]
}

func (p *paragraph) add(l *line) {
	if n := len(p.lines); n > 0 && p.breaks(p.lines[n-1], l) {
		prev := p.lines[n-1]
		p.flush()
		p.tight = prev.region == l.region && l.Y0 > prev.Y0 && l.Y0-prev.Y0 < loosePitch*p.m[l.region].pitch
	}
	if l.cell == nextCell && len(p.lines) > 0 {
		p.words = append(append(p.words, " | "...), l.text...)
	} else {
		p.words = p.b.join.Join(p.words, l.text)
	}
	start := max(len(p.words)-len(l.text), 0)
	p.begin(start)
	for _, m := range l.marks {
		for k := range p.b.apart {
			if n := &p.b.apart[k]; n.mark == m.mark && n.page == l.page {
				p.anchors = append(p.anchors, text.Anchor{At: start + m.at, Kind: text.NoteAnchor, Index: k})
				break
			}
		}
	}
	p.lines = append(p.lines, l)
}

// loosePitch is how far apart, in the usual distance of lines, lines stand between which there is a blank.
const loosePitch = 1.4

// pitch is how far below the line before it a line stands where no blank is between them: the lines of a title in large letters are further apart than
// those of the text around it.
func (p *paragraph) pitch(prev, l *line) float64 {
	if large := min(prev.size, l.size) / max(p.b.body, 1); large > largeLetters {
		return p.m[l.region].pitch * large
	}
	return p.m[l.region].pitch
}

// largeLetters is how much larger than most of a text the letters of its headings are.
const largeLetters = 1.15

// breaks says whether a new paragraph begins with l, behind the line prev.
func (p *paragraph) breaks(prev, l *line) bool {
	m, last := p.m[l.region], p.m[prev.region]
	joins := goesOn(l.text) && !ends(prev.text)
	full := p.full(prev, l, last)
	switch {
	case prev.row != nil && prev.row == l.row:
		return false
	case prev.boxed != l.boxed || prev.cells > 1 || l.cells > 1 || prev.dots || l.dots:
		return true
	case strings.HasSuffix(prev.text, "-") && goesOn(l.text) && !text.Marked(l.text):
		return false
	case math.Abs(prev.size-l.size) > 0.12*max(prev.size, l.size):
		return !joins || math.Abs(prev.size-l.size) > 0.3*max(prev.size, l.size)
	case prev.region != l.region:
		return !(joins || full && !ends(prev.text) && !text.Marked(l.text) && prev.bold == l.bold)
	case l.Y0-prev.Y0 > loosePitch*p.pitch(prev, l):
		return !(joins && full && l.Y0-prev.Y0 < 2.2*p.pitch(prev, l))
	case prev.bold != l.bold && !joins:
		return true
	case text.Marked(l.text):
		return !full || ends(prev.text) || text.Marked(prev.text) && math.Abs(prev.X0-l.X0) < 2
	case !full:
		return !(joins && prev.W() > 0.5*(last.right-last.left))
	}
	in := 0.8 * l.size
	if ends(prev.text) && !goesOn(l.text) {
		hanging := text.Marked(p.lines[0].text) && len(p.lines) == 1
		first := len(p.lines) == 1 && prev.X0 > m.left+in
		return l.X0 > prev.X0+in && !hanging || l.X0 < prev.X0-in && !first
	}
	return false
}

// full says whether the first word of l would not have fitted behind prev.
func (p *paragraph) full(prev, l *line, m measure) bool {
	word, blank := l.words[0].W(), 0.25*l.size
	if rtl(prev.words) {
		return prev.X0-m.left < word+blank
	}
	return m.right-prev.X1 < word+blank
}

// flush writes the open paragraph as a block.
func (p *paragraph) flush() {
	if len(p.lines) == 0 {
		return
	}
	b := text.Block{Text: string(p.words), Tight: p.tight, Anchors: p.anchors}
	bold, size, large := true, 0.0, false
	for _, l := range p.lines {
		bold = bold && l.bold
		size = max(size, l.size)
	}
	large = size > largeLetters*p.b.body
	switch {
	case (bold || large) && len(b.Text) <= headingMax && len(p.lines) <= 4 && p.lines[0].cells == 1 && !p.lines[0].dots:
		b.Kind, b.Level = text.HeadingBlock, boldLevel
		if large {
			b.Level = max(2, 6-int((size/p.b.body-1)*5))
		}
	case !bold:
		b.Bold = leading(p.lines[0], b.Text)
	}
	p.b.res.Blocks = append(p.b.res.Blocks, b)
	p.words, p.lines, p.anchors, p.tight = nil, nil, nil, false
}

const (
	headingMax = 250
	boldLevel  = 7 // of a heading that is only set in bold, as for the other formats
)

// leading is how many bytes at the start of a paragraph are set in bold.
func leading(l *line, s string) int {
	n := 0
	for _, w := range l.words {
		if !w.Bold || n+len(w.Text) > len(s) {
			break
		}
		if i := strings.Index(s[n:], w.Text); i < 0 || i > 1 {
			break
		} else {
			n += i + len(w.Text)
		}
	}
	if n == len(s) {
		return 0
	}
	return n
}
