package draftcheck_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/draftcheck"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

var lex = &assay.Lexicon{
	Parties:  []assay.LexEntry{{Code: "NOR1", Names: []string{"Norland", "Norlande", "Norlandia", "Norlândia"}}, {Code: "SUD1", Names: []string{"Sudria", "Sudrie", "Súdria"}}, {Code: "WES1", Names: []string{"Westmark"}}},
	Minerals: []assay.LexEntry{{Code: "cobalt", Names: []string{"cobalt", "cobalto"}}, {Code: "nickel", Names: []string{"nickel"}}},
}

func library(t testing.TB) *practice.Library {
	t.Helper()
	lib, err := practice.Load()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// draft reads a text as assay check does.
func draft(t testing.TB, name, words string) draftcheck.Draft {
	t.Helper()
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	rd, err := text.Read(name, []byte(words))
	if err != nil {
		t.Fatal(err)
	}
	return draftcheck.Draft{Name: name, Reading: rd, Analysis: assay.Analyze(rd, rules, lex)}
}

// check checks a text for Sudria, the producer of the tests.
func check(t testing.TB, words string, change ...func(*draftcheck.Input)) *draftcheck.Report {
	t.Helper()
	in := draftcheck.Input{Draft: draft(t, "draft.txt", words), Party: "SUD1", Library: library(t)}
	for _, f := range change {
		f(&in)
	}
	return draftcheck.Check(in)
}

// treaty is a text of our own between invented parties, with one article that is given.
func treaty(lang, article string) string {
	switch lang {
	case "fr":
		return "ACCORD ENTRE LA NORLANDE ET LA SUDRIE SUR LE COBALT\n\nLe présent Accord est juridiquement contraignant. Les Parties sont convenues de ce qui suit :\n\nArticle 1\nFourniture\n\nLa Sudrie doit livrer 100 tonnes de cobalt par an à la Norlande. La Norlande doit payer le prix dans un délai de 30 jours. Chaque Partie doit désigner une autorité dans un délai de 60 jours.\n\nArticle 2\n\n" + article + "\n\nArticle 3\nEntrée en vigueur\n\nLe présent Accord entre en vigueur le 1er mars 2027.\n"
	case "es":
		return "ACUERDO ENTRE NORLANDIA Y SUDRIA SOBRE EL COBALTO\n\nEl presente Acuerdo es jurídicamente vinculante. Las Partes han convenido lo siguiente:\n\nArtículo 1\nSuministro\n\nSudria deberá entregar 100 toneladas de cobalto al año a Norlandia. Norlandia deberá pagar el precio en un plazo de 30 días. Cada Parte deberá designar una autoridad en un plazo de 60 días.\n\nArtículo 2\n\n" + article + "\n\nArtículo 3\nEntrada en vigor\n\nEl presente Acuerdo entrará en vigor el 1 de marzo de 2027.\n"
	case "pt":
		return "ACORDO ENTRE A NORLÂNDIA E A SÚDRIA SOBRE O COBALTO\n\nO presente Acordo é juridicamente vinculativo. As Partes acordaram o seguinte:\n\nArtigo 1\nFornecimento\n\nA Súdria deverá entregar 100 toneladas de cobalto por ano à Norlândia. A Norlândia deverá pagar o preço no prazo de 30 dias. Cada Parte deverá designar uma autoridade no prazo de 60 dias.\n\nArtigo 2\n\n" + article + "\n\nArtigo 3\nEntrada em vigor\n\nO presente Acordo entrará em vigor em 1 de março de 2027.\n"
	}
	return "AGREEMENT BETWEEN NORLAND AND SUDRIA ON COBALT\n\nThis Agreement is legally binding. The Parties have agreed as follows:\n\nArticle 1\nSupply\n\nSudria shall deliver 100 tonnes of cobalt a year to Norland. Norland shall pay the price within 30 days. Each Party shall designate an authority within 60 days.\n\nArticle 2\n\n" + article + "\n\nArticle 3\nEntry into force\n\nThis Agreement shall enter into force on 1 March 2027.\n"
}

func gapOf(r *draftcheck.Report, topic string) *draftcheck.Gap {
	if i := slices.IndexFunc(r.Gaps, func(g draftcheck.Gap) bool { return g.Topic == topic }); i >= 0 {
		return &r.Gaps[i]
	}
	return nil
}

func weakOf(r *draftcheck.Report, topic string) *draftcheck.Weak {
	if i := slices.IndexFunc(r.Weak, func(w draftcheck.Weak) bool { return w.Topic == topic }); i >= 0 {
		return &r.Weak[i]
	}
	return nil
}

// TestEveryModelClauseCloses: a draft that takes over the firm model clause of a topic has no gap there, one with the weak clause is told so, and
// the same words quoted from another agreement count for nothing. In every language.
func TestEveryModelClauseCloses(t *testing.T) {
	for _, lang := range practice.Languages {
		plain := check(t, treaty(lang, map[string]string{"en": "The seat is Norstad.", "fr": "Le siège est Norstad.", "es": "La sede es Norstad.", "pt": "A sede é Norstad."}[lang]))
		if s := plain.Summary.Status; s != draftcheck.Doubtful { // it is short
			t.Errorf("%s: status %s: %s", lang, s, plain.Summary.Words)
		}
		for _, topic := range library(t).Topics {
			if topic.When == practice.WhenNonBinding {
				continue // not asked of a text that binds
			}
			if g := gapOf(plain, topic.Code); g == nil {
				t.Errorf("%s %s: no gap in a text that says nothing of it", lang, topic.Code)
			}
			firm := check(t, treaty(lang, topic.Wordings[practice.Firm].Text[lang]))
			if g := gapOf(firm, topic.Code); g != nil {
				t.Errorf("%s %s: the firm clause leaves a gap: %s %s", lang, topic.Code, g.Status, g.Why)
			}
			if w := weakOf(firm, topic.Code); w != nil {
				t.Errorf("%s %s: the firm clause is called weak: %s %v %q", lang, topic.Code, w.Words, w.Why, w.Quote)
			}
			weak := check(t, treaty(lang, topic.Wordings[practice.Weak].Text[lang]))
			if weakOf(weak, topic.Code) == nil {
				t.Errorf("%s %s: the weak clause is not called weak (gap %v)", lang, topic.Code, gapOf(weak, topic.Code))
			}
			lead := map[string]string{"en": "The Westmark Compact says: “", "fr": "Le Pacte de Westmark dit : «", "es": "El Pacto de Westmark dice: «", "pt": "O Pacto de Westmark diz: «"}[lang]
			end := map[bool]string{true: "”", false: "»"}[lang == "en"]
			quoted := check(t, treaty(lang, lead+topic.Wordings[practice.Firm].Text[lang]+end))
			if gapOf(quoted, topic.Code) == nil {
				t.Errorf("%s %s: a clause of another agreement, quoted, counts as the draft's own", lang, topic.Code)
			}
		}
	}
}

// TestExposed: a draft that does what a topic guards against is told so, with the place.
func TestExposed(t *testing.T) {
	for topic, words := range map[string]string{
		"exclusivity_limits":       "Norland shall have a right of first offer on all cobalt mined in Sudria.",
		"export_carve_out":         "Sudria shall refrain from export bans and export quotas on cobalt.",
		"collateral_limits":        "Sudria shall provide mineral revenues as collateral for the loan.",
		"technology_transfer":      "Sudria shall not require any person of Norland to transfer technology.",
		"third_parties":            "Sudria shall not conclude such an agreement with third countries.",
		"stabilisation_limits":     "Sudria shall grant operators fiscal stability for 30 years.",
		"environmental_conditions": "The Participants are taking measures to accelerate permitting of mines.",
		"confidentiality_limits":   "The Parties shall treat the terms of this Agreement as confidential.",
	} {
		g := gapOf(check(t, treaty("en", words)), topic)
		if g == nil || g.Priority != draftcheck.Exposed || len(g.RaisedBy) == 0 || !strings.Contains(g.RaisedBy[0].Quote, words[:20]) {
			t.Errorf("%s: %+v", topic, g)
		}
	}
	if g := gapOf(check(t, treaty("en", "Norland shall provide non-confidential information on request.")), "confidentiality_limits"); g.Priority == draftcheck.Exposed {
		t.Errorf("non-confidential information is taken for secrecy: %+v", g.RaisedBy)
	}
}

// TestMentioned: what stands in the preamble or in a heading is no provision.
func TestMentioned(t *testing.T) {
	words := strings.Replace(treaty("en", "The seat is Norstad."), "The Parties have agreed", "Recognising the importance of human rights,\n\nThe Parties have agreed", 1)
	g := gapOf(check(t, words), "human_rights")
	if g == nil || g.Status != draftcheck.Mentioned || len(g.Places) == 0 {
		t.Errorf("%+v", g)
	}
}

// TestStatus: what is no agreement gets a plain answer, and no list of gaps.
func TestStatus(t *testing.T) {
	for _, c := range []struct{ name, words, want string }{
		{"a story", "The ship left the port at dawn. Anna stood at the rail and watched the hills grow small. She thought of her brother, and of the letter that she had not answered. The wind was cold and smelt of salt. By noon the coast had gone.\n\nIn the evening the cook sang.", draftcheck.NoAgreement},
		{"an invoice", "INVOICE No. 4711\n\nTo: Westmark Trading\n\n40 boxes of screws, 12.00 each: 480.00\n\nTransport: 35.00\n\nTotal: 515.00\n\nPayable to account 12345.", draftcheck.NoAgreement},
		{"a news report", "Norland and Sudria sign agreement on cobalt\n\nNorland and Sudria signed an agreement on cobalt on Monday, officials said. The minister said the two countries will work together. “We will build a refinery,” she said. According to the ministry, Sudria will supply cobalt. Analysts said that the deal is vague. Critics told reporters that nothing was published, and the opposition said that it will ask for the text.", draftcheck.NoAgreement},
		{"Arabic", "اتفاقية بين نورلاند وسودريا بشأن الكوبالت. يلتزم الطرفان بالتعاون في مجال المعادن. يجب على كل طرف أن ينشر قوانينه خلال ثلاثين يوما من تاريخ التوقيع على هذه الاتفاقية.", draftcheck.UnsupportedLanguage},
		{"a short treaty", treaty("en", "The seat is Norstad."), draftcheck.Doubtful},
		{"a treaty", treaty("en", strings.Repeat("Each Party shall publish its laws on mining within 30 days of their adoption. ", 9)), draftcheck.Agreement},
	} {
		r := check(t, c.words)
		if r.Summary.Status != c.want || r.Summary.Words == "" {
			t.Errorf("%s: %s, want %s: %s", c.name, r.Summary.Status, c.want, r.Summary.Words)
		}
		if (c.want == draftcheck.NoAgreement || c.want == draftcheck.UnsupportedLanguage) && len(r.Gaps)+len(r.Weak) > 0 {
			t.Errorf("%s: %d gaps in what is no agreement", c.name, len(r.Gaps))
		}
	}
}

// What a draft quotes of another text is no commitment of its own.
func TestQuotedCommitmentsAreNotCounted(t *testing.T) {
	const quote = "The Parties recall that the pact of Westmark says: “Westmark shall publish every mining contract within thirty days of signature, and shall open the books of its mines to auditors.”"
	line := func(words string) string {
		for _, s := range check(t, words).Summary.Committee {
			if strings.Contains(s, "could be followed up") {
				return s
			}
		}
		return ""
	}
	if with, without := line(treaty("en", quote)), line(treaty("en", "The Parties recall the pact of Westmark.")); with != without || with == "" {
		t.Errorf("with a quotation: %q, without: %q", with, without)
	}
}
