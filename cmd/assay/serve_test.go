package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// started is a server that runs as another process of this test's program.
type started struct {
	cmd  *exec.Cmd
	base string // http://127.0.0.1:PORT
}

func start(t testing.TB, args ...string) *started {
	t.Helper()
	s := &started{cmd: program(t, args...)}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs strings.Builder
	s.cmd.Stderr = &errs
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.cmd.Process.Kill(); s.cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	m := regexp.MustCompile(`http://\S+:\d+`).FindString(line)
	if err != nil || m == "" {
		t.Fatalf("no address printed: %q %v %s", line, err, errs.String())
	}
	s.base = m
	return s
}

// program is this test's binary, run as assay.
func program(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("assay") // testscript puts it there
	if err != nil {
		t.Fatal("assay is not on the path: run through TestMain")
	}
	return exec.Command(path, args...)
}

func get(t testing.TB, url, host string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		req.Host = host
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b), res.Header
}

func TestDemoServes(t *testing.T) {
	began := time.Now()
	s := start(t, "demo", "--addr", "127.0.0.1:0")
	code, body, h := get(t, s.base+"/instruments", "")
	took := time.Since(began)
	if code != 200 || !strings.Contains(body, "<html") || h.Get("Content-Security-Policy") == "" {
		t.Errorf("%d, %d bytes, policy %q", code, len(body), h.Get("Content-Security-Policy"))
	}
	t.Logf("first page after %v", took) // under 2 s on an idle machine; not asserted, for machines differ
	if code, _, _ := get(t, s.base+"/", "registry.example"); code != http.StatusMisdirectedRequest {
		t.Errorf("asked by a foreign name: %d", code)
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("it did not end well: %v", err)
	}
}

// TestReadingWhileServing holds that verbs that read work beside a server, and those that write are refused with the reason.
func TestReadingWhileServing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	s := start(t, "serve", "--data", dir, "--addr", "127.0.0.1:0")
	if code, _, _ := get(t, s.base+"/parties/ZMB", ""); code != 200 {
		t.Errorf("%d", code)
	}
	for _, args := range [][]string{{"show", "pty_ZMB"}, {"search", "cobalt"}, {"doctor"}} {
		if out, err := program(t, append(args, "--data", dir)...).CombinedOutput(); err != nil {
			t.Errorf("%v beside a server: %v\n%s", args, err, out)
		}
	}
	file := filepath.Join(t.TempDir(), "x.md")
	if err := os.WriteFile(file, []byte("# A paper\n\nCopper."), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := program(t, "import", "--data", dir, file).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "is in use by process") || !strings.Contains(string(out), "hint: ") {
		t.Errorf("importing beside a server: %v\n%s", err, out)
	}
}
