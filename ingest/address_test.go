package ingest_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/registry"
)

func TestAddressIsFetchedOnce(t *testing.T) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Content-Type", "text/markdown")
		w.Write([]byte(memo))
	}))
	defer s.Close()
	im := registryOf(t, "")
	if r := do(t, im, s.URL+"/memo.md"); r.Documents != 0 || len(r.Quarantined) != 1 || !strings.Contains(r.Quarantined[0].Reason, "port") {
		t.Errorf("loopback without leave: %+v", r)
	}
	im.Fetch = &fetch.Client{AllowLoopback: true, Now: im.Now}
	if r := do(t, im, s.URL+"/memo.md"); r.Documents != 1 {
		t.Fatalf("%+v", r)
	}
	if r := do(t, im, s.URL+"/memo.md"); r.Documents != 0 || r.Known != 1 || r.Entries != 0 || asked != 1 {
		t.Errorf("again: %+v, asked %d times", r, asked)
	}
	if r := do(t, im, s.URL+"/gone/../"); len(r.Quarantined) != 0 && r.Quarantined[0].Hint == "" {
		t.Errorf("%+v", r)
	}
	v := viewOf(t, im)
	for _, d := range v.OfKind(registry.KindDocument) {
		if d.String("file_name") != "memo.md" {
			continue
		}
		b, err := im.Blobs.Get(d.String("fetched"))
		if err != nil || !strings.Contains(string(b), `"url":"`+s.URL+`/memo.md"`) || !strings.Contains(string(b), "text/markdown") {
			t.Errorf("%s %v", b, err)
		}
		src := v.Sources[d.Slot("file", "").Shown.Claim.Source]
		if src.Seen == "" {
			t.Errorf("%+v", src)
		}
		return
	}
	t.Error("no document")
}
