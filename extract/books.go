package extract

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/openassay/assay/extract/pack"
	"github.com/openassay/assay/text"
)

// readEPUB reads the chapters of a book in the order of its spine.
func readEPUB(r *reader, p *Part, b []byte) error {
	a, err := pack.Open(b, &r.left)
	if err != nil {
		return err
	}
	damaged := func(what string) error {
		return &text.Error{Code: text.CodeInvalid, Message: "an EPUB " + what, Hint: "get the whole file again"}
	}
	if a.Has("META-INF/encryption.xml") && a.Has("META-INF/rights.xml") {
		return &text.Error{Code: text.CodeUnreadable, Message: "it is protected against copying", Hint: "get the text without protection from its publisher"}
	}
	c, err := a.Read("META-INF/container.xml")
	if err != nil {
		return err
	}
	var container struct {
		Rootfiles []struct {
			Path string `xml:"full-path,attr"`
		} `xml:"rootfiles>rootfile"`
	}
	if hasDoctype(c) || xml.Unmarshal(c, &container) != nil || len(container.Rootfiles) == 0 {
		return damaged("without a list of its parts")
	}
	opf := container.Rootfiles[0].Path
	o, err := a.Read(opf)
	if err != nil {
		return err
	}
	var pkg struct {
		Title    string `xml:"metadata>title"`
		Language string `xml:"metadata>language"`
		Date     string `xml:"metadata>date"`
		Items    []struct {
			ID         string `xml:"id,attr"`
			Href       string `xml:"href,attr"`
			Properties string `xml:"properties,attr"`
		} `xml:"manifest>item"`
		Spine []struct {
			Ref string `xml:"idref,attr"`
		} `xml:"spine>itemref"`
	}
	if o == nil || hasDoctype(o) || xml.Unmarshal(o, &pkg) != nil || len(pkg.Spine) == 0 {
		return damaged("without a list of its chapters")
	}
	href := map[string]string{}
	for _, it := range pkg.Items {
		if !strings.Contains(it.Properties, "nav") {
			if u, err := url.PathUnescape(it.Href); err == nil {
				href[it.ID] = u
			}
		}
	}
	var page bytes.Buffer
	page.WriteString("<!doctype html><html><body>")
	for _, it := range pkg.Spine {
		if href[it.Ref] == "" {
			continue
		}
		x, err := a.Read(path.Join(path.Dir(opf), href[it.Ref]))
		if err != nil {
			return err
		}
		page.WriteString("<div>")
		page.Write(bodyOf(x))
		page.WriteString("</div>")
		if page.Len() > text.MaxBytes {
			return &text.Error{Code: text.CodeUnsupported, Message: "a book of more than 64 MB of text", Hint: "give the chapters that matter"}
		}
	}
	page.WriteString("</body></html>")
	rs, err := text.ReadAll(p.Path+".html", page.Bytes())
	if err != nil {
		return err
	}
	for _, rd := range rs {
		rd.Format = "epub"
		if t := strings.TrimSpace(pkg.Title); t != "" {
			rd.Title = strings.Join(strings.Fields(t), " ")
		}
		if l := strings.ToLower(strings.TrimSpace(pkg.Language)); len(l) >= 2 && rd.Language == "und" {
			rd.Language = l[:2]
		}
		if d := strings.TrimSpace(pkg.Date); len(d) >= 10 {
			rd.Date = d[:10]
		} else {
			rd.Date = d
		}
	}
	p.accept(rs...)
	return nil
}

func hasDoctype(b []byte) bool {
	return bytes.Contains(bytes.ToUpper(b), []byte("<!DOCTYPE")) || bytes.Contains(b, []byte("<!ENTITY"))
}

var (
	bodyTag   = regexp.MustCompile(`(?is)<body\b[^>]*>(.*)</body\s*>`)
	emptyTags = regexp.MustCompile(`(?is)<(script|style|title|textarea|iframe|noscript|xmp|noembed|noframes)\b[^>]*/>`)
)

// bodyOf is what stands in the body of a chapter. Elements that close themselves in XHTML, and in HTML would swallow what follows, are
// taken out.
func bodyOf(b []byte) []byte {
	b = utf8Of(b)
	b = emptyTags.ReplaceAll(b, nil)
	if m := bodyTag.FindSubmatch(b); m != nil {
		return m[1]
	}
	return b
}
