// Package sample makes small files of many formats for tests, from words of our own, for invented parties. They are written by code so
// that what is in them can be read beside the test that asks for it.
package sample

import (
	"archive/zip"
	"bytes"
)

// File is a file in an archive.
type File struct{ Name, Body string }

// Zip is an archive of files, in order.
func Zip(files ...File) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.Name)
		if err != nil {
			panic(err)
		}
		w.Write([]byte(f.Body))
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// Docx is a document of Word with this body (the content of w:body) and further parts.
func Docx(body string, more ...File) []byte {
	files := append([]File{
		{"[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`},
	}, more...)
	return Zip(files...)
}

// DocxPart is a further part of a document of Word: comments, footnotes, numbering, styles.
func DocxPart(name, root, content string) File {
	return File{"word/" + name + ".xml", `<?xml version="1.0"?><w:` + root + ` ` + wordNS + `>` + content + `</w:` + root + `>`}
}

// P is a paragraph of Word with one run.
func P(words string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + words + `</w:t></w:r></w:p>`
}

// Draft is a draft of Word with tracked changes, a comment, a footnote and a numbered list.
func Draft() []byte {
	num := func(level, words string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>` + words + `</w:t></w:r></w:p>`
	}
	return Docx(
		`<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Memorandum between Freedonia and Sylvania on Lithium</w:t></w:r></w:p>`+
			`<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Article 1</w:t></w:r></w:p>`+
			`<w:p><w:r><w:t xml:space="preserve">The Parties </w:t></w:r>`+
			`<w:del w:id="1" w:author="Ana" w:date="2026-03-01T10:00:00Z"><w:r><w:delText>may</w:delText></w:r></w:del>`+
			`<w:ins w:id="2" w:author="Ana" w:date="2026-03-01T10:00:00Z"><w:r><w:t>shall</w:t></w:r></w:ins>`+
			`<w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve"> exchange data</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`+
			`<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> every year.</w:t></w:r></w:p>`+
			`<w:p><w:pPr><w:rPr><w:ins w:id="5" w:author="Ben"/></w:rPr></w:pPr><w:ins w:id="3" w:author="Ben"><w:r><w:t>Sylvania shall pay for the laboratory.</w:t></w:r></w:ins></w:p>`+
			`<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Article 2</w:t></w:r></w:p>`+
			num("0", "The Parties shall meet.")+num("1", "in Freedonia; or")+num("1", "in Sylvania.")+num("0", "Costs lie where they fall.")+
			`<w:tbl><w:tr><w:tc>`+P("Year")+`</w:tc><w:tc>`+P("Tonnes")+`</w:tc></w:tr><w:tr><w:tc>`+P("2027")+`</w:tc><w:tc>`+P("1,200")+`</w:tc></w:tr></w:tbl>`,
		DocxPart("comments", "comments", `<w:comment w:id="0" w:author="Carla" w:date="2026-03-02T09:00:00Z">`+P("Which data?")+`</w:comment>`),
		DocxPart("footnotes", "footnotes", `<w:footnote w:id="2">`+P("Data on brine and hard rock.")+`</w:footnote>`),
		DocxPart("styles", "styles", `<w:style w:styleId="Title"><w:name w:val="Title"/></w:style><w:style w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>`),
		DocxPart("numbering", "numbering", `<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`),
	)
}
