package edition

import (
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/text"
)

// Options of [Paper].
type Options struct {
	Analysis *assay.Analysis // marks at the margin and their words; nil: the text alone
	Date     string          // ISO date that the file carries; "" gives none
	Footer   string          // on every page: the address of the text, the day it was taken
	Meta     []paper.Meta    // beneath the title, before what the reading says of its source
}

// Paper lays a reading out: title, headings, numbered paragraphs and points as they are written, tables where the text has rows of cells.
// Every provision keeps its eId as the place that links name.
func Paper(r *text.Reading, o Options) *paper.Document {
	x := &layout{r: r, an: o.Analysis, kids: children(r), words: wordsIn(r.Language)}
	if x.an != nil && len(x.an.Provisions) != len(r.Provisions) {
		x.an = nil
	}
	d := &paper.Document{Title: strings.Join(strings.Fields(r.Title), " "), Lang: r.Language, Date: o.Date, Footer: o.Footer, Meta: o.Meta}
	if strings.HasPrefix(r.SourceURL, "http://") || strings.HasPrefix(r.SourceURL, "https://") {
		d.Meta = append(d.Meta, paper.Meta{Name: x.words.source, Value: r.SourceURL, Link: r.SourceURL})
	}
	x.title = fold(d.Title)
	for _, i := range x.kids[-1] {
		x.provision(i, 0, 0)
	}
	x.flush()
	d.Blocks = x.out
	return d
}

