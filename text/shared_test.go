package text_test

import (
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/openassay/assay/text"
)

// shared gives the files of a folder of the shared data, or skips.
func shared(tb testing.TB, pattern string) []string {
	tb.Helper()
	root := os.Getenv("ASSAY_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	files, _ := filepath.Glob(filepath.Join(root, "texts", pattern))
	if len(files) == 0 {
		tb.Skipf("SKIPPED: no shared data at %s; set ASSAY_SHARED to the folder that holds texts/", root)
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

func TestSharedTOTA(t *testing.T) {
	for _, f := range shared(t, "tota/*.xml") {
		readShared(t, f)
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
