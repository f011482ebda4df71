package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// normView is what a sentence or an item of a list does: its words and, in words, all that the reading says of it.
type normView struct {
	Lead, Words string // the lead-ins it is read with; its own words
	Lang        string // where it is not the page's
	Form        string
	Strength    string
	Either      string // of an undecided norm: the other reading
	Facts       []normFact
	Sure        string // how sure the reading is
	Rules       []link
	Check, Who  *checkView // what people said of its force and of who bears it; nil where nothing can be checked
}

// normFact is a line under a norm: who, for whom, when, how much.
type normFact struct {
	Label string
	Items []link
}

// mostWords of a norm are shown, bytes; what is longer is a table or badly cut.
const mostWords = 1200

// norms are the views of a provision's norms. Words are those of the reading.
func (v *reader) norms(p assay.Provision) []normView {
	return v.normsFrom(p, 0)
}

// normsFrom are those that begin at an offset of the text or after it.
func (v *reader) normsFrom(p assay.Provision, from int) []normView {
	var out []normView
	for i := range p.Norms {
		n := v.checkedNorm(p.EID, p.Norms[i])
		if n.Start < from || n.Best() == assay.None && v.normSlot("norm_check", p.EID, &n) == nil {
			continue
		}
		x := v.norm(&n)
		if x.Check, x.Who = v.checkNorm(p.EID, i, &p.Norms[i]); x.Check != nil && x.Check.Says != "" {
			x.Sure = "" // the machine's was of its own reading
		}
		out = append(out, x)
	}
	return out
}

func (v *reader) norm(n *assay.Norm) normView {
	x := normView{Words: cut(v.flat(n.Start, n.End), mostWords), Form: strengthForm(n.Best()), Lang: v.doc.Reading.Language}
	if l := n.Language; l != "" {
		x.Lang = l
	}
	var leads []string
	for _, s := range n.Lead {
		leads = append(leads, v.flat(s.Start, s.End))
	}
	x.Lead = cut(strings.Join(leads, " "), 400)
	x.Strength = v.normStrength(n)
	switch {
	case n.Modality == assay.Undecided && len(n.Either) == 2:
		x.Form, x.Either = "undecided", v.either(n.Either)
	case n.Modality == "":
		x.Form = "unread"
	}
	x.Facts = v.normFacts(n)
	if n.Modality != "" && n.Confidence > 0 {
		x.Sure = v.T("norm.sure", "percent", strconv.Itoa(int(n.Confidence*100+.5)))
	}
	for _, code := range n.Rules {
		v.used[code] = true
		x.Rules = append(x.Rules, link{Text: code, Href: "#rule-" + code})
	}
	return x
}

// normStrength is how firmly a norm holds, in words.
func (v *reader) normStrength(n *assay.Norm) string {
	switch {
	case n.Modality == assay.Undecided && len(n.Either) == 2:
		return v.T("norm.undecided")
	case n.Modality == "":
		return v.T("norm.unserved")
	}
	return v.strengthWord(string(n.Modality))
}

// either are the two readings between which the machine does not decide.
func (v *reader) either(ms []assay.Modality) string {
	return v.T("norm.either", "first", lowerFirst(v.T("strength."+string(ms[0]))), "second", lowerFirst(v.T("strength."+string(ms[1]))))
}

func (v *reader) normFacts(n *assay.Norm) []normFact {
	var out []normFact
	add := func(key string, items []link) {
		if len(items) > 0 {
			out = append(out, normFact{v.T("norm." + key), items})
		}
	}
	quotes := func(spans []assay.Span) []link {
		var ls []link
		for _, s := range spans {
			ls = append(ls, link{Text: "“" + cut(v.flat(s.Start, s.End), 160) + "”", Lang: n.Language})
		}
		return ls
	}
	classes := func(codes []string) []link {
		var ls []link
		for _, c := range codes {
			ls = append(ls, link{Text: v.ruleClass(c)})
		}
		return ls
	}
	who := func(codes []string) []link {
		var ls []link
		for _, c := range codes {
			ls = append(ls, link{Text: v.bearer(c)})
		}
		return ls
	}
	add("bearer", who(n.Bearer))
	add("beneficiary", who(n.Beneficiary))
	if len(n.Also) > 0 {
		var ls []link
		for _, m := range n.Also {
			ls = append(ls, link{Text: v.T("strength." + string(m))})
		}
		add("also", ls)
	}
	add("qualifiers", classes(n.Qualifiers))
	add("conditions", quotes(n.Conditions))
	deadlines := n.Deadlines
	if len(deadlines) == 0 && n.Deadline != nil {
		deadlines = []assay.Deadline{*n.Deadline}
	}
	var ls []link
	for _, d := range deadlines {
		ls = append(ls, link{Text: v.deadline(d)})
	}
	add("deadline", ls)
	quantities := n.Quantities
	if len(quantities) == 0 && n.Quantity != nil {
		quantities = []assay.Quantity{*n.Quantity}
	}
	ls = nil
	for _, x := range quantities {
		ls = append(ls, link{Text: v.normQuantity(x)})
	}
	add("quantity", ls)
	add("standards", classes(n.Standards))
	add("bodies", quotes(n.Bodies))
	add("reporting", classes(n.Reporting))
	ls = nil
	for _, r := range n.References {
		words := "“" + cut(v.flat(r.Start, r.End), 80) + "”"
		switch {
		case r.EID != "":
			ls = append(ls, link{Text: words, Href: v.ownPage(r.EID), Note: v.shortPlace(r.EID)})
		case r.Name == "other" || r.Name == "":
			ls = append(ls, link{Text: words})
		case r.Name != "self" && !slices.Contains(n.Standards, r.Name):
			ls = append(ls, link{Text: v.ruleClass(r.Name)})
		}
	}
	add("references", ls)
	add("topics", classes(n.Topics))
	if n.Precise && slices.Contains([]assay.Modality{assay.Obligation, assay.Prohibition, assay.Effort, assay.Intention}, n.Best()) {
		add("precise", []link{{Text: v.T("norm.precise_yes")}})
	}
	return out
}

