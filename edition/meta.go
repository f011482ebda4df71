package edition

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/openassay/assay/assay"
)

// three are the codes of three letters that Akoma Ntoso names languages by.
var three = map[string]string{"en": "eng", "fr": "fra", "es": "spa", "pt": "por", "zh": "zho", "ar": "ara", "de": "deu", "ru": "rus"}

// meta writes what identifies the text: component is "" or the part of it that an attachment is. an gives labels.
func (x *akn) meta(component, title string, an *assay.Analysis) {
	r := x.r
	date, named := "0001-01-01", "unknown"
	if _, err := time.Parse("2006-01-02", r.Date); err == nil {
		date, named = r.Date, "text"
	}
	lang, _, _ := strings.Cut(strings.ToLower(r.Language), "-")
	if l := three[lang]; l != "" {
		lang = l
	} else if lang == "" {
		lang = "und"
	}
	work := "/akn/xx/act/agreement/" + date + "/" + slug(r.Title)
	if named == "unknown" {
		work = "/akn/xx/act/agreement/unknown/" + slug(r.Title)
	}
	level := func(name, uri, more string) {
		fmt.Fprintf(&x.b, `<%s><FRBRthis value="%s"/><FRBRuri value="%s"/><FRBRdate date="%s" name="%s"/><FRBRauthor href="#ref_unknown"/>%s</%s>`+"\n", name, attr(uri+component), attr(uri), date, named, more, name)
	}
	x.b.WriteString("<meta>\n<identification source=\"#ref_assay\">\n")
	names := `<FRBRcountry value="xx"/>`
	if t := oneLine(title); t != "" {
		names += `<FRBRname value="` + attr(t) + `"/>`
	}
	level("FRBRWork", work, names)
	level("FRBRExpression", work+"/"+lang+"@", `<FRBRlanguage language="`+attr(lang)+`"/>`)
	level("FRBRManifestation", work+"/"+lang+"@.xml", `<FRBRformat value="application/akn+xml"/>`)
	x.b.WriteString("</identification>\n")
	if component == "" {
		x.b.WriteString("<references source=\"#ref_assay\">\n")
		if r.SourceURL != "" && strings.HasPrefix(r.SourceURL, "http") && !strings.ContainsAny(r.SourceURL, " \n\t<>\"{}|\\^`") {
			x.b.WriteString(`<original eId="` + x.fresh("ref_source") + `" href="` + attr(r.SourceURL) + `" showAs="` + attr(r.SourceURL) + "\"/>\n")
		}
		x.b.WriteString(`<TLCOrganization eId="` + x.fresh("ref_assay") + `" href="/ontology/organization/assay" showAs="Assay"/>` + "\n")
		x.b.WriteString(`<TLCOrganization eId="` + x.fresh("ref_unknown") + `" href="/ontology/organization/unknown" showAs="not said here"/>` + "\n</references>\n")
		x.labels(an)
	}
	x.b.WriteString("</meta>\n")
}

// labels writes what the analysis says, in a namespace of ours.
func (x *akn) labels(an *assay.Analysis) {
	if an == nil || len(an.Provisions) != len(x.r.Provisions) {
		return
	}
	fmt.Fprintf(&x.b, "<proprietary source=\"#ref_assay\">\n<a:analysis xmlns:a=\"urn:assay:analysis:1\" engine=\"%s\" rules=\"%s\">\n", attr(an.Engine), attr(an.Rules))
	for i := range an.Provisions {
		p := &an.Provisions[i]
		if p.Modality != "" && p.Modality != assay.None {
			fmt.Fprintf(&x.b, "<a:provision href=\"#%s\" modality=\"%s\" part=\"%s\"/>\n", attr(p.EID), p.Modality, attr(p.Part))
		}
		for _, l := range p.Labels {
			fmt.Fprintf(&x.b, "<a:label href=\"#%s\" class=\"%s\" rule=\"%s\" start=\"%d\" end=\"%d\"/>\n", attr(p.EID), attr(l.Class), attr(l.Rule), l.Start, l.End)
		}
	}
	x.b.WriteString("</a:analysis>\n</proprietary>\n")
}

// slug is a title as part of an address: at most eight words of letters and digits.
func slug(s string) string {
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r >= 128 || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(words) < 8 {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return "untitled"
	}
	return strings.Join(words, "-")
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 300 {
		return string(r[:299]) + "…"
	}
	return s
}

// esc escapes words for XML and drops what XML cannot hold.
func esc(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s))
}

// attr is esc for values of attributes.
func attr(s string) string { return strings.ReplaceAll(esc(s), `"`, "&quot;") }
