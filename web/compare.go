package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// comparePage is /compare?of=instruments/ADDRESS&of=documents/ADDRESS/EID&…: two to six instruments, texts or provisions beside each other, by
// topic. The board is its address.
type comparePage struct {
	Heads   []boardHead
	Groups  []boardGroup
	Schemes []choice
	Lost    []string
	Full    string
	Need    string // how many more it takes
	Form    clipForm
	Asked   string
	Offers  []offer
	None    string
	Clips   link // the provisions of the board as a clip list
	Legend  []legendItem
	Machine bool // something on the board was read by a machine
}

// boardHead is the head of a column.
type boardHead struct {
	link
	Kind   string
	Text   *link  // of an instrument: the text that speaks for it
	NoText string // why no text is read
	Sample bool
	Drop   string
	Left   string // the board with it one place to the left
}

// boardGroup is a part of the board with rows of its own.
type boardGroup struct {
	Title, About string
	Rows         []boardRow
}

type boardRow struct {
	Topic, About string
	Cells        []boardCell
	code         string
}

// boardCell is what one of the things compared says on a topic.
type boardCell struct {
	Head   string
	Says   string
	State  string // the state of knowledge where it says nothing: its word
	Places []boardPlace
	More   string
}

// boardPlace is a provision on the topic.
type boardPlace struct {
	Place          link
	Form, Strength string
	Words          string
}

const (
	mostCompared = 6
	boardBudget  = 60_000 // bytes of words quoted on a board
)

func compare(q *request) (*page, error) {
	tokens := q.tokens("of")
	d := &comparePage{Asked: cut(strings.TrimSpace(q.Query.Get("q")), mostSought), Legend: q.strengthLegend()}
	if len(tokens) > mostCompared {
		d.Full, tokens = q.T("compare.full", "n", mostCompared), tokens[:mostCompared]
	}
	scheme := cmp.Or(q.Query.Get("areas"), "field")
	if !slices.Contains(schemes, scheme) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("compare.no_areas", "value", cut(scheme, 20))).WithHint("%s", q.T("error.one_of", "values", strings.Join(schemes, ", ")))
	}
	at := func(ts []string, more ...string) string {
		return q.listAddress("/compare", "of", ts, append([]string{"areas", q.Query.Get("areas")}, more...)...)
	}
	var kept []string
	var cols []*boardColumn
	for _, t := range tokens {
		p := q.pick(t)
		if p == nil {
			d.Lost = append(d.Lost, t)
			continue
		}
		kept, cols = append(kept, t), append(cols, q.boardColumn(p))
	}
	for i, c := range cols {
		c.head.Drop = at(without(kept, i))
		if i > 0 {
			c.head.Left = at(moveUp(kept, i))
		}
		d.Heads = append(d.Heads, c.head)
		d.Machine = d.Machine || c.v != nil
	}
	d.Form = clipForm{Action: "/compare"}
	for _, t := range kept {
		d.Form.Hidden = append(d.Form.Hidden, pair{"of", t})
	}
	for _, name := range []string{"as_of", "lang", "areas"} {
		if x := q.Query.Get(name); x != "" {
			d.Form.Hidden = append(d.Form.Hidden, pair{name, x})
		}
	}
	if n := len(cols); n < 2 {
		d.Need = q.T("compare.need", "n", 2-n)
	} else {
		b := &board{q, cols, boardBudget}
		d.Groups = b.groups(scheme)
		if slices.ContainsFunc(cols, func(c *boardColumn) bool { return c.prov < 0 }) {
			for _, s := range schemes {
				d.Schemes = append(d.Schemes, choice{link: link{Text: q.T("area.scheme." + s), Href: q.listAddress("/compare", "of", kept, "areas", s)}, Current: s == scheme})
			}
		}
	}
	var clipped []string
	for _, t := range kept {
		if strings.HasPrefix(t, "documents/") {
			clipped = append(clipped, t)
		}
	}
	if len(clipped) > 0 {
		d.Clips = link{Text: q.T("compare.clips"), Href: q.listAddress("/clips", "c", clipped)}
	}
	if d.Asked != "" && q.Format == "html" && len(kept) < mostCompared {
		if err := d.offer(q, func(t string) string { return at(append(kept[:len(kept):len(kept)], t), "q", d.Asked) }); err != nil {
			return nil, err
		}
	}
	title := q.T("compare.title")
	json, csv := d.data()
	return &page{Template: "compare", Title: title, Lede: q.T("compare.lede"), Data: d, Wide: true, JSON: json, CSV: csv}, nil
}

