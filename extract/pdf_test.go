package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/sample"
)

// readPDF is the canonical text of a PDF.
func readPDF(t *testing.T, b []byte) string {
	t.Helper()
	parts, err := extract.InProcess{}.Read(t.Context(), "x.pdf", b, extract.Options{})
	if err != nil || len(parts) != 1 || !parts[0].Verdict.OK() {
		t.Fatalf("%v %+v", err, parts)
	}
	return parts[0].Readings[0].Text
}

// A blank that the file draws by moving on, and not by a character, is seen also where kerning makes it narrow; letters that are
// kerned within a word are not taken apart.
func TestBlanksOfAPDF(t *testing.T) {
	for moved, want := range map[int]string{120: "the ore of Sylvania", 40: "the ore ofSylvania"} {
		b := sample.RawPDF("", fmt.Sprintf("BT /F1 11 Tf 60 700 Td [(Freedonia refines the ore of)%d(Sylvania at Port Town.)] TJ ET", -moved))
		if got := readPDF(t, b); !strings.Contains(got, want) {
			t.Errorf("moved by %d: %s", moved, got)
		}
	}
}
