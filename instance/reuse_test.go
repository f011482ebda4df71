package instance_test

import (
	"context"
	"testing"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/registry"
)

// TestReuse holds that the embedded registry tells whose text repeats whose, also of texts whose words are not in it.
func TestReuse(t *testing.T) {
	ctx := context.Background()
	in, err := instance.Embedded(ctx, instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	p, err := in.Projection(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Reuse()
	if err != nil {
		t.Fatal(err)
	}
	mys, ok := r.Document("doc_us-malaysia-art-2025")
	khm, ok2 := r.Document("doc_us-cambodia-art-2025")
	if !ok || !ok2 {
		t.Fatal("the agreements on reciprocal trade are not compared")
	}
	ms := r.Between(mys, khm)
	if len(ms) < 20 {
		t.Errorf("%d provisions of the agreements with Malaysia and Cambodia are alike; at least 20 are", len(ms))
	}
	if f, ok := r.FamilyOf(ms[0].A); !ok || len(r.Families[f].Members) < 2 {
		t.Error("their wording has no family")
	}
	a, text, err := p.Laid(r.Records[mys])
	if err != nil || text != nil {
		t.Fatalf("%v, words %v", err, text != nil)
	}
	b, _, err := p.Laid(r.Records[khm])
	if err != nil {
		t.Fatal(err)
	}
	m := ms[len(ms)-1]
	shared := overlap.Shared(a.Wordings[m.A.Unit], b.Wordings[m.B.Unit])
	if m.A.Doc != mys {
		shared = overlap.Shared(a.Wordings[m.B.Unit], b.Wordings[m.A.Unit])
	}
	if len(shared) == 0 {
		t.Error("no passage in common")
	}
	again, err := p.Reuse()
	if err != nil || again != r {
		t.Error("it is made anew although no document changed")
	}
	if _, ok := r.Document(registry.RecordID("doc_nobody")); ok {
		t.Error("a document that does not exist was compared")
	}
}
