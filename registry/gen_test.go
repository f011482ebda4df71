package registry_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestSchemaIsGenerated proves schema_gen.go by making it anew from schema.yaml and codes.yaml.
func TestSchemaIsGenerated(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "registry")
	for _, d := range []string{dir, filepath.Join(dir, "..", "docs")} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []string{"schema.yaml", "codes.yaml"} {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, f), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	bin := filepath.Join(dir, "gen")
	if out, err := exec.Command("go", "build", "-o", bin, "./gen").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(bin)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"schema_gen.go", filepath.Join("..", "docs", "fields.md")} {
		want, _ := os.ReadFile(name)
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s does not fit schema.yaml and codes.yaml: run go generate ./registry", name)
		}
	}
}
