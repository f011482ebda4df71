package web

import (
	"cmp"
	"html/template"
	"slices"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
)

// mineralPage is /minerals/CODE: names, producers and reserves, who seeks it from whom, lists, instruments, projects.
type mineralPage struct {
	Kind, Title string
	Symbol      string
	Summary     string
	Names       []namedIn
	Facts       []fieldRow
	Trade       []fieldRow
	Counts      string
	Production  *figure
	Reserves    *figure
	NoOutput    string // what to say where no source gives figures
	Map         *figure
	Pairs       []pairLine
	PairsMore   int
	Many        section
	Lists       []listing
	Instruments, Negotiations,
	Context, Projects, Financing, Laws section
	Members  []link // minerals of this group
	Contents []link
	Sources  []sourceItem
}

// pairLine is two sides and how many records between them name the mineral.
type pairLine struct {
	A, B    link
	N       int
	Records []entry
}

// listing is a list of critical minerals on which the mineral stands.
type listing struct {
	Law    link
	Issuer []link
	When   template.HTML
	Chip   *chip
	day    registry.Day
}

const pairsShown = 14

func mineral(q *request) (*page, error) {
	v := q.View
	r, p, err := q.find(registry.KindMineral)
	if err != nil || p != nil {
		return p, err
	}
	d := &mineralPage{Kind: q.kind(r.Kind), Title: upperFirst(r.Title(q.Lang)), Symbol: r.String("symbol"), Names: q.names(r)}
	d.Summary, _ = r.Text("summary", "", q.Lang)
	d.Facts = append(q.rows(r, "alias", "mineral_group", "note", "website"), q.looseReplies(r)...)
	for _, m := range v.Referring(r.ID, registry.KindMineral, "mineral_group") {
		d.Members = append(d.Members, q.linkTo(m))
	}
	d.Trade = q.rows(r, "hs", "hs_note")
	d.Production = q.outputFigure(r, "production")
	d.Reserves = q.outputFigure(r, "reserves")
	if d.Production == nil && d.Reserves == nil {
		d.NoOutput = q.T("mineral.no_output")
	}

	about := func(k registry.Kind, field string) []*registry.Record {
		return withoutSamples(v.Referring(r.ID, k, field))
	}
	ins, negs := about(registry.KindInstrument, "mineral"), about(registry.KindNegotiation, "mineral")
	pairs, many := courtships(v, ins)
	d.Many = q.section("many", "mineral.many", many, "")
	for _, c := range pairs[:min(len(pairs), pairsShown)] {
		d.Pairs = append(d.Pairs, pairLine{q.linkTo(c.A), q.linkTo(c.B), len(c.Records), q.entries(c.Records, "")})
	}
	d.PairsMore = len(pairs) - len(d.Pairs)
	d.Map = q.courtshipMap(r, pairs)

	d.Instruments = q.section("instruments", "mineral.instruments", ins, "")
	d.Instruments.All = q.allOf("/instruments", len(ins), "mineral", string(r.ID))
	d.Negotiations = q.section("negotiations", "mineral.negotiations", negs, "")
	d.Context = q.section("context", "mineral.context", append(about(registry.KindInstrument, "mineral_context"), about(registry.KindNegotiation, "mineral_context")...), "")
	d.Context.Note = q.T("mineral.context.note")
	d.Projects = q.section("projects", "mineral.projects", about(registry.KindProject, "mineral"), "")
	d.Financing = q.section("financing", "mineral.financing", about(registry.KindFinancing, "mineral"), "")
	d.Laws = q.section("laws", "mineral.laws", about(registry.KindLaw, "mineral"), "")
	d.Lists = q.listings(r)
	d.Counts = q.T("mineral.counts", "instruments", len(ins), "negotiations", len(negs), "pairs", len(pairs), "lists", len(d.Lists))
	d.Sources = q.sources()
	d.Contents = q.contents([]partOf{{"output", "mineral.output", true}, {"who", "mineral.who", true}, {"lists", "mineral.lists.title", true}, {"negotiations", "mineral.negotiations.title", true},
		{"instruments", "mineral.instruments.title", true}, {"context", "mineral.context.title", len(d.Context.Entries) > 0}, {"projects", "mineral.projects.title", true},
		{"financing", "mineral.financing.title", len(d.Financing.Entries) > 0}, {"laws", "mineral.laws.title", len(d.Laws.Entries) > 0}, {"trade", "mineral.trade", len(d.Trade) > 0},
		{"sources", "dossier.sources", len(d.Sources) > 0}})
	return &page{Template: "mineral", Title: d.Title, Lede: d.Counts, Data: d, Trail: []link{{Text: q.kinds(registry.KindMineral), Href: q.href("/minerals")}},
		JSON: q.recordJSON(r), CSV: recordCSV(r)}, nil
}

