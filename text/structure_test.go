package text_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/text"
)

// eids are the ids of a text's provisions, in order.
func eids(t *testing.T, s string) string {
	t.Helper()
	r, err := text.Read("a.txt", []byte(s))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range r.Provisions {
		out = append(out, p.EID)
	}
	return strings.Join(out, " ")
}

// TestArticlesInOneLine: a text that lost its line ends, capitals and accents has its articles where their numbers follow each other.
func TestArticlesInOneLine(t *testing.T) {
	filler := strings.Repeat("las partes cooperaran en la cuenca del rio seco y mantendran los puentes que alli existen ", 16)
	pasted := "convenio sobre el rio secofuente: archivolos gobiernos de norlandia y de suria;considerando el valor del rio;teniendo presente el acuerdo de 1901, que en su articulo 7 lo preve;" +
		"han convenido lo siguiente:la comisionarticulo 1:" + filler + ", conforme al articulo 2 del acuerdo de 1901.articulo 2las partes se comprometen a:a) publicar los mapas;b) abrir el canal." +
		"vigenciaarticulo 3:el convenio regira desde la firma.hecho en villa verde, el 2 de mayo de 1931."
	roman := "traite du lac grissource: archive ARTICLE premierles etats constituent une commission." + strings.ReplaceAll(filler, "las partes", "les parties") +
		" ARTICLE ii- la commission siege a valbourg. ARTICLE iiielle se reunit chaque annee, sans prejudice de l'article 5 du traite de 1850. en foi de quoi, les delegues ont signe."
	glued := "pacto del valle" + "articulo ilas partes acuerdan reunirse." + filler + ".articulo iiel pacto durara diez anos.articulo iiilas partes lo ratificaran."
	references := strings.Repeat("la convention de 1901, dont l'article 1 et l'article 2 restent, ainsi que l'article 3, est maintenue en tous ses points. ", 14)
	for name, c := range map[string]struct{ text, want string }{
		"pasted":     {pasted, "preamble preamble__rec_1 preamble__rec_2 preamble__formula sec_1 art_1 art_2 art_2__point_a art_2__point_b sec_2 art_3 signatures"},
		"roman":      {roman, "para_1 art_1 art_ii art_iii signatures"},
		"glued":      {glued, "para_1 art_i art_ii art_iii"},
		"references": {references, "para_1"},
	} {
		if got := eids(t, c.text); !strings.HasSuffix(got, c.want) {
			t.Errorf("%s: %s, want it to end with %s", name, got, c.want)
		}
	}
}

// TestOrdinals: clauses whose numbers are ordinals, with the word "clause" or without.
func TestOrdinals(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"CONVENIO\n\nCLÁUSULA PRIMERA: OBJETO\nEl Convenio crea un fondo.\n\nCLÁUSULA SEGUNDA.- Pagos\nNorlandia pagará.\n\nCLÁUSULA DÉCIMA PRIMERA. Norlandia informará.\n", "cover art_1 art_2 art_11"},
		{"ACTA\n\nPRIMERO: Las Partes abrirán el puente.\n\nSEGUNDO: Las Partes lo mantendrán.\n\nTERCERO.- Vigencia\nEl acta rige desde hoy.\n", "cover art_1 art_2 art_3"},
		{"CONTRATO\n\nPRIMEIRA – DO OBJETO\nO vendedor entrega o minério.\n\nSEGUNDA – DO PREÇO\nO comprador paga o preço.\n", "cover art_1 art_2"},
		{"NOTA\n\nPrimero las Partes abrirán el puente y luego lo mantendrán.\n\nSegundo no hay nada que decir de ello.\n", "para_1 para_2"},
	} {
		if got := eids(t, c.text); !strings.HasSuffix(got, c.want) {
			t.Errorf("%q: %s, want it to end with %s", c.text[:20], got, c.want)
		}
	}
}

// TestSectionsInSmallLetters: a title like "Governing law" opens a section as "Confidentiality" does; items of a list within a section do not.
func TestSectionsInSmallLetters(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"MEMORANDUM\n\n1. Cooperation\n\n1.1 They cooperate.\n\n2. Force\n\n2.1 It does not bind.\n\n3. Governing law\n\n3.1 They talk.\n\n4. Ports\n\n4.1 They publish tariffs.\n",
			"sec_1 sec_1__para_1.1 sec_2 sec_2__para_2.1 sec_3 sec_3__para_3.1 sec_4 sec_4__para_4.1"},
		{"MEMORANDUM\n\n1. Purpose\n\nThey cooperate.\n\n2. Market access for processed ore\n\nThey open markets.\n\n3. Ports\n\nThey publish tariffs.\n", "cover sec_1 sec_2 sec_3"},
		{"MEMORANDUM\n\n1. Purpose\n\nThey trade in:\n\n1. ore\n2. Copper from the north\n3. salt\n\n2. Ports\n\nThey publish tariffs.\n", "cover sec_1 sec_1__para_1 sec_1__para_2 sec_1__para_3 sec_2"},
	} {
		if got := eids(t, c.text); !strings.HasSuffix(got, c.want) {
			t.Errorf("%q: %s, want it to end with %s", c.text, got, c.want)
		}
	}
}

// TestBehindSignatures: what stands behind the signatures is no part of them where it has a title of its own or greets somebody.
func TestBehindSignatures(t *testing.T) {
	const body = "ACCORD\n\nArticle 1\nLes Parties coopèrent.\n\nArticle 2\nL'accord entre en vigueur ce jour.\n\nFait à Valbourg, le 3 mars 1930.\n\nPour la Norlande\nJean Roc\n\nPour la Surie\nAnne Val\n\n"
	for _, c := range []struct{ behind, want string }{
		{"PROTOCOLE FINAL\nAu moment de signer, il est convenu de ce qui suit :\n1. Les droits sont réduits.\n2. Les quais sont libres.\n", "signatures annex_1 annex_1__para_1 annex_1__para_2"},
		{"ANNEXE\nLes cartes sont remises chaque année par la Norlande.\n", "signatures annex_1"},
		{"Monsieur le Ministre,\nJ'ai l'honneur d'accuser réception de votre lettre.\n", "signatures annex_1"},
		{"Directeur général des Mines\nNotaire du Roi\n", "signatures"},
	} {
		if got := eids(t, body+c.behind); !strings.HasSuffix(got, c.want) {
			t.Errorf("%q: %s, want it to end with %s", c.behind[:10], got, c.want)
		}
	}
}
