package picture

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
)

// Gap draws, standard by standard, how far the texts that name it go; nil where none is named.
func (p Pen) Gap(each *findings.Indicator) *chart.Ladder {
	order := []string{"mentioned", "referenced", "obliged", "enforceable"}
	l := &chart.Ladder{Head: p.head("gap", p.T("gap_title"), p.T("gap_desc"), p.Dimension("item")), Max: 14}
	for _, k := range order {
		l.Steps = append(l.Steps, each.Part(k).Label.In(p.Lang))
	}
	by := map[string]*chart.Rung{}
	var keys []string
	most := 0
	for _, c := range each.Cases {
		if by[c.Key] == nil {
			by[c.Key] = &chart.Rung{Label: p.Key(c.Key), Counts: make([]int, len(order))}
			keys = append(keys, c.Key)
		}
		for k := 0; k <= slices.Index(order, c.Part); k++ {
			by[c.Key].Counts[k]++
		}
		most = max(most, by[c.Key].Counts[0])
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(by[b].Counts[0], by[a].Counts[0]), cmp.Compare(a, b)) })
	for _, k := range keys {
		by[k].Total = most
		l.Items = append(l.Items, *by[k])
	}
	if len(keys) == 0 {
		return nil
	}
	return l
}

// Steps draws value addition from what is asked to what binds.
func (p Pen) Steps(f *findings.Finding) *chart.Ladder {
	l := &chart.Ladder{Head: p.head("steps", p.T("steps_title"), p.T("steps_desc"), f.Label.In(p.Lang))}
	it := chart.Rung{Label: f.Label.In(p.Lang)}
	for _, key := range []string{"asked", "stage", "committed", "measurable", "binding"} {
		i := f.Indicator(key)
		l.Steps = append(l.Steps, i.Label.In(p.Lang))
		it.Counts, it.Unknown, it.Total = append(it.Counts, i.Count), append(it.Unknown, i.Unknown), max(it.Total, i.Total)
	}
	if it.Total > 0 {
		l.Items = []chart.Rung{it}
	}
	return l
}

// depth is how far a stage of a negotiation is.
var depth = map[string]float64{"signalled": 0.05, "exploratory": 0.25, "mandated": 0.45, "negotiating": 0.7, "concluded": 1, "suspended": -1, "abandoned": -1}

// Lanes draws the negotiations of a set by the stages that they went through, the one that moved last first.
func (p Pen) Lanes(s *findings.Set, today registry.Day) *chart.Lanes {
	type lane struct {
		chart.Lane
		last registry.Day
	}
	var lanes []lane
	for _, id := range talks(s) {
		r := p.View.Record(id)
		if r == nil || r.Kind != registry.KindNegotiation {
			continue
		}
		x := lane{Lane: chart.Lane{Label: r.Title(p.Lang), Href: p.Href(id)}}
		for _, sl := range r.Slots("event") {
			code, _ := registry.SplitEventKey(sl.Key)
			def := registry.Code("event", code)
			if sl.Shown == nil || !r.Happened(sl) || def == nil || def.Stage == "" {
				continue
			}
			d, ok := sl.Shown.Value.Date()
			if !ok || d.Start == "0001-01-01" {
				continue
			}
			if n := len(x.Stages); n > 0 {
				x.Stages[n-1].To = string(d.Start)
				if x.Stages[n-1].Label == p.Code("negotiation_stage", def.Stage) {
					x.last = max(x.last, d.Start)
					continue
				}
			}
			x.Stages = append(x.Stages, chart.LaneStage{Label: p.Code("negotiation_stage", def.Stage), From: string(d.Start), To: string(min(d.End, max(today, d.Start))), Depth: depth[def.Stage]})
			x.last = max(x.last, d.Start)
		}
		st := r.Stage()
		x.Open = slices.Contains([]string{"signalled", "exploratory", "mandated", "negotiating"}, st.Code)
		x.Now = p.Code("negotiation_stage", st.Code)
		if st.Slot != nil && st.Slot.Shown != nil {
			x.When = p.Day(st.Slot.Shown.Value.Raw)
		}
		lanes = append(lanes, x)
	}
	slices.SortStableFunc(lanes, func(a, b lane) int { return cmp.Compare(b.last, a.last) })
	year, _ := strconv.Atoi(string(today[:min(4, len(today))]))
	l := &chart.Lanes{First: year - 8, Head: p.head("lanes", p.T("lanes_title", "n", len(lanes)), p.T("lanes_desc"), p.T("col_negotiation"), p.T("col_stage"), p.T("col_when")), Today: string(today), Max: chart.MaxItems}
	for _, x := range lanes {
		l.Lanes = append(l.Lanes, x.Lane)
	}
	return l
}
