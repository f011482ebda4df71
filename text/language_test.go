package text_test

import (
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
