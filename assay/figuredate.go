package assay

import (
	"fmt"
	"strconv"
	"strings"
)

// figureDate reads a date in figures, "31/12/2027" or "31.12.2027", in EDTF; day before month, but month first in English where only that fits.
// English dates that may be read both ways give the year alone.
func figureDate(s, lang string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '.' })
	if len(parts) != 3 || len(parts[2]) != 4 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return ""
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil {
			return ""
		}
		n[i] = v
	}
	day, month := n[0], n[1]
	if month > 12 && lang == "en" {
		day, month = month, day
	}
	switch {
	case n[2] < 1950 || n[2] > 2199 || month < 1 || month > 12 || day < 1 || day > monthDays[month]:
		return ""
	case lang == "en" && day <= 12 && day != month:
		return parts[2]
	}
	return fmt.Sprintf("%04d-%02d-%02d", n[2], month, day)
}

// isoDate reads 2027-12-31 at token k, whose hyphens are no tokens.
func (a *run) isoDate(k int) string {
	for i := 0; i < 2; i++ {
		if x, y := a.tokens[k+i], a.tokens[k+i+1]; !y.w.number || len(y.w.lower) != 2 || y.start != x.end+1 || a.r.Text[x.end] != '-' {
			return ""
		}
	}
	month, day := small(a.tokens[k+1].w.lower), small(a.tokens[k+2].w.lower)
	if month < 1 || month > 12 || day < 1 || day > monthDays[month] {
		return ""
	}
	return fmt.Sprintf("%s-%02d-%02d", a.tokens[k].w.lower, month, day)
}

// quarterWords name parts of a year and how many months they have.
var quarterWords = map[string]int{"quarter": 3, "trimestre": 3, "half": 6, "semestre": 6, "semester": 6}

var quarterOrdinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0, "premier": 1, "deuxième": 2, "second semestre": 2, "troisième": 3, "quatrième": 4, "dernier": 0,
	"primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4, "último": 0, "primeiro": 1, "terceiro": 3, "quarto": 4, "1": 1, "2": 2, "3": 3, "4": 4}

// quarterAt reads "the first quarter of 2026" around token k: what is due then is due by the end of its last month.
func (a *run) quarterAt(st *sentence, k int) (Deadline, int) {
	months := quarterWords[a.tokens[k].w.lower]
	nth, ok := quarterOrdinals[a.tokens[k-1].w.lower]
	if !ok {
		return Deadline{}, 0
	}
	if nth == 0 {
		nth = 12 / months
	}
	j := k + 1
	for j < st.to-1 && j < k+3 && (nameJoins[a.tokens[j].w.lower] || a.tokens[j].w.lower == "year" || a.tokens[j].w.lower == "l" || a.tokens[j].w.lower == "année" || a.tokens[j].w.lower == "año") {
		j++
	}
	if j >= st.to-1 || !a.tokens[j].w.number || len(a.tokens[j].w.lower) != 4 || nth*months > 12 {
		return Deadline{}, 0
	}
	year := a.tokens[j].w.lower
	if year < "1950" || year > "2199" || strings.ContainsAny(year, "./,") {
		return Deadline{}, 0
	}
	return Deadline{Date: fmt.Sprintf("%s-%02d", year, nth*months), Span: *a.place(k-1, j+1)}, j + 1
}
