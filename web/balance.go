package web

import (
	"html/template"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
)

// balanceView is what each side gives, side by side, a row for each category.
type balanceView struct {
	Heads   []string // a column for each side, then together, then not said; those without an item are left out
	Rows    []balanceRow
	Legal   string // what the text is worth
	Why     string // why no account can be drawn up
	Outside string // what fits no category
	Enforce string // who may enforce, where that is the same for all items
}

type balanceRow struct {
	Category string
	Cells    []balanceCell
}

type balanceCell struct {
	Head  string
	Items []balanceItem
	More  string
}

// balanceItem is one thing given: how firmly, where, to whom, by when, how much, enforced by whom.
type balanceItem struct {
	Strength string
	Form     string
	Words    string
	Place    link
	Facts    []string
}

const (
	mostInCell  = 5 // items of a cell of the balance are shown; the page as JSON has all
	mostColumns = 3 // sides that have a column of their own; of more, the items name who gives
)

// balanceForms are the strokes of the strengths: those of the modalities they come from.
var balanceForms = map[string]string{"binding": "solid", "qualified": "solid", "effort": "dashed", "option": "dotted", "unclear": "none", "political": "dotted", "plan": "dotted",
	"hope": "hollow", "undecided": "unread"}

func (t *teller) balance(b *assay.Balance) *balanceView {
	if b == nil {
		return nil
	}
	out := &balanceView{Legal: t.T("binds.legal." + b.Legal)}
	if b.Why != "" {
		out.Why = t.T("binds.why." + b.Why)
	}
	n := 0
	for _, k := range b.Others {
		n += k
	}
	if n > 0 {
		out.Outside = t.T("binds.outside", "n", n)
	}
	if common := commonEnforcers(b); common != nil {
		out.Enforce = t.T("binds.all_enforced", "who", t.enforcers(common))
	}
	sides := b.Sides
	if len(sides) > mostColumns {
		sides = nil
	}
	type key struct{ category, column string }
	const together, single, unsaid = "together", "single", "unsaid"
	cells := map[key][]*assay.BalanceItem{}
	filled := map[string]bool{}
	put := func(x *assay.BalanceItem, column string) {
		k := key{x.Category, column}
		cells[k], filled[column] = append(cells[k], x), true
	}
	for i := range b.Items {
		x := &b.Items[i]
		switch {
		case x.Direction == assay.Joint || x.Direction == assay.Mutual:
			put(x, together)
		case x.Direction == assay.OneSided && len(sides) == 0:
			put(x, single)
		case x.Direction == assay.OneSided:
			known := false
			for _, g := range x.Gives {
				if slices.Contains(sides, g) {
					put(x, g)
					known = true
				}
			}
			if !known {
				put(x, unsaid)
			}
		default:
			put(x, unsaid)
		}
	}
	var columns []string
	for _, c := range append(slices.Clone(sides), single, together, unsaid) {
		if !filled[c] && !slices.Contains(sides, c) {
			continue
		}
		columns = append(columns, c)
		if slices.Contains(sides, c) {
			out.Heads = append(out.Heads, t.T("binds.gives", "side", t.bearer(c)))
		} else {
			out.Heads = append(out.Heads, t.T("binds.column."+c))
		}
	}
	for _, c := range assay.BalanceCategories {
		r := balanceRow{Category: t.T("balance." + c)}
		some := false
		for i, col := range columns {
			items := cells[key{c, col}]
			cell := balanceCell{Head: out.Heads[i]}
			for _, x := range items[:min(len(items), mostInCell)] {
				cell.Items = append(cell.Items, t.balanceItem(x, b, col, out.Enforce == ""))
			}
			if n := len(items) - mostInCell; n > 0 {
				cell.More = t.T("binds.more", "n", n)
			}
			some = some || len(items) > 0
			r.Cells = append(r.Cells, cell)
		}
		if some {
			out.Rows = append(out.Rows, r)
		}
	}
	return out
}

// commonEnforcers are those of every item; nil where they differ or there is none.
func commonEnforcers(b *assay.Balance) []string {
	for i := range b.Items {
		if !slices.Equal(b.Items[i].Enforcers, b.Items[0].Enforcers) {
			return nil
		}
	}
	if len(b.Items) == 0 || len(b.Items[0].Enforcers) == 0 {
		return nil
	}
	return b.Items[0].Enforcers
}

