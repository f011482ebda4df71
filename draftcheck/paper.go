package draftcheck

import (
	"fmt"
	"strings"

	"github.com/openassay/assay/paper"
)

// Layout says how a report is laid out.
type Layout struct {
	Name      string                   // of the draft's file
	Date      string                   // ISO date that the document says it was made on; "" gives none
	Annotated bool                     // with the draft itself, comments at its clauses
	Link      func(path string) string // the address of a page of the registry; nil: no links
}

// Paper lays the report out: two summaries of a page each, what to look at, the lists, and where asked the draft with comments at its clauses.
func (r *Report) Paper(d Draft, l Layout) *paper.Document {
	p := &pages{r: r, d: d, l: l, out: &paper.Document{Title: "Draft check", Subtitle: r.Summary.Title, Lang: "en", Date: l.Date, Author: "Assay",
		Footer: "Read by machine from the draft's words. For whoever negotiates; not for the other side."}}
	p.meta()
	p.list1("For the minister", "minister", r.Summary.Minister)
	p.list1("For a committee of parliament", "committee", r.Summary.Committee)
	p.add(paper.PageBreak{})
	p.limits()
	p.positions()
	p.gaps()
	p.weak()
	if !r.looseEndsOnly() { // "none was found" would be wrong where none was looked for
		p.beside("Conflicts with what is already owed", "conflicts", r.Conflicts, "No conflict was found among what was looked at. That is no proof that there is none.")
		p.beside("Other texts and talks that it meets", "overlaps", r.Overlaps, "None was found.")
	}
	p.balance()
	p.open()
	p.changes()
	if l.Annotated {
		p.annotated()
	}
	return p.out
}

type pages struct {
	r   *Report
	d   Draft
	l   Layout
	out *paper.Document
}

func (p *pages) add(b ...paper.Block) { p.out.Blocks = append(p.out.Blocks, b...) }

func (p *pages) head(level int, id, words string) {
	p.add(paper.Heading{Level: level, ID: id, Runs: paper.T(words)})
}

func (p *pages) para(words string) {
	if words != "" {
		p.add(paper.Paragraph{Runs: paper.T(words)})
	}
}

func (p *pages) meta() {
	s := &p.r.Summary
	add := func(name, value string) {
		if value != "" {
			p.out.Meta = append(p.out.Meta, paper.Meta{Name: name, Value: value})
		}
	}
	add("Draft", p.l.Name)
	add("Checked for", p.name(s.Party))
	add("Sides", p.names(s.Parties))
	add("Language", s.Language)
	add("Held against", s.Registry)
}

func (p *pages) name(code string) string {
	if n := p.r.Summary.Names[code]; n != "" {
		return n
	}
	return plain(code)
}

func (p *pages) names(codes []string) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = p.name(c)
	}
	return enumerate(out)
}

func (p *pages) list1(title, id string, items []string) {
	p.head(1, id, title)
	var l paper.List
	for _, x := range items {
		l.Items = append(l.Items, paper.Item{Runs: paper.T(x)})
	}
	p.add(l)
}

func (p *pages) limits() {
	s := &p.r.Summary
	p.head(1, "limits", "What this report rests on")
	p.para(s.Words)
	p.para("Rules read the wording; no person has checked it. Absent means looked for and not found. Undecided means that the reader is not sure. Model clauses are of our own drafting; figures in them are for you to set.")
	var l paper.List
	for _, w := range s.Warnings {
		l.Items = append(l.Items, paper.Item{Runs: paper.T(w)})
	}
	for _, w := range s.NotLookedAt {
		l.Items = append(l.Items, paper.Item{Runs: paper.T("Not looked at: " + w + ".")})
	}
	if len(l.Items) > 0 {
		p.add(l)
	}
}

func (p *pages) positions() {
	if len(p.r.Positions) == 0 {
		return
	}
	p.head(1, "positions", "Own positions: not for the other side")
	t := paper.Table{Head: cells("Clause", "Aim", "Fallback", "Red line", "Note"), Widths: []float64{2, 3, 3, 3, 3}}
	for _, x := range p.r.Positions {
		at := x.EID
		if at == "" {
			at = x.Clause + plain(x.Topic) + " (no such clause)"
		}
		t.Rows = append(t.Rows, cells(at, x.Aim, x.Fallback, x.RedLine, x.Note))
	}
	p.add(t)
}

