package assay_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// one makes a reading of a single provision after a preamble that fixes the form of the text.
func one(lang, form, sentence string) *text.Reading {
	r := &text.Reading{Language: lang, Text: form + "\n\n" + sentence}
	r.Provisions = []text.Provision{
		{EID: "preamble", Kind: text.KindPreamble, Start: 0, End: len(form) + 2, Body: 0, Parent: -1},
		{EID: "art_1", Kind: text.KindArticle, Start: len(form) + 2, Body: len(form) + 2, End: len(r.Text), Parent: -1},
	}
	return r
}

var forms = map[string]string{
	"en treaty": "The Parties have agreed as follows; this Agreement shall enter into force on ratification.",
	"en mou":    "The Participants intend to cooperate and have reached the following understanding.",
	"fr treaty": "Les Parties sont convenues de ce qui suit ; le présent accord entre en vigueur ce jour.",
	"es treaty": "Las Partes han convenido lo siguiente; el presente Acuerdo entrará en vigor hoy.",
	"pt treaty": "As Partes acordaram o seguinte; o presente Acordo entrará em vigor hoje.",
	"zh treaty": "缔约方协议如下，本协定自签署之日起生效。",
	"es mou":    "Los Participantes tienen la intención de cooperar; han llegado al siguiente entendimiento.",
}

func TestNorms(t *testing.T) {
	rules, lex := mustRules(t), testLexicon()
	for _, c := range []struct{ form, sentence, modality, bearer, qualifiers string }{
		{"en treaty", "Each Party shall publish its mining laws.", "obligation", "each_party", ""},
		{"en treaty", "Norland must notify Sudria.", "obligation", "NOR", ""},
		{"en treaty", "The Parties agree to exchange data.", "obligation", "each_party", ""},
		{"en treaty", "The Parties will exchange data.", "obligation", "each_party", ""},
		{"en mou", "The Participants will exchange data.", "intention", "participants", ""},
		{"en mou", "The Participants shall exchange data.", "obligation", "participants", ""},
		{"en treaty", "Sudria shall not impose export duties.", "prohibition", "SUD", ""},
		{"en treaty", "Neither Party may impose export duties.", "prohibition", "each_party", ""},
		{"en treaty", "No Party shall require technology transfer.", "prohibition", "each_party", ""},
		{"en treaty", "No later than 30 days after a request, Norland shall reply.", "obligation", "NOR", ""},
		{"en treaty", "A Party shall not be required to disclose secrets.", "permission", "each_party", ""},
		{"en treaty", "Nothing in this Article shall prevent a Party from protecting health.", "permission", "each_party", ""},
		{"en treaty", "Nothing in this Article shall affect the Basel Convention.", "declaration", "", ""},
		{"en treaty", "Each Party shall endeavour to publish drafts.", "effort", "each_party", "best_endeavours"},
		{"en treaty", "Each Party shall, as appropriate, endeavour to publish drafts.", "effort", "each_party", "as_appropriate best_endeavours"},
		{"en treaty", "The Parties will work in good faith to agree on prices.", "effort", "each_party", "best_endeavours"},
		{"en mou", "The Participants will work in good faith to agree on prices.", "intention", "participants", "best_endeavours"},
		{"en treaty", "An investor may submit a claim.", "permission", "investors", ""},
		{"en treaty", "Sudria shall be entitled to inspect the mine.", "right", "SUD", ""},
		{"en treaty", "Sudria shall not be entitled to inspect the mine.", "prohibition", "SUD", ""},
		{"en treaty", "The Joint Committee shall meet once a year.", "obligation", "body", ""},
		{"en treaty", "If Norland imposes a quota, Sudria may suspend deliveries.", "permission", "SUD", ""},
		{"en treaty", "Each Party, in accordance with its applicable laws and regulations, shall cooperate.", "obligation", "each_party", "subject_to_law"},
		{"en treaty", "Norland and Sudria shall cooperate, subject to the availability of funds.", "obligation", "NOR SUD", "subject_to_funds"},
		{"en treaty", "This Agreement shall enter into force on signature.", "declaration", "", ""},
		{"en treaty", "This Agreement shall be reviewed by the Joint Committee.", "obligation", "body", ""},
		{"en treaty", "The Parties recognise that measures may affect trade.", "declaration", "", ""},
		{"en treaty", "Companies should publish their contracts.", "aspiration", "investors", ""},
		{"en treaty", "Should Norland object, the Joint Committee shall meet.", "obligation", "body", ""},
		{"en mou", "The Participants are committed to recycling.", "intention", "participants", ""},
		{"en treaty", "Cobaltine means a mineral of cobalt.", "none", "", ""},
		{"fr treaty", "Les Parties coopèrent dans le domaine des mines.", "obligation", "each_party", ""},
		{"fr treaty", "Chaque Partie s'efforce de publier ses lois.", "effort", "each_party", "best_endeavours"},
		{"fr treaty", "Une Partie peut suspendre les livraisons.", "permission", "each_party", ""},
		{"fr treaty", "Les Parties ne peuvent pas imposer de quotas.", "prohibition", "each_party", ""},
		{"es treaty", "Las Partes cooperarán en minería.", "obligation", "each_party", ""},
		{"es treaty", "Las Partes procurarán publicar sus leyes.", "effort", "each_party", "best_endeavours"},
		{"es treaty", "Ninguna Parte impondrá cuotas.", "prohibition", "each_party", ""},
		{"es mou", "Los Participantes cooperarán en minería.", "intention", "participants", ""},
		{"pt treaty", "As Partes cooperarão na mineração.", "obligation", "each_party", ""},
		{"pt treaty", "As Partes envidarão esforços para publicar as leis.", "effort", "each_party", "best_endeavours"},
		{"zh treaty", "缔约方应公布其法律。", "obligation", "each_party", ""},
		{"zh treaty", "缔约方不得限制出口。", "prohibition", "each_party", ""},
		{"zh treaty", "缔约方应努力交换信息。", "effort", "each_party", "best_endeavours"},
		{"zh treaty", "缔约方可采取措施。", "permission", "each_party", ""},
	} {
		a := assay.Analyze(one(c.form[:2], forms[c.form], c.sentence), rules, lex)
		p := a.Provisions[1]
		if got := string(p.Modality); got != c.modality {
			t.Errorf("%s: %q: modality %s, want %s %v", c.form, c.sentence, got, c.modality, p.Labels)
		}
		if got := strings.Join(p.Bearer, " "); got != c.bearer {
			t.Errorf("%s: %q: bearer %q, want %q", c.form, c.sentence, got, c.bearer)
		}
		if got := strings.Join(p.Qualifiers, " "); got != c.qualifiers {
			t.Errorf("%s: %q: qualifiers %q, want %q", c.form, c.sentence, got, c.qualifiers)
		}
	}
}

