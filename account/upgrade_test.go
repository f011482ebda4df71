package account_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/openassay/assay/account"
)

// A file of the first version comes forward with its users, passwords and sessions; whoever saw more than the public is asked for a second factor.
func TestFirstVersionComesForward(t *testing.T) {
	path := filepath.Join(t.TempDir(), account.FileName)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	dir := t.TempDir()
	made, err := account.Open(t.Context(), filepath.Join(dir, account.FileName), account.Options{Cost: cheap, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer made.Close()
	add(t, made, "Ada", account.Editor)
	session := enter(t, made, "Ada").Session
	first, err := os.ReadFile("schema/0001_accounts.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, q := range []string{string(first), `PRAGMA user_version = 1`} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	// The rows of the first version, as it wrote them.
	from := filepath.Join(dir, account.FileName)
	if _, err := db.Exec(`ATTACH ? AS new`, from); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{`INSERT INTO user SELECT id, name, folded, kind, organisation, role, audiences, password, created_at, password_at, disabled_at FROM new.user`,
		`INSERT INTO session SELECT hash, user, created_at, seen_at, device FROM new.session`, `DETACH new`} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	s, err := account.Open(t.Context(), path, account.Options{Cost: cheap, Now: func() time.Time { return now }, Key: []byte("a key that is kept in another file")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	u, x, err := s.Session(t.Context(), session)
	if err != nil || u == nil || !u.Held || u.Role != account.Editor || x.Second != "" {
		t.Fatalf("%+v %+v %v", u, x, err)
	}
	if in, err := s.SignIn(t.Context(), attempt("Ada")); err != nil || in.Session == "" {
		t.Errorf("%+v %v", in, err)
	}
	if err := s.OfferTOTP(t.Context(), u); err != nil {
		t.Error(err)
	}
}
