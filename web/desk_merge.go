package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/review"
)

// comparison is two records beside each other, and what merging them would do; template "comparison".
type comparison struct {
	One, Other comparedRecord
	Rows       []comparedRow // where they differ
	Same       []comparedRow
	SameWords  string
	Counts     string
	Merge      *form
	Apart      *form
	Warning    string // that somebody said that they are two
}

type comparedRecord struct {
	Page, Desk link
	ID         string
	Says       string
	Claims     int
}

// comparedRow is a place of the two records. What: same, competing, one, other, alias.
type comparedRow struct {
	Field      string
	Key        template.HTML
	One, Other template.HTML
	What, Word string
}

// compareItem is the comparison of a possible duplicate.
func (q *request) compareItem(d *itemPage, i *review.Item, act, problem string) error {
	c, err := q.comparison(q.View.Record(i.Records[0]), q.View.Record(i.Records[1]), act, problem)
	d.Compare = c
	return err
}

// comparison holds two records against each other. The survivor that is offered is the one that more is known of.
func (q *request) comparison(one, other *registry.Record, act, problem string) (*comparison, error) {
	d := &comparison{One: q.compared(one), Other: q.compared(other)}
	into := one
	if s := q.form.Get("survivor"); s == string(other.ID) || s == "" && d.Other.Claims > d.One.Claims {
		into = other
	}
	for _, pair := range [][2]*registry.Record{{one, other}, {other, one}} {
		for _, s := range pair[0].Slots("distinct_from") {
			if s.Shown != nil && q.View.Resolve(registry.RecordID(s.Shown.Value.Raw)) == pair[1].ID {
				d.Warning = q.T("merge.distinct", "who", person(s.Shown.Entry.By), "why", s.Shown.Note)
			}
		}
	}
	q.compareFields(d, one, other)
	f := q.newForm("/desk/merge", q.T("merge.look"))
	if act != "merge" {
		f.sent = nil
	}
	f.Hidden = []pair{{"act", "merge"}, {"one", string(one.ID)}, {"other", string(other.ID)}, {"token", q.token()}}
	f.add(formField{Name: "survivor", Label: q.T("merge.survivor"), Hint: q.T("merge.survivor_hint"), Type: "radio", Value: string(into.ID), Options: []formOption{
		{Value: string(one.ID), Label: one.Title(q.Lang), Hint: q.T("merge.claims", "n", d.One.Claims, "id", string(one.ID))}, {Value: string(other.ID), Label: other.Title(q.Lang), Hint: q.T("merge.claims", "n", d.Other.Claims, "id", string(other.ID))}}})
	f.add(formField{Name: "reason", Label: q.T("merge.reason"), Hint: q.T("merge.reason_hint"), Type: "textarea", Rows: 2, Max: 1000, Required: true})
	q.addInto(f)
	d.Merge = f
	x := q.newForm("/desk/merge", q.T("merge.apart"))
	if act != "distinct" {
		x.sent = nil
	}
	x.Hidden = []pair{{"act", "distinct"}, {"one", string(one.ID)}, {"other", string(other.ID)}, {"token", q.token()}}
	x.add(formField{Name: "why_apart", Label: q.T("merge.apart_reason"), Hint: q.T("merge.apart_hint"), Max: 1000, Required: true})
	d.Apart = x
	if problem != "" {
		if act == "distinct" {
			x.fail("why_apart", problem)
		} else {
			f.fail("reason", problem)
		}
	}
	return d, nil
}

// addInto asks who is to see what is decided.
func (q *request) addInto(f *form) {
	f.add(formField{Name: "into", Label: q.T("merge.into"), Type: "radio", Value: string(registry.Registry), Options: []formOption{
		{Value: string(registry.Registry), Label: q.T("merge.into_registry"), Hint: q.T("merge.into_registry_hint")}, {Value: string(registry.Public), Label: q.T("merge.into_public")}}})
}

func (q *request) mergeInto() registry.Audience {
	if q.form.Get("into") == string(registry.Public) && q.mayPublish() {
		return registry.Public
	}
	return registry.Registry
}

