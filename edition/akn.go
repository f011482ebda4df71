package edition

import (
	"fmt"
	"io"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// Namespaces of Akoma Ntoso 3.0: that of the schema which is commonly handed out (working draft 17), and that of the OASIS standard. The elements
// that are written are the same in both.
const (
	NamespaceWD17  = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17"
	NamespaceOASIS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
)

// AKN writes the reading as Akoma Ntoso 3.0 in a namespace, [NamespaceWD17] where it is "". an may be nil; otherwise its labels stand under proprietary, by eId and byte span of the canonical
// text. The error is w's.
func AKN(w io.Writer, r *text.Reading, an *assay.Analysis, namespace string) error {
	x := &akn{r: r, kids: children(r), seen: map[string]bool{}}
	for _, p := range r.Provisions {
		x.seen[p.EID] = true
	}
	x.b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<akomaNtoso xmlns="` + attr(first(namespace, NamespaceWD17)) + `">` + "\n<act name=\"agreement\" contains=\"originalVersion\">\n")
	x.meta("", r.Title, an)
	tops := x.kids[-1]
	n := len(tops)
	at := 0
	if at < n && r.Provisions[tops[at]].Kind == text.KindCover {
		x.plain("preface", tops[at])
		at++
	}
	if at < n && r.Provisions[tops[at]].Kind == text.KindPreamble {
		x.preamble(tops[at])
		at++
	}
	tail := n
	for tail > at && r.Provisions[tops[tail-1]].Kind == text.KindAnnex {
		tail--
	}
	sign := tail > at && r.Provisions[tops[tail-1]].Kind == text.KindSignatures
	end := tail
	if sign {
		end--
	}
	x.b.WriteString("<body>\n")
	for _, i := range tops[at:end] {
		x.hier(i)
	}
	if at == end {
		x.b.WriteString(`<hcontainer name="empty" eId="` + x.fresh("empty") + "\"/>\n")
	}
	x.b.WriteString("</body>\n")
	if sign {
		x.plain("conclusions", tops[end])
	}
	if tail < n {
		x.b.WriteString("<attachments>\n")
		for _, i := range tops[tail:] {
			x.attachment(i)
		}
		x.b.WriteString("</attachments>\n")
	}
	x.b.WriteString("</act>\n</akomaNtoso>\n")
	_, err := io.WriteString(w, x.b.String())
	return err
}

type akn struct {
	b    strings.Builder
	r    *text.Reading
	kids map[int][]int
	seen map[string]bool // eIds
}

// children gives the children of each provision; under -1 those without parent.
func children(r *text.Reading) map[int][]int {
	out := map[int][]int{}
	for i, p := range r.Provisions {
		out[p.Parent] = append(out[p.Parent], i)
	}
	return out
}

// fresh gives an eId that no other element has.
func (x *akn) fresh(id string) string {
	for k := 0; ; k++ {
		s := id
		if k > 0 {
			s = fmt.Sprintf("%s-%d", id, k+1)
		}
		if !x.seen[s] {
			x.seen[s] = true
			return s
		}
	}
}

// part gives the eId of a part of a provision: its intro or content.
func (x *akn) part(i int, name string) string {
	return attr(x.fresh(x.r.Provisions[i].EID + "__" + name))
}

// own gives the own words of a provision.
func (x *akn) own(i int) string {
	p := x.r.Provisions[i]
	end := p.End
	if k := x.kids[i]; len(k) > 0 {
		end = x.r.Provisions[k[0]].Start
	}
	return x.r.Text[min(p.Body, end):end]
}

// paras writes words as paragraphs: blank lines part them, other line ends stand in them.
func (x *akn) paras(s string) bool {
	any := false
	for _, para := range strings.Split(strings.TrimSpace(s), "\n\n") {
		if strings.TrimSpace(para) == "" {
			continue
		}
		for _, l := range strings.Split(para, "\n") {
			if strings.TrimSpace(l) != "" {
				x.b.WriteString("<p>" + esc(strings.TrimSpace(l)) + "</p>\n")
				any = true
			}
		}
	}
	return any
}

// head writes number and heading as they are printed.
func (x *akn) head(i int) {
	num, head := printed(x.r, i)
	if num != "" {
		x.b.WriteString("<num>" + esc(num) + "</num>\n")
	}
	if head != "" {
		x.b.WriteString("<heading>" + esc(head) + "</heading>\n")
	}
}

// printed gives number and heading of a provision as they stand in the text: "Article 4", "(a)".
func printed(r *text.Reading, i int) (num, head string) {
	p := r.Provisions[i]
	s := strings.Join(strings.Fields(r.Text[p.Start:p.Body]), " ")
	h := strings.Join(strings.Fields(p.Heading), " ")
	if h != "" {
		if k := strings.LastIndex(s, h); k >= 0 {
			return strings.TrimRight(strings.TrimSpace(s[:k]), " –—-:"), strings.TrimSpace(s[k:])
		}
	}
	if p.Num == "" && h == "" && s != "" {
		return "", s
	}
	return s, ""
}

