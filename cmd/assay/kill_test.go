//go:build slow

package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKill kills imports with SIGKILL at random moments, from the making of the data directory to the last page. Afterwards the doctor finds nothing
// wrong, a further import completes, and the registry is the same as if nothing had happened.
func TestKill(t *testing.T) {
	kills, n := 2, 8 // kills in all, and how many texts there are
	if os.Getenv("ASSAY_SLOW") != "" {
		kills, n = 80, 80
	}
	files := library(t, n)
	run := func(args ...string) []byte {
		t.Helper()
		out, err := program(t, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("assay %v: %v\n%s", args, err, out)
		}
		return out
	}
	into := func(dir string) []string {
		return []string{"import", "--data", dir, "--now", "2026-11-23", "--seed", "5", files}
	}
	export := func(dir string) []byte {
		out := filepath.Join(t.TempDir(), "x")
		run("export", "--data", dir, "--as", "registry", "-o", out)
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	whole := filepath.Join(t.TempDir(), "whole")
	began := time.Now()
	run(into(whole)...)
	full := time.Since(began)
	want := export(whole)
	seed := uint64(time.Now().UnixNano())
	t.Logf("an import takes %v; random seed %d", full, seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for killed, round := 0, 1; killed < kills; round++ {
		dir := filepath.Join(t.TempDir(), "d")
		for ended := false; !ended && killed < kills; {
			c := program(t, into(dir)...)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			go func() { done <- c.Wait() }()
			select {
			case err := <-done:
				if ended = true; err != nil {
					t.Fatalf("round %d: an import after a kill failed: %v", round, err)
				}
			case <-time.After(time.Duration(random.Int64N(int64(full) / 2))): // half, so that a directory is met several times
				c.Process.Kill()
				<-done
				killed++
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "desk.db")); err == nil {
			if out, err := program(t, "doctor", "--data", dir).CombinedOutput(); err != nil && !strings.Contains(string(out), "is empty: whoever was making it did not finish") {
				t.Errorf("round %d: the doctor after kills: %v\n%s", round, err, out)
			}
		}
		run(into(dir)...)
		if !bytes.Equal(export(dir), want) {
			t.Errorf("round %d: the outcome differs from that of an import that nobody cut off", round)
		}
		run("ledger", "audit", "--data", dir)
		run("doctor", "--data", dir)
		if out := run(into(dir)...); !bytes.Contains(out, []byte("0 entries added")) {
			t.Errorf("round %d: importing again: %s", round, out)
		}
	}
}
