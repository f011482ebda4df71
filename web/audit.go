package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// auditPage is what was done and read, the newest first. Whoever looks at it may not know of everything that was: a record that they do not see is a
// thing of another tier, called by the same number each time, and the words of who reads other tiers are kept back.
type auditPage struct {
	Filter *auditFilter
	Table  table
	Pager  *pager
	Empty  string
	Chain  string
	Kept   string
}

// auditFilter says which lines are asked for.
type auditFilter struct {
	By, Thing, From, To, Kind string
	Kinds                     []formOption
}

// How many events a page has, how many come as data at a time, and how many are looked through for a thing.
const (
	auditRows   = 100
	auditData   = 5000
	auditLooked = 50_000
)

func audit(q *request) (*page, error) {
	a := account.Audited{By: strings.TrimSpace(q.Query.Get("by")), Kind: q.Query.Get("kind"), Limit: auditRows}
	if a.By != "" && a.By != account.Operator && !strings.Contains(a.By, ":") {
		a.By = "person:" + a.By
	}
	if !slices.Contains([]string{"", "act", "read"}, a.Kind) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("audit.no_kind")).WithHint("%s", q.T("error.one_of", "values", "act, read"))
	}
	if s := q.Query.Get("before"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 1 {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("audit.before"))
		}
		a.Before = n
	}
	for name, to := range map[string]*time.Time{"from": &a.From, "to": &a.To} {
		if s := strings.TrimSpace(q.Query.Get(name)); s != "" {
			t, err := time.Parse("2006-01-02", s)
			if err != nil {
				return nil, registry.Errorf(registry.Invalid, "%s", q.T("tokens.no_day"))
			}
			if *to = t; name == "to" {
				*to = t.AddDate(0, 0, 1)
			}
		}
	}
	if q.Format != "html" {
		a.Limit = auditData
	}
	d := auditPage{Filter: q.auditFilter()}
	es, more, err := q.events(a, d.Filter.Thing)
	if err != nil {
		return nil, err
	}
	d.Table = table{Caption: q.T("audit.title"), Heads: []head{{Label: q.T("audit.at")}, {Label: q.T("audit.by")}, {Label: q.T("audit.act")}, {Label: q.T("audit.object")}, {Label: q.T("audit.tier")}, {Label: q.T("audit.outcome")}, {Label: q.T("audit.note")}}}
	csv := &sheet{Columns: []string{"number", "at", "by", "act", "about", "outcome", "note", "outlet", "things", "tier"}}
	for _, e := range es {
		act, about := e.Act, e.About
		if e.Act == account.ReadAct {
			act, about = strings.TrimSpace(e.Act+" "+e.Outlet), strings.Join(e.Things, ", ")
		}
		d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, q.momentCell(e.At), wordsCell(q.actor(e)), wordsCell(act), wordsCell(about), wordsCell(audienceText(e.Tier)), wordsCell(e.Outcome), wordsCell(e.Note)))
		csv.Rows = append(csv.Rows, []string{strconv.FormatInt(e.Number, 10), e.At.UTC().Format("2006-01-02T15:04:05.000Z"), e.By, e.Act, e.About, e.Outcome, e.Note, e.Outlet, strings.Join(e.Things, " "), audienceText(e.Tier)})
	}
	if more || a.Before > 0 {
		d.Pager = &pager{Label: q.T("audit.pages"), Shown: q.T("audit.shown", "n", len(es))}
		if more && len(es) > 0 {
			d.Pager.Next = q.here("before", strconv.FormatInt(es[len(es)-1].Number, 10))
		}
		if a.Before > 0 {
			d.Pager.Previous = q.here("before", "")
		}
	}
	if len(es) == 0 {
		d.Empty = q.T("audit.empty")
	}
	n, hash, err := q.site.opt.Accounts.Head(q.http.Context())
	if err != nil {
		return nil, err
	}
	days, err := q.site.opt.Accounts.ReadDays(q.http.Context())
	if err != nil {
		return nil, err
	}
	d.Chain, d.Kept = q.T("audit.chain", "n", n, "hash", hash), q.T("audit.kept", "n", days)
	return &page{Template: "audit", Title: q.T("audit.title"), Data: d, Wide: true, Plain: true, Trail: q.deskTrail(), JSON: es, CSV: csv}, nil
}

func (q *request) auditFilter() *auditFilter {
	f := &auditFilter{By: q.Query.Get("by"), Thing: strings.TrimSpace(q.Query.Get("thing")), From: q.Query.Get("from"), To: q.Query.Get("to"), Kind: q.Query.Get("kind")}
	for _, k := range []string{"", "act", "read"} {
		f.Kinds = append(f.Kinds, formOption{Value: k, Label: q.T("audit.kind_" + k + "all"), Chosen: k == f.Kind})
	}
	return f
}

// events are those asked for as this reader may see them, a page of them. Whether a thing is in one is asked of what the reader sees: by the name of a
// thing of another tier nothing is found.
func (q *request) events(a account.Audited, thing string) (out []account.Event, more bool, err error) {
	key, err := q.site.opt.Accounts.AuditKey(q.http.Context())
	if err != nil {
		return nil, false, err
	}
	limit := a.Limit
	a.Limit++
	if thing != "" {
		a.Limit = auditLooked
	}
	es, err := q.site.opt.Accounts.Events(q.http.Context(), a)
	if err != nil {
		return nil, false, err
	}
	out = []account.Event{}
	view := q.now()
	for _, e := range es {
		e = veiled(e, view, q.user.Readers(), key)
		if thing != "" && !slices.Contains(e.Things, thing) && !slices.Contains(strings.Fields(e.About), thing) {
			continue
		}
		if len(out) == limit {
			return out, true, nil
		}
		out = append(out, e)
	}
	return out, false, nil
}

// veiled is an event as someone may see it who reads a registry and holds audiences.
func veiled(e account.Event, view *registry.View, holds registry.Audiences, key []byte) account.Event {
	known := func(id string) bool {
		return view.Record(registry.RecordID(id)) != nil || view.Sources[registry.SourceID(id)] != nil
	}
	name := func(id string) string {
		if known(id) {
			return id
		}
		m := hmac.New(sha256.New, key)
		m.Write([]byte(id))
		return "other-tier-" + hex.EncodeToString(m.Sum(nil))[:10]
	}
	things := make([]string, 0, len(e.Things))
	for _, id := range e.Things {
		things = append(things, name(id))
	}
	e.Things = things
	foreign := slices.ContainsFunc(e.Tier, func(a registry.Audience) bool { return !holds.Has(a) })
	if e.Act == account.ReadAct || e.Act == account.Forgotten {
		return e
	}
	if foreign || strings.HasPrefix(e.Act, "/desk/") || e.Act == "intake" && e.Tier == nil {
		words := strings.Fields(e.About)
		for i, w := range words {
			if prefix, _, ok := strings.Cut(w, "_"); ok && len(prefix) == 3 || foreign {
				words[i] = name(w)
			}
		}
		e.About = strings.Join(words, " ")
	}
	if e.Note != "" && (foreign || e.Act == "intake" && e.Tier == nil) { // lines of intake from before tiers were noted have names of files
		e.Note = "(of another tier)"
	}
	return e
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
