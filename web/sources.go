package web

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
)

// sourcesPage is /sources: everything the registry rests on, with how much rests on it.
type sourcesPage struct {
	Count  string
	Action string
	Hidden []pair
	Words  string
	Grades []choice
	Table  table
	Pager  *pager
	Empty  *emptyState
}

// sourcePage is /sources/ID: one source and the claims that rest on it.
type sourcePage struct {
	Title   string
	Item    sourceItem
	Grade   string
	Count   string
	Records []citedRecord
	More    string
}

// citedRecord is a record and what the source says of it.
type citedRecord struct {
	link
	Kind   string
	Claims []citedClaim
	More   int
}

type citedClaim struct {
	Field   string
	Key     template.HTML
	Said    *state // alleged, found or judged by whom
	Value   template.HTML
	Locator string
	Shown   bool // it is the one shown, or says the same
}

// citedBy counts the claims of the view that rest on each source.
func (q *request) citedBy() map[registry.SourceID]int {
	n := map[registry.SourceID]int{}
	for _, e := range q.View.Entries {
		if e.Claim != nil {
			n[e.Claim.Source]++
		}
	}
	return n
}

func sources(q *request) (*page, error) {
	n := q.citedBy()
	words := strings.ToLower(strings.TrimSpace(q.Query.Get("q")))
	if len(words) > 200 {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.words"))
	}
	grade := q.Query.Get("grade")
	if grade != "" && !registry.IsCode("grade", grade) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", "grade", "value", cut(grade, 40))).WithHint("%s", q.T("error.one_of", "values", strings.Join(registry.Codes("grade"), ", ")))
	}
	d := sourcesPage{Action: q.Path, Hidden: q.hidden("q", "page"), Words: q.Query.Get("q")}
	grades := map[string]int{}
	var all []*registry.Source
	for _, s := range q.View.Sources {
		if n[s.ID] == 0 {
			continue // nothing that this reader may see as of the day rests on it
		}
		if words != "" && !strings.Contains(strings.ToLower(s.Title+" "+s.Publisher+" "+s.URL), words) {
			continue
		}
		grades[s.Grade]++
		if grade == "" || s.Grade == grade {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b *registry.Source) int {
		return cmp.Or(cmp.Compare(n[b.ID], n[a.ID]), cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.ID, b.ID))
	})
	d.Grades = []choice{{link{Text: q.T("sources.all"), Href: q.here("grade", "", "page", "")}, 0, grade == ""}}
	for _, g := range registry.Codes("grade") {
		if grades[g] > 0 || g == grade {
			d.Grades = append(d.Grades, choice{link{Text: q.code("grade", g), Href: q.here("grade", g, "page", "")}, grades[g], g == grade})
		}
	}
	var rows []row
	csv := &sheet{Columns: []string{"id", "url", "title", "publisher", "date", "grade", "lang", "seen", "hash", "note", "claims"}}
	heads := []head{{Label: q.T("col.title")}, {Label: q.T("col.publisher")}, {Label: q.T("col.date")}, {Label: q.T("col.grade")}, {Label: q.T("col.claims"), Numeric: true}}
	for _, s := range all {
		l := link{Text: cut(cmp.Or(s.Title, host(s.URL), string(s.ID)), 160), Href: q.href("/sources/" + string(s.ID))}
		rw := row{Cells: []cell{{HTML: l.HTML(), Text: l.Text}, {HTML: bdi(s.Publisher), Text: s.Publisher}, {Text: s.Date}, {HTML: bdi(q.code("grade", s.Grade)), Text: s.Grade}, numberCell(q, n[s.ID])}}
		if rw.Cells[2].HTML = q.edtf(s.Date); s.Date == "" {
			rw.Cells[2].HTML = template.HTML(`<span class="soft">` + template.HTMLEscapeString(q.T("source.undated")) + `</span>`)
		}
		for i := range rw.Cells {
			rw.Cells[i].Label, rw.Cells[i].Numeric = heads[i].Label, heads[i].Numeric
		}
		rows = append(rows, rw)
		csv.Rows = append(csv.Rows, []string{string(s.ID), s.URL, s.Title, s.Publisher, s.Date, s.Grade, s.Lang, s.Seen, s.Hash, s.Note, strconv.Itoa(n[s.ID])})
	}
	d.Count = q.T("sources.count", "n", len(rows))
	if len(rows) == 0 {
		d.Empty = &emptyState{What: q.T("sources.none"), Next: q.T("list.empty_next"), Links: []link{{Text: q.T("list.clear"), Href: q.href("/sources")}}}
	}
	p, shown, err := q.paged(rows)
	if err != nil {
		return nil, err
	}
	d.Pager = p
	d.Table = table{Caption: q.T("nav.sources"), Heads: heads, Rows: shown}
	return &page{Template: "sources-page", Title: q.T("nav.sources"), Lede: q.T("sources.lede"), Data: d, Wide: true, JSON: all, CSV: csv}, nil
}

