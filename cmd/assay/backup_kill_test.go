//go:build slow

package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/internal/seeded"
)

// TestKillBackup kills backups and restores with SIGKILL at random moments. A target never holds a generation that claims to be complete and is not,
// a data directory is never anything but the old one, the new one or missing, and the next run succeeds and tidies up.
func TestKillBackup(t *testing.T) {
	kills := 1
	if os.Getenv("ASSAY_SLOW") != "" {
		kills = 120
	}
	base := t.TempDir()
	dir, target := filepath.Join(base, "d"), filepath.Join(base, "backups")
	seeded.Into(t, dir)
	do(t, "import", "--data", dir, library(t, 4))
	export := func(dir string) []byte {
		out := filepath.Join(t.TempDir(), "x")
		do(t, "export", "--data", dir, "--as", "registry", "-o", out)
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := export(dir)
	seed := uint64(time.Now().UnixNano())
	t.Logf("random seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	run := func(full time.Duration, args ...string) (killed bool) {
		c := program(t, args...)
		var out bytes.Buffer
		c.Stdout, c.Stderr = &out, &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		select {
		case err := <-done:
			if err != nil {
				t.Fatalf("%v after kills: %v\n%s", args, err, &out)
			}
			return false
		case <-time.After(time.Duration(random.Int64N(int64(full)))):
			c.Process.Kill()
			<-done
			return true
		}
	}
	verify := func() []string {
		out, err := program(t, "backup", "--verify", "--format", "json", target).Output()
		var r struct {
			Generations []struct {
				Generation string
				Problems   []string
			}
		}
		if err == nil {
			err = json.Unmarshal(out, &r)
		}
		if _, there := os.Stat(filepath.Join(target, "generations")); there != nil {
			return nil
		}
		var names []string
		for _, g := range r.Generations {
			names = append(names, g.Generation)
		}
		if err != nil && len(names) > 0 {
			t.Errorf("a generation that claims to be complete is not: %s", out)
		}
		return names
	}
	began := time.Now()
	do(t, "backup", "--data", dir, filepath.Join(base, "timing"))
	full := time.Since(began)
	for n := 0; n < kills; {
		if n%3 == 0 {
			os.RemoveAll(target)
		}
		if run(full, "backup", "--data", dir, "--keep", "2", target) {
			n++
		}
		verify()
	}
	do(t, "backup", "--data", dir, target)
	names := verify()
	if len(names) == 0 {
		t.Fatal("no generation")
	}
	if left, _ := filepath.Glob(filepath.Join(target, "*", ".writing-*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
	place := filepath.Join(base, "place", "data")
	seeded.Into(t, place)
	do(t, "import", "--data", place, library(t, 1)) // another state, to be replaced
	old := export(place)
	began = time.Now()
	do(t, "restore", "--data", filepath.Join(base, "timing2"), target)
	full = time.Since(began)
	for n := 0; n < kills; {
		if run(full, "restore", "--replace", "--data", place, target) {
			n++
		}
		if _, err := os.Stat(place); os.IsNotExist(err) {
			if runtime.GOOS == "linux" {
				t.Error("on Linux the two change places at once, and now there is none")
			}
			continue
		}
		if got := export(place); !bytes.Equal(got, want) && !bytes.Equal(got, old) {
			t.Error("after a kill the directory is neither the old one nor the new one")
		}
	}
	do(t, "restore", "--replace", "--data", place, target)
	if !bytes.Equal(export(place), want) {
		t.Error("another registry came back")
	}
	beside, err := os.ReadDir(filepath.Dir(place))
	if err != nil {
		t.Fatal(err)
	}
	kept := false
	for _, d := range beside {
		if strings.HasPrefix(d.Name(), ".") {
			t.Errorf("left over: %s", d.Name())
		}
		if strings.HasPrefix(d.Name(), "data.before-") {
			kept = kept || bytes.Equal(export(filepath.Join(filepath.Dir(place), d.Name())), old)
		}
	}
	if !kept {
		t.Error("the directory that was there at first is gone; a restore deletes none")
	}
}
