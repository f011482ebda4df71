package text

import (
	"fmt"
	"strings"
	"unicode"
)

// Limits that no agreement comes near, so that a hostile text cannot take all memory.
const (
	maxLines      = 3_000_000
	maxProvisions = 1_500_000
)

// node is a provision while the tree is built. Nodes are appended in the order of the text, parents before children.
type node struct {
	kind   ProvisionKind
	prefix string // of its part of the eId
	id     string // number part of the eId; "" to be numbered by position
	num    string
	head   string
	start  int
	body   int
	parent int
	rank   int
	val    int
	given  string // eId that the file itself gives; "" for none
}

// segmenter builds the tree in one walk over the lines. Containers (annexes, chapters, articles …) stand on a stack; the
// lines directly under one are gathered and handed to body, which finds paragraphs and points.
type segmenter struct {
	text  string
	lines []line
	heads []heading // parsed heading of each line; rank -1 where it has none
	nodes []node
	stack []int // open containers, outermost first
	w     *warnings

	articles int         // headings of articles in the whole text
	main     map[int]int // last number of each kind (by prefix rank) in the main body, outside annexes
	inSign   bool
	inNotes  bool
	bodyFrom int // first line gathered for the open container
	numbered map[int]bool
	level    int  // heading level of the last section with a number
	titles   byte // whether lines in title case may be headings: 0 not yet known, 1 yes, 2 no
}

// segment turns canonical text into provisions.
func segment(text string, lines []line, w *warnings) ([]Provision, error) {
	s := &segmenter{text: text, lines: lines, w: w, main: map[int]int{}}
	s.classify()
	s.numberedSections()
	from := s.front()
	s.walk(from)
	if len(s.nodes) > maxProvisions {
		return nil, fmt.Errorf("more than %d provisions", maxProvisions)
	}
	return s.finish(), nil
}

func (s *segmenter) at(i int) string { return s.text[s.lines[i].start:s.lines[i].end] }

// next gives the start of the line after i, or the end of the text.
func (s *segmenter) next(i int) int {
	if i+1 < len(s.lines) {
		return s.lines[i+1].start
	}
	return len(s.text)
}

func (s *segmenter) open(n node) int {
	n.parent = -1
	if len(s.stack) > 0 {
		n.parent = s.stack[len(s.stack)-1]
	}
	s.nodes = append(s.nodes, n)
	s.stack = append(s.stack, len(s.nodes)-1)
	return len(s.nodes) - 1
}

// closeTo closes the open containers of this rank or a higher one.
func (s *segmenter) closeTo(rank int) {
	for len(s.stack) > 0 && s.nodes[s.stack[len(s.stack)-1]].rank >= rank {
		s.stack = s.stack[:len(s.stack)-1]
	}
}

// walk segments the lines from i on.
func (s *segmenter) walk(i int) {
	s.bodyFrom = i
	for i < len(s.lines) && len(s.nodes) <= maxProvisions {
		n, used := s.heading(i)
		if used > 0 {
			s.gather(i)
			s.place(n)
			s.bodyFrom = i + used
			if n.prefix == "notes" {
				s.bodyFrom = i // the notes have no heading line
			}
		}
		i += max(used, 1)
	}
	s.gather(len(s.lines))
}

// gather hands the lines up to, not including, line to the body of the innermost container.
func (s *segmenter) gather(to int) {
	if s.bodyFrom >= to {
		return
	}
	parent := -1
	if len(s.stack) > 0 {
		parent = s.stack[len(s.stack)-1]
	}
	s.body(parent, s.bodyFrom, to)
	s.bodyFrom = to
}

// heading says whether a container opens at line i, and how many lines its heading takes.
func (s *segmenter) heading(i int) (n node, used int) {
	l := s.at(i)
	if h := s.heads[i]; h.rank >= 0 {
		return s.numberedHeading(i, h)
	}
	if s.articles+i > 0 && (signatureOpener(l) || s.lines[i].hint == hintSign) && (len(s.nodes) > 0 || i > 0) {
		if s.inSign {
			return n, 0
		}
		return node{kind: KindSignatures, prefix: "signatures", id: "-", start: s.lines[i].start, body: s.lines[i].start, rank: rankSign}, 1
	}
	if m, ok := parseMarker(l); ok && m.cands[0].style == note && m.cands[0].val == 1 && !s.inNotes && s.notesFollow(i) {
		return node{kind: KindSection, prefix: "notes", id: "-", start: s.lines[i].start, body: s.lines[i].start, rank: rankNotes}, 1
	}
	if s.inSign {
		return s.afterSignatures(i)
	}
	if s.inNotes {
		return n, 0
	}
	return s.plainHeading(i)
}