// offer looks for what else could stand on the board: instruments before provisions.
func (d *comparePage) offer(q *request, add func(string) string) error {
	ins, err := q.offers(d.Asked, "records", map[string][]string{"kind": {string(registry.KindInstrument)}}, add)
	if err != nil {
		return err
	}
	provs, err := q.offers(d.Asked, "provisions", nil, add)
	if err != nil {
		return err
	}
	if d.Offers = append(ins, provs...); len(d.Offers) == 0 {
		d.None = q.T("compare.nothing", "words", d.Asked)
	}
	return nil
}

// boardColumn is one of the things compared, with the text that speaks for it.
type boardColumn struct {
	*pick
	head boardHead
}

func (q *request) boardColumn(p *pick) *boardColumn {
	c := &boardColumn{p, boardHead{link: shortLink(q.linkTo(p.Record)), Kind: q.formOf(p.Record), Sample: p.Record.Sample()}}
	if p.Record.Kind == registry.KindInstrument {
		for _, doc := range q.speaking(p.Record) {
			if v, bare, err := q.readingOf(doc); err == nil && v != nil {
				p.v, p.bare = v, bare
				l := shortLink(q.linkTo(doc))
				c.head.Text = &l
				break
			}
		}
	}
	switch {
	case p.v == nil:
		c.head.NoText = q.T("state.not_read")
	case p.v.doc.Analysis.Unsupported != "":
		c.head.NoText = q.T("document.unserved", "language", q.code("language", base(p.v.doc.Analysis.Unsupported)))
	case p.prov >= 0:
		x := p.v.doc.Reading.Provisions[p.prov]
		c.head.Note = c.head.link.Text
		c.head.link.Text, c.head.link.Href = p.v.placeOf(p.v.doc, x.EID), p.v.permalink(x.EID)
	}
	return c
}

// unread says whether nothing of a column's text is read.
func (c *boardColumn) unread() bool { return c.v == nil || c.v.doc.Analysis.Unsupported != "" }

// board is a board being filled.
type board struct {
	*request
	cols []*boardColumn
	left int // bytes that may still be quoted
}

func (b *board) groups(scheme string) []boardGroup {
	whole := slices.ContainsFunc(b.cols, func(c *boardColumn) bool { return c.prov < 0 })
	var out []boardGroup
	add := func(key string, rows []boardRow) {
		if len(rows) > 0 {
			out = append(out, boardGroup{b.T("compare.group." + key), b.T("compare.about." + key), rows})
		}
	}
	if !whole {
		add("words", b.wordRows())
		return out
	}
	add("facts", b.factRows())
	add("scales", b.scaleRows())
	add("topics", b.topicRows(scheme))
	return out
}

// row makes a row of what each column says; it is left out where none says anything.
func (b *board) row(topic string, say func(c *boardColumn, cell *boardCell)) (boardRow, bool) {
	r, some := boardRow{Topic: topic}, false
	for _, c := range b.cols {
		cell := boardCell{Head: cut(c.head.link.Text, 40)}
		say(c, &cell)
		some = some || cell.Says != "" || len(cell.Places) > 0
		r.Cells = append(r.Cells, cell)
	}
	return r, some
}

// factRows are what the records say: form, parties, standing, legal nature.
func (b *board) factRows() []boardRow {
	var out []boardRow
	missing := b.T("state.not_recorded")
	say := func(key string, of func(r *registry.Record) string) {
		if r, some := b.row(key, func(c *boardColumn, cell *boardCell) {
			if cell.Says = of(c.work(b.request)); cell.Says == "" {
				cell.State = missing
			}
		}); some {
			out = append(out, r)
		}
	}
	say(b.T("compare.form"), func(r *registry.Record) string { return b.codes("instrument_type", r.Values("type")) })
	say(b.T("compare.parties"), func(r *registry.Record) string {
		var names []string
		for _, id := range sidesOf(b.View, r) {
			names = append(names, b.recordLink(id).Text)
		}
		if n := len(names); n > 8 {
			names = append(names[:8], b.T("compare.others", "n", n-8))
		}
		return strings.Join(names, ", ")
	})
	say(b.T("compare.standing"), func(r *registry.Record) string {
		st := r.Status()
		if st.Code == "" {
			return ""
		}
		words := b.code("instrument_status", st.Code)
		if st.Slot != nil && st.Slot.Shown != nil {
			words += ", " + b.edtfText(st.Slot.Shown.Value.Raw)
		}
		return words
	})
	for _, level := range []string{"stated", "read", "inferred"} {
		say(b.T("compare.nature", "basis", lowerFirst(b.code("nature_basis", level))), func(r *registry.Record) string {
			if s := r.Slot("legal_nature", level); s != nil && s.Shown != nil {
				return b.code("legal_nature", s.Shown.Value.Raw)
			}
			return ""
		})
	}
	return out
}

