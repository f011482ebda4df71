package web

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// versionsPage is /instruments/ADDRESS/versions and /negotiations/ADDRESS/versions: the drafts and texts in their order, and a way to set any two
// beside each other.
type versionsPage struct {
	Of      link
	Sample  bool
	Texts   *table
	Options []formOption // texts that can be compared
	Later   string       // of the options: what is chosen first as the later
	Earlier string
	None    string
}

// typeOrder is the order of kinds of text where neither a number nor a date tells.
var typeOrder = []string{"mandate", "draft", "summary", "statement", "roadmap", "redacted", "final", "annex", "amendment"}

// versionsOf are the texts of an instrument or a negotiation in their order: by kind, number, date.
func (q *request) versionsOf(r *registry.Record) []*registry.Record {
	field := "instrument"
	if r.Kind == registry.KindNegotiation {
		field = "negotiation"
	}
	docs := slices.Clone(q.View.Referring(r.ID, registry.KindDocument, field))
	if r.Kind == registry.KindNegotiation { // the texts of what came of it belong to it too
		for _, id := range r.Refs("outcome") {
			for _, d := range q.View.Referring(id, registry.KindDocument, "instrument") {
				if !slices.Contains(docs, d) {
					docs = append(docs, d)
				}
			}
		}
	}
	rank := func(d *registry.Record) int {
		if i := slices.Index(typeOrder, d.String("document_type")); i >= 0 {
			return i
		}
		return len(typeOrder)
	}
	number := func(d *registry.Record) float64 {
		n, err := strconv.ParseFloat(d.String("version"), 64)
		if err != nil {
			return 0
		}
		return n
	}
	slices.SortStableFunc(docs, func(a, b *registry.Record) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(number(a), number(b)), cmp.Compare(dayOf(a), dayOf(b)), cmp.Compare(a.ID, b.ID))
	})
	return docs
}

// dayOf is the day of a document; the last where none is known.
func dayOf(d *registry.Record) registry.Day {
	for _, ev := range []string{"text_tabled", "signed", "adopted", "issued", "published"} {
		if x, ok := d.EventDate(ev); ok {
			return x.Start
		}
	}
	return "9999-12-31"
}

func versions(k registry.Kind) handler {
	return func(q *request) (*page, error) {
		r, p, err := q.find(k)
		if err != nil || p != nil {
			return p, err
		}
		d := &versionsPage{Of: q.linkTo(r), Sample: r.Sample()}
		s := &sheet{Columns: []string{"number", "document", "path", "type", "language", "date", "text_here", "sha256_of_text"}}
		type exported struct {
			Path     string `json:"path"`
			Title    string `json:"title"`
			Type     string `json:"type,omitempty"`
			Version  string `json:"version,omitempty"`
			Language string `json:"language,omitempty"`
			Date     string `json:"date,omitempty"`
			Reading  string `json:"reading,omitempty"`
			Redline  string `json:"redline,omitempty"` // with the one before in the same language
		}
		list := []exported{}
		t := &table{Caption: q.T("versions.title")}
		for _, h := range []string{"text", "number", "kind", "language", "date", "from", "against"} {
			t.Heads = append(t.Heads, head{Label: q.T("versions.col." + h)})
		}
		last := map[string]*registry.Record{} // the last text by language
		for _, doc := range q.versionsOf(r) {
			lang, date := doc.String("language"), ""
			if day := dayOf(doc); day != "9999-12-31" {
				date = string(day)
			}
			x := exported{doc.Path(), doc.Title(q.Lang), doc.String("document_type"), doc.String("version"), lang, date, doc.String("reading"), ""}
			against := cell{HTML: q.state("not_read").HTML()}
			if x.Reading != "" {
				d.Options = append(d.Options, formOption{Value: doc.Address(), Label: q.versionName(doc)})
				against.HTML = ""
				if before := last[lang]; before != nil {
					x.Redline = q.redlineHref(before, doc)
					d.Earlier, d.Later = before.Address(), doc.Address() // the last two of one language: between two, nearly all has changed
					against.HTML = link{Text: q.T("versions.changes"), Href: x.Redline}.HTML()
				}
				last[lang] = doc
			}
			from := ""
			for _, sl := range doc.Slots("reading") {
				if sl.Shown != nil && sl.Shown.Source != nil {
					from = cmp.Or(sl.Shown.Source.Publisher, host(sl.Shown.Source.URL))
				}
			}
			when := textCell("")
			if date != "" {
				when.HTML = q.edtf(date)
			}
			cells := []cell{{HTML: q.linkTo(doc).HTML()}, textCell(x.Version), textCell(q.code("document_type", x.Type)), textCell(q.code("language", lang)), when, textCell(from), against}
			for i := range cells {
				cells[i].Label = t.Heads[i].Label
			}
			t.Rows = append(t.Rows, row{Cells: cells, Sample: doc.Sample()})
			list = append(list, x)
			s.Rows = append(s.Rows, []string{x.Version, x.Title, x.Path, x.Type, x.Language, x.Date, map[bool]string{true: "yes"}[x.Reading != ""], x.Reading})
		}
		if len(t.Rows) > 0 {
			d.Texts = t
		}
		switch n := len(d.Options); {
		case n >= 2 && d.Later == "":
			d.Earlier, d.Later = d.Options[n-2].Value, d.Options[n-1].Value
		case n < 2:
			d.Options, d.None = nil, q.T("versions.too_few")
		}
		title := q.T("versions.of", "title", r.Title(q.Lang))
		return &page{Template: "versions", Title: title, Data: d, Trail: []link{{Text: q.kinds(k), Href: q.href("/" + registry.KindOf(k).Noun)}, d.Of},
			JSON: map[string]any{"of": r.Path(), "texts": list}, CSV: s}, nil
	}
}

