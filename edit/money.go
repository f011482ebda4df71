package edit

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"github.com/openassay/assay/registry"
)

const moneyHint = "write the currency, the amount and, where the source says it, the kind: US$1.5bn, EUR 2.5 million loan, up to 500 million US dollars"

// currencyNames are what currencies are called, folded, by code. A name that several currencies bear has several codes.
var currencyNames = func() map[string][]string {
	m := map[string][]string{}
	for codes, names := range map[string]string{
		"USD": "us$|usd$|$us|us dollar|us dollars|u.s. dollar|u.s. dollars|american dollar|american dollars|united states dollars|dollars us|dollars americains|dollar americain|dolares estadounidenses|dolares americanos|dolares de estados unidos|dolares de ee.uu.",
		"EUR": "€|euro|euros",
		"GBP": "£|pound sterling|pounds sterling|british pounds|british pound|livres sterling|libras esterlinas",
		"CNY": "cn¥|rmb|yuan|yuans|renminbi|chinese yuan|元|人民币|yuan renminbi|yuanes",
		"JPY": "jp¥|yen|yens|japanese yen|yenes|日元",
		"CAD": "c$|ca$|can$|canadian dollar|canadian dollars|dollars canadiens|dolares canadienses", "AUD": "a$|au$|australian dollar|australian dollars|dollars australiens|dolares australianos",
		"NZD": "nz$|new zealand dollars", "HKD": "hk$|hong kong dollars", "SGD": "s$|singapore dollars", "TWD": "nt$|taiwan dollars", "NAD": "n$|namibian dollar|namibian dollars",
		"BRL": "r$|real|reais|brazilian real|brazilian reais|reales", "ZAR": "rand|rands|south african rand", "INR": "₹|indian rupee|indian rupees", "IDR": "rp|rupiah", "KRW": "₩|won|south korean won",
		"RUB": "₽|rouble|roubles|ruble|rubles|russian roubles|russian rubles", "KZT": "₸|tenge", "UAH": "₴|hryvnia", "TRY": "₺|turkish lira|turkish liras", "NGN": "₦|naira", "GHS": "gh₵|cedi|cedis", "PHP": "₱|philippine pesos",
		"VND": "₫|dong", "THB": "฿|baht", "MNT": "₮|tugrik|togrog", "CHF": "sfr|swiss franc|swiss francs|francs suisses|francos suizos", "CDF": "fc|congolese franc|congolese francs|francs congolais",
		"XOF": "west african cfa franc|west african cfa francs", "XAF": "central african cfa franc|central african cfa francs", "GNF": "guinean franc|guinean francs|francs guineens", "RWF": "rwandan franc|rwandan francs",
		"ZMW": "zk|zambian kwacha", "MWK": "malawian kwacha|malawi kwacha", "BWP": "pula", "MZN": "metical|meticais", "AOA": "kwanza|kwanzas", "ETB": "birr", "MYR": "rm|ringgit", "CLP": "chilean peso|chilean pesos|pesos chilenos",
		"ARS": "argentine peso|argentine pesos|pesos argentinos", "MXN": "mexican peso|mexican pesos|pesos mexicanos", "COP": "colombian pesos|pesos colombianos", "BOB": "boliviano|bolivianos", "PEN": "s/|sol|soles|nuevos soles",
		"SEK": "swedish krona|swedish kronor", "NOK": "norwegian krone|norwegian kroner", "DKK": "danish krone|danish kroner", "SAR": "saudi riyal|saudi riyals", "QAR": "qatari riyal|qatari riyals", "AED": "uae dirham|uae dirhams|emirati dirham",
		"MAD": "moroccan dirham|moroccan dirhams", "KES": "ksh|kenyan shilling|kenyan shillings", "TZS": "tsh|tanzanian shilling|tanzanian shillings", "UGX": "ush|ugandan shilling|ugandan shillings", "UZS": "uzbek som|uzbek sum",
		"XDR": "special drawing rights|special drawing right|droits de tirage speciaux", "DEM": "dm|deutsche mark|deutschmark|deutschmarks|german marks|d-mark", "FRF": "french francs|french franc|francs francais", "ITL": "italian lire|italian lira|lire",
		"ESP": "pesetas|peseta", "NLG": "dutch guilders|guilders", "PTE": "portuguese escudos",
		"USD CAD AUD NZD HKD SGD NAD TWD": "$|dollar|dollars|dolar|dolares", "GBP EGP LBP SYP SDG": "pound|pounds|livre|livres|libra|libras", "CNY JPY": "¥|￥", "INR PKR LKR NPR IDR MUR": "rupee|rupees",
		"MXN ARS CLP COP PHP UYU DOP CUP": "peso|pesos", "CHF CDF XOF XAF GNF RWF FRF BEF": "franc|francs|franco|francos", "XOF XAF": "cfa|fcfa|f cfa|cfa franc|cfa francs|francs cfa", "ZMW MWK ZMK": "kwacha|k", "AED MAD": "dirham|dirhams",
		"KES TZS UGX SOS": "shilling|shillings", "SEK NOK DKK ISK CZK": "crown|crowns|krona|kronor|krone|kroner", "SAR QAR OMR YER IRR": "riyal|riyals|rial|rials", "KZT UZS KGS": "som|sum",
	} {
		for _, n := range strings.Split(names, "|") {
			m[n] = strings.Fields(codes)
		}
	}
	return m
}()

