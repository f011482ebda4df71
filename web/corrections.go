package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html/template"
	"slices"
	"strconv"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// publicLog is a log that everyone may read; template "public-log".
type publicLog struct {
	Title string
	Says  []string
	Links []link
	Table table
	Pager *pager // nil where the whole table is on the page
	Empty string
}

// depend makes the page's name depend on something beside the registry, so that nobody keeps an old one.
func (q *request) depend(v any) {
	b, err := json.Marshal(v)
	if err != nil {
		return
	}
	h := sha256.Sum256(b)
	q.version += "-" + hex.EncodeToString(h[:8])
}

// correctionJSON is a line of the log as data.
type correctionJSON struct {
	desk.Correction
	Days int `json:"days"`
}

// corrections is /corrections: what was asked, what was done, and how long it took. Lines about records that the visitor does not see are left out.
func corrections(q *request) (*page, error) {
	var all []desk.Correction
	if d := q.site.opt.Correspondence; d != nil {
		var err error
		if all, err = d.Corrections(q.http.Context()); err != nil {
			return nil, err
		}
	}
	d := publicLog{Title: q.T("corrections.title"), Says: []string{q.T("corrections.lede")}, Empty: q.T("corrections.empty")}
	if q.canWrite() {
		d.Links = append(d.Links, link{Text: q.T("correct.title"), Href: "/corrections/new"})
	}
	d.Table = table{Caption: d.Title, Heads: q.headsOf("corrections.done_on", "corrections.record", "corrections.kind", "corrections.asked", "corrections.outcome", "corrections.done", "#corrections.days")}
	csv := &sheet{Columns: []string{"done_on", "asked_on", "days", "record", "field", "kind", "asked", "outcome", "done", "quoted", "quoted_as"}}
	out := []correctionJSON{}
	for _, c := range all {
		r := q.View.Record(c.Record)
		if c.Record != "" && r == nil || q.AsOf != "" && c.DoneOn > q.AsOf {
			continue
		}
		c.Entries = slices.DeleteFunc(c.Entries, func(id registry.EntryID) bool { return q.View.Entries[id] == nil })
		out = append(out, correctionJSON{c, c.Days()})
		about := cell{Text: q.T("corrections.registry"), HTML: bdi(q.T("corrections.registry"))}
		if r != nil {
			about = q.linkCell(q.linkTo(r))
			if f := registry.FieldOf(c.Field); f != nil {
				about.HTML += template.HTML(`<br><span class="soft">` + template.HTMLEscapeString(q.locale.field(f)) + `</span>`)
			}
		}
		done := wordsCell(c.Done)
		if c.Quoted != "" {
			done.HTML += template.HTML(`<blockquote class="reply"><strong>`) + q.H("statement.reply", "who", bdi(c.QuotedAs)) + template.HTML(`</strong> `) + bdi(c.Quoted) + template.HTML(`</blockquote>`)
		}
		d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, q.dayCell(c.DoneOn), about, wordsCell(q.T("correct.sort_"+c.Kind)), wordsCell(c.Asked), wordsCell(q.T("corrections."+c.Outcome)), done, countCell(c.Days())))
		csv.Rows = append(csv.Rows, []string{string(c.DoneOn), string(c.AskedOn), strconv.Itoa(c.Days()), string(c.Record), c.Field, c.Kind, c.Asked, c.Outcome, c.Done, c.Quoted, c.QuotedAs})
	}
	q.depend(out)
	return &page{Template: "public-log", Title: d.Title, Lede: d.Says[0], Data: d, Wide: true, JSON: out, CSV: csv}, nil
}

// erasureJSON is an erasure as data.
type erasureJSON struct {
	Day       registry.Day       `json:"day"`
	Entry     registry.EntryID   `json:"entry"`
	Type      registry.EntryType `json:"type"`
	Record    registry.RecordID  `json:"record,omitempty"`
	Field     string             `json:"field,omitempty"`
	Authority string             `json:"authority"`
	Ground    string             `json:"ground"`
}

