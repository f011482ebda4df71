package web

import (
	"strings"
)

// normParts are what a norm may say, in the order of a board's rows; the first three are rows of their own before them.
var normParts = []string{"bearer", "beneficiary", "also", "qualifiers", "conditions", "deadline", "quantity", "standards", "bodies", "reporting", "references", "topics", "precise"}

// longWords are how many bytes of a provision stand on a board.
const longWords = 4000

// wordRows set provisions beside each other: their words, how firmly they hold, and what they say of who, when and how much.
func (b *board) wordRows() []boardRow {
	var out []boardRow
	add := func(r boardRow, some bool) {
		if some {
			out = append(out, r)
		}
	}
	add(b.row(b.T("compare.words"), func(c *boardColumn, cell *boardCell) {
		rd := c.v.doc.Reading
		p := rd.Provisions[c.prov]
		most := min(longWords, boardBudget/len(b.cols))
		cell.Says = strings.TrimSpace(rd.Text[p.Start:runeStart(rd.Text, min(p.End, p.Start+most))])
		if p.End-p.Start > most {
			cell.More = b.T("clips.more")
		}
	}))
	facts := make([]map[string][]string, len(b.cols))
	for i, c := range b.cols {
		facts[i] = b.normFactsUnder(c)
	}
	at := map[*boardColumn]map[string][]string{}
	for i, c := range b.cols {
		at[c] = facts[i]
	}
	add(b.row(b.T("strength.title"), func(c *boardColumn, cell *boardCell) {
		if c.unread() {
			cell.State = b.T("state.not_read")
			return
		}
		ns, _ := c.v.normsUnder(c.prov, 20)
		for _, placed := range ns {
			for _, n := range placed.Norms {
				p := boardPlace{Place: placed.Place, Form: n.Form, Strength: strings.TrimSpace(n.Strength + " " + n.Either)}
				if n.Check != nil && n.Check.Says != "" {
					p.Strength += ". " + n.Check.Says
				}
				cell.Places = append(cell.Places, p)
			}
		}
	}))
	for _, part := range normParts {
		label := b.T("norm." + part)
		add(b.row(label, func(c *boardColumn, cell *boardCell) {
			if cell.Says = strings.Join(at[c][label], "; "); cell.Says == "" {
				cell.State = b.T("compare.nothing_said")
			}
		}))
	}
	return out
}

// normFactsUnder are what the norms of a provision say, by label, each thing once.
func (b *board) normFactsUnder(c *boardColumn) map[string][]string {
	out := map[string][]string{}
	if c.unread() {
		return out
	}
	ns, _ := c.v.normsUnder(c.prov, 60)
	seen := map[string]bool{}
	for _, placed := range ns {
		for _, n := range placed.Norms {
			for _, f := range n.Facts {
				for _, it := range f.Items {
					if key := f.Label + "\n" + it.Text; !seen[key] && len(out[f.Label]) < 12 {
						seen[key] = true
						out[f.Label] = append(out[f.Label], it.Text)
					}
				}
			}
		}
	}
	return out
}
