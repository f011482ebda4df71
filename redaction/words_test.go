package redaction_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/redaction"
)

func TestFindOnAPage(t *testing.T) {
	for _, c := range []struct{ page, before, stretch, after, want string }{
		{"the price is nine thalers today", "the price is ", "nine thalers", " today", "[[3 5]]"},
		{"the price is nine tha- lers today", "the price is ", "nine thalers", " today", "[[3 6]]"},
		{"the price is nine 12 thalers today", "the price is ", "nine thalers", " today", "[[3 6]]"},             // a note's mark between
		{"the price is nine others thalers today", "the price is ", "nine thalers", " today", "[]"},              // something else between
		{"pay nine or nine", "", "nine", "", "[[1 2] [3 4]]"},                                                    // nothing decides
		{"the quiet harbour pays nine and the lake pays nine", "the quiet harbour pays ", "nine", "", "[[4 5]]"}, // what stands before decides
		{"Kestria-Holding pays", "", "Kestria", "-Holding pays", "[[0 1]]"},
		{"nothing of it", "", "nine", "", "[]"},
		{"", "", "nine", "", "[]"},
		{"nine", "", "…", "", "[]"},
	} {
		if got := fmt.Sprint(redaction.NewWords(strings.Fields(c.page)).Find(c.before, c.stretch, c.after)); got != c.want {
			t.Errorf("%q in %q: %s, not %s", c.stretch, c.page, got, c.want)
		}
	}
}
