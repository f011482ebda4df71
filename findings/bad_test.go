package findings_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/openassay/assay/findings"
)

// Whatever the registry holds, every finding says something true.
func TestBadInput(t *testing.T) {
	long := strings.Repeat("n", 300)
	for name, in := range map[string][]string{
		"empty":      nil,
		"one record": {"ins_a title - A", "ins_a mineral_scope - critical minerals"},
		"all unknown": {"ins_a title - A", "ins_a event signed {unknown}", "ins_a legal_nature stated {unknown}", "ins_a area - {unknown}", "ins_a mineral_scope - minerals", "ins_a type - {unknown}", "ins_a text_status final {withheld:security}",
			"neg_a title - N", "neg_a event mandate {unknown}", "neg_a mandate pty_AAA {withheld:security}", "pty_AAA name short A", "fin_a title - F", "fin_a tenor - {withheld:commercial_secret}", "fin_a rate - {not applicable}", "fin_a amount - {unknown}"},
		"long names":      {"pty_AAA name short " + long, "pty_AAA party_kind - state", "ins_a title - " + long, "ins_a party - pty_AAA", "ins_a area - finance", "min_x name short " + long, "ins_a mineral - min_x"},
		"no region":       {"pty_XXX name short Nowhere", "ins_a title - A", "ins_a party - pty_XXX", "ins_a area - finance", "neg_a title - N", "neg_a party - pty_XXX"},
		"odd figures":     {"min_x name short x", "ins_a mineral - min_x", "ins_a title - A", "min_x production AAA/2024 500 t", "min_x production world/2024 100 t", "pty_AAA party_kind - state", "min_x reserves AAA/2024 5 kt", "min_x reserves world/2024 100 t"},
		"refers to self":  {"ins_a title - A", "ins_a type - mou", "ins_b title - B", "ins_b type - mou", "ins_b area - finance", "ins_b implements - ins_a", "ins_a implements - ins_b", "ins_a area - finance", "prj_a title - P", "prj_a project_type - corridor"},
		"circle of parts": {"prj_a title - P", "prj_a project_type - corridor", "prj_a part_of - prj_b", "prj_b title - Q", "prj_b project_type - port", "prj_b part_of - prj_a"},
	} {
		t.Run(name, func(t *testing.T) {
			v := view(t, in...)
			sound(t, v, compute(t, v, findings.Scope{}))
		})
	}
	v := view(t)
	for _, f := range compute(t, v, findings.Scope{}).Findings {
		for _, i := range f.Indicators {
			if i.Says() != "none on record" {
				t.Errorf("%s.%s of an empty registry: %s", f.Key, i.Key, i.Says())
			}
		}
	}
}

// Ten thousand instruments of one party take little more than ten times what a thousand take.
func TestTenThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	took := func(n int) uint64 {
		v := view(t, append(lines(n, func(i int) []string {
			typ := []string{"mou", "treaty"}[i%2]
			return []string{ins(i) + " title - T", ins(i) + " type - " + typ, ins(i) + " party - pty_AAA", ins(i) + " party - pty_BBB", ins(i) + " area - finance", fmt.Sprintf("%s event signed 20%02d-01-01", ins(i), i%25)}
		}), "pty_AAA party_kind - state", "pty_BBB party_kind - state", "pty_AAA region - africa")...)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s := compute(t, v, findings.Scope{})
		runtime.ReadMemStats(&after)
		if got := s.Finding("non_binding").Indicator("overlaps").Count; got != n/2 {
			t.Errorf("%d overlap of %d", got, n)
		}
		if got := s.Finding("competition").Indicator("links").Count; got != 1 {
			t.Errorf("%d links", got)
		}
		return after.Mallocs - before.Mallocs
	}
	small, large := took(1000), took(10000)
	if large > 15*small { // allocations: the clock tells of what else runs
		t.Errorf("1,000 took %d allocations, 10,000 took %d", small, large)
	}
}
