package web

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// reusePage is /overlaps/texts: which texts repeat each other, and which wording travelled.
type reusePage struct {
	Toggles  []link
	Of       *link // the work whose texts are compared with all others; nil for all
	All      string
	Count    string
	Compared string
	Common   string // that formulas are left out
	Table    table
	Pager    *pager
	Empty    *emptyState
	Families []familyLine
}

// familyLine is a family of wording under its oldest member.
type familyLine struct {
	Oldest link // the family's page
	Place  string
	When   template.HTML
	In     link // the oldest text
	Count  string
	Words  string // the first of the oldest member's; "" where they are not here
	Lang   string
}

// reuse is whose text repeats whose, of documents that were known on the request's day.
type reuse struct {
	*projection.Reuse
	q *request
}

func (q *request) reuse() (*reuse, error) {
	r, err := q.reg.Reuse()
	if err != nil {
		return nil, err
	}
	return &reuse{r, q}, nil
}

// there says whether a document is seen on the request's day.
func (r *reuse) there(doc int) bool { return r.q.View.Record(r.Records[doc]) != nil }

func (r *reuse) record(doc int) *registry.Record { return r.q.View.Record(r.Records[doc]) }

// name is what to call a text in a list: its instrument and which text of it; by its own title where it is of none.
func (r *reuse) name(doc int) link {
	rec := r.record(doc)
	l := r.q.linkTo(rec)
	w := r.q.View.Record(r.Works[doc])
	if w == nil || w == rec {
		return l
	}
	form := strings.TrimSpace(r.q.codes("document_type", rec.Values("document_type")) + " " + rec.String("version"))
	l.Text = w.Title(r.q.Lang)
	if form != "" {
		l.Text += ", " + lowerFirst(form)
	}
	if lang := rec.String("language"); lang != "" && lang != r.q.Lang {
		l.Text += ", " + r.q.code("language", lang)
	}
	return l
}

// sample says whether a document is a sample, or a text of one.
func (r *reuse) sample(doc int) bool {
	if w := r.q.View.Record(r.Works[doc]); w != nil && w.Sample() {
		return true
	}
	return r.record(doc).Sample()
}