// erasures is /erasures: what was erased, on whose authority and on what ground; never the words.
func erasures(q *request) (*page, error) {
	es, err := q.reg.Erasures(q.http.Context())
	if err != nil {
		return nil, err
	}
	d := publicLog{Title: q.T("erasures.title"), Says: []string{q.T("erasures.lede")}, Empty: q.T("erasures.empty"), Links: []link{{Text: q.T("takedowns.title"), Href: q.href("/takedowns")}}}
	d.Table = table{Caption: d.Title, Heads: q.headsOf("erasures.day", "erasures.record", "erasures.what", "erasures.authority", "erasures.ground", "erasures.entry")}
	csv := &sheet{Columns: []string{"day", "entry", "type", "record", "field", "authority", "ground"}}
	out := []erasureJSON{}
	for _, x := range es {
		day := registry.DayOf(x.At)
		if q.AsOf != "" && day > q.AsOf {
			continue
		}
		out = append(out, erasureJSON{day, x.ID, x.Type, x.Record, x.Field, x.Authority, x.Ground})
		d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, q.dayCell(day), q.erasedRecord(x), wordsCell(q.erasedWhat(x)), wordsCell(x.Authority), wordsCell(x.Ground),
			cell{Text: string(x.ID), HTML: template.HTML(`<code>` + template.HTMLEscapeString(string(x.ID[:min(12, len(x.ID))])) + `</code>`)}))
		csv.Rows = append(csv.Rows, []string{string(day), string(x.ID), string(x.Type), string(x.Record), x.Field, x.Authority, x.Ground})
	}
	q.depend(out)
	return &page{Template: "public-log", Title: d.Title, Lede: d.Says[0], Data: d, Wide: true, JSON: out, CSV: csv}, nil
}

func (q *request) erasedRecord(x projection.Erasure) cell {
	if r := q.View.Record(x.Record); r != nil {
		return q.linkCell(q.linkTo(r))
	}
	if x.Record == "" {
		return wordsCell(q.T("erasures.no_record"))
	}
	return cell{Text: string(x.Record), HTML: template.HTML(`<code>` + template.HTMLEscapeString(string(x.Record)) + `</code>`)}
}

func (q *request) erasedWhat(x projection.Erasure) string {
	if f := registry.FieldOf(x.Field); f != nil {
		return q.locale.field(f)
	}
	return q.T("erasures.type_" + string(x.Type))
}

// takedownJSON is a request to remove something as data.
type takedownJSON struct {
	desk.Takedown
	Entries int `json:"entries_erased"`
}

// takedowns is /takedowns: what was asked to be removed, by whom, and what was done. An erasure without a request is a line of its own, so that
// nothing is removed without one.
func takedowns(q *request) (*page, error) {
	var all []desk.Takedown
	if d := q.site.opt.Correspondence; d != nil {
		var err error
		if all, err = d.Takedowns(q.http.Context()); err != nil {
			return nil, err
		}
	}
	es, err := q.reg.Erasures(q.http.Context())
	if err != nil {
		return nil, err
	}
	seen := map[registry.EntryID]bool{}
	for _, x := range es {
		seen[x.ID] = true
	}
	lines := []takedownJSON{}
	linked := map[registry.EntryID]bool{}
	for _, t := range all {
		for _, id := range t.Erased {
			linked[id] = true
		}
		t.Erased = slices.DeleteFunc(t.Erased, func(id registry.EntryID) bool { return !seen[id] })
		if q.View.Record(t.Record) == nil {
			t.Record = ""
		}
		lines = append(lines, takedownJSON{t, len(t.Erased)})
	}
	lines = append(lines, unasked(es, linked)...)
	slices.SortStableFunc(lines, func(a, b takedownJSON) int {
		return -cmpDay(lastDay(a.Takedown), lastDay(b.Takedown))
	})
	d := publicLog{Title: q.T("takedowns.title"), Says: []string{q.T("takedowns.lede")}, Empty: q.T("takedowns.empty"), Links: []link{{Text: q.T("erasures.title"), Href: q.href("/erasures")}}}
	d.Table = table{Caption: d.Title, Heads: q.headsOf("takedowns.asked_on", "takedowns.ground", "takedowns.asker", "takedowns.asked", "takedowns.decision", "takedowns.done")}
	csv := &sheet{Columns: []string{"number", "asked_on", "decided_on", "ground", "asker", "authority", "record", "asked", "decision", "done", "entries_erased"}}
	out := lines[:0]
	for _, t := range lines {
		if q.AsOf != "" && (t.AskedOn > q.AsOf || t.AskedOn == "" && t.DecidedOn > q.AsOf) {
			continue
		}
		out = append(out, t)
		d.Table.Rows = append(d.Table.Rows, q.takedownRow(d.Table.Heads, t))
		csv.Rows = append(csv.Rows, []string{strconv.FormatInt(t.Number, 10), string(t.AskedOn), string(t.DecidedOn), t.Ground, t.Asker, t.Authority, string(t.Record), t.Asked, t.Decision, t.Done, strconv.Itoa(t.Entries)})
	}
	q.depend(out)
	return &page{Template: "public-log", Title: d.Title, Lede: d.Says[0], Data: d, Wide: true, JSON: out, CSV: csv}, nil
}

