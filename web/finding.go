package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/findings/mapping"
	"github.com/openassay/assay/findings/picture"
	"github.com/openassay/assay/registry"
)

// findingPage is /findings/KEY: what a finding is, its indicators, and one of them in all its parts.
type findingPage struct {
	Number          int
	Title           string
	Text, Limits    string
	Scope           scopeView
	Indicators      []numberLine
	Chosen          indicatorView
	Recommendations []advice
	Checks          []checkedStatement // of the mapping of November 2025
	Made            string
	Others          []link
}

// indicatorView is an indicator with its chart, its breakdowns, and what its number is made of.
type indicatorView struct {
	Key, Label     string
	Number, Bounds string
	Counts, Limits string
	Looked         string
	Measure        string
	Figure         figure
	More           []figure // further pictures of it
	Year           *figure
	Breakdowns     []breakdown
	Records        []behind
	Left           string // how many more there are
	Texts          []link
	TextsLeft      int
}

// breakdown is an indicator by one dimension.
type breakdown struct {
	Label string
	Rows  []brokenRow
	Left  int
}

type brokenRow struct {
	Name                  link
	Count, Total, Unknown string
	Share                 string
}

// behind is a record behind a number, with the class that it falls into and the sources of the claims that say so.
type behind struct {
	Record  link
	Key     string
	Part    string
	Value   string
	Sources []link
	More    int
}

type advice struct {
	Text string
	To   string
}

// checkedStatement is a statement of the mapping that the registry was made to repeat, and what the registry says.
type checkedStatement struct {
	Says, Outcome, Answer string
	Records, Sources      []link
}

const (
	breakdownRows = 12
	behindShown   = 60
)

func finding(q *request) (*page, error) {
	scope, err := q.scope()
	if err != nil {
		return nil, err
	}
	set, err := q.set(scope)
	if err != nil {
		return nil, err
	}
	f := set.Finding(q.params["key"])
	if f == nil {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("error.not_found"))
	}
	i := f.Indicators[0]
	if key := q.Query.Get("indicator"); key != "" {
		if i = f.Indicator(key); i == nil {
			return nil, registry.Errorf(registry.NotFound, "%s", q.T("finding.no_indicator")).WithHint("%s", q.T("finding.no_indicator_hint"))
		}
	}
	d := findingPage{Number: f.Number, Title: f.Label.In(q.Lang), Text: f.Text.In(q.Lang), Limits: f.Limits.In(q.Lang), Scope: q.scopeView(scope), Chosen: q.indicator(set, f, i),
		Made: q.T("finding.made", "definitions", set.Definitions, "engine", set.Engine, "day", set.Horizon)}
	for _, x := range f.Indicators {
		n := q.numberLine(f, x)
		n.Current = x == i
		d.Indicators = append(d.Indicators, n)
	}
	for _, r := range f.Recommendations {
		var to []string
		for _, k := range r.To {
			to = append(to, q.pen().Addressee(k))
		}
		d.Recommendations = append(d.Recommendations, advice{r.Text.In(q.Lang), strings.Join(to, "; ")})
	}
	if scope.Empty() {
		if d.Checks, err = q.checks(set, f.Number); err != nil {
			return nil, err
		}
	}
	for _, o := range set.Findings {
		if o != f {
			d.Others = append(d.Others, link{Text: o.Label.In(q.Lang), Href: q.scoped("/findings/" + o.Key)})
		}
	}
	return &page{Template: "finding", Title: q.T("finding.title", "number", f.Number, "finding", d.Title), Lede: d.Text, Data: d,
		Trail: []link{{Text: q.T("findings.title"), Href: q.scoped("/findings")}}, JSON: f, CSV: casesSheet(f)}, nil
}

