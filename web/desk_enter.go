package web

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// The form by which people enter what a source says: a source, and rows of events and other statements; of a record that is there or of a new
// one. It keeps nothing between its steps: what was typed goes along with each, so that nothing is lost whatever happens in between.
//
//	step=preview  what was understood, and what it will change (desk_look.go)
//	step=save     the same form again, now saved as one batch; save-next: and then to an empty form for the next source
//	step=change   the form as it was typed
//	step=events, step=facts  more rows
//	choose=…      one of the meanings of what was typed
//	another=e1    that row tells of another event than the one recorded under its name

const (
	fewEvents, fewFacts = 3, 2
	mostRows            = 40
)

// enterPage is the form.
type enterPage struct {
	Title  string
	Record link
	New    bool
	Kind   string
	Form   *form
	Use    *formField // the sources of the record to choose from; nil where there are none
	Source []*formField
	Page   *formField
	Kept   string // what is kept of the page's text
	Open   bool   // the fields of a new source
	Named  []enterRow
	Events []enterRow
	Facts  []enterRow
	Lang   *formField
	Into   *formField // nil where there is no choice
	Help   string
}

// enterRow is a group of fields.
type enterRow struct {
	Legend string
	Main   []*formField
	More   []*formField
	Open   bool
}

// newRecord is /desk/new: which kind, then the form.
func newRecord(q *request) (*page, error) {
	k := registry.Kind(cmp.Or(q.form.Get("kind"), q.Query.Get("kind")))
	if !slices.Contains(newKinds, k) {
		p := choosePage{Title: q.T("edit.new")}
		for _, k := range newKinds {
			p.Choices = append(p.Choices, deskEntry{link{Text: q.kind(k), Href: "/desk/new?kind=" + string(k)}, registry.KindOf(k).Description})
		}
		return &page{Template: "choose", Title: p.Title, Data: p, Plain: true, Trail: q.deskTrail()}, nil
	}
	q.form.Set("kind", string(k))
	return q.enterForm(nil, k, nil, http.StatusOK), nil
}

// newKinds are the kinds of record that people make.
var newKinds = []registry.Kind{registry.KindNegotiation, registry.KindInstrument, registry.KindFinancing, registry.KindProject, registry.KindForum, registry.KindProgramme, registry.KindLaw, registry.KindParty}

// choosePage is a list of ways to go on.
type choosePage struct {
	Title   string
	Choices []deskEntry
}

// deskRecord is the record that a page of the desk is about.
func (q *request) deskRecord() (*registry.Record, error) {
	r := q.View.Record(registry.RecordID(q.params["record"]))
	if r == nil {
		return nil, errNowhere
	}
	return r, nil
}

// enter is /desk/enter/RECORD. The query may name a source, a field to begin with, or a claim to correct, to deny, or that another source makes too.
func enter(q *request) (*page, error) {
	r, err := q.deskRecord()
	if err != nil {
		return nil, err
	}
	if len(q.form) == 0 {
		q.prefill(r)
	}
	return q.enterForm(r, r.Kind, nil, http.StatusOK), nil
}

// prefill fills the form from the query.
func (q *request) prefill(r *registry.Record) {
	set := func(name, value string) {
		if value != "" {
			q.form.Set(name, value)
		}
	}
	if s := registry.SourceID(q.Query.Get("source")); q.View.Sources[s] != nil {
		set("source.use", string(s))
	}
	if f := q.Query.Get("field"); f == "event" {
		set("events", "3")
		set("facts", "0")
		set("e0.key", q.Query.Get("key"))
	} else if registry.HasField(r.Kind, f) {
		set("events", "0")
		set("facts", "1")
		set("f0.field", f)
		set("f0.fixed", f)
		set("f0.key", q.Query.Get("key"))
		if isCheck(f) { // what it is of stays, and it needs its reason
			set("f0.beside", "yes")
			set("f0.method", "inferred")
			set("facts", "1")
		}
	}
	corrects, denies, agrees := registry.EntryID(q.Query.Get("corrects")), registry.EntryID(q.Query.Get("denies")), registry.EntryID(q.Query.Get("agrees"))
	e := q.View.Entries[cmp.Or(corrects, denies, agrees)]
	if e == nil || e.Claim == nil || q.View.Resolve(e.Claim.Record) != r.ID {
		return
	}
	c := e.Claim
	set("events", "0")
	set("facts", "1")
	set("f0.field", c.Field)
	set("f0.fixed", c.Field)
	set("f0.key", c.Key)
	set("f0.lang", c.Value.Lang)
	set("f0.value", q.typedAs(registry.FieldOf(c.Field), c.Value))
	if c.Value.State != "" {
		set("f0.state", c.Value.String())
	}
	if corrects == "" {
		set("f0.beside", "yes")
	}
	if denies != "" {
		set("f0.not", "yes")
		return
	}
	if agrees != "" {
		if c.Not {
			set("f0.not", "yes")
		}
		return
	}
	set("f0.corrects", string(corrects))
	set("source.use", string(c.Source))
	for name, v := range map[string]string{"locator": c.Locator, "from": c.From, "until": c.Until, "note": c.Note, "method": c.Method, "statement": c.Statement, "speaker": c.Speaker} {
		set("f0."+name, v)
	}
	if c.Not {
		set("f0.not", "yes")
	}
}

