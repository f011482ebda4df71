package assay_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// first is the first norm of the only article of a text of that form.
func first(t *testing.T, form, sentence string) assay.Norm {
	t.Helper()
	a := assay.Analyze(one(form[:2], forms[form], sentence), mustRules(t), testLexicon())
	if len(a.Provisions[1].Norms) == 0 {
		t.Fatalf("%q holds no norm", sentence)
	}
	return a.Provisions[1].Norms[0]
}

func TestDeadlines(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{
		{"en treaty", "Norland shall open a mine within 180 days of signature.", "P180D signature"},
		{"en treaty", "Within one hundred eighty (180) days after the entry into force of this Agreement, Norland shall open a mine.", "P180D entry_into_force"},
		{"en treaty", "Norland shall reply not later than thirty days from receipt of the request.", "P30D receipt"},
		{"en treaty", "Norland shall notify Sudria at least six months before the meeting.", "P6M before meeting"},
		{"en treaty", "The Joint Committee shall meet once a year.", "R/P1Y"},
		{"en treaty", "The Joint Committee shall report every two years.", "R/P2Y"},
		{"en treaty", "Norland shall end its quotas by 31 December 2027.", "2027-12-31"},
		{"en treaty", "Norland shall end its quotas no later than July 1, 2027.", "2027-07-01"},
		{"en treaty", "Norland shall double its output by 2030.", "2030"},
		{"en treaty", "Norland shall double its output by the end of 2030.", "2030"},
		{"en treaty", "This Agreement shall remain in force for a period of five years.", ""},
		{"en treaty", "Norland shall apply the law of 12 May 1999.", ""},
		{"en treaty", "Norland shall act promptly.", ""},
		{"fr treaty", "Les Parties publient la liste dans un délai de 60 jours à compter de la signature.", "P60D signature"},
		{"fr treaty", "Le comité se réunit au moins une fois par an.", "R/P1Y"},
		{"es treaty", "Las Partes publicarán la lista dentro de los treinta días siguientes a la entrada en vigor.", "P30D entry_into_force"},
		{"es treaty", "Las Partes publicarán la lista a más tardar el 31 de diciembre de 2027.", "2027-12-31"},
		{"pt treaty", "As Partes publicarão a lista no prazo de 60 dias a contar da assinatura.", "P60D signature"},
	} {
		d := first(t, c.form, c.sentence).Deadline
		got := ""
		if d != nil {
			got = d.Date + d.Period
			if d.Before {
				got += " before"
			}
			if d.From != "" {
				got += " " + d.From
			}
		}
		if got != c.want {
			t.Errorf("%q: deadline %q, want %q", c.sentence, got, c.want)
		}
	}
}

