package web

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/disclosure"
	"github.com/openassay/assay/registry"
)

// day is the day that the page is of: the one asked for, else today.
func (q *request) day() registry.Day {
	if q.AsOf != "" {
		return q.AsOf
	}
	return q.site.today()
}

// slotCell names what a notice is about: the field, and its key where it has one.
func (q *request) slotCell(f *registry.FieldDef, key string) cell {
	c := wordsCell(q.locale.field(f))
	if key != "" {
		c.HTML += ": " + q.slotKey(f, key)
	}
	return c
}

// slotKey is the key of a notice in words. The keys of texts are codes.
func (q *request) slotKey(f *registry.FieldDef, key string) template.HTML {
	return q.keyLabel(f, &registry.Slot{Key: key})
}

// withheldJSON is a notice as data.
type withheldJSON struct {
	Record    registry.RecordID   `json:"record"`
	Title     string              `json:"title"`
	Field     string              `json:"field"`
	Key       string              `json:"key,omitempty"`
	Ground    string              `json:"ground"`
	Authority []registry.RecordID `json:"authority"`
	Since     registry.Day        `json:"since,omitempty"`
	Review    registry.Day        `json:"review,omitempty"`
	Ends      registry.Day        `json:"ends,omitempty"`
	Release   string              `json:"release,omitempty"`
	Due       registry.Day        `json:"due,omitempty"`
	Reason    string              `json:"reason,omitempty"`
	Faults    []string            `json:"faults"`
	Source    registry.SourceID   `json:"source"`
}

func (q *request) withheldJSON(w *disclosure.Withheld) withheldJSON {
	out := withheldJSON{w.Record.ID, w.Record.Title(q.Lang), w.Field.Name, w.Key, w.Ground.Code, w.Authority, w.Since, w.Review, w.Ends, w.Release, w.Due, w.Reason, w.Faults, w.Notice.Claim.Source}
	if out.Authority == nil {
		out.Authority = []registry.RecordID{}
	}
	if out.Faults == nil {
		out.Faults = []string{}
	}
	return out
}

// withheld is /withheld: every notice that something is kept back, with ground, authority, since and until when, and what is overdue.
func withheld(q *request) (*page, error) {
	all, err := disclosure.Register(q.View, q.day())
	if err != nil {
		return nil, err
	}
	late := 0
	for _, w := range all {
		if overdue(w) {
			late++
		}
	}
	only := q.Query.Get("overdue") == "yes"
	if only {
		all = slices.DeleteFunc(all, func(w *disclosure.Withheld) bool { return !overdue(w) })
	}
	d := publicLog{Title: q.T("withheld.title"), Says: []string{q.T("withheld.lede"), q.T("withheld.count", "n", len(all), "late", late)}, Empty: q.T("withheld.empty")}
	if only {
		d.Links = append(d.Links, link{Text: q.T("withheld.all"), Href: q.href("/withheld")})
	} else if late > 0 {
		d.Links = append(d.Links, link{Text: q.T("withheld.only_overdue", "n", late), Href: q.href("/withheld", "overdue", "yes")})
	}
	d.Links = append(d.Links, link{Text: q.T("undisclosed.title"), Href: q.href("/undisclosed")}, link{Text: q.T("released.title"), Href: q.href("/released")}, link{Text: q.T("grounds.title"), Href: q.href("/withheld/grounds")},
		link{Text: q.T("index.title"), Href: q.href("/disclosure-index")}, link{Text: q.T("sides.title"), Href: q.href("/both-sides")}, link{Text: q.T("protocol.title"), Href: q.href("/withheld/protocol")})
	d.Table = table{Caption: d.Title, Heads: q.headsOf("withheld.record", "withheld.what", "withheld.ground", "withheld.authority", "withheld.since", "withheld.review", "withheld.release", "withheld.state")}
	csv := &sheet{Columns: []string{"record", "title", "field", "key", "ground", "authority", "since", "review", "ends", "release", "due", "faults", "source"}}
	js := []withheldJSON{}
	for _, w := range all {
		x := q.withheldJSON(w)
		js = append(js, x)
		csv.Rows = append(csv.Rows, []string{string(x.Record), x.Title, x.Field, x.Key, x.Ground, strings.Join(ids(x.Authority), " "), string(x.Since), string(x.Review), string(x.Ends), x.Release, string(x.Due), strings.Join(x.Faults, " "), string(x.Source)})
		what := q.slotCell(w.Field, w.Key)
		if p := disclosurePath(w.Record); p != "" {
			what.HTML += template.HTML(` <a href="` + template.HTMLEscapeString(q.href(p)) + `#` + slug(w.Slot()) + `">` + template.HTMLEscapeString(q.T("withheld.decision")) + `</a>`)
		}
		d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, q.linkCell(q.linkTo(w.Record)), what, wordsCell(q.code("withholding_ground", w.Ground.Code)), q.partiesCell(w.Authority), q.dayCell(w.Since), q.dayCell(w.Review), wordsCell(q.trigger(w.Release)), wordsCell(q.faults(w))))
	}
	return &page{Template: "public-log", Title: d.Title, Lede: d.Says[0], Data: d, Wide: true, JSON: js, CSV: csv}, nil
}

