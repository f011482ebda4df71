package interference_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// sent sends a form with a file of a session.
func sent(t testing.TB, h http.Handler, path string, session []*http.Cookie, fields map[string]string, field, name string, content []byte) *httptest.ResponseRecorder {
	t.Helper()
	_, page := asked2(h, path, session)
	token := csrfField.FindStringSubmatch(page)
	if token == nil {
		t.Fatalf("no form at %s", path)
	}
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	m.WriteField("_csrf", html.UnescapeString(token[1]))
	for k, v := range fields {
		m.WriteField(k, v)
	}
	if field != "" {
		w, _ := m.CreateFormFile(field, name)
		w.Write(content)
	}
	m.Close()
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, c := range session {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// asked2 is asked with the tokens of forms.
func asked2(h http.Handler, path string, session []*http.Cookie) (int, string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range session {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

var csrfField = regexp.MustCompile(`name="_csrf" value="([^"]*)"`)

var slipText = regexp.MustCompile(`<pre class="wrap">(\{.*?\})</pre>`)

// A deposit made on the page leaves nothing of the file in the directory; one that is kept is for its audience alone; nobody else's pages tell of either.
func TestNonInterferenceDeposits(t *testing.T) {
	a, _ := between(t, registry.Public, "delegation:ZMB")
	h := a.site(t, registry.Reader())
	own := a.signedIn(t, h, "Own Delegation", account.Reader, "delegation:ZMB")
	other := a.signedIn(t, h, "Other Side", account.Reader, "delegation:COD")
	admin := a.signedIn(t, h, "Some Administrator", account.Administrator)
	looks := func() string {
		s := ""
		for _, p := range []string{"/", "/ledger", "/negotiations.csv", "/search.json?q=kurbelwhisk", "/released"} {
			s += answer(h, p)
			_, x := asked(h, p, other)
			s += x
		}
		_, x := asked(h, "/desk/deposits", other)
		return csrf.ReplaceAllString(s+x, "")
	}
	before := looks()
	secret := []byte("# Draft memorandum on kurbelwhisk\n\nArticle 1\n\nThe Participants will supply kurbelwhisk to each other.\n")
	w := sent(t, h, "/desk/deposits", own, map[string]string{"do": "deposit"}, "file", "kurbelwhisk.md", secret)
	found := slipText.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || found == nil {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	var slip struct {
		Interval, Nonce, SHA256 string
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(found[1])), &slip); err != nil || len(slip.Nonce) != 64 {
		t.Fatal(found[1], err)
	}
	sum := sha256.Sum256(secret)
	if slip.SHA256 != hex.EncodeToString(sum[:]) {
		t.Error("the slip is of another file")
	}
	if got := looks(); got != before {
		t.Error("somebody else's pages tell of a deposit")
	}
	err := filepath.WalkDir(a.Dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		for _, x := range []string{"kurbelwhisk", slip.SHA256, slip.Nonce, string(sum[:])} {
			if bytes.Contains(b, []byte(x)) {
				t.Errorf("%s keeps %.20q of a deposit", filepath.Base(p), x)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// The slip comes back as a file; the receipt, not before the day after.
	if w := sent(t, h, "/desk/deposits", own, map[string]string{"do": "slip", "text": html.UnescapeString(found[1])}, "", "", nil); w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Disposition"), "deposit-slip.json") || !json.Valid(w.Body.Bytes()) {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := sent(t, h, "/desk/deposits", own, map[string]string{"do": "receipt"}, "slip", "s.json", []byte(html.UnescapeString(found[1]))); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "day after") {
		t.Errorf("a receipt on the same day: %d", w.Code)
	}
	for what, form := range map[string]map[string]string{"another's audience": {"do": "deposit", "keep": "delegation:COD"}, "editors": {"do": "deposit", "keep": "registry"}, "the public": {"do": "deposit", "keep": "public"}} {
		if w := sent(t, h, "/desk/deposits", own, form, "file", "x.md", secret); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("kept for %s: %d", what, w.Code)
		}
	}
	if w := sent(t, h, "/desk/deposits", own, map[string]string{"do": "publish"}, "public", "x.md", secret); w.Code != http.StatusNotFound {
		t.Errorf("a reader publishes: %d", w.Code)
	}
	if w := sent(t, h, "/desk/deposits", own, map[string]string{"do": "receipt"}, "slip", "s.json", []byte("no slip")); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no slip: %d", w.Code)
	}
	// Kept in its tier.
	w = sent(t, h, "/desk/deposits", own, map[string]string{"do": "deposit", "keep": "delegation:ZMB"}, "file", "kurbelwhisk.md", secret)
	doc := regexp.MustCompile(`href="(/documents/[^"]+)"`).FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || doc == nil {
		t.Fatalf("not kept: %d %s", w.Code, w.Body)
	}
	if code, s := asked(h, doc[1], own); code != http.StatusOK || !strings.Contains(s, "kurbelwhisk") {
		t.Errorf("its own side does not read it: %d", code)
	}
	for name, session := range map[string][]*http.Cookie{"a visitor": nil, "the other side": other, "an administrator": admin} {
		if code, s := asked(h, doc[1], session); code != http.StatusNotFound || strings.Contains(strings.ReplaceAll(s, doc[1], ""), "supply kurbelwhisk") {
			t.Errorf("%s reads it: %d", name, code)
		}
	}
	if got := looks(); got != before {
		t.Error("somebody else's pages tell of a file that is kept")
	}
	if _, s := asked(h, "/desk/audit.csv", admin); strings.Contains(s, "kurbelwhisk") || !strings.Contains(s, ",deposit,") {
		t.Errorf("the audit tells the name, or nothing: %s", s)
	}
}
