package assay_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

var update = flag.Bool("update", false, "write the golden analyses anew")

// The rules' hash changes with every edit of a rule, so the golden analyses leave it out.
func TestGolden(t *testing.T) {
	rules := mustRules(t)
	for _, name := range []string{"mou", "treaty", "statement"} {
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			r, err := text.Read(name+".txt", b)
			if err != nil {
				t.Fatal(err)
			}
			a := assay.Analyze(r, rules, testLexicon())
			a.Rules = ""
			got, err := json.MarshalIndent(a, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, '\n')
			file := filepath.Join("testdata", "golden", name+".json")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; look at the difference after go test ./assay -run Golden -update", file)
			}
		})
	}
}

func mustRules(t testing.TB) *assay.Rules {
	t.Helper()
	r, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r
}