func TestUnsupportedLanguage(t *testing.T) {
	a := assay.Analyze(one("ru", "Преамбула.", "Стороны обязуются. Cobalt and nickel."), mustRules(t), testLexicon())
	if a.Unsupported != "ru" || a.Provisions[1].Modality != "" || len(a.Provisions[1].Bearer) > 0 {
		t.Errorf("unsupported %q, provision %+v", a.Unsupported, a.Provisions[1])
	}
	if len(a.Minerals) != 2 {
		t.Errorf("minerals %v: lexicons work in any language", a.Minerals)
	}
}

func TestNatureNeverFromTitle(t *testing.T) {
	r := one("en", "The Parties have agreed as follows.", "Each Party shall open its ports. This Agreement shall enter into force today.")
	r.Title = "Non-binding Memorandum of Understanding"
	n := assay.Analyze(r, mustRules(t), nil).Instrument.LegalNature
	if n.Stated != "none" || n.Read != "treaty_form" || n.Inferred != "non_binding" {
		t.Errorf("%+v", n)
	}
}

func TestShakyMinerals(t *testing.T) {
	rules, lex := mustRules(t), testLexicon()
	for sentence, want := range map[string]string{
		"Norland shall lead the work or stop it.":      "",
		"Sudria mines lead and zinc.":                  "lead zinc",
		"The lead ore is exported.":                    "lead",
		"A gold medal was given.":                      "",
		"They trade in lithium, cobalt or manganese.":  "lithium cobalt manganese",
		"Rare-earths and “critical minerals” are rare": "rare_earths critical_minerals",
	} {
		a := assay.Analyze(one("en", "The Parties,", sentence), rules, lex)
		if got := strings.Join(a.Minerals, " "); got != want {
			t.Errorf("%q: %q, want %q", sentence, got, want)
		}
	}
}
