package assay

import (
	"slices"
	"strconv"
	"strings"
)

// foreign reports whether what follows a reference says that it is to another instrument: "of the GATT 1994".
func foreign(after []token) bool {
	if len(after) < 2 || after[0].w.lower != "of" && after[0].w.lower != "del" {
		return false
	}
	for _, t := range after[1:min(4, len(after))] {
		switch t.w.lower {
		case "this", "present", "este", "presente", "title", "chapter", "section", "part", "título", "capítulo":
			return false
		}
	}
	return true
}

// within reports whether the words before "this Chapter" name a part of it: "Section B of", "Article 4 of".
func within(before []token) bool {
	if n := len(before); n < 4 || before[n-2].w.lower != "of" && before[n-2].w.lower != "del" && before[n-2].w.lower != "de" {
		return false
	}
	for _, t := range before[:2] {
		if w := t.w.lower; w == "section" || w == "article" || w == "sección" || w == "artículo" {
			return true
		}
	}
	return false
}

var denial = map[string]bool{"not": true, "no": true, "neither": true, "nor": true, "ninguna": true, "ne": true, "não": true}

// exempted reports whether the words before a reference take it out of what is said.
func exempted(before []token) bool {
	return slices.ContainsFunc(before, func(t token) bool {
		switch t.w.lower {
		case "except", "excepting", "exception", "other", "salvo", "excepto", "excepción", "sauf":
			return true
		}
		return false
	})
}

// sameNum compares a provision's number with one that a sentence names, however they are written: "VI" and "6", "FOURTEEN" and "14", "06" and "6".
func sameNum(a, b string) bool {
	a, b = strings.Trim(a, ".()"), strings.Trim(b, ".()")
	if strings.EqualFold(a, b) {
		return true
	}
	n := ordinal(a)
	return n > 0 && n == ordinal(b)
}

// ordinal is the whole number that digits, a Roman number or an English word stand for; 0 for anything else.
func ordinal(s string) int {
	if n := atoi(s); n > 0 {
		return n
	}
	s = strings.ToLower(s)
	if isRomanWord(s) {
		n, last := 0, 0
		for k := len(s) - 1; k >= 0; k-- {
			v := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}[s[k]]
			if v < last {
				n -= v
			} else {
				n, last = n+v, v
			}
		}
		return n
	}
	n := 0
	for _, w := range strings.Split(s, "-") {
		if numberWords[w] == 0 {
			return 0
		}
		n += numberWords[w]
	}
	return n
}

// numbers reads "6", "6 and 7", "17 to 19", "VI, VII" from token k on; a range of whole numbers is filled.
func numbers(t []token, k int) []string {
	out, _ := numbersTo(t, k)
	return out
}

// numbersTo is numbers, and the token after them.
func numbersTo(t []token, k int) ([]string, int) {
	var out []string
	last, to := 0, false
	for ; k < len(t); k++ {
		w := t[k].w.lower
		switch {
		case t[k].w.number || isRomanWord(w) || ordinal(w) > 0 || len(w) == 1 && w >= "a" && w <= "z" && len(out) == 0 && w != "a":
			n := atoi(w)
			if to && n > last && n-last < 100 && last > 0 {
				for i := last + 1; i < n; i++ {
					out = append(out, strconv.Itoa(i))
				}
			}
			out = append(out, w)
			last, to = n, false
		case w == "to" || w == "through" || w == "al" || w == "a" && len(out) > 0:
			to = true
		case w == "," || w == "and" || w == "or" || w == "y" || w == "o" || w == "et" || w == "e":
		case w == "(" && len(out) > 0: // the name of what is numbered
			for k < len(t) && t[k].w.lower != ")" {
				k++
			}
		default:
			return out, k
		}
	}
	return out, min(k, len(t)) // past the end where a bracket is not closed
}

func isRomanWord(s string) bool {
	if s == "" || len(s) > 7 {
		return false
	}
	return strings.Trim(s, "ivxlc") == ""
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
		if n > 1e6 {
			return 0
		}
	}
	return n
}
