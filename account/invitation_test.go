package account_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

const fresh = "five other words that float"

func notFound(err error) bool { return registry.CodeOf(err) == registry.NotFound }

func conflict(err error) bool { return registry.CodeOf(err) == registry.Conflict }

func TestInvitation(t *testing.T) {
	s, c, _ := secured(t)
	if some, err := s.Any(t.Context()); err != nil || some {
		t.Fatal(some, err)
	}
	i, token, err := s.Invite(t.Context(), account.Operator, account.User{Name: "Ada", Organisation: " A committee ", Role: account.Reader, Audiences: registry.Audiences{"parliament:ZMB"}}, 7)
	if err != nil {
		t.Fatal(err)
	}
	if some, err := s.Any(t.Context()); err != nil || !some {
		t.Errorf("the first user is invited, and nobody can sign in: %v", err)
	}
	if got, err := s.Invitation(t.Context(), account.Invited, token); err != nil || got.ID != i.ID || got.Organisation != "A committee" {
		t.Errorf("%+v %v", got, err)
	}
	for what, bad := range map[string]string{"the id": i.ID, "nothing": "", "another": strings.Repeat("x", 43), "much": strings.Repeat("x", 1<<16), "one letter off": "x" + token[1:]} {
		if _, err := s.Invitation(t.Context(), account.Invited, bad); !notFound(err) {
			t.Errorf("%s opens it: %v", what, err)
		}
	}
	if _, err := s.Recover(t.Context(), token, fresh, home); !notFound(err) {
		t.Errorf("an invitation is a recovery: %v", err)
	}
	if _, err := s.Accept(t.Context(), token, "Ada", "short", home); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("a short password: %v", err)
	}
	add(t, s, "Ben", account.Administrator)
	if _, err := s.Accept(t.Context(), token, "BEN", fresh, home); !conflict(err) {
		t.Errorf("another's name: %v", err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	opened := 0
	for _, name := range []string{"Ada", "Ada", "Eve", "Ida"} { // at once
		wg.Go(func() {
			if e, err := s.Accept(t.Context(), token, name, fresh, home); err == nil && e.Session != "" {
				mu.Lock()
				opened++
				mu.Unlock()
			} else if !notFound(err) && !conflict(err) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if opened != 1 {
		t.Errorf("the link opened %d times", opened)
	}
	all, err := s.Invitations(t.Context())
	if err != nil || len(all) != 1 || all[0].EndedBy != "used" || all[0].User == "" {
		t.Errorf("%+v %v", all, err)
	}
	u, err := s.User(t.Context(), all[0].User)
	if err != nil || u.Role != account.Reader || !u.Audiences.Has("parliament:ZMB") || u.SecondFactor {
		t.Errorf("%+v %v", u, err)
	}
	for _, bad := range []account.User{{Role: "king"}, {Role: account.Reader, Audiences: registry.Audiences{"friends"}}, {Role: account.Reader, Audiences: registry.Audiences{"sealed"}}, {Name: "A:B", Role: account.Reader}, {Role: account.Reader, Organisation: strings.Repeat("x", 201)}} {
		if _, _, err := s.Invite(t.Context(), account.Operator, bad, 7); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	for _, days := range []int{-1, 0, 61} {
		if _, _, err := s.Invite(t.Context(), account.Operator, account.User{Role: account.Reader}, days); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("%d days: %v", days, err)
		}
	}
	_, late, err := s.Invite(t.Context(), account.Operator, account.User{Role: account.Reader}, 1)
	if err != nil {
		t.Fatal(err)
	}
	c.pass(25 * time.Hour)
	if _, err := s.Accept(t.Context(), late, "Late", fresh, home); !notFound(err) {
		t.Errorf("after its time: %v", err)
	}
	c.pass(-3 * time.Hour) // a clock that is set back gives nothing back
	if _, err := s.Accept(t.Context(), late, "Late", fresh, home); !notFound(err) {
		t.Errorf("after the clock was set back: %v", err)
	}
}

// A link does not outlive the trust in who made it, nor its being withdrawn.
func TestInvitationsEnd(t *testing.T) {
	s, _, _ := secured(t)
	ada, ben := add(t, s, "Ada", account.Administrator), add(t, s, "Ben", account.Administrator)
	invite := func(by *account.User) (string, string) {
		t.Helper()
		i, token, err := s.Invite(t.Context(), by.By(), account.User{Role: account.Administrator}, 7)
		if err != nil {
			t.Fatal(err)
		}
		return i.ID, token
	}
	_, one := invite(ada)
	_, two := invite(ada)
	id, three := invite(ben)
	if err := s.Disable(t.Context(), account.Operator, "Ada"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Accept(t.Context(), one, "Eve", fresh, home); !notFound(err) {
		t.Errorf("of a disabled administrator: %v", err)
	}
	if err := s.Enable(t.Context(), account.Operator, "Ada"); err != nil {
		t.Fatal(err)
	}
	if err := s.SetRole(t.Context(), account.Operator, "Ada", account.Editor, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Accept(t.Context(), two, "Eve", fresh, home); !notFound(err) {
		t.Errorf("of one who is no administrator any more: %v", err)
	}
	if err := s.EndInvitation(t.Context(), ben.By(), id); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Accept(t.Context(), three, "Eve", fresh, home); !notFound(err) {
		t.Errorf("withdrawn: %v", err)
	}
	if err := s.EndInvitation(t.Context(), ben.By(), id); !notFound(err) {
		t.Errorf("withdrawn twice: %v", err)
	}
}

// Two administrators let somebody in again; one alone, or the person themselves, cannot.
func TestRecovery(t *testing.T) {
	s, c, _ := secured(t)
	ada, ben, cleo := add(t, s, "Ada", account.Administrator), add(t, s, "Ben", account.Administrator), add(t, s, "Cleo", account.Administrator)
	_, codes, e := enrolled(t, s, c, cleo)
	if _, err := s.AskRecovery(t.Context(), cleo.By(), "Cleo"); !conflict(err) {
		t.Errorf("for oneself: %v", err)
	}
	i, err := s.AskRecovery(t.Context(), ada.By(), "cleo")
	if err != nil || !i.Waits {
		t.Fatal(i, err)
	}
	if _, err := s.AskRecovery(t.Context(), ben.By(), "Cleo"); !conflict(err) {
		t.Errorf("a second one: %v", err)
	}
	if _, err := s.Invitation(t.Context(), account.Recovery, ""); !notFound(err) {
		t.Errorf("one that nobody confirmed opens by nothing: %v", err)
	}
	for _, by := range []string{ada.By(), cleo.By()} {
		if _, _, err := s.ConfirmRecovery(t.Context(), by, i.ID); !conflict(err) {
			t.Errorf("confirmed by %s: %v", by, err)
		}
	}
	if err := s.SetRole(t.Context(), account.Operator, "Ada", account.Reader, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.ConfirmRecovery(t.Context(), ben.By(), i.ID); !conflict(err) {
		t.Errorf("asked by one who is no administrator any more: %v", err)
	}
	if err := s.SetRole(t.Context(), account.Operator, "Ada", account.Administrator, nil); err != nil {
		t.Fatal(err)
	}
	_, token, err := s.ConfirmRecovery(t.Context(), ben.By(), i.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.ConfirmRecovery(t.Context(), ben.By(), i.ID); !notFound(err) {
		t.Errorf("confirmed twice: %v", err)
	}
	if u, _, err := s.Session(t.Context(), e.Session); err != nil || u == nil || u.Unread < 3 {
		t.Errorf("the session that the owner has is over, or they are not told: %+v %v", u, err)
	}
	if _, err := s.Recover(t.Context(), token, "short", home); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("a short password: %v", err)
	}
	in, err := s.Recover(t.Context(), token, fresh, home)
	if err != nil {
		t.Fatal(err)
	}
	u, x, err := s.Session(t.Context(), in.Session)
	if err != nil || !u.Held || u.SecondFactor || x.Second != "" || u.Role != account.Administrator {
		t.Errorf("after recovery: %+v %+v %v", u, x, err)
	}
	if u, _, _ := s.Session(t.Context(), e.Session); u != nil {
		t.Error("a session of before lives on")
	}
	if _, err := s.Recover(t.Context(), token, fresh, home); !notFound(err) {
		t.Errorf("used twice: %v", err)
	}
	if f, err := s.Factors(t.Context(), cleo); err != nil || f.Count()+f.Codes != 0 {
		t.Errorf("factors of before: %+v %v", f, err)
	}
	a := attempt("Cleo")
	if _, err := s.SignIn(t.Context(), a); !account.NotRight(err) {
		t.Errorf("the old password: %v", err)
	}
	a.Password = fresh
	if in, err := s.SignIn(t.Context(), a); err != nil || in.Step != "" {
		t.Errorf("the new one, with codes %v still counting: %+v %v", codes[0], in, err)
	}
	told, err := s.Told(t.Context(), cleo)
	for _, what := range []string{"recovery_asked", "recovery_confirmed", "recovery_used"} {
		if err != nil || !slicesHas(told, what) {
			t.Errorf("not told: %s in %+v %v", what, told, err)
		}
	}
	es, err := s.Audit(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range []string{"user recover", "user recover: confirm", "user recover: used"} {
		found := false
		for _, e := range es {
			found = found || e.Act == act && strings.EqualFold(e.About, "Cleo") && e.By != ""
		}
		if !found {
			t.Errorf("the audit has no %q", act)
		}
	}
}

// Who is signed in stops a recovery that they did not ask for; the operator's alone needs no second person, and a day ends what nobody confirms.
func TestRecoveryIsStopped(t *testing.T) {
	s, c, _ := secured(t)
	ada, ben := add(t, s, "Ada", account.Administrator), add(t, s, "Ben", account.Administrator)
	cleo := add(t, s, "Cleo", account.Editor)
	i, err := s.AskRecovery(t.Context(), ada.By(), "Cleo")
	if err != nil {
		t.Fatal(err)
	}
	_, token, err := s.ConfirmRecovery(t.Context(), ben.By(), i.ID)
	if err != nil {
		t.Fatal(err)
	}
	open, err := s.RecoveryOf(t.Context(), cleo)
	if err != nil || open == nil || open.ID != i.ID {
		t.Fatal(open, err)
	}
	if err := s.EndInvitation(t.Context(), cleo.By(), open.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Recover(t.Context(), token, fresh, home); !notFound(err) {
		t.Errorf("after it was stopped: %v", err)
	}
	if i, err = s.AskRecovery(t.Context(), ada.By(), "Cleo"); err != nil {
		t.Fatal(err)
	}
	c.pass(25 * time.Hour)
	if _, _, err := s.ConfirmRecovery(t.Context(), ben.By(), i.ID); !notFound(err) {
		t.Errorf("confirmed after a day: %v", err)
	}
	if _, token, err = s.OperatorRecovery(t.Context(), "Cleo"); err != nil {
		t.Fatal(err)
	}
	if err := s.Disable(t.Context(), account.Operator, "Cleo"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Recover(t.Context(), token, fresh, home); !notFound(err) {
		t.Errorf("into a disabled account: %v", err)
	}
	if _, err := s.AskRecovery(t.Context(), ada.By(), "Cleo"); !conflict(err) {
		t.Errorf("of a disabled account: %v", err)
	}
	if err := s.Enable(t.Context(), account.Operator, "Cleo"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Recover(t.Context(), token, fresh, home); !notFound(err) {
		t.Errorf("a link of before the account was disabled: %v", err)
	}
	if _, token, err = s.OperatorRecovery(t.Context(), "Cleo"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Recover(t.Context(), token, fresh, home); err != nil {
		t.Errorf("the operator's link: %v", err)
	}
}
