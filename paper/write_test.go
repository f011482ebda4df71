package paper_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/html"
	"github.com/openassay/assay/paper/markdown"
	"github.com/openassay/assay/paper/papertest"
	"github.com/openassay/assay/paper/pdf"
	"github.com/openassay/assay/paper/plain"
)

var keep = flag.String("keep", "", "folder to keep what is written in, to look at")

// writers are all there are; each must keep the words and give the same bytes twice.
var writers = map[string]func(io.Writer, *paper.Document) error{"docx": docx.Write, "pdf": pdf.Write, "html": html.Write, "md": markdown.Write, "txt": plain.Write}

func write(t *testing.T, format string, d *paper.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writers[format](&b, d); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.Bytes()
}

func TestSameBytes(t *testing.T) {
	for format := range writers {
		one, two := write(t, format, papertest.Sample()), write(t, format, papertest.Sample())
		if !bytes.Equal(one, two) {
			t.Errorf("%s: two writings differ", format)
		}
		if *keep != "" {
			if err := os.WriteFile(filepath.Join(*keep, "sample."+format), one, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// words that every form must keep, from every kind of block.
var words = []string{"Draft framework between Bordolia", "Chapter I", "Each Party", "Łódź", "those in the north", "(ii)", "a bullet", "Neither side asks", "See the annex", "1,234.50", "Ministry of Mines", "A second paragraph", "Which mines?",
	"ports law", "A second note", "obligation", "Figure 1"}

func TestWordsAreKept(t *testing.T) {
	for _, format := range []string{"html", "md", "txt"} {
		got := string(write(t, format, papertest.Sample()))
		for _, w := range words {
			if !strings.Contains(got, w) {
				t.Errorf("%s lacks %q", format, w)
			}
		}
	}
}

// TestDOCXParts looks at the package as a word processor does: each part is well-formed, each reference leads somewhere.
func TestDOCXParts(t *testing.T) {
	b := write(t, "docx", papertest.Sample())
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		c, _ := io.ReadAll(r)
		parts[f.Name] = string(c)
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			d := xml.NewDecoder(bytes.NewReader(c))
			for {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
			}
		}
	}
	doc := parts["word/document.xml"]
	for _, want := range []string{`<w:tblHeader/>`, `<w:cantSplit/>`, `<w:commentRangeStart w:id="1"/>`, `<w:commentRangeEnd w:id="2"/>`, `<w:footnoteReference w:id="3"/>`, `<w:delText xml:space="preserve">shall</w:delText>`,
		`w:author="Registry of Samples" w:date="2026-11-23T00:00:00Z"`, `w:anchor="art_2"`, `w:name="art_2"`, `descr="A rising line from 2020 to 2026"`} {
		if !strings.Contains(doc, want) {
			t.Errorf("document.xml lacks %s", want)
		}
	}
	if !strings.Contains(parts["word/styles.xml"], `w:lang w:val="en-GB"`) {
		t.Error("the styles do not say the language")
	}
	if parts["word/_rels/comments.xml.rels"] == "" || parts["word/_rels/footnotes.xml.rels"] == "" || parts["word/media/image1.png"] == "" {
		t.Error("a link of a comment or note, or the picture, is not in the package")
	}
	if n := strings.Count(doc, `<w:p>`); n != strings.Count(doc, `</w:p>`) || n < 100 {
		t.Errorf("%d paragraphs", n)
	}
}

// TestPDFText reads the PDF with another's program: the words are there in order, the pages are numbered, no row is cut.
func TestPDFText(t *testing.T) {
	need.Program(t, "pdftotext")
	name := filepath.Join(t.TempDir(), "sample.pdf")
	if err := os.WriteFile(name, write(t, "pdf", papertest.Sample()), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(string(out), "\f")
	got := strings.Join(strings.Fields(string(out)), " ")
	for _, w := range append([]string{"Page 2 of", "Москва"}, words...) {
		if !strings.Contains(got, w) {
			t.Errorf("the PDF lacks %q", w)
		}
	}
	with := 0
	for _, p := range pages {
		if strings.Contains(p, "1,234.50") {
			with++
			if !strings.Contains(p, "What is said of it") {
				t.Error("a page with rows lacks the head of the table")
			}
			if a, b := strings.Count(p, "1,234.50"), strings.Count(p, "See the annex."); a != b {
				t.Errorf("a row was cut: %d begin on a page, %d end there", a, b)
			}
		}
	}
	if with < 2 {
		t.Error("the table stands on one page; the test tests nothing")
	}
}

func TestRefused(t *testing.T) {
	para := func(r paper.Run) *paper.Document {
		return &paper.Document{Blocks: []paper.Block{paper.Paragraph{Runs: []paper.Run{r}}}}
	}
	for name, c := range map[string]struct {
		d    *paper.Document
		want string
	}{
		"comment": {para(paper.Run{Text: "x", Comments: []string{"c"}}), "block 1 names the comment"},
		"note":    {para(paper.Run{Text: "x", Note: "n"}), "block 1 names the note"},
		"level":   {&paper.Document{Blocks: []paper.Block{paper.Heading{}}}, "a heading of level 0"},
		"row":     {&paper.Document{Blocks: []paper.Block{paper.Table{Head: []paper.Cell{{}}, Rows: [][]paper.Cell{{}}}}}, "row 1 has 0 cells"},
		"figure":  {&paper.Document{Blocks: []paper.Block{paper.Figure{}}}, "without words"},
	} {
		for format, f := range writers {
			if err := f(io.Discard, c.d); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s as %s: %v, want %q", name, format, err, c.want)
			}
		}
	}
	if err := pdf.Write(io.Discard, para(paper.Run{Text: "缔约双方应当在铜矿开采方面进行合作"})); err == nil || !strings.Contains(err.Error(), "Chinese") {
		t.Errorf("a PDF in Chinese: %v", err)
	}
	for _, f := range []string{"docx", "pdf"} {
		d := &paper.Document{Blocks: []paper.Block{paper.Figure{Alt: "x", PNG: []byte("no")}}}
		if err := writers[f](io.Discard, d); err == nil || !strings.Contains(err.Error(), "no PNG") {
			t.Errorf("%s with a picture that is none: %v", f, err)
		}
	}
}

// TestHostileWords: controls, markup and what is no character may stand in any field.
func TestHostileWords(t *testing.T) {
	bad := "a<b>&\"'\x00\x01\x0b\ufffe]]>{}|_*`\\ \U0001F600\u202e\xff" + strings.Repeat("x", 3000)
	d := &paper.Document{Title: bad, Subtitle: bad, Lang: bad, Date: bad, Author: bad, Footer: bad, Meta: []paper.Meta{{Name: bad, Value: bad, Link: "javascript:alert(1)"}},
		Blocks: []paper.Block{paper.Heading{Level: 1, ID: bad, Runs: paper.T(bad)}, paper.Paragraph{Indent: 99, Runs: []paper.Run{{Text: bad, Link: "javascript:alert(1)", Comments: []string{"c"}, Note: "n", Change: paper.Deleted, By: bad}}},
			paper.List{Items: []paper.Item{{Level: 99, Marker: bad, Runs: paper.T(bad)}, {Level: -1}}}, paper.Quote{Label: bad, Runs: paper.T(bad)},
			paper.Table{Head: []paper.Cell{{}, {}}, Rows: [][]paper.Cell{{paper.C(strings.Repeat(bad+"\n", 60)), paper.C(bad)}}}},
		Notes: []paper.Note{{ID: "n", Runs: paper.T(bad)}}, Comments: []paper.Comment{{ID: "c", Author: bad, Paras: [][]paper.Run{paper.T(bad)}}}}
	for format := range writers {
		got := write(t, format, d)
		if bytes.Contains(got, []byte(`href="javascript`)) || bytes.Contains(got, []byte("(<javascript")) {
			t.Errorf("%s keeps a link that runs", format)
		}
	}
}
