package web

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/review"
)

// listKinds says what the list of each kind shows and by what it is filtered.
var listKinds = map[registry.Kind]listKind{
	registry.KindNegotiation: {
		facets:  []string{"party", "stage", "mineral", "area", "year", "region", "scope", "text"},
		columns: []column{titleColumn, partiesColumn("parties", "party"), mineralsColumn, standingColumn("stage"), dateColumn("last_event", lastEvent), dateColumn("last_source", lastSource), outcomesColumn},
		sort:    "-last_event",
	},
	registry.KindInstrument: {
		facets:  []string{"party", "legal_nature", "status", "mineral", "type", "year", "text", "area", "scope", "region"},
		columns: []column{titleColumn, partiesColumn("parties", "party"), codeColumn("type", "type"), natureColumn, standingColumn("status"), dateColumn("date", filed), mineralsColumn, textColumn},
		sort:    "-date",
	},
	registry.KindForum: {
		facets:  []string{"party", "mineral", "area", "year", "region"},
		columns: []column{titleColumn, partiesColumn("members", "party"), mineralsColumn, standingColumn("status"), dateColumn("date", filed)},
		sort:    "title",
	},
	registry.KindProgramme: {
		facets:  []string{"party", "mineral", "area", "year", "region"},
		columns: []column{titleColumn, partiesColumn("issuer", "issuer", "lead_body", "party"), moneyColumn, standingColumn("status"), dateColumn("date", filed)},
		sort:    "title",
	},
	registry.KindProject: {
		facets:  []string{"party", "type", "mineral", "area", "region"},
		columns: []column{titleColumn, codeColumn("type", "project_type"), partiesColumn("host", "host"), partiesColumn("operator", "operator", "owner"), mineralsColumn, standingColumn("status")},
		sort:    "title",
	},
	registry.KindFinancing: {
		facets:  []string{"party", "type", "status", "mineral", "area", "year", "region"},
		columns: []column{titleColumn, partiesColumn("lender", "lender"), partiesColumn("borrower", "borrower", "host"), codeColumn("type", "financing_type"), moneyColumn, standingColumn("status"), dateColumn("date", filed)},
		sort:    "-date",
	},
	registry.KindLaw: {
		facets:  []string{"party", "type", "mineral", "area", "year", "region"},
		columns: []column{titleColumn, partiesColumn("issuer", "issuer"), codeColumn("type", "law_type"), standingColumn("status"), dateColumn("date", filed), countOf("minerals_listed", "lists_mineral")},
		sort:    "-date",
	},
	registry.KindParty: {
		facets:  []string{"type", "region", "party"},
		columns: []column{nameColumn, codeColumn("type", "party_kind"), codeColumn("region", "region"), partiesColumn("state", "state"), tallyColumn("instruments", registry.KindInstrument, "party"), tallyColumn("negotiations", registry.KindNegotiation, "party")},
		sort:    "-instruments",
	},
	registry.KindMineral: {
		columns: []column{nameColumn, {name: "symbol", cell: func(q *request, r *registry.Record) cell { return textCell(r.String("symbol")) }},
			tallyColumn("instruments", registry.KindInstrument, "mineral"), tallyColumn("negotiations", registry.KindNegotiation, "mineral"), producerColumn},
		sort: "-instruments",
	},
}

var titleColumn = column{name: "title", cell: func(q *request, r *registry.Record) cell {
	l := q.linkTo(r)
	c := cell{HTML: l.HTML(), Text: l.Text}
	if r.Sample() {
		c.HTML += template.HTML(` <span class="state state-sample">` + template.HTMLEscapeString(q.T("record.sample")) + `</span>`)
	}
	return c
}}

// nameColumn is titleColumn for kinds that have a name.
var nameColumn = column{name: "title", label: "name", cell: titleColumn.cell}