func reuseTexts(q *request) (*page, error) {
	if err := q.known("record", "samples", "versions", "page", "as_of", "lang"); err != nil {
		return nil, err
	}
	for _, name := range []string{"samples", "versions"} {
		if v := q.Query.Get(name); v != "" && v != "show" {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", name, "value", cut(v, 40))).WithHint("%s", q.T("error.one_of", "values", "show"))
		}
	}
	r, err := q.reuse()
	if err != nil {
		return nil, err
	}
	of, err := q.asked("record", registry.KindInstrument, registry.KindNegotiation, registry.KindDocument)
	if err != nil {
		return nil, err
	}
	samples, versions := q.Query.Get("samples") == "show", q.Query.Get("versions") == "show"
	is := func(doc int) bool { return r.Works[doc] == of || r.Records[doc] == of }
	d := reusePage{Toggles: []link{q.toggle("samples", samples, "overlap.texts.samples", "overlap.texts.no_samples"), q.toggle("versions", versions, "overlap.texts.same_work", "overlap.texts.no_same_work")}}
	heads := []head{{Label: q.T("overlap.texts.col.a")}, {Label: q.T("overlap.texts.col.b")}, {Label: q.T("overlap.texts.col.alike")}, {Label: q.T("overlap.texts.col.same"), Numeric: true}}
	csv := &sheet{Columns: []string{"a", "b", "alike_a", "of_a", "alike_b", "of_b", "same"}}
	js := []reuseJSON{}
	ps := slices.DeleteFunc(slices.Clone(r.Pairs), func(p projection.DocumentPair) bool {
		if of != "" {
			return !r.there(p.A) || !r.there(p.B) || is(p.A) == is(p.B)
		}
		return !r.there(p.A) || !r.there(p.B) || !samples && (r.sample(p.A) || r.sample(p.B)) || !versions && r.Works[p.A] == r.Works[p.B]
	})
	slices.SortStableFunc(ps, func(a, b projection.DocumentPair) int { return cmpFloat(r.Share(b), r.Share(a)) })
	if q.Format != "html" { // thousands of treaties repeat each other
		for _, p := range ps {
			j := r.pairJSON(p)
			js = append(js, j)
			csv.Rows = append(csv.Rows, []string{string(j.A), string(j.B), strconv.Itoa(j.AlikeA), strconv.Itoa(j.OfA), strconv.Itoa(j.AlikeB), strconv.Itoa(j.OfB), strconv.Itoa(j.Same)})
		}
	}
	if r.Common > 0 {
		d.Common = q.T("overlap.texts.common", "n", r.Common)
	}
	d.Count, d.Compared = q.T("overlap.texts.count", "n", len(ps)), q.T("overlap.texts.compared", "n", len(r.Records))
	if len(ps) == 0 {
		d.Empty = &emptyState{What: q.T("overlap.texts.none"), Next: q.T("overlap.texts.none_next"), Links: d.Toggles}
	}
	from := 0
	if d.Pager, from, err = q.pagedBy(len(ps), perPage); err != nil {
		return nil, err
	}
	var rows []row
	for _, p := range ps[from:min(from+perPage, len(ps))] {
		j := r.pairJSON(p)
		alike := link{Text: q.T("overlap.texts.alike", "a", j.AlikeA, "na", j.OfA, "b", j.AlikeB, "nb", j.OfB), Href: q.pairHref(j.A, j.B)}
		rw := row{Cells: []cell{{HTML: r.name(p.A).HTML()}, {HTML: r.name(p.B).HTML()}, {HTML: alike.HTML()}, numberCell(q, p.Same)}, Sample: r.sample(p.A)}
		for i := range rw.Cells {
			rw.Cells[i].Label, rw.Cells[i].Numeric = heads[i].Label, heads[i].Numeric
		}
		rows = append(rows, rw)
	}
	d.Table = table{Caption: q.T("overlap.texts.title"), Heads: heads, Rows: rows}
	if of != "" {
		l := q.recordLink(of)
		d.Of, d.All = &l, q.href("/overlaps/texts")
	}
	for _, f := range r.Families {
		if len(d.Families) == mostFamilies || of != "" {
			break
		}
		if l, ok := r.line(f, samples, versions); ok {
			d.Families = append(d.Families, l)
		}
	}
	return &page{Template: "reuse", Title: q.T("overlap.texts.title"), Lede: q.T("overlap.texts.lede"), Data: d, Wide: true, JSON: js, CSV: csv, Trail: q.overlapTrail()}, nil
}

const mostFamilies = 30

// reuseJSON is a pair of texts as data: how many provisions of each have one alike in the other, and of how many.
type reuseJSON struct {
	A      registry.RecordID `json:"a"`
	B      registry.RecordID `json:"b"`
	AlikeA int               `json:"alike_a"`
	OfA    int               `json:"of_a"`
	AlikeB int               `json:"alike_b"`
	OfB    int               `json:"of_b"`
	Same   int               `json:"same"`
}

