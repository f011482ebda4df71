package instance_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
)

// Who edits the audit and writes all its later lines anew, so that it hangs together, is found by what was lodged of it.
func TestTheAuditIsLodged(t *testing.T) {
	dir := seeded.Dir(t)
	day := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	opt := instance.Options{Now: func() time.Time { return day }}
	in, err := instance.Open(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	note := func() {
		t.Helper()
		if err := in.Accounts().NoteRead(t.Context(), account.Event{By: "person:Ada", Outlet: "/x", Things: []string{"neg_a"}}); err != nil {
			t.Fatal(err)
		}
		if err := in.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		note()
		note()
		day = day.AddDate(0, 0, 1)
	}
	note()
	if a := audited(t, in); a.Audited != 3 {
		t.Errorf("%d days are lodged and published, want 3", a.Audited)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, account.FileName))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	rows, err := db.Query(`SELECT n, leaf, substr(at, 1, 7), CASE act WHEN 'read' THEN 'read' ELSE 'act' END FROM audit ORDER BY n`)
	if err != nil {
		t.Fatal(err)
	}
	before, at := "", map[int64]string{}
	for rows.Next() {
		var n int64
		var leaf, month, kind string
		if err := rows.Scan(&n, &leaf, &month, &kind); err != nil {
			t.Fatal(err)
		}
		if n == 1 {
			leaf, month, kind = strings.Repeat("ab", 32), "2020-01", "read"
		}
		h := sha256.Sum256([]byte(before + " " + leaf + " " + month + " " + kind))
		before = hex.EncodeToString(h[:])
		at[n] = before
	}
	rows.Close()
	if _, err := db.Exec(`UPDATE audit SET act = ?, leaf = ?, at = '2020-01-01T00:00:00.000Z', by = '', about = '', note = '', outlet = '', things = '', tier = '' WHERE n = 1`, account.Forgotten, strings.Repeat("ab", 32)); err != nil {
		t.Fatal(err)
	}
	for n, hash := range at {
		if _, err := db.Exec(`UPDATE audit SET hash = ? WHERE n = ?`, hash, n); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	if in, err = instance.OpenReadOnly(t.Context(), dir, opt); err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	a, err := in.AuditLedger(t.Context())
	if err != nil || len(a.Problems) < 3 || !strings.Contains(a.Problems[0], "written anew") {
		t.Errorf("%+v %v", a, err)
	}
}
