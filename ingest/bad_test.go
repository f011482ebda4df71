package ingest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/registry"
)

// bad are files that must be refused, with what the refusal must say: the place and the mend. Each lies beside a good file, which must enter.
var bad = []struct{ name, body, says, mend string }{
	{"empty.md", "", "the file is empty", "give a file with text"},
	{"blank.txt", " \n\n\t\n", "no text was found", ""},
	{"latin.md", strings.Repeat("word \x81\x8d ", 40), "line 1: not UTF-8: byte 0x81", "iconv"},
	{"nul.txt", "one\x00two", "a NUL byte at offset 3", "UTF-8"},
	{"scan.pdf", "%PDF-1.7 …", "damaged or cut off", "the whole file again"},
	{"deep.xml", "<?xml version=\"1.0\"?>" + strings.Repeat("<a>", 20000) + strings.Repeat("</a>", 20000), "", ""},
	{"bomb.xml", `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><treaty>&b;</treaty>`, "", ""},
	{"column.csv", "record,field,value,source,colour\nx,y,z,w,red\n", `line 1: unknown column "colour"`, "columns: record,field"},
	{"neither.csv", "a,b\n1,2\n", "line 1: the columns are neither", "record,field,key"},
	{"party.csv", "record,field,value,source\nins_us-drc-spa-2025,party,XQZ,src_thefollowup-1\n", "line 2: ins_us-drc-spa-2025 party: there is no record pty_XQZ", "alpha-3"},
	{"currency.csv", "record,field,key,value,source\nfin_x,amount,,USX 500 loan,src_thefollowup-1\n", `line 2: unknown currency "USX"`, "ISO 4217"},
	{"february.csv", "record,field,key,value,source\nins_us-drc-spa-2025,event,signed,2025-02-31,src_thefollowup-1\n", `line 2: "2025-02-31" is not a date: day 31 does not exist in 2025-02`, "EDTF"},
	{"source.csv", "record,field,value,source\nins_us-drc-spa-2025,alias,Pact,src_nobody-knows\n", "line 2: ins_us-drc-spa-2025 alias: there is no source src_nobody-knows", "sources"},
	{"blob.csv", "record,field,value,source\ndoc_x,reading," + strings.Repeat("0", 64) + ",src_thefollowup-1\n", "a row cannot bring in a text", "import the text itself"},
	{"quote.csv", "record,field,value,source\nins_us-drc-spa-2025,alias,\"open,src_thefollowup-1\n", "line 2", "quotes"},
}

func TestBadFilesAreNamedAndTheRestGoesOn(t *testing.T) {
	for _, b := range bad {
		t.Run(b.name, func(t *testing.T) {
			im := registryOf(t, "")
			dir := t.TempDir()
			write(t, dir, map[string]string{"a-good.md": memo, b.name: b.body, "z-good.md": strings.Replace(memo, "Peru", "Chile", 2)})
			r := do(t, im, dir)
			if r.Documents != 2 || len(r.Quarantined) != 1 {
				t.Fatalf("%d documents, quarantined %+v", r.Documents, r.Quarantined)
			}
			q := r.Quarantined[0]
			if q.Path != filepath.Join(dir, b.name) || !strings.Contains(q.Reason, b.says) || !strings.Contains(q.Hint, b.mend) || q.Reason == "" {
				t.Errorf("%+v\nmust say %q and hint %q", q, b.says, b.mend)
			}
		})
	}
}

func TestOddButReadable(t *testing.T) {
	im := registryOf(t, "")
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"rtl.md":      strings.Replace(memo, "exchange views", "exchange \u202eviews\u202c", 1),
		"oneline.txt": strings.Repeat("The Parties shall cooperate on copper. ", 200_000), // 8 MB
		"cp1252.md":   strings.Replace(memo, "exchange views", "exchange \x93views\x94", 1),
	})
	if r := do(t, im, dir); r.Documents != 3 || len(r.Quarantined) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestHugeFileIsNotRead(t *testing.T) {
	im := registryOf(t, "")
	p := filepath.Join(t.TempDir(), "huge.txt")
	write(t, filepath.Dir(p), map[string]string{"huge.txt": "x"})
	if err := os.Truncate(p, 200<<20); err != nil { // sparse: it takes no room
		t.Fatal(err)
	}
	r := do(t, im, p)
	if len(r.Quarantined) != 1 || !strings.Contains(r.Quarantined[0].Reason, "more than 64 MB") || !strings.Contains(r.Quarantined[0].Hint, "split it") {
		t.Errorf("%+v", r)
	}
}

func TestFileVanishes(t *testing.T) {
	im := registryOf(t, "")
	dir := t.TempDir()
	write(t, dir, map[string]string{"1.md": memo, "2.md": memo, "3.md": memo, "4.md": memo, "5.md": memo, "6.md": memo, "7.md": memo, "8.md": memo, "9.md": memo, "last.md": memo})
	im.Progress = func(ingest.Progress) { os.Remove(filepath.Join(dir, "last.md")) }
	r := do(t, im, dir)
	if len(r.Quarantined) != 1 || !strings.Contains(r.Quarantined[0].Path, "last.md") || !strings.Contains(r.Quarantined[0].Hint, "still there") {
		t.Errorf("%+v", r.Quarantined)
	}
}

func TestPathThatIsNotThere(t *testing.T) {
	im := registryOf(t, "")
	_, err := im.Import(t.Context(), filepath.Join(t.TempDir(), "nowhere"))
	if registry.CodeOf(err) != registry.NotFound || registry.HintOf(err) == "" {
		t.Errorf("%v", err)
	}
}

func TestLinksAndPipesAreNotFollowed(t *testing.T) {
	im := registryOf(t, "")
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.md": memo})
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	r := do(t, im, dir)
	if r.Documents != 1 || len(r.Quarantined) != 1 || !strings.Contains(r.Quarantined[0].Reason, "not a regular file") {
		t.Errorf("%+v", r)
	}
}
