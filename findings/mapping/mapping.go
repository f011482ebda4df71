package mapping

import (
	"bytes"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

//go:embed statements.yaml
var file []byte

// Statement is one statement of the mapping.
type Statement struct {
	Number  int    `yaml:"-"`
	Section int    `yaml:"section"`
	Says    string `yaml:"says"`
	Ask     []Ask  `yaml:"ask"`
	Nobody  string `yaml:"nobody"`
}

// Ask is one thing that answers a statement. One of Number, Case, Record, Link, Share and Amount is set, the last three with what they need.
type Ask struct {
	Number string              `yaml:"number"` // finding.indicator
	Case   string              `yaml:"case"`   // finding.indicator, with Record and Part
	Record registry.RecordID   `yaml:"record"`
	Part   string              `yaml:"part"`
	Field  string              `yaml:"field"`
	Key    string              `yaml:"key"`
	Link   []registry.RecordID `yaml:"link"`  // two parties, in the order of their ids
	Share  string              `yaml:"share"` // production or reserves, with Party and Mineral
	Party  registry.RecordID   `yaml:"party"`
	Min    registry.RecordID   `yaml:"mineral"`
	Amount registry.RecordID   `yaml:"amount"`

	Expect string  `yaml:"expect"` // most, few, some, none, about
	Value  float64 `yaml:"value"`
	Within float64 `yaml:"within"`
}

// Outcome says how the registry stands to a statement.
type Outcome string

// The outcomes.
const (
	Agrees  Outcome = "agrees"
	Differs Outcome = "differs"
	Open    Outcome = "cannot be told"           // between the bounds, or nothing is on record
	Itself  Outcome = "only the mapping says so" // no other source
)

// Answer is what the registry says to one thing that was asked.
type Answer struct {
	Outcome Outcome
	Says    string
	Records []registry.RecordID
	Sources []*registry.Source // the best three
}

// Load gives the statements in their order. The error says what is malformed.
func Load() ([]Statement, error) {
	var all struct {
		Statements []Statement `yaml:"statements"`
	}
	d := yaml.NewDecoder(bytes.NewReader(file))
	d.KnownFields(true)
	if err := d.Decode(&all); err != nil {
		return nil, err
	}
	for i := range all.Statements {
		s := &all.Statements[i]
		s.Number = i + 1
		if s.Says == "" || s.Nobody == "" || len(s.Ask) == 0 || s.Section < 1 || s.Section > 7 {
			return nil, fmt.Errorf("mapping: statement %d is not whole", i+1)
		}
	}
	return all.Statements, nil
}

// Answer answers a question from a view and the set computed from it. The error says what does not exist by that name.
func (a Ask) Answer(v *registry.View, s *findings.Set) (Answer, error) {
	switch {
	case a.Number != "":
		i, err := indicator(s, a.Number)
		if err != nil {
			return Answer{}, err
		}
		return a.number(v, i), nil
	case a.Case != "":
		i, err := indicator(s, a.Case)
		if err != nil {
			return Answer{}, err
		}
		return a.ofCase(v, i), nil
	case len(a.Link) == 2:
		return a.link(v, s.Finding("competition").Indicator("links")), nil
	case a.Share != "":
		i := s.Finding("competition").Indicator("share_" + a.Share)
		if i == nil {
			return Answer{}, fmt.Errorf("mapping: no share of %q", a.Share)
		}
		return a.share(v, i), nil
	case a.Amount != "":
		return a.money(v), nil
	case a.Record != "":
		return a.record(v), nil
	}
	return Answer{}, fmt.Errorf("mapping: nothing is asked")
}

func indicator(s *findings.Set, at string) (*findings.Indicator, error) {
	f, k, _ := strings.Cut(at, ".")
	if x := s.Finding(f); x != nil {
		if i := x.Indicator(k); i != nil {
			return i, nil
		}
	}
	return nil, fmt.Errorf("mapping: there is no indicator %q", at)
}

func (a Ask) number(v *registry.View, i *findings.Indicator) Answer {
	out := Answer{Outcome: Open, Says: i.Label.In("en") + ": " + i.Says() + "."}
	var claims []registry.EntryID
	for _, c := range i.Cases {
		if i.Part(c.Part).Counted {
			claims = append(claims, c.Claims...)
		}
	}
	out.Sources = best(v, claims)
	if i.State != "measured" {
		return out
	}
	switch lo, hi := i.Lower, i.Upper; a.Expect {
	case "most":
		out.Outcome = between(lo > 0.5, hi <= 0.5)
	case "few":
		out.Outcome = between(hi < 0.25, lo >= 0.25)
	case "some":
		out.Outcome = between(i.Count > 0, hi == 0)
	case "none":
		out.Outcome = between(hi == 0, i.Count > 0)
	}
	return out
}

func between(yes, no bool) Outcome {
	switch {
	case yes:
		return Agrees
	case no:
		return Differs
	}
	return Open
}

func (a Ask) ofCase(v *registry.View, i *findings.Indicator) Answer {
	for k := range i.Cases {
		c := &i.Cases[k]
		if c.Record != v.Resolve(a.Record) {
			continue
		}
		out := Answer{Says: v.Record(c.Record).Title("en") + ": " + strings.ToLower(i.Part(c.Part).Label.In("en")) + ".", Records: []registry.RecordID{c.Record}, Sources: best(v, c.Claims)}
		for _, id := range c.With {
			if id.Kind() == registry.KindFinancing {
				out.Records = append(out.Records, id)
			}
		}
		switch {
		case c.Part == a.Part && itself(out.Sources):
			out.Outcome = Itself
		case c.Part == a.Part:
			out.Outcome = Agrees
		case i.Part(c.Part).Unknown:
			out.Outcome = Open
		default:
			out.Outcome = Differs
		}
		return out
	}
	return Answer{Outcome: Open, Says: "Nothing is on record."}
}

func (a Ask) link(v *registry.View, i *findings.Indicator) Answer {
	for _, c := range i.Cases {
		if c.Record == a.Link[0] && c.Key == string(a.Link[1]) {
			out := Answer{Outcome: Agrees, Says: fmt.Sprintf("%d negotiations and instruments are on record between the two.", int(*c.Value)), Records: c.With}
			var claims []registry.EntryID
			for _, id := range c.With {
				for _, s := range v.Record(id).Slots("event") {
					if s.Shown != nil {
						claims = append(claims, s.Shown.Entry.ID)
					}
				}
			}
			if out.Sources = best(v, claims); itself(out.Sources) {
				out.Outcome = Itself
			}
			return out
		}
	}
	return Answer{Outcome: Open, Says: "Nothing is on record between the two."}
}

func (a Ask) share(v *registry.View, i *findings.Indicator) Answer {
	for _, c := range i.Cases {
		if c.Record != a.Party || c.Key != string(a.Min) {
			continue
		}
		if c.Value == nil && c.High != nil {
			out := Answer{Says: fmt.Sprintf("At most %.1f%% of the world's %s: the source gives the total as more than a figure.", *c.High, a.Share), Sources: sourcesOfShare(v, c.Claims)}
			out.Outcome = between(false, *c.High < a.Value-a.Within)
			return out
		}
		if c.Value != nil {
			out := Answer{Says: fmt.Sprintf("%.1f%% of the world's %s.", *c.Value, a.Share), Sources: sourcesOfShare(v, c.Claims)}
			out.Outcome = between(math.Abs(*c.Value-a.Value) <= a.Within, math.Abs(*c.Value-a.Value) > a.Within)
			return out
		}
	}
	return Answer{Outcome: Open, Says: "No figure is on record."}
}

// sourcesOfShare are the sources of the figures, without that by which the mineral is counted.
func sourcesOfShare(v *registry.View, claims []registry.EntryID) []*registry.Source {
	return best(v, slices.DeleteFunc(slices.Clone(claims), func(id registry.EntryID) bool {
		e := v.Entries[id]
		return e == nil || e.Claim == nil || e.Claim.Record.Kind() != registry.KindMineral
	}))
}

func (a Ask) money(v *registry.View) Answer {
	r := v.Record(a.Amount)
	if r == nil {
		return Answer{Outcome: Open, Says: "Nothing is on record."}
	}
	for _, s := range r.Slots("amount") {
		if s.Shown == nil {
			continue
		}
		m, ok := s.Shown.Value.Money()
		if !ok {
			continue
		}
		x, _ := m.Amount.Float64()
		claims := []registry.EntryID{s.Shown.Entry.ID}
		for _, st := range s.Agreeing {
			claims = append(claims, st.Entry.ID)
		}
		out := Answer{Says: r.Title("en") + ": " + said(s.Shown.Value) + ".", Records: []registry.RecordID{r.ID}, Sources: best(v, claims)}
		out.Outcome = between(math.Abs(x-a.Value) <= a.Within, math.Abs(x-a.Value) > a.Within)
		if out.Outcome == Agrees && itself(out.Sources) {
			out.Outcome = Itself
		}
		return out
	}
	return Answer{Outcome: Open, Says: r.Title("en") + ": no amount is on record.", Records: []registry.RecordID{r.ID}}
}

func (a Ask) record(v *registry.View) Answer {
	r := v.Record(a.Record)
	if r == nil {
		return Answer{Outcome: Open, Says: "Nothing is on record."}
	}
	out := Answer{Outcome: Agrees, Says: r.Title("en") + ".", Records: []registry.RecordID{r.ID}}
	var claims []registry.EntryID
	for _, field := range []string{"summary", "provision", "event"} {
		if a.Field != "" && field != a.Field {
			continue
		}
		for _, s := range r.Slots(field) {
			if s.Shown == nil || a.Key != "" && s.Key != a.Key {
				continue
			}
			if field != "event" && len(out.Says) < 60+len(r.Title("en")) {
				out.Says = r.Title("en") + ": " + said(s.Shown.Value)
			}
			claims = append(claims, s.Shown.Entry.ID)
		}
	}
	if out.Sources = best(v, claims); itself(out.Sources) {
		out.Outcome = Itself
	}
	return out
}

// itself says whether the mapping is the only source.
func itself(ss []*registry.Source) bool {
	return len(ss) > 0 && !slices.ContainsFunc(ss, func(s *registry.Source) bool { return s.Grade != "brief" })
}

// best are the three best sources of claims: by grade, then by id.
func best(v *registry.View, claims []registry.EntryID) []*registry.Source {
	var out []*registry.Source
	for _, id := range claims {
		e := v.Entries[id]
		if e == nil || e.Claim == nil {
			continue
		}
		if s := v.Sources[e.Claim.Source]; s != nil && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	grades := registry.Codes("grade")
	slices.SortFunc(out, func(a, b *registry.Source) int {
		if x := slices.Index(grades, a.Grade) - slices.Index(grades, b.Grade); x != 0 {
			return x
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return out[:min(len(out), 3)]
}

// said is a value in words: an amount with its kind's label.
func said(v registry.Value) string {
	m, err := registry.ParseMoney(v.Raw)
	if v.Type != registry.FieldOf("amount").Type || err != nil || m.Kind == "" {
		return v.Raw
	}
	return strings.TrimSuffix(v.Raw, m.Kind) + strings.ToLower(registry.Code("money_kind", m.Kind).Label)
}
