package sample

import (
	"encoding/base64"
	"strings"
)

const (
	title   = "Memorandum between Freedonia and Sylvania on Lithium"
	article = "The Parties shall exchange geological data each year."
)

// Odt is an OpenDocument text with a heading, a numbered list, a note, a table and a tracked insertion.
func Odt() []byte {
	const ns = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"`
	return Zip(File{"mimetype", "application/vnd.oasis.opendocument.text"},
		File{"content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + ns + `><office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style></office:automatic-styles><office:body><office:text>` +
			`<text:tracked-changes><text:changed-region text:id="c1"><text:insertion><office:change-info><dc:creator>Ana</dc:creator><dc:date>2026-03-01T10:00:00</dc:date></office:change-info></text:insertion></text:changed-region>` +
			`<text:changed-region text:id="c2"><text:deletion><office:change-info><dc:creator>Ben</dc:creator></office:change-info><text:p>gladly </text:p></text:deletion></text:changed-region></text:tracked-changes>` +
			`<text:h text:outline-level="1">` + title + `</text:h><text:h text:outline-level="2">Article 1</text:h>` +
			`<text:p>The Parties <text:change-start text:change-id="c1"/>shall<text:change-end text:change-id="c1"/> <text:change text:change-id="c2"/>exchange data<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Data on brine.</text:p></text:note-body></text:note>.</text:p>` +
			`<text:list text:style-name="L1"><text:list-item><text:p>They meet.</text:p><text:list><text:list-item><text:p>in spring;</text:p></text:list-item><text:list-item><text:p>in autumn.</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>They report.</text:p></text:list-item></text:list>` +
			`<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>Tonnes</text:p></table:table-cell></table:table-row></table:table>` +
			`</office:text></office:body></office:document-content>`})
}

// Rtf is rich text with letters of several encodings, a printed list number, a note, a table, a comment and tracked changes.
func Rtf() []byte {
	return []byte(`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times;}}{\*\revtbl{Unknown;}{Ana;}}{\info{\title ` + title + `}{\author Nobody}}{\header Header}` +
		`\pard\b ` + title + `\b0\par Art\'edculo 1\par The Parties {\deleted\revauthdel1 may }{\revised\revauth1 shall }exchange data{\super{\*\footnote\pard Data on brine.}}{\footnote Data on rock.} \endash\u8364?100.\par ` +
		`{\listtext 1.\tab}They meet.\par{\f1\'cb\'e8\'f2\'e8\'e9}\par{\*\atnid A}{\*\atnauthor Carla}{\*\annotation\pard Which data?}` +
		`\trowd\intbl Year\cell Tonnes\cell\row\pard{\*\unknown skipped}\bin3 {{{End.\par}`)
}

// Epub is a book of two chapters.
func Epub() []byte {
	page := func(body string) string {
		return `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head><body>` + body + `</body></html>`
	}
	return Zip(File{"mimetype", "application/epub+zip"},
		File{"META-INF/container.xml", `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`},
		File{"OEBPS/book.opf", `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>` + title + `</dc:title><dc:language>en</dc:language></metadata><manifest><item id="nav" href="nav.xhtml" properties="nav"/><item id="a" href="a%20b.xhtml"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>`},
		File{"OEBPS/nav.xhtml", page("<p>Contents of the book</p>")}, File{"OEBPS/b.xhtml", page("<h2>Article 2</h2><p>They report.</p>")}, File{"OEBPS/a b.xhtml", page("<h1>" + title + "</h1><h2>Article 1</h2><p>" + article + "</p>")})
}

// HTML is a page with a publisher's navigation, cookie notice and links around the text.
func HTML() []byte {
	links := strings.Repeat(`<li><a href="/x">Another page of ours</a></li>`, 6)
	return []byte(`<!doctype html><html lang="en"><head><title>` + title + `</title></head><body><div class="site-menu"><ul>` + links + `</ul></div><div id="cookie-banner">We use cookies. <a href="/c">Accept</a></div>` +
		`<div class="content"><h1>` + title + `</h1><h2>Article 1</h2><p>` + article + `</p><h2>Article 2</h2><p>` + strings.Repeat("The Parties shall report to their parliaments on what was done. ", 8) + `</p></div>` +
		`<div><ul>` + links + `</ul></div></body></html>`)
}

