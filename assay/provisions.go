package assay

import (
	"sort"

	"github.com/openassay/assay/text"
)

// provisions writes the record of each provision from its norms and its children's.
func (a *run) provisions() {
	out := make([]Provision, len(a.provs))
	for i := range a.provs {
		p, w := a.r.Provisions[i], &a.provs[i]
		out[i] = Provision{EID: p.EID, Heading: p.Heading, Start: w.start, End: w.end, Part: w.part, Modality: None,
			Bearer: []string{}, Qualifiers: []string{}, Topics: []string{}, Labels: []Label{}, Norms: []Norm{}}
		if l := a.tongue[i]; l != a.doc {
			out[i].Language = l
		}
		if w.unread != "" {
			out[i].Unreadable = w.unread
			if a.out.Unreadable == nil {
				a.out.Unreadable = map[string]int{}
			}
			a.out.Unreadable[w.unread]++
		}
		if !served[a.tongue[i]] {
			out[i].Modality = ""
		}
		for s := w.first; s < w.last; s++ {
			for _, h := range a.sentHits(s) {
				switch h.rule.Family {
				case familyTopic:
					out[i].Topics = addOnce(out[i].Topics, h.rule.Class)
					a.label(&out[i], h.rule.Class, h)
				case familyPart:
					if a.sents[s].heading && h.rule.Class == w.part {
						a.label(&out[i], h.rule.Class, h)
					}
				case familyPrecision, familyDelegation:
					if w.part != partPreamble && !a.sents[s].heading {
						a.label(&out[i], h.rule.Class, h)
					}
				}
			}
		}
	}
	defer func() { a.lang = a.doc }()
	for k := range a.ns {
		n := &a.ns[k]
		p := &out[n.prov]
		a.lang = a.tongue[n.prov]
		p.Norms = append(p.Norms, a.record(n))
		p.Modality = stronger(p.Modality, n.modality)
		if n.part == partDefinition && p.Part == partOperative && a.provs[n.prov].last-a.provs[n.prov].first == 1 {
			p.Part = partDefinition
		}
		for _, h := range n.main {
			m := a.modality(&h)
			if n.part == partPreamble {
				m = capPreamble(m)
			}
			a.label(p, string(m), h)
		}
		for _, h := range a.sentHits(n.sent) {
			if h.rule.Family == familyQualifier && n.part != partDefinition {
				a.label(p, h.rule.Class, h)
			}
		}
		for _, q := range n.qualifiers {
			p.Qualifiers = addOnce(p.Qualifiers, q)
		}
		for _, b := range n.bearer {
			p.Bearer = addOnce(p.Bearer, b)
		}
	}
	a.link(out)
	a.roll(out)
	for i := range out {
		sort.SliceStable(out[i].Labels, func(x, y int) bool { return out[i].Labels[x].Start < out[i].Labels[y].Start })
		if len(out[i].Bearer) > 1 { // somebody is named after all
			out[i].Bearer = without(out[i].Bearer, bearerNone)
		}
	}
	a.out.Provisions = out
}

// link joins each norm to its record and to the topics of the headings above it.
func (a *run) link(out []Provision) {
	heads := make([][]string, len(a.provs))
	k := 0
	for i := range a.provs {
		w := &a.provs[i]
		if w.parent >= 0 {
			heads[i] = heads[w.parent]
		}
		for s := w.first; s < w.last && a.sents[s].heading; s++ {
			for _, h := range a.sentHits(s) {
				if h.rule.Family == familyTopic {
					heads[i] = addOnce(heads[i], h.rule.Class)
				}
			}
		}
		for j := range out[i].Norms {
			a.ns[k].out, a.ns[k].heads = &out[i].Norms[j], heads[i]
			k++
		}
	}
}

// roll hands modality up to every container, and bearers, topics and qualifiers up to the article.
func (a *run) roll(out []Provision) {
	for i := len(out) - 1; i >= 0; i-- {
		up := a.provs[i].parent
		if up < 0 {
			continue
		}
		p, q := &out[up], &out[i]
		p.Modality = stronger(p.Modality, q.Modality)
		switch a.r.Provisions[up].Kind {
		case text.KindArticle, text.KindParagraph, text.KindPoint:
			for _, t := range q.Topics {
				p.Topics = addOnce(p.Topics, t)
			}
			for _, b := range q.Bearer {
				p.Bearer = addOnce(p.Bearer, b)
			}
			for _, c := range q.Qualifiers {
				p.Qualifiers = addOnce(p.Qualifiers, c)
			}
		}
	}
}

func (a *run) label(p *Provision, class string, h hit) {
	start, end := a.span(h.from, h.to)
	p.Labels = append(p.Labels, Label{class, h.rule.Code, start, end})
}

func without(list []string, s string) []string {
	out := []string{}
	for _, x := range list {
		if x != s {
			out = append(out, x)
		}
	}
	return out
}
