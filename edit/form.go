package edit

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

var (
	paragraphForm = regexp.MustCompile(`^(?:para\.?|paragraph|par\.|paragraphe|parrafo|paragrafo|¶) ?(\d{1,4})$`)
	quoteForm     = regexp.MustCompile(`["“«](.{3,400})["”»]`)
	pageForm      = regexp.MustCompile(`^(p\.|pp\.|page|pages|art\.?|article|section|sec\.|ch\.|annex)[ 0-9ivx.,-]*$`)
)

// Form is what a person typed: a source, and what it says of a record.
type Form struct {
	Record registry.RecordID // "" for a new one
	Kind   registry.Kind     // of a new record
	Source SourceForm
	Rows   []Row
	Token  string // of the form: sent twice, it makes the same entries
}

// Row is one statement of a form. One without value and words is left out.
type Row struct {
	Field, Key, Qualifier string // the key as typed; Qualifier is of an event
	Value, Lang           string
	Happened, Place       string           // of an event: what happened, and where; may be empty
	Not                   bool             // the source says that it is not so
	Corrects              registry.EntryID // the claim that this one replaces; "" for an addition
	Source                registry.SourceID
	Locator, From, Until  string
	Method, Note          string
	Statement, Speaker    string // a code of statement_kind, "" for a fact; and who alleges, found, judged or replies
}

func (r Row) empty() bool {
	return strings.TrimSpace(r.Value) == "" && strings.TrimSpace(r.Happened) == "" && strings.TrimSpace(r.Place) == ""
}

// Problem says what is wrong with a part of a form.
type Problem struct {
	Row  int    // its index; OfSource, OfRecord
	Part string // url, date, grade …; value, key, from, until …
	Err  error  // registry.Invalid with a hint, and maybe options

	Typed string // of a value: the line that is wrong
}

// What a problem is of where it is of no row.
const (
	OfSource = -1
	OfRecord = -2
)

// Draft is a form that was understood.
type Draft struct {
	Record registry.RecordID
	New    bool
	Known  bool // the source was there already
	Source registry.SourceID
	Rows   []ReadRow
	token  string
	parts  []registry.Entry
}

// ReadRow is a statement as it was understood.
type ReadRow struct {
	Row   int // of the form
	Claim registry.Claim
	Notes []string
	Place Place // where the locator leads in the pasted text
}

// Read understands a form, or says everything that is wrong with it.
func (r *Reader) Read(f Form) (Draft, []Problem) {
	d := Draft{Record: f.Record, token: f.Token}
	var problems []Problem
	if f.Record == "" {
		if registry.KindOf(f.Kind) == nil {
			return d, []Problem{{Row: OfRecord, Part: "kind", Err: invalid("choose one of the list", "which kind of record it is, is missing")}}
		}
		d.Record, d.New = registry.RecordID(registry.KindOf(f.Kind).Prefix+"_"+mint(f.Token, "record")), true
	} else if r.View.Record(f.Record) == nil {
		return d, []Problem{{Row: OfRecord, Part: "record", Err: registry.Errorf(registry.NotFound, "there is no such record").WithHint("look for it again")}}
	}
	var fresh *registry.Source
	needs := slices.ContainsFunc(f.Rows, func(row Row) bool { return !row.empty() && row.Source == "" })
	if needs || !f.Source.Empty() {
		var ps []Problem
		d.Source, fresh, d.Known, ps = r.source(f.Source, f.Token)
		problems = append(problems, ps...)
	}
	if fresh != nil {
		d.parts = append(d.parts, registry.Entry{Source: fresh})
	}
	for i, row := range f.Rows {
		if !row.empty() {
			problems = append(problems, r.row(&d, f, i, row)...)
		}
	}
	if d.New {
		problems = append(problems, r.naming(&d, f)...)
	}
	if len(d.Rows) == 0 && len(problems) == 0 {
		problems = append(problems, Problem{Row: OfRecord, Part: "rows", Err: invalid("fill in at least one line", "nothing was entered")})
	}
	for _, row := range d.Rows {
		d.parts = append(d.parts, registry.Entry{Claim: &row.Claim})
	}
	return d, problems
}

