package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
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
	defs, err := findings.Load()
	if err != nil {
		return nil, err
	}
	for _, r := range f.Recommendations {
		var to []string
		for _, k := range r.To {
			to = append(to, defs.Addressees[k].In(q.Lang))
		}
		d.Recommendations = append(d.Recommendations, advice{r.Text.In(q.Lang), strings.Join(to, "; ")})
	}
	for _, o := range set.Findings {
		if o != f {
			d.Others = append(d.Others, link{Text: o.Label.In(q.Lang), Href: q.scoped("/findings/" + o.Key)})
		}
	}
	return &page{Template: "finding", Title: q.T("finding.title", "number", f.Number, "finding", d.Title), Lede: d.Text, Data: d,
		Trail: []link{{Text: q.T("findings.title"), Href: q.scoped("/findings")}}, JSON: f, CSV: casesSheet(f)}, nil
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
	v := indicatorView{Key: i.Key, Label: n.Label, Number: n.Number, Bounds: n.Bounds, Counts: i.Counts.In(q.Lang), Limits: i.Limits.In(q.Lang), Figure: q.partsFigure("parts", f, i)}
	v.Figure.Sub = ""
	if i.Total > 0 {
		v.Looked = q.T("finding.looked", "looked", i.LookedFor, "total", i.Total, "unit", q.unit(i))
	}
	defs, _ := findings.Load()
	if m := i.Measure; m != nil && m.N > 0 {
		v.Measure = q.T("finding.measure", "cases", m.N, "min", q.decimal(m.Min), "median", q.decimal(m.Median), "max", q.decimal(m.Max), "unit", defs.Measures[m.Unit].In(q.Lang))
	}
	v.More = q.furtherFigures(set, f, i)
	if c := q.yearChart(i); c != nil {
		fig := q.figure(c.Head, c, 1)
		v.Year = &fig
	}
	for _, dim := range append(slices.Clone(findings.Dimensions[1:]), "item") {
		if gs := i.By[dim]; len(gs) > 0 {
			v.Breakdowns = append(v.Breakdowns, q.breakdown(defs, dim, gs))
		}
	}
	q.behind(&v, i)
	return v
}

// decimal writes a number of at most one decimal.
func (q *request) decimal(x float64) string {
	return q.group(strconv.FormatFloat(x, 'f', -1, 64))
}

// yearChart counts the counted cases by year; nil where none is dated.
func (q *request) yearChart(i *findings.Indicator) *chart.Columns {
	var years []findings.Group
	for _, g := range i.By["year"] {
		if g.Key != "" {
			years = append(years, g)
		}
	}
	if len(years) < 2 {
		return nil
	}
	c := &chart.Columns{Head: chart.Head{ID: "years", Title: q.T("finding.years.title"), Desc: q.T("finding.years.desc"), Empty: q.T("figure.empty"),
		Columns: []string{q.T("finding.col.year"), q.T("finding.col.counted")}}}
	first, _ := strconv.Atoi(years[0].Key)
	last, _ := strconv.Atoi(years[len(years)-1].Key)
	at := 0
	for y := max(first, last-19); y <= last; y++ {
		for at < len(years) && years[at].Key < strconv.Itoa(y) {
			at++
		}
		st := chart.Step{Label: strconv.Itoa(y), Text: "0", Unfinished: strconv.Itoa(y) == string(q.horizon()[:4])}
		if at < len(years) && years[at].Key == strconv.Itoa(y) {
			g := years[at]
			st.Text, st.Value = q.T("finding.years.of", "count", g.Count, "total", g.Total), float64(g.Count)
		}
		c.Steps = append(c.Steps, st)
	}
	return c
}

func (q *request) breakdown(defs *findings.Definitions, dim string, gs []findings.Group) breakdown {
	b := breakdown{Label: defs.Dimensions[dim].In(q.Lang)}
	for _, g := range gs[:min(len(gs), breakdownRows)] {
		b.Rows = append(b.Rows, brokenRow{q.groupName(defs, dim, g.Key), q.number(int64(g.Count)), q.number(int64(g.Total)), q.number(int64(g.Unknown)),
			q.T("finding.between", "low", q.share(float64(g.Count)/float64(g.Total)), "high", q.share(float64(g.Count+g.Unknown)/float64(g.Total)))})
	}
	b.Left = len(gs) - len(b.Rows)
	return b
}

// groupName is what a group of a dimension is called.
func (q *request) groupName(defs *findings.Definitions, dim, key string) link {
	if key == "" {
		return link{Text: q.T("finding.group_unknown")}
	}
	list := map[string]string{"region": "region", "stage": "chain_stage", "kind": "instrument_type", "item": "item"}[dim]
	switch {
	case list != "":
		if w := defs.Codes[list][key]; w != nil {
			return link{Text: w.In(q.Lang)}
		}
		return link{Text: q.code(list, key)}
	case dim == "party" || dim == "mineral":
		return q.recordLink(registry.RecordID(key))
	}
	return link{Text: key}
}

// behind lists the records behind the number, those counted first, and the places in texts.
func (q *request) behind(v *indicatorView, i *findings.Indicator) {
	defs, _ := findings.Load()
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
		b := behind{Record: q.recordLink(c.Record), Part: i.Part(c.Part).Label.In(q.Lang), Value: q.caseValue(c)}
		if c.Key != "" {
			b.Key = q.caseKey(defs, c.Key)
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

func (q *request) caseKey(defs *findings.Definitions, key string) string {
	if registry.RecordID(key).Kind() != "" {
		return q.recordLink(registry.RecordID(key)).Text
	}
	return q.groupName(defs, "item", key).Text
}

func (q *request) caseValue(c findings.Case) string {
	switch {
	case c.Value == nil:
		return ""
	case c.High != nil:
		return q.T("finding.between", "low", q.decimal(*c.Value), "high", q.decimal(*c.High))
	}
	return q.decimal(*c.Value)
}
