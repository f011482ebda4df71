package instance_test

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/registry"
)

// audited asks for an audit without problems and says how many leaves and events there are.
func audited(t testing.TB, in *instance.Instance) *instance.LedgerAudit {
	t.Helper()
	a, err := in.AuditLedger(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range a.Problems {
		t.Errorf("audit: %s", p)
	}
	return a
}

// What becomes public enters the ledger once: at once, by a disclosure, or not at all; withdrawals and erasures are told. What is not public
// leaves no trace.
func TestLedgerFollowsTheLog(t *testing.T) {
	in := open(t, seeded.Dir(t))
	if err := in.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := audited(t, in)
	if before.Lag != 0 || before.Size == 0 || before.Events < 10000 {
		t.Fatalf("the embedded registry: %+v", before)
	}
	hidden, open := says(t, registry.Registry, "ZMB", "Qwertania"), says(t, registry.Public, "ZMB", "Asdfland")
	commit := func(es ...registry.Entry) {
		t.Helper()
		if err := in.Commit(t.Context(), es); err != nil {
			t.Fatal(err)
		}
	}
	disclose := func(action string, a registry.Audience, ids ...registry.EntryID) registry.Entry {
		t.Helper()
		e, err := registry.NewEntry(registry.Entry{Type: registry.EntryDisclosure, Audience: a, By: "person:test", At: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC),
			Disclosure: &registry.Disclosure{Targets: ids, Action: action, To: registry.Public}})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	grew := func(events int64) *instance.LedgerAudit {
		t.Helper()
		was := before.Events
		if err := in.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if before = audited(t, in); before.Events-was != events {
			t.Errorf("%d events more, want %d", before.Events-was, events)
		}
		return before
	}
	commit(hidden)
	grew(0)
	if _, err := in.ReceiptOf(t.Context(), hidden.ID); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("a receipt of what is not public: %v", err)
	}
	commit(open)
	lagging := audited(t, in) // not caught up: reported, and no problem
	if lagging.Lag == 0 {
		t.Error("a ledger that lags does not say so")
	}
	grew(1)
	commit(disclose("publish", registry.Registry, hidden.ID))
	grew(1)
	commit(disclose("withdraw", registry.Public, open.ID))
	grew(2) // the withdrawal, and that it was decided
	grew(0)
	b, err := in.Book(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p, err := ledger.ParsePolicy([]byte("log " + b.VKey() + "\nquorum none\n"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := in.ReceiptOf(t.Context(), open.ID)
	if err != nil || len(r) != 2 {
		t.Fatalf("%d proofs: %v", len(r), err)
	}
	if _, err := ledger.Verify(p, r, nil); err != nil {
		t.Error(err)
	}
	v, _, err := in.View(t.Context(), registry.Reader(), "")
	if err != nil {
		t.Fatal(err)
	}
	if v == nil {
		t.Fatal("no view")
	}
	x := []byte(exported(t, in))
	r, err = in.Receipt(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ledger.Verify(p, r, x); err != nil || got.Subject != "export" || got.Entries < 10000 {
		t.Errorf("the public export: %+v %v", got, err)
	}
	for _, bad := range []string{strings.Replace(string(x), "Qwertania", "Qwertonia", 1), strings.Replace(string(x), `"field":"alias"`, `"field":"title"`, 1)} {
		if _, err := ledger.Verify(p, r, []byte(bad)); err == nil || bad == string(x) {
			t.Error("a changed export passes")
		}
	}
	if err := in.Log.Erase(t.Context(), []registry.EntryID{hidden.ID}, "a court", "a person's data", time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	grew(1)
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
}

// A deposit is proven from the day after on, with its slip alone, and days without deposits have their root too.
func TestDeposits(t *testing.T) {
	dir := seeded.Dir(t)
	os.Remove(filepath.Join(dir, "ledger.db")) // this ledger begins on a day of ours
	os.RemoveAll(filepath.Join(dir, "ledger"))
	day := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	at := func() *instance.Instance {
		t.Helper()
		now := day
		in, err := instance.Open(t.Context(), dir, instance.Options{Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		if err := in.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		return in
	}
	in := at()
	slip, err := in.Deposit(t.Context(), []byte("a confidential draft"))
	if err != nil {
		t.Fatal(err)
	}
	paper := fmt.Sprintf(`{"assay":%q,"ledger":%q,"interval":%q,"place":%d,"nonce":%q,"sha256":%q}`, slip.Assay, slip.Ledger, slip.Interval, slip.Place, slip.Nonce, slip.SHA256)
	if _, err := in.Receipt(t.Context(), []byte(paper)); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("a receipt on the same day: %v", err)
	}
	leaves := audited(t, in).Leaves
	in.Close()
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte("a confidential draft")))
	if found := holding(t, dir, hash, slip.Nonce); len(found) > 0 {
		t.Errorf("the deposit can be found: %v", found)
	}
	day = day.AddDate(0, 0, 3)
	in = at()
	if got := audited(t, in).Leaves - leaves; got != 3 { // the 23rd, 24th and 25th
		t.Errorf("%d roots of three days", got)
	}
	r, err := in.Receipt(t.Context(), []byte(paper))
	if err != nil {
		t.Fatal(err)
	}
	b, _ := in.Book(t.Context())
	p, err := ledger.ParsePolicy([]byte("log " + b.VKey() + "\nquorum none\n"))
	if err != nil {
		t.Fatal(err)
	}
	if v, err := ledger.Verify(p, r, []byte("a confidential draft")); err != nil || v.Subject != "deposit" {
		t.Errorf("%+v %v", v, err)
	}
	if _, err := ledger.Verify(p, r, []byte("another draft")); err == nil {
		t.Error("another file was deposited")
	}
	in.Close()
	day = day.AddDate(0, 0, -5) // a clock that was set back
	in = at()
	defer in.Close()
	if _, err := in.Deposit(t.Context(), []byte("late")); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("a deposit on a day that is closed: %v", err)
	}
	audited(t, in)
}

// The audit finds what was changed, dropped, moved or added behind the ledger's back, in the book, in the tree, and in the log.
func TestAuditFindsTampering(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, dir string){
		"leaf changed":    onBook(`UPDATE leaf SET data = CAST(replace(CAST(data AS TEXT), '2026', '2025') AS BLOB) WHERE number = 3`),
		"leaf dropped":    onBook(`DELETE FROM leaf WHERE number = 3`),
		"leaves swapped":  onBook(`UPDATE leaf SET data = (SELECT data FROM leaf WHERE number = 5) WHERE number = 4`),
		"last leaf gone":  onBook(`DELETE FROM leaf WHERE number = (SELECT max(number) FROM leaf)`),
		"cursor set back": onBook(`UPDATE about SET value = '1' WHERE name = 'events'`),
		"cursor ahead":    onBook(`UPDATE about SET value = '99999999' WHERE name = 'position'`),
		"checkpoint of another key": func(t *testing.T, dir string) {
			f := filepath.Join(dir, "ledger", "checkpoint")
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(f, []byte(strings.Replace(string(b), "\n— ", "\n— x", 1)), 0o600); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := seeded.Dir(t)
			in := open(t, dir)
			if err := in.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			in.Close()
			harm(t, dir)
			in, err := instance.OpenReadOnly(t.Context(), dir, fixed)
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			a, err := in.AuditLedger(t.Context())
			if err == nil && len(a.Problems) == 0 {
				t.Errorf("it is not found: %+v", a)
			}
		})
	}
}

func onBook(statement string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		db, err := sql.Open("sqlite", filepath.Join(dir, "ledger.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}
