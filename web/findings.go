package web

import (
	"strconv"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/findings/picture"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
)

// sevenView is a finding with its leading number.
type sevenView struct {
	Key        string
	Title      string
	Number     string // "19 of 170"
	Says       string // what it counts, in a sentence
	Unknown    string // of how many it is not known; "" where it is known of all
	Define     string
	Limits     string
	Href       string
	Figure     figure
	Indicators []numberLine
}

// numberLine is an indicator in a line.
type numberLine struct {
	Label   string
	Number  string
	Bounds  string
	Href    string
	Current bool
}

// findingsPage is /findings: the seven findings with their leading numbers and all their indicators.
type findingsPage struct {
	Sevens []sevenView
	Scope  scopeView
	More   []link
	Left   string // how many instruments are left out; "" within a scope
}

func findingsOverview(q *request) (*page, error) {
	scope, err := q.scope()
	if err != nil {
		return nil, err
	}
	set, err := q.set(scope)
	if err != nil {
		return nil, err
	}
	data := findingsPage{Scope: q.scopeView(scope)}
	if n := set.Silent(); n > 0 && scope == (findings.Scope{}) {
		data.Left = q.T("findings.left", "n", n, "of", len(withoutSamples(q.View.OfKind(registry.KindInstrument))))
	}
	sheet := &sheet{Columns: []string{"finding", "indicator", "part", "count", "total", "unknown", "lower", "upper"}}
	for _, f := range set.Findings {
		v := q.seven(f)
		v.Figure = q.drawn(q.pen().Parts("f-"+f.Key, f.Indicators[0]))
		for _, i := range f.Indicators {
			v.Indicators = append(v.Indicators, q.numberLine(f, i))
			for _, p := range i.Parts {
				sheet.Rows = append(sheet.Rows, []string{f.Key, i.Key, p.Key, strconv.Itoa(p.Count), strconv.Itoa(i.Total), strconv.Itoa(i.Unknown), decimals(i.Lower), decimals(i.Upper)})
			}
		}
		data.Sevens = append(data.Sevens, v)
	}
	for _, a := range []string{"/briefs", "/map", "/network", "/timeline", "/matrix"} {
		if q.site.has(a) {
			data.More = append(data.More, link{Text: q.T("findings.see." + a[1:]), Href: q.href(a)})
		}
	}
	return &page{Template: "findings", Title: q.T("findings.title"), Lede: q.T("findings.lede"), Data: data, JSON: withoutCases(set), CSV: sheet}, nil
}

// decimals writes a share for CSV; "" where there is none.
func decimals(s findings.Share) string {
	if s < 0 {
		return ""
	}
	return strconv.FormatFloat(float64(s), 'f', 4, 64)
}

// withoutCases is a set without what each number is made of: the pages of the findings have that.
func withoutCases(s *findings.Set) *findings.Set {
	out := *s
	out.Findings, out.Places = nil, map[registry.RecordID]findings.Place{}
	for _, f := range s.Findings {
		g := *f
		g.Indicators = nil
		for _, i := range f.Indicators {
			j := *i
			j.Cases, j.By = []findings.Case{}, map[string][]findings.Group{}
			g.Indicators = append(g.Indicators, &j)
		}
		out.Findings = append(out.Findings, &g)
	}
	return &out
}

// seven puts a finding and its leading number into words.
func (q *request) seven(f *findings.Finding) sevenView {
	i := f.Indicators[0]
	n := q.numberLine(f, i)
	return sevenView{Key: f.Key, Title: f.Label.In(q.Lang), Says: lowerFirst(i.Label.In(q.Lang)), Number: n.Number, Unknown: n.Bounds, Define: f.Text.In(q.Lang),
		Limits: f.Limits.In(q.Lang), Href: q.scoped("/findings/" + f.Key)}
}

// scoped is the address of a page with the scope kept.
func (q *request) scoped(path string, more ...string) string {
	for _, f := range scopeFields {
		if v := q.Query.Get(f); v != "" {
			more = append(more, f, v)
		}
	}
	return q.href(path, more...)
}

// numberLine puts an indicator's number into words.
func (q *request) numberLine(f *findings.Finding, i *findings.Indicator) numberLine {
	n := numberLine{Label: i.Label.In(q.Lang), Href: q.scoped("/findings/"+f.Key, "indicator", i.Key)}
	n.Number, n.Bounds = q.pen().Says(i)
	return n
}

// pen draws and speaks of findings in the page's language.
func (q *request) pen() picture.Pen {
	voice, err := findings.NewVoice(q.Lang)
	if err != nil {
		panic(err) // the definitions are embedded, and a test reads them
	}
	return picture.New(q.View, voice, func(r *registry.Record) string { return q.href(r.Path()) })
}

// drawn is a chart of package picture as a figure.
func (q *request) drawn(c chart.Chart) figure {
	var h chart.Head
	numbers := []int{1}
	switch c := c.(type) {
	case *chart.Share:
		h, numbers = c.Head, []int{1, 2}
	case *chart.Bars:
		h = c.Head
	case *chart.Columns:
		h = c.Head
	case *chart.Map:
		h = c.Head
	case *chart.Matrix:
		h, numbers = c.Head, nil
	case *chart.Ladder:
		h, numbers = c.Head, nil
		for n := range c.Steps {
			numbers = append(numbers, n+1)
		}
	case *chart.Network:
		h = c.Head
	case *chart.Lanes:
		h, numbers = c.Head, nil
	case *chart.Multiples:
		h, numbers = c.Head, nil
	}
	return q.figure(h, c, numbers...)
}
