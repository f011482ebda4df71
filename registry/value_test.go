package registry_test

import (
	"encoding/json"
	"strings"
	"testing"

	. "github.com/openassay/assay/registry"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in         string
		start, end Day
		precision  string
	}{
		{"2025-10-26", "2025-10-26", "2025-10-26", "day"},
		{"2025-10", "2025-10-01", "2025-10-31", "month"},
		{"2024", "2024-01-01", "2024-12-31", "year"},
		{"2024~", "2024-01-01", "2024-12-31", "year"},
		{"2024-02", "2024-02-01", "2024-02-29", "month"},
		{"2021/2027", "2021-01-01", "2027-12-31", "interval"},
		{"../2024-05", "0001-01-01", "2024-05-31", "interval"},
		{"2024/..", "2024-01-01", "9999-12-31", "interval"},
		{"202X", "2020-01-01", "2029-12-31", "interval"},
		{"2025-1X", "2025-10-01", "2025-12-31", "interval"},
	} {
		d, err := ParseDate(c.in)
		if err != nil || d.Start != c.start || d.End != c.end || d.Precision() != c.precision {
			t.Errorf("%s: %+v %s %v", c.in, d, d.Precision(), err)
		}
	}
	for _, bad := range []string{"", "2025-02-31", "2025-13", "25", "2025-2-3", "31.2.2025", "2025-10-26T10:00", "2027/2021", "../..", "yesterday", "2025-00", "２０２５", "2025~~"} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("%q is read as %+v", bad, d)
		} else if HintOf(err) == "" {
			t.Errorf("%q: no hint", bad)
		}
	}
}

func TestParseValue(t *testing.T) {
	for _, c := range []struct{ field, in, want, err string }{
		{"amount", "USD 553000000 loan", "USD 553000000 loan", ""},
		{"amount", "up to ~EUR 2000000.50 guarantee", "up to ~EUR 2000000.50 guarantee", ""},
		{"amount", "USD 553,000,000", "", "not an amount"},
		{"amount", "ZZZ 5", "", "unknown currency"},
		{"amount", "USD 5 gift", "", "unknown kind of money"},
		{"party", "ZMB", "pty_ZMB", ""},
		{"party", "min_cobalt", "", "not a record's id"},
		{"related", "min_cobalt", "min_cobalt", ""},
		{"mineral_stage", "cobalt/refine", "min_cobalt/refine", ""},
		{"mineral_stage", "*/mine", "*/mine", ""},
		{"mineral_stage", "cobalt/smelt", "", "not a mineral at a stage"},
		{"event", "2025-02-31", "", "not a date"},
		{"event", "{unknown}", "{unknown}", ""},
		{"collateral", "{withheld:commercial_secret:2027-01}", "{withheld:commercial_secret:2027-01}", ""},
		{"collateral", "{withheld:because}", "", "unknown withholding ground"},
		{"collateral", "{maybe}", "", "no state of knowledge"},
		{"grace", "5 a", "5 a", ""},
		{"website", "javascript:alert(1)", "", "not a web address"},
		{"website", "https://example.org/a b", "", "not a web address"},
		{"type", "pact", "", "unknown instrument type"},
		{"title", "", "", "is empty"},
		{"title", strings.Repeat("x", 30000), "", "at most"},
		{"title", "a\x00b", "", "clean UTF-8"},
		{"sample", "true", "", "a flag is yes"},
	} {
		v, err := ParseValue(FieldOf(c.field), c.in, "")
		switch {
		case c.err == "" && (err != nil || v.String() != c.want):
			t.Errorf("%s %q: %q, %v", c.field, c.in, v.String(), err)
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
			t.Errorf("%s %q: error %v, want %q", c.field, c.in, err, c.err)
		}
	}
}

