package edit

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

const dateHint = "write it as the source does: 27 October 2025, October 2025, about 2024, spring 2024, between March and May 2025; or 2025-10-27"

// months by folded name, in English, French, Spanish and Portuguese. Short forms of three and four letters are recognised by monthOf.
var months = func() map[string]int {
	m := map[string]int{}
	for _, line := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec",
		"jan feb mar apr may june july aug sept oct nov dec",
		"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
		"janv fevr mars avr mai juin juil aout sept oct nov dec",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"ene feb mar abr may jun jul ago setiembre oct nov dic",
		"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
		"jan fev mar abr mai jun jul ago set out nov dez",
	} {
		for i, w := range strings.Fields(line) {
			m[w] = i + 1
		}
	}
	return m
}()

// parts of a year by folded name: first and last month. Seasons are those of the northern hemisphere, which is said.
var yearParts = map[string][2]int{
	"early": {1, 4}, "beginning of": {1, 4}, "start of": {1, 4}, "debut": {1, 4}, "principios de": {1, 4}, "inicios de": {1, 4}, "inicio de": {1, 4}, "comeco de": {1, 4},
	"mid": {5, 8}, "middle of": {5, 8}, "mi": {5, 8}, "milieu": {5, 8}, "mediados de": {5, 8}, "meados de": {5, 8},
	"late": {9, 12}, "end of": {9, 12}, "fin": {9, 12}, "finales de": {9, 12}, "fines de": {9, 12}, "final de": {9, 12}, "fins de": {9, 12},
}

var seasons = map[string][2]int{
	"spring": {3, 5}, "printemps": {3, 5}, "primavera": {3, 5}, "summer": {6, 8}, "ete": {6, 8}, "verano": {6, 8}, "verao": {6, 8},
	"autumn": {9, 11}, "fall": {9, 11}, "automne": {9, 11}, "otono": {9, 11}, "outono": {9, 11}, "winter": {12, 14}, "hiver": {12, 14}, "invierno": {12, 14}, "inverno": {12, 14},
}

// exactParts are parts of a year that have an exact beginning and end.
var exactParts = map[string][2]int{
	"q1": {1, 3}, "q2": {4, 6}, "q3": {7, 9}, "q4": {10, 12}, "first quarter": {1, 3}, "second quarter": {4, 6}, "third quarter": {7, 9}, "fourth quarter": {10, 12},
	"last quarter": {10, 12}, "h1": {1, 6}, "h2": {7, 12}, "first half": {1, 6}, "second half": {7, 12},
	"premier trimestre": {1, 3}, "deuxieme trimestre": {4, 6}, "troisieme trimestre": {7, 9}, "quatrieme trimestre": {10, 12}, "premier semestre": {1, 6}, "second semestre": {7, 12},
	"primer trimestre": {1, 3}, "segundo trimestre": {4, 6}, "tercer trimestre": {7, 9}, "cuarto trimestre": {10, 12}, "primer semestre": {1, 6}, "segundo semestre": {7, 12},
	"primeiro trimestre": {1, 3}, "terceiro trimestre": {7, 9}, "quarto trimestre": {10, 12}, "primeiro semestre": {1, 6},
}

