package text

import "strings"

// classify parses the numbered headings and drops those that are not: prose that begins with a reference, and the entries of
// a table of contents.
func (s *segmenter) classify() {
	s.heads = make([]heading, len(s.lines))
	last := map[string]int{} // number of the last heading of each prefix
	for i := range s.lines {
		s.heads[i].rank = -1
		l := s.lines[i]
		if l.hint == hintName || l.hint == hintCover {
			continue
		}
		h, ok := parseHeading(s.at(i), l.hint == hintHeading || l.hint == hintStruct)
		if !ok {
			continue
		}
		if contentsEntry(s.at(i)) {
			continue
		}
		if h.weak && h.val != last[h.prefix]+1 || l.hint == hintItem && !h.bare {
			continue
		}
		if h.kind == KindAnnex && i < 3 && len(last) == 0 && h.prefix == "prot" {
			continue // "PROTOCOL …" as the title of the whole
		}
		if h.prefix == "sched" && !strings.HasPrefix(strings.ToLower(s.at(i)), "schedule") && !h.bare {
			continue
		}
		if h.val > 0 {
			last[h.prefix] = h.val
		}
		s.heads[i] = h
	}
	s.ordinalHeads()
	s.dropContents()
	s.under()
	for _, h := range s.heads {
		if h.rank == rankArticle && h.kind == KindArticle {
			s.articles++
		}
	}
}

// contentsEntry says whether a line is an entry of a table of contents: dots lead to a page number at its end.
func contentsEntry(t string) bool {
	head := strings.TrimRight(t, "0123456789 .")
	leader := strings.TrimRight(head, ".… ")
	return len(t)-len(leader) >= 4 && (strings.Contains(t[len(leader):], "...") || strings.Contains(t[len(leader):], "…") || strings.Contains(t[len(leader):], ". . "))
}

// contentsMin is how many headings without text between them make a table of contents, if they come again later.
const contentsMin = 5

// dropContents unmarks runs of headings with no text between, whose numbers come again after the run.
func (s *segmenter) dropContents() {
	type key struct{ prefix, num string }
	lastSeen := map[key]int{}
	for i, h := range s.heads {
		if h.rank >= 0 {
			lastSeen[key{h.prefix, h.num}] = i
		}
	}
	for i := 0; i < len(s.heads); {
		if s.heads[i].rank < 0 {
			i++
			continue
		}
		j, count, again, gap := i, 0, 0, 0
		for ; j < len(s.heads) && gap <= 1; j++ {
			h := s.heads[j]
			if h.rank < 0 {
				if t := s.at(j); len(t) > 80 || strings.ContainsRune(".:;。", lastRune(t)) {
					break
				}
				gap++
				continue
			}
			if h.body < len(s.at(j)) {
				break
			}
			gap = 0
			count++
		}
		for k := i; k < j; k++ {
			if h := s.heads[k]; h.rank >= 0 && lastSeen[key{h.prefix, h.num}] >= j {
				again++
			}
		}
		if count >= contentsMin && again*2 > count {
			for k := i; k < j; k++ {
				if h := s.heads[k]; h.rank >= 0 && lastSeen[key{h.prefix, h.num}] >= j {
					s.heads[k] = heading{headKind: headKind{rank: -1}}
				}
			}
			s.w.addf("a table of contents was recognised and not taken for articles")
		}
		i = max(j, i+1)
	}
}

// under moves sections such as "Section 4.2" beneath the article with that number, as contracts have them.
func (s *segmenter) under() {
	article := ""
	for i := range s.heads {
		h := &s.heads[i]
		switch {
		case h.rank < 0:
		case h.kind == KindArticle:
			article = h.num
			if h.val > 0 {
				article = itoa(h.val)
			}
		case h.kind == KindSection && article != "":
			if head, _, ok := strings.Cut(h.num, "."); ok && (head == article || itoa(roman(head)) == article) {
				h.rank = rankUnder
			}
		}
	}
}

// numberedSections finds lists whose items are titles ("1. Purpose", "II. SCOPE"): the sections of texts without articles. A title in small letters
// ("4. Governing law") is one where its own paragraphs follow ("4.1"), or where no other number came between it and the title before.
func (s *segmenter) numberedSections() {
	s.numbered = map[int]bool{}
	if s.articles > 0 {
		return
	}
	var run []int
	var at candidate
	interrupted := false // by an item of the same style that is no title
	flush := func() {
		if len(run) >= 2 {
			for _, i := range run {
				s.numbered[i] = true
			}
		}
		run = nil
	}
	for i := range s.lines {
		l, t := s.lines[i], s.at(i)
		if s.heads[i].rank >= 0 || len(t) > 160 {
			continue
		}
		m, ok := parseMarker(t)
		if !ok || m.body >= len(t) || m.cands[0].style == bullet || m.cands[0].style == note {
			continue
		}
		rest := t[m.body:]
		c := m.cands[0]
		if m.cands[1].style != styleNone && (m.cands[1].val == 1 || m.cands[1] == candidate{at.style, at.val + 1}) {
			c = m.cands[1]
		}
		if !titleLike(rest) || l.hint != hintHeading && !allCaps(rest) && !(capitalised(rest) && len(rest) < 100) {
			next := len(run) > 0 && !interrupted && c == candidate{at.style, at.val + 1}
			if !titleLike(rest) || len(rest) >= 100 || !next && !s.ownParagraph(i+1, c) {
				interrupted = interrupted || c.style == at.style
				continue
			}
		}
		if c.style != decDot && c.style != upDot && c.style != romanUpDot && c.style != hanDot {
			continue
		}
		if i+1 < len(s.lines) {
			if n, ok := parseMarker(s.at(i + 1)); ok && (n.cands[0] == candidate{c.style, c.val + 1} || n.cands[1] == candidate{c.style, c.val + 1}) {
				continue // items of an ordinary list
			}
		}
		switch {
		case c.style == at.style && c.val == at.val+1 && len(run) > 0:
			run, at, interrupted = append(run, i), c, false
		case c.val == 1 && (len(run) == 0 || c.style == at.style):
			flush()
			run, at, interrupted = []int{i}, c, false
		}
	}
	flush()
}

// ownParagraph says whether line i begins with the first paragraph number of the section with that number: "4.1" after "4. Governing law".
func (s *segmenter) ownParagraph(i int, section candidate) bool {
	if i >= len(s.lines) || section.style != decDot {
		return false
	}
	m, ok := parseMarker(s.at(i))
	return ok && m.cands[0].style == decMulti && len(m.parts) == 2 && m.parts[0] == section.val && m.parts[1] == 1
}
