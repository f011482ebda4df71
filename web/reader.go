package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// reader turns a document into what the reader shows.
type reader struct {
	*request
	record  *registry.Record
	doc     *projection.Document // its analysis takes people's word in where it can
	machine *assay.Analysis      // the machine's own
	said    map[string]bool      // the provisions of which people said something
	led     map[string][]string  // what provisions of earlier readings became, once it was asked
	behind  bool                 // they did, and what rests on it is still the machine's alone
	rules   *assay.Rules
	used    map[string]bool
	plain   bool       // no marks
	hits    []hitPlace // of words that were looked for, on the page in view

	variant  string               // the reading of a draft that is in view instead of the accepted one; "" for that
	accepted *projection.Document // where another is in view
	places   map[string]string    // where its provisions are, once it was asked
}

func (q *request) reader(r *registry.Record, doc *projection.Document) *reader {
	rules, err := assay.LoadRules()
	if err != nil {
		rules = nil // the labels stay; only their definitions cannot be told
	}
	v := &reader{request: q, record: r, doc: doc, rules: rules, used: map[string]bool{}}
	if doc != nil {
		v.machine = doc.Analysis
		v.followPeople()
	}
	return v
}

// permalink is the lasting address of a provision.
func (v *reader) permalink(eid string) string {
	if v.variant != "" {
		return v.placeOfVariant(eid)
	}
	return v.href(v.record.Path() + "/" + eid)
}

// piece is a piece of the text with its marks and, where its provision begins, its labels.
func (v *reader) piece(x piece) provisionView {
	p, a := v.doc.Reading.Provisions[x.prov], v.doc.Analysis.Provisions[x.prov]
	out := provisionView{EID: p.EID, Depth: min(p.Depth, 5), Permalink: v.permalink(p.EID), Opens: x.opens}
	start := x.start
	m, either := v.own(x.prov)
	if out.Form = strengthForm(m); either != nil {
		out.Form = "undecided"
	}
	if x.opens {
		written := ""
		if p.Body > start && p.Body <= x.end {
			written = strings.Join(strings.Fields(v.words(p.Start, p.Body)), " ")
		}
		out.Num, out.Heading = p.Num, p.Heading
		if p.Heading != "" || p.Kind != text.KindParagraph && p.Kind != text.KindPoint && p.Kind != text.KindRecital {
			out.Level = min(3+p.Depth, 6)
			switch {
			case p.Num+p.Heading == "":
				out.Heading = v.T("provision.kind." + string(p.Kind))
			case written != "": // number and heading as the text has them
				out.Num, out.Heading = "", written
			}
		} else if written != "" {
			out.Num = written
		}
		if p.Body > start && p.Body <= x.end {
			if runs := v.tracked(v.breaks(v.markHits([]markedRun{{Text: v.words(p.Start, p.Body)}}, p.Start), p.Start), p.Start); len(runs) > 1 || runs[0].Found || runs[0].Op != "" {
				out.Head = runs
			}
			start = p.Body
		}
		if !v.plain {
			v.describe(&out, a, m, either)
		}
	}
	if v.plain {
		out.Form = "none"
	}
	out.Paragraphs = v.marked(start, x.end, a)
	out.Remarks, out.RemarksMore = v.remarks(x.start, x.end)
	if len(out.Paragraphs) == 0 { // a heading alone: what it says stands on the provision's own page
		out.Strength, out.Bearers, out.Qualifiers, out.Person, out.Topics, out.Why, out.Form = "", "", "", "", nil, nil, "none"
	}
	return out
}

// describe fills in what the reading says of a provision and why.
func (v *reader) describe(out *provisionView, a assay.Provision, m assay.Modality, either []assay.Modality) {
	out.Person = v.personSays(a)
	switch {
	case m == "":
		out.Unread = true
	case m != assay.None:
		out.Strength = v.T("strength." + string(m))
		if either != nil {
			out.Strength = v.T("norm.undecided") + " " + v.either(either)
		}
		var who []string
		for _, b := range a.Bearer {
			who = append(who, v.bearer(b))
		}
		out.Bearers = strings.Join(who, ", ")
	}
	var quals []string
	for _, c := range a.Qualifiers {
		quals = append(quals, lowerFirst(v.classLabel(c)))
	}
	out.Qualifiers = strings.Join(quals, ", ")
	for _, t := range a.Topics {
		out.Topics = append(out.Topics, v.classLabel(t))
	}
	for _, l := range a.Labels {
		v.used[l.Rule] = true
		out.Why = append(out.Why, whyView{v.classLabel(l.Class), cut(strings.Join(strings.Fields(v.words(l.Start, l.End)), " "), 120), l.Rule, "#rule-" + l.Rule})
	}
}

