package web

import (
	"strconv"

	"github.com/openassay/assay/web/chart"
)

// sevenView is one of the seven numbers as pages show it.
type sevenView struct {
	Key     string
	Title   string // the question
	Number  string // "19 of 170"
	Says    string // what it counts, in a sentence
	Unknown string // of how many it is not known; "" where it is known of all
	Bounds  string // "between 11% and 73%"
	Define  string // how it is counted
	Limits  string // what it cannot tell
	Href    string
	Figure  figure
	Records []link
	More    int
}

// findingsPage is /findings: the seven numbers with definitions, denominators and bounds.
type findingsPage struct {
	Sevens []sevenView
	Lede   string
}

func findingsOverview(q *request) (*page, error) {
	data := findingsPage{}
	sheet := &sheet{Columns: []string{"finding", "part", "count", "total", "unknown"}}
	var js []map[string]any
	for _, s := range sevens(q.View) {
		v := q.seven(s)
		head := chart.Head{ID: "f-" + s.Key, Title: v.Number + ": " + v.Says, Desc: v.Define, Empty: q.T("figure.empty"),
			Columns: []string{q.T("finding.col.part"), q.T("finding.col.count"), q.T("finding.col.share")}}
		c := &chart.Share{Head: head, Bounds: v.Bounds}
		parts := map[string]int{}
		for _, p := range s.Parts {
			label := q.T("finding." + s.Key + ".part." + p.Key)
			c.Parts = append(c.Parts, chart.Part{Label: label, Text: q.number(int64(p.Count)), Percent: q.share(part(p.Count, s.Total)), Value: float64(p.Count), Unknown: p.Unknown, Counted: p.Counted})
			sheet.Rows = append(sheet.Rows, []string{s.Key, p.Key, strconv.Itoa(p.Count), strconv.Itoa(s.Total), strconv.Itoa(s.Unknown)})
			parts[p.Key] = p.Count
		}
		v.Figure = q.figure(head, c, 1, 2)
		v.Figure.Sub = ""
		for _, r := range s.Records[:min(len(s.Records), 12)] {
			v.Records = append(v.Records, q.linkTo(r))
		}
		v.More = len(s.Records) - len(v.Records)
		data.Sevens = append(data.Sevens, v)
		js = append(js, map[string]any{"finding": s.Key, "of": s.Of, "count": s.Count, "unknown": s.Unknown, "total": s.Total, "parts": parts, "records": idsOf(s.Records)})
	}
	return &page{Template: "findings", Title: q.T("findings.title"), Lede: q.T("findings.lede"), Data: data, JSON: js, CSV: sheet}, nil
}

// seven puts a number into words.
func (q *request) seven(s Seven) sevenView {
	v := sevenView{Key: s.Key, Title: q.T("finding." + s.Key + ".title"), Says: q.T("finding." + s.Key + ".says"), Define: q.T("finding." + s.Key + ".define"),
		Limits: q.T("finding." + s.Key + ".limits"), Href: q.href("/findings") + "#" + s.Key,
		Number: q.T("finding.number", "count", s.Count, "total", s.Total)}
	if s.Unknown > 0 {
		v.Unknown = q.T("finding.unknown", "n", s.Unknown)
		v.Bounds = q.T("finding.bounds", "low", q.share(part(s.Count, s.Total)), "high", q.share(part(s.Count+s.Unknown, s.Total)))
	}
	return v
}

func part(n, of int) float64 {
	if of == 0 {
		return -1
	}
	return float64(n) / float64(of)
}
