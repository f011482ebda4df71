package text

import (
	"fmt"
	"strings"
)

// outlineWords is how many bytes of a provision's own words an outline shows.
const outlineWords = 60

// Outline gives the tree of provisions for reading by people and for golden files: a line each, indented by depth, with
// eId, kind, number and heading as far as they are given, and the first of its own words.
func (r *Reading) Outline() string {
	var b strings.Builder
	first := firstChildren(r)
	for i, p := range r.Provisions {
		fmt.Fprintf(&b, "%s%s %s", strings.Repeat("  ", p.Depth), p.EID, p.Kind)
		if p.Num != "" {
			fmt.Fprintf(&b, " [%s]", p.Num)
		}
		if p.Heading != "" {
			fmt.Fprintf(&b, " “%s”", p.Heading)
		}
		end := p.End
		if first[i] > 0 {
			end = min(end, r.Provisions[first[i]].Start)
		}
		own := strings.Join(strings.Fields(r.Text[min(p.Body, end):end]), " ")
		if len(own) > outlineWords {
			cut := outlineWords
			for cut > 0 && own[cut]&0xc0 == 0x80 {
				cut--
			}
			own = own[:cut] + "…"
		}
		if own != "" {
			fmt.Fprintf(&b, " | %s", own)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// firstChildren gives the index of each provision's first child, 0 where it has none.
func firstChildren(r *Reading) []int {
	first := make([]int, len(r.Provisions))
	for i, p := range r.Provisions {
		if p.Parent >= 0 && first[p.Parent] == 0 {
			first[p.Parent] = i
		}
	}
	return first
}
