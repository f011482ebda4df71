package ocr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/ocr"
	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/internal/need"
)

// fourColumns is a page of a gazette with a head over four narrow columns, and its words in the order of reading.
func fourColumns() (pdf []byte, want []string) {
	who := []string{"Sylvania", "Freedonia", "the Ministry of Mines", "the Survey", "the Salt Board", "Port Town", "the parliament", "the Treasury"}
	does := []string{"publishes", "refuses", "sells", "inspects", "reports", "closes", "opens", "lends"}
	what := []string{"the brine works", "all nickel ore", "each licence of the year", "the cobalt store", "a railway of the north", "its lithium price", "the royalty of the state"}
	ls := []sample.Line{{X: 190, Y: 790, Size: 16, Words: "GAZETTE OF SYLVANIA"}}
	want = strings.Fields("GAZETTE OF SYLVANIA")
	n := 0
	for c := range 4 {
		var words []string
		for len(words) < 100 {
			n++
			words = append(words, strings.Fields(fmt.Sprintf("%d %s %s %s.", n, who[n*5%len(who)], does[n*3%len(does)], what[n*2%len(what)]))...)
		}
		y, line := 760.0, ""
		for _, w := range words {
			if len(line)+len(w) > 27 {
				ls = append(ls, sample.Line{X: 40 + 122*float64(c), Y: y, Size: 8, Words: line})
				y, line = y-10, ""
			}
			line = strings.TrimSpace(line + " " + w)
		}
		want = append(want, words...)
		ls = append(ls, sample.Line{X: 40 + 122*float64(c), Y: y, Size: 8, Words: line})
	}
	return sample.PDF(ls), want
}

// inOrder is the share of words that come in the same order in both.
func inOrder(a, b []string) float64 {
	row, prev := make([]int, len(b)+1), make([]int, len(b)+1)
	for _, x := range a {
		for j, y := range b {
			if x == y {
				row[j+1] = prev[j] + 1
			} else {
				row[j+1] = max(row[j], prev[j+1])
			}
		}
		row, prev = prev, row
	}
	return float64(2*prev[len(b)]) / float64(len(a)+len(b))
}

func TestColumnsOfAScan(t *testing.T) {
	need.Program(t, "tesseract")
	pdf, want := fourColumns()
	parts, err := extract.InProcess{OCR: ocr.New("")}.Read(t.Context(), "scan.pdf", scanOf(t, pdf, 1650), extract.Options{Language: "en"})
	if err != nil || !parts[0].Verdict.OK() {
		t.Fatalf("%v %+v", err, parts[0].Verdict)
	}
	got := inOrder(strings.Fields(parts[0].Readings[0].Text), want)
	if got < 0.99 {
		t.Errorf("%.3f of the words in order\n%s", got, parts[0].Readings[0].Text)
	}
}
