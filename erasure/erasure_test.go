package erasure_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/erasure"
	"github.com/openassay/assay/registry"
)

// book makes entries and remembers them by a short name.
type book struct {
	t    *testing.T
	all  []registry.Entry
	ids  map[string]registry.EntryID
	name map[registry.EntryID]string
}

func newBook(t *testing.T) *book {
	return &book{t: t, ids: map[string]registry.EntryID{}, name: map[registry.EntryID]string{}}
}

func (b *book) put(name string, e registry.Entry) {
	b.t.Helper()
	e.At, e.By, e.Audience = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "person:test", registry.Public
	e, err := registry.NewEntry(e)
	if err != nil {
		b.t.Fatal(name, err)
	}
	b.all, b.ids[name], b.name[e.ID] = append(b.all, e), e.ID, name
}

func (b *book) claim(name, rec, field, key, value, source, supersedes string) {
	b.t.Helper()
	v, err := registry.ParseValue(registry.FieldOf(field), value, "")
	if err != nil {
		b.t.Fatal(err)
	}
	b.put(name, registry.Entry{Claim: &registry.Claim{Record: registry.RecordID(rec), Field: field, Key: key, Value: v, Source: registry.SourceID(source), Supersedes: b.ids[supersedes]}})
}

// erase takes away what an entry says and leaves its header, as a log does.
func (b *book) erase(name string) {
	for i := range b.all {
		if b.all[i].ID == b.ids[name] {
			e := b.all[i]
			b.all[i] = registry.Entry{ID: e.ID, Type: e.Type, Audience: e.Audience, At: e.At}
		}
	}
}

const (
	h1 = "1111111111111111111111111111111111111111111111111111111111111111"
	h2 = "2222222222222222222222222222222222222222222222222222222222222222"
	h3 = "3333333333333333333333333333333333333333333333333333333333333333"
	h4 = "4444444444444444444444444444444444444444444444444444444444444444"
)

func library(t *testing.T) *book {
	b := newBook(t)
	b.put("src", registry.Entry{Source: &registry.Source{ID: "src_a", Title: "A report on one person", Grade: "wire", Hash: h1}})
	b.put("src_b", registry.Entry{Source: &registry.Source{ID: "src_b", Title: "B", Grade: "wire"}})
	b.claim("title", "doc_a", "title", "", "Text with a private name", "src_a", "")
	b.claim("file", "doc_a", "file", "", h1, "src_a", "")
	b.claim("reading", "doc_a", "reading", "", h2, "src_a", "")
	b.claim("analysis1", "doc_a", "analysis", "", h3, "src_a", "")
	b.claim("analysis2", "doc_a", "analysis", "", h4, "src_a", "analysis1")
	b.claim("other reading", "doc_b", "reading", "", h2, "src_b", "")
	b.claim("note1", "ins_a", "note", "x", "First wording about Jane Doe", "src_b", "")
	b.claim("note2", "ins_a", "note", "x", "Second wording about Jane Doe", "src_b", "note1")
	b.claim("note3", "ins_a", "note", "x", "Third wording", "src_b", "note2")
	b.claim("ref", "ins_a", "related", "", "doc_a", "src_b", "")
	b.put("retraction", registry.Entry{Retraction: &registry.Retraction{Target: b.ids["note2"], Reason: "Jane Doe was not there"}})
	b.put("choice", registry.Entry{Choice: &registry.Choice{Claim: b.ids["note3"], Reason: "better"}})
	b.claim("copy", "ins_b", "note", "y", "first wording about  Jane Doe", "src_b", "")
	return b
}

// merged enters two companies, and that they are one.
func (b *book) merged() {
	b.claim("one", "pty_one", "name", "short", "Storm Mining", "src_b", "")
	b.claim("two", "pty_two", "name", "short", "Storm Mining Plc", "src_b", "")
	b.claim("merge", "pty_two", "redirect", "", "pty_one", "src_b", "")
}