// byLength are the names of currencies, the longest first, so that "us dollars" is not read as "us".
var byLength = func() []string {
	var out []string
	for n := range currencyNames {
		out = append(out, n)
	}
	sort.Slice(out, func(i, j int) bool {
		return len(out[i]) > len(out[j]) || len(out[i]) == len(out[j]) && out[i] < out[j]
	})
	return out
}()

var (
	upToWords     = []string{"up to", "at most", "no more than", "not more than", "a maximum of", "maximum", "max.", "max", "as much as", "jusqu'a", "au maximum", "hasta", "ate", "como maximo", "no maximo"}
	aboutMoney    = append([]string{"some", "nearly", "almost", "close to", "an estimated", "estimated", "pres de", "quelque", "casi", "unos", "cerca de", "quase", "aprox."}, aboutWords...)
	moreThanWords = []string{"more than", "over", "at least", "a minimum of", "minimum", "plus de", "au moins", "mas de", "al menos", "mais de", "pelo menos", "upwards of", ">"}
	joiners       = []string{"de", "d'", "of", "in", "en", "em"}
	unknownCode   = regexp.MustCompile(`^([a-z]{3}) ?[0-9]`)
	codeForm      = regexp.MustCompile(`^[a-z]{3}\b`)
	rangeForm     = regexp.MustCompile(`^(between\b.* and\b|entre\b|from\b.* to\b)|[0-9][^-]*-\s*[^0-9]{0,4}[0-9]|[0-9][^ ]*( [a-z]+)? to [^0-9]{0,4}[0-9]`)
	thousandth    = regexp.MustCompile(`(^|[^0-9])[1-9][0-9]{0,2}\.[0-9]{3}($|[^0-9])`) // 1.500 may mean fifteen hundred
)

// Money reads an amount as people write it. "Dollars" alone is asked; a currency that is no longer in use is accepted with its historic
// code, and the notes say so.
func Money(typed string) (registry.Money, string, []string, error) {
	fail := func(err error) (registry.Money, string, []string, error) { return registry.Money{}, "", nil, err }
	typed = strings.TrimSpace(typed)
	if m, err := registry.ParseMoney(typed); err == nil && !thousandth.MatchString(typed) {
		return m, typed, former(m.Currency), nil
	}
	if len(typed) > 300 {
		return fail(invalid(moneyHint, "%q is too long for an amount", brief(typed)))
	}
	s := strings.ReplaceAll(fold(typed), "£", "£")
	if s == "" {
		return fail(invalid(moneyHint, "the amount is empty"))
	}
	var m registry.Money
	var notes []string
	var codes []string
	s, m.UpTo, m.About, notes = qualify(s)
	codes, s = currencyAt(s)
	s, upTo, about, more := qualify(s) // "USD up to 500 million"
	m.UpTo, m.About, notes = m.UpTo || upTo, m.About || about, append(notes, more...)
	if rangeForm.MatchString(s) {
		return fail(invalid("enter the two ends as two amounts under keys of their own (lower, upper), or write up to and the upper end, and say the rest in the note", "%q is a range; the registry holds one amount at a time", brief(typed)))
	}
	n, rest, scaleNotes, err := number(s)
	if err != nil {
		if o := OptionsOf(err); o != nil && len(codes) == 1 {
			for i := range o {
				o[i] = Option{prefix(m) + codes[0] + " " + o[i].Write, prefix(m) + codes[0] + " " + o[i].Says}
			}
		}
		if c := unknownCode.FindStringSubmatch(s); c != nil && len(codes) == 0 {
			return fail(invalid("add the currency: a code such as USD, EUR, CNY, or its name", "%s is no currency that is known", strings.ToUpper(c[1])))
		}
		if OptionsOf(err) == nil {
			err = invalid(moneyHint, "%s", err.Error())
		}
		return fail(err)
	}
	m.Amount, notes = n, append(notes, scaleNotes...)
	for again := true; again; {
		rest, again = after(strings.TrimLeft(rest, " ,;("), joiners...)
	}
	if len(codes) == 0 {
		codes, rest = currencyAt(rest)
	} else if more, r := currencyAt(rest); len(codes) > 1 && len(more) == 1 { // "$5 million US"
		codes, rest = more, r
	} else if r, ok := after(rest, "us", "u.s."); ok && len(codes) > 1 {
		codes, rest = []string{"USD"}, r
	}
	if m.Kind, err = moneyKind(rest); err != nil && len(codes) > 0 {
		return fail(err)
	}
	amount, ok := written(n, 4)
	if !ok {
		return fail(invalid(moneyHint, "%q is larger or finer than an amount can be", brief(typed)))
	}
	form := func(code string) string {
		s := prefix(m) + code + " " + amount
		if m.Kind != "" {
			s += " " + m.Kind
		}
		return s
	}
	switch len(codes) {
	case 0:
		return fail(invalid("add the currency: a code such as USD, EUR, CNY, or its name", "%q names no currency that is known", brief(typed)))
	case 1:
	default:
		var o []Option
		for _, c := range codes {
			o = append(o, Option{form(c), form(c)})
		}
		return fail(ask(o, "write the currency's code: "+strings.Join(codes, ", "), "%q does not say which currency", brief(typed)))
	}
	out := form(codes[0])
	m, err = registry.ParseMoney(out)
	if err != nil {
		return fail(err)
	}
	return m, out, append(notes, former(m.Currency)...), nil
}

