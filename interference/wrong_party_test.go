package interference_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/internal/twins"
	"github.com/openassay/assay/registry"
)

// signedIn is a session of a new user, as the pages give it.
func (x *twin) signedIn(t testing.TB, h http.Handler, name string, role account.Role, as ...registry.Audience) []*http.Cookie {
	t.Helper()
	if _, err := x.Accounts().Add(context.Background(), account.Operator, account.User{Name: name, Kind: account.Person, Role: role, Audiences: registry.Audiences(as)}, twins.Password); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(url.Values{"_name": {name}, "_password": {twins.Password}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	cs := w.Result().Cookies()
	if w.Code != http.StatusSeeOther || len(cs) == 0 {
		t.Fatalf("%s cannot sign in: %d", name, w.Code)
	}
	asked(h, "/desk", cs) // says once that they are signed in
	return cs
}

// asked is status and body of an address as a session gets them.
func asked(h http.Handler, path string, session []*http.Cookie) (int, string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range session {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, token.ReplaceAllString(w.Body.String(), "TOKEN")
}

// wrongAddresses are the addresses that name a text by a parameter, or ask for a form of it, which filling the site map does not reach. DOC is the
// address of the text, OTHER of another that all see.
var wrongAddresses = []string{"/documents/DOC", "/documents/DOC.json", "/documents/DOC/assay", "/documents/DOC/cite", "/documents/DOC/art_1", "/documents/DOC/download", "/documents/DOC/download?as=docx",
	"/documents/DOC/download?as=akn", "/documents/DOC/pages/1", "/documents/DOC/pages/1?width=500", "/documents/DOC?as_of=2026-11-23", "/redline?a=DOC&b=OTHER", "/redline?a=OTHER&b=DOC&as=docx", "/redline?a=OTHER&b=DOC&as=pdf",
	"/side?a=OTHER&b=DOC", "/side.json?a=DOC&b=OTHER", "/compare?of=documents/DOC", "/compare?of=documents/DOC/art_1&of=documents/OTHER/art_1", "/clips?of=documents/DOC/art_1", "/clips?of=documents/DOC/art_1&as=docx",
	"/overlaps/DOC/OTHER", "/overlaps/family/DOC/art_1", "/overlaps/texts?of=DOC", "/sources/src_DOC", "/corrections/new?record=doc_DOC", "/instruments/DOC/summary", "/instruments/DOC/disclosure", "/instruments/DOC/versions", "/instruments/DOC/disclosure-index", "/desk/redact/doc_DOC", "/desk/redact/doc_DOC/result", "/desk/redact/doc_DOC/file", "/desk/releases/DOC",
	"/desk/enter/doc_DOC", "/desk/edit/doc_DOC", "/desk/history/doc_DOC", "/desk/mend/doc_DOC", "/desk/split/ins_DOC", "/desk/review/match/doc_DOC", "/desk/erase?record=doc_DOC", "/ledger/receipt?of=DOC"}

// An account of the wrong party, a contributor and an editor get of a delegation's text what they get of one that is not there, also after the
// delegation looked at every page and so put it into what the server keeps.
func TestNonInterferenceWrongParty(t *testing.T) {
	a, _ := between(t, registry.Public, "delegation:ZMB")
	h := a.site(t, registry.Reader())
	view, _, err := a.View(t.Context(), registry.Reader("delegation:ZMB"), "")
	if err != nil {
		t.Fatal(err)
	}
	var doc, other string
	for _, d := range view.OfKind(registry.KindDocument) {
		switch {
		case strings.Contains(strings.ToLower(d.Title()), hiddenWord):
			doc = d.Address()
		case other == "" && d.String("reading") != "":
			other = d.Address()
		}
	}
	if doc == "" || other == "" {
		t.Fatal("the twins have no text to hide, or none to show")
	}
	const absent = "0123456789"
	own := a.signedIn(t, h, "Own delegation", account.Reader, "delegation:ZMB")
	who := map[string][]*http.Cookie{"a visitor": nil, "the other side's committee": a.signedIn(t, h, "Other side", account.Reader, "parliament:COD", "delegation:COD"),
		"a contributor": a.signedIn(t, h, "Contributor", account.Contributor), "an editor": a.signedIn(t, h, "Some editor", account.Editor)}
	seen := 0
	for _, p := range wrongAddresses { // what the server keeps is made for who may see it
		if code, s := asked(h, strings.NewReplacer("DOC", doc, "OTHER", other).Replace(p), own); code == http.StatusOK && strings.Contains(strings.ToLower(s), hiddenWord) {
			seen++
		}
	}
	if seen < 8 {
		t.Errorf("the delegation itself sees its text at %d addresses only: the comparison would be blind", seen)
	}
	for name, session := range who {
		for _, p := range wrongAddresses {
			code, got := asked(h, strings.NewReplacer("DOC", doc, "OTHER", other).Replace(p), session)
			want, none := asked(h, strings.NewReplacer("DOC", absent, "OTHER", other).Replace(p), session)
			if got = strings.ReplaceAll(got, doc, absent); code != want || got != none {
				t.Errorf("%s at %s: hidden %d, absent %d", name, p, code, want)
			}
			if strings.Contains(strings.ToLower(got), hiddenWord) {
				t.Errorf("%s at %s reads what is hidden", name, p)
			}
		}
	}
	t.Logf("%d addresses for each of %d, %d of them with the text for its own side", len(wrongAddresses), len(who), seen)
}

// Who uploads a text to learn whether a delegation has it is told of it as of a new one: by its id, and by what it is like.
func TestNonInterferenceIntake(t *testing.T) {
	a, _ := between(t, registry.Public, "delegation:ZMB")
	look := func(as registry.Audience) intake.Text {
		t.Helper()
		l, err := a.Look(t.Context(), as, intake.File{Name: "a file of mine.md", Bytes: []byte(a.Texts[0])})
		if err != nil || len(l.Parts) != 1 || len(l.Parts[0].Texts) != 1 {
			t.Fatalf("%+v %v", l, err)
		}
		return l.Parts[0].Texts[0]
	}
	own := look("delegation:ZMB")
	if !own.Known {
		t.Error("the delegation is not told that it has the text: the comparison would be blind")
	}
	for _, as := range []registry.Audience{registry.Registry, "delegation:COD", registry.Public} {
		x := look(as)
		if x.Known || x.Duplicate != "" || x.Instrument != "" || x.Document == own.Document {
			t.Errorf("%s is told of the delegation's text: %v, like %q, of %q, named %s", as, x.Known, x.Duplicate, x.Instrument, x.Document)
		}
		for _, m := range x.Matches {
			if strings.Contains(string(m.Instrument), hiddenWord) {
				t.Errorf("%s is told of the delegation's instrument %s", as, m.Instrument)
			}
		}
	}
}

// Where a second factor is required, an account of the delegation that has none gets what an account without audiences gets, at every address of the
// site map and at those that name the text, also after its own colleague looked at everything.
func TestNonInterferenceHeld(t *testing.T) {
	a, b := between(t, registry.Public, "delegation:ZMB")
	h := a.site(t, registry.Reader())
	own := a.signedIn(t, h, "Own delegation", account.Reader, "delegation:ZMB")
	held, plain := a.signedIn(t, h, "Held", account.Reader, "delegation:ZMB"), a.signedIn(t, h, "None", account.Reader)
	view, _, err := a.View(t.Context(), registry.Reader("delegation:ZMB"), "")
	if err != nil {
		t.Fatal(err)
	}
	paths := addresses(t, a, b, view)
	for _, d := range view.OfKind(registry.KindDocument) {
		for _, p := range wrongAddresses {
			if strings.Contains(strings.ToLower(d.Title()), hiddenWord) {
				paths = append(paths, strings.NewReplacer("DOC", d.Address(), "OTHER", d.Address()).Replace(p))
			}
		}
	}
	seen := 0
	for _, p := range paths {
		if strings.Contains(p, hiddenWord) {
			continue
		}
		if _, s := asked(h, p, own); strings.Contains(strings.ToLower(s), hiddenWord) {
			seen++
		}
	}
	if seen < 8 {
		t.Errorf("the delegation itself sees its text at %d addresses only: the comparison would be blind", seen)
	}
	if err := a.Accounts().SetRule(t.Context(), account.Operator, account.Required); err != nil {
		t.Fatal(err)
	}
	const bar = `href="/desk/account/factors"` // the way to a second factor, which who needs none is not shown
	for _, p := range paths {
		code, got := asked(h, p, held)
		want, other := asked(h, p, plain)
		if strings.HasPrefix(p, "/desk/account") || p == "/desk" || strings.HasPrefix(p, "/desk?") || strings.HasPrefix(p, "/sign-") {
			if strings.Contains(strings.ToLower(got), hiddenWord) && !strings.Contains(p, hiddenWord) {
				t.Errorf("%s holds what is hidden", p)
			}
			continue
		}
		i := strings.Index(got, `<li><a `+bar)
		if i >= 0 {
			_, rest, _ := strings.Cut(got[i:], "</li>")
			got = got[:i] + rest
		}
		if got = strings.ReplaceAll(got, "Held, reader", "None, reader"); code != want || csrfValue.ReplaceAllString(got, "") != csrfValue.ReplaceAllString(other, "") {
			t.Errorf("%s: %d for one who is held, %d for one who sees what the public sees", p, code, want)
		}
	}
	t.Logf("%d addresses; %d of them tell the delegation of its text", len(paths), seen)
}

var csrfValue = regexp.MustCompile(`name="_csrf" value="[^"]*"`)