func TestPlan(t *testing.T) {
	for _, c := range []struct {
		name  string
		ask   func(*book) erasure.Ask
		goes  string // names in the order of the log
		blobs string // first digits
	}{
		{"a claim", func(b *book) erasure.Ask { return erasure.Ask{Entries: []registry.EntryID{b.ids["title"]}} }, "title", ""},
		{"a claim with its older versions, and what took them back", func(b *book) erasure.Ask { return erasure.Ask{Entries: []registry.EntryID{b.ids["note2"]}} }, "note1 note2 retraction", ""},
		{"a retraction and what it would bring back", func(b *book) erasure.Ask { return erasure.Ask{Entries: []registry.EntryID{b.ids["retraction"]}} }, "note1 note2 retraction", ""},
		{"the newest version, and what was chosen", func(b *book) erasure.Ask { return erasure.Ask{Entries: []registry.EntryID{b.ids["note3"]}} }, "note1 note2 note3 retraction choice", ""},
		{"a text whole, but not what others use", func(b *book) erasure.Ask { return erasure.Ask{Entries: []registry.EntryID{b.ids["analysis2"]}} }, "file reading analysis1 analysis2", "1 3 4"},
		{"a source with its claims", func(b *book) erasure.Ask { return erasure.Ask{Sources: []registry.SourceID{"src_a"}} }, "src title file reading analysis1 analysis2", "1 3 4"},
		{"a record", func(b *book) erasure.Ask { return erasure.Ask{Records: []registry.RecordID{"doc_b"}} }, "other reading", ""},
		{"a record together with the source of all its claims", func(b *book) erasure.Ask {
			return erasure.Ask{Records: []registry.RecordID{"doc_a"}, Sources: []registry.SourceID{"src_a"}}
		}, "src title file reading analysis1 analysis2", "1 3 4"},
		{"a record that was erased before, but not what is new about it", func(b *book) erasure.Ask {
			b.erase("other reading")
			b.claim("new", "doc_b", "title", "", "A new title", "src_b", "")
			return erasure.Ask{Records: []registry.RecordID{"doc_b"}}
		}, "new", ""},
		{"a record with what was merged into it", func(b *book) erasure.Ask {
			b.merged()
			return erasure.Ask{Records: []registry.RecordID{"pty_one"}}
		}, "one two merge", ""},
		{"a record that was merged, without the other", func(b *book) erasure.Ask {
			b.merged()
			return erasure.Ask{Records: []registry.RecordID{"pty_two"}}
		}, "two merge", ""},
		{"a record as it is since a merge was undone", func(b *book) erasure.Ask {
			b.merged()
			b.put("undo", registry.Entry{Retraction: &registry.Retraction{Target: b.ids["merge"], Reason: "two companies"}})
			return erasure.Ask{Records: []registry.RecordID{"pty_one"}}
		}, "one", ""},
		{"a record that was split off, with the move that made it", func(b *book) erasure.Ask {
			b.put("move", registry.Entry{Move: &registry.Move{Claims: []registry.EntryID{b.ids["copy"]}, To: "ins_c", Reason: "another deal of the same week"}})
			return erasure.Ask{Records: []registry.RecordID{"ins_c"}}
		}, "copy move", ""},
		{"one of two claims that were moved", func(b *book) erasure.Ask {
			b.put("move", registry.Entry{Move: &registry.Move{Claims: []registry.EntryID{b.ids["copy"], b.ids["ref"]}, To: "ins_c", Reason: "another deal of the same week"}})
			return erasure.Ask{Entries: []registry.EntryID{b.ids["copy"]}}
		}, "copy", ""},
	} {
		b := library(t)
		ask := c.ask(b)
		ask.Authority, ask.Ground = "Data protection authority, order 7", "personal data"
		p, err := erasure.New(b.all, ask)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var goes, blobs []string
		for _, id := range p.IDs() {
			goes = append(goes, b.name[id])
		}
		for _, h := range p.Blobs {
			blobs = append(blobs, h[:1])
		}
		if got := strings.Join(goes, " "); got != c.goes {
			t.Errorf("%s: %q goes; want %q", c.name, got, c.goes)
		}
		if got := strings.Join(blobs, " "); got != c.blobs {
			t.Errorf("%s: texts %q go; want %q", c.name, got, c.blobs)
		}
	}
}

