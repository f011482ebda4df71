package web

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// searchPage is /search: words, filters, hits and why each matched.
type searchPage struct {
	Words, Action string
	Hidden        []pair
	Asked         bool
	Count         string
	Some          string // that nothing has all words
	Now           string // where the page is asked as of a day: the search is of today
	Samples       *sampleSwitch
	Kinds         []choice
	Facets        []facetView
	Active        []link
	Clear         string
	Hits          []hitView
	Empty         *emptyState
	Pager         *pager
}

// choice is one of a few alternatives, as a link.
type choice struct {
	link
	Count   int
	Current bool
}

// hitView is a hit and where it matched.
type hitView struct {
	link
	Kind, Form string
	Standing   string
	Sample     bool
	Marked     template.HTML // the title with what matched; "" where nothing of it did
	Document   *link         // of a provision
	Lang       string
	Why        []whyMatched
}

// whyMatched is a place where a hit matched, with the words marked.
type whyMatched struct {
	Field string
	Text  template.HTML
}

const hitsPerPage = 20

// searchFacets are the facets of the search, in the order in which they are shown.
var searchFacets = []string{"kind", "party", "mineral", "type", "stage", "status", "legal_nature", "text", "area", "modality", "topic", "year", "region"}

func search(q *request) (*page, error) {
	d := &searchPage{Words: strings.TrimSpace(q.Query.Get("q")), Action: "/search", Clear: q.href("/search", "q", q.Query.Get("q"))}
	if len(d.Words) > 1000 {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("search.too_long")).WithHint("%s", q.T("search.too_long_hint"))
	}
	asked := projection.Query{Text: d.Words, Filters: map[string][]string{}, Limit: hitsPerPage, Samples: q.Query.Get("samples") == "show"}
	switch in := q.Query.Get("in"); in {
	case "", "records", "provisions":
		asked.In = in
	default:
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", "in", "value", cut(in, 40))).WithHint("%s", q.T("error.one_of", "values", "records, provisions"))
	}
	n := 1
	if s := q.Query.Get("page"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 1 || n > 50 {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.page", "value", cut(s, 20))).WithHint("%s", q.T("error.page_hint", "last", 50))
		}
	}
	asked.Offset = (n - 1) * hitsPerPage
	for _, name := range searchFacets {
		for _, v := range q.Query[name] {
			if v = strings.TrimSpace(v); v != "" && len(asked.Filters[name]) < 20 {
				asked.Filters[name] = append(asked.Filters[name], longValue(name, v))
			}
		}
	}
	d.Hidden = nil
	for _, name := range []string{"as_of", "lang", "in", "samples"} {
		if v := q.Query.Get(name); v != "" {
			d.Hidden = append(d.Hidden, pair{name, v})
		}
	}
	if q.AsOf != "" {
		d.Now = q.T("search.now")
	}
	d.Asked = d.Words != "" || len(asked.Filters) > 0
	res := &projection.Results{Facets: map[string][]projection.FacetCount{}}
	if d.Asked {
		var err error
		if res, err = q.reg.Search(q.http.Context(), asked); err != nil {
			return nil, err
		}
		d.Count = q.T("search.count", "n", res.Total)
		d.Samples = q.searchSamples(res, asked)
		if s := res.Some; s != nil {
			d.Some = q.T("search.some", "n", s.Has, "of", s.Of)
		}
	}
	for _, h := range res.Hits {
		d.Hits = append(d.Hits, q.hit(h))
	}
	d.Facets = q.searchFacets(res, asked)
	d.Active = q.activeFilters(asked)
	d.Kinds = []choice{{link{Text: q.T("search.in.all"), Href: q.here("in", "", "page", "")}, 0, asked.In == ""},
		{link{Text: q.T("search.in.records"), Href: q.here("in", "records", "page", "")}, 0, asked.In == "records"},
		{link{Text: q.T("search.in.provisions"), Href: q.here("in", "provisions", "page", "")}, 0, asked.In == "provisions"}}
	if d.Asked && res.Total == 0 {
		d.Empty = q.noHits(d, asked)
	}
	if res.Total > hitsPerPage {
		from, to := asked.Offset+1, min(asked.Offset+hitsPerPage, res.Total)
		d.Pager = &pager{Shown: q.T("pager.shown", "from", from, "to", to, "total", res.Total), Label: q.T("pager.label")}
		if n > 1 {
			d.Pager.Previous = q.here("page", strconv.Itoa(n-1))
		}
		if to < res.Total && n < 50 {
			d.Pager.Next = q.here("page", strconv.Itoa(n+1))
		}
	}
	title := q.T("search.title")
	if d.Words != "" {
		title = q.T("search.title_for", "words", cut(d.Words, 60))
	}
	js, csv := searchData(d, res, asked)
	return &page{Template: "search", Title: title, Data: d, Wide: true, JSON: js, CSV: csv}, nil
}

