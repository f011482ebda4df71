package assay_test

import (
	"strings"
	"testing"
)

// Acts of bodies and officials in the present, passives with an agent, futures of one, and what only tells: French, Spanish, Portuguese.
func TestActsOfBodies(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{
		{"fr treaty", "Le conseil des ministres fixe notamment le règlement financier.", "obligation"},
		{"fr treaty", "La conférence des ministres prononce la dissolution.", "obligation"},
		{"fr treaty", "Le secrétaire exécutif prépare les sessions.", "obligation"},
		{"fr treaty", "Le gouvernement du pays hôte veille à la sécurité du siège.", "obligation"},
		{"fr treaty", "Elle prend ses décisions à l'unanimité.", "obligation"},
		{"fr treaty", "Le secrétaire exécutif est chargé, sous l'autorité du président, de préparer les sessions.", "obligation"},
		{"fr treaty", "La présidence est assurée par chacun des États.", "obligation"},
		{"fr treaty", "Le règlement du fonds est établi par le conseil.", "obligation"},
		{"fr treaty", "La session se tient une fois par an.", "obligation"},
		{"fr treaty", "Il est tenu compte de la sécurité.", "obligation"},
		{"fr treaty", "La réunion décidera du programme.", "obligation"},
		{"fr treaty", "Le dépositaire transmettra les copies.", "obligation"},
		{"fr treaty", "La réunion aura lieu à Nordville.", "obligation"},
		{"fr treaty", "Les experts jouiront des immunités.", "right"},
		{"fr treaty", "Le conseil est régi par son règlement.", "declaration"},
		{"fr treaty", "Le présent accord remplacera la convention de 1960.", "declaration"},
		{"fr treaty", "Le présent accord prend fin dans dix ans.", "declaration"},
		{"fr treaty", "Le ministre qui préside la conférence est français.", "declaration"},
		{"fr treaty", "La dépense que l'État supportera est limitée.", "declaration"},
		{"fr treaty", "Le secrétaire est chargé, sous l'autorité du président de préparer les sessions.", "obligation"},
		{"fr treaty", "Les frais de voyage sont à la charge des gouvernements.", "obligation"},
		{"fr treaty", "La commission est exonérée de tout impôt.", "right"},
		{"fr treaty", "Le comité se compose de trois membres.", "declaration"},
		{"fr treaty", "Les données de mesure ne sont pas encore validées.", "declaration"},
		{"fr treaty", "Les données ne sont pas divulguées.", "prohibition"},
		{"fr treaty", "Un État contractant n'est pas obligé de publier ses notes.", "permission"},
		{"fr treaty", "Les Parties n'assument aucune responsabilité pour ces données.", "declaration"},
		{"fr treaty", "Ces dispositions ne portent pas atteinte aux droits des tiers.", "declaration"},
		{"fr treaty", "Le présent accord abroge et remplace l'accord de 1960.", "declaration"},
		{"fr treaty", "La conversion se fait au cours du jour.", "obligation"},
		{"fr treaty", "Le conducteur effectue le déchargement.", "obligation"},
		{"fr treaty", "Elle est chargée notamment des tâches suivantes.", "obligation"},
		{"es treaty", "Este orden no implica una preferencia de usos.", "declaration"},
		{"es treaty", "El Comité Mixto aprueba su reglamento.", "obligation"},
		{"es treaty", "El Secretario Ejecutivo prepara las sesiones.", "obligation"},
		{"es treaty", "El presupuesto es aprobado por el Consejo.", "obligation"},
		{"es treaty", "La reunión se celebra cada año en Nordvilla.", "obligation"},
		{"es treaty", "Los gastos de viaje estarán a cargo de los gobiernos.", "obligation"},
		{"es treaty", "Se dará acceso oportuno al expediente.", "obligation"},
		{"es treaty", "Cada Parte conserva sus derechos en el mar.", "declaration"},
		{"es treaty", "Este Capítulo no cubre los servicios de salud.", "declaration"},
		{"es treaty", "La mercancía perderá su condición de originaria.", "declaration"},
		{"es treaty", "Este Tratado no tendrá vigencia en las islas.", "declaration"},
		{"es treaty", "El ministro que preside la conferencia es norlandés.", "declaration"},
		{"es other", "El Comité Mixto aprueba su reglamento de trabajo.", "declaration"},
		{"pt treaty", "O secretário executivo prepara as sessões.", "obligation"},
		{"pt treaty", "O orçamento é aprovado pelo Conselho.", "obligation"},
		{"pt treaty", "A reunião tem lugar todos os anos em Nordvila.", "obligation"},
		{"pt treaty", "As despesas de viagem ficam a cargo dos governos.", "obligation"},
		{"pt treaty", "O ministro que preside a conferência é norlandês.", "declaration"},
		{"pt treaty", "A mercadoria perderá a sua origem.", "declaration"},
		{"pt other", "O secretário executivo prepara as sessões.", "declaration"},
		{"fr other", "Le conseil des ministres fixe le règlement financier.", "declaration"},
	} {
		if n := first(t, c.form, c.sentence); string(n.Modality) != c.want {
			t.Errorf("%s: %q: %s, want %s (%v)", c.form, c.sentence, n.Modality, c.want, n.Rules)
		}
	}
}