func (q *request) takedownRow(heads []head, t takedownJSON) row {
	who := q.T("takedowns.erasure")
	if t.Asker != "" {
		who = q.code("takedown_asker", t.Asker)
	}
	if t.Authority != "" {
		who += ": " + t.Authority
	}
	asked := wordsCell(t.Asked)
	if r := q.View.Record(t.Record); r != nil {
		asked.HTML += template.HTML(`<br>`) + q.linkTo(r).HTML()
	}
	decision := q.T("takedowns." + t.Decision)
	if t.DecidedOn != "" {
		decision += ", " + q.edtfText(string(t.DecidedOn))
	}
	done := wordsCell(t.Done)
	if t.Entries > 0 {
		done.HTML += template.HTML(` <a href="` + template.HTMLEscapeString(q.href("/erasures")) + `">` + template.HTMLEscapeString(q.T("takedowns.entries", "n", t.Entries)) + `</a>`)
	}
	ground := t.Ground
	if registry.IsCode("takedown_ground", ground) {
		ground = q.code("takedown_ground", ground)
	}
	day := q.dayCell(t.AskedOn)
	if t.AskedOn == "" {
		day = q.dayCell(t.DecidedOn)
	}
	return q.rowOf(heads, day, wordsCell(ground), wordsCell(who), asked, wordsCell(decision), done)
}

func lastDay(t desk.Takedown) registry.Day { return max(t.AskedOn, t.DecidedOn) }

func cmpDay(a, b registry.Day) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// unasked are the erasures that answer no request that was written down, those of one order together.
func unasked(es []projection.Erasure, linked map[registry.EntryID]bool) []takedownJSON {
	type order struct {
		day               registry.Day
		authority, ground string
	}
	at := map[order]int{}
	var out []takedownJSON
	for _, x := range es {
		if linked[x.ID] {
			continue
		}
		o := order{registry.DayOf(x.At), x.Authority, x.Ground}
		i, ok := at[o]
		if !ok {
			i = len(out)
			at[o] = i
			out = append(out, takedownJSON{Takedown: desk.Takedown{DecidedOn: o.day, Ground: o.ground, Authority: o.authority, Decision: "removed"}})
		}
		out[i].Erased = append(out[i].Erased, x.ID)
		out[i].Entries++
	}
	return out
}

// headsOf are heads of columns by their keys; # before one that holds numbers.
func (q *request) headsOf(keys ...string) []head {
	out := make([]head, len(keys))
	for i, k := range keys {
		if k[0] == '#' {
			k, out[i].Numeric = k[1:], true
		}
		out[i].Label = q.T(k)
	}
	return out
}

func (q *request) dayCell(d registry.Day) cell {
	if d == "" {
		return cell{}
	}
	return cell{Text: string(d), HTML: q.edtf(string(d))}
}

func (q *request) linkCell(l link) cell { return cell{Text: l.Text, HTML: l.HTML()} }

func countCell(n int) cell {
	return cell{Text: strconv.Itoa(n), HTML: template.HTML(strconv.Itoa(n)), Numeric: true}
}
