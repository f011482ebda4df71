package web

import (
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// textless is what is shown of a text that is read but not kept here: strength by place, without its words.
type textless struct {
	Where   *link // where the text is
	Whole   link  // to what the text binds as a whole
	Nature  []natureLine
	Ladders []ladderView
	Tally   *figure
	Items   []wordingItem
	More    string
	Legend  []legendItem
	Machine string
}

// mostPlaces of a text without words are listed.
const mostPlaces = 200

// textless is the reading of a document whose text is not here; nil where it was not read either.
func (q *request) textless(r *registry.Record) (*textless, error) {
	if r.String("reading") != "" || r.String("analysis") == "" {
		return nil, nil
	}
	an, err := q.reg.Analysis(r.ID)
	if registry.CodeOf(err) == registry.NotFound { // its blob was lost; the doctor says so
		return nil, nil
	}
	if an == nil || err != nil {
		return nil, err
	}
	v := q.reader(r, &projection.Document{Record: r, Reading: skeleton(an), Analysis: an})
	d := &textless{Legend: q.strengthLegend(), Whole: q.wholeLink(r), Nature: v.natureLines(), Ladders: v.ladders(), Tally: v.tally(),
		Machine: q.T("textless.machine", "engine", an.Engine, "rules", cut(an.Rules, 9))}
	for i := range d.Nature { // there are no words to lead to
		for j, e := range evidenceOf(an, i) {
			if j < len(d.Nature[i].Evidence) {
				d.Nature[i].Evidence[j] = quote{Place: q.shortPlace(e.EID)}
			}
		}
	}
	for i := range d.Ladders {
		for j := range d.Ladders[i].Basis {
			d.Ladders[i].Basis[j].Href = ""
		}
	}
	if urls := r.Values("website"); len(urls) > 0 {
		d.Where = &link{Text: host(urls[0]), Href: urls[0]}
	}
	for i, p := range an.Provisions {
		m, either := v.own(i)
		if m == assay.None || m == "" {
			continue
		}
		if len(d.Items) == mostPlaces {
			d.More = q.T("textless.more")
			break
		}
		it := wordingItem{Strength: q.T("strength." + string(m))}
		it.Text, it.Form = upperFirst(q.shortPlace(p.EID)), strengthForm(m)
		if either != nil {
			it.Strength, it.Form = q.T("norm.undecided")+" "+v.either(either), "undecided"
		}
		for _, t := range p.Topics {
			it.Topics = append(it.Topics, q.classLabel(t))
		}
		d.Items = append(d.Items, it)
	}
	return d, nil
}

// evidenceOf is what the level of a line of natureLines rests on.
func evidenceOf(an *assay.Analysis, line int) []assay.Evidence {
	var out []assay.Evidence
	for _, e := range an.Instrument.LegalNature.Evidence {
		if e.Level == []string{"stated", "read", "inferred"}[line] {
			out = append(out, e)
		}
	}
	return out
}

// skeleton is a reading without a word: the places that the analysis names, in their order.
func skeleton(an *assay.Analysis) *text.Reading {
	rd := &text.Reading{Title: an.Title, Language: an.Language}
	at := map[string]int{}
	for i, p := range an.Provisions {
		parent := -1
		if k := strings.LastIndex(p.EID, "__"); k > 0 {
			if j, ok := at[p.EID[:k]]; ok {
				parent = j
			}
		}
		at[p.EID] = i
		rd.Provisions = append(rd.Provisions, text.Provision{EID: p.EID, Parent: parent, Depth: strings.Count(p.EID, "__"), Start: p.Start, End: p.End})
	}
	return rd
}
