package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// historyPage is everything that was entered on a record, by batch, the newest first; and what differs between two days of it.
type historyPage struct {
	Title    string
	Record   link
	Public   bool // the history that everybody sees: without names
	Batches  []historyBatch
	Pages    []link
	Compare  *form
	From, To template.HTML // the days compared; "" where none are
	Changes  *changesView
	Sources  []sourceItem // cited in what differs
}

type historyBatch struct {
	When  template.HTML
	Who   string // "" where it is not told
	Lines []historyLine
	More  int
	Undo  string // address; "" where this person may not
}

type historyLine struct {
	What   string // entered, corrected, denied, took back, chose, published …
	Of     string
	Says   template.HTML
	Source string
	Why    string
	State  string // what became of it
	Href   string
}

const (
	mostBatches = 30
	mostLines   = 40
)

// deskHistory is /desk/history/RECORD.
func deskHistory(q *request) (*page, error) {
	r, err := q.deskRecord()
	if err != nil {
		return nil, err
	}
	p := q.history(r, "/desk/history/"+string(r.ID), false)
	p.Plain = true
	p.Trail = q.deskTrail(link{Text: r.Title(q.Lang), Href: "/desk/edit/" + string(r.ID)})
	return p, nil
}

// recordHistory is the history on a record's public page: what everybody may see, without names.
func recordHistory(k registry.Kind) handler {
	return func(q *request) (*page, error) {
		r, p, err := q.find(k)
		if err != nil || p != nil {
			var m moved
			if e, ok := err.(moved); ok {
				m = e
				m.to += "/history"
				return nil, m
			}
			return p, err
		}
		p = q.history(r, r.Path()+"/history", true)
		p.Trail = []link{{Text: q.kinds(k), Href: q.href("/" + registry.KindOf(k).Noun)}, q.linkTo(r)}
		return p, nil
	}
}

// merged are the record and those merged into it.
func merged(r *registry.Record) []registry.RecordID {
	return append([]registry.RecordID{r.ID}, r.Merged...)
}

func (q *request) history(r *registry.Record, at string, public bool) *page {
	d := historyPage{Title: r.Title(q.Lang), Record: q.linkTo(r), Public: public}
	book := q.book()
	entries := book.Of(merged(r)...)
	var keys []int64
	groups := map[int64][]*registry.Entry{}
	for _, e := range slices.Backward(entries) {
		if q.AsOf != "" && registry.DayOf(e.At) > q.AsOf {
			continue
		}
		k := q.reg.Batch(e.ID)
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], e)
	}
	page0, _ := strconv.Atoi(q.Query.Get("page"))
	page0 = max(1, page0)
	for i := 0; i*mostBatches < len(keys) && len(keys) > mostBatches; i++ {
		d.Pages = append(d.Pages, link{Text: strconv.Itoa(i + 1), Href: q.here("page", strconv.Itoa(i+1))})
		if i+1 == page0 {
			d.Pages[i].Href = ""
		}
	}
	from := min(len(keys), (page0-1)*mostBatches)
	for _, k := range keys[from:min(len(keys), from+mostBatches)] {
		es := groups[k]
		edit.Sort(es)
		b := historyBatch{When: q.edtf(string(registry.DayOf(es[0].At)))}
		if !public {
			b.Who = person(es[0].By)
			if edit.MayUndo(es, q.user.By(), q.mayPublish()) && len(es) < 1000 {
				b.Undo = "/desk/undo/" + string(es[0].ID)
			}
		}
		for _, e := range es[:min(len(es), mostLines)] {
			b.Lines = append(b.Lines, q.historyLine(e, book, public))
		}
		b.More = len(es) - len(b.Lines)
		d.Batches = append(d.Batches, b)
	}
	q.compare(&d, r, at)
	d.Sources = q.sources()
	return &page{Template: "history", Title: q.T("history.title", "title", d.Title), Data: d}
}

