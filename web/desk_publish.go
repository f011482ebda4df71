package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/notice"
	"github.com/openassay/assay/registry"
)

// unpublishedPage is what waits for publication, by what was saved together.
type unpublishedPage struct {
	Title   string
	Total   string
	Batches []waitingBatch
	Pages   []link
	Form    *form
	May     bool // this person may publish
	Record  *link
	All     string // address of the list without a record
	Problem string
}

type waitingBatch struct {
	Name    string // of the box for all of it
	Value   string
	When    string
	Who     string
	Records []link
	Lines   []waitingLine
	More    int
	Checked bool
}

type waitingLine struct {
	historyLine
	Record  string
	Value   string
	Checked bool
}

// unpublished is /desk/unpublished.
func unpublished(q *request) (*page, error) {
	if q.again != "" && q.mayPublish() && len(q.marked()) > 0 { // what was marked, on whichever page, and the remark
		q.form.Del("step")
		return publishPost(q)
	}
	return q.unpublishedPage("", http.StatusOK), nil
}

// waitingBatches are the entries that wait, by batch, the newest first.
func (q *request) waitingBatches() (keys []int64, groups map[int64][]*registry.Entry) {
	only := registry.RecordID(cmp.Or(q.form.Get("record"), q.Query.Get("record")))
	book := q.book()
	groups = map[int64][]*registry.Entry{}
	for _, e := range book.Unpublished() {
		if only != "" && q.recordOf(e) != q.View.Resolve(only) {
			continue
		}
		k := q.reg.Batch(e.ID)
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], e)
	}
	return keys, groups
}

// recordOf is the record that an entry is about; "" for none.
func (q *request) recordOf(e *registry.Entry) registry.RecordID {
	switch {
	case e.Claim != nil:
		return q.View.Resolve(e.Claim.Record)
	case e.Choice != nil:
		if t := q.book().Entry(e.Choice.Claim); t != nil && t.Claim != nil {
			return q.View.Resolve(t.Claim.Record)
		}
	case e.Move != nil:
		return q.View.Resolve(e.Move.To)
	}
	return ""
}

func (q *request) unpublishedPage(problem string, status int) *page {
	d := unpublishedPage{Title: q.T("unpublished.title"), May: q.mayPublish(), Problem: problem}
	if r := q.View.Record(registry.RecordID(q.Query.Get("record"))); r != nil {
		d.Record, d.All = &link{Text: r.Title(q.Lang), Href: "/desk/edit/" + string(r.ID)}, "/desk/unpublished"
	}
	keys, groups := q.waitingBatches()
	n := 0
	for _, es := range groups {
		n += len(es)
	}
	d.Total = q.T("unpublished.total", "n", n)
	f := q.newForm("/desk/unpublished", q.T("unpublished.look"))
	f.Hidden = []pair{{"token", q.token()}, {"record", q.Query.Get("record")}}
	if problem != "" {
		f.fail("", problem)
	}
	d.Form = f
	at, _ := strconv.Atoi(q.Query.Get("page"))
	at = max(1, at)
	const batches = 12
	for i := 0; i*batches < len(keys) && len(keys) > batches; i++ {
		d.Pages = append(d.Pages, link{Text: strconv.Itoa(i + 1), Href: q.here("page", strconv.Itoa(i+1))})
		if i+1 == at {
			d.Pages[i].Href = ""
		}
	}
	from := min(len(keys), (at-1)*batches)
	for _, k := range keys[from:min(len(keys), from+batches)] {
		d.Batches = append(d.Batches, q.waitingBatch(groups[k]))
	}
	return &page{Template: "unpublished", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail()}
}

func (q *request) waitingBatch(es []*registry.Entry) waitingBatch {
	b := waitingBatch{Name: "batch", Value: string(es[0].ID), When: q.edtfText(string(registry.DayOf(es[0].At))), Who: person(es[0].By)}
	b.Checked = slices.Contains(q.form["batch"], b.Value) || q.Query.Get("record") != "" && len(q.form) == 0
	edit.Sort(es)
	seen := map[registry.RecordID]bool{}
	for _, e := range es {
		if id := q.recordOf(e); id != "" && !seen[id] && len(seen) < 8 {
			seen[id] = true
			if r := q.View.Record(id); r != nil {
				b.Records = append(b.Records, link{Text: r.Title(q.Lang), Href: "/desk/edit/" + string(r.ID)})
			}
		}
	}
	for _, e := range es[:min(len(es), 25)] {
		l := waitingLine{historyLine: q.historyLine(e, q.book(), false), Value: string(e.ID), Checked: slices.Contains(q.form["entry"], string(e.ID))}
		l.State = ""
		if r := q.View.Record(q.recordOf(e)); r != nil && len(seen) > 1 {
			l.Record = r.Title(q.Lang)
		}
		b.Lines = append(b.Lines, l)
	}
	b.More = len(es) - len(b.Lines)
	return b
}

