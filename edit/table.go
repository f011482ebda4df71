package edit

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

// TableLimit is the most lines that a table of claims or sources may have.
const TableLimit = 5000

// LineProblem is what is wrong with a line of a table.
type LineProblem struct {
	Table string // claims or sources
	Line  int    // 1 is the line of the columns
	Err   error
}

// TableRow is a line of a table of claims as it was understood.
type TableRow struct {
	Line    int
	Record  string // as it was written
	Claim   registry.Claim
	Notes   []string
	Already bool // the registry says so already, by the same source; it is left out
}

// Table is a table of claims that was understood, with the sources that came with it.
type Table struct {
	Rows    []TableRow
	Made    []registry.RecordID // new records, in the order of their first line
	Sources int                 // new sources
	draft   Draft
}

// ReadTable reads a table of claims and, where there is one, a table of sources: CSV, or cells pasted from a spreadsheet. Values and keys may
// be written as in a form. Records and sources that are not there are made, with ids of our own: what stands in the table names them
// within it, and becomes the address of a record.
func (r *Reader) ReadTable(sources, claims, token string) (Table, []LineProblem) {
	t := tableReader{r: r, token: token, sources: map[string]registry.SourceID{}, records: map[string]registry.RecordID{}, titled: map[registry.RecordID]bool{}}
	if strings.TrimSpace(sources) != "" {
		t.read("sources", sources, registry.SourceColumns, []string{"id"}, t.source)
	}
	t.read("claims", claims, registry.ClaimColumns, []string{"record", "field", "value", "source"}, t.name)
	if !t.broken {
		t.read("claims", claims, registry.ClaimColumns, []string{"record", "field", "value", "source"}, t.claim)
	}
	t.addresses()
	t.out.draft.token = token
	if len(t.problems) == 0 && len(t.out.Rows) == 0 {
		t.bad("claims", 1, invalid("put a line under the columns for each claim", "the table has no lines"))
	}
	return t.out, t.problems
}

// Entries are the entries that save the table.
func (t Table) Entries(a Act) ([]registry.Entry, error) { return a.complete(t.draft.parts) }

// Empty says whether there is nothing to save.
func (t Table) Empty() bool { return len(t.draft.parts) == 0 }

type tableReader struct {
	r        *Reader
	token    string
	out      Table
	problems []LineProblem
	sources  map[string]registry.SourceID // as written
	records  map[string]registry.RecordID // those that the table makes, as written
	titled   map[registry.RecordID]bool
	first    map[registry.RecordID]registry.SourceID
	broken   bool
}

func (t *tableReader) bad(table string, line int, err error) {
	if len(t.problems) < 200 {
		t.problems = append(t.problems, LineProblem{table, line, err})
	}
}

// read goes through the lines of a table.
func (t *tableReader) read(table, text string, columns, required []string, do func(line int, row map[string]string) error) {
	text = strings.TrimPrefix(text, "\ufeff")
	fatal := func(line int, err error) {
		t.broken = true
		t.bad(table, line, err)
	}
	if !utf8.ValidString(text) {
		fatal(1, invalid("save the file as UTF-8", "the table is not UTF-8"))
		return
	}
	c := csv.NewReader(bytes.NewReader([]byte(text)))
	c.FieldsPerRecord, c.Comma = -1, comma(text)
	head, err := c.Read()
	if err != nil {
		fatal(1, invalid("the first line names the columns: "+strings.Join(columns, ","), "the table cannot be read"))
		return
	}
	at := map[string]int{}
	for i, h := range head {
		h = strings.ToLower(strings.TrimSpace(h))
		if h == "" && i >= len(required) {
			continue
		}
		if !slices.Contains(columns, h) {
			fatal(1, invalid("columns: "+strings.Join(columns, ","), "there is no column %q", brief(h)))
			return
		}
		at[h] = i
	}
	for _, need := range required {
		if _, ok := at[need]; !ok {
			fatal(1, invalid("columns: "+strings.Join(columns, ","), "the column %q is missing", need))
			return
		}
	}
	for n := 0; ; n++ {
		rec, err := c.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			line := 0
			var p *csv.ParseError
			if errors.As(err, &p) {
				line = p.StartLine
			}
			fatal(line, invalid("put values with commas, quotes or line breaks in double quotes", "the line cannot be read as cells"))
			return
		}
		line, _ := c.FieldPos(0)
		if n >= TableLimit {
			fatal(line, invalid("send it in parts", "the table has more than %d lines", TableLimit))
			return
		}
		row, some := map[string]string{}, false
		for name, i := range at {
			if i < len(rec) {
				row[name] = strings.TrimSpace(rec[i])
				some = some || row[name] != ""
			}
		}
		if !some {
			continue
		}
		if len(rec) > len(head) && strings.TrimSpace(strings.Join(rec[len(head):], "")) != "" {
			t.bad(table, line, invalid("put values with commas in double quotes", "the line has %d cells for %d columns", len(rec), len(head)))
			continue
		}
		if err := do(line, row); err != nil {
			t.bad(table, line, err)
		}
	}
}