func cells(s ...string) []paper.Cell {
	out := make([]paper.Cell, len(s))
	for i, x := range s {
		out[i] = paper.C(x)
	}
	return out
}

var gapHeads = []struct{ priority, id, head, lede string }{
	{Exposed, "exposed", "Taken on without the safeguard that belongs to it", "The draft does what each of these guards against, and the safeguard is missing."},
	{Core, "gaps", "What is missing", ""},
	{Project, "project", "Usually a matter for contracts", "Agreements between states often leave these to contracts. If this one is the only text before contracts are signed, they belong here."},
}

func (p *pages) gaps() {
	for _, h := range gapHeads {
		n := 0
		for i := range p.r.Gaps {
			g := &p.r.Gaps[i]
			if g.Priority != h.priority {
				continue
			}
			if n++; n == 1 {
				p.head(1, h.id, h.head)
				p.para(h.lede)
			}
			p.gap(g)
		}
	}
}

func (p *pages) gap(g *Gap) {
	p.head(2, "gap-"+g.Topic, g.Label+": "+g.Status)
	p.para(g.Why + " " + g.Matters)
	p.places("The draft, though: ", g.RaisedBy)
	if len(g.RaisedBy) == 0 {
		p.places("Named at: ", g.Places)
	}
	p.model(&g.Wording)
	p.partner(g.Partner)
	p.comparable(g.Topic)
	p.guidance(g.Guidance)
}

func (p *pages) places(lead string, l []Place) {
	for i, x := range l {
		runs := paper.T(x.Quote)
		label := x.EID
		if i == 0 {
			label = lead + label
		}
		if x.Modality != "" {
			label += " (" + plain(x.Modality) + ")"
		}
		p.add(paper.Quote{Label: label, Link: p.anchor(x.EID), Runs: runs})
	}
}

// anchor leads to a clause of the draft where it is laid out here too.
func (p *pages) anchor(eid string) string {
	if p.l.Annotated && eid != "" {
		return "#draft-" + eid
	}
	return ""
}

func (p *pages) model(w *Wording) {
	p.add(paper.Quote{Label: fmt.Sprintf("Model wording, %s (ours; %s)", w.Strength, lowerFirst(strings.TrimSuffix(w.Obtains, "."))), Runs: paper.T(w.Text)})
}

func (p *pages) partner(l []Partner) {
	for _, x := range l {
		if x.Accepted == 0 {
			p.para(fmt.Sprintf("%s has no such duty in the %s of it that are here.", x.Name, count(x.Of, "text", "texts")))
			continue
		}
		p.para(fmt.Sprintf("%s accepted a duty on this in %d of %d texts that are here.", x.Name, x.Accepted, x.Of))
	}
}

func (p *pages) comparable(topic string) {
	for i := range p.r.Comparable {
		m := &p.r.Comparable[i]
		if m.Topic != topic {
			continue
		}
		label := m.Title
		if m.Date != "" {
			label += " (" + m.Date + ")"
		}
		label += ", " + m.EID + ": " + plain(m.Modality)
		if m.NonBinding {
			label += ", in a text that does not bind"
		}
		if m.With != "" {
			label += "; " + p.name(m.With) + " is a party"
		}
		if m.Sample {
			label += "; SAMPLE, invented"
		}
		words := m.Quote
		if words == "" {
			words = "(the words are not in this registry)"
		}
		link := ""
		if p.l.Link != nil {
			link = p.l.Link(m.Path + "/" + m.EID)
		}
		p.add(paper.Quote{Label: "Elsewhere: " + label, Link: link, Runs: paper.T(words)})
	}
}

func (p *pages) guidance(l []Source) {
	var runs []paper.Run
	for i, s := range l {
		if i == 0 {
			runs = append(runs, paper.Run{Text: "Guidance: "})
		} else {
			runs = append(runs, paper.Run{Text: "; "})
		}
		runs = append(runs, paper.Run{Text: s.Title, Link: s.Link}, paper.Run{Text: " (" + s.Publisher + ")"})
	}
	if len(runs) > 0 {
		p.add(paper.Paragraph{Runs: append(runs, paper.Run{Text: "."})})
	}
}

