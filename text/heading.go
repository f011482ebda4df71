package text

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headKind is what a heading word opens: the kind of provision, the eId prefix, and its rank (outermost lowest).
type headKind struct {
	kind   ProvisionKind
	prefix string
	rank   int
}

// Ranks order the containers: a heading closes every open container of its own rank or a higher one.
const (
	rankAnnex = iota
	rankAppendix
	rankPart
	rankTitle
	rankChapter
	rankSection
	rankArticle
	rankUnder // a section within an article, as in contracts
)

// headWord are the words that open a numbered heading, in lower case.
var headWord = func() map[string]headKind {
	m := map[string]headKind{}
	add := func(k headKind, words string) {
		for _, w := range strings.Fields(words) {
			m[w] = k
		}
	}
	add(headKind{KindArticle, "art", rankArticle}, "article art art. artículo articulo artigo artikel статья المادة clause cláusula clausula")
	add(headKind{KindArticle, "reg", rankArticle}, "regulation rule règle regla regra")
	add(headKind{KindSection, "sec", rankSection}, "section sec. sección seccion secção seção abschnitt раздел القسم")
	add(headKind{KindChapter, "chp", rankChapter}, "chapter chapitre capítulo capitulo kapitel глава الفصل")
	add(headKind{KindPart, "title", rankTitle}, "title titre título titulo")
	add(headKind{KindPart, "part", rankPart}, "part partie parte teil часть الجزء")
	add(headKind{KindAnnex, "annex", rankAnnex}, "annex annexe annexes anexo anexos annexure anlage anhang приложение الملحق exhibit attachment")
	add(headKind{KindAnnex, "sched", rankAppendix}, "schedule list lista liste")
	add(headKind{KindAnnex, "prot", rankAnnex}, "protocol protocole protocolo protokoll протокол البروتوكول")
	add(headKind{KindAnnex, "app", rankAppendix}, "appendix appendice apéndice apêndice enclosure")
	add(headKind{KindParagraph, "para", rankArticle}, "paragraph paragraphe párrafo parágrafo absatz пункт الفقرة")
	return m
}()

// heading is what a heading line says.
type heading struct {
	headKind
	num  string // as written; "" where unnumbered
	val  int    // its place, where the number is a plain one; 0 otherwise
	text string // the words after the number that belong to the heading
	body int    // byte offset in the line where text of the provision begins that stands on the same line; len(line) where none does
	bare bool   // nothing follows the number
	weak bool   // it may be prose as well: the caller must have other grounds, such as the number before it
}

// parseHeading recognises a numbered heading at the start of a line. marked says that the source marks the line as heading.
func parseHeading(l string, marked bool) (h heading, ok bool) {
	if h, ok = hanHeading(l); ok {
		return h, true
	}
	word, rest := l, ""
	if i := strings.IndexAny(l[:min(len(l), 40)], " :-–—."); i > 0 {
		word, rest = l[:i], l[i:]
		if l[i] == '.' {
			word, rest = l[:i+1], l[i+1:]
		}
	}
	lower := strings.ToLower(word)
	kind, known := headWord[lower]
	if !known {
		kind, known = headWord[strings.TrimSuffix(lower, ".")]
		if known && lower != "art." && lower != "sec." {
			return h, false
		}
	}
	if !known || unicode.IsLower(firstRune(word)) && !marked {
		return h, false
	}
	h.headKind = kind
	if marked {
		rest = strings.TrimRight(rest, " ;:.-–—")
	}
	trimmed := strings.TrimLeft(rest, " -–—.")
	num, val, after := headNumber(trimmed)
	if num == "" {
		return h, false
	}
	h.num, h.val = num, val
	h.body = len(l)
	return h, h.finish(l, after, marked)
}