// partiesColumn lists the records of the first of the fields that has any.
func partiesColumn(name string, fields ...string) column {
	return column{name: name, cell: func(q *request, r *registry.Record) cell {
		for _, f := range fields {
			if ids := r.Refs(f); len(ids) > 0 {
				return q.refsCell(ids)
			}
		}
		if name == "state" { // most parties belong to none
			return cell{}
		}
		return q.blank()
	}}
}

// blank says that nothing is recorded, where an empty place could be read as "none". As data it is empty.
func (q *request) blank() cell { return cell{HTML: q.state("not_recorded").HTML()} }

// refsCell lists a few records and says how many more there are.
func (q *request) refsCell(ids []registry.RecordID) cell {
	const few = 4
	var h, all []string
	for i, id := range ids {
		l := q.recordLink(id)
		all = append(all, l.Text)
		if i < few {
			h = append(h, string(l.HTML()))
		}
	}
	c := cell{HTML: template.HTML(strings.Join(h, ", ")), Text: strings.Join(all, "; ")}
	if n := len(ids) - few; n > 0 {
		c.HTML += template.HTML(` <span class="soft">` + template.HTMLEscapeString(q.T("list.more", "n", n)) + `</span>`)
	}
	return c
}

var mineralsColumn = column{name: "minerals", cell: func(q *request, r *registry.Record) cell {
	if ids := r.Refs("mineral"); len(ids) > 0 {
		return q.refsCell(ids)
	}
	if t, lang := r.Text("mineral_scope", "", q.Lang); t != "" {
		return cell{HTML: `<span class="soft">` + q.inLang(cut(t, 60), lang) + `</span>`, Text: t}
	}
	return q.blank()
}}

func codeColumn(name, field string) column {
	listName := registry.FieldOf(field).CodeList
	return column{name: name, cell: func(q *request, r *registry.Record) cell {
		if codes := r.Values(field); len(codes) > 0 || name == "region" {
			return textCell(q.codes(listName, codes))
		}
		return q.blank()
	}}
}

// standingColumn is a record's stage or status.
func standingColumn(name string) column {
	return column{name: name, cell: func(q *request, r *registry.Record) cell {
		s, _ := q.standing(r)
		if s == "" {
			return q.stateCell("not_recorded")
		}
		return textCell(s)
	}}
}

func (q *request) stateCell(code string) cell {
	s := q.state(code)
	return cell{HTML: s.HTML(), Text: s.Word, Sort: "~" + s.Word}
}

// HTML is the state in its form.
func (s state) HTML() template.HTML {
	return template.HTML(`<span class="state state-` + template.HTMLEscapeString(s.Code) + `">` + template.HTMLEscapeString(s.Word) + `</span>`)
}

// natureColumn is an instrument's legal nature: as stated, else as inferred, and which of the two.
var natureColumn = column{name: "legal_nature", cell: func(q *request, r *registry.Record) cell {
	basis, nature, ok := strings.Cut(projection.LegalNature(r), ":")
	if !ok {
		return q.stateCell("not_recorded")
	}
	label, how := q.code("legal_nature", nature), q.state(basis)
	return cell{HTML: template.HTML(template.HTMLEscapeString(label)) + " " + how.HTML(), Text: label + " (" + how.Word + ")"}
}}

// textColumn is what is known of an instrument's texts.
var textColumn = column{name: "text", cell: func(q *request, r *registry.Record) cell {
	code := projection.TextStatus(r)
	if code == "found" {
		return textCell(q.code("text_status", code))
	}
	return q.stateCell(code)
}}

// dateColumn is a date; it sorts by the first day that it may mean.
func dateColumn(name string, of func(r *registry.Record) (registry.Date, bool)) column {
	return column{name: name, cell: func(q *request, r *registry.Record) cell {
		d, ok := of(r)
		if !ok {
			return q.blank()
		}
		return cell{HTML: q.date(d), Text: d.EDTF, Sort: string(d.Start)}
	}}
}

