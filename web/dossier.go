package web

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// entry is a record as a line of a dossier: what it is, how it stands, since when, with whom.
type entry struct {
	link
	Form     string // kind of instrument, kind of finance; "" where unknown
	Standing string // stage or status; "" where no event tells
	Nature   *state // of an instrument: how its legal nature is known; nil where nothing is
	When     template.HTML
	With     []link // the other sides
	Sample   bool
	day      registry.Day
}

// entries makes lines of records, the latest first; self is left out of the sides.
func (q *request) entries(rs []*registry.Record, self registry.RecordID) []entry {
	out := make([]entry, 0, len(rs))
	for _, r := range rs {
		e := entry{link: q.linkTo(r), Sample: r.Sample()}
		switch r.Kind {
		case registry.KindInstrument:
			e.Form = q.codes("instrument_type", r.Values("type"))
		case registry.KindFinancing:
			e.Form = q.codes("money_kind", r.Values("financing_type"))
		case registry.KindProject:
			e.Form = q.codes("project_type", r.Values("project_type"))
		case registry.KindDocument:
			e.Form = strings.Trim(q.codes("document_type", r.Values("document_type"))+" "+r.String("version")+", "+q.codes("language", r.Values("language")), ", ")
		case registry.KindLaw:
			e.Form = q.codes("law_type", r.Values("law_type"))
		}
		st, list := r.Status(), "instrument_status"
		if r.Kind == registry.KindNegotiation {
			st, list = r.Stage(), "negotiation_stage"
		}
		if st.Code != "" {
			e.Standing = q.code(list, st.Code)
		}
		if d, ok := filedUnder(r, st); ok {
			e.When, e.day = q.date(d), d.Start
		}
		for _, id := range sidesOf(q.View, r) {
			if id != self && len(e.With) < 6 {
				e.With = append(e.With, q.recordLink(id))
			}
		}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b entry) int { return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.Text, b.Text)) })
	return out
}

// filedUnder is the date by which a record stands in a list: of its signature, of what its standing rests on, else of its first event.
func filedUnder(r *registry.Record, st registry.Standing) (registry.Date, bool) {
	for _, key := range []string{"signed", "endorsed", "adopted", "issued", "enacted", "established"} {
		if d, ok := r.EventDate(key); ok {
			return d, true
		}
	}
	if d, ok := r.EventDate(st.Event); ok {
		return d, true
	}
	for _, s := range r.Slots("event") {
		if s.Shown != nil {
			if d, ok := s.Shown.Value.Date(); ok {
				return d, true
			}
		}
	}
	return registry.Date{}, false
}

// codes are the labels of codes in one line.
func (q *request) codes(list string, codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, q.code(list, c))
	}
	return strings.Join(out, ", ")
}

// section is a part of a dossier: a heading, lines, and what to say where there are none.
type section struct {
	ID, Title, Note string
	Entries         []entry
	Total           int // where there are more than the entries
	Empty           string
	All             *link // where all of them are, with filters
}

// total counts the entries of sections that are no samples.
func total(ss ...section) int {
	n := 0
	for _, s := range ss {
		for _, e := range s.Entries {
			if !e.Sample {
				n++
			}
		}
	}
	return n
}

// partOf is a part of a dossier and whether it is there.
type partOf struct {
	id, key string
	there   bool
}

// contents leads to the parts of a dossier that are there.
func (q *request) contents(parts []partOf) []link {
	var out []link
	for _, p := range parts {
		if p.there {
			out = append(out, link{Text: q.T(p.key), Href: "#" + p.id})
		}
	}
	return out
}

// rows makes fieldRows of those of the fields that a record has claims on.
func (q *request) rows(r *registry.Record, names ...string) []fieldRow {
	var out []fieldRow
	for _, n := range names {
		if row, ok := q.field(r, n); ok {
			out = append(out, row)
		}
	}
	return out
}

// withoutNumber takes the number of a chip away, on pages that have no list of sources.
func withoutNumber(c *chip) *chip {
	if c != nil {
		c.Number = 0
	}
	return c
}
