package redline

import (
	"regexp"
	"strings"

	"github.com/openassay/assay/text"
)

// Proposal is words in square brackets: not agreed, and where the text says so, by whom.
type Proposal struct {
	EID   string   `json:"eid"`
	Start int      `json:"start"` // bytes, brackets included
	End   int      `json:"end"`
	By    []string `json:"by"` // as written: "ZMB", "G77", "EU"; empty where the brackets say nothing
}

// party is how a proposer is named at the start of a bracket: "[ZMB: …]", "[US/EU: …]", "[African Group: …]", "[Proposal by Bordolia: …]".
var party = regexp.MustCompile(`^\[\s*(?:(?:[Pp]roposal|[Pp]roposed|[Tt]ext|[Pp]roposition|[Pp]ropuesta|[Pp]roposta)\s+(?:by|of|from|de|du|da|do|del)\s+(?:the\s+)?)?(\p{Lu}[\p{L}\p{N}.&]*(?:[ /,;&+-]+(?:and |et |y |e )?\p{Lu}[\p{L}\p{N}.&]*){0,6})\s*[:：]`)

// Proposals lists the square brackets of a text, in order; those within others too.
func Proposals(r *text.Reading) []Proposal {
	var out []Proposal
	for _, s := range brackets(r.Text, 0, len(r.Text)) {
		out = append(out, Proposal{EID: innermost(r, s[0]), Start: s[0], End: s[1], By: by(r.Text[s[0]:s[1]])})
	}
	return out
}

// by gives the names at the start of a bracket.
func by(s string) []string {
	m := party.FindStringSubmatch(s[:min(len(s), 160)])
	if m == nil {
		return []string{}
	}
	var out []string
	for _, n := range strings.FieldsFunc(m[1], func(r rune) bool { return r == '/' || r == ',' || r == ';' || r == '+' }) {
		if n = strings.TrimSpace(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}

// maxBracket bounds how long a bracket may be: an unclosed one does not swallow the text.
const maxBracket = 20_000

// brackets gives the spans of the square brackets in [from, to) that close, by where they open.
func brackets(s string, from, to int) [][2]int {
	var open []int
	var out [][2]int
	for i := from; i < to; i++ {
		switch s[i] {
		case '[':
			if len(open) < 50 {
				open = append(open, i)
			}
		case ']':
			if n := len(open); n > 0 {
				if i+1-open[n-1] <= maxBracket {
					out = append(out, [2]int{open[n-1], i + 1})
				}
				open = open[:n-1]
			}
		}
	}
	for i := 1; i < len(out); i++ {
		for k := i; k > 0 && out[k][0] < out[k-1][0]; k-- {
			out[k], out[k-1] = out[k-1], out[k]
		}
	}
	return out
}

func innermost(r *text.Reading, at int) string {
	lo, hi := 0, len(r.Provisions)
	for lo < hi {
		if m := (lo + hi) / 2; r.Provisions[m].Start <= at {
			lo = m + 1
		} else {
			hi = m
		}
	}
	for i := lo - 1; i >= 0; i-- {
		if r.Provisions[i].End > at {
			return r.Provisions[i].EID
		}
	}
	return ""
}

// proposers names who proposed the words that a change brings or takes, where brackets around them say so.
func (c *comparison) proposers(ch *Change) []string {
	var out []string
	look := func(s *side, start, end int, marked func(x, y int) bool) {
		if !strings.Contains(s.r.Text[start:end], "[") {
			return
		}
		for _, b := range brackets(s.r.Text, start, end) {
			for _, n := range by(s.r.Text[b[0]:b[1]]) {
				if marked(b[0], b[1]) && !has(out, n) {
					out = append(out, n)
				}
			}
		}
	}
	if ch.A != nil {
		look(c.a, ch.A.Start, ch.A.End, func(x, y int) bool {
			for _, e := range ch.Edits {
				if e.Op == Delete && e.AStart < y && e.AEnd > x {
					return true
				}
			}
			return false
		})
	}
	if ch.B != nil {
		look(c.b, ch.B.Start, ch.B.End, func(x, y int) bool {
			for _, e := range ch.Edits {
				if e.Op == Insert && e.BStart < y && e.BEnd > x {
					return true
				}
			}
			return false
		})
	}
	return out
}
