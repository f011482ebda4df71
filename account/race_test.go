package account_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/openassay/assay/account"
)

// A sign-in with the old password that is being looked at while the password changes, which may take seconds where many ask, begins nothing: neither a
// session, nor the question for a code.
func TestNoSignInOutlivesItsPassword(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	var meanwhile func()
	clock := func() time.Time {
		now = now.Add(time.Millisecond)
		if do := meanwhile; do != nil { // SignIn asks for the time after it knows which password is to be looked at
			meanwhile = nil
			do()
		}
		return now
	}
	s, err := account.Open(t.Context(), filepath.Join(t.TempDir(), account.FileName), account.Options{Now: clock, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const old = "the password that was stolen"
	u, err := s.Add(t.Context(), account.Operator, account.User{Name: "Ada", Role: account.Reader}, old)
	if err != nil {
		t.Fatal(err)
	}
	meanwhile = func() {
		if err := s.SetPassword(t.Context(), account.Operator, u.ID, "another password altogether"); err != nil {
			t.Error(err)
		}
	}
	if e, err := s.SignIn(t.Context(), account.Attempt{Name: "Ada", Password: old}); !account.NotRight(err) {
		t.Errorf("the old password opens the account: %+v %v", e, err)
	}
	if xs, err := s.Sessions(t.Context(), u.ID); err != nil || len(xs) > 0 {
		t.Errorf("%+v %v", xs, err)
	}
	if _, err := s.SignIn(t.Context(), account.Attempt{Name: "Ada", Password: "another password altogether"}); err != nil {
		t.Error(err)
	}
}
