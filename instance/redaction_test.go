package instance_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// What the public sees of a registry is searched for withheld passages: its partition, exports, texts and index.
func TestLeaks(t *testing.T) {
	in, err := instance.Embedded(t.Context(), instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	p, err := in.Projection(t.Context(), registry.Reader())
	if err != nil {
		t.Fatal(err)
	}
	title, line := "", "" // words that are public: the title of a record, a line of a text
	for _, r := range p.View("").OfKind(registry.KindInstrument) {
		if len(strings.Fields(r.Title())) > 5 {
			title = r.Title()
		}
	}
	for _, r := range p.View("").OfKind(registry.KindDocument) {
		if rd, err := p.Reading(r.ID); err == nil && rd != nil {
			for _, l := range strings.Split(rd.Text, "\n") {
				if n := len(strings.Fields(l)); n > 8 && n < 30 && strings.HasPrefix(l, "The ") {
					line = l
				}
			}
		}
	}
	for secret, want := range map[string]string{title: "public partition|public export, claims.jsonl|public export, records.csv|public search index", line: "public text|public search index", "Quellmark pays the ninth part of Immerfold": ""} {
		rd, err := text.Read("a.txt", []byte("Sample\n\nIt is said here that "+secret+" is so.\n"))
		if err != nil {
			t.Fatal(err)
		}
		spans, err := redaction.Resolve(rd, []redaction.Passage{{Quote: secret, Ground: "security"}})
		if err != nil {
			t.Fatal(err)
		}
		leaks, err := in.Leaks(t.Context(), redaction.SecretsOf(rd, spans, redaction.Make(rd, spans)))
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, l := range leaks {
			all = append(all, l.Where)
		}
		got := strings.Join(all, "|")
		if want == "" && got != "" {
			t.Errorf("%q: %s", secret, got)
		}
		for _, w := range strings.Split(want, "|") {
			if !strings.Contains(got, w) {
				t.Errorf("%q: no %q in %s", secret, w, got)
			}
		}
	}
}
