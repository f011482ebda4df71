package disclosure

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

// Withheld is one thing that is kept back, as a notice says.
type Withheld struct {
	Record    *registry.Record
	Field     *registry.FieldDef
	Key       string           // within the field
	Notice    *registry.Stated // the claim that says so
	Ground    *Ground
	Since     registry.Day // when the notice began to hold, or was known; "" where neither is known
	Review    registry.Day // when it must be looked at again, by the notice, or by the ground's term; "" where neither is known
	Ends      registry.Day // when the ground's longest term is over; "" where Since is not known
	Authority []registry.RecordID
	Reason    string
	Answers   []Answer
	Consent   string
	Appeal    string
	Release   string       // the trigger as written; "" where none is named
	Due       registry.Day // when the trigger released, or will; "" where it has not happened
	Faults    []string     // codes of what is not as it should be; see [FaultCodes]
}

// Answer is the answer to one question of the threshold test.
type Answer struct {
	Question Question
	Code     string // of test_answer; "" where it was not answered
	Reason   string
}

// Slot is how the fields beside a notice name what it is about: field, or field:key.
func (w *Withheld) Slot() string {
	if w.Key == "" {
		return w.Field.Name
	}
	return w.Field.Name + ":" + w.Key
}

// FaultCodes are what can be wrong with a notice, for whoever reads it and for the editors who must mend it.
var FaultCodes = []string{"no_ground", "no_authority", "no_review", "review_overdue", "beyond_longest", "release_due", "release_unreadable", "test_open", "test_failed", "also_public", "overridden"}

// overriding are fields that a public interest wants public, whatever the ground: what the state owes or forgoes.
var overriding = map[string]string{"amount": "public_finance", "rate": "public_finance", "tenor": "public_finance", "repayment": "public_finance", "collateral": "public_finance", "borrower": "public_finance"}

// Register lists what is withheld in a view on a day, by record, field and key. Samples are left out, and minerals: what a statistical office
// leaves out of a table, so that no company can be told from it, is a gap in the table and shown there.
func Register(v *registry.View, on registry.Day) ([]*Withheld, error) {
	g, err := LoadGrounds()
	if err != nil {
		return nil, err
	}
	var out []*Withheld
	for _, k := range registry.Kinds() {
		if k == registry.KindMineral {
			continue
		}
		for _, r := range v.OfKind(k) {
			if r.Sample() {
				continue
			}
			out = append(out, of(g, v, r, on)...)
		}
	}
	return out, nil
}

// Of lists what is withheld of one record, on a day.
func Of(v *registry.View, r *registry.Record, on registry.Day) ([]*Withheld, error) {
	g, err := LoadGrounds()
	if err != nil {
		return nil, err
	}
	return of(g, v, r, on), nil
}

func of(g *Grounds, v *registry.View, r *registry.Record, on registry.Day) []*Withheld {
	var out []*Withheld
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			if n := notice(s); n != nil {
				out = append(out, entry(g, v, r, f.Def, s, n, on))
			}
		}
	}
	return out
}

// notice is the newest claim of a slot that says that its value is withheld; nil where none does.
func notice(s *registry.Slot) *registry.Stated {
	var out *registry.Stated
	for _, st := range s.States {
		if st.Value.State == registry.Withheld && !st.Not && (out == nil || cmp.Or(cmp.Compare(st.Known, out.Known), cmp.Compare(st.Entry.ID, out.Entry.ID)) > 0) {
			out = st
		}
	}
	return out
}

func entry(g *Grounds, v *registry.View, r *registry.Record, f *registry.FieldDef, s *registry.Slot, n *registry.Stated, on registry.Day) *Withheld {
	w := &Withheld{Record: r, Field: f, Key: s.Key, Notice: n, Ground: g.Of(n.Value.Ground)}
	slot := w.Slot()
	if w.Since = n.Known; n.From != "" {
		if d, err := registry.ParseDate(n.From); err == nil {
			w.Since = d.Start
		}
	}
	for _, x := range r.Slots("withheld_by") {
		if x.Key == slot && x.Shown != nil {
			w.Authority = append(w.Authority, registry.RecordID(x.Shown.Value.Raw))
		}
	}
	w.Reason, _ = r.Text("withheld_reason", slot)
	w.Consent, _ = r.Text("withheld_consent", slot)
	w.Appeal, _ = r.Text("withheld_appeal", slot)
	w.Release = r.KeyedString("withheld_release", slot)
	for _, q := range g.Test {
		a := Answer{Question: q, Code: r.KeyedString("withheld_answer", slot+"/"+q.Code)}
		a.Reason, _ = r.Text("withheld_reason", slot+"/"+q.Code)
		w.Answers = append(w.Answers, a)
	}
	w.dates(n)
	w.faults(v, s, on)
	return w
}

func (w *Withheld) dates(n *registry.Stated) {
	if w.Since != "" {
		w.Ends = months(w.Since, w.Ground.Longest)
		w.Review = months(w.Since, w.Ground.Review)
	}
	if n.Value.Review != "" {
		if d, err := registry.ParseDate(n.Value.Review); err == nil {
			w.Review = d.End
		}
	}
}

func (w *Withheld) faults(v *registry.View, s *registry.Slot, on registry.Day) {
	add := func(bad bool, code string) {
		if bad {
			w.Faults = append(w.Faults, code)
		}
	}
	add(w.Ground.Code == "not_stated", "no_ground")
	add(len(w.Authority) == 0, "no_authority")
	add(w.Review == "", "no_review")
	add(w.Review != "" && on > w.Review, "review_overdue")
	add(w.Ends != "" && on > w.Ends, "beyond_longest")
	if w.Release != "" {
		t, err := ParseTrigger(w.Release)
		if err == nil {
			w.Due = t.Due(About(v, w.Record)...)
		}
		add(err != nil, "release_unreadable")
		add(w.Due != "" && on >= w.Due, "release_due")
	}
	open, failed := false, false
	for _, a := range w.Answers {
		open = open || a.Code == "" || a.Code == "yes" && a.Reason == ""
		failed = failed || a.Code == "no" || a.Code == "not_shown"
	}
	add(open && w.Ground.Code != "not_stated", "test_open")
	add(failed, "test_failed")
	add(s.Shown != nil, "also_public")
	o := overriding[w.Field.Name]
	add(o != "" && slices.Contains(w.Ground.Override, o), "overridden")
}

// About are the records whose events a trigger of r waits for: r, and the negotiations and instruments that it belongs to or came out of.
func About(v *registry.View, r *registry.Record) []*registry.Record {
	out := []*registry.Record{r}
	add := func(x *registry.Record) {
		if x != nil && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	for _, f := range []string{"negotiation", "instrument", "outcome"} {
		for _, id := range r.Refs(f) {
			add(v.Record(id))
		}
	}
	for _, x := range v.Referring(r.ID, registry.KindNegotiation, "outcome") {
		add(x)
	}
	return out
}

func months(d registry.Day, n int) registry.Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return registry.Day(t.AddDate(0, n, 0).Format(time.DateOnly))
}

// Split takes the name of what a notice is about apart: field, key.
func Split(slot string) (field, key string) {
	field, key, _ = strings.Cut(slot, ":")
	return field, key
}
