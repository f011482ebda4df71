package interference_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/internal/twins"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
	"github.com/openassay/assay/web"
)

func TestMain(m *testing.M) {
	code := seeded.Tests{M: m}.Run()
	for _, x := range []*twin{sharedA, sharedB, committeeA, committeeB} {
		if x != nil {
			x.Close()
		}
	}
	if sharedDir != "" {
		os.RemoveAll(sharedDir)
	}
	os.Exit(code)
}

const hiddenWord = twins.HiddenWord

// twin is one of two registries with the same public entries.
type twin struct{ *twins.Twin }

// forThePublic are twins that differ in what editors, a committee, a delegation and nobody sees. They are made once: the tests only look at them.
func forThePublic(t testing.TB) (a, b *twin) {
	t.Helper()
	shared.Do(func() {
		dir, err := os.MkdirTemp("", "assay-twins-")
		if err != nil {
			t.Fatal(err)
		}
		sharedDir = dir
		x, y := twins.In(t, dir, registry.Public, registry.Registry, "parliament:ZMB", "delegation:ZMB", registry.Sealed)
		sharedA, sharedB = &twin{x}, &twin{y}
	})
	if sharedB == nil {
		t.Fatal("the twins could not be made")
	}
	return sharedA, sharedB
}

var (
	shared           sync.Once
	sharedA, sharedB *twin
	sharedDir        string
)

// forACommittee are twins that differ in what a delegation, editors and nobody sees; made once.
func forACommittee(t testing.TB) (a, b *twin) {
	t.Helper()
	forThePublic(t) // makes the folder
	committee.Do(func() {
		x, y := twins.In(t, filepath.Join(sharedDir, "committee"), "parliament:ZMB", "delegation:ZMB", registry.Registry, registry.Sealed)
		committeeA, committeeB = &twin{x}, &twin{y}
	})
	if committeeB == nil {
		t.Fatal("the twins could not be made")
	}
	return committeeA, committeeB
}

var (
	committee              sync.Once
	committeeA, committeeB *twin
)

// between are two registries that end with the test.
func between(t testing.TB, theirs registry.Audience, others ...registry.Audience) (a, b *twin) {
	t.Helper()
	x, y := twins.In(t, t.TempDir(), theirs, others...)
	t.Cleanup(func() { x.Close(); y.Close() })
	return &twin{x}, &twin{y}
}

// site serves a twin to readers as assay serve does.
func (x *twin) site(t testing.TB, readers registry.Audiences) http.Handler {
	t.Helper()
	return x.logging(t, readers, t.Errorf)
}

// quiet serves the public, and may say what goes wrong.
func (x *twin) quiet(t testing.TB) http.Handler {
	t.Helper()
	return x.logging(t, registry.Reader(), t.Logf)
}

func (x *twin) logging(t testing.TB, readers registry.Audiences, log func(string, ...any)) http.Handler {
	t.Helper()
	p, err := x.Settled(t.Context(), readers)
	if err != nil {
		t.Fatal(err)
	}
	opt := web.Options{Now: func() time.Time { return twins.Day }, Version: "test", TokenRate: 1 << 20, BaseURL: "https://registry.example", Private: len(readers) > 1, Accounts: x.Accounts(), Desk: x.Instance, Review: x.Instance,
		Correspondence: x.Correspondence(), Eraser: x.Instance, Releases: x.Releases(), Redact: x.Instance, Ledger: x.Ledger(), Deposits: x.Deposits(), Intake: x.Instance, Log: log}
	opt.RegistryFor = func(ctx context.Context, theirs registry.Audiences) (web.Registry, error) {
		return x.Settled(ctx, registry.Reader(append(theirs, readers...)...))
	}
	opt.Preview = func(ctx context.Context, r schedule.Release, as, by registry.Audiences, after bool) (web.Registry, bool, func(), error) {
		return x.Instance.Preview(ctx, r, as, by, after)
	}
	return web.New(p, opt)
}

// answer is everything that an answer tells: status, headers, body.
func answer(h http.Handler, path string) string {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", "identity")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var b strings.Builder
	fmt.Fprintln(&b, w.Code)
	for _, k := range slices.Sorted(keys(w.Header())) {
		if k == "Set-Cookie" { // of a form: drawn by lot for each visit
			continue
		}
		fmt.Fprintln(&b, k, w.Header()[k])
	}
	return b.String() + "\n" + token.ReplaceAllString(w.Body.String(), "TOKEN")
}
