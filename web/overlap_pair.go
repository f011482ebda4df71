package web

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/overlap/framework"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// overlapPair is /overlaps/A/B: two texts, or two frameworks, beside each other.
func overlapPair(q *request) (*page, error) {
	var rs [2]*registry.Record
	for i, name := range []string{"a", "b"} {
		id := registry.RecordID(q.params[name])
		rs[i] = q.View.Record(id)
		if rs[i] == nil {
			return nil, registry.Errorf(registry.NotFound, "%s", q.T("error.not_found"))
		}
	}
	if rs[0] != rs[1] && rs[0].Kind == registry.KindDocument && rs[1].Kind == registry.KindDocument {
		return q.textPair(rs[0], rs[1])
	}
	p, ok := q.frames().set.Pair(rs[0].ID, rs[1].ID)
	if !ok {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("error.not_found"))
	}
	return q.framePair(p)
}

// framePairPage is two frameworks beside each other.
type framePairPage struct {
	A, B    link
	Grade   string
	About   string
	Open    bool
	Reasons []template.HTML
	Unknown string
	Table   table
	Texts   []link
	NoTexts bool
}

func (q *request) framePair(p framework.Pair) (*page, error) {
	if err := q.known("as_of", "lang"); err != nil {
		return nil, err
	}
	a, b := p.A.Record, p.B.Record
	d := framePairPage{A: q.linkTo(a), B: q.linkTo(b), Grade: q.T("overlap.grade." + string(p.Grade)), Open: p.Open, Reasons: q.reasons(p)}
	d.About = q.T("overlap.about." + string(p.Grade))
	if u := q.unknowns(p); u != "" {
		d.Unknown = q.T("overlap.unknown_says", "what", u)
	}
	d.Table = table{Caption: q.T("overlap.compared"), Heads: []head{{Label: q.T("overlap.compared")}, {Label: cut(d.A.Text, 60)}, {Label: cut(d.B.Text, 60)}}}
	add := func(name string, x, y template.HTML) {
		blank := q.blank().HTML
		for _, h := range []*template.HTML{&x, &y} {
			if *h == "" {
				*h = blank
			}
		}
		d.Table.Rows = append(d.Table.Rows, row{Cells: []cell{{HTML: template.HTML(template.HTMLEscapeString(q.T("overlap.row." + name)))}, {HTML: x, Label: d.Table.Heads[1].Label}, {HTML: y, Label: d.Table.Heads[2].Label}}})
	}
	records := func(own, other []registry.RecordID) template.HTML {
		var out []string
		for _, id := range own {
			out = append(out, marked(string(q.recordLink(id).HTML()), slices.Contains(other, id)))
		}
		return template.HTML(strings.Join(out, ", "))
	}
	codes := func(list string, own, other []string) template.HTML {
		var out []string
		for _, c := range own {
			out = append(out, marked(template.HTMLEscapeString(q.code(list, c)), slices.Contains(other, c)))
		}
		return template.HTML(strings.Join(out, ", "))
	}
	minerals := func(x, y *framework.Frame) template.HTML {
		if s, lang := x.Record.Text("mineral_scope", "", q.Lang); len(x.Minerals) == 0 && s != "" {
			return q.inLang(s, lang)
		}
		return records(x.Minerals, y.Minerals)
	}
	add("sides", records(p.A.Sides, p.B.Sides), records(p.B.Sides, p.A.Sides))
	add("minerals", minerals(p.A, p.B), minerals(p.B, p.A))
	add("stages", codes("chain_stage", p.A.Stages, p.B.Stages), codes("chain_stage", p.B.Stages, p.A.Stages))
	add("areas", codes("area", p.A.Areas, p.B.Areas), codes("area", p.B.Areas, p.A.Areas))
	if a.Kind == registry.KindInstrument || b.Kind == registry.KindInstrument {
		add("nature", q.natureOf(a), q.natureOf(b))
	}
	sa, _ := q.standing(a)
	sb, _ := q.standing(b)
	add("standing", template.HTML(template.HTMLEscapeString(sa)), template.HTML(template.HTMLEscapeString(sb)))
	add("date", q.filedHTML(a), q.filedHTML(b))
	var err error
	if d.Texts, err = q.textPairsOf(a, b); err != nil {
		return nil, err
	}
	d.NoTexts = len(d.Texts) == 0
	j := q.pairJSON(p)
	return &page{Template: "framepair", Title: q.T("overlap.two"), Data: d, JSON: j, CSV: &sheet{Columns: pairColumns, Rows: [][]string{j.csv()}}, Trail: q.overlapTrail()}, nil
}

