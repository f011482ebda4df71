package web

import (
	"slices"
	"strings"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/registry"
)

// conflictPairPage is /conflicts/A/B: all that is said of two texts held against each other, or one finding of them.
type conflictPairPage struct {
	A, B  link
	One   bool
	All   link // all findings of the two, where one is shown
	Items []collisionView
	Pager *pager
	Turn  link
	Alike *link // whose words repeat whose
	None  string
	Read  string
}

func conflictPair(q *request) (*page, error) {
	if err := q.known("rule", "from", "to", "page", "as_of", "lang"); err != nil {
		return nil, err
	}
	c, err := q.collisions()
	if err != nil {
		return nil, err
	}
	var of [2]registry.RecordID
	for i, name := range []string{"a", "b"} {
		of[i] = registry.RecordID(strings.TrimSpace(q.params[name]))
		if c.Texts[of[i]] == nil || q.View.Record(of[i]) == nil {
			return nil, registry.Errorf(registry.NotFound, "%s", q.T("collision.no_text")).WithHint("%s", q.T("collision.no_text_hint"))
		}
	}
	if of[0] == of[1] {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("collision.same_text")).WithHint("%s", q.T("collision.no_text_hint"))
	}
	fs, err := q.reg.Colliding(q.http.Context(), of[0], of[1])
	if err != nil {
		return nil, err
	}
	rule, from, to := q.Query.Get("rule"), q.Query.Get("from"), q.Query.Get("to")
	one := rule+from+to != ""
	fs = slices.DeleteFunc(fs, func(f conflict.Finding) bool {
		return rule != "" && f.Type != rule || from != "" && at(f.A) != from || to != "" && at(f.B) != to
	})
	if one && len(fs) == 0 {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("collision.not_found")).WithHint("%s", q.T("collision.not_found_hint"))
	}
	names := [2]link{shortLink(q.recordLink(c.Texts[of[0]].Work)), shortLink(q.recordLink(c.Texts[of[1]].Work))}
	at := "/conflicts/" + string(of[0]) + "/" + string(of[1])
	d := conflictPairPage{A: names[0], B: names[1], One: one, All: link{Text: q.T("collision.pair.all"), Href: q.href(at)}, Turn: link{Text: q.T("overlap.pair.turn"), Href: q.href("/conflicts/" + string(of[1]) + "/" + string(of[0]))}, Read: c.read()}
	if len(fs) == 0 {
		d.None = q.T("collision.pair.none")
	}
	if x, err := q.reuse(); err == nil {
		_, okA := x.Document(of[0])
		_, okB := x.Document(of[1])
		if okA && okB {
			d.Alike = &link{Text: q.T("collision.pair.alike"), Href: q.pairHref(of[0], of[1])}
		}
	}
	n := 0
	if d.Pager, n, err = q.pagedBy(len(fs), collisionsOnPage); err != nil {
		return nil, err
	}
	for i := n; i < min(n+collisionsOnPage, len(fs)); i++ {
		d.Items = append(d.Items, c.view(&fs[i], true))
	}
	out := &page{Template: "conflictpair", Title: q.T("collision.pair.title"), Data: d, Wide: true, Trail: q.conflictTrail()}
	if q.Format != "html" {
		var ps []*conflict.Finding
		for i := range fs {
			ps = append(ps, &fs[i])
		}
		out.JSON, out.CSV = c.data(ps)
	}
	return out, nil
}
