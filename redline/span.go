package redline

import (
	"regexp"
	"sort"
	"strings"

	"github.com/openassay/assay/assay"
)

// span is words that say how firmly, by when, how much or by which standard.
type span struct {
	kind       Kind
	start, end int
	value      string // class of modality, period or date, amount with unit, standard; "" where the rules only mark the words
}

var modal = func() map[string]bool {
	out := map[string]bool{}
	for _, m := range assay.Modalities {
		out[string(m)] = true
	}
	return out
}()

// spans are those of the own words of units.
func (c *comparison) spans(s *side, units []*unit) []span {
	if s.an == nil {
		return nil
	}
	var out []span
	for _, u := range units {
		p := &s.an.Provisions[u.p]
		var read []span // with values: they come first, marks of the same kind within them add nothing
		for i := range p.Norms {
			n := &p.Norms[i]
			for _, d := range all(n.Deadlines, n.Deadline) {
				read = append(read, span{Deadline, d.Start, d.End, first(d.Date, d.Period)})
			}
			for _, q := range all(n.Quantities, n.Quantity) {
				read = append(read, span{Quantity, q.Start, q.End, amount(q)})
			}
			for _, r := range n.References {
				if has(n.Standards, r.Name) {
					read = append(read, span{Standard, r.Start, r.End, r.Name})
				}
			}
		}
		for _, l := range p.Labels {
			switch {
			case modal[l.Class]:
				read = append(read, span{Modal, l.Start, l.End, l.Class})
			case l.Class == "deadline":
				read = append(read, span{Deadline, l.Start, l.End, ""})
			case l.Class == "quantity":
				read = append(read, span{Quantity, l.Start, l.End, ""})
			case l.Class == "named_standard":
				read = append(read, span{Standard, l.Start, l.End, ""})
			}
		}
		for i := range read {
			if x := &read[i]; x.kind == Standard {
				x.end += numberOf(s.r.Text[x.end:min(u.end, x.end+24)])
			}
		}
		out = append(out, distinct(read)...)
	}
	return out
}

// numbered is the number of a standard behind its name: "ISO 14001:2015".
var numbered = regexp.MustCompile(`^[ \x{a0}/-]{0,2}(?:IEC[ /]?)?[0-9][0-9.:–-]*[0-9]`)

func numberOf(s string) int { return len(numbered.FindString(s)) }

// distinct joins spans of one kind that overlap; the one that was read gives its value.
func distinct(list []span) []span {
	sort.SliceStable(list, func(i, j int) bool {
		if list[i].kind != list[j].kind {
			return list[i].kind < list[j].kind
		}
		return list[i].start < list[j].start
	})
	var out []span
	for _, s := range list {
		if n := len(out); n > 0 && out[n-1].kind == s.kind && s.start < out[n-1].end && (s.kind != Modal || out[n-1].value == s.value) {
			out[n-1].end = max(out[n-1].end, s.end)
			out[n-1].value = first(out[n-1].value, s.value)
			continue
		}
		out = append(out, s)
	}
	return out
}

func all[T any](list []T, one *T) []T {
	if len(list) == 0 && one != nil {
		return []T{*one}
	}
	return list
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func amount(q assay.Quantity) string {
	return strings.TrimSpace(strings.Join([]string{q.Bound, number(q.Value), q.Unit}, " "))
}

// oneSided lists what a provision that stands in one text alone binds to.
func (c *comparison) oneSided(s *side, u *unit, added bool) []Force {
	var out []Force
	for _, x := range c.spans(s, []*unit{u}) {
		if x.kind == Modal && x.value != string(assay.Obligation) && x.value != string(assay.Prohibition) {
			continue
		}
		f := Force{Kind: x.kind, Before: s.r.Text[x.start:x.end], From: x.value}
		if added {
			f = Force{Kind: x.kind, After: f.Before, To: x.value}
		}
		out = append(out, f)
	}
	return out
}
