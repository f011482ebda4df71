package account_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

const pass = "seven copper ledgers float"

// cheap is a cost for tests.
var cheap = account.Cost{Memory: 64, Passes: 1, Threads: 1}

// clock is a time that a test moves.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func store(t testing.TB) (*account.Store, *clock) {
	t.Helper()
	c := &clock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	s, err := account.Open(t.Context(), filepath.Join(t.TempDir(), account.FileName), account.Options{Now: c.now, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, c
}

func add(t testing.TB, s *account.Store, name string, role account.Role, as ...registry.Audience) *account.User {
	t.Helper()
	u, err := s.Add(t.Context(), account.Operator, account.User{Name: name, Role: role, Audiences: as}, pass)
	if err != nil {
		t.Fatal(err, registry.HintOf(err))
	}
	return u
}

func enter(t testing.TB, s *account.Store, name string) *account.Entered {
	t.Helper()
	e, err := s.SignIn(t.Context(), account.Attempt{Name: name, Password: pass, Network: "192.0.2.0/24"})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// signedIn says whether the token is of a session.
func signedIn(t testing.TB, s *account.Store, token string) bool {
	t.Helper()
	u, _, err := s.Session(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return u != nil
}

func TestRoles(t *testing.T) {
	var nobody *account.User
	if !nobody.Can(account.Nobody) || nobody.Can(account.Reader) || nobody.Can("king") || nobody.Readers().Name() != "public" || nobody.By() != "" {
		t.Error("nobody may do something")
	}
	for i, r := range account.Roles {
		u := &account.User{Name: "Ada", Role: r, Audiences: registry.Audiences{"delegation:ZMB"}}
		for j, x := range account.Roles {
			if u.Can(x) != (j <= i) {
				t.Errorf("%s can %s: %v", r, x, u.Can(x))
			}
		}
		if u.Can("king") || !u.Can(account.Nobody) {
			t.Errorf("%s and roles that are none", r)
		}
		if u.Readers().Has(registry.Registry) != (i > 0) || !u.Readers().Has("delegation:ZMB") {
			t.Errorf("%s reads %v", r, u.Readers())
		}
		u.Disabled = true
		if u.Can(account.Reader) || u.Readers().Name() != "public" {
			t.Errorf("a disabled %s", r)
		}
	}
	u := &account.User{Role: "king"}
	if u.Can(account.Reader) {
		t.Error("a role that is none may read")
	}
}

func TestAddRefuses(t *testing.T) {
	s, _ := store(t)
	add(t, s, "Ada  Obi", account.Editor)
	for name, c := range map[string]struct {
		user account.User
		pass string
		code registry.ErrorCode
	}{
		"taken":      {account.User{Name: "ada obi", Role: account.Editor}, pass, registry.Conflict},
		"wide":       {account.User{Name: "Ａｄａ Obi", Role: account.Editor}, pass, registry.Conflict},
		"no name":    {account.User{Name: " ", Role: account.Editor}, pass, registry.Invalid},
		"colon":      {account.User{Name: "machine:x", Role: account.Editor}, pass, registry.Invalid},
		"hidden":     {account.User{Name: "A\u202eda", Role: account.Editor}, pass, registry.Invalid},
		"long":       {account.User{Name: strings.Repeat("a", 61), Role: account.Editor}, pass, registry.Invalid},
		"role":       {account.User{Name: "B", Role: "king"}, pass, registry.Invalid},
		"no role":    {account.User{Name: "B"}, pass, registry.Invalid},
		"kind":       {account.User{Name: "B", Kind: "cat", Role: account.Reader}, pass, registry.Invalid},
		"audience":   {account.User{Name: "B", Role: account.Reader, Audiences: registry.Audiences{"friends"}}, pass, registry.Invalid},
		"sealed":     {account.User{Name: "B", Role: account.Reader, Audiences: registry.Audiences{registry.Sealed}}, pass, registry.Invalid},
		"short":      {account.User{Name: "B", Role: account.Reader}, "elevenchars", registry.Invalid},
		"long pass":  {account.User{Name: "B", Role: account.Reader}, strings.Repeat("ab cd", 60), registry.Invalid},
		"same":       {account.User{Name: "B", Role: account.Reader}, "aaaaaaaaaaaaaa", registry.Invalid},
		"guessed":    {account.User{Name: "B", Role: account.Reader}, "Password12345", registry.Invalid},
		"own name":   {account.User{Name: "Josephine Ndlovu", Role: account.Reader}, "josephine ndlovu1", registry.Invalid},
		"not text":   {account.User{Name: "B", Role: account.Reader}, "abcdefgh\xff\xfe12345", registry.Invalid},
		"long house": {account.User{Name: "B", Role: account.Reader, Organisation: strings.Repeat("x", 201)}, pass, registry.Invalid},
	} {
		if _, err := s.Add(t.Context(), account.Operator, c.user, c.pass); registry.CodeOf(err) != c.code || registry.HintOf(err) == "" {
			t.Errorf("%s: %v (%s)", name, err, registry.HintOf(err))
		}
	}
	if us, err := s.Users(t.Context()); err != nil || len(us) != 1 || us[0].Name != "Ada Obi" {
		t.Errorf("%v %v", us, err)
	}
}

func TestSessions(t *testing.T) {
	s, c := store(t)
	add(t, s, "Ada", account.Administrator)
	u := add(t, s, "Ben", account.Contributor)
	e := enter(t, s, "BEN")
	if e.User.ID != u.ID || !signedIn(t, s, e.Session) || signedIn(t, s, e.Device) || signedIn(t, s, "") || signedIn(t, s, e.Session[1:]+"A") {
		t.Error("the session's token and no other opens it")
	}
	c.pass(account.IdleLimit - time.Minute)
	if !signedIn(t, s, e.Session) {
		t.Error("it ended early")
	}
	c.pass(account.IdleLimit - time.Minute) // it was used meanwhile
	if !signedIn(t, s, e.Session) {
		t.Error("being used did not keep it")
	}
	c.pass(account.IdleLimit + time.Minute)
	if signedIn(t, s, e.Session) {
		t.Error("it outlived its idle time")
	}
	e = enter(t, s, "Ben")
	for range 40 {
		c.pass(account.AbsoluteLimit / 40)
		signedIn(t, s, e.Session)
	}
	c.pass(time.Second)
	if signedIn(t, s, e.Session) {
		t.Error("it lives for ever if it is used")
	}
	for name, end := range map[string]func() error{
		"password": func() error { return s.SetPassword(t.Context(), "operator", "ben", "another four words here") },
		"disable":  func() error { return s.Disable(t.Context(), "operator", "ben") },
		"end":      func() error { _, err := s.EndSessions(t.Context(), "operator", "ben", ""); return err },
	} {
		b, err := s.SignIn(t.Context(), account.Attempt{Name: "ben", Password: pass, Network: name})
		if err != nil {
			t.Fatal(name, err)
		}
		if err := end(); err != nil {
			t.Fatal(name, err)
		}
		if signedIn(t, s, b.Session) {
			t.Errorf("%s leaves the session open", name)
		}
		_ = s.Enable(t.Context(), "operator", "ben") // where it was disabled
		if err := s.SetPassword(t.Context(), "operator", "ben", pass); err != nil {
			t.Fatal(err)
		}
	}
	x, y := enter(t, s, "ben"), enter(t, s, "ben")
	if xs, err := s.Sessions(t.Context(), u.ID); err != nil || len(xs) != 2 {
		t.Errorf("%v %v", xs, err)
	}
	_, me, err := s.Session(t.Context(), x.Session)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.EndSessions(t.Context(), u.By(), u.ID, me.ID); n != 1 || err != nil || !signedIn(t, s, x.Session) || signedIn(t, s, y.Session) {
		t.Errorf("ending the others ended %d, %v", n, err)
	}
	other := enter(t, s, "Ada")
	_, hers, _ := s.Session(t.Context(), other.Session)
	if err := s.EndSession(t.Context(), u, hers.ID); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("a user ended another's session: %v", err)
	}
	again, err := s.SignIn(t.Context(), account.Attempt{Name: "ben", Password: pass, Network: "n", Old: x.Session})
	if err != nil || signedIn(t, s, x.Session) || again.Session == x.Session {
		t.Errorf("signing in keeps the session that the browser came with: %v", err)
	}
}

func TestLastAdministratorStays(t *testing.T) {
	s, _ := store(t)
	add(t, s, "Ada", account.Administrator)
	add(t, s, "Ben", account.Editor)
	for what, err := range map[string]error{"disabled": s.Disable(t.Context(), "x", "Ada"), "another role": s.SetRole(t.Context(), "x", "Ada", account.Editor, nil)} {
		if registry.CodeOf(err) != registry.Conflict {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := s.SetRole(t.Context(), "x", "Ben", account.Administrator, nil); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup // each takes the other away; one of them must stay
	for _, name := range []string{"Ada", "Ben"} {
		wg.Go(func() { _ = s.Disable(t.Context(), "x", name) })
	}
	wg.Wait()
	n := 0
	us, err := s.Users(t.Context())
	for _, u := range us {
		if u.Can(account.Administrator) {
			n++
		}
	}
	if err != nil || n != 1 {
		t.Errorf("%d administrators, %v", n, err)
	}
}

// What is kept tells no password, no token and no address.
func TestAuditAndFile(t *testing.T) {
	s, _ := store(t)
	add(t, s, "Ada", account.Administrator, "delegation:ZMB")
	e := enter(t, s, "ada")
	for range 70 {
		_, _ = s.SignIn(t.Context(), account.Attempt{Name: "ADA", Password: "wrong and wrong", Network: "198.51.100.0/24", Device: e.Device})
		_, _ = s.SignIn(t.Context(), account.Attempt{Name: "my secret password", Password: "x", Network: "198.51.100.0/24"})
	}
	if err := s.Note(t.Context(), account.Event{By: "person:Ada", Act: "x\ny\x00", About: strings.Repeat("é", 5000), Outcome: account.Done}); err != nil {
		t.Fatal(err)
	}
	es, err := s.Audit(t.Context(), 0, 1000)
	if err != nil || len(es) > 12 || len(es) < 5 || es[0].By != "person:Ada" || len(es[0].About) > 310 || strings.Contains(es[0].Act, "\n") {
		t.Errorf("%d events %v", len(es), err)
	}
	if first := es[len(es)-1]; first.Act != "user add" || first.By != "operator" || first.About != "Ada" || first.Note != "administrator delegation:ZMB" {
		t.Errorf("%+v", first)
	}
	older, err := s.Audit(t.Context(), es[1].Number, 2)
	if err != nil || len(older) != 2 || older[0].Number != es[2].Number {
		t.Errorf("%v %v", older, err)
	}
	for _, e := range es {
		if line := e.Act + e.About + e.Note + e.By; strings.Contains(line, "secret") || strings.Contains(line, "198.51") || strings.Contains(line, pass) {
			t.Errorf("%+v", e)
		}
	}
}