// AkomaNtoso is an act in Akoma Ntoso 3.0.
func AkomaNtoso() []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><meta><identification source="#x"><FRBRWork><FRBRdate date="2026-05-01" name="made"/></FRBRWork><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>` +
		`<preface><p>` + title + `</p></preface><body><article eId="art_1"><num>Article 1</num><heading>Data</heading><paragraph><num>1.</num><content><p>` + article + `<authorialNote marker="1"><p>Data on brine.</p></authorialNote></p></content></paragraph>` +
		`<paragraph><num>2.</num><list><intro><p>They meet:</p></intro><point><num>(a)</num><content><p>in spring;</p></content></point><point><num>(b)</num><content><p>in autumn.</p></content></point></list></paragraph></article></body></act></akomaNtoso>`)
}

// Formex is an act in the format of the Official Journal of the European Union.
func Formex() []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><ACT xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://formex.publications.europa.eu/schema/formex-05.xd"><BIB.INSTANCE><DATE ISO="20260501">20260501</DATE><LG.DOC>EN</LG.DOC></BIB.INSTANCE><TITLE><TI><P>` + title + `</P></TI></TITLE>` +
		`<ENACTING.TERMS><DIVISION><TITLE><TI><P>CHAPTER I</P></TI><STI><P>General</P></STI></TITLE><ARTICLE><TI.ART>Article 1</TI.ART><STI.ART><P>Data</P></STI.ART><PARAG><NO.PARAG>1.</NO.PARAG><ALINEA>The <QUOT.START CODE="2018"/>Parties<QUOT.END CODE="2019"/> shall exchange data<NOTE NOTE.ID="E1" TYPE="FOOTNOTE"><P>Data on brine.</P></NOTE>.</ALINEA></PARAG></ARTICLE></DIVISION></ENACTING.TERMS></ACT>`)
}

// Mail is a message with words of its own and two attachments, one of them with a name that leads out of its folder.
func Mail() []byte {
	b64 := func(b []byte) string {
		s := base64.StdEncoding.EncodeToString(b)
		var out strings.Builder
		for len(s) > 76 {
			out.WriteString(s[:76] + "\r\n")
			s = s[76:]
		}
		return out.String() + s + "\r\n"
	}
	lines := []string{"From: Ana <ana@example.org>", "To: Ben <ben@example.org>", "Subject: =?UTF-8?Q?Draft_of_the_m=C3=A9morandum?=", "Date: Fri, 01 May 2026 10:00:00 +0000",
		"MIME-Version: 1.0", `Content-Type: multipart/mixed; boundary="b"`, "", "--b", "Content-Type: text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: quoted-printable", "",
		"Please find the m=E9morandum attached. We shall discuss it on Monday.", "--b", `Content-Type: application/octet-stream; name="draft.docx"`, "Content-Transfer-Encoding: base64",
		`Content-Disposition: attachment; filename="../../draft.docx"`, "", b64(Draft()) + "--b", "Content-Type: text/plain", `Content-Disposition: attachment; filename="note.txt"`, "", "The Parties shall meet.", "--b--", ""}
	return []byte(strings.Join(lines, "\r\n"))
}

// Archive is a ZIP of several documents, with folders, names that lead out, and what systems leave in archives.
func Archive() []byte {
	return Zip(File{"texts/a.md", "# " + title + "\n\n" + article + "\n"}, File{"../../etc/b.txt", article + "\n"}, File{"__MACOSX/._a.md", "\x00"}, File{".DS_Store", "\x00"},
		File{`c\d.html`, string(HTML())}, File{"empty.txt", ""}, File{"mail.eml", string(Mail())})
}

// All are samples of every format, by a name that fits.
func All() []File {
	return []File{{"a.pdf", string(Memorandum())}, {"a.docx", string(Draft())}, {"a.odt", string(Odt())}, {"a.rtf", string(Rtf())}, {"a.epub", string(Epub())}, {"a.html", string(HTML())},
		{"a.akn", string(AkomaNtoso())}, {"a.fmx.xml", string(Formex())}, {"a.eml", string(Mail())}, {"a.zip", string(Archive())}, {"a.md", "# " + title + "\n\n## Article 1\n\n" + article + "\n"},
		{"a.txt", title + "\n\nArticle 1\n\n" + article + "\n"}}
}
