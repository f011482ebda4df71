package text_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/text"
)

var update = flag.Bool("update", false, "write the golden files")

// TestOutlines reads texts of our own drafting and compares facts, warnings, outline and canonical text with golden files.
func TestOutlines(t *testing.T) {
	files, err := filepath.Glob("testdata/outline/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts in testdata/outline")
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".golden") {
			continue
		}
		t.Run(filepath.Base(f), func(t *testing.T) {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all, err := text.ReadAll(filepath.Base(f), b)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			for _, r := range all {
				if broken := laws(r); broken != "" {
					t.Error(broken)
				}
				fmt.Fprintf(&out, "title: %s\nlanguage: %s\ndate: %s\nsource: %s\nformat: %s\n", r.Title, r.Language, r.Date, r.SourceURL, r.Format)
				for _, m := range r.Meta {
					fmt.Fprintf(&out, "meta: %s = %s\n", m.Name, m.Value)
				}
				for _, w := range r.Warnings {
					fmt.Fprintf(&out, "warning: %s\n", w)
				}
				fmt.Fprintf(&out, "---- outline\n%s---- text\n%s", r.Outline(), r.Text)
			}
			golden := f + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v; run go test ./text -run Outlines -update", err)
			}
			if out.String() != string(want) {
				t.Errorf("differs from %s (run with -update and read the diff)\n%s", golden, out.String())
			}
		})
	}
}
