package extract_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/text"
)

// Every format, also under a wrong name, is told by its content and gives its words.
func TestFormats(t *testing.T) {
	for _, c := range []struct {
		format string
		b      []byte
		has    []string
		hasNot []string
		eids   []string
	}{
		{"odt", sample.Odt(), []string{"The Parties shall exchange data.", "1. They meet.", "(b) in autumn.", "2. They report.", "Year | Tonnes", "[1] Data on brine."}, []string{"gladly"}, []string{"art_1"}},
		{"rtf", sample.Rtf(), []string{"Artículo 1", "The Parties shall exchange data –€100.", "1. They meet.", "Литий", "Year | Tonnes", "End.", "[1] Data on rock."}, []string{"may", "Header", "Nobody", "skipped", "Times", "Unknown", "Which data"}, []string{"art_1"}},
		{"epub", sample.Epub(), []string{"The Parties shall exchange geological data each year.", "They report."}, []string{"Contents of the book"}, []string{"art_1", "art_2"}},
		{"html", sample.HTML(), []string{"The Parties shall exchange geological data each year."}, []string{"cookies", "Another page"}, []string{"art_1", "art_2"}},
		{"akn", sample.AkomaNtoso(), []string{"Article 1\nData", "1. The Parties shall exchange", "(b) in autumn.", "[1] Data on brine."}, []string{"2026-05-01"}, []string{"art_1", "art_1__para_2__point_b"}},
		{"formex", sample.Formex(), []string{"CHAPTER I\nGeneral", "1. The ‘Parties’ shall exchange data.", "[1] Data on brine."}, []string{"20260501"}, []string{"chp_I", "art_1"}},
		{"pdf", sample.Memorandum(), []string{"which is not notified to the other Party", "2. The Parties shall exchange data each year.", "[1] Data on brine and on hard rock."}, []string{"Memorandum between"}, []string{"art_1", "art_2", "art_3"}},
	} {
		for _, name := range []string{"a." + c.format, "wrong.txt", "wrong.pdf", "none"} {
			p := read(t, name, c.b)
			if p.Format != c.format || !p.Verdict.OK() {
				t.Errorf("%s as %s: %q %+v", c.format, name, p.Format, p.Verdict)
				continue
			}
			rd := p.Readings[0]
			for _, s := range c.has {
				if !strings.Contains(rd.Text, s) {
					t.Errorf("%s lacks %q:\n%s", c.format, s, rd.Text)
				}
			}
			for _, s := range c.hasNot {
				if strings.Contains(rd.Text, s) {
					t.Errorf("%s has %q:\n%s", c.format, s, rd.Text)
				}
			}
			ids := map[string]bool{}
			for _, v := range rd.Provisions {
				ids[v.EID] = true
			}
			for _, id := range c.eids {
				if !ids[id] {
					t.Errorf("%s has no %s: %v", c.format, id, ids)
				}
			}
		}
	}
}

func TestPagesOfAPDF(t *testing.T) {
	rd := read(t, "a.pdf", sample.Memorandum()).Readings[0]
	if len(rd.Pages) != 3 {
		t.Fatalf("%+v", rd.Pages)
	}
	end := 0
	for i, p := range rd.Pages {
		if p.Start != end || p.End < p.Start || p.Label != string(rune('1'+i)) || p.Number != i+1 {
			t.Errorf("page %+v", p)
		}
		end = p.End
	}
	n := rd.Notes
	if len(n) != 1 || n[0].Page != 1 || !strings.HasPrefix(rd.Text[n[0].Ref:], " each year") || end != n[0].Start {
		t.Errorf("notes %+v, pages end at %d", n, end)
	}
	if second := rd.Text[rd.Pages[1].Start:rd.Pages[1].End]; !strings.HasPrefix(second, "Article 2") || strings.Contains(second, "Article 3") {
		t.Errorf("page 2: %q", second)
	}
	if i := rd.PageAt(strings.Index(rd.Text, "no legal")); i != 2 {
		t.Errorf("page %d", i)
	}
}

func TestPageImage(t *testing.T) {
	png, err := extract.PageImage(t.Context(), sample.Memorandum(), 2, 300)
	if err != nil || !strings.HasPrefix(string(png), "\x89PNG") {
		t.Errorf("%d bytes, %v", len(png), err)
	}
	if _, err := extract.PageImage(t.Context(), sample.Memorandum(), 4, 300); err == nil || !strings.Contains(err.Error(), "has 3") {
		t.Errorf("%v", err)
	}
}

func TestVariantsOfOtherFormats(t *testing.T) {
	for name, b := range map[string][]byte{"a.odt": sample.Odt(), "a.rtf": sample.Rtf()} {
		p := read(t, name, b)
		if len(p.Readings) != 3 || p.Readings[2].Variant != "marked-up" || len(p.Readings[2].Changes) != 2 {
			t.Errorf("%s: %d readings", name, len(p.Readings))
			continue
		}
		for _, c := range p.Readings[2].Changes {
			if w := p.Readings[2].Text[c.Start:c.End]; c.Kind == "inserted" && strings.TrimSpace(w) != "shall" || c.By == "" {
				t.Errorf("%s: %+v %q", name, c, w)
			}
		}
	}
	if c := read(t, "a.rtf", sample.Rtf()).Readings[0].Comments; len(c) != 1 || c[0].By != "Carla" || c[0].Text != "Which data?" {
		t.Errorf("%+v", c)
	}
}

func TestMailAndArchive(t *testing.T) {
	parts, err := extract.Read(t.Context(), "../x/letters.zip", sample.Archive(), extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range parts {
		got = append(got, p.Path+" "+p.Format+" "+p.Verdict.Code)
		if strings.Contains(p.Path, "..") || strings.HasPrefix(p.Path, "/") || strings.Contains(p.Path, `\`) {
			t.Errorf("name %q", p.Path)
		}
	}
	want := `x/letters.zip/texts/a.md markdown read
x/letters.zip/etc/b.txt text read
x/letters.zip/c/d.html html read
x/letters.zip/empty.txt  invalid
x/letters.zip/mail.eml eml read
x/letters.zip/mail.eml/draft.docx docx read
x/letters.zip/mail.eml/note.txt text read`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("parts:\n%s", s)
	}
	mail := parts[4].Readings[0]
	if mail.Title != "Draft of the mémorandum" || mail.Date != "2026-05-01" || !strings.Contains(mail.Text, "the mémorandum attached") || mail.Format != "eml" {
		t.Errorf("%q %q %q", mail.Title, mail.Date, mail.Text)
	}
	if _, err := text.Read("a", []byte("From: x")); err != nil {
		t.Error(err)
	}
}
