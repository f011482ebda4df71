package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// filters are what a list is narrowed by. The values of one facet are alternatives, except parties and minerals, of which a record must
// have all; facets together narrow further.
type filters struct {
	names []string
	asked map[string][]string // facet → values as facets hold them: pty_ZMB, signed, stated:non_binding
	words string
}

// allOf are the facets whose chosen values must all be there: "between A and B" is what people ask.
var allOf = map[string]bool{"party": true, "mineral": true}

// facetLists are the code lists of the facets that hold codes.
var facetLists = map[string][]string{
	"type": {"instrument_type", "law_type", "party_kind", "money_kind", "project_type", "document_type"}, "stage": {"negotiation_stage"},
	"status": {"instrument_status"}, "text": {"text_status"}, "area": {"area"}, "scope": {"party_scope"}, "region": {"region"},
}

// typeLists says which list the facet type holds for a kind.
var typeLists = map[registry.Kind]string{registry.KindInstrument: "instrument_type", registry.KindLaw: "law_type", registry.KindParty: "party_kind",
	registry.KindFinancing: "money_kind", registry.KindProject: "project_type", registry.KindDocument: "document_type"}

// filters reads the query; a parameter or value that nothing can have is an error, for a filter that is passed over gives wrong answers.
func (q *request) filters(k registry.Kind, spec listKind) (*filters, error) {
	f := &filters{names: spec.facets, asked: map[string][]string{}, words: strings.TrimSpace(q.Query.Get("q"))}
	if len(f.words) > 200 {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.words"))
	}
	if s := q.Query.Get("samples"); s != "" && s != "show" {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", "samples", "value", cut(s, 40))).WithHint("%s", q.T("error.one_of", "values", "show"))
	}
	names := make([]string, 0, len(q.Query))
	for name := range q.Query {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if slices.Contains(listParams, name) || strings.HasPrefix(name, "utm_") {
			continue
		}
		if !slices.Contains(spec.facets, name) {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.parameter", "name", cut(name, 40))).
				WithHint("%s", q.T("error.one_of", "values", strings.Join(append(slices.Clone(spec.facets), "q", "sort", "page", "samples", "as_of"), ", ")))
		}
		for _, v := range q.Query[name] {
			if v == "" {
				continue // an empty choice of a form
			}
			full, err := q.facetValue(k, name, v)
			if err != nil {
				return nil, err
			}
			if !slices.Contains(f.asked[name], full) {
				f.asked[name] = append(f.asked[name], full)
			}
		}
	}
	return f, nil
}

// facetValue reads a value of a facet as the address writes it.
func (q *request) facetValue(k registry.Kind, name, v string) (string, error) {
	bad := func(hint string) (string, error) {
		return "", registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", name, "value", cut(v, 40))).WithHint("%s", hint)
	}
	switch name {
	case "party", "mineral":
		kind := registry.Kind(name)
		r := exactly(q.now(), kind, strings.TrimPrefix(v, registry.KindOf(kind).Prefix+"_"))
		if r == nil {
			return bad(q.T("error.filter_record", "list", "/"+registry.KindOf(kind).Noun))
		}
		return string(r.ID), nil
	case "year":
		if len(v) != 4 || strings.Trim(v, "0123456789") != "" {
			return bad(q.T("error.filter_year"))
		}
		return v, nil
	case "legal_nature":
		basis, nature, ok := strings.Cut(v, ":")
		if v == "unknown" || ok && registry.IsCode("nature_basis", basis) && registry.IsCode("legal_nature", nature) {
			return v, nil
		}
		return bad(q.T("error.one_of", "values", "unknown, stated:binding, stated:non_binding, inferred:binding, inferred:non_binding, …"))
	}
	lists := facetLists[name]
	if name == "type" {
		lists = []string{typeLists[k]}
	}
	var codes []string
	for _, l := range lists {
		if registry.IsCode(l, v) {
			return v, nil
		}
		codes = append(codes, registry.Codes(l)...)
	}
	return bad(q.T("error.one_of", "values", strings.Join(codes, ", ")))
}

// shortValue is a value of a facet as addresses write it: ids without their prefix.
func shortValue(name, v string) string {
	if name == "party" || name == "mineral" {
		return registry.RecordID(v).Tail()
	}
	return v
}

// facetName is what a facet is called in the list of a kind.
func (q *request) facetName(k registry.Kind, name string) string {
	if k == registry.KindParty && name == "party" {
		return q.T("facet.belongs_to")
	}
	return q.T("facet." + name)
}

