package edit_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// desk is a little registry that tests write into as a person would.
type desk struct {
	t       *testing.T
	entries []registry.Entry
	at      time.Time
	n       int
}

const talks = "neg_talks"

// newDesk has two parties and, public, talks with a title and one event.
func newDesk(t *testing.T) *desk {
	d := &desk{t: t, at: day}
	d.put(registry.Public, registry.Entry{Source: &registry.Source{ID: "src_press", URL: "https://press.example/1", Publisher: "Press", Date: "2025-10-28", Grade: "trade_press"}},
		claim("pty_AAA", "name", "short", "Ayland", "src_press"), claim("pty_BBB", "name", "short", "Beeland", "src_press"), claim(talks, "title", "", "Talks", "src_press"),
		claim(talks, "event", "reported", "2025-10-20", "src_press"))
	return d
}

func claim(record, field, key, value, source string) registry.Entry {
	v, err := registry.ParseValue(registry.FieldOf(field), value, "")
	if err != nil {
		panic(err)
	}
	return registry.Entry{Claim: &registry.Claim{Record: registry.RecordID(record), Field: field, Key: key, Value: v, Source: registry.SourceID(source)}}
}

func (d *desk) put(a registry.Audience, parts ...registry.Entry) {
	d.t.Helper()
	for _, p := range parts {
		p.Audience, p.By, p.At = a, "person:seed", d.at
		e, err := registry.NewEntry(p)
		if err != nil {
			d.t.Fatal(err)
		}
		d.entries = append(d.entries, e)
	}
}

func (d *desk) book() *edit.Book { return edit.NewBook(d.entries) }

func (d *desk) act() edit.Act {
	d.n++
	d.at = d.at.Add(time.Second)
	return edit.Act{Token: fmt.Sprintf("token-of-test-%04d", d.n), By: "person:ada", At: d.at, Into: registry.Registry}
}

// save appends what an operation gave, which must not fail, and gives the batch.
func (d *desk) save(es []registry.Entry, err error) []*registry.Entry {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	n := len(d.entries)
	d.entries = append(d.entries, es...)
	var out []*registry.Entry
	for i := range d.entries[n:] {
		out = append(out, &d.entries[n+i])
	}
	superseded := map[registry.EntryID]bool{} // the rule of the log
	for _, e := range d.entries {
		if e.Claim != nil && e.Claim.Supersedes != "" {
			if superseded[e.Claim.Supersedes] {
				d.t.Fatalf("%s is superseded twice; the log refuses that", e.Claim.Supersedes)
			}
			superseded[e.Claim.Supersedes] = true
		}
	}
	return out
}

// enter reads a form with one row and saves it.
func (d *desk) enter(row edit.Row) []*registry.Entry {
	d.t.Helper()
	a := d.act()
	draft, ps := edit.NewReader(d.view(registry.Registry), "en").Read(edit.Form{Record: talks, Token: a.Token, Source: edit.SourceForm{Use: "src_press"}, Rows: []edit.Row{row}})
	if len(ps) > 0 {
		d.t.Fatalf("%+v", ps)
	}
	if err := draft.Corrected(d.book()); err != nil {
		d.t.Fatal(err)
	}
	return d.save(draft.Entries(a.By, a.Into, a.At))
}

func (d *desk) view(as ...registry.Audience) *registry.View {
	return registry.Compile(d.entries, registry.Reader(as...), "")
}

// shown is the value of the event "reported" for readers, and how many claims stand beside it.
func (d *desk) shown(as ...registry.Audience) string {
	s := d.view(as...).Record(talks).Slot("event", "reported")
	if s == nil || s.Shown == nil {
		return ""
	}
	return fmt.Sprint(s.Shown.Value.Raw, " ", len(edit.Claims(s)))
}

func (d *desk) public() string {
	b, err := json.Marshal(d.view().Dump())
	if err != nil {
		d.t.Fatal(err)
	}
	return string(b)
}

func (d *desk) claimOn(field, value string) registry.EntryID {
	d.t.Helper()
	for _, e := range slices.Backward(d.entries) {
		if e.Claim != nil && e.Claim.Field == field && e.Claim.Value.String() == value {
			return e.ID
		}
	}
	d.t.Fatalf("no claim on %s is %s", field, value)
	return ""
}

