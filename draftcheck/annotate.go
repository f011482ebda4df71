package draftcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/text"
)

// remark is a comment held by bytes of the draft.
type remark struct {
	start, end int
	id         string
}

// annotated lays out the draft with a comment at each clause that the report speaks of.
func (p *pages) annotated() {
	p.add(paper.PageBreak{})
	p.head(1, "draft", "The draft, with comments")
	var all []remark
	say := func(start, end int, paras ...string) {
		if start >= end {
			return
		}
		id := fmt.Sprintf("c%d", len(all)+1)
		all = append(all, remark{start, end, id})
		c := paper.Comment{ID: id}
		for _, s := range paras {
			if s != "" {
				c.Paras = append(c.Paras, paper.T(s))
			}
		}
		p.out.Comments = append(p.out.Comments, c)
	}
	for _, x := range p.r.Positions {
		say(x.Start, x.End, "OWN POSITION, not for the other side", labelled("Aim", x.Aim), labelled("Fallback", x.Fallback), labelled("Red line", x.RedLine), labelled("Note", x.Note))
	}
	for i := range p.r.Gaps {
		g := &p.r.Gaps[i]
		for _, x := range g.RaisedBy {
			say(x.Start, x.End, g.Label+": the safeguard is missing. "+g.Matters, "Model wording (ours): "+g.Wording.Text)
		}
		if len(g.RaisedBy) == 0 && len(g.Places) > 0 {
			say(g.Places[0].Start, g.Places[0].End, g.Label+": "+g.Why, "Model wording (ours): "+g.Wording.Text)
		}
	}
	for i := range p.r.Weak {
		w := &p.r.Weak[i]
		if w.Yours {
			continue
		}
		firmer := "" // of the firmest there is none
		if len(w.Firmer) > 0 {
			firmer = labelled("Firmer (ours)", w.Firmer[0].Text)
		}
		say(w.Start, w.End, w.Label+": "+w.Words, firmer)
	}
	for _, x := range append(slices.Clone(p.r.Conflicts), p.r.Overlaps...) {
		if x.Place != nil {
			say(x.Place.Start, x.Place.End, sentence(plain(x.Answer))+": "+x.Words, x.Title+" "+x.EID)
		}
	}
	for _, o := range p.r.Open {
		say(o.Start, o.End, o.Words)
	}
	slices.SortStableFunc(all, func(a, b remark) int { return a.start - b.start })
	p.text(all)
}

func labelled(name, s string) string {
	if s == "" {
		return ""
	}
	return name + ": " + s
}

// text lays out the draft's provisions.
func (p *pages) text(all []remark) {
	rd := p.d.Reading
	for i := range rd.Provisions {
		q := &rd.Provisions[i]
		from, to := ownSpan(rd, i)
		id := "draft-" + q.EID
		if head := strings.TrimSpace(rd.Text[q.Start:from]); head != "" && (q.Heading != "" || q.Kind == text.KindArticle) {
			p.add(paper.Heading{Level: min(q.Depth+2, 6), ID: id, Runs: marked(rd.Text, q.Start, from, all)})
			id = ""
		} else {
			from = q.Start
		}
		for at := from; at < to; {
			end := strings.Index(rd.Text[at:to], "\n\n")
			if end < 0 {
				end = to
			} else {
				end += at
			}
			if strings.TrimSpace(rd.Text[at:end]) != "" {
				p.add(paper.Paragraph{ID: id, Indent: min(max(q.Depth-1, 0), 4), Runs: marked(rd.Text, at, end, all)})
				id = ""
			}
			at = end + 2
		}
		if id != "" { // nothing of its own: what leads here finds a place all the same
			p.add(paper.Paragraph{ID: id, Runs: paper.T(" ")})
		}
	}
}

// marked cuts text[from:to] into runs that name the comments that lie over them.
func marked(t string, from, to int, all []remark) []paper.Run {
	for from < to && (t[from] == '\n' || t[from] == ' ') {
		from++
	}
	for to > from && (t[to-1] == '\n' || t[to-1] == ' ') {
		to--
	}
	cuts := []int{from, to}
	var over []remark
	for _, r := range all {
		if r.start >= to {
			break
		}
		if r.end > from {
			over = append(over, r)
			cuts = append(cuts, max(from, r.start), min(to, r.end))
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []paper.Run
	for k := 0; k+1 < len(cuts); k++ {
		run := paper.Run{Text: t[cuts[k]:cuts[k+1]]}
		for _, r := range over {
			if r.start < cuts[k+1] && r.end > cuts[k] {
				run.Comments = append(run.Comments, r.id)
			}
		}
		out = append(out, run)
	}
	return out
}

// Clean lays out the draft alone, for the other side: its words, no comment, position, change mark or property of the file it came in.
func Clean(d Draft) *paper.Document {
	p := &pages{r: &Report{}, d: d, out: &paper.Document{Lang: d.Reading.Language}}
	p.text(nil)
	return p.out
}
