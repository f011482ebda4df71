package text_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/openassay/assay/text"
)

func TestErrorsSayWhatWhereAndHow(t *testing.T) {
	deep := "<treaty>" + strings.Repeat("<a>", 300)
	for name, c := range map[string]struct {
		bytes string
		code  string
		says  string // part of the message
		hint  string // part of the hint
	}{
		"empty":             {"", text.CodeInvalid, "empty", "text"},
		"blank":             {" \n\n\t", text.CodeUnreadable, "no text", "recognition"},
		"a.pdf":             {"%PDF-1.7\n1 0 obj", text.CodeUnsupported, "a PDF", "pdftotext"},
		"a.docx":            {"PK\x03\x04\x14\x00\x06\x00", text.CodeUnsupported, "DOCX", "plain text"},
		"a.doc":             {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", text.CodeUnsupported, "old Word", "save"},
		"scan.png":          {"\x89PNG\r\n\x1a\n", text.CodeUnsupported, "image", "recognition"},
		"scan.jpg":          {"\xff\xd8\xff\xe0", text.CodeUnsupported, "image", "recognition"},
		"nul":               {"Article 1\x00", text.CodeUnsupported, "NUL byte at offset 9", "UTF-8"},
		"mixture":           {"Dépôt \xe9t\xe9", text.CodeUnreadable, "not UTF-8: byte 0xE9 at offset 8", "iconv"},
		"other charset":     {"\xc4\xef\xe3\xee\xe2\xee\xf0 \xee \xf1\xee\xf2\xf0\xf3\xe4\xed\xe8\xf7\xe5\xf1\xf2\xe2\xe5", text.CodeUnreadable, "offset 0", "iconv"},
		"broken UTF-16":     {"\xff\xfe\x00\xd8a\x00\x00\x00", text.CodeUnreadable, "UTF-16", "UTF-8"},
		"deep.xml":          {deep, text.CodeInvalid, "256 deep", "flatten"},
		"bomb.xml":          {`<?xml version="1.0"?><!DOCTYPE treaty [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><treaty>&b;</treaty>`, text.CodeInvalid, "document type", "DOCTYPE"},
		"entity.xml":        {"<treaty><body>&lol;</body></treaty>", text.CodeInvalid, "well-formed", "XML"},
		"akn.xml":           {`<?xml version="1.0"?><akomaNtoso><act/></akomaNtoso>`, text.CodeUnsupported, "<akomaNtoso>", "HTML"},
		"cut off.xml":       {"<treaty><body><chapter>", text.CodeInvalid, "not closed", "whole file"},
		"crossed.xml":       {"<treaty><body></treaty></body>", text.CodeInvalid, "closes nothing", "XML"},
		"a.json":            {`{"articles": [}`, text.CodeInvalid, "not the JSON", "content_en"},
		"other.json":        {`{"articles": []}`, text.CodeUnsupported, "without the articles", "plain text"},
		"empty page.html":   {"<html><body><script>x</script></body></html>", text.CodeUnreadable, "no text", "browser"},
		"only a header.md":  {"---\ntitle: A\n---\n", text.CodeUnreadable, "no text", ""},
		"only controls.txt": {"\u202e\u202d\ufeff", text.CodeUnreadable, "no text", ""},
	} {
		_, err := text.Read(name, []byte(c.bytes))
		var e *text.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: error %v, want a *text.Error", name, err)
			continue
		}
		if e.Code != c.code || e.Name != name || !strings.Contains(e.Message, c.says) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%s: %+v; want code %s, message with %q, hint with %q", name, e, c.code, c.says, c.hint)
		}
		if !strings.HasPrefix(err.Error(), name) {
			t.Errorf("%s: the error does not begin with the name: %v", name, err)
		}
	}
}

func TestTooLarge(t *testing.T) {
	for name, b := range map[string][]byte{
		"large":         bytes.Repeat([]byte("word "), text.MaxBytes/5+1),
		"one long line": bytes.Repeat([]byte{'x'}, 200<<20),
		"many lines":    bytes.Repeat([]byte("\n"), 20<<20),
	} {
		var e *text.Error
		if _, err := text.Read(name, b); !errors.As(err, &e) || e.Code != text.CodeUnsupported {
			t.Errorf("%s: %v, want unsupported", name, err)
		}
	}
}

