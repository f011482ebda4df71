package extract_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/openassay/assay/extract"
)

func TestTextInAnyEncoding(t *testing.T) {
	const (
		french  = "Les Parties s’engagent à coopérer pour l’exploitation du lithium et à préserver l’environnement dans la région."
		russian = "Стороны обязуются сотрудничать в области добычи лития и охраны окружающей среды в соответствии с законом."
		arabic  = "يتعهد الطرفان بالتعاون في مجال استخراج الليثيوم وحماية البيئة وفقا للقوانين النافذة في كل منهما."
		chinese = "双方应当在锂矿开采和环境保护方面进行合作，并依照各自的法律规定交换有关的资料和数据。"
		trad    = "雙方應當在鋰礦開採和環境保護方面進行合作，並依照各自的法律規定交換有關的資料和數據。"
	)
	for _, c := range []struct {
		name string
		e    encoding.Encoding
		s    string
	}{
		{"Windows-1252", charmap.Windows1252, french}, {"Latin 9", charmap.ISO8859_15, strings.ReplaceAll(french, "’", "'")},
		{"Mac Roman", charmap.Macintosh, french}, {"Windows-1251", charmap.Windows1251, russian}, {"KOI8-R", charmap.KOI8R, russian},
		{"Windows-1256", charmap.Windows1256, arabic}, {"ISO-8859-6", charmap.ISO8859_6, arabic},
		{"GB18030", simplifiedchinese.GB18030, chinese}, {"Big5", traditionalchinese.Big5, trad},
		{"UTF-16 LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), french}, {"UTF-16 BE without mark", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), french},
		{"UTF-16 LE without mark", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), french},
		{"UTF-32", utf32.UTF32(utf32.BigEndian, utf32.UseBOM), arabic}, {"UTF-8", encoding.Nop, chinese},
	} {
		b, err := c.e.NewEncoder().Bytes([]byte(c.s))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		parts, err := extract.Read(t.Context(), "a.txt", b, extract.Options{})
		if err != nil || !parts[0].Verdict.OK() {
			t.Errorf("%s: %v %+v", c.name, err, parts[0].Verdict)
			continue
		}
		if got := strings.TrimSpace(parts[0].Readings[0].Text); got != c.s {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
