package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/notice"
	"github.com/openassay/assay/registry"
)

// noticesPage lists the statements about which somebody must be told before they are published; template "notices".
type noticesPage struct {
	Title string
	Needs []noticeNeed
	Form  *form
}

type noticeNeed struct {
	historyLine
	Value   string
	Record  link
	Whom    []link
	State   string
	Checked bool
	Met     bool
}

// letterPage are letters to be printed and sent, one to each addressee, and the form that says that they were; template "letter".
type letterPage struct {
	Title   string
	Lede    string
	Letters []string
	Form    *form
}

// daysGiven is how long somebody has for an answer unless the editor gives another time.
const daysGiven = 14

// given is what was done about statements so far.
func (q *request) given() ([]notice.Given, error) {
	if q.site.opt.Correspondence == nil {
		return nil, nil
	}
	all, err := q.site.opt.Correspondence.PriorNotices(q.http.Context())
	out := make([]notice.Given, len(all))
	for i, n := range all {
		out[i] = notice.Given{Entries: n.Entries, Kind: n.Kind, Sent: n.Sent, Days: n.Days}
		for _, id := range strings.Fields(n.Whom) {
			out[i].Whom = append(out[i].Whom, q.View.Resolve(registry.RecordID(id)))
		}
	}
	return out, err
}

// missingNotices are those of some entries that may not be published yet.
func (q *request) missingNotices(es []*registry.Entry) ([]notice.Missing, error) {
	return q.missingIn(es, q.View)
}

func (q *request) missingIn(es []*registry.Entry, v *registry.View) ([]notice.Missing, error) {
	needs := notice.Needed(es, v)
	if len(needs) == 0 {
		return nil, nil
	}
	given, err := q.given()
	return notice.Open(needs, given, q.site.today()), err
}

// noticeLines say of statements who must be told, and what is missing.
func (q *request) noticeLines(needs []notice.Need, missing []notice.Missing) []noticeNeed {
	book := q.book()
	var out []noticeNeed
	for _, n := range needs {
		l := noticeNeed{historyLine: q.historyLine(n.Entry, book, false), Value: string(n.Entry.ID), Checked: slices.Contains(q.form["entry"], string(n.Entry.ID)), Record: q.recordLink(n.Entry.Claim.Record)}
		for _, id := range n.Whom {
			l.Whom = append(l.Whom, q.recordLink(id))
		}
		i := slices.IndexFunc(missing, func(m notice.Missing) bool { return m.Entry.ID == n.Entry.ID })
		switch {
		case i < 0:
			l.State, l.Met = q.T("notice.met"), true
		case missing[i].Until != "":
			l.State = q.T("notice.waiting", "date", q.edtfText(string(missing[i].Until)))
		case len(n.Whom) == 0:
			l.State = q.T("notice.missing_nobody")
		default:
			l.State = q.T("notice.missing")
		}
		out = append(out, l)
	}
	return out
}

// waitingNeeds are the statements among what is not published that need a notice.
func (q *request) waitingNeeds() []notice.Need { return notice.Needed(q.book().Unpublished(), q.View) }

// notices is /desk/notices.
func notices(q *request) (*page, error) {
	if q.site.opt.Correspondence == nil {
		return nil, errNowhere
	}
	return q.noticesPage(q.noticeForm(), http.StatusOK)
}

func (q *request) noticeForm() *form {
	f := q.newForm("/desk/notices", q.T("notice.go_on"))
	kind := formField{Name: "kind", Label: q.T("notice.kind"), Type: "radio"}
	for _, k := range []string{notice.Letter, notice.Risk, notice.Nobody} {
		kind.Options = append(kind.Options, formOption{Value: k, Label: q.T("notice.kind_" + k), Hint: q.T("notice.about_" + k)})
	}
	f.add(kind)
	f.add(formField{Name: "reason", Label: q.T("notice.reason"), Hint: q.T("notice.reason_hint"), Type: "textarea", Rows: 2, Max: 1000, Optional: true})
	return f
}

func (q *request) noticesPage(f *form, status int) (*page, error) {
	needs := q.waitingNeeds()
	given, err := q.given()
	if err != nil {
		return nil, err
	}
	d := noticesPage{Title: q.T("notice.title"), Needs: q.noticeLines(needs, notice.Open(needs, given, q.site.today())), Form: f}
	return &page{Template: "notices", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail(link{Text: q.T("unpublished.title"), Href: "/desk/unpublished"})}, nil
}

// noticePost makes a letter, or writes down that one was sent, or why none was.
func noticePost(q *request) (*page, error) {
	store := q.site.opt.Correspondence
	if store == nil {
		return nil, errNowhere
	}
	var chosen []notice.Need
	for _, n := range q.waitingNeeds() {
		if slices.Contains(q.form["entry"], string(n.Entry.ID)) {
			chosen = append(chosen, n)
		}
	}
	f := q.noticeForm()
	x := desk.PriorNotice{At: q.site.opt.Now(), By: q.user.By(), Kind: q.form.Get("kind"), Reason: trimmed(q.form, "reason")}
	named := false
	for _, n := range chosen {
		x.Entries = append(x.Entries, n.Entry.ID)
		named = named || len(n.Whom) > 0
	}
	switch {
	case len(chosen) == 0:
		f.fail("", q.T("notice.none"))
	case x.Kind == notice.Risk && x.Reason == "":
		f.fail("reason", q.T("notice.no_reason"))
	case x.Kind == notice.Nobody && named:
		f.fail("kind", q.T("notice.somebody"))
	case x.Kind != notice.Risk && x.Kind != notice.Nobody && x.Kind != notice.Letter:
		f.fail("kind", q.T("notice.no_kind"))
	}
	if len(f.Errors) > 0 {
		return q.noticesPage(f, http.StatusUnprocessableEntity)
	}
	if x.Kind == notice.Letter {
		if p, err := q.letterStep(chosen, &x); p != nil || err != nil {
			return p, err
		}
	}
	if err := store.NotePriorNotice(q.http.Context(), x); err != nil {
		return nil, err
	}
	q.did("notice", string(x.Entries[0]), x.Kind)
	return nil, seeOther{to: "/desk/notices", say: q.T("notice.noted")}
}

