package text

import "strings"

// roman gives the value of a Roman numeral of one case, or 0 where s is none. Only canonical forms count, so that "IIX" and
// words such as "mild" are refused.
func roman(s string) int {
	if s == "" || len(s) > 9 {
		return 0
	}
	up := strings.ToUpper(s)
	if s != up && s != strings.ToLower(s) {
		return 0
	}
	value := func(c byte) int {
		switch c {
		case 'I':
			return 1
		case 'V':
			return 5
		case 'X':
			return 10
		case 'L':
			return 50
		case 'C':
			return 100
		}
		return 0
	}
	n := 0
	for i := 0; i < len(up); i++ {
		v := value(up[i])
		if v == 0 {
			return 0
		}
		if i+1 < len(up) && value(up[i+1]) > v {
			n -= v
		} else {
			n += v
		}
	}
	if n <= 0 || toRoman(n) != up {
		return 0
	}
	return n
}

func toRoman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		v int
		s string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.v {
			b.WriteString(d.s)
			n -= d.v
		}
	}
	return b.String()
}

// letters gives the place of a list letter: a=1 … z=26, aa=27 … zz=52 (doubled letters only, as in treaties); 0 otherwise.
func letters(s string) int {
	if len(s) == 0 || len(s) > 2 {
		return 0
	}
	c := s[0] | 0x20
	if c < 'a' || c > 'z' {
		return 0
	}
	if len(s) == 2 {
		if s[1] != s[0] {
			return 0
		}
		return 26 + int(c-'a') + 1
	}
	return int(c-'a') + 1
}

var hanDigit = map[rune]int{'〇': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '兩': 2, '两': 2}

// han gives the value of a Chinese numeral below 10 000 ("二十五", "一百零三", "一二"), or 0 where s is none.
func han(s string) int {
	if s == "" || len(s) > 30 {
		return 0
	}
	total, cur, units, plain := 0, 0, false, 0
	for _, r := range s {
		switch r {
		case '十', '百', '千':
			u := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			if cur == 0 {
				cur = 1
			}
			total += cur * u
			cur, units = 0, true
		default:
			d, ok := hanDigit[r]
			if !ok || plain > 9999 {
				return 0
			}
			plain = plain*10 + d
			cur = d
		}
	}
	if !units {
		return plain
	}
	return total + cur
}

// numberWord are the numbers in words that treaties use in headings, in lower case; each line counts from one.
var numberWord = func() map[string]int {
	m := map[string]int{}
	for _, line := range []string{
		"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
		"first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth",
		"premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième quinzième",
		"première seconde",
		"primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo decimotercero decimocuarto decimoquinto decimosexto decimoséptimo decimoctavo decimonoveno vigésimo",
		"primera segunda tercera cuarta quinta sexta séptima octava novena décima undécima duodécima decimotercera decimocuarta decimoquinta decimosexta decimoséptima decimoctava decimonovena vigésima",
		"primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo undecimo duodecimo decimotercero decimocuarto decimoquinto decimosexto decimoseptimo decimoctavo decimonoveno vigesimo",
		"primera segunda tercera cuarta quinta sexta septima octava novena decima undecima duodecima decimotercera decimocuarta decimoquinta decimosexta decimoseptima decimoctava decimonovena vigesima",
		"primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
		"primeira segunda terceira quarta quinta sexta sétima oitava nona décima",
		"primeira segunda terceira quarta quinta sexta setima oitava nona decima",
		"único", "única", "unico", "unica", "unique",
	} {
		for i, w := range strings.Fields(line) {
			m[w] = i + 1
		}
	}
	return m
}()

// numberWords gives the value of a number in words ("TWENTY ONE", "Premier") and how many words of ws it took; 0, 0 where none.
func numberWords(ws []string) (value, taken int) {
	if len(ws) == 0 {
		return 0, 0
	}
	v := numberWord[strings.ToLower(ws[0])]
	if t := ordinalTen[strings.ToLower(ws[0])]; t > 0 { // "décima primera", "vigésimo segundo"
		if len(ws) > 1 {
			if u := numberWord[strings.ToLower(ws[1])]; u > 0 && u < 10 {
				return t + u, 2
			}
		}
		return t, 1
	}
	if v == 0 {
		tens := map[string]int{"twenty": 20, "thirty": 30, "forty": 40}
		head, tail, _ := strings.Cut(strings.ToLower(ws[0]), "-")
		if t := tens[head]; t > 0 {
			if u := numberWord[tail]; u > 0 && u < 10 {
				return t + u, 1
			}
			v = t
		}
	}
	if v == 0 {
		return 0, 0
	}
	if v%10 == 0 && v >= 20 && len(ws) > 1 {
		if u := numberWord[strings.ToLower(ws[1])]; u > 0 && u < 10 {
			return v + u, 2
		}
		return v, 1
	}
	return v, 1
}

// ordinalTen are the tens that ordinals in two words begin with.
var ordinalTen = func() map[string]int {
	m := map[string]int{}
	for v, words := range map[int]string{10: "décimo décima decimo decima", 20: "vigésimo vigésima vigesimo vigesima", 30: "trigésimo trigésima trigesimo trigesima"} {
		for _, w := range strings.Fields(words) {
			m[w] = v
		}
	}
	return m
}()

// digits gives the value of up to six decimal digits (ASCII, Arabic-Indic or full width), or -1 where s is none.
func digits(s string) int {
	if s == "" {
		return -1
	}
	n, count := 0, 0
	for _, r := range s {
		d := digit(r)
		if d < 0 || count == 6 {
			return -1
		}
		n, count = n*10+d, count+1
	}
	return n
}

func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '٠' && r <= '٩':
		return int(r - '٠')
	case r >= '0' && r <= '9':
		return int(r - '0')
	}
	return -1
}
