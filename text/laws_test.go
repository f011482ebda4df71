package text_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/openassay/assay/text"
)

// laws returns the first law of a reading that r breaks, or "".
func laws(r *text.Reading) string {
	if !utf8.ValidString(r.Text) {
		return "text is not UTF-8"
	}
	if strings.ContainsAny(r.Text, "\r\u202e\u202d\u2066\u00a0\x00") {
		return "text holds characters that canonical text leaves out"
	}
	seen := map[string]bool{}
	at, lastEnd := 0, map[int]int{}
	edge := func(i int) bool { return i == len(r.Text) || i >= 0 && i < len(r.Text) && utf8.RuneStart(r.Text[i]) }
	for i, p := range r.Provisions {
		where := fmt.Sprintf("provision %d %s [%d,%d): ", i, p.EID, p.Start, p.End)
		switch {
		case p.EID == "" || seen[p.EID]:
			return where + "eId empty or used twice"
		case p.Start < 0 || p.Start > p.Body || p.Body > p.End || p.End > len(r.Text):
			return where + "offsets out of bounds"
		case !edge(p.Start) || !edge(p.Body) || !edge(p.End):
			return where + "offset within a character"
		case p.Parent >= i || p.Parent < -1:
			return where + "parent does not stand before it"
		}
		seen[p.EID] = true
		if p.Parent < 0 {
			if p.Start != at || p.Depth != 0 {
				return where + "top-level provisions do not follow each other"
			}
			at = p.End
		} else {
			up := r.Provisions[p.Parent]
			if p.Depth != up.Depth+1 || p.Start < up.Start || p.End > up.End {
				return where + "not inside its parent"
			}
			if last, ok := lastEnd[p.Parent]; ok && p.Start != last {
				return where + "children do not follow each other"
			}
			if _, ok := lastEnd[p.Parent]; !ok && p.Start < up.Body {
				return where + "the first child begins before its parent's body"
			}
			lastEnd[p.Parent] = p.End
		}
	}
	for i, p := range r.Provisions {
		if end, ok := lastEnd[i]; ok && end != p.End {
			return p.EID + ": the last child does not end with its parent"
		}
	}
	if at != len(r.Text) {
		return "top-level provisions do not add up to the text"
	}
	return ""
}

// ownWellFormed checks Own on every nth provision, since Own walks.
func ownWellFormed(t *testing.T, r *text.Reading) {
	t.Helper()
	for i := 0; i < len(r.Provisions); i += 1 + len(r.Provisions)/500 {
		start, end := r.Own(i)
		p := r.Provisions[i]
		if start < p.Start || end > p.End || start > end {
			t.Fatalf("Own(%s) = %d, %d; the provision is [%d,%d)", p.EID, start, end, p.Start, p.End)
		}
	}
}
