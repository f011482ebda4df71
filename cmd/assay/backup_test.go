package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/internal/seeded"
)

func do(t testing.TB, args ...string) string {
	t.Helper()
	out, err := program(t, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("assay %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// crawl reads the public pages of a directory that it serves: those that lead on from the start, as pages and as JSON.
func crawl(t *testing.T, dir string, atMost int) map[string]string {
	t.Helper()
	s := start(t, "serve", "--data", dir, "--addr", "127.0.0.1:0", "--base-url", "https://registry.example", "--now", "2026-11-23")
	defer func() { s.cmd.Process.Kill(); s.cmd.Wait() }()
	href := regexp.MustCompile(`href="(/[^"#?]*)"`)
	pages, queue := map[string]string{}, []string{"/", "/instruments.json", "/data/claims.csv"}
	for len(queue) > 0 && len(pages) < atMost {
		path := queue[0]
		queue = queue[1:]
		if _, seen := pages[path]; seen {
			continue
		}
		code, body, h := get(t, s.base+path, "")
		pages[path] = strings.Join([]string{h.Get("ETag"), h.Get("Content-Type"), body}, "\n")
		if code == 200 && strings.HasPrefix(h.Get("Content-Type"), "text/html") {
			for _, m := range href.FindAllStringSubmatch(body, -1) {
				queue = append(queue, m[1])
			}
		}
	}
	return pages
}

// TestBackupWhileServing: a backup made beside a server, restored elsewhere, gives the same public pages, byte for byte; and a restore over the
// running server is refused.
func TestBackupWhileServing(t *testing.T) {
	base := t.TempDir()
	dir, target := filepath.Join(base, "d"), filepath.Join(base, "backups")
	file := filepath.Join(base, "paper.md")
	if err := os.WriteFile(file, []byte("# Memorandum of understanding between Ghana and Japan on manganese\n\nThe Participants shall report.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	seeded.Into(t, dir)
	do(t, "import", "--data", dir, "--audience", "public", file)
	s := start(t, "serve", "--data", dir, "--addr", "127.0.0.1:0")
	do(t, "backup", "--data", dir, target)
	do(t, "backup", "--verify", target)
	for _, args := range [][]string{{"restore", "--data", dir, target}, {"restore", "--replace", "--data", dir, target}} {
		out, err := program(t, args...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "in use by process") || !strings.Contains(string(out), "hint: stop the server") {
			t.Errorf("%v over a running server: %v\n%s", args, err, out)
		}
	}
	if code, _, _ := get(t, s.base+"/", ""); code != 200 {
		t.Errorf("after the refusals it answers %d", code)
	}
	s.cmd.Process.Kill()
	s.cmd.Wait()
	want := crawl(t, dir, 150)
	if err := os.RemoveAll(dir); err != nil { // the disk is lost
		t.Fatal(err)
	}
	if out := do(t, "restore", "--data", dir, target); !strings.Contains(out, "ok     log: ") {
		t.Errorf("the doctor did not look: %s", out)
	}
	got := crawl(t, dir, 150)
	if len(want) < 100 || len(got) != len(want) {
		t.Errorf("%d pages before, %d after", len(want), len(got))
	}
	for path := range want {
		if got[path] != want[path] {
			t.Errorf("%s differs after the restore", path)
		}
	}
}

// TestBackupDiskFull: on a full disk a backup and a restore fail with the reason, and leave what was there.
func TestBackupDiskFull(t *testing.T) {
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("a small disk can be made on Linux as root only: SKIPPED")
	}
	dir := filepath.Join(t.TempDir(), "d")
	do(t, "import", "--data", dir, library(t, 1))
	measured := filepath.Join(t.TempDir(), "b")
	do(t, "backup", "--data", dir, measured)
	small := t.TempDir() // takes one backup, and a quarter of another
	size := fmt.Sprintf("size=%d", bytesUnder(t, measured)*5/4)
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", size, "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be made here: SKIPPED: %v %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", small).Run() })
	target := filepath.Join(small, "b")
	do(t, "backup", "--data", dir, target)
	for _, args := range [][]string{{"backup", "--data", dir, target}, {"restore", "--data", filepath.Join(small, "new"), target}} {
		out, err := program(t, args...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "hint: the disk is full") {
			t.Errorf("%v on a full disk: %v\n%s", args, err, out)
		}
		if v := do(t, "backup", "--verify", target); strings.Count(v, "ok ") != 1 || strings.Contains(v, "cut off") {
			t.Errorf("afterwards: %s", v)
		}
	}
	names, _ := os.ReadDir(small)
	if len(names) != 1 || slices.ContainsFunc(names, func(d os.DirEntry) bool { return d.Name() != "b" }) {
		t.Errorf("left over: %v", names)
	}
}

// bytesUnder is how many bytes the files under a folder take on a disk of pages of 4 KB.
func bytesUnder(t testing.TB, dir string) (n int64) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		i, err := d.Info()
		if err == nil {
			n += (i.Size() + 4095) &^ 4095
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}
