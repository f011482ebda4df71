package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// citePage is /documents/ADDRESS/cite: how to cite a text, or a provision of it, in words and in the forms of reference managers.
type citePage struct {
	Title  string
	Of     link
	Words  string
	Forms  []citeForm
	Lasts  string // why the address lasts
	Sample bool
}

// citeForm is a citation in one form.
type citeForm struct {
	Code, Name, Words string
	Href              string // of the file
}

// citation is what a citation is made of. Nothing in it is guessed: what is not known is left out.
type citation struct {
	Key       string
	Treaty    bool
	Title     string // of the text
	Place     string // of the provision, in words; "" for the whole
	Parties   []string
	Date      registry.Date // of the text; zero where it is not known
	HasDate   bool
	Lang      string
	URL       string
	Source    string // where the original is
	Publisher string // of the original
	Registry  string
	Reading   string // SHA-256 of the canonical text
	Accessed  registry.Day
	Version   string // kind of text and number of the draft, in words
}

// citeLink leads to how a text or a provision is cited.
func (q *request) citeLink(r *registry.Record, eid string) link {
	l := link{Text: q.T("pane.cite"), Href: q.href(r.Path() + "/cite")}
	if eid != "" {
		l.Href = q.href(r.Path()+"/cite", "eid", eid)
	}
	return l
}

func cite(q *request) (*page, error) {
	r, p, err := q.find(registry.KindDocument)
	if err != nil || p != nil {
		if m, ok := err.(moved); ok {
			return nil, moved{m.to + "/cite", m.merged}
		}
		return p, err
	}
	c, err := q.citation(r, q.Query.Get("eid"))
	if m, ok := err.(moved); ok { // what the provision of an earlier reading became is cited
		more := []string{"eid", strings.TrimPrefix(m.to, r.Path()+"/")}
		if as := q.Query.Get("as"); as != "" {
			more = append(more, "as", as)
		}
		at := r.Path() + "/cite"
		if q.Format != "html" {
			at += "." + q.Format
		}
		return nil, seeOther{to: q.href(at, more...)}
	}
	if err != nil {
		return nil, err
	}
	forms := []citeForm{{Code: "bibtex", Words: c.bibtex()}, {Code: "ris", Words: c.ris()}, {Code: "csl", Words: c.cslText()}}
	if as := q.Query.Get("as"); as != "" {
		if as == "text" {
			return &page{File: &file{Kind: "text/plain; charset=utf-8", Body: []byte(c.words(q.locale) + "\n")}}, nil
		}
		i := slices.IndexFunc(forms, func(f citeForm) bool { return f.Code == as })
		if i < 0 {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("cite.no_form", "value", cut(as, 20))).WithHint("%s", q.T("cite.no_form_hint"))
		}
		kind := map[string]string{"bibtex": "application/x-bibtex; charset=utf-8", "ris": "application/x-research-info-systems; charset=utf-8", "csl": "application/vnd.citationstyles.csl+json; charset=utf-8"}[as]
		ending := map[string]string{"bibtex": ".bib", "ris": ".ris", "csl": ".json"}[as]
		return &page{File: &file{Kind: kind, Name: c.Key + ending, Body: []byte(forms[i].Words)}}, nil
	}
	for i := range forms {
		forms[i].Name = q.T("cite.form." + forms[i].Code)
		more := []string{"as", forms[i].Code}
		if eid := q.Query.Get("eid"); eid != "" {
			more = append(more, "eid", eid)
		}
		forms[i].Href = q.href(r.Path()+"/cite", more...)
	}
	d := citePage{Title: q.T("cite.title_of", "title", strings.TrimPrefix(c.Place+", "+c.Title, ", ")), Of: q.linkTo(r), Words: c.words(q.locale), Forms: forms, Sample: r.Sample()}
	if c.Place != "" {
		d.Of = link{Text: c.Place, Href: q.href(r.Path() + "/" + q.Query.Get("eid"))}
	}
	if c.Reading != "" {
		d.Lasts = q.T("cite.lasts", "reading", c.Reading[:min(12, len(c.Reading))])
	}
	return &page{Template: "cite", Title: d.Title, Data: d, Trail: append(q.documentTrail(r), q.linkTo(r)), JSON: c.csl()}, nil
}

