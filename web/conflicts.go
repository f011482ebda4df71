package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// conflictsPage is /conflicts: provisions of two texts that collide, or may.
type conflictsPage struct {
	Links   []link // to the rules and to overlaps
	Action  string
	Hidden  []pair
	Of      *link  // the record whose findings are shown; nil for all
	OfAll   string // the list without that record; other filters stay
	Picks   []selection
	Answers []choice
	Samples *link
	Looked  bool
	Count   string
	Read    string // how many texts were read
	Person  string // how many of those shown people looked at
	Items   []collisionView
	Pager   *pager
	Empty   *emptyState
	Apart   *table // what was set apart, counted
	More    string // that only examples of it are listed
	About   []definition
}

// collisions are what two texts say against each other, of texts that were known on the request's day.
type collisions struct {
	*projection.Conflicts
	q     *request
	rules *conflict.Rules
}

func (q *request) collisions() (*collisions, error) {
	rules, err := conflict.Load()
	if err != nil {
		return nil, err
	}
	c, err := q.reg.Conflicts(q.http.Context())
	if err != nil {
		return nil, err
	}
	return &collisions{c, q, rules}, nil
}

// there says whether both texts are seen on the request's day.
func (c *collisions) there(f *conflict.Finding) bool {
	return c.q.View.Record(registry.RecordID(f.A.Document)) != nil && c.q.View.Record(registry.RecordID(f.B.Document)) != nil
}

func (c *collisions) text(id string) *projection.Compared { return c.Texts[registry.RecordID(id)] }

// sample says whether one of the two is a sample, or a text of one.
func (c *collisions) sample(f *conflict.Finding) bool {
	for _, id := range []string{f.A.Document, f.B.Document} {
		if r := c.q.View.Record(registry.RecordID(id)); r != nil && r.Sample() {
			return true
		}
		if w := c.q.View.Record(c.text(id).Work); w != nil && w.Sample() {
			return true
		}
	}
	return false
}

// worksOf are the records whose texts are a record's: itself and, of a negotiation, what came of it.
func (q *request) worksOf(id registry.RecordID) []registry.RecordID {
	out := []registry.RecordID{id}
	if r := q.View.Record(id); r != nil && r.Kind == registry.KindNegotiation {
		for _, o := range r.Refs("outcome") {
			out = append(out, q.View.Resolve(o))
		}
	}
	return out
}

// holds says whether a text, or what it is a text of, is among some records.
func (c *collisions) holds(works []registry.RecordID, document string) bool {
	return slices.Contains(works, registry.RecordID(document)) || slices.Contains(works, c.text(document).Work)
}

// of says whether a finding is of some records: texts, laws, or what texts are texts of.
func (c *collisions) of(f *conflict.Finding, works []registry.RecordID) bool {
	return c.holds(works, f.A.Document) || c.holds(works, f.B.Document)
}

// owed are the codes of who would owe both: the sides of both texts where that is not known.
func (c *collisions) owed(f *conflict.Finding) []string {
	if len(f.Shared) > 0 {
		return f.Shared
	}
	var out []string
	for _, p := range c.text(f.A.Document).Parties {
		if slices.Contains(c.text(f.B.Document).Parties, p) {
			out = append(out, p)
		}
	}
	return out
}

// conflictFilter is what the list is narrowed by.
type conflictFilter struct {
	party, record          registry.RecordID
	works                  []registry.RecordID // of the record
	rule, severity, answer string
	samples, looked        bool
}

var conflictParams = []string{"answer", "party", "record", "rule", "severity", "looked", "samples", "page", "as_of", "lang"}

func (q *request) conflictFilter(rules *conflict.Rules) (f conflictFilter, err error) {
	if err = q.known(conflictParams...); err != nil {
		return f, err
	}
	if f.party, err = q.asked("party", registry.KindParty); err != nil {
		return f, err
	}
	if f.record, err = q.asked("record", registry.KindInstrument, registry.KindDocument, registry.KindLaw, registry.KindNegotiation); err != nil {
		return f, err
	}
	f.works = q.worksOf(f.record)
	var codes []string
	for _, r := range rules.Rules {
		codes = append(codes, r.Code)
	}
	for _, x := range []struct {
		name string
		into *string
		of   []string
	}{{"answer", &f.answer, append(slices.Clone(conflict.Answers), "all")}, {"severity", &f.severity, conflict.Severities}, {"rule", &f.rule, codes}} {
		if *x.into, err = q.oneOf(x.name, x.of...); err != nil {
			return f, err
		}
	}
	looked, err := q.oneOf("looked", "yes")
	if err != nil {
		return f, err
	}
	samples, err := q.oneOf("samples", "show")
	f.looked, f.samples = looked != "", samples != ""
	return f, err
}

