package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/internal/need"
)

// copied is a gold set of one Portuguese sample, which needs no texts from elsewhere.
func copied(t *testing.T, also ...string) (gold string) {
	t.Helper()
	from := filepath.Join(need.Root(), "eval", "gold", "reading")
	t.Chdir(t.TempDir())
	gold = "gold"
	b, err := os.ReadFile(filepath.Join(from, "texts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var keep []string
	for i, line := range strings.Split(string(b), "\n") {
		if i == 0 || strings.HasPrefix(line, "pt-acordo-litio,") {
			keep = append(keep, line)
		}
	}
	write(t, filepath.Join(gold, "texts.csv"), strings.Join(keep, "\n")+"\n")
	for _, f := range also {
		b, err := os.ReadFile(filepath.Join(from, f))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(gold, f), string(b))
	}
	return gold
}

func write(t *testing.T, path, s string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
		t.Fatal(err)
	}
}

func units(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(args, &out); err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	return out.String()
}

// A reader must not learn from the list how the other one cut a text.
func TestListHidesTheOtherReader(t *testing.T) {
	gold := copied(t, "a/pt-acordo-litio.csv", "pt-acordo-litio.csv")
	got := units(t, "list", "--gold", gold)
	if !strings.Contains(got, "a:yes  b:no   adjudicated:yes ") || strings.Contains(got, "64") || strings.Contains(got, "63") {
		t.Errorf("list: %q", got)
	}
	if got = units(t, "list", "--gold", gold, "--reader", "b"); strings.Contains(got, "a:") || !strings.Contains(got, "b:no") {
		t.Errorf("list for reader b: %q", got)
	}
}

// The first text of a reader makes the folder of that reader.
func TestCodeMakesTheFolder(t *testing.T) {
	gold := copied(t)
	samples := filepath.Join(need.Root(), "eval", "samples")
	n := 0
	for _, line := range strings.Split(units(t, "dump", "--gold", gold, "--samples", samples, "pt-acordo-litio"), "\n") {
		if line != "" && line[0] >= '0' && line[0] <= '9' {
			n++
		}
	}
	write(t, "short", fmt.Sprintf("1-%d d o\n", n))
	units(t, "code", "--gold", gold, "--samples", samples, "--reader", "b", "pt-acordo-litio", "short")
	if b, err := os.ReadFile(filepath.Join(gold, "b", "pt-acordo-litio.csv")); err != nil || strings.Count(string(b), "\n") != n+1 {
		t.Errorf("%d units, %v: %s", n, err, b)
	}
}
