package assay_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// TestOtherWords: what binds, bans, allows and entitles by words other than those of duty and power.
func TestOtherWords(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{
		{"es treaty", "La sociedad entrega el mineral en el puerto.", "obligation"},
		{"es treaty", "Las licencias son otorgadas cada año.", "obligation"},
		{"es treaty", "El informe se publica en marzo.", "obligation"},
		{"es treaty", "Queda terminantemente prohibida la reventa del mineral.", "prohibition"},
		{"es treaty", "Solo se concederán licencias a empresas registradas.", "prohibition"},
		{"es treaty", "Las exportaciones solo podrán efectuarse con permiso.", "permission"},
		{"es treaty", "Nada de lo dispuesto en este Convenio se opone a que Norlandia celebre otros acuerdos.", "permission"},
		{"es treaty", "Será lícito a los buques entrar en el puerto.", "permission"},
		{"es treaty", "Se reserva a Norlandia el derecho de suspender las entregas.", "right"},
		{"es treaty", "Este Convenio no otorga exclusividad alguna.", "declaration"},
		{"es mou", "Los Participantes se comprometen a intercambiar datos.", "intention"},
		{"es mou", "Los Participantes van a crear un grupo.", "intention"},
		{"fr treaty", "La société livre le minerai au port.", "obligation"},
		{"fr treaty", "Les licences sont attribuées chaque année.", "obligation"},
		{"fr treaty", "Le fonds est composé de dons.", "declaration"},
		{"fr treaty", "Les Parties sont tenues de publier leurs lois.", "obligation"},
		{"fr treaty", "Les permis ne sont délivrés que sur demande.", "prohibition"},
		{"fr treaty", "Il est formellement interdit de chasser.", "prohibition"},
		{"fr treaty", "La Norlande est autorisée à construire un port.", "permission"},
		{"fr treaty", "Le présent article ne s'oppose pas à d'autres accords.", "permission"},
		{"fr treaty", "La pêche est réservée aux riverains.", "right"},
		{"fr mou", "Les Participants s'engagent à échanger des données.", "intention"},
		{"pt treaty", "A sociedade entrega o minério no porto.", "obligation"},
		{"pt treaty", "As licenças são atribuídas cada ano.", "obligation"},
		{"pt treaty", "Fica vedada a exportação de minério.", "prohibition"},
		{"pt treaty", "As licenças só serão concedidas a empresas registadas.", "prohibition"},
		{"pt treaty", "É lícito às empresas constituir consórcios.", "permission"},
		{"pt treaty", "Nada no presente Acordo obsta a que Norlândia venda a outros.", "permission"},
		{"pt treaty", "Os equipamentos ficam isentos de direitos.", "right"},
		{"pt mou", "Os Participantes comprometem-se a partilhar dados.", "intention"},
		{"en treaty", "No Party is obliged to buy ore.", "permission"},
		{"en treaty", "Sudria is not precluded from selling elsewhere.", "permission"},
		{"en treaty", "Exports shall be permitted only where a licence has been issued.", "prohibition"},
		{"en treaty", "The Parties are to meet within 60 days of signature.", "obligation"},
		{"zh treaty", "任何缔约国得随时退出。", "permission"},
		{"zh treaty", "被拘禁人應許其接見來訪者。", "permission"},
	} {
		if got := string(first(t, c.form, c.sentence).Modality); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.form, c.sentence, got, c.want)
		}
	}
}

// TestUnlisted: states that no list knows are sides where cover or preamble name them; ministries act for them.
func TestUnlisted(t *testing.T) {
	r, err := text.Read("a.txt", []byte("ACUERDO ENTRE LA REPÚBLICA DE CUBANIA Y EL REINO DE VALDORIA SOBRE MINERALES\n\nEl Gobierno de la República de Cubania y el Gobierno del Reino de Valdoria, en adelante las Partes,\n\nHan convenido lo siguiente:\n\nArtículo 1\nCubania abrirá el puerto.\n\nArtículo 2\nEl Ministerio de Minas y Energía de Valdoria entregará los mapas.\n\nArtículo 3\nCubania y Valdoria se reunirán cada año.\n\nArtículo 4\nEste Acuerdo entrará en vigor con su ratificación.\n"))
	if err != nil {
		t.Fatal(err)
	}
	a := assay.Analyze(r, mustRules(t), testLexicon())
	if len(a.Unlisted) != 2 || a.Unlisted[0].Code != "XAA" || !strings.EqualFold(a.Unlisted[0].Name, "Cubania") || !strings.EqualFold(a.Unlisted[1].Name, "Valdoria") {
		t.Fatalf("unlisted %+v", a.Unlisted)
	}
	for eid, want := range map[string]string{"art_1": "XAA", "art_2": "XAB", "art_3": "each_party"} {
		i := slices.IndexFunc(a.Provisions, func(p assay.Provision) bool { return p.EID == eid })
		if got := a.Provisions[i].Norms; len(got) != 1 || len(got[0].Bearer) != 1 || got[0].Bearer[0] != want {
			t.Errorf("%s: %+v, want the bearer %s", eid, got, want)
		}
	}
}