// historyLine says what an entry did.
func (q *request) historyLine(e *registry.Entry, book *edit.Book, public bool) historyLine {
	l := historyLine{}
	target := func(id registry.EntryID) {
		if t := book.Entry(id); t != nil && t.Claim != nil {
			x := q.claimLine(t)
			l.Of, l.Says = x.Of, x.Says
		}
	}
	switch {
	case e.Claim != nil:
		l = q.claimLine(e)
		if s := q.View.Sources[e.Claim.Source]; s != nil {
			l.Source = q.shortSource(s)
		}
		switch {
		case e.Claim.Supersedes != "":
			l.What = q.T("history.corrected")
		case e.Claim.Not:
			l.What = q.T("history.denied")
		default:
			l.What = q.T("history.entered")
		}
		if !public {
			l.Href = "/desk/claims/" + string(e.ID)
		}
	case e.Retraction != nil:
		l.What, l.Why = q.T("history.retracted"), e.Retraction.Reason
		if t := book.Entry(e.Retraction.Target); t != nil && t.Retraction != nil {
			l.What = q.T("history.restored")
			target(t.Retraction.Target)
		} else {
			target(e.Retraction.Target)
		}
	case e.Choice != nil:
		l.What, l.Why = q.T("history.chose"), e.Choice.Reason
		target(e.Choice.Claim)
	case e.Disclosure != nil:
		l.What, l.Why = q.T("history."+e.Disclosure.Action), e.Disclosure.Reason
		l.Of = q.T("history.targets", "n", len(e.Disclosure.Targets), "to", q.audiences([]registry.Audience{e.Disclosure.To}))
	case e.Source != nil:
		l.What, l.Of = q.T("history.source"), q.sourceLine(e.Source)
	case e.Move != nil:
		l.What, l.Why = q.T("history.moved"), e.Move.Reason
		l.Of = q.recordLink(e.Move.To).Text
	}
	switch {
	case book.Retraction(e.ID) != nil:
		l.State = q.T("history.is_retracted")
	case e.Claim != nil && book.ReplacedBy(e.ID) != nil:
		l.State = q.T("history.is_corrected")
	}
	if !public && e.Claim != nil && !book.Public(e.ID) {
		l.State = strings.TrimPrefix(l.State+", "+q.T("edit.not_public"), ", ")
	}
	return l
}

// claimLine is a claim in a line.
func (q *request) claimLine(e *registry.Entry) historyLine {
	c, def := e.Claim, registry.FieldOf(e.Claim.Field)
	l := historyLine{Of: q.locale.field(def)}
	if def.Key == "event" && c.Key != "" {
		l.Of += ": " + q.eventWords(c.Key)
	} else if c.Key != "" {
		l.Of += ": " + strings.TrimPrefix(c.Key, "pty_")
	}
	if c.Value.State != "" {
		l.Says = q.claimState(&registry.Stated{Claim: c, Entry: e}).HTML()
	} else {
		l.Says = bdi(cut(q.plain(def, c.Value), 300))
	}
	if s := q.statement(c); s != nil {
		l.Says = s.HTML() + " " + l.Says
	}
	return l
}

// compare says what differs between the registry as it stood at the end of two days.
func (q *request) compare(d *historyPage, r *registry.Record, at string) {
	f := &form{Action: at, Submit: q.T("history.compare"), sent: q.Query}
	f.add(formField{Name: "from", Label: q.T("history.from"), Type: "date", Short: true})
	f.add(formField{Name: "to", Label: q.T("history.to"), Type: "date", Short: true, Value: string(q.site.today())})
	d.Compare = f
	if q.Query.Get("from") == "" {
		return
	}
	days := [2]registry.Day{}
	for i, name := range []string{"from", "to"} {
		s := q.Query.Get(name)
		if s == "" && name == "to" {
			s = string(q.site.today())
		}
		day, err := registry.ParseDay(s)
		if err != nil {
			f.fail(name, sentence(err))
			return
		}
		days[i] = day
	}
	if days[1] < days[0] {
		days[0], days[1] = days[1], days[0]
	}
	all := q.book().Entries
	until := func(day registry.Day) []registry.Entry {
		var out []registry.Entry
		for i := range all {
			if registry.DayOf(all[i].At) <= day {
				out = append(out, all[i])
			}
		}
		return out
	}
	readers := registry.Reader()
	if q.user != nil {
		readers = q.user.Readers()
	}
	first, second := until(days[0]), until(days[1])
	before, after := registry.Compile(first, readers, ""), registry.Compile(second, readers, "")
	between := edit.Between(second[:], days[0], merged(r))
	now := q.View
	q.View = after
	c := q.changes(edit.Look(edit.NewBook(second), before, after, between, q.site.today()))
	c.Warnings = nil
	q.View = now
	var keep []recordChange
	for _, x := range c.Records {
		if x.Record.Text == r.Title(q.Lang) || len(c.Records) == 1 {
			keep = append(keep, x)
		}
	}
	c.Records, c.Nothing = keep, len(keep) == 0
	d.Changes, d.From, d.To = &c, q.edtf(string(days[0])), q.edtf(string(days[1]))
}