// searchSamples says how many samples fit and leads to them, or away from them where they are shown.
func (q *request) searchSamples(res *projection.Results, asked projection.Query) *sampleSwitch {
	switch {
	case asked.Samples:
		return &sampleSwitch{q.T("search.samples_shown"), link{Text: q.T("list.samples_hide"), Href: q.here("samples", "", "page", "")}}
	case res.Samples > 0:
		return &sampleSwitch{q.T("search.samples_left", "n", res.Samples), link{Text: q.T("list.samples_show"), Href: q.here("samples", "show", "page", "")}}
	}
	return nil
}

// longValue is a value of a facet as the index holds it: ids with their prefix.
func longValue(name, v string) string {
	for _, k := range []registry.Kind{registry.KindParty, registry.KindMineral} {
		if p := registry.KindOf(k).Prefix + "_"; name == string(k) && !strings.HasPrefix(v, p) {
			return p + v
		}
	}
	return v
}

// searchLabel is what a value of a facet of the search is called; the search mixes kinds, so a type may be of any list.
func (q *request) searchLabel(name, v string) string {
	switch name {
	case "kind":
		if registry.KindOf(registry.Kind(v)) != nil {
			return q.kinds(registry.Kind(v))
		}
		return v
	case "modality", "topic":
		return q.classLabel(v)
	case "mineral":
		return upperFirst(q.facetLabel("", name, v))
	case "type":
		for _, l := range facetLists["type"] {
			if registry.IsCode(l, v) {
				return q.code(l, v)
			}
		}
		return v
	}
	return q.facetLabel("", name, v)
}

