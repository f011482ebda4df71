package summary

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/disclosure"
	"github.com/openassay/assay/registry"
)

// Form names the form of sheets.
const Form = "summary/1"

// The states of a part.
const (
	Stated      = "stated"       // sources say something of it
	NotRecorded = "not_recorded" // no source here does; it may be so all the same
	Kept        = "withheld"     // a notice says that it is kept back
)

// Sheet is the summary of one instrument.
type Sheet struct {
	Form    string            `json:"form"`
	Record  registry.RecordID `json:"record,omitempty"` // absent in a form filled by hand
	Lang    string            `json:"lang"`             // of labels and codes: en, fr, es, pt
	Title   string            `json:"title"`
	Sample  bool              `json:"sample,omitempty"`
	AsOf    registry.Day      `json:"as_of,omitempty"` // the day that it is of
	Parts   []Part            `json:"parts"`
	Sources []Source          `json:"sources"`
}

// Part is a part of the sheet.
type Part struct {
	Code  string `json:"code"`
	Label string `json:"label"`
	Asks  string `json:"asks"` // what belongs here, for whoever fills the form
	State string `json:"state"`
	Lines []Line `json:"lines"`
}

// Line is one statement.
type Line struct {
	Label   string `json:"label"`
	Text    string `json:"text"`
	State   string `json:"state"`             // stated, unknown, withheld, not_applicable
	Sources []int  `json:"sources,omitempty"` // numbers of the sheet's sources, from 1
}

// Source is where something was read.
type Source struct {
	Number    int               `json:"number"` // by which lines cite it, from 1
	ID        registry.SourceID `json:"id"`
	Title     string            `json:"title"`
	Publisher string            `json:"publisher,omitempty"`
	Date      string            `json:"date,omitempty"`
	URL       string            `json:"url,omitempty"`
}

// part is a part of the form: the fields that fill it, and the records that refer to the instrument and belong to it.
type part struct {
	code      string
	fields    []string
	of        map[string]bool // of the field area: the codes that belong here; nil for all
	referring []registry.Kind
}

func codes(list ...string) map[string]bool {
	out := map[string]bool{}
	for _, c := range list {
		out[c] = true
	}
	return out
}

// form is the order of the parts, after what the mapping of November 2025 asks to be published of instruments that do not bind. Its words are in words.yaml.
var form = []part{
	{"parties", []string{"party", "lead_body", "signatory", "signed_by"}, nil, nil},
	{"nature", []string{"type", "legal_nature", "event", "expected", "approval_needed", "replaces", "amends", "implements"}, nil, nil},
	{"areas", []string{"mineral", "mineral_scope", "mineral_stage", "area", "objective"}, nil, nil},
	{"governance", []string{"lead_body", "consulted", "adviser"}, nil, []registry.Kind{registry.KindForum, registry.KindReport}},
	{"milestones", []string{"quantity"}, nil, []registry.Kind{registry.KindCommitment, registry.KindMilestone, registry.KindProject}},
	{"finance", []string{"amount", "financing_type", "lender", "borrower", "conditions", "offtake"}, nil, []registry.Kind{registry.KindFinancing}},
	{"standards", []string{"area"}, codes("esg_standards", "traceability", "labour", "health"), []registry.Kind{registry.KindAssessment}},
	{"texts", []string{"text_status", "text_url"}, nil, []registry.Kind{registry.KindDocument}},
	{"withheld", nil, nil, nil},
}

// Empty is the form for somebody to fill in, in one of [Languages]; in English for others.
func Empty(lang string) (*Sheet, error) {
	t, err := in(lang)
	if err != nil {
		return nil, err
	}
	s := &Sheet{Form: Form, Lang: t.lang, Sources: []Source{}}
	at := slices.Index(Languages, t.lang)
	for _, p := range form {
		s.Parts = append(s.Parts, Part{Code: p.code, Label: t.Parts[p.code].Label[at], Asks: t.Parts[p.code].Asks[at], State: NotRecorded, Lines: []Line{}})
	}
	return s, nil
}

// Of fills the form for a record, as of the view, in one of [Languages]; what sources say in words stays in their language where there is none in this one.
// on is the day that notices are held against.
func Of(v *registry.View, r *registry.Record, on registry.Day, lang string) (*Sheet, error) {
	t, err := in(lang)
	if err != nil {
		return nil, err
	}
	s, err := Empty(lang)
	if err != nil {
		return nil, err
	}
	w := &writer{v: v, tongue: t, s: s, number: map[registry.SourceID]int{}}
	w.s.Record, w.s.Title, w.s.Sample, w.s.AsOf = r.ID, r.Title(lang), r.Sample(), on
	for i, p := range form {
		w.part = &w.s.Parts[i]
		for _, name := range p.fields {
			w.field(r, name, p.of)
		}
		for _, k := range p.referring {
			for _, x := range v.Referring(r.ID, k, "instrument") {
				w.record(x)
			}
		}
	}
	notices, err := disclosure.Of(v, r, on)
	if err != nil {
		return nil, err
	}
	w.part = &w.s.Parts[len(form)-1]
	for _, n := range notices {
		w.notice(n)
	}
	return w.s, nil
}

type writer struct {
	*tongue
	v      *registry.View
	s      *Sheet
	part   *Part
	number map[registry.SourceID]int
}

