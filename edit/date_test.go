package edit_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

func TestDate(t *testing.T) {
	for typed, want := range map[string]string{
		"2025-10-27": "2025-10-27", "2025-10": "2025-10", "2025~": "2025~", "2021/2027": "2021/2027", "2025": "2025", " 2025 ": "2025", "../2024": "../2024",
		"October 2025": "2025-10", "october, 2025": "2025-10", "Oct. 2025": "2025-10", "27 October 2025": "2025-10-27", "October 27, 2025": "2025-10-27",
		"Monday, 27 October 2025": "2025-10-27", "27th of October 2025": "2025-10-27", "Oct 7 2025": "2025-10-07", "1 Sept. 2024": "2024-09-01", "2025 October 7": "2025-10-07",
		"on 5 May 2025": "2025-05-05", "in May 2025": "2025-05",
		"27 octobre 2025": "2025-10-27", "1er août 2025": "2025-08-01", "le 3 février 2024": "2024-02-03", "décembre 2023": "2023-12", "début 2024": "2024-01~/2024-04~",
		"27 de octubre de 2025": "2025-10-27", "enero de 2024": "2024-01", "outubro de 2025": "2025-10", "março 2025": "2025-03", "1º de dezembro de 2024": "2024-12-01",
		"about 2024": "2024~", "circa October 2025": "2025-10~", "vers 2024": "2024~", "hacia 2024": "2024~", "por volta de 2024": "2024~", "~2024": "2024~", "around the 5 May 2024": "2024-05-05~",
		"perhaps 2024": "2024?", "2024?": "2024?", "probably about May 2024": "2024-05%", "October 2025?": "2025-10?",
		"between March and May 2025": "2025-03/2025-05", "between 2021 and 2027": "2021/2027", "from 3 to 5 May 2025": "2025-05-03/2025-05-05", "3-5 May 2025": "2025-05-03/2025-05-05",
		"30 April to 2 May 2025": "2025-04-30/2025-05-02", "entre mars et mai 2025": "2025-03/2025-05", "entre marzo y mayo de 2025": "2025-03/2025-05", "entre março e maio de 2025": "2025-03/2025-05",
		"du 3 au 5 mai 2025": "2025-05-03/2025-05-05", "2021–2027": "2021/2027", "2021-27": "2021/2027", "between December 2024 and March 2025": "2024-12/2025-03",
		"spring 2024": "2024-03~/2024-05~", "winter 2024": "2024-12~/2025-02~", "printemps 2024": "2024-03~/2024-05~", "the summer of 2024": "2024-06~/2024-08~", "autumn 2025": "2025-09~/2025-11~",
		"Q3 2025": "2025-07/2025-09", "first half of 2025": "2025-01/2025-06", "mid-2024": "2024-05~/2024-08~", "end of 2024": "2024-09~/2024-12~", "late October 2025": "2025-10-21~/2025-10-31~",
		"third quarter of 2025": "2025-07/2025-09", "mid-October 2025": "2025-10-11~/2025-10-20~",
		"before May 2025": "../2025-04-30", "by May 2025": "../2025-05", "since 2024": "2024/..", "after 2024": "2025-01-01/..", "depuis 2024": "2024/..", "until 2027": "../2027",
		"the 2020s": "202X", "2025/10/27": "2025-10-27", "2025.10.7": "2025-10-07", "10/2025": "2025-10", "2025年10月27日": "2025-10-27", "2025年10月": "2025-10",
		"27/10/2025": "2025-10-27", "10/27/2025": "2025-10-27", "27.10.2025": "2025-10-27", "5/5/2025": "2025-05-05",
	} {
		d, _, err := edit.Date(typed)
		if err != nil || d.EDTF != want {
			t.Errorf("%q: %q, %v; want %s", typed, d.EDTF, err, want)
		}
	}
}

func TestDateRefused(t *testing.T) {
	for typed, want := range map[string]string{
		"": "empty", "soon": "not understood", "yesterday": "depends on the day", "October": "no year", "31 February 2025": "does not exist", "2025-13": "", "27 Octember 2025": "not understood",
		"45/13/2025": "not understood", "27/10/25": "", "between May and": "", "between 2027 and 2021": "ends before it starts", strings.Repeat("1", 500): "too long", "99 October 2025": "does not exist",
		"last month": "depends on the day",
	} {
		d, _, err := edit.Date(typed)
		if registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %q, %v (hint %q); want an error with %q", typed, d.EDTF, err, registry.HintOf(err), want)
		}
	}
}

func TestDateAsks(t *testing.T) {
	_, _, err := edit.Date("07/10/2025")
	o := edit.OptionsOf(err)
	if len(o) != 2 || o[0] != (edit.Option{Write: "2025-10-07", Says: "7 October 2025"}) || o[1] != (edit.Option{Write: "2025-07-10", Says: "10 July 2025"}) {
		t.Errorf("%v %v", err, o)
	}
	for _, typed := range []string{"27/10/2025", "spring 2024", "early 2024", "2021-27"} {
		if _, notes, err := edit.Date(typed); err != nil || len(notes) != 1 {
			t.Errorf("%q: notes %v, %v", typed, notes, err)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"27 October 2025", "between March and May 2025", "spring 2024", "27/10/2025", "1er août", "~", "..", "2021-27", "从 2025年", "mid-", "de a", "before before 2024"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, _, err := edit.Date(s)
		if err != nil {
			if registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		again, err := registry.ParseDate(d.EDTF)
		if err != nil || again != d {
			t.Errorf("%q: %q is no EDTF: %v", s, d.EDTF, err)
		}
	})
}
