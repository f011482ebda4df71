//go:build slow

package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/internal/need"
)

// TestCorpus imports the agreements of the shared data: no crash, every failure explained, a second run adds nothing, and the doctor finds nothing.
func TestCorpus(t *testing.T) {
	paths := []string{need.Shared(t, "texts", "us-gov"), need.Shared(t, "texts", "tota"), need.Shared(t, "texts", "open-treaties")}
	multilateral, err := filepath.Glob(filepath.Join(need.Shared(t, "texts", "multilateral"), "*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(multilateral); i += len(multilateral) / 100 {
		paths = append(paths, multilateral[i])
	}
	dir := filepath.Join(t.TempDir(), "d")
	args := append([]string{"import", "--data", dir}, paths...)
	out, err := program(t, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for l := range strings.Lines(string(out)) {
		if strings.HasPrefix(l, "quarantined: ") && strings.Count(l, ": ") < 2 {
			t.Errorf("no reason: %s", l)
		}
	}
	if out, err = program(t, args...).CombinedOutput(); err != nil || !strings.Contains(string(out), "\n0 entries added") {
		t.Errorf("again: %v\n%s", err, out)
	}
	if out, err := program(t, "doctor", "--data", dir).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