// oneOf is a parameter that has one of some values; "" where it is not given.
func (q *request) oneOf(name string, of ...string) (string, error) {
	v := q.Query.Get(name)
	if v != "" && !slices.Contains(of, v) {
		return "", registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", name, "value", cut(v, 40))).WithHint("%s", q.T("error.one_of", "values", strings.Join(of, ", ")))
	}
	return v, nil
}

// lets says whether a finding is to be listed, but for its answer.
func (f *conflictFilter) lets(c *collisions, x *conflict.Finding, person bool) bool {
	return (f.samples || f.record != "" || !c.sample(x)) && (f.record == "" || c.of(x, f.works)) && (f.party == "" || slices.Contains(c.owed(x), f.party.Tail())) &&
		(f.rule == "" || x.Type == f.rule) && (f.severity == "" || x.Severity == f.severity) && (!f.looked || person)
}

const collisionsOnPage = 20

func conflicts(q *request) (*page, error) {
	c, err := q.collisions()
	if err != nil {
		return nil, err
	}
	f, err := q.conflictFilter(c.rules)
	if err != nil {
		return nil, err
	}
	d := conflictsPage{Action: q.Path, Hidden: q.hidden("party", "rule", "severity", "looked", "page"), Looked: f.looked, Links: []link{
		{Text: q.T("collision.rules.title"), Href: q.href("/conflicts/rules"), Note: q.T("collision.rules.short")},
		{Text: q.T("overlap.title"), Href: q.href("/overlaps"), Note: q.T("collision.to_overlaps")},
		{Text: q.T("producers.title"), Href: q.href("/producers"), Note: q.T("producers.short")}}}
	if f.record != "" {
		l := q.recordLink(f.record)
		d.Of, d.OfAll = &l, q.here("record", "", "page", "")
	}
	n, samples, people := map[string]int{}, 0, 0
	parties := map[registry.RecordID]bool{}
	rules, shown := map[string]bool{}, []*conflict.Finding{}
	for i := range c.Findings {
		x := &c.Findings[i]
		if !c.there(x) {
			continue
		}
		if c.sample(x) {
			if samples++; !f.samples && f.record == "" {
				continue
			}
		}
		rules[x.Type] = true
		for _, p := range c.owed(x) {
			parties[registry.RecordID("pty_"+p)] = true
		}
		answer, person := c.answer(x)
		if !f.lets(c, x, person) {
			continue
		}
		n[answer]++
		if answer == f.answer || f.answer == "all" || f.answer == "" && answer != conflict.Disjoint {
			shown = append(shown, x)
			if person {
				people++
			}
		}
	}
	c.mineralsFirst(shown)
	d.Answers = c.answerChoices(f, n)
	for _, a := range conflict.Answers {
		d.About = append(d.About, definition{q.T("collision.answer." + a), q.T("collision.about." + a)})
	}
	d.Picks = []selection{q.pickOf("party", parties, f.party), c.pickRule(rules, f.rule), c.pickSeverity(f.severity)}
	if samples > 0 && f.record == "" {
		l := q.toggle("samples", f.samples, "collision.samples", "collision.no_samples")
		d.Samples = &l
	}
	d.Read = c.read()
	d.Count = q.T("collision.count", "n", len(shown))
	if people > 0 {
		d.Person = q.T("collision.people", "n", people)
	}
	if len(shown) == 0 {
		d.Empty = &emptyState{What: q.T("collision.none"), Next: q.T("collision.none_next"), Links: []link{{Text: q.T("list.clear"), Href: q.href("/conflicts")}, {Text: q.T("collision.rules.title"), Href: q.href("/conflicts/rules")}}}
	}
	if f.answer == conflict.Disjoint || f.answer == "all" {
		d.Apart, d.More = c.apart(f), q.T("collision.apart_examples", "n", conflict.ApartExamples)
	}
	from := 0
	if d.Pager, from, err = q.pagedBy(len(shown), collisionsOnPage); err != nil {
		return nil, err
	}
	for _, x := range shown[from:min(from+collisionsOnPage, len(shown))] {
		d.Items = append(d.Items, c.view(x, false))
	}
	out := &page{Template: "conflicts", Title: q.T("collision.title"), Lede: q.T("collision.lede"), Data: d, Wide: true}
	if q.Format != "html" {
		out.JSON, out.CSV = c.data(shown)
	}
	return out, nil
}

