package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
)

// namedFields are what is asked of a new record before its events, by kind.
var namedFields = map[registry.Kind][]string{
	registry.KindNegotiation: {"title", "party", "mineral", "summary"}, registry.KindInstrument: {"title", "type", "party", "mineral", "summary"},
	registry.KindFinancing: {"title", "lender", "borrower", "amount", "mineral", "summary"}, registry.KindProject: {"title", "project_type", "host", "operator", "mineral", "summary"},
	registry.KindForum: {"title", "party", "summary"}, registry.KindProgramme: {"title", "issuer", "amount", "summary"}, registry.KindLaw: {"title", "law_type", "issuer", "summary"},
	registry.KindParty: {"name", "party_kind", "state", "summary"},
}

// oneLine are texts that fit a line.
var oneLine = []string{"title", "official_title", "name", "event_place", "location", "mineral_scope"}

func namedKey(field string) string {
	if field == "name" {
		return "short"
	}
	return ""
}

// namedRow asks for a field of a new record.
func (q *request) namedRow(f *form, i int, name string) enterRow {
	def := registry.FieldOf(name)
	x := q.valueField(def, "n"+strconv.Itoa(i)+".value")
	x.Label = q.locale.field(def)
	if def.Card == registry.Set {
		x.Label = q.T("edit.several", "field", x.Label)
	}
	x.Optional = name != "title" && name != "name"
	x.Focus = i == 0
	return enterRow{Main: []*formField{f.add(x)}}
}

// valueField is the input for a value of a field: words, a list to choose from, or a line that is read as people write.
func (q *request) valueField(def *registry.FieldDef, name string) formField {
	x := formField{Name: name, Label: q.T("edit.value"), Hint: q.T("edit.hint." + string(def.Type))}
	switch {
	case slices.Contains(oneLine, def.Name):
		x.Max = 500
	case def.Type == registry.TypeText:
		x.Type, x.Rows = "textarea", 3
	case def.Type == registry.TypeCode && def.Card != registry.Set:
		x.Type, x.Options, x.Hint = "select", q.codeOptions(def.CodeList, q.T("edit.choose")), ""
	case def.Type == registry.TypeFlag:
		x.Type, x.Options, x.Hint = "select", []formOption{{Label: q.T("edit.choose")}, {Value: "yes", Label: q.T("record.flag")}}, ""
	case def.Card == registry.Set:
		x.Type, x.Rows = "textarea", 2
		x.Hint = q.T("edit.hint_lines") + " " + x.Hint
	}
	return x
}

// codeOptions are the codes of a list to choose from; none is what stands first, for no choice.
func (q *request) codeOptions(list, none string) []formOption {
	var out []formOption
	if none != "" {
		out = append(out, formOption{Label: none})
	}
	for _, c := range registry.Codes(list) {
		out = append(out, formOption{Value: c, Label: q.code(list, c)})
	}
	return out
}

// eventRow asks for an event.
func (q *request) eventRow(f *form, k registry.Kind, i int) enterRow {
	n := "e" + strconv.Itoa(i)
	row := enterRow{Legend: q.T("edit.event_n", "n", i+1)}
	row.Main = []*formField{
		f.add(formField{Name: n + ".key", Label: q.T("edit.event"), Type: "select", Options: q.eventOptions(k)}),
		f.add(formField{Name: n + ".value", Label: q.T("edit.when"), Hint: q.T("edit.when_hint"), Max: 200}),
		f.add(formField{Name: n + ".happened", Label: q.T("edit.happened"), Hint: q.T("edit.happened_hint"), Type: "textarea", Rows: 2, Optional: true}),
		f.add(formField{Name: n + ".locator", Label: q.T("edit.locator"), Hint: q.T("edit.locator_hint"), Max: 500}),
	}
	row.More = []*formField{f.add(formField{Name: n + ".qualifier", Label: q.T("edit.qualifier"), Hint: q.T("edit.qualifier_hint"), Max: 100})}
	if registry.HasField(k, "event_place") {
		row.More = append(row.More, f.add(formField{Name: n + ".place", Label: q.T("edit.place"), Max: 200}))
	}
	row.More = append(row.More, f.add(formField{Name: n + ".note", Label: q.T("edit.note"), Hint: q.T("edit.note_hint"), Type: "textarea", Rows: 2}))
	return row
}

