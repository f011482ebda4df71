package redline_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/text"
)

// TestHostileTexts: texts made to have many candidates do not take more than time in proportion.
func TestHostileTexts(t *testing.T) {
	const n = 6_000
	make1 := func(line func(i int) string) *text.Reading {
		var b strings.Builder
		for i := 0; i < n; i++ {
			fmt.Fprintf(&b, "Article %d\n\n%s\n\n", i+1, line(i))
		}
		r, err := text.Read("t.txt", []byte(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for name, f := range map[string][2]func(i int) string{
		"all the same":   {func(int) string { return "The Parties meet." }, func(int) string { return "The Parties meet." }},
		"all alike":      {func(i int) string { return fmt.Sprintf("The Parties meet in the port of number %d by turns.", i) }, func(i int) string { return fmt.Sprintf("The Parties meet in the port of number %d by turns.", i+n) }},
		"the other way":  {func(i int) string { return fmt.Sprintf("Line %d is kept.", i) }, func(i int) string { return fmt.Sprintf("Line %d is kept.", n-i) }},
		"nothing shared": {func(i int) string { return fmt.Sprintf("a%d b%d c%d d%d e%d", i, i, i, i, i) }, func(i int) string { return fmt.Sprintf("u%d v%d w%d x%d y%d", i, i, i, i, i) }},
	} {
		a, b := make1(f[0]), make1(f[1])
		start := time.Now()
		r := redline.Compare(a, b, nil, nil)
		if d := time.Since(start); d > 25*time.Second {
			t.Errorf("%s: %v for %d provisions, %d changes", name, d, n, len(r.Changes))
		} else {
			t.Logf("%s: %v, %d changes", name, d, len(r.Changes))
		}
	}
	long := strings.Repeat("word and other word ", 40_000)
	a, _ := text.Read("a.txt", []byte("Article 1\n\n"+long))
	b, _ := text.Read("b.txt", []byte("Article 1\n\n"+strings.ReplaceAll(long, "other", "another")))
	start := time.Now()
	redline.Compare(a, b, nil, nil)
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("one long paragraph: %v", d)
	}
}
