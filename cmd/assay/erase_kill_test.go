//go:build slow

package main

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/internal/seeded"
)

// TestKillErase kills erasures with SIGKILL at random moments. Afterwards either nothing has been erased, or all of it is once the directory was
// opened for writing; no byte of it is left then, and the doctor finds nothing wrong.
func TestKillErase(t *testing.T) {
	kills := 1
	if os.Getenv("ASSAY_SLOW") != "" {
		kills = 60
	}
	run := func(args ...string) string {
		t.Helper()
		out, err := program(t, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("assay %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	text := filepath.Join(t.TempDir(), "pact.md")
	if err := os.WriteFile(text, []byte("# Understanding between Peru and Ghana\n\nArticle 1\n\nThe Participants will listen to Mr Zquirvel Wombaster.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := seeded.Dir(t)
	run("import", "--data", whole, "--now", "2026-11-23", "--seed", "5", "--audience", "public", text)
	var doc string
	for _, f := range strings.Fields(run("export", "--data", whole)) {
		if _, rest, ok := strings.Cut(f, `"doc_`); ok && strings.Contains(rest, "understanding-between-peru-and-ghana") {
			id, _, _ := strings.Cut(rest, `"`)
			doc = "doc_" + id
		}
	}
	if doc == "" {
		t.Fatal("the document is not exported")
	}
	source := "src_" + strings.TrimPrefix(doc, "doc_")
	began := time.Now()
	complete := filepath.Join(t.TempDir(), "complete")
	if err := os.CopyFS(complete, os.DirFS(whole)); err != nil {
		t.Fatal(err)
	}
	args := func(dir string) []string {
		return []string{"erase", "--data", dir, "--source", source, "--authority", "court", "--ground", "order"}
	}
	run(args(complete)...)
	full := time.Since(began)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("an erasure takes %v; random seed %d", full, seed)
	begun := 0
	for killed := 0; killed < kills; killed++ {
		dir := filepath.Join(t.TempDir(), "d")
		if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		c := program(t, args(dir)...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		at := time.Duration(random.Int64N(int64(full)))
		kill := time.AfterFunc(at, func() { c.Process.Kill() })
		c.Wait()
		kill.Stop()
		_, err := os.Stat(filepath.Join(dir, "ERASING"))
		cutOff := err == nil
		if cutOff { // nobody reads what is half gone
			if out, err := program(t, "show", "--data", dir, doc).CombinedOutput(); err == nil || !strings.Contains(string(out), "being erased") {
				t.Errorf("killed after %v: show: %v %s", at, err, out)
			}
		}
		run("rebuild", "--data", dir)
		run("doctor", "--data", dir)
		erased := strings.Contains(run("erase", "--data", dir, "--list"), "court")
		if cutOff && !erased {
			t.Errorf("killed after %v: it was begun and is not completed", at)
		}
		left := leftIn(t, dir, "Wombaster")
		if erased {
			begun++
			if len(left) > 0 {
				t.Errorf("killed after %v: %v hold the words", at, left)
			}
		} else if len(left) == 0 {
			t.Errorf("killed after %v: nothing was erased, and the words are gone", at)
		}
	}
	t.Logf("%d of %d were erased", begun, kills)
}

// leftIn lists the files that hold the words.
func leftIn(t testing.TB, dir, words string) (out []string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(b), []byte(strings.ToLower(words))) {
			out = append(out, strings.TrimPrefix(path, dir))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}