func TestCorrectUndoCorrect(t *testing.T) {
	d := newDesk(t)
	public := d.public()
	first := d.claimOn("event", "2025-10-20")
	batch := d.enter(edit.Row{Field: "event", Key: "reported", Value: "21 October 2025", Corrects: first})
	if got := d.shown(registry.Registry); got != "2025-10-21 1" {
		t.Errorf("corrected: %s", got)
	}
	if err := correct(d, first); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("a stale correction: %v", err)
	}
	undone, kept, err := d.act().Undo(d.book(), false, batch)
	if len(kept) > 0 {
		t.Errorf("kept %+v", kept)
	}
	again := d.save(undone, err)
	if got := d.shown(registry.Registry); got != "2025-10-20 1" {
		t.Errorf("undone: %s", got)
	}
	_, kept, _ = d.act().Undo(d.book(), false, batch)
	if len(kept) != 1 || kept[0].Why != "corrected" {
		t.Errorf("undone twice: %+v", kept)
	}
	d.enter(edit.Row{Field: "event", Key: "reported", Value: "22 October 2025", Corrects: again[0].ID})
	if got := d.shown(registry.Registry); got != "2025-10-22 1" {
		t.Errorf("corrected anew: %s", got)
	}
	if d.public() != public {
		t.Error("the public view has changed")
	}
	p := edit.Publish(d.book(), d.claimOn("event", "2025-10-22"))
	if len(p.Claims) != 3 || len(p.Needed) != 2 {
		t.Errorf("published with what stands between: %+v", p)
	}
	d.save(d.act().Publish(p, ""))
	if got := d.shown(); got != "2025-10-22 1" {
		t.Errorf("published: %s", got)
	}
}

func correct(d *desk, id registry.EntryID) error {
	_, _, err := d.book().Correction(id)
	return err
}

// A correction that was taken back leaves the claim to be corrected again.
func TestCorrectAfterRetraction(t *testing.T) {
	d := newDesk(t)
	first := d.claimOn("event", "2025-10-20")
	batch := d.enter(edit.Row{Field: "event", Key: "reported", Value: "21 October 2025", Corrects: first})
	d.save(d.act().Retract(d.book(), false, "misread", batch[0].ID))
	if got := d.shown(registry.Registry); got != "2025-10-20 1" {
		t.Errorf("taken back: %s", got)
	}
	d.enter(edit.Row{Field: "event", Key: "reported", Value: "23 October 2025", Corrects: first})
	if got := d.shown(registry.Registry); got != "2025-10-23 1" {
		t.Errorf("corrected anew: %s", got)
	}
}

func TestRetract(t *testing.T) {
	d := newDesk(t)
	first := d.claimOn("event", "2025-10-20")
	if _, err := d.act().Retract(d.book(), false, "wrong", first); registry.CodeOf(err) != registry.Invalid || !strings.Contains(err.Error(), "public") {
		t.Errorf("a contributor takes back what is public: %v", err)
	}
	if _, err := d.act().Retract(d.book(), true, " ", first); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	batch := d.save(d.act().Retract(d.book(), true, "wrong", first))
	if d.shown() != "" || batch[0].Audience != registry.Public {
		t.Errorf("an editor took it back: %s, %s", d.shown(), batch[0].Audience)
	}
	if _, err := d.act().Retract(d.book(), true, "wrong", first); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("taken back twice: %v", err)
	}
	undo, _, err := d.act().Undo(d.book(), true, batch)
	d.save(undo, err)
	if d.shown() != "2025-10-20 1" {
		t.Errorf("the retraction undone: %s", d.shown())
	}
	if _, err := d.act().Retract(d.book(), true, "wrong", "00"); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("of nothing: %v", err)
	}
}

func TestChooseAndDeny(t *testing.T) {
	d := newDesk(t)
	public := d.public()
	d.enter(edit.Row{Field: "event", Key: "reported", Value: "25 October 2025"})
	loser := ""
	s := d.view(registry.Registry).Record(talks).Slot("event", "reported")
	for _, c := range edit.Claims(s) {
		if c.Place == "losing" {
			loser = c.Value.Raw
			d.save(d.act().Choose(d.book(), "it was there", c.Entry.ID))
		}
	}
	if got := d.shown(registry.Registry); loser == "" || got != loser+" 2" {
		t.Errorf("chosen: %s, want %s", got, loser)
	}
	for _, c := range edit.Claims(d.view(registry.Registry).Record(talks).Slot("event", "reported")) { // and back again
		if c.Place == "losing" {
			winner := c.Value.Raw
			d.save(d.act().Choose(d.book(), "on reflection", c.Entry.ID))
			if got := d.shown(registry.Registry); got != winner+" 2" {
				t.Errorf("chosen back: %s", got)
			}
		}
	}
	d.enter(edit.Row{Field: "party", Value: "Ayland\nBeeland"})
	d.enter(edit.Row{Field: "party", Value: "Beeland", Not: true})
	if got := d.view(registry.Registry).Record(talks).Refs("party"); !slices.Equal(got, []registry.RecordID{"pty_AAA"}) {
		t.Errorf("denied: %v", got)
	}
	if d.public() != public {
		t.Error("the public view has changed")
	}
	if _, err := d.act().Choose(d.book(), "", d.claimOn("title", "Talks")); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("without a reason: %v", err)
	}
}

