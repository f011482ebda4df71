package extract

import (
	"archive/zip"
	"bytes"
)

// Sniff tells a file's format by its content; "" for what package text has to look at.
func Sniff(name string, b []byte) string {
	head := b[:min(len(b), 1024)]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return sniffZIP(b)
	case bytes.Contains(head, []byte("%PDF-")):
		return "pdf"
	}
	return ""
}

// sniffZIP tells a document that is an archive by the files in it.
func sniffZIP(b []byte) string {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if z == nil || err != nil && len(z.File) == 0 {
		return "zip"
	}
	for _, f := range z.File {
		if f.Name == "word/document.xml" {
			return "docx"
		}
	}
	return "zip"
}
