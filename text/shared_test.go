package text_test

import (
	"bytes"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/text"
)

// shared gives the files of a folder of the shared data, or skips.
func shared(tb testing.TB, pattern string) []string {
	tb.Helper()
	files, _ := filepath.Glob(filepath.Join(need.Shared(tb, "texts"), pattern))
	if len(files) == 0 {
		tb.Fatalf("no file is %s", pattern)
	}
	sort.Strings(files)
	return files
}

// readShared reads a file and holds the laws against every reading of it.
func readShared(t *testing.T, file string) []*text.Reading {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := text.ReadAll(filepath.Base(file), b)
	if err != nil {
		t.Errorf("%v", err)
		return nil
	}
	for _, r := range all {
		if broken := laws(r); broken != "" {
			t.Errorf("%s: %s", filepath.Base(file), broken)
			continue
		}
		ownWellFormed(t, r)
	}
	return all
}

func TestSharedUSGov(t *testing.T) {
	for _, f := range shared(t, "us-gov/*.md") {
		for _, r := range readShared(t, f) {
			if r.Title == "" || r.Date == "" || r.SourceURL == "" || r.Language != "en" || r.Format != text.FormatMarkdown {
				t.Errorf("%s: title %q, date %q, source %q, language %q, format %q", f, r.Title, r.Date, r.SourceURL, r.Language, r.Format)
			}
		}
	}
}

// TestSharedTOTA holds what is found against the collection's own marking: every article that it numbers is an article here.
func TestSharedTOTA(t *testing.T) {
	marked, found := 0, 0
	for _, f := range shared(t, "tota/*.xml") {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		n := bytes.Count(b, []byte("<article number=\""))
		marked += n
		for _, r := range readShared(t, f) {
			articles := 0
			for _, p := range r.Provisions {
				if p.Kind == text.KindArticle {
					articles++
				}
			}
			found += min(n, articles)
			if r.Title == "" || r.Language != "en" && r.Language != "es" || len(r.Meta) == 0 {
				t.Errorf("%s: title %q, language %q, %d statements", f, r.Title, r.Language, len(r.Meta))
			}
		}
	}
	t.Logf("%d of %d articles", found, marked)
	if found*1000 < marked*999 {
		t.Errorf("%d of %d articles were found", found, marked)
	}
}

// TestSharedLandmarks checks the structure of three texts that we read in full.
func TestSharedLandmarks(t *testing.T) {
	for pattern, want := range map[string]struct {
		eids string // some that must be there
		not  string // some that must not
		n    map[text.ProvisionKind]int
	}{
		"us-gov/2025-10-26-memorandum-of-understanding-*malaysia*": {
			"cover preamble preamble__rec_8 preamble__formula sec_1__para_1 sec_2__para_4 sec_3__para_1 sec_4__para_5 signatures", "sec_5 annex_1",
			map[text.ProvisionKind]int{text.KindRecital: 8, text.KindSection: 4, text.KindParagraph: 12, text.KindPoint: 0},
		},
		"us-gov/2025-10-20-united-states-australia-framework-*": {
			"cover preamble__rec_5 sec_I__para_9 sec_I__para_2__point_4 sec_II__para_4 signatures", "sec_III sec_I__para_1-2",
			map[text.ProvisionKind]int{text.KindRecital: 5, text.KindSection: 2, text.KindParagraph: 14, text.KindPoint: 4},
		},
		"us-gov/2025-10-26-agreement-*kingdom-of-cambodia-*": {
			"cover preamble__rec_5 sec_1 art_1.1__para_2 art_2.1__para_2__point_b art_2.2__point_a art_2.11 art_5.3__para_3 art_7.5 signatures notes__point_7 annex_1__sched_2", "art_1.1-2 sec_8 art_7.6",
			map[text.ProvisionKind]int{text.KindRecital: 5, text.KindArticle: 30, text.KindSection: 8, text.KindSignatures: 1},
		},
	} {
		all := readShared(t, shared(t, pattern)[0])
		if len(all) != 1 {
			continue
		}
		have, n := map[string]bool{}, map[text.ProvisionKind]int{}
		for _, p := range all[0].Provisions {
			have[p.EID] = true
			n[p.Kind]++
		}
		for _, id := range strings.Fields(want.eids) {
			if !have[id] {
				t.Errorf("%s: no %s", pattern, id)
			}
		}
		for _, id := range strings.Fields(want.not) {
			if have[id] {
				t.Errorf("%s: %s is there", pattern, id)
			}
		}
		for kind, k := range want.n {
			if n[kind] != k {
				t.Errorf("%s: %d of kind %s, want %d", pattern, n[kind], kind, k)
			}
		}
	}
}

// BenchmarkTOTA reads and segments the whole collection, 313 agreements, on one core.
func BenchmarkTOTA(b *testing.B) {
	var files [][]byte
	size := 0
	for _, f := range shared(b, "tota/*.xml") {
		c, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, c)
		size += len(c)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range files {
			if _, err := text.Read("a.xml", c); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func TestSharedOpenTreaties(t *testing.T) {
	for _, f := range shared(t, "open-treaties/*.json") {
		all := readShared(t, f)
		if len(all) != 2 || all[0].Language != "en" || all[1].Language != "zh" {
			t.Errorf("%s: not one reading in English and one in Chinese", f)
		}
	}
}

func TestSharedMultilateral(t *testing.T) {
	for _, f := range shared(t, "multilateral/*.txt") {
		readShared(t, f)
	}
}
