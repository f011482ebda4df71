// Package need is how tests ask for what may be missing: the shared data, Chromium, axe. Where it is missing a test skips and says so
// loudly; in CI (ASSAY_REQUIRE_ALL=1) it fails, so that a green run cannot hide a test that never ran.
package need

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// Root is the repository's root.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

// Missing skips the test, or fails it in CI.
func Missing(t testing.TB, what, mend string) {
	t.Helper()
	if os.Getenv("ASSAY_REQUIRE_ALL") != "" {
		t.Fatalf("%s is missing, and this run requires it: %s", what, mend)
	}
	t.Skipf("SKIPPED, NOT TESTED: %s is missing: %s", what, mend)
}

// Shared is a folder or file of the shared data: ../shared/data beside the checkout, or where ASSAY_SHARED points (to shared).
func Shared(t testing.TB, path ...string) string {
	t.Helper()
	base := os.Getenv("ASSAY_SHARED")
	if base == "" {
		base = filepath.Join(Root(), "..", "shared")
	}
	p := filepath.Join(append([]string{base, "data"}, path...)...)
	if _, err := os.Stat(p); err != nil {
		Missing(t, "the shared data "+filepath.Join(path...), "set ASSAY_SHARED to the folder that holds data/")
	}
	return p
}

// Program is the path of a program by the first of the names that is installed.
func Program(t testing.TB, names ...string) string {
	t.Helper()
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
	}
	Missing(t, names[0], "install it (.ci/run shows the Debian package)")
	return ""
}

// File is a file named by an environment variable, such as ASSAY_AXE for axe-core's script.
func File(t testing.TB, env, mend string) string {
	t.Helper()
	p := os.Getenv(env)
	if _, err := os.Stat(p); p == "" || err != nil {
		Missing(t, env, mend)
	}
	return p
}
