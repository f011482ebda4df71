package extract_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/sample"
)

// deflated is n zeros, compressed.
func deflated(n int) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(make([]byte, n))
	z.Close()
	return b.String()
}

func manyPages(n int) []byte {
	kids := strings.Repeat("4 0 R ", n)
	return sample.Objects("", "<< /Type /Catalog /Pages 2 0 R >>", fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", n, kids), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>", "<< /Length 60 >>\nstream\nBT /F1 11 Tf 60 700 Td (The Parties shall meet each year.) Tj ET        \nendstream")
}

func encrypted() []byte {
	h := "<" + strings.Repeat("41", 32) + ">"
	return sample.Objects("/Encrypt 4 0 R /ID [<41> <41>]", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>", "<< >>", "<< /Filter /Standard /V 1 /R 2 /P -4 /O "+h+" /U "+h+" >>")
}

// imageBomb has an image of 60,000 by 60,000 points, of which a page shows all.
func imageBomb() []byte {
	data := deflated(1 << 20)
	return sample.Objects("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>", "<< /Length 30 >>\nstream\nq 500 0 0 500 0 0 cm /I Do Q   \nendstream",
		fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", len(data), data))
}

// fontBomb has a font whose file is 200 MB of zeros.
func fontBomb() []byte {
	data := deflated(200 << 20)
	return sample.Objects("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>", "<< /Length 40 >>\nstream\nBT /F1 11 Tf 60 700 Td (The Par) Tj ET    \nendstream",
		"<< /Type /Font /Subtype /TrueType /BaseFont /Bomb /FontDescriptor 6 0 R /FirstChar 32 /LastChar 33 /Widths [600 600] >>",
		"<< /Type /FontDescriptor /FontName /Bomb /Flags 4 /FontFile2 7 0 R >>", fmt.Sprintf("<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", len(data), data))
}

func nested(depth int) []byte {
	b := sample.Zip(sample.File{Name: "a.txt", Body: "The Parties shall meet."})
	for range depth {
		b = sample.Zip(sample.File{Name: "in.zip", Body: string(b)})
	}
	return b
}

const lol = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>`

// Bad files get a verdict that says what is wrong and how to mend it, soon, and no words that are not theirs.
func TestBadFiles(t *testing.T) {
	memo := sample.Memorandum()
	draft := sample.Draft()
	docx := func(file, body string) []byte {
		return sample.Docx(sample.P("The Parties shall meet."), sample.File{Name: file, Body: body})
	}
	for _, c := range []struct {
		name, code, says string
		b                []byte
	}{
		{"zero.pdf", "invalid", "empty", nil},
		{"encrypted.pdf", "unreadable", "password", encrypted()},
		{"truncated.pdf", "invalid", "damaged or cut off", memo[:200]},
		{"pages.pdf", "unsupported", "10001 pages", manyPages(10_001)},
		{"image.pdf", "kept", "images without words", imageBomb()},
		{"font.pdf", "", "", fontBomb()},
		{"not.pdf", "invalid", "damaged", []byte("%PDF-1.4 and then something else entirely")},
		{"truncated.docx", "invalid", "ZIP", draft[:len(draft)/2]},
		{"bomb.zip", "unsupported", "more than may be unpacked", sample.Zip(sample.File{Name: "a.txt", Body: string(make([]byte, 65<<20))})},
		{"deep.zip", "unsupported", "more than 4 deep", nested(7)},
		{"empty.zip", "invalid", "without files", sample.Zip()},
		{"entities.docx", "invalid", "document type", sample.Zip(sample.File{Name: "word/document.xml", Body: lol + "<w:document><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>"})},
		{"entities.akn", "invalid", "document type", []byte(`<?xml version="1.0"?>` + lol + `<akomaNtoso><act><p>&c;</p></act></akomaNtoso>`)},
		{"deep.docx", "invalid", "nests more than", sample.Docx(strings.Repeat("<w:p>", 5000) + strings.Repeat("</w:p>", 5000))},
		{"cut.rtf", "invalid", "cut off", sample.Rtf()[:300]},
		{"groups.rtf", "invalid", "nest more than", []byte(`{\rtf1` + strings.Repeat("{", 5000))},
		{"old.doc", "unsupported", "old Word", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600))},
		{"locked.docx", "unreadable", "password", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Join(strings.Split("EncryptedPackage", ""), "\x00") + "\x00" + strings.Repeat("\x00", 600))},
		{"sheet.xlsx", "unsupported", "Excel", sample.Zip(sample.File{Name: "xl/workbook.xml", Body: "<x/>"})},
		{"book.epub", "invalid", "list of its chapters", sample.Zip(sample.File{Name: "META-INF/container.xml", Body: `<container><rootfiles><rootfile full-path="../../etc/passwd"/></rootfiles></container>`})},
		{"picture.png", "unsupported", "PNG", []byte("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 100))},
		{"external.docx", "read", "", docx("word/_rels/document.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://127.0.0.1:1/t.dotm" TargetMode="External"/></Relationships>`)},
		{"macros.docm", "read", "", docx("word/vbaProject.bin", "Auto_Open")},
		{"really.pdf", "read", "", draft},
		{"really.txt", "read", "", memo},
	} {
		began := time.Now()
		parts, err := extract.Read(t.Context(), c.name, c.b, extract.Options{})
		if err != nil || len(parts) == 0 {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		v := parts[0].Verdict
		if c.code != "" && v.Code != c.code || !strings.Contains(v.Reason, c.says) || v.Code != "read" && v.Hint == "" || strings.Contains(v.Reason, "reading failed") {
			t.Errorf("%s: %+v", c.name, v)
		}
		for _, p := range parts {
			for _, rd := range p.Readings {
				if strings.Contains(rd.Text, "root:") {
					t.Errorf("%s read what is not its own", c.name)
				}
			}
		}
		if d := time.Since(began); d > 20*time.Second {
			t.Errorf("%s took %v", c.name, d)
		}
	}
	for name, says := range map[string]string{"external.docx": "elsewhere", "macros.docm": "macros"} {
		b := docx("word/vbaProject.bin", "x")
		if name == "external.docx" {
			b = docx("word/_rels/document.xml.rels", `<Relationships><Relationship Type="http://x/attachedTemplate" TargetMode="External"/></Relationships>`)
		}
		if w := strings.Join(read(t, name, b).Readings[0].Warnings, " "); !strings.Contains(w, says) {
			t.Errorf("%s: warnings %q", name, w)
		}
	}
}

