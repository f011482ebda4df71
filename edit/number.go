package edit

import (
	"cmp"
	"math/big"
	"regexp"
	"strings"
)

// scales are words for powers of ten, folded.
var scales = map[string]int{
	"k": 3, "thousand": 3, "thousands": 3, "mille": 3, "mil": 3, "milliers": 3, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7,
	"m": 6, "mn": 6, "mio": 6, "mm": 6, "mln": 6, "million": 6, "millions": 6, "millones": 6, "millon": 6, "milhoes": 6, "milhao": 6, "mi": 6,
	"bn": 9, "b": 9, "bln": 9, "billion": 9, "billions": 9, "milliard": 9, "milliards": 9, "md": 9, "mds": 9, "mrd": 9, "mil millones": 9, "mil milhoes": 9, "bilhao": 9, "bilhoes": 9, "miles de millones": 9,
	"tn": 12, "trn": 12, "trillion": 12, "trillions": 12, "trilhao": 12, "trilhoes": 12, "billon": 12, "billones": 12,
	"万": 4, "亿": 8, "億": 8, "萬": 4,
}

// digitsForm is a number with blanks, points, commas or apostrophes in it.
var digitsForm = regexp.MustCompile(`^[0-9](?:[0-9 .,'_]*[0-9])?`)

// number reads the number at the beginning of folded s, with a word of scale behind it, and gives what follows.
func number(s string) (n *big.Rat, rest string, notes []string, err error) {
	digits := digitsForm.FindString(s)
	if digits == "" {
		return nil, s, nil, invalid("write the amount in figures: 1.5 billion, 150 million, 35,000", "%q has no number in figures", brief(s))
	}
	rest = strings.TrimSpace(s[len(digits):])
	scale, word := 0, ""
	for w, z := range scales {
		r, ok := after(rest, w)
		if w[0] >= 0x80 { // Chinese is written without blanks
			r, ok = strings.CutPrefix(rest, w)
		}
		if ok && len(w) > len(word) && (len(w) > 2 || !strings.HasPrefix(r, "/")) {
			scale, word = z, w
		}
	}
	plain, readings := plainNumber(digits, scale != 0)
	if len(readings) == 2 {
		o := make([]Option, 2)
		for i, x := range readings {
			o[i] = Option{strings.Replace(s, digits, x, 1), strings.Replace(s, digits, x, 1)}
			if _, frac, ok := strings.Cut(x, "."); ok { // four decimals are read in one way only
				o[i].Write = strings.Replace(s, digits, x+strings.Repeat("0", 4-len(frac)), 1)
			}
		}
		return nil, rest, nil, ask(o, "write it without separators, or with a point for the fraction", "%q may be %s or %s", digits, readings[0], readings[1])
	}
	n, ok := new(big.Rat).SetString(plain)
	if plain == "" || !ok || len(plain) > 30 {
		return nil, rest, nil, invalid("write it without separators, with a point for the fraction: 1500000 or 1.5", "%q is not a number", brief(digits))
	}
	if word != "" {
		rest = strings.TrimSpace(strings.TrimPrefix(rest, word))
		n.Mul(n, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
		if strings.HasPrefix(word, "billon") {
			notes = append(notes, word+" is read as in Spanish: a million millions")
		}
	}
	return n, rest, notes, nil
}

// plainNumber is a number without separators and with a point for the fraction; or its two readings; or "" where it is none.
func plainNumber(s string, scaled bool) (plain string, readings []string) {
	s = strings.NewReplacer(" ", "", "'", "", "_", "").Replace(s)
	marks := ""
	for _, c := range s {
		if c == '.' || c == ',' {
			marks += string(c)
		}
	}
	last := strings.LastIndexAny(s, ".,")
	switch {
	case marks == "":
		return s, nil
	case strings.Trim(marks, marks[len(marks)-1:]) != "": // both: the last one is the fraction's
		point := s[last]
		other := map[byte]string{'.': ",", ',': "."}[point]
		if strings.Count(marks, string(point)) > 1 || !grouped(strings.Split(s[:last], other)) {
			return "", nil
		}
		return strings.ReplaceAll(s[:last], other, "") + "." + s[last+1:], nil
	case len(marks) > 1: // thousands
		if !grouped(strings.Split(s, marks[:1])) {
			return "", nil
		}
		return strings.ReplaceAll(s, marks[:1], ""), nil
	}
	whole, frac := s[:last], s[last+1:]
	if len(frac) == 3 && len(whole) <= 3 && whole[0] != '0' {
		if marks == "," && !scaled {
			return whole + frac, nil
		}
		return "", []string{whole + frac, whole + "." + cmp.Or(strings.TrimRight(frac, "0"), "0")}
	}
	return whole + "." + frac, nil
}

// grouped says whether the parts are those of a number in groups of three digits (or, as in India, two).
func grouped(parts []string) bool {
	for i, p := range parts {
		if i == 0 && (p == "" || len(p) > 3) || i > 0 && len(p) != 3 && !(len(p) == 2 && i < len(parts)-1) {
			return false
		}
	}
	return true
}

// written is a number in figures with a point, without needless noughts; false where the registry's form has no room for it.
func written(n *big.Rat, decimals int) (string, bool) {
	s := n.FloatString(decimals)
	back, _ := new(big.Rat).SetString(s)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	whole, _, _ := strings.Cut(s, ".")
	return s, back.Cmp(n) == 0 && len(whole) <= 18
}
