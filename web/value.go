package web

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
)

// state is what is known of a value where it is not simply stated. It looks the same on every page.
type state struct {
	Code   string // unknown, not_recorded, not_looked_for, not_found, not_public, leaked, withheld, not_applicable, denied, ended, later, read, inferred
	Word   string
	Detail string // ground and date of withholding, rule of a machine; may be empty
}

func (q *request) state(code string) state { return state{Code: code, Word: q.T("state." + code)} }

// valueView is one value, or several that the same sources state alike, with what is known about it.
type valueView struct {
	Key    template.HTML // what the value is of: an event, a party, a language; "" for none
	Values []template.HTML
	State  *state // in the place of a value
	Tag    *state // beside a value: read by machine, inferred
	Span   template.HTML
	Note   string
	Chips  []*chip
	More   []*chip // further sources that say the same
	Others *otherClaims

	Statement *state      // before a value that is no plain fact: alleged, found or judged by whom
	Replies   []claimView // what those who are named say to it
}

// otherClaims are the claims that are not shown, one click away.
type otherClaims struct {
	Summary  string
	Disputed bool
	Why      string // why the one shown is shown
	Groups   []claimGroup
}

type claimGroup struct {
	Heading string
	Claims  []claimView
}

// claimView is one claim: value, source, since and until when, remark.
type claimView struct {
	Value template.HTML

	Statement *state // alleged, found or judged by whom; who replies
	State     *state
	Span      template.HTML
	Chip      *chip
	Note      string
}

// fieldRow is a field of a record with its values.
type fieldRow struct {
	Name, Label, About string
	Values             []valueView
	Missing            *state // where nothing is recorded and that is worth saying
}

// field makes the row of a record's field; ok is false where nothing is recorded.
func (q *request) field(r *registry.Record, name string) (row fieldRow, ok bool) {
	def := registry.FieldOf(name)
	row = fieldRow{Name: name, Label: q.locale.field(def), About: def.Description}
	for _, s := range r.Slots(name) {
		v := q.value(def, s)
		v.Replies = q.replies(r, name, s.Key)
		i := -1
		if def.Card == registry.Set {
			i = slices.IndexFunc(row.Values, func(o valueView) bool { return alike(&o, &v) })
		}
		if i < 0 {
			row.Values = append(row.Values, v)
			continue
		}
		row.Values[i].Values = append(row.Values[i].Values, v.Values...)
	}
	return row, len(row.Values) > 0
}

// alike says whether two values of a set can share one line: same sources, nothing else to say.
func alike(a, b *valueView) bool {
	same := func(x, y *chip) bool { return x.sameAs(y) }
	return a.State == nil && b.State == nil && a.Others == nil && b.Others == nil && a.Note == b.Note && a.Span == b.Span && a.Statement == nil && b.Statement == nil &&
		len(a.Replies)+len(b.Replies) == 0 &&
		(a.Tag == nil) == (b.Tag == nil) && (a.Tag == nil || *a.Tag == *b.Tag) && slices.EqualFunc(a.Chips, b.Chips, same) && slices.EqualFunc(a.More, b.More, same)
}

// value makes the view of one slot.
func (q *request) value(f *registry.FieldDef, s *registry.Slot) valueView {
	v := valueView{Key: q.keyLabel(f, s)}
	first := s.Shown
	switch {
	case s.Shown != nil:
		v.Values = []template.HTML{q.written(f, s.Shown.Value)}
		v.Tag = q.method(s.Shown)
	case len(s.States) > 0:
		first = s.States[0]
		st := q.claimState(first)
		v.State = &st
	case len(s.Earlier) > 0:
		first = s.Earlier[0]
		st := q.state("ended")
		v.Values, v.State = []template.HTML{q.written(f, first.Value)}, &st
	case len(s.Later) > 0:
		first = s.Later[0]
		st := q.state("later")
		v.Values, v.State = []template.HTML{q.written(f, first.Value)}, &st
	case len(s.Denials) > 0:
		first = s.Denials[0]
		st := q.state("denied")
		v.Values, v.State = []template.HTML{q.written(f, first.Value)}, &st
	case len(s.Alleged) > 0:
		first = s.Alleged[0]
		if first.Value.State != "" {
			st := q.claimState(first)
			v.State = &st
		} else {
			v.Values = []template.HTML{q.written(f, first.Value)}
		}
	}
	if first == nil {
		return v
	}
	v.Span, v.Note, v.Statement = q.span(first.Claim), q.remark(first.Claim), q.statement(first.Claim)
	v.Chips = []*chip{q.chip(first)}
	for _, a := range s.Agreeing {
		c := q.chip(a)
		if !slices.ContainsFunc(v.Chips, c.sameSource) && !slices.ContainsFunc(v.More, c.sameSource) {
			v.More = append(v.More, c)
		}
	}
	v.Others = q.others(f, s, first)
	return v
}

