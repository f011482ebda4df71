package draftcheck_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/draftcheck"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

func BenchmarkDigest(b *testing.B) {
	dir := need.Shared(b, "texts", "tota")
	names, _ := filepath.Glob(filepath.Join(dir, "*.xml"))
	lib, err := practice.Load()
	if err != nil {
		b.Fatal(err)
	}
	rules, _ := assay.LoadRules()
	var rs []*text.Reading
	var as []*assay.Analysis
	n := 0
	for _, f := range names[:20] {
		x, _ := os.ReadFile(f)
		r, err := text.Read(f, x)
		if err != nil {
			continue
		}
		n += len(r.Text)
		rs = append(rs, r)
		as = append(as, assay.Analyze(r, rules, nil))
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		for i := range rs {
			draftcheck.DigestOf(rs[i], as[i], lib)
		}
	}
}