// letterStep shows the letter until its date is given; then it fills in the notice and gives no page.
func (q *request) letterStep(chosen []notice.Need, x *desk.PriorNotice) (*page, error) {
	days, err := strconv.Atoi(trimmed(q.form, "days"))
	if !q.form.Has("days") {
		days, err = daysGiven, nil
	}
	f := q.newForm("/desk/notices", q.T("notice.sent_button"))
	f.Hidden = []pair{{"kind", notice.Letter}, {"step", "sent"}}
	for _, n := range chosen {
		f.Hidden = append(f.Hidden, pair{"entry", string(n.Entry.ID)})
	}
	f.add(formField{Name: "sent", Label: q.T("notice.sent"), Hint: q.T("notice.sent_hint"), Type: "date", Value: string(q.site.today()), Short: true})
	f.add(formField{Name: "days", Label: q.T("notice.days"), Hint: q.T("notice.days_hint"), Type: "number", Value: strconv.Itoa(daysGiven), Short: true})
	f.Cancel = link{Text: q.T("look.back"), Href: "/desk/notices"}
	status := http.StatusOK
	letters := q.letters(chosen, max(days, 1))
	x.Letter = strings.Join(letters, "\n\n")
	if q.form.Get("step") == "sent" {
		x.Sent, x.Days = registry.Day(q.form.Get("sent")), days
		if _, e := registry.ParseDay(string(x.Sent)); e != nil || x.Sent > q.site.today() {
			f.fail("sent", q.T("notice.no_day"))
		}
		if err != nil || days < 1 || days > 365 {
			f.fail("days", q.T("notice.no_days"))
		}
		if len(f.Errors) == 0 {
			var whom []string
			for _, n := range chosen {
				for _, id := range n.Whom {
					if !slices.Contains(whom, string(id)) {
						whom = append(whom, string(id))
					}
				}
			}
			slices.Sort(whom)
			x.Whom = strings.Join(whom, " ")
			return nil, nil
		}
		status = http.StatusUnprocessableEntity
	}
	d := letterPage{Title: q.T("letter.title", "n", len(letters)), Lede: q.T("letter.lede", "n", len(letters)), Letters: letters, Form: f}
	return &page{Template: "letter", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail(link{Text: q.T("notice.title"), Href: "/desk/notices"})}, nil
}

// letters are one to each who is named, with what concerns them and nothing of what is said of others alone; the last is about what names
// nobody that the registry knows.
func (q *request) letters(chosen []notice.Need, days int) []string {
	var whom []registry.RecordID
	of := map[registry.RecordID][]notice.Need{}
	for _, n := range chosen {
		ids := n.Whom
		if len(ids) == 0 {
			ids = []registry.RecordID{""}
		}
		for _, id := range ids {
			if of[id] == nil {
				whom = append(whom, id)
			}
			of[id] = append(of[id], n)
		}
	}
	slices.Sort(whom)
	if len(whom) > 0 && whom[0] == "" {
		whom = append(whom[1:], "")
	}
	var out []string
	for _, id := range whom {
		to := q.T("letter.whom")
		if id != "" {
			to = q.recordLink(id).Text
		}
		out = append(out, q.letter(to, of[id], days))
	}
	return out
}

// letter tells somebody who is named what is going to be said, in words that can be printed and sent.
func (q *request) letter(to string, chosen []notice.Need, days int) string {
	var b strings.Builder
	today := q.site.today()
	line := func(s string) { b.WriteString(s + "\n") }
	line(q.edtfText(string(today)))
	line("")
	line(q.T("letter.to", "whom", to))
	line("")
	line(q.T("letter.intends", "registry", q.T("site.name")))
	line("")
	for i, n := range chosen {
		line(q.letterStatement(i+1, n.Entry.Claim))
		line("")
	}
	line(q.T("letter.source"))
	line("")
	line(q.T("letter.answer", "date", q.edtfText(string(notice.After(today, days)))))
	line("")
	if q.site.opt.Contact != "" {
		line(q.T("letter.contact", "contact", q.site.opt.Contact))
		line("")
	}
	line(q.T("letter.form", "address", q.absolute("/corrections/new")))
	line("")
	line(q.T("letter.after"))
	return b.String()
}

func (q *request) letterStatement(i int, c *registry.Claim) string {
	def := registry.FieldOf(c.Field)
	said := q.plain(def, c.Value)
	if c.Value.State != "" {
		said = q.claimState(&registry.Stated{Claim: c, Entry: &registry.Entry{}}).Word
	}
	of := q.locale.field(def)
	if def.Key == "event" && c.Key != "" {
		of += " (" + q.eventWords(c.Key) + ")"
	}
	s := q.T("letter.statement", "i", i, "record", q.recordLink(c.Record).Text, "field", of, "who", q.statement(c).Word, "said", said)
	if c.Note != "" {
		s += "\n" + q.T("letter.note", "note", c.Note)
	}
	if src := q.View.Sources[c.Source]; src != nil {
		s += "\n" + q.T("letter.from", "source", strings.Join(slices.DeleteFunc([]string{src.Publisher, src.Title, q.edtfText(src.Date), c.Locator, src.URL}, func(x string) bool { return x == "" }), ", "))
	}
	return s
}
