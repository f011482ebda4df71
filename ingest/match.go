package ingest

import (
	"fmt"
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
	urls    []string
	titles  [][]string
	parties []string
	dates   []registry.Date
	kind    string
}

type matcher struct{ all []known }

func newMatcher(v *registry.View) *matcher {
	m := &matcher{}
	for _, r := range v.OfKind(registry.KindInstrument) {
		if r.Sample() {
			continue
		}
		k := known{id: r.ID, kind: r.String("type")}
		for _, f := range []string{"text_url", "website"} {
			for _, u := range r.Values(f) {
				k.urls = append(k.urls, bareURL(u))
			}
		}
		for _, f := range []string{"title", "official_title", "alias"} {
			for _, t := range r.Values(f) {
				k.titles = append(k.titles, words(t))
			}
		}
		for _, p := range r.Refs("party") {
			k.parties = append(k.parties, p.Tail())
		}
		slices.Sort(k.parties)
		for _, s := range r.Slots("event") {
			code, _ := registry.SplitEventKey(s.Key)
			def := registry.Code("event", code)
			for _, c := range append(slices.Clone(s.Losing), s.Shown) {
				if c == nil || def.Status == "" {
					continue
				}
				if d, ok := c.Value.Date(); ok {
					k.dates = append(k.dates, d)
				}
			}
		}
		m.all = append(m.all, k)
	}
	return m
}

func (m *matcher) add(id registry.RecordID, d described) {
	k := known{id: id, kind: d.kind, titles: [][]string{words(d.title)}, parties: slices.Sorted(slices.Values(d.parties))}
	if d.url != "" {
		k.urls = []string{bareURL(d.url)}
	}
	if x, err := registry.ParseDate(d.date); err == nil {
		k.dates = []registry.Date{x}
	}
	m.all = append(m.all, k)
}

// candidates are the instruments that may fit, the best first.
func (m *matcher) candidates(d described) []Candidate {
	parties := slices.Sorted(slices.Values(d.parties))
	title := words(d.title)
	var out []Candidate
	for _, k := range m.all {
		if c := k.score(d, parties, title); c.Score >= doubtful-0.15 {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		if a.Score != b.Score {
			if a.Score > b.Score {
				return -1
			}
			return 1
		}
		return strings.Compare(string(a.Instrument), string(b.Instrument))
	})
	return out
}

// score weighs address, parties, date, kind and title. Kinds that cannot be of one text (a joint statement about an agreement and
// the agreement) rule a match out however alike the rest is.
func (k known) score(d described, parties, title []string) Candidate {
	c := Candidate{Instrument: k.id}
	if d.url != "" && slices.Contains(k.urls, bareURL(d.url)) {
		c.Score, c.Reasons = 1, []string{"the record gives this address for the text"}
		return c
	}
	kind := kindFit(k.kind, d.kind)
	if kind == 0 {
		return c
	}
	add := func(weight, fit float64, why string, args ...any) {
		if fit > 0 {
			c.Score += weight * fit
			c.Reasons = append(c.Reasons, fmt.Sprintf(why, args...))
		}
	}
	add(0.40, partyFit(k.parties, parties), "parties %s", strings.Join(parties, ", "))
	when, near := dateFit(k.dates, d.date)
	add(0.30, when, "dated %s, the record has %s", d.date, near)
	add(0.12, kind, "kind %s", d.kind)
	best := 0.0
	for _, t := range k.titles {
		best = max(best, alike(t, title))
	}
	add(0.18, best, "titles alike to %.2f", best)
	return c
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

func partyFit(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			both++
		}
	}
	f := float64(both) / float64(len(a)+len(b)-both)
	if f < 0.5 {
		return 0
	}
	return f
}

// dateFit is 1 on the day or the day beside it (time zones), falling to 0 at two months; near is the date that fits best.
func dateFit(dates []registry.Date, date string) (fit float64, near string) {
	d, err := registry.ParseDate(date)
	if err != nil {
		return 0, ""
	}
	for _, x := range dates {
		days := apart(x, d)
		f := 0.0
		switch {
		case days <= 1:
			f = 1
		case days <= 60:
			f = 0.7 * (1 - float64(days)/60)
		}
		if days == 0 && x.Precision() != "day" {
			f = 0.8
		}
		if f > fit {
			fit, near = f, x.EDTF
		}
	}
	return fit, near
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

// alike is the share of the shorter title's words that are in the longer one.
func alike(a, b []string) float64 {
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
