package interference_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/twins"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
)

// secretText is a text of our own for invented parties. Thaler and gulden are what is kept back; "price" stands in public too.
const secretText = `---
instrument: ins_redactland
document_type: final
---
# Memorandum of Understanding between Redactland and Elsewhere on cobalt

Article 1

The Participants will set the price at 731 thalers per tonne. They will meet every year.

Article 2

The Participants will keep a reserve of 4400 guldenmarks. The reserve of 4400 guldenmarks is held by a bank.
`

// poster sends forms as a browser of one session does.
type poster struct {
	t       testing.TB
	h       http.Handler
	session []*http.Cookie
}

func (p poster) get(path string) (int, string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range p.session {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	p.h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

var formToken = regexp.MustCompile(`name="_csrf" value="([^"]*)"`)

func (p poster) post(path string, form url.Values) (int, string) {
	p.t.Helper()
	_, body := p.get(path)
	if m := formToken.FindStringSubmatch(body); m != nil {
		form.Set("_csrf", m[1])
	}
	if m := regexp.MustCompile(`name="reading" value="([^"]*)"`).FindStringSubmatch(body); m != nil && !form.Has("reading") {
		form.Set("reading", m[1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, c := range p.session {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	p.h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// settled waits until nothing is made on a page.
func (p poster) settled(path string) string {
	p.t.Helper()
	for range 600 {
		if code, body := p.get(path); code != http.StatusOK || !strings.Contains(body, "looks again by itself") {
			return body
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatal("it does not end")
	return ""
}

// box is the value of the box beside some words.
func box(t testing.TB, body, words string) string {
	t.Helper()
	i := strings.Index(body, words)
	if i < 0 {
		t.Fatalf("%q is not on the page:\n%.4000s", words, body)
	}
	all := regexp.MustCompile(`name="at" value="([0-9]+-[0-9]+)"`).FindAllStringSubmatch(body[:i], -1)
	return all[len(all)-1][1]
}

// An editor of a delegation marks, takes back, comes again, makes a file, which is not made while a word is left that is withheld elsewhere, and takes it in; a
// second person approves; then the public has the redacted text with its notice and no withheld word, anywhere. Nobody else is told of any of it.
func TestRedactionDesk(t *testing.T) {
	a := alone(t)
	h := a.site(t, registry.Reader())
	a.Enter(t, twins.Claim(t, registry.Public, "ins_redactland", "title", "", "Memorandum of Redactland", ""), twins.Claim(t, registry.Public, "ins_redactland", "area", "", "finance", ""))
	file := filepath.Join(t.TempDir(), "whole.md")
	if err := os.WriteFile(file, []byte(secretText), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Importer("delegation:ZMB").Import(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	editor := poster{t, h, a.signedIn(t, h, "Ada", account.Editor, "delegation:ZMB")}
	view, _, err := a.View(t.Context(), registry.Reader("delegation:ZMB"), "")
	if err != nil {
		t.Fatal(err)
	}
	var doc *registry.Record
	for _, d := range view.Referring("ins_redactland", registry.KindDocument, "instrument") {
		doc = d
	}
	if doc == nil {
		t.Fatal("the text is not there")
	}
	at := "/desk/redact/" + string(doc.ID)
	code, body := editor.get(at)
	if code != http.StatusOK || !strings.Contains(body, "731 thalers") {
		t.Fatalf("%d %.2000s", code, body)
	}
	if code, edit := editor.get("/desk/edit/" + string(doc.ID)); code != http.StatusOK || !strings.Contains(edit, at) {
		t.Error("nothing leads to the desk")
	}
	marked := func(n int) {
		t.Helper()
		if _, b := editor.get(at); strings.Count(b, `name="mark"`) != n {
			t.Errorf("%d are marked, want %d", strings.Count(b, `name="mark"`), n)
		}
	}
	sentence := box(t, body, "The Participants will set the price")
	for _, bad := range []url.Values{{"step": {"mark"}, "at": {sentence}}, {"step": {"mark"}, "ground": {"security"}}, {"step": {"mark"}, "at": {sentence}, "ground": {"not_stated"}}, {"step": {"find"}, "words": {"nowhere to be found"}, "ground_found": {"security"}}} {
		if code, b := editor.post(at, bad); code != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d %.300s", bad, code, b)
		}
	}
	for _, bad := range []string{"0-99999", "-4-2", "a-b", "9-3", "5"} {
		if code, _ := editor.post(at, url.Values{"step": {"mark"}, "at": {bad}, "ground": {"security"}}); code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, code)
		}
	}
	// Word by word: two words beside each other are one passage.
	_, words := editor.get(at + "?words=" + sentence)
	if code, b := editor.post(at, url.Values{"step": {"mark"}, "at": {box(t, words, ">731<"), box(t, words, ">thalers<")}, "ground": {"market_sensitive"}}); code != http.StatusSeeOther {
		t.Fatalf("mark: %d %.600s", code, b)
	}
	marked(1)
	editor.post(at, url.Values{"step": {"find"}, "words": {"4400 Guldenmarks"}, "ground_found": {"commercial_secret"}})
	marked(3)
	editor.post(at, url.Values{"step": {"undo"}})
	marked(1) // what was found together goes together
	whole := box(t, body, "The reserve of 4400 guldenmarks is held")
	_, words = editor.get(at + "?words=" + whole)
	editor.post(at, url.Values{"step": {"mark"}, "at": {box(t, words, ">4400<"), box(t, words, ">guldenmarks<")}, "ground": {"commercial_secret"}})
	marked(2)

	// The first of the two places of 4400 guldenmarks is left: no file.
	editor.post(at+"/result", url.Values{"step": {"make"}, "format": {"docx"}})
	if b := editor.settled(at + "/result"); !strings.Contains(b, "There is no file") || strings.Contains(b, `name="authority"`) {
		t.Errorf("a leak is not found:\n%.3000s", b)
	}
	if code, _ := editor.post(at+"/result", url.Values{"step": {"take"}, "title": {"X"}, "authority": {"Zambia"}, "reason": {"Y"}, "when": {"2026-11-23"}}); code != http.StatusSeeOther {
		t.Errorf("taking in what is not there: %d", code)
	}
	editor.post(at, url.Values{"step": {"find"}, "words": {"4400 guldenmarks"}, "ground_found": {"commercial_secret"}})
	again := poster{t, h, a.signedIn(t, h, "Berta", account.Editor, "delegation:ZMB")} // a second visit, by another who may
	if _, b := again.get(at); strings.Count(b, `name="mark"`) != 4 || !strings.Contains(b, "Ada") {
		t.Errorf("the draft is not there for another editor of the delegation: %d", strings.Count(b, `name="mark"`))
	}
	before := publicBytes(t, a)
	editor.post(at+"/result", url.Values{"step": {"make"}, "format": {"docx"}})
	b := editor.settled(at + "/result")
	if !strings.Contains(b, "none of their words was found") || !strings.Contains(b, "█") || strings.Contains(b, "thalers") {
		t.Fatalf("the file is not made:\n%.5000s", b)
	}
	code, made := editor.get(at + "/file")
	if code != http.StatusOK || !strings.HasPrefix(made, "PK") {
		t.Errorf("the file: %d", code)
	}
	for _, bad := range []url.Values{{"title": {""}}, {"authority": {"nobody at all"}}, {"reason": {""}}, {"when": {"soon"}}} {
		form := url.Values{"step": {"take"}, "title": {"Memorandum, redacted"}, "authority": {"Zambia"}, "reason": {"Talks go on."}, "when": {"2026-11-23"}}
		for k, v := range bad {
			form[k] = v
		}
		if code, _ := editor.post(at+"/result", form); code != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", bad, code)
		}
	}
	// A title that says a withheld word is a leak too.
	form := func(title string) url.Values {
		return url.Values{"step": {"take"}, "title": {title}, "authority": {"Zambia"}, "reason": {"Talks go on."}, "when": {"2026-11-23"}}
	}
	editor.post(at+"/result", form("The memorandum of 4400 guldenmarks"))
	if b := editor.settled(at + "/result"); !strings.Contains(b, "its title") {
		t.Errorf("a title that leaks:\n%.3000s", b)
	}
	editor.post(at+"/result", form("Memorandum of Redactland, redacted"))
	if b = editor.settled(at + "/result"); !strings.Contains(b, "its release is proposed") {
		t.Fatalf("it is not taken in:\n%.4000s", b)
	}
	if after := publicBytes(t, a); !bytes.Equal(before, after) {
		t.Error("the public is told of it before its release")
	}

	// Who may not see the text gets of its redaction what there is of nothing.
	for name, as := range map[string]registry.Audiences{"Other": {"delegation:COD"}, "Plain": nil} {
		other := poster{t, h, a.signedIn(t, h, name, account.Editor, as...)}
		for _, p := range []string{"", "/result", "/file"} {
			code, got := other.get(at + p)
			none, want := other.get("/desk/redact/doc_0123456789" + p)
			if code != none || strings.ReplaceAll(token.ReplaceAllString(got, ""), doc.ID.Tail(), "0123456789") != token.ReplaceAllString(want, "") || code == http.StatusOK {
				t.Errorf("%s at %s: %d, of nothing %d", name, p, code, none)
			}
		}
	}

	// One person is not enough.
	all, _, err := a.Releases().Outlooks(t.Context())
	if err != nil || len(all) != 1 || all[0].State != schedule.NeedsTwo {
		t.Fatalf("%+v %v", all, err)
	}
	if _, err := a.Releases().Run(context.Background(), ""); err != nil {
		t.Fatal(err)
	}
	if after := publicBytes(t, a); !bytes.Equal(before, after) {
		t.Error("it is released by one person")
	}
	if err := a.Releases().Do(t.Context(), "approve", all[0].ID, "person:Berta", "", "", ""); err != nil {
		t.Fatal(err)
	}
	if out, err := a.Releases().Run(context.Background(), ""); err != nil || len(out) != 1 || out[0].State != schedule.Released {
		t.Fatalf("%+v %v", out, err)
	}
	out := string(publicBytes(t, a))
	for _, w := range []string{"thalers", "guldenmark"} {
		if strings.Contains(strings.ToLower(out), strings.ToLower(w)) {
			t.Errorf("the public partition holds %q", w)
		}
	}
	_, disclosed := asked(h, "/instruments/redactland/disclosure", nil)
	_, record := asked(h, "/instruments/redactland", nil)
	for _, want := range []string{"Commercial secret", "Zambia", "Talks go on."} {
		if !strings.Contains(disclosed, want) {
			t.Errorf("the notice does not say %q", want)
		}
	}
	if !strings.Contains(record, "Memorandum of Redactland, redacted") {
		t.Error("the redacted text is not on the instrument's page")
	}
	public, _, err := a.View(t.Context(), registry.Reader(), "")
	if err != nil {
		t.Fatal(err)
	}
	docs := public.Referring("ins_redactland", registry.KindDocument, "instrument")
	if len(docs) != 1 || docs[0].String("document_type") != "redacted" || docs[0].ID == doc.ID {
		t.Fatalf("public texts: %v", docs)
	}
	_, page := asked(h, docs[0].Path(), nil)
	if !strings.Contains(page, "█") || strings.Contains(page, "guldenmark") {
		t.Error("the redacted text does not show, or shows too much")
	}
	b1, err := a.Blobs.Get(docs[0].String("file"))
	if err != nil || fmt.Sprint(len(b1)) != fmt.Sprint(len(made)) {
		t.Errorf("the public file: %d bytes, made were %d (%v)", len(b1), len(made), err)
	}
}

// alone is a registry with a source, a party and somebody who can sign in, and nothing else: what is public of it is soon searched.
func alone(t testing.TB) *twin {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "registry")
	in, err := instance.Open(t.Context(), dir, instance.Options{Now: func() time.Time { return twins.Day }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	x := &twin{&twins.Twin{Instance: in, Dir: dir}}
	src, err := registry.NewEntry(registry.Entry{Audience: registry.Public, By: "person:test", At: twins.Day, Source: &registry.Source{ID: "src_usgs-mcs-2025", Title: "A source", Grade: "official_release"}})
	if err != nil {
		t.Fatal(err)
	}
	x.Enter(t, src, twins.Claim(t, registry.Public, "pty_ZMB", "name", "short", "Zambia", ""), twins.Claim(t, registry.Public, "pty_ZMB", "party_kind", "", "state", ""))
	if _, err := x.Accounts().Add(t.Context(), account.Operator, account.User{Name: "Editor", Kind: account.Person, Role: account.Administrator}, twins.Password); err != nil {
		t.Fatal(err)
	}
	if err := x.Accounts().SetRule(t.Context(), account.Operator, account.Optional); err != nil {
		t.Fatal(err)
	}
	return x
}

// publicBytes are the rows of the public partition.
func publicBytes(t testing.TB, x *twin) []byte {
	t.Helper()
	p, err := x.Settled(t.Context(), registry.Reader())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := p.Dump(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