// eventOptions are the events, by the stage or status to which they lead; the others last.
func (q *request) eventOptions(k registry.Kind) []formOption {
	list, leads := "instrument_status", func(c *registry.CodeDef) string { return c.Status }
	if k == registry.KindNegotiation {
		list, leads = "negotiation_stage", func(c *registry.CodeDef) string { return c.Stage }
	}
	out := []formOption{{Label: q.T("edit.choose")}}
	for _, to := range append(registry.Codes(list), "") {
		group := q.T("edit.event_else")
		if to != "" {
			group = q.T("edit.event_leads", "to", q.code(list, to))
		}
		for _, c := range registry.Codes("event") {
			if leads(registry.Code("event", c)) == to {
				out = append(out, formOption{Value: c, Label: q.code("event", c), Group: group})
			}
		}
	}
	return out
}

// factRow asks for any other statement. Where the field was fixed beforehand the inputs are those of its type.
func (q *request) factRow(f *form, k registry.Kind, i int) enterRow {
	n := "f" + strconv.Itoa(i)
	row := enterRow{Legend: q.T("edit.fact_n", "n", i+1)}
	def := registry.FieldOf(q.form.Get(n + ".fixed"))
	if def != nil && registry.HasField(k, def.Name) {
		row.Legend = q.locale.field(def)
		f.Hidden = append(f.Hidden, pair{n + ".fixed", def.Name}, pair{n + ".field", def.Name})
		x := q.valueField(def, n+".value")
		if r := q.View.Record(registry.RecordID(q.params["record"])); def.Name == "bearer_check" && r != nil {
			x.Type, x.Hint, x.Options = "select", "", q.bearerOptions(r, q.form.Get(n+".key"))
		}
		corrects := q.form.Get(n + ".corrects")
		if corrects != "" {
			f.Hidden = append(f.Hidden, pair{n + ".corrects", corrects})
			if x.Type == "textarea" && def.Type != registry.TypeText {
				x.Type, x.Hint = "text", q.T("edit.hint."+string(def.Type))
			}
		}
		x.Focus = true
		beside := q.form.Get(n+".beside") != ""
		if beside {
			f.Hidden = append(f.Hidden, pair{n + ".beside", "yes"})
		}
		if def.Card == registry.Keyed {
			if key := q.form.Get(n + ".key"); corrects != "" || beside { // of what it is stays
				f.Hidden = append(f.Hidden, pair{n + ".key", key})
				if what := q.keyText(def, key); what != "" {
					row.Legend += ": " + what
				}
			} else {
				row.Main = append(row.Main, q.keyField(f, def, n))
			}
		}
		row.Main = append(row.Main, f.add(x))
	} else {
		row.Main = append(row.Main, f.add(formField{Name: n + ".field", Label: q.T("edit.field"), Type: "select", Options: q.fieldOptions(k)}))
		row.Main = append(row.Main, f.add(formField{Name: n + ".value", Label: q.T("edit.value"), Hint: q.T("edit.value_hint"), Type: "textarea", Rows: 2}))
		row.More = append(row.More, f.add(formField{Name: n + ".key", Label: q.T("edit.key"), Hint: q.T("edit.key_hint"), Max: 200}))
	}
	row.Main = append(row.Main, f.add(formField{Name: n + ".locator", Label: q.T("edit.locator"), Hint: q.T("edit.locator_hint"), Max: 500}))
	more := []formField{
		{Name: n + ".state", Label: q.T("edit.state"), Type: "select", Options: q.stateOptions()},
		{Name: n + ".not", Label: q.T("edit.not"), Type: "checkbox"},
		{Name: n + ".from", Label: q.T("edit.from"), Hint: q.T("edit.from_hint"), Max: 200, Short: true}, {Name: n + ".until", Label: q.T("edit.until"), Max: 200, Short: true},
		{Name: n + ".statement", Label: q.T("edit.statement"), Hint: q.T("edit.statement_hint"), Type: "select", Options: q.statementOptions()},
		{Name: n + ".speaker", Label: q.T("edit.speaker"), Hint: q.T("edit.speaker_hint"), Max: 200},
		{Name: n + ".method", Label: q.T("edit.method"), Type: "select", Options: []formOption{{Label: q.code("method", "stated")}, {Value: "inferred", Label: q.code("method", "inferred")}}},
		{Name: n + ".note", Label: q.T("edit.note"), Hint: q.T("edit.note_hint"), Type: "textarea", Rows: 2},
	}
	for _, x := range more {
		row.More = append(row.More, f.add(x))
	}
	return row
}