// lastSource is the date of the newest source that bears one.
func lastSource(r *registry.Record) (registry.Date, bool) {
	a := review.AgeOf(r, "")
	return a.Last, a.Known()
}

func filed(r *registry.Record) (registry.Date, bool) { return filedUnder(r, r.Status()) }

// lastEvent is the date of the latest event that has happened.
func lastEvent(r *registry.Record) (best registry.Date, ok bool) {
	for _, s := range r.Slots("event") {
		if s.Shown == nil || !r.Happened(s) {
			continue
		}
		if d, is := s.Shown.Value.Date(); is && (!ok || d.Start > best.Start) {
			best, ok = d, true
		}
	}
	return best, ok
}

// moneyColumn is the first amount of a record, the whole before a part.
var moneyColumn = column{name: "amount", numeric: true, cell: func(q *request, r *registry.Record) cell {
	for _, s := range r.Slots("amount") {
		if s.Shown == nil {
			continue
		}
		if m, ok := s.Shown.Value.Money(); ok {
			words := q.money(m)
			if s.Key != "" {
				words += ", " + s.Key
			}
			n, _ := m.Amount.Float64()
			return cell{HTML: bdi(words), Text: s.Shown.Value.Raw, Sort: fmt.Sprintf("%024.2f", n)}
		}
	}
	return q.blank()
}}

var outcomesColumn = column{name: "outcomes", cell: func(q *request, r *registry.Record) cell {
	if ids := r.Refs("outcome"); len(ids) > 0 {
		return q.refsCell(ids)
	}
	return cell{}
}}

// countOf counts the values of a field.
func countOf(name, field string) column {
	return column{name: name, numeric: true, cell: func(q *request, r *registry.Record) cell {
		if n := len(r.Values(field)); n > 0 {
			return numberCell(q, n)
		}
		return cell{}
	}}
}

func numberCell(q *request, n int) cell {
	return cell{HTML: template.HTML(q.number(int64(n))), Text: fmt.Sprint(n), Sort: fmt.Sprintf("%012d", n)}
}

// tallyColumn counts the records of a kind, samples left out, that have this record in a facet; it leads to them.
func tallyColumn(name string, k registry.Kind, facet string) column {
	return column{name: name, numeric: true, cell: func(q *request, r *registry.Record) cell {
		n := q.tally(k, facet)[string(r.ID)]
		c := numberCell(q, n)
		if n > 0 {
			c.HTML = link{Text: q.number(int64(n)), Href: q.listHref(k, facet, string(r.ID))}.HTML()
		}
		return c
	}}
}

// tally counts the records of a kind by the values of a facet, once a request.
func (q *request) tally(k registry.Kind, facet string) map[string]int {
	key := string(k) + "/" + facet
	if t := q.tallies[key]; t != nil {
		return t
	}
	t := map[string]int{}
	for _, r := range withoutSamples(q.View.OfKind(k)) {
		for _, v := range q.facetsOf(r)[facet] {
			t[v]++
		}
	}
	if q.tallies == nil {
		q.tallies = map[string]map[string]int{}
	}
	q.tallies[key] = t
	return t
}

// producerColumn is the largest producer of a mineral of which a source gives a figure, with its share of the world's total.
var producerColumn = column{name: "producer", cell: func(q *request, r *registry.Record) cell {
	o := findings.OutputsOf(q.View, r, "production")
	if len(o.Rows) == 0 || o.Rows[0].Quantity == nil {
		return q.stateCell("not_recorded")
	}
	top := o.Rows[0]
	l := link{Text: top.Place}
	if top.Party != nil {
		l = q.linkTo(top.Party)
	}
	c := cell{HTML: l.HTML(), Text: l.Text}
	if top.Share >= 0 {
		words := q.T("list.share", "percent", fmt.Sprintf("%.0f", top.Share*100), "year", top.Year)
		c.HTML += template.HTML(` <span class="soft">` + template.HTMLEscapeString(words) + `</span>`)
		c.Text += " (" + words + ")"
	}
	return c
}}
