package desk_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/registry"
)

var day = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func TestEachItemOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	d, err := desk.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	note := func(days int, paths []string, failed ...desk.Attempt) {
		t.Helper()
		r := desk.Run{At: day.AddDate(0, 0, days), Audience: "registry", Paths: paths, Failed: failed,
			Reviews: []desk.Review{{Kind: "match", Document: "doc_a", Title: "A", Reasons: []byte(`[]`)}}}
		if err := d.Note(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	a1, a2, b := desk.Attempt{Path: "/a", Reason: "one"}, desk.Attempt{Path: "/a", Reason: "two"}, desk.Attempt{Path: "/b", Reason: "one", Hint: "mend"}
	all := []string{"/a", "/b", "/c"}
	note(0, all, a1, a2, b)
	note(1, all, a1, b)              // the second fault of /a was mended
	note(2, []string{"/c"})          // the others were not tried
	note(3, []string{"/b"}, b)       // still wrong
	note(3, []string{"/a"}, a1)      // and at the same instant
	note(3, []string{"/a", "/b"}, b) // /a is mended
	reviews, err := d.Reviews(t.Context(), registry.Reader("registry"))
	if err != nil || len(reviews) != 1 || !reviews[0].First.Equal(day) || !reviews[0].Last.Equal(day.AddDate(0, 0, 3)) {
		t.Errorf("%v %+v", err, reviews)
	}
	got, err := d.Attempts(t.Context(), registry.Reader("registry"))
	if err != nil || len(got) != 1 || got[0].Path != "/b" || got[0].Tries != 4 || got[0].Hint != "mend" || !got[0].First.Equal(day) {
		t.Errorf("%v %+v", err, got)
	}
	for _, who := range []registry.Audiences{nil, registry.Reader("delegation:ZMB")} { // what waits is seen by those for whom it was to enter
		r, _ := d.Reviews(t.Context(), who)
		f, _ := d.Attempts(t.Context(), who)
		if len(r)+len(f) > 0 {
			t.Errorf("%v sees the registry's desk", who)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := desk.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if r, err := again.Reviews(t.Context(), registry.Reader("registry")); err != nil || len(r) != 1 {
		t.Errorf("%v %v", r, err)
	}
	if err := again.Note(t.Context(), desk.Run{At: day, Paths: all}); err == nil {
		t.Error("a desk opened for reading was written")
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	if _, err := desk.OpenReadOnly(t.Context(), filepath.Join(dir, "none")); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("%v", err)
	}
	bad := filepath.Join(dir, "bad")
	if err := os.WriteFile(bad, []byte("no database at all, but long enough to be looked at as if it were one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Open(t.Context(), bad); registry.CodeOf(err) != registry.Unreadable || registry.HintOf(err) == "" {
		t.Errorf("%v", err)
	}
}

func newDesk(t *testing.T) *desk.Desk {
	t.Helper()
	d, err := desk.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// A submission is answered once, its link opens it and nothing else does, and its words can be removed.
func TestSubmission(t *testing.T) {
	d := newDesk(t)
	editors := registry.Reader(registry.Registry)
	number, token, err := d.Submit(t.Context(), desk.Submission{At: day, Kind: "error", Record: "ins_a", Wrong: "The sum is wrong", Name: "Ms Quibble"})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := d.SubmissionByToken(t.Context(), token); err != nil || s.Number != number || s.State != desk.Waiting || !s.At.Equal(day) {
		t.Errorf("%+v %v", s, err)
	}
	for _, wrong := range []string{"", number, token + "a", strings.ToUpper(token)} {
		if _, err := d.SubmissionByToken(t.Context(), wrong); registry.CodeOf(err) != registry.NotFound {
			t.Errorf("%q opens it: %v", wrong, err)
		}
	}
	if _, err := d.Submission(t.Context(), registry.Reader("delegation:ZMB"), number); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("who is no editor reads it: %v", err)
	}
	if s, err := d.Submissions(t.Context(), registry.Reader(), true, 10); err != nil || len(s) != 0 {
		t.Errorf("the public reads %v %v", s, err)
	}
	if err := d.ForgetSubmission(t.Context(), number, day); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("what waits can be forgotten: %v", err)
	}
	log := &desk.Correction{AskedOn: "2026-11-20", DoneOn: "2026-11-23", Record: "ins_a", Kind: "error", Outcome: desk.Accepted, Asked: "Another sum", Done: "Corrected"}
	x := desk.Decision{State: desk.Accepted, Answer: "Thank you", By: "person:edda", At: day, Log: log}
	if err := d.Answer(t.Context(), number, x); err != nil {
		t.Fatal(err)
	}
	if err := d.Answer(t.Context(), number, x); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("answered twice: %v", err)
	}
	if cs, err := d.Corrections(t.Context()); err != nil || len(cs) != 1 || cs[0].Days() != 3 || cs[0].Asked != "Another sum" {
		t.Errorf("%+v %v", cs, err)
	}
	if err := d.ForgetSubmission(t.Context(), number, day); err != nil {
		t.Fatal(err)
	}
	if s, err := d.Submission(t.Context(), editors, number); err != nil || s.Wrong+s.Name != "" || s.Answer != "Thank you" || s.Forgotten.IsZero() {
		t.Errorf("%+v %v", s, err)
	}
}

// However many are sent, what waits is bounded, nothing that waits is dropped, and other records are still open.
func TestSubmissionsAreBounded(t *testing.T) {
	d := newDesk(t)
	for range desk.MostWaitingOf {
		if _, _, err := d.Submit(t.Context(), desk.Submission{At: day, Kind: "error", Record: "ins_a", Wrong: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := d.Submit(t.Context(), desk.Submission{At: day, Kind: "error", Record: "ins_a", Wrong: "x"}); !errors.Is(err, desk.ErrFull) {
		t.Errorf("one more about the same record: %v", err)
	}
	if _, _, err := d.Submit(t.Context(), desk.Submission{At: day, Kind: "error", Record: "ins_b", Wrong: "x"}); err != nil {
		t.Errorf("about another record: %v", err)
	}
	if _, _, err := d.Submit(t.Context(), desk.Submission{At: day, Kind: "error", Wrong: strings.Repeat("é", desk.LongestText+1)}); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("a long one: %v", err)
	}
	if n, err := d.WaitingSubmissions(t.Context(), registry.Reader(registry.Registry)); n != desk.MostWaitingOf+1 || err != nil {
		t.Errorf("%d wait, %v", n, err)
	}
}

// Words that are erased leave every row, also within JSON, and every byte of the file.
func TestForget(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	d, err := desk.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	word := `Zquirvel "Z" Wombaster & <Sons>`
	reasons, _ := json.Marshal([]string{"named like " + word})
	if err := d.Note(t.Context(), desk.Run{At: day, Audience: "registry", Paths: []string{"/a/" + word},
		Reviews: []desk.Review{{Kind: "match", Document: "doc_a", Title: word, Reasons: reasons}, {Kind: "match", Document: "doc_b", Title: "Other", Reasons: []byte(`[]`)}},
		Failed:  []desk.Attempt{{Path: "/a/" + word, Reason: "bad"}, {Path: "/a/[erased]", Reason: "bad"}}}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Submit(t.Context(), desk.Submission{At: day, Kind: "personal", Wrong: "You name " + word + "."}); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Repeats(t.Context(), []string{word}); n != 3 || err != nil {
		t.Errorf("%d rows repeat it, %v", n, err)
	}
	if err := d.Forget(t.Context(), []string{word}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(b), "Wombaster") {
		t.Errorf("it is still in the file (%v)", err)
	}
	rs, err := d.Reviews(t.Context(), registry.Reader("registry"))
	if err != nil || len(rs) != 2 || rs[0].Title != desk.Erased || !json.Valid(rs[0].Reasons) || rs[1].Title != "Other" {
		t.Errorf("%+v %v", rs, err)
	}
	if s, err := d.Submissions(t.Context(), registry.Reader("registry"), true, 9); err != nil || len(s) != 1 || s[0].Wrong != "You name [erased]." {
		t.Errorf("%+v %v", s, err)
	}
}

// An older file is brought forward with what it holds.
func TestOldDesk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	step, err := os.ReadFile(filepath.Join("schema", "0001_desk.sql"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(string(step) + "; PRAGMA user_version = 1; INSERT INTO review VALUES ('match', 'doc_a', 'registry', 'A', '[]', '', '')"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if _, err := desk.OpenReadOnly(t.Context(), path); registry.CodeOf(err) != registry.Unsupported {
		t.Errorf("read as it is: %v", err)
	}
	d, err := desk.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if rs, err := d.Reviews(t.Context(), registry.Reader("registry")); err != nil || len(rs) != 1 {
		t.Errorf("%v %v", rs, err)
	}
	if cs, err := d.Corrections(t.Context()); err != nil || len(cs) != 0 {
		t.Errorf("%v %v", cs, err)
	}
}

// A request to remove something is written down before it is decided, and decided once.
func TestTakedowns(t *testing.T) {
	d := newDesk(t)
	n, err := d.NoteTakedown(t.Context(), desk.Takedown{AskedOn: "2026-11-20", Ground: "court_order", Asker: "public_authority", Authority: "Court of Lima", Asked: "A name", Decision: "open"}, "person:anna")
	if err != nil {
		t.Fatal(err)
	}
	done := desk.Takedown{Number: n, DecidedOn: "2026-11-23", Decision: "removed", Done: "Erased", Erased: []registry.EntryID{"ab"}}
	if _, err := d.NoteTakedown(t.Context(), done, "person:anna"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.NoteTakedown(t.Context(), done, "person:anna"); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("decided twice: %v", err)
	}
	if ts, err := d.Takedowns(t.Context()); err != nil || len(ts) != 1 || ts[0].Decision != "removed" || ts[0].Authority != "Court of Lima" || len(ts[0].Erased) != 1 {
		t.Errorf("%+v %v", ts, err)
	}
	if err := d.NotePriorNotice(t.Context(), desk.PriorNotice{At: day, By: "person:edda", Entries: []registry.EntryID{"cd"}, Kind: "letter", Whom: "pty_a", Letter: "Dear", Sent: "2026-11-01", Days: 14}); err != nil {
		t.Fatal(err)
	}
	if ns, err := d.PriorNotices(t.Context()); err != nil || len(ns) != 1 || ns[0].Days != 14 || ns[0].Entries[0] != "cd" {
		t.Errorf("%+v %v", ns, err)
	}
}

// Many about one record keep others from writing more, but not who writes about it for the first time; what is set aside makes room, and is gone.
func TestFlood(t *testing.T) {
	d := newDesk(t)
	var numbers []string
	put := func(s desk.Submission) (string, string, error) {
		s.At, s.Kind, s.Record, s.Wrong, s.Contact = day, "error", "pty_a", "buy this", "spam@spam.example"
		return d.Submit(t.Context(), s)
	}
	for range desk.MostWaitingOf {
		n, _, err := put(desk.Submission{})
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, n)
	}
	if _, _, err := put(desk.Submission{}); !errors.Is(err, desk.ErrFull) {
		t.Errorf("one too many: %v", err)
	}
	_, token, err := put(desk.Submission{First: true, Page: "/findings"})
	if err != nil {
		t.Errorf("the company itself: %v", err)
	}
	if n, err := d.SetAside(t.Context(), append(numbers, numbers[0], "none"), "person:e", day); err != nil || n != len(numbers) {
		t.Errorf("%d set aside: %v", n, err)
	}
	if n, err := d.WaitingSubmissions(t.Context(), registry.Reader(registry.Registry)); err != nil || n != 1 {
		t.Errorf("%d wait: %v", n, err)
	}
	if s, err := d.SubmissionByToken(t.Context(), token); err != nil || s.Wrong != "buy this" || s.State != desk.Waiting || s.Page != "/findings" {
		t.Errorf("%+v %v", s, err)
	}
	s, err := d.Submission(t.Context(), registry.Reader(registry.Registry), numbers[0])
	if err != nil || s.State != desk.Spam || s.Wrong+s.Contact != "" || s.DecidedBy != "person:e" || s.Forgotten.IsZero() {
		t.Errorf("%+v %v", s, err)
	}
	if _, _, err := put(desk.Submission{}); err != nil {
		t.Errorf("after that: %v", err)
	}
	if cs, err := d.Corrections(t.Context()); err != nil || len(cs) != 0 {
		t.Errorf("the public log: %v %v", cs, err)
	}
}
