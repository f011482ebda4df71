package protocol_test

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/openassay/assay/disclosure/protocol"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/html"
	"github.com/openassay/assay/paper/markdown"
	"github.com/openassay/assay/paper/pdf"
)

// The protocol says what it must in each language, names no figure that is not filled in, and every writer takes it.
func TestProtocol(t *testing.T) {
	p, err := protocol.Load()
	if err != nil {
		t.Fatal(err)
	}
	if p.Days["object"] != 20 || len(p.Publish) != 8 || len(p.Articles) != 8 {
		t.Errorf("%d days, %d duties, %d articles", p.Days["object"], len(p.Publish), len(p.Articles))
	}
	for lang, says := range map[string][]string{"en": {"within 20 days", "Silence is consent", "[Side A]", "Model text"}, "fr": {"dans les 20 jours", "Le silence vaut accord", "[Partie A]", "Texte type"},
		"es": {"en 20 días", "El silencio es consentimiento", "[Parte A]", "Texto modelo"}, "pt": {"em 20 dias", "O silêncio é consentimento", "[Parte A]", "Texto-modelo"}} {
		d := p.Paper(lang)
		var md bytes.Buffer
		if err := markdown.Write(&md, d); err != nil {
			t.Fatal(err)
		}
		for _, x := range says {
			if !strings.Contains(strings.ReplaceAll(md.String(), "\\", ""), x) {
				t.Errorf("%s does not say %q", lang, x)
			}
		}
		if strings.ContainsAny(md.String(), "{}") {
			t.Errorf("%s: a figure is not filled in", lang)
		}
		for name, write := range map[string]func(io.Writer, *paper.Document) error{"pdf": pdf.Write, "docx": docx.Write, "html": html.Write} {
			var b bytes.Buffer
			if err := write(&b, d); err != nil || b.Len() < 2000 {
				t.Errorf("%s as %s: %v, %d bytes", lang, name, err, b.Len())
			}
		}
	}
	if p.Paper("de").Lang != "en" {
		t.Error("a language that is not there is not English")
	}
}

// A translation that says other days, lacks a gap, or is missing is refused, with the place.
func TestRefuses(t *testing.T) {
	whole, err := os.ReadFile("protocol.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for change, want := range map[[2]string]string{
		{"en {object} días. La objeción", "en {meet} días. La objeción"}: "article object, paragraph 2: es has other figures",
		{"[Partie A] et [Partie B] mènent", "[Partie A] mène"}:           "article purpose, paragraph 1: fr has other figures or gaps",
		{", pt: Quando}", "}"}:                     "heads: when: pt is missing",
		{"{object} days, in", "{objekt} days, in"}: "en: there is no figure {objekt}",
		{"who: borrower", "who: nobody"}:           `there is no "nobody"`,
		{"articles:", "artikel:"}:                  "artikel",
	} {
		b := strings.Replace(string(whole), change[0], change[1], 1)
		if b == string(whole) {
			t.Fatalf("%q is not there", change[0])
		}
		if _, err := protocol.Read([]byte(b)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", change[1], err, want)
		}
	}
}
