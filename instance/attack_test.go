package instance_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

const pact = "# Memorandum of Understanding between Peru and Ghana on lithium\n\nArticle 1\n\nThe Participants will exchange views on lithium.\n"

// withText is a data directory that holds one text of its own at registry, closed.
func withText(t *testing.T) (dir, file string) {
	t.Helper()
	dir, file = seeded.Dir(t), filepath.Join(t.TempDir(), "pact.md")
	if err := os.WriteFile(file, []byte(pact), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := instance.Open(t.Context(), dir, fixed)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := in.Import(t.Context(), registry.Registry, nil, file); err != nil || r.Documents != 1 {
		t.Fatal(r, err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, file
}

// A log that is gone is not replaced by a new one as if nothing had been entered.
func TestLostLogIsNotReplaced(t *testing.T) {
	dir, _ := withText(t)
	if err := os.Remove(filepath.Join(dir, "log.db")); err != nil {
		t.Fatal(err)
	}
	in, err := instance.Open(t.Context(), dir, fixed)
	if err == nil {
		in.Close()
		t.Fatal("it began a new log")
	}
	if registry.CodeOf(err) != registry.Unreadable || !strings.Contains(registry.HintOf(err), "backup") {
		t.Errorf("%v; %s", err, registry.HintOf(err))
	}
}

// A lost or damaged blob keeps nothing from entering, and importing the file again restores it.
func TestImportRestoresBlobs(t *testing.T) {
	for name, harm := range map[string]func(string) error{"lost": os.Remove, "damaged": func(p string) error { return os.WriteFile(p, []byte("{}"), 0o600) }} {
		t.Run(name, func(t *testing.T) {
			dir, file := withText(t)
			for _, p := range blobs(dir) {
				if b, err := os.ReadFile(p); err == nil && strings.Contains(string(b), "Peru and Ghana") || err == nil && strings.Contains(string(b), `"PER"`) {
					if err := harm(p); err != nil {
						t.Fatal(err)
					}
				}
			}
			in := open(t, dir)
			if r, err := in.Import(t.Context(), registry.Registry, nil, file); err != nil || r.Known != 1 || r.Entries != 0 {
				t.Fatal(r, err)
			}
			healthy(t, in)
			p, err := in.Projection(t.Context(), registry.Reader(registry.Registry))
			if err != nil {
				t.Fatal(err)
			}
			if res, err := p.Search(t.Context(), projection.Query{Text: `"exchange views on lithium"`, In: "provisions"}); err != nil || res.Total != 1 {
				t.Errorf("%+v %v", res, err)
			}
		})
	}
}

// An index that was lost or damaged is made again before anyone searches it.
func TestDamagedIndexIsMadeAgain(t *testing.T) {
	dir, _ := withText(t)
	store := func(readers string) string { return filepath.Join(dir, "projection", readers, "index.bleve", "store") }
	segments, err := filepath.Glob(filepath.Join(store("public"), "*.zap")) // of one they are gone
	if err != nil || len(segments) == 0 {
		t.Fatal(segments, err)
	}
	for _, s := range segments {
		if err := os.Remove(s); err != nil {
			t.Fatal(err)
		}
	}
	root := filepath.Join(store("public+registry"), "root.bolt") // of the other the root is torn
	b, err := os.ReadFile(root)
	if err != nil {
		t.Fatal(err)
	}
	for i := 8192; i < len(b); i += 7 { // behind the meta pages, where the library panics
		b[i] ^= 0x55
	}
	if err := os.WriteFile(root, b, 0o600); err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(t.TempDir(), "beside") // a panic in the library leaves its lock held as long as the process lives
	if err := os.CopyFS(beside, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for _, openIt := range []func() (*instance.Instance, error){
		func() (*instance.Instance, error) { return instance.OpenReadOnly(t.Context(), beside, fixed) },
		func() (*instance.Instance, error) { return instance.Open(t.Context(), dir, fixed) }} {
		in, err := openIt()
		if err != nil {
			t.Fatal(err)
		}
		for _, look := range []struct {
			readers registry.Audiences
			words   string
		}{{registry.Reader(registry.Registry), `"exchange views on lithium"`}, {registry.Reader(), "cobalt"}} {
			p, err := in.Projection(t.Context(), look.readers)
			if err != nil {
				t.Fatal(err)
			}
			if res, err := p.Search(t.Context(), projection.Query{Text: look.words, In: map[bool]string{true: "provisions"}[len(look.readers) > 1]}); err != nil || res.Total == 0 {
				t.Errorf("%s: %+v %v", look.words, res, err)
			}
		}
		in.Close()
	}
	in := open(t, dir)
	healthy(t, in)
	if names, err := in.Rebuild(t.Context()); err != nil || len(names) != 2 {
		t.Errorf("rebuilt %v, %v", names, err)
	}
}

func TestDoctorWithoutProjections(t *testing.T) {
	dir, _ := withText(t)
	if err := os.RemoveAll(filepath.Join(dir, "projection")); err != nil {
		t.Fatal(err)
	}
	in, err := instance.OpenReadOnly(t.Context(), dir, fixed)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	healthy(t, in)
}
