package web

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
)

// furtherFigures are the pictures that an indicator has beside its parts.
func (q *request) furtherFigures(set *findings.Set, f *findings.Finding, i *findings.Indicator) []figure {
	switch f.Key + "." + i.Key {
	case "competition.hhi_production", "competition.hhi_reserves":
		return q.barsOf(i, "hhi", func(c findings.Case) string { return q.recordLink(c.Record).Text })
	case "competition.share_production", "competition.share_reserves":
		return q.barsOf(i, "shares", func(c findings.Case) string {
			return q.recordLink(c.Record).Text + ", " + q.recordLink(registry.RecordID(c.Key)).Text
		})
	case "competition.suitors":
		return q.suitorsMatrix(i)
	}
	return nil
}

// barsOf draws the values of cases, the largest first.
func (q *request) barsOf(i *findings.Indicator, key string, name func(findings.Case) string) []figure {
	b := &chart.Bars{Head: chart.Head{ID: key, Title: q.T("finding." + key + ".title"), Desc: q.T("finding." + key + ".desc"), Empty: q.T("figure.empty"),
		Columns: []string{q.unit(i), q.T("finding.col.count"), q.T("finding.col.part")}}, Max: 20}
	for _, c := range i.Cases {
		if c.Value != nil {
			b.Items = append(b.Items, chart.Bar{Label: name(c), Text: q.caseValue(c), Value: *c.Value, Note: i.Part(c.Part).Label.In(q.Lang), Href: q.recordLink(c.Record).Href})
		}
	}
	if len(b.Items) == 0 {
		return nil
	}
	slices.SortStableFunc(b.Items, func(x, y chart.Bar) int { return cmp.Compare(y.Value, x.Value) })
	if key == "shares" {
		b.Scale = 100
	}
	b.Items = b.Items[:min(len(b.Items), chart.MaxItems)]
	return []figure{q.figure(b.Head, b, 1)}
}

// suitorsMatrix sets producers against minerals; those courted by nobody are left out.
func (q *request) suitorsMatrix(i *findings.Indicator) []figure {
	m := &chart.Matrix{Head: chart.Head{ID: "matrix", Title: q.T("finding.matrix.title"), Desc: q.T("finding.matrix.desc"), Empty: q.T("figure.empty"), Columns: []string{q.T("finding.matrix.row")}}, More: q.T("matrix.more")}
	var rows, cols []registry.RecordID
	sum := map[registry.RecordID]float64{}
	for _, c := range i.Cases {
		if c.Value != nil && *c.Value > 0 {
			sum[c.Record] += *c.Value
			sum[registry.RecordID(c.Key)] += *c.Value
		}
	}
	for id := range sum {
		if id.Kind() == registry.KindMineral {
			cols = append(cols, id)
		} else {
			rows = append(rows, id)
		}
	}
	for _, ids := range [][]registry.RecordID{rows, cols} {
		slices.SortFunc(ids, func(a, b registry.RecordID) int { return cmp.Or(cmp.Compare(sum[b], sum[a]), cmp.Compare(a, b)) })
	}
	if len(rows) == 0 {
		return nil
	}
	for _, id := range rows {
		l := q.recordLink(id)
		m.Rows = append(m.Rows, chart.Name{Label: l.Text, Href: l.Href})
	}
	for _, id := range cols {
		l := q.recordLink(id)
		m.Cols = append(m.Cols, chart.Name{Label: l.Text, Href: l.Href})
	}
	m.Counts = make([][]int, len(rows))
	for r := range m.Counts {
		m.Counts[r] = make([]int, len(cols))
	}
	for _, c := range i.Cases {
		if c.Value != nil && *c.Value > 0 {
			m.Counts[slices.Index(rows, c.Record)][slices.Index(cols, registry.RecordID(c.Key))] = int(*c.Value)
		}
	}
	return []figure{q.figure(m.Head, m)}
}
