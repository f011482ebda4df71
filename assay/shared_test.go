package assay_test

import (
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// shared returns the folder of real texts, or skips the test.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("ASSAY_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	dir := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("SKIPPED: the shared data is not there (%v); set ASSAY_SHARED to its folder", err)
	}
	return dir
}

func readings(t testing.TB, pattern string) (names []string, out []*text.Reading) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(names)
	kept := names[:0]
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rs, err := text.ReadAll(name, b)
		if err != nil {
			t.Logf("%s: %v", filepath.Base(name), err)
			continue
		}
		for _, r := range rs {
			out = append(out, r)
			kept = append(kept, name)
		}
	}
	return kept, out
}

func BenchmarkTOTA(b *testing.B) {
	dir := shared(b, "texts", "tota")
	_, rs := readings(b, filepath.Join(dir, "*.xml"))
	rules, err := assay.LoadRules()
	if err != nil {
		b.Fatal(err)
	}
	lex := testLexicon()
	n := int64(0)
	for _, r := range rs {
		n += int64(len(r.Text))
	}
	b.SetBytes(n)
	b.ResetTimer()
	for range b.N {
		for _, r := range rs {
			assay.Analyze(r, rules, lex)
		}
	}
}
