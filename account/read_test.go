package account_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// Reads are on the disk when NoteRead returns, and hang together with what was done; whatever is changed behind the audit's back is found.
func TestReadsAreChained(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, account.FileName)
	c := &clock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	openAt := func(path string) *account.Store {
		t.Helper()
		s, err := account.Open(t.Context(), path, account.Options{Now: c.now, Cost: cheap})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := openAt(path)
	add(t, s, "Ada", account.Administrator)
	var wg sync.WaitGroup
	for range 200 {
		wg.Go(func() {
			if err := s.NoteRead(t.Context(), account.Event{By: "person:Ada", Outlet: "/negotiations.json", Things: []string{"neg_a", "neg_b"}, Tier: registry.Audiences{"delegation:ZMB"}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	many := make([]string, 80)
	for i := range many {
		many[i] = "neg_" + strings.Repeat("x", i+1)
	}
	if err := s.NoteRead(t.Context(), account.Event{By: "person:Ada", Outlet: "assay show", Things: many}); err != nil {
		t.Fatal(err)
	}
	other := openAt(path) // as a process that was cut off leaves it
	es, err := other.Events(t.Context(), account.Audited{Kind: "read", Limit: 1000})
	if err != nil || len(es) != 201 || len(es[0].Things) != 50 || !strings.Contains(es[0].Note, "30 more") || es[1].Tier[0] != "delegation:ZMB" || es[1].Things[1] != "neg_b" {
		t.Fatalf("%d %v %+v", len(es), err, es[:1])
	}
	if n, problems, err := s.VerifyAudit(t.Context()); err != nil || len(problems) > 0 || n < 202 {
		t.Fatalf("%d %v %v", n, problems, err)
	}
	other.Close()
	s.Close()
	for name, q := range map[string]string{
		"words":       `UPDATE audit SET things = '["neg_c"]' WHERE n = 50`,
		"who":         `UPDATE audit SET by = 'person:Ben' WHERE n = 50`,
		"when":        `UPDATE audit SET at = '2026-11-22T09:00:00.000Z' WHERE n = 50`,
		"dropped":     `DELETE FROM audit WHERE n = 50`,
		"end":         `DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)`,
		"swapped":     `UPDATE audit SET n = CASE n WHEN 50 THEN -51 ELSE -50 END WHERE n IN (50, 51); UPDATE audit SET n = -n WHERE n < 0`,
		"its leaf":    `UPDATE audit SET leaf = '` + strings.Repeat("0", 64) + `' WHERE n = 50`,
		"unchained":   `UPDATE audit SET hash = '' WHERE n = 50`,
		"as if old":   `UPDATE audit SET act = 'read (forgotten)', leaf = '' WHERE n = 50`,
		"forgot read": `UPDATE audit SET act = 'read (forgotten)', at = substr(at, 1, 7) || '-01T00:00:00.000Z', by = '', about = '', note = '', outlet = '', things = '', tier = '' WHERE n = 50`,
		"forgot act":  `UPDATE audit SET act = 'read (forgotten)', at = substr(at, 1, 7) || '-01T00:00:00.000Z', by = '', about = '', note = '', outlet = '', things = '', tier = '' WHERE n = 1`,
		"of long ago": `UPDATE audit SET act = 'read (forgotten)', at = '2020-01-01T00:00:00.000Z', by = '', about = '', note = '', outlet = '', things = '', tier = '' WHERE n = 50`,
		"other words": `UPDATE audit SET act = 'read (forgotten)', by = 'person:Ben' WHERE n = 50`,
		"the account": `UPDATE audit SET tier = '' WHERE n = 50`,
	} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), account.FileName)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		if _, err := db.Exec("BEGIN"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(q); err != nil {
			t.Fatal(name, err)
		}
		if _, err := db.Exec("COMMIT"); err != nil {
			t.Fatal(err)
		}
		s := openAt(path)
		if _, problems, err := s.VerifyAudit(t.Context()); err != nil || len(problems) == 0 {
			t.Errorf("%s: not found, %v", name, err)
		}
		s.Close()
		db.Close()
	}
}

// The words of reads go after their time; the chain stays, and what was done stays whole.
func TestReadsAreForgotten(t *testing.T) {
	s, c := store(t)
	add(t, s, "Ada", account.Administrator)
	if err := s.NoteRead(t.Context(), account.Event{By: "person:Ada", Outlet: "/x", Things: []string{"neg_old"}}); err != nil {
		t.Fatal(err)
	}
	for days, ok := range map[int]bool{29: false, 0: false, 40000: false, 60: true} {
		if err := s.KeepReads(t.Context(), "x", days); (err == nil) != ok {
			t.Errorf("%d days: %v", days, err)
		}
	}
	c.pass(59 * 24 * time.Hour)
	if n, err := s.ForgetReads(t.Context()); n != 0 || err != nil {
		t.Errorf("%d went early, %v", n, err)
	}
	c.pass(2 * 24 * time.Hour)
	if err := s.NoteRead(t.Context(), account.Event{By: "person:Ada", Outlet: "/x", Things: []string{"neg_new"}}); err != nil { // which forgets
		t.Fatal(err)
	}
	es, err := s.Audit(t.Context(), 0, 100)
	if err != nil || len(es) < 4 || es[0].Things[0] != "neg_new" {
		t.Fatalf("%v %+v", err, es)
	}
	for _, e := range es {
		if strings.Contains(strings.Join(e.Things, " "), "old") || e.Act == account.Forgotten && (e.By != "" || e.Outlet != "") {
			t.Errorf("%+v", e)
		}
	}
	if _, problems, err := s.VerifyAudit(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("%v %v", problems, err)
	}
}

func BenchmarkNoteRead(b *testing.B) {
	s, err := account.Open(b.Context(), filepath.Join(b.TempDir(), account.FileName), account.Options{Cost: cheap})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	e := account.Event{By: "person:Ada", Outlet: "/negotiations/{address}.json", Things: []string{"neg_a"}, Tier: registry.Audiences{"delegation:ZMB"}}
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			if err := s.NoteRead(b.Context(), e); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("fifty at once", func(b *testing.B) {
		b.SetParallelism(25)
		b.RunParallel(func(p *testing.PB) {
			for p.Next() {
				if err := s.NoteRead(b.Context(), e); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}