// finish decides what the words after the number are: nothing, the heading's words, or text of the provision.
func (h *heading) finish(l, after string, marked bool) bool {
	sep, rest := cutSeparator(after)
	if rest == "" {
		h.bare = true
		return true
	}
	start := len(l) - len(rest)
	titled := titleLike(rest)
	switch {
	case sep == "(" || sep == ",":
		return false
	case h.kind == KindAnnex && annexTo(rest):
		h.text, h.bare = rest, true
	case marked && (titled || len(rest) < 200):
		h.text = rest
	case sep != "" && titled:
		h.text = rest
	case sep == "." || sep == ":" || sep == "-":
		if h.kind == KindArticle || h.kind == KindParagraph {
			h.body = start
			h.weak = unicode.IsLower(firstRune(rest)) && sep != ":"
			return true
		}
		if sep == "." || h.kind == KindSection {
			h.body, h.weak = start, true
			return true
		}
		return false
	case titled:
		h.text = rest
		h.weak = h.kind != KindArticle && h.kind != KindChapter
		if h.weak && !capitalised(rest) {
			return false
		}
		h.weak = false
	case h.kind == KindSection && strings.Contains(h.num, ".") && unicode.IsUpper(firstRune(rest)):
		h.body = start
		if i := strings.Index(rest, ". "); i > 0 && i < 60 && titleLike(rest[:i]) {
			h.text, h.body = rest[:i], start+i+2
		}
	case h.kind == KindArticle && sep == "" && (!unicode.IsLower(firstRune(rest)) || strings.HasPrefix(l, "ARTICLE ")):
		h.body, h.weak = start, true
	default:
		return false
	}
	return true
}

// annexTo says whether words after an annex's number say to what it is annexed, or on what it is ("to Annex A", "on Origin").
func annexTo(s string) bool {
	for _, w := range []string{"to ", "TO ", "on ", "ON ", "concerning ", "al ", "à ", "del ", "sur ", "sobre ", "relatif "} {
		if strings.HasPrefix(s, w) {
			return len(s) <= 120 && titleLike("X"+s)
		}
	}
	return false
}

// cutSeparator splits what stands between a heading's number and its words.
func cutSeparator(s string) (sep, rest string) {
	t := strings.TrimLeft(s, " ")
	if t == "" {
		return "", ""
	}
	r, size := utf8.DecodeRuneInString(t)
	switch r {
	case '.', ':', '：', '．':
		sep = map[rune]string{'.': ".", '．': ".", ':': ":", '：': ":"}[r]
	case '-', '–', '—', '―':
		sep = "-"
	case '(', ',', ';', '/':
		if r == '(' && (strings.HasSuffix(t, ")") || len(t) > 6) && len(t) > 5 && s != t {
			return "", t // "Article 5 (Definitions)"
		}
		return map[rune]string{'(': "(", ',': ",", ';': ",", '/': ","}[r], t
	default:
		return "", t
	}
	return sep, strings.TrimLeft(t[size:], " .:-–—")
}

// headNumber reads the number of a heading: "5", "4.12", "XIII.2", "N-03", "G-9", "5 bis", "A", "TWENTY ONE", "premier", "1º".
func headNumber(s string) (num string, val int, after string) {
	words := strings.Fields(s[:min(len(s), 60)])
	if len(words) == 0 {
		return "", 0, s
	}
	const ends = ".,:;-–—)º°"
	for k := 0; k < 2 && k < len(words); k++ { // "PRIMERA:", "DÉCIMA PRIMERA.-"
		if w := strings.TrimRight(words[k], ends); w != words[k] && w != "" {
			words = append(append([]string{}, words[:k]...), w)
			break
		}
	}
	if v, n := numberWords(words); v > 0 {
		if n == 2 && len(words) > 1 {
			num = words[0] + " " + words[1]
			if !strings.HasPrefix(s, num) {
				num = words[0]
			}
			return num, v, s[len(num):]
		}
		return words[0], v, s[len(words[0]):]
	}
	open := strings.HasPrefix(s, "(")
	t := strings.TrimPrefix(s, "(")
	i := 0
	for i < len(t) && i < 16 {
		r, size := utf8.DecodeRuneInString(t[i:])
		sep := (r == '.' || r == '-' || r == '–') && i > 0 && i+size < len(t) && (isAlnum(t[i+size]) || r == '.' && strings.HasPrefix(t[i+1:], "º"))
		if !sep && !(size == 1 && isAlnum(t[i])) && digit(r) < 0 && r != 'º' && r != '°' && r != 'ª' {
			break
		}
		i += size
	}
	num = t[:i]
	if open {
		if !strings.HasPrefix(t[i:], ")") {
			return "", 0, s
		}
		i++
	}
	if val = numberValue(num); val < 0 {
		return "", 0, s
	}
	after = t[i:]
	for _, suffix := range []string{" bis", " ter", " quater", " BIS", " TER", "bis", "ter"} {
		if strings.HasPrefix(after, suffix) {
			num, after = num+suffix, after[len(suffix):]
			val = 0
			break
		}
	}
	return num, val, after
}