const sourceRecords, sourceClaims = 60, 8

func source(q *request) (*page, error) {
	s := q.View.Sources[registry.SourceID(q.params["id"])]
	n := q.citedBy()
	if s == nil || n[s.ID] == 0 && q.AsOf != "" {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("sources.no_source"))
	}
	d := sourcePage{Title: cmp.Or(s.Title, host(s.URL), string(s.ID)), Grade: q.code("grade", s.Grade), Count: q.T("sources.claims", "n", n[s.ID])}
	q.fillChip(&d.Item.chip, s)
	d.Item.Note = s.Note
	if s.Seen != "" {
		d.Item.Seen = q.edtf(s.Seen)
	}
	csv := &sheet{Columns: append(append([]string{}, registry.ClaimColumns...), "shown", "known", "id")}
	hidden := 0
	for _, k := range registry.Kinds() {
		for _, r := range q.View.OfKind(k) {
			c := citedRecord{link: q.linkTo(r), Kind: q.kind(k)}
			for _, f := range r.Fields {
				for _, slot := range f.Slots {
					for _, st := range claimsOf(slot) {
						if st.Source != s {
							continue
						}
						shown := st == slot.Shown || slices.Contains(slot.Agreeing, st)
						csv.Rows = append(csv.Rows, append(registry.ClaimRow(st.Claim), strconv.FormatBool(shown), string(st.Known), string(st.Entry.ID)))
						if len(c.Claims) >= sourceClaims {
							c.More++
							continue
						}
						x := citedClaim{Field: q.locale.field(f.Def), Key: q.keyLabel(f.Def, slot), Locator: st.Locator, Shown: shown, Said: q.statement(st.Claim)}
						if st.Value.State != "" {
							x.Value = q.claimState(st).HTML()
						} else {
							x.Value = q.written(f.Def, registry.Value{Type: st.Value.Type, Raw: shorten(st.Value), Lang: st.Value.Lang})
							if st.Not {
								x.Value = q.H("claims.not", "value", x.Value)
							}
						}
						c.Claims = append(c.Claims, x)
					}
				}
			}
			if len(c.Claims) == 0 {
				continue
			}
			if len(d.Records) < sourceRecords {
				d.Records = append(d.Records, c)
			} else {
				hidden++
			}
		}
	}
	if hidden > 0 {
		d.More = q.T("sources.more", "n", hidden)
	}
	return &page{Template: "source-page", Title: d.Title, Data: d, Trail: []link{{Text: q.T("nav.sources"), Href: q.href("/sources")}},
		JSON: map[string]any{"source": s, "claims": n[s.ID], "rows": csv.Rows, "columns": csv.Columns}, CSV: csv}, nil
}

// shorten cuts long words of a claim for a list; other values stay as they are.
func shorten(v registry.Value) string {
	if v.Type == registry.TypeText || v.Type == registry.TypeString {
		return cut(v.Raw, 160)
	}
	return v.Raw
}
