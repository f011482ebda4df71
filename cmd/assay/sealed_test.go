//go:build slow

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/seal"
)

const sealedPhrase = "five words of no sense"

// TestSealedVerbs: what is wrong with a passphrase is said; another one opens from then on; nothing is made in clear.
func TestSealedVerbs(t *testing.T) {
	base := t.TempDir()
	write := func(name, text string) string {
		p := filepath.Join(base, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	right, wrong, short, next := write("right", sealedPhrase+"\n"), write("wrong", "five words of some sense"), write("short", "short"), write("next", "six other words of no sense\r\n")
	dir := filepath.Join(base, "d")
	refused := func(says string, args ...string) {
		t.Helper()
		out, err := program(t, args...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), says) || !strings.Contains(string(out), "hint: ") {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	refused("has 5 characters", "init", "--encrypt", "--data", dir, "--passphrase-file", short)
	refused("cannot be read", "init", "--encrypt", "--data", dir, "--passphrase-file", filepath.Join(base, "none"))
	refused("no passphrase", "init", "--encrypt", "--data", dir)
	if _, err := os.Stat(dir); err == nil {
		t.Error("a refusal made the directory")
	}
	do(t, "init", "--encrypt", "--data", dir, "--passphrase-file", right)
	cheap := filepath.Join(base, "cheap") // the same, where a try at the passphrase costs little
	if err := os.Mkdir(cheap, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Create(filepath.Join(cheap, seal.FileName), []byte(sealedPhrase), seal.Cost{Time: 1, Memory: 64, Threads: 1}); err != nil {
		t.Fatal(err)
	}
	do(t, "init", "--encrypt", "--data", cheap, "--passphrase-file", right)
	for _, args := range [][]string{{"show", "pty_ZMB"}, {"doctor"}, {"user", "list"}, {"serve", "--addr", "127.0.0.1:0"}, {"export"}, {"backup", filepath.Join(base, "b")}, {"review"}} {
		refused("there is no passphrase", append(args, "--data", cheap)...)
		refused("does not open", append(args, "--data", cheap, "--passphrase-file", wrong)...)
	}
	do(t, "backup", "--data", cheap, "--passphrase-file", right, filepath.Join(base, "b"))
	refused("does not open", "passphrase", "--data", cheap, "--passphrase-file", wrong, "--new-passphrase-file", next)
	do(t, "passphrase", "--data", cheap, "--passphrase-file", right, "--new-passphrase-file", next)
	refused("does not open", "show", "pty_ZMB", "--data", cheap, "--passphrase-file", right)
	do(t, "show", "pty_ZMB", "--data", cheap, "--passphrase-file", next)
	do(t, "backup", "--data", cheap, "--passphrase-file", next, filepath.Join(base, "b"))
	refused("does not open", "restore", "--data", filepath.Join(base, "r"), "--passphrase-file", wrong, filepath.Join(base, "b"))
	if left, _ := filepath.Glob(filepath.Join(base, ".r*")); len(left) > 0 {
		t.Errorf("a refused restore left %q", left)
	}
	do(t, "restore", "--data", filepath.Join(base, "r"), "--passphrase-file", next, filepath.Join(base, "b"))
	refused("is a data directory already", "init", "--data", cheap)
	refused("is not encrypted", "passphrase", "--data", filepath.Join(base, "none"))
	half := filepath.Join(base, "half") // init died after it had made the keys
	if err := os.Mkdir(half, 0o700); err != nil {
		t.Fatal(err)
	}
	keys, err := os.ReadFile(filepath.Join(cheap, "KEYS"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(half, "KEYS"), keys, 0o600); err != nil {
		t.Fatal(err)
	}
	refused("was begun as an encrypted", "init", "--data", half, "--passphrase-file", next)
	do(t, "init", "--encrypt", "--data", half, "--passphrase-file", next)
}