// mineralsFirst brings forward what a registry of minerals is for: what speaks of them, and what is of a law.
func (c *collisions) mineralsFirst(fs []*conflict.Finding) {
	first := make(map[*conflict.Finding]bool, len(fs))
	for _, x := range fs {
		first[x] = c.text(x.A.Document).Kind == conflict.KindLaw || c.text(x.B.Document).Kind == conflict.KindLaw || c.rules.OfMinerals(x)
	}
	slices.SortStableFunc(fs, func(a, b *conflict.Finding) int {
		switch {
		case first[a] == first[b]:
			return 0
		case first[a]:
			return -1
		}
		return 1
	})
}

// answerChoices are the verdicts to choose from, with how many findings each has.
func (c *collisions) answerChoices(f conflictFilter, n map[string]int) []choice {
	q := c.q
	out := []choice{{link{Text: q.T("collision.answer.first"), Href: q.here("answer", "", "page", "")}, 0, f.answer == ""}}
	for _, a := range conflict.Answers {
		out = append(out, choice{link{Text: q.T("collision.answer." + a), Href: q.here("answer", a, "page", "")}, n[a], f.answer == a})
	}
	return out
}

// read says how many texts were read and held against each other.
func (c *collisions) read() string {
	q := c.q
	texts := len(c.Texts) - c.Laws
	s := q.T("collision.read", "texts", texts, "laws", c.Laws, "pairs", c.Pairs)
	if bare := texts - c.Words; bare > 0 {
		s += " " + q.T("collision.read_bare", "n", bare)
	}
	return s
}

// apart counts what was set apart, under the rule of the filter or under all.
func (c *collisions) apart(f conflictFilter) *table {
	q := c.q
	t := &table{Caption: q.T("collision.apart"), Heads: []head{{Label: q.T("collision.col.rule")}, {Label: q.T("collision.col.ground")}, {Label: q.T("collision.col.n"), Numeric: true}}}
	for _, a := range c.Conflicts.Apart {
		if f.rule != "" && a.Type != f.rule || len(t.Rows) == 40 {
			continue
		}
		t.Rows = append(t.Rows, underHeads(row{Cells: []cell{{HTML: c.ruleLink(a.Type).HTML()}, textCell(q.T("collision.ground." + a.Ground)), numberCell(q, a.N)}}, t.Heads))
		t.Rows[len(t.Rows)-1].Cells[2].Numeric = true
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

func (c *collisions) pickRule(there map[string]bool, chosen string) selection {
	p := selection{Name: "rule", Label: c.q.T("collision.col.rule"), All: c.q.T("collision.all_rules")}
	for _, r := range c.rules.Rules {
		if there[r.Code] || r.Code == chosen {
			p.Options = append(p.Options, selectable{Value: r.Code, Label: c.ruleLabel(r), Chosen: r.Code == chosen})
		}
	}
	slices.SortFunc(p.Options, func(a, b selectable) int { return strings.Compare(a.Label, b.Label) })
	return p
}

func (c *collisions) pickSeverity(chosen string) selection {
	p := selection{Name: "severity", Label: c.q.T("collision.col.severity"), All: c.q.T("collision.all_severities")}
	for _, s := range conflict.Severities {
		p.Options = append(p.Options, selectable{s, c.q.T("collision.severity." + s), s == chosen})
	}
	return p
}

func (c *collisions) ruleLabel(r *conflict.Rule) string {
	return cmp.Or(r.Label[c.q.Lang], r.Label["en"])
}

func (c *collisions) ruleLink(code string) link {
	l := link{Text: code}
	if r := c.rules.Rule(code); r != nil {
		l = link{Text: c.ruleLabel(r), Href: c.q.href("/conflicts/rules/" + code)}
	}
	return l
}

func (q *request) conflictTrail() []link {
	return []link{{Text: q.T("nav.conflicts"), Href: q.href("/conflicts")}}
}