// typedAs is a value as people would type it, if it is read as the same again; else as the registry writes it.
func (q *request) typedAs(def *registry.FieldDef, v registry.Value) string {
	if v.State != "" || def.Type == registry.TypeCode || def.Type == registry.TypeText || def.Type == registry.TypeString {
		return v.Raw
	}
	text := strings.ReplaceAll(q.plain(def, v), "\u00a0", " ")
	if u, err := edit.NewReader(q.View, q.Lang).Value(def, text, ""); err != nil || u.Value != v {
		return v.Raw
	}
	return text
}

// count is how many rows of a sort the form has.
func (q *request) count(name string, few int) int {
	n, err := strconv.Atoi(q.form.Get(name))
	if err != nil {
		n = few
	}
	return max(0, min(n, mostRows))
}

// enterForm draws the form, filled in as it was typed, with what is wrong.
func (q *request) enterForm(r *registry.Record, k registry.Kind, problems []edit.Problem, status int) *page {
	d := enterPage{New: r == nil, Kind: q.kind(k)}
	action := "/desk/new"
	trail := q.deskTrail(link{Text: q.T("edit.new"), Href: "/desk/new"})
	if d.New {
		d.Title = q.T("edit.new_kind", "kind", lowerFirst(q.kind(k)))
	} else {
		d.Record = q.linkTo(r)
		d.Title = q.T("edit.enter_on", "title", r.Title(q.Lang))
		if q.form.Get("f0.corrects") != "" {
			d.Title = q.T("edit.correct_on", "title", r.Title(q.Lang))
		}
		action = "/desk/enter/" + string(r.ID)
		trail = q.deskTrail(link{Text: r.Title(q.Lang), Href: "/desk/edit/" + string(r.ID)})
	}
	f := q.newForm(action, q.T("edit.preview"))
	f.Upload = true // files have no place in it, but a page's text grows less on the way
	d.Form = f
	few, facts := fewEvents, fewFacts
	if d.New {
		few, facts = 6, 1
	}
	if !registry.HasField(k, "event") || k == registry.KindParty {
		few = 0
	}
	events, rows := q.count("events", few), q.count("facts", facts)
	f.Hidden = append(f.Hidden, pair{"kind", string(k)}, pair{"token", q.token()}, pair{"events", strconv.Itoa(events)}, pair{"facts", strconv.Itoa(rows)})
	q.sourceFields(&d, r)
	if d.New {
		for i, name := range namedFields[k] {
			d.Named = append(d.Named, q.namedRow(f, i, name))
		}
	}
	for i := range events {
		d.Events = append(d.Events, q.eventRow(f, k, i))
	}
	for i := range rows {
		d.Facts = append(d.Facts, q.factRow(f, k, i))
	}
	d.Lang = f.add(formField{Name: "lang", Label: q.T("edit.lang"), Hint: q.T("edit.lang_hint"), Type: "select", Value: q.Lang, Options: q.codeOptions("language", "")})
	if as := q.intoOptions(); len(as) > 1 {
		d.Into = f.add(formField{Name: "into", Label: q.T("edit.into"), Hint: q.T("edit.into_hint"), Type: "select", Value: string(registry.Registry), Options: as})
	}
	for _, p := range problems {
		q.showProblem(f, p)
	}
	d.openWrong()
	return &page{Template: "enter", Title: d.Title, Data: d, Plain: true, Status: status, Trail: trail}
}

