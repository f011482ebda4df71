package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web"
)

func readClause(name string, b []byte, _ *registry.View) (*text.Reading, *assay.Analysis, error) {
	rd, err := text.Read(name, b)
	if err != nil {
		return nil, nil, err
	}
	rules, err := assay.LoadRules()
	if err != nil {
		return nil, nil, err
	}
	return rd, assay.Analyze(rd, rules, nil), nil
}

func TestTryAClause(t *testing.T) {
	d := newDesk(t, web.Options{Read: readClause})
	send := func(v url.Values) (int, string) {
		t.Helper()
		r := httptest.NewRequest(http.MethodPost, d.srv.URL+"/method/try", strings.NewReader(v.Encode()))
		r.RequestURI = ""
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if cc := res.Header.Get("Cache-Control"); !strings.Contains(cc, "no-store") {
			t.Errorf("an answer may be kept: %q", cc)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(b)
	}
	const clause = "Each side will publish its list of mines within 90 days of signature."
	status, treaty := send(url.Values{"clause": {clause}, "from": {"treaty"}})
	if status != http.StatusOK || !strings.Contains(treaty, "Must do") || !strings.Contains(treaty, "within 90 days of signature") {
		t.Errorf("in a treaty: %d %s", status, treaty)
	}
	if strings.Contains(treaty, ">The Parties have agreed as follows:</blockquote>") {
		t.Error("the words that were set before the clause are shown as part of it")
	}
	if _, memo := send(url.Values{"clause": {clause}, "from": {"participants"}}); !strings.Contains(memo, "Plans to do") {
		t.Errorf("in a memorandum: %s", memo)
	}
	if status, body := send(url.Values{"clause": {" "}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Paste a clause") {
		t.Errorf("empty: %d", status)
	}
	if status, body := send(url.Values{"clause": {`</textarea><script>alert(1)</script>`}}); strings.Contains(body, "<script>") || status >= 500 {
		t.Errorf("hostile: %d", status)
	}
	if status, _ := send(url.Values{"clause": {strings.Repeat("shall ", 30_000)}}); status != http.StatusUnprocessableEntity {
		t.Errorf("too long: %d", status)
	}
}