func marked(html string, both bool) string {
	if both {
		return "<mark>" + html + "</mark>"
	}
	return html
}

func (q *request) natureOf(r *registry.Record) template.HTML {
	if r.Kind != registry.KindInstrument {
		return ""
	}
	return natureColumn.cell(q, r).HTML
}

func (q *request) filedHTML(r *registry.Record) template.HTML {
	st := r.Status()
	if r.Kind == registry.KindNegotiation {
		st = r.Stage()
	}
	if d, ok := filedUnder(r, st); ok {
		return q.date(d)
	}
	return ""
}

// textPairsOf are the pairs of texts of two works that can be laid beside each other, those with most in common first.
func (q *request) textPairsOf(a, b *registry.Record) ([]link, error) {
	r, err := q.reuse()
	if err != nil {
		return nil, err
	}
	var out []link
	for _, p := range r.Pairs {
		x, y := p.A, p.B
		if r.Works[x] == b.ID && r.Works[y] == a.ID {
			x, y = y, x
		}
		if r.Works[x] != a.ID || r.Works[y] != b.ID || !r.there(x) || !r.there(y) {
			continue
		}
		na, nb := p.AlikeA, p.AlikeB
		if x == p.B {
			na, nb = nb, na
		}
		out = append(out, link{Text: q.T("overlap.texts.alike", "a", na, "na", len(r.Units[x]), "b", nb, "nb", len(r.Units[y])), Href: q.pairHref(r.Records[x], r.Records[y]), Note: r.record(x).Title(q.Lang) + " · " + r.record(y).Title(q.Lang)})
	}
	return out, nil
}

// textPairPage is two texts beside each other.
type textPairPage struct {
	A, B    link
	Works   *[2]link
	WorksAt string
	Turn    link
	Shares  []string // how much of each is in the other
	Alike   []alikeView
	Bare    *table // in its place where the words of neither are here
	Pager   *pager
	Only    []onlyView
	Nothing bool
}

// alikeView is two provisions that are alike.
type alikeView struct {
	A, B   sideView
	Near   string
	Family link
}

// sideView is one of two provisions: its words with those that both have marked, or what is said in their place.
type sideView struct {
	Place    link
	Runs     []markedRun
	Lang     string
	NoWords  bool
	Bytes    string
	InCommon string // "83 of 97 words"
	Ratio    string // "83 of 97"
}

// onlyView are the provisions of a text that have none alike in the other.
type onlyView struct {
	Title, Count, More string
	Items              []link
}

const (
	pairsOnPage = 25
	mostOnly    = 80
	longSide    = 4000 // bytes of a provision that are shown
)

