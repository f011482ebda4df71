package office

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/openassay/assay/text"
)

// maxDepth is how deep elements may nest.
const maxDepth = 400

// walk reads XML and tells of each element by its local name, and of character data. Document types, and with them entities of their
// own, are refused; nothing outside is ever opened.
func walk(file string, b []byte, start func(name string, attr func(string) string), end func(name string), data func(string)) error {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var open []string
	fail := func(msg string) error {
		line, _ := d.InputPos()
		return &text.Error{Code: text.CodeInvalid, Line: line, Message: file + " in it " + msg, Hint: "open it in its program and save it again"}
	}
	for {
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fail("is no well-formed XML: " + strings.TrimPrefix(err.Error(), "XML syntax error on "))
		}
		switch t := tok.(type) {
		case xml.Directive:
			if bytes.HasPrefix(bytes.ToUpper(t), []byte("DOCTYPE")) {
				return fail("has a document type declaration, which is refused")
			}
		case xml.StartElement:
			if len(open) == maxDepth {
				return fail(fmt.Sprintf("nests more than %d deep", maxDepth))
			}
			open = append(open, t.Name.Local)
			start(t.Name.Local, func(name string) string {
				for _, a := range t.Attr {
					if a.Name.Local == name {
						return a.Value
					}
				}
				return ""
			})
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != t.Name.Local {
				return fail("closes what is not open: " + t.Name.Local)
			}
			open = open[:len(open)-1]
			end(t.Name.Local)
		case xml.CharData:
			data(string(t))
		}
	}
	if len(open) > 0 {
		return fail("is cut off")
	}
	return nil
}
