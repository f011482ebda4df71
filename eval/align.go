package eval

import (
	"math/rand/v2"

	"github.com/openassay/assay/align"
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// AlignReport says how many articles of treaties in two languages are put beside their counterpart, which is the article of the same number. Hidden is
// without the provisions' numbers; Taken is without numbers and after one article in ten was taken out of each text, other ones in each.
type AlignReport struct {
	Shown  AlignFigures   `json:"shown"`
	Hidden AlignFigures   `json:"hidden"`
	Taken  AlignFigures   `json:"taken"`
	Flags  map[string]int `json:"flags"` // differences flagged in articles, by kind
}

// AlignFigures count articles that stand in both texts.
type AlignFigures struct {
	Articles int     `json:"articles"`
	Right    int     `json:"right"`
	Said     int     `json:"said"` // rows with an article on both sides
	Share    float64 `json:"share"`
}

func (f *AlignFigures) add(a, b *text.Reading, al *align.Alignment) {
	in := map[string]bool{}
	for _, p := range b.Provisions {
		if p.Kind == text.KindArticle {
			in[p.EID] = true
		}
	}
	for _, p := range a.Provisions {
		if p.Kind == text.KindArticle && in[p.EID] {
			f.Articles++
		}
	}
	for _, r := range al.Rows {
		if r.A == nil || r.B == nil || a.Provisions[r.A.Index].Kind != text.KindArticle || b.Provisions[r.B.Index].Kind != text.KindArticle {
			continue
		}
		f.Said++
		if r.A.EID == r.B.EID {
			f.Right++
		}
	}
	f.Share = ratio(f.Right, f.Articles)
}

// aligned measures one treaty.
func (rep *AlignReport) aligned(en, zh *text.Reading, a, b *assay.Analysis, rules *assay.Rules, lex *assay.Lexicon, rnd *rand.Rand) {
	shown := align.Texts(en, zh, a, b, align.Options{})
	rep.Shown.add(en, zh, shown)
	for _, r := range shown.Rows {
		for _, d := range r.Differences {
			rep.Flags[d.Kind]++
		}
	}
	rep.Hidden.add(en, zh, align.Texts(en, zh, a, b, align.Options{HideNumbers: true}))
	x, y := withoutArticles(en, rnd), withoutArticles(zh, rnd)
	rep.Taken.add(x, y, align.Texts(x, y, assay.Analyze(x, rules, lex), assay.Analyze(y, rules, lex), align.Options{HideNumbers: true}))
}

// withoutArticles gives a reading from which one article in ten was taken.
func withoutArticles(r *text.Reading, rnd *rand.Rand) *text.Reading {
	out := *r
	out.Text, out.Provisions = "", nil
	moved := make([]int, len(r.Provisions)) // old index → new; -1 taken
	at, shift, until := 0, 0, -1
	for i, p := range r.Provisions {
		if p.Start < until {
			moved[i] = -1
			continue
		}
		if p.Kind == text.KindArticle && rnd.IntN(10) == 0 {
			out.Text += r.Text[at:p.Start]
			at, until, moved[i] = p.End, p.End, -1
			shift += p.End - p.Start
			for k := range out.Provisions { // those around it end earlier
				if q := &out.Provisions[k]; q.End+shift-(p.End-p.Start) >= p.End {
					q.End -= p.End - p.Start
				}
			}
			continue
		}
		moved[i] = len(out.Provisions)
		p.Start, p.End, p.Body = p.Start-shift, p.End-shift, p.Body-shift
		if p.Parent >= 0 {
			p.Parent = moved[p.Parent]
		}
		out.Provisions = append(out.Provisions, p)
	}
	out.Text += r.Text[at:]
	return &out
}