// citation is that of a document, or of its provision where eid is not empty.
func (q *request) citation(r *registry.Record, eid string) (*citation, error) {
	title, _ := r.Text("official_title", "", r.String("language"), q.Lang)
	c := &citation{Key: citeKey(r.Address(), eid), Title: cmp.Or(title, r.Title(q.Lang)), Lang: r.String("language"), Registry: q.T("site.name") + ": " + q.T("site.line"), Reading: r.String("reading"), Accessed: q.horizon()}
	path := r.Path()
	if eid != "" {
		doc, err := q.text(r)
		if err != nil {
			return nil, err
		}
		if doc == nil || !slices.ContainsFunc(doc.Reading.Provisions, func(p text.Provision) bool { return p.EID == eid }) {
			return nil, q.earlierProvision(r, doc, eid)
		}
		c.Place = q.reader(r, doc).placeOf(doc, eid)
		path += "/" + eid
	}
	c.URL = q.address(path)
	for _, id := range r.Refs("party") {
		c.Parties = append(c.Parties, q.recordLink(id).Text)
	}
	work := r
	for _, id := range r.Refs("instrument") {
		if in := q.View.Record(id); in != nil {
			work = in
			switch in.String("type") {
			case "treaty", "fta", "investment_treaty":
				c.Treaty = true
			}
			if len(c.Parties) == 0 {
				for _, id := range in.Refs("party") {
					c.Parties = append(c.Parties, q.recordLink(id).Text)
				}
			}
			break
		}
	}
	for _, rec := range []*registry.Record{r, work} {
		for _, ev := range []string{"signed", "adopted", "endorsed", "issued", "agreed", "announced", "text_tabled"} {
			if d, ok := rec.EventDate(ev); ok && !c.HasDate {
				c.Date, c.HasDate = d, true
			}
		}
	}
	if kind := r.String("document_type"); kind != "" && kind != "final" {
		c.Version = strings.TrimSpace(q.code("document_type", kind) + " " + r.String("version"))
	}
	for _, s := range r.Slots("reading") {
		if s.Shown != nil && s.Shown.Source != nil {
			c.Source, c.Publisher = s.Shown.Source.URL, s.Shown.Source.Publisher
		}
	}
	if urls := r.Values("website"); c.Source == "" && len(urls) > 0 {
		c.Source = urls[0]
	}
	return c, nil
}

// address is a path of this site with its host, as others can ask for it.
func (q *request) address(path string) string {
	if b := strings.TrimSuffix(q.site.opt.BaseURL, "/"); b != "" {
		return b + path
	}
	scheme := "http://"
	if q.secure() {
		scheme = "https://"
	}
	return scheme + q.http.Host + path
}

// citeKey names a citation in a bibliography.
func citeKey(address, eid string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, strings.ToLower(address)+strings.TrimSuffix("-"+eid, "-")), "-")
}

// words is the citation in a sentence.
func (c *citation) words(l *locale) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(c.Place)
	add(c.Title)
	if len(c.Parties) > 0 && len(c.Parties) <= 4 {
		add(strings.Join(c.Parties, "–"))
	}
	add(c.Version)
	if c.HasDate {
		add(l.edtfText(c.Date.EDTF))
	}
	add(c.Registry)
	add(c.URL)
	out := strings.Join(parts, ", ") + " (" + l.T("cite.accessed", "date", l.edtfText(string(c.Accessed))) + ")"
	if c.Reading != "" {
		out += " [" + l.T("cite.reading", "reading", c.Reading[:min(12, len(c.Reading))]) + "]"
	}
	return out + "."
}

func (c *citation) note() string {
	var parts []string
	if c.Place != "" {
		parts = append(parts, c.Place)
	}
	if c.Source != "" {
		parts = append(parts, "Original: "+c.Source)
	}
	if c.Reading != "" {
		parts = append(parts, "Text SHA-256: "+c.Reading)
	}
	return strings.Join(parts, ". ")
}

// year of the text; "" where its date may lie in several.
func (c *citation) year() string {
	if y := string(c.Date.Start[:4]); y == string(c.Date.End[:4]) {
		return y
	}
	return ""
}