// work is the record whose facts are compared: the instrument of a text.
func (c *boardColumn) work(q *request) *registry.Record {
	if c.Record.Kind == registry.KindDocument {
		for _, id := range c.Record.Refs("instrument") {
			if r := q.View.Record(id); r != nil {
				return r
			}
		}
	}
	return c.Record
}

// scaleRows are the levels of the texts as wholes, or of the provisions.
func (b *board) scaleRows() []boardRow {
	var out []boardRow
	for i, key := range []string{"ladder.obligation", "ladder.precision", "ladder.delegation", "rung.environmental_social", "rung.value_addition"} {
		r, some := b.row(b.T(key), func(c *boardColumn, cell *boardCell) {
			if c.unread() {
				cell.State = b.T("state.not_read")
				return
			}
			in := c.v.doc.Analysis.Instrument
			l := assay.Levels{Obligation: in.Obligation, Precision: in.Precision, Delegation: in.Delegation, EnvironmentalSocial: in.EnvironmentalSocial, ValueAddition: in.ValueAddition}
			if c.prov >= 0 {
				l = c.v.doc.Analysis.Provisions[c.prov].Levels
			}
			of := 3
			if i > 2 {
				of = 5
			}
			cell.Says = strings.TrimSuffix(b.T("ladder.level", "n", []int{l.Obligation, l.Precision, l.Delegation, l.EnvironmentalSocial, l.ValueAddition}[i], "of", of), ":")
		})
		if some {
			out = append(out, r)
		}
	}
	return out
}

// topicRows are the policy areas that at least one of the texts covers.
func (b *board) topicRows(scheme string) []boardRow {
	var codes []string
	covered := map[string]bool{}
	names := b.reader(nil, nil)
	for _, c := range b.cols {
		if c.unread() {
			continue
		}
		for _, a := range c.v.doc.Analysis.Instrument.Areas {
			if c.v.schemeOf(a.Code) != scheme {
				continue
			}
			if !slices.Contains(codes, a.Code) {
				codes = append(codes, a.Code)
			}
			a, _ = (&teller{reader: c.v}).checkArea(a)
			covered[a.Code] = covered[a.Code] || (a.Covered == 1 || a.Undecided) && len(c.within(a.Evidence)) > 0
		}
	}
	var out []boardRow
	for _, code := range codes {
		if !covered[code] {
			continue
		}
		n := names.areaName(code)
		r, _ := b.row(n.Name, func(c *boardColumn, cell *boardCell) { b.topic(c, code, cell) })
		r.About, r.code = n.About, code
		out = append(out, r)
	}
	return out
}

// within are the places of a list that stand in the column's provision, or all where it is a whole text.
func (c *boardColumn) within(eids []string) []string {
	if c.prov < 0 {
		return eids
	}
	own := c.v.doc.Reading.Provisions[c.prov].EID
	var out []string
	for _, e := range eids {
		if e == own || strings.HasPrefix(e, own+"__") {
			out = append(out, e)
		}
	}
	return out
}