// keyText is what a value of a keyed field is of, in words.
func (q *request) keyText(def *registry.FieldDef, key string) string {
	if isCheck(def.Name) {
		return q.checkedThing(def.Name, key)
	}
	switch def.Key {
	case "event":
		return q.eventWords(key)
	case "ref":
		return q.recordLink(registry.RecordID(key)).Text
	case "string", "country_year":
		return key
	}
	return q.code(def.Key, key)
}

// keyField asks what a value of a keyed field is of.
func (q *request) keyField(f *form, def *registry.FieldDef, n string) *formField {
	x := formField{Name: n + ".key", Label: q.T("edit.key"), Max: 200}
	switch def.Key {
	case "event":
		x.Label, x.Type, x.Options = q.T("edit.event"), "select", q.eventOptions(registry.KindNegotiation)
	case "ref":
		x.Label, x.Hint = q.T("edit.of_party"), q.T("edit.hint.ref")
	case "collision":
		x.Hint = def.Description
	case "string":
		x.Hint, x.Optional = def.Description, true
	case "country_year":
		x.Hint = q.T("edit.country_year_hint")
	default:
		x.Type, x.Options = "select", q.codeOptions(def.Key, q.T("edit.choose"))
	}
	return f.add(x)
}

// fieldOptions are the fields of a kind that people fill in, but events, which have rows of their own.
func (q *request) fieldOptions(k registry.Kind) []formOption {
	out := []formOption{{Label: q.T("edit.choose")}}
	for _, name := range registry.KindOf(k).Fields {
		if name == "event" || !isTyped(name) {
			continue
		}
		out = append(out, formOption{Value: name, Label: q.locale.field(registry.FieldOf(name))})
	}
	return out
}

// isTyped says whether people may fill in a field: the others come with files and merges.
func isTyped(field string) bool {
	return !slices.Contains([]string{"redirect", "file", "file_name", "reading", "analysis", "succession", "grams"}, field)
}

func (q *request) stateOptions() []formOption {
	out := []formOption{{Label: q.T("edit.state_none")}, {Value: "{unknown}", Label: q.T("edit.state_unknown")}, {Value: "{not_applicable}", Label: q.T("state.not_applicable")}}
	for _, g := range registry.Codes("withholding_ground") {
		out = append(out, formOption{Value: "{withheld:" + g + "}", Label: q.T("state.withheld") + ": " + lowerFirst(q.code("withholding_ground", g))})
	}
	return out
}

func (q *request) statementOptions() []formOption {
	var out []formOption
	for _, c := range registry.Codes("statement_kind") {
		v := c
		if c == "fact" {
			v = ""
		}
		out = append(out, formOption{Value: v, Label: q.code("statement_kind", c)})
	}
	return out
}

