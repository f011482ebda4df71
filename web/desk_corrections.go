package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/registry"
)

// correctionQueuePage is what people outside wrote: what waits, and what was answered last.
type correctionQueuePage struct {
	Title   string
	Total   string
	Waiting table
	Done    table
	Words   string // only those in which they stand are listed
	Form    *form  // sets aside what is marked
	More    string
}

// How many are listed.
const (
	shownWaiting = 200
	shownDecided = 100
)

// correctionQueue is /desk/corrections.
func correctionQueue(q *request) (*page, error) { return q.correctionQueue("", http.StatusOK) }

func (q *request) correctionQueue(problem string, status int) (*page, error) {
	store := q.site.opt.Correspondence
	if store == nil {
		return nil, errNowhere
	}
	ctx, readers := q.http.Context(), q.user.Readers()
	waiting, err := store.Submissions(ctx, readers, true, desk.MostWaiting)
	if err != nil {
		return nil, err
	}
	d := correctionQueuePage{Title: q.T("queue.title"), Total: q.T("queue.total", "n", len(waiting)), Words: cut(strings.TrimSpace(cmp.Or(q.form.Get("words"), q.Query.Get("words"))), 100)}
	if d.Words != "" {
		waiting = slices.DeleteFunc(waiting, func(s desk.Submission) bool { return !contains(s, d.Words) })
	} else {
		done, err := store.Submissions(ctx, readers, false, shownDecided)
		if err != nil {
			return nil, err
		}
		d.Done = q.submissionTable(q.T("queue.list_decided"), done, false)
	}
	if more := len(waiting) - shownWaiting; more > 0 {
		d.More, waiting = q.T("queue.more", "n", more), waiting[:shownWaiting]
	}
	d.Waiting = q.submissionTable(q.T("queue.list_waiting"), waiting, true)
	d.Form = q.newForm("/desk/corrections", q.T("queue.set_aside"))
	d.Form.Danger, d.Form.Hidden = true, []pair{{"words", d.Words}}
	if problem != "" {
		d.Form.fail("", problem)
	}
	return &page{Template: "correction-queue", Title: d.Title, Data: d, Plain: true, Wide: true, Status: status, Trail: q.deskTrail()}, nil
}

// contains says whether words stand in what somebody wrote.
func contains(s desk.Submission, words string) bool {
	all := strings.ToLower(strings.Join([]string{s.Wrong, s.Right, s.Source, s.Name, s.Contact, string(s.Record), s.Page}, "\n"))
	return strings.Contains(all, strings.ToLower(words))
}

// setAside takes what is marked out of the queue as spam.
func setAside(q *request) (*page, error) {
	store := q.site.opt.Correspondence
	if store == nil {
		return nil, errNowhere
	}
	numbers := q.form["number"]
	if len(numbers) == 0 {
		return q.correctionQueue(q.T("queue.none_marked"), http.StatusUnprocessableEntity)
	}
	n, err := store.SetAside(q.http.Context(), numbers[:min(len(numbers), shownWaiting)], q.user.By(), q.site.opt.Now())
	if err != nil {
		return nil, err
	}
	q.did("set submissions aside", strconv.Itoa(n), "")
	return nil, seeOther{to: "/desk/corrections", say: q.T("queue.were_set_aside", "n", n)}
}

// submissionTable lists submissions; where they can be marked, those of a search are.
func (q *request) submissionTable(caption string, ss []desk.Submission, mark bool) table {
	t := table{Caption: caption, Heads: q.headsOf("queue.number", "queue.received", "corrections.kind", "corrections.record", "queue.wrong", "queue.state")}
	for _, s := range ss {
		name := q.linkCell(link{Text: s.Number, Href: "/desk/corrections/" + s.Number})
		if mark {
			checked := ""
			if slices.Contains(q.form["number"], s.Number) || q.Query.Get("words") != "" && len(q.form) == 0 {
				checked = " checked"
			}
			name.HTML = template.HTML(`<input type="checkbox" name="number" value="`+s.Number+`" aria-label="`+template.HTMLEscapeString(q.T("queue.mark", "number", s.Number))+`"`+checked+`> `) + name.HTML
		}
		t.Rows = append(t.Rows, q.rowOf(t.Heads, name, q.momentCell(s.At), wordsCell(q.T("correct.sort_"+s.Kind)),
			q.submissionRecord(s), wordsCell(cut(s.Wrong, 120)), wordsCell(q.T("queue."+s.State))))
	}
	return t
}

func (q *request) submissionRecord(s desk.Submission) cell {
	if r := q.View.Record(s.Record); r != nil {
		return q.linkCell(q.linkTo(r))
	}
	return wordsCell(cmp.Or(string(s.Record), s.Page))
}

// submissionPage is one of them, with what can be made of it.
type submissionPage struct {
	Title  string
	Facts  []pair
	Wrote  []pair
	Record *link
	Page   *link // on which they began
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
	if s.Page != "" {
		d.Page = &link{Text: s.Page, Href: s.Page}
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
		if s.State == desk.Spam {
			d.Answer = slices.DeleteFunc(d.Answer, func(p pair) bool { return p.Value == "" })
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