func (r *reuse) pairJSON(p projection.DocumentPair) reuseJSON {
	return reuseJSON{r.Records[p.A], r.Records[p.B], p.AlikeA, len(r.Units[p.A]), p.AlikeB, len(r.Units[p.B]), p.Same}
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (q *request) overlapTrail() []link {
	return []link{{Text: q.T("nav.overlaps"), Href: q.href("/overlaps")}}
}

// toggle shows or hides something by a parameter.
func (q *request) toggle(name string, on bool, show, hide string) link {
	if on {
		return link{Text: q.T(hide), Href: q.here(name, "", "page", "")}
	}
	return link{Text: q.T(show), Href: q.here(name, "show", "page", "")}
}

// line is a family in a list; ok is false where fewer than two works that may be shown have the wording.
func (r *reuse) line(f overlap.Family, samples, versions bool) (l familyLine, ok bool) {
	works := map[registry.RecordID]bool{}
	n := 0
	oldest := -1
	for i, m := range f.Members {
		if !r.there(m.Place.Doc) || !samples && r.sample(m.Place.Doc) {
			continue
		}
		if oldest < 0 {
			oldest = i
		}
		works[r.Works[m.Place.Doc]] = true
		n++
	}
	if oldest < 0 || len(works) < 2 && (!versions || n < 2) {
		return l, false
	}
	m := f.Members[oldest].Place
	rec := r.record(m.Doc)
	l.In, l.Place, l.When = r.name(m.Doc), upperFirst(r.q.shortPlace(r.Units[m.Doc][m.Unit].EID)), r.when(m.Doc)
	l.Count = r.q.T("overlap.texts.family_count", "n", r.textsOf(f))
	l.Oldest = link{Text: l.Place, Href: r.familyHref(m)}
	if rd, err := r.q.reg.Reading(rec.ID); err == nil && rd != nil {
		u := r.Units[m.Doc][m.Unit]
		l.Words, l.Lang = cut(strings.Join(strings.Fields(rd.Text[u.Start:u.End]), " "), 200), rd.Language
	}
	return l, true
}

// textsOf counts the texts that a family is in.
func (r *reuse) textsOf(f overlap.Family) int {
	in := map[int]bool{}
	for _, m := range f.Members {
		if r.there(m.Place.Doc) {
			in[m.Place.Doc] = true
		}
	}
	return len(in)
}

func (r *reuse) when(doc int) template.HTML {
	if d := r.Dates[doc]; d != "" {
		return r.q.edtf(string(d))
	}
	return template.HTML(template.HTMLEscapeString(r.q.T("overlap.family.undated")))
}

func (r *reuse) familyHref(p overlap.Place) string {
	return r.q.href("/overlaps/family/" + r.record(p.Doc).Address() + "/" + r.Units[p.Doc][p.Unit].EID)
}

// familyLink leads to the family of wording that a provision of a document belongs to; nil where no other text has it.
func (q *request) familyLink(doc *registry.Record, eid string) *link {
	r, err := q.reuse()
	if err != nil {
		return nil
	}
	n, ok := r.Document(doc.ID)
	if !ok {
		return nil
	}
	p, ok := r.Place(n, eid)
	if !ok {
		return nil
	}
	f, ok := r.FamilyOf(p)
	if !ok {
		return nil
	}
	if texts := r.textsOf(r.Families[f]); texts > 1 {
		return &link{Text: q.T("overlap.family.link", "n", texts-1), Href: r.familyHref(p)}
	}
	return nil
}

// familyPage is /overlaps/family/ADDRESS/EID: the tree of a wording over time.
type familyPage struct {
	Title  string
	Lede   string
	Oldest familyLine
	Tree   []branch
	More   string
}

// branch is a member of a family with those that descend from it.
type branch struct {
	When     template.HTML
	Text     link // the document
	Place    link // the two beside each other; for the oldest the provision
	Near     string
	Copies   string
	Here     bool // it is the provision that was asked about
	Children []branch
}

// mostMembers of a family are drawn.
const mostMembers = 150

func family(q *request) (*page, error) {
	q.params["address"] = strings.TrimSpace(q.params["address"])
	rec, p, err := q.find(registry.KindDocument)
	if err != nil || p != nil {
		if m, ok := err.(moved); ok {
			return nil, moved{"/overlaps/family/" + strings.TrimPrefix(m.to, "/documents/") + "/" + q.params["eid"], m.merged}
		}
		return p, err
	}
	q.about = nil // the page is about the wording, not about the document
	r, err := q.reuse()
	if err != nil {
		return nil, err
	}
	none := registry.Errorf(registry.NotFound, "%s", q.T("overlap.pair.nothing")).WithHint("%s", q.T("provision.none_hint"))
	doc, ok := r.Document(rec.ID)
	if !ok {
		return nil, none
	}
	here, ok := r.Place(doc, q.params["eid"])
	if !ok {
		return nil, none
	}
	n, ok := r.FamilyOf(here)
	if !ok {
		return nil, none
	}
	f := r.Families[n]
	line, ok := r.line(f, true, true)
	if !ok {
		return nil, none
	}
	d := familyPage{Title: q.T("overlap.family.title"), Oldest: line, Lede: q.T("overlap.family.lede", "n", len(f.Members), "texts", r.textsOf(f))}
	csv := &sheet{Columns: []string{"document", "eid", "date", "parent_document", "parent_eid", "jaccard"}}
	type memberJSON struct {
		Document registry.RecordID `json:"document"`
		EID      string            `json:"eid"`
		Date     registry.Day      `json:"date,omitempty"`
		Parent   int               `json:"parent"` // its place in the list; -1 for the oldest
		Jaccard  float64           `json:"jaccard,omitempty"`
	}
	var js []memberJSON
	for _, m := range f.Members {
		j := memberJSON{r.Records[m.Place.Doc], r.Units[m.Place.Doc][m.Place.Unit].EID, r.Dates[m.Place.Doc], m.Parent, m.Near}
		rw := []string{string(j.Document), j.EID, string(j.Date), "", "", ""}
		if m.Parent >= 0 {
			up := f.Members[m.Parent].Place
			rw[3], rw[4], rw[5] = string(r.Records[up.Doc]), r.Units[up.Doc][up.Unit].EID, strconv.FormatFloat(m.Near, 'f', 4, 64)
		}
		js, csv.Rows = append(js, j), append(csv.Rows, rw)
	}
	drawn := 0
	d.Tree = r.branches(f, -1, here, &drawn)
	if more := len(f.Members) - drawn; more > 0 {
		d.More = q.T("overlap.family.more", "n", more)
	}
	return &page{Template: "family", Title: d.Title, Data: d, JSON: js, CSV: csv, Trail: append(q.overlapTrail(), link{Text: q.T("overlap.texts.title"), Href: q.href("/overlaps/texts")})}, nil
}

// branches are the members whose parent is the one of that number, with theirs. One that is not seen on the request's day is left out, and its own stand in its place.
func (r *reuse) branches(f overlap.Family, parent int, here overlap.Place, drawn *int) []branch {
	var out []branch
	for i, m := range f.Members {
		if m.Parent != parent || *drawn >= mostMembers {
			continue
		}
		if !r.there(m.Place.Doc) {
			out = append(out, r.branches(f, i, here, drawn)...)
			continue
		}
		*drawn++
		rec, u := r.record(m.Place.Doc), r.Units[m.Place.Doc][m.Place.Unit]
		b := branch{When: r.when(m.Place.Doc), Text: r.name(m.Place.Doc), Here: m.Place == here}
		b.Place = link{Text: upperFirst(r.q.shortPlace(u.EID))}
		if rec.String("reading") != "" {
			b.Place.Href = r.q.href(rec.Path() + "/" + u.EID)
		}
		if parent >= 0 {
			up := f.Members[parent].Place
			b.Near = r.q.T("overlap.family.near", "percent", r.q.share(m.Near))
			b.Place.Href = r.q.href("/overlaps/"+string(r.Records[up.Doc])+"/"+string(rec.ID), "from", r.Units[up.Doc][up.Unit].EID, "to", u.EID)
		}
		if m.Copies > 1 {
			b.Copies = r.q.T("overlap.family.copies", "n", m.Copies)
		}
		b.Children = r.branches(f, i, here, drawn)
		out = append(out, b)
	}
	return out
}