func TestQuantities(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{
		{"en treaty", "Norland shall provide $1.5 billion in loans.", "1500000000 USD"},
		{"en treaty", "Norland shall pay at least 20 million euros.", "min 20000000 EUR"},
		{"en treaty", "Sudria shall deliver 5,000 tonnes of cobalt.", "5000 t"},
		{"en treaty", "The duty shall not exceed 12.5 per cent.", "max 12.5 %"},
		{"en treaty", "Not less than forty (40) percent of the ore shall be refined.", "min 40 %"},
		{"en treaty", "Sudria shall deliver cobalt.", ""},
		{"fr treaty", "Les Parties versent 2,5 millions d'euros.", "2500000 EUR"},
		{"es treaty", "Las Partes aportarán 1.500 toneladas.", "1500 t"},
		{"zh treaty", "缔约方应交付500吨。", "500 t"},
		// Bounds: at least, at most, more than, less than, in every language.
		{"en treaty", "The duty falls due where the value exceeds USD 45,000.", "above 45000 USD"},
		{"en treaty", "The duty falls due where the value does not exceed USD 45,000.", "max 45000 USD"},
		{"en treaty", "The wage shall not be lower than USD 22,000.", "min 22000 USD"},
		{"en treaty", "Norland shall pay no less than USD 22,000.", "min 22000 USD"},
		{"en treaty", "Norland shall deliver no fewer than 500 tonnes.", "min 500 t"},
		{"en treaty", "Norland shall pay not more than 5 million euros.", "max 5000000 EUR"},
		{"en treaty", "Norland shall pay up to 5 million euros.", "max 5000000 EUR"},
		{"en treaty", "Norland shall pay at most 5 million euros.", "max 5000000 EUR"},
		{"en treaty", "Norland shall pay a maximum of 5 million euros.", "max 5000000 EUR"},
		{"en treaty", "Norland shall make a minimum investment of USD 5 million.", "min 5000000 USD"},
		{"en treaty", "Norland shall pay more than 5 million euros.", "above 5000000 EUR"},
		{"en treaty", "Norland shall pay in excess of 5 million euros.", "above 5000000 EUR"},
		{"en treaty", "Norland shall keep its share below 20 per cent.", "below 20 %"},
		{"en treaty", "Norland shall keep its share under 20 per cent.", "below 20 %"},
		{"en treaty", "The share shall not fall below 20 per cent.", "min 20 %"},
		{"en treaty", "Its share shall be equal to or less than 20 per cent.", "max 20 %"},
		{"en treaty", "Its share shall be greater than or equal to 20 per cent.", "min 20 %"},
		{"en treaty", "Norland shall buy 500 tonnes or more.", "min 500 t"},
		{"en treaty", "In no case shall the duty exceed 5 per cent.", "max 5 %"},
		{"en treaty", "Norland shall pay, without exceeding 5 million euros in a year.", "max 5000000 EUR"},
		{"en treaty", "Norland shall hold a stake of less than 20 per cent.", "below 20 %"},
		{"en treaty", "Norland shall hold more ore than Sudria, that is 500 tonnes.", "500 t"},
		{"en treaty", "Norland shall build works budgeted to exceed two hundred thousand U.S. dollars (US$ 200,000).", "above 200000 USD"},
		{"en treaty", "Norland shall hold fifty percent (50%) or more of the votes.", "min 50 %"},
		{"en treaty", "Norland shall pay under the agreed plan 5 million euros.", "5000000 EUR"},
		{"es treaty", "La parte será mayor al 5%.", "above 5 %"},
		{"fr treaty", "Les Parties versent au moins 5 millions d'euros.", "min 5000000 EUR"},
		{"fr treaty", "Les Parties versent au plus 5 millions d'euros.", "max 5000000 EUR"},
		{"fr treaty", "Les Parties versent plus de 5 millions d'euros.", "above 5000000 EUR"},
		{"fr treaty", "Les Parties versent pas moins de 5 millions d'euros.", "min 5000000 EUR"},
		{"fr treaty", "Le droit ne dépasse pas 5 pour cent.", "max 5 %"},
		{"fr treaty", "Le droit ne peut être inférieur à 5 pour cent.", "min 5 %"},
		{"fr treaty", "Le droit est supérieur à 5 pour cent.", "above 5 %"},
		{"fr treaty", "Le droit est réduit jusqu'à 5 pour cent.", "max 5 %"},
		{"es treaty", "Las Partes aportarán hasta 500 toneladas.", "max 500 t"},
		{"es treaty", "Las Partes aportarán por lo menos 500 toneladas.", "min 500 t"},
		{"es treaty", "Las Partes aportarán no menos de 500 toneladas.", "min 500 t"},
		{"es treaty", "El derecho no excederá del 5 por ciento.", "max 5 %"},
		{"es treaty", "El derecho no será inferior al 5 por ciento.", "min 5 %"},
		{"es treaty", "Las Partes aportarán más de 500 toneladas.", "above 500 t"},
		{"es treaty", "Las Partes aportarán menos de 500 toneladas.", "below 500 t"},
		{"pt treaty", "As Partes aportarão pelo menos 500 toneladas.", "min 500 t"},
		{"pt treaty", "As Partes aportarão até 500 toneladas.", "max 500 t"},
		{"pt treaty", "As Partes aportarão não mais de 500 toneladas.", "max 500 t"},
		{"pt treaty", "A taxa não ultrapassará 5 por cento.", "max 5 %"},
		{"pt treaty", "A taxa não será inferior a 5 por cento.", "min 5 %"},
		{"pt treaty", "As Partes aportarão mais de 500 toneladas.", "above 500 t"},
		{"zh treaty", "缔约方应交付不少于500吨。", "min 500 t"},
		{"zh treaty", "缔约方应交付不超过500吨。", "max 500 t"},
		{"zh treaty", "缔约方应交付500吨以上。", "min 500 t"},
	} {
		q := first(t, c.form, c.sentence).Quantity
		got := ""
		if q != nil {
			got = strings.TrimSpace(fmt.Sprintf("%s %.15g %s", q.Bound, q.Value, q.Unit))
		}
		if got != c.want {
			t.Errorf("%q: quantity %q, want %q", c.sentence, got, c.want)
		}
	}
}

