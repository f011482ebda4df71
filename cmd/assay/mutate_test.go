//go:build slow

package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
				if err := os.WriteFile(name, damaged(random, []byte(f.Body)), 0o600); err != nil {
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

// damaged damages a file: its bytes, or what it is made of so that it can still be opened: the files in an archive, the elements of a markup.
func damaged(r *rand.Rand, b []byte) []byte {
	archive := bytes.HasPrefix(b, []byte("PK"))
	markup := bytes.HasPrefix(bytes.TrimSpace(b), []byte("<"))
	if r.IntN(3) == 0 || !archive && !markup {
		return mutated(r, b)
	}
	if !archive {
		return elements(r, b)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(z.File) == 0 {
		return mutated(r, b)
	}
	hurt := r.IntN(len(z.File))
	if r.IntN(2) == 0 { // the largest, which has the words
		for i, f := range z.File {
			if f.UncompressedSize64 > z.File[hurt].UncompressedSize64 {
				hurt = i
			}
		}
	}
	var files []sample.File
	for i, f := range z.File {
		h, err := f.Open()
		if err != nil {
			return mutated(r, b)
		}
		body, err := io.ReadAll(h)
		h.Close()
		if err != nil {
			return mutated(r, b)
		}
		if i == hurt {
			body = damaged(r, body)
		}
		files = append(files, sample.File{Name: f.Name, Body: string(body)})
	}
	return sample.Zip(files...)
}

var tag = regexp.MustCompile(`<[A-Za-z][^<>]*>`)

// elements damages markup that stays well-formed: elements doubled, taken out, moved, put into each other, renamed, their attributes and words changed.
func elements(r *rand.Rand, b []byte) []byte {
	b = bytes.Clone(b)
	for range 1 + r.IntN(6) {
		tags := tag.FindAllIndex(b, -1)
		if len(tags) < 3 {
			return mutated(r, b)
		}
		from, to := element(b, tags[1+r.IntN(len(tags)-1)])
		at, _ := element(b, tags[1+r.IntN(len(tags)-1)])
		x := bytes.Clone(b[from:to])
		switch r.IntN(7) {
		case 0:
			b = slices.Insert(b, from, bytes.Repeat(x, 1+r.IntN(5))...)
		case 1:
			b = slices.Delete(b, from, to)
		case 2:
			b = slices.Insert(b, at, x...)
		case 3: // one within the other, many times
			name := bytes.FieldsFunc(x, func(c rune) bool { return strings.ContainsRune("<> /", c) })[0]
			n := 1 + r.IntN(450)
			b = slices.Concat(b[:from], bytes.Repeat([]byte("<"+string(name)+">"), n), x, bytes.Repeat([]byte("</"+string(name)+">"), n), b[to:])
		case 4:
			names := tag.FindAll(b, -1)
			other := bytes.FieldsFunc(names[r.IntN(len(names))], func(c rune) bool { return strings.ContainsRune("<> /", c) })[0]
			name := bytes.FieldsFunc(x, func(c rune) bool { return strings.ContainsRune("<> /", c) })[0]
			y := bytes.ReplaceAll(bytes.ReplaceAll(x, append([]byte("<"), name...), append([]byte("<"), other...)), append([]byte("</"), name...), append([]byte("</"), other...))
			b = slices.Concat(b[:from], y, b[to:])
		case 5:
			for i := from; i < to; i++ {
				if b[i] >= '0' && b[i] <= '9' {
					b[i] = "0123456789"[r.IntN(10)]
				}
			}
		case 6:
			if q := bytes.IndexByte(x, '"'); q >= 0 {
				b = slices.Insert(b, from+q+1, []byte([]string{"-1", "99999999999", "x y", "é", "../..", ""}[r.IntN(6)])...)
			}
		}
		if len(b) > 4<<20 {
			break
		}
	}
	return b
}

// element is the element that a tag begins: up to the end tag of its name, or the tag alone.
func element(b []byte, t []int) (from, to int) {
	name := bytes.FieldsFunc(b[t[0]:t[1]], func(c rune) bool { return strings.ContainsRune("<> /", c) })[0]
	if b[t[1]-2] == '/' {
		return t[0], t[1]
	}
	depth := 0
	for _, u := range regexp.MustCompile(`</?`+regexp.QuoteMeta(string(name))+`(\s[^<>]*)?/?>`).FindAllIndex(b[t[0]:], -1) {
		switch s := b[t[0]+u[0] : t[0]+u[1]]; {
		case s[1] == '/':
			depth--
		case s[len(s)-2] != '/':
			depth++
		}
		if depth == 0 {
			return t[0], t[0] + u[1]
		}
	}
	return t[0], t[1]
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