func (q *request) textPair(ra, rb *registry.Record) (*page, error) {
	if err := q.known("from", "to", "page", "as_of", "lang"); err != nil {
		return nil, err
	}
	r, err := q.reuse()
	if err != nil {
		return nil, err
	}
	a, okA := r.Document(ra.ID)
	b, okB := r.Document(rb.ID)
	if !okA || !okB {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("overlap.no_texts"))
	}
	la, ta, err := q.reg.Laid(ra.ID)
	if err != nil {
		return nil, err
	}
	lb, tb, err := q.reg.Laid(rb.ID)
	if err != nil {
		return nil, err
	}
	if la == nil || lb == nil {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("overlap.no_texts"))
	}
	ms := r.Between(a, b)
	if a > b { // as the address has them
		for i := range ms {
			ms[i].A, ms[i].B = ms[i].B, ms[i].A
		}
	}
	sides := [2]*side{{record: ra, name: r.name(a).Text, laid: la, text: ta, alike: map[int]bool{}}, {record: rb, name: r.name(b).Text, laid: lb, text: tb, alike: map[int]bool{}}}
	same := 0
	for _, m := range ms {
		sides[0].alike[m.A.Unit], sides[1].alike[m.B.Unit] = true, true
		if m.Both == m.Either {
			same++
		}
	}
	names := [2]link{r.name(a), r.name(b)}
	d := textPairPage{A: names[0], B: names[1], Turn: link{Text: q.T("overlap.pair.turn"), Href: q.pairHref(rb.ID, ra.ID)}, Nothing: len(ms) == 0}
	if wa, wb := r.Works[a], r.Works[b]; wa != wb && q.frames().set.Frame(wa) != nil && q.frames().set.Frame(wb) != nil {
		d.Works, d.WorksAt = &[2]link{q.recordLink(wa), q.recordLink(wb)}, q.pairHref(wa, wb)
	}
	sets := [][]uint64{la.All(), lb.All()}
	for i, other := range []int{1, 0} {
		share := 0.0
		if rel := overlap.Relatives(sets, i, 0); len(rel) > 0 {
			share = rel[0].Share()
		}
		d.Shares = append(d.Shares, q.T("overlap.pair.share", "percent", q.share(share), "a", names[i].Text, "b", names[other].Text)+" "+
			q.T("overlap.pair.provisions", "n", len(sides[i].alike), "of", len(sides[i].laid.Units), "same", same))
	}
	if from, to := q.Query.Get("from"), q.Query.Get("to"); from != "" || to != "" {
		ms = slices.DeleteFunc(ms, func(m overlap.Match) bool {
			return from != "" && la.Units[m.A.Unit].EID != from || to != "" && lb.Units[m.B.Unit].EID != to
		})
	} else {
		ms = best(ms)
	}
	csv := &sheet{Columns: []string{"a", "b", "jaccard", "passages"}}
	type matchJSON struct {
		A       string            `json:"a"`
		B       string            `json:"b"`
		Jaccard float64           `json:"jaccard"`
		Spans   []overlap.Passage `json:"spans"`
	}
	js := []matchJSON{}
	for _, m := range ms {
		shared := overlap.Shared(la.Wordings[m.A.Unit], lb.Wordings[m.B.Unit])
		js = append(js, matchJSON{la.Units[m.A.Unit].EID, lb.Units[m.B.Unit].EID, m.Jaccard, shared})
		csv.Rows = append(csv.Rows, []string{la.Units[m.A.Unit].EID, lb.Units[m.B.Unit].EID, strconv.FormatFloat(m.Jaccard, 'f', 4, 64), strconv.Itoa(len(shared))})
	}
	from := 0
	if d.Pager, from, err = q.pagedBy(len(ms), pairsOnPage); err != nil {
		return nil, err
	}
	if ta == nil && tb == nil {
		heads := []head{{Label: cut(names[0].Text, 60)}, {Label: cut(names[1].Text, 60)}, {Label: q.T("overlap.pair.col.near"), Numeric: true}, {Label: q.T("overlap.pair.col.words"), Numeric: true}, {Label: q.T("overlap.pair.col.family")}}
		d.Bare = &table{Caption: q.T("overlap.pair.title"), Heads: heads}
	}
	for i := from; i < min(from+pairsOnPage, len(ms)); i++ {
		m, shared := ms[i], js[i].Spans
		v := alikeView{Near: q.T("overlap.pair.near", "percent", q.share(m.Jaccard))}
		if m.Both == m.Either {
			v.Near = q.T("overlap.pair.same")
		}
		var onA, onB [][2]int
		for _, p := range shared {
			onA, onB = append(onA, p.A), append(onB, p.B)
		}
		v.A, v.B = q.sideOf(sides[0], m.A.Unit, onA), q.sideOf(sides[1], m.B.Unit, onB)
		if n, ok := r.FamilyOf(m.A); ok && r.textsOf(r.Families[n]) > 2 {
			v.Family = link{Text: q.T("overlap.pair.family"), Href: r.familyHref(m.A)}
		}
		if d.Bare != nil {
			d.Bare.Rows = append(d.Bare.Rows, underHeads(row{Cells: []cell{{HTML: v.A.Place.HTML()}, {HTML: v.B.Place.HTML()}, {HTML: template.HTML(template.HTMLEscapeString(v.Near))}, {HTML: template.HTML(template.HTMLEscapeString(v.A.Ratio))}, {HTML: v.Family.HTML()}}}, d.Bare.Heads))
			continue
		}
		d.Alike = append(d.Alike, v)
	}
	if q.Query.Get("from")+q.Query.Get("to") == "" && from == 0 {
		d.Only = []onlyView{q.only(sides[0]), q.only(sides[1])}
	}
	return &page{Template: "textpair", Title: q.T("overlap.pair.title"), Data: d, Wide: true, JSON: map[string]any{"a": ra.ID, "b": rb.ID, "pairs": js}, CSV: csv,
		Trail: append(q.overlapTrail(), link{Text: q.T("overlap.texts.title"), Href: q.href("/overlaps/texts")})}, nil
}