func isAlnum(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' }

// numberValue gives the place a heading number stands for, 0 where it is a number of several parts, -1 where it is none.
func numberValue(s string) int {
	if s == "" {
		return -1
	}
	t := strings.TrimRight(s, "º°ª")
	if t != s {
		t = strings.TrimSuffix(t, ".")
	}
	for _, suffix := range []string{"er", "re", "st", "nd", "rd", "th", "o"} {
		if head := strings.TrimSuffix(t, suffix); head != t && digits(head) > 0 {
			t = head
		}
	}
	if v := digits(t); v >= 0 {
		return v
	}
	if t == strings.ToUpper(t) {
		if v := roman(t); v > 0 {
			return v
		}
		if len(t) == 1 && letters(t) > 0 {
			return letters(t)
		}
	} else if v := roman(t); v > 0 {
		return v
	}
	several := false
	for _, part := range strings.FieldsFunc(t, func(r rune) bool { return r == '.' || r == '-' || r == '–' }) {
		if part == "bis" || part == "ter" {
			several = true
			continue
		}
		d := strings.TrimRightFunc(part, unicode.IsLetter)
		if digits(part) < 0 && roman(part) == 0 && !(len(part) == 1 && letters(part) > 0) && !(digits(d) >= 0 && len(part)-len(d) <= 1) {
			return -1
		}
		if digits(d) >= 0 || part != t {
			several = true
		}
	}
	if several {
		return 0
	}
	return -1
}

// hanHeading reads 第五条, 第三章, 附件一 at the start of a line.
func hanHeading(l string) (h heading, ok bool) {
	if strings.HasPrefix(l, "附") {
		for _, w := range []string{"附件", "附錄", "附录", "附表"} {
			if rest := strings.TrimPrefix(l, w); rest != l {
				num := strings.TrimSpace(rest)
				if i := strings.IndexAny(num, " ：:　"); i > 0 {
					num = num[:i]
				}
				if num == "" || han(num) > 0 || digits(num) > 0 {
					h = heading{headKind: headWord["annex"], num: num, val: max(han(num), digits(num), 0), body: len(l)}
					h.text = strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(rest), num), " ：:　")
					h.bare = h.text == ""
					return h, len(h.text) < 200
				}
			}
		}
	}
	if !strings.HasPrefix(l, "第") {
		return h, false
	}
	rest := l[len("第"):]
	kinds := map[rune]string{'条': "article", '條': "article", '章': "chapter", '节': "section", '節': "section", '部': "part", '编': "part", '編': "part"}
	for i, r := range rest {
		if i > 30 {
			break
		}
		word, isKind := kinds[r]
		if !isKind {
			continue
		}
		num := strings.TrimSpace(rest[:i])
		val := max(han(num), digits(num))
		if val <= 0 {
			return h, false
		}
		after := rest[i+utf8.RuneLen(r):]
		if r == '部' {
			after = strings.TrimPrefix(after, "分")
		}
		tail := strings.TrimLeft(after, " ：:　.、")
		h = heading{headKind: headWord[word], num: num, val: val, body: len(l), bare: tail == ""}
		switch {
		case h.bare:
		case utf8.RuneCountInString(tail) <= 30 && !strings.ContainsAny(tail, "。，；") && (tail != after || word != "article"):
			h.text = tail
		case tail == after:
			return h, false // 第五条所述… is prose
		default:
			h.body = len(l) - len(tail)
		}
		return h, true
	}
	return h, false
}

// idNum gives the number as it stands in an eId: digits, letters, "." and "-"; numbers in words or Chinese become digits.
// It is empty where the heading has no number.
func (h heading) idNum() string {
	if h.num == "" {
		return ""
	}
	if h.val > 0 && (numberWord[strings.ToLower(h.num)] > 0 || strings.ContainsAny(h.num, " ") || h.num[0] >= utf8.RuneSelf) {
		return strconv.Itoa(h.val)
	}
	return idNum(h.num)
}

func idNum(num string) string {
	var b strings.Builder
	for _, r := range num {
		switch {
		case r < utf8.RuneSelf && isAlnum(byte(r)), r == '.':
			b.WriteRune(r)
		case r == '-' || r == '–' || r == ' ':
			if b.Len() > 0 {
				b.WriteByte('-')
			}
		default:
			if d := digit(r); d >= 0 {
				b.WriteByte(byte('0' + d))
			}
		}
	}
	return strings.Trim(b.String(), ".-")
}