// ownPage is the address of a provision; "" for one of a text that is no document here.
func (v *reader) ownPage(eid string) string {
	if v.record == nil {
		return ""
	}
	return v.permalink(eid)
}

// ruleClass is what a class of a rule is called: the catalogue's word, else the label of a rule that gives it.
func (v *reader) ruleClass(class string) string {
	if w, ok := v.locale.find("label." + class); ok {
		return w
	}
	if v.rules != nil {
		for _, r := range v.rules.Rules {
			if r.Class == class && r.Label["en"] != "" {
				return upperFirst(v.ruleView(r).Label)
			}
		}
	}
	return upperFirst(strings.ReplaceAll(class, "_", " "))
}

// deadline is a time by which something is owed, in words.
func (v *reader) deadline(d assay.Deadline) string {
	switch {
	case d.Date != "":
		return v.T("norm.by", "date", v.edtfText(d.Date))
	case strings.HasPrefix(d.Period, "R/"):
		if w, ok := v.locale.find("norm.each." + d.Period[2:]); ok {
			return w
		}
		return v.T("norm.every", "period", v.period(d.Period[2:]))
	}
	from := ""
	if d.From != "" {
		from = d.From
		if w, ok := v.locale.find("norm.from." + d.From); ok {
			from = w
		}
	}
	switch {
	case from == "":
		return v.T("norm.within", "period", v.period(d.Period))
	case d.Before:
		return v.T("norm.before", "period", v.period(d.Period), "from", from)
	}
	return v.T("norm.within_of", "period", v.period(d.Period), "from", from)
}

// period is an ISO 8601 period of one unit in words; one that is not known stays as it is.
func (l *locale) period(p string) string {
	if len(p) < 3 || p[0] != 'P' {
		return p
	}
	body, prefix := p[1:], ""
	if body[0] == 'T' {
		body, prefix = body[1:], "T"
	}
	n, err := strconv.Atoi(body[:len(body)-1])
	key := "norm.period." + prefix + body[len(body)-1:]
	if _, known := l.find(key + ".other"); err != nil || !known {
		return p
	}
	return l.T(key, "n", n)
}

func (v *reader) normQuantity(x assay.Quantity) string {
	s := v.group(strconv.FormatFloat(x.Value, 'f', -1, 64))
	if x.Unit == "%" {
		s += " %"
	} else if x.Unit != "" {
		s += " " + x.Unit
	}
	switch x.Bound {
	case "min", "max", "above", "below":
		return v.T("norm.bound."+x.Bound, "quantity", s)
	}
	return s
}

// flat is a span's words in one line.
func (v *reader) flat(start, end int) string {
	return strings.Join(strings.Fields(v.words(start, end)), " ")
}

// normsUnder are the norms of a provision and of what it contains, each with its place; at most most of them, and how many there are.
func (v *reader) normsUnder(i, most int) (out []placedNorms, total int) {
	ps := v.doc.Reading.Provisions
	for j := i; j < len(ps) && (j == i || ps[j].Depth > ps[i].Depth); j++ {
		ns := v.norms(v.doc.Analysis.Provisions[j])
		total += len(ns)
		if room := most - countNorms(out); len(ns) > room {
			ns = ns[:max(room, 0)]
		}
		if len(ns) > 0 {
			out = append(out, placedNorms{link{Text: v.placeOfNorms(ps[j]), Href: v.permalink(ps[j].EID)}, ns})
		}
	}
	return out, total
}

func (v *reader) placeOfNorms(p text.Provision) string {
	if s := v.shortPlace(p.EID); s != p.EID {
		return upperFirst(s)
	}
	return v.provisionTitle(p)
}

// placedNorms are the norms of one provision under its name.
type placedNorms struct {
	Place link
	Norms []normView
}

func countNorms(ps []placedNorms) int {
	n := 0
	for _, p := range ps {
		n += len(p.Norms)
	}
	return n
}
