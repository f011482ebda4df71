package assay

import "fmt"

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"janvier": 1, "février": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "août": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12,
	"enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
	"janeiro": 1, "fevereiro": 2, "março": 3, "maio": 5, "junho": 6, "julho": 7, "setembro": 9, "outubro": 10, "novembro": 11, "dezembro": 12,
}

var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// dateAt reads a written date around the month at token i and returns it in EDTF with its tokens [from, to), or "".
// "26 October 2025", "26th day of October, 2025", "October 26, 2025", "26 de octubre de 2025", "October 2025".
func dateAt(tokens []token, i int) (edtf string, from, to int) {
	month := months[tokens[i].w.lower]
	if month == 0 {
		return "", 0, 0
	}
	day := 0
	from = i
	for j, k := i-1, 0; j >= 0 && k < 3 && day == 0; j, k = j-1, k+1 {
		switch w := tokens[j].w; {
		case w.number:
			day = small(w.lower)
			from = j
		case w.lower == "of" || w.lower == "de" || w.lower == "day" || w.lower == "th" || w.lower == "st" || w.lower == "nd" || w.lower == "rd" || w.lower == "er" || w.lower == "º":
		default:
			k = 3
		}
	}
	j := i + 1
	if day == 0 && j < len(tokens) && tokens[j].w.number && small(tokens[j].w.lower) > 0 { // October 26, 2025
		day = small(tokens[j].w.lower)
		j++
		if j < len(tokens) && len(tokens[j].w.lower) == 2 && !tokens[j].w.number && !tokens[j].w.sign && tokens[j].w.lower != "de" {
			j++ // th
		}
	}
	for k := 0; k < 2 && j < len(tokens) && (tokens[j].w.lower == "," || tokens[j].w.lower == "de" || tokens[j].w.lower == "of"); k++ {
		j++
	}
	if j >= len(tokens) || !tokens[j].w.number || len(tokens[j].w.lower) != 4 {
		return "", 0, 0
	}
	year := tokens[j].w.lower
	for _, c := range year {
		if c < '0' || c > '9' {
			return "", 0, 0
		}
	}
	if year < "1500" || year > "2199" {
		return "", 0, 0
	}
	if day == 0 {
		return fmt.Sprintf("%s-%02d", year, month), i, j + 1
	}
	if day > monthDays[month] {
		return "", 0, 0
	}
	return fmt.Sprintf("%s-%02d-%02d", year, month, day), from, j + 1
}

// small reads a day of the month; ordinal endings are dropped. 0 where it is none.
func small(s string) int {
	n := 0
	for k := 0; k < len(s); k++ {
		if s[k] < '0' || s[k] > '9' {
			return 0
		}
		if n = n*10 + int(s[k]-'0'); n > 31 {
			return 0
		}
	}
	return n
}
