package assay

import (
	"strconv"
	"strings"
)

// numberWords are the small numbers in which periods are written out.
var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
	"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12, "quinze": 15, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100,
	"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40,
	"cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100,
	"dois": 2, "duas": 2, "três": 3, "quatro": 4, "sete": 7, "oito": 8, "nove": 9, "dez": 10, "doze": 12, "vinte": 20, "trinta": 30, "quarenta": 40, "sessenta": 60, "oitenta": 80,
	"un": 1, "une": 1, "una": 1, "uno": 1, "um": 1, "uma": 1,
	"一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "百": 100,
}

var multipliers = map[string]float64{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mille": 1e3, "millions": 1e6, "milliard": 1e9, "milliards": 1e9,
	"mil": 1e3, "millón": 1e6, "millones": 1e6, "milhão": 1e6, "milhões": 1e6, "bilhão": 1e9, "bilhões": 1e9, "万": 1e4, "亿": 1e8}

// numberAt reads a number, in digits or words, that begins at token k; to is the token after it. A number in brackets after one in
// words repeats it: "one hundred eighty (180)". ok is false where none begins there.
func (a *run) numberAt(k, last int) (value float64, to int, ok bool) {
	w := a.tokens[k].w
	switch {
	case w.number:
		v, good := parseNumber(w.lower, a.lang)
		if !good {
			return 0, 0, false
		}
		value, to = v, k+1
	case numberWords[w.lower] > 0:
		sum, i := 0, k
		for i < last {
			n := numberWords[a.tokens[i].w.lower]
			switch {
			case n == 0:
				if l := a.tokens[i].w.lower; i > k && (l == "and" || l == "y" || l == "e" || l == "et") && i+1 < last && numberWords[a.tokens[i+1].w.lower] > 0 {
					i++
					continue
				}
			case (n == 100 || n == 10 && han([]rune(a.tokens[i].w.lower)[0]) || n == 20 && sum == 4) && sum > 0 && sum < 10:
				sum *= n
				i++
				continue
			default:
				sum += n
				i++
				continue
			}
			break
		}
		value, to = float64(sum), i
		if to+2 < last && a.tokens[to].w.lower == "(" && a.tokens[to+1].w.number && a.tokens[to+2].w.lower == ")" {
			if v, good := parseNumber(a.tokens[to+1].w.lower, a.lang); good {
				value = v
			}
			to += 3
		}
	default:
		return 0, 0, false
	}
	for to < last {
		m, found := multipliers[a.tokens[to].w.lower]
		if !found {
			break
		}
		value *= m
		to++
	}
	return value, to, true
}

// parseNumber reads digits with the marks of a language: 1,234.5 in English and Chinese, 1.234,5 elsewhere. A mark before exactly three
// digits parts thousands where it may.
func parseNumber(s, lang string) (float64, bool) {
	thousands, decimal := ",", "."
	if lang != "en" && lang != "zh" {
		thousands, decimal = ".", ","
		if i := strings.LastIndexByte(s, '.'); i >= 0 && len(s)-i-1 != 3 && !strings.Contains(s, ",") { // "2.5" all the same
			thousands, decimal = ",", "."
		}
	}
	if strings.Contains(s, "/") {
		return 0, false
	}
	if i := strings.LastIndex(s, thousands); i >= 0 && len(s)-i-1 != 3 && !strings.Contains(s[i:], decimal) {
		return 0, false // "1,2": two places, not one number
	}
	s = strings.ReplaceAll(s, thousands, "")
	s = strings.Replace(s, decimal, ".", 1)
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < 0 || v > 1e15 {
		return 0, false
	}
	return v, true
}