// An archive with one bad file gives the others.
func TestTheRestOfAnArchive(t *testing.T) {
	b := sample.Zip(sample.File{Name: "a.pdf", Body: "%PDF-1.4"}, sample.File{Name: "b.md", Body: "# A title of ours\n\nThe Parties shall meet.\n"})
	parts, err := extract.Read(t.Context(), "x.zip", b, extract.Options{})
	if err != nil || len(parts) != 2 || parts[0].Verdict.OK() || !parts[1].Verdict.OK() {
		t.Errorf("%v %+v", err, parts)
	}
	many := make([]sample.File, 30)
	for i := range many {
		many[i] = sample.File{Name: fmt.Sprint(i, ".txt"), Body: "The Parties shall meet."}
	}
	parts, _ = extract.Read(t.Context(), "x.zip", sample.Zip(many...), extract.Options{Limits: extract.Limits{Parts: 10}})
	if last := parts[len(parts)-1]; len(parts) != 11 || !strings.Contains(last.Verdict.Reason, "more than 10 files") {
		t.Errorf("%d parts, %+v", len(parts), last.Verdict)
	}
}

func TestImageOfABombIsBounded(t *testing.T) {
	began := time.Now()
	png, err := extract.PageImage(t.Context(), imageBomb(), 1, 100_000)
	if err == nil && len(png) > 64<<20 || time.Since(began) > 30*time.Second {
		t.Errorf("%d bytes after %v, %v", len(png), time.Since(began), err)
	}
}

// TestListsInLists: lists that stand deeper in each other than a list can count are read without numbers of their own.
func TestListsInLists(t *testing.T) {
	const n = 14
	body := `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>` +
		strings.Repeat("<text:list><text:list-item>", n) + "<text:p>The Parties shall meet.</text:p>" + strings.Repeat("</text:list-item></text:list>", n) + `</office:text></office:body></office:document-content>`
	ps, err := extract.Read(t.Context(), "a.odt", sample.Zip(sample.File{Name: "mimetype", Body: "application/vnd.oasis.opendocument.text"}, sample.File{Name: "content.xml", Body: body}), extract.Options{})
	if err != nil || !ps[0].Verdict.OK() || !strings.Contains(ps[0].Readings[0].Text, "The Parties shall meet.") {
		t.Errorf("%v %+v", err, ps[0].Verdict)
	}
}
