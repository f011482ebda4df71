package text

import (
	"strings"
	"unicode"
)

// ordinalHeads marks the lines of a text without articles that begin with an ordinal alone ("PRIMERO:", "Segunda.- Objeto") as its articles, where
// at least two stand in order.
func (s *segmenter) ordinalHeads() {
	type found struct {
		line int
		h    heading
	}
	var list, run []found
	for i := range s.lines {
		if h := s.heads[i]; h.rank >= 0 && h.kind == KindArticle {
			return
		}
		if s.lines[i].hint == hintItem || s.lines[i].hint == hintName || s.heads[i].rank >= 0 {
			continue
		}
		h, ok := ordinalHead(s.at(i))
		if !ok {
			continue
		}
		switch {
		case len(run) > 0 && h.val == run[len(run)-1].h.val+1:
			run = append(run, found{i, h})
		case h.val == 1:
			if len(run) > 1 {
				list = append(list, run...)
			}
			run = []found{{i, h}}
		}
	}
	if len(run) > 1 {
		list = append(list, run...)
	}
	for _, f := range list {
		s.heads[f.line] = f.h
	}
}

// ordinalHead reads an ordinal with a stop, colon or dash after it at the start of a line.
func ordinalHead(l string) (h heading, ok bool) {
	if len(l) < 6 || !unicode.IsUpper(firstRune(l)) {
		return h, false
	}
	num, val, after := headNumber(l)
	if val == 0 || !unicode.IsLetter(firstRune(num)) || len(num) < 5 || ordinalWord[strings.ToLower(strings.Fields(num)[0])] == false {
		return h, false
	}
	rest := strings.TrimLeft(after, " ")
	if rest == "" || !strings.ContainsRune(".:-–—", firstRune(rest)) {
		return h, rest == "" && allCaps(num) && h.ordinal(num, val, l, after)
	}
	if !allCaps(num) && firstRune(rest) == '.' && !strings.HasPrefix(rest, ".-") && !strings.HasPrefix(rest, ".–") && !strings.HasPrefix(rest, ". ") {
		return h, false
	}
	return h, h.ordinal(num, val, l, after)
}

// ordinal fills in the heading of an article whose number is an ordinal.
func (h *heading) ordinal(num string, val int, l, after string) bool {
	*h = heading{headKind: headWord["clause"], num: num, val: val, body: len(l)}
	if !h.finish(l, after, false) {
		return false
	}
	h.weak = false
	return true
}

// ordinalWord are the ordinals of numberWord that may open a clause by themselves; English ones begin sentences ("First, …").
var ordinalWord = func() map[string]bool {
	m := map[string]bool{}
	for w := range numberWord {
		m[w] = true
	}
	for _, w := range strings.Fields(`one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
		first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth`) {
		delete(m, w)
	}
	for w := range ordinalTen {
		m[w] = true
	}
	return m
}()
