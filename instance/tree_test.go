package instance_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seal"
)

// An encrypted directory publishes checkpoints, gives receipts and serves its ledger's files, and its disk tells nothing of them.
func TestEncryptedLedger(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	phrase := []byte("five words of no sense")
	if _, err := seal.Create(filepath.Join(dir, seal.FileName), phrase, seal.Cost{Time: 1, Memory: 64, Threads: 1}); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	opt := instance.Options{Now: func() time.Time { return day }, Passphrase: func() ([]byte, error) { return phrase, nil }, Warn: func(s string) { t.Error(s) }}
	in, err := instance.Open(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	paper, draft := []byte("a paper that was published"), []byte("a draft that was lodged")
	for _, err := range []error{in.CatchUp(t.Context()), in.Publish(t.Context(), paper), in.CatchUp(t.Context()), in.CatchUp(t.Context())} {
		if err != nil {
			t.Fatal(err)
		}
	}
	slip, err := in.Deposit(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	day = day.AddDate(0, 0, 2)
	if err := in.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	in, err = instance.OpenReadOnly(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	s, err := in.Ledger().State(t.Context())
	if err != nil || int64(s.Size) != s.Leaves || s.Size < 60 {
		t.Fatalf("%+v %v", s, err)
	}
	p, err := ledger.ParsePolicy([]byte(s.Policy))
	if err != nil {
		t.Fatal(err)
	}
	written, _ := json.Marshal(slip)
	for _, x := range []struct{ of, file []byte }{{paper, paper}, {written, draft}} {
		r, err := in.Receipt(t.Context(), x.of)
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		if _, err := ledger.Verify(p, r, x.file); err != nil {
			t.Errorf("%q: %v", x.file, err)
		}
		if _, err := ledger.Verify(p, r, append(x.file, '!')); err == nil {
			t.Errorf("%q: another file passes", x.file)
		}
	}
	leaf := []byte(nil)
	for _, name := range []string{"checkpoint", "tile/entries/000.p/40", "tile/0/000.p/40"} {
		b, err := in.Ledger().File(name)
		if err != nil || len(b) == 0 {
			t.Errorf("%s: %v", name, err)
		}
		if name == "tile/0/000.p/40" {
			leaf = b[:32]
		}
	}
	a, err := in.AuditLedger(t.Context())
	if err != nil || len(a.Problems) > 0 || a.Lag > 0 {
		t.Errorf("%+v %v", a, err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		for _, x := range [][]byte{leaf, []byte("assay-ledger-"), []byte(s.Key), []byte(`"kind":"entries"`), paper[:12]} {
			if bytes.Contains(b, x) {
				t.Errorf("%s tells %q", p, x)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// The ledger's folder may be thrown away; an older book beside a newer checkpoint is refused.
	kept, err := os.ReadFile(filepath.Join(dir, "ledger", "CHECKPOINT"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "ledger")); err != nil {
		t.Fatal(err)
	}
	if in, err = instance.Open(t.Context(), dir, opt); err != nil {
		t.Fatal(err)
	}
	if err := in.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if again, err := in.Ledger().State(t.Context()); err != nil || again.Size != s.Size {
		t.Errorf("%+v %v", again, err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ledger", "CHECKPOINT"), append(kept[:len(kept)-1:len(kept)-1], kept[len(kept)-1]^1), 0o600); err != nil {
		t.Fatal(err)
	}
	if in, err = instance.OpenReadOnly(t.Context(), dir, opt); err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if _, err := in.Receipt(t.Context(), paper); err == nil {
		t.Error("a checkpoint that was changed is believed")
	}
}

// Deposits and hashes of files enter beside the process that has the directory open, which publishes them.
func TestLedgerBesideServe(t *testing.T) {
	dir := seeded.Dir(t)
	day := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	opt := instance.Options{Now: func() time.Time { return day }}
	in, err := instance.Open(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := in.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	beside, is, err := instance.OpenForLedger(t.Context(), dir, opt)
	if err != nil || !is {
		t.Fatal(is, err)
	}
	file := []byte("a file")
	if err := beside.Publish(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	slip, err := beside.Deposit(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if err := beside.Close(); err != nil {
		t.Fatal(err)
	}
	day = day.AddDate(0, 0, 1)
	if err := in.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	written, _ := json.Marshal(slip)
	for _, of := range [][]byte{file, written} {
		r, err := in.Receipt(t.Context(), of)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := in.Ledger().State(t.Context())
		p, err := ledger.ParsePolicy([]byte(s.Policy))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.Verify(p, r, file); err != nil {
			t.Error(err)
		}
	}
	audited(t, in)
	if b, err := in.Deposits().Receipt(t.Context(), written); err != nil || len(b) == 0 {
		t.Error(err)
	}
}

// verified checks a receipt of a file by the words of a policy.
func verified(policy string, r ledger.Receipt, file []byte) error {
	p, err := ledger.ParsePolicy([]byte(policy))
	if err != nil {
		return err
	}
	_, err = ledger.Verify(p, r, file)
	return err
}
