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

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

func TestMain(m *testing.M) {
	code := seeded.Tests{M: m}.Run()
	if sharedB != nil {
		sharedA.Close()
		sharedB.Close()
	}
	if sharedDir != "" {
		os.RemoveAll(sharedDir)
	}
	os.Exit(code)
}

var day = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// hiddenWord is in everything that is hidden: it must be nowhere in what the public gets.
const hiddenWord = "qwertzuland"

// twin is one of two registries with the same public entries.
type twin struct {
	*instance.Instance
	dir    string
	hidden []registry.RecordID // records that exist here and are not public
}

// claim is an entry at an audience.
func claim(t testing.TB, a registry.Audience, record, field, key, value string, supersedes registry.EntryID) registry.Entry {
	t.Helper()
	v, err := registry.ParseValue(registry.FieldOf(field), value, "")
	if err != nil {
		t.Fatal(err)
	}
	e := registry.Entry{Audience: a, By: "person:test", At: day, Claim: &registry.Claim{Record: registry.RecordID(record), Field: field, Key: key, Value: v, Source: "src_usgs-mcs-2025", Supersedes: supersedes}}
	if a != registry.Public {
		e.Nonce = "nonce of " + record + field + value
	}
	if e, err = registry.NewEntry(e); err != nil {
		t.Fatal(err, registry.HintOf(err))
	}
	return e
}

func disclose(t testing.TB, at registry.Audience, to registry.Audience, ids ...registry.EntryID) registry.Entry {
	t.Helper()
	e, err := registry.NewEntry(registry.Entry{Type: registry.EntryDisclosure, Audience: at, Nonce: map[bool]string{true: "", false: "n"}[at == registry.Public], By: "person:test", At: day,
		Disclosure: &registry.Disclosure{Targets: ids, Action: "release", To: to}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func (x *twin) commit(t testing.TB, es ...registry.Entry) {
	t.Helper()
	if err := x.Commit(t.Context(), es); err != nil {
		t.Fatal(err)
	}
}

// hide enters n things of each kind that are not for the audience: claims against public ones, records of their own, corrections, drafts, releases to
// others, people, deposits under seal, what waits on the desk.
func (x *twin) hide(t testing.TB, n int, a registry.Audience) {
	t.Helper()
	var es []registry.Entry
	for i := range n {
		id := fmt.Sprintf("neg_%s-%d", hiddenWord, i)
		x.hidden = append(x.hidden, registry.RecordID(id))
		word := fmt.Sprint(hiddenWord, i)
		own := claim(t, a, id, "title", "", "Talks with "+word, "")
		es = append(es, own, claim(t, a, id, "party", "", "pty_ZMB", ""), claim(t, a, id, "mineral", "", "cobalt", ""), claim(t, a, id, "event", "launched_talks", "2026-11-01", ""),
			claim(t, a, "pty_ZMB", "alias", "", word, ""), claim(t, a, "min_cobalt", "note", word, "A note on "+word, ""), disclose(t, a, registry.Audience("talks:"+id), own.ID))
	}
	x.commit(t, es...)
	file := filepath.Join(t.TempDir(), hiddenWord+".md")
	text := "# Memorandum of Understanding between Zambia and " + hiddenWord + " on cobalt\n\nArticle 1\n\nThe Participants will supply cobalt to " + strings.Repeat(hiddenWord+" ", n) + ".\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Importer(a).Import(t.Context(), file); err != nil { // without making projections for a
		t.Fatal(err)
	}
	if a != registry.Sealed { // nobody reads that
		if _, err := x.Accounts().Add(t.Context(), account.Operator, account.User{Name: fmt.Sprint(hiddenWord, " ", strings.ReplaceAll(string(a), ":", " ")), Kind: account.Person, Role: account.Reader, Audiences: registry.Audiences{a}}, "a long enough password"); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		if _, err := x.Deposit(t.Context(), []byte(fmt.Sprint("a draft ", i))); err != nil {
			t.Fatal(err)
		}
	}
}

// show enters what both hold, with a public notice that something is withheld.
func (x *twin) show(t testing.TB, a registry.Audience) {
	t.Helper()
	public := claim(t, a, "neg_shown", "title", "", "Talks that both have", "")
	x.commit(t, public, claim(t, a, "neg_shown", "party", "", "pty_ZMB", ""), claim(t, a, "neg_shown", "text_status", "draft", "{withheld:deliberations:2027-01}", ""), claim(t, a, "neg_shown", "withheld_by", "text_status:draft", "pty_ZMB", ""))
	x.commit(t, claim(t, a, "neg_shown", "title", "", "Talks that both have, corrected", public.ID), claim(t, a, "pty_ZMB", "alias", "", "Showland", ""))
}

// forThePublic are twins that differ in what editors, a committee, a delegation and nobody sees. They are made once: the tests only look at them.
func forThePublic(t testing.TB) (a, b *twin) {
	t.Helper()
	shared.Do(func() {
		dir, err := os.MkdirTemp("", "assay-twins-")
		if err != nil {
			t.Fatal(err)
		}
		sharedDir = dir
		sharedA, sharedB = twinsIn(t, dir, registry.Public, registry.Registry, "parliament:ZMB", "delegation:ZMB", registry.Sealed)
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

// twins are two registries. What both have for the reader enters at audience theirs; what they differ in at others.
func twins(t testing.TB, theirs registry.Audience, others ...registry.Audience) (a, b *twin) {
	t.Helper()
	a, b = twinsIn(t, t.TempDir(), theirs, others...)
	t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}

func twinsIn(t testing.TB, folder string, theirs registry.Audience, others ...registry.Audience) (a, b *twin) {
	t.Helper()
	open := func(name string) *twin {
		dir := filepath.Join(folder, name)
		seeded.Into(t, dir)
		in, err := instance.Open(context.Background(), dir, instance.Options{Now: func() time.Time { return day }})
		if err != nil {
			t.Fatal(err)
		}
		return &twin{Instance: in, dir: dir}
	}
	a, b = open("a"), open("b")
	// Somebody can sign in to both: that there are users at all shows, by the form.
	for _, x := range []*twin{a, b} {
		if _, err := x.Accounts().Add(t.Context(), account.Operator, account.User{Name: "Editor", Kind: account.Person, Role: account.Administrator}, "a long enough password"); err != nil {
			t.Fatal(err)
		}
	}
	for i, o := range others {
		a.hide(t, 3+i, o)
	}
	a.show(t, theirs)
	b.show(t, theirs)
	b.hide(t, 1, others[len(others)-1])
	return a, b
}

// site serves a twin to readers as assay serve does.
func (x *twin) site(t testing.TB, readers registry.Audiences) http.Handler {
	t.Helper()
	p, err := x.Settled(t.Context(), readers)
	if err != nil {
		t.Fatal(err)
	}
	opt := web.Options{Now: func() time.Time { return day }, Version: "test", BaseURL: "https://registry.example", Private: len(readers) > 1, Accounts: x.Accounts(), Desk: x.Instance, Review: x.Instance,
		Correspondence: x.Correspondence(), Eraser: x.Instance, Log: func(f string, args ...any) { t.Errorf(f, args...) }}
	opt.RegistryFor = func(ctx context.Context, theirs registry.Audiences) (web.Registry, error) {
		return x.Settled(ctx, registry.Reader(append(theirs, readers...)...))
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
