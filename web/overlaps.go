package web

import (
	"html/template"
	"slices"
	"strings"
	"sync"

	"github.com/openassay/assay/overlap/framework"
	"github.com/openassay/assay/registry"
)

// frames keeps the frameworks of the views that were asked for last.
type frames struct {
	mu   sync.Mutex
	kept map[*registry.View]*framed
}

// framed is the frameworks of one view, and their pairs.
type framed struct {
	once  sync.Once
	set   *framework.Set
	pairs []framework.Pair
}

// of gives the frameworks of a view; a few views are kept.
func (f *frames) of(v *registry.View) *framed {
	f.mu.Lock()
	k := f.kept[v]
	if k == nil {
		if len(f.kept) >= 6 || f.kept == nil {
			f.kept = map[*registry.View]*framed{}
		}
		k = &framed{}
		f.kept[v] = k
	}
	f.mu.Unlock()
	k.once.Do(func() {
		k.set = framework.New(v)
		k.pairs = k.set.Pairs()
	})
	return k
}

func (q *request) frames() *framed { return q.site.frames.of(q.View) }

// overlapsPage is /overlaps: the frameworks that do the same work.
type overlapsPage struct {
	Links  []link // to the texts and to the producers
	Action string
	Hidden []pair
	Of     *link // the record whose pairs are shown; nil for all
	Grades []choice
	Picks  []selection
	Open   bool // only what is not signed yet
	Count  string
	Table  table
	Pager  *pager
	Empty  *emptyState
	About  []definition
}

// selection is a choice among records in a form.
type selection struct {
	Name, Label, All string
	Options          []selectable
}

type selectable struct {
	Value, Label string
	Chosen       bool
}

// definition is a word and what it means.
type definition struct{ Word, Means string }

// overlapFilter is what the list is narrowed by.
type overlapFilter struct {
	grade          framework.Grade
	party, mineral registry.RecordID
	record         registry.RecordID
	open           bool
}

func (f *overlapFilter) lets(p *framework.Pair) bool {
	in := func(ids ...[]registry.RecordID) bool { return slices.Contains(slices.Concat(ids...), f.mineral) }
	return (f.record == "" || p.A.Record.ID == f.record || p.B.Record.ID == f.record) &&
		(f.party == "" || slices.Contains(p.A.Sides, f.party) || slices.Contains(p.B.Sides, f.party)) &&
		(f.mineral == "" || in(p.A.Minerals, p.B.Minerals)) && (!f.open || p.Open)
}

var overlapParams = []string{"grade", "party", "mineral", "record", "open", "page", "as_of", "lang"}

// known refuses parameters that a page does not have.
func (q *request) known(params ...string) error {
	for name := range q.Query {
		if !slices.Contains(params, name) && !strings.HasPrefix(name, "utm_") {
			return registry.Errorf(registry.Invalid, "%s", q.T("error.parameter", "name", cut(name, 40))).WithHint("%s", q.T("error.one_of", "values", strings.Join(params, ", ")))
		}
	}
	return nil
}

// asked is the record that a parameter names by its id or address; "" where none is asked for.
func (q *request) asked(name string, kinds ...registry.Kind) (registry.RecordID, error) {
	v := strings.TrimSpace(q.Query.Get(name))
	if v == "" {
		return "", nil
	}
	if r := q.View.Record(registry.RecordID(v)); r != nil && slices.Contains(kinds, r.Kind) {
		return r.ID, nil
	}
	for _, k := range kinds {
		if r := exactly(q.View, k, v); r != nil {
			return r.ID, nil
		}
	}
	return "", registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", name, "value", cut(v, 40))).
		WithHint("%s", q.T("error.filter_record", "list", "/"+registry.KindOf(kinds[0]).Noun))
}

func (q *request) overlapFilter() (f overlapFilter, err error) {
	if err = q.known(overlapParams...); err != nil {
		return f, err
	}
	if f.party, err = q.asked("party", registry.KindParty); err != nil {
		return f, err
	}
	if f.mineral, err = q.asked("mineral", registry.KindMineral); err != nil {
		return f, err
	}
	if f.record, err = q.asked("record", registry.KindInstrument, registry.KindNegotiation); err != nil {
		return f, err
	}
	f.grade, f.open = framework.Grade(q.Query.Get("grade")), q.Query.Get("open") == "yes"
	if g := q.Query.Get("grade"); g != "" && (!slices.Contains(framework.Grades, f.grade) || f.grade == framework.Disjoint) {
		return f, registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", "grade", "value", cut(g, 40))).WithHint("%s", q.T("error.one_of", "values", "duplicate, overlapping, adjacent"))
	}
	if o := q.Query.Get("open"); o != "" && o != "yes" {
		return f, registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", "open", "value", cut(o, 40))).WithHint("%s", q.T("error.one_of", "values", "yes"))
	}
	return f, nil
}