// elements of the kinds that Akoma Ntoso has a name for.
var elements = map[text.ProvisionKind]string{text.KindPart: "part", text.KindChapter: "chapter", text.KindSection: "section", text.KindArticle: "article", text.KindParagraph: "paragraph", text.KindPoint: "point"}

// hier writes a provision and what stands under it as an element of the hierarchy.
func (x *akn) hier(i int) {
	p := x.r.Provisions[i]
	name := elements[p.Kind]
	last := p.EID[strings.LastIndex(p.EID, "__")+1:]
	open := "<" + name
	switch {
	case strings.HasPrefix(strings.TrimPrefix(last, "_"), "title"):
		name, open = "title", "<title"
	case name == "" || strings.Contains(last, "notes") || strings.Contains(last, "wrapup"):
		kind := string(p.Kind)
		for _, special := range []string{"notes", "wrapup"} {
			if strings.Contains(last, special) {
				kind = special
			}
		}
		name, open = "hcontainer", `<hcontainer name="`+kind+`"`
	}
	x.b.WriteString(open + ` eId="` + attr(p.EID) + "\">\n")
	x.head(i)
	own := x.own(i)
	if len(x.kids[i]) == 0 {
		x.b.WriteString(`<content eId="` + x.part(i, "content") + `">` + "\n")
		x.paras(own)
		x.b.WriteString("</content>\n")
	} else {
		if strings.TrimSpace(own) != "" {
			x.b.WriteString(`<intro eId="` + x.part(i, "intro") + `">` + "\n")
			x.paras(own)
			x.b.WriteString("</intro>\n")
		}
		for _, k := range x.kids[i] {
			x.hier(k)
		}
	}
	x.b.WriteString("</" + name + ">\n")
}

// plain writes a provision that has only paragraphs: cover and signatures. What stands under it comes as containers.
func (x *akn) plain(name string, i int) {
	x.b.WriteString("<" + name + ` eId="` + attr(x.r.Provisions[i].EID) + "\">\n")
	x.inner(i)
	x.b.WriteString("</" + name + ">\n")
}

// inner writes the words of a provision in blocks, those under it in containers.
func (x *akn) inner(i int) {
	p := x.r.Provisions[i]
	any := x.paras(x.r.Text[p.Start:p.Body])
	any = x.paras(x.own(i)) || any
	for _, k := range x.kids[i] {
		any = true
		x.b.WriteString(`<container name="` + string(x.r.Provisions[k].Kind) + `" eId="` + attr(x.r.Provisions[k].EID) + "\">\n")
		x.inner(k)
		x.b.WriteString("</container>\n")
	}
	if !any {
		x.b.WriteString("<p/>\n")
	}
}

// preamble writes recitals in groups, the enacting words as a formula, and what else there is in containers.
func (x *akn) preamble(i int) {
	p := x.r.Provisions[i]
	x.b.WriteString(`<preamble eId="` + attr(p.EID) + "\">\n")
	any := x.paras(x.r.Text[p.Start:p.Body])
	any = x.paras(x.own(i)) || any
	open := false
	shut := func() {
		if open {
			x.b.WriteString("</recitals>\n")
		}
		open = false
	}
	for _, k := range x.kids[i] {
		any = true
		q := x.r.Provisions[k]
		if q.Kind == text.KindRecital && len(x.kids[k]) == 0 && strings.TrimSpace(x.own(k)) != "" {
			if !open {
				x.b.WriteString(`<recitals eId="` + x.part(i, "recs") + "\">\n")
				open = true
			}
			x.b.WriteString(`<recital eId="` + attr(q.EID) + "\">\n")
			x.head(k)
			x.paras(x.own(k))
			x.b.WriteString("</recital>\n")
			continue
		}
		shut()
		if strings.Contains(q.EID, "__formula") && len(x.kids[k]) == 0 {
			x.b.WriteString(`<formula name="enactingFormula" eId="` + attr(q.EID) + "\">\n")
			x.inner(k)
			x.b.WriteString("</formula>\n")
			continue
		}
		x.b.WriteString(`<container name="` + string(q.Kind) + `" eId="` + attr(q.EID) + "\">\n")
		x.inner(k)
		x.b.WriteString("</container>\n")
	}
	shut()
	if !any {
		x.b.WriteString("<p/>\n")
	}
	x.b.WriteString("</preamble>\n")
}

// attachment writes an annex behind the main text as a document of its own.
func (x *akn) attachment(i int) {
	p := x.r.Provisions[i]
	x.b.WriteString(`<attachment eId="` + attr(p.EID) + "\">\n")
	x.head(i)
	x.b.WriteString("<doc name=\"annex\">\n")
	title := p.Heading
	if title == "" {
		title = strings.TrimSpace(x.r.Text[p.Start:p.Body])
	}
	x.meta("/!"+p.EID, title, nil)
	x.b.WriteString("<mainBody>\n")
	any := x.paras(x.own(i))
	for _, k := range x.kids[i] {
		any = true
		x.hier(k)
	}
	if !any {
		x.b.WriteString("<p/>\n")
	}
	x.b.WriteString("</mainBody>\n</doc>\n</attachment>\n")
}