// best keeps for each provision of the first text the one that is likest to it, in the order of the text.
func best(ms []overlap.Match) []overlap.Match {
	seen := map[int]bool{}
	var out []overlap.Match
	for _, m := range ms { // the likest first
		if !seen[m.A.Unit] {
			seen[m.A.Unit] = true
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b overlap.Match) int { return a.A.Unit - b.A.Unit })
	return out
}

// side is one of two texts.
type side struct {
	record *registry.Record
	name   string
	laid   *overlap.Laid
	text   *text.Reading // nil where its words are not here
	alike  map[int]bool
}

func (q *request) placeLink(s *side, eid string) link {
	l := link{Text: upperFirst(q.shortPlace(eid))}
	if s.text != nil {
		l.Href = q.href(s.record.Path() + "/" + eid)
	}
	return l
}

// sideOf shows one provision with its passages marked.
func (q *request) sideOf(s *side, unit int, passages [][2]int) sideView {
	u, w := s.laid.Units[unit], s.laid.Wordings[unit]
	passages = spliced(passages)
	n := w.Within(passages)
	v := sideView{Ratio: q.T("overlap.pair.ratio", "n", n, "of", w.Words()), Place: q.placeLink(s, u.EID), InCommon: q.T("overlap.pair.words", "n", n, "of", w.Words()), NoWords: s.text == nil}
	if s.text == nil {
		v.Bytes = q.T("overlap.pair.bytes", "from", u.Start, "to", u.End)
		return v
	}
	v.Lang = s.text.Language
	whole := u.Start + len(strings.TrimRight(s.text.Text[u.Start:u.End], "\n "))
	end := runeStart(s.text.Text, min(whole, u.Start+longSide))
	at := u.Start
	put := func(to int, found bool) {
		if to = min(to, end); to > at {
			v.Runs = append(v.Runs, markedRun{Text: s.text.Text[at:to], Found: found})
			at = to
		}
	}
	for _, p := range passages {
		put(p[0], false)
		put(p[1], true)
	}
	put(whole, false)
	if end < whole {
		v.Runs = append(v.Runs, markedRun{Text: " …"})
	}
	return v
}

// spliced sorts stretches and joins those that touch.
func spliced(ps [][2]int) [][2]int {
	ps = slices.Clone(ps)
	slices.SortFunc(ps, func(a, b [2]int) int { return a[0] - b[0] })
	var out [][2]int
	for _, p := range ps {
		if n := len(out); n > 0 && p[0] <= out[n-1][1]+1 {
			out[n-1][1] = max(out[n-1][1], p[1])
			continue
		}
		out = append(out, p)
	}
	return out
}

func (q *request) only(s *side) onlyView {
	v := onlyView{Title: q.T("overlap.pair.only", "text", s.name)}
	n := 0
	for i, u := range s.laid.Units {
		if s.alike[i] {
			continue
		}
		if n++; len(v.Items) == mostOnly {
			continue
		}
		l := q.placeLink(s, u.EID)
		if s.text != nil {
			l.Note = cut(strings.Join(strings.Fields(s.text.Text[u.Start:u.End]), " "), 110)
		}
		v.Items = append(v.Items, l)
	}
	v.Count = q.T("overlap.pair.only_count", "n", n)
	if n > len(v.Items) {
		v.More = q.T("overlap.pair.more", "n", n-len(v.Items))
	}
	return v
}
