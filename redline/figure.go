package redline

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// units of time, for figures that no rule names.
var times = words(`day days week weeks month months year years quarter quarters hours hour jour jours semaine semaines mois an ans année années heures
día días semana semanas mes meses año años horas dia dias mês ano anos 日 天 月 年`)

// spelled are numbers in words that times are counted in.
var spelled = words(`one two three four five six seven eight nine ten eleven twelve fifteen eighteen twenty thirty forty sixty ninety hundred
deux trois quatre cinq sept huit neuf dix douze quinze dix-huit vingt trente soixante
dos tres cuatro cinco seis siete ocho nueve diez doce quince dieciocho veinte treinta sesenta noventa
dois três quatro sete oito nove dez doze quinze dezoito vinte trinta sessenta 一 二 三 四 五 六 七 八 九 十 三十 六十 九十`)

// addresses before a number make it an address and not a figure.
var addresses = words(`article articles art paragraph paragraphs para annex annexes chapter section part point clause sub-paragraph subparagraph rule regulation schedule appendix
annexe chapitre paragraphe alinéa artículo artículos párrafo apartado anexo capítulo sección artigo parágrafo secção no nos n° nº number ( § 第`)

// auxiliary verbs by which a text binds, allows or forbids.
var auxiliary = words(`shall may must should will can cannot
doit doivent peut peuvent devra devront pourra pourront devrait devraient debe deben deberá deberán puede pueden podrá podrán
deve devem deverá deverão pode podem poderá poderão 应 應 须 須 可 得`)

// auxiliaries says whether a short hunk has other auxiliary verbs on its two sides; of one that only came or went with its sentence it says no.
func (c *comparison) auxiliaries(h hunk, ta, tb []tok) bool {
	if h.a1-h.a0 > 5 || h.b1-h.b0 > 5 || h.a0 == h.a1 && h.b1-h.b0 > 2 || h.b0 == h.b1 && h.a1-h.a0 > 2 {
		return false
	}
	list := func(s *side, t []tok, x, y int) (out []string) {
		for i := x; i < y; i++ {
			w := s.r.Text[t[i].start:t[i].end]
			month := w == "May" && (i+1 < len(t) && digit(s.r.Text[t[i+1].start]) || i > 0 && digit(s.r.Text[t[i-1].start]))
			if form := fold(w, t[i].mark); auxiliary[form] && !month {
				out = append(out, form)
			}
		}
		return out
	}
	return !sameValues(list(c.a, ta, h.a0, h.a1), list(c.b, tb, h.b0, h.b1))
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// figures says of a hunk with a number outside the spans of the rules whether it changes a time or an amount; "" where it does not.
func (c *comparison) figures(h hunk, ta, tb []tok, xa, xb []span) Kind {
	a, b := c.figure(c.a, ta, h.a0, h.a1, xa), c.figure(c.b, tb, h.b0, h.b1, xb)
	long := h.a1-h.a0 > 6 || h.b1-h.b0 > 6
	switch {
	case a == "" && b == "", long:
		return ""
	case a == Deadline || b == Deadline:
		return Deadline
	case a == "" || b == "":
		return ""
	}
	return Quantity
}

// figure looks at the numbers of a stretch.
func (c *comparison) figure(s *side, t []tok, x, y int, spans []span) Kind {
	kind := Kind("")
	for i := x; i < y; i++ {
		w := s.r.Text[t[i].start:t[i].end]
		spelt := spelled[fold(w, t[i].mark)]
		if t[i].mark || !spelt && (w[0] < '0' || w[0] > '9') || covered(t[i], spans) {
			continue
		}
		if note(s.r.Text, t[i]) {
			continue
		}
		if i > 0 && addresses[fold(s.r.Text[t[i-1].start:t[i-1].end], t[i-1].mark)] {
			continue
		}
		if !spelt {
			if strings.TrimLeft(w, "0123456789.,") != "" && !strings.Contains(w, "-") {
				continue // "4bis", "2nd"
			}
			kind = Quantity // a number in words is an amount only with a unit, which the rules know
		}
		for k := i; k < min(i+4, len(t)); k++ {
			for _, part := range strings.Split(fold(s.r.Text[t[k].start:t[k].end], t[k].mark), "-") {
				if times[part] {
					return Deadline
				}
			}
		}
	}
	return kind
}

// note says whether a number is the mark of a footnote: in square brackets, right behind a word or its stop. A bracket of a draft, "[60] days",
// stands apart or behind another one.
func note(text string, t tok) bool {
	if t.start < 2 || text[t.start-1] != '[' || t.end >= len(text) || text[t.end] != ']' {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(text[:t.start-1])
	return unicode.IsLetter(r) || strings.ContainsRune(".,;:’”\"", r)
}

func covered(t tok, spans []span) bool {
	for _, s := range spans {
		if t.start >= s.start && t.end <= s.end {
			return true
		}
	}
	return false
}
