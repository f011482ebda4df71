package registry

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// SourceColumns and ClaimColumns are the headers of the seed's format, which imports and exports share.
var (
	SourceColumns = []string{"id", "url", "title", "publisher", "date", "grade", "lang", "seen", "note"}
	ClaimColumns  = []string{"record", "field", "key", "value", "lang", "not", "source", "locator", "from", "until", "method", "note", "statement", "speaker"}
)

// ReadSources reads a CSV of sources. It goes on after a bad row; every error names the file and line.
func ReadSources(name string, b []byte) ([]Source, []error) {
	var out []Source
	errs := readCSV(name, b, SourceColumns, []string{"id", "grade"}, func(row map[string]string) error {
		s := Source{ID: SourceID(row["id"]), URL: row["url"], Title: row["title"], Publisher: row["publisher"], Date: row["date"],
			Grade: row["grade"], Lang: row["lang"], Seen: row["seen"], Note: row["note"]}
		if err := s.check(); err != nil {
			return err
		}
		out = append(out, s)
		return nil
	})
	return out, errs
}

// ReadClaims reads a CSV of claims. It goes on after a bad row; every error names the file and line.
func ReadClaims(name string, b []byte) ([]Claim, []error) {
	return ReadClaimsIf(name, b, func(*Claim) error { return nil })
}

// ReadClaimsIf is ReadClaims with one more check of each claim, such as whether what it refers to is there.
func ReadClaimsIf(name string, b []byte, ok func(*Claim) error) ([]Claim, []error) {
	var out []Claim
	errs := readCSV(name, b, ClaimColumns, []string{"record", "field", "value", "source"}, func(row map[string]string) error {
		c := Claim{Record: RecordID(row["record"]), Field: row["field"], Key: row["key"], Source: SourceID(row["source"]), Locator: row["locator"],
			From: row["from"], Until: row["until"], Method: row["method"], Note: row["note"],
			Statement: row["statement"], Speaker: row["speaker"]}
		f := FieldOf(c.Field)
		if f == nil {
			return Errorf(Invalid, "unknown field %q", c.Field).WithHint("the fields are in the glossary")
		}
		switch row["not"] {
		case "":
		case "not":
			c.Not = true
		default:
			return Errorf(Invalid, "column not: %q is neither empty nor the word not", row["not"])
		}
		if c.Source != "" {
			if _, err := ParseSourceID(row["source"]); err != nil {
				return err
			}
		}
		var err error
		if c.Value, err = ParseValue(f, row["value"], row["lang"]); err != nil {
			return err
		}
		if f.Type != TypeText && row["lang"] != "" && row["lang"] != "en" {
			return Errorf(Invalid, "%s has no language; %q was given", f.Name, row["lang"])
		}
		if err := c.check(); err != nil {
			return err
		}
		if err := ok(&c); err != nil {
			return err
		}
		out = append(out, c)
		return nil
	})
	return out, errs
}

// IsCSVHeader says which of the two forms the first line of a file is: "sources", "claims" or "".
func IsCSVHeader(b []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(b, []byte("\ufeff")), []byte("\n"))
	cols, err := csv.NewReader(bytes.NewReader(line)).Read()
	switch {
	case err != nil:
		return ""
	case slices.Contains(cols, "record") && slices.Contains(cols, "field"):
		return "claims"
	case slices.Contains(cols, "id") && slices.Contains(cols, "grade"):
		return "sources"
	}
	return ""
}

func readCSV(name string, b []byte, columns, required []string, row func(map[string]string) error) []error {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if !utf8.Valid(b) {
		return []error{Errorf(Unreadable, "%s: not UTF-8", name).WithHint("save the file as UTF-8")}
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err == io.EOF {
		return []error{Errorf(Unreadable, "%s: the file is empty", name).WithHint("the first line names the columns: %s", strings.Join(columns, ","))}
	}
	if err != nil {
		return []error{Errorf(Unreadable, "%s: %v", name, err)}
	}
	at := map[string]int{}
	for i, h := range head {
		h = strings.TrimSpace(h)
		if !slices.Contains(columns, h) {
			return []error{Errorf(Invalid, "%s: line 1: unknown column %q", name, brief(h)).WithHint("columns: %s", strings.Join(columns, ","))}
		}
		if _, twice := at[h]; twice {
			return []error{Errorf(Invalid, "%s: line 1: column %q stands twice", name, h)}
		}
		at[h] = i
	}
	for _, c := range required {
		if _, ok := at[c]; !ok {
			return []error{Errorf(Invalid, "%s: line 1: column %q is missing", name, c).WithHint("columns: %s", strings.Join(columns, ","))}
		}
	}
	var errs []error
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return errs
		}
		if err != nil {
			var p *csv.ParseError
			if errors.As(err, &p) {
				err = Errorf(Unreadable, "%s: line %d: %v", name, p.StartLine, p.Err).WithHint("put values with commas, quotes or line breaks in double quotes")
			}
			return append(errs, err) // what follows a broken quote cannot be trusted to be rows
		}
		line, _ := r.FieldPos(0)
		if len(rec) != len(head) {
			errs = append(errs, Errorf(Invalid, "%s: line %d: %d values for %d columns", name, line, len(rec), len(head)))
			continue
		}
		m := make(map[string]string, len(columns))
		for c, i := range at {
			m[c] = strings.TrimSpace(rec[i])
		}
		if err := row(m); err != nil {
			errs = append(errs, &Error{Code: CodeOf(err), Message: fmt.Sprintf("%s: line %d: %s", name, line, brief(err.Error())), Hint: HintOf(err)})
		}
		if len(errs) >= 1000 {
			return append(errs, Errorf(Invalid, "%s: more than 1000 bad rows; the rest was not read", name))
		}
	}
}

// ClaimRow is a claim in the order of ClaimColumns.
func ClaimRow(c *Claim) []string {
	not := ""
	if c.Not {
		not = "not"
	}
	return []string{string(c.Record), c.Field, c.Key, c.Value.String(), c.Value.Lang, not, string(c.Source), c.Locator, c.From, c.Until, c.Method, c.Note, c.Statement, c.Speaker}
}

// SourceRow is a source in the order of SourceColumns.
func SourceRow(s *Source) []string {
	return []string{string(s.ID), s.URL, s.Title, s.Publisher, s.Date, s.Grade, s.Lang, s.Seen, s.Note}
}

// brief keeps what an error quotes from a file to a length that a person reads: a cell may have millions of bytes.
func brief(s string) string {
	const most = 400
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most*3/4], "") + " … " + strings.ToValidUTF8(s[len(s)-most/4:], "")
}