// comma is what separates the cells: a comma, a semicolon (spreadsheets of many languages), or a tab (what is pasted).
func comma(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	best, most := ',', strings.Count(line, ",")
	for _, c := range []rune{';', '\t'} {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// source reads a line of the table of sources.
func (t *tableReader) source(line int, row map[string]string) error {
	written := row["id"]
	if written == "" {
		return invalid("any word that the lines of claims then name", "the source has no id")
	}
	if t.sources[written] != "" {
		return invalid("give each source one line", "the source %q stands twice", brief(written))
	}
	if known := t.r.View.Sources[registry.SourceID(written)]; known != nil {
		t.sources[written] = known.ID
		return nil
	}
	form := SourceForm{URL: row["url"], Title: row["title"], Publisher: row["publisher"], Date: row["date"], Grade: row["grade"], Lang: row["lang"], Note: row["note"], Undated: row["date"] == "", Seen: row["seen"]}
	if code, _ := codeOf("grade", row["grade"]); code != "" {
		form.Grade = code
	}
	id, fresh, _, problems := t.r.source(form, t.token+" "+written)
	if len(problems) > 0 {
		return problems[0].Err
	}
	t.sources[written] = id
	if fresh != nil {
		t.out.Sources++
		t.out.draft.parts = append(t.out.draft.parts, registry.Entry{Source: fresh})
	}
	return nil
}

// name notes which records the table makes, so that lines may refer to them in any order.
func (t *tableReader) name(line int, row map[string]string) error {
	written := row["record"]
	if t.known(written) != "" || t.records[written] != "" {
		return nil
	}
	id, err := registry.ParseRecordID(written)
	if err != nil {
		return nil // said when the line is read
	}
	made := registry.RecordID(registry.KindOf(id.Kind()).Prefix + "_" + mint(t.token, "record "+written))
	t.records[written] = made
	t.out.Made = append(t.out.Made, made)
	return nil
}

// known is the record that is there already: by id, by address, or by name where only one is called so.
func (t *tableReader) known(written string) registry.RecordID {
	id := registry.RecordID(written)
	if id.Kind() != "" {
		if t.r.View.Record(id) != nil {
			return t.r.View.Resolve(id)
		}
		if rec := t.r.View.ByAddress(id.Kind(), strings.ToLower(id.Tail())); rec != nil {
			return rec.ID
		}
	}
	return ""
}

// claim reads a line of the table of claims.
func (t *tableReader) claim(line int, row map[string]string) error {
	id := cmp.Or(t.known(row["record"]), t.records[row["record"]])
	if id == "" {
		return invalid("the id of a record, or for a new one an id of your own that begins with its kind: neg_zambia-japan", "%q is no record", brief(row["record"]))
	}
	def := registry.FieldOf(row["field"])
	if def == nil || !registry.HasField(id.Kind(), def.Name) || def.Name == "redirect" || isMachines(def.Name) {
		return invalid("the names of fields are in the glossary", "a %s has no field %q", id.Kind(), brief(row["field"]))
	}
	src := t.sources[row["source"]]
	if s := t.r.View.Sources[registry.SourceID(row["source"])]; src == "" && s != nil {
		src = s.ID
	}
	if src == "" {
		return invalid("add it to the table of sources, or name one of the registry by its id", "there is no source %q", brief(row["source"]))
	}
	f := Row{Field: def.Name, Key: row["key"], Lang: row["lang"], Not: row["not"] == "not", Locator: row["locator"], From: row["from"], Until: row["until"], Method: row["method"], Note: row["note"],
		Statement: row["statement"], Speaker: row["speaker"]}
	if row["not"] != "" && row["not"] != "not" {
		return invalid("the column not is empty or holds the word not", "%q is neither", brief(row["not"]))
	}
	d := Draft{Record: id, Source: src}
	value := row["value"]
	if made := t.records[value]; made != "" && def.Type == registry.TypeRef {
		c := registry.Claim{Record: id, Field: def.Name, Value: registry.Value{Type: def.Type, Raw: string(made)}, Source: src, Locator: f.Locator, Note: f.Note, Not: f.Not}
		if _, err := registry.ParseRef(string(made), def.To); err != nil {
			return err
		}
		t.add(line, row["record"], c, nil)
		return nil
	}
	if def.Card == registry.Set { // one line, one value
		value = strings.NewReplacer("\n", " ", "\r", " ", ";", ",").Replace(value)
	}
	f.Value = value
	if f.empty() {
		return invalid("leave the line out, or write unknown", "the value is empty")
	}
	if problems := t.r.row(&d, Form{}, 0, f); len(problems) > 0 {
		if o := OptionsOf(problems[0].Err); len(o) > 0 {
			says := make([]string, 0, len(o))
			for _, x := range o[:min(len(o), 4)] {
				says = append(says, x.Write+" ("+x.Says+")")
			}
			return invalid("one of these may be meant: "+strings.Join(says, ", "), "%s", problems[0].Err.Error())
		}
		return problems[0].Err
	}
	for _, x := range d.Rows {
		t.add(line, row["record"], x.Claim, x.Notes)
	}
	return nil
}

func (t *tableReader) add(line int, written string, c registry.Claim, notes []string) {
	row := TableRow{Line: line, Record: written, Claim: c, Notes: notes, Already: t.already(c)}
	if c.Field == "title" || c.Field == "name" {
		t.titled[c.Record] = true
	}
	if t.first == nil {
		t.first = map[registry.RecordID]registry.SourceID{}
	}
	if t.first[c.Record] == "" {
		t.first[c.Record] = c.Source
	}
	t.out.Rows = append(t.out.Rows, row)
	if !row.Already {
		t.out.draft.parts = append(t.out.draft.parts, registry.Entry{Claim: &c})
	}
}

// already says whether the same source is cited for the same thing in what the person sees.
func (t *tableReader) already(c registry.Claim) bool {
	r := t.r.View.Record(c.Record)
	if r == nil {
		return false
	}
	same := false
	for _, s := range r.Slots(c.Field) {
		each(s, func(x *registry.Stated, _ string) {
			same = same || x.Key == c.Key && x.Value == c.Value && x.Claim.Source == c.Source && x.Not == c.Not && x.From == c.From && x.Until == c.Until && x.Statement == c.Statement && x.Speaker == c.Speaker
		})
	}
	return same
}

// addresses gives the new records the addresses that were written, and asks for their titles.
func (t *tableReader) addresses() {
	for written, id := range t.records {
		if !slices.ContainsFunc(t.out.Rows, func(r TableRow) bool { return r.Claim.Record == id }) {
			continue
		}
		if !t.titled[id] {
			t.bad("claims", t.line(id), invalid("add a line with the field title (name for a party)", "the new record %q has no title", brief(written)))
			continue
		}
		tail := strings.ToLower(registry.RecordID(written).Tail())
		v, err := registry.ParseValue(registry.FieldOf("address"), tail, "")
		if err != nil || t.r.View.ByAddress(id.Kind(), tail) != nil || Slug(tail) == "" {
			continue
		}
		t.out.draft.parts = append(t.out.draft.parts, registry.Entry{Claim: &registry.Claim{Record: id, Field: "address", Value: v, Source: t.first[id], Method: "inferred", Note: "as named in a table of claims"}})
	}
	slices.SortStableFunc(t.problems, func(a, b LineProblem) int { return cmp.Or(-cmp.Compare(a.Table, b.Table), cmp.Compare(a.Line, b.Line)) })
}

func (t *tableReader) line(id registry.RecordID) int {
	for _, r := range t.out.Rows {
		if r.Claim.Record == id {
			return r.Line
		}
	}
	return 1
}
