//go:build slow

package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seal"
)

// sealedDir is the beginning of an encrypted directory, cheap to open, and a function that runs assay on it with temporary files in a folder of its own.
func sealedDir(t *testing.T) (dir, temp string, args func(...string) []string) {
	t.Helper()
	base := t.TempDir()
	dir, temp = filepath.Join(base, "d"), filepath.Join(base, "tmp")
	for _, d := range []string{dir, temp} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := seal.Create(filepath.Join(dir, seal.FileName), []byte(sealedPhrase), seal.Cost{Time: 1, Memory: 64, Threads: 1}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(base, "passphrase")
	if err := os.WriteFile(file, []byte(sealedPhrase+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temp)
	t.Setenv("ASSAY_PASSPHRASE_FILE", file)
	return dir, temp, func(a ...string) []string { return append(a, "--data", dir) }
}

// tells looks for needles in the bytes and in the names of all files below folders.
func tells(t *testing.T, needles map[string][]byte, folders ...string) {
	t.Helper()
	for _, folder := range folders {
		filepath.WalkDir(folder, func(p string, d os.DirEntry, err error) error {
			b, _ := os.ReadFile(p)
			b = append(b, strings.ReplaceAll(strings.TrimPrefix(p, folder), string(filepath.Separator), "")...)
			for what, n := range needles {
				if bytes.Contains(b, n) {
					t.Errorf("%s holds %s", p, what)
				}
			}
			return nil
		})
	}
}

// TestSealedTellsNothing fills an encrypted directory with what is restricted, kills the program at random moments meanwhile, and looks for
// any of it in every byte of the directory, of the temporary files and of the backups.
func TestSealedTellsNothing(t *testing.T) {
	kills, n := 1, 2
	if os.Getenv("ASSAY_SLOW") != "" {
		kills, n = 60, 30
	}
	dir, temp, on := sealedDir(t)
	backups := filepath.Join(t.TempDir(), "b")
	words := map[string][]byte{}
	for _, w := range []string{"Qwertania", "zuiopmarker", "marker-user", "Participants intend", "Memorandum", "Zambia", "pty_ZMB", "SQLite format", "CREATE TABLE", "person:", "machine:", "/mou-"} {
		words[fmt.Sprintf("%q", w)] = []byte(w)
	}
	files := library(t, n)
	if err := os.WriteFile(filepath.Join(files, "zuiopmarker.md"), []byte("---\ntitle: \"Memorandum between Peru and Ghana on Qwertania\"\ndate: 2024-05-11\n---\n\nThe Participants intend to zuiopmarker.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(files, "zuiopmarker-broken.pdf"), []byte("%PDF-1.7 zuiopmarker"), 0o600); err != nil {
		t.Fatal(err)
	}
	password := filepath.Join(t.TempDir(), "p")
	if err := os.WriteFile(password, []byte("a password of no sense\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	run := func(kill bool, args ...string) string {
		c := program(t, on(args...)...)
		var out bytes.Buffer
		c.Stdout, c.Stderr = &out, &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		var after <-chan time.Time
		if kill {
			after = time.After(time.Duration(random.Int64N(int64(3 * time.Second))))
		}
		select {
		case err := <-done:
			if err != nil {
				t.Fatalf("%v: %v\n%s", args, err, &out)
			}
		case <-after:
			c.Process.Kill()
			<-done
		}
		tells(t, words, dir, temp, backups)
		return out.String()
	}
	for i := range kills {
		run(true, "import", files)
		if i%2 == 1 {
			run(true, "backup", backups)
		}
	}
	run(false, "import", files)
	run(false, "user", "add", "marker-user", "--role", "editor", "--password-file", password)
	s := start(t, on("serve", "--addr", "127.0.0.1:0", "--log", "none")...)
	if code, body, _ := get(t, s.base+"/parties/ZMB", ""); code != 200 || !strings.Contains(body, "Zambia") {
		t.Errorf("serving: %d", code)
	}
	run(false, "backup", backups)
	tells(t, words, dir, temp, backups) // while it is served
	s.cmd.Process.Kill()
	s.cmd.Wait()
	if out := run(false, "doctor"); strings.Contains(out, "WRONG") {
		t.Error(out)
	}
	run(false, "rebuild")
	run(false, "search", "--as", "registry", "zuiopmarker")

	in, err := instance.OpenReadOnly(context.Background(), dir, instance.Options{Passphrase: func() ([]byte, error) { return []byte(sealedPhrase), nil }})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := in.Entries(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	hidden := 0
	for i := range entries {
		e := &entries[i]
		raw, _ := hex.DecodeString(string(e.ID))
		if e.Audience != registry.Public || i%50 == 0 { // public ones too: all look alike
			words["entry "+string(e.ID)] = raw
			words["entry in words "+string(e.ID)] = []byte(e.ID)
		}
		if e.Audience == registry.Public {
			continue
		}
		hidden++
		if r := e.Record(); r != "" {
			words["record "+string(r)] = []byte(r)
		}
		if h := instance.BlobOf(e); h != "" {
			raw, _ := hex.DecodeString(h)
			words["blob "+h], words["blob in words "+h] = raw, []byte(h)
		}
	}
	in.Close()
	if hidden < 20 || len(words) < 300 {
		t.Fatalf("%d entries are hidden, %d things to look for", hidden, len(words))
	}
	tells(t, words, dir, temp, backups)
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("temporary files stay: %v", left)
	}
	clear := filepath.Join(t.TempDir(), "clear") // the looking must be able to find
	out, err := program(t, "import", "--data", clear, files).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found := false
	filepath.WalkDir(clear, func(p string, d os.DirEntry, err error) error {
		b, _ := os.ReadFile(p)
		found = found || bytes.Contains(b, []byte("zuiopmarker"))
		return nil
	})
	if !found {
		t.Error("in a directory that is not encrypted the words are not found either: this test looks at nothing")
	}
}
