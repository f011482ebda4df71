package text

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth is how deep elements may nest.
const maxDepth = 256

// parseTOTA reads the XML of the Texts of Trade Agreements collection: <treaty> with <meta> and <body>, chapters and articles
// with number and name as attributes. It streams; document types and entities of their own are refused.
func parseTOTA(name, s string, w *warnings) (source, error) {
	p := &tota{w: w, src: source{format: FormatTOTA}}
	d := xml.NewDecoder(strings.NewReader(s))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded already
	fail := func(code, msg, hint string) (source, error) {
		line, _ := d.InputPos()
		return source{}, &Error{Code: code, Name: name, Line: line, Message: msg, Hint: hint}
	}
	for {
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fail(CodeInvalid, "not well-formed XML: "+strings.TrimPrefix(err.Error(), "XML syntax error on "), "mend the XML, or give the text as HTML or plain text")
		}
		switch t := tok.(type) {
		case xml.Directive:
			return fail(CodeInvalid, "a document type declaration, which is refused", "take the <!DOCTYPE …> and its entities out")
		case xml.StartElement:
			if len(p.path) == 0 && t.Name.Local != "treaty" {
				return fail(CodeUnsupported, fmt.Sprintf("XML with root <%s>; only <treaty> of the Texts of Trade Agreements is read", short(t.Name.Local)), "give the text as HTML, Markdown or plain text")
			}
			if len(p.path) == maxDepth {
				return fail(CodeInvalid, fmt.Sprintf("elements nest more than %d deep", maxDepth), "flatten the XML")
			}
			p.start(t)
		case xml.EndElement:
			if len(p.path) == 0 || p.path[len(p.path)-1] != t.Name.Local {
				return fail(CodeInvalid, fmt.Sprintf("</%s> closes nothing that is open", short(t.Name.Local)), "mend the XML")
			}
			p.end()
		case xml.CharData:
			p.text = append(p.text, t...)
		}
	}
	if len(p.path) > 0 {
		return fail(CodeInvalid, fmt.Sprintf("<%s> is not closed; the file may be cut off", short(p.path[len(p.path)-1])), "get the whole file")
	}
	p.finish()
	return p.src, nil
}

func short(s string) string { return s[:min(len(s), 40)] }

// tota gathers a treaty while it streams by.
type tota struct {
	w       *warnings
	src     source
	path    []string
	text    []byte
	lang    string // of the <source> that is open
	parties []string
	sources int
	bodies  []totaBody
}

// totaBody is the text of one article, kept until the wrap width of the whole is known.
type totaBody struct {
	at    int // in blocks, where it belongs
	lines []string
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

func (p *tota) start(t xml.StartElement) {
	p.path = append(p.path, t.Name.Local)
	switch t.Name.Local {
	case "chapter", "article":
		p.flush()
		number, title := attr(t, "number"), attr(t, "name")
		if t.Name.Local == "chapter" && number == "" && (title == "Preamble" || title == "Conclusion" || title == "") {
			break // the collection's own brackets around what stands before and after the chapters
		}
		if number != "" {
			if digits(number) >= 0 {
				number = strings.ToUpper(t.Name.Local) + " " + number
			}
			p.src.blocks = append(p.src.blocks, block{text: number, hint: hintStruct})
		}
		if title != "" {
			h := hintName
			if number == "" {
				h = hintHeading
			}
			p.src.blocks = append(p.src.blocks, block{text: title, hint: h, level: map[string]int{"chapter": 1, "article": 6}[t.Name.Local], tight: number != ""})
		}
	case "source":
		p.lang = attr(t, "lang")
		if attr(t, "type") != "full text" {
			p.lang = "-"
		}
	}
	p.text = p.text[:0]
}

func (p *tota) end() {
	name := p.path[len(p.path)-1]
	inMeta := len(p.path) > 2 && p.path[1] == "meta"
	v := tidy(string(p.text[:min(len(p.text), 4000)]))
	switch {
	case inMeta && v == "":
	case inMeta && name == "partyisocode":
		if p.path[2] == "parties_original" {
			p.parties = append(p.parties, v)
		}
	case inMeta && name == "source":
		if p.lang != "-" && p.sources == 0 {
			p.src.header = append(p.src.header, Meta{"source_url", v})
			p.sources++
		}
	case inMeta && name == "name":
		p.src.header = append(p.src.header, Meta{"title", v})
	case inMeta && name == "date_signed":
		p.src.header = append(p.src.header, Meta{"date", v}, Meta{name, v})
	case inMeta && name == "language":
		p.src.header = append(p.src.header, Meta{"language", v})
	case inMeta && len(p.src.header) < 200:
		p.src.header = append(p.src.header, Meta{name, v})
	case !inMeta:
		p.flush()
	}
	if name == "parties_original" && len(p.parties) > 0 {
		p.src.header = append(p.src.header, Meta{"parties", strings.Join(p.parties, " ")})
	}
	p.text = p.text[:0]
	p.path = p.path[:len(p.path)-1]
}

// flush keeps the text gathered so far in the body.
func (p *tota) flush() {
	if len(p.path) > 1 && p.path[1] == "body" && strings.TrimSpace(string(p.text)) != "" {
		p.bodies = append(p.bodies, totaBody{len(p.src.blocks), splitLines(string(p.text))})
	}
	p.text = p.text[:0]
}

// finish turns the articles' texts into blocks, all with one wrap width.
func (p *tota) finish() {
	var all []string
	for _, b := range p.bodies {
		all = append(all, b.lines...)
	}
	width := wrapWidth(all)
	typical := typicalWidth(all)
	var out []block
	done := 0
	for _, b := range p.bodies {
		out = append(append(out, p.src.blocks[done:b.at]...), reflow(mendLines(b.lines, typical), width)...)
		done = b.at
	}
	p.src.blocks = unflatten(append(out, p.src.blocks[done:]...), p.w)
}
