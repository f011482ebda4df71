package brief

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/html"
	"github.com/openassay/assay/paper/pdf"
	"github.com/openassay/assay/registry"
)

// Formats are what a brief can be written as.
var Formats = []string{"html", "pdf", "docx"}

// FormatOf is the format that a file's name ends in. The error says which there are.
func FormatOf(name string) (string, error) {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), ".")
	for _, f := range Formats {
		if f == format {
			return f, nil
		}
	}
	if name == "" {
		return "", registry.Errorf(registry.Invalid, "the brief needs a file to go to").WithHint("name it: -o brief.pdf, .docx or .html")
	}
	return "", registry.Errorf(registry.Invalid, "%q does not say in which format the brief is to be", short(name)).WithHint("end the name in .html, .pdf or .docx")
}

func short(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

// Write writes the brief in a format of [Formats].
func (b *Brief) Write(w io.Writer, format string) error {
	switch format {
	case "html":
		return html.Write(w, b.Document)
	case "pdf":
		return pdf.Write(w, b.Document)
	case "docx":
		return docx.Write(w, b.Document)
	}
	return registry.Errorf(registry.Invalid, "there is no format %q", short(format)).WithHint("formats: %s", strings.Join(Formats, ", "))
}
