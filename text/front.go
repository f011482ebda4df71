package text

import (
	"strconv"
	"strings"
	"unicode"
)

func itoa(n int) string { return strconv.Itoa(n) }

// frontMax bounds the lines searched for a preamble.
const frontMax = 400

// front makes cover and preamble of the lines before the first provision and gives the line at which the body begins.
func (s *segmenter) front() int {
	limit := s.firstBody()
	explicit, formula := -1, -1
	for i := 0; i < limit; i++ {
		t := s.at(i)
		if word, _, _ := strings.Cut(t, " "); explicit < 0 && preambleWord[strings.ToLower(strings.Trim(word, ".:"))] && word != "Whereas" && word != "WHEREAS" {
			explicit = i
		}
		if isFormula(t) {
			formula = i
			break
		}
	}
	from := explicit
	if from < 0 {
		from = s.preambleStart(limit, formula)
	}
	if from < 0 {
		return s.cover(limit)
	}
	to := formula + 1
	if formula < 0 {
		to = s.preambleEnd(from, limit, explicit >= 0)
	}
	if from > 0 {
		s.nodes = append(s.nodes, node{kind: KindCover, prefix: "cover", id: "-", start: 0, body: 0, parent: -1})
	}
	s.preamble(from, to, explicit >= 0, formula)
	return to
}

// firstBody gives the first line that certainly belongs to the body: a numbered heading, a signature block, or a line far on.
func (s *segmenter) firstBody() int {
	for i := range s.lines {
		if h := s.heads[i]; h.rank >= 0 && (h.kind != KindAnnex || i > 3) && !(i == 0 && h.kind != KindArticle && h.kind != KindPart && h.kind != KindChapter && h.kind != KindSection) {
			return i
		}
		if s.numbered[i] || i == frontMax || i > 0 && signatureOpener(s.at(i)) {
			return i
		}
	}
	return len(s.lines)
}

// preambleStart gives the first line of a preamble that has no heading, or -1 where there is none.
func (s *segmenter) preambleStart(limit, formula int) int {
	if formula >= 0 {
		for i := 0; i <= formula; i++ {
			t := s.at(i)
			if s.recital(i) || partyOpening(t) || i > 0 && endsOpen(t) && !allCaps(t) || s.lines[i].hint == hintNone && len(t) > 150 && !allCaps(t) {
				return i
			}
		}
		return formula
	}
	first, count := -1, 0
	for i := 0; i < limit; i++ {
		if t := s.at(i); (s.lines[i].hint == hintNone || s.lines[i].hint == hintRecital) && s.recital(i) && (endsOpen(t) || s.strong(i)) {
			if first < 0 {
				first = i
			}
			count++
			if s.strong(i) {
				count++
			}
		}
	}
	if count < 2 || first > 8 {
		return -1
	}
	if first > 0 && partyOpening(s.at(first-1)) {
		first--
	}
	return first
}

// preambleEnd gives the line after the last recital of a preamble without formula.
func (s *segmenter) preambleEnd(from, limit int, explicit bool) int {
	end := from + 1
	for i := from; i < limit; i++ {
		t := s.at(i)
		if s.lines[i].hint == hintHeading && i > from && !s.recital(i) {
			break
		}
		if s.recital(i) || endsOpen(t) || i == from {
			end = i + 1
		} else if i > end+1 && !explicit {
			break
		}
	}
	if explicit && limit < len(s.lines) && limit-end < 12 {
		return limit
	}
	return end
}

// preamble makes the preamble of lines [from, to) and its recitals.
func (s *segmenter) preamble(from, to int, explicit bool, formula int) {
	p := node{kind: KindPreamble, prefix: "preamble", id: "-", start: s.lines[from].start, body: s.lines[from].start, parent: -1}
	i := from
	if explicit {
		word, rest, _ := strings.Cut(s.at(from), " ")
		p.head = strings.Trim(word, ".:")
		if rest == "" {
			p.body = s.next(from)
			i++
		} else {
			p.body += len(word) + 1 // the text goes on behind the heading
		}
	}
	s.nodes = append(s.nodes, p)
	parent := len(s.nodes) - 1
	seen := false
	for ; i < to; i++ {
		t := s.at(i)
		start := s.lines[i].start
		if start < p.body {
			continue
		}
		switch {
		case i == formula && i > from && !s.recital(i):
			if seen {
				s.nodes = append(s.nodes, node{kind: KindParagraph, prefix: "formula", id: "-", start: start, body: start, parent: parent})
			}
		case s.recital(i) && s.lines[i].hint != hintHeading || seen && s.lines[i].loose && unicode.IsUpper(firstRune(t)) && endsOpen(t) || seen && s.lines[i].hint == hintItem || numberedRecital(t):
			n := node{kind: KindRecital, prefix: "rec", start: start, body: start, parent: parent}
			if m, ok := parseMarker(t); ok {
				n.num, n.body = m.num, start+m.body
			}
			s.nodes = append(s.nodes, n)
			seen = true
		}
	}
}

// numberedRecital says whether a line of a preamble is numbered "(1)", as the recitals of the European Union are.
func numberedRecital(t string) bool {
	m, ok := parseMarker(t)
	return ok && m.cands[0].style == decPar
}

// cover makes the cover of the title lines at the top, and gives the line after them.
func (s *segmenter) cover(limit int) int {
	i := 0
	for i < limit && i < 12 && i < len(s.lines) {
		t := s.at(i)
		h := s.lines[i].hint
		title := h == hintCover || i == 0 && h == hintHeading || dateLine(t) || h == hintNone && len(t) < maxHeading && i+1 < len(s.lines) &&
			(allCaps(t) || titleLike(t) && capitalised(t) && (limit < len(s.lines) || i == 0))
		if !title || partyOpening(t) && !allCaps(t) {
			break
		}
		if _, ok := parseMarker(t); ok {
			break
		}
		i++
	}
	if i == len(s.lines) && i > 0 {
		i = 0
	}
	if i > 0 {
		s.nodes = append(s.nodes, node{kind: KindCover, prefix: "cover", id: "-", parent: -1})
	}
	return i
}

// recital says whether line i begins as a recital does, or is known to be one.
func (s *segmenter) recital(i int) bool {
	return s.lines[i].hint == hintRecital || recitalStart(s.at(i))
}

// strong says whether line i can be nothing but a recital.
func (s *segmenter) strong(i int) bool {
	return s.lines[i].hint == hintRecital || strongRecital(s.at(i))
}
