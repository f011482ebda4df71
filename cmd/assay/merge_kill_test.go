//go:build slow

package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/internal/seeded"
)

// TestKillDuringMerge kills the serving program with SIGKILL at random moments of a merge and of its undoing. Afterwards the two are one record
// with the reason and its source, or two as before; never half; and the doctor finds nothing wrong.
func TestKillDuringMerge(t *testing.T) {
	kills := 1
	if os.Getenv("ASSAY_SLOW") != "" {
		kills = 60
	}
	dir := seeded.Dir(t)
	run := func(stdin string, args ...string) []byte {
		t.Helper()
		c := program(t, append(args, "--data", dir)...)
		c.Stdin = strings.NewReader(stdin)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("assay %v: %v\n%s", args, err, out)
		}
		return out
	}
	s := start(t, "serve", "--data", dir, "--addr", "127.0.0.1:0")
	run("seven copper ledgers float\n", "user", "add", "Edda", "--role", "editor")
	run("", "user", "second-factor", "optional")
	records := func() []byte {
		return run("", "export", "--what", "records", "--as", "public,registry", "--format", "csv")
	}
	before := records()
	random := rand.New(rand.NewPCG(7, uint64(time.Now().UnixNano())))
	merged, apart := 0, 0
	for n := range kills {
		b := signedIn(t, s.base)
		b.page("/desk/merge?one=ins_us-peru-mou-2024&other=ins_us-peru-mou-2026")
		form := b.form(`action="/desk/merge"`)
		form.Set("survivor", "ins_us-peru-mou-2024")
		form.Set("reason", "round "+string(rune('a'+n)))
		form.Set("into", "public")
		form.Set("step", "save")
		sent := make(chan bool)
		go func() { b.post("/desk/merge", form); close(sent) }()
		time.Sleep(time.Duration(random.Int64N(int64(60 * time.Millisecond))))
		s.cmd.Process.Kill()
		s.cmd.Wait()
		<-sent
		if out := run("", "doctor"); bytes.Contains(out, []byte("PROBLEM")) {
			t.Fatalf("round %d: %s", n, out)
		}
		s = start(t, "serve", "--data", dir, "--addr", "127.0.0.1:0")
		b = signedIn(t, s.base)
		switch code, where := b.head("/instruments/us-peru-mou-2026"); {
		case code == http.StatusMovedPermanently && where == "/instruments/us-peru-mou-2024":
			merged++
			if body := b.page("/desk/history/ins_us-peru-mou-2024"); !strings.Contains(body, "This registry") {
				t.Errorf("round %d: merged without the source of the decision", n)
			}
			undo := regexp.MustCompile(`/desk/undo/[0-9a-f]{64}`).FindString(b.page("/desk/history/ins_us-peru-mou-2024"))
			b.page(undo)
			f := b.form(`action="` + undo + `"`)
			f.Set("step", "save")
			b.post(undo, f)
			if code, _ := b.head("/instruments/us-peru-mou-2026"); code != http.StatusOK {
				t.Fatalf("round %d: undone, and the address answers %d", n, code)
			}
		case code == http.StatusOK:
			apart++
		default:
			t.Fatalf("round %d: %d %s", n, code, where)
		}
	}
	t.Logf("%d kills: merged %d times, not at all %d times", kills, merged, apart)
	if !bytes.Equal(records(), before) {
		t.Error("after all was undone the records are not as before")
	}
	run("", "doctor")
}

// deskBrowser is one that is signed in at a running program.
type deskBrowser struct {
	t    testing.TB
	base string
	c    *http.Client
	body string
}

func signedIn(t testing.TB, base string) *deskBrowser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &deskBrowser{t: t, base: base, c: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if code := b.post("/sign-in", url.Values{"_name": {"Edda"}, "_password": {"seven copper ledgers float"}}); code != http.StatusSeeOther {
		t.Fatalf("signing in: %d", code)
	}
	return b
}

// post gives the status, 0 where the program died.
func (b *deskBrowser) post(path string, form url.Values) int {
	r, err := http.NewRequest(http.MethodPost, b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", b.base)
	res, err := b.c.Do(r)
	if err != nil {
		return 0
	}
	res.Body.Close()
	return res.StatusCode
}

func (b *deskBrowser) head(path string) (int, string) {
	b.t.Helper()
	res, err := b.c.Get(b.base + path)
	if err != nil {
		b.t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode, res.Header.Get("Location")
}

func (b *deskBrowser) page(path string) string {
	b.t.Helper()
	res, err := b.c.Get(b.base + path)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		b.t.Fatalf("%s: %d %v", path, res.StatusCode, err)
	}
	b.body = string(all)
	return b.body
}

// form is what is hidden in the first form of the last page that holds the words.
func (b *deskBrowser) form(words string) url.Values {
	b.t.Helper()
	i := strings.Index(b.body, words)
	if i < 0 {
		b.t.Fatalf("no form with %s", words)
	}
	part, _, _ := strings.Cut(b.body[i:], "</form>")
	f := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`).FindAllStringSubmatch(part, -1) {
		f.Set(m[1], m[2])
	}
	return f
}