type layout struct {
	r     *text.Reading
	an    *assay.Analysis
	kids  map[int][]int
	words words
	title string
	out   []paper.Block
	items []paper.Item
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func (x *layout) flush() {
	if len(x.items) > 0 {
		x.out = append(x.out, paper.List{Items: x.items})
	}
	x.items = nil
}

func (x *layout) add(b paper.Block) {
	x.flush()
	x.out = append(x.out, b)
}

// provision lays out one provision and what stands under it; list is how deep in lists it stands.
func (x *layout) provision(i, depth, list int) {
	p := x.r.Provisions[i]
	own := x.own(i)
	num, head := printed(x.r, i)
	switch {
	case p.Kind == text.KindCover:
		for _, l := range strings.Split(x.r.Text[p.Start:p.End], "\n") {
			if strings.TrimSpace(l) != "" && fold(l) != x.title {
				x.add(paper.Paragraph{Runs: paper.T(strings.TrimSpace(l))})
			}
		}
		return
	case p.Kind == text.KindParagraph || p.Kind == text.KindPoint || p.Kind == text.KindRecital:
		x.item(i, num, head, own, list)
		for _, k := range x.kids[i] {
			x.provision(k, depth, list+1)
		}
		return
	}
	id := p.EID
	if num != "" || head != "" {
		x.add(paper.Heading{Level: min(depth+1, 6), ID: id, Runs: paper.T(title(num, head))})
		id = ""
	}
	x.body(id, own, x.mark(i), 0)
	for _, k := range x.kids[i] {
		x.provision(k, depth+1, 0)
	}
	x.flush()
}

// title puts number and heading together: "Article 4 – Scope", "I. Scope".
func title(num, head string) string {
	if num == "" || head == "" {
		return num + head
	}
	if strings.HasSuffix(num, ".") || strings.HasSuffix(num, ")") {
		return num + " " + head
	}
	return num + " – " + head
}

func (x *layout) own(i int) string {
	p := x.r.Provisions[i]
	end := p.End
	if k := x.kids[i]; len(k) > 0 {
		end = x.r.Provisions[k[0]].Start
	}
	return strings.TrimSpace(x.r.Text[min(p.Body, end):end])
}

// item lays out a paragraph or point: with its number as an item of a list, without one as a paragraph.
func (x *layout) item(i int, num, head, own string, list int) {
	p := x.r.Provisions[i]
	runs := func(s string) []paper.Run {
		if head == "" {
			return paper.T(s)
		}
		return []paper.Run{{Text: head, Bold: true}, {Text: " " + s}}
	}
	if num == "" {
		first, rest, _ := strings.Cut(own, "\n")
		if head != "" {
			x.add(paper.Paragraph{ID: p.EID, Indent: list, Mark: x.mark(i), Runs: runs(first)})
			x.body("", rest, nil, list)
			return
		}
		x.body(p.EID, own, x.mark(i), list)
		return
	}
	first, rest, more := strings.Cut(own, "\n")
	x.items = append(x.items, paper.Item{ID: p.EID, Level: min(list, 8), Marker: num, Mark: x.mark(i), Runs: runs(first)})
	if more {
		x.body("", rest, nil, list+1)
	}
}

// body lays out own words: paragraphs, and tables where rows of cells follow each other.
func (x *layout) body(id, own string, mark *paper.Mark, indent int) {
	lines := strings.Split(own, "\n")
	for k := 0; k < len(lines); k++ {
		l := strings.TrimSpace(lines[k])
		if l == "" {
			continue
		}
		if t, n := table(lines[k:]); n > 0 {
			t.ID = id
			x.add(t)
			k += n - 1
		} else {
			x.add(paper.Paragraph{ID: id, Indent: min(indent, 8), Mark: mark, Runs: paper.T(l)})
		}
		id, mark = "", nil
	}
}

// table reads rows of cells, at least two with the same number of them; n is how many lines it took.
func table(lines []string) (t paper.Table, n int) {
	cells := strings.Count(lines[0], " | ")
	if cells == 0 {
		return t, 0
	}
	for n < len(lines) && strings.Count(lines[n], " | ") == cells {
		n++
	}
	if n < 2 || cells > 11 {
		return t, 0
	}
	for i, l := range lines[:n] {
		var row []paper.Cell
		for _, c := range strings.Split(l, " | ") {
			row = append(row, paper.C(strings.TrimSpace(c)))
		}
		if i == 0 {
			t.Head = row
			continue
		}
		t.Rows = append(t.Rows, row)
	}
	return t, n
}

// mark is the strongest of the provision's own norms.
func (x *layout) mark(i int) *paper.Mark {
	if x.an == nil {
		return nil
	}
	best := assay.Modality("")
	rank := func(m assay.Modality) int {
		for k, y := range assay.Modalities {
			if y == m {
				return k
			}
		}
		return len(assay.Modalities)
	}
	for k := range x.an.Provisions[i].Norms {
		if m := x.an.Provisions[i].Norms[k].Best(); best == "" || rank(m) < rank(best) {
			best = m
		}
	}
	form, ok := forms[best]
	if !ok {
		return nil
	}
	return &paper.Mark{Form: form, Word: first(x.words.modality[best], string(best))}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// forms of the marks, as on the pages.
var forms = map[assay.Modality]paper.Form{assay.Obligation: paper.Solid, assay.Prohibition: paper.Solid, assay.Effort: paper.Dashed, assay.Permission: paper.Dotted, assay.Right: paper.Dotted,
	assay.Intention: paper.Dotted, assay.Aspiration: paper.Hollow}

// words are what the layout adds to a text, in its language.
type words struct {
	source   string
	modality map[assay.Modality]string
}

func wordsIn(lang string) words {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	names := func(list string) map[assay.Modality]string {
		out := map[assay.Modality]string{}
		for i, w := range strings.Split(list, "|") {
			out[assay.Modalities[i]] = w
		}
		return out
	}
	switch base {
	case "fr":
		return words{"Source", names("obligation|interdiction|effort|permission|droit|intention|aspiration")}
	case "es":
		return words{"Fuente", names("obligación|prohibición|esfuerzo|permiso|derecho|intención|aspiración")}
	case "pt":
		return words{"Fonte", names("obrigação|proibição|esforço|permissão|direito|intenção|aspiração")}
	}
	return words{"Source", names("obligation|prohibition|effort|permission|right|intention|aspiration")}
}
