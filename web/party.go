package web

import (
	"cmp"
	"html/template"
	"slices"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
)

// partyPage is /parties/CODE: the dossier of a state, bloc, agency or company.
type partyPage struct {
	Title, Kind  string
	Summary      string
	Names        []namedIn
	Facts        []fieldRow
	Counts       string
	Memberships  []membership
	Members      []membership
	Negotiations section
	Instruments  section
	OfBodies     []section // what its ministries, agencies and enterprises take part in
	Counterparts *figure
	Minerals     *figure
	Production   *figure
	Reserves     *figure
	ShareNote    string
	Overlap      *partyBox
	Laws         section
	Financing    section
	Projects     section
	Standing     section // forums and programmes
	Bodies       []entry
	Sample       bool
	Contents     []link
	Sources      []sourceItem
}

// namedIn is a name in a language.
type namedIn struct {
	Name, Lang, Language string
	Official             bool
}

// membership is a body to which a party belongs, or a member of it, since and until when.
type membership struct {
	link
	Span  template.HTML
	State *state
	Chip  *chip
}

func party(q *request) (*page, error) {
	v := q.View
	r, p, err := q.find(registry.KindParty)
	if err != nil || p != nil {
		return p, err
	}
	d := &partyPage{Title: r.Title(q.Lang), Kind: q.code("party_kind", r.String("party_kind")), Names: q.names(r), Sample: r.Sample()}
	d.Summary, _ = r.Text("summary", "", q.Lang)
	d.Facts = append(q.rows(r, "alias", "iso3", "m49", "region", "subregion", "group", "state", "parent", "event", "website", "note"), q.looseReplies(r)...)
	d.Memberships = q.memberships(r)
	for _, b := range v.Referring(r.ID, registry.KindParty, "member_of") {
		for _, s := range b.Slots("member_of") {
			if s.Shown != nil && v.Resolve(registry.RecordID(s.Shown.Value.Raw)) == r.ID {
				d.Members = append(d.Members, membership{link: q.linkTo(b), Span: q.span(s.Shown.Claim), Chip: withoutNumber(q.chip(s.Shown))})
			}
		}
	}
	slices.SortStableFunc(d.Members, func(a, b membership) int { return cmp.Compare(a.Text, b.Text) })

	negs, ins := involving(v, r.ID, registry.KindNegotiation), involving(v, r.ID, registry.KindInstrument)
	d.Negotiations = q.section("negotiations", "party.negotiations", negs, r.ID)
	d.Negotiations.All = q.allOf("/negotiations", len(negs), "party", string(r.ID))
	d.Instruments = q.section("instruments", "party.instruments", ins, r.ID)
	d.Instruments.All = q.allOf("/instruments", len(ins), "party", string(r.ID))
	all := append(slices.Clone(negs), ins...)
	bodies := bodiesOf(v, r.ID)
	for _, b := range bodies {
		own := append(involving(v, b.ID, registry.KindNegotiation), append(involving(v, b.ID, registry.KindInstrument), involving(v, b.ID, registry.KindFinancing)...)...)
		if len(own) == 0 {
			continue
		}
		s := q.section("", "", own, b.ID)
		s.Title, s.All = b.Title(q.Lang), &link{Text: q.T("party.body_page", "name", b.Title(q.Lang)), Href: q.href(b.Path())}
		s.Note = q.code("party_kind", b.String("party_kind"))
		d.OfBodies = append(d.OfBodies, s)
		for _, x := range own {
			if x.Kind != registry.KindFinancing && !slices.Contains(all, x) {
				all = append(all, x)
			}
		}
	}
	slices.SortStableFunc(d.OfBodies, func(a, b section) int { return cmp.Compare(len(b.Entries), len(a.Entries)) })
	d.Bodies = q.entries(bodies, r.ID)
	slices.SortFunc(d.Bodies, func(a, b entry) int { return cmp.Compare(a.Text, b.Text) })
	d.Counterparts = q.counterpartsFigure(r, all)
	d.Minerals = q.mineralsFigure(r, all)
	if code := r.String("iso3"); code != "" {
		q.endowment(d, r, code)
	}
	d.Overlap = q.partyBox(r)
	d.Laws = q.section("laws", "party.laws", v.Referring(r.ID, registry.KindLaw, "issuer"), r.ID)
	d.Financing = q.section("financing", "party.financing", involving(v, r.ID, registry.KindFinancing), r.ID)
	d.Projects = q.section("projects", "party.projects", involving(v, r.ID, registry.KindProject), r.ID)
	standing := append(involving(v, r.ID, registry.KindForum), append(involving(v, r.ID, registry.KindProgramme), v.Referring(r.ID, registry.KindProgramme, "issuer")...)...)
	d.Standing = q.section("forums", "party.standing", standing, r.ID)
	d.Counts = q.T("party.counts", "negotiations", len(withoutSamples(negs)), "instruments", len(withoutSamples(ins)), "bodies", total(d.OfBodies...))
	d.Sources = q.sources()
	d.Contents = q.contents([]partOf{{"negotiations", "party.negotiations.title", true}, {"instruments", "party.instruments.title", true}, {"bodies-records", "party.of_bodies", len(d.OfBodies) > 0},
		{"with", "party.with", d.Counterparts != nil || d.Minerals != nil}, {"output", "party.output", d.Production != nil || d.Reserves != nil}, {"overlaps", "collision.box.party", d.Overlap != nil}, {"laws", "party.laws.title", true},
		{"financing", "party.financing.title", true}, {"projects", "party.projects.title", true}, {"forums", "party.standing.title", len(d.Standing.Entries) > 0},
		{"memberships", "party.memberships", len(d.Memberships) > 0}, {"members", "party.members", len(d.Members) > 0}, {"bodies", "party.bodies", len(d.Bodies) > 0},
		{"facts", "party.facts", len(d.Facts) > 0}, {"sources", "dossier.sources", len(d.Sources) > 0}})
	return &page{Template: "party", Title: d.Title, Lede: d.Counts, Data: d, Trail: []link{{Text: q.kinds(registry.KindParty), Href: q.href("/parties")}},
		JSON: q.recordJSON(r), CSV: recordCSV(r)}, nil
}

