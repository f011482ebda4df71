package draftcheck

import (
	"slices"
	"sort"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

// The force of a clause, weakest first. It orders clauses of one topic; it is no grade of a text.
const (
	forceNone   = iota // recalls, recognises, states
	forceHope          // hopes, encourages
	forceOption        // plans, may, is entitled
	forceEffort        // tries
	forceDuty          // must, but not so that a third person could say whether it was done
	forceFirm          // must, precisely
)

// bending are qualifiers that leave it to the bearer, or to money, whether a duty is done.
var bending = []string{"as_appropriate", "to_extent_possible", "if_possible", "discretion", "best_endeavours", "subject_to_funds"}

// forceOf ranks a norm by how firmly it holds its bearer.
func forceOf(n *assay.Norm) int {
	switch n.Best() {
	case assay.Obligation, assay.Prohibition:
		if n.Precise && !slices.ContainsFunc(n.Qualifiers, func(q string) bool { return slices.Contains(bending, q) }) {
			return forceFirm
		}
		return forceDuty
	case assay.Effort:
		return forceEffort
	case assay.Permission, assay.Right, assay.Intention:
		return forceOption
	case assay.Aspiration:
		return forceHope
	}
	return forceNone
}

// place is where a draft says something of a topic.
type place struct {
	prov  int
	norm  *assay.Norm // nil where it stands in a heading, or in words that are no norm
	force int
	span  assay.Span // the words that show the topic
	half  bool       // it shows one half of a topic that has two, and the article it stands in does not show the other
	near  int        // how surely it is about the topic: 2 under a heading that names it, 1 for each further place in the same norm
}

// own says whether what stands there is provided by the text itself: not its preamble, its definitions, its headings or its signatures.
func (p *place) own(an *assay.Analysis) bool {
	if p.norm == nil || p.norm.Opens && p.force == forceNone {
		return false
	}
	switch part := p.norm.Part; part {
	case "preamble", "definition":
		return false
	}
	return an.Provisions[p.prov].EID != "cover"
}

// subjects finds where a text treats topics, and where it speaks against one. What lies in a quotation is left out.
type subjects struct {
	treats, against map[*practice.Topic][]place
}

func findSubjects(rd *text.Reading, an *assay.Analysis, lib *practice.Library, quoted []assay.Span) *subjects {
	s := &subjects{map[*practice.Topic][]place{}, map[*practice.Topic][]place{}}
	find := lib.Finder()
	for i := range rd.Provisions {
		if i >= len(an.Provisions) || rd.Provisions[i].Kind == text.KindSignatures {
			continue
		}
		_, end := ownSpan(rd, i)
		start := rd.Provisions[i].Start
		if start >= end {
			continue
		}
		norms := an.Provisions[i].Norms
		add := func(to, ban map[*practice.Topic][]place, found []practice.Found) {
			for _, f := range found {
				if within(quoted, f.Span) {
					continue
				}
				p := place{prov: i, span: f.Span}
				k := sort.Search(len(norms), func(k int) bool { return norms[k].End > f.Start })
				if k < len(norms) && norms[k].Start <= f.Start {
					p.norm, p.force = &norms[k], asWorded(rd, primary(an.Language), &norms[k], f.Topic)
				}
				if ban != nil && f.Topic.Acts && p.norm != nil && p.norm.Best() == assay.Prohibition {
					ban[f.Topic] = append(ban[f.Topic], p)
					continue
				}
				to[f.Topic] = append(to[f.Topic], p)
			}
		}
		treats, against := find.Treats(rd.Text, start, end), find.Against(rd.Text, start, end)
		treats, turned := turn(rd, norms, treats, find.Turning(rd.Text, start, end))
		treats, against = settle(norms, treats, append(against, turned...))
		add(s.treats, s.against, treats)
		add(s.against, nil, against)
	}
	for topic, places := range s.treats {
		nearer(rd, places)
		if topic.Halves() {
			for i := range places {
				places[i].half = !find.Whole(topic, rd.Text, articleOf(rd, places[i].prov))
			}
		}
		for i := range places {
			if p := &places[i]; p.norm == nil {
				headed(rd, an, topic, p)
			}
		}
	}
	return s
}

// headed gives a topic that stands in the heading of an article, paragraph or item to the firmest norm below the heading: it is what it heads.
func headed(rd *text.Reading, an *assay.Analysis, topic *practice.Topic, p *place) {
	q := rd.Provisions[p.prov]
	if p.span.Start >= q.Body || q.Kind != text.KindArticle && q.Kind != text.KindParagraph && q.Kind != text.KindPoint {
		return
	}
	for i := p.prov; i < len(rd.Provisions) && rd.Provisions[i].Start < q.End; i++ {
		for k := range an.Provisions[i].Norms {
			n := &an.Provisions[i].Norms[k]
			if n.Opens || topic.Acts && n.Best() == assay.Prohibition || forceOf(n) == forceNone || p.norm != nil && forceOf(n) <= p.force {
				continue
			}
			p.prov, p.norm, p.force, p.near = i, n, forceOf(n), 2
		}
	}
}

// nearer says how surely places are about their topic. They are in order of the text.
func nearer(rd *text.Reading, places []place) {
	under := 0 // the end of the provision whose heading named the topic last
	for i := range places {
		p := &places[i]
		if q := rd.Provisions[p.prov]; p.norm == nil && p.span.Start < q.Body {
			under = max(under, q.End)
			continue
		}
		if p.span.Start < under {
			p.near = 2
		}
		if i > 0 && places[i-1].norm != nil && places[i-1].norm == p.norm {
			p.near = places[i-1].near + 1
			for k := i - 1; k >= 0 && places[k].norm == p.norm; k-- {
				places[k].near = p.near
			}
		}
	}
}

// ownSpan is Reading.Own without its search: the next provision is the first child or begins after this one.
func ownSpan(rd *text.Reading, i int) (start, end int) {
	p := rd.Provisions[i]
	end = p.End
	if i+1 < len(rd.Provisions) && rd.Provisions[i+1].Start < end {
		end = rd.Provisions[i+1].Start
	}
	return min(p.Body, end), end
}

// best is the firmest place that the text itself provides; nil where there is none. Among equals the first.
func best(places []place, an *assay.Analysis) *place {
	var out *place
	for i := range places {
		if p := &places[i]; p.own(an) && out != nil && out.half != p.half && min(out.force, p.force) > forceHope {
			if out.half {
				out = p
			}
		} else if p.own(an) && (out == nil || p.force > out.force || p.force == out.force && p.near > out.near) {
			out = p
		}
	}
	return out
}

// articleOf is the span of the article or section in which a provision stands, or of the provision where it stands in none.
func articleOf(rd *text.Reading, i int) assay.Span {
	for k := i; k >= 0; k-- {
		p := rd.Provisions[k]
		if (p.Kind == text.KindArticle || p.Kind == text.KindSection) && p.Start <= rd.Provisions[i].Start && rd.Provisions[i].End <= p.End {
			return assay.Span{Start: p.Start, End: p.End}
		}
	}
	return assay.Span{Start: rd.Provisions[i].Start, End: rd.Provisions[i].End}
}

// within says whether more than half of a span lies in one of the others, which do not overlap and are in order.
func within(spans []assay.Span, s assay.Span) bool {
	k := sort.Search(len(spans), func(i int) bool { return spans[i].End > s.Start })
	if k == len(spans) {
		return false
	}
	lo, hi := max(s.Start, spans[k].Start), min(s.End, spans[k].End)
	return hi > lo && (hi-lo)*2 > s.End-s.Start
}
