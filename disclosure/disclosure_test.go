package disclosure_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/openassay/assay/disclosure"
	"github.com/openassay/assay/registry"
)

// view compiles claims: record, field, key, value, and from where there is a fifth.
func view(t testing.TB, claims ...[]string) *registry.View {
	t.Helper()
	put := func(e registry.Entry) registry.Entry {
		e.At, e.By, e.Audience = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), "person:test", registry.Public
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		return e
	}
	es := []registry.Entry{put(registry.Entry{Source: &registry.Source{ID: "src_a", Title: "A notice", Date: "2026-10-01", Grade: "official_text"}})}
	for _, c := range append(claims, []string{"pty_a", "title", "", "A ministry"}) {
		f := registry.FieldOf(c[1])
		v, err := registry.ParseValue(f, c[3], "")
		if err != nil {
			t.Fatal(c, err)
		}
		cl := &registry.Claim{Record: registry.RecordID(c[0]), Field: c[1], Key: c[2], Value: v, Source: "src_a"}
		if len(c) > 4 {
			cl.From = c[4]
		}
		es = append(es, put(registry.Entry{Claim: cl}))
	}
	return registry.Compile(es, registry.Reader(), "")
}

func TestData(t *testing.T) {
	g, err := disclosure.LoadGrounds()
	if err != nil {
		t.Fatal(err)
	}
	if len(g.All) != len(registry.Codes("withholding_ground")) || len(g.Test) != 4 || len(g.Overrides) != 6 {
		t.Errorf("%d grounds, %d questions, %d overrides", len(g.All), len(g.Test), len(g.Overrides))
	}
	p, err := disclosure.LoadProfiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range p.All {
		if x.Parts["existence"].From != "start" {
			t.Errorf("%s: that there are talks is not public from the start", x.Code)
		}
	}
}