// undoPage is /desk/undo/ENTRY: what was saved with an entry, and what undoing it will change.
type undoPage struct {
	Title   string
	When    template.HTML
	Who     string
	Lines   []historyLine
	Kept    []historyLine
	Changes changesView
	Form    *form // nil where nothing can be undone
	Problem string
	Sources []sourceItem
}

func undo(q *request) (*page, error) { return q.undo(false) }

func undoPost(q *request) (*page, error) { return q.undo(q.form.Get("step") == "save") }

func (q *request) undo(do bool) (*page, error) {
	e, err := q.entryAsked()
	if err != nil {
		return nil, err
	}
	book := q.book()
	var batch []*registry.Entry
	for _, id := range q.reg.Saved(e.ID) {
		if x := book.Entry(id); x != nil {
			batch = append(batch, x)
		}
	}
	if !edit.MayUndo(batch, q.user.By(), q.mayPublish()) || len(batch) > 5000 || q.site.opt.Desk == nil {
		return nil, errNowhere
	}
	q.form.Set("token", q.token())
	a := q.act()
	if e.Audience != registry.Public {
		a.Into = e.Audience
	}
	entries, kept, err := a.Undo(book, q.mayPublish(), batch)
	d := undoPage{Title: q.T("undo.title"), When: q.edtf(string(registry.DayOf(e.At))), Who: person(e.By)}
	if err != nil && registry.CodeOf(err) != registry.Conflict {
		return nil, err
	}
	edit.Sort(batch)
	to := q.undoLeadsTo(batch)
	if do && err == nil {
		if err := q.site.opt.Desk.Commit(q.http.Context(), entries); err != nil {
			return nil, err
		}
		q.did("undo", string(e.ID), "")
		return nil, seeOther{to: to(), say: q.T("undo.done"), more: link{Text: q.T("undo.undo"), Href: "/desk/undo/" + string(entries[0].ID)}}
	}
	for _, x := range batch[:min(len(batch), mostLines)] {
		d.Lines = append(d.Lines, q.historyLine(x, book, false))
	}
	for _, k := range kept {
		l := q.historyLine(k.Entry, book, false)
		l.State = q.T("undo.kept." + k.Why)
		d.Kept = append(d.Kept, l)
	}
	p := &page{Template: "undo", Title: d.Title, Plain: true, Trail: q.deskTrail()}
	if err != nil {
		d.Problem, p.Status = sentence(err), http.StatusConflict
		p.Data = d
		return p, nil
	}
	f := q.newForm("/desk/undo/"+string(e.ID), q.T("undo.button"))
	f.Danger, f.Hidden = true, []pair{{"token", q.form.Get("token")}, {"step", "save"}}
	f.Cancel = link{Text: q.T("look.back"), Href: to()}
	before := q.View
	q.View = q.reg.With(entries)
	d.Changes = q.changes(edit.Look(book, before, q.View, entries, q.site.today()))
	q.View = before
	d.Form, d.Sources = f, q.sources()
	p.Data = d
	return p, nil
}

// undoLeadsTo is where the browser goes after an undoing: the record, if it is still there.
func (q *request) undoLeadsTo(batch []*registry.Entry) func() string {
	return func() string {
		for _, e := range batch {
			if e.Claim != nil && q.reg.View("").Record(e.Claim.Record) != nil {
				return "/desk/edit/" + string(q.reg.View("").Resolve(e.Claim.Record))
			}
		}
		return "/desk"
	}
}
