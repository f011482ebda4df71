package findings

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/openassay/assay/registry"
)

// Engine names this version of the code that counts. Together with the definitions' hash it says how numbers were made.
const Engine = "findings/1"

// Set is the seven findings of a view. Its JSON is the format that `assay findings --format json` writes, the same bytes for the same input.
type Set struct {
	AsOf        registry.Day                `json:"as_of,omitempty"` // "" for everything known
	Horizon     registry.Day                `json:"horizon"`         // the newest day that anything in it was known by
	Scope       Scope                       `json:"scope"`
	Definitions string                      `json:"definitions"` // version and hash
	Engine      string                      `json:"engine"`
	Findings    []*Finding                  `json:"findings"`
	Places      map[registry.RecordID]Place `json:"places"` // of every record that is counted

	undated int
	silent  int
}

// Finding is one of the seven.
type Finding struct {
	Number          int              `json:"number"`
	Key             string           `json:"key"`
	Label           Words            `json:"label"`
	Text            Words            `json:"text"`
	Limits          Words            `json:"limits"`
	Indicators      []*Indicator     `json:"indicators"`
	Recommendations []Recommendation `json:"recommendations"`
}

// MarshalJSON writes a recommendation in the words of the format.
func (r Recommendation) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Key  string   `json:"key"`
		Text Words    `json:"text"`
		To   []string `json:"to"`
	}{r.Key, r.Text, r.To})
}

// Indicator is a number with what it is made of.
type Indicator struct {
	Key    string `json:"key"`
	Label  Words  `json:"label"`
	Counts Words  `json:"counts"`
	Limits Words  `json:"limits,omitempty"`
	Unit   string `json:"unit"`

	State     string `json:"state"` // measured; not_looked_for: no record speaks of it; empty: there is nothing of the kind
	Count     int    `json:"count"`
	Total     int    `json:"total"`
	Unknown   int    `json:"unknown"`
	LookedFor int    `json:"looked_for"` // cases of which some record speaks, the unknown among them
	Lower     Share  `json:"lower"`      // Count of Total, as if all that is unknown were not so
	Upper     Share  `json:"upper"`      // as if all that is unknown were so

	Measure *Measure           `json:"measure,omitempty"` // of the cases' values
	Parts   []Part             `json:"parts"`
	By      map[string][]Group `json:"by"` // by dimension; a case may be in several groups of a dimension, or in none
	Cases   []Case             `json:"cases"`
}

// Part is a class of cases.
type Part struct {
	Key     string `json:"key"`
	Label   Words  `json:"label"`
	Count   int    `json:"count"`
	Counted bool   `json:"counted"`
	Unknown bool   `json:"unknown"`
}

// Group is the cases that share a year, region, party, mineral, stage or kind. Key is a year, a code or a record's id; "" where it is not known.
type Group struct {
	Key     string `json:"key"`
	Count   int    `json:"count"`
	Total   int    `json:"total"`
	Unknown int    `json:"unknown"`
}

// Measure sums up the values of cases.
type Measure struct {
	Unit   string  `json:"unit"`
	N      int     `json:"n"` // cases with a value
	Min    float64 `json:"min"`
	Median float64 `json:"median"`
	Max    float64 `json:"max"`
}

// Case is one thing counted.
type Case struct {
	Record registry.RecordID   `json:"record"`
	Key    string              `json:"key,omitempty"`   // what tells it apart from other cases of the record: a mineral, a standard, an item
	Part   string              `json:"part"`            // key of one of the indicator's parts
	Value  *float64            `json:"value,omitempty"` // in the indicator's measure
	High   *float64            `json:"high,omitempty"`  // where the value is only known to lie between Value and High or, without Value, to be at most High
	With   []registry.RecordID `json:"with,omitempty"`  // other records that it is about
	Claims []registry.EntryID  `json:"claims"`
	Spans  []Span              `json:"spans,omitempty"` // of texts, where a reading was counted

	place *Place
}

// Span is a place in a text: bytes of the canonical text of the document's reading, end exclusive.
type Span struct {
	Document registry.RecordID `json:"document"`
	EID      string            `json:"eid"`
	Rule     string            `json:"rule,omitempty"`
	Start    int               `json:"start"`
	End      int               `json:"end"`
}

// Place is where a record belongs in breakdowns, and the claims that say so.
type Place struct {
	Year     string              `json:"year,omitempty"`
	Regions  []string            `json:"regions,omitempty"`
	Parties  []registry.RecordID `json:"parties,omitempty"` // states and blocs
	Minerals []registry.RecordID `json:"minerals,omitempty"`
	Stages   []string            `json:"stages,omitempty"`
	Kind     string              `json:"kind,omitempty"`
	Claims   []registry.EntryID  `json:"claims"`

	first, last registry.Day // of its dated events
}

// Share is a part of a whole, 0 to 1; less than 0 where there is no whole, which JSON writes as null.
type Share float64

func share(n, of int) Share {
	if of == 0 {
		return -1
	}
	return Share(float64(n) / float64(of))
}

// MarshalJSON writes four decimals.
func (s Share) MarshalJSON() ([]byte, error) {
	if s < 0 {
		return []byte("null"), nil
	}
	return []byte(strconv.FormatFloat(math.Round(float64(s)*1e4)/1e4, 'f', -1, 64)), nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Share) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*s = -1
		return nil
	}
	f, err := strconv.ParseFloat(string(b), 64)
	*s = Share(f)
	return err
}

// Finding is the finding of a key; nil where there is none.
func (s *Set) Finding(key string) *Finding {
	for _, f := range s.Findings {
		if f.Key == key {
			return f
		}
	}
	return nil
}

// Indicator is the indicator of a key; nil where there is none.
func (f *Finding) Indicator(key string) *Indicator {
	for _, i := range f.Indicators {
		if i.Key == key {
			return i
		}
	}
	return nil
}

// Part is the part of a key; the zero Part where there is none.
func (i *Indicator) Part(key string) Part {
	for _, p := range i.Parts {
		if p.Key == key {
			return p
		}
	}
	return Part{}
}

// Undated is how many records a scope with dates left out because nothing says when they were.
func (s *Set) Undated() int { return s.undated }

// Silent is how many instruments were left out because no source says what they are about, samples aside.
func (s *Set) Silent() int { return s.silent }

// Basis is every claim that an indicator's numbers rest on.
func (s *Set) Basis(i *Indicator) map[registry.EntryID]bool {
	out := map[registry.EntryID]bool{}
	for _, c := range i.Cases {
		for _, id := range c.Claims {
			out[id] = true
		}
		for _, r := range append([]registry.RecordID{c.Record}, c.With...) {
			for _, id := range s.Places[r].Claims {
				out[id] = true
			}
		}
	}
	return out
}

// Says is the number in few words of English: "29 of 170 (17% to 93%)".
func (i *Indicator) Says() string {
	switch i.State {
	case "empty":
		return "none on record"
	case "not_looked_for":
		return fmt.Sprintf("not looked for (%d)", i.Total)
	}
	s := fmt.Sprintf("%d of %d", i.Count, i.Total)
	if i.Unknown > 0 {
		s += fmt.Sprintf(", %d unknown (%.0f%% to %.0f%%)", i.Unknown, float64(i.Lower)*100, float64(i.Upper)*100)
	}
	return s
}