func TestPublishNewRecord(t *testing.T) {
	d := newDesk(t)
	a := d.act()
	draft, ps := edit.NewReader(d.view(registry.Registry), "en").Read(edit.Form{Kind: registry.KindNegotiation, Token: a.Token, Source: release(), Rows: []edit.Row{
		{Field: "title", Value: "New talks"}, {Field: "party", Value: "Ayland"}, {Field: "event", Key: "launched_talks", Value: "27 October 2025"}, {Field: "summary", Value: "Talks on ore."}}})
	if len(ps) > 0 {
		t.Fatalf("%+v", ps)
	}
	batch := d.save(draft.Entries(a.By, a.Into, a.At))
	b := draft2(d, draft.Record)
	public := d.public()
	p := edit.Publish(d.book(), b)
	if len(p.Records) != 1 || len(p.Sources) != 1 || len(p.Claims) != 3 || len(p.Needed) != 2 { // the event, the title, the address
		t.Errorf("%+v", p)
	}
	if len(d.book().Unpublished()) != 5 {
		t.Errorf("%d wait", len(d.book().Unpublished()))
	}
	pub := d.save(d.act().Publish(p, ""))
	r := d.view().Record(draft.Record)
	if r == nil || r.Title() != "New talks" || r.Stage().Code != "negotiating" || len(r.Refs("party")) != 0 || r.Path() != "/negotiations/new-talks" {
		t.Errorf("public: %+v", r)
	}
	if v := d.view(); v.Sources[draft.Source] == nil {
		t.Error("the source is not public")
	}
	if len(d.book().Unpublished()) != 2 {
		t.Errorf("%d wait still", len(d.book().Unpublished()))
	}
	if _, _, err := d.act().Undo(d.book(), false, pub); err == nil {
		t.Error("a contributor withdraws")
	}
	if _, kept, err := d.act().Undo(d.book(), false, batch); err != nil || len(kept) != 4 { // what is public stays; the rest can go
		t.Errorf("kept %d, %v", len(kept), err)
	}
	undo, _, err := d.act().Undo(d.book(), true, pub)
	d.save(undo, err)
	if d.public() != public {
		t.Error("withdrawn, the public view is not what it was")
	}
	undo, kept, err := d.act().Undo(d.book(), true, batch)
	if d.save(undo, err); len(kept) > 0 || d.view(registry.Registry).Record(draft.Record) != nil {
		t.Errorf("the batch undone: kept %+v", kept)
	}
	if d.public() != public {
		t.Error("undone, the public view is not what it was")
	}
	if _, err := d.act().Publish(edit.Publish(d.book(), b), ""); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("published though it was undone: %v", err)
	}
}

func draft2(d *desk, id registry.RecordID) registry.EntryID {
	for _, e := range d.entries {
		if e.Claim != nil && e.Claim.Record == id && e.Claim.Field == "event" {
			return e.ID
		}
	}
	d.t.Fatal("no event")
	return ""
}

// A source that others have come to rest on stays when the batch that brought it is undone.
func TestUndoKeepsWhatOthersUse(t *testing.T) {
	d := newDesk(t)
	a := d.act()
	draft, _ := edit.NewReader(d.view(registry.Registry), "en").Read(edit.Form{Record: talks, Token: a.Token, Source: release(), Rows: []edit.Row{{Field: "party", Value: "Ayland"}}})
	batch := d.save(draft.Entries(a.By, a.Into, a.At))
	a = d.act()
	other, ps := edit.NewReader(d.view(registry.Registry), "en").Read(edit.Form{Record: talks, Token: a.Token, Source: edit.SourceForm{Use: draft.Source}, Rows: []edit.Row{{Field: "party", Value: "Beeland"}}})
	if len(ps) > 0 {
		t.Fatalf("%+v", ps)
	}
	d.save(other.Entries("person:bo", a.Into, a.At))
	undo, kept, err := d.act().Undo(d.book(), false, batch)
	d.save(undo, err)
	if len(kept) != 1 || kept[0].Why != "used" || d.view(registry.Registry).Sources[draft.Source] == nil {
		t.Errorf("%+v", kept)
	}
	if edit.MayUndo(batch, "person:bo", false) || !edit.MayUndo(batch, "person:ada", false) || !edit.MayUndo(batch, "person:bo", true) || edit.MayUndo(nil, "person:bo", true) {
		t.Error("who may undo")
	}
}
