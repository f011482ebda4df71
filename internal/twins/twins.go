// Package twins gives tests two registries that hold the same entries for a reader and differ in everything else: what editors, a committee, a
// delegation and nobody sees. Start at [In]. Package interference compares what their pages answer, cmd/assay what its verbs print. A package that
// uses it runs its tests with [seeded.Tests].
package twins

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/registry"
)

// Day is when it is in both.
var Day = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// HiddenWord is in everything that is hidden: it must be nowhere in what the reader gets.
const HiddenWord = "qwertzuland"

// Password is that of everybody in both.
const Password = "a long enough password"

// Twin is one of two registries with the same public entries.
type Twin struct {
	*instance.Instance
	Dir    string
	Hidden []registry.RecordID // records that exist here and are not for the reader
	Files  []string            // SHA-256 of the files of texts that are not for the reader
	Texts  []string            // what is in these files
}

// Claim is an entry at an audience.
func Claim(t testing.TB, a registry.Audience, record, field, key, value string, supersedes registry.EntryID) registry.Entry {
	t.Helper()
	v, err := registry.ParseValue(registry.FieldOf(field), value, "")
	if err != nil {
		t.Fatal(err)
	}
	e := registry.Entry{Audience: a, By: "person:test", At: Day, Claim: &registry.Claim{Record: registry.RecordID(record), Field: field, Key: key, Value: v, Source: "src_usgs-mcs-2025", Supersedes: supersedes}}
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
	e, err := registry.NewEntry(registry.Entry{Type: registry.EntryDisclosure, Audience: at, Nonce: map[bool]string{true: "", false: "n"}[at == registry.Public], By: "person:test", At: Day,
		Disclosure: &registry.Disclosure{Targets: ids, Action: "release", To: to}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Enter puts entries into the log.
func (x *Twin) Enter(t testing.TB, es ...registry.Entry) {
	t.Helper()
	if err := x.Commit(t.Context(), es); err != nil {
		t.Fatal(err)
	}
}

// Hide enters n things of each kind that are not for the audience: claims against public ones, records of their own, corrections, drafts, releases to
// others, people, deposits under seal, what waits on the desk.
func (x *Twin) Hide(t testing.TB, n int, a registry.Audience) {
	t.Helper()
	var es []registry.Entry
	for i := range n {
		id := fmt.Sprintf("neg_%s-%d", HiddenWord, i)
		x.Hidden = append(x.Hidden, registry.RecordID(id))
		word := fmt.Sprint(HiddenWord, i)
		own := Claim(t, a, id, "title", "", "Talks with "+word, "")
		es = append(es, own, Claim(t, a, id, "party", "", "pty_ZMB", ""), Claim(t, a, id, "mineral", "", "cobalt", ""), Claim(t, a, id, "event", "launched_talks", "2026-11-01", ""),
			Claim(t, a, "pty_ZMB", "alias", "", word, ""), Claim(t, a, "min_cobalt", "note", word, "A note on "+word, ""), disclose(t, a, registry.Audience("talks:"+id), own.ID))
	}
	x.Enter(t, es...)
	file := filepath.Join(t.TempDir(), HiddenWord+".md")
	text := "# Memorandum of Understanding between Zambia and " + HiddenWord + " on cobalt\n\nArticle 1\n\nThe Participants will supply cobalt to " + strings.Repeat(HiddenWord+" ", n) + ".\n\n" +
		"Article 2\n\nZambia shall keep the terms of this Memorandum confidential and shall not publish them.\n" // against a law of Zambia that is public
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Importer(a).Import(t.Context(), file); err != nil { // without making projections for a
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(text))
	x.Files, x.Texts = append(x.Files, hex.EncodeToString(sum[:])), append(x.Texts, text)
	if a != registry.Sealed { // nobody reads that
		if _, err := x.Accounts().Add(t.Context(), account.Operator, account.User{Name: fmt.Sprint(HiddenWord, " ", strings.ReplaceAll(string(a), ":", " ")), Kind: account.Person, Role: account.Reader, Audiences: registry.Audiences{a}}, Password); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		if _, err := x.Deposit(t.Context(), []byte(fmt.Sprint("a draft ", i))); err != nil {
			t.Fatal(err)
		}
	}
}

// Show enters what both hold, with a public notice that something is withheld.
func (x *Twin) Show(t testing.TB, a registry.Audience) {
	t.Helper()
	public := Claim(t, a, "neg_shown", "title", "", "Talks that both have", "")
	x.Enter(t, public, Claim(t, a, "neg_shown", "party", "", "pty_ZMB", ""), Claim(t, a, "neg_shown", "text_status", "draft", "{withheld:deliberations:2027-01}", ""), Claim(t, a, "neg_shown", "withheld_by", "text_status:draft", "pty_ZMB", ""))
	x.Enter(t, Claim(t, a, "neg_shown", "title", "", "Talks that both have, corrected", public.ID), Claim(t, a, "pty_ZMB", "alias", "", "Showland", ""))
}

// In makes two registries, in folders a and b of folder. What both have for the reader enters at audience theirs; what they differ in at others.
func In(t testing.TB, folder string, theirs registry.Audience, others ...registry.Audience) (a, b *Twin) {
	t.Helper()
	open := func(name string) *Twin {
		dir := filepath.Join(folder, name, "registry")
		seeded.Into(t, dir)
		in, err := instance.Open(context.Background(), dir, instance.Options{Now: func() time.Time { return Day }})
		if err != nil {
			t.Fatal(err)
		}
		return &Twin{Instance: in, Dir: dir}
	}
	a, b = open("a"), open("b")
	// Somebody can sign in to both: that there are users at all shows, by the form.
	for _, x := range []*Twin{a, b} {
		if err := x.Accounts().SetRule(t.Context(), account.Operator, account.Optional); err != nil { // what they see is compared, not how they come to it
			t.Fatal(err)
		}
		if _, err := x.Accounts().Add(t.Context(), account.Operator, account.User{Name: "Editor", Kind: account.Person, Role: account.Administrator}, Password); err != nil {
			t.Fatal(err)
		}
	}
	for i, o := range others {
		a.Hide(t, 3+i, o)
	}
	a.Show(t, theirs)
	b.Show(t, theirs)
	b.Hide(t, 1, others[len(others)-1])
	return a, b
}
