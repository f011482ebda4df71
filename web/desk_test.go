package web_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/memory"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

const password = "seven copper ledgers float"

// testDesk is a registry with users that is served: Rita reads, Carl contributes, Edda edits, Anna administers. Each of its browsers keeps
// cookies. What it holds at the audience registry is the party AAA.
type testDesk struct {
	t        testing.TB
	srv      *httptest.Server
	accounts *account.Store
	log      claimlog.Log
	blobs    *blob.Memory
	mu       sync.Mutex
	views    map[string]*projection.Projection
	now      time.Time
	restart  func() // the server anew over what is kept
	saving   func() // called before each commit; may be nil
}

func newDesk(t testing.TB, opt web.Options) *testDesk {
	t.Helper()
	d := &testDesk{t: t, log: memory.New(), blobs: blob.NewMemory(), views: map[string]*projection.Projection{}, now: now()}
	clock := func() time.Time { return d.now }
	src := registry.Source{ID: "src_a", Title: "A page", Publisher: "A ministry", Date: "2026-01", Grade: "official_release"}
	var es []registry.Entry
	put := func(e registry.Entry) {
		e.At, e.By = d.now.Add(-time.Hour), "person:test"
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		es = append(es, e)
	}
	put(registry.Entry{Audience: registry.Public, Source: &src})
	for id, a := range map[registry.RecordID]registry.Audience{"pty_AAA": registry.Registry, "pty_BBB": registry.Public} {
		v, err := registry.ParseValue(registry.FieldOf("name"), "Country "+id.Tail(), "")
		if err != nil {
			t.Fatal(err)
		}
		put(registry.Entry{Audience: a, Claim: &registry.Claim{Record: id, Field: "name", Key: "short", Value: v, Source: src.ID}})
	}
	if _, _, err := d.log.Append(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	accounts, err := account.OpenMemory(t.Context(), account.Options{Now: clock, Cost: account.Cost{Memory: 64, Passes: 1, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { accounts.Close() })
	d.accounts = accounts
	// Tests of second factors ask for them; all others sign in by the password.
	if err := accounts.SetRule(t.Context(), account.Operator, account.Optional); err != nil {
		t.Fatal(err)
	}
	for name, role := range map[string]account.Role{"Rita": account.Reader, "Carl": account.Contributor, "Edda": account.Editor, "Anna": account.Administrator} {
		if _, err := accounts.Add(t.Context(), account.Operator, account.User{Name: name, Role: role}, password); err != nil {
			t.Fatal(err)
		}
	}
	opt.Now, opt.Accounts, opt.Desk = clock, accounts, d
	opt.Log = func(f string, args ...any) { t.Errorf("logged: "+f, args...) }
	opt.RegistryFor = func(ctx context.Context, readers registry.Audiences) (web.Registry, error) {
		return d.projection(ctx, readers)
	}
	public, err := d.projection(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	d.restart = func() {
		if d.srv != nil {
			d.srv.Close()
		}
		d.srv = httptest.NewServer(web.New(public, opt))
	}
	d.restart()
	t.Cleanup(func() { d.srv.Close() })
	return d
}

func (d *testDesk) projection(ctx context.Context, readers registry.Audiences) (*projection.Projection, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.views[readers.Name()]
	if p == nil {
		var err error
		if p, err = projection.Open(d.log, deskBlobs{d.blobs}, readers, ""); err != nil {
			return nil, err
		}
		d.views[readers.Name()] = p
	}
	return p, p.Update(ctx)
}

// Commit is that of web.Desk.
func (d *testDesk) Commit(ctx context.Context, entries []registry.Entry) error {
	if d.saving != nil {
		d.saving()
	}
	if _, _, err := d.log.Append(ctx, entries); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.views {
		if err := p.Update(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Keep and Kept are those of web.Desk.
func (d *testDesk) Keep(page []byte) (string, error) { return d.blobs.Put(page) }
func (d *testDesk) Kept(hash string) ([]byte, error) { return d.blobs.Get(hash) }

// browser is one that keeps cookies as browsers do, and sends forms as they do.
type browser struct {
	d       *testDesk
	cookies map[string]string
}

type answer struct {
	*http.Response
	body string
}

func (d *testDesk) browser() *browser { return &browser{d, map[string]string{}} }

// as is a browser in which the user signed in.
func (d *testDesk) as(name string) *browser {
	d.t.Helper()
	b := d.browser()
	if a := b.post("/sign-in", url.Values{"_name": {name}, "_password": {password}}); a.StatusCode != http.StatusSeeOther {
		d.t.Fatalf("%s cannot sign in: %d", name, a.StatusCode)
	}
	return b
}

func (b *browser) do(method, path, body string, headers ...string) answer {
	b.d.t.Helper()
	r, err := http.NewRequest(method, b.d.srv.URL+path, strings.NewReader(body))
	if err != nil {
		b.d.t.Fatal(err)
	}
	for n, v := range b.cookies {
		r.AddCookie(&http.Cookie{Name: n, Value: v})
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", b.d.srv.URL)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		b.d.t.Fatal(err)
	}
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	if err != nil {
		b.d.t.Fatal(err)
	}
	for _, c := range res.Cookies() {
		if b.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return answer{res, string(all)}
}

func (b *browser) get(path string, headers ...string) answer {
	b.d.t.Helper()
	return b.do(http.MethodGet, path, "", headers...)
}

// post sends a form without its token; send is the honest way.
func (b *browser) post(path string, form url.Values, headers ...string) answer {
	b.d.t.Helper()
	return b.do(http.MethodPost, path, form.Encode(), headers...)
}

// send gets a page, fills in its form for the action and sends it with whatever is hidden in it.
func (b *browser) send(page, action string, typed url.Values) answer {
	b.d.t.Helper()
	return b.post(action, filled(b.d.t, b.get(page), action, typed))
}

// filled is the form of an answer for an action, with what is hidden in it and what is typed.
func filled(t testing.TB, a answer, action string, typed url.Values) url.Values {
	t.Helper()
	for _, f := range parse(t, a.body).all("form[method=post]") {
		if attr(f.Node, "action") != action {
			continue
		}
		form := url.Values{}
		for _, i := range f.all("input") {
			if attr(i.Node, "type") == "hidden" {
				form.Add(attr(i.Node, "name"), attr(i.Node, "value"))
			}
		}
		for n, v := range typed {
			form[n] = v
		}
		return form
	}
	t.Fatalf("no form for %s in the answer %d", action, a.StatusCode)
	return nil
}

func TestSignInAndOut(t *testing.T) {
	d := newDesk(t, web.Options{})
	b := d.browser()
	if a := b.get("/desk"); a.StatusCode != http.StatusForbidden || !strings.Contains(a.body, `name="_password"`) {
		t.Errorf("the desk for nobody: %d", a.StatusCode)
	}
	if a := b.get("/parties/AAA"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a hidden party for nobody: %d", a.StatusCode)
	}
	a := b.send("/sign-in", "/sign-in", url.Values{"_name": {" carl "}, "_password": {password}})
	if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/desk" {
		t.Fatalf("%d to %s", a.StatusCode, a.Header.Get("Location"))
	}
	for _, c := range a.Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Secure {
			t.Errorf("%+v", c)
		}
	}
	a = b.get("/desk")
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	if a.StatusCode != http.StatusOK || !strings.Contains(a.body, "Carl, contributor") || !strings.Contains(a.body, "You are signed in.") {
		t.Errorf("the desk: %d", a.StatusCode)
	}
	if strings.Contains(b.get("/desk").body, "You are signed in.") {
		t.Error("what was done is said twice")
	}
	a = b.get("/parties/AAA")
	if a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != "private, no-store" || a.Header.Get("ETag") != "" {
		t.Errorf("a party of the registry: %d %v", a.StatusCode, a.Header)
	}
	if a := b.get("/parties.csv"); !strings.Contains(a.body, "Country AAA") || a.Header.Get("Cache-Control") != "private, no-store" {
		t.Error("the list as CSV is the public's")
	}
	if a := d.as("Rita").get("/parties/AAA"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a reader without audiences sees it: %d", a.StatusCode)
	}
	for _, path := range []string{"/desk", "/desk/account?x=1", "/desk/users"} { // from the page itself, whether it takes forms or not
		anna := d.browser()
		a := anna.send(path, path, url.Values{"_name": {"Anna"}, "_password": {password}})
		if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != path || anna.get(path).StatusCode != http.StatusOK {
			t.Errorf("signing in at %s: %d to %s", path, a.StatusCode, a.Header.Get("Location"))
		}
	}
	old := b.cookies["assay_session"]
	a = b.send("/desk", "/sign-out", nil)
	if a.StatusCode != http.StatusSeeOther || b.cookies["assay_session"] != "" {
		t.Errorf("signing out: %d", a.StatusCode)
	}
	b.cookies["assay_session"] = old
	if a := b.get("/parties/AAA"); a.StatusCode != http.StatusNotFound {
		t.Errorf("the session lives on: %d", a.StatusCode)
	}
}

// For nobody the pages are those of a registry without users, whatever cookies come.
func TestPublicPagesStayAsTheyAre(t *testing.T) {
	d := newDesk(t, web.Options{})
	plain := httptest.NewServer(web.New(d.views["public"], web.Options{Now: now, Log: t.Logf}))
	t.Cleanup(plain.Close)
	with, without := d.browser(), (&testDesk{t: t, srv: plain}).browser()
	gone := d.as("Edda")
	if err := d.accounts.Disable(t.Context(), "operator", "Edda"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/parties", "/parties/BBB", "/parties/AAA", "/parties.json", "/nowhere", "/search?q=country", "/method", "/parties?as_of=2026-11-01"} {
		want := without.get(path)
		for name, b := range map[string]*browser{"nobody": with, "a disabled user": gone, "nonsense": {d, map[string]string{"assay_session": "x", "assay_device": "y", "__Host-assay_session": strings.Repeat("z", 43)}}} {
			got := b.get(path)
			same := func(s string) string { return strings.ReplaceAll(s, d.srv.URL[7:], plain.URL[7:]) }
			if same(got.body) != want.body || got.StatusCode != want.StatusCode {
				t.Errorf("%s for %s: %d, want %d, or another page", path, name, got.StatusCode, want.StatusCode)
			}
			for _, h := range []string{"Cache-Control", "Vary", "Set-Cookie", "Referrer-Policy", "Content-Security-Policy"} {
				if got.Header.Get(h) != want.Header.Get(h) {
					t.Errorf("%s for %s: %s: %q, want %q", path, name, h, got.Header.Get(h), want.Header.Get(h))
				}
			}
			if (got.Header.Get("ETag") == "") != (want.Header.Get("ETag") == "") {
				t.Errorf("%s for %s: ETag %q", path, name, got.Header.Get("ETag"))
			}
		}
	}
	tag := with.get("/parties").Header.Get("ETag")
	if a := d.as("Carl").get("/parties", "If-None-Match", tag); a.StatusCode != http.StatusOK || !strings.Contains(a.body, "Country AAA") {
		t.Errorf("signed in, the public page is taken for the user's: %d", a.StatusCode)
	}
}

// deskBlobs are what a test kept, and the analyses of the seed.
type deskBlobs struct{ kept *blob.Memory }

func (b deskBlobs) Get(hash string) ([]byte, error) {
	if ok, err := b.kept.Has(hash); ok || err != nil {
		return b.kept.Get(hash)
	}
	return noBlobs{}.Get(hash)
}
