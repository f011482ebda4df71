package interference_test

import (
	"database/sql"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// csrf is the token of a session's forms.
var csrf = regexp.MustCompile(`name="_csrf" value="[^"]*"`)

// noted counts the lines of reads that something left behind.
func (x *twin) noted(t testing.TB, do func()) (lines int) {
	t.Helper()
	before, _, err := x.Accounts().Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	do()
	es, err := x.Accounts().Events(t.Context(), account.Audited{Kind: "read", Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range es {
		if e.Number > before {
			lines++
			if strings.Contains(e.Outlet+e.Note+e.About, hiddenWord) {
				t.Errorf("the line tells what was typed: %+v", e)
			}
		}
	}
	return lines
}

// A read of something restricted leaves a line, by whatever address of the site map, as page, JSON and CSV, in a session and with a token; a read of what
// the public sees leaves none. Which it was is told by asking again as an account that sees nothing more than the public.
func TestEveryReadIsNoted(t *testing.T) {
	a, b := forACommittee(t)
	v, _, err := a.View(t.Context(), registry.Reader("delegation:ZMB"), "")
	if err != nil {
		t.Fatal(err)
	}
	h := a.site(t, registry.Reader())
	theirs := a.signedIn(t, h, "Reads All Drafts", account.Reader, "delegation:ZMB")
	plain := a.signedIn(t, h, "Reads Nothing Xy", account.Reader)
	program, open := a.withToken(t, h, "delegation:ZMB", "delegation:ZMB"), a.withToken(t, h, account.Own)
	body := func(s string) string { _, s, _ = strings.Cut(s, "\n\n"); return s }
	restricted, public := 0, 0
	for _, p := range addresses(t, a, b, v) {
		if strings.HasPrefix(p, "/-/") || strings.HasPrefix(p, "/sign-") { // styles; who is signed in is sent to the desk
			continue
		}
		for name, ask := range map[string]func() (string, string){
			"a session": func() (string, string) {
				_, got := asked(h, p, theirs)
				return got, ""
			},
			"a token": func() (string, string) { return body(answer(program, p)), "" },
		} {
			if data := strings.HasSuffix(p, ".json") || strings.HasSuffix(p, ".csv"); data != (name == "a token") && os.Getenv("ASSAY_SLOW") == "" {
				continue
			}
			var got string
			lines := a.noted(t, func() { got, _ = ask() })
			var want string
			if other := a.noted(t, func() {
				if name == "a token" {
					want = body(answer(open, p))
				} else {
					_, want = asked(h, p, plain)
				}
			}); other > 0 {
				t.Errorf("%s leaves a line of who sees what the public sees", p)
			}
			got, want = csrf.ReplaceAllString(got, ""), csrf.ReplaceAllString(want, "")
			got, want = strings.ReplaceAll(got, "Reads All Drafts", "NAME"), strings.ReplaceAll(want, "Reads Nothing Xy", "NAME")
			own := strings.HasPrefix(p, "/desk/account") || strings.HasPrefix(p, "/desk/tokens") || strings.HasPrefix(p, "/desk/deposits") || strings.HasPrefix(p, "/data") // they name one's own audiences; the version of what is read
			switch {
			case own:
			case got != want && lines != 1:
				t.Errorf("%s by %s shows something restricted and leaves %d lines", p, name, lines)
			case got == want && lines != 0:
				t.Errorf("%s by %s shows what the public sees and leaves %d lines", p, name, lines)
			case strings.Contains(strings.ToLower(got), hiddenWord) && !strings.Contains(p, hiddenWord) && lines == 0:
				t.Errorf("%s by %s shows the hidden word and leaves no line", p, name)
			}
			if got != want {
				restricted++
			} else {
				public++
			}
		}
	}
	if restricted < 50 || public < 50 {
		t.Errorf("%d restricted answers and %d public ones: the law was not tried", restricted, public)
	}
	t.Logf("%d restricted answers, %d public ones", restricted, public)
	if _, problems, err := a.Accounts().VerifyAudit(t.Context()); err != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
}

// Where a read cannot be noted nothing restricted is shown, and what is public is.
func TestWhatCannotBeNotedIsNotShown(t *testing.T) {
	a, _ := between(t, registry.Public, "delegation:ZMB")
	opt := a.site(t, registry.Reader())
	theirs := a.signedIn(t, opt, "Reads All Drafts", account.Reader, "delegation:ZMB")
	db, err := sql.Open("sqlite", filepath.Join(a.Dir, account.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END`); err != nil {
		t.Fatal(err)
	}
	h := a.quiet(t)
	at := "/negotiations/" + strings.TrimPrefix(string(a.Hidden[0]), "neg_")
	for _, p := range []string{at, at + ".json", "/negotiations.csv"} {
		if code, s := asked(h, p, theirs); code != http.StatusServiceUnavailable || strings.Contains(strings.ToLower(strings.ReplaceAll(s, at, "")), hiddenWord) {
			t.Errorf("%s: %d", p, code)
		}
	}
	if code, _ := asked(h, "/glossary", theirs); code != http.StatusOK {
		t.Errorf("what is public: %d", code)
	}
}