// marked are the entries that were marked, alone or with their batch.
func (q *request) marked() []registry.EntryID {
	var out []registry.EntryID
	for _, id := range q.form["entry"] {
		out = append(out, registry.EntryID(id))
	}
	if len(q.form["batch"]) > 0 {
		_, groups := q.waitingBatches()
		for _, es := range groups {
			if slices.ContainsFunc(es, func(e *registry.Entry) bool { return slices.Contains(q.form["batch"], string(e.ID)) }) {
				for _, e := range es {
					out = append(out, e.ID)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// publishPage says what everybody will see.
type publishPage struct {
	lookPage
	Says    []string
	Needed  []historyLine // that come along
	Left    []historyLine // that cannot
	Charges []historyLine // said to be facts, with words that charge somebody
	Missing []noticeNeed  // about whom nobody was told yet: they keep it from being published
	Marked  []markedDraft // texts with which tracked changes and comments become public
	Unsaid  string        // that nobody said yet that these are to be public
	More    int
}

// publishPost publishes what was marked: first as everybody will see it, then it is done.
func publishPost(q *request) (*page, error) {
	if !q.mayPublish() || q.site.opt.Desk == nil {
		return nil, errNowhere
	}
	q.form.Set("token", q.token())
	ids := q.marked()
	if len(ids) == 0 {
		return q.unpublishedPage(q.T("unpublished.none_marked"), http.StatusUnprocessableEntity), nil
	}
	book := q.book()
	p := edit.Publish(book, ids...)
	a := q.act()
	entries, err := a.Publish(p, q.form.Get("reason"))
	if err != nil {
		return q.unpublishedPage(sentence(err), http.StatusUnprocessableEntity), nil
	}
	missing, err := q.missingNotices(slices.Concat(p.Claims, p.Moves))
	if err != nil {
		return nil, err
	}
	if q.form.Get("step") == "save" && len(missing) > 0 {
		return q.unpublishedPage(q.T("notice.stops", "n", len(missing)), http.StatusUnprocessableEntity), nil
	}
	marked, err := q.markedDrafts(slices.Concat(p.Claims, p.Needed))
	if err != nil {
		return nil, err
	}
	if at := q.form.Get("clean"); at != "" {
		return q.cleanDraft(marked, registry.RecordID(at))
	}
	unsaid := ""
	if q.form.Get("step") == "save" && len(marked) > 0 && q.form.Get("marked") != "yes" {
		unsaid = q.T("unpublished.marked_unsaid")
		q.form.Del("step")
	}
	if when := strings.TrimSpace(q.form.Get("when")); q.form.Get("step") == "save" && when != "" && q.site.opt.Releases != nil {
		if err := q.releaseLater(p.Targets(), when, strings.TrimSpace(q.form.Get("waits_for")), q.form.Get("reason")); err != nil {
			return q.unpublishedPage(sentence(err), http.StatusUnprocessableEntity), nil
		}
		q.did("release_propose", when, q.T("unpublished.done", "n", len(p.Targets())))
		return nil, seeOther{to: "/desk/releases", say: q.T("releases.later_done")}
	}
	if q.form.Get("step") == "save" {
		if err := q.site.opt.Desk.Commit(q.http.Context(), entries); err != nil {
			return nil, err
		}
		q.did("publish", string(entries[0].ID), q.T("unpublished.done", "n", len(p.Targets())))
		return nil, seeOther{to: "/desk/unpublished", say: q.T("unpublished.done", "n", len(p.Targets())), more: link{Text: q.T("edit.undo"), Href: "/desk/undo/" + string(entries[0].ID)}}
	}
	public, err := q.publicRegistry()
	if err != nil {
		return nil, err
	}
	d := publishPage{lookPage: lookPage{Title: q.T("unpublished.preview")}}
	for _, m := range missing {
		d.Missing = append(d.Missing, q.noticeLines([]notice.Need{m.Need}, missing)...)
	}
	d.Says = []string{q.T("unpublished.will", "claims", len(p.Claims), "sources", len(p.Sources), "records", len(p.Records))}
	for _, e := range p.Needed[:min(len(p.Needed), mostLines)] {
		d.Needed = append(d.Needed, q.historyLine(e, book, false))
	}
	for _, e := range p.Claims {
		if edit.Charges(e.Claim) != "" && len(d.Charges) < mostLines {
			d.Charges = append(d.Charges, q.historyLine(e, book, false))
		}
	}
	for _, e := range p.Left[:min(len(p.Left), mostLines)] {
		d.Left = append(d.Left, q.historyLine(e, book, false))
	}
	f := q.newForm("/desk/unpublished", q.T("unpublished.publish"))
	f.Hidden = []pair{{"token", q.form.Get("token")}, {"record", q.form.Get("record")}}
	for _, name := range []string{"entry", "batch"} {
		for _, v := range q.form[name] {
			f.Hidden = append(f.Hidden, pair{name, v})
		}
	}
	if d.Marked = marked; len(marked) > 0 {
		f.add(formField{Name: "marked", Label: q.T("unpublished.marked_yes", "n", len(marked)), Type: "checkbox"})
		if d.Unsaid = unsaid; unsaid != "" {
			f.fail("marked", unsaid)
		}
	}
	f.add(formField{Name: "reason", Value: q.form.Get("reason"), Label: q.T("unpublished.reason"), Hint: q.T("unpublished.reason_hint"), Optional: true, Max: 1000})
	if q.site.opt.Releases != nil {
		f.add(formField{Name: "when", Label: q.T("releases.later"), Hint: q.T("releases.later_hint"), Optional: true, Max: 100})
		f.add(formField{Name: "waits_for", Label: q.T("releases.later_of"), Hint: q.T("releases.later_of_hint"), Value: q.form.Get("record"), Optional: true, Max: 200})
	}
	f.Cancel = link{Text: q.T("look.back"), Href: "/desk/unpublished"}
	d.Form = f
	before := q.View
	q.View = public.With(entries)
	d.Changes = q.changes(edit.Look(book, public.View(""), q.View, entries, q.site.today()))
	q.View = before
	d.Sources = q.sources()
	status := http.StatusOK
	if unsaid != "" {
		status = http.StatusUnprocessableEntity
	}
	return &page{Template: "publish", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail(link{Text: q.T("unpublished.title"), Href: "/desk/unpublished"})}, nil
}

// publicRegistry is what everybody reads.
func (q *request) publicRegistry() (Registry, error) {
	if q.site.opt.RegistryFor == nil {
		return q.site.reg, nil
	}
	return q.site.opt.RegistryFor(q.http.Context(), registry.Reader())
}
