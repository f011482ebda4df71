package web

import (
	"slices"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/registry"
)

// conflictRulesPage is /conflicts/rules: what provisions are looked at for.
type conflictRulesPage struct {
	Count string
	Table table
	Hints []hintView
}

// conflictRulePage is /conflicts/rules/CODE.
type conflictRulePage struct {
	Title, Code, Reason string
	Severity, AtMost    string
	Sides               []stanceSide
	Needs               []string // who must owe both, and what else it looks at
	Missing             string
	Source              string
	Examples, Counter   []conflict.Example
	Here                []choice // how many findings of it there are here
}

// stanceSide are the stances of one side of a rule.
type stanceSide struct {
	Name    string
	Stances []stanceView
}

type stanceView struct {
	Label             string
	Examples, Counter []string
}

// hereOf counts the findings of each rule, without samples.
func (c *collisions) hereOf() map[string]map[string]int {
	out := map[string]map[string]int{}
	for i := range c.Findings {
		f := &c.Findings[i]
		if !c.there(f) || c.sample(f) {
			continue
		}
		if out[f.Type] == nil {
			out[f.Type] = map[string]int{}
		}
		a, _ := c.answer(f)
		out[f.Type][a]++
	}
	return out
}

func conflictRules(q *request) (*page, error) {
	if err := q.known("lang", "as_of"); err != nil {
		return nil, err
	}
	c, err := q.collisions()
	if err != nil {
		return nil, err
	}
	here := c.hereOf()
	d := conflictRulesPage{Count: q.T("collision.rules.count", "n", len(c.rules.Rules), "stances", len(c.rules.Stances))}
	d.Table = table{Caption: q.T("collision.rules.title"), Heads: []head{{Label: q.T("collision.col.rule")}, {Label: q.T("collision.col.reason")}, {Label: q.T("collision.col.severity")}, {Label: q.T("collision.col.most")}, {Label: q.T("collision.col.here"), Numeric: true}}}
	csv := &sheet{Columns: []string{"code", "label", "reason", "severity", "answer", "source", "here"}}
	for _, r := range c.rules.Rules {
		n := here[r.Code][conflict.Collides] + here[r.Code][conflict.Tension] + here[r.Code][conflict.Undecided]
		d.Table.Rows = append(d.Table.Rows, underHeads(row{Cells: []cell{{HTML: c.ruleLink(r.Code).HTML()}, textCell(r.Reason), textCell(q.T("collision.severity." + r.Severity)), textCell(q.T("collision.answer." + r.Answer)), numberCell(q, n)}}, d.Table.Heads))
		csv.Rows = append(csv.Rows, []string{r.Code, r.Label["en"], r.Reason, r.Severity, r.Answer, r.Source, q.number(int64(n))})
	}
	for _, h := range c.rules.Hints {
		d.Hints = append(d.Hints, hintView{h.Label, h.Words, h.Source})
	}
	return &page{Template: "conflictrules", Title: q.T("collision.rules.title"), Lede: q.T("collision.rules.lede"), Data: d, Wide: true, Trail: q.conflictTrail(),
		JSON: map[string]any{"rules": c.rules.Rules, "stances": c.rules.Stances, "hints": c.rules.Hints}, CSV: csv}, nil
}

func conflictRule(q *request) (*page, error) {
	if err := q.known("lang", "as_of"); err != nil {
		return nil, err
	}
	c, err := q.collisions()
	if err != nil {
		return nil, err
	}
	r := c.rules.Rule(q.params["code"])
	if r == nil {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("collision.rules.none", "code", cut(q.params["code"], 40))).WithHint("%s", q.T("collision.rules.none_hint"))
	}
	d := conflictRulePage{Title: c.ruleLabel(r), Code: r.Code, Reason: r.Reason, Severity: q.T("collision.severity." + r.Severity), AtMost: q.T("collision.answer." + r.Answer), Source: r.Source, Examples: r.Examples, Counter: r.Counter}
	stances := []*conflict.Stance{}
	for i, side := range []conflict.Side{r.A, r.B} {
		s := stanceSide{Name: q.T("collision.side." + []string{"a", "b"}[i])}
		for _, st := range c.rules.Stances {
			if slices.Contains(side.Stances, st.Code) {
				s.Stances = append(s.Stances, stanceView{st.Label, st.Examples, st.Counter})
				if !slices.Contains(stances, st) {
					stances = append(stances, st)
				}
			}
		}
		if len(s.Stances) > 0 {
			d.Sides = append(d.Sides, s)
		}
	}
	need := func(key string, is bool) {
		if is {
			d.Needs = append(d.Needs, q.T("collision.needs."+key))
		}
	}
	need("who_"+r.Who, r.Who != "")
	need("subject", len(d.Sides) == 0)
	need("holder", r.Holder)
	need("minerals", r.Minerals)
	need("sum", r.Sum > 0)
	need("differ", r.Differ)
	need("carve", len(r.Carve) > 0)
	need("law", len(r.Law) > 0)
	here := c.hereOf()[r.Code]
	for _, a := range conflict.Answers {
		if a == conflict.Disjoint {
			continue
		}
		d.Here = append(d.Here, choice{link{Text: q.T("collision.answer." + a), Href: q.href("/conflicts", "rule", r.Code, "answer", a)}, here[a], false})
	}
	csv := &sheet{Columns: []string{"rule", "kind", "a", "b"}}
	for _, e := range r.Examples {
		csv.Rows = append(csv.Rows, []string{r.Code, "example", e.A, e.B})
	}
	for _, e := range r.Counter {
		csv.Rows = append(csv.Rows, []string{r.Code, "counterexample", e.A, e.B})
	}
	return &page{Template: "conflictrule", Title: d.Title, Lede: r.Reason, Data: d, Trail: append(q.conflictTrail(), link{Text: q.T("collision.rules.title"), Href: q.href("/conflicts/rules")}),
		JSON: map[string]any{"rule": r, "stances": stances}, CSV: csv}, nil
}
