package web

import (
	"slices"
	"strings"

	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// wording shows at a glance how strongly the provisions of an instrument's text are worded; the reader shows the words.
type wording struct {
	Document link
	Items    []wordingItem
	More     *link // where there are more provisions than are shown
	Legend   []legendItem
	Ladders  []ladderView
	Tally    *figure
	Unserved string
}

// wordingItem is a provision with the form of its strongest words and what that form is called.
type wordingItem struct {
	outlineItem
	Strength string
	Topics   []string
}

const fewProvisions = 60

// wording reads the text that speaks for the instrument: the final one before others, in the reader's language before others. Nil where
// no text is here.
func (q *request) wording(r *registry.Record) *wording {
	for _, d := range q.speaking(r) {
		doc, err := q.reg.Document(d.ID)
		if err == nil && doc == nil && d.String("document_type") == "final" { // read, but not kept here
			if t, err := q.textless(d); err == nil && t != nil {
				w := &wording{Document: q.linkTo(d), Legend: t.Legend, Ladders: t.Ladders, Tally: t.Tally}
				w.Items = t.Items[:min(len(t.Items), fewProvisions)]
				if n := len(t.Items) - len(w.Items); n > 0 {
					w.More = &link{Text: q.T("wording.more", "n", n), Href: w.Document.Href}
				}
				for i := range w.Items {
					w.Items[i].Href = w.Document.Href
				}
				return w
			}
		}
		if err != nil || doc == nil {
			continue
		}
		v := q.reader(d, doc)
		w := &wording{Document: q.linkTo(d), Legend: q.strengthLegend(), Ladders: v.ladders(), Tally: v.tally()}
		if doc.Analysis.Unsupported != "" {
			w.Unserved = q.T("document.unserved", "language", q.code("language", base(doc.Analysis.Unsupported)))
			return w
		}
		ps := pieces(doc.Reading)
		for _, it := range v.outline(ps, paginate(doc.Reading, doc.Analysis, ps, d.Path()), 0) {
			i := slices.IndexFunc(w.Legend, func(l legendItem) bool { return l.Form == it.Form })
			x := wordingItem{outlineItem: it}
			if i >= 0 && it.Form != "none" {
				x.Strength = w.Legend[i].Label
			}
			w.Items = append(w.Items, x)
		}
		if n := len(w.Items) - fewProvisions; n > 0 {
			w.Items = w.Items[:fewProvisions]
			w.More = &link{Text: q.T("wording.more", "n", n), Href: w.Document.Href}
		}
		return w
	}
	return nil
}

// speaking are the texts of an instrument, first the one that speaks for it: the final one before others, in the reader's language before others.
func (q *request) speaking(r *registry.Record) []*registry.Record {
	rank := func(d *registry.Record) int {
		n := 0
		switch d.String("document_type") {
		case "final":
		case "redacted":
			n = 10
		default:
			n = 20
		}
		switch d.String("language") {
		case q.Lang:
		case "en":
			n++
		default:
			n += 2
		}
		return n
	}
	docs := slices.Clone(q.View.Referring(r.ID, registry.KindDocument, "instrument"))
	slices.SortStableFunc(docs, func(a, b *registry.Record) int { return rank(a) - rank(b) })
	return docs
}

// place is what to call a provision of a document by its eId, with what it stands in; the eId itself where the text is not here.
func (q *request) place(d *registry.Record, eid string) string {
	doc, err := q.reg.Document(d.ID)
	if err != nil || doc == nil {
		return eid
	}
	return q.reader(d, doc).placeOf(doc, eid)
}

func (v *reader) placeOf(doc *projection.Document, eid string) string {
	ps := doc.Reading.Provisions
	i := slices.IndexFunc(ps, func(p text.Provision) bool { return p.EID == eid })
	if i < 0 {
		return eid
	}
	var names []string
	for ; i >= 0 && len(names) < 3; i = ps[i].Parent {
		name := v.provisionTitle(ps[i])
		if ps[i].Num+ps[i].Heading == "" {
			name = v.T("provision.kind." + string(ps[i].Kind))
		}
		names = append(names, cut(name, 60))
	}
	slices.Reverse(names)
	return strings.Join(names, ", ")
}

// passage leads to the provision that a locator of the form DOCUMENT/EID names; nil for other locators.
func (q *request) passage(locator string) *link {
	id, eid, ok := strings.Cut(locator, "/")
	if !ok || registry.RecordID(id).Kind() != registry.KindDocument {
		return nil
	}
	d := q.View.Record(registry.RecordID(id))
	if d == nil {
		return nil
	}
	return &link{Text: q.place(d, eid), Href: q.href(d.Path() + "/" + eid)}
}