// checks holds the statements of the mapping's section against the registry.
func (q *request) checks(set *findings.Set, section int) ([]checkedStatement, error) {
	ss, err := mapping.Load()
	if err != nil {
		return nil, err
	}
	var out []checkedStatement
	for _, s := range ss {
		if s.Section != section {
			continue
		}
		for n, a := range s.Ask {
			ans, err := a.Answer(q.View, set)
			if err != nil {
				return nil, err
			}
			c := checkedStatement{Says: s.Says, Outcome: q.T("finding.outcome." + strings.ReplaceAll(string(ans.Outcome), " ", "_")), Answer: ans.Says}
			if n > 0 {
				c.Says = ""
			}
			for _, id := range ans.Records[:min(len(ans.Records), 4)] {
				c.Records = append(c.Records, q.recordLink(id))
			}
			for _, src := range ans.Sources {
				c.Sources = append(c.Sources, link{Text: cut(cmp.Or(src.Publisher, src.Title, string(src.ID)), 50), Href: q.href("/sources/" + string(src.ID))})
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// casesSheet has a line for every case of every indicator.
func casesSheet(f *findings.Finding) *sheet {
	s := &sheet{Columns: []string{"finding", "indicator", "record", "key", "part", "counted", "unknown", "value", "high", "with", "claims", "spans"}}
	for _, i := range f.Indicators {
		for _, c := range i.Cases {
			p := i.Part(c.Part)
			var spans []string
			for _, sp := range c.Spans {
				spans = append(spans, string(sp.Document)+"/"+sp.EID+"@"+strconv.Itoa(sp.Start)+"-"+strconv.Itoa(sp.End))
			}
			s.Rows = append(s.Rows, []string{f.Key, i.Key, string(c.Record), c.Key, c.Part, strconv.FormatBool(p.Counted), strconv.FormatBool(p.Unknown), valueText(c.Value), valueText(c.High),
				strings.Join(texts(c.With), " "), strings.Join(texts(c.Claims), " "), strings.Join(spans, " ")})
		}
	}
	return s
}

func texts[T ~string](xs []T) []string {
	out := make([]string, len(xs))
	for i, x := range xs {
		out[i] = string(x)
	}
	return out
}

func valueText(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', -1, 64)
}

func (q *request) indicator(set *findings.Set, f *findings.Finding, i *findings.Indicator) indicatorView {
	n := q.numberLine(f, i)
	v := indicatorView{Key: i.Key, Label: n.Label, Number: n.Number, Bounds: n.Bounds, Counts: i.Counts.In(q.Lang), Limits: i.Limits.In(q.Lang)}
	pen := q.pen()
	v.Figure = q.drawn(pen.Parts("parts", i))
	v.Figure.Sub = ""
	switch {
	case i.Total == 0:
	case i.LookedFor == i.Total:
		v.Looked = q.T("finding.looked_all", "total", i.Total, "unit", pen.Unit(i))
	default:
		v.Looked = q.T("finding.looked", "looked", i.LookedFor, "total", i.Total, "unit", pen.Unit(i))
	}
	if m := i.Measure; m != nil && m.N > 0 {
		v.Measure = q.T("finding.measure", "cases", m.N, "min", pen.Decimal(m.Min), "median", pen.Decimal(m.Median), "max", pen.Decimal(m.Max), "unit", pen.Measure(m.Unit))
	}
	for _, c := range pen.Further(set, f, i) {
		v.More = append(v.More, q.drawn(c))
	}
	if c := pen.Years("years", i, q.horizon()); c != nil {
		fig := q.drawn(c)
		v.Year = &fig
	}
	for _, dim := range append(slices.Clone(findings.Dimensions[1:]), "item") {
		if gs := i.By[dim]; len(gs) > 0 {
			v.Breakdowns = append(v.Breakdowns, q.breakdown(pen, dim, gs))
		}
	}
	q.behind(&v, i)
	return v
}

func (q *request) breakdown(pen picture.Pen, dim string, gs []findings.Group) breakdown {
	b := breakdown{Label: pen.Dimension(dim)}
	for _, g := range gs[:min(len(gs), breakdownRows)] {
		name := link{Text: cmp.Or(pen.Group(dim, g.Key), q.T("finding.group_unknown"))}
		if dim == "party" || dim == "mineral" {
			name.Href = pen.Href(registry.RecordID(g.Key))
		}
		b.Rows = append(b.Rows, brokenRow{name, q.number(int64(g.Count)), q.number(int64(g.Total)), q.number(int64(g.Unknown)),
			q.T("finding.between", "low", q.share(float64(g.Count)/float64(g.Total)), "high", q.share(float64(g.Count+g.Unknown)/float64(g.Total)))})
	}
	b.Left = len(gs) - len(b.Rows)
	return b
}

// behind lists the records behind the number, those counted first, and the places in texts.
func (q *request) behind(v *indicatorView, i *findings.Indicator) {
	pen := q.pen()
	cases := slices.Clone(i.Cases)
	rank := func(c findings.Case) int {
		switch p := i.Part(c.Part); {
		case p.Counted:
			return 0
		case p.Unknown:
			return 2
		}
		return 1
	}
	slices.SortStableFunc(cases, func(a, b findings.Case) int { return cmp.Compare(rank(a), rank(b)) })
	seen := map[string]bool{}
	for n, c := range cases {
		for _, sp := range c.Spans {
			if at := string(sp.Document) + "/" + sp.EID; !seen[at] {
				seen[at] = true
				if doc := q.View.Record(sp.Document); doc != nil {
					if len(v.Texts) >= behindShown {
						v.TextsLeft++
						continue
					}
					v.Texts = append(v.Texts, link{Text: cut(doc.Title(q.Lang), 70), Note: sp.EID, Href: q.href(doc.Path() + "/" + sp.EID)})
				}
			}
		}
		if n >= behindShown {
			continue
		}
		b := behind{Record: q.recordLink(c.Record), Part: i.Part(c.Part).Label.In(q.Lang), Value: pen.Value(&c)}
		if c.Key != "" {
			b.Key = pen.Key(c.Key)
		}
		sources := map[registry.SourceID]bool{}
		for _, id := range c.Claims {
			e := q.View.Entries[id]
			if e == nil || e.Claim == nil || sources[e.Claim.Source] {
				continue
			}
			sources[e.Claim.Source] = true
			if s := q.View.Sources[e.Claim.Source]; s != nil && len(b.Sources) < 2 {
				b.Sources = append(b.Sources, link{Text: cut(cmp.Or(s.Publisher, s.Title, string(s.ID)), 40), Href: q.href("/sources/" + string(s.ID))})
			} else {
				b.More++
			}
		}
		v.Records = append(v.Records, b)
	}
	if left := len(cases) - len(v.Records); left > 0 {
		v.Left = q.T("finding.left", "n", left)
	}
}
