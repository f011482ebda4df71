package assay_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

func init() {
	forms["fr other"] = "Les Participants entendent coopérer et sont parvenus à l'entente suivante."
	forms["pt other"] = "Os Participantes tencionam cooperar e chegaram ao seguinte entendimento."
	forms["es other"] = forms["es mou"]
}

// The strength of wording in French, Spanish, Portuguese and Chinese, in treaty form and otherwise.
func TestTongues(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{
		{"fr treaty", "Les Parties coopèrent.", "obligation each_party"},
		{"fr treaty", "Les Parties encouragent la formation.", "obligation each_party"},
		{"fr treaty", "Les Parties publieront leurs lois.", "obligation each_party"},
		{"fr treaty", "Chaque Partie s'engage à publier ses lois.", "obligation each_party"},
		{"fr treaty", "Le comité mixte se réunit une fois par an.", "obligation body"},
		{"fr treaty", "Les différends sont réglés par voie diplomatique.", "obligation none"},
		{"fr treaty", "Les droits de douane seront abolis.", "obligation none"},
		{"fr treaty", "Les Parties s'efforcent de publier leurs lois.", "effort each_party"},
		{"fr treaty", "Les Parties cherchent à publier leurs lois.", "effort each_party"},
		{"fr treaty", "Une Partie ne peut limiter les exportations.", "prohibition each_party"},
		{"fr treaty", "Aucune Partie ne limite les exportations sans raison.", "prohibition each_party"},
		{"fr treaty", "Une Partie peut limiter les exportations.", "permission each_party"},
		{"fr treaty", "Une Partie n'est pas tenue de publier ses notes.", "permission each_party"},
		{"fr treaty", "Chaque Partie a le droit de fermer une mine.", "right each_party"},
		{"fr treaty", "Les Parties reconnaissent l'importance du commerce.", "declaration"},
		{"fr treaty", "Le présent accord entre en vigueur à la date de sa signature.", "declaration"},
		{"fr treaty", "Il est institué un comité mixte.", "declaration"},
		{"fr treaty", "Le comité est composé de deux membres.", "declaration"},
		{"fr treaty", "Les entreprises devraient publier leurs contrats.", "aspiration investors"},
		{"fr other", "Les Participants entendent publier leurs lois.", "intention participants"},
		{"fr other", "Les Participants publieront leurs lois.", "intention participants"},
		{"fr other", "Les Participants souhaitent publier leurs lois.", "aspiration participants"},
		{"es treaty", "Las Partes cooperarán.", "obligation each_party"},
		{"es treaty", "Cada Parte deberá publicar sus leyes.", "obligation each_party"},
		{"es treaty", "Los derechos de aduana serán eliminados.", "obligation none"},
		{"es treaty", "Las Partes se esforzarán por publicar sus leyes.", "effort each_party"},
		{"es treaty", "Las Partes no podrán limitar las exportaciones.", "prohibition each_party"},
		{"es treaty", "Ninguna Parte limitará las exportaciones.", "prohibition each_party"},
		{"es treaty", "Una Parte podrá limitar las exportaciones.", "permission each_party"},
		{"es treaty", "Una Parte no estará obligada a publicar sus notas.", "permission each_party"},
		{"es treaty", "Cada Parte tendrá derecho a cerrar una mina.", "right each_party"},
		{"es treaty", "La Comisión estará integrada por dos miembros.", "declaration"},
		{"es treaty", "El presente Acuerdo entrará en vigor en la fecha de su firma.", "declaration"},
		{"es treaty", "Se alienta a las empresas a publicar sus contratos.", "aspiration"},
		{"es other", "Los Participantes tienen la intención de publicar sus leyes.", "intention participants"},
		{"es other", "La cooperación comprenderá la minería.", "declaration"},
		{"pt treaty", "As Partes cooperarão.", "obligation each_party"},
		{"pt treaty", "As Partes comprometem-se a publicar as suas leis.", "obligation each_party"},
		{"pt treaty", "Cada Parte deve publicar as suas leis.", "obligation each_party"},
		{"pt treaty", "Os direitos aduaneiros serão eliminados.", "obligation none"},
		{"pt treaty", "As Partes esforçar-se-ão por publicar as suas leis.", "effort each_party"},
		{"pt treaty", "As Partes empenhar-se-ão em publicar as suas leis.", "effort each_party"},
		{"pt treaty", "As Partes não poderão limitar as exportações.", "prohibition each_party"},
		{"pt treaty", "É vedado às Partes limitar as exportações.", "prohibition"},
		{"pt treaty", "Uma Parte poderá limitar as exportações.", "permission each_party"},
		{"pt treaty", "Uma Parte não é obrigada a publicar as suas notas.", "permission each_party"},
		{"pt treaty", "Cada Parte reserva-se o direito de encerrar uma mina.", "right each_party"},
		{"pt treaty", "Compete à Comissão publicar a lista.", "obligation body"},
		{"pt treaty", "O presente Acordo entrará em vigor na data da sua assinatura.", "declaration"},
		{"pt treaty", "A Comissão é composta por dois membros.", "declaration"},
		{"pt other", "Os Participantes tencionam publicar as suas leis.", "intention participants"},
		{"pt other", "Os Participantes propõem-se publicar as suas leis.", "intention participants"},
		{"pt other", "Os Participantes publicarão as suas leis.", "intention participants"},
		{"pt other", "As empresas deveriam publicar os contratos.", "aspiration investors"},
		{"zh treaty", "各缔约方应公布其法律。", "obligation each_party"},
		{"zh treaty", "任何缔约方不得限制出口。", "prohibition each_party"},
		{"zh treaty", "缔约方应努力公布其法律。", "effort each_party"},
		{"zh treaty", "缔约方有权关闭矿山。", "right each_party"},
		{"zh treaty", "缔约方承认贸易的重要性。", "declaration"},
		{"zh treaty", "委员会应每年举行一次会议。", "obligation body"},
	} {
		n := first(t, c.form, c.sentence)
		got := string(n.Modality)
		if strings.Contains(c.want, " ") || got == "declaration" {
			got = strings.TrimSpace(got + " " + strings.Join(n.Bearer, " "))
		}
		if got != c.want {
			t.Errorf("%s: %q: %s, want %s (%v)", c.form, c.sentence, got, c.want, n.Rules)
		}
	}
}

