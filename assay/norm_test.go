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
		// A subject that stands within another phrase, a passive, a pronoun, a list, an antecedent, and a head after its name.
		{"en treaty", "Goods that come from the Parties shall pass the harbour within a day.", "obligation", "none", ""},
		{"en treaty", "Trade between Norland and Sudria shall be free of duties.", "obligation", "none", ""},
		{"en treaty", "A Joint Committee shall be established.", "obligation", "none", ""},
		{"en treaty", "The rules shall be published by Norland.", "obligation", "NOR", ""},
		{"en treaty", "Where Norland finds a shortage, it shall inform Sudria.", "obligation", "NOR", ""},
		{"en treaty", "The Parties recognise the harbour rules. They shall publish them.", "obligation", "each_party", ""},
		{"en treaty", "Norland, Sudria and the Joint Committee shall meet each year.", "obligation", "NOR SUD body", ""},
		{"en treaty", "In such a case the Party in question shall give its reasons.", "obligation", "each_party", ""},
		{"en treaty", "The Parties, bearing in mind that ore is scarce, will consult.", "obligation", "each_party", ""},
		{"en treaty", "A Norland company shall train its staff.", "obligation", "investors", ""},
		{"en treaty", "Each Party using quotas under Article 2 of this Agreement shall give its reasons.", "obligation", "each_party", ""},
		{"es treaty", "La Parte que aplique una cuota, conforme al artículo 2, informará a la otra.", "obligation", "each_party", ""},
		{"es treaty", "Las Partes reconocen la importancia del puerto. Asimismo, publicarán sus normas.", "obligation", "each_party", ""},
		{"es treaty", "Las reglas que establezca el Consejo serán publicadas por Norland.", "obligation", "NOR", ""},
		// Agreeing to act binds in treaty form only; so do "cannot" and "undertakes" with words between.
		{"en treaty", "Both Parties have agreed to consult each other.", "obligation", "each_party", ""},
		{"en mou", "Both sides agreed to consult each other.", "intention", "participants", ""},
		{"en mou", "The Participants agree not to raise duties.", "intention", "participants", ""},
		{"en treaty", "Norland undertakes within the limits of its laws to issue licences.", "obligation", "NOR", "subject_to_law"},
		{"en treaty", "Ore bought under this rule cannot be sold to third countries.", "prohibition", "none", ""},
		{"en treaty", "The share of local value shall not be less than 40 per cent.", "obligation", "none", ""},
		{"es treaty", "Las Partes acuerdan publicar sus leyes.", "obligation", "each_party", ""},
		{"fr treaty", "Les Parties conviennent de publier leurs lois.", "obligation", "each_party", ""},
		// A verb within a describing clause, and the verb of the clause around one.
		{"en treaty", "A Party that applies a quota may end it.", "permission", "each_party", ""},
		{"en treaty", "The list names measures that may affect trade in ore.", "declaration", "", ""},
		{"en treaty", "The work is led by a council, which may appoint experts.", "permission", "body", ""},
		// Effects in law, and plain statements.
		{"en treaty", "It shall remain valid for one year and shall be automatically renewed for another.", "declaration", "", ""},
		{"en treaty", "The harbour rules lay down the fees for ships of both flags.", "declaration", "", ""},
		{"en treaty", "The provisions of paragraph 1 of this Article shall not apply to scrap.", "declaration", "", ""},
		{"es treaty", "El proceso tendrá por objeto un mercado común.", "declaration", "", ""},
		{"es treaty", "Los expertos no solicitarán ni recibirán instrucciones.", "prohibition", "body", ""},
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

