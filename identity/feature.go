package identity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

// Feature is what a pair agrees or differs in: 0 (not at all, or not known) to 1, with the reason in words.
type Feature struct {
	Name  string
	Value float64
	Words string
}

// Features are the names of the features in the order of weights.yaml. Those in against speak against identity.
var (
	Features = []string{"name_share", "name_inside", "name_rare", "abbreviation", "parties", "parties_all", "date", "event_same", "type", "minerals", "amount",
		"linked", "name_extra", "name_none", "parties_differ", "parties_none", "date_far", "event_apart", "type_other", "minerals_none", "amount_other", "numbers"}
	against = map[string]bool{"linked": true, "name_extra": true, "name_none": true, "parties_differ": true, "parties_none": true, "date_far": true, "event_apart": true, "type_other": true,
		"minerals_none": true, "amount_other": true, "numbers": true}
)

// features are the features of a pair that are not 0.
func (x *Index) features(a, b *prepared) []Feature {
	var out []Feature
	add := func(name string, value float64, words string, args ...any) {
		if value > 0 {
			out = append(out, Feature{name, math.Min(1, value), fmt.Sprintf(words, args...)})
		}
	}
	x.nameFeatures(a, b, add)
	x.partyFeatures(a, b, add)
	if slices.Contains(a.Links, b.ID) && b.ID != "" || slices.Contains(b.Links, a.ID) && a.ID != "" {
		add("linked", 1, "one record refers to the other as another thing")
	}
	dateFeatures(a, b, add)
	switch fit := typeFit(a.Type, b.Type); {
	case fit == 0:
		add("type_other", 1, "different forms: %s and %s", words(a.Type), words(b.Type))
	case a.Type == b.Type && a.Type != "":
		add("type", 1, "both are of the form %s", words(a.Type))
	}
	if len(a.minerals) > 0 && len(b.minerals) > 0 {
		both := common2(a.minerals, b.minerals)
		if len(both) == 0 {
			add("minerals_none", 1, "different minerals: %s and %s", x.say(a.minerals), x.say(b.minerals))
		} else {
			add("minerals", float64(len(both))/float64(min(len(a.minerals), len(b.minerals))), "both name %s", x.say(both))
		}
	}
	amountFeatures(a, b, add)
	return out
}

type adder func(name string, value float64, words string, args ...any)

// words is a code as people read it.
func words(code string) string { return strings.ReplaceAll(code, "_", " ") }

