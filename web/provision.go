package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// provisionPage is /documents/ADDRESS/EID: one provision, its labels with the rules in full, its place, and how to cite it.
type provisionPage struct {
	Document  link
	Lang, Dir string
	Sample    bool
	Title     string
	Above     []link
	Parts     []provisionView // the provision and what it contains
	More      *link           // where it is too long for one page
	Norms     []placedNorms
	NormsMore string // how many are not shown
	Earlier   *earlier
	Family    *link // who else has this wording
	Conflicts *conflictBox
	Rules     []ruleView
	Legend    []legendItem
	Unserved  string
	Previous, Next,
	InText *link
	Cite    string
	CiteAs  link // in other forms
	Clip    link // on a clip list
	Compare link // beside others
	Machine string
	Source  []sourceItem
}

// earlier says that the address named other words in an earlier reading, and where they are now; no links where they are gone.
type earlier struct {
	Says string
	Now  []link
}

// words are the same without links; "" for nothing to say.
func (e *earlier) words() string {
	if e == nil {
		return ""
	}
	says := e.Says
	for _, l := range e.Now {
		says += " " + l.Text
	}
	return says
}

// longProvision is how many bytes of a provision its own page shows.
const longProvision = 40_000

// mostNorms are shown on a provision's page.
const mostNorms = 60

func provision(q *request) (*page, error) {
	r, p, err := q.find(registry.KindDocument)
	if err != nil || p != nil {
		if m, ok := err.(moved); ok {
			return nil, moved{m.to + "/" + q.params["eid"], m.merged}
		}
		return p, err
	}
	doc, err := q.text(r)
	if err != nil {
		return nil, err
	}
	i := -1
	if doc != nil {
		i = slices.IndexFunc(doc.Reading.Provisions, func(p text.Provision) bool { return p.EID == q.params["eid"] })
	}
	if i < 0 {
		return nil, q.earlierProvision(r, doc, q.params["eid"])
	}
	head := q.documentHead(r, doc)
	v := q.reader(r, doc)
	x := doc.Reading.Provisions[i]
	d := &provisionPage{Document: q.linkTo(r), Lang: head.Lang, Dir: head.Dir, Sample: head.Sample, Legend: head.Legend, Unserved: head.Unserved, Machine: head.Machine}
	d.Title = v.provisionTitle(x)
	for up := x.Parent; up >= 0; up = doc.Reading.Provisions[up].Parent {
		a := doc.Reading.Provisions[up]
		d.Above = append([]link{{Text: v.provisionTitle(a), Href: v.permalink(a.EID)}}, d.Above...)
	}
	ps := pieces(doc.Reading)
	size := 0
	for _, pc := range ps {
		if pc.start < x.Start || pc.end > x.End || pc.start == x.End && pc.end == x.End {
			continue
		}
		if size += pc.end - pc.start; size > longProvision {
			d.More = &link{Text: q.T("provision.more"), Href: v.inText(ps, x)}
			break
		}
		d.Parts = append(d.Parts, v.piece(pc))
	}
	total := 0
	if d.Norms, total = v.normsUnder(i, mostNorms); total > mostNorms {
		d.NormsMore = q.T("norm.more", "n", total-mostNorms)
	}
	d.Rules = v.usedRules()
	d.Family, d.Conflicts = q.familyLink(r, x.EID), q.collisionsAt(r, x.EID)
	d.Previous, d.Next = v.sibling(i, -1), v.sibling(i, 1)
	d.InText = &link{Text: q.T("provision.in_text"), Href: v.inText(ps, x)}
	if d.Earlier, err = v.earlier(x.EID); err != nil {
		return nil, err
	}
	c, err := q.citation(r, x.EID)
	if err != nil {
		return nil, err
	}
	d.Cite, d.CiteAs = c.words(q.locale), q.citeLink(r, x.EID)
	d.Clip, d.Compare = q.clipLink(r, x.EID), q.compareLink(r.Path()+"/"+x.EID)
	d.Source = q.sources()
	a := v.machine.Provisions[i]
	checks := slices.DeleteFunc(v.checksJSON(), func(c checkJSON) bool { return c.EID != x.EID })
	return &page{Template: "provision", Title: d.Title + " – " + r.Title(q.Lang), Data: d, Trail: append(q.documentTrail(r), d.Document),
		JSON: map[string]any{"document": r.ID, "path": r.Path() + "/" + x.EID, "eid": x.EID, "kind": x.Kind, "num": x.Num, "heading": x.Heading, "text": doc.Reading.Text[x.Start:x.End], "start": x.Start, "end": x.End, "reading": a, "checks": checks}}, nil
}