func (w *writer) add(l Line) {
	w.part.Lines = append(w.part.Lines, l)
	if l.State == Stated || w.part.State == NotRecorded && l.State == Kept {
		w.part.State = l.State
	}
}

func (w *writer) cite(sts ...*registry.Stated) (out []int) {
	for _, st := range sts {
		if st == nil || st.Source == nil {
			continue
		}
		n := w.number[st.Source.ID]
		if n == 0 {
			n = len(w.s.Sources) + 1
			w.number[st.Source.ID] = n
			src := st.Source
			w.s.Sources = append(w.s.Sources, Source{n, src.ID, cmp.Or(src.Title, src.URL, string(src.ID)), src.Publisher, src.Date, src.URL})
		}
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// field writes what is known of a field, value by value.
func (w *writer) field(r *registry.Record, name string, only map[string]bool) {
	def := registry.FieldOf(name)
	if def.Card == "set" {
		w.set(r, def, only)
		return
	}
	for _, s := range r.Slots(name) {
		label := w.tongue.field(def)
		if s.Key != "" && def.Card == registry.Keyed {
			label += " (" + w.key(def, s.Key) + ")"
		}
		if s.Shown != nil {
			w.add(Line{label, w.text(def, s.Shown.Value), Stated, w.cite(append([]*registry.Stated{s.Shown}, s.Agreeing...)...)})
			continue
		}
		for _, st := range s.States {
			if !st.Not {
				w.add(Line{label, w.T(string(st.Value.State)), string(st.Value.State), w.cite(st)})
				break
			}
		}
	}
}

// set writes the values of a field that may have several on one line; of those in only, where it is not nil.
func (w *writer) set(r *registry.Record, def *registry.FieldDef, only map[string]bool) {
	var says []string
	var cited []*registry.Stated
	for _, s := range r.Slots(def.Name) {
		if s.Shown != nil && (only == nil || only[s.Shown.Value.Raw]) {
			says = append(says, w.text(def, s.Shown.Value))
			cited = append(append(cited, s.Shown), s.Agreeing...)
		}
	}
	if len(says) > 0 {
		w.add(Line{w.tongue.field(def), strings.Join(says, "; "), Stated, w.cite(cited...)})
	}
}

func (w *writer) key(def *registry.FieldDef, key string) string {
	if def.Key == "event" {
		code, of := registry.SplitEventKey(key)
		code = w.code("event", code)
		if of == "" {
			return code
		}
		return code + ", " + w.named(of)
	}
	if registry.Code(def.Key, key) != nil {
		return w.code(def.Key, key)
	}
	return w.named(key)
}

// named is the title of the record that a key is, or of the party of that code; else the key.
func (w *writer) named(key string) string {
	for _, id := range []string{key, "pty_" + key} {
		if x := w.v.Record(registry.RecordID(id)); x != nil {
			return x.Title(w.lang)
		}
	}
	return key
}

func (w *writer) text(def *registry.FieldDef, v registry.Value) string {
	switch def.Type {
	case "ref":
		return w.named(v.Raw)
	case "code":
		return w.code(def.CodeList, v.Raw)
	case "mineral_stage":
		m, st, _ := strings.Cut(v.Raw, "/")
		if registry.Code("chain_stage", st) != nil {
			return w.named(m) + ", " + strings.ToLower(w.code("chain_stage", st))
		}
	}
	return v.Raw
}

// record writes a record that belongs to the instrument: its title, and what stands first of it.
func (w *writer) record(x *registry.Record) {
	says := x.Title(w.lang)
	var cited []*registry.Stated
	for _, name := range []string{"due", "measure", "met", "amount", "document_type", "language"} {
		for _, s := range x.Slots(name) {
			if s.Shown != nil {
				says += "; " + strings.ToLower(w.tongue.field(registry.FieldOf(name))) + ": " + w.text(registry.FieldOf(name), s.Shown.Value)
				cited = append(cited, s.Shown)
			}
		}
	}
	for _, s := range x.Slots("title") {
		cited = append(cited, s.Shown)
	}
	w.add(Line{w.kind(x.Kind), says, Stated, w.cite(cited...)})
}

func (w *writer) notice(n *disclosure.Withheld) {
	says := w.code("withholding_ground", n.Ground.Code)
	for _, id := range n.Authority {
		says += "; " + w.T("by") + " " + w.named(string(id))
	}
	for _, x := range []struct {
		word string
		day  registry.Day
	}{{w.T("since"), n.Since}, {w.T("review"), n.Review}} {
		if x.day != "" {
			says += "; " + x.word + " " + string(x.day)
		}
	}
	if n.Release != "" {
		says += "; " + w.T("released") + ": " + w.trigger(n.Release)
	}
	label := w.tongue.field(n.Field)
	if n.Key != "" {
		label += " (" + w.key(n.Field, n.Key) + ")"
	}
	w.add(Line{label, says, Kept, w.cite(n.Notice)})
}

// trigger puts what releases something into words; what cannot be read stays as it is.
func (w *writer) trigger(s string) string {
	t, err := disclosure.ParseTrigger(s)
	switch {
	case err != nil || t.Day != "" || t.Event == "":
		return s
	case t.After > 0:
		return strings.ReplaceAll(w.T("days_after"), "{n}", strconv.Itoa(t.After)) + ": " + strings.ToLower(w.code("event", t.Event))
	}
	return strings.ToLower(w.code("event", t.Event))
}
