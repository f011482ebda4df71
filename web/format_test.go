package web

import (
	"testing"

	"github.com/openassay/assay/registry"
)

func TestDates(t *testing.T) {
	en := loadCatalogue().locales["en"]
	for _, c := range []struct{ edtf, text, html string }{
		{"2025-10-26", "26 October 2025", `<time datetime="2025-10-26">26 October 2025</time>`},
		{"2025-10-06", "6 October 2025", `<time datetime="2025-10-06">6 October 2025</time>`},
		{"2025-10", "October 2025", `<time datetime="2025-10">October 2025</time>`},
		{"2023~", "about 2023", `<time datetime="2023">about 2023</time>`},
		{"2023?", "2023, uncertain", `<time datetime="2023">2023, uncertain</time>`},
		{"2021/2027", "2021–2027", `<time datetime="2021">2021</time> – <time datetime="2027">2027</time>`},
		{"2025-10/2025-11-02", "October 2025 to 2 November 2025", `<time datetime="2025-10">October 2025</time> – <time datetime="2025-11-02">2 November 2025</time>`},
		{"../2023-12-12", "by 12 December 2023", `<time datetime="2023-12-12">by 12 December 2023</time>`},
		{"2024/..", "from 2024", `<time datetime="2024">from 2024</time>`},
		{"202X", "2020s", "2020s"},
		{"2025-XX", "2025", "2025"},
		{"not <a> date", "not <a> date", "not &lt;a&gt; date"},
	} {
		if got := en.edtfText(c.edtf); got != c.text {
			t.Errorf("%s: %q, want %q", c.edtf, got, c.text)
		}
		if got := string(en.edtf(c.edtf)); got != c.html {
			t.Errorf("%s: %s, want %s", c.edtf, got, c.html)
		}
	}
}

func TestAmounts(t *testing.T) {
	en := loadCatalogue().locales["en"]
	for _, c := range []struct{ in, want string }{
		{"up to USD 150000000 letter_of_interest", "up to USD\u00a0150\u00a0million (letter of interest)"},
		{"USD 553000000 loan", "USD\u00a0553\u00a0million (loan)"},
		{"~EUR 300000000000 mobilisation", "about EUR\u00a0300\u00a0billion (amount to be mobilised)"},
		{"USD 1234567", "USD\u00a01,234,567"},
		{"USD 1234500", "USD\u00a01,234,500"},
		{"USD 2500", "USD\u00a02500"},
		{"USD 0.5", "USD\u00a00.5"},
	} {
		m, err := registry.ParseMoney(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := en.money(m); got != c.want {
			t.Errorf("%s: %q, want %q", c.in, got, c.want)
		}
	}
	for _, c := range []struct{ in, want string }{{"35000 t/a", "35,000\u00a0t a year"}, {"up to 30 a", "up to 30\u00a0years"}, {"12.50 %", "12.5%"}, {"7 furlongs", "7\u00a0furlongs"}} {
		x, err := registry.ParseQuantity(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := en.quantity(x); got != c.want {
			t.Errorf("%s: %q, want %q", c.in, got, c.want)
		}
	}
}
