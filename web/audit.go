package web

import (
	"strconv"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// auditPage is what was done, the newest first.
type auditPage struct {
	Table table
	Pager *pager
	Empty string
}

// How many events a page has, and how many come as data at a time.
const (
	auditRows = 100
	auditData = 5000
)

func audit(q *request) (*page, error) {
	var before int64
	if s := q.Query.Get("before"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 1 {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("audit.before"))
		}
		before = n
	}
	limit := auditRows
	if q.Format != "html" {
		limit = auditData
	}
	es, err := q.site.opt.Accounts.Audit(q.http.Context(), before, limit+1)
	if err != nil {
		return nil, err
	}
	more := len(es) > limit
	es = es[:min(limit, len(es))]
	d := auditPage{Table: table{Caption: q.T("audit.title"), Heads: []head{{Label: q.T("audit.at")}, {Label: q.T("audit.by")}, {Label: q.T("audit.act")}, {Label: q.T("audit.object")}, {Label: q.T("audit.outcome")}, {Label: q.T("audit.note")}}}}
	csv := &sheet{Columns: []string{"number", "at", "by", "act", "about", "outcome", "note"}}
	for _, e := range es {
		d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, q.momentCell(e.At), wordsCell(q.actor(e)), wordsCell(e.Act), wordsCell(e.About), wordsCell(e.Outcome), wordsCell(e.Note)))
		csv.Rows = append(csv.Rows, []string{strconv.FormatInt(e.Number, 10), e.At.UTC().Format("2006-01-02T15:04:05.000Z"), e.By, e.Act, e.About, e.Outcome, e.Note})
	}
	if more || before > 0 {
		d.Pager = &pager{Label: q.T("audit.pages"), Shown: q.T("audit.shown", "n", len(es))}
		if more {
			d.Pager.Next = q.here("before", strconv.FormatInt(es[len(es)-1].Number, 10))
		}
		if before > 0 {
			d.Pager.Previous = q.here("before", "")
		}
	}
	if len(es) == 0 {
		d.Empty = q.T("audit.empty")
	}
	return &page{Template: "audit", Title: q.T("audit.title"), Data: d, Wide: true, Plain: true, Trail: q.deskTrail(), JSON: es, CSV: csv}, nil
}

// actor is who did it, in words.
func (q *request) actor(e account.Event) string {
	switch e.By {
	case "":
		return q.T("audit.nobody")
	case account.Operator:
		return q.T("audit.operator")
	}
	return e.By
}