// facetLabel is what a value of a facet is called.
func (q *request) facetLabel(k registry.Kind, name, v string) string {
	switch name {
	case "party", "mineral":
		return q.recordLink(registry.RecordID(v)).Text
	case "legal_nature":
		basis, nature, ok := strings.Cut(v, ":")
		if !ok {
			return q.T("state.not_recorded")
		}
		return q.T("facet.nature", "nature", q.code("legal_nature", nature), "basis", lowerFirst(q.code("nature_basis", basis)))
	case "type":
		return q.code(typeLists[k], v)
	}
	for _, l := range facetLists[name] {
		return q.code(l, v)
	}
	return v
}

func (f *filters) active() bool { return len(f.asked) > 0 || f.words != "" }

// keep are the records that all filters let through, in a list of its own.
func (f *filters) keep(q *request, rs []*registry.Record) []*registry.Record {
	return f.without(q, rs, "")
}

// without is keep with one facet left out.
func (f *filters) without(q *request, rs []*registry.Record, skip string) []*registry.Record {
	out := []*registry.Record{}
	for _, r := range rs {
		if f.matches(q, r, skip) {
			out = append(out, r)
		}
	}
	return out
}

func (f *filters) matches(q *request, r *registry.Record, skip string) bool {
	has := q.facetsOf(r)
	for name, want := range f.asked {
		if name == skip {
			continue
		}
		n := 0
		for _, w := range want {
			if slices.Contains(has[name], w) {
				n++
			}
		}
		if n == 0 || (allOf[name] && n < len(want)) {
			return false
		}
	}
	return f.words == "" || named(r, f.words)
}

// named says whether every word stands in one of the record's names.
func named(r *registry.Record, words string) bool {
	var b strings.Builder
	b.WriteString(strings.ToLower(r.Title() + " " + r.Address()))
	for _, name := range []string{"alias", "name", "title", "official_title"} {
		for _, v := range r.Values(name) {
			b.WriteString(" " + strings.ToLower(v))
		}
	}
	for _, w := range strings.Fields(strings.ToLower(words)) {
		if !strings.Contains(b.String(), w) {
			return false
		}
	}
	return true
}

// facetView is a facet in the form of filters: its values with how many records each leaves.
type facetView struct {
	Name, Label string
	All         bool // all chosen values must be there
	Open        bool
	Values      []facetCount
}

type facetCount struct {
	Value, Label string
	Count        int
	Checked      bool
}

// views are the facets of a list with their counts under the other filters, samples left out.
func (f *filters) views(q *request, spec listKind, rs []*registry.Record) []facetView {
	var out []facetView
	rs = withoutSamples(rs)
	for i, name := range spec.facets {
		skip := name
		if allOf[name] {
			skip = ""
		}
		counts := map[string]int{}
		var kind registry.Kind
		for _, r := range rs {
			kind = r.Kind
			break
		}
		for _, r := range f.without(q, rs, skip) {
			for _, v := range q.facetsOf(r)[name] {
				counts[v]++
			}
		}
		for _, v := range f.asked[name] {
			counts[v] += 0
		}
		if len(counts) == 0 {
			continue
		}
		fv := facetView{Name: name, Label: q.facetName(kind, name), All: allOf[name], Open: i < 2 || len(f.asked[name]) > 0}
		for v, n := range counts {
			fv.Values = append(fv.Values, facetCount{shortValue(name, v), q.facetLabel(kind, name, v), n, slices.Contains(f.asked[name], v)})
		}
		slices.SortFunc(fv.Values, func(a, b facetCount) int {
			if a.Checked != b.Checked {
				return cmp.Compare(truth(b.Checked), truth(a.Checked))
			}
			if name == "year" {
				return cmp.Compare(b.Value, a.Value)
			}
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Value, b.Value))
		})
		out = append(out, fv)
	}
	return out
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tokens are the filters that hold, each a link to the list without it.
func (f *filters) tokens(q *request) []link {
	var out []link
	kind := registry.KindByNoun(strings.TrimPrefix(q.Path, "/"))
	for _, name := range f.names {
		for _, v := range f.asked[name] {
			rest := url.Values{}
			for k, xs := range q.Query {
				for _, x := range xs {
					if full, err := q.facetValue(kind, name, x); k == "page" || k == name && err == nil && full == v {
						continue
					}
					rest.Add(k, x)
				}
			}
			out = append(out, link{Text: q.facetName(kind, name) + ": " + q.facetLabel(kind, name, v), Href: q.withQuery(q.Path, rest)})
		}
	}
	if f.words != "" {
		out = append(out, link{Text: q.T("list.words_token", "words", f.words), Href: q.here("q", "", "page", "")})
	}
	return out
}
