package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// shown is a ledger of two things.
type shown struct{}

func (shown) State(context.Context) (ledger.State, error) {
	return ledger.State{Name: "assay-ledger-1", Key: "assay-ledger-1+00000000+AAAA", Events: 7, Leaves: 3, Size: 3, Policy: "log assay-ledger-1+00000000+AAAA\nquorum none\n"}, nil
}

func (shown) File(name string) ([]byte, error) {
	if name == "checkpoint" || name == "tile/0/000.p/3" {
		return []byte(name), nil
	}
	return nil, registry.Errorf(registry.NotFound, "not there")
}

func (shown) Receipt(_ context.Context, of string) ([]byte, error) {
	if of == strings.Repeat("a", 64) {
		return []byte("c2sp.org/tlog-proof@v1\n"), nil
	}
	return nil, registry.Errorf(registry.NotFound, "not there")
}

// The ledger's page says what it proves, gives receipts of what is in it, and its files are where C2SP tlog-tiles has them; anything else under
// its address is absent.
func TestLedgerPage(t *testing.T) {
	p, err := seeded()
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, p, web.Options{Ledger: shown{}})
	get := func(path string) *httptest.ResponseRecorder { return s.get(path) }
	s.page(t, "/ledger")
	for path, says := range map[string]string{
		"/ledger": "What it does not prove", "/ledger.json": `"size": 3`, "/ledger/checkpoint": "checkpoint", "/ledger/tile/0/000.p/3": "tile/0/000.p/3",
		"/ledger?of=xyz":                                     "That is not a SHA-256",
		"/ledger?of=" + strings.Repeat("b", 64):              "The ledger does not speak of it",
		"/ledger?of=" + strings.Repeat("A", 64):              "Download the receipt",
		"/ledger/receipt?of=" + strings.Repeat("a", 64):      "c2sp.org/tlog-proof@v1",
		"/ledger?of=%3Cscript%3Ealert(1)%3C%2Fscript%3E&x=1": "&lt;script&gt;",
	} {
		if w := get(path); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), says) {
			t.Errorf("%s: %d, want %q\n%.400s", path, w.Code, says, w.Body)
		}
	}
	for _, path := range []string{"/ledger/receipt?of=" + strings.Repeat("b", 64), "/ledger/receipt", "/ledger/.state/treeState", "/ledger/tile/0/..%2f..%2fSECRET", "/ledger/"} {
		if w := get(path); w.Code == http.StatusOK {
			t.Errorf("%s: %d %.200s", path, w.Code, w.Body)
		}
	}
	w := serve(t, p, web.Options{}).get("/ledger")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "keeps no ledger") {
		t.Errorf("without a ledger: %d", w.Code)
	}
}
