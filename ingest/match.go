package ingest

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/openassay/assay/registry"
)

// A match is entered from sure on, where no other comes within margin of it; from doubtful on a person decides; below it the text is
// of an instrument that is not known yet. Set on the us-gov texts against the seed, read one by one.
const (
	sure     = 0.80
	doubtful = 0.55
	margin   = 0.08
)

// described is what is known of a text when its instrument is looked for.
type described struct {
	title, url, date, kind string
	parties                []string
}

// known is an instrument a text may belong to.
type known struct {
	id      registry.RecordID
	urls    []string // of its own text
	about   []string // of statements and summaries about it
	titles  [][]string
	parties []string
	dates   []registry.Date
	kind    string
}

// matcher holds the instruments that are known.
type matcher struct {
	all   []*known
	names map[string]map[string]bool // party code → the words of its names, which tell nothing beside the parties
}

func newMatcher(v *registry.View) *matcher {
	m := &matcher{names: map[string]map[string]bool{}}
	for _, r := range v.OfKind(registry.KindParty) {
		set := map[string]bool{}
		for _, n := range slices.Concat(r.Values("name"), r.Values("alias"), r.Values("iso2"), r.Values("iso3")) {
			for _, w := range words(n) {
				set[w] = true
			}
		}
		m.names[r.ID.Tail()] = set
	}
	for _, r := range v.OfKind(registry.KindInstrument) {
		if r.Sample() {
			continue
		}
		k := &known{id: r.ID}
		for _, f := range r.Fields {
			for _, s := range f.Slots {
				for _, c := range append(slices.Clone(s.Losing), s.Shown) {
					if c != nil {
						k.take(f.Def.Name, s.Key, c.Value.Raw)
					}
				}
			}
		}
		m.all = append(m.all, k.sorted())
	}
	return m
}

// add takes in an instrument that was made for a text, from its claims: what a later import will read in the log.
func (m *matcher) add(id registry.RecordID, entries []registry.Entry) {
	k := &known{id: id}
	for _, e := range entries {
		if e.Claim != nil && e.Claim.Record == id {
			k.take(e.Claim.Field, e.Claim.Key, e.Claim.Value.Raw)
		}
	}
	m.all = append(m.all, k.sorted())
}

// take takes in what a claim says of the instrument.
func (k *known) take(field, key, value string) {
	switch field {
	case "type":
		if k.kind == "" || value < k.kind {
			k.kind = value
		}
	case "text_url", "website":
		if key == "statement" || key == "summary" {
			k.about = append(k.about, bareURL(value))
		} else {
			k.urls = append(k.urls, bareURL(value))
		}
	case "title", "official_title", "alias":
		k.titles = append(k.titles, words(value))
	case "party":
		k.parties = append(k.parties, registry.RecordID(value).Tail())
	case "event":
		code, _ := registry.SplitEventKey(key)
		if def := registry.Code("event", code); def == nil || def.Status == "" && code != "text_published" {
			return
		}
		if d, err := registry.ParseDate(value); err == nil {
			k.dates = append(k.dates, d)
		}
	}
}

// sorted makes the instrument the same whatever order its claims came in.
func (k *known) sorted() *known {
	slices.Sort(k.parties)
	k.parties = slices.Compact(k.parties)
	slices.SortFunc(k.dates, func(a, b registry.Date) int { return strings.Compare(a.EDTF, b.EDTF) })
	return k
}

// candidates are the instruments that may fit, the best first.
func (m *matcher) candidates(d described) []Candidate {
	parties := slices.Sorted(slices.Values(d.parties))
	title := words(d.title)
	var out []Candidate
	for _, k := range m.all {
		if c := m.score(k, d, parties, title); c.Score >= doubtful-0.15 {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Instrument, b.Instrument))
	})
	return out
}

// about are the instruments that give the address for a statement or summary about them, by id.
func (m *matcher) about(url string) []registry.RecordID {
	var out []registry.RecordID
	for _, k := range m.all {
		if url != "" && slices.Contains(k.about, bareURL(url)) {
			out = append(out, k.id)
		}
	}
	slices.Sort(out)
	return out
}

// score weighs address, parties, date, kind and title. Kinds that cannot be of one text (a joint statement about an agreement and
// the agreement) rule a match out however alike the rest is, and so do different parties, and dates far apart.
func (m *matcher) score(k *known, d described, parties, title []string) Candidate {
	c := Candidate{Instrument: k.id}
	if d.url != "" && slices.Contains(k.urls, bareURL(d.url)) {
		c.Score, c.Reasons = 1, []string{"the record gives this address for the text"}
		return c
	}
	kind := kindFit(k.kind, d.kind)
	who := partyFit(k.parties, parties)
	if kind == 0 || d.url != "" && slices.Contains(k.about, bareURL(d.url)) || who == 0 && len(k.parties) > 0 && len(parties) > 0 {
		return c
	}
	when, near, far := dateFit(k.dates, d.date)
	alike, named := m.alike(k, parties, title)
	switch {
	case named < 0.75 && (far || differ(k.parties, parties)):
		return c
	case when == 0 && !far && alike < 0.5: // no date speaks for it, so the title must
		return c
	}
	add := func(weight, fit float64, why string, args ...any) {
		if fit > 0 {
			c.Score += weight * fit
			c.Reasons = append(c.Reasons, fmt.Sprintf(why, args...))
		}
	}
	add(0.40, who, "parties %s", strings.Join(parties, ", "))
	add(0.30, when, "dated %s, the record has %s", d.date, near)
	add(0.12, kind, "kind %s", d.kind)
	add(0.18, alike, "titles alike to %.2f", alike)
	if far || alike < 0.3 { // two states may sign several things within days
		c.Score = min(c.Score, sure-0.01)
	}
	c.Score = math.Round(c.Score*1000) / 1000
	return c
}

