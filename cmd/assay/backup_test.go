package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

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

// TestBackupDiskFull: on a full disk a backup and a restore fail with the reason, and leave what was there.
func TestBackupDiskFull(t *testing.T) {
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("a small disk can be made on Linux as root only: SKIPPED")
	}
	small := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be made here: SKIPPED: %v %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", small).Run() })
	dir := filepath.Join(t.TempDir(), "d")
	do(t, "import", "--data", dir, library(t, 1))
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
