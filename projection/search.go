package projection

import (
	"context"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/openassay/assay/registry"
)

// weight of a field: a word in a title says more than one in a text.
var weight = map[string]float64{"title": 6, "names": 2, "summary": 2, "events": 1, "labels": 1, "heading": 3, "words": 1}

// ask asks the index, while nobody changes the files under it.
func (p *Projection) ask(ctx context.Context, req *bleve.SearchRequest) (*bleve.SearchResult, error) {
	p.files.RLock()
	defer p.files.RUnlock()
	if p.index == nil {
		return nil, registry.Errorf(registry.Internal, "the index was let go")
	}
	return p.index.SearchInContext(ctx, req)
}

// Search finds records and provisions. It looks at what the readers may see now; text as of another day is not indexed.
func (p *Projection) Search(ctx context.Context, q Query) (*Results, error) {
	if len(q.Text) > 1000 {
		return nil, registry.Errorf(registry.Invalid, "the search has %d characters; at most 1000 are looked for", len(q.Text)).WithHint("search for fewer words")
	}
	parsed := parseQuery(q.Text)
	if len(parsed.must) == 0 && len(q.Filters) == 0 {
		return &Results{Facets: map[string][]FacetCount{}}, nil
	}
	out, err := p.find(ctx, q, parsed, len(parsed.must))
	if err != nil || out.Total > 0 {
		return out, err
	}
	for has := len(parsed.must) - 1; has > 0; has-- {
		some, err := p.find(ctx, q, parsed, has)
		if err != nil {
			return nil, err
		}
		if some.Total > 0 {
			some.Some, some.Samples = &SomeWords{has, len(parsed.must)}, out.Samples // those that have all words
			return some, nil
		}
	}
	return out, nil
}

// find finds what has a number of the words at least.
func (p *Projection) find(ctx context.Context, q Query, parsed parsedQuery, least int) (*Results, error) {
	all := bleve.NewBooleanQuery()
	all.AddMust(query.NewMatchAllQuery())
	var words []query.Query
	for _, m := range parsed.must {
		words = append(words, anyField(m))
	}
	if least == len(words) {
		all.AddMust(words...)
	} else {
		some := bleve.NewDisjunctionQuery(words...)
		some.SetMin(float64(least))
		all.AddMust(some)
	}
	for _, m := range parsed.not {
		all.AddMustNot(anyField(m))
	}
	if q.In == recordUnit || q.In == provisionUnit {
		all.AddMust(term("unit", q.In))
	}
	for _, name := range indexFacets {
		values := q.Filters[name]
		if len(values) == 0 {
			continue
		}
		var ors []query.Query
		for _, x := range values {
			ors = append(ors, term(name, x))
		}
		all.AddMust(bleve.NewDisjunctionQuery(ors...))
	}
	out := &Results{}
	if !q.Samples {
		var err error
		if out.Samples, err = p.countSamples(ctx, all); err != nil {
			return nil, err
		}
		all.AddMustNot(term("sample", "yes"))
	}
	limit, offset := q.Limit, min(max(q.Offset, 0), 1000)
	if limit <= 0 {
		limit = 20
	}
	req := bleve.NewSearchRequestOptions(all, min(limit, 100), offset, false)
	req.SortBy([]string{"-_score", "_id"})
	for _, name := range indexFacets {
		req.AddFacet(name, bleve.NewFacetRequest(name, 60))
	}
	res, err := p.ask(ctx, req)
	if err != nil {
		return nil, registry.Errorf(registry.Invalid, "search: %v", err)
	}
	out.Total, out.Facets = int(res.Total), map[string][]FacetCount{}
	for name, f := range res.Facets {
		for _, t := range f.Terms.Terms() {
			out.Facets[name] = append(out.Facets[name], FacetCount{t.Term, t.Count})
		}
		slices.SortStableFunc(out.Facets[name], func(a, b FacetCount) int {
			if a.Count != b.Count {
				return b.Count - a.Count
			}
			return strings.Compare(a.Value, b.Value)
		})
	}
	v := p.View("")
	for _, h := range res.Hits {
		if hit, ok := p.hit(v, h.ID, parsed); ok {
			hit.Score = h.Score
			out.Hits = append(out.Hits, hit)
		}
	}
	return out, nil
}