// alike is the best fit of the text's title with one of the instrument's, the names of the parties left out; named is the same
// with them.
func (m *matcher) alike(k *known, parties, title []string) (alike, named float64) {
	telling := func(ws []string) []string {
		return slices.DeleteFunc(slices.Clone(ws), func(w string) bool {
			for _, p := range slices.Concat(k.parties, parties) {
				if m.names[p][w] {
					return true
				}
			}
			return false
		})
	}
	short := telling(title)
	for _, t := range k.titles {
		alike = max(alike, share(telling(t), short))
		named = max(named, share(t, title))
	}
	return alike, named
}

// differ says whether each of two lists of parties has one that the other lacks: one bloc with two partners makes two agreements.
func differ(a, b []string) bool {
	lacks := func(a, b []string) bool {
		return slices.ContainsFunc(a, func(x string) bool { return !slices.Contains(b, x) })
	}
	return lacks(a, b) && lacks(b, a)
}

// kindFit is 1 for the same type, less for types that sources mix up, 0 for types that one text cannot both be.
func kindFit(a, b string) float64 {
	if a == "" || b == "" {
		return 0.5
	}
	if a == b {
		return 1
	}
	for _, mixed := range [][]string{{"mou", "framework", "cooperation_agreement", "declaration_of_intent", "roadmap"}, {"treaty", "fta", "cooperation_agreement", "framework"}, {"joint_statement", "declaration_of_intent", "framework", "roadmap"}, {"contract", "treaty", "finance_agreement"}} {
		if slices.Contains(mixed, a) && slices.Contains(mixed, b) {
			return 0.6
		}
	}
	return 0
}

// partyFit is the share of the parties that both have. Where each has a party that the other lacks they are two agreements, however many
// members of a bloc they share: that of the EC with Latvia is not that with Estonia.
func partyFit(a, b []string) float64 {
	both := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			both++
		}
	}
	if both == 0 || both < len(a) && both < len(b) {
		return 0
	}
	f := float64(both) / float64(len(a)+len(b)-both)
	if f < 0.5 {
		return 0
	}
	return f
}

// A date's window is how many days may lie between the dates of a text and of its instrument; a date that may mean more days than
// loose says nothing.
const (
	window = 60
	loose  = 400
)

// dateFit is 1 on the day or the day beside it (time zones), falling to 0 at the end of the window; near is the date that fits best. far says
// that both are dated and no date comes near.
func dateFit(dates []registry.Date, date string) (fit float64, near string, far bool) {
	d, err := registry.ParseDate(date)
	if err != nil || length(d) > loose {
		return 0, "", false
	}
	for _, x := range dates {
		if length(x) > loose {
			continue
		}
		far = true
		days := apart(x, d)
		f := 0.0
		switch {
		case days == 0 && x.Precision() != "day":
			f = 0.8
		case days <= 1:
			f = 1
		case days <= window:
			f = 0.7 * (1 - float64(days)/window)
		}
		if f > fit {
			fit, near = f, x.EDTF
		}
	}
	return fit, near, far && fit == 0
}

// length is the number of days that a date may mean.
func length(d registry.Date) int {
	return apart(registry.Date{Start: d.Start, End: d.Start}, registry.Date{Start: d.End, End: d.End}) + 1
}

// apart is the number of days between two dates, 0 where they may be one.
func apart(a, b registry.Date) int {
	if a.Start <= b.End && b.Start <= a.End {
		return 0
	}
	from, to := a.End, b.Start
	if b.End < a.Start {
		from, to = b.End, a.Start
	}
	x, err1 := time.Parse("2006-01-02", string(from))
	y, err2 := time.Parse("2006-01-02", string(to))
	if err1 != nil || err2 != nil {
		return 1 << 20
	}
	return int(y.Sub(x).Hours() / 24)
}

// stop are words that tell nothing about which instrument a title names.
var stop = map[string]bool{"the": true, "of": true, "and": true, "on": true, "a": true, "for": true, "between": true, "in": true, "to": true, "government": true,
	"agreement": true, "memorandum": true, "understanding": true, "mou": true, "framework": true, "concerning": true, "republic": true, "kingdom": true, "joint": true, "statement": true,
	"de": true, "la": true, "le": true, "et": true, "y": true, "el": true, "e": true, "do": true, "da": true}

// words are a title's telling words, sorted, each once.
func words(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !stop[w] && len(w) > 1 {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// share is the share of the shorter title's words that are in the longer one.
func share(a, b []string) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 {
		return 0
	}
	n := 0
	for _, w := range a {
		if _, ok := slices.BinarySearch(b, w); ok {
			n++
		}
	}
	return float64(n) / float64(len(a))
}