// others gathers the claims of a slot that are not shown; nil where there are none.
func (q *request) others(f *registry.FieldDef, s *registry.Slot, first *registry.Stated) *otherClaims {
	o := &otherClaims{}
	n := 0
	add := func(heading string, cs []*registry.Stated) {
		g := claimGroup{Heading: heading}
		for _, c := range cs {
			if c != first {
				g.Claims = append(g.Claims, q.claim(f, c))
			}
		}
		if len(g.Claims) > 0 {
			n += len(g.Claims)
			o.Groups = append(o.Groups, g)
		}
	}
	if s.Shown != nil {
		add(q.T("claims.competing"), s.Losing)
		add(q.T("claims.denials"), s.Denials)
	} else {
		add(q.T("claims.denied"), s.Losing)
		add(q.T("claims.denials"), s.Denials)
	}
	contrary := n
	add(q.T("claims.earlier"), s.Earlier)
	add(q.T("claims.later"), s.Later)
	add(q.T("claims.states"), s.States)
	add(q.T("claims.alleged"), s.Alleged)
	switch {
	case n == 0:
		return nil
	case s.Disputed():
		o.Disputed = true
		o.Summary = q.T("claims.disputed", "n", contrary)
		if s.Why != "" && s.Why != "only" {
			o.Why = q.T("why." + s.Why)
		}
	default:
		o.Summary = q.T("claims.more", "n", n)
	}
	return o
}

func (q *request) claim(f *registry.FieldDef, c *registry.Stated) claimView {
	v := claimView{Span: q.span(c.Claim), Chip: q.chip(c), Note: q.remark(c.Claim), Statement: q.statement(c.Claim)}
	if c.Value.State != "" {
		st := q.claimState(c)
		v.State = &st
	} else {
		v.Value = q.written(f, c.Value)
		if c.Not {
			v.Value = q.H("claims.not", "value", v.Value)
		}
	}
	return v
}

// claimState is the state that a claim states instead of a value.
func (q *request) claimState(c *registry.Stated) state {
	st := q.state(string(c.Value.State))
	if c.Value.State == registry.Withheld {
		st.Detail = q.T("state.withheld_ground", "ground", lowerFirst(q.code("withholding_ground", c.Value.Ground)))
		if c.Value.Review != "" {
			st.Detail += "; " + q.T("state.withheld_review", "date", q.edtfText(c.Value.Review))
		}
	}
	return st
}

// method marks a value that no source states in words: read by a machine, or inferred.
func (q *request) method(c *registry.Stated) *state {
	var st state
	by, machine := strings.CutPrefix(c.Entry.By, "machine:")
	switch {
	case c.Method == "inferred":
		st = q.state("inferred")
	case c.Method == "read" || machine:
		st = q.state("read")
	default:
		return nil
	}
	if machine {
		st.Detail = by
	}
	return &st
}

// span says since and until when a value holds.
func (q *request) span(c *registry.Claim) template.HTML {
	switch {
	case c.From != "" && c.Until != "":
		return q.H("span.both", "from", q.edtf(c.From), "until", q.edtf(c.Until))
	case c.From != "":
		return q.H("span.from", "from", q.edtf(c.From))
	case c.Until != "":
		return q.H("span.until", "until", q.edtf(c.Until))
	}
	return ""
}

// keyLabel says what a slot of a keyed field is of.
func (q *request) keyLabel(f *registry.FieldDef, s *registry.Slot) template.HTML {
	var out template.HTML
	switch {
	case s.Key == "" || f.Card != registry.Keyed:
	case isCheck(f.Name):
		out = bdi(q.checkedThing(f.Name, s.Key))
	case f.Key == "event":
		out = q.eventLabel(s.Key)
	case f.Key == "ref":
		out = q.recordLink(registry.RecordID(s.Key)).HTML()
	case f.Key == "country_year":
		code, year, _ := strings.Cut(s.Key, "/")
		out = bdi(year)
		if code == "world" {
			out = q.H("record.world_year", "year", year)
		} else {
			out = q.H("record.country_year", "country", q.recordLink(registry.RecordID("pty_"+code)).HTML(), "year", year)
		}
	case f.Key != "string" && registry.Code(f.Key, s.Key) != nil:
		out = bdi(q.code(f.Key, s.Key))
	default:
		out = bdi(upperFirst(s.Key))
		if p := q.View.Record(registry.RecordID("pty_" + s.Key)); f.Key == "string" && p != nil {
			out = q.linkTo(p).HTML()
		}
	}
	if s.Lang != "" && s.Lang != q.Lang {
		if out != "" {
			out += ", "
		}
		out += template.HTML(template.HTMLEscapeString(q.code("language", s.Lang)))
	}
	return out
}