func (p *pages) weak() {
	if len(p.r.Weak) == 0 {
		return
	}
	p.head(1, "weak", "Wording that could be firmer")
	for i := range p.r.Weak {
		w := &p.r.Weak[i]
		p.head(2, "weak-"+w.Topic, w.Label)
		p.add(paper.Quote{Label: w.EID + " (" + plain(w.Modality) + ")", Link: p.anchor(w.EID), Runs: paper.T(w.Quote)})
		p.para(w.Words)
		if w.Yours {
			p.para(p.name(p.r.Summary.Party) + " alone bears it: firmer words would bind it, not the other side.")
		}
		p.places("The draft also does what this guards against: ", w.RaisedBy)
		for k := range w.Firmer {
			p.model(&w.Firmer[k])
		}
		p.partner(w.Partner)
		p.comparable(w.Topic)
	}
}

func (p *pages) beside(title, id string, l []Beside, none string) {
	p.head(1, id, title)
	if len(l) == 0 {
		p.para(none)
	}
	for _, x := range l {
		if x.Kind == NotLookedAt {
			p.para(x.Words)
			continue
		}
		label := x.Title
		if x.Answer != "" {
			label = sentence(plain(x.Answer)) + ": " + label
		}
		if x.EID != "" {
			label += ", " + x.EID
		}
		link := ""
		if p.l.Link != nil && x.Path != "" {
			link = p.l.Link(x.Path)
		}
		if x.Quote == "" && x.Place == nil { // nobody's words to quote
			p.add(paper.Paragraph{Runs: []paper.Run{{Text: label, Bold: true, Link: link}, {Text: ". " + x.Words}}})
			continue
		}
		words := x.Quote
		if words == "" {
			words = x.Words
		} else {
			p.para(x.Words)
		}
		if x.Place != nil {
			p.add(paper.Quote{Label: "This draft, " + x.Place.EID, Link: p.anchor(x.Place.EID), Runs: paper.T(x.Place.Quote)})
		}
		p.add(paper.Quote{Label: label, Link: link, Runs: paper.T(words)})
	}
}

func (p *pages) balance() {
	if len(p.r.Balance) == 0 {
		return
	}
	p.head(1, "balance", "What each side gives and gets")
	p.para("A reading of wording: it does not weigh what a thing is worth.")
	t := paper.Table{Head: cells("Clause", "What", "Who gives whom", "How firmly", "Words"), Widths: []float64{2, 2, 3, 2, 6}}
	for _, e := range p.r.Balance {
		who := p.names(e.Gives)
		if who == "" {
			who = "not said"
		}
		if gets := p.names(e.Gets); gets != "" {
			who += " → " + gets
		}
		strength := plain(e.Strength)
		if e.Refrains {
			strength += ", by leaving it undone"
		}
		t.Rows = append(t.Rows, cells(e.EID, Category(e.Category), who, strength, e.Quote))
	}
	p.add(t)
}

func (p *pages) open() {
	p.head(1, "open", "Not finished")
	if len(p.r.Open) == 0 {
		p.para("No brackets, blanks, references to nothing or missing annexes were found.")
		return
	}
	t := paper.Table{Head: cells("Clause", "What", "Words"), Widths: []float64{2, 5, 6}}
	for _, o := range p.r.Open {
		t.Rows = append(t.Rows, cells(o.EID, o.Words, o.Quote))
	}
	p.add(t)
}

func (p *pages) changes() {
	if len(p.r.Changes) == 0 {
		return
	}
	p.head(1, "changes", "Since the earlier draft")
	t := paper.Table{Head: cells("Clause", "What changed", "Before", "After"), Widths: []float64{2, 3, 5, 5}}
	for _, x := range p.r.Changes {
		what := strings.Join(x.Kinds, ", ")
		if len(x.Force) > 0 {
			what += ". " + strings.Join(x.Force, "; ")
		}
		t.Rows = append(t.Rows, cells(x.EID, what, x.Before, x.After))
	}
	p.add(t)
}
