package summary

import (
	"strings"
	"testing"
)

// Words that lack a language, a code or a field are refused, with their place.
func TestWordsRefuse(t *testing.T) {
	if _, err := readWords(wordsYAML); err != nil {
		t.Fatal(err)
	}
	for change, want := range map[[2]string]string{
		{"  found: [Trouvé, Encontrado, Encontrado]", "  found: [Trouvé, Encontrado]"}: "codes: text_status: found",
		{"    loan: [Prêt, Préstamo, Empréstimo]\n", ""}:                               "codes: money_kind: loan",
		{"  lead_body: [", "  lead_bodies: ["}:                                         "fields: lead_body",
		{"  sources: [Sources, Sources, Fuentes, Fontes]", "  sources: [Sources]"}:     "phrases: sources",
		{"    label: [Finance, Financement, Financiación, Financiamento]\n", ""}:       "parts: finance: label",
		{"kinds: #", "sorts: #"}: "sorts",
	} {
		b := strings.Replace(string(wordsYAML), change[0], change[1], 1)
		if b == string(wordsYAML) {
			t.Fatalf("%q is not there", change[0])
		}
		if _, err := readWords([]byte(b)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", change[1], err, want)
		}
	}
}