// words is text[start:end], nothing where the span does not fit the text.
func (v *reader) words(start, end int) string {
	if t := v.doc.Reading.Text; start >= 0 && start <= end && end <= len(t) {
		return t[start:end]
	}
	return ""
}

// shortPlace is where a provision stands, in words: art. 2, para. 1 (a).
func (q *request) shortPlace(eid string) string { return q.locale.place(eid) }

// place is an address within a text in words; as it is where a part of it has no word.
func (l *locale) place(eid string) string {
	var out []string
	for _, part := range strings.Split(eid, "__") {
		kind, n, _ := strings.Cut(part, "_")
		if kind == "list" && n != "" { // in addresses that other publishers gave: a list is named by its points
			continue
		}
		w, ok := l.find("place." + kind)
		if !ok {
			return eid
		}
		w = strings.ReplaceAll(w, "{n}", strings.ReplaceAll(n, "_", " "))
		if kind == "point" && len(out) > 0 {
			out[len(out)-1] += " " + w
			continue
		}
		out = append(out, strings.TrimSpace(w))
	}
	return strings.Join(out, ", ")
}

// bearer is who bears a norm, in words.
func (v *reader) bearer(b string) string {
	if w, ok := v.locale.find("bearer." + b); ok {
		return w
	}
	return v.recordLink(registry.RecordID("pty_" + b)).Text
}

// classLabel is what a class of labels is called: a strength, a qualifier, a topic, a detail.
func (q *request) classLabel(class string) string {
	if isModality(class) {
		return q.T("strength." + class)
	}
	if w, ok := q.locale.find("label." + class); ok {
		return w
	}
	return upperFirst(strings.ReplaceAll(class, "_", " "))
}

// marked cuts text[start:end] into paragraphs of runs. Evidence of the legal nature is marked before strengths, strengths before the rest;
// topics are told beside the text and not marked in it.
func (v *reader) marked(start, end int, a assay.Provision) [][]markedRun {
	if v.plain {
		return paragraphs(v.tracked(v.breaks(v.markHits([]markedRun{{Text: v.words(start, end)}}, start), start), start))
	}
	var spans []span
	for _, e := range v.doc.Analysis.Instrument.LegalNature.Evidence {
		if e.Start < end && start < e.End {
			spans = append(spans, span{e.Start, e.End, "evidence", e.Rule})
		}
	}
	for _, strong := range []bool{true, false} {
		for _, l := range a.Labels {
			if isModality(l.Class) == strong && !slices.Contains(a.Topics, l.Class) && l.Start < end && start < l.End {
				class := "detail"
				if strong {
					l.Class = v.markedAs(a.EID, a.Norms, l)
					class = strengthForm(assay.Modality(l.Class))
				} else if slices.Contains(a.Qualifiers, l.Class) {
					class = "qualifier"
				}
				spans = append(spans, span{l.Start, l.End, class, l.Class})
			}
		}
	}
	var rs []markedRun
	for _, r := range runs(v.doc.Reading.Text, start, end, spans) {
		m := markedRun{Text: r.Text, Class: r.Class}
		switch {
		case r.Class == "evidence":
			m.Title = v.T("document.evidence")
		case r.Class != "":
			m.Title = v.classLabel(r.Rule)
		}
		rs = append(rs, m)
	}
	return paragraphs(v.tracked(v.breaks(v.markHits(rs, start), start), start))
}