// eventLabel is what an event is called, with its qualifier: Ratified (Malaysia), Round of negotiations 4.
func (q *request) eventLabel(key string) template.HTML {
	code, qualifier := registry.SplitEventKey(key)
	label := bdi(q.code("event", code))
	if qualifier == "" {
		return label
	}
	if p := q.View.Record(registry.RecordID("pty_" + qualifier)); p != nil {
		return q.H("event.of", "event", label, "qualifier", q.linkTo(p).HTML())
	}
	if strings.Trim(qualifier, "0123456789") == "" {
		return q.H("event.number", "event", label, "qualifier", qualifier)
	}
	return q.H("event.of", "event", label, "qualifier", bdi(strings.ReplaceAll(qualifier, "-", " ")))
}

// written is a value as people write it.
func (q *request) written(f *registry.FieldDef, v registry.Value) template.HTML {
	switch v.Type {
	case registry.TypeText:
		if v.Lang != "" && v.Lang != q.Lang {
			return template.HTML(`<span lang="` + template.HTMLEscapeString(v.Lang) + `" dir="auto">` + template.HTMLEscapeString(v.Raw) + `</span>`)
		}
		return bdi(v.Raw)
	case registry.TypeDate:
		return q.edtf(v.Raw)
	case registry.TypeCode:
		return bdi(q.code(f.CodeList, v.Raw))
	case registry.TypeRef:
		return q.recordLink(registry.RecordID(v.Raw)).HTML()
	case registry.TypeURL:
		return template.HTML(`<a href="` + template.HTMLEscapeString(v.Raw) + `" rel="noopener nofollow">` + template.HTMLEscapeString(host(v.Raw)) + `</a>`)
	case registry.TypeMineralStage:
		m, st, _ := v.MineralStage()
		mineral := template.HTML(template.HTMLEscapeString(q.T("record.all_minerals")))
		if m != "*" {
			mineral = q.recordLink(m).HTML()
		}
		return q.H("record.mineral_stage", "mineral", mineral, "stage", lowerFirst(q.code("chain_stage", st)))
	case registry.TypeFlag:
		return template.HTML(template.HTMLEscapeString(q.T("record.flag")))
	}
	return bdi(q.plain(f, v))
}

// remark is what is remarked on a claim; of an amount in a currency of the past also what that was.
func (q *request) remark(c *registry.Claim) string {
	m, ok := c.Value.Money()
	if !ok {
		return c.Note
	}
	f, ok := registry.Former(m.Currency)
	if !ok {
		return c.Note
	}
	s := q.T("money.former", "code", f.Code, "name", f.Name, "by", f.By, "year", strconv.Itoa(f.Replaced))
	if c.Note != "" {
		s += " " + c.Note
	}
	return s
}

// plain is a value as people write it, as text, for CSV, sorting and where no link may stand.
func (q *request) plain(f *registry.FieldDef, v registry.Value) string {
	switch v.Type {
	case registry.TypeDate:
		return q.edtfText(v.Raw)
	case registry.TypeCode:
		return q.code(f.CodeList, v.Raw)
	case registry.TypeRef:
		return q.recordLink(registry.RecordID(v.Raw)).Text
	case registry.TypeMoney:
		if m, ok := v.Money(); ok {
			return q.money(m)
		}
	case registry.TypeQuantity:
		if x, ok := v.Quantity(); ok {
			return q.quantity(x)
		}
	case registry.TypeNumber:
		return q.group(v.Raw)
	}
	if f.Name == "bearer_check" && v.State == "" {
		return q.reader(nil, nil).bearers(bearerCodes(v.Raw))
	}
	return v.Raw
}

// bdi escapes words of outside and isolates their direction.
func bdi(s string) template.HTML {
	return template.HTML("<bdi>" + template.HTMLEscapeString(s) + "</bdi>")
}

func upperFirst(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}
