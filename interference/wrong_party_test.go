package interference_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
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
	"/overlaps/DOC/OTHER", "/overlaps/family/DOC/art_1", "/overlaps/texts?of=DOC", "/sources/src_DOC", "/corrections/new?record=doc_DOC", "/instruments/DOC/summary", "/instruments/DOC/disclosure", "/instruments/DOC/versions",
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