func TestTriggers(t *testing.T) {
	v := view(t, []string{"ins_x", "title", "", "X"}, []string{"ins_x", "event", "signed", "2025-10"}, []string{"ins_x", "event", "round:2", "2025-03-04"}, []string{"ins_x", "event", "started", "2026-01-02"})
	r := v.Record("ins_x")
	for s, want := range map[string]registry.Day{
		"2027-01-31": "2027-01-31", "on:signed": "2025-10-31", "on:signed+30": "2025-11-30", "stage:negotiating": "2025-03-04", "stage:concluded": "2025-10-31",
		"implementation:under_way": "2026-01-02", "on:ratified": "", "implementation:delivered": "",
	} {
		tr, err := disclosure.ParseTrigger(s)
		if err != nil || tr.Due(r) != want {
			t.Errorf("%s: %q %v, want %q", s, tr.Due(r), err, want)
		}
	}
	for _, s := range []string{"", "soon", "2026-02-30", "on:", "on:signing", "on:signed+", "on:signed+-1", "on:signed+99999999", "stage:signed", "at:signed", "on:signed+1+2"} {
		if _, err := disclosure.ParseTrigger(s); registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" && !strings.Contains(err.Error(), "days") {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// A notice tells ground, authority, since and until when; what is missing or overdue is a fault, and a complete one has none.
func TestRegister(t *testing.T) {
	more := func(claims [][]string, others ...[]string) [][]string { return slices.Concat(claims, others) }
	base := [][]string{{"neg_x", "title", "", "X"}}
	full := append(base, []string{"neg_x", "text_status", "draft", "{withheld:deliberations:2026-12-31}", "2026-02-01"}, []string{"neg_x", "withheld_by", "text_status:draft", "pty_a"},
		[]string{"neg_x", "withheld_reason", "text_status:draft", "The sides have not agreed."}, []string{"neg_x", "withheld_release", "text_status:draft", "on:signed"})
	for _, q := range []string{"legitimate_aim", "substantial_harm", "outweighs", "no_less"} {
		full = append(full, []string{"neg_x", "withheld_answer", "text_status:draft/" + q, "yes"}, []string{"neg_x", "withheld_reason", "text_status:draft/" + q, "Because."})
	}
	for name, c := range map[string]struct {
		claims [][]string
		on     registry.Day
		faults string
	}{
		"complete":       {full, "2026-06-01", ""},
		"review overdue": {full, "2027-01-01", "review_overdue"},
		"too long":       {full, "2028-02-02", "review_overdue beyond_longest"},
		"bare":           {more(base, []string{"neg_x", "text_status", "draft", "{withheld:security}"}), "2026-06-01", "no_authority test_open"},
		"no ground":      {more(base, []string{"neg_x", "text_status", "draft", "{withheld}"}), "2026-02-01", "no_ground no_authority"},
		"released":       {more(full, []string{"neg_x", "event", "signed", "2026-03-01"}), "2026-06-01", "release_due"},
		"signed later":   {more(full, []string{"neg_x", "event", "signed", "2026"}), "2026-06-01", ""},
		"failed":         {more(full[:len(full)-4], []string{"neg_x", "withheld_answer", "text_status:draft/outweighs", "no"}, full[len(full)-2], full[len(full)-1]), "2026-06-01", "test_failed"},
		"nonsense":       {more(base, []string{"neg_x", "text_status", "draft", "{withheld:security}"}, []string{"neg_x", "withheld_release", "text_status:draft", "one day"}), "2026-06-01", "no_authority release_unreadable test_open"},
		"debt":           {more([][]string{{"fin_x", "title", "", "X"}}, []string{"fin_x", "collateral", "", "{withheld:commercial_secret}"}), "2026-06-01", "no_authority test_open overridden"},
		"public too":     {more(base, []string{"neg_x", "text_status", "draft", "{withheld:security}"}, []string{"neg_x", "text_status", "draft", "found"}), "2026-06-01", "no_authority test_open also_public"},
	} {
		all, err := disclosure.Register(view(t, c.claims...), c.on)
		if err != nil || len(all) != 1 {
			t.Errorf("%s: %d notices, %v", name, len(all), err)
			continue
		}
		if got := strings.Join(all[0].Faults, " "); got != c.faults {
			t.Errorf("%s: faults %q, want %q", name, got, c.faults)
		}
		for _, f := range all[0].Faults {
			if !slices.Contains(disclosure.FaultCodes, f) {
				t.Errorf("%s: %q is no code", name, f)
			}
		}
	}
}

// A profile says what is to be public when; what is not told although it is due is late, and what need not be told yet is not.
func TestPlan(t *testing.T) {
	claims := [][]string{{"neg_x", "title", "", "X"}, {"neg_x", "disclosure_profile", "", "tiered"}, {"neg_x", "event", "launched_talks", "2026-01-01"}, {"neg_x", "text_status", "draft", "{withheld:deliberations}"}}
	states := func(on registry.Day, more ...[]string) map[string]string {
		v := view(t, append(slices.Clone(claims), more...)...)
		_, parts, err := disclosure.PlanOf(v, v.Record("neg_x"), on)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, p := range parts {
			out[p.Part.Code] = p.State
		}
		return out
	}
	got := states("2026-06-01")
	for part, want := range map[string]string{"existence": disclosure.Known, "timeline": disclosure.Known, "objectives": disclosure.Late, "summary": disclosure.Late, "drafts": disclosure.Kept, "text": disclosure.NotYet} {
		if got[part] != want {
			t.Errorf("%s: %s, want %s", part, got[part], want)
		}
	}
	if got := states("2026-09-01", []string{"neg_x", "event", "concluded", "2026-08-01"}); got["drafts"] != disclosure.Late || got["text"] != disclosure.Late {
		t.Errorf("when the talks are concluded: %v", got)
	}
}

// A trigger reads back whatever is written, and a release never falls due before the event may have happened.
func TestTriggersLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		date := rapid.SampledFrom([]string{"2025", "2025-10", "2025-10-26", "2025~", "2024/2026"}).Draw(rt, "date")
		days := rapid.IntRange(0, 400).Draw(rt, "days")
		v := view(t, []string{"ins_x", "title", "", "X"}, []string{"ins_x", "event", "signed", date})
		tr, err := disclosure.ParseTrigger("on:signed+" + strconv.Itoa(days))
		if err != nil {
			rt.Fatal(err)
		}
		d, _ := registry.ParseDate(date)
		if due := tr.Due(v.Record("ins_x")); due != "" && due < d.End {
			rt.Errorf("%s + %d: due %s", date, days, due)
		}
	})
}
