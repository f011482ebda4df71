package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFigures(t *testing.T) {
	m := measure{name: "x", fields: []string{"n", "kappa", "rival.kappa"}}
	got, err := figures(m, []byte(`{"n":12,"kappa":0.12345,"rival":{"kappa":1}}`))
	if err != nil || got != "x: n 12\nx: kappa 0.123\nx: rival.kappa 1.000\n" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := figures(measure{name: "x", fields: []string{"rival.f1"}}, []byte(`{"rival":null}`)); err == nil {
		t.Error("a figure that is not there was taken")
	}
}

func TestCompare(t *testing.T) {
	f := filepath.Join(t.TempDir(), "golden")
	if err := os.WriteFile(f, []byte("a: x 0.100\na: y 0.200\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := compare(f, "a: x 0.100\na: y 0.200\n"); err != nil {
		t.Error(err)
	}
	if err := compare(f, "a: x 0.105\na: y 0.190\n"); err != nil {
		t.Errorf("a little: %v", err)
	}
	for _, c := range []struct{ got, want string }{
		{"a: x 0.100\na: y 0.300\n", "a: y: was 0.2, now 0.3"},
		{"a: x 0.100\n", "a: y: was 0.2, is gone"},
		{"a: x 0.100\na: y 0.200\na: z 0.1\n", "a: z: new, 0.1"},
	} {
		if err := compare(f, c.got); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "a: x") {
			t.Errorf("%q: %v, want %q", c.got, err, c.want)
		}
	}
	if err := run(t.TempDir(), f, false); err != nil {
		t.Errorf("without data: %v", err)
	}
}