func (q *request) compared(r *registry.Record) comparedRecord {
	c := comparedRecord{Page: q.linkTo(r), Desk: link{Text: q.T("edit.this"), Href: "/desk/edit/" + string(r.ID)}, ID: string(r.ID), Says: plainSummary(r, q.Lang)}
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			c.Claims += len(edit.Claims(s))
		}
	}
	return c
}

// compareFields holds every place of the two against each other, in the schema's order.
func (q *request) compareFields(d *comparison, one, other *registry.Record) {
	counts := map[string]int{}
	for _, name := range registry.KindOf(one.Kind).Fields {
		if name == "redirect" || name == "distinct_from" {
			continue
		}
		def := registry.FieldOf(name)
		type at struct{ key, lang string }
		slots := map[at][2]*registry.Slot{}
		var order []at
		for n, r := range []*registry.Record{one, other} {
			for _, s := range r.Slots(name) {
				k := at{s.Key, s.Lang}
				x, seen := slots[k]
				if !seen {
					order = append(order, k)
				}
				x[n] = s
				slots[k] = x
			}
		}
		slices.SortStableFunc(order, func(a, b at) int { return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.lang, b.lang)) })
		for _, k := range order {
			s := slots[k]
			row := comparedRow{Field: q.locale.field(def), What: whatOf(name, s)}
			for n, x := range s {
				if x == nil {
					continue
				}
				if row.Key == "" {
					row.Key = q.keyLabel(def, x)
				}
				v := q.slotWords(def, x)
				if n == 0 {
					row.One = v
				} else {
					row.Other = v
				}
			}
			if row.One == "" && row.Other == "" {
				continue
			}
			row.Word = q.T("merge.what." + row.What)
			counts[row.What]++
			if row.What == "same" {
				d.Same = append(d.Same, row)
			} else {
				d.Rows = append(d.Rows, row)
			}
		}
	}
	d.SameWords = q.T("merge.same", "n", counts["same"])
	d.Counts = q.T("merge.counts", "competing", counts["competing"], "one", counts["one"]+counts["other"])
}

// whatOf says how two slots of one place stand to each other.
func whatOf(field string, s [2]*registry.Slot) string {
	switch {
	case (field == "title" || field == "name") && s[0] != nil && s[1] != nil:
		return "alias"
	case s[1] == nil:
		return "one"
	case s[0] == nil:
		return "other"
	case s[0].Shown != nil && s[1].Shown != nil && !registry.Agree(s[0].Shown.Value, s[1].Shown.Value):
		return "competing"
	}
	return "same"
}

// slotWords are what a slot shows, or the state of knowledge.
func (q *request) slotWords(def *registry.FieldDef, s *registry.Slot) template.HTML {
	if s.Shown != nil {
		out := q.written(def, s.Shown.Value)
		if s.Shown.Source != nil {
			out += template.HTML(` <span class="soft">` + template.HTMLEscapeString(q.shortSource(s.Shown.Source)) + `</span>`)
		}
		return out
	}
	if len(s.States) > 0 {
		return q.claimState(s.States[0]).HTML()
	}
	return ""
}

// mergePage is /desk/merge: two records to compare, or the question which.
type mergePage struct {
	Title   string
	Ask     *form
	Compare *comparison
	Sources []sourceItem
}

func merge(q *request) (*page, error) {
	return q.mergePage(q.Query.Get("one"), q.Query.Get("other"), "", "", http.StatusOK)
}

