package edition_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/edition"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/text"
)

// TestSchema writes every text at hand as Akoma Ntoso, holds all against the schema in one run, and reads them back: the same provisions with the same
// words. In the ordinary run every nth.
func TestSchema(t *testing.T) {
	need.Program(t, "xmllint")
	schema := need.Shared(t, "standards", "akn", "akomantoso30.xsd")
	dir := t.TempDir()
	var files []string
	for _, part := range []string{"tota/*.xml", "us-gov/*.md", "multilateral/*.txt", "open-treaties/*.json", "contracts/*"} {
		f, _ := filepath.Glob(need.Shared(t, "texts") + "/" + part)
		files = append(files, f...)
	}
	step := 37
	if os.Getenv("ASSAY_ALL_TEXTS") != "" {
		step = 1
	}
	var args []string
	texts, provisions, kept := 0, 0, 0
	for n := 0; n < len(files); n += step {
		b, err := os.ReadFile(files[n])
		if err != nil {
			t.Fatal(err)
		}
		all, err := text.ReadAll(filepath.Base(files[n]), b)
		if err != nil {
			continue
		}
		for k, r := range all {
			var w bytes.Buffer
			if err := edition.AKN(&w, r, nil, ""); err != nil {
				t.Fatal(err)
			}
			name := filepath.Join(dir, fmt.Sprintf("%d-%d-%s.xml", n, k, strings.ReplaceAll(filepath.Base(files[n]), " ", "_")))
			if err := os.WriteFile(name, w.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, name)
			texts++
			a, b := back(t, r, w.Bytes())
			provisions += a
			kept += b
			if b*100 < a*80 {
				t.Logf("%s: %d of %d provisions come back", filepath.Base(name), b, a)
			}
		}
	}
	out, err := exec.Command("xmllint", append([]string{"--noout", "--nonet", "--schema", schema}, args...)...).CombinedOutput()
	if err != nil {
		lines := strings.Split(string(out), "\n")
		bad := 0
		for _, l := range lines {
			if strings.HasSuffix(l, "fails to validate") {
				bad++
			}
		}
		t.Errorf("%d of %d do not validate: %s", bad, texts, strings.Join(lines[:min(len(lines), 12)], "\n"))
	}
	share := float64(kept) / float64(max(provisions, 1))
	t.Logf("%d texts validate; %d of %d provisions (%.4f) come back with the same address and words", texts, kept, provisions, share)
	if share < 0.95 {
		t.Errorf("only %.3f of the provisions come back from Akoma Ntoso", share)
	}
}

// back reads what was written and counts the provisions that have the same address and words.
func back(t *testing.T, r *text.Reading, b []byte) (all, same int) {
	t.Helper()
	parts, err := extract.Read(context.Background(), "back.xml", b, extract.Options{})
	if err != nil || len(parts) != 1 || len(parts[0].Readings) == 0 {
		t.Errorf("it is not read back: %v %v", err, parts[0].Verdict)
		return len(r.Provisions), 0
	}
	got := map[string]string{}
	q := parts[0].Readings[0]
	words := func(r *text.Reading, p text.Provision) string { return strings.Join(strings.Fields(r.Text[p.Start:p.End]), "") }
	for _, p := range q.Provisions {
		got[p.EID] = words(q, p)
	}
	for _, p := range r.Provisions {
		if w, ok := got[p.EID]; ok && w == words(r, p) {
			same++
		}
	}
	return len(r.Provisions), same
}
