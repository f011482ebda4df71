package redline

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// tok is a word or a mark of punctuation of a unit.
type tok struct {
	start, end int
	id         int32 // of its form, the same in both texts
	mark       bool  // punctuation
	brk        bool  // a blank line stands before it, within the unit
}

// unit is an innermost provision: its number, heading and own words, without what stands under it.
type unit struct {
	p          int // index in the reading's provisions
	start, end int // bytes, blanks at the end left out
	from       int // where its words begin, after the number
	leaf       bool
	toks       []tok
	words      []int32 // ids of the words, without punctuation
	hash       uint64
	to         []int // units of the other text that it became; those it came from
	kin        bool  // to was found by split or merge
	title      bool  // it is the heading of what it became, or came from
	moved      bool
	block      bool // with its article
}

// side is one of the two texts.
type side struct {
	r     *text.Reading
	an    *assay.Analysis
	units []unit
	unit  []int // provision → its unit; -1
}

type comparison struct {
	a, b *side
	df   []int // in how many units of both texts a form stands
	n    int
}

func newSide(r *text.Reading, an *assay.Analysis) *side {
	s := &side{r: r, an: an, unit: make([]int, len(r.Provisions))}
	if an != nil && len(an.Provisions) != len(r.Provisions) {
		s.an = nil // of another reading
	}
	ends := ownEnds(r)
	for i, p := range r.Provisions {
		s.unit[i] = -1
		u := unit{p: i, start: p.Start, end: ends[i], leaf: ends[i] == p.End}
		for u.end > u.start && (r.Text[u.end-1] == '\n' || r.Text[u.end-1] == ' ') {
			u.end--
		}
		u.from = min(headFrom(r, p), u.end)
		if strings.TrimSpace(r.Text[u.from:u.end]) == "" && !(u.leaf && p.Num != "") {
			continue
		}
		s.unit[i] = len(s.units)
		s.units = append(s.units, u)
	}
	return s
}

// ownEnds gives for each provision where its own words end, in one pass.
func ownEnds(r *text.Reading) []int {
	out := make([]int, len(r.Provisions))
	for i, p := range r.Provisions {
		out[i] = p.End
	}
	for i := len(r.Provisions) - 1; i >= 0; i-- {
		if p := r.Provisions[i]; p.Parent >= 0 {
			out[p.Parent] = p.Start
		}
	}
	return out
}

// headFrom gives where the heading begins, after the number; Body where there is no heading.
func headFrom(r *text.Reading, p text.Provision) int {
	if p.Heading == "" {
		return p.Body
	}
	head := r.Text[p.Start:p.Body]
	if i := strings.LastIndex(head, p.Heading); i >= 0 {
		return p.Start + i
	}
	first, _, _ := strings.Cut(p.Heading, " ")
	from := 0
	if i := strings.Index(head, p.Num); p.Num != "" && i >= 0 {
		from = i + len(p.Num)
	}
	if i := strings.Index(head[from:], first); i >= 0 {
		return p.Start + from + i
	}
	return p.Body
}

// intern cuts the units of both texts into tokens and gives equal forms one id.
func (c *comparison) intern() {
	ids := map[string]int32{}
	for _, s := range []*side{c.a, c.b} {
		for i := range s.units {
			u := &s.units[i]
			u.toks = tokens(s.r.Text, u.from, u.end, ids)
			for _, t := range u.toks {
				if !t.mark {
					u.words = append(u.words, t.id)
				}
			}
			u.hash = hashOf(u.words)
			c.n++
		}
	}
	c.df = make([]int, len(ids))
	seen := make([]int, len(ids))
	k := 0
	for _, s := range []*side{c.a, c.b} {
		for i := range s.units {
			k++
			for _, w := range s.units[i].words {
				if seen[w] != k {
					seen[w] = k
					c.df[w]++
				}
			}
		}
	}
}

var seed = maphash.MakeSeed()

func hashOf(words []int32) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, w := range words {
		h.WriteByte(byte(w))
		h.WriteByte(byte(w >> 8))
		h.WriteByte(byte(w >> 16))
		h.WriteByte(byte(w >> 24))
	}
	return h.Sum64()
}

// tokens cuts text[from:to) into words, numbers, single Chinese characters and marks. Forms are folded: small letters, one kind of apostrophe,
// quotation mark and dash.
func tokens(s string, from, to int, ids map[string]int32) []tok {
	out := make([]tok, 0, (to-from)/5+2)
	brk := false
	for i := from; i < to; {
		r, size := utf8.DecodeRuneInString(s[i:to])
		if unicode.IsSpace(r) {
			if r == '\n' && i+1 < to && s[i+1] == '\n' {
				brk = len(out) > 0
			}
			i += size
			continue
		}
		start := i
		i += size
		mark := false
		switch {
		case unicode.Is(unicode.Han, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			for i < to {
				n, k := utf8.DecodeRuneInString(s[i:to])
				if (unicode.IsLetter(n) || unicode.IsDigit(n) || unicode.IsMark(n)) && !unicode.Is(unicode.Han, n) {
					i += k
					continue
				}
				if (n == '.' || n == ',' || n == '\'' || n == '’' || n == '-' || n == '‑') && i+k < to { // 10,000 · 2.5 · Party's · long-term
					m, _ := utf8.DecodeRuneInString(s[i+k : to])
					digits := unicode.IsDigit(m) && s[i-1] >= '0' && s[i-1] <= '9'
					if digits && (n == '.' || n == ',') || n != '.' && n != ',' && unicode.IsLetter(m) {
						i += k
						continue
					}
				}
				break
			}
		default:
			mark = true
		}
		for _, end := range []int{start + glued(s[start:i]), i} {
			if end == start {
				continue
			}
			form := fold(s[start:end], mark)
			id, ok := ids[form]
			if !ok {
				id = int32(len(ids))
				ids[form] = id
			}
			out = append(out, tok{start: start, end: end, id: id, mark: mark, brk: brk})
			start, brk = end, false
		}
	}
	return out
}

// glued is where a word must be cut that lost its blank at a modal, or 0: "Bordoliashall". Package assay cuts it there too.
func glued(w string) int {
	const modal = "shall"
	switch {
	case len(w) < len(modal)+3:
		return 0
	case strings.HasSuffix(w, modal) && !strings.EqualFold(w, "marshall"):
		return len(w) - len(modal)
	case strings.EqualFold(w[:len(modal)], modal) && !strings.EqualFold(w[:len(modal)+1], "shallo"):
		return len(modal)
	}
	return 0
}

func fold(s string, mark bool) string {
	if !mark {
		ascii := true
		for i := 0; i < len(s); i++ {
			if s[i] >= utf8.RuneSelf {
				ascii = false
			}
		}
		if ascii {
			return strings.ToLower(s)
		}
		return strings.ToLower(strings.NewReplacer("’", "'", "‑", "-").Replace(s))
	}
	switch s {
	case "“", "”", "„", "«", "»", "'", "‘", "’", "`":
		return `"`
	case "–", "—", "‑", "−":
		return "-"
	case "•", "·", "▪", "●", "◦":
		return "•"
	}
	return s
}