var (
	aboutWords = []string{"about", "around", "circa", "ca.", "c.", "approximately", "approx.", "approx", "roughly", "vers", "environ", "hacia", "alrededor de", "aproximadamente",
		"cerca de", "por volta de", "em torno de", "~"}
	perhapsWords = []string{"perhaps", "probably", "possibly", "maybe", "peut-etre", "probablement", "quiza", "quizas", "tal vez", "probablemente", "talvez", "provavelmente"}
	fillers      = []string{"the", "in", "on", "of", "le", "la", "en", "au", "el", "em", "de", "du", "del", "do", "l'", "d'", "a"}
	betweenForms = [][2]string{{"between", " and "}, {"from", " to "}, {"from", " until "}, {"entre", " et "}, {"entre", " y "}, {"entre", " e "}, {"de", " a "}, {"du", " au "}, {"desde", " hasta "}}

	numericDay  = regexp.MustCompile(`^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$`)
	yearFirst   = regexp.MustCompile(`^(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?$`)
	chineseDay  = regexp.MustCompile(`^(\d{4}) ?年(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?$`)
	shortYears  = regexp.MustCompile(`^(\d{2})(\d{2})[-/](\d{2})$`)
	decade      = regexp.MustCompile(`^(?:the )?(\d{3})0'?s$`)
	ordinal     = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|er|o|º|ª)?$`)
	year        = regexp.MustCompile(`^\d{4}$`)
	monthOfYear = regexp.MustCompile(`^(\d{1,2})[/.](\d{4})$`)
)

// Date reads a date as people write it, in English, French, Spanish or Portuguese, or as EDTF, and gives its EDTF form. What may mean two
// days is asked ([OptionsOf]).
func Date(typed string) (registry.Date, []string, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return registry.Date{}, nil, invalid(dateHint, "the date is empty")
	}
	if len(typed) > 200 {
		return registry.Date{}, nil, invalid(dateHint, "%q is too long for a date", brief(typed))
	}
	if d, err := registry.ParseDate(typed); err == nil {
		return d, nil, nil
	}
	p := dateReader{typed: typed}
	edtf, err := p.whole(strings.Trim(fold(typed), " ,;"))
	if err != nil {
		return registry.Date{}, nil, err
	}
	d, err := registry.ParseDate(edtf)
	if err != nil {
		return registry.Date{}, nil, invalid(dateHint, "%q is not a date: %s", brief(typed), because(err))
	}
	return d, p.notes, nil
}

// because is what an error of registry.ParseDate says after the date itself.
func because(err error) string {
	_, why, ok := strings.Cut(err.Error(), "is not a date: ")
	if !ok {
		return err.Error()
	}
	return why
}

type dateReader struct {
	typed string
	notes []string
}

func (p *dateReader) note(format string, args ...any) {
	p.notes = append(p.notes, fmt.Sprintf(format, args...))
}

func (p *dateReader) no() (string, error) {
	for _, w := range []string{"today", "yesterday", "last ", "next ", "this ", "hier", "ayer", "ontem", "hoy", "hoje", "aujourd"} {
		if strings.HasPrefix(fold(p.typed), w) {
			return "", invalid("write the day itself; the source's own date tells which it is", "%q depends on the day it was said", brief(p.typed))
		}
	}
	return "", invalid(dateHint, "%q is not understood as a date", brief(p.typed))
}

// whole reads a date with words around it, or two dates.
func (p *dateReader) whole(s string) (string, error) {
	if rest, ok := after(s, "before", "avant", "antes de"); ok {
		return p.bound(rest, "before")
	}
	if rest, ok := after(s, "by", "until", "not later than", "no later than", "at the latest", "jusqu'a", "jusqu'en", "hasta", "ate"); ok {
		return p.bound(rest, "by")
	}
	if rest, ok := after(s, "since", "depuis", "desde", "from"); ok && !strings.Contains(rest, " to ") && !strings.Contains(rest, " until ") && !strings.Contains(rest, " hasta ") {
		return p.bound(rest, "since")
	}
	if rest, ok := after(s, "after", "apres", "despues de", "depois de", "apos"); ok {
		return p.bound(rest, "after")
	}
	for _, f := range betweenForms {
		if rest, ok := after(s, f[0]); ok {
			if from, to, two := strings.Cut(rest, f[1]); two {
				return p.interval(from, to)
			}
		}
	}
	one, problem := p.qualified(s)
	if problem == nil || OptionsOf(problem) != nil {
		return one, problem
	}
	for _, sep := range []string{" - ", " to ", " a ", "-"} {
		if from, to, two := strings.Cut(s, sep); two && !strings.Contains(to, sep) {
			if e, err := p.interval(from, to); err == nil || OptionsOf(err) != nil {
				return e, err
			}
		}
	}
	return "", problem
}

// bound reads a date that something happened before, by, since or after.
func (p *dateReader) bound(s, how string) (string, error) {
	e, err := p.qualified(s)
	if err != nil {
		return "", err
	}
	d, err := registry.ParseDate(e)
	if err != nil || strings.Contains(e, "/") {
		return p.no()
	}
	switch how {
	case "by":
		return "../" + e, nil
	case "since":
		return e + "/..", nil
	case "before":
		return "../" + shift(d.Start, -1), nil
	default:
		return shift(d.End, 1) + "/..", nil
	}
}

func shift(d registry.Day, days int) string {
	t, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		return string(d)
	}
	return t.AddDate(0, 0, days).Format("2006-01-02")
}

// interval reads two dates; what the first leaves out (its year, its month) the second tells.
func (p *dateReader) interval(from, to string) (string, error) {
	b, err := p.qualified(strings.TrimSpace(to))
	if err != nil {
		return "", err
	}
	from = strings.Trim(from, " ,")
	a, err := p.qualified(from)
	if err != nil {
		for _, n := range []int{4, 7} { // "between March and May 2025", "3 to 5 May 2025"
			if len(b) < n || !year.MatchString(b[:4]) {
				break
			}
			more := b[:4]
			if n == 7 {
				m, ok := atoi(b[5:7])
				if !ok || m < 1 || m > 12 {
					break
				}
				more = strings.ToLower(time.Month(m).String()) + " " + more
			}
			if a, err = p.qualified(from + " " + more); err == nil {
				break
			}
		}
	}
	if err != nil {
		return p.no()
	}
	if strings.Contains(a, "/") {
		a, _, _ = strings.Cut(a, "/")
	}
	if strings.Contains(b, "/") {
		_, b, _ = strings.Cut(b, "/")
	}
	return a + "/" + b, nil
}

// qualified reads a single date with about, perhaps or a mark.
func (p *dateReader) qualified(s string) (string, error) {
	about, perhaps := false, false
	for again := true; again; {
		again = false
		if rest, ok := after(s, aboutWords...); ok {
			s, about, again = rest, true, true
		} else if rest, ok := after(s, perhapsWords...); ok {
			s, perhaps, again = rest, true, true
		} else if rest, ok := strings.CutSuffix(s, "?"); ok {
			s, perhaps, again = strings.TrimSpace(rest), true, true
		} else if rest, ok := strings.CutSuffix(s, "~"); ok {
			s, about, again = strings.TrimSpace(rest), true, true
		} else if rest, ok := after(s, fillers[:]...); ok && rest != "" {
			s, again = rest, true
		}
	}
	e, err := p.single(strings.Trim(s, " ,."))
	if err != nil {
		return "", err
	}
	mark := ""
	switch {
	case about && perhaps:
		mark = "%"
	case about:
		mark = "~"
	case perhaps:
		mark = "?"
	}
	if mark == "" {
		return e, nil
	}
	parts := strings.Split(e, "/")
	for i := range parts {
		parts[i] = strings.TrimRight(parts[i], "~?%") + mark
	}
	return strings.Join(parts, "/"), nil
}

// single reads a day, month, year or a named part of one.
func (p *dateReader) single(s string) (string, error) {
	if _, err := registry.ParseDate(s); err == nil && !strings.Contains(s, "/") {
		return s, nil
	}
	if m := decade.FindStringSubmatch(s); m != nil {
		return m[1] + "X", nil
	}
	if m := chineseDay.FindStringSubmatch(s); m != nil {
		return ymd(m[1], m[2], m[3]), nil
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return ymd(m[1], m[2], m[3]), nil
	}
	if m := monthOfYear.FindStringSubmatch(s); m != nil {
		return ymd(m[2], m[1], ""), nil
	}
	if m := numericDay.FindStringSubmatch(s); m != nil {
		return p.numeric(m[1], m[2], m[3])
	}
	if m := shortYears.FindStringSubmatch(s); m != nil && m[3] > m[2] && m[3] > "12" {
		p.note("read as the years %s%s to %s%s", m[1], m[2], m[1], m[3])
		return m[1] + m[2] + "/" + m[1] + m[3], nil
	}
	if e, ok := p.part(s); ok {
		return e, nil
	}
	return p.words(s)
}

// ymd joins the parts that are there.
func ymd(y, m, d string) string {
	for _, x := range []string{m, d} {
		if x == "" {
			break
		}
		if len(x) == 1 {
			x = "0" + x
		}
		y += "-" + x
	}
	return y
}

// numeric reads 27/10/2025: one meaning where only one is possible, a question where two are.
func (p *dateReader) numeric(a, b, y string) (string, error) {
	x, _ := strconv.Atoi(a)
	z, _ := strconv.Atoi(b)
	switch {
	case x == z || x > 12 && z <= 12:
		if x != z {
			p.note("read as day, month, year: %s cannot be a month", a)
		}
		return ymd(y, b, a), nil
	case z > 12 && x <= 12:
		p.note("read as month, day, year: %s cannot be a month", b)
		return ymd(y, a, b), nil
	case x > 12:
		return p.no()
	}
	one, two := ymd(y, b, a), ymd(y, a, b)
	return "", ask([]Option{{one, inWords(one)}, {two, inWords(two)}}, "write the month in letters, or the date as "+one, "%q may be %s or %s", brief(p.typed), inWords(one), inWords(two))
}

func inWords(day string) string {
	t, err := time.Parse("2006-01-02", day)
	if err != nil {
		return day
	}
	return t.Format("2 January 2006")
}

// part reads a named part of a year or month: spring 2024, Q3 2025, early October 2025.
func (p *dateReader) part(s string) (string, bool) {
	for _, list := range []map[string][2]int{exactParts, seasons, yearParts} {
		for name, span := range list {
			rest, ok := after(strings.ReplaceAll(s, "mid-", "mid "), name)
			if !ok && strings.HasPrefix(name, "mi") {
				rest, ok = after(strings.ReplaceAll(s, "mi-", "mi "), name)
			}
			if !ok || rest == "" {
				continue
			}
			for again := true; again; {
				rest, again = after(strings.Trim(rest, " ,"), fillers...)
			}
			if year.MatchString(rest) {
				return p.span(rest, span, name, list[name] == exactParts[name], seasons[name] == span), true
			}
			if e, err := p.words(rest); err == nil && len(e) == 7 && yearParts[name] == span {
				return p.third(e, span[0]), true
			}
		}
	}
	return "", false
}

func (p *dateReader) span(y string, span [2]int, name string, exact, season bool) string {
	n, _ := strconv.Atoi(y)
	from, to := ymd(y, strconv.Itoa(span[0]), ""), ymd(y, strconv.Itoa(span[1]), "")
	if span[1] > 12 { // winter 2024 begins in December
		to = ymd(fmt.Sprintf("%04d", n+1), strconv.Itoa(span[1]-12), "")
	}
	if exact {
		return from + "/" + to
	}
	if season {
		p.note("%s is read as in the northern hemisphere; if the source means the south, write the months", name)
	} else {
		p.note("%s is read as about these months; if the source is more exact, write them", name)
	}
	return from + "~/" + to + "~"
}

// third is the beginning, middle or end of a month.
func (p *dateReader) third(month string, first int) string {
	from, to := "01", "10"
	switch {
	case first > 8:
		d, _ := registry.ParseDate(month)
		from, to = "21", string(d.End[8:])
	case first > 4:
		from, to = "11", "20"
	}
	p.note("a part of a month is read as about ten days; if the source is more exact, write them")
	return month + "-" + from + "~/" + month + "-" + to + "~"
}

// words reads dates with the month in letters: 27 October 2025, October 27, 2025, October 2025, 1er octobre 2025.
func (p *dateReader) words(s string) (string, error) {
	var day, month, yr string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,-.", r) }) {
		w = strings.TrimPrefix(strings.TrimPrefix(w, "d'"), "l'")
		switch {
		case month == "" && months[w] > 0:
			month = fmt.Sprintf("%02d", months[w])
		case yr == "" && year.MatchString(w):
			yr = w
		case day == "" && ordinal.MatchString(w):
			day = ordinal.FindStringSubmatch(w)[1]
		case isFiller(w) || isWeekday(w):
		default:
			return p.no()
		}
	}
	switch {
	case yr == "" && month != "":
		return "", invalid("add the year in four digits", "%q has no year", brief(p.typed))
	case yr == "" || month == "" && day != "":
		return p.no()
	}
	return ymd(yr, month, day), nil
}

func isFiller(w string) bool {
	for _, f := range fillers {
		if w == f {
			return true
		}
	}
	return false
}

func isWeekday(w string) bool {
	return w != "" && strings.Contains(" monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun lundi mardi mercredi jeudi vendredi samedi dimanche "+
		"lunes martes miercoles jueves viernes sabado domingo segunda terca quarta quinta sexta feira ", " "+w+" ")
}

func atoi(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil
}
