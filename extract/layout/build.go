package layout

import (
	"fmt"
	"sort"

	"github.com/openassay/assay/text"
)

// Result is what was made of the pages.
type Result struct {
	Blocks   []text.Block
	Pages    []text.Page
	Notes    []text.Note
	Gaps     []text.Gap
	Running  []Running // what was left out along the top and bottom of pages
	Warnings []string
}

// Running is a line that runs along the top or bottom of pages.
type Running struct {
	Page int // 1-based
	Text string
	Top  bool // else at the bottom
}

// Build makes paragraphs of pages.
func Build(pages []Page) *Result {
	b := &builder{pages: pages, res: &Result{}}
	frags := make([][]*line, len(pages))
	for i := range pages {
		frags[i] = tables(fragments(&pages[i], i))
	}
	known := common(frags)
	for i := range pages {
		b.lines = append(b.lines, order(frags[i], known, &b.region))
	}
	b.running()
	b.body = typicalSize(b.lines)
	b.notes()
	b.describe()
	b.paragraphs()
	b.writeNotes()
	if n := len(b.res.Running); n > 0 {
		b.res.Warnings = append(b.res.Warnings, fmt.Sprintf("%d lines that run along the top or bottom of pages were left out", n))
	}
	return b.res
}

type builder struct {
	pages  []Page
	lines  [][]*line // of each page, in the order of reading
	region int
	body   float64 // height of most lines
	res    *Result
	apart  []note
	labels []string
	join   *text.Joiner
}

// typicalSize is the height of the lines in which most letters stand.
func typicalSize(pages [][]*line) float64 {
	weight := map[int]int{}
	for _, ls := range pages {
		for _, l := range ls {
			weight[int(l.size*4+0.5)] += len(l.text)
		}
	}
	best, most := 0, 0
	for s, n := range weight {
		if n > most || n == most && s < best {
			best, most = s, n
		}
	}
	return float64(best) / 4
}

// describe fills in what is known of each page.
func (b *builder) describe() {
	for i := range b.pages {
		p := &b.pages[i]
		t := text.Page{Number: p.Number, Label: b.labels[i], OCR: p.OCR}
		if p.OCR {
			sum, n := 0.0, 0
			for _, w := range p.Words {
				sum += w.Confidence
				n++
			}
			if n > 0 {
				t.Confidence = float64(int(sum/float64(n)*1000)) / 1000
			}
		}
		b.res.Pages = append(b.res.Pages, t)
	}
}

// spread gives the right margin of a region's lines: the place that the longest reach, without what sticks out.
func spread(ls []*line) (left, right, pitch float64) {
	var x0, x1, dy []float64
	for i, l := range ls {
		x0, x1 = append(x0, l.X0), append(x1, l.X1)
		if i > 0 {
			if d := l.Y0 - ls[i-1].Y0; d > 0.5*l.size {
				dy = append(dy, d)
			}
		}
	}
	sort.Float64s(x0)
	sort.Float64s(x1)
	sort.Float64s(dy)
	pitch = 0
	if len(dy) > 0 {
		pitch = dy[len(dy)/3]
	}
	return x0[len(x0)/10], x1[len(x1)-1-len(x1)/20], pitch
}
