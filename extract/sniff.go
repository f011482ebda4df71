package extract

import (
	"archive/zip"
	"bytes"
	"path"
	"regexp"
	"strings"
)

// Sniff tells a file's format by its content: pdf, docx, odt, rtf, epub, akn, formex, eml, zip, html, or something that is refused;
// "" for what package text has to look at.
func Sniff(name string, b []byte) string {
	head := bytes.TrimLeft(b[:min(len(b), 4096)], "\xef\xbb\xbf \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return sniffZIP(b)
	case bytes.HasPrefix(head, []byte("{\\rtf")):
		return "rtf"
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return "pdf"
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return sniffOLE(b)
	}
	low := bytes.ToLower(head)
	switch {
	case bytes.HasPrefix(head, []byte("<")):
		return sniffMarkup(head, low)
	case isMail(name, head):
		return "eml"
	}
	return ""
}

var rootElement = regexp.MustCompile(`<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]`)

func sniffMarkup(head, low []byte) string {
	if m := rootElement.FindSubmatch(head); m != nil {
		switch root := string(m[2]); {
		case root == "akomaNtoso":
			return "akn"
		case formexRoots[root] && bytes.Contains(head, []byte("formex")):
			return "formex"
		}
	}
	switch {
	case bytes.Contains(low, []byte("<html")), bytes.HasPrefix(low, []byte("<!doctype html")):
		return "html"
	case bytes.Contains(low, []byte("xmlns:")) && !bytes.HasPrefix(low, []byte("<?xml")): // package text refuses what declares itself
		return "xml"
	}
	return ""
}

var formexRoots = map[string]bool{"ACT": true, "ANNEX": true, "AGR": true, "GENERAL": true, "DOC": true, "PUBLICATION": true, "CJT": true, "LETTER": true, "DECISION": true, "CONS.ACT": true, "CORR": true}

// sniffZIP tells a document that is an archive by the files in it.
func sniffZIP(b []byte) string {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if z == nil || err != nil && len(z.File) == 0 {
		return "zip"
	}
	for _, f := range z.File[:min(len(z.File), 2000)] {
		switch f.Name {
		case "word/document.xml":
			return "docx"
		case "META-INF/container.xml":
			return "epub"
		case "xl/workbook.xml":
			return "xlsx"
		case "ppt/presentation.xml":
			return "pptx"
		case "mimetype":
			if h, err := f.Open(); err == nil {
				kind := make([]byte, 60)
				n, _ := h.Read(kind)
				h.Close()
				switch s := string(kind[:n]); {
				case strings.HasPrefix(s, "application/vnd.oasis.opendocument.text"):
					return "odt"
				case strings.HasPrefix(s, "application/vnd.oasis.opendocument"):
					return "odf"
				}
			}
		}
	}
	return "zip"
}

// sniffOLE tells what lies in a compound file of the kind that old office programs wrote.
func sniffOLE(b []byte) string {
	utf16 := func(s string) []byte {
		var out []byte
		for _, c := range []byte(s) {
			out = append(out, c, 0)
		}
		return out
	}
	switch {
	case bytes.Contains(b, utf16("EncryptedPackage")):
		return "encrypted"
	case bytes.Contains(b, utf16("__substg1.0")):
		return "msg"
	}
	return "ole"
}

// isMail says whether a file begins with the head of a message: at least two of its lines, one of which programs write.
func isMail(name string, head []byte) bool {
	seen, machine := 0, strings.EqualFold(path.Ext(name), ".eml")
	for i, l := range strings.Split(string(head), "\n") {
		l = strings.TrimRight(l, "\r")
		if l == "" {
			break
		}
		if i > 0 && (l[0] == ' ' || l[0] == '\t') {
			continue
		}
		field, _, ok := strings.Cut(l, ":")
		if !ok || strings.ContainsAny(field, " \t") {
			return i > 0 && seen >= 2 && machine && len(head) >= 4000
		}
		switch strings.ToLower(field) {
		case "from", "to", "subject", "date", "cc", "sender", "reply-to":
			seen++
		case "mime-version", "message-id", "received", "return-path", "content-type", "delivered-to", "dkim-signature":
			seen++
			machine = true
		}
	}
	return seen >= 2 && machine
}
