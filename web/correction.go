package web

import (
	"cmp"
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/registry"
)

// correctionPage is the form by which anyone says that something is wrong, or that they are named. It is the same for a record that is
// not there and for one that the visitor may not see.
type correctionPage struct {
	Title string
	About *link // the record, where the visitor sees it
	Said  *claimView
	Of    string // the field
	Asked string // the address that was asked for, where nothing is seen under it
	Form  *form
	Full  bool   // too many wait
	Other string // how else to write
}

// pot is a field that people do not see. Programs that fill in every field fill it in.
const pot = "address2"

// correctionNew is /corrections/new?record=…&field=…&claim=….
func correctionNew(q *request) (*page, error) {
	if q.site.opt.Correspondence == nil {
		return nil, errNowhere
	}
	return q.correctionPage(q.correctionForm(), http.StatusOK), nil
}

func (q *request) correctionForm() *form {
	f := q.newForm("/corrections/new", q.T("correct.send"))
	get := func(name string) string {
		if q.form.Has(name) {
			return cut(q.form.Get(name), 200)
		}
		return cut(q.Query.Get(name), 200)
	}
	f.Hidden = []pair{{"record", get("record")}, {"field", get("field")}, {"claim", get("claim")}, {"page", ownPath(get("page"))}}
	kind := formField{Name: "kind", Label: q.T("correct.kind"), Type: "radio"}
	for _, k := range desk.SubmissionKinds {
		kind.Options = append(kind.Options, formOption{Value: k, Label: q.T("correct.kind_" + k), Hint: q.T("correct.about_" + k)})
	}
	f.add(kind)
	f.add(formField{Name: "wrong", Label: q.T("correct.wrong"), Hint: q.T("correct.wrong_hint"), Type: "textarea", Rows: 5, Max: desk.LongestText, Required: true})
	f.add(formField{Name: "right", Label: q.T("correct.right"), Hint: q.T("correct.right_hint"), Type: "textarea", Rows: 4, Max: desk.LongestText, Optional: true})
	f.add(formField{Name: "source", Label: q.T("correct.source"), Hint: q.T("correct.source_hint"), Max: desk.LongestLine, Optional: true})
	f.add(formField{Name: "name", Label: q.T("correct.name"), Hint: q.T("correct.private"), Max: desk.LongestLine, Autocomplete: "name", Optional: true})
	f.add(formField{Name: "contact", Label: q.T("correct.contact"), Hint: q.T("correct.contact_hint"), Max: desk.LongestLine, Autocomplete: "email", Optional: true})
	f.add(formField{Name: "quote", Label: q.T("correct.quote"), Hint: q.T("correct.quote_hint"), Type: "checkbox"})
	return f
}

// ownPath is an address of this site as somebody gave it, "" for anything else.
func ownPath(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(s, "\\\n\t") || u.Fragment != "" {
		return ""
	}
	return u.RequestURI()
}

func (q *request) correctionPage(f *form, status int) *page {
	d := correctionPage{Title: q.T("correct.title"), Form: f, Other: q.site.opt.Contact}
	id, claim := registry.RecordID(f.Hidden[0].Value), f.Hidden[2].Value
	if st, e := q.statedAs(claim); e != nil {
		v := q.claimAlone(st)
		d.Said, d.Of, id = &v, q.locale.field(registry.FieldOf(e.Claim.Field)), e.Claim.Record
	}
	if r := q.View.Record(id); r != nil {
		l := q.linkTo(r)
		d.About = &l
		if def := registry.FieldOf(f.Hidden[1].Value); def != nil && d.Said == nil {
			d.Of = q.locale.field(def)
		}
	} else {
		d.Asked = cmp.Or(string(id), f.Hidden[3].Value)
	}
	return &page{Template: "correction", Title: d.Title, Data: d, Status: status, Plain: true}
}

// claimAlone is a claim on a page that has no list of sources.
func (q *request) claimAlone(st *registry.Stated) claimView {
	v := q.claim(registry.FieldOf(st.Field), st)
	if v.Chip = withoutNumber(v.Chip); v.Chip != nil {
		v.Chip.Wrong = ""
	}
	return v
}

// shortestClaim is how much of an entry's id names it in an address.
const shortestClaim = 16

// statedAs is the claim that the beginning of an id names, as far as the visitor sees it.
func (q *request) statedAs(id string) (*registry.Stated, *registry.Entry) {
	if len(id) < shortestClaim {
		return nil, nil
	}
	e := q.View.Entries[registry.EntryID(id)]
	if e == nil {
		for x, candidate := range q.View.Entries {
			if strings.HasPrefix(string(x), id) {
				e = candidate
			}
		}
	}
	if e == nil || e.Claim == nil || q.View.Record(e.Claim.Record) == nil {
		return nil, nil
	}
	return &registry.Stated{Claim: e.Claim, Entry: e, Source: q.View.Sources[e.Claim.Source], Known: registry.DayOf(e.At)}, e
}