// usedRules are the rules that gave the labels seen so far, by code.
func (v *reader) usedRules() []ruleView {
	var out []ruleView
	for code := range v.used {
		r := ruleView{Code: code}
		if v.rules != nil {
			if x := v.rules.Rule(code); x != nil {
				r = v.ruleView(x)
			}
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b ruleView) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

func (q *request) ruleView(r *assay.Rule) ruleView {
	return ruleView{r.Code, upperFirst(cmp.Or(r.Label[q.Lang], r.Label["en"])), r.Definition, r.Source}
}

// natureLines are the three levels of the legal nature with their evidence.
func (v *reader) natureLines() []natureLine {
	if v.doc.Analysis.Unsupported != "" {
		return nil
	}
	n := v.doc.Analysis.Instrument.LegalNature
	var out []natureLine
	for _, x := range []struct{ level, says string }{{"stated", n.Stated}, {"read", n.Read}, {"inferred", n.Inferred}} {
		l := natureLine{Level: v.code("nature_basis", x.level), Says: v.code("legal_nature", x.says)}
		for _, e := range n.Evidence {
			if (e.Level == x.level || e.Level == "except" && x.level == "stated") && len(l.Evidence) < 4 {
				l.Evidence = append(l.Evidence, quote{cut(strings.Join(strings.Fields(e.Text), " "), 240), v.placeOf(v.doc, e.EID), v.permalink(e.EID)})
			}
		}
		if x.level == "stated" {
			l.Unclear = n.ExceptUnclear
			for _, eid := range n.Except {
				l.Except = append(l.Except, link{Text: v.shortPlace(eid), Href: v.permalink(eid)})
			}
		}
		out = append(out, l)
	}
	return out
}

// ladders are the three graded judgements with the provisions they rest on.
func (v *reader) ladders() []ladderView {
	if v.doc.Analysis.Unsupported != "" {
		return nil
	}
	in := v.doc.Analysis.Instrument
	var out []ladderView
	for _, x := range []struct {
		name string
		assay.Ladder
	}{{"obligation", in.Ladders.Obligation}, {"precision", in.Ladders.Precision}, {"delegation", in.Ladders.Delegation}} {
		l := ladderView{Name: v.T("ladder." + x.name), Level: x.Level, Of: 3, Machine: v.machineLevel(x.name, x.Level)}
		args := make([]any, 0, 2*len(x.Params))
		for k, n := range x.Params {
			args = append(args, k, n)
		}
		l.Why = v.T("ladder.why."+x.Why, args...)
		for _, eid := range x.Basis {
			l.Basis = append(l.Basis, link{Text: v.shortPlace(eid), Href: v.permalink(eid)})
		}
		out = append(out, l)
	}
	return out
}

const outlineMax = 110

// outline lists the provisions that have a heading or number down to articles; where they are many, only the current page's in full and the
// first of each other page.
func (v *reader) outline(ps []piece, starts []int, now int) []outlineItem {
	r := v.doc.Reading
	var all []outlineItem
	n := 1
	for k, x := range ps {
		for n < len(starts) && k >= starts[n] {
			n++
		}
		p := r.Provisions[x.prov]
		if !x.opens || p.Kind == text.KindPoint || p.Kind == text.KindRecital || p.Kind == text.KindParagraph && p.Heading == "" || p.Depth > 3 {
			continue
		}
		words := strings.TrimSpace(p.Num + " " + p.Heading)
		if p.Num+p.Heading == "" {
			words = v.T("provision.kind." + string(p.Kind))
		}
		it := outlineItem{Text: cut(words, 70), Depth: p.Depth, Form: strengthForm(v.doc.Analysis.Provisions[x.prov].Modality), Href: "#" + p.EID}
		if n != now {
			it.Page = n
			it.Href = v.href(v.record.Path(), "page", strconv.Itoa(n)) + "#" + p.EID
		}
		all = append(all, it)
	}
	if len(all) <= outlineMax {
		return all
	}
	var out []outlineItem
	last := 0
	for _, it := range all {
		if it.Page == 0 || it.Depth == 0 || it.Page != last {
			out = append(out, it)
		}
		last = it.Page
	}
	if len(out) > outlineMax {
		out = slices.DeleteFunc(out, func(it outlineItem) bool { return it.Page != 0 && it.Depth > 0 })
	}
	return out[:min(len(out), outlineMax)]
}
