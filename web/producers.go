package web

import (
	"html/template"
	"slices"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/overlap/framework"
	"github.com/openassay/assay/registry"
)

// producersPage is /producers: partners that have the same open with several states at once, and what each state obtained before.
type producersPage struct {
	Action string
	Hidden []pair
	Picks  []selection
	Count  string
	Groups []courtedView
	Empty  *emptyState
}

// courtedView is one partner and mineral.
type courtedView struct {
	ID         string
	Title      string
	Partner    link
	Talks      table
	Precedents table
	Had        string // how many precedents with others; "" where there is none
}

// mineralName is a mineral as a sentence names it.
func (q *request) mineralName(id registry.RecordID) string {
	if id == "" {
		return q.T("producers.general")
	}
	return q.recordLink(id).Text
}

func producers(q *request) (*page, error) {
	if err := q.known("party", "mineral", "as_of", "lang"); err != nil {
		return nil, err
	}
	party, err := q.asked("party", registry.KindParty)
	if err != nil {
		return nil, err
	}
	mineral, err := q.asked("mineral", registry.KindMineral)
	if err != nil {
		return nil, err
	}
	set := q.frames().set
	all := set.Courted()
	d := producersPage{Action: q.Path, Hidden: q.hidden("party", "mineral")}
	parties, minerals := map[registry.RecordID]bool{}, map[registry.RecordID]bool{}
	csv := &sheet{Columns: []string{"partner", "mineral", "state", "open", "stage", "before"}}
	type talkJSON struct {
		State  registry.RecordID   `json:"state"`
		Open   []registry.RecordID `json:"open"`
		Before []registry.RecordID `json:"before"`
	}
	type courtedJSON struct {
		Partner registry.RecordID `json:"partner"`
		Mineral registry.RecordID `json:"mineral,omitempty"` // left out for critical minerals that are not named
		Talks   []talkJSON        `json:"talks"`
	}
	js := []courtedJSON{}
	for _, c := range all {
		parties[c.Partner] = true
		if c.Mineral != "" {
			minerals[c.Mineral] = true
		}
		in := c.Partner == party
		for _, t := range c.Talks {
			parties[t.State] = true
			in = in || t.State == party
		}
		if party != "" && !in || mineral != "" && c.Mineral != mineral {
			continue
		}
		j := courtedJSON{Partner: c.Partner, Mineral: c.Mineral}
		for _, t := range c.Talks {
			k := talkJSON{State: t.State, Open: frameIDs(t.Frames), Before: frameIDs(t.Had)}
			j.Talks = append(j.Talks, k)
			csv.Rows = append(csv.Rows, []string{string(c.Partner), string(c.Mineral), string(t.State), joinIDs(k.Open), q.standingCode(t.Frames[0].Record), joinIDs(k.Before)})
		}
		js = append(js, j)
		d.Groups = append(d.Groups, q.courted(set, c))
	}
	d.Picks = []selection{q.pickOf("party", parties, party), q.pickOf("mineral", minerals, mineral)}
	d.Count = q.T("producers.count", "n", len(d.Groups))
	if len(d.Groups) == 0 {
		d.Empty = &emptyState{What: q.T("producers.none"), Next: q.T("producers.none_next"), Links: []link{{Text: q.T("list.clear"), Href: q.href("/producers")}}}
	}
	return &page{Template: "producers", Title: q.T("producers.title"), Lede: q.T("producers.lede"), Data: d, Wide: true, JSON: js, CSV: csv, Trail: q.overlapTrail()}, nil
}

func frameIDs(fs []*framework.Frame) []registry.RecordID {
	out := []registry.RecordID{}
	for _, f := range fs {
		out = append(out, f.Record.ID)
	}
	return out
}

func joinIDs(ids []registry.RecordID) string {
	var out []string
	for _, id := range ids {
		out = append(out, string(id))
	}
	return strings.Join(out, ";")
}

// standingCode is the code of a record's stage or status.
func (q *request) standingCode(r *registry.Record) string {
	if r.Kind == registry.KindNegotiation {
		return r.Stage().Code
	}
	return r.Status().Code
}

