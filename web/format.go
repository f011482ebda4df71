package web

import (
	"html/template"
	"math/big"
	"net/url"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
)

// number writes a whole number with the language's grouping.
func (l *locale) number(n int64) string { return l.group(strconv.FormatInt(n, 10)) }

// group puts the grouping mark into a decimal number.
func (l *locale) group(s string) string {
	sep, ok := l.find("number.group")
	if !ok {
		sep = ","
	}
	point, ok := l.find("number.point")
	if !ok {
		point = "."
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, frac, _ := strings.Cut(s, ".")
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 && len(whole) > 4 {
			b.WriteString(sep)
		}
		b.WriteRune(c)
	}
	if frac != "" {
		return sign + b.String() + point + frac
	}
	return sign + b.String()
}

// ratio writes a number exactly, without needless noughts.
func (l *locale) ratio(r *big.Rat) string {
	s := r.FloatString(6)
	return l.group(strings.TrimSuffix(strings.TrimRight(s, "0"), "."))
}

// short writes a large number in words where that loses nothing: 150 million, 1.2 billion.
func (l *locale) short(r *big.Rat) string {
	for _, step := range []struct {
		key  string
		size int64
	}{{"number.trillion", 1e12}, {"number.billion", 1e9}, {"number.million", 1e6}} {
		if r.Cmp(new(big.Rat).SetInt64(step.size)) < 0 {
			continue
		}
		q := new(big.Rat).Quo(r, new(big.Rat).SetInt64(step.size))
		if s := q.FloatString(3); q.Cmp(mustRat(s)) == 0 {
			return l.T(step.key, "n", l.ratio(q))
		}
	}
	return l.ratio(r)
}

func mustRat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// money writes "up to USD 150 million (letter of interest)".
func (l *locale) money(m registry.Money) string {
	s := m.Currency + "\u00a0" + strings.ReplaceAll(l.short(m.Amount), " ", "\u00a0")
	if m.About {
		s = l.T("money.about", "amount", s)
	}
	if m.UpTo {
		s = l.T("money.up_to", "amount", s)
	}
	if m.Kind != "" {
		s = l.T("money.kind", "amount", s, "kind", lowerFirst(l.code("money_kind", m.Kind)))
	}
	return s
}

// quantity writes "35,000 t per year".
func (l *locale) quantity(x registry.Quantity) string {
	s := l.ratio(x.Number)
	if x.Unit != "" {
		unit := x.Unit
		if w, ok := l.find("unit." + unitKey(unit)); ok {
			unit = w
		}
		if unit == "%" {
			s += "%"
		} else {
			s += "\u00a0" + unit
		}
	}
	if x.About {
		s = l.T("money.about", "amount", s)
	}
	if x.UpTo {
		s = l.T("money.up_to", "amount", s)
	}
	return s
}

func unitKey(u string) string { return strings.NewReplacer("/", "_", "%", "percent").Replace(u) }

// lowerFirst lowers the first letter of a label that stands inside a sentence, but leaves "The CCSI brief" and acronyms alone.
func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// dateText writes a date as people do.
func (l *locale) dateText(d registry.Date) string {
	from, to, two := strings.Cut(d.EDTF, "/")
	var s string
	switch {
	case two && (from == ".." || from == ""):
		s = l.T("date.until", "date", l.single(to))
	case two && (to == ".." || to == ""):
		s = l.T("date.from", "date", l.single(from))
	case two:
		s = l.T("date.range", "from", l.single(from), "to", l.single(to))
		if len(strings.Trim(from, "~?%")) == 4 && len(strings.Trim(to, "~?%")) == 4 {
			s = l.single(from) + "–" + l.single(to)
		}
	default:
		s = l.single(d.EDTF)
	}
	return s
}

// single writes one end of an interval, or a date that is none.
func (l *locale) single(edtf string) string {
	body := strings.TrimRight(edtf, "~?%")
	parts := strings.Split(body, "-")
	s := parts[0]
	switch {
	case strings.HasSuffix(body, "XX") && len(parts) == 1:
		s = l.T("date.century", "year", strings.ReplaceAll(parts[0], "X", "0"))
	case strings.HasSuffix(parts[0], "X"):
		s = l.T("date.decade", "year", strings.ReplaceAll(parts[0], "X", "0"))
	case len(parts) == 1, strings.Contains(parts[1], "X"):
	case len(parts) == 2, strings.Contains(parts[2], "X"):
		s = l.T("date.month_year", "month", l.month(parts[1]), "year", parts[0])
	default:
		s = l.T("date.day_month_year", "day", strings.TrimPrefix(parts[2], "0"), "month", l.month(parts[1]), "year", parts[0])
	}
	switch mark := edtf[len(body):]; mark {
	case "~":
		s = l.T("date.about", "date", s)
	case "?":
		s = l.T("date.uncertain", "date", s)
	case "%":
		s = l.T("date.about", "date", l.T("date.uncertain", "date", s))
	}
	return s
}

func (l *locale) month(mm string) string {
	n, err := strconv.Atoi(mm)
	names := strings.Fields(l.T("date.months"))
	if err != nil || n < 1 || n > len(names) {
		return mm
	}
	return names[n-1]
}

// date is dateText with the machine's form beneath.
func (l *locale) date(d registry.Date) template.HTML {
	one := func(edtf, words string) string {
		body := strings.TrimRight(edtf, "~?%")
		if strings.Contains(body, "X") {
			return template.HTMLEscapeString(words)
		}
		return `<time datetime="` + template.HTMLEscapeString(body) + `">` + template.HTMLEscapeString(words) + `</time>`
	}
	from, to, two := strings.Cut(d.EDTF, "/")
	switch {
	case !two:
		return template.HTML(one(d.EDTF, l.dateText(d)))
	case from == ".." || from == "":
		return template.HTML(one(to, l.dateText(d)))
	case to == ".." || to == "":
		return template.HTML(one(from, l.dateText(d)))
	default:
		return l.H("date.range_html", "from", template.HTML(one(from, l.single(from))), "to", template.HTML(one(to, l.single(to))))
	}
}

// edtf is a date in its written form as people write it, or as it stands where it is none.
func (l *locale) edtf(s string) template.HTML {
	d, err := registry.ParseDate(s)
	if err != nil {
		return template.HTML(template.HTMLEscapeString(s))
	}
	return l.date(d)
}

// edtfText is edtf as plain text.
func (l *locale) edtfText(s string) string {
	d, err := registry.ParseDate(s)
	if err != nil {
		return s
	}
	return l.dateText(d)
}

// host is the site of a web address, without www.
func host(addr string) string {
	u, err := url.Parse(addr)
	if err != nil || u.Host == "" {
		return addr
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