func overlaps(q *request) (*page, error) {
	f, err := q.overlapFilter()
	if err != nil {
		return nil, err
	}
	pairs := q.frames().pairs
	if f.record != "" {
		pairs = q.frames().set.Of(f.record) // also of a sample
	}
	d := overlapsPage{Action: q.Path, Hidden: q.hidden("party", "mineral", "open", "page"), Open: f.open, Links: []link{
		{Text: q.T("overlap.texts.title"), Href: q.href("/overlaps/texts"), Note: q.T("overlap.texts.short")},
		{Text: q.T("producers.title"), Href: q.href("/producers"), Note: q.T("producers.short")}}}
	if f.record != "" {
		l := q.recordLink(f.record)
		d.Of = &l
	}
	n := map[framework.Grade]int{}
	var shown []framework.Pair
	for _, p := range pairs {
		if !f.lets(&p) {
			continue
		}
		n[p.Grade]++
		if p.Grade == f.grade || f.grade == "" && (p.Grade != framework.Adjacent || f.record != "") {
			shown = append(shown, p)
		}
	}
	d.Grades = append(d.Grades, choice{link{Text: q.T("overlap.grade.nearest"), Href: q.here("grade", "", "page", "")}, 0, f.grade == ""})
	for _, g := range framework.Grades[:3] {
		d.Grades = append(d.Grades, choice{link{Text: q.T("overlap.grade." + string(g)), Href: q.here("grade", string(g), "page", "")}, n[g], f.grade == g})
		d.About = append(d.About, definition{q.T("overlap.grade." + string(g)), q.T("overlap.about." + string(g))})
	}
	d.Picks = q.overlapPicks(pairs, f)
	csv := &sheet{Columns: pairColumns}
	js := []pairJSON{}
	if q.Format != "html" {
		for _, p := range shown {
			j := q.pairJSON(p)
			js, csv.Rows = append(js, j), append(csv.Rows, j.csv())
		}
	}
	heads := []head{{Label: q.T("overlap.col.pair")}, {Label: q.T("overlap.col.grade")}, {Label: q.T("overlap.col.why")}, {Label: q.T("overlap.col.unknown")}}
	d.Count = q.T("overlap.count", "n", len(shown))
	if len(shown) == 0 {
		d.Empty = &emptyState{What: q.T("overlap.none"), Next: q.T("list.empty_next"), Links: []link{{Text: q.T("list.clear"), Href: q.href("/overlaps")}}}
	}
	from := 0
	if d.Pager, from, err = q.pagedBy(len(shown), perPage); err != nil {
		return nil, err
	}
	var rows []row
	for _, p := range shown[from:min(from+perPage, len(shown))] {
		rows = append(rows, q.pairRow(p, heads))
	}
	d.Table = table{Caption: q.T("overlap.title"), Heads: heads, Rows: rows}
	return &page{Template: "overlaps", Title: q.T("overlap.title"), Lede: q.T("overlap.lede"), Data: d, Wide: true, JSON: js, CSV: csv}, nil
}

// overlapPicks are the sides and minerals that occur, to choose from.
func (q *request) overlapPicks(pairs []framework.Pair, f overlapFilter) []selection {
	parties, minerals := map[registry.RecordID]bool{}, map[registry.RecordID]bool{}
	for _, p := range pairs {
		for _, fr := range []*framework.Frame{p.A, p.B} {
			for _, id := range fr.Sides {
				parties[id] = true
			}
			for _, id := range fr.Minerals {
				minerals[id] = true
			}
		}
	}
	return []selection{q.pickOf("party", parties, f.party), q.pickOf("mineral", minerals, f.mineral)}
}

func (q *request) pickOf(name string, ids map[registry.RecordID]bool, chosen registry.RecordID) selection {
	p := selection{Name: name, Label: q.T("facet." + name), All: q.T("overlap.all." + name)}
	if chosen != "" {
		ids[chosen] = true
	}
	for id := range ids {
		if r := q.View.Record(id); r != nil {
			p.Options = append(p.Options, selectable{Value: id.Tail(), Label: r.Title(q.Lang), Chosen: id == chosen})
		}
	}
	slices.SortFunc(p.Options, func(a, b selectable) int { return strings.Compare(a.Label, b.Label) })
	return p
}