func common2(a, b []string) []string {
	var out []string
	for _, s := range a {
		if slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}

// nameFeatures hold the names against each other without those of the parties, which count apart; the pair of names that shares most counts.
func (x *Index) nameFeatures(a, b *prepared, add adder) {
	best, inside, rare, extra := 0.0, 0.0, 0.0, math.Inf(1)
	var shared []string
	short, telling := false, false
	numbersDiffer, numbersMeet := [2]string{}, false
	for _, s := range a.names {
		for _, t := range b.names {
			short = short || slices.Contains(s.acronyms, t.initials) && t.initials != "" || slices.Contains(t.acronyms, s.initials) && s.initials != ""
			if n := common2(s.numbers, t.numbers); len(n) > 0 {
				numbersMeet = true
			} else if len(s.numbers) > 0 && len(t.numbers) > 0 {
				numbersDiffer = [2]string{strings.Join(s.numbers, " "), strings.Join(t.numbers, " ")}
			}
			if len(s.words) == 0 || len(t.words) == 0 {
				continue
			}
			telling = true
			both, ws := x.shared(s.words, t.words)
			wa, wb := x.weight(s.words), x.weight(t.words)
			dice := 2 * both / (wa + wb)
			in := both / math.Min(wa, wb) * math.Min(1, math.Min(wa, wb)/6)
			if cmp.Or(cmp.Compare(dice, best), cmp.Compare(in, inside)) > 0 {
				best, shared = dice, ws
			}
			inside, rare, extra = max(inside, in), max(rare, both/12), min(extra, min(wa, wb)-both)
		}
	}
	for i, w := range shared {
		shared[i] = x.say([]string{strings.TrimPrefix(strings.TrimPrefix(w, "min:"), "org:")})
	}
	said := "names share " + shorten(shared)
	add("name_share", best, "%s (%.0f %% of their telling words)", said, 100*best)
	add("name_inside", inside, "one name lies in the other for %.0f %%", 100*math.Min(1, inside))
	add("name_rare", rare, "%s", said)
	if best > 0 && extra > 1 && !short {
		add("name_extra", extra/12, "each name has telling words that the other lacks")
	}
	if short {
		add("abbreviation", 1, "one name is the initials of the other")
	}
	if telling && best == 0 && !short {
		add("name_none", 1, "the names share no telling word")
	}
	if !numbersMeet && numbersDiffer[0] != "" {
		add("numbers", 1, "numbers in the names differ: %s and %s", numbersDiffer[0], numbersDiffer[1])
	}
}

func (x *Index) weight(ws []string) float64 {
	n := 0.0
	for _, w := range ws {
		n += x.idf(w)
	}
	return n
}

// shared is the weight of the words that two names share, slips of the pen forgiven, and the words.
func (x *Index) shared(a, b []string) (float64, []string) {
	sum := 0.0
	var ws []string
	for _, w := range a {
		if slices.Contains(b, w) {
			sum += x.idf(w)
			ws = append(ws, w)
			continue
		}
		for _, o := range b {
			if near(w, o) {
				sum += 0.8 * min(x.idf(w), x.idf(o))
				ws = append(ws, w)
				break
			}
		}
	}
	return sum, ws
}

// partyFeatures: a bloc stands for half of a member that the other side names.
func (x *Index) partyFeatures(a, b *prepared, add adder) {
	if len(a.parties) == 0 || len(b.parties) == 0 {
		return
	}
	both := common2(a.parties, b.parties)
	n := float64(len(both))
	var viaBloc []string
	lacks := func(p, q []string) (missing int) {
		for _, m := range p {
			if slices.Contains(q, m) {
				continue
			}
			missing++
			for _, o := range q {
				if !slices.Contains(p, o) && (slices.Contains(x.blocs[m], o) || slices.Contains(x.blocs[o], m)) {
					n += 0.25
					viaBloc = append(viaBloc, x.say([]string{m})+" and "+x.say([]string{o}))
					missing--
					break
				}
			}
		}
		return missing
	}
	la, lb := lacks(a.parties, b.parties), lacks(b.parties, a.parties)
	share := n/float64(len(a.parties)+len(b.parties)-len(both))/2 + n/float64(min(len(a.parties), len(b.parties)))/2
	switch {
	case n == 0:
		add("parties_none", 1, "no party is the same: %s and %s", x.say(a.parties), x.say(b.parties))
		return
	case la > 0 && lb > 0:
		add("parties_differ", 1, "each names a party that the other does not: %s and %s", x.say(a.parties), x.say(b.parties))
	case la == 0 && lb == 0 && len(viaBloc) == 0:
		add("parties_all", 1, "the same parties: %s", x.say(both))
	}
	said := "parties in common: " + x.say(both)
	if len(viaBloc) > 0 {
		said += "; by membership of a bloc: " + strings.Join(sorted(viaBloc), "; ")
	}
	add("parties", share, "%s", said)
}

// A date's window is how many days may lie between the dates of one thing (signed, announced, published); a date that may mean more
// days than loose says nothing.
const (
	window = 60
	loose  = 400
)

// dateFeatures: date falls from 1 (the day, or the day beside it) to 0 at the end of the window; 0.8 where imprecise dates may be one.
func dateFeatures(a, b *prepared, add adder) {
	fit, gap := 0.0, math.MaxInt
	var near, same, far [2]Dated
	sameFit, apartBy := 0.0, 0
	for _, s := range a.Dates {
		for _, t := range b.Dates {
			if length(s.Date) > loose || length(t.Date) > loose {
				continue
			}
			days := apart(s.Date, t.Date)
			if days < gap {
				gap, far = days, [2]Dated{s, t}
			}
			f := 0.0
			switch exact := s.Date.Precision() == "day" && t.Date.Precision() == "day"; {
			case days == 0 && !exact:
				f = 0.8
			case days <= 1:
				f = 1
			case days <= window:
				f = 0.7 * (1 - float64(days)/window)
			}
			if f > fit {
				fit, near = f, [2]Dated{s, t}
			}
			if s.Event == t.Event && once[s.Event] {
				if f >= 0.8 && f > sameFit {
					sameFit, same = f, [2]Dated{s, t}
				} else if days > 7 {
					apartBy = max(apartBy, days)
				}
			}
		}
	}
	say := func(p [2]Dated) string {
		if p[0].Event == p[1].Event && p[0].Event != "" && p[0].Date.EDTF == p[1].Date.EDTF {
			return "both " + words(p[0].Event) + " on " + p[0].Date.EDTF
		}
		return strings.TrimSpace(words(p[0].Event)+" "+p[0].Date.EDTF) + " and " + strings.TrimSpace(words(p[1].Event)+" "+p[1].Date.EDTF)
	}
	add("date", fit, "dates fit: %s", say(near))
	add("event_same", sameFit, "the same event on the same date: %s", say(same))
	if fit == 0 && gap < math.MaxInt {
		add("date_far", float64(gap)/365, "dates lie %d days apart: %s", gap, say(far))
	}
	if sameFit == 0 && apartBy > 0 {
		add("event_apart", 0.4+float64(apartBy)/100, "the same event on dates %d days apart", apartBy)
	}
}

// once are events that happen to a thing once.
var once = map[string]bool{"signed": true, "endorsed": true, "adopted": true, "issued": true, "announced": true, "launched": true, "established": true, "enacted": true,
	"initialled": true, "concluded": true, "agreed": true, "entered_force": true, "in_force": true}

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

// mixed are forms that sources take for each other.
var mixed = [][]string{{"mou", "framework", "cooperation_agreement", "declaration_of_intent", "roadmap"}, {"treaty", "fta", "cooperation_agreement", "framework"},
	{"joint_statement", "declaration_of_intent", "framework", "roadmap"}, {"contract", "treaty", "finance_agreement"}}

// typeFit is 1 for the same form, less where sources mix them up or one is unknown, 0 for forms that one thing cannot both have.
func typeFit(a, b string) float64 {
	switch {
	case a == "" || b == "":
		return 0.5
	case a == b:
		return 1
	}
	for _, m := range mixed {
		if slices.Contains(m, a) && slices.Contains(m, b) {
			return 0.6
		}
	}
	return 0
}

func amountFeatures(a, b *prepared, add adder) {
	if len(a.Amounts) == 0 || len(b.Amounts) == 0 {
		return
	}
	for _, s := range a.Amounts {
		for _, t := range b.Amounts {
			x, err1 := registry.ParseMoney(s)
			y, err2 := registry.ParseMoney(t)
			if err1 == nil && err2 == nil && x.Currency == y.Currency && x.Amount.Cmp(y.Amount) == 0 {
				add("amount", 1, "the same amount: %s", s)
				return
			}
		}
	}
	add("amount_other", 1, "different amounts: %s and %s", shorten(a.Amounts), shorten(b.Amounts))
}