// References are resolved in the text; those to other instruments are not.
func TestReferences(t *testing.T) {
	src := "Agreement between Norland and Sudria\n\nThe Parties have agreed as follows:\n\nArticle 1\nDefinitions\n\nOre means a stone.\n\nArticle 4\nMines\n\n1. Each Party shall publish its laws.\n\n2. Norland shall, under paragraph 1 and Article 4(1), apply Article XX of the GATT 1994, Article 1 and this Agreement.\n\nArticle 5\nForce\n\nThis Agreement shall enter into force today.\n"
	r, err := text.Read("a.txt", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	a := assay.Analyze(r, mustRules(t), testLexicon())
	got := map[string]string{}
	for _, p := range a.Provisions {
		for _, n := range p.Norms {
			for _, ref := range n.References {
				got[r.Text[ref.Start:ref.End]] = ref.EID + ref.Name
			}
		}
	}
	for words, want := range map[string]string{"paragraph 1": "art_4__para_1", "Article 4(1)": "art_4__para_1", "Article XX": "gatt", "Article 1": "art_1", "this Agreement": "self", "GATT 1994": "gatt"} {
		if got[words] != want {
			t.Errorf("%q is %q, want %q (all: %v)", words, got[words], want, got)
		}
	}
}

// What the output promises: each key of the record is there, a lead-in says that it is one, its items carry its place.
func TestNormRecord(t *testing.T) {
	src := "Agreement between Norland and Sudria\n\nThe Parties have agreed as follows:\n\nArticle 1\nMines\n\nNorland shall, subject to available funds:\n\n(a) publish its contracts within 30 days of a request;\n\n(b) follow the OECD Due Diligence Guidance.\n\nArticle 2\nForce\n\nThis Agreement shall enter into force today.\n"
	r, err := text.Read("a.txt", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(assay.Analyze(r, mustRules(t), testLexicon()))
	if err != nil {
		t.Fatal(err)
	}
	var a struct {
		Provisions []struct {
			EID   string           `json:"eid"`
			Norms []map[string]any `json:"norms"`
		}
	}
	if err := json.Unmarshal(b, &a); err != nil {
		t.Fatal(err)
	}
	norms := map[string][]map[string]any{}
	for _, p := range a.Provisions {
		norms[p.EID] = p.Norms
		for _, n := range p.Norms {
			for _, key := range strings.Fields("start end modality part bearer qualifiers deadline quantity standards topics precise confidence rules") {
				if _, ok := n[key]; !ok {
					t.Errorf("%s: no %q in %v", p.EID, key, n)
				}
			}
		}
	}
	if l := norms["art_1"]; len(l) != 1 || l[0]["opens"] != true {
		t.Errorf("the lead-in: %v", norms["art_1"])
	}
	n := norms["art_1__point_b"][0]
	if n["modality"] != "obligation" || fmt.Sprint(n["bearer"]) != "[NOR]" || fmt.Sprint(n["standards"]) != "[oecd_due_diligence]" || fmt.Sprint(n["qualifiers"]) != "[subject_to_funds]" || fmt.Sprint(n["rules"].([]any)[0]) != "en_obligation" || n["precise"] != true {
		t.Errorf("%v", n)
	}
	lead := n["lead"].([]any)[0].(map[string]any)
	if got := r.Text[int(lead["start"].(float64)):int(lead["end"].(float64))]; got != "Norland shall, subject to available funds:" {
		t.Errorf("lead-in %q", got)
	}
	if d := norms["art_1__point_a"][0]["deadline"].(map[string]any); d["period"] != "P30D" || d["from"] != "request" {
		t.Errorf("deadline %v", d)
	}
}

// Two languages in one text are read each in its own; a third that is not served is said to be so and not guessed at.
func TestLanguagePerPart(t *testing.T) {
	src := []string{"The Parties have agreed as follows, and this Agreement shall enter into force on the day of its ratification by the Parties.",
		"Each Party shall publish its mining laws and the contracts of the state in the territory of the other Party.",
		"Les Parties publient leurs lois minières et les contrats de l'État sur le territoire de l'autre Partie contractante.",
		"Die Vertragsparteien werden ihre Gesetze und die Verträge des Staates im Gebiet der anderen Partei nicht ändern und sich mit den Bergwerken befassen."}
	r := &text.Reading{Language: "en"}
	for i, s := range src {
		start := len(r.Text)
		r.Text += s + "\n\n"
		kind := text.KindArticle
		if i == 0 {
			kind = text.KindPreamble
		}
		r.Provisions = append(r.Provisions, text.Provision{EID: fmt.Sprint("p_", i), Kind: kind, Start: start, Body: start, End: len(r.Text), Parent: -1})
	}
	a := assay.Analyze(r, mustRules(t), testLexicon())
	for i, want := range []string{"declaration ", "obligation ", "obligation fr", " de"} {
		if got := string(a.Provisions[i].Modality) + " " + a.Provisions[i].Language; got != want {
			t.Errorf("provision %d: %q, want %q", i, got, want)
		}
	}
	if n := a.Provisions[3].Norms; len(n) == 0 || n[0].Modality != "" || n[0].Language != "de" {
		t.Errorf("German: %+v", n)
	}
}

// What is owed: the verb with its object, lists whole.
func TestWhat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ form, sentence, want string }{
		{"en treaty", "Norland shall immediately and unconditionally support the ban.", "support the ban"},
		{"en treaty", "Norland shall hold a Mining, Minerals and Metals Meeting within 180 days.", "hold a Mining, Minerals and Metals Meeting within 180 days"},
		{"en treaty", "Norland shall ensure that standards, tests, and procedures are fair.", "ensure that standards, tests, and procedures are fair"},
		{"en treaty", "Norland shall provide, where possible, loans.", "provide"},
		{"en treaty", "Norland shall buy ore, and Sudria may inspect it.", "buy ore"},
		{"en treaty", "Norland shall deliver ore, if Sudria pays.", "deliver ore"},
		{"en treaty", "The Parties intend for the benefits to accrue to their nationals.", ""},
		{"es treaty", "Las Partes intercambiarán datos, mapas y estudios.", "intercambiarán datos, mapas y estudios"},
	} {
		r := one(strings.Fields(c.form)[0], forms[c.form], c.sentence)
		a := assay.Analyze(r, mustRules(t), testLexicon())
		got := ""
		if n := a.Provisions[1].Norms[0]; n.Act != nil {
			got = r.Text[n.Act.Start:n.Act.End]
			if n.Object != nil {
				got = r.Text[n.Act.Start:n.Object.End]
			}
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.sentence, got, c.want)
		}
	}
}
