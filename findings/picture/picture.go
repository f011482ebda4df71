// Package picture makes charts of findings and of the records that they count: for pages, briefs and mails alike, in four languages.
//
// Start with [New] and ask it for a picture: [Pen.Parts] of any indicator, or one of those that an indicator or the whole set has beside it. Each is a
// chart of package chart, with its table; this package chooses what is drawn, and draws nothing itself. It ranks nobody: what is sorted is sorted by a
// figure that stands beside it.
package picture

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
)

// Pen draws in a language.
type Pen struct {
	findings.Voice
	View *registry.View
	Link func(*registry.Record) string // where a record's page is; nil where nothing is to lead anywhere
}

// New is a pen for a view; link may be nil.
func New(v *registry.View, voice findings.Voice, link func(*registry.Record) string) Pen {
	return Pen{voice, v, link}
}

func (p Pen) head(id, title, desc string, columns ...string) chart.Head {
	return chart.Head{ID: id, Title: title, Desc: desc, Empty: p.T("no_data"), Columns: columns}
}

// Name is what a record is called.
func (p Pen) Name(id registry.RecordID) string {
	if r := p.View.Record(id); r != nil {
		return r.Title(p.Lang)
	}
	return id.Tail()
}

// Href is where a record's page is; "" for none.
func (p Pen) Href(id registry.RecordID) string {
	if r := p.View.Record(id); r != nil && p.Link != nil && registry.KindOf(r.Kind).Pages {
		return p.Link(r)
	}
	return ""
}

// Key is what a case's key is called: a record, or an item of common.yaml.
func (p Pen) Key(key string) string {
	if registry.RecordID(key).Kind() != "" {
		return p.Name(registry.RecordID(key))
	}
	return p.Code("item", key)
}

// Group is what a group of a dimension is called; "" where its key is not known.
func (p Pen) Group(dimension, key string) string {
	list := map[string]string{"region": "region", "stage": "chain_stage", "kind": "instrument_type", "item": "item"}[dimension]
	switch {
	case key == "":
		return ""
	case list != "":
		return p.Code(list, key)
	case dimension == "party" || dimension == "mineral":
		return p.Name(registry.RecordID(key))
	}
	return key
}

// Parts draws the parts of an indicator, with the bounds of the share that is counted.
func (p Pen) Parts(id string, i *findings.Indicator) *chart.Share {
	number, _ := p.Says(i)
	c := &chart.Share{Head: p.head(id, p.T("labelled", "label", i.Label.In(p.Lang), "value", number), i.Counts.In(p.Lang), p.T("col_part"), p.T("col_count"), p.T("col_share"))}
	if i.Unknown > 0 && i.Total > 0 {
		c.Bounds = p.Bounds(i)
	}
	for _, x := range i.Parts {
		percent := ""
		if i.Total > 0 {
			percent = p.Percent(findings.Share(float64(x.Count) / float64(i.Total)))
		}
		c.Parts = append(c.Parts, chart.Part{Label: x.Label.In(p.Lang), Text: p.Number(x.Count), Percent: percent, Value: float64(x.Count), Unknown: x.Unknown, Counted: x.Counted})
	}
	return c
}

