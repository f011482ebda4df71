package web

import (
	"html/template"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// natureRow is what is known of an instrument's legal nature on one basis. The bases are never mixed into one answer.
type natureRow struct {
	Basis, About string
	Values       []valueView
	Read         []natureReading // what the machine reads in the texts here
	Missing      *state
}

// natureReading is what the machine reads of the legal nature in one document, with the words it rests on.
type natureReading struct {
	Says     string
	Document link
	Evidence []quote
}

// quote is a passage of a document, leading to its place there.
type quote struct {
	Words string
	Place string
	Href  string
}

// natures are the three bases of an instrument's legal nature, each with what sources and readings say.
func (q *request) natures(r *registry.Record) []natureRow {
	def := registry.FieldOf("legal_nature")
	var docs []*registry.Record
	analyses := map[registry.RecordID]*assay.Analysis{}
	for _, d := range q.View.Referring(r.ID, registry.KindDocument, "instrument") {
		if doc, err := q.reg.Document(d.ID); err == nil && doc != nil {
			docs, analyses[d.ID] = append(docs, d), doc.Analysis
		}
	}
	var out []natureRow
	for _, basis := range registry.Codes("nature_basis") {
		row := natureRow{Basis: q.code("nature_basis", basis), About: q.T("nature." + basis)}
		for _, s := range r.Slots("legal_nature") {
			if s.Key == basis && !repeats(s, basis, docs, analyses) {
				row.Values = append(row.Values, unkeyed(q.value(def, s)))
			}
		}
		for _, d := range docs {
			row.Read = append(row.Read, q.natureReading(d, analyses[d.ID].Instrument.LegalNature, basis))
		}
		if len(row.Values)+len(row.Read) == 0 {
			s := q.state("not_recorded")
			if basis == "read" {
				s = q.state("not_read")
			}
			row.Missing = &s
		}
		out = append(out, row)
	}
	return out
}

// repeats says whether a machine's claim only says again what the reading of a text here says, with its evidence.
func repeats(s *registry.Slot, basis string, docs []*registry.Record, analyses map[registry.RecordID]*assay.Analysis) bool {
	if s.Shown == nil || s.Disputed() || len(s.Agreeing) > 0 || !strings.HasPrefix(s.Shown.Entry.By, "machine:") {
		return false
	}
	return slices.ContainsFunc(docs, func(d *registry.Record) bool {
		return says(analyses[d.ID].Instrument.LegalNature, basis) == s.Shown.Value.Raw
	})
}

// says is what a reading says on one basis.
func says(n assay.Nature, basis string) string {
	return map[string]string{"stated": n.Stated, "read": n.Read, "inferred": n.Inferred}[basis]
}

func (q *request) natureReading(d *registry.Record, n assay.Nature, basis string) natureReading {
	out := natureReading{Says: q.code("legal_nature", says(n, basis)), Document: shortLink(q.linkTo(d))}
	for _, e := range n.Evidence {
		if e.Level == basis && len(out.Evidence) < 3 {
			out.Evidence = append(out.Evidence, quote{Words: cut(strings.Join(strings.Fields(e.Text), " "), 320), Place: q.place(d, e.EID), Href: q.href(d.Path() + "/" + e.EID)})
		}
	}
	return out
}

// partyStatus is how an instrument stands for each party: concluded is not signed, signed is not in force.
func (q *request) partyStatus(r *registry.Record) *table {
	parties := slices.Clone(r.Refs("party"))
	type step struct {
		name   string
		events []string
		field  string
	}
	steps := []step{{"signed", []string{"signed", "endorsed", "adopted"}, ""}, {"approved", []string{"approved", "ratified"}, ""},
		{"in_force", []string{"in_force", "in_effect", "provisionally_applied"}, ""}, {"joined", []string{"member_joined"}, "accession"},
		{"left", []string{"terminated", "suspended"}, "withdrawal"}}
	dated := func(s *registry.Slot) template.HTML {
		if s.Shown == nil {
			return q.state("unknown").HTML()
		}
		v := q.edtf(s.Shown.Value.Raw)
		if !r.Happened(s) && s.Shown.Value.Type == registry.TypeDate {
			v += " " + state{Code: "expected", Word: q.T("stage.due")}.HTML()
		}
		if n := len(s.Losing); n > 0 {
			v += " " + state{Code: "disputed", Word: q.T("claims.disputed", "n", n)}.HTML()
		}
		return v
	}
	find := func(st step, id registry.RecordID) template.HTML {
		if st.field != "" {
			if s := r.Slot(st.field, string(id)); s != nil {
				return dated(s)
			}
		}
		for _, e := range st.events {
			for _, key := range []string{e + ":" + id.Tail(), e} {
				if s := r.Slot("event", key); s != nil {
					out := dated(s)
					if e != st.events[0] {
						out = template.HTML(template.HTMLEscapeString(q.code("event", e))) + ", " + out
					}
					return out
				}
			}
		}
		return ""
	}
	for _, s := range r.Slots("accession") {
		if id := registry.RecordID(s.Key); !slices.Contains(parties, id) {
			parties = append(parties, id)
		}
	}
	if len(parties) == 0 {
		return nil
	}
	t := &table{Caption: q.T("section.status"), Heads: []head{{Label: q.T("col.party")}}}
	cells := make([][]template.HTML, len(parties))
	for _, st := range steps {
		some := st.name != "joined" && st.name != "left"
		col := make([]template.HTML, len(parties))
		for i, id := range parties {
			col[i] = find(st, id)
			some = some || col[i] != ""
		}
		if !some {
			continue
		}
		t.Heads = append(t.Heads, head{Label: q.T("col." + st.name)})
		for i := range parties {
			if col[i] == "" {
				col[i] = q.state("not_recorded").HTML()
			}
			cells[i] = append(cells[i], col[i])
		}
	}
	for i, id := range parties {
		if q.waits(r, id) && len(cells[i]) > 1 && cells[i][1] == q.state("not_recorded").HTML() {
			cells[i][1] = q.waiting(r)
		}
		rw := row{Cells: []cell{{HTML: q.recordLink(id).HTML()}}}
		for j, h := range cells[i] {
			rw.Cells = append(rw.Cells, cell{HTML: h, Label: t.Heads[j+1].Label})
		}
		t.Rows = append(t.Rows, rw)
	}
	return t
}

// waits says whether a source says that a party needs an approval.
func (q *request) waits(r *registry.Record, id registry.RecordID) bool {
	for _, s := range r.Slots("approval_needed") {
		if s.Key == string(id) && s.Shown != nil {
			return true
		}
	}
	return false
}

// waiting says how far an approval that is needed has come.
func (q *request) waiting(r *registry.Record) template.HTML {
	out := state{Code: "due", Word: q.T("approval.needed")}.HTML()
	if s := r.Slot("event", "bill_tabled"); s != nil && s.Shown != nil {
		out += template.HTML(" "+template.HTMLEscapeString(q.code("event", "bill_tabled"))+", ") + q.edtf(s.Shown.Value.Raw)
	}
	return out
}

// shortLink is a link with a title that fits into a line.
func shortLink(l link) link { l.Text = cut(l.Text, 70); return l }