// A text without any accent is read as one that has them.
func TestWithoutAccents(t *testing.T) {
	const form = "Las Partes han convenido lo siguiente; el presente Acuerdo entrara en vigor hoy y sera publicado."
	for sentence, want := range map[string]string{
		"Las Partes cooperaran en mineria.":                 "obligation",
		"Ninguna Parte podra imponer cuotas.":               "prohibition",
		"Las Partes procuraran publicar sus leyes.":         "effort",
		"Cualquiera de las Partes podra denunciarlo.":       "permission",
		"La manera es clara para la tercera compra.":        "declaration",
		"El presente Acuerdo entrara en vigor el viernes.":  "declaration",
		"El organo considera la primera madera del puerto.": "declaration",
	} {
		if got := string(assay.Analyze(one("es", form, sentence), mustRules(t), testLexicon()).Provisions[1].Modality); got != want {
			t.Errorf("%q: %s, want %s", sentence, got, want)
		}
	}
	if got := assay.Analyze(one("es", "Las Partes han convenido lo siguiente: la cooperación será pública y económica.", "Las Partes cooperaran en algo."), mustRules(t), nil); got.Provisions[1].Modality == assay.Obligation {
		t.Error("a text with accents is read without them")
	}
}

// A joint statement's "must" exhorts, and its "agree to" plans, whatever else it says.
func TestStatementsDoNotBind(t *testing.T) {
	for sentence, want := range map[string]string{
		"Both countries must work together.":                "aspiration",
		"The two sides agreed to work toward a treaty.":     "intention",
		"Norland agrees to remove its export quotas.":       "intention",
		"Without ore the goal cannot be reached by anyone.": "declaration",
	} {
		r := one("en", "Joint Statement of the leaders of Norland and Sudria.", sentence)
		r.Title = "Joint Statement"
		a := assay.Analyze(r, mustRules(t), testLexicon())
		if got := string(a.Provisions[1].Modality); got != want || a.Instrument.Obligation > 1 {
			t.Errorf("%q: %s, obligation %d, want %s", sentence, got, a.Instrument.Obligation, want)
		}
	}
}

// "Nothing in this Agreement shall be construed:" leaves the acts of its items free; "The Parties agree:" leaves each item its own verb.
func TestLeadIns(t *testing.T) {
	lead := func(first string, items ...string) []assay.Provision {
		form := forms["en treaty"] + "\n\n"
		r := &text.Reading{Language: "en", Text: form + first}
		r.Provisions = []text.Provision{{EID: "preamble", Kind: text.KindPreamble, End: len(form), Parent: -1}, {EID: "art_1", Kind: text.KindArticle, Start: len(form), Body: len(form), Parent: -1}}
		for _, it := range items {
			r.Text += "\n"
			r.Provisions = append(r.Provisions, text.Provision{Kind: text.KindPoint, Start: len(r.Text), Body: len(r.Text), End: len(r.Text) + len(it), Parent: 1})
			r.Text += it
		}
		r.Provisions[1].End = len(r.Text)
		return assay.Analyze(r, mustRules(t), testLexicon()).Provisions[2:]
	}
	for k, p := range lead("Nothing in this Agreement shall be construed:", "to require any Party to disclose its plans;", "to prevent Norland from closing a mine.") {
		if want := []string{"each_party", "NOR"}[k]; p.Modality != assay.Permission || len(p.Bearer) != 1 || p.Bearer[0] != want {
			t.Errorf("item %d: %s %v", k, p.Modality, p.Bearer)
		}
	}
	for k, p := range lead("The Parties agree to the extent of this rule and shall:", "publish their laws;", "meet once a year.") {
		if p.Modality != assay.Obligation {
			t.Errorf("item %d: %s", k, p.Modality)
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

// What an annex or a definition says of some text is not said of the whole.
func TestNatureOfTheWhole(t *testing.T) {
	t.Parallel()
	rules := mustRules(t)
	const denial = "This Declaration is not legally binding."
	r := one("en", forms["en treaty"], "Each Party shall publish its laws. "+denial)
	if n := assay.Analyze(r, rules, nil).Instrument.LegalNature; n.Stated != "non_binding" {
		t.Errorf("in the body: stated %s", n.Stated)
	}
	r.Provisions[1].Kind = text.KindAnnex
	if n := assay.Analyze(r, rules, nil).Instrument.LegalNature; n.Stated != "none" {
		t.Errorf("in an annex: stated %s", n.Stated)
	}
	for _, s := range []string{"“Charter” means a non-binding instrument, which the conference approved.", "“Code” means principles of a binding or non-binding nature."} {
		if n := assay.Analyze(one("en", forms["en treaty"], s), rules, nil).Instrument.LegalNature; n.Stated != "none" {
			t.Errorf("%s: stated %s", s, n.Stated)
		}
	}
}