// years are the years from the first that a case is of, twenty at most, to the last.
func years(gs []findings.Group) []string {
	first, last := 0, 0
	for _, g := range gs {
		if y, err := strconv.Atoi(g.Key); err == nil {
			if first == 0 {
				first = y
			}
			last = y
		}
	}
	var out []string
	for y := max(first, last-19); y <= last && first > 0; y++ {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

// Years counts by year; nil where fewer than two years are known. The horizon's year is not over.
func (p Pen) Years(id string, i *findings.Indicator, horizon registry.Day) *chart.Columns {
	ys := years(i.By["year"])
	if len(ys) < 2 {
		return nil
	}
	c := &chart.Columns{Head: p.head(id, i.Label.In(p.Lang)+" · "+p.T("years_title"), p.T("years_desc"), p.T("col_year"), p.T("col_counted"))}
	for _, y := range ys {
		st := chart.Step{Label: y, Text: "0", Unfinished: horizon != "" && y == string(horizon[:4])}
		for _, g := range i.By["year"] {
			if g.Key == y {
				st.Text, st.Value = p.T("number", "count", g.Count, "total", g.Total), float64(g.Count)
			}
		}
		c.Steps = append(c.Steps, st)
	}
	return c
}

// Multiples are small pictures by year, one for each kind of instrument; nil where there are fewer than two.
func (p Pen) Multiples(id string, i *findings.Indicator) *chart.Multiples {
	ys := years(i.By["year"])
	if len(ys) < 2 || len(i.By["kind"]) < 2 {
		return nil
	}
	ys = ys[max(0, len(ys)-8):]
	m := &chart.Multiples{Head: p.head(id, p.T("multiples_title", "finding", i.Label.In(p.Lang)), p.T("multiples_desc"), p.Dimension("kind")), Steps: ys}
	for _, g := range i.By["kind"] {
		if g.Key == "" || len(m.Items) == 12 {
			continue
		}
		x := chart.Multiple{Label: p.Code("instrument_type", g.Key), Counted: make([]int, len(ys)), Total: make([]int, len(ys))}
		for k := range i.Cases {
			kind, year := i.Cases[k].Filed()
			if at := slices.Index(ys, year); kind == g.Key && at >= 0 {
				x.Total[at]++
				if i.Part(i.Cases[k].Part).Counted {
					x.Counted[at]++
				}
			}
		}
		m.Items = append(m.Items, x)
	}
	if len(m.Items) < 2 {
		return nil
	}
	return m
}

// Further are the pictures that an indicator has beside its parts; each has an id of its own.
func (p Pen) Further(s *findings.Set, f *findings.Finding, i *findings.Indicator) []chart.Chart {
	switch f.Key + "." + i.Key {
	case "competition.hhi_production", "competition.hhi_reserves":
		return p.bars(i, "hhi", 10000, func(c *findings.Case) string { return p.Name(c.Record) })
	case "competition.share_production", "competition.share_reserves":
		return p.bars(i, "shares", 100, func(c *findings.Case) string { return p.Name(c.Record) + ", " + p.Key(c.Key) })
	case "competition.suitors":
		if m := p.Suitors(i); m != nil {
			return []chart.Chart{m}
		}
	case "competition.links":
		return []chart.Chart{p.Network(s)}
	case "standards.each", "standards.gap":
		if l := p.Gap(f.Indicator("each")); l != nil {
			return []chart.Chart{l}
		}
	case "value_addition.asked", "value_addition.ladder", "value_addition.committed", "value_addition.measurable", "value_addition.binding":
		return []chart.Chart{p.Steps(f)}
	case "non_binding.form", "non_binding.nature":
		if m := p.Multiples("kinds", i); m != nil {
			return []chart.Chart{m}
		}
	}
	return nil
}

// bars draws the values of cases, the largest first.
func (p Pen) bars(i *findings.Indicator, key string, scale float64, name func(*findings.Case) string) []chart.Chart {
	b := &chart.Bars{Head: p.head(key, p.T(key+"_title"), p.T(key+"_desc"), p.Unit(i), p.Measure(i.Measure.Unit), p.T("col_part")), Max: 20, Scale: scale, Keep: true}
	for k := range i.Cases {
		c := &i.Cases[k]
		if c.Value != nil {
			b.Items = append(b.Items, chart.Bar{Label: name(c), Text: p.Value(c), Value: *c.Value, Note: i.Part(c.Part).Label.In(p.Lang), Href: p.Href(c.Record)})
		}
	}
	if len(b.Items) == 0 {
		return nil
	}
	slices.SortStableFunc(b.Items, func(x, y chart.Bar) int { return cmp.Compare(y.Value, x.Value) })
	b.Items = b.Items[:min(len(b.Items), chart.MaxItems)]
	return []chart.Chart{b}
}
