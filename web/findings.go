package web

import (
	"strconv"

	"github.com/openassay/assay/findings"
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
	sheet := &sheet{Columns: []string{"finding", "indicator", "part", "count", "total", "unknown", "lower", "upper"}}
	for _, f := range set.Findings {
		v := q.seven(f)
		v.Figure = q.partsFigure("f-"+f.Key, f, f.Indicators[0])
		v.Figure.Sub = ""
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
	switch i.State {
	case "empty":
		n.Number = q.T("finding.empty")
	case "not_looked_for":
		n.Number = q.T("finding.not_looked_for")
		n.Bounds = q.T("finding.of_all", "n", i.Total, "unit", q.unit(i))
	default:
		n.Number = q.T("finding.number", "count", i.Count, "total", i.Total)
		if i.Unknown > 0 {
			n.Bounds = q.T("finding.unknown", "n", i.Unknown) + " " + q.bounds(i)
		}
	}
	return n
}

// bounds says between what the share lies.
func (q *request) bounds(i *findings.Indicator) string {
	return q.T("finding.bounds", "low", q.share(float64(i.Lower)), "high", q.share(float64(i.Upper)))
}

func (q *request) unit(i *findings.Indicator) string {
	d, err := findings.Load()
	if err != nil {
		return i.Unit
	}
	return d.Units[i.Unit].In(q.Lang)
}

// partsChart draws the parts of an indicator.
func (q *request) partsChart(id string, f *findings.Finding, i *findings.Indicator) *chart.Share {
	n := q.numberLine(f, i)
	head := chart.Head{ID: id, Title: n.Number + ": " + lowerFirst(n.Label), Desc: i.Counts.In(q.Lang), Empty: q.T("figure.empty"),
		Columns: []string{q.T("finding.col.part"), q.T("finding.col.count"), q.T("finding.col.share")}}
	c := &chart.Share{Head: head}
	if i.Unknown > 0 && i.Total > 0 {
		c.Bounds = q.bounds(i)
	}
	for _, p := range i.Parts {
		percent := ""
		if i.Total > 0 {
			percent = q.share(float64(p.Count) / float64(i.Total))
		}
		c.Parts = append(c.Parts, chart.Part{Label: p.Label.In(q.Lang), Text: q.number(int64(p.Count)), Percent: percent, Value: float64(p.Count), Unknown: p.Unknown, Counted: p.Counted})
	}
	return c
}

func (q *request) partsFigure(id string, f *findings.Finding, i *findings.Indicator) figure {
	c := q.partsChart(id, f, i)
	return q.figure(c.Head, c, 1, 2)
}