func prefix(m registry.Money) string {
	s := ""
	if m.UpTo {
		s = "up to "
	}
	if m.About {
		s += "~"
	}
	return s
}

// qualify takes "up to", "about" and "more than" off the beginning.
func qualify(s string) (rest string, upTo, about bool, notes []string) {
	for {
		if r, ok := after(s, upToWords...); ok {
			s, upTo = r, true
		} else if r, ok := after(s, aboutMoney...); ok {
			s, about = r, true
		} else if r, ok := after(s, moreThanWords...); ok {
			s, about = r, true
			notes = append(notes, "an amount has no \"more than\"; it is read as about, and the note can say the rest")
		} else {
			return s, upTo, about, notes
		}
	}
}

// currencyAt reads the currency at the beginning of folded s: its codes, and what follows.
func currencyAt(s string) ([]string, string) {
	if c := strings.ToUpper(codeForm.FindString(s)); c != "" && registry.IsCurrency(c) {
		rest := strings.TrimSpace(s[3:])
		return []string{c}, strings.TrimSpace(strings.TrimLeft(rest, "$€£¥"))
	}
	for _, n := range byLength {
		r, ok := strings.CutPrefix(s, n)
		last := rune(n[len(n)-1])
		if !ok || r != "" && isLetter(last) && isLetter(rune(r[0])) {
			continue
		}
		return currencyNames[n], strings.TrimSpace(r)
	}
	if c := codeWithNumber.FindStringSubmatch(s); c != nil && registry.IsCurrency(strings.ToUpper(c[1])) { // USD5m
		return []string{strings.ToUpper(c[1])}, s[3:]
	}
	return nil, s
}

var codeWithNumber = regexp.MustCompile(`^([a-z]{3})[0-9]`)

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

// moneyKind reads the kind of money behind an amount: a code, its label or a word for it.
func moneyKind(s string) (string, error) {
	s = strings.Trim(s, " ,;()")
	for {
		r, ok := after(s, "as a", "as an", "in", "a", "an", "of", "en", "de", "sous forme de")
		if !ok {
			break
		}
		s = r
	}
	s = strings.Trim(s, " ,;()")
	if s == "" {
		return "", nil
	}
	plural := strings.TrimSuffix(s, "s")
	for _, code := range registry.Codes("money_kind") {
		label := fold(registry.Code("money_kind", code).Label)
		if s == code || plural == code || s == label || plural == label || s == strings.ReplaceAll(code, "_", " ") {
			return code, nil
		}
	}
	for words, code := range map[string]string{"pret": "loan", "prets": "loan", "prestamo": "loan", "emprestimo": "loan", "credit": "loan", "financing": "", "don": "grant", "donacion": "grant", "subvention": "grant",
		"garantie": "guarantee", "garantia": "guarantee", "investissement": "investment", "inversion": "investment", "investimento": "investment"} {
		if s == words {
			return code, nil
		}
	}
	return "", invalid("kinds: "+strings.Join(registry.Codes("money_kind"), ", "), "%q behind the amount is no kind of money", brief(s))
}

// former says of a currency that is no longer in use until when it was.
func former(code string) []string {
	c, ok := registry.Former(code)
	if !ok {
		return nil
	}
	return []string{fmt.Sprintf("%s is the %s, replaced by %s in %d; it is kept as the source says it and not converted", c.Code, c.Name, c.By, c.Replaced)}
}
