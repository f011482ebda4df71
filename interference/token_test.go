package interference_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/internal/twins"
	"github.com/openassay/assay/registry"
)

var programs atomic.Int64 // twins are shared by tests

// withToken serves what a program reads with a token of a new account that holds the audiences, for a scope.
func (x *twin) withToken(t testing.TB, h http.Handler, scope registry.Audience, holds ...registry.Audience) http.Handler {
	t.Helper()
	name := fmt.Sprint("Program ", programs.Add(1), " of ", strings.ReplaceAll(string(scope), ":", " "))
	u, err := x.Accounts().Add(t.Context(), account.Operator, account.User{Name: name, Role: account.Reader, Audiences: holds}, twins.Password)
	if err != nil {
		t.Fatal(err)
	}
	text, _, err := x.Accounts().MakeToken(t.Context(), account.Operator, u, account.Token{Name: "test", Scope: registry.Audiences{scope}, Expires: twins.Day.AddDate(0, 1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+text)
		h.ServeHTTP(w, r)
	})
}

// A program that reads with a token of a committee gets the same bytes at every address, whatever the delegation has, and its account holds besides.
func TestNonInterferenceTokens(t *testing.T) {
	a, b := forACommittee(t)
	v, _, err := a.View(t.Context(), registry.Reader("parliament:ZMB"), "")
	if err != nil {
		t.Fatal(err)
	}
	paths := addresses(t, a, b, v)
	x := a.withToken(t, a.site(t, registry.Reader()), "parliament:ZMB", "parliament:ZMB", "delegation:ZMB")
	y := b.withToken(t, b.site(t, registry.Reader()), "parliament:ZMB", "parliament:ZMB", "delegation:ZMB")
	shown, told := false, 0
	for _, p := range paths {
		s, other := answer(x, p), answer(y, p)
		if s != other {
			t.Errorf("%s tells a token of what is hidden", p)
			if told++; told == 1 {
				t.Logf("first:\n%.3000s\n\nsecond:\n%.3000s", s, other)
			}
		}
		if strings.Contains(strings.ToLower(s), hiddenWord) && !strings.Contains(p, hiddenWord) {
			t.Errorf("%s holds what is hidden", p)
		}
		if strings.HasPrefix(s, "200") && strings.Contains(s, "text/html") {
			t.Errorf("%s is a page", p)
		}
		shown = shown || strings.Contains(s, "Talks that both have, corrected")
	}
	if !shown {
		t.Error("the token reads nothing of its own committee: the comparison would be blind")
	}
	// The same account's token for the delegation sees the difference.
	x, y = a.withToken(t, a.site(t, registry.Reader()), "delegation:ZMB", "delegation:ZMB"), b.withToken(t, b.site(t, registry.Reader()), "delegation:ZMB", "delegation:ZMB")
	if answer(x, "/negotiations.json") == answer(y, "/negotiations.json") {
		t.Error("what a token may read makes no difference")
	}
	// Nothing but 401 for one that opens nothing, wherever it asks.
	h := a.site(t, registry.Reader())
	for _, p := range append(paths, "/ledger/checkpoint") {
		if strings.HasPrefix(p, "/-/") { // styles and fonts
			continue
		}
		r := httptest.NewRequest(http.MethodGet, p, nil)
		r.Header.Set("Authorization", "Bearer "+account.TokenPrefix+"nothing")
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusUnauthorized {
			t.Errorf("%s answers %d to a token that is none", p, w.Code)
		}
	}
}