// longSection keeps a dossier with hundreds of imported texts light.
const longSection = 60

// section makes a part of a dossier; key names its words.
func (q *request) section(id, key string, rs []*registry.Record, self registry.RecordID) section {
	s := section{ID: id, Entries: q.entries(rs, self)}
	if n := len(s.Entries); n > longSection {
		s.Entries, s.Total = s.Entries[:longSection], n
	}
	if key != "" {
		s.Title, s.Empty = q.T(key+".title"), q.T(key+".none")
	}
	return s
}

// allOf leads to a filtered list, where there is more than a few.
func (q *request) allOf(path string, n int, filter ...string) *link {
	if n < 4 {
		return nil
	}
	return &link{Text: q.T("dossier.as_list"), Href: q.href(path, filter...)}
}

// names are a record's names in all languages, the page's first.
func (q *request) names(r *registry.Record) []namedIn {
	var out []namedIn
	for _, key := range []string{"short", "official"} {
		for _, s := range r.Slots("name") {
			if s.Key == key && s.Shown != nil {
				out = append(out, namedIn{s.Shown.Value.Raw, s.Lang, q.code("language", s.Lang), key == "official"})
			}
		}
	}
	order := append([]string{q.Lang}, registry.Codes("language")...)
	slices.SortStableFunc(out, func(a, b namedIn) int {
		if a.Official != b.Official {
			return cmp.Compare(b2i(a.Official), b2i(b.Official))
		}
		return cmp.Compare(slices.Index(order, a.Lang), slices.Index(order, b.Lang))
	})
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// memberships are the bodies to which a party belongs or belonged, by name.
func (q *request) memberships(r *registry.Record) []membership {
	var out []membership
	for _, s := range r.Slots("member_of") {
		add := func(c *registry.Stated, code string) {
			if c == nil || c.Value.State != "" {
				return
			}
			m := membership{link: q.recordLink(registry.RecordID(c.Value.Raw)), Span: q.span(c.Claim), Chip: q.chip(c)}
			if code != "" {
				st := q.state(code)
				m.State = &st
			}
			out = append(out, m)
		}
		if s.Shown != nil {
			add(s.Shown, "")
		} else if len(s.Earlier) > 0 {
			add(s.Earlier[0], "ended")
		} else if len(s.Later) > 0 {
			add(s.Later[0], "later")
		}
	}
	slices.SortStableFunc(out, func(a, b membership) int { return cmp.Compare(a.Text, b.Text) })
	return out
}

func (q *request) counterpartsFigure(r *registry.Record, rs []*registry.Record) *figure {
	cs := counterparts(q.View, r.ID, rs)
	if len(cs) < 2 {
		return nil
	}
	c := &chart.Bars{Head: chart.Head{ID: "counterparts", Title: q.T("party.counterparts.title", "name", r.Title(q.Lang), "n", len(cs)), Desc: q.T("party.counterparts.desc"),
		Columns: []string{q.kind(registry.KindParty), q.T("col.records")}}, Max: 12, Rest: q.others0}
	for _, x := range cs {
		c.Items = append(c.Items, chart.Bar{Label: x.Party.Title(q.Lang), Text: q.number(int64(len(x.Records))), Value: float64(len(x.Records)), Href: q.href(x.Party.Path())})
	}
	f := q.figure(c.Head, c, 1)
	return &f
}

// others0 says how many bars are left to the table.
func (q *request) others0(n int) string { return q.T("figure.others", "n", n) }

func (q *request) mineralsFigure(r *registry.Record, rs []*registry.Record) *figure {
	n := map[registry.RecordID]int{}
	for _, x := range withoutSamples(rs) {
		for _, m := range x.Refs("mineral") {
			n[q.View.Resolve(m)]++
		}
	}
	if len(n) == 0 {
		return nil
	}
	c := &chart.Bars{Head: chart.Head{ID: "minerals", Title: q.T("party.minerals.title", "name", r.Title(q.Lang), "n", len(n)), Desc: q.T("party.minerals.desc"),
		Columns: []string{q.kind(registry.KindMineral), q.T("col.records")}}, Max: 12, Rest: q.others0}
	for _, m := range q.View.OfKind(registry.KindMineral) {
		if n[m.ID] > 0 {
			c.Items = append(c.Items, chart.Bar{Label: upperFirst(m.Title(q.Lang)), Text: q.number(int64(n[m.ID])), Value: float64(n[m.ID]), Href: q.href(m.Path())})
		}
	}
	f := q.figure(c.Head, c, 1)
	return &f
}

// endowment draws a state's part in the world's production and reserves.
func (q *request) endowment(d *partyPage, r *registry.Record, code string) {
	es := endowmentOf(q.View, code)
	draw := func(key string, pick func(Endowment) *Output) *figure {
		c := &chart.Bars{Head: chart.Head{ID: key, Columns: []string{q.kind(registry.KindMineral), q.T("col.share"), q.T("col.quantity")}}, Scale: 1, Max: 14, Rest: q.others0}
		for _, e := range es {
			o := pick(e)
			if o == nil {
				continue
			}
			b := chart.Bar{Label: upperFirst(e.Mineral.Title(q.Lang)), Href: q.href(e.Mineral.Path()), Value: o.Share, Note: q.outputText(*o)}
			if b.Text = q.share(o.Share); o.Share < 0 {
				b.Unknown, b.Text = true, q.noShare(*o)
			}
			c.Items = append(c.Items, b)
		}
		if len(c.Items) == 0 {
			return nil
		}
		c.Title = q.T("party."+key+".title", "name", r.Title(q.Lang), "n", len(c.Items))
		c.Desc = q.T("party." + key + ".desc")
		f := q.figure(c.Head, c, 1, 2)
		f.Source = q.outputSources(es, pick)
		return &f
	}
	d.Production = draw("production", func(e Endowment) *Output { return e.Production })
	d.Reserves = draw("reserves", func(e Endowment) *Output { return e.Reserves })
}

// outputText is a country's figure as people write it, with its year.
func (q *request) outputText(o Output) string {
	if o.Quantity == nil {
		return q.noShare(o) + " (" + o.Year + ")"
	}
	return q.quantity(*o.Quantity) + " (" + o.Year + ")"
}

// noShare says why there is no figure, or why no share can be told.
func (q *request) noShare(o Output) string {
	if o.Quantity == nil && len(o.Slot.States) > 0 {
		return q.T("state." + string(o.Slot.States[0].Value.State))
	}
	return q.T("output.no_world")
}

// outputSources are the sources of figures, each once.
func (q *request) outputSources(es []Endowment, pick func(Endowment) *Output) []link {
	seen := map[registry.SourceID]bool{}
	var out []link
	for _, e := range es {
		if o := pick(e); o != nil && o.Slot.Shown != nil && !seen[o.Slot.Shown.Claim.Source] {
			seen[o.Slot.Shown.Claim.Source] = true
			out = append(out, q.sourceOf(o.Slot.Shown))
		}
	}
	return out
}

// sourceOf leads to the page of a claim's source.
func (q *request) sourceOf(s *registry.Stated) link {
	if s.Source == nil {
		return link{Text: string(s.Claim.Source)}
	}
	return link{Text: cmp.Or(s.Source.Title, s.Source.Publisher, string(s.Source.ID)), Note: s.Source.Publisher, Href: q.href("/sources/" + string(s.Source.ID))}
}
