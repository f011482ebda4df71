package edit

import (
	"regexp"
	"strings"

	"github.com/openassay/assay/registry"
)

const quantityHint = "write a number and a unit: 35,000 tonnes per year, 25 years, 49 %, 1200 km"

// units by what people call them, folded; the registry's own are after UCUM, with a for years.
var units = func() map[string]string {
	m := map[string]string{}
	for unit, names := range map[string]string{
		"t": "t|tonne|tonnes|ton|tons|metric ton|metric tons|metric tonnes|tonelada|toneladas|mt.", "kt": "kt|kilotonne|kilotonnes|kiloton|kilotons|thousand tonnes", "Mt": "million tonnes|megatonne|megatonnes",
		"kg": "kg|kilogram|kilograms|kilo|kilos|kilogramme|kilogrammes", "g": "g|gram|grams", "lb": "lb|lbs|pound|pounds", "oz": "oz|ounce|ounces|troy ounces",
		"a": "a|year|years|yr|yrs|annee|annees|an|ans|ano|anos", "mo": "mo|month|months|mois|mes|meses", "d": "d|day|days|jour|jours|dia|dias",
		"%": "%|percent|per cent|pour cent|por ciento|por cento", "km": "km|kilometre|kilometres|kilometer|kilometers|kilometros|quilometros", "m": "metre|metres|meter|meters",
		"km2": "km2|square kilometres|square kilometers", "ha": "ha|hectare|hectares|hectareas", "MW": "mw|megawatt|megawatts", "GW": "gw|gigawatt|gigawatts", "GWh": "gwh|gigawatt hours", "MWh": "mwh",
		"m3": "m3|cubic metres|cubic meters", "Mm3": "mm3|million cubic metres", "bbl": "bbl|barrel|barrels|barriles", "Mct": "mct|million carats", "ct": "ct|carat|carats",
	} {
		for _, n := range strings.Split(names, "|") {
			m[n] = unit
		}
	}
	return m
}()

var perYear = []string{"per year", "per annum", "a year", "annually", "yearly", "each year", "every year", "/year", "/yr", "/y", "/a", "par an", "al ano", "por ano", "anuales", "p.a.", "pa", "py"}

// Quantity reads a number with a unit as people write it.
func Quantity(typed string) (registry.Quantity, string, []string, error) {
	fail := func(err error) (registry.Quantity, string, []string, error) {
		return registry.Quantity{}, "", nil, err
	}
	typed = strings.TrimSpace(typed)
	if len(typed) > 200 {
		return fail(invalid(quantityHint, "%q is too long for a quantity", brief(typed)))
	}
	s := fold(typed)
	if s == "" {
		return fail(invalid(quantityHint, "the quantity is empty"))
	}
	if q, err := registry.ParseQuantity(typed); err == nil && !thousandth.MatchString(typed) && (q.Unit == "" || knownUnit(q.Unit)) {
		return q, typed, nil, nil
	}
	if m := metricOrMega.FindStringSubmatchIndex(typed); m != nil {
		with := func(unit string) string { return typed[:m[4]] + unit + typed[m[5]:] }
		return fail(ask([]Option{{with("t"), with("tonnes")}, {with("Mt"), with("million tonnes")}}, "write t, tonnes, or million tonnes", "%q: mt may be metric tons or million tonnes", brief(typed)))
	}
	var q registry.Quantity
	var notes []string
	s, q.UpTo, q.About, notes = qualify(s)
	if rangeForm.MatchString(s) {
		return fail(invalid("enter the two ends under keys of their own, or write up to and the upper end", "%q is a range; the registry holds one number at a time", brief(typed)))
	}
	n, rest, more, err := number(quantityScale(s))
	if err != nil {
		if o := OptionsOf(err); o != nil {
			return fail(err)
		}
		return fail(invalid(quantityHint, "%s", err.Error()))
	}
	notes = append(notes, more...)
	unit, ok := unitOf(rest)
	if !ok {
		return fail(invalid("units that are known: t, kt, Mt, kg, lb, oz, a (years), mo (months), d (days), %, km, ha, MW, each with /a for a year; or words for them", "the unit %q is not known", brief(rest)))
	}
	amount, fits := written(n, 6)
	if !fits {
		return fail(invalid(quantityHint, "%q is larger or finer than a quantity can be", brief(typed)))
	}
	out := ""
	if q.UpTo {
		out = "up to "
	}
	if q.About {
		out += "~"
	}
	out = strings.TrimSpace(out + amount + " " + unit)
	q, err = registry.ParseQuantity(out)
	if err != nil {
		return fail(err)
	}
	return q, out, notes, nil
}

// quantityScale keeps "Mt" and "m" from being read as a scale: one letter behind a number is a unit.
func quantityScale(s string) string { return scaleUnit.ReplaceAllString(s, "$1 million tonnes$2") }

var scaleUnit = regexp.MustCompile(`([0-9]) ?mt(pa|/a| |$)`)

// metricOrMega is a unit whose letters do not tell: mt and MT.
var metricOrMega = regexp.MustCompile(`([0-9]) ?(mt|MT)(?:pa|/| |$)`)

func knownUnit(u string) bool {
	base, per, _ := strings.Cut(u, "/")
	if per != "" && per != "a" && per != "d" && per != "mo" {
		return false
	}
	for _, x := range units {
		if x == base {
			return true
		}
	}
	return false
}

// unitOf reads the words behind a number.
func unitOf(s string) (string, bool) {
	s = strings.Trim(s, " .,")
	for _, j := range []string{"de ", "d'", "of "} {
		s = strings.TrimPrefix(s, j)
	}
	if s == "" {
		return "", true
	}
	per := ""
	for _, w := range perYear {
		if r, ok := strings.CutSuffix(s, w); ok && r != "" && (w[0] == '/' || strings.HasSuffix(r, " ")) {
			s, per = strings.TrimSpace(r), "/a"
			break
		}
	}
	for _, w := range []string{"per day", "a day", "/day", "/d", "par jour"} {
		if r, ok := strings.CutSuffix(s, w); ok && r != "" && per == "" {
			s, per = strings.TrimSpace(r), "/d"
			break
		}
	}
	u, ok := units[s]
	if !ok {
		u, ok = units[strings.TrimSuffix(s, ".")]
	}
	if s == "tpa" {
		u, per, ok = "t", "/a", true
	}
	if s == "tonnespa" { // 2 Mtpa
		u, per, ok = "t", "/a", true
	}
	if s == "ktpa" {
		u, per, ok = "kt", "/a", true
	}
	return u + per, ok
}
