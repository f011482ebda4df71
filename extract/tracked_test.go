package extract_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/text"
)

func odtOf(removed, body string) []byte {
	const ns = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"`
	return sample.Zip(sample.File{Name: "mimetype", Body: "application/vnd.oasis.opendocument.text"}, sample.File{Name: "content.xml", Body: `<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + ns + `><office:body><office:text>` +
		`<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Ben</dc:creator></office:change-info>` + removed + `</text:deletion></text:changed-region></text:tracked-changes>` + body + `</office:text></office:body></office:document-content>`})
}

// What was deleted over several paragraphs of an OpenDocument text is several paragraphs where it is rejected, and leaves no trace where it is accepted.
func TestDeletedParagraphs(t *testing.T) {
	const at = `<text:change text:change-id="c1"/>`
	for _, c := range []struct{ removed, body, accepted, rejected string }{
		{ // from the middle of one to the middle of the next but one
			`<text:p> gladly.</text:p><text:p>They meet.</text:p><text:p>They report</text:p>`, `<text:p>The Parties share data` + at + ` each year.</text:p>`,
			"The Parties share data each year.", "The Parties share data gladly.\n\nThey meet.\n\nThey report each year."},
		{ // whole paragraphs, before a heading
			`<text:h text:outline-level="1">Article 2</text:h><text:p>The Parties meet in spring.</text:p><text:h text:outline-level="1"/>`, `<text:h text:outline-level="1">Article 1</text:h><text:p>The Parties share data.</text:p><text:h text:outline-level="1">` + at + `Article 3</text:h><text:p>Costs lie where they fall.</text:p>`,
			"Article 1\n\nThe Parties share data.\n\nArticle 3\n\nCosts lie where they fall.", "Article 1\n\nThe Parties share data.\n\nArticle 2\n\nThe Parties meet in spring.\n\nArticle 3\n\nCosts lie where they fall."},
		{ // the end of a paragraph alone
			`<text:p/><text:p/>`, `<text:p>One sentence.` + at + ` Another.</text:p>`, "One sentence. Another.", "One sentence.\n\nAnother."},
		{ // words of one
			`<text:p>gladly </text:p>`, `<text:p>The Parties ` + at + `share data.</text:p>`, "The Parties share data.", "The Parties gladly share data."},
	} {
		rds := read(t, "a.odt", odtOf(c.removed, c.body)).Readings
		for _, rd := range rds {
			got := strings.TrimSpace(rd.Text)
			switch rd.Variant {
			case text.Accepted:
				if got != c.accepted {
					t.Errorf("accepted: %q, not %q", got, c.accepted)
				}
			case text.Rejected:
				if got != c.rejected {
					t.Errorf("rejected: %q, not %q", got, c.rejected)
				}
			case text.MarkedUp:
				plain := strings.Map(func(c rune) rune {
					if c == '\n' || c == ' ' {
						return -1
					}
					return c
				}, got)
				if want := strings.NewReplacer("\n", "", " ", "").Replace(c.rejected); plain != want {
					t.Errorf("marked up: %q", got)
				}
				if strings.TrimSpace(c.removed) != `<text:p/><text:p/>` && (len(rd.Changes) != 1 || rd.Changes[0].By != "Ben") {
					t.Errorf("changes: %+v", rd.Changes)
				}
			}
		}
		if len(rds) < 3 {
			t.Errorf("%d readings", len(rds))
		}
	}
}

// A note whose reference was deleted stands in the readings that have the reference, and in no other: what was struck does not come back as a note.
func TestDeletedNote(t *testing.T) {
	ref := func(id string) string { return `<w:r><w:footnoteReference w:id="` + id + `"/></w:r>` }
	b := sample.Docx(`<w:p><w:r><w:t>The Parties share data.</w:t></w:r>`+ref("2")+`<w:del w:id="1" w:author="Ana"><w:r><w:delText xml:space="preserve"> Gladly.</w:delText></w:r>`+ref("3")+`</w:del></w:p>`,
		sample.DocxPart("footnotes", "footnotes", `<w:footnote w:id="2">`+sample.P("On brine.")+`</w:footnote><w:footnote w:id="3">`+sample.P("We would accept less.")+`</w:footnote>`))
	for _, rd := range read(t, "a.docx", b).Readings {
		if got := strings.Contains(rd.Text, "accept less"); got != (rd.Variant != text.Accepted) || !strings.Contains(rd.Text, "On brine.") {
			t.Errorf("%s: %q", rd.Variant, rd.Text)
		}
	}
}