// topic says what a column holds on a policy area.
func (b *board) topic(c *boardColumn, code string, cell *boardCell) {
	if c.unread() {
		cell.State = b.T("state.not_read")
		return
	}
	an := c.v.doc.Analysis
	i := slices.IndexFunc(an.Instrument.Areas, func(a assay.AreaReading) bool { return a.Code == code })
	if i < 0 {
		cell.State = b.T("state.not_looked_for")
		return
	}
	a, check := (&teller{reader: c.v}).checkArea(an.Instrument.Areas[i])
	where := c.within(a.Evidence)
	switch {
	case a.Undecided:
		cell.Says = upperFirst(b.T("check.undecided"))
	case a.Covered == 0 || c.prov >= 0 && len(where) == 0:
		cell.State = b.T("state.not_found")
	default:
		cell.Says = b.T([]string{"compare.covered", "compare.excluded", "compare.enforceable"}[min(max(a.Enforceability, 0), 2)])
	}
	if check != nil && check.Says != "" {
		cell.Says = strings.TrimSpace(cell.Says + " " + check.Says)
	}
	if cell.Says == "" {
		return
	}
	each := 1
	if len(b.cols) <= 3 {
		each = 2
	}
	for _, eid := range where[:min(len(where), each)] {
		cell.Places = append(cell.Places, b.placeOn(c, eid))
	}
	if n := len(where) - len(cell.Places); n > 0 {
		cell.More = b.T("compare.more", "n", n)
	}
}

// placeOn is a provision on a topic with the beginning of its words.
func (b *board) placeOn(c *boardColumn, eid string) boardPlace {
	p := boardPlace{Place: link{Text: upperFirst(c.v.shortPlace(eid))}}
	for i, x := range c.v.doc.Reading.Provisions {
		if x.EID != eid {
			continue
		}
		if strings.Contains(p.Place.Text, "__") && !c.bare { // a place that has no short name
			p.Place.Text = cut(c.v.provisionTitle(x), 40)
		}
		m, either := c.v.own(i)
		if m == assay.None {
			m, either = c.v.doc.Analysis.Provisions[i].Modality, nil // of what it contains
		}
		if m != assay.None && m != "" {
			p.Form, p.Strength = strengthForm(m), b.T("strength."+string(m))
			if either != nil {
				p.Form, p.Strength = "undecided", c.v.T("strength.undecided")
			}
		}
		if c.bare {
			break
		}
		p.Place.Href = c.v.permalink(eid)
		const few = 150
		start, end := x.Body, x.End
		if words := cut(c.v.flat(start, runeStart(c.v.doc.Reading.Text, min(end, start+4*few))), few); b.left > 0 {
			p.Words = words
			b.left -= len(words) + 120
		}
		break
	}
	return p
}

// data is the board as data.
func (d *comparePage) data() (any, *sheet) {
	type place struct {
		Place    string `json:"place"`
		Path     string `json:"path,omitempty"`
		Strength string `json:"strength,omitempty"`
		Words    string `json:"words,omitempty"`
	}
	type cell struct {
		Says   string  `json:"says,omitempty"`
		State  string  `json:"state,omitempty"`
		Places []place `json:"places,omitempty"`
	}
	type row struct {
		Group string `json:"group"`
		Topic string `json:"topic"`
		Code  string `json:"code,omitempty"`
		Cells []cell `json:"cells"`
	}
	out := struct {
		Of       []string `json:"of"`
		Rows     []row    `json:"rows"`
		NotFound []string `json:"not_found,omitempty"`
	}{[]string{}, []row{}, d.Lost}
	s := &sheet{Columns: []string{"group", "topic"}}
	for _, h := range d.Heads {
		name := strings.TrimPrefix(h.Note+", "+h.link.Text, ", ")
		out.Of = append(out.Of, name)
		s.Columns = append(s.Columns, name)
	}
	for _, g := range d.Groups {
		for _, r := range g.Rows {
			x := row{Group: g.Title, Topic: r.Topic, Code: r.code}
			line := []string{g.Title, r.Topic}
			for _, c := range r.Cells {
				y := cell{Says: c.Says, State: c.State}
				words := []string{cmp.Or(c.Says, c.State)}
				for _, p := range c.Places {
					path, _, _ := strings.Cut(p.Place.Href, "?")
					y.Places = append(y.Places, place{p.Place.Text, path, p.Strength, p.Words})
					words = append(words, strings.TrimSpace(p.Place.Text+": "+p.Strength+" "+p.Words))
				}
				x.Cells = append(x.Cells, y)
				line = append(line, strings.Join(words, "\n"))
			}
			out.Rows = append(out.Rows, x)
			s.Rows = append(s.Rows, line)
		}
	}
	return out, s
}

// compareLink sets something beside others.
func (q *request) compareLink(path string) link {
	return link{Text: q.T("compare.with"), Href: q.listAddress("/compare", "of", []string{strings.TrimPrefix(path, "/")})}
}
