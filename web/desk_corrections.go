package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/registry"
)

// correctionQueue is what people outside wrote: what waits, and what was answered last.
type correctionQueuePage struct {
	Title   string
	Total   string
	Waiting table
	Done    table
}

// shownDecided is how many of the answered ones are listed.
const shownDecided = 200

// correctionQueue is /desk/corrections.
func correctionQueue(q *request) (*page, error) {
	store := q.site.opt.Correspondence
	if store == nil {
		return nil, errNowhere
	}
	ctx, readers := q.http.Context(), q.user.Readers()
	waiting, err := store.Submissions(ctx, readers, true, desk.MostWaiting)
	if err != nil {
		return nil, err
	}
	done, err := store.Submissions(ctx, readers, false, shownDecided)
	if err != nil {
		return nil, err
	}
	d := correctionQueuePage{Title: q.T("queue.title"), Total: q.T("queue.total", "n", len(waiting))}
	d.Waiting, d.Done = q.submissionTable(q.T("queue.list_waiting"), waiting), q.submissionTable(q.T("queue.list_decided"), done)
	return &page{Template: "correction-queue", Title: d.Title, Data: d, Plain: true, Wide: true, Trail: q.deskTrail()}, nil
}

func (q *request) submissionTable(caption string, ss []desk.Submission) table {
	t := table{Caption: caption, Heads: q.headsOf("queue.number", "queue.received", "corrections.kind", "corrections.record", "queue.wrong", "queue.state")}
	for _, s := range ss {
		t.Rows = append(t.Rows, q.rowOf(t.Heads, q.linkCell(link{Text: s.Number, Href: "/desk/corrections/" + s.Number}), q.momentCell(s.At), wordsCell(q.T("correct.sort_"+s.Kind)),
			q.submissionRecord(s), wordsCell(cut(s.Wrong, 120)), wordsCell(q.T("queue."+s.State))))
	}
	return t
}

func (q *request) submissionRecord(s desk.Submission) cell {
	if r := q.View.Record(s.Record); r != nil {
		return q.linkCell(q.linkTo(r))
	}
	return wordsCell(string(s.Record))
}

// submissionPage is one of them, with what can be made of it.
type submissionPage struct {
	Title  string
	Facts  []pair
	Wrote  []pair
	Record *link
	Edit   string
	Claim  *claimView
	Change string // address of the claim
	Reply  string // address at which a reply can be entered
	RKey   string // the key of that reply
	Form   *form  // nil once answered
	Answer []pair
	Forget *form
}

// correctionAsked is /desk/corrections/NUMBER.
func correctionAsked(q *request) (*page, error) {
	s, err := q.submission()
	if err != nil {
		return nil, err
	}
	return q.submissionPage(s, q.answerForm(s), http.StatusOK), nil
}

func (q *request) submission() (*desk.Submission, error) {
	store := q.site.opt.Correspondence
	if store == nil {
		return nil, errNowhere
	}
	s, err := store.Submission(q.http.Context(), q.user.Readers(), q.params["number"])
	if registry.CodeOf(err) == registry.NotFound {
		return nil, errNowhere
	}
	return s, err
}

func (q *request) submissionPage(s *desk.Submission, f *form, status int) *page {
	d := submissionPage{Title: q.T("queue.heading", "number", s.Number)}
	d.Facts = []pair{{q.T("queue.received"), s.At.UTC().Format("2006-01-02 15:04")}, {q.T("corrections.kind"), q.T("correct.sort_" + s.Kind)}, {q.T("queue.state"), q.T("queue." + s.State)}}
	if r := q.View.Record(s.Record); r != nil {
		l := q.linkTo(r)
		d.Record, d.Edit = &l, "/desk/edit/"+string(r.ID)
		if s.Field != "" {
			d.Reply, d.RKey = "/desk/enter/"+string(r.ID), s.Field
		}
	} else if s.Record != "" {
		d.Facts = append(d.Facts, pair{q.T("corrections.record"), string(s.Record)})
	}
	if st, e := q.statedAs(string(s.Claim)); e != nil {
		v := q.claimAlone(st)
		d.Claim, d.Change = &v, "/desk/claims/"+string(e.ID)
		if e.Claim.Key != "" {
			d.RKey += ":" + e.Claim.Key
		}
	}
	for _, x := range []pair{{q.T("correct.wrong"), s.Wrong}, {q.T("correct.right"), s.Right}, {q.T("correct.source"), s.Source}, {q.T("correct.name"), s.Name}, {q.T("correct.contact"), s.Contact}} {
		if x.Value != "" {
			d.Wrote = append(d.Wrote, x)
		}
	}
	if s.Quote {
		d.Facts = append(d.Facts, pair{q.T("queue.may_quote"), q.T("queue.yes")})
	}
	if s.State == desk.Waiting {
		d.Form = f
	} else {
		d.Answer = []pair{{q.T("queue.state"), q.T("queue." + s.State)}, {q.T("queue.by"), person(s.DecidedBy)}, {q.T("receipt.answer"), s.Answer}}
		if s.Of != "" {
			d.Answer = append(d.Answer, pair{q.T("queue.of"), s.Of})
		}
		if s.Forgotten.IsZero() {
			d.Forget = q.newForm("/desk/corrections/"+s.Number, q.T("queue.forget"))
			d.Forget.Hidden, d.Forget.Danger = []pair{{"do", "forget"}}, true
		}
	}
	return &page{Template: "submission", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail(link{Text: q.T("queue.title"), Href: "/desk/corrections"})}
}