// correctionSend takes the form.
func correctionSend(q *request) (*page, error) {
	d := q.site.opt.Correspondence
	if d == nil {
		return nil, errNowhere
	}
	f := q.correctionForm()
	s := desk.Submission{At: q.site.opt.Now(), Kind: q.form.Get("kind"), Record: registry.RecordID(f.Hidden[0].Value), Field: f.Hidden[1].Value, Claim: registry.EntryID(f.Hidden[2].Value), Page: f.Hidden[3].Value,
		Wrong: trimmed(q.form, "wrong"), Right: trimmed(q.form, "right"), Source: trimmed(q.form, "source"), Name: trimmed(q.form, "name"), Contact: trimmed(q.form, "contact"), Quote: q.form.Get("quote") == "yes"}
	if st, e := q.statedAs(string(s.Claim)); st != nil {
		s.Claim, s.Field, s.Record = e.ID, e.Claim.Field, q.View.Resolve(e.Claim.Record)
	}
	q.checkCorrection(f, &s)
	if len(f.Errors) > 0 {
		return q.correctionPage(f, http.StatusUnprocessableEntity), nil
	}
	network := q.network()
	if a := q.client(); a.IsLoopback() || a.IsPrivate() { // a proxy that the operator did not name: everyone comes from there
		network = ""
	}
	ok, first := q.site.writers.may(q.site.opt.Now(), network, q.wideNetwork(), string(s.Record))
	s.First = first
	if !ok {
		q.header.Set("Retry-After", "3600")
		f.fail("", q.T("correct.too_often")+" "+q.otherMeans())
		return q.correctionPage(f, http.StatusTooManyRequests), nil
	}
	_, token, err := d.Submit(q.http.Context(), s)
	if errors.Is(err, desk.ErrFull) {
		f.fail("", q.T("correct.full")+" "+q.otherMeans())
		return q.correctionPage(f, http.StatusServiceUnavailable), nil
	}
	if err != nil {
		return nil, err
	}
	return nil, seeOther{to: "/corrections/receipt/" + token}
}

// trimmed is what was typed into a field, without blanks around it and without characters that control a screen.
func trimmed(v map[string][]string, name string) string {
	if len(v[name]) == 0 {
		return ""
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, v[name][0]))
}

func (q *request) otherMeans() string {
	if q.site.opt.Contact != "" {
		return q.T("correct.other_contact", "contact", q.site.opt.Contact)
	}
	return q.T("correct.other_means")
}

func (q *request) checkCorrection(f *form, s *desk.Submission) {
	if q.form.Get(pot) != "" {
		f.fail("", q.T("correct.pot"))
	}
	if !slices.Contains(desk.SubmissionKinds, s.Kind) {
		f.fail("kind", q.T("correct.no_kind"))
	}
	if s.Wrong == "" {
		f.fail("wrong", q.T("correct.no_wrong"))
	}
	for name, x := range map[string]string{"wrong": s.Wrong, "right": s.Right} {
		if n := utf8.RuneCountInString(x); n > desk.LongestText {
			f.fail(name, q.T("correct.too_long", "n", n, "most", desk.LongestText))
		}
	}
	for name, x := range map[string]string{"source": s.Source, "name": s.Name, "contact": s.Contact} {
		if n := utf8.RuneCountInString(x); n > desk.LongestLine {
			f.fail(name, q.T("correct.too_long", "n", n, "most", desk.LongestLine))
		}
	}
	if s.Quote && s.Name == "" {
		f.fail("name", q.T("correct.no_name"))
	}
	if strings.Contains(s.Contact, "@") {
		if _, err := mail.ParseAddress(s.Contact); err != nil && !strings.ContainsAny(s.Contact, " ,;") {
			f.fail("contact", q.T("correct.bad_contact"))
		}
	}
}

// receipt is what who wrote sees of it afterwards, by its private link.
type receipt struct {
	Title  string
	Number string
	Link   string // to be kept
	When   template.HTML
	About  *link
	State  string
	Answer string
	Done   template.HTML
	Log    string // address of the public log, once it is answered
	Wrote  []pair
	Gone   bool
}