// naming checks that a new record has a title and gives it an address.
func (r *Reader) naming(d *Draft, f Form) []Problem {
	title := ""
	for _, row := range d.Rows {
		if title == "" && (row.Claim.Field == "title" || row.Claim.Field == "name") {
			title = row.Claim.Value.Raw
		}
	}
	if title == "" {
		if slices.ContainsFunc(f.Rows, func(r Row) bool { return (r.Field == "title" || r.Field == "name") && !r.empty() }) {
			return nil // it is said there what is wrong with it
		}
		return []Problem{{Row: OfRecord, Part: "title", Err: invalid("what it is called, or a name of your own: Zambia–Japan minerals talks", "a new record needs a title")}}
	}
	a := Slug(title)
	if a == "" || r.View.ByAddress(d.Record.Kind(), a) != nil {
		return nil // the id's own tail serves
	}
	d.Rows = append(d.Rows, ReadRow{Row: OfRecord, Claim: registry.Claim{Record: d.Record, Field: "address", Value: registry.Value{Type: registry.TypeString, Raw: a},
		Source: d.Rows[0].Claim.Source, Method: "inferred", Note: "made of the title"}})
	return nil
}

// Slug is a readable address made of a title.
func Slug(title string) string {
	words := strings.FieldsFunc(fold(title), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	s := ""
	for _, w := range words {
		if len(s)+len(w) > 60 {
			break
		}
		if s != "" {
			s += "-"
		}
		s += w
	}
	return s
}

// row understands one statement, which may make several claims: a set's values stand one on a line, and an event has what happened and where.
func (r *Reader) row(d *Draft, f Form, i int, row Row) (problems []Problem) {
	bad := func(part string, err error) { problems = append(problems, Problem{Row: i, Part: part, Err: err}) }
	def := registry.FieldOf(row.Field)
	if def == nil || !registry.HasField(d.Record.Kind(), row.Field) || row.Field == "redirect" || isMachines(row.Field) {
		bad("field", invalid("choose one of the list", "which field this is, is missing"))
		return problems
	}
	c := registry.Claim{Record: d.Record, Field: row.Field, Not: row.Not, Source: d.Source, Locator: tidy(row.Locator), Method: row.Method, Note: tidy(row.Note), Supersedes: row.Corrects}
	if err := r.statement(&c, row); err != nil {
		bad("speaker", err)
	}
	if row.Source != "" {
		if c.Source = row.Source; r.View.Sources[row.Source] == nil {
			bad("source", invalid("choose another", "there is no source %q", brief(string(row.Source))))
		}
	}
	if row.Corrects != "" {
		old := r.View.Entries[row.Corrects]
		if old == nil || old.Claim == nil || old.Claim.Field != row.Field {
			bad("value", registry.Errorf(registry.Conflict, "the claim to correct is not there any more").WithHint("look at the record again"))
			return problems
		}
		c.Record = old.Claim.Record
	}
	if c.Method != "" && c.Method != "stated" && c.Method != "inferred" {
		bad("method", invalid("a person states what a source says, or infers", "%q is no way in which a person knows", brief(c.Method)))
	}
	if c.Method == "inferred" && c.Note == "" {
		bad("note", invalid("say from what it follows", "an inference needs its reason"))
	}
	if strings.HasSuffix(c.Field, "_check") && c.Note == "" {
		bad("note", invalid("say on which words it rests, or which rule misread them", "the reason is missing"))
	}
	var err error
	if c.Key, err = r.Key(def, row.Key, row.Qualifier); err != nil {
		bad("key", err)
	}
	for part, p := range map[string]*string{"from": &c.From, "until": &c.Until} {
		typed := map[string]string{"from": row.From, "until": row.Until}[part]
		if strings.TrimSpace(typed) == "" {
			continue
		}
		day, _, err := Date(typed)
		if err != nil {
			bad(part, err)
		}
		*p = day.EDTF
	}
	if c.From != "" && c.Until != "" && len(problems) == 0 && startOf(c.From) > endOf(c.Until) {
		bad("until", invalid("exchange the two, or mend one", "it ends before it begins"))
	}
	if len(c.Locator) > 500 {
		bad("locator", invalid("name the page or paragraph, or quote a few words", "the place in the source is too long"))
	}
	if len(c.Note) > 4000 {
		bad("note", invalid("shorten it", "the remark is too long"))
	}
	place := Locate(f.Source.Text, row.Locator)
	add := func(c registry.Claim, notes []string) {
		d.Rows = append(d.Rows, ReadRow{i, c, notes, place})
	}
	values := []string{row.Value}
	if def.Card == registry.Set && row.Corrects == "" {
		values = strings.FieldsFunc(row.Value, func(r rune) bool { return r == '\n' || r == '\r' || r == ';' })
	}
	for _, typed := range values {
		if strings.TrimSpace(typed) == "" && len(values) > 1 {
			continue
		}
		if c, notes, ok := r.scope(c, typed, row); ok {
			add(c, notes)
			continue
		}
		u, err := r.Value(def, typed, row.Lang)
		if err != nil {
			problems = append(problems, Problem{i, "value", err, strings.TrimSpace(typed)})
			continue
		}
		c.Value = u.Value
		if c.Value.State == "" && def.Type == registry.TypeRef && registry.RecordID(c.Value.Raw) == c.Record {
			bad("value", invalid("name another record", "%s: a record cannot refer to itself", def.Label))
			continue
		}
		add(c, u.Notes)
	}
	if row.Field != "event" {
		return problems
	}
	for field, typed := range map[string]string{"event_note": row.Happened, "event_place": row.Place} {
		if strings.TrimSpace(typed) == "" || !registry.HasField(d.Record.Kind(), field) {
			continue
		}
		u, err := r.Value(registry.FieldOf(field), typed, row.Lang)
		if err != nil {
			bad(field, err)
			continue
		}
		words := c
		words.Field, words.Value, words.Supersedes, words.Not, words.From, words.Until, words.Note = field, u.Value, "", false, "", "", ""
		add(words, nil)
	}
	slices.SortStableFunc(d.Rows, func(a, b ReadRow) int { return rank(a) - rank(b) })
	return problems
}

// statement reads what kind of statement a row is and who makes it: a party of the registry where one is called so, else words.
func (r *Reader) statement(c *registry.Claim, row Row) error {
	kind, who := row.Statement, tidy(row.Speaker)
	switch {
	case kind == "" || kind == "fact":
		if who != "" {
			return invalid("choose allegation, finding, judgement or reply; or take the speaker away", "a fact has no speaker")
		}
		return nil
	case !registry.IsCode("statement_kind", kind):
		return invalid("one of: "+labels("statement_kind"), "%q is no kind of statement", brief(kind))
	case who == "":
		return invalid("name the party, body or person", "who alleges, found, judged or replies is missing")
	case len(who) > 200:
		return invalid("one name", "the speaker is too long")
	case (row.Field == "reply") != (kind == registry.Reply):
		return invalid("a reply of somebody who is named stands in the field Reply", "the field Reply and statements of the kind reply belong together")
	}
	if r.names == nil {
		r.names = namesOf(r.View)
	}
	c.Statement, c.Speaker = kind, who
	if exact, _ := r.names.find(who, []registry.Kind{registry.KindParty}); len(exact) == 1 {
		c.Speaker = string(exact[0])
	}
	return nil
}

// rank orders the claims of one row: the event, what happened, where. Rows keep their order.
func rank(r ReadRow) int {
	return r.Row*4 + slices.Index([]string{"event_note", "event_place"}, r.Claim.Field) + 1
}

// isMachines says whether only reading a file may fill the field.
func isMachines(field string) bool {
	return slices.Contains([]string{"file", "file_name", "reading", "analysis", "succession", "grams", "fetched"}, field)
}

func startOf(edtf string) registry.Day { d, _ := registry.ParseDate(edtf); return d.Start }
func endOf(edtf string) registry.Day   { d, _ := registry.ParseDate(edtf); return d.End }

// Entries are the entries that save the draft.
func (d Draft) Entries(by string, a registry.Audience, at time.Time) ([]registry.Entry, error) {
	return complete(d.parts, d.token, by, a, at)
}

// complete names entries by their content. What is not public gets a nonce that depends on the form only, so that a form sent twice
// makes the same entries.
func complete(parts []registry.Entry, token, by string, a registry.Audience, at time.Time) ([]registry.Entry, error) {
	if len(token) < 16 {
		return nil, registry.Errorf(registry.Invalid, "the form has no token").WithHint("open the page again")
	}
	out := make([]registry.Entry, 0, len(parts))
	for _, p := range parts {
		p.By, p.At = by, at
		if p.Audience == "" {
			p.Audience = a
		}
		if p.Audience != registry.Public {
			sum := sha256.Sum256(fmt.Appendf(nil, "nonce %s %s %s", p.Audience, token, p.PayloadJSON()))
			p.Nonce = hex.EncodeToString(sum[:16])
		}
		e, err := registry.NewEntry(p)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// mint is a tail that tells nothing, the same for the same form.
func mint(token, what string) string {
	sum := sha256.Sum256([]byte(what + " " + token))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:12]
}

// IsToken says whether s may be a form's token.
func IsToken(s string) bool { return len(s) >= 16 && len(s) <= 100 && utf8.ValidString(s) }
