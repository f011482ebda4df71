package text_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/text"
)

func TestLanguage(t *testing.T) {
	for s, want := range map[string]string{
		"The Parties shall cooperate in the mining of copper, subject to their laws.":                                     "en",
		"Les Parties coopèrent dans le domaine du cuivre, conformément à leur législation.":                               "fr",
		"Las Partes cooperarán en la minería del cobre, con arreglo a sus leyes.":                                         "es",
		"As Partes cooperam na mineração do cobre, de acordo com as suas leis e para o bem dos povos.":                    "pt",
		"Die Vertragsparteien arbeiten bei der Gewinnung von Kupfer zusammen, nach ihren Gesetzen und mit der Industrie.": "de",
		"缔约双方应当在铜矿开采方面进行合作。":                                                                                              "zh",
		"本公約各當事國，鑒於銅之稀有，議定如下：Article 1":                                                                                   "zh",
		"يتعاون الطرفان في مجال تعدين النحاس وفقا لقوانينهما.":                                                            "ar",
		"Стороны сотрудничают в добыче меди в соответствии с законами.":                                                   "ru",
		"日本国政府とボルドリア政府は、銅について次のとおり協定した。":                                                                                  "und",
		"Сторони співпрацюють у видобутку міді, її переробці та є союзниками.":                                            "und",
		"De partijen werken samen bij de winning van koper":                                                               "und",
		"Copper 12 34": "und",
		"":             "und",
		"1234 !?":      "und",
	} {
		if got := text.Language(s); got != want {
			t.Errorf("Language(%q) = %s, want %s", s, got, want)
		}
	}
}

// A long table after an agreement does not hide its language; a language that is none of ours stays unknown however long.
func TestLanguageBesideTables(t *testing.T) {
	t.Parallel()
	prose := map[string]string{
		"en":  "The Parties shall cooperate in the mining of copper, subject to their laws, and each of them shall inform the other of what it does. ",
		"es":  "Las Partes cooperarán en la minería del cobre, con arreglo a sus leyes, y cada una informará a la otra de lo que hace en su territorio. ",
		"und": "De partijen werken samen bij de winning van koper, volgens hun wetten, en zij houden elkaar op de hoogte van wat er in hun landen gebeurt. ",
	}
	for want, s := range prose {
		long := strings.Repeat(s, 40) + strings.Repeat("2603.00.00 Copper ores concentrates 5.5 4.4 3.3 0\n", 3000)
		if got := text.Language(long); got != want {
			t.Errorf("%s: %s", want, got)
		}
	}
}