func TestEncodings(t *testing.T) {
	const want = "Traité de 2031\n\nArticle 1\n\nL’été est chaud à Szohôd.\n"
	utf16 := func(s string, big bool) string {
		var b strings.Builder
		order := func(lo, hi byte) {
			if big {
				lo, hi = hi, lo
			}
			b.WriteByte(lo)
			b.WriteByte(hi)
		}
		order(0xff, 0xfe)
		for _, r := range s {
			order(byte(r), byte(r>>8))
		}
		return b.String()
	}
	western := strings.NewReplacer("é", "\xe9", "à", "\xe0", "ô", "\xf4", "’", "\x92").Replace(want)
	mac := strings.NewReplacer("é", "\x8e", "à", "\x88", "ô", "\x99", "’", "\xd5").Replace(want)
	for name, c := range map[string]struct {
		bytes, warns string
	}{
		"UTF-8":                 {want, ""},
		"UTF-8 with mark":       {"\ufeff" + want, ""},
		"UTF-16 LE":             {utf16(want, false), ""},
		"UTF-16 BE":             {utf16(want, true), ""},
		"Windows-1252":          {western, "Windows-1252"},
		"decomposed":            {strings.NewReplacer("é", "e\u0301", "ô", "o\u0302").Replace(want), ""},
		"CRLF":                  {strings.ReplaceAll(want, "\n", "\r\n"), ""},
		"direction overrides":   {strings.ReplaceAll(want, "chaud", "\u202echaud\u202c"), "direction"},
		"invisible characters":  {strings.ReplaceAll(want, "chaud", "ch\u00ad\u200ba\ufeffud"), ""},
		"spaces of other kinds": {strings.ReplaceAll(want, " ", "\u00a0\u2009"), ""},
	} {
		r, err := text.Read("a.txt", []byte(c.bytes))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if r.Text != want {
			t.Errorf("%s: %q, want %q", name, r.Text, want)
		}
		if got := strings.Join(r.Warnings, "; "); (c.warns == "") != (got == "") || !strings.Contains(got, c.warns) {
			t.Errorf("%s: warnings %q, want %q", name, got, c.warns)
		}
	}
	if r, err := text.Read("mac", []byte(strings.Repeat(mac, 1)+"the \xd2Parties\xd3 agree")); err != nil || !strings.Contains(r.Text, "“Parties”") {
		t.Errorf("Mac Roman: %v", err)
	}
}

func TestHeadings(t *testing.T) {
	// Each line stands after "Article 4" and its text; want is the eId it opens, "" where it is prose.
	for line, want := range map[string]string{
		"Article 5":                        "art_5",
		"ARTICLE V":                        "art_V",
		"Art. 5":                           "art_5",
		"Article 5.":                       "art_5",
		"Article 5 – Disputes":             "art_5",
		"Article 5: Disputes":              "art_5",
		"Article 5 Settlement of Disputes": "art_5",
		"Article 5. The Parties shall meet every year.": "art_5",
		"Article 5 (Disputes)":                          "art_5",
		"Article 5 bis":                                 "art_5-bis",
		"Article 4.5":                                   "art_4.5",
		"ARTICLE XIII.2":                                "art_XIII.2",
		"Article N-05: Origin":                          "art_N-05",
		"ARTICLE FIVE":                                  "art_5",
		"Artículo 5":                                    "art_5",
		"Artigo 5.º":                                    "art_5",
		"第五条":                                           "art_5",
		"第五條 定義":                                        "art_5",
		"Chapter Five":                                  "chp_5",
		"PART V":                                        "part_V",
		"TITRE II":                                      "title_II",
		"Section 3. Rules":                              "sec_3",
		"ANNEX I":                                       "annex_I",
		"Annex 4-A":                                     "annex_4-A",
		"Appendix 1 to Annex A":                         "app_1",
		"Schedule 2":                                    "sched_2",
		"Protocol 3 on Origin":                          "prot_3",
		"附件一":                                           "annex_1",
		"Article 5 shall apply to such measures.":               "",
		"Article 5 of the Treaty is repealed.":                  "",
		"Article 5(2) and Article 6 apply.":                     "",
		"Article 5, paragraph 2, applies.":                      "",
		"Articles 5 and 6 apply.":                               "",
		"Article 7 GATT 1994 is incorporated.":                  "",
		"article 5":                                             "",
		"Annex I to this Agreement contains the list of goods.": "",
		"Annexes I and II are part of this Agreement.":          "",
		"Part of the price is paid in ore.":                     "",
		"Section 301 of the Trade Act applies.":                 "",
		"第五条所述措施应予适用。":                                          "",
		"Articulate speech is a virtue.":                        "",
	} {
		doc := "Article 4\n\nThe Parties shall cooperate.\n\n" + line + "\n\nThe words after it stand here.\n"
		r, err := text.Read("a.txt", []byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		at := strings.Index(r.Text, line)
		got := ""
		for _, p := range r.Provisions {
			if p.Start == at && p.Kind != text.KindParagraph {
				got = p.EID
			}
		}
		if strings.TrimPrefix(got, "art_4__") != want {
			t.Errorf("%q opens %q, want %q\n%s", line, got, want, r.Outline())
		}
	}
}

func TestOwn(t *testing.T) {
	r, err := text.Read("a.txt", []byte("Article 1\nScope\n\nThis applies to:\n\n(a) ore;\n\n(b) metal.\n\nArticle 2\n\nEnd.\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"art_1": "This applies to:\n\n", "art_1__point_a": "ore;\n\n", "art_1__point_b": "metal.\n\n", "art_2": "End.\n"}
	for i, p := range r.Provisions {
		if start, end := r.Own(i); r.Text[start:end] != want[p.EID] {
			t.Errorf("%s: own words %q, want %q", p.EID, r.Text[start:end], want[p.EID])
		}
	}
	if len(r.Provisions) != len(want) {
		t.Errorf("%d provisions, want %d", len(r.Provisions), len(want))
	}
}
