package registry

import "strings"

// currencies are the ISO 4217 codes in use.
var currencies = func() map[string]bool {
	m := map[string]bool{}
	for _, c := range strings.Fields(`AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN
BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XAU XCD XDR XOF XPF
YER ZAR ZMW ZWL ZIG ZWG`) {
		m[c] = true
	}
	for c := range formerCurrencies {
		m[c] = true
	}
	return m
}()

// FormerCurrency is a currency that is no longer in use.
type FormerCurrency struct {
	Code, Name string
	Replaced   int    // the year in which the other took its place in cash
	By         string // ISO 4217 code
}

// formerCurrencies are those that older deals may name, by their historic ISO 4217 code.
var formerCurrencies = func() map[string]FormerCurrency {
	m := map[string]FormerCurrency{}
	for _, c := range []FormerCurrency{
		{"ATS", "Austrian schilling", 2002, "EUR"}, {"BEF", "Belgian franc", 2002, "EUR"}, {"DEM", "German mark", 2002, "EUR"}, {"ESP", "Spanish peseta", 2002, "EUR"},
		{"FIM", "Finnish markka", 2002, "EUR"}, {"FRF", "French franc", 2002, "EUR"}, {"GRD", "Greek drachma", 2002, "EUR"}, {"IEP", "Irish pound", 2002, "EUR"},
		{"ITL", "Italian lira", 2002, "EUR"}, {"LUF", "Luxembourg franc", 2002, "EUR"}, {"NLG", "Dutch guilder", 2002, "EUR"}, {"PTE", "Portuguese escudo", 2002, "EUR"},
		{"SIT", "Slovenian tolar", 2007, "EUR"}, {"CYP", "Cyprus pound", 2008, "EUR"}, {"MTL", "Maltese lira", 2008, "EUR"}, {"SKK", "Slovak koruna", 2009, "EUR"},
		{"EEK", "Estonian kroon", 2011, "EUR"}, {"LVL", "Latvian lats", 2014, "EUR"}, {"LTL", "Lithuanian litas", 2015, "EUR"}, {"HRK", "Croatian kuna", 2023, "EUR"},
		{"ZMK", "Zambian kwacha before rebasing", 2013, "ZMW"}, {"GHC", "Ghanaian cedi before rebasing", 2007, "GHS"}, {"MZM", "Mozambican metical before rebasing", 2006, "MZN"},
		{"MRO", "Mauritanian ouguiya before rebasing", 2018, "MRU"}, {"STD", "São Tomé and Príncipe dobra before rebasing", 2018, "STN"},
		{"MGF", "Malagasy franc", 2005, "MGA"}, {"SDD", "Sudanese dinar", 2007, "SDG"}, {"SLL", "Sierra Leonean leone before rebasing", 2022, "SLE"},
		{"TRL", "Turkish lira before rebasing", 2005, "TRY"}, {"ROL", "Romanian leu before rebasing", 2005, "RON"}, {"AZM", "Azerbaijani manat before rebasing", 2006, "AZN"},
		{"BYR", "Belarusian rouble before rebasing", 2016, "BYN"}, {"TMM", "Turkmen manat before rebasing", 2009, "TMT"},
		{"VEB", "Venezuelan bolívar before 2008", 2008, "VEF"}, {"VEF", "Venezuelan bolívar before 2018", 2018, "VES"},
	} {
		m[c.Code] = c
	}
	return m
}()

// IsCurrency says whether code is an ISO 4217 code, in use or former.
func IsCurrency(code string) bool { return currencies[code] }

// Former is what is known of a currency that is no longer in use; ok is false for one that is, and for an unknown code.
func Former(code string) (FormerCurrency, bool) {
	c, ok := formerCurrencies[code]
	return c, ok
}
