package web

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
)

// listPage is the list of a kind: its filters, what they leave, and how many.
type listPage struct {
	Title, About string
	Count        string // "43 instruments", "12 of 173 instruments"
	Samples      *sampleSwitch
	Action       string
	Hidden       []pair
	Words        string // narrow the list by words in names
	Facets       []facetView
	Active       []link // filters that hold; each leads to the list without it
	Clear        string
	Table        table
	Pager        *pager
	Empty        *emptyState
}

// sampleSwitch shows or hides the samples of a list.
type sampleSwitch struct {
	Note string
	Link link
}

// emptyState says that there is nothing and what to do next.
type emptyState struct {
	What  string
	Next  string
	Links []link
}

// pager leads to the other pages of a long list.
type pager struct {
	Shown          string // "51–100 of 173"
	Previous, Next string // "" at the ends
	Label          string
}

// perPage keeps a page of the longest list under 150 KB.
const perPage = 50

// listKind says what a list of a kind shows.
type listKind struct {
	facets  []string
	columns []column
	sort    string // column and direction by which it is sorted unless asked otherwise: "-year"
}

// column is a column of a list.
type column struct {
	name    string // in ?sort= and in CSV; its head is the word col.NAME
	label   string // col.LABEL where the head is another
	numeric bool
	cell    func(q *request, r *registry.Record) cell
}

// listParams are the parameters that every list knows besides its facets.
var listParams = []string{"as_of", "lang", "sort", "page", "q", "samples"}

// list is the handler of a kind's list.
func list(k registry.Kind) handler {
	return func(q *request) (*page, error) {
		spec := listKinds[k]
		f, err := q.filters(k, spec)
		if err != nil {
			return nil, err
		}
		sortBy, err := q.sortBy(spec)
		if err != nil {
			return nil, err
		}
		all, samples := q.ofKind(k)
		pool := all
		if q.Query.Get("samples") == "show" {
			pool = append(slices.Clone(all), samples...)
		}
		kept := f.keep(q, pool)
		rows := q.listRows(spec, kept, sortBy)

		p := listPage{Title: q.kinds(k), About: q.T("list.about." + string(k)), Action: q.Path, Words: q.Query.Get("q"), Clear: q.href(q.Path)}
		counted := withoutSamples(kept)
		p.Count = q.T("list.count", "n", len(counted), "kinds", q.nounOf(k, len(counted)))
		if f.active() {
			p.Count = q.T("list.count_of", "some", len(counted), "n", len(all), "kinds", q.nounOf(k, len(all)))
		}
		p.Samples = q.sampleSwitch(len(samples))
		p.Facets = f.views(q, spec, pool)
		p.Active = f.tokens(q)
		for _, name := range []string{"as_of", "lang", "sort", "samples"} {
			if v := q.Query.Get(name); v != "" {
				p.Hidden = append(p.Hidden, pair{name, v})
			}
		}
		shown := rows
		if p.Pager, shown, err = q.paged(rows); err != nil {
			return nil, err
		}
		p.Table = table{Caption: p.Title, Rows: shown, Heads: q.heads(spec, sortBy)}
		if len(kept) == 0 {
			p.Empty = &emptyState{What: q.T("list.empty", "kinds", q.nounOf(k, 2)), Next: q.T("list.empty_next")}
			if f.active() {
				p.Empty.Links = []link{{Text: q.T("list.clear"), Href: p.Clear}}
			}
			if q.AsOf != "" {
				p.Empty.Next = q.T("list.empty_as_of")
				p.Empty.Links = append(p.Empty.Links, link{Text: q.T("as_of.reset"), Href: q.here("as_of", "")})
			}
		}
		return &page{Template: "list", Title: p.Title, Lede: p.About, Data: p, Wide: true,
			JSON: q.listJSON(k, spec, f, kept, rows), CSV: q.listCSV(spec, kept, rows)}, nil
	}
}

// ofKind are the records of a kind, samples apart.
func (q *request) ofKind(k registry.Kind) (all, samples []*registry.Record) {
	for _, r := range q.View.OfKind(k) {
		if r.Sample() {
			samples = append(samples, r)
		} else {
			all = append(all, r)
		}
	}
	return all, samples
}

// nounOf is the word for n records of a kind inside a sentence.
func (q *request) nounOf(k registry.Kind, n int) string {
	return q.T("noun."+string(k), "n", n)
}

func (q *request) sampleSwitch(n int) *sampleSwitch {
	if n == 0 {
		return nil
	}
	if q.Query.Get("samples") == "show" {
		return &sampleSwitch{q.T("list.samples_shown", "n", n), link{Text: q.T("list.samples_hide"), Href: q.here("samples", "", "page", "")}}
	}
	return &sampleSwitch{q.T("list.samples_hidden", "n", n), link{Text: q.T("list.samples_show"), Href: q.here("samples", "show", "page", "")}}
}

// sortBy reads ?sort=; a name that is no column is an error.
func (q *request) sortBy(spec listKind) (string, error) {
	s := q.Query.Get("sort")
	if s == "" {
		return spec.sort, nil
	}
	var names []string
	for _, c := range spec.columns {
		if c.name == strings.TrimPrefix(s, "-") {
			return s, nil
		}
		names = append(names, c.name)
	}
	return "", registry.Errorf(registry.Invalid, "%s", q.T("error.sort", "value", cut(s, 40))).WithHint("%s", q.T("error.one_of", "values", strings.Join(names, ", ")))
}

