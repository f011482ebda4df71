package extract_test

import (
	"context"
	"encoding/base64"
	"errors"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/sample"
)

func worker(t *testing.T, l extract.WorkerLimits) *extract.Worker {
	w := &extract.Worker{Command: []string{os.Args[0], extract.Verb}, Limits: l}
	t.Cleanup(w.Close)
	return w
}

func TestWorkerReadsAsItsParentWould(t *testing.T) {
	w := worker(t, extract.WorkerLimits{})
	for _, f := range sample.All() {
		want, err := extract.Read(t.Context(), f.Name, []byte(f.Body), extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.Read(t.Context(), f.Name, []byte(f.Body), extract.Options{})
		if err != nil || len(got) != len(want) {
			t.Fatalf("%s: %v, %d parts", f.Name, err, len(got))
		}
		for i := range got {
			if got[i].Verdict != want[i].Verdict || got[i].Path != want[i].Path || len(got[i].Readings) != len(want[i].Readings) {
				t.Errorf("%s: %+v", f.Name, got[i].Verdict)
				continue
			}
			for k := range got[i].Readings {
				if got[i].Readings[k].Text != want[i].Readings[k].Text {
					t.Errorf("%s reads otherwise", got[i].Path)
				}
			}
		}
	}
	if png, err := w.PageImage(t.Context(), sample.Memorandum(), 1, 100); err != nil || !strings.HasPrefix(string(png), "\x89PNG") {
		t.Errorf("%d bytes, %v", len(png), err)
	}
	if _, err := w.PageImage(t.Context(), sample.Memorandum(), 9, 100); err == nil || !strings.Contains(err.Error(), "no page 9") {
		t.Errorf("%v", err)
	}
}

// A child that takes too long or too much, or dies, is a verdict; the next file is read.
func TestChildrenThatAreEnded(t *testing.T) {
	pages := manyPages(9_000)
	w := worker(t, extract.WorkerLimits{})
	for _, c := range []struct {
		name    string
		limits  extract.WorkerLimits
		command []string
		says    string
	}{
		{"time", extract.WorkerLimits{Time: 50 * time.Millisecond}, nil, "took more than 50ms"},
		{"memory", extract.WorkerLimits{Memory: 5 << 20}, nil, "5 MB of memory"},
		{"output", extract.WorkerLimits{Output: 1000}, nil, "more than 0 MB"},
		{"death", extract.WorkerLimits{}, []string{os.Args[0], "die"}, "exit status 9"},
	} {
		if c.name == "memory" && runtime.GOOS != "linux" {
			continue
		}
		if w.Limits = c.limits; c.command != nil {
			w = &extract.Worker{Command: c.command}
		}
		parts, err := w.Read(t.Context(), "a.pdf", pages, extract.Options{})
		if err != nil || len(parts) != 1 || parts[0].Verdict.OK() || !strings.Contains(parts[0].Verdict.Reason, c.says) || parts[0].Verdict.Hint == "" {
			t.Errorf("%s: %v %+v", c.name, err, parts)
		}
	}
	w = worker(t, extract.WorkerLimits{})
	if parts, err := w.Read(t.Context(), "a.md", []byte("# A title\n\nThe Parties shall meet.\n"), extract.Options{}); err != nil || !parts[0].Verdict.OK() {
		t.Errorf("after that: %v %+v", err, parts)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := w.Read(ctx, "a.pdf", pages, extract.Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("cut off: %v", err)
	}
}

func TestConfinedProcess(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		t.Skip("the system is not asked for it here")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	out, err := exec.Command(os.Args[0], "try-to-escape", l.Addr().String()).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "done" {
		t.Errorf("%v: %s", err, out)
	}
}

// A file in a container that ends the process which reads it has that as its verdict; what lies beside it, before and behind, is read.
func TestDeadlyFileInAContainer(t *testing.T) {
	bad := sample.File{Name: "bad.txt", Body: "The Parties say: " + deadly + "\n"}
	good := func(n string) sample.File {
		return sample.File{Name: n, Body: "The Parties shall meet in " + n + ".\n"}
	}
	inner := sample.Zip(good("c.txt"), bad, good("d.txt"))
	mail := "From: a@example.org\nTo: b@example.org\nSubject: Draft\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nIt is attached.\n--b\n" +
		"Content-Type: application/zip; name=\"in.zip\"\nContent-Disposition: attachment; filename=\"in.zip\"\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(inner) + "\n--b--\n"
	w := &extract.Worker{Command: []string{os.Args[0], "mortal"}}
	t.Cleanup(w.Close)
	for _, c := range []struct {
		name string
		body []byte
		want string
	}{
		{"a.zip", sample.Zip(good("a.txt"), bad, good("b.txt"), sample.File{Name: "in.zip", Body: string(inner)}), "a.zip/a.txt read, a.zip/bad.txt unreadable, a.zip/b.txt read, a.zip/in.zip/c.txt read, a.zip/in.zip/bad.txt unreadable, a.zip/in.zip/d.txt read"},
		{"a.eml", []byte(mail), "a.eml read, a.eml/in.zip/c.txt read, a.eml/in.zip/bad.txt unreadable, a.eml/in.zip/d.txt read"},
	} {
		parts, err := w.Read(t.Context(), c.name, c.body, extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range parts {
			got = append(got, p.Path+" "+p.Verdict.Code)
			if !p.Verdict.OK() && (!strings.Contains(p.Verdict.Reason, "ended the process") || p.Verdict.Hint == "") {
				t.Errorf("%s: %+v", p.Path, p.Verdict)
			}
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("got  %s\nnot  %s", s, c.want)
		}
	}
	w.Limits.Whole = time.Nanosecond
	parts, err := w.Read(t.Context(), "a.zip", sample.Zip(good("a.txt"), good("b.txt")), extract.Options{})
	if err != nil || len(parts) != 2 || parts[1].Verdict.OK() || !strings.Contains(parts[1].Verdict.Reason, "not read") {
		t.Errorf("no time is left: %v %+v", err, parts)
	}
}