// overdue says whether a notice has outlived a date of its own.
func overdue(w *disclosure.Withheld) bool {
	return slices.ContainsFunc(w.Faults, func(f string) bool { return f == "review_overdue" || f == "beyond_longest" || f == "release_due" })
}

// faults are what is not as it should be, in words; that all is well where nothing is.
func (q *request) faults(w *disclosure.Withheld) string {
	if len(w.Faults) == 0 {
		return q.T("withheld.sound")
	}
	out := make([]string, len(w.Faults))
	for i, f := range w.Faults {
		out[i] = q.T("withheld.fault." + f)
	}
	return strings.Join(out, "; ")
}

// trigger puts into words what releases something.
func (q *request) trigger(s string) string {
	if s == "" {
		return ""
	}
	t, err := disclosure.ParseTrigger(s)
	switch {
	case err != nil:
		return s
	case t.Day != "":
		return q.edtfText(string(t.Day))
	case t.Event != "" && t.After > 0:
		return q.T("withheld.on_after", "what", lowerFirst(q.code("event", t.Event)), "n", t.After)
	case t.Event != "":
		return q.T("withheld.on", "what", lowerFirst(q.code("event", t.Event)))
	case t.Stage != "":
		return q.T("withheld.on", "what", lowerFirst(q.code("negotiation_stage", t.Stage)))
	}
	return q.T("withheld.on", "what", lowerFirst(q.code("implementation_status", t.Implementation)))
}

func (q *request) partiesCell(list []registry.RecordID) cell {
	var c cell
	for i, id := range list {
		l := q.recordLink(id)
		if i > 0 {
			c.Text, c.HTML = c.Text+", ", c.HTML+", "
		}
		c.Text, c.HTML = c.Text+l.Text, c.HTML+l.HTML()
	}
	return c
}

func ids(list []registry.RecordID) []string {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = string(id)
	}
	return out
}

// groundPage is /withheld/grounds: the grounds, the threshold test and the profiles.
type groundPage struct {
	Test      []disclosure.Question
	Overrides []disclosure.Override
	Grounds   []groundView
	Profiles  []profileView
}

type groundView struct {
	*disclosure.Ground
	Gives []string // labels of overrides
}

type profileView struct {
	*disclosure.Profile
	Table table
}

func grounds(q *request) (*page, error) {
	g, err := disclosure.LoadGrounds()
	if err != nil {
		return nil, err
	}
	ps, err := disclosure.LoadProfiles()
	if err != nil {
		return nil, err
	}
	d := groundPage{Test: g.Test, Overrides: g.Overrides}
	for _, x := range g.All {
		v := groundView{Ground: x}
		for _, o := range g.Overrides {
			if slices.Contains(x.Override, o.Code) {
				v.Gives = append(v.Gives, o.Label)
			}
		}
		d.Grounds = append(d.Grounds, v)
	}
	for _, p := range ps.All {
		v := profileView{p, table{Caption: p.Label(), Heads: q.headsOf("plan.part", "plan.from", "plan.until", "plan.grounds")}}
		for _, part := range ps.Parts {
			r := p.Parts[part.Code]
			v.Table.Rows = append(v.Table.Rows, q.rowOf(v.Table.Heads, wordsCell(part.Label), wordsCell(q.from(r)), wordsCell(q.audienceKind(r.Audience)), wordsCell(q.groundList(r.Grounds))))
		}
		d.Profiles = append(d.Profiles, v)
	}
	return &page{Template: "grounds", Title: q.T("grounds.title"), Lede: q.T("grounds.lede"), Data: d, Wide: true, Plain: true,
		Trail: []link{{Text: q.T("withheld.title"), Href: q.href("/withheld")}}, JSON: map[string]any{"grounds": g, "profiles": ps}}, nil
}

func (q *request) from(r disclosure.Rule) string {
	if r.From == "start" || r.From == "" {
		return q.T("plan.start")
	}
	return q.trigger(r.From)
}

func (q *request) audienceKind(code string) string {
	if code == "" {
		return ""
	}
	return q.T("plan.audience." + code)
}

func (q *request) groundList(codes []string) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = lowerFirst(q.code("withholding_ground", c))
	}
	return strings.Join(out, ", ")
}