// listRows makes the rows of records in the order asked for; records keeps the same order.
func (q *request) listRows(spec listKind, records []*registry.Record, sortBy string) []row {
	name, down := strings.TrimPrefix(sortBy, "-"), strings.HasPrefix(sortBy, "-")
	type line struct {
		r   *registry.Record
		key string
		row row
	}
	lines := make([]line, len(records))
	for i, r := range records {
		l := line{r: r, row: row{Sample: r.Sample()}}
		for _, c := range spec.columns {
			x := c.cell(q, r)
			x.Label, x.Numeric = q.T("col."+cmp.Or(c.label, c.name)), c.numeric
			if x.Sort == "" {
				x.Sort = x.Text
			}
			if c.name == name {
				l.key = strings.ToLower(x.Sort)
			}
			l.row.Cells = append(l.row.Cells, x)
		}
		lines[i] = l
	}
	// What has no value comes last in either direction.
	slices.SortStableFunc(lines, func(a, b line) int {
		if (a.key == "") != (b.key == "") {
			return cmp.Compare(len(b.key), len(a.key))
		}
		c := cmp.Compare(a.key, b.key)
		if down {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(strings.ToLower(a.r.Title(q.Lang)), strings.ToLower(b.r.Title(q.Lang))), cmp.Compare(a.r.ID, b.r.ID))
	})
	rows := make([]row, len(lines))
	for i, l := range lines {
		records[i], rows[i] = l.r, l.row
	}
	return rows
}

// heads are the heads of the columns; each leads to the list sorted by it, or the other way round.
func (q *request) heads(spec listKind, sortBy string) []head {
	name, down := strings.TrimPrefix(sortBy, "-"), strings.HasPrefix(sortBy, "-")
	var out []head
	for _, c := range spec.columns {
		h := head{Label: q.T("col." + cmp.Or(c.label, c.name)), Numeric: c.numeric}
		to := c.name
		if c.numeric {
			to = "-" + c.name
		}
		if c.name == name {
			h.Sorted, to = "ascending", "-"+c.name
			if down {
				h.Sorted, to = "descending", c.name
			}
		}
		h.Href = q.here("sort", to, "page", "")
		out = append(out, h)
	}
	return out
}

// paged cuts rows to the page asked for.
func (q *request) paged(rows []row) (*pager, []row, error) {
	p, from, err := q.pagedBy(len(rows), perPage)
	if err != nil {
		return nil, nil, err
	}
	return p, rows[from:min(from+perPage, len(rows))], nil
}

// pagedBy is the pager of total things, some on a page, and the first of the page that is asked for; the pager is nil where one page holds all.
func (q *request) pagedBy(total, perPage int) (*pager, int, error) {
	n := 1
	if s := q.Query.Get("page"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 1 || (n > 1 && (n-1)*perPage >= total) {
			last := max(1, (total+perPage-1)/perPage)
			return nil, 0, registry.Errorf(registry.Invalid, "%s", q.T("error.page", "value", cut(s, 20))).WithHint("%s", q.T("error.page_hint", "last", last))
		}
	}
	from, to := (n-1)*perPage, min(n*perPage, total)
	if total <= perPage {
		return nil, from, nil
	}
	p := &pager{Shown: q.T("pager.shown", "from", from+1, "to", to, "total", total), Label: q.T("pager.label")}
	if n == 2 {
		p.Previous = q.here("page", "")
	} else if n > 2 {
		p.Previous = q.here("page", strconv.Itoa(n-1))
	}
	if to < total {
		p.Next = q.here("page", strconv.Itoa(n+1))
	}
	return p, from, nil
}

// listJSON is a list as data: the filters that hold, and every row.
func (q *request) listJSON(k registry.Kind, spec listKind, f *filters, records []*registry.Record, rows []row) any {
	out := struct {
		Kind    registry.Kind       `json:"kind"`
		AsOf    registry.Day        `json:"as_of,omitempty"`
		Filters map[string][]string `json:"filters"`
		Total   int                 `json:"total"`
		Rows    []map[string]any    `json:"rows"`
	}{k, q.AsOf, f.asked, len(rows), []map[string]any{}}
	for i, r := range records {
		m := map[string]any{"id": r.ID, "path": r.Path()}
		if r.Sample() {
			m["sample"] = true
		}
		for j, c := range spec.columns {
			m[c.name] = rows[i].Cells[j].Text
		}
		for name, values := range q.facetsOf(r) {
			m["facet_"+name] = values
		}
		out.Rows = append(out.Rows, m)
	}
	return out
}

func (q *request) listCSV(spec listKind, records []*registry.Record, rows []row) *sheet {
	s := &sheet{Columns: []string{"id", "path"}}
	for _, c := range spec.columns {
		s.Columns = append(s.Columns, c.name)
	}
	s.Columns = append(s.Columns, "sample")
	for i, r := range records {
		line := []string{string(r.ID), r.Path()}
		for _, c := range rows[i].Cells {
			line = append(line, c.Text)
		}
		sample := ""
		if r.Sample() {
			sample = "sample"
		}
		s.Rows = append(s.Rows, append(line, sample))
	}
	return s
}

// textCell is a cell of plain words.
func textCell(s string) cell { return cell{HTML: template.HTML(template.HTMLEscapeString(s)), Text: s} }

// listHref is the address of a kind's list with filters: name, value, …
func (q *request) listHref(k registry.Kind, filter ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(filter); i += 2 {
		v.Add(filter[i], shortValue(filter[i], filter[i+1]))
	}
	return q.withQuery("/"+registry.KindOf(k).Noun, v)
}
