//go:build slow

package main

import (
	"context"
	"crypto/tls"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// block is a piece of the document that is meant for a shell.
type block struct {
	text               string
	asRoot, background bool
}

func blocks(t *testing.T, document string) (out []block) {
	t.Helper()
	b, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?s)(<!-- as root -->\n)?```sh( background)?\n(.*?)```").FindAllStringSubmatch(string(b), -1) {
		out = append(out, block{m[3], m[1] != "", m[2] != ""})
	}
	return out
}

// TestOperatingDocument runs the commands of docs/operating.md one after the other in a fresh directory, but those for root. A command that
// stays is run until it answers, and ended.
func TestOperatingDocument(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the document is for a Unix shell: SKIPPED")
	}
	all := blocks(t, "../../docs/operating.md")
	if len(all) < 10 {
		t.Fatalf("%d blocks", len(all))
	}
	base := t.TempDir()
	state, backups := filepath.Join(base, "state"), filepath.Join(base, "backups")
	if err := os.MkdirAll(state, 0o700); err != nil {
		t.Fatal(err)
	}
	cert, key := selfSigned(t)
	for from, name := range map[string]string{cert: "cert.pem", key: "key.pem"} {
		if err := os.Rename(from, filepath.Join(state, name)); err != nil {
			t.Fatal(err)
		}
	}
	here := strings.NewReplacer("/var/lib/assay", state, "/var/backups/assay", backups)
	ran := 0
	for _, b := range all {
		text := here.Replace(b.text)
		if !b.asRoot && strings.Contains(text, "/var/") {
			t.Fatalf("it would be run outside of the test's folder: %s", text)
		}
		switch {
		case b.asRoot:
			if !strings.Contains(text, "systemctl") && !strings.Contains(text, "useradd") {
				t.Errorf("why as root? %s", text)
			}
			continue
		case b.background:
			answers(t, strings.TrimSpace(text))
		default:
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			out, err := exec.CommandContext(ctx, "sh", "-e", "-c", text).CombinedOutput()
			cancel()
			if err != nil {
				t.Fatalf("%s\n%v\n%s", text, err, out)
			}
			if strings.Contains(string(out), "WRONG") {
				t.Errorf("%s\n%s", text, out)
			}
		}
		ran++
	}
	if ran < 9 {
		t.Errorf("only %d were run", ran)
	}
	kept, err := os.ReadDir(filepath.Join(backups, "generations"))
	if err != nil || len(kept) != 1 {
		t.Errorf("at the end there is to be one generation: %v, %v", kept, err)
	}
}

// answers runs a server on free ports until a page comes, and ends it.
func answers(t *testing.T, text string) {
	t.Helper()
	text = regexp.MustCompile(`(127\.0\.0\.1|localhost):\d+`).ReplaceAllString(text, "$1:0")
	text = strings.Replace(text, "https://localhost:0", "https://localhost", 1)
	if !strings.Contains(text, "--addr") {
		text += " --addr 127.0.0.1:0"
	}
	s := start(t, strings.Fields(strings.TrimPrefix(text, "assay "))...)
	c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	res, err := c.Get(s.base + "/method")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != 200 || strings.Contains(text, "--tls") != (res.Header.Get("Strict-Transport-Security") != "") {
		t.Errorf("%s: %d %v", text, res.StatusCode, res.Header)
	}
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("%s: it did not end well: %v", text, err)
	}
}

// TestUnits holds the unit files against systemd's own reading of them, with a program that is there in the place of ours.
func TestUnits(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("there is no systemd-analyze here: SKIPPED")
	}
	units, err := filepath.Glob("../../contrib/*")
	if err != nil || len(units) != 4 {
		t.Fatalf("%v, %v", units, err)
	}
	verify := func(change func(string) string) (string, error) {
		dir := t.TempDir()
		args := []string{"verify", "--man=no"}
		for _, u := range units {
			b, err := os.ReadFile(u)
			if err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(dir, filepath.Base(u))
			if err := os.WriteFile(to, []byte(change(strings.ReplaceAll(string(b), "/usr/local/bin/assay", "/bin/true"))), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, to)
		}
		out, err := exec.Command("systemd-analyze", args...).CombinedOutput()
		return string(out), err
	}
	if out, err := verify(func(s string) string { return s }); err != nil || strings.TrimSpace(out) != "" {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := verify(func(s string) string { return strings.ReplaceAll(s, "ProtectSystem=strict", "ProtectSystem=very") }); err == nil && !strings.Contains(out, "protect system") {
		t.Error("a wrong unit is not seen: this test checks nothing")
	}
	b, err := os.ReadFile("../../contrib/assay.service")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(b), "\n") { // the flags must be those that there are
		if words, ok := strings.CutPrefix(line, "ExecStart=/usr/local/bin/assay "); ok {
			for _, w := range strings.Fields(words) {
				if out := do(t, strings.Fields(words)[0], "--help"); strings.HasPrefix(w, "--") && !strings.Contains(out, w) {
					t.Errorf("there is no %s", w)
				}
			}
		}
	}
}