func TestPlanSaysWhatStays(t *testing.T) {
	b := library(t)
	p, err := erasure.New(b.all, erasure.Ask{Records: []registry.RecordID{"doc_a"}, Entries: []registry.EntryID{b.ids["note1"]}, Authority: "court", Ground: "order"})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Shared) != 1 || p.Shared[0].Hash != h2 || b.name[p.Shared[0].By] != "other reading" {
		t.Errorf("shared %+v", p.Shared)
	}
	if len(p.References) != 1 || b.name[p.References[0]] != "ref" {
		t.Errorf("references %v", p.References)
	}
	if len(p.Repeating) != 1 || b.name[p.Repeating[0]] != "copy" || p.Newer != 1 {
		t.Errorf("repeating %v, newer %d", p.Repeating, p.Newer)
	}
	if !slices.Equal(p.About, []registry.RecordID{"doc_a", "ins_a"}) || !slices.Contains(p.Words, "First wording about Jane Doe") {
		t.Errorf("%v %q", p.About, p.Words)
	}
}

// A place such as "preamble" stands in many entries and says nothing of whom is erased: it is neither searched for nor reported.
func TestPlacesAreNoWords(t *testing.T) {
	b := newBook(t)
	b.put("src_b", registry.Entry{Source: &registry.Source{ID: "src_b", Title: "B", Grade: "wire"}})
	long := "in the paragraph on the house of Jane Doe"
	for name, locator := range map[string]string{"a": "preamble", "b": "preamble", "c": long, "d": long} {
		v, err := registry.ParseValue(registry.FieldOf("note"), "Words of "+name+", and no others", "")
		if err != nil {
			t.Fatal(err)
		}
		b.put(name, registry.Entry{Claim: &registry.Claim{Record: "ins_" + registry.RecordID(name), Field: "note", Key: "x", Value: v, Source: "src_b", Locator: locator}})
	}
	p, err := erasure.New(b.all, erasure.Ask{Records: []registry.RecordID{"ins_a", "ins_c"}, Authority: "court", Ground: "order"})
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(p.Words, "preamble") || !slices.Contains(p.Words, long) || len(p.Repeating) != 1 || b.name[p.Repeating[0]] != "d" {
		t.Errorf("words %q, repeating %v", p.Words, p.Repeating)
	}
}

func TestPlanRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		ask  func(*book) erasure.Ask
		code registry.ErrorCode
	}{
		{"nothing", func(b *book) erasure.Ask { return erasure.Ask{Authority: "court", Ground: "order"} }, registry.Invalid},
		{"no authority", func(b *book) erasure.Ask { return erasure.Ask{Records: []registry.RecordID{"doc_a"}, Ground: "order"} }, registry.Invalid},
		{"no ground", func(b *book) erasure.Ask {
			return erasure.Ask{Records: []registry.RecordID{"doc_a"}, Authority: "court"}
		}, registry.Invalid},
		{"unknown record", func(b *book) erasure.Ask {
			return erasure.Ask{Records: []registry.RecordID{"doc_x"}, Authority: "court", Ground: "order"}
		}, registry.NotFound},
		{"unknown source", func(b *book) erasure.Ask {
			return erasure.Ask{Sources: []registry.SourceID{"src_x"}, Authority: "court", Ground: "order"}
		}, registry.NotFound},
		{"unknown entry", func(b *book) erasure.Ask {
			return erasure.Ask{Entries: []registry.EntryID{"x"}, Authority: "court", Ground: "order"}
		}, registry.NotFound},
		{"claims without a source", func(b *book) erasure.Ask {
			return erasure.Ask{Entries: []registry.EntryID{b.ids["src"]}, Authority: "court", Ground: "order"}
		}, registry.Invalid},
		{"the words in the ground", func(b *book) erasure.Ask {
			return erasure.Ask{Entries: []registry.EntryID{b.ids["note1"]}, Authority: "court", Ground: "it said: first wording about jane doe"}
		}, registry.Invalid},
	} {
		b := library(t)
		if _, err := erasure.New(b.all, c.ask(b)); registry.CodeOf(err) != c.code || registry.HintOf(err) == "" {
			t.Errorf("%s: %v, hint %q", c.name, err, registry.HintOf(err))
		}
	}
}