// outputFigure draws who produces or holds a mineral; nil where no source says.
func (q *request) outputFigure(r *registry.Record, field string) *figure {
	o := findings.OutputsOf(q.View, r, field)
	if len(o.Rows) == 0 {
		return nil
	}
	c := &chart.Bars{Head: chart.Head{ID: field, Columns: []string{q.kind(registry.KindParty), q.T("col.quantity"), q.T("col.share_remark")}}, Max: 10, Rest: q.others0}
	withheld := 0
	var sources []link
	seen := map[registry.SourceID]bool{}
	cite := func(s *registry.Stated) {
		if s != nil && !seen[s.Claim.Source] {
			seen[s.Claim.Source] = true
			sources = append(sources, q.sourceOf(s))
		}
	}
	for _, x := range o.Rows {
		b := chart.Bar{Label: x.Place, Value: x.Value(), Note: q.share(x.Share)}
		if x.Party != nil {
			b.Label, b.Href = x.Party.Title(q.Lang), q.href(x.Party.Path())
		}
		if x.Quantity == nil {
			b.Unknown, b.Text = true, q.noShare(x)
			withheld++
		} else {
			b.Text = q.quantity(*x.Quantity)
			if s := q.share(x.Share); s != "" {
				b.Text += " · " + s
			}
			cite(x.Slot.Shown)
		}
		c.Items = append(c.Items, b)
	}
	first := o.Rows[0]
	title := q.T("mineral."+field+".title", "year", o.Year, "n", len(o.Rows))
	if first.Share > 0 && first.Party != nil {
		title = q.T("mineral."+field+".finding", "name", first.Party.Title(q.Lang), "share", q.share(first.Share), "year", o.Year)
	}
	c.Title = title
	c.Desc = q.T("mineral."+field+".desc", "year", o.Year)
	f := q.figure(c.Head, c, 1, 2)
	if o.World != nil && o.World.Quantity != nil {
		f.Table.Rows = append(f.Table.Rows, chart.Row{Cells: []string{q.T("output.world"), q.quantity(*o.World.Quantity), ""}})
		f.Note = q.T("output.world_total", "quantity", q.quantity(*o.World.Quantity)) + " "
		cite(o.World.Slot.Shown)
	} else {
		f.Note = q.T("output.world_unknown") + " "
	}
	if withheld > 0 {
		f.Note += q.T("output.withheld", "n", withheld) + " "
	}
	f.Source = sources
	return &f
}

// courtshipMap draws the sides of instruments that name a mineral, and links the pairs.
func (q *request) courtshipMap(r *registry.Record, pairs []Courtship) *figure {
	if len(pairs) == 0 {
		return nil
	}
	n := map[*registry.Record]int{}
	m := &chart.Map{Head: chart.Head{ID: "courtship", Title: q.T("mineral.map.title", "n", len(pairs), "mineral", r.Title(q.Lang)), Desc: q.T("mineral.map.desc"),
		Columns: []string{q.kind(registry.KindParty), q.T("col.instruments"), q.T("home.map.col.note")}}, Labels: 6}
	for _, p := range pairs {
		n[p.A] += len(p.Records)
		n[p.B] += len(p.Records)
		m.Links = append(m.Links, chart.Link{From: q.spot(p.A), To: q.spot(p.B), Count: len(p.Records),
			Tip: q.T("mineral.map.tip", "a", p.A.Title(q.Lang), "b", p.B.Title(q.Lang), "n", len(p.Records))})
	}
	for p, count := range n {
		pl := chart.Place{Code: q.spot(p), Label: p.Title(q.Lang), Text: q.number(int64(count)), Href: q.href(p.Path()), Count: count}
		if !chart.Located(pl.Code) {
			pl.Note = q.T("home.map.no_point")
		} else if p.String("iso3") == "" {
			pl.Note = q.T("home.map.seat")
		}
		m.Places = append(m.Places, pl)
	}
	slices.SortFunc(m.Places, func(a, b chart.Place) int { return cmp.Compare(a.Label, b.Label) })
	f := q.figure(m.Head, m, 1)
	return &f
}

// seats are where a bloc is drawn on a map: in the state of its seat, which the table says.
var seats = map[string]string{"EU": "BEL"}

// spot is the code under which a party is drawn on a map.
func (q *request) spot(p *registry.Record) string {
	if c := p.String("iso3"); c != "" {
		return c
	}
	return seats[p.ID.Tail()]
}

// listings are the lists of critical minerals that name a mineral, the newest first.
func (q *request) listings(r *registry.Record) []listing {
	var out []listing
	for _, law := range q.View.Referring(r.ID, registry.KindLaw, "lists_mineral") {
		l := listing{Law: q.linkTo(law)}
		for _, id := range law.Refs("issuer") {
			l.Issuer = append(l.Issuer, q.recordLink(id))
		}
		if d, ok := filedUnder(law, law.Status()); ok {
			l.When, l.day = q.date(d), d.Start
		}
		for _, s := range law.Slots("lists_mineral") {
			if s.Shown != nil && q.View.Resolve(registry.RecordID(s.Shown.Value.Raw)) == r.ID {
				l.Chip = q.chip(s.Shown)
			}
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b listing) int { return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.Law.Text, b.Law.Text)) })
	return out
}