// Ranks of the closing parts; scaled like those of headings.
const (
	rankSign  = rankAnnex*10 + 1
	rankNotes = rankAnnex * 10
)

// numberedHeading makes the node of a heading with a number and finds its name on the next line.
func (s *segmenter) numberedHeading(i int, h heading) (node, int) {
	start := s.lines[i].start
	n := node{kind: h.kind, prefix: h.prefix, num: h.num, head: h.text, start: start, body: start + h.body, rank: h.rank * 10, val: h.val}
	n.id = h.idNum()
	used := 1
	if h.bare {
		for used < 4 && s.nameLine(i+used, used) {
			if n.head != "" {
				n.head += " "
			}
			n.head += s.at(i + used)
			used++
		}
	}
	if h.body >= s.lines[i].end-start {
		n.body = s.next(i + used - 1)
	}
	n.head = strings.TrimSpace(strings.Trim(n.head, " "))
	return n, used
}

// nameLine says whether line i, the nth after a heading that is only a number, is the name of what the heading opens.
func (s *segmenter) nameLine(i, nth int) bool {
	if i >= len(s.lines) || s.heads[i].rank >= 0 {
		return false
	}
	l := s.lines[i]
	t := s.at(i)
	if l.hint == hintName {
		return true
	}
	if _, ok := parseMarker(t); ok || l.hint == hintItem || signatureOpener(t) {
		return false
	}
	if l.hint == hintHeading {
		return titleLike(t) && (nth == 1 || !l.loose)
	}
	if !titleLike(t) || len(t) > 200 || isHan(firstRune(t)) && len(t) > 90 || recitalStart(t) {
		return false
	}
	if nth > 1 && (!allCaps(t) || !allCaps(s.at(i-1))) {
		return false
	}
	words := strings.Fields(t)
	if i+1 >= len(s.lines) || unicode.IsLower(firstRune(s.at(i+1))) || smallWord[words[len(words)-1]] {
		return false // the first line of a sentence
	}
	return s.heads[i+1].rank < 0 || s.heads[i+1].rank > s.heads[i-nth].rank
}

// place opens the container n, closing what it does not belong in.
func (s *segmenter) place(n node) {
	if in := s.innermost(); in >= 0 && (s.nodes[in].kind == KindSignatures || s.nodes[in].prefix == "notes") {
		s.stack = s.stack[:len(s.stack)-1]
	}
	s.inSign, s.inNotes = n.kind == KindSignatures, n.prefix == "notes"
	annex := s.openAnnex()
	switch {
	case n.kind == KindSignatures:
		s.closeTo(rankSign)
	case n.prefix == "notes":
		s.stack = s.stack[:0]
	case n.kind == KindAnnex:
		s.closeTo(n.rank)
	default:
		if annex && n.val > 1 && s.main[n.rank] == n.val-1 && !s.inAnnexSequence(n) {
			s.stack = s.stack[:0] // the main body goes on after an annex between its chapters
			annex = false
		}
		s.closeTo(n.rank)
	}
	if !annex && n.kind != KindAnnex && n.val > 0 {
		s.main[n.rank] = n.val
	}
	s.open(n)
}

func (s *segmenter) openAnnex() bool {
	for _, i := range s.stack {
		if s.nodes[i].kind == KindAnnex {
			return true
		}
	}
	return false
}

// inAnnexSequence says whether the heading goes on with a sequence of the open annex.
func (s *segmenter) inAnnexSequence(n node) bool {
	for j := len(s.nodes) - 1; j >= 0 && len(s.nodes)-j < 5000; j-- {
		p := s.nodes[j]
		if p.kind == KindAnnex {
			return false
		}
		if p.rank == n.rank && p.kind == n.kind {
			return p.val == n.val-1
		}
	}
	return false
}

