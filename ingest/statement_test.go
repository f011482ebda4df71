package ingest_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
)

// An import publishes no allegation and no finding: that needs a notice to whom it names. It enters for the editors, and one that everybody reads
// already is nothing new.
func TestImportPublishesNoAllegation(t *testing.T) {
	const head = "record,field,key,value,source,statement,speaker\n"
	files := map[string]string{
		"sources.csv": "id,url,publisher,date,grade\nsrc_paper,https://paper.example/1,Paper,2026-01-02,trade_press\n",
		"claims.csv": head + "pty_PER,note,conduct,It was said that a tender was not open.,src_paper,allegation,A paper\n" +
			"pty_PER,note,audit,The books were not kept.,src_paper,finding,An auditor\n" +
			"pty_PER,note,court,The licence was void.,src_paper,judgement,A court\n" +
			"pty_PER,note,plain,A note.,src_paper,,\n",
	}
	for _, c := range []struct {
		a             registry.Audience
		entered, left int
	}{{registry.Registry, 4, 0}, {registry.Public, 2, 2}} {
		dir := t.TempDir()
		write(t, dir, files)
		im := registryOf(t, c.a)
		r := do(t, im, dir)
		if r.Claims != c.entered || len(r.Quarantined) != c.left {
			t.Errorf("%s: %d entered, %+v", c.a, r.Claims, r.Quarantined)
		}
		for _, q := range r.Quarantined {
			if !strings.Contains(q.Reason, "is not published by an import") || !strings.Contains(q.Hint, "--audience") && !strings.Contains(q.Hint, "audience registry") {
				t.Errorf("%+v", q)
			}
		}
		if c.a == registry.Registry { // published since: the same row is nothing to refuse
			var ids []registry.EntryID
			for _, e := range entriesOf(t, im.Log) {
				if e.Claim != nil && e.Claim.Source == "src_paper" || e.Source != nil && e.Source.ID == "src_paper" {
					ids = append(ids, e.ID)
				}
			}
			d, err := registry.NewEntry(registry.Entry{Audience: registry.Public, By: "person:e", At: now, Disclosure: &registry.Disclosure{Targets: ids, Action: "publish", To: registry.Public}})
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := im.Log.Append(t.Context(), []registry.Entry{d}); err != nil {
				t.Fatal(err)
			}
			im.Audience = registry.Public
			if r := do(t, im, dir); len(r.Quarantined) != 0 {
				t.Errorf("published before: %+v", r.Quarantined)
			}
		}
	}
}
