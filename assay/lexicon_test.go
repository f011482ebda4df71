package assay_test

import "github.com/openassay/assay/assay"

// testLexicon names the invented parties of our samples, the real ones of the shared texts, and some minerals.
func testLexicon() *assay.Lexicon {
	e := func(code string, names ...string) assay.LexEntry { return assay.LexEntry{Code: code, Names: names} }
	return &assay.Lexicon{
		Parties: []assay.LexEntry{
			e("NOR", "Norland", "Republic of Norland"), e("SUD", "Sudria", "Kingdom of Sudria"),
			e("USA", "United States of America", "United States", "U.S.", "US", "USA", "États-Unis d'Amérique", "Estados Unidos de América", "Estados Unidos", "美国"),
			e("MYS", "Malaysia"), e("AUS", "Australia", "Commonwealth of Australia"), e("KHM", "Cambodia", "Kingdom of Cambodia"),
			e("JPN", "Japan", "日本"), e("THA", "Thailand", "Kingdom of Thailand"), e("EU", "European Union", "European Community", "EU"), e("CHL", "Chile"), e("KOR", "Korea", "Republic of Korea"),
			e("MEX", "Mexico", "México"), e("CAN", "Canada"), e("GBR", "United Kingdom", "UK", "United Kingdom of Great Britain and Northern Ireland"), e("IDN", "Indonesia", "Republic of Indonesia"),
			e("CHN", "China", "People's Republic of China", "中国"), e("PER", "Peru", "Perú"), e("COL", "Colombia"), e("VNM", "Viet Nam", "Vietnam"), e("TUR", "Turkey", "Türkiye"), e("ISR", "Israel"), e("IND", "India"), e("NZL", "New Zealand"), e("SGP", "Singapore"),
			e("NAM", "Namibia"), e("ZMB", "Zambia", "Zambie"), e("COD", "Democratic Republic of the Congo", "République démocratique du Congo"), e("COG", "Congo"),
		},
		Minerals: []assay.LexEntry{
			e("cobalt", "cobalt", "cobalto", "钴"), e("lithium", "lithium", "litio", "lítio"), e("nickel", "nickel", "níquel"), e("copper", "copper", "cuivre", "cobre"),
			e("rare_earths", "rare earths", "rare earth elements", "terres rares", "tierras raras", "稀土"), e("lead", "lead", "plomb", "plomo"), e("zinc", "zinc"), e("tin", "tin"), e("gold", "gold", "or", "oro"), e("manganese", "manganese"),
			e("critical_minerals", "critical minerals", "critical mineral", "critical raw materials", "minerales críticos", "minerais critiques", "minerais críticos", "关键矿产"),
		},
	}
}