func (t *teller) balanceItem(x *assay.BalanceItem, b *assay.Balance, column string, enforcers bool) balanceItem {
	out := balanceItem{Strength: t.T("given." + x.Strength), Form: balanceForms[x.Strength], Place: t.place(x.EID), Words: cut(t.flat(x.Start, x.End), 90)}
	if alone := t.machineAlone(x.EID, x.Norm); alone != "" {
		out.Facts = append(out.Facts, alone)
	}
	own := slices.Contains(x.Gives, column) // the head of the column says who gives; of two sides it is clear who gets
	clear := own && len(b.Sides) == 2 && len(x.Gets) == 1 && slices.Contains(b.Sides, x.Gets[0])
	if x.Direction == assay.OneSided && !own {
		out.Facts = append(out.Facts, t.T("binds.by", "who", t.who(x.Gives)))
	}
	if x.Refrains {
		out.Facts = append(out.Facts, t.T("binds.refrains"))
	}
	if len(x.Gets) > 0 && !clear && (x.Direction == assay.OneSided || x.Direction == assay.Undirected) {
		out.Facts = append(out.Facts, t.T("binds.to", "who", t.who(x.Gets)))
	}
	if x.Deadline != nil {
		out.Facts = append(out.Facts, t.deadline(*x.Deadline))
	}
	if x.Quantity != nil {
		out.Facts = append(out.Facts, t.normQuantity(*x.Quantity))
	}
	if enforcers && len(x.Enforcers) > 0 {
		out.Facts = append(out.Facts, t.T("binds.enforced", "who", t.enforcers(x.Enforcers)))
	}
	return out
}

// gives sums up in a line for each side what it gives, each category with the firmest it is given with.
func (t *teller) gives(b *assay.Balance) []labelled {
	if b == nil || b.Why != "" {
		return nil
	}
	sides := b.Sides
	if len(sides) > mostColumns {
		sides = nil
	}
	best := map[string]map[string]int{}
	add := func(who string, x *assay.BalanceItem) {
		if best[who] == nil {
			best[who] = map[string]int{}
		}
		rank := slices.Index(assay.BalanceStrengths, x.Strength)
		if old, ok := best[who][x.Category]; !ok || rank < old {
			best[who][x.Category] = rank
		}
	}
	for i := range b.Items {
		x := &b.Items[i]
		switch x.Direction {
		case assay.Joint, assay.Mutual:
			add("", x)
		case assay.OneSided:
			for _, g := range x.Gives {
				if slices.Contains(sides, g) {
					add(g, x)
				}
			}
		}
	}
	var out []labelled
	for _, who := range append(slices.Clone(sides), "") {
		var words []string
		for _, c := range assay.BalanceCategories {
			if rank, ok := best[who][c]; ok {
				words = append(words, t.T("binds.category_as", "category", lowerFirst(t.T("balance."+c)), "strength", lowerFirst(t.T("given."+assay.BalanceStrengths[rank]))))
			}
		}
		label := t.T("binds.column.together")
		if who != "" {
			label = t.T("binds.gives", "side", t.bearer(who))
		}
		switch {
		case len(words) > 0:
			out = append(out, labelled{label, strings.Join(words, "; ")})
		case who != "":
			out = append(out, labelled{label, t.T("binds.nothing_alone")})
		}
	}
	return out
}

// mostCommitments of a text are listed.
const mostCommitments = 80

// commitments are the candidates for being followed up, those with a date first; and how many are not listed.
func (t *teller) commitments() (*table, string) {
	all := slices.Clone(t.doc.Analysis.Commitments)
	if len(all) == 0 {
		return nil, ""
	}
	slices.SortStableFunc(all, func(a, b assay.Commitment) int {
		switch {
		case a.Milestone == b.Milestone:
			return 0
		case a.Milestone:
			return -1
		}
		return 1
	})
	out := &table{Caption: t.T("binds.commitments")}
	for _, c := range []string{"what", "who", "strength", "when", "measured"} {
		out.Heads = append(out.Heads, head{Label: t.T("commitment." + c)})
	}
	for _, c := range all[:min(len(all), mostCommitments)] {
		place := t.place(c.EID)
		what := place.HTML()
		if c.What != nil && !t.wordless {
			what = template.HTML(`<q>`+template.HTMLEscapeString(cut(t.flat(c.What.Start, c.What.End), 140))+`</q> `) + what
		}
		when, measured := "", []string{}
		if c.Deadline != nil {
			when = t.deadline(*c.Deadline)
		}
		if c.Quantity != nil {
			measured = append(measured, t.normQuantity(*c.Quantity))
		}
		for _, m := range c.Measured {
			if m != "quantity" && m != "date" {
				measured = append(measured, t.T("measured."+m))
			}
		}
		cells := []cell{{HTML: what}, textCell(t.who(c.Who)), textCell(strings.TrimSpace(t.T("strength."+string(c.Modality)) + " " + t.machineAlone(c.EID, c.Norm))), textCell(when), textCell(strings.Join(measured, "; "))}
		for i := range cells {
			cells[i].Label = out.Heads[i].Label
		}
		out.Rows = append(out.Rows, row{Cells: cells})
	}
	more := ""
	if n := len(all) - mostCommitments; n > 0 {
		more = t.T("binds.more", "n", n)
	}
	if n := len(t.machine.Commitments); n != len(all) {
		more = strings.TrimSpace(more + " " + t.T("check.commitments_alone", "n", n))
	}
	return out, more
}
