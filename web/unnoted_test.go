package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/openassay/assay/web"
)

// Ways by which something restricted was told, and no line left.

// An address that leads to another tells that something is there, and what it is called now.
func TestLeadingOnIsNoted(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl, program := d.as("Carl"), d.browser()
	bearer := "Bearer " + makes(t, carl, url.Values{"scope": {"own"}})
	for path, want := range map[string]int{"/parties/aaa": 1, "/parties/bbb": 0} {
		for who, ask := range map[string]func() answer{
			"a session": func() answer { return carl.get(path) },
			"a token":   func() answer { return program.get(path+".json", "Authorization", bearer) },
		} {
			var a answer
			es := reads(t, d.accounts, func() { a = ask() })
			if a.StatusCode != http.StatusFound || len(es) != want || want > 0 && strings.Join(es[0].Things, " ") != "pty_AAA" {
				t.Errorf("%s to %s: %d, %+v", who, path, a.StatusCode, es)
			}
		}
	}
	if a := d.browser().get("/parties/aaa"); a.StatusCode != http.StatusNotFound {
		t.Errorf("to nobody: %d", a.StatusCode)
	}
}

// "It is as you have it" tells that it is there: to who had it, that is nothing new; so nobody may be told who did not.
func TestNothingNewIsToldToWhoHadIt(t *testing.T) {
	d := newDesk(t, web.Options{})
	bearer := "Bearer " + makes(t, d.as("Carl"), url.Values{"scope": {"own"}})
	ask := func(tag string) answer {
		return d.browser().get("/parties/AAA.json", "Authorization", bearer, "If-None-Match", tag)
	}
	var a answer
	if es := reads(t, d.accounts, func() { a = ask("*") }); a.StatusCode != http.StatusOK || len(es) != 1 {
		t.Errorf("whatever there is: %d, %+v", a.StatusCode, es)
	}
	if again := ask(a.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("what was had: %d", again.StatusCode)
	}
	d.restart() // another server of the same program and registry: somebody's own, to learn what the tags are
	if other := ask(a.Header.Get("ETag")); other.StatusCode != http.StatusOK {
		t.Errorf("a tag of elsewhere: %d", other.StatusCode)
	}
}

// What a draft is held against may be told of by a number alone.
func TestChecksOfDraftsAreNoted(t *testing.T) {
	d := newDesk(t, web.Options{ReadDraft: readDraft})
	draft := url.Values{"draft": {"AGREEMENT BETWEEN NORLAND AND SUDRIA ON COBALT\n\nArticle 1\n\nNorland shall have a right of first offer on all cobalt.\n"}}
	for name, want := range map[string]int{"Carl": 1, "Rita": 0} {
		b := d.as(name)
		var a answer
		es := reads(t, d.accounts, func() { a = b.send("/check", "/check", draft) })
		if a.StatusCode != http.StatusOK || len(es) != want || want > 0 && (es[0].Outlet != "/check" || len(es[0].Tier) == 0) {
			t.Errorf("%s: %d, %+v", name, a.StatusCode, es)
		}
	}
}

// brokenOff is a visitor who goes away before the answer comes.
type brokenOff struct{ *httptest.ResponseRecorder }

func (brokenOff) Write([]byte) (int, error) { return 0, errors.New("broken off") }

// The log names the pattern of an address: an address may name what is restricted, and the link of an invitation opens an account.
func TestTheLogTellsNoAddress(t *testing.T) {
	d := newDesk(t, web.Options{})
	logged := ""
	h := web.New(d.views["public"], web.Options{Now: now, Accounts: d.accounts, Log: func(f string, args ...any) { logged += fmt.Sprintf(f, args...) + "\n" }})
	for _, path := range []string{"/invitations/secretsecret", "/recoveries/secretsecret", "/corrections/receipt/secretsecret", "/parties/secretsecret.json", "/secretsecret", "/-/secretsecret"} {
		h.ServeHTTP(brokenOff{httptest.NewRecorder()}, httptest.NewRequest(http.MethodGet, path, nil))
	}
	if strings.Contains(logged, "secretsecret") || !strings.Contains(logged, "/invitations/{token}") {
		t.Error(logged)
	}
}