// plainHeading says whether line i is a heading without number, or with a list number, that opens a section.
func (s *segmenter) plainHeading(i int) (n node, used int) {
	l, t := s.lines[i], s.at(i)
	start := l.start
	level := 8
	if l.hint == hintHeading {
		level = l.level
	}
	sec := node{kind: KindSection, prefix: "sec", start: start, body: s.next(i), rank: rankSection*10 + min(level, 8)}
	if s.numbered[i] {
		m, _ := parseMarker(t)
		sec.num, sec.id, sec.val, sec.head = m.num, idNum(m.num), m.cands[0].val, t[m.body:]
		return sec, 1
	}
	if len(t) > maxHeading || l.hint == hintItem || i+1 >= len(s.lines) {
		return n, 0
	}
	if word := strings.ToLower(strings.Trim(t, " .:")); annexWord[word] && (t == strings.ToUpper(t) || l.hint == hintHeading || l.loose) {
		sec.kind, sec.prefix, sec.rank = KindAnnex, headWord[word].prefix, headWord[word].rank*10
		used = 1
		for used < 4 && s.nameLine(i+used, used) {
			sec.head = strings.TrimSpace(sec.head + " " + s.at(i+used))
			used++
		}
		sec.body = s.next(i + used - 1)
		return sec, used
	}
	sec.head = strings.TrimRight(t, " :")
	if m, ok := parseMarker(t); ok && m.body < len(t) && l.hint == hintHeading && m.cands[0].style != bullet {
		sec.num, sec.id, sec.val, sec.head = m.num, idNum(m.num), m.cands[0].val, strings.TrimRight(t[m.body:], " :")
	}
	if !s.standsAsHeading(i, sec.head) {
		return n, 0
	}
	if s.articles >= 2 && !s.openAnnex() {
		if k := s.nextHeading(i); k < 0 || s.heads[k].rank <= rankSection {
			return n, 0
		}
	} else if in := s.innermost(); in >= 0 && s.nodes[in].kind == KindArticle {
		return n, 0
	}
	if sec.num != "" {
		s.level = level
	} else if s.level == level {
		sec.rank = min(sec.rank+1, rankArticle*10-1) // headings without number stand beneath those with one
	}
	return sec, 1
}

var annexWord = map[string]bool{"annex": true, "annexe": true, "anexo": true, "appendix": true, "schedule": true, "attachment": true,
	"apéndice": true, "appendice": true, "protocol": true, "annexes": true, "anexos": true, "apêndice": true}

func (s *segmenter) innermost() int {
	if len(s.stack) == 0 {
		return -1
	}
	return s.stack[len(s.stack)-1]
}

// nextHeading gives the numbered heading that follows line i with only other headings between, or -1.
func (s *segmenter) nextHeading(i int) int {
	for k := i + 1; k < len(s.lines) && k < i+6; k++ {
		if s.heads[k].rank >= 0 {
			return k
		}
		if s.lines[k].hint != hintHeading && !allCaps(s.at(k)) {
			return -1
		}
	}
	return -1
}

// standsAsHeading says whether a line without number is a heading by its marking, its capitals or its place.
func (s *segmenter) standsAsHeading(i int, t string) bool {
	l := s.lines[i]
	if t == "" || firstLetter(t) == 0 {
		return false
	}
	last := lastRune(t)
	if l.hint == hintHeading {
		return len(t) <= 250 && !strings.ContainsRune(".;,", last) || titleLike(t)
	}
	if l.hint != hintNone || !l.loose || len(t) > 120 || !titleLike(t) || recitalStart(t) {
		return false
	}
	next := s.lines[i+1]
	if allCaps(t) {
		return len(t) >= 5 && next.loose && !allCaps(s.at(i+1))
	}
	words := len(strings.Fields(t))
	return s.articles == 0 && s.plainTitles() && words >= 1 && words <= 12 && next.loose && capitalised(t) && len(s.at(i+1)) > 80 &&
		unicode.IsLetter(last)
}

// plainTitles says whether lines in title case may be headings: not where the source marks headings by other means.
func (s *segmenter) plainTitles() bool {
	if s.titles == 0 {
		s.titles = 1
		for _, l := range s.lines {
			if l.hint == hintHeading {
				s.titles = 2
				break
			}
		}
	}
	return s.titles == 1
}

// notesFollow says whether the line after footnote 1, or one soon after it, is footnote 2, or the text ends with it.
func (s *segmenter) notesFollow(i int) bool {
	if i*3 < len(s.lines) {
		return false
	}
	for k := i + 1; k < len(s.lines) && k < i+8; k++ {
		if m, ok := parseMarker(s.at(k)); ok && m.cands[0].style == note {
			return m.cands[0].val == 2
		}
	}
	return i+3 >= len(s.lines)
}
