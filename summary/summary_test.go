package summary_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/pdf"
	"github.com/openassay/assay/paper/plain"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
	"github.com/openassay/assay/summary"
)

func seedView(t testing.TB) *registry.View {
	t.Helper()
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	return registry.Compile(es, registry.Reader(), "")
}

// Every instrument of the seed has a summary with all parts; every line of it has a source that the sheet lists, and what is not recorded says so.
func TestEveryInstrument(t *testing.T) {
	v := seedView(t)
	n := 0
	empty, err := summary.Empty("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range v.OfKind(registry.KindInstrument) {
		s, err := summary.Of(v, r, "2026-11-30", "en")
		if err != nil {
			t.Fatal(r.ID, err)
		}
		if len(s.Parts) != len(empty.Parts) {
			t.Errorf("%s: %d parts", r.ID, len(s.Parts))
		}
		for _, p := range s.Parts {
			if (p.State == summary.NotRecorded) != !slices.ContainsFunc(p.Lines, func(l summary.Line) bool { return l.State == summary.Stated || l.State == summary.Kept }) {
				t.Errorf("%s: %s is %s with %d lines", r.ID, p.Code, p.State, len(p.Lines))
			}
			for _, l := range p.Lines {
				n++
				if len(l.Sources) == 0 || l.Text == "" || l.Label == "" {
					t.Errorf("%s: %s: %+v", r.ID, p.Code, l)
				}
				for _, k := range l.Sources {
					if k < 1 || k > len(s.Sources) || s.Sources[k-1].Number != k {
						t.Errorf("%s: source %d of %d", r.ID, k, len(s.Sources))
					}
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("%d lines in all", n)
	}
}

// The paper of a sheet is the same bytes each time, in every form, and the empty form asks for each part.
func TestPaper(t *testing.T) {
	v := seedView(t)
	s, err := summary.Of(v, v.Record("ins_us-drc-spa-2025"), "2026-11-30", "en")
	if err != nil {
		t.Fatal(err)
	}
	empty, err := summary.Empty("en")
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]*summary.Sheet{"filled": s, "empty": empty} {
		var b bytes.Buffer
		d, err := x.Paper()
		if err != nil {
			t.Fatal(err)
		}
		if err := plain.Write(&b, d); err != nil {
			t.Fatal(err)
		}
		for _, p := range x.Parts {
			if !strings.Contains(b.String(), p.Label) {
				t.Errorf("%s: %q is missing", name, p.Label)
			}
		}
		for range 2 {
			var d1, d2, p1, p2 bytes.Buffer
			for _, err := range []error{docx.Write(&d1, d), docx.Write(&d2, d), pdf.Write(&p1, d), pdf.Write(&p2, d)} {
				if err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(d1.Bytes(), d2.Bytes()) || !bytes.Equal(p1.Bytes(), p2.Bytes()) {
				t.Errorf("%s: other bytes the second time", name)
			}
		}
	}
}

// The schema names the fields that the JSON of a sheet has, and no others.
func TestSchema(t *testing.T) {
	v := seedView(t)
	s, err := summary.Of(v, v.Record("ins_us-drc-spa-2025"), "2026-11-30", "en")
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(s)
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	raw, _ = json.Marshal(summary.Schema())
	var schema map[string]any
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	fits(t, "", got, schema)
}

// fits holds a value against the parts of JSON Schema that the sheet's schema uses.
func fits(t *testing.T, at string, v any, schema map[string]any) {
	t.Helper()
	if enum, ok := schema["enum"].([]any); ok && !slices.Contains(enum, v) {
		t.Errorf("%s: %v is none of %v", at, v, enum)
	}
	switch x := v.(type) {
	case map[string]any:
		p, _ := schema["properties"].(map[string]any)
		for k, y := range x {
			sub, ok := p[k].(map[string]any)
			if !ok {
				t.Errorf("%s: the schema knows no %q", at, k)
				continue
			}
			fits(t, at+"/"+k, y, sub)
		}
		for _, k := range schema["required"].([]any) {
			if _, ok := x[k.(string)]; !ok {
				t.Errorf("%s: %q is missing", at, k)
			}
		}
	case []any:
		for _, y := range x {
			fits(t, at+"[]", y, schema["items"].(map[string]any))
		}
	}
}

// In each language a sheet has the same parts, lines and sources, and no label or code of another; the form is asked in it too.
func TestLanguages(t *testing.T) {
	v := seedView(t)
	r := v.Record("ins_us-drc-spa-2025")
	en, err := summary.Of(v, r, "2026-11-30", "en")
	if err != nil {
		t.Fatal(err)
	}
	for lang, says := range map[string][]string{"fr": {"Parties", "nature juridique", "Signé", "Fiche de synthèse normalisée", "Texte final", "Non renseigné"}, "es": {"Partes", "naturaleza jurídica", "Firmado", "Resumen normalizado", "Texto final", "No consta"},
		"pt": {"Partes", "natureza jurídica", "Assinado", "Resumo normalizado", "Texto final", "Não consta"}} {
		s, err := summary.Of(v, r, "2026-11-30", lang)
		if err != nil {
			t.Fatal(err)
		}
		empty, err := summary.Empty(lang)
		if err != nil {
			t.Fatal(err)
		}
		if s.Lang != lang || len(s.Sources) != len(en.Sources) {
			t.Errorf("%s: %s, %d sources", lang, s.Lang, len(s.Sources))
		}
		for i, p := range s.Parts {
			if p.Code != en.Parts[i].Code || p.State != en.Parts[i].State || len(p.Lines) != len(en.Parts[i].Lines) || p.Asks == en.Parts[i].Asks || empty.Parts[i].Asks != p.Asks {
				t.Errorf("%s: %s differs: %d lines, %d in English", lang, p.Code, len(p.Lines), len(en.Parts[i].Lines))
			}
		}
		d, err := s.Paper()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := plain.Write(&b, d); err != nil {
			t.Fatal(err)
		}
		for _, x := range says {
			if !strings.Contains(b.String(), x) {
				t.Errorf("%s does not say %q:\n%.2000s", lang, x, b.String())
			}
		}
		for _, x := range []string{"Legal nature", "Final text", "Not recorded", "Lead body", "Area of cooperation"} {
			if strings.Contains(b.String(), x) {
				t.Errorf("%s says %q", lang, x)
			}
		}
	}
	other, err := summary.Of(v, r, "2026-11-30", "de")
	if err != nil || other.Lang != "en" {
		t.Errorf("a language without words: %v, %v", other.Lang, err)
	}
}
