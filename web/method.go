package web

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// methodPage is /method: how claims are chosen, what the grades mean, how texts are read and what the reading cannot do.
type methodPage struct {
	Contents []link
	Grades   []ranked
	Why      []ranked
	States   []stateAbout
	Legend   []legendItem
	Families []ruleFamily
	RulesN   int
	Hash     string
	Limits   []string
	Docs     []link
	Try      *link // where a clause can be pasted
}

type ranked struct {
	Rank        int
	Name, About string
}

type stateAbout struct {
	State state
	About string
}

// ruleFamily is the rules of a family, which say of a text the same sort of thing.
type ruleFamily struct {
	Name  string
	Rules []ruleView
}

func method(q *request) (*page, error) {
	d := methodPage{Legend: q.strengthLegend()}
	for _, id := range []string{"claims", "grades", "states", "reading", "strength", "limits", "rules", "corrections"} {
		d.Contents = append(d.Contents, link{Text: q.T("method." + id + ".title"), Href: "#" + id})
	}
	if q.site.opt.Read != nil {
		d.Try = &link{Text: q.T("try.title"), Href: q.href("/method/try")}
	}
	for i, g := range registry.Codes("grade") {
		d.Grades = append(d.Grades, ranked{i + 1, q.code("grade", g), q.T("method.grade." + g)})
	}
	for i, w := range []string{"overruled", "grade", "person", "newer_source", "newer_claim", "id"} {
		d.Why = append(d.Why, ranked{i + 1, q.T("method.rule." + w), ""})
	}
	for _, s := range []string{"unknown", "not_recorded", "not_looked_for", "not_found", "not_public", "withheld", "not_applicable", "read", "inferred"} {
		d.States = append(d.States, stateAbout{q.state(s), q.T("method.state." + s)})
	}
	for _, l := range []string{"served", "words", "scope", "translation", "order", "silence"} {
		d.Limits = append(d.Limits, q.T("method.limit."+l))
	}
	rules, err := assay.LoadRules()
	if err != nil {
		return nil, err
	}
	d.RulesN, d.Hash = len(rules.Rules), cut(rules.Hash, 13)
	for _, r := range rules.Rules {
		name, ok := q.locale.find("method.family." + r.Family)
		if !ok {
			name = upperFirst(r.Family)
		}
		if n := len(d.Families); n == 0 || d.Families[n-1].Name != name {
			if i := slices.IndexFunc(d.Families, func(f ruleFamily) bool { return f.Name == name }); i >= 0 {
				d.Families[i].Rules = append(d.Families[i].Rules, q.ruleView(r))
				continue
			}
			d.Families = append(d.Families, ruleFamily{Name: name})
		}
		d.Families[len(d.Families)-1].Rules = append(d.Families[len(d.Families)-1].Rules, q.ruleView(r))
	}
	for _, f := range d.Families {
		slices.SortFunc(f.Rules, func(a, b ruleView) int { return cmp.Compare(a.Code, b.Code) })
	}
	return &page{Template: "method", Title: q.T("nav.method"), Lede: q.T("method.lede"), Data: d}, nil
}
