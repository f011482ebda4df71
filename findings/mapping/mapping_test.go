package mapping_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/findings/mapping"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

var update = flag.Bool("update", false, "write docs/brief.md")

type texts struct {
	view  *registry.View
	blobs map[string][]byte
}

func (t texts) Analysis(id registry.RecordID) (*assay.Analysis, error) {
	b := t.blobs[t.view.Record(id).String("analysis")]
	if b == nil {
		return nil, nil
	}
	a := new(assay.Analysis)
	return a, json.Unmarshal(b, a)
}

func known(t *testing.T, label string, asOf registry.Day) mapping.Known {
	t.Helper()
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	v := registry.Compile(es, registry.Reader(), asOf)
	all, err := seed.Analyses()
	if err != nil {
		t.Fatal(err)
	}
	tx := texts{v, map[string][]byte{}}
	for _, b := range all {
		tx.blobs[blob.Hash(b)] = b
	}
	s, err := findings.Compute(v, tx, findings.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	return mapping.Known{Label: label, View: v, Set: s}
}

// docs/brief.md says what the registry answers today, and as of the day of the mapping.
func TestDocument(t *testing.T) {
	ss, err := mapping.Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(ss) != 30 {
		t.Errorf("%d statements", len(ss))
	}
	now := known(t, "", "")
	now.Label = string(now.Set.Horizon) + " (today)"
	got, err := mapping.Markdown(ss, []mapping.Known{known(t, "30 November 2025", "2025-11-30"), now})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "..", "docs", "brief.md")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("docs/brief.md is not what the registry answers (%v); run go test ./findings/mapping -update and read the diff", err)
	}
}

// The registry disagrees where its sources do, and says so.
func TestOutcomes(t *testing.T) {
	ss, err := mapping.Load()
	if err != nil {
		t.Fatal(err)
	}
	k := known(t, "", "")
	seen := map[mapping.Outcome]int{}
	for _, s := range ss {
		for _, a := range s.Ask {
			ans, err := a.Answer(k.View, k.Set)
			if err != nil {
				t.Fatalf("%d: %v", s.Number, err)
			}
			seen[ans.Outcome]++
			if a.Share == "reserves" && (ans.Outcome != mapping.Differs || len(ans.Sources) == 0) {
				t.Errorf("nickel reserves: %+v", ans)
			}
			for _, id := range ans.Records {
				if k.View.Record(id) == nil {
					t.Errorf("%d names %s", s.Number, id)
				}
			}
		}
	}
	for _, o := range []mapping.Outcome{mapping.Agrees, mapping.Differs, mapping.Open} {
		if seen[o] == 0 {
			t.Errorf("nothing %s", o)
		}
	}
	for _, bad := range []mapping.Ask{{}, {Number: "luck.luck"}, {Case: "transparency.luck"}, {Share: "luck"}} {
		if _, err := bad.Answer(k.View, k.Set); err == nil {
			t.Errorf("%+v is answered", bad)
		}
	}
	empty := registry.Compile(nil, registry.Reader(), "")
	none, err := findings.Compute(empty, findings.NoTexts{}, findings.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range ss {
		for _, a := range s.Ask {
			if ans, err := a.Answer(empty, none); err != nil || ans.Outcome != mapping.Open {
				t.Errorf("an empty registry answers %d: %+v, %v", s.Number, ans, err)
			}
		}
	}
}
