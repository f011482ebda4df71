//go:build slow

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/openassay/assay/extract/sample"
)

// TestMutated imports 500 damaged files of every format: no crash, no hang, no defect, nothing left behind, and every file has its verdict.
func TestMutated(t *testing.T) {
	n := 500
	if os.Getenv("ASSAY_SLOW") == "" {
		n = 40
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("random seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for _, f := range sample.All() {
		t.Run(f.Name, func(t *testing.T) {
			files, dir, temp := t.TempDir(), filepath.Join(t.TempDir(), "d"), t.TempDir()
			for i := range n {
				name := filepath.Join(files, fmt.Sprintf("%03d-%s", i, f.Name))
				if err := os.WriteFile(name, mutated(random, []byte(f.Body)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			c := program(t, "import", "--data", dir, "--format", "json", files)
			c.Env = append(c.Environ(), "TMPDIR="+temp)
			var out, errs bytes.Buffer
			c.Stdout, c.Stderr = &out, &errs
			began := time.Now()
			if err := c.Run(); err != nil && !strings.Contains(errs.String(), "nothing was taken in") { // all of few damaged files may be refused
				t.Fatalf("%v\n%s", err, errs.String())
			}
			var r struct {
				Files, Documents, Known int
				Quarantined, Kept       []struct{ Path, Reason, Hint string }
			}
			if err := json.Unmarshal(out.Bytes(), &r); err != nil {
				t.Fatal(err)
			}
			if r.Files != n || r.Documents+r.Known+len(r.Quarantined) < n {
				t.Errorf("%d files, %d new, %d known, %d quarantined", r.Files, r.Documents, r.Known, len(r.Quarantined))
			}
			for _, q := range append(r.Quarantined, r.Kept...) {
				if q.Reason == "" || strings.Contains(q.Reason, "defect") || strings.Contains(q.Hint, "defect") || strings.Contains(q.Reason, "reading failed:") {
					t.Errorf("%s: %s (%s)", q.Path, q.Reason, q.Hint)
				}
			}
			if left, _ := os.ReadDir(temp); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			if most := c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10; most > 1500 {
				t.Errorf("%d MB of memory", most)
			}
			t.Logf("%d read, %d refused in %v", r.Documents, len(r.Quarantined), time.Since(began).Round(time.Millisecond))
			if out, err := program(t, "doctor", "--data", dir).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	if ps, _ := filepath.Glob("/proc/[0-9]*/cmdline"); len(ps) > 0 {
		for _, p := range ps {
			b, _ := os.ReadFile(p)
			if stat, err := os.ReadFile(filepath.Join(filepath.Dir(p), "stat")); err == nil && bytes.Contains(b, []byte("extract-worker")) && strings.Contains(string(stat), fmt.Sprintf(" %d ", os.Getpid())) {
				t.Errorf("a child is left: %s", bytes.ReplaceAll(b, []byte{0}, []byte(" ")))
			}
		}
	}
}

// mutated damages a file as transfers, disks and attackers do: bytes changed, cut out, doubled, swapped, numbers made large, the end cut off.
func mutated(r *rand.Rand, b []byte) []byte {
	b = bytes.Clone(b)
	for range 1 + r.IntN(8) {
		if len(b) < 8 {
			break
		}
		at := r.IntN(len(b) - 4)
		length := 1 + r.IntN(min(64, len(b)-at-1))
		switch r.IntN(8) {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			for i := range length {
				b[at+i] = byte(r.Uint32())
			}
		case 2:
			b = append(b[:at], b[at+length:]...)
		case 3:
			b = append(b[:at:at], append(bytes.Repeat(bytes.Clone(b[at:at+length]), 1+r.IntN(20)), b[at:]...)...)
		case 4:
			to := r.IntN(len(b) - length)
			copy(b[to:], bytes.Clone(b[at:at+length]))
		case 5:
			for i := at; i < len(b) && i < at+200; i++ {
				if b[i] >= '0' && b[i] <= '9' {
					b[i] = '9'
				}
			}
		case 6:
			copy(b[at:], []byte{0xff, 0xff, 0xff, 0x7f}[:min(4, len(b)-at)])
		case 7:
			if r.IntN(4) == 0 {
				b = b[:at]
			}
		}
	}
	return b
}