// undisclosed is /undisclosed: what is known to exist and is not public, or became public by a leak only.
func undisclosed(q *request) (*page, error) {
	d := publicLog{Title: q.T("undisclosed.title"), Says: []string{q.T("undisclosed.lede")}, Empty: q.T("undisclosed.empty")}
	d.Table = table{Caption: d.Title, Heads: q.headsOf("withheld.record", "undisclosed.text", "undisclosed.known", "undisclosed.since", "undisclosed.source")}
	csv := &sheet{Columns: []string{"record", "title", "text", "status", "known", "source"}}
	js := []map[string]any{}
	for _, k := range registry.Kinds() {
		for _, r := range q.View.OfKind(k) {
			if r.Sample() {
				continue
			}
			for _, s := range r.Slots("text_status") {
				st, code := s.Shown, ""
				if st != nil && (st.Value.Raw == "not_public" || st.Value.Raw == "leaked") {
					code = st.Value.Raw
				} else if st == nil {
					for _, x := range s.States {
						if x.Value.State == registry.Withheld && !x.Not {
							st, code = x, "withheld"
						}
					}
				}
				if code == "" {
					continue
				}
				says := q.T("state.withheld")
				if code != "withheld" {
					says = q.code("text_status", code)
				}
				d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, q.linkCell(q.linkTo(r)), wordsCell(q.code("document_type", s.Key)), wordsCell(says), q.dayCell(st.Known), q.sourceCell(st)))
				csv.Rows = append(csv.Rows, []string{string(r.ID), r.Title(q.Lang), s.Key, code, string(st.Known), string(st.Claim.Source)})
				js = append(js, map[string]any{"record": r.ID, "title": r.Title(q.Lang), "text": s.Key, "status": code, "known": st.Known, "source": st.Claim.Source})
			}
		}
	}
	d.Says = append(d.Says, q.T("undisclosed.count", "n", len(js)))
	return &page{Template: "public-log", Title: d.Title, Lede: d.Says[0], Data: d, Wide: true, JSON: js, CSV: csv, Trail: []link{{Text: q.T("withheld.title"), Href: q.href("/withheld")}}}, nil
}

func (q *request) sourceCell(st *registry.Stated) cell {
	if st.Source == nil {
		return cell{}
	}
	text := cmp.Or(st.Source.Publisher, st.Source.Title, string(st.Source.ID))
	return q.linkCell(link{Text: text, Href: q.href("/sources/" + string(st.Source.ID))})
}

// daysFrom counts the days from one day to another.
func daysFrom(a, b registry.Day) (int, bool) {
	x, err := time.Parse(time.DateOnly, string(a))
	y, err2 := time.Parse(time.DateOnly, string(b))
	return int(y.Sub(x).Hours() / 24), err == nil && err2 == nil
}

// mostReleased is how many lines /released shows as a page; the data hold all.
const mostReleased = 200

// released is /released: texts that were found to be public, the newest first, and how long after signature.
func released(q *request) (*page, error) {
	type line struct {
		r     *registry.Record
		key   string
		st    *registry.Stated
		lag   int
		dated bool
	}
	var all []line
	for _, k := range registry.Kinds() {
		for _, r := range q.View.OfKind(k) {
			if r.Sample() {
				continue
			}
			for _, s := range r.Slots("text_status") {
				if s.Shown == nil || s.Shown.Value.Raw != "found" {
					continue
				}
				l := line{r: r, key: s.Key, st: s.Shown}
				if d, ok := r.EventDate("signed"); ok && d.Start == d.End {
					if n, ok := daysFrom(d.Start, l.st.Known); ok && n >= 0 {
						l.lag, l.dated = n, true
					}
				}
				all = append(all, l)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b line) int {
		return cmp.Or(cmp.Compare(b.st.Known, a.st.Known), cmp.Compare(a.r.ID, b.r.ID), cmp.Compare(a.key, b.key))
	})
	d := publicLog{Title: q.T("released.title"), Says: []string{q.T("released.lede")}, Empty: q.T("released.empty")}
	d.Table = table{Caption: d.Title, Heads: q.headsOf("released.known", "withheld.record", "undisclosed.text", "#released.lag", "undisclosed.source")}
	csv := &sheet{Columns: []string{"known", "record", "title", "text", "days_after_signature", "source"}}
	js := []map[string]any{}
	for i, l := range all {
		lag, days := cell{}, ""
		if l.dated {
			lag, days = countCell(l.lag), strconv.Itoa(l.lag)
		}
		if i < mostReleased {
			d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, q.dayCell(l.st.Known), q.linkCell(q.linkTo(l.r)), wordsCell(q.code("document_type", l.key)), lag, q.sourceCell(l.st)))
		}
		csv.Rows = append(csv.Rows, []string{string(l.st.Known), string(l.r.ID), l.r.Title(q.Lang), l.key, days, string(l.st.Claim.Source)})
		js = append(js, map[string]any{"known": l.st.Known, "record": l.r.ID, "title": l.r.Title(q.Lang), "text": l.key, "days_after_signature": days, "source": l.st.Claim.Source})
	}
	return &page{Template: "public-log", Title: d.Title, Lede: d.Says[0], Data: d, Wide: true, JSON: js, CSV: csv, Trail: []link{{Text: q.T("withheld.title"), Href: q.href("/withheld")}}}, nil
}