// TestShortNames: a body goes by the short name that the text gives it.
func TestShortNames(t *testing.T) {
	_, a := plain(t, "Accord entre Norland et Sudria\n\nLes Parties sont convenues de ce qui suit :\n\nArticle 1\nIl est créé une commission mixte du bassin (CMB).\n\nArticle 2\nLa CMB adopte son budget.\n\nArticle 3\nL'accord entre en vigueur après ratification.\n")
	for _, p := range a.Provisions {
		if p.EID == "art_2" && (len(p.Norms) != 1 || p.Norms[0].Modality != assay.Obligation || !slices.Equal(p.Norms[0].Bearer, []string{"body"}) || p.Norms[0].Part != "institutional") {
			t.Errorf("%+v", p.Norms)
		}
	}
}

// TestFigures: dates in figures, parts of a year.
func TestFigures(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{
		{"en treaty", "Norland shall deliver the report by 31/12/2027.", "2027-12-31"},
		{"en treaty", "Norland shall deliver the report by 2027-06-30.", "2027-06-30"},
		{"en treaty", "Norland shall deliver the report by 03/04/2027.", "2027"},
		{"en treaty", "Norland shall complete the mapping in the first quarter of 2026.", "2026-03"},
		{"es treaty", "Norlandia entregará el informe antes del 03/04/2027.", "2027-04-03"},
		{"fr treaty", "La Norlande remettra le rapport au deuxième trimestre 2026.", "2026-06"},
		{"pt treaty", "Norlândia entregará o relatório no segundo semestre de 2026.", "2026-12"},
		{"en treaty", "Norland shall pay a quarter of 2026 dollars.", ""},
	} {
		got := ""
		if n := first(t, c.form, c.sentence); n.Deadline != nil {
			got = n.Deadline.Date
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.sentence, got, c.want)
		}
	}
}

// TestNeighbours: ranges name all that lies between their ends, "the preceding Article" the one before.
func TestNeighbours(t *testing.T) {
	_, a := plain(t, "Agreement between Norland and Sudria\n\nThe Parties have agreed as follows:\n\nArticle 1\nNorland shall open a mine.\n\nArticle 2\nSudria shall open a port.\n\nArticle 3\nSudria shall keep the port.\n\nArticle 4\nThe Parties shall apply the preceding Article to ships.\n\nArticle 5\nThe Parties shall apply Articles 1 to 4 to trains.\n\nArticle 6\nThis Agreement shall enter into force on ratification.\n")
	for eid, want := range map[string]string{"art_4": "art_3", "art_5": "art_1 art_2 art_3 art_4"} {
		i := slices.IndexFunc(a.Provisions, func(p assay.Provision) bool { return p.EID == eid })
		var got []string
		for _, r := range a.Provisions[i].Norms[0].References {
			got = append(got, r.EID)
		}
		if slices.Sort(got); strings.Join(got, " ") != want {
			t.Errorf("%s refers to %v, want %s", eid, got, want)
		}
	}
}

// TestOpenActs: an act is precise by its verb, its object and what its lead-in says.
func TestOpenActs(t *testing.T) {
	for _, c := range []struct {
		form, sentence string
		precise        bool
	}{
		{"es treaty", "Las Partes publicarán la lista de licencias.", true},
		{"es treaty", "Las Partes adoptarán las medidas necesarias para proteger el río.", false},
		{"es treaty", "Las Partes intercambiarán experiencias.", false},
		{"fr treaty", "Les Parties prennent les mesures nécessaires.", false},
		{"fr treaty", "Les Parties suppriment les droits de l'annexe 2.", true},
		{"pt treaty", "As Partes adotarão as medidas adequadas.", false},
		{"en treaty", "The Parties shall exchange information on prices.", false},
		{"en treaty", "The Parties shall exchange information on prices each year.", true},
	} {
		if got := first(t, c.form, c.sentence).Precise; got != c.precise {
			t.Errorf("%q: precise %v, want %v", c.sentence, got, c.precise)
		}
	}
}
