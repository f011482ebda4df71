package pdf

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/openassay/assay/paper"
)

// form is how a paragraph is set.
type form struct {
	family string
	size   float64 // points
	bold   bool
	italic bool
	grey   bool
	lead   float64 // height of a line as a multiple of size
	after  float64 // millimetres below
	mark   *paper.Mark
}

// high is the height of a line in millimetres.
func (f form) high() float64 { return f.size * f.lead * 25.4 / 72 }

// piece is a stretch of one word in one form.
type piece struct {
	text         string
	bold, italic bool
	raised       bool
	change       paper.Change
	link         int
	url          string
	w            float64
	spaced       bool // a space stands before it on the same line
	breakBefore  bool // a line must end before it
}

// line is one line, laid out.
type line struct{ pieces []piece }

// pieces cuts runs into words and parts of words; counted says whether paper.Number counts these runs.
func (x *writer) pieces(runs []paper.Run, counted bool) []piece {
	var out []piece
	space, brk := false, false
	for _, r := range runs {
		p := piece{bold: r.Bold, italic: r.Italic, change: r.Change}
		if id, ok := strings.CutPrefix(r.Link, "#"); ok && id != "" {
			p.link = x.link(id)
		} else if strings.HasPrefix(r.Link, "http://") || strings.HasPrefix(r.Link, "https://") || strings.HasPrefix(r.Link, "mailto:") {
			p.url = r.Link
		}
		text := x.settable(r.Text)
		for len(text) > 0 {
			switch {
			case text[0] == '\n':
				brk, space, text = true, false, text[1:]
			case text[0] == ' ' || text[0] == '\t':
				space, text = true, text[1:]
			default:
				n := strings.IndexAny(text, " \n\t")
				if n < 0 {
					n = len(text)
				}
				p.text, p.spaced, p.breakBefore = text[:n], space, brk
				out = append(out, p)
				space, brk, text = false, false, text[n:]
			}
		}
		if k := x.n.Note[r.Note]; r.Note != "" && k > 0 {
			out = append(out, piece{text: fmt.Sprint(k), raised: true, link: x.link("note:" + r.Note)})
		}
		if !counted {
			continue
		}
		ids := append([]string(nil), r.Comments...)
		sort.Slice(ids, func(i, j int) bool { return x.n.Comment[ids[i]] < x.n.Comment[ids[j]] })
		for _, c := range ids {
			x.quoted[c] += r.Text
			if x.n.LastOf[c] == x.runs {
				out = append(out, piece{text: fmt.Sprintf("[%d]", x.n.Comment[c]), raised: true, bold: true, link: x.link("comment:" + c)})
			}
		}
		x.runs++
	}
	return out
}

func (x *writer) font(f form, p piece) {
	style := ""
	if f.bold || p.bold {
		style = "B"
	}
	if (f.italic || p.italic) && f.family == serif {
		style += "I"
	}
	size := f.size
	if p.raised {
		size *= 0.68
	}
	x.f.SetFont(f.family, style, size)
}

// lines breaks pieces into lines of at most w millimetres. A word goes on in the next piece where no space stands between.
func (x *writer) lines(pieces []piece, f form, w float64) []line {
	var out []line
	var cur []piece
	used := 0.0
	x.font(f, piece{})
	space := x.f.GetStringWidth(" ")
	flush := func() {
		if len(cur) > 0 {
			out = append(out, line{cur})
		}
		cur, used = nil, 0
	}
	for i := 0; i < len(pieces); {
		j := i + 1
		for j < len(pieces) && !pieces[j].spaced && !pieces[j].breakBefore {
			j++
		}
		word := 0.0
		for k := i; k < j; k++ {
			x.font(f, pieces[k])
			pieces[k].w = x.f.GetStringWidth(pieces[k].text)
			word += pieces[k].w
		}
		if pieces[i].breakBefore {
			flush()
		}
		gap := 0.0
		if len(cur) > 0 && pieces[i].spaced {
			gap = space
		}
		if used+gap+word > w && len(cur) > 0 {
			flush()
			gap = 0
		}
		for k := i; k < j; k++ {
			p := pieces[k]
			if k > i || gap == 0 {
				p.spaced = false
			}
			for word > w && used+p.w > w { // a word longer than a line is cut
				a, b := x.cut(p, f, w-used)
				if a.text != "" {
					cur = append(cur, a)
				} else if len(cur) == 0 {
					break
				}
				flush()
				p = b
			}
			cur = append(cur, p)
			used += p.w + gap
			gap = 0
		}
		i = j
	}
	flush()
	return out
}

// cut splits a piece so that the first part is at most w wide; where not even one character fits an empty line takes at least one.
func (x *writer) cut(p piece, f form, w float64) (a, b piece) {
	x.font(f, p)
	n, used := 0, 0.0
	for n < len(p.text) {
		_, size := utf8.DecodeRuneInString(p.text[n:])
		c := x.f.GetStringWidth(p.text[n : n+size])
		if used+c > w {
			break
		}
		used += c
		n += size
	}
	a, b = p, p
	a.text, a.w = p.text[:n], used
	b.text, b.w, b.spaced = p.text[n:], p.w-used, false
	return a, b
}

// draw sets a line with its left end at x0 and its base on the height of the first line from y; right sets it to the right of w.
func (x *writer) draw(l line, f form, x0, y, w float64, right bool) {
	x.font(f, piece{})
	space := x.f.GetStringWidth(" ")
	if right {
		total := 0.0
		for _, p := range l.pieces {
			total += p.w
			if p.spaced {
				total += space
			}
		}
		x0 += w - total
	}
	base := y + f.high()*0.5 + f.size*0.35*25.4/72
	var last piece
	for _, p := range l.pieces {
		from := x0
		if p.spaced {
			x0 += space
			if p.change == paper.Kept || p.change != last.change {
				from = x0
			}
		} else {
			from = x0
		}
		x.font(f, p)
		x.colour(f, p)
		up := 0.0
		if p.raised {
			up = f.size * 0.33 * 25.4 / 72
		}
		x.f.Text(x0, base-up, p.text)
		x0 += p.w
		x.strike(p, f, from, x0, base)
		high := f.high()
		switch {
		case p.link != 0:
			x.f.Link(from, y, x0-from, high, p.link)
		case p.url != "":
			x.f.LinkString(from, y, x0-from, high, p.url)
		}
		last = p
	}
	x.f.SetTextColor(0, 0, 0)
}

func (x *writer) colour(f form, p piece) {
	switch {
	case p.url != "" || p.link != 0:
		x.f.SetTextColor(26, 75, 140)
	case p.change == paper.Deleted:
		x.f.SetTextColor(90, 90, 90)
	case f.grey:
		x.f.SetTextColor(68, 68, 68)
	default:
		x.f.SetTextColor(0, 0, 0)
	}
}

// strike draws the line under what is inserted and through what is deleted; it does not depend on colour.
func (x *writer) strike(p piece, f form, from, to, base float64) {
	unit := f.size * 25.4 / 72
	x.f.SetDrawColor(0, 0, 0)
	switch p.change {
	case paper.Inserted:
		x.f.SetLineWidth(unit * 0.09)
		x.f.Line(from, base+unit*0.16, to, base+unit*0.16)
	case paper.Deleted:
		x.f.SetLineWidth(unit * 0.06)
		x.f.Line(from, base-unit*0.26, to, base-unit*0.26)
	}
}
