package web

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// textRow is what is known of one kind of text of a record: a mandate, a draft, the final text.
type textRow struct {
	Type      string
	Values    []valueView // what sources say of it
	Where     []valueView // where it was found
	Documents []link      // that can be read here
	Missing   *state
}

// expectedTexts are the kinds of text that a record of a kind is asked for also where nothing is recorded.
var expectedTexts = map[registry.Kind][]string{
	registry.KindNegotiation: {"mandate", "draft", "final"}, registry.KindInstrument: {"final"}, registry.KindFinancing: {"final"}, registry.KindLaw: {"final"},
}

// texts are the texts of a record: found, stated not public, looked for and not found, not looked for. No claim means not looked for.
func (q *request) texts(r *registry.Record) []textRow {
	documents := map[string][]link{}
	field := "instrument"
	if r.Kind == registry.KindNegotiation {
		field = "negotiation"
	}
	for _, d := range q.View.Referring(r.ID, registry.KindDocument, field) {
		t := d.String("document_type")
		if t == "" {
			t = "other"
		}
		l := q.linkTo(d)
		if lang := d.String("language"); lang != "" {
			l.Note = q.code("language", lang)
		}
		documents[t] = append(documents[t], l)
	}
	var out []textRow
	for _, code := range registry.Codes("document_type") {
		row := textRow{Type: q.code("document_type", code), Documents: documents[code]}
		for _, x := range []struct {
			name string
			into *[]valueView
		}{{"text_status", &row.Values}, {"text_url", &row.Where}} {
			for _, s := range r.Slots(x.name) {
				if s.Key == code {
					v := unkeyed(q.value(registry.FieldOf(x.name), s))
					if x.name == "text_status" && s.Shown != nil && s.Shown.Value.Raw != "found" {
						st := q.state(s.Shown.Value.Raw)
						v.Values, v.State = nil, &st
					}
					*x.into = append(*x.into, v)
				}
			}
		}
		if len(row.Values)+len(row.Where)+len(row.Documents) == 0 {
			if !slices.Contains(expectedTexts[r.Kind], code) {
				continue
			}
			s := q.state("not_looked_for")
			row.Missing = &s
		}
		out = append(out, row)
	}
	return out
}
