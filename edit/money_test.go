package edit_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

func TestMoney(t *testing.T) {
	for typed, want := range map[string]string{
		"USD 553000000 loan": "USD 553000000 loan", "US$1.5bn": "USD 1500000000", "US$ 1.5 billion": "USD 1500000000", "EUR 2,5 millions": "EUR 2500000", "€2.5m": "EUR 2500000", "2,5 millions d'euros": "EUR 2500000",
		"about 3 billion yuan": "~CNY 3000000000", "up to 500 million US dollars": "up to USD 500000000", "up to US$500m loan": "up to USD 500000000 loan", "150 million euros": "EUR 150000000",
		"1,500,000 USD": "USD 1500000", "2.500.000 €": "EUR 2500000", "1 500 000 EUR": "EUR 1500000", "1.234.567,89 EUR": "EUR 1234567.89", "1,234,567.89 USD": "USD 1234567.89", "35,000 euros": "EUR 35000",
		"C$40 million": "CAD 40000000", "A$1.2bn": "AUD 1200000000", "JPY 100bn": "JPY 100000000000", "100 billion yen": "JPY 100000000000", "R$ 5 bilhões": "BRL 5000000000", "5 mil millones de dólares estadounidenses": "USD 5000000000",
		"1,5 milliard d'euros": "EUR 1500000000", "USD5m": "USD 5000000", "5 million USD grant": "USD 5000000 grant", "US$20 million letter of interest": "USD 20000000 letter_of_interest", "nearly £40m": "~GBP 40000000",
		"30亿元": "CNY 3000000000", "2 billion rand": "ZAR 2000000000", "Rp 100 trillion": "IDR 100000000000000", "DEM 50 million": "DEM 50000000", "500 crore Indian rupees": "INR 5000000000", "USD up to 500 million": "up to USD 500000000",
		"jusqu'à 150 millions d'euros": "up to EUR 150000000", "EUR 150 million (guarantee)": "EUR 150000000 guarantee", "EUR 150 million loans": "EUR 150000000 loan", "0.500 million EUR": "EUR 500000", "$5 million US": "USD 5000000",
		"more than EUR 5 million": "~EUR 5000000", "ZMK 5 billion": "ZMK 5000000000", "12 million pounds sterling": "GBP 12000000", "100 million SDR": "",
	} {
		_, got, _, err := edit.Money(typed)
		if got != want || (want == "") != (err != nil) {
			t.Errorf("%q: %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestMoneyRefused(t *testing.T) {
	for typed, want := range map[string]string{
		"": "empty", "a lot": "no number", "500 million": "no currency", "USD": "no number", "USD 1.2.3": "not a number", "USD 5 million of sorts": "no kind", "between 1 and 2 billion USD": "range", "USD 1-2 billion": "range",
		"XYZ 5 million": "XYZ is no currency that is known", "USD 12,34": "", "USD 99999999999 trillion": "larger", strings.Repeat("9", 400): "too long", "5 million doubloons": "no currency",
	} {
		_, got, _, err := edit.Money(typed)
		if typed == "USD 12,34" {
			if got != "USD 12.34" {
				t.Errorf("%q: %q %v", typed, got, err)
			}
			continue
		}
		if registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %q, %v (hint %q); want an error with %q", typed, got, err, registry.HintOf(err), want)
		}
	}
}

func TestMoneyAsks(t *testing.T) {
	for typed, want := range map[string]string{
		"up to 500 million dollars": "up to USD 500000000", "$5m": "USD 5000000", "¥3bn": "CNY 3000000000", "200 million kwacha": "ZMW 200000000", "10 million francs": "CHF 10000000", "EUR 1.500": "EUR 1500", "2,500 million EUR": "",
		"EUR 2,500 million": "EUR 2500 million",
	} {
		_, _, _, err := edit.Money(typed)
		o := edit.OptionsOf(err)
		if len(o) < 2 || want != "" && o[0].Write != want {
			t.Errorf("%q: %v %v; want first %q", typed, err, o, want)
		}
		for _, x := range o {
			if _, _, _, err := edit.Money(x.Write); want != "" && err != nil {
				t.Errorf("%q: the option %q is refused: %v", typed, x.Write, err)
			}
		}
	}
}

func TestFormerCurrency(t *testing.T) {
	_, _, notes, err := edit.Money("50 million Deutsche Mark")
	if err != nil || len(notes) != 1 || !strings.Contains(notes[0], "German mark, replaced by EUR in 2002") {
		t.Errorf("%v %v", notes, err)
	}
}

func TestQuantity(t *testing.T) {
	for typed, want := range map[string]string{
		"35000 t/a": "35000 t/a", "35,000 tonnes per year": "35000 t/a", "25 years": "25 a", "5 %": "5 %", "49%": "49%", "20 kt/a": "20 kt/a", "35 000 t/a": "35000 t/a", "about 600 tonnes": "~600 t", "up to 30 years": "up to 30 a",
		"1.5 million tonnes": "1500000 t", "12": "12", "18 months": "18 mo", "1,300 km": "1300 km", "30 ans": "30 a", "2 million tonnes a year": "2000000 t/a", "5 per cent": "5 %", "50 Mt": "50 Mt", "50 mt": "", "2 Mtpa": "2000000 t/a", "40 ktpa": "40 kt/a",
		"10,000 tonnes of": "", "3 parsecs": "", "a few": "", "": "", "5-10 years": "", "500 MW": "500 MW", "5 m": "5 m", "100 thousand tonnes": "100000 t",
	} {
		_, got, _, err := edit.Quantity(typed)
		if got != want || (want == "") != (registry.CodeOf(err) == registry.Invalid && registry.HintOf(err) != "") {
			t.Errorf("%q: %q, %v; want %q", typed, got, err, want)
		}
	}
}

func FuzzMoney(f *testing.F) {
	for _, s := range []string{"US$1.5bn", "EUR 2,5 millions", "up to 500 million dollars", "¥", "1.234,5", "USD 9e9", "亿", "$ $ $"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if m, got, _, err := edit.Money(s); err == nil {
			if again, err := registry.ParseMoney(got); err != nil || again.Amount.Cmp(m.Amount) != 0 {
				t.Errorf("%q: %q is no money: %v", s, got, err)
			}
		} else if registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
			t.Errorf("%q: %v", s, err)
		}
		if _, got, _, err := edit.Quantity(s); err == nil {
			if _, err := registry.ParseQuantity(got); err != nil {
				t.Errorf("%q: %q is no quantity: %v", s, got, err)
			}
		} else if registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
			t.Errorf("%q: %v", s, err)
		}
	})
}