// Standards, deadlines, qualifiers and references in the other languages.
func TestDetailsInOtherTongues(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{
		{"fr treaty", "Les Parties appliquent l'Accord de Paris et soutiennent l'ITIE, le cas échéant.", "paris_agreement eiti as_appropriate"},
		{"es treaty", "Las Partes aplicarán el Acuerdo de París y la guía de la OCDE de debida diligencia, según proceda.", "paris_agreement oecd_due_diligence as_appropriate"},
		{"pt treaty", "As Partes aplicarão o Acordo de Paris e o consentimento livre, prévio e informado, quando apropriado.", "paris_agreement fpic as_appropriate"},
		{"zh treaty", "缔约方应酌情实施巴黎协定。", "paris_agreement as_appropriate"},
	} {
		n := first(t, c.form, c.sentence)
		if got := strings.Join(append(n.Standards, n.Qualifiers...), " "); got != c.want {
			t.Errorf("%q: %s, want %s", c.sentence, got, c.want)
		}
	}
	r := &text.Reading{Language: "fr", Text: "Les Parties sont convenues de ce qui suit.\n\nLes Parties publient la liste de l'article 2, paragraphe 1.\n\n1. Liste."}
	r.Provisions = []text.Provision{{EID: "preamble", Kind: text.KindPreamble, End: 44, Parent: -1}, {EID: "art_1", Kind: text.KindArticle, Start: 44, Body: 44, End: 105, Parent: -1},
		{EID: "art_2", Kind: text.KindArticle, Start: 105, Body: 105, End: len(r.Text), Parent: -1}}
	a := assay.Analyze(r, mustRules(t), nil)
	if n := a.Provisions[1].Norms; len(n) != 1 || len(n[0].References) == 0 || n[0].References[0].EID != "art_2" {
		t.Errorf("references %+v", n)
	}
}

// Items of a list may each end with a full stop; an infinitive at the start still belongs to the lead-in, and so does what has no verb, until a
// sentence of its own ends the list. A page number is no item.
func TestItemsWithFullStops(t *testing.T) {
	_, a := plain(t, "Convenio entre Norland y Sudria\n\nLas Partes han convenido lo siguiente; el presente Convenio entrará en vigor hoy.\n\nArtículo 1\nMinas\n\nLas Partes se comprometen a:\n\nPublicar sus leyes.\n\nPromover la cooperación en las minas.\n\nLa observancia de los plazos del anexo.\n\nX-5\n\nEl Convenio es de buena fe.\n\nOtras disposiciones para los países.\n")
	var got []string
	for _, p := range a.Provisions {
		if strings.HasPrefix(p.EID, "art_1") {
			for _, n := range p.Norms {
				if !n.Opens {
					got = append(got, string(n.Modality))
				}
			}
		}
	}
	if strings.Join(got, " ") != "obligation obligation obligation none declaration declaration" {
		t.Errorf("%v", got)
	}
}