func (q *request) pairRow(p framework.Pair, heads []head) row {
	both := template.HTML(`<span class="pair-of">`) + q.linkTo(p.A.Record).HTML() + `</span> <span class="pair-of">` + q.linkTo(p.B.Record).HTML() + `</span>`
	grade := link{Text: q.T("overlap.grade." + string(p.Grade)), Href: q.pairHref(p.A.Record.ID, p.B.Record.ID)}
	g := cell{HTML: grade.HTML()}
	if p.Open {
		g.HTML += template.HTML(` <span class="state">` + template.HTMLEscapeString(q.T("overlap.open")) + `</span>`)
	}
	why := cell{HTML: `<ul class="plain">`}
	for _, w := range q.reasons(p) {
		why.HTML += `<li>` + w + `</li>`
	}
	why.HTML += `</ul>`
	r := row{Cells: []cell{{HTML: both}, g, why, {HTML: template.HTML(template.HTMLEscapeString(q.unknowns(p)))}}}
	for i := range r.Cells {
		r.Cells[i].Label = heads[i].Label
	}
	return r
}

// pairHref is where two records stand beside each other.
func (q *request) pairHref(a, b registry.RecordID) string {
	return q.href("/overlaps/" + string(a) + "/" + string(b))
}

// unknowns are what is not recorded of a pair and could change its grade.
func (q *request) unknowns(p framework.Pair) string {
	var out []string
	for _, u := range p.Unknown {
		out = append(out, q.T("overlap.unknown."+u))
	}
	return strings.Join(out, ", ")
}

// reasons are the grounds of a grade in words, with links to the records.
func (q *request) reasons(p framework.Pair) []template.HTML {
	var out []template.HTML
	for _, r := range p.Reasons {
		var things []string
		switch r.Code {
		case framework.WhyBloc, framework.WhyGroup: // pairs of a member and what it belongs to
			for i := 0; i+1 < len(r.Records); i += 2 {
				things = append(things, string(q.H("overlap.member", "member", q.recordLink(r.Records[i]).HTML(), "of", q.recordLink(r.Records[i+1]).HTML())))
			}
		case framework.WhyLinked:
			things = append(things, template.HTMLEscapeString(lowerFirst(q.locale.field(registry.FieldOf(r.Codes[0])))))
		default:
			for _, id := range r.Records {
				things = append(things, string(q.recordLink(id).HTML()))
			}
			list := map[string]string{framework.WhyAreas: "area", framework.WhyStages: "chain_stage"}[r.Code]
			for _, c := range r.Codes {
				things = append(things, template.HTMLEscapeString(q.code(list, c)))
			}
		}
		if n := len(things) - mostThings; n > 0 {
			things = append(things[:mostThings], template.HTMLEscapeString(q.T("list.more", "n", n)))
		}
		out = append(out, q.H("overlap.why."+r.Code, "things", template.HTML(strings.Join(things, ", "))))
	}
	return out
}

// mostThings are named in one reason.
const mostThings = 8

// pairColumns are the columns of pairs as CSV.
var pairColumns = []string{"grade", "a", "b", "reasons", "records", "codes", "unknown", "open"}

// pairJSON is a pair as data.
type pairJSON struct {
	A       registry.RecordID  `json:"a"`
	B       registry.RecordID  `json:"b"`
	Grade   framework.Grade    `json:"grade"`
	Reasons []framework.Reason `json:"reasons"`
	Unknown []string           `json:"unknown"`
	Open    bool               `json:"open"`
}

func (q *request) pairJSON(p framework.Pair) pairJSON {
	return pairJSON{p.A.Record.ID, p.B.Record.ID, p.Grade, append([]framework.Reason{}, p.Reasons...), append([]string{}, p.Unknown...), p.Open}
}

func (j pairJSON) csv() []string {
	var codes, records, values []string
	for _, r := range j.Reasons {
		codes = append(codes, r.Code)
		for _, id := range r.Records {
			records = append(records, string(id))
		}
		values = append(values, r.Codes...)
	}
	open := ""
	if j.Open {
		open = "yes"
	}
	return []string{string(j.Grade), string(j.A), string(j.B), strings.Join(codes, ";"), strings.Join(records, ";"), strings.Join(values, ";"), strings.Join(j.Unknown, ";"), open}
}