// sourceFields asks which source says so: one that the record knows, or a new one.
func (q *request) sourceFields(d *enterPage, r *registry.Record) {
	f := d.Form
	if used := q.usedSources(r); len(used) > 0 {
		d.Use = f.add(formField{Name: "source.use", Label: q.T("edit.source_use"), Type: "select", Options: append([]formOption{{Label: q.T("edit.source_new")}}, used...)})
	}
	var same *formField
	if s := q.likeSource(); s != nil {
		f.Hidden = append(f.Hidden, pair{"source.like", string(s.ID)})
		same = f.add(formField{Name: "source.same", Label: q.T("edit.source_same", "publisher", s.Publisher, "grade", q.code("grade", s.Grade)), Hint: q.T("edit.source_same_hint"), Type: "checkbox"})
	}
	d.Source = []*formField{
		f.add(formField{Name: "source.url", Label: q.T("edit.source_url"), Hint: q.T("edit.source_url_hint"), Max: 2000}),
		f.add(formField{Name: "source.title", Label: q.T("edit.source_title"), Max: 1000, Optional: true}),
		f.add(formField{Name: "source.publisher", Label: q.T("edit.source_publisher"), Hint: q.T("edit.source_publisher_hint"), Max: 500}),
		f.add(formField{Name: "source.date", Label: q.T("edit.source_date"), Hint: q.T("edit.source_date_hint"), Max: 200, Short: true}),
		f.add(formField{Name: "source.undated", Label: q.T("edit.source_undated"), Type: "checkbox"}),
		f.add(formField{Name: "source.grade", Label: q.T("edit.source_grade"), Hint: q.T("edit.source_grade_hint"), Type: "select", Options: q.codeOptions("grade", q.T("edit.choose"))}),
		f.add(formField{Name: "source.lang", Label: q.T("edit.source_lang"), Type: "select", Options: q.codeOptions("language", q.T("edit.choose")), Optional: true}),
	}
	if same != nil {
		d.Source = slices.Insert(d.Source, 2, same)
	}
	d.Page = f.add(formField{Name: "source.text", Label: q.T("edit.page"), Hint: q.T("edit.page_hint"), Type: "textarea", Rows: 4, Optional: true})
	if h := q.keptHash(); h != "" {
		n, _ := strconv.Atoi(q.form.Get("source.length"))
		d.Kept = q.T("edit.page_kept", "n", n, "hash", h[:12])
		for _, name := range []string{"source.hash", "source.length", "source.mark"} {
			f.Hidden = append(f.Hidden, pair{name, q.form.Get(name)})
		}
	}
}

// likeSource is the source entered before this one, which may have the same publisher; nil where there is none.
func (q *request) likeSource() *registry.Source {
	s := q.View.Sources[registry.SourceID(cmp.Or(q.form.Get("source.like"), q.Query.Get("like")))]
	if s == nil || s.Publisher == "" {
		return nil
	}
	return s
}

// usedSources are the sources that the record's claims rest on, the newest first, with the one that is chosen already.
func (q *request) usedSources(r *registry.Record) []formOption {
	seen := map[registry.SourceID]bool{}
	var list []*registry.Source
	add := func(s *registry.Source) {
		if s != nil && !seen[s.ID] {
			seen[s.ID] = true
			list = append(list, s)
		}
	}
	if r != nil {
		for _, f := range r.Fields {
			for _, s := range f.Slots {
				eachClaim(s, func(c *registry.Stated) { add(c.Source) })
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *registry.Source) int { return strings.Compare(b.Date, a.Date) })
	if len(list) > 60 {
		list = list[:60]
	}
	add(q.View.Sources[registry.SourceID(q.form.Get("source.use"))])
	out := make([]formOption, 0, len(list))
	for _, s := range list {
		out = append(out, formOption{Value: string(s.ID), Label: q.sourceLine(s)})
	}
	return out
}

// sourceLine names a source in a line: publisher, date, title.
func (q *request) sourceLine(s *registry.Source) string {
	date := q.T("source.undated")
	if s.Date != "" {
		date = q.edtfText(s.Date)
	}
	name := s.Title
	if name == "" {
		name = host(s.URL)
	}
	out := date + ": " + cut(name, 70)
	if s.Publisher != "" {
		out = s.Publisher + ", " + out
	}
	return out
}

func eachClaim(s *registry.Slot, do func(*registry.Stated)) {
	if s.Shown != nil {
		do(s.Shown)
	}
	for _, cs := range [][]*registry.Stated{s.Agreeing, s.Losing, s.Earlier, s.Later, s.Denials, s.States, s.Alleged} {
		for _, c := range cs {
			do(c)
		}
	}
}

// intoOptions are the audiences at which this person may enter: editors', and their own narrower ones.
func (q *request) intoOptions() []formOption {
	out := []formOption{{Value: string(registry.Registry), Label: q.T("edit.into_registry")}}
	for _, a := range q.user.Audiences {
		if a != registry.Public && a != registry.Registry {
			out = append(out, formOption{Value: string(a), Label: string(a)})
		}
	}
	return out
}

// into is the audience that was chosen.
func (q *request) into() registry.Audience {
	for _, o := range q.intoOptions() {
		if o.Value == q.form.Get("into") {
			return registry.Audience(o.Value)
		}
	}
	return registry.Registry
}