// mergePage compares the two that were typed, as ids or names.
func (q *request) mergePage(one, other, act, problem string, status int) (*page, error) {
	d := mergePage{Title: q.T("merge.title")}
	p := &page{Template: "merge", Title: d.Title, Plain: true, Status: status, Trail: q.deskTrail(link{Text: q.T("review.title"), Href: "/desk/review"})}
	a, aerr := q.typedRecord(one)
	var kinds []registry.Kind
	if a != nil {
		kinds = []registry.Kind{a.Kind}
	}
	b, berr := q.typedRecord(other, kinds...)
	if a != nil && b != nil && a != b && a.Kind == b.Kind {
		var err error
		if d.Compare, err = q.comparison(a, b, act, problem); err != nil {
			return nil, err
		}
		d.Sources = q.sources()
		p.Data = d
		return p, nil
	}
	f := &form{Action: "/desk/merge", Submit: q.T("merge.compare"), sent: q.Query}
	f.add(formField{Name: "one", Label: q.T("merge.first"), Hint: q.T("merge.record_hint"), Value: one, Required: true, Autocomplete: "off"})
	f.add(formField{Name: "other", Label: q.T("merge.second"), Value: other, Required: true, Autocomplete: "off", Focus: one != ""})
	switch {
	case aerr != nil && one != "":
		f.fail("one", errText(aerr))
	case berr != nil && other != "":
		f.fail("other", errText(berr))
	case a != nil && a == b:
		f.fail("other", q.T("merge.itself"))
	case a != nil && b != nil:
		f.fail("other", q.T("merge.kinds", "one", lowerFirst(q.kind(a.Kind)), "other", lowerFirst(q.kind(b.Kind))))
	}
	if len(f.Errors) > 0 {
		p.Status = http.StatusUnprocessableEntity
	}
	d.Ask = f
	p.Data = d
	return p, nil
}

// typedRecord is the record that somebody typed: an id, the address of its page, or its name.
func (q *request) typedRecord(typed string, kinds ...registry.Kind) (*registry.Record, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return nil, registry.Errorf(registry.Invalid, "nothing was typed").WithHint("an id, the address of its page, or its name")
	}
	if i := strings.LastIndex(typed, "/"); i >= 0 {
		parts := strings.Split(typed, "/")
		if k := registry.KindByNoun(parts[len(parts)-2]); k != "" {
			address, _, _ := strings.Cut(parts[len(parts)-1], "?")
			if r := q.View.ByAddress(k, address); r != nil {
				return r, nil
			}
		}
	}
	if r := q.View.Record(registry.RecordID(typed)); r != nil {
		return r, nil
	}
	if len(kinds) == 0 {
		kinds = registry.Kinds()
	}
	id, err := edit.NewReader(q.View, q.Lang).Record(typed, kinds)
	if err != nil {
		return nil, err
	}
	return q.View.Record(id), nil
}

// mergePost merges two records or says that they are two. One at a time: what is decided is decided on what holds then.
func mergePost(q *request) (*page, error) {
	if q.site.opt.Desk == nil {
		return nil, errNowhere
	}
	q.site.merging.Lock()
	defer q.site.merging.Unlock()
	if err := q.read(); err != nil {
		return nil, err
	}
	q.form.Set("token", q.token())
	one, other := registry.RecordID(q.form.Get("one")), registry.RecordID(q.form.Get("other"))
	act := q.form.Get("act")
	a := q.act()
	var entries []registry.Entry
	var err error
	into := one
	switch act {
	case "merge":
		a.Into = q.mergeInto()
		from := other
		if q.form.Get("survivor") == string(other) {
			into, from = other, one
		}
		entries, err = a.Merge(q.book(), q.View, from, into, q.form.Get("reason"))
	case "distinct":
		entries, err = a.Distinct(q.book(), q.View, one, other, q.form.Get("why_apart"))
	default:
		return nil, errNowhere
	}
	if err != nil {
		status := http.StatusUnprocessableEntity
		if registry.CodeOf(err) == registry.Conflict {
			status = http.StatusConflict
		}
		return q.mergePage(string(one), string(other), act, errText(err), status)
	}
	var p *page
	words := "merge.merge"
	if act == "distinct" { // nothing that anyone sees changes
		words = "merge.distinct"
		q.form.Set("step", "save")
	}
	if p, err = q.lookOrDo(entries, "/desk/merge", words); p != nil || err != nil {
		return p, err
	}
	undo := link{Text: q.T("edit.undo"), Href: "/desk/undo/" + string(entries[len(entries)-1].ID)}
	if act == "distinct" {
		return nil, seeOther{to: "/desk/review?kind=" + review.Duplicate, say: q.T("merge.distinct_done"), more: undo}
	}
	return nil, seeOther{to: "/desk/edit/" + string(into), say: q.T("merge.done"), more: undo}
}
