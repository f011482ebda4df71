package main

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// TestUsersWhileServing holds that what assay user does beside a running server holds at once, and that without users the server only reads.
func TestUsersWhileServing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	s := start(t, "serve", "--data", dir, "--addr", "127.0.0.1:0")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	status := func(method, path string, form url.Values) int {
		t.Helper()
		r, err := http.NewRequest(method, s.base+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		if method == http.MethodPost {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Origin", s.base)
		}
		res, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	credentials := url.Values{"_name": {"ada"}, "_password": {"seven copper ledgers float"}}
	for path, want := range map[string]int{"/sign-in": 404, "/desk": 404} {
		if got := status(http.MethodGet, path, nil); got != want {
			t.Errorf("%s without users: %d", path, got)
		}
	}
	if got := status(http.MethodPost, "/sign-in", credentials); got != http.StatusMethodNotAllowed {
		t.Errorf("signing in where there is nobody: %d", got)
	}
	user := func(args ...string) {
		t.Helper()
		c := program(t, append(append([]string{"user"}, args...), "--data", dir)...)
		c.Stdin = strings.NewReader(credentials.Get("_password") + "\n")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("user %v: %v\n%s", args, err, out)
		}
	}
	user("add", "Ada", "--role", "contributor")
	if got := status(http.MethodPost, "/sign-in", credentials); got != http.StatusSeeOther {
		t.Fatalf("signing in: %d", got)
	}
	if got := status(http.MethodGet, "/desk", nil); got != http.StatusOK {
		t.Errorf("the desk: %d", got)
	}
	user("role", "Ada", "--role", "administrator")
	if got := status(http.MethodGet, "/desk/users", nil); got != http.StatusForbidden {
		t.Errorf("the users, for an administrator without a second factor: %d", got)
	}
	user("second-factor", "optional")
	if got := status(http.MethodGet, "/desk/users", nil); got != http.StatusOK {
		t.Errorf("the users, after another role: %d", got)
	}
	user("sessions", "end", "Ada")
	if got := status(http.MethodGet, "/desk", nil); got != http.StatusForbidden {
		t.Errorf("the desk after the session was ended: %d", got)
	}
	for _, args := range [][]string{{"show", "pty_ZMB", "--as", "registry"}, {"search", "cobalt", "--as", "registry"}, {"doctor"}} {
		if out, err := program(t, append(args, "--data", dir)...).CombinedOutput(); err != nil {
			t.Errorf("%v beside a desk: %v\n%s", args, err, out)
		}
	}
}
