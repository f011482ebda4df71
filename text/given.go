package text

import (
	"slices"
	"sort"
	"strings"
)

// Given is a provision that the format itself marks, as Akoma Ntoso does. Where one begins and where its own words begin is said by anchors.
type Given struct {
	EID     string // the file's own; "" where it has none
	Prefix  string // of the part of the eId that is made where the file's own cannot be kept: "art"
	Kind    ProvisionKind
	Num     string // as written
	Heading string
	Parent  int // index in Source.Provisions; -1 at the top
}

// Alias is an address that the file gives to a part that is no provision here: a list, the content of an article.
type Alias struct {
	EID string
	In  int // index in Source.Provisions of the provision that holds it; -1 for none
}

// What a format marks is not followed where it marks fewer than fewGiven provisions and the words hold more than fewShare times as many: a gazette
// whose every law is one element.
const (
	fewGiven = 10
	fewShare = 4
)

// given makes provisions of what the format marks. They keep the file's own eIds where these can be an address and none stands twice; where
// the others are is in addresses, as is where parts with an address of their own are that are no provisions. nil where nothing is marked that
// has words.
func (s *Source) given(t string, lines []line, anchors []placed, w *warnings) (out []Provision, addresses map[string]string) {
	n := len(s.Provisions)
	starts, bodies := slices.Repeat([]int{-1}, n), slices.Repeat([]int{-1}, n)
	for _, a := range anchors {
		switch {
		case a.index < 0 || a.index >= n:
		case a.kind == ProvisionAnchor:
			starts[a.index] = a.at
		case a.kind == BodyAnchor:
			bodies[a.index] = a.at
		}
	}
	seg := &segmenter{text: t, w: w}
	at := slices.Repeat([]int{-1}, n) // nodes of what is given
	for i, g := range s.Provisions {
		if starts[i] < 0 || g.Parent >= i || g.Parent >= 0 && at[g.Parent] < 0 || s.empty(i, starts) || len(seg.nodes) > 0 && seg.nodes[len(seg.nodes)-1].start > starts[i] {
			continue
		}
		parent := -1
		if g.Parent >= 0 {
			parent = at[g.Parent]
		}
		at[i] = len(seg.nodes)
		body := bodies[i]
		if body < 0 {
			body = len(t)
		}
		seg.nodes = append(seg.nodes, node{kind: g.Kind, prefix: g.Prefix, id: numberID(g.Num), num: g.Num, head: g.Heading, start: starts[i], body: body, parent: parent, given: g.EID})
	}
	if len(seg.nodes) == 0 {
		return nil, nil
	}
	for _, l := range lines {
		if l.note > 0 && seg.nodes[len(seg.nodes)-1].start < l.start { // notes stand behind all else
			seg.nodes = append(seg.nodes, node{kind: KindSection, prefix: "notes", id: "-", start: l.start, body: l.start, parent: -1})
			break
		}
	}
	was := len(seg.nodes)
	out = seg.finish()
	shift := len(out) - was // a cover that was put before
	addresses = map[string]string{}
	to := func(i int) string { // the provision that holds what is given as i
		for i >= 0 && at[i] < 0 {
			i = s.Provisions[i].Parent
		}
		if i < 0 {
			return ""
		}
		return out[at[i]+shift].EID
	}
	lead := func(from string, i int) {
		if _, ok := addresses[from]; from == "" || ok || to(i) == "" || to(i) == from || slices.ContainsFunc(out, func(p Provision) bool { return p.EID == from }) {
			return
		}
		addresses[from] = to(i)
	}
	others := 0
	for i, g := range s.Provisions {
		if g.EID != "" && to(i) != g.EID {
			others++
		}
		lead(g.EID, i)
	}
	if others > 0 {
		w.addf("%d of the file's own addresses of provisions could not be kept: they stand twice, are no address, or have no words; they lead to where the words are", others)
	}
	for _, a := range s.Aliases {
		lead(a.EID, a.In)
	}
	return out, addresses
}

// held leads from the file's own addresses to the provisions that were found in the words where what they name begins.
func (s *Source) held(anchors []placed, ps []Provision) map[string]string {
	here := make(map[string]bool, len(ps))
	for _, p := range ps {
		here[p.EID] = true
	}
	out := map[string]string{}
	for _, a := range anchors {
		if a.kind != ProvisionAnchor || a.index >= len(s.Provisions) {
			continue
		}
		at := sort.Search(len(ps), func(i int) bool { return ps[i].Start >= a.at }) // the outermost that begins there, or else that in which it stands
		if at == len(ps) || ps[at].Start > a.at {
			at--
		}
		if id := s.Provisions[a.index].EID; at >= 0 && id != "" && !here[id] && out[id] == "" {
			out[id] = ps[at].EID
		}
	}
	return out
}

// empty says whether nothing stands between the beginning of what is given as i and the next that does not stand in it.
func (s *Source) empty(i int, starts []int) bool {
	for j := i + 1; j < len(starts); j++ {
		if starts[j] < 0 {
			continue
		}
		if starts[j] != starts[i] {
			return false
		}
		up := s.Provisions[j].Parent
		for up > i {
			up = s.Provisions[up].Parent
		}
		if up != i {
			return true
		}
	}
	return false
}

// numberID is a number as a part of an eId: its letters and digits; "" for none.
func numberID(num string) string {
	s := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		if r == '.' || r == '-' || r == '/' || r == ' ' {
			return '-'
		}
		return -1
	}, num)
	if s = strings.Trim(s, "-"); len(s) > 20 {
		return ""
	}
	return s
}

// keepable says whether an address that a file gives can be one here: letters, digits and "_-.", and not one word alone, which could be the name of a
// page about the text.
func keepable(eid string) bool {
	if eid == "" || len(eid) > maxEID {
		return false
	}
	for i := range len(eid) {
		c := eid[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 && c != '_' || c != '_' && c != '-' && c != '.' && (c < '0' || c > '9')) {
			return false
		}
	}
	return strings.ContainsAny(eid, "_0123456789") || slices.Contains([]string{"cover", "preface", "preamble", "conclusions", "signatures", "notes", "annex", "wrapup"}, eid)
}