// mostPrecedents with others are shown of a partner and mineral.
const mostPrecedents = 12

func (q *request) courted(set *framework.Set, c framework.Courted) courtedView {
	partner := q.recordLink(c.Partner)
	v := courtedView{ID: c.Partner.Tail() + "-" + c.Mineral.Tail(), Partner: partner, Title: q.T("producers.group", "partner", partner.Text, "mineral", q.mineralName(c.Mineral), "n", len(c.Talks))}
	heads := []head{{Label: q.T("producers.col.state")}, {Label: q.T("producers.col.open")}, {Label: q.T("producers.col.since")}, {Label: q.T("producers.col.had")}}
	if c.Mineral != "" {
		heads = append(heads, head{Label: q.T("producers.col.produces")})
	}
	v.Talks = table{Caption: v.Title, Heads: heads}
	states := []registry.RecordID{}
	for _, t := range c.Talks {
		states = append(states, t.State)
		var open, since, had []string
		for _, f := range t.Frames {
			st, _ := q.standing(f.Record)
			open = append(open, string(q.linkTo(f.Record).HTML())+` <span class="soft">`+template.HTMLEscapeString(st)+`</span>`)
			s := q.state("not_recorded").HTML()
			if f.From != "" {
				s = q.edtf(string(f.From))
			}
			since = append(since, string(s))
		}
		for _, f := range t.Had {
			had = append(had, string(shortLink(q.linkTo(f.Record)).HTML()))
		}
		before := template.HTML(`<span class="soft">` + template.HTMLEscapeString(q.T("producers.nothing_before")) + `</span>`)
		if len(had) > 0 {
			before = template.HTML(strings.Join(had, "<br>"))
		}
		r := row{Cells: []cell{{HTML: q.recordLink(t.State).HTML()}, {HTML: template.HTML(strings.Join(open, "<br>"))}, {HTML: template.HTML(strings.Join(since, "<br>"))}, {HTML: before}}}
		if c.Mineral != "" {
			r.Cells = append(r.Cells, q.producesCell(c.Mineral, t.State))
		}
		v.Talks.Rows = append(v.Talks.Rows, underHeads(r, heads))
	}
	heads = []head{{Label: q.T("producers.col.state")}, {Label: q.T("producers.col.instrument")}, {Label: q.T("producers.col.date")}, {Label: q.T("producers.col.nature")}, {Label: q.T("producers.col.subjects")}}
	v.Precedents = table{Caption: q.T("producers.precedents", "partner", partner.Text, "mineral", q.mineralName(c.Mineral)), Heads: heads}
	n := 0
	for _, p := range set.Precedents(c.Partner, c.Mineral) {
		if n++; n > mostPrecedents {
			continue
		}
		r := p.Frame.Record
		name := q.recordLink(p.State).HTML()
		if slices.Contains(states, p.State) {
			name = `<strong>` + name + `</strong>`
		}
		v.Precedents.Rows = append(v.Precedents.Rows, underHeads(row{Cells: []cell{{HTML: name}, {HTML: shortLink(q.linkTo(r)).HTML()}, {HTML: q.filedHTML(r)}, {HTML: q.natureOf(r)}, {HTML: template.HTML(template.HTMLEscapeString(q.codes("area", p.Frame.Areas)))}}}, heads))
	}
	if n > 0 {
		v.Had = q.T("producers.precedents_count", "n", n)
	}
	return v
}

// underHeads gives the cells of a row the heads of their columns.
func underHeads(r row, heads []head) row {
	for i := range r.Cells {
		r.Cells[i].Label = heads[i].Label
	}
	return r
}

// producesCell is a state's share of the world's production of a mineral, as far as recorded.
func (q *request) producesCell(mineral, state registry.RecordID) cell {
	m := q.View.Record(mineral)
	if m != nil {
		for _, o := range findings.OutputsOf(q.View, m, "production").Rows {
			if o.Party != nil && o.Party.ID == state && o.Share >= 0 {
				return textCell(q.share(o.Share))
			}
		}
	}
	return q.stateCell("not_recorded")
}
