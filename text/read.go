package text

import (
	"path"
	"strings"
)

// Version is the name and version of this extractor; it changes whenever the same bytes may give another reading.
const Version = "assay/text 2"

// Formats that are read.
const (
	FormatMarkdown     = "markdown"
	FormatText         = "text"
	FormatHTML         = "html"
	FormatTOTA         = "tota"
	FormatOpenTreaties = "open-treaties"
)

// source is what a format's parser makes of a file: blocks and what the file says about itself.
type source struct {
	format string
	blocks []block
	header header
	warn   warnings // about this source alone
	from   *Source  // where another package made it
}

// Read turns the bytes of a document into a reading. name serves error messages and as a hint to the format, which the
// content decides. Of a file with several languages it gives the first. The error is an [*Error].
func Read(name string, b []byte) (*Reading, error) {
	all, err := ReadAll(name, b)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// ReadAll is [Read] for files that hold a text in several languages: one reading for each, at least one.
func ReadAll(name string, b []byte) ([]*Reading, error) {
	w := &warnings{}
	s, err := decode(name, b, w)
	if err != nil {
		return nil, err
	}
	sources, err := parse(name, s, w)
	if err != nil {
		return nil, err
	}
	var out []*Reading
	for i := range sources {
		src := &sources[i]
		own := &warnings{}
		for _, m := range append(w.all(), src.warn.all()...) {
			own.addf("%s", m)
		}
		r, err := make1(name, src, own)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
		sources[i] = source{}
	}
	return out, nil
}

// parse recognises the format and makes blocks.
func parse(name, s string, w *warnings) ([]source, error) {
	if strings.Count(s, "\n") > maxLines {
		return nil, &Error{Code: CodeUnsupported, Name: name, Message: "more than 3 million lines", Hint: "split it"}
	}
	head := strings.ToLower(strings.TrimLeft(s[:min(len(s), 4096)], " \n\t"))
	switch {
	case strings.HasPrefix(head, "{") && strings.Contains(s, `"articles"`), strings.HasPrefix(head, "["+"{"):
		return parseOpenTreaties(name, s)
	case strings.HasPrefix(head, "<document>") && !strings.Contains(strings.ToLower(s[:min(len(s), 1<<16)]), "<html"):
		return []source{{format: FormatText, blocks: plainBlocks(filingText(s), w)}}, nil
	case isHTML(head, name), strings.HasPrefix(head, "<document>"):
		return []source{htmlBlocks(s)}, nil
	case strings.HasPrefix(head, "<?xml"), strings.HasPrefix(head, "<!doctype"), strings.HasPrefix(head, "<treaty"):
		src, err := parseTOTA(name, s, w)
		return []source{src}, err
	}
	h, rest, _, hasHeader := cutHeader(strings.TrimLeft(s, "\n"))
	ext := strings.ToLower(path.Ext(name))
	if ext == ".md" || ext == ".markdown" || ext != ".txt" && (hasHeader || looksMarkdown(rest)) {
		return []source{{format: FormatMarkdown, blocks: markdownBlocks(rest), header: h}}, nil
	}
	return []source{{format: FormatText, blocks: plainBlocks(rest, w), header: h}}, nil
}

// isHTML says whether a file that begins with head (lower case) is HTML.
func isHTML(head, name string) bool {
	if strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") {
		return true
	}
	if strings.HasPrefix(head, "<?xml") || strings.HasPrefix(head, "<!doctype") {
		return strings.Contains(head, "<html") && !strings.Contains(head, "<!entity")
	}
	if !strings.HasPrefix(head, "<") {
		ext := strings.ToLower(path.Ext(name))
		return (ext == ".html" || ext == ".htm") && (strings.Contains(head, "<p") || strings.Contains(head, "<div") || strings.Contains(head, "<body"))
	}
	for _, tag := range []string{"<head", "<body", "<main", "<article", "<div", "<p>", "<p ", "<h1", "<h2", "<!--", "<section", "<table", "<center", "<font", "<title", "<meta"} {
		if strings.HasPrefix(head, tag) {
			return true
		}
	}
	return false
}

// looksMarkdown says whether text without telling name or header is Markdown: at least two of its marks occur near the top.
func looksMarkdown(s string) bool {
	s = s[:min(len(s), 1<<16)]
	n := 0
	for _, mark := range []string{"\n# ", "\n## ", "**", "](http", "\n- ", "\n* ", "\\."} {
		if strings.Contains("\n"+s, mark) {
			n++
		}
	}
	return n >= 2
}

// make1 lays out one source and segments it.
func make1(name string, src *source, w *warnings) (*Reading, error) {
	if len(src.blocks) > maxLines {
		return nil, &Error{Code: CodeUnsupported, Name: name, Message: "more than 3 million paragraphs", Hint: "split it"}
	}
	r := &Reading{Format: src.format, Extractor: Version}
	src.header.apply(r)
	withTitle(src, r.Title)
	t, lines, anchors := canonical(src.blocks, w)
	if len(lines) == 0 {
		return nil, &Error{Code: CodeUnreadable, Name: name, Message: "no text was found in it",
			Hint: "if it shows text in a browser, save the text itself; if it is a scan, run optical character recognition"}
	}
	r.Text = t
	provisions, err := segment(t, lines, w)
	if err != nil {
		return nil, &Error{Code: CodeUnsupported, Name: name, Message: err.Error(), Hint: "split it"}
	}
	r.Provisions = provisions
	if src.from != nil && len(src.from.Provisions) > 0 {
		own := &warnings{}
		if ps, addresses := src.from.given(t, lines, anchors, own); len(ps) >= fewGiven || len(ps) > 0 && fewShare*len(ps) >= len(provisions) {
			r.Provisions, r.Addresses = ps, addresses
			for _, m := range own.all() {
				w.addf("%s", m)
			}
		} else {
			r.Addresses = src.from.held(anchors, provisions)
		}
	}
	if guess := Language(t); r.Language == "" || len(r.Language) > 3 && guess != "und" {
		r.Language = guess
	}
	if r.Title == "" {
		r.Title = coverTitle(r)
	}
	if src.from != nil {
		r.places(src.from, anchors, lines)
	}
	r.Warnings = w.all()
	return r, nil
}

// coverTitle takes the title from the cover where the file's header gives none.
func coverTitle(r *Reading) string {
	if len(r.Provisions) == 0 || r.Provisions[0].Kind != KindCover {
		return ""
	}
	for _, l := range strings.Split(r.Text[:r.Provisions[0].End], "\n") {
		if len(l) > 8 && len(l) <= maxHeading && !dateLine(l) {
			return l
		}
	}
	return ""
}