func TestAgree(t *testing.T) {
	for _, c := range []struct {
		field, a, b string
		want        bool
	}{
		{"event", "2025-10", "2025-10-27", true}, {"event", "2025-10-26", "2025-10-27", false}, {"event", "2025", "2025-12", true},
		{"amount", "USD 5 loan", "USD 5", true}, {"amount", "USD 5 loan", "USD 5 grant", false}, {"amount", "USD 5", "AUD 5", false}, {"amount", "up to USD 5", "USD 5", false},
		{"quantity", "35000 t/a", "35000.0 t/a", true}, {"website", "http://www.example.org/a/", "https://example.org/a", true},
		{"alias", "EXIM  Bank", "exim bank", true}, {"event", "{unknown}", "{unknown}", false},
	} {
		a, _ := ParseValue(FieldOf(c.field), c.a, "")
		b, _ := ParseValue(FieldOf(c.field), c.b, "")
		if Agree(a, b) != c.want || Agree(b, a) != c.want {
			t.Errorf("%s: %s and %s agree: %v", c.field, c.a, c.b, !c.want)
		}
	}
}

func TestReadClaimsSaysWhere(t *testing.T) {
	head := "record,field,key,value,source\n"
	for _, c := range []struct{ csv, want string }{
		{"", "empty"},
		{"record,field,colour\n", `unknown column "colour"`},
		{"record,field,value\n", `column "source" is missing`},
		{head + "ins_x,title,,A,src_a\nins_x,titel,,A,src_a\n", `line 3: unknown field "titel"`},
		{head + "ins_x,event,signed,2025-02-31,src_a\n", "line 2:"},
		{head + "ins_x,event,inked,2025-02-01,src_a\n", `unknown event "inked"`},
		{head + "pty_ZMB,type,,mou,src_a\n", `a party has no field "type"`},
		{head + "ins_x,title,,A,\n", "needs a source"},
		{head + "ins_x,title,,A\n", "4 values for 5 columns"},
		{head + "ins_x,title,,\"A,src_a\n", "line 2:"},
		{"\xff\xfe", "not UTF-8"},
		{head + "ins_x,related,,ins_x,src_a\n", "refers to itself"},
	} {
		_, errs := ReadClaims("f.csv", []byte(c.csv))
		if len(errs) == 0 || !strings.Contains(errs[0].Error(), c.want) || !strings.Contains(errs[0].Error(), "f.csv") {
			t.Errorf("%q: %v, want %q", c.csv, errs, c.want)
		}
	}
	cs, errs := ReadClaims("f.csv", []byte("\ufeff"+head+"ins_x,title,,A,src_a\nins_x,bad,,A,src_a\nins_x,title,,B,src_a\n"))
	if len(cs) != 2 || len(errs) != 1 {
		t.Errorf("the good rows around a bad one: %d, %v", len(cs), errs)
	}
}

func TestJSONSchemaIsJSON(t *testing.T) {
	b, err := JSONSchema()
	if err != nil || !json.Valid(b) {
		t.Fatal(err)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2025-10-26", "2024~", "202X", "../2024", "2021/2027", "2025-02-31"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err == nil && (d.Start > d.End || len(d.Start) != 10 || len(d.End) != 10) {
			t.Errorf("%q: %+v", s, d)
		}
	})
}

func FuzzReadClaims(f *testing.F) {
	f.Add([]byte("record,field,key,value,source\nins_x,title,,A,src_a\n"))
	f.Add([]byte("record,field,key,value,lang,not,source,locator,from,until,method,note\nfin_x,amount,,up to USD 5 loan,,not,src_a,p. 3,2025,2026,read,n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		cs, _ := ReadClaims("f.csv", b)
		for i := range cs { // what was read can be entered, written and read again
			e, err := NewEntry(Entry{Claim: &cs[i], Audience: Public, At: t0, By: "person:x"})
			if err != nil {
				t.Fatalf("%+v: %v", cs[i], err)
			}
			back := Entry{ID: e.ID, Type: e.Type}
			if err := back.SetPayload(e.PayloadJSON()); err != nil || !back.Verify() {
				t.Fatalf("%s: %v", e.PayloadJSON(), err)
			}
		}
	})
}
