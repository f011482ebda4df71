package align

import (
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// side is one of the two texts.
type side struct {
	r     *text.Reading
	an    *assay.Analysis
	kids  [][]int
	known []*feature
	heard []assay.Mention // in order of the text
}

// feature is what speaks for a pair.
type feature struct {
	runes   int // letters and digits of the words, what stands under it included
	numbers map[string]bool
	names   map[string]bool
	topics  map[string]bool
	kids    int
	binds   bool
}

func newSide(r *text.Reading, an *assay.Analysis) *side {
	if an != nil && len(an.Provisions) != len(r.Provisions) {
		an = nil
	}
	s := &side{r: r, an: an, kids: make([][]int, len(r.Provisions)), known: make([]*feature, len(r.Provisions))}
	for i, p := range r.Provisions {
		if p.Parent >= 0 {
			s.kids[p.Parent] = append(s.kids[p.Parent], i)
		}
	}
	if an != nil {
		s.heard = append(s.heard, an.Mentions...)
		sort.SliceStable(s.heard, func(i, j int) bool { return s.heard[i].Start < s.heard[j].Start })
	}
	return s
}

func (s *side) at(i int) *Side {
	if i < 0 {
		return nil
	}
	p := s.r.Provisions[i]
	return &Side{EID: p.EID, Start: p.Start, End: p.End, Index: i}
}

// spine lists the articles and what stands at their level: cover, preamble, annexes and sections without articles, signatures.
func (s *side) spine() []int {
	has := make([]bool, len(s.r.Provisions)) // an article stands under it
	for i := len(s.r.Provisions) - 1; i >= 0; i-- {
		p := s.r.Provisions[i]
		if p.Parent >= 0 && (has[i] || p.Kind == text.KindArticle) {
			has[p.Parent] = true
		}
	}
	var out []int
	var walk func(i int)
	walk = func(i int) {
		if !has[i] {
			out = append(out, i)
			return
		}
		for _, k := range s.kids[i] {
			walk(k)
		}
	}
	for i, p := range s.r.Provisions {
		if p.Parent < 0 {
			walk(i)
		}
	}
	return out
}

// last is the part of an eId that is the provision's own.
func last(eid string) string { return eid[strings.LastIndex(eid, "__")+1:] }

func (s *side) feature(i int) *feature {
	if s.known[i] != nil {
		return s.known[i]
	}
	p := s.r.Provisions[i]
	from := min(p.Body, p.End)
	if p.Heading != "" {
		from = p.Start + max(strings.Index(s.r.Text[p.Start:p.Body], p.Heading), 0)
	}
	words := s.r.Text[from:p.End]
	f := &feature{numbers: numbers(words), names: map[string]bool{}, topics: map[string]bool{}, kids: len(s.kids[i])}
	for _, r := range words {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			f.runes++
		}
	}
	if s.an != nil {
		q := &s.an.Provisions[i]
		for _, t := range q.Topics {
			f.topics[t] = true
		}
		f.binds = q.Modality == assay.Obligation || q.Modality == assay.Prohibition
		for _, m := range s.within(p) {
			f.names[m.Kind+" "+m.Code] = true
		}
	}
	s.known[i] = f
	return f
}

// within gives the parties, minerals and dates that a provision names.
func (s *side) within(p text.Provision) []assay.Mention {
	lo := sort.Search(len(s.heard), func(i int) bool { return s.heard[i].Start >= p.Start })
	hi := sort.Search(len(s.heard), func(i int) bool { return s.heard[i].Start >= p.End })
	return s.heard[lo:hi]
}

// numbers gives the numbers in words of any of the served languages, as digits. Numbers from one to three are left out: they stand in every text.
func numbers(s string) map[string]bool {
	out := map[string]bool{}
	add := func(n int) {
		if n > 3 {
			out[strconv.Itoa(n)] = true
		}
	}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= '0' && r <= '9':
			n, k := 0, i
			for k < len(s) && (s[k] >= '0' && s[k] <= '9' || s[k] == ',' && k+3 < len(s) && s[k+1] >= '0' && s[k+1] <= '9') && n < 1_000_000_000 {
				if s[k] != ',' {
					n = n*10 + int(s[k]-'0')
				}
				k++
			}
			add(n)
			i = k
		case hanDigit[r] > 0 || r == '〇' || r == '零' || hanUnit[r] > 0:
			n, k := hanNumber(s[i:])
			add(n)
			i += k
		case unicode.IsLetter(r):
			k := i
			for k < len(s) {
				q, z := utf8.DecodeRuneInString(s[k:])
				if !unicode.IsLetter(q) && q != '-' || unicode.Is(unicode.Han, q) && k > i {
					break
				}
				k += z
				if unicode.Is(unicode.Han, q) {
					break
				}
			}
			add(spelled[strings.ToLower(s[i:k])])
			i = k
		default:
			i += size
		}
	}
	return out
}

var hanDigit = map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '两': 2, '兩': 2}
var hanUnit = map[rune]int{'十': 10, '百': 100, '千': 1000}

// hanNumber reads a Chinese number and gives its length in bytes: 三十六, 一百二十, 二〇一五.
func hanNumber(s string) (n, size int) {
	sum, cur, digits, units := 0, 0, 0, false
	for _, r := range s {
		d, u := hanDigit[r], hanUnit[r]
		switch {
		case u > 0:
			sum += max(cur, 1) * u
			cur, units = 0, true
		case d > 0 || r == '〇' || r == '零':
			cur = d
			digits = min(digits*10+d, 100_000_000)
		}
		if d == 0 && u == 0 && r != '〇' && r != '零' || size > 40 {
			break
		}
		size += utf8.RuneLen(r)
	}
	if units {
		return sum + cur, size
	}
	return digits, size
}

// spelled are numbers in words.
var spelled = func() map[string]int {
	out := map[string]int{}
	for _, list := range []string{
		"4 four quatre cuatro quatro", "5 five cinq cinco", "6 six seis", "7 seven sept siete sete", "8 eight huit ocho oito", "9 nine neuf nueve nove", "10 ten dix diez dez", "11 eleven onze once",
		"12 twelve douze doce doze", "14 fourteen quatorze catorce", "15 fifteen quinze quince", "16 sixteen seize", "18 eighteen dix-huit dieciocho dezoito", "20 twenty vingt veinte vinte", "24 twenty-four", "25 twenty-five",
		"30 thirty trente treinta trinta", "35 thirty-five", "40 forty quarante cuarenta quarenta", "45 forty-five", "50 fifty cinquante cincuenta cinquenta", "60 sixty soixante sesenta sessenta", "90 ninety quatre-vingt-dix noventa", "100 hundred cent cien cem",
	} {
		f := strings.Fields(list)
		n := 0
		for _, c := range f[0] {
			n = n*10 + int(c-'0')
		}
		for _, w := range f[1:] {
			out[w] = n
		}
	}
	return out
}()
