// Package export writes what a view shows, as CSV or JSON lines: claims, sources, compiled records. Start with [Of].
//
// The order is that of the ids and the bytes depend on nothing but the view: two registries that show a reader the same give the same
// export. CSV of claims and sources has the columns of the seed, so that import reads it back; what CSV cannot carry (who made a
// claim, its id) is in the JSON lines, which hold each entry with its canonical payload, so that its id can be checked:
// SHA-256 of nonce and payload.
package export

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
)

// Writer writes one kind of thing of a view.
type Writer func(io.Writer, *registry.View) error

// What and Formats are what Of takes.
var (
	What    = []string{"claims", "sources", "records"}
	Formats = []string{"jsonl", "csv"}
)

// Of is the writer of claims, sources or records as jsonl or csv; registry.Invalid for anything else.
func Of(what, format string) (Writer, error) {
	if !slices.Contains(Formats, format) {
		return nil, registry.Errorf(registry.Invalid, "there is no format %q", format).WithHint("formats: %s", strings.Join(Formats, ", "))
	}
	lines := format == "jsonl"
	switch {
	case what == "claims" && lines:
		return ClaimLines, nil
	case what == "claims":
		return ClaimCSV, nil
	case what == "sources" && lines:
		return SourceLines, nil
	case what == "sources":
		return SourceCSV, nil
	case what == "records" && lines:
		return RecordLines, nil
	case what == "records":
		return RecordCSV, nil
	}
	return nil, registry.Errorf(registry.Invalid, "%q cannot be exported", what).WithHint("what can: %s", strings.Join(What, ", "))
}

// Line is a claim, an editor's choice or a move of claims as a JSON line.
type Line struct {
	ID       registry.EntryID  `json:"id"`
	Nonce    string            `json:"nonce,omitempty"`
	Audience registry.Audience `json:"audience"` // at which it entered
	At       string            `json:"at"`       // when, RFC 3339
	Payload  json.RawMessage   `json:"payload"`  // canonical JSON
}

// ClaimLines writes the claims, the editors' choices and the moves of the view, one line each, by record, field and key.
func ClaimLines(w io.Writer, v *registry.View) error {
	for _, e := range entries(v, nil) {
		l := Line{ID: e.ID, Nonce: e.Nonce, Audience: e.Audience, At: e.At.UTC().Format("2006-01-02T15:04:05Z"), Payload: e.PayloadJSON()}
		if err := line(w, l); err != nil {
			return err
		}
	}
	return nil
}

// ClaimCSV writes the claims that hold or held, under the records they are about since a split: those that a later one superseded are left out, for CSV cannot say so, and rows that are
// the same but for who made them stand once.
func ClaimCSV(w io.Writer, v *registry.View) error {
	gone := map[registry.EntryID]bool{}
	for _, e := range v.Entries {
		if e.Claim != nil && e.Claim.Supersedes != "" {
			gone[e.Claim.Supersedes] = true
		}
	}
	var rows [][]string
	for _, e := range entries(v, gone) {
		if e.Claim != nil {
			c := *e.Claim
			c.Record = v.Placed(e)
			rows = append(rows, registry.ClaimRow(&c))
		}
	}
	slices.SortStableFunc(rows, slices.Compare)
	return table(w, registry.ClaimColumns, slices.CompactFunc(rows, slices.Equal))
}

// entries are the claims and choices of the view but those in without, by record, field, key, language, value, source and id.
func entries(v *registry.View, without map[registry.EntryID]bool) []*registry.Entry {
	out := make([]*registry.Entry, 0, len(v.Entries))
	for id, e := range v.Entries {
		if !without[id] {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b *registry.Entry) int {
		x, y := a.Claim, b.Claim
		if x == nil || y == nil {
			return cmp.Or(cmp.Compare(bit(x == nil), bit(y == nil)), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(cmp.Compare(x.Record, y.Record), cmp.Compare(x.Field, y.Field), cmp.Compare(x.Key, y.Key), cmp.Compare(x.Value.Lang, y.Value.Lang),
			cmp.Compare(x.Value.String(), y.Value.String()), cmp.Compare(x.Source, y.Source), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// sources are the view's sources by id; as of a day, those that its claims rest on.
func sources(v *registry.View) []*registry.Source {
	used := map[registry.SourceID]bool{}
	for _, e := range v.Entries {
		if e.Claim != nil {
			used[e.Claim.Source] = true
		}
	}
	var out []*registry.Source
	for _, id := range slices.Sorted(maps.Keys(v.Sources)) {
		if v.AsOf == "" || used[id] {
			out = append(out, v.Sources[id])
		}
	}
	return out
}

// SourceLines writes the sources, one line each, by id.
func SourceLines(w io.Writer, v *registry.View) error {
	for _, s := range sources(v) {
		if err := line(w, s); err != nil {
			return err
		}
	}
	return nil
}

// SourceCSV writes the sources by id.
func SourceCSV(w io.Writer, v *registry.View) error {
	var rows [][]string
	for _, s := range sources(v) {
		rows = append(rows, registry.SourceRow(s))
	}
	return table(w, registry.SourceColumns, rows)
}

// RecordLines writes the compiled records, one line each, by kind and id, with every claim in its place.
func RecordLines(w io.Writer, v *registry.View) error {
	return records(v, func(r *registry.Record) error { return line(w, r.JSON()) })
}

// RecordColumns are the columns of RecordCSV. A row is a value as it is shown, or a state of knowledge where none is.
var RecordColumns = []string{"id", "kind", "path", "title", "sample", "stage", "status", "implementation", "field", "key", "lang", "value", "why", "disputed", "source", "locator", "method"}

// RecordCSV writes the compiled records, a row for each slot.
func RecordCSV(w io.Writer, v *registry.View) error {
	var rows [][]string
	if err := records(v, func(r *registry.Record) error {
		j := r.JSON()
		for _, f := range r.Fields {
			for _, s := range j.Fields[f.Def.Name] {
				c := s.Shown
				if c == nil && len(s.States) > 0 {
					c = &s.States[0]
				}
				if c == nil {
					continue
				}
				disputed := len(s.Losing) > 0 || len(s.Denials) > 0 && s.Shown != nil
				rows = append(rows, []string{string(j.ID), string(j.Kind), j.Path, j.Title, strconv.FormatBool(j.Sample), j.Stage, j.Status, j.Progress,
					f.Def.Name, s.Key, s.Lang, c.Value, s.Why, strconv.FormatBool(disputed), string(c.Source), c.Locator, c.Method})
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return table(w, RecordColumns, rows)
}

func records(v *registry.View, do func(*registry.Record) error) error {
	for _, k := range registry.Kinds() {
		for _, r := range v.OfKind(k) {
			if err := do(r); err != nil {
				return err
			}
		}
	}
	return nil
}

func line(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func table(w io.Writer, columns []string, rows [][]string) error {
	c := csv.NewWriter(w)
	if err := c.Write(columns); err != nil {
		return err
	}
	if err := c.WriteAll(rows); err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
