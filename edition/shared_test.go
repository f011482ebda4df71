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
	"unicode"

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
	texts, provisions, kept, other := 0, 0, 0, 0
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
			a, b, ok := back(t, r, w.Bytes())
			if !ok {
				other++
			}
			provisions += a
			kept += b
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
	if kept != provisions {
		t.Errorf("%d of %d provisions come back at the same address with the same words", kept, provisions)
	}
	if other*200 > texts {
		t.Errorf("of %d texts %d come back with other words", texts, other)
	}
	t.Logf("%d texts validate, all but %d come back word for word; %d of %d provisions at the same address with the same words", texts, other, kept, provisions)
}

// back reads what was written: the words must be the same in the same order. It counts the provisions that have the same address and words.
func back(t *testing.T, r *text.Reading, b []byte) (all, same int, ok bool) {
	t.Helper()
	parts, err := extract.Read(context.Background(), "back.xml", b, extract.Options{})
	if err != nil || len(parts) != 1 || len(parts[0].Readings) == 0 {
		t.Errorf("it is not read back: %v", err)
		return len(r.Provisions), 0, false
	}
	got := map[string]string{}
	q := parts[0].Readings[0]
	words := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	ok = true
	lost := 0
	if x, y := words(r.Text), words(q.Text); x != y {
		ok = false
		at := 0
		for at < len(x) && at < len(y) && x[at] == y[at] {
			at++
		}
		t.Logf("%s: other words come back, from %.80q to %.80q", r.Title, x[max(0, at-20):], y[max(0, min(at, len(y))-20):])
	}
	for _, p := range q.Provisions {
		got[p.EID] = words(q.Text[p.Start:p.End])
	}
	for _, p := range r.Provisions {
		if w, ok := got[p.EID]; ok && w == words(r.Text[p.Start:p.End]) {
			same++
		} else if lost++; lost < 40 {
			t.Logf("%s: %s %.60q came back as %.60q (%v)", r.Title, p.EID, words(r.Text[p.Start:p.End]), w, ok)
		}
	}
	return len(r.Provisions), same, ok
}