// bibtexEscapes are what TeX would take for its own.
var bibtexEscapes = strings.NewReplacer(`\`, `{\textbackslash}`, `{`, `\{`, `}`, `\}`, `%`, `\%`, `#`, `\#`, `$`, `\$`, `&`, `\&`, `_`, `\_`, `^`, `{\textasciicircum}`, `~`, `{\textasciitilde}`, "\n", " ")

func (c *citation) bibtex() string {
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s,\n", c.Key)
	put := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-12s = {%s},\n", name, bibtexEscapes.Replace(value))
		}
	}
	if len(c.Parties) > 0 { // each in braces of its own: they are no persons with first and last names
		who := make([]string, len(c.Parties))
		for i, p := range c.Parties {
			who[i] = "{" + bibtexEscapes.Replace(p) + "}"
		}
		fmt.Fprintf(&b, "  %-12s = {%s},\n", "author", strings.Join(who, " and "))
	}
	fmt.Fprintf(&b, "  %-12s = {{%s}},\n", "title", bibtexEscapes.Replace(c.Title))
	if c.HasDate {
		put("year", c.year())
		if len(c.Date.EDTF) == 10 {
			put("date", c.Date.EDTF)
		}
	}
	put("howpublished", c.Registry)
	put("edition", c.Version)
	put("language", c.Lang)
	fmt.Fprintf(&b, "  %-12s = {%s},\n", "url", strings.NewReplacer("{", "%7B", "}", "%7D", "\n", "").Replace(c.URL))
	put("urldate", string(c.Accessed))
	put("note", c.note())
	return strings.TrimSuffix(b.String(), ",\n") + "\n}\n"
}

func (c *citation) ris() string {
	var b strings.Builder
	put := func(tag, value string) {
		if value = strings.Join(strings.Fields(value), " "); value != "" {
			fmt.Fprintf(&b, "%s  - %s\r\n", tag, value)
		}
	}
	put("TY", "GOVDOC")
	put("ID", c.Key)
	put("TI", c.Title)
	for _, p := range c.Parties {
		put("AU", p+",") // the comma keeps a name of several words whole
	}
	if c.HasDate {
		put("PY", c.year())
		if len(c.Date.EDTF) == 10 {
			put("DA", strings.ReplaceAll(c.Date.EDTF, "-", "/"))
		}
	}
	put("ET", c.Version)
	put("SE", c.Place)
	put("DP", c.Registry)
	put("PB", c.Publisher)
	put("LA", c.Lang)
	put("UR", c.URL)
	put("Y2", strings.ReplaceAll(string(c.Accessed), "-", "/"))
	put("N1", c.note())
	b.WriteString("ER  - \r\n")
	return b.String()
}

// cslName is a name as CSL-JSON has it.
type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// cslItem is a citation as CSL-JSON has it.
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Author    []cslName `json:"author,omitempty"`
	Issued    *cslDate  `json:"issued,omitempty"`
	Container string    `json:"container-title,omitempty"`
	Archive   string    `json:"archive,omitempty"`
	Publisher string    `json:"publisher,omitempty"`
	Section   string    `json:"section,omitempty"`
	Version   string    `json:"version,omitempty"`
	Language  string    `json:"language,omitempty"`
	URL       string    `json:"URL"`
	Accessed  *cslDate  `json:"accessed"`
	Note      string    `json:"note,omitempty"`
}

func (c *citation) csl() []cslItem {
	x := cslItem{ID: c.Key, Type: "document", Title: c.Title, Archive: c.Registry, Publisher: c.Publisher, Section: c.Place, Version: c.Version, Language: c.Lang, URL: c.URL, Accessed: cslDay(string(c.Accessed)), Note: c.note()}
	if c.Treaty {
		x.Type = "treaty"
	}
	for _, p := range c.Parties {
		x.Author = append(x.Author, cslName{p})
	}
	if c.HasDate {
		if x.Issued = cslDay(c.Date.EDTF); x.Issued == nil {
			x.Issued = cslDay(c.year())
		}
	}
	return []cslItem{x}
}

// cslDay are the parts of a date: year, month, day as far as they are known; nil for what is no plain date.
func cslDay(s string) *cslDate {
	var parts []int
	for _, p := range strings.Split(s, "-") {
		n := 0
		for _, r := range p {
			if r < '0' || r > '9' {
				return nil
			}
			n = n*10 + int(r-'0')
		}
		parts = append(parts, n)
	}
	if len(parts) == 0 || len(parts) > 3 || parts[0] == 0 {
		return nil
	}
	return &cslDate{[][]int{parts}}
}

func (c *citation) cslText() string {
	b, err := encodeJSON(c.csl())
	if err != nil {
		return ""
	}
	return string(b)
}