// openWrong opens what would hide a field that is wrong or filled in.
func (d *enterPage) openWrong() {
	for _, rows := range [][]enterRow{d.Named, d.Events, d.Facts} {
		for i := range rows {
			for _, x := range rows[i].More {
				rows[i].Open = rows[i].Open || x.Error != "" || x.Checked || x.Value != "" && x.Type != "select" || x.Type == "select" && x.Value != "" && x.Value != "stated"
			}
		}
	}
	for _, x := range d.Source {
		d.Open = d.Open || x.Error != ""
	}
	d.Open = d.Open || d.Use == nil || d.Use.Value == ""
}

// token is the form's: what is sent twice is one thing.
func (q *request) token() string {
	if t := q.form.Get("token"); edit.IsToken(t) {
		return t
	}
	b := make([]byte, 16)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// showProblem puts what is wrong at its field.
func (q *request) showProblem(f *form, p edit.Problem) {
	name := p.Part
	switch {
	case p.Row == edit.OfSource:
		name = "source." + p.Part
	case p.Row >= 0:
		rows := q.rowNames()
		if p.Row < len(rows) {
			part := p.Part
			switch part {
			case "event_note":
				part = "happened"
			case "event_place":
				part = "place"
			}
			name = rows[p.Row] + "." + part
		}
	}
	text := p.Err.Error()
	if h := registry.HintOf(p.Err); h != "" {
		text += ": " + h
	}
	f.fail(name, upperFirst(text)+".")
	for _, x := range f.Fields {
		if x.Name == name {
			for _, o := range edit.OptionsOf(p.Err) {
				x.Choices = append(x.Choices, formChoice{o.Says, name + "=" + o.Write + "\t" + p.Typed})
			}
		}
	}
}

// rowNames are the beginnings of the names of the rows' fields, in their order.
func (q *request) rowNames() []string {
	var out []string
	k := registry.Kind(q.form.Get("kind"))
	if q.params["record"] == "" {
		for i := range namedFields[k] {
			out = append(out, "n"+strconv.Itoa(i))
		}
	}
	for i := range q.count("events", 0) {
		out = append(out, "e"+strconv.Itoa(i))
	}
	for i := range q.count("facts", 0) {
		out = append(out, "f"+strconv.Itoa(i))
	}
	return out
}

// typedForm is what was typed, as package edit takes it.
func (q *request) typedForm(r *registry.Record, k registry.Kind) edit.Form {
	get := func(name string) string { return q.form.Get(name) }
	f := edit.Form{Kind: k, Token: get("token"), Source: edit.SourceForm{Use: registry.SourceID(get("source.use")), URL: get("source.url"), Title: get("source.title"),
		Publisher: get("source.publisher"), Date: get("source.date"), Grade: get("source.grade"), Lang: get("source.lang"), Undated: get("source.undated") == "yes", Hash: q.keptHash(),
		Seen: string(q.site.today())}}
	if r != nil {
		f.Record = r.ID
	}
	if s := q.likeSource(); s != nil && get("source.same") == "yes" {
		f.Source.Publisher, f.Source.Grade, f.Source.Lang = cmp.Or(strings.TrimSpace(f.Source.Publisher), s.Publisher), cmp.Or(f.Source.Grade, s.Grade), cmp.Or(f.Source.Lang, s.Lang)
	}
	hash := f.Source.Hash
	if s := q.View.Sources[f.Source.Use]; s != nil {
		hash = cmp.Or(s.Hash, hash)
	}
	if hash != "" && q.site.opt.Desk != nil {
		if b, err := q.site.opt.Desk.Kept(hash); err == nil {
			f.Source.Text = string(b)
		}
	}
	for _, n := range q.rowNames() {
		row := edit.Row{Field: get(n + ".field"), Key: get(n + ".key"), Qualifier: get(n + ".qualifier"), Value: get(n + ".value"), Lang: cmp.Or(get(n+".lang"), get("lang")), Happened: get(n + ".happened"),
			Place: get(n + ".place"), Not: get(n+".not") == "yes", Corrects: registry.EntryID(get(n + ".corrects")), Locator: get(n + ".locator"), From: get(n + ".from"), Until: get(n + ".until"),
			Method: get(n + ".method"), Note: get(n + ".note"), Statement: get(n + ".statement"), Speaker: get(n + ".speaker")}
		if s := get(n + ".state"); s != "" {
			row.Value = s
		}
		switch {
		case n[0] == 'e':
			row.Field = "event"
		case n[0] == 'n':
			i, _ := strconv.Atoi(n[1:])
			row.Field, row.Key, row.Qualifier = namedFields[k][i], namedKey(namedFields[k][i]), ""
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

// keepPage keeps the pasted text and puts its hash, with our mark, in its place.
func (q *request) keepPage() *edit.Problem {
	text := q.form.Get("source.text")
	if strings.TrimSpace(text) == "" {
		if q.form.Get("source.hash") != "" && q.keptHash() == "" {
			q.form.Del("source.hash")
			return &edit.Problem{Row: edit.OfSource, Part: "text", Err: registry.Errorf(registry.Invalid, "%s", q.T("edit.page_gone")).WithHint("%s", q.T("edit.page_gone_hint"))}
		}
		return nil
	}
	if err := edit.CheckPage(text); err != nil {
		return &edit.Problem{Row: edit.OfSource, Part: "text", Err: err}
	}
	hash, err := q.site.opt.Desk.Keep([]byte(text))
	if err != nil {
		return &edit.Problem{Row: edit.OfSource, Part: "text", Err: err}
	}
	q.form.Del("source.text")
	q.form.Set("source.hash", hash)
	q.form.Set("source.length", strconv.Itoa(len(text)))
	q.form.Set("source.mark", q.site.mark(hash))
	return nil
}

// keptHash is the hash of the text that was pasted into this form; "" where none was, or where the mark is not ours.
func (q *request) keptHash() string {
	h := q.form.Get("source.hash")
	if h == "" || !hmac.Equal([]byte(q.form.Get("source.mark")), []byte(q.site.mark(h))) {
		return ""
	}
	return h
}

// newMarkKey is a key that signs what goes along in forms. It lives as long as the server.
func newMarkKey() []byte {
	b := make([]byte, 32)
	rand.Read(b)
	return b
}

func (s *site) mark(hash string) string {
	m := hmac.New(sha256.New, s.markKey)
	m.Write([]byte(hash))
	return hex.EncodeToString(m.Sum(nil)[:16])
}

// choice puts one of the meanings in the place of what was typed.
func (q *request) choice() bool {
	name, rest, ok := strings.Cut(q.form.Get("choose"), "=")
	write, typed, ok2 := strings.Cut(rest, "\t")
	if !ok || !ok2 {
		return false
	}
	lines := strings.Split(q.form.Get(name), "\n")
	for i, l := range lines {
		if typed == "" || strings.TrimSpace(l) == typed {
			lines[i] = write
		}
	}
	q.form.Set(name, strings.Join(lines, "\n"))
	q.form.Del("choose")
	return true
}

// anotherEvent is the row of the form that a warning of another day of an event is about, where a number would tell the two apart.
func (q *request) anotherEvent(d edit.Draft, w edit.Warning) string {
	_, qualifier := registry.SplitEventKey(w.Key)
	if w.Code != "event_again" && w.Code != "event_other" || strings.Trim(qualifier, "0123456789") != "" {
		return ""
	}
	names, found := q.rowNames(), ""
	for _, row := range d.Rows {
		if c := row.Claim; c.Field == "event" && c.Key == w.Key && row.Row >= 0 && row.Row < len(names) && names[row.Row][0] == 'e' {
			found = names[row.Row] // the last of several in one form
		}
	}
	return found
}

// numberEvent gives the event of a row the next number that is free among those of its name.
func (q *request) numberEvent(r *registry.Record, row string) {
	names := q.rowNames()
	if !strings.HasPrefix(row, "e") || !slices.Contains(names, row) {
		return
	}
	event := q.form.Get(row + ".key")
	taken := func(n string) bool {
		return r != nil && r.Slot("event", event+":"+n) != nil || slices.ContainsFunc(names, func(x string) bool {
			return x != row && q.form.Get(x+".key") == event && strings.TrimSpace(q.form.Get(x+".qualifier")) == n
		})
	}
	for n := 2; ; n++ {
		if !taken(strconv.Itoa(n)) {
			q.form.Set(row+".qualifier", strconv.Itoa(n))
			return
		}
	}
}

// enterPost takes the form in any of its steps.
func enterPost(q *request) (*page, error) {
	var r *registry.Record
	k := registry.Kind(q.form.Get("kind"))
	if q.params["record"] != "" {
		var err error
		if r, err = q.deskRecord(); err != nil {
			return nil, err
		}
		k = r.Kind
	} else if !slices.Contains(newKinds, k) {
		return newRecord(q)
	}
	if q.site.opt.Desk == nil {
		return nil, errNowhere
	}
	bad := q.keepPage()
	step := q.form.Get("step")
	q.form.Del("step")
	if step == "instead" {
		q.form.Set("f0.corrects", q.form.Get("newer"))
	}
	q.form.Del("newer")
	for sort, more := range map[string]int{"events": 3, "facts": 3} {
		if step == sort {
			q.form.Set(sort, strconv.Itoa(min(mostRows, q.count(sort, 0)+more)))
		}
	}
	q.numberEvent(r, q.form.Get("another"))
	q.form.Del("another")
	if bad != nil {
		return q.enterForm(r, k, []edit.Problem{*bad}, http.StatusUnprocessableEntity), nil
	}
	if q.choice() || step == "change" || step == "events" || step == "facts" {
		return q.enterForm(r, k, nil, http.StatusOK), nil
	}
	if s := q.form.Get("source.use"); s != "" && strings.TrimSpace(q.form.Get("source.url")) != "" {
		return q.enterForm(r, k, []edit.Problem{{Row: edit.OfSource, Part: "use", Err: registry.Errorf(registry.Invalid, "%s", q.T("edit.two_sources")).WithHint("%s", q.T("edit.two_sources_hint"))}},
			http.StatusUnprocessableEntity), nil
	}
	typed, gone := q.typedForm(r, k), false
	for i := range typed.Rows { // to correct what was taken back meanwhile is for the person to decide
		if row := &typed.Rows[i]; row.Corrects != "" && q.View.Entries[row.Corrects] == nil && q.book().Retraction(row.Corrects) != nil {
			row.Corrects, gone = "", true
		}
	}
	draft, problems := edit.NewReader(q.View, cmp.Or(q.form.Get("lang"), q.Lang)).Read(typed)
	if len(problems) > 0 {
		return q.enterForm(r, k, problems, http.StatusUnprocessableEntity), nil
	}
	if gone {
		return q.conflictPage(r, draft)
	}
	if err := draft.Corrected(q.book()); err != nil {
		if registry.CodeOf(err) == registry.Conflict {
			return q.conflictPage(r, draft)
		}
		return nil, err
	}
	entries, err := draft.Entries(q.user.By(), q.into(), q.site.opt.Now())
	if err != nil {
		return nil, err
	}
	if step != "save" && step != "save-next" {
		return q.lookPage(r, k, draft, entries), nil
	}
	if err := q.site.opt.Desk.Commit(q.http.Context(), entries); err != nil {
		if registry.CodeOf(err) == registry.Conflict { // somebody was quicker by the blink of an eye
			if err := q.read(); err != nil {
				return nil, err
			}
			return q.conflictPage(r, draft)
		}
		return nil, err
	}
	q.did("enter", string(draft.Record), fmt.Sprintf("%d entries", len(entries)))
	to := "/desk/edit/" + string(draft.Record)
	if step == "save-next" {
		to = "/desk/enter/" + string(draft.Record)
		if draft.Source != "" {
			to += "?like=" + string(draft.Source)
		}
	} else if draft.Source != "" {
		to += "?source=" + string(draft.Source)
	}
	return nil, seeOther{to: to, say: q.T("edit.saved", "n", len(draft.Rows)), more: link{Text: q.T("edit.undo"), Href: "/desk/undo/" + string(entries[0].ID)}}
}
