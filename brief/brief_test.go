package brief_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/brief"
	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

// texts gives the analyses of the seed.
type texts struct{ view *registry.View }

var analyses = sync.OnceValue(func() map[string][]byte {
	out := map[string][]byte{}
	all, err := seed.Analyses()
	if err != nil {
		panic(err)
	}
	for _, b := range all {
		out[blob.Hash(b)] = b
	}
	return out
})

func (t texts) Analysis(id registry.RecordID) (*assay.Analysis, error) {
	b := analyses()[t.view.Record(id).String("analysis")]
	if b == nil {
		return nil, nil
	}
	a := new(assay.Analysis)
	return a, json.Unmarshal(b, a)
}

type made struct {
	view *registry.View
	set  *findings.Set
}

var embedded = sync.OnceValue(func() made {
	es, err := seed.Entries()
	if err != nil {
		panic(err)
	}
	v := registry.Compile(es, registry.Reader(), "")
	s, err := findings.Compute(v, texts{v}, findings.Scope{})
	if err != nil {
		panic(err)
	}
	return made{v, s}
})

func (m made) brief(t testing.TB, o brief.Options) *brief.Brief {
	t.Helper()
	b, err := brief.Make(m.view, m.set, o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func written(t testing.TB, b *brief.Brief, format string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out, format); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Every number of a brief is that of the findings, and resolves to records, claims and places in texts that are there; every citation to a source
// or a provision; and every citation that the text names is listed.
func TestEverythingResolves(t *testing.T) {
	m := embedded()
	for _, lang := range findings.Languages {
		for _, kind := range brief.Kinds {
			if kind == brief.Full && (lang == "es" || lang == "pt") {
				continue // the same code with other words; the notes and the other tests have these
			}
			b := m.brief(t, brief.Options{Lang: lang, Kind: kind})
			listed := map[int]bool{}
			for n, c := range b.Citations {
				if c.Number != n+1 {
					t.Errorf("citation %d has the number %d", n+1, c.Number)
				}
				listed[c.Number] = true
				switch {
				case c.Source != "":
					if m.view.Sources[c.Source] == nil {
						t.Errorf("citation %d: no source %s", c.Number, c.Source)
					}
				default:
					a, err := texts{m.view}.Analysis(c.Document)
					if err != nil || a == nil {
						t.Fatalf("citation %d: no text %s", c.Number, c.Document)
					}
					found := false
					for _, p := range a.Provisions {
						found = found || p.EID == c.EID
					}
					if !found {
						t.Errorf("citation %d: %s has no %s", c.Number, c.Document, c.EID)
					}
				}
			}
			said := map[int]bool{}
			for _, s := range b.Statements {
				i := m.set.Finding(s.Finding).Indicator(s.Indicator)
				want := i.Count
				if s.Part != "" {
					want = i.Part(s.Part).Count
				}
				if s.Count != want || s.Count > 0 && (len(s.Records) == 0 || len(s.Claims) == 0) {
					t.Errorf("%s %s %q: %d, the findings say %d; %d records, %d claims", lang, kind, s.Text, s.Count, want, len(s.Records), len(s.Claims))
				}
				for _, id := range s.Records {
					if r := m.view.Record(id); r == nil || r.Sample() {
						t.Errorf("%q rests on %s", s.Text, id)
					}
				}
				for _, id := range s.Claims {
					if m.view.Entries[id] == nil {
						t.Errorf("%q rests on a claim that is not there", s.Text)
					}
				}
				for _, n := range s.Cites {
					said[n] = true
					if !listed[n] {
						t.Errorf("%q cites %d, which is not listed", s.Text, n)
					}
				}
			}
			if len(b.Statements) < 7 || len(said) == 0 {
				t.Errorf("%s %s: %d statements", lang, kind, len(b.Statements))
			}
			inText(t, b.Document, listed)
		}
	}
}

// inText checks the links to citations in a document, and that no word is missing.
func inText(t *testing.T, d *paper.Document, listed map[int]bool) {
	t.Helper()
	var all []paper.Run
	for _, x := range d.Blocks {
		paper.Each(x, func(runs []paper.Run) { all = append(all, runs...) })
	}
	for _, r := range all {
		if strings.Contains(r.Text, "⟦") || strings.Contains(r.Text, "{") {
			t.Errorf("a phrase is not there: %q", r.Text)
		}
		if n, ok := strings.CutPrefix(r.Link, "#c"); ok {
			if k, err := strconv.Atoi(n); err != nil || !listed[k] {
				t.Errorf("a link leads to %q", r.Link)
			}
		}
	}
}

// The same input gives the same bytes in every format, and in far less than ten seconds.
func TestSameBytes(t *testing.T) {
	m := embedded()
	for _, format := range brief.Formats {
		start := time.Now()
		one := written(t, m.brief(t, brief.Options{Lang: "es"}), format)
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s took %v", format, d)
		}
		for range 2 {
			if !bytes.Equal(one, written(t, m.brief(t, brief.Options{Lang: "es"}), format)) {
				t.Fatalf("%s: other bytes the second time", format)
			}
		}
	}
}

// A note has one page, in every language, of everything and of one country.
func TestNotesHaveOnePage(t *testing.T) {
	info := need.Program(t, "pdfinfo")
	m := embedded()
	for _, party := range []string{"", "ZMB", "USA"} {
		scope, err := findings.ParseScope(m.view, party, "", "", "", "")
		if err != nil {
			t.Fatal(err)
		}
		s, err := findings.Compute(m.view, texts{m.view}, scope)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range findings.Languages {
			for _, kind := range []string{brief.Minister, brief.Committee} {
				file := filepath.Join(t.TempDir(), "note.pdf")
				if err := os.WriteFile(file, written(t, made{m.view, s}.brief(t, brief.Options{Lang: lang, Kind: kind}), "pdf"), 0o644); err != nil {
					t.Fatal(err)
				}
				out, err := exec.Command(info, file).Output()
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(string(out), "Pages:           1\n") {
					t.Errorf("%s %s %s:\n%s", lang, kind, party, out)
				}
			}
		}
	}
}

// A reader's program opens the DOCX and finds the words in it.
func TestOpensInLibreOffice(t *testing.T) {
	office := need.Program(t, "soffice", "libreoffice")
	dir := t.TempDir()
	b := embedded().brief(t, brief.Options{Lang: "pt", Findings: []string{"bundling"}})
	if err := os.WriteFile(filepath.Join(dir, "b.docx"), written(t, b, "docx"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "txt:Text", "--outdir", dir, filepath.Join(dir, "b.docx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(dir, "b.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Ligação com financiamento e infraestrutura", "Lobito", "Método e limites", "Fontes e disposições"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("LibreOffice does not find %q", want)
		}
	}
}

func TestScopesAndRefusals(t *testing.T) {
	m := embedded()
	for _, o := range []brief.Options{{Kind: "novel"}, {Findings: []string{"luck"}}} {
		if _, err := brief.Make(m.view, m.set, o); registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if b := m.brief(t, brief.Options{Lang: "ja"}); b.Lang != "en" {
		t.Errorf("a brief in Japanese is in %s", b.Lang)
	}
	for _, name := range []string{"", "x", "x.odt", ".pdf.exe", strings.Repeat("x", 1000)} {
		if _, err := brief.FormatOf(name); err == nil || len(err.Error()) > 300 {
			t.Errorf("%.20q: %v", name, err)
		}
	}
	for name, entries := range map[string][]registry.Entry{"empty": nil} {
		v := registry.Compile(entries, registry.Reader(), "")
		s, err := findings.Compute(v, findings.NoTexts{}, findings.Scope{})
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range brief.Kinds {
			for _, format := range brief.Formats {
				if b := written(t, made{v, s}.brief(t, brief.Options{Kind: kind}), format); len(b) == 0 {
					t.Errorf("%s %s %s is empty", name, kind, format)
				}
			}
		}
	}
}