// States, officials and persons as bearers in French, Spanish and Portuguese.
func TestBearersInOtherTongues(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{
		{"fr treaty", "Les États riverains publieront la liste.", "each_party"},
		{"fr treaty", "Chaque gouvernement publiera la liste.", "each_party"},
		{"fr treaty", "Un État contractant publiera la liste.", "each_party"},
		{"fr treaty", "Le directeur publiera la liste.", "body"},
		{"fr treaty", "Les pêcheurs paieront la taxe.", "investors"},
		{"es treaty", "Cada Estado ribereño publicará la lista.", "each_party"},
		{"es treaty", "El Presidente publicará la lista.", "body"},
		{"es treaty", "Los pescadores pagarán la tasa.", "investors"},
		{"pt treaty", "Cada Governo publicará a lista.", "each_party"},
		{"pt treaty", "O presidente publicará a lista.", "body"},
		{"pt treaty", "Os pescadores pagarão a taxa.", "investors"},
	} {
		if n := first(t, c.form, c.sentence); len(n.Bearer) != 1 || n.Bearer[0] != c.want {
			t.Errorf("%s: %q: %v, want %s (%v)", c.form, c.sentence, n.Bearer, c.want, n.Rules)
		}
	}
}

// Items after a sentence that ends with a semicolon are sentences where they have a subject and a verb of their own; recitals in the infinitive
// stand under the verb that opens them.
func TestItemsWithSubjects(t *testing.T) {
	_, a := plain(t, "Convenio entre Norland y Sudria\n\nLos Gobiernos de Norland y de Sudria, decididos a:\n\nPROMOVER el comercio entre sus países;\n\nCREAR empleo en las minas;\n\n"+
		"Han acordado:\n\nArtículo 1\nMinas\n\nNorland podrá ajustar el número de licencias;\n\n(a) La emisión de la licencia estará sujeta al pago de una tasa;\n\n"+
		"(b) El precio será determinado por Sudria;\n\nArtículo 2\n\nEl presente Convenio entrará en vigor hoy.\n")
	var got []string
	for _, p := range a.Provisions {
		for _, n := range p.Norms {
			if strings.HasPrefix(p.EID, "art") || strings.HasPrefix(p.EID, "preamble__") {
				got = append(got, string(n.Modality))
			}
		}
	}
	want := "intention intention declaration permission declaration obligation declaration"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
}

// A footnote, or an item that ended with a full stop, may stand between a lead-in and its points.
func TestPointsFarFromTheirLeadIn(t *testing.T) {
	_, a := plain(t, "Convenio entre Norland y Sudria\n\nLos Gobiernos de Norland y de Sudria han acordado:\n\nArtículo 1\nComité\n\n"+
		"1. Las funciones del Comité incluirán:\n2 En el caso de Norland el representante será el Ministerio de Minas.\n(a) revisar la aplicación del Convenio;\n"+
		"(b) la observancia de los plazos.\n(c) tratar otros asuntos que sean de interés.\n\nArtículo 2\n\nEl presente Convenio entrará en vigor hoy.\n")
	var got []string
	for _, p := range a.Provisions {
		for _, n := range p.Norms {
			if strings.Contains(p.EID, "__point_") {
				got = append(got, strings.TrimSpace(string(n.Modality)+" "+strings.Join(n.Bearer, " ")))
			}
		}
	}
	want := "obligation body, obligation body, obligation body"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
}

// An item that is a sentence about a side, and only tells, stays a declaration under a plan.
func TestItemsThatTell(t *testing.T) {
	_, a := plain(t, "Joint Statement of Norland and Sudria\n\nThe Participants have reached the following understanding.\n\n1. The Participants intend to do the following:\n\n"+
		"(a) Labour: Norland is reforming its mining laws.\n\n(b) Tariffs: Sudria will abolish its duties.\n\n(c) sharing of geological data.\n")
	var got []string
	for _, p := range a.Provisions {
		for _, n := range p.Norms {
			if strings.Contains(p.EID, "point_") {
				got = append(got, string(n.Modality))
			}
		}
	}
	if s := strings.Join(got, " "); s != "declaration intention intention" {
		t.Error(s)
	}
}