// countSamples says how many samples a query finds.
func (p *Projection) countSamples(ctx context.Context, q query.Query) (int, error) {
	both := bleve.NewConjunctionQuery(q, term("sample", "yes"))
	res, err := p.ask(ctx, bleve.NewSearchRequestOptions(both, 0, 0, false))
	if err != nil {
		return 0, registry.Errorf(registry.Invalid, "search: %v", err)
	}
	return int(res.Total), nil
}

// phrase is a word or a quoted phrase of a query.
type phrase struct {
	words string
	exact bool
}

type parsedQuery struct{ must, not []phrase }

// parseQuery reads words, "phrases" and -exclusions. An unclosed quote ends with the text.
func parseQuery(s string) parsedQuery {
	var out parsedQuery
	for s = strings.TrimSpace(s); s != "" && len(out.must)+len(out.not) < 32; s = strings.TrimSpace(s) {
		not := strings.HasPrefix(s, "-") && len(s) > 1 && s[1] != ' '
		if not {
			s = s[1:]
		}
		var ph phrase
		if s[0] == '"' {
			body, rest, _ := strings.Cut(s[1:], `"`)
			ph, s = phrase{body, true}, rest
		} else {
			i := strings.IndexAny(s, " \t\n\"")
			if i < 0 {
				i = len(s)
			}
			ph, s = phrase{words: s[:i]}, s[i:]
		}
		if strings.TrimSpace(ph.words) == "" {
			continue
		}
		if not {
			out.not = append(out.not, ph)
		} else {
			out.must = append(out.must, ph)
		}
	}
	return out
}

// anyField looks for a phrase in each text field. A word is also found as the beginning of a longer one where it has four letters or more.
func anyField(ph phrase) query.Query {
	var ors []query.Query
	for _, name := range textFields {
		if ph.exact {
			m := bleve.NewMatchPhraseQuery(ph.words)
			m.SetField(name)
			m.SetBoost(weight[name])
			ors = append(ors, m)
			continue
		}
		m := bleve.NewMatchQuery(ph.words)
		m.SetField(name)
		m.SetBoost(weight[name])
		m.Operator = query.MatchQueryOperatorAnd
		m.Analyzer = plain
		ors = append(ors, m)
	}
	return bleve.NewDisjunctionQuery(ors...)
}

func term(field, value string) query.Query {
	t := bleve.NewTermQuery(value)
	t.SetField(field)
	t.SetBoost(0)
	return t
}

// hit makes of an index id what is shown; ok is false where the record went away since.
func (p *Projection) hit(v *registry.View, id string, q parsedQuery) (Hit, bool) {
	rec, eid, isProvision := strings.Cut(id, "/")
	r := v.Record(registry.RecordID(rec))
	if r == nil {
		return Hit{}, false
	}
	h := Hit{Record: r, EID: eid, Sample: OfSample(v, r)}
	m := p.marker(q)
	if !isProvision {
		for _, f := range r.Fields {
			for _, s := range f.Slots {
				if s.Shown == nil || (s.Shown.Value.Type != registry.TypeText && s.Shown.Value.Type != registry.TypeString) {
					continue
				}
				if ex, marks := m.excerpt(s.Shown.Value.Raw); len(marks) > 0 {
					h.Why = append(h.Why, Match{f.Def.Name, ex, marks})
				}
			}
		}
		if len(h.Why) == 0 {
			h.Why = m.names(v, r)
		}
		h.Why = h.Why[:min(len(h.Why), 3)]
		return h, true
	}
	d, err := p.load(r)
	if err != nil || d == nil {
		return Hit{}, false
	}
	for i, t := range d.Reading.Provisions {
		if t.EID != eid {
			continue
		}
		h.Heading = strings.TrimSpace(t.Num + " " + t.Heading)
		start, end := d.Reading.Own(i)
		ex, marks := m.excerpt(d.Reading.Text[start:end])
		h.Why = []Match{{"text", ex, marks}}
		return h, true
	}
	return Hit{}, false
}

// Suggest gives names of parties, minerals and records that begin with what was typed, at most limit.
func (p *Projection) Suggest(typed string, limit int) []string {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if typed == "" {
		return nil
	}
	var out []string
	v := p.View("")
	for _, k := range []registry.Kind{registry.KindParty, registry.KindMineral, registry.KindProject, registry.KindForum, registry.KindProgramme} {
		for _, r := range v.OfKind(k) {
			if t := r.Title(); strings.HasPrefix(strings.ToLower(t), typed) && len(out) < limit {
				out = append(out, t)
			}
		}
	}
	return out
}
