package account_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

func makeToken(t testing.TB, s *account.Store, c *clock, name string, scope ...registry.Audience) string {
	t.Helper()
	u, err := s.User(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	text, _, err := s.MakeToken(t.Context(), u.By(), u, account.Token{Name: "a program", Scope: scope, Expires: c.now().AddDate(0, 0, 30)})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// why is why a token opens nothing; "" where it opens.
func why(t testing.TB, s *account.Store, text string) string {
	t.Helper()
	_, _, err := s.Token(t.Context(), text)
	var bad *account.BadToken
	if errors.As(err, &bad) {
		return bad.Why
	}
	if err != nil {
		t.Fatal(err)
	}
	return ""
}

func TestTokens(t *testing.T) {
	s, c := store(t)
	if err := s.SetRule(t.Context(), account.Operator, account.Optional); err != nil {
		t.Fatal(err)
	}
	add(t, s, "Ada", account.Administrator)
	add(t, s, "Ben", account.Reader, "delegation:ZMB", "audit:ZMB")
	text := makeToken(t, s, c, "Ben", "delegation:ZMB", registry.Public)
	u, tok, err := s.Token(t.Context(), text)
	if err != nil || u.Name != "Ben" || !strings.HasPrefix(text, account.TokenPrefix) || len(tok.Scope) != 1 {
		t.Fatalf("%+v %+v %v", u, tok, err)
	}
	if as, lost := tok.Readers(u); as.Name() != registry.Reader("delegation:ZMB").Name() || lost {
		t.Errorf("it reads %v", as)
	}
	for _, bad := range []string{"", text[1:], text + "x", strings.ToLower(text), text[:len(text)-1] + "x", account.TokenPrefix + strings.Repeat("A", 51), strings.Repeat("x", 1<<20)} {
		if why(t, s, bad) != "unknown" {
			t.Errorf("%.80q opens something", bad)
		}
	}
	if ts, err := s.Tokens(t.Context(), u.ID); err != nil || len(ts) != 1 || !ts[0].Used.Equal(c.now()) || strings.Contains(text, ts[0].ID[4:]) {
		t.Errorf("%+v %v", ts, err)
	}
	// What the account loses the token loses at once.
	if err := s.SetRole(t.Context(), "x", "Ben", account.Reader, registry.Audiences{"audit:ZMB"}); err != nil {
		t.Fatal(err)
	}
	u, tok, _ = s.Token(t.Context(), text)
	if as, lost := tok.Readers(u); len(as) != 1 || !lost {
		t.Errorf("it still reads %v, or does not say that its scope is gone", as)
	}
	own := makeToken(t, s, c, "Ben", account.Own)
	u, tok, _ = s.Token(t.Context(), own)
	if as, lost := tok.Readers(u); as.Name() != registry.Reader("audit:ZMB").Name() || lost {
		t.Errorf("one for all that its account reads reads %v", as)
	}
	if err := s.Revoke(t.Context(), "x", "Ben", tok.ID); err != nil || why(t, s, own) != "revoked" {
		t.Errorf("revoked: %v", err)
	}
	if err := s.Revoke(t.Context(), "x", "Ada", tok.ID); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("one revokes another's token: %v", err)
	}
	c.pass(31 * 24 * time.Hour)
	if why(t, s, text) != "expired" {
		t.Error("it outlives its day")
	}
	c.pass(-3 * 24 * time.Hour)
	if why(t, s, text) != "expired" {
		t.Error("a clock that is set back opens it again")
	}
	for name, end := range map[string]func() error{
		"a new password": func() error { return s.SetPassword(t.Context(), "x", "Ben", "another four words here") },
		"disabling":      func() error { return s.Disable(t.Context(), "x", "Ben") },
	} {
		c.pass(10 * 24 * time.Hour)
		text := makeToken(t, s, c, "Ben")
		if err := end(); err != nil || why(t, s, text) == "" {
			t.Errorf("%s leaves the token open: %v", name, err)
		}
	}
}

// Where a second factor is required, an account without one gives its tokens nothing but what is public.
func TestTokensNeedTheSecondFactor(t *testing.T) {
	s, c := store(t)
	ben := add(t, s, "Ben", account.Reader, "delegation:ZMB")
	e := enter(t, s, "Ben")
	held, _, err := s.Session(t.Context(), e.Session)
	if err != nil || !held.Held {
		t.Fatal(held, err)
	}
	for _, scope := range []registry.Audience{account.Own, "delegation:ZMB"} {
		if _, _, err := s.MakeToken(t.Context(), "x", held, account.Token{Name: "x", Scope: registry.Audiences{scope}, Expires: c.now().AddDate(0, 0, 5)}); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("a session without a second factor makes a token for %s: %v", scope, err)
		}
	}
	text := makeToken(t, s, c, ben.Name, "delegation:ZMB")
	u, tok, err := s.Token(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	if as, lost := tok.Readers(u); !lost {
		t.Errorf("it reads %v", as)
	}
	if err := s.Grant(t.Context(), "x", add(t, s, "Cy", account.Reader).Name, account.Term{Audience: "adviser:cy", Until: c.now().AddDate(0, 0, 5)}); err != nil {
		t.Fatal(err)
	}
	if u, _, err := s.Session(t.Context(), enter(t, s, "Cy").Session); err != nil || !u.Held || u.Readers().Has("adviser:cy") {
		t.Errorf("an adviser without a second factor reads %v", u.Readers())
	}
}

func TestTokensRefused(t *testing.T) {
	s, c := store(t)
	ben := add(t, s, "Ben", account.Reader, "delegation:ZMB")
	in := func(days int) time.Time { return c.now().AddDate(0, 0, days) }
	for name, tok := range map[string]account.Token{
		"no name": {Expires: in(5)}, "over": {Name: "x", Expires: in(-1)}, "for ever": {Name: "x", Expires: in(400)}, "no end": {Name: "x"},
		"another's": {Name: "x", Expires: in(5), Scope: registry.Audiences{"delegation:COD"}}, "editors": {Name: "x", Expires: in(5), Scope: registry.Audiences{registry.Registry}},
		"sealed": {Name: "x", Expires: in(5), Scope: registry.Audiences{registry.Sealed}}, "none": {Name: "x", Expires: in(5), Scope: registry.Audiences{"friends"}},
	} {
		if _, _, err := s.MakeToken(t.Context(), "x", ben, tok); registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 20 {
		makeToken(t, s, c, "Ben")
	}
	if _, _, err := s.MakeToken(t.Context(), "x", ben, account.Token{Name: "x", Expires: in(5)}); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("more and more: %v", err)
	}
}

// An audience for a limited time begins and ends by itself, for sessions that are open too; a clock that jumps gives nothing.
func TestTerms(t *testing.T) {
	s, c := store(t)
	if err := s.SetRule(t.Context(), account.Operator, account.Optional); err != nil {
		t.Fatal(err)
	}
	add(t, s, "Ada", account.Administrator)
	add(t, s, "Ben", account.Reader)
	e := enter(t, s, "Ben")
	reads := func() bool {
		t.Helper()
		u, _, err := s.Session(t.Context(), e.Session)
		if err != nil || u == nil {
			t.Fatal(u, err)
		}
		return u.Readers().Has("adviser:ben")
	}
	day := 24 * time.Hour
	start := c.now()
	if err := s.Grant(t.Context(), "person:Ada", "Ben", account.Term{Audience: "adviser:ben", From: start.Add(time.Hour), Until: start.Add(20 * day)}); err != nil {
		t.Fatal(err)
	}
	if reads() {
		t.Error("it begins early")
	}
	c.pass(time.Hour)
	text := makeToken(t, s, c, "Ben", account.Own)
	if !reads() {
		t.Error("it does not begin")
	}
	if es, err := s.Ending(t.Context(), 14*day); err != nil || len(es) != 0 {
		t.Errorf("%v %v ends soon", es, err)
	}
	renew := func(to time.Time) { // sessions do not last that long
		c.pass(to.Sub(c.now()))
		e = enter(t, s, "Ben")
	}
	renew(start.Add(7 * day))
	if es, err := s.Ending(t.Context(), 14*day); err != nil || len(es) != 1 || es[0].User.Name != "Ben" {
		t.Errorf("%v %v ends soon", es, err)
	}
	c.pass(-9 * day)
	if reads() {
		t.Error("before its beginning, by a clock that was set back, it holds")
	}
	renew(start.Add(20*day - time.Second))
	if !reads() {
		t.Error("it ends early")
	}
	c.pass(2 * time.Minute)
	if u, tok, err := s.Token(t.Context(), text); err != nil {
		t.Error(err)
	} else if as, _ := tok.Readers(u); reads() || as.Has("adviser:ben") {
		t.Error("it outlives its time in a session or a token")
	}
	c.pass(-day)
	if reads() {
		t.Error("a clock that is set back gives it back")
	}
	if back, err := s.SetBack(t.Context()); err != nil || back.IsZero() {
		t.Error("nobody is told that the clock was set back", err)
	}
	if err := s.ConfirmClock(t.Context(), "person:Ada"); err != nil {
		t.Fatal(err)
	}
	if back, _ := s.SetBack(t.Context()); !back.IsZero() || !reads() {
		t.Error("the administrator said that the clock is right")
	}
	if err := s.Withdraw(t.Context(), "person:Ada", "Ben", "adviser:ben"); err != nil || reads() {
		t.Error("it was taken away", err)
	}
	if err := s.Withdraw(t.Context(), "person:Ada", "Ben", "adviser:ben"); registry.CodeOf(err) != registry.NotFound {
		t.Error(err)
	}
	for name, term := range map[string]account.Term{
		"sealed": {Audience: registry.Sealed, Until: c.now().Add(day)}, "no audience": {Until: c.now().Add(day)}, "no end": {Audience: "adviser:x"},
		"backwards": {Audience: "adviser:x", From: c.now().Add(2 * day), Until: c.now().Add(day)}, "over": {Audience: "adviser:x", From: c.now().Add(-2 * day), Until: c.now()},
		"for ever": {Audience: "adviser:x", Until: c.now().AddDate(6, 0, 0)},
	} {
		if err := s.Grant(t.Context(), "x", "Ben", term); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