// versionName tells a text from the others of its instrument: number, kind, language, date, title.
func (q *request) versionName(d *registry.Record) string {
	var out string
	if v := d.String("version"); v != "" {
		out = q.T("versions.numbered", "n", v) + ", "
	}
	out += lowerFirst(q.code("document_type", d.String("document_type"))) + ", " + q.code("language", d.String("language"))
	if day := dayOf(d); day != "9999-12-31" {
		out += ", " + q.edtfText(string(day))
	}
	return upperFirst(out) + ": " + cut(d.Title(q.Lang), 60)
}

// twoTexts are the two texts that a page sets beside each other: a is the earlier, b the later. What the visitor may not see is as absent.
func (q *request) twoTexts() (a, b *reader, err error) {
	read := func(name string) (*reader, error) {
		address := q.Query.Get(name)
		if address == "" {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("redline.which", "name", name)).WithHint("%s", q.T("redline.which_hint"))
		}
		if t := tokenOf(address); t != "" {
			address = t[len("documents/"):]
		}
		r := exactly(q.View, registry.KindDocument, address)
		if r == nil {
			return nil, registry.Errorf(registry.NotFound, "%s", q.T("error.no_record", "kind", lowerFirst(q.kind(registry.KindDocument)), "address", cut(address, 80)))
		}
		doc, err := q.text(r)
		if err != nil {
			return nil, err
		}
		if doc == nil {
			return nil, registry.Errorf(registry.NotFound, "%s", q.T("redline.no_text", "title", cut(r.Title(q.Lang), 120))).WithHint("%s", q.T("redline.no_text_hint"))
		}
		return q.reader(r, doc), nil
	}
	if a, err = read("a"); err == nil {
		b, err = read("b")
	}
	if err == nil && a.record.ID == b.record.ID {
		err = registry.Errorf(registry.Invalid, "%s", q.T("redline.same")).WithHint("%s", q.T("redline.which_hint"))
	}
	return a, b, err
}

func (q *request) redlineHref(a, b *registry.Record) string {
	return q.href("/redline", "a", a.Address(), "b", b.Address())
}

// indexOf is the place of a provision in a reading; -1 for none.
func indexOf(rd *text.Reading, eid string) int {
	return slices.IndexFunc(rd.Provisions, func(p text.Provision) bool { return p.EID == eid })
}

// versionsLink leads to the drafts and texts of a document's instrument, where there are others.
func (q *request) versionsLink(r *registry.Record) link {
	for _, id := range append(r.Refs("instrument"), r.Refs("negotiation")...) {
		if of := q.View.Record(id); of != nil && len(q.versionsOf(of)) > 1 {
			return link{Text: q.T("pane.versions"), Href: q.href(of.Path() + "/versions")}
		}
	}
	return link{}
}

// versionsOfLink leads from an instrument or a negotiation to its drafts and texts; nil where there are not several.
func (q *request) versionsOfLink(r *registry.Record) *link {
	if r.Kind != registry.KindInstrument && r.Kind != registry.KindNegotiation || len(q.versionsOf(r)) < 2 {
		return nil
	}
	return &link{Text: q.T("versions.open"), Href: q.href(r.Path() + "/versions")}
}