// nowAt is where an address that today's reading of a document does not have leads: to the provision that holds what the file itself calls so, or to what
// the provision of an earlier reading became; "" for nowhere. The error says which it is: that its words are gone, or that there never was one.
func (q *request) nowAt(r *registry.Record, doc *projection.Document, eid string) (string, error) {
	if doc != nil && doc.Reading.Addresses[eid] != "" {
		return doc.Reading.Addresses[eid], nil
	}
	s, err := q.reg.Successor(r.ID, eid)
	switch {
	case err != nil:
		return "", err
	case s == nil:
		return "", q.noProvision(r, eid)
	case len(s.EIDs) > 0:
		return s.EIDs[0], nil
	}
	return "", registry.Errorf(registry.NotFound, "%s", q.T("succession.gone", "eid", cut(eid, 60))).WithHint("%s", q.T("succession.gone_hint"))
}

// earlierProvision answers an address that today's reading of a document does not have.
func (q *request) earlierProvision(r *registry.Record, doc *projection.Document, eid string) error {
	now, err := q.nowAt(r, doc, eid)
	if err != nil {
		return err
	}
	return moved{r.Path() + "/" + now, false}
}

// earlier is what an address of today's reading named in an earlier one, where that was something else.
func (v *reader) earlier(eid string) (*earlier, error) {
	s, err := v.reg.Successor(v.record.ID, eid)
	if s == nil || err != nil || len(s.EIDs) == 1 && s.EIDs[0] == eid {
		return nil, err
	}
	e := &earlier{Says: v.T("succession.other_gone")}
	for _, x := range v.doc.Reading.Provisions {
		if slices.Contains(s.EIDs, x.EID) {
			e.Says = v.T("succession.another")
			e.Now = append(e.Now, link{Text: v.provisionTitle(x), Href: v.permalink(x.EID)})
		}
	}
	return e, nil
}

// noProvision answers an address of a provision that the text does not have.
func (q *request) noProvision(r *registry.Record, eid string) error {
	return registry.Errorf(registry.NotFound, "%s", q.T("provision.none", "eid", cut(eid, 60))).WithHint("%s", q.T("provision.none_hint"))
}

// provisionTitle is what to call a provision: its number and heading, else what it is.
func (v *reader) provisionTitle(p text.Provision) string {
	kind := v.T("provision.kind." + string(p.Kind))
	num := p.Num
	if p.Kind == text.KindParagraph {
		num = strings.TrimRight(num, ".")
	}
	t := strings.TrimSpace(num + " " + p.Heading)
	switch {
	case t == "":
		return kind + " (" + p.EID + ")"
	case p.Kind == text.KindArticle && !strings.ContainsFunc(p.Num, isLetter), p.Kind == text.KindParagraph && p.Heading == "", p.Kind == text.KindPoint:
		return kind + " " + t
	}
	return t
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127 }

// inText leads to the provision in its place in the whole text.
func (v *reader) inText(ps []piece, x text.Provision) string {
	starts := paginate(v.doc.Reading, v.doc.Analysis, ps, v.record.Path())
	k := slices.IndexFunc(ps, func(p piece) bool { return p.opens && v.doc.Reading.Provisions[p.prov].EID == x.EID })
	n := 1
	for n < len(starts) && k >= starts[n] {
		n++
	}
	if n == 1 {
		return v.href(v.record.Path()) + "#" + x.EID
	}
	return v.href(v.record.Path(), "page", strconv.Itoa(n)) + "#" + x.EID
}

// sibling is the provision before or after one under the same parent; nil where there is none.
func (v *reader) sibling(i, step int) *link {
	ps := v.doc.Reading.Provisions
	for j := i + step; j >= 0 && j < len(ps); j += step {
		switch {
		case ps[j].Parent == ps[i].Parent:
			return &link{Text: v.provisionTitle(ps[j]), Href: v.permalink(ps[j].EID)}
		case ps[j].Depth < ps[i].Depth:
			return nil
		}
	}
	return nil
}