func (q *request) searchFacets(res *projection.Results, asked projection.Query) []facetView {
	var out []facetView
	for _, name := range searchFacets {
		f := facetView{Name: name, Label: q.T("facet." + name), Open: len(asked.Filters[name]) > 0}
		for _, c := range res.Facets[name] {
			if len(f.Values) < 40 && !(name == "modality" && (c.Value == string(assay.None) || c.Value == "")) {
				f.Values = append(f.Values, facetCount{shortValue(name, c.Value), q.searchLabel(name, c.Value), c.Count, slices.Contains(asked.Filters[name], c.Value)})
			}
		}
		for _, v := range asked.Filters[name] { // a chosen value without hits stays, so that it can be taken away
			if !slices.ContainsFunc(f.Values, func(x facetCount) bool { return longValue(name, x.Value) == v }) {
				f.Values = append(f.Values, facetCount{shortValue(name, v), q.searchLabel(name, v), 0, true})
			}
		}
		if name == "year" {
			slices.SortFunc(f.Values, func(a, b facetCount) int { return strings.Compare(b.Value, a.Value) })
		}
		if len(f.Values) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// activeFilters leads, for each filter that holds, to the search without it.
func (q *request) activeFilters(asked projection.Query) []link {
	var out []link
	for _, name := range searchFacets {
		for _, v := range asked.Filters[name] {
			rest := q.lessOne(name, v)
			out = append(out, link{Text: q.T("facet."+name) + ": " + q.searchLabel(name, v), Href: rest})
		}
	}
	return out
}

// lessOne is the address of this page without one value of a parameter.
func (q *request) lessOne(name, value string) string {
	v := map[string][]string{}
	for k, xs := range q.Query {
		for _, x := range xs {
			if k == "page" || k == name && longValue(name, x) == value {
				continue
			}
			v[k] = append(v[k], x)
		}
	}
	return q.withQuery(q.Path, v)
}

// hit is a hit as the page shows it.
func (q *request) hit(h projection.Hit) hitView {
	r := h.Record
	out := hitView{link: link{Text: r.Title(q.Lang), Href: q.href(r.Path())}, Kind: q.kind(r.Kind), Sample: h.Sample}
	if h.EID != "" {
		doc := out.link
		out.Document, out.Kind = &doc, q.T("search.provision")
		out.link = link{Text: h.Heading, Href: q.href(r.Path() + "/" + h.EID)}
		if out.Text == "" {
			out.Text = h.EID
		}
		if l := r.String("language"); l != q.Lang {
			out.Lang = l
		}
	} else {
		if r.Kind == registry.KindMineral {
			out.Text = upperFirst(out.Text)
		}
		es := q.entries([]*registry.Record{r}, "")
		out.Form, out.Standing = es[0].Form, es[0].Standing
	}
	for _, w := range h.Why {
		label := w.Field
		if f := registry.FieldOf(w.Field); f != nil {
			label = q.locale.field(f)
		} else if w.Field == "text" {
			label = ""
		}
		if (w.Field == "title" || w.Field == "name") && strings.EqualFold(w.Excerpt, out.Text) {
			out.Marked = marks(w)
			continue
		}
		out.Why = append(out.Why, whyMatched{label, marks(w)})
	}
	return out
}

// marks writes an excerpt with the matched words marked.
func marks(w projection.Match) template.HTML {
	var b strings.Builder
	at := 0
	for _, m := range w.Marks {
		if m[0] < at || m[1] > len(w.Excerpt) || m[0] > m[1] {
			continue
		}
		b.WriteString(template.HTMLEscapeString(w.Excerpt[at:m[0]]))
		b.WriteString("<mark>" + template.HTMLEscapeString(w.Excerpt[m[0]:m[1]]) + "</mark>")
		at = m[1]
	}
	b.WriteString(template.HTMLEscapeString(w.Excerpt[at:]))
	return template.HTML(b.String())
}

// noHits says what to do where nothing was found.
func (q *request) noHits(d *searchPage, asked projection.Query) *emptyState {
	e := &emptyState{What: q.T("search.none", "words", cut(d.Words, 80)), Next: q.T("search.none_next")}
	if len(asked.Filters) > 0 || asked.In != "" {
		e.Links = append(e.Links, link{Text: q.T("search.without_filters"), Href: q.href("/search", "q", d.Words)})
	}
	for _, w := range strings.Fields(d.Words) {
		for _, s := range q.reg.Suggest(cut(w, 40), 3) {
			if len(e.Links) < 6 {
				e.Links = append(e.Links, link{Text: s, Href: q.href("/search", "q", s)})
			}
		}
	}
	if len(strings.Fields(d.Words)) > 1 && len(e.Links) < 6 {
		for _, w := range strings.Fields(d.Words)[:min(3, len(strings.Fields(d.Words)))] {
			e.Links = append(e.Links, link{Text: q.T("search.only", "words", cut(w, 40)), Href: q.href("/search", "q", w)})
		}
	}
	return e
}

// searchData is the search as data.
func searchData(d *searchPage, res *projection.Results, asked projection.Query) (any, *sheet) {
	type match struct {
		Field   string   `json:"field"`
		Excerpt string   `json:"excerpt"`
		Marks   [][2]int `json:"marks"`
	}
	type hit struct {
		Record registry.RecordID `json:"record"`
		Kind   registry.Kind     `json:"kind"`
		Path   string            `json:"path"`
		Title  string            `json:"title"`
		EID    string            `json:"eid,omitempty"`
		Sample bool              `json:"sample,omitempty"`
		Why    []match           `json:"why"`
	}
	out := struct {
		Words   string                             `json:"q"`
		Filters map[string][]string                `json:"filters"`
		Total   int                                `json:"total"`
		Samples int                                `json:"samples_left_out"`
		Some    *projection.SomeWords              `json:"some_words,omitempty"` // where nothing has all words
		Offset  int                                `json:"offset"`
		Hits    []hit                              `json:"hits"`
		Facets  map[string][]projection.FacetCount `json:"facets"`
	}{asked.Text, asked.Filters, res.Total, res.Samples, res.Some, asked.Offset, []hit{}, res.Facets}
	t := &sheet{Columns: []string{"record", "kind", "path", "title", "eid", "field", "excerpt"}}
	for _, h := range res.Hits {
		x := hit{h.Record.ID, h.Record.Kind, h.Record.Path(), h.Record.Title(), h.EID, h.Sample, []match{}}
		if h.EID != "" {
			x.Path += "/" + h.EID
		}
		row := []string{string(x.Record), string(x.Kind), x.Path, x.Title, x.EID, "", ""}
		for i, w := range h.Why {
			x.Why = append(x.Why, match{w.Field, w.Excerpt, w.Marks})
			if i == 0 {
				row[5], row[6] = w.Field, w.Excerpt
			}
		}
		out.Hits = append(out.Hits, x)
		t.Rows = append(t.Rows, row)
	}
	return out, t
}
