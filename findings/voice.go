package findings

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

// Voice puts findings into the words of a language.
type Voice struct {
	Lang string // one of Languages
	defs *Definitions
}

// NewVoice speaks the language of a BCP 47 tag, English where it is none of Languages.
func NewVoice(lang string) (Voice, error) {
	d, err := Load()
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	for _, l := range Languages {
		if l == base {
			return Voice{l, d}, err
		}
	}
	return Voice{"en", d}, err
}

// T is a phrase; args are name, value, name, value. Whole numbers are grouped. A phrase that is not there shows its key, which a test forbids.
func (v Voice) T(key string, args ...any) string {
	w := v.defs.Phrases[key]
	if w == nil {
		return "⟦" + key + "⟧"
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		s := fmt.Sprint(args[i+1])
		if n, ok := args[i+1].(int); ok {
			s = v.Number(n)
		}
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", s)
	}
	return strings.NewReplacer(pairs...).Replace(w.In(v.Lang))
}

// Number writes a whole number with its thousands apart.
func (v Voice) Number(n int) string { return v.grouped(strconv.Itoa(n)) }

// Decimal writes a number with the decimals that it has.
func (v Voice) Decimal(x float64) string { return v.grouped(strconv.FormatFloat(x, 'f', -1, 64)) }

func (v Voice) grouped(s string) string {
	whole, rest, decimals := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	if len(whole) > 4 || len(whole) == 4 && v.Lang == "en" {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + v.defs.Phrases["group"][v.Lang] + whole[i:]
		}
	}
	if decimals {
		whole += v.T("point") + rest
	}
	return sign + whole
}

// Percent writes a share, with one decimal below ten; "" where there is none.
func (v Voice) Percent(s Share) string {
	x := float64(s) * 100
	switch {
	case s < 0:
		return ""
	case x > 0 && x < 0.1:
		return v.T("less_than", "n", v.T("percent", "n", v.Decimal(0.1)))
	case x < 10:
		return v.T("percent", "n", v.Decimal(math.Round(x*10)/10))
	}
	return v.T("percent", "n", v.Decimal(math.Round(x)))
}

// Day writes a day as people write it; a month or year where the date is no day.
func (v Voice) Day(edtf string) string {
	if exact := strings.TrimRight(edtf, "~?%"); exact != edtf {
		return v.T("about", "day", v.Day(exact))
	}
	months := strings.Split(v.T("months"), ",")
	if t, err := time.Parse(time.DateOnly, edtf); err == nil {
		return v.T("day", "d", strconv.Itoa(t.Day()), "m", months[t.Month()-1], "y", strconv.Itoa(t.Year()))
	}
	if t, err := time.Parse("2006-01", edtf); err == nil {
		return months[t.Month()-1] + " " + strconv.Itoa(t.Year())
	}
	return edtf
}

// Code is the label of a code of a list of common.yaml, else the registry's own in English.
func (v Voice) Code(list, code string) string {
	if w := v.defs.Codes[list][code]; w != nil {
		return w.In(v.Lang)
	}
	if c := registry.Code(list, code); c != nil {
		return c.Label
	}
	return strings.ReplaceAll(code, "_", " ")
}

// Unit is what an indicator's cases are called.
func (v Voice) Unit(i *Indicator) string { return v.defs.Units[i.Unit].In(v.Lang) }

// Measure is what a measure's unit is called.
func (v Voice) Measure(unit string) string { return v.defs.Measures[unit].In(v.Lang) }

// Addressee is who a recommendation is addressed to.
func (v Voice) Addressee(key string) string { return v.defs.Addressees[key].In(v.Lang) }

// Dimension is what a breakdown is by.
func (v Voice) Dimension(key string) string { return v.defs.Dimensions[key].In(v.Lang) }

// Says is an indicator's number, and, where something is unknown, of how many and between what bounds the share lies.
func (v Voice) Says(i *Indicator) (number, bounds string) {
	switch i.State {
	case "empty":
		return v.T("empty"), ""
	case "not_looked_for":
		return v.T("not_looked_for"), v.Number(i.Total) + " " + v.Unit(i)
	}
	number = v.T("number", "count", i.Count, "total", i.Total)
	if i.Unknown > 0 {
		bounds = v.T("unknown", "n", i.Unknown) + "; " + v.Bounds(i)
	}
	return number, bounds
}

// Bounds says between what the share lies.
func (v Voice) Bounds(i *Indicator) string {
	return v.T("bounds", "low", v.Percent(i.Lower), "high", v.Percent(i.Upper))
}

// Value is a case's value, or the range in which it lies; "" where it has none.
func (v Voice) Value(c *Case) string {
	switch {
	case c.Value == nil && c.High != nil:
		return v.T("at_most", "n", v.Decimal(*c.High))
	case c.Value == nil:
		return ""
	case c.High != nil:
		return v.T("range", "low", v.Decimal(*c.Value), "high", v.Decimal(*c.High))
	}
	return v.Decimal(*c.Value)
}

// Scope says in words what is counted.
func (v Voice) Scope(view *registry.View, s Scope) string {
	var parts []string
	for _, id := range []registry.RecordID{s.Party, s.Mineral} {
		if r := view.Record(id); r != nil {
			parts = append(parts, r.Title(v.Lang))
		}
	}
	if s.Region != "" {
		parts = append(parts, v.Code("region", s.Region))
	}
	if s.Since != "" {
		parts = append(parts, v.T("since", "day", v.Day(string(s.Since))))
	}
	if s.Until != "" {
		parts = append(parts, v.T("until", "day", v.Day(string(s.Until))))
	}
	if len(parts) == 0 {
		return v.T("all")
	}
	return strings.Join(parts, ", ")
}