func (q *request) answerForm(s *desk.Submission) *form {
	f := q.newForm("/desk/corrections/"+s.Number, q.T("queue.answer"))
	f.Hidden = []pair{{"do", "answer"}}
	state := formField{Name: "state", Label: q.T("queue.decision"), Type: "radio"}
	for _, x := range []string{desk.Accepted, desk.Partly, desk.Refused, desk.Duplicate} {
		state.Options = append(state.Options, formOption{Value: x, Label: q.T("queue." + x), Hint: q.T("queue.about_" + x)})
	}
	f.add(state)
	f.add(formField{Name: "answer", Label: q.T("queue.to_writer"), Hint: q.T("queue.to_writer_hint"), Type: "textarea", Rows: 4, Max: desk.LongestText})
	f.add(formField{Name: "asked", Label: q.T("queue.asked"), Hint: q.T("queue.asked_hint"), Type: "textarea", Rows: 2, Max: 1000})
	f.add(formField{Name: "done", Label: q.T("queue.done"), Hint: q.T("queue.done_hint"), Type: "textarea", Rows: 2, Max: 1000})
	f.add(formField{Name: "entries", Label: q.T("queue.entries"), Hint: q.T("queue.entries_hint"), Type: "textarea", Rows: 2, Optional: true})
	if s.Quote {
		f.add(formField{Name: "quoted", Label: q.T("queue.quoted"), Hint: q.T("queue.quoted_hint"), Type: "textarea", Rows: 3, Max: desk.LongestText, Optional: true})
		f.add(formField{Name: "quoted_as", Label: q.T("queue.quoted_as"), Value: s.Name, Max: 200, Optional: true})
	}
	f.add(formField{Name: "of", Label: q.T("queue.of"), Hint: q.T("queue.of_hint"), Max: 20, Short: true, Optional: true})
	return f
}

// answerCorrection takes an answer, or removes the words of a submission.
func answerCorrection(q *request) (*page, error) {
	s, err := q.submission()
	if err != nil {
		return nil, err
	}
	store, ctx := q.site.opt.Correspondence, q.http.Context()
	if q.form.Get("do") == "forget" {
		if err := store.ForgetSubmission(ctx, s.Number, q.site.opt.Now()); err != nil {
			return nil, err
		}
		q.did("forget submission", s.Number, "")
		return nil, seeOther{to: "/desk/corrections/" + s.Number, say: q.T("queue.forgotten")}
	}
	f := q.answerForm(s)
	x, bad := q.decision(s, f)
	if bad {
		return q.submissionPage(s, f, http.StatusUnprocessableEntity), nil
	}
	if err := store.Answer(ctx, s.Number, x); err != nil {
		if registry.CodeOf(err) == registry.Conflict {
			f.fail("", sentence(err))
			return q.submissionPage(s, f, http.StatusConflict), nil
		}
		return nil, err
	}
	q.did("answer submission", s.Number, x.State)
	return nil, seeOther{to: "/desk/corrections", say: q.T("queue.answered", "number", s.Number)}
}

// decision reads the form; bad where something in it has to be mended.
func (q *request) decision(s *desk.Submission, f *form) (x desk.Decision, bad bool) {
	x = desk.Decision{State: q.form.Get("state"), Answer: trimmed(q.form, "answer"), Of: strings.ToUpper(trimmed(q.form, "of")), By: q.user.By(), At: q.site.opt.Now()}
	if !slices.Contains([]string{desk.Accepted, desk.Partly, desk.Refused, desk.Duplicate}, x.State) {
		f.fail("state", q.T("queue.no_state"))
		return x, true
	}
	if x.Answer == "" {
		f.fail("answer", q.T("queue.no_answer"))
	}
	if x.State == desk.Duplicate {
		if o, err := q.site.opt.Correspondence.Submission(q.http.Context(), q.user.Readers(), x.Of); err != nil || o.Number == s.Number {
			f.fail("of", q.T("queue.no_of"))
		}
		return x, len(f.Errors) > 0
	}
	x.Of = ""
	c := &desk.Correction{AskedOn: registry.DayOf(s.At), DoneOn: q.site.today(), Field: s.Field, Kind: s.Kind, Outcome: x.State, Asked: trimmed(q.form, "asked"), Done: trimmed(q.form, "done")}
	if r := q.View.Record(s.Record); r != nil {
		c.Record = r.ID
	}
	for name, words := range map[string]string{"asked": c.Asked, "done": c.Done} {
		switch {
		case words == "":
			f.fail(name, q.T("queue.no_"+name))
		case s.Name != "" && len(s.Name) > 3 && strings.Contains(strings.ToLower(words), strings.ToLower(s.Name)) && trimmed(q.form, "quoted") == "":
			f.fail(name, q.T("queue.names"))
		case s.Contact != "" && strings.Contains(strings.ToLower(words), strings.ToLower(s.Contact)):
			f.fail(name, q.T("queue.names"))
		}
	}
	book := q.book()
	for _, id := range strings.Fields(q.form.Get("entries")) {
		id = id[strings.LastIndex(id, "/")+1:] // an address of a claim will do
		if book.Entry(registry.EntryID(id)) == nil {
			f.fail("entries", q.T("queue.no_entry", "id", cut(id, 70)))
			break
		}
		c.Entries = append(c.Entries, registry.EntryID(id))
	}
	if s.Quote {
		c.Quoted, c.QuotedAs = trimmed(q.form, "quoted"), trimmed(q.form, "quoted_as")
		if c.Quoted != "" && c.QuotedAs == "" {
			f.fail("quoted_as", q.T("queue.no_quoted_as"))
		}
		if c.Quoted == "" {
			c.QuotedAs = ""
		}
	}
	x.Log = c
	return x, len(f.Errors) > 0
}
