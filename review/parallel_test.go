package review_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/review"
)

// TestParallel holds the alert before a signature, and that it comes from what the reader sees: without the audience of the group there is none.
func TestParallel(t *testing.T) {
	var rows [][7]string
	talks := func(id, state, event, audience string) {
		for _, r := range [][3]string{{"title", "", id}, {"party", "", "CHN"}, {"party", "", state}, {"mineral", "", "lithium"}, {"area", "", "finance"}, {"event", event, "2025-02"}} {
			rows = append(rows, [7]string{id, r[0], r[1], r[2], "src_b", "", audience})
		}
	}
	for _, p := range []string{"CHN", "PER", "GHA"} {
		rows = append(rows, [7]string{"pty_" + p, "name", "short", p, "src_a", "", ""})
	}
	rows = append(rows, [7]string{"min_lithium", "name", "short", "lithium", "src_a", "", ""})
	talks("neg_peru", "PER", "launched_talks", "")
	talks("neg_ghana", "GHA", "launched_talks", "group:lithium")
	talks("ins_peru", "PER", "signed", "")
	es := log(t, rows...)
	seen := func(as ...registry.Audience) (ids []string, reasons string) {
		v := registry.Compile(es, registry.Reader(as...), "")
		for _, i := range review.List(review.Input{View: v, Book: bookOf(es, as...), Today: "2025-03-01"}) {
			if i.Kind == review.Parallel {
				ids, reasons = append(ids, i.ID), reasons+strings.Join(i.Reasons, "; ")
			}
		}
		return ids, reasons
	}
	ids, why := seen("group:lithium")
	if !slices.Equal(ids, []string{"neg_peru", "neg_ghana"}) || !strings.Contains(why, "CHN has the same open with GHA: lithium") || !strings.Contains(why, "CHN has the same open with PER: lithium") {
		t.Errorf("%v: %s", ids, why)
	}
	ids, why = seen()
	if strings.Contains(why, "GHA") {
		t.Errorf("the public is told of talks that it may not see: %v, %s", ids, why)
	}
}