// receiptPage is /corrections/receipt/TOKEN.
func receiptPage(q *request) (*page, error) {
	if q.site.opt.Correspondence == nil {
		return nil, errNowhere
	}
	s, err := q.site.opt.Correspondence.SubmissionByToken(q.http.Context(), q.params["token"])
	if registry.CodeOf(err) == registry.NotFound {
		return nil, errNowhere
	}
	if err != nil {
		return nil, err
	}
	d := receipt{Title: q.T("receipt.title"), Number: s.Number, Link: q.absolute("/corrections/receipt/" + q.params["token"]), When: q.moment(s.At), State: q.T("receipt." + s.State),
		Answer: s.Answer, Gone: !s.Forgotten.IsZero()}
	if r := q.View.Record(s.Record); r != nil {
		l := q.linkTo(r)
		d.About = &l
	}
	if s.State != desk.Waiting {
		d.Done = q.moment(s.Decided)
		if s.State != desk.Duplicate {
			d.Log = "/corrections"
		}
	}
	for _, x := range []pair{{q.T("correct.wrong"), s.Wrong}, {q.T("correct.right"), s.Right}, {q.T("correct.source"), s.Source}} {
		if x.Value != "" {
			d.Wrote = append(d.Wrote, x)
		}
	}
	return &page{Template: "receipt", Title: d.Title, Data: d, Plain: true}, nil
}

// absolute is an address with its host, to be kept and sent.
func (q *request) absolute(path string) string {
	if q.site.opt.BaseURL != "" {
		return q.site.opt.BaseURL + path
	}
	scheme := "http://"
	if q.secure() {
		scheme = "https://"
	}
	return scheme + q.http.Host + path
}

// How often may be written: the desk bounds what may wait, these bound how fast it fills. Nobody is locked out by what others on other networks
// send: whoever writes for the first time in a day is bounded only by what comes from the same provider.
const (
	writesAnHour     = 6 // from one network
	writesADay       = 20
	writesWideAnHour = 60  // from one provider's /16 or /32
	writesAllAnHour  = 300 // from everybody who has written before, or comes by a proxy that tells nothing
	mostNetworks     = 20_000
)

// writers counts who wrote when, by network. It is kept in memory only, for a day.
type writers struct {
	mu   sync.Mutex
	of   map[string][]written
	wide map[string][]written
	all  []written
}

// written is that somebody wrote, and about which record.
type written struct {
	at     time.Time
	record string
}

// within are those of the last time d; they stand in the order of time.
func within(ws []written, now time.Time, d time.Duration) []written {
	i := 0
	for i < len(ws) && now.Sub(ws[i].at) >= d {
		i++
	}
	return ws[i:]
}

// may says whether the network ("" for one that says nothing of who writes) may write about a record at a moment, and counts it; first, whether
// nobody there has written about the record that day.
func (w *writers) may(now time.Time, network, wide, record string) (ok, first bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.of == nil {
		w.of, w.wide = map[string][]written{}, map[string][]written{}
	}
	x := written{now, record}
	w.all = within(w.all, now, time.Hour)
	if network == "" {
		if len(w.all) >= writesAllAnHour {
			return false, false
		}
		w.all = append(w.all, x)
		return true, false
	}
	mine, theirs := within(w.of[network], now, 24*time.Hour), within(w.wide[wide], now, time.Hour)
	if len(mine) >= writesADay || len(within(mine, now, time.Hour)) >= writesAnHour || len(theirs) >= writesWideAnHour {
		return false, false
	}
	w.forget(now)
	room := len(w.of) < mostNetworks || w.of[network] != nil
	if len(mine) > 0 || !room { // more networks than that in a day: the bound of all holds
		if len(w.all) >= writesAllAnHour {
			return false, false
		}
		w.all = append(w.all, x)
	}
	if room {
		w.of[network], w.wide[wide] = append(slices.Clone(mine), x), append(slices.Clone(theirs), x)
	}
	return true, room && !slices.ContainsFunc(mine, func(o written) bool { return o.record == record })
}

// forget makes room.
func (w *writers) forget(now time.Time) {
	if len(w.of) < mostNetworks {
		return
	}
	for n, ws := range w.of {
		if len(within(ws, now, 24*time.Hour)) == 0 {
			delete(w.of, n)
		}
	}
	for n, ws := range w.wide {
		if len(within(ws, now, time.Hour)) == 0 {
			delete(w.wide, n)
		}
	}
}

// wrongHref is where one says that a claim is wrong; "" where nobody could read it.
func (q *request) wrongHref(e *registry.Entry) string {
	if e == nil || !q.canWrite() {
		return ""
	}
	return "/corrections/new?claim=" + string(e.ID[:min(len(e.ID), shortestClaim)])
}

// canWrite says whether there is anyone who could answer.
func (q *request) canWrite() bool {
	return q.site.opt.Correspondence != nil && q.site.hasDesk(context.WithoutCancel(q.http.Context()))
}
