package ocr_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/ocr"
	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/internal/need"
)

// scan is the first page of the sample memorandum as a scanner would give it.
func scan(t *testing.T) []byte { return scanOf(t, sample.Memorandum(), 1650) }

// scanOf is the first page of a PDF as a scanner would give it: an image and nothing else.
func scanOf(t *testing.T, pdf []byte, width int) []byte {
	t.Helper()
	b, err := extract.PageImage(t.Context(), pdf, 1, width)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	gray := image.NewGray(img.Bounds())
	for y := range h {
		for x := range w {
			gray.Set(x, y, img.At(x, y))
		}
	}
	var z bytes.Buffer
	zw := zlib.NewWriter(&z)
	zw.Write(gray.Pix)
	zw.Close()
	return sample.Objects("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>", "<< /Length 32 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q    \nendstream",
		fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", w, h, z.Len(), z.String()))
}

func TestScanWithoutTesseractIsKept(t *testing.T) {
	parts, err := extract.InProcess{OCR: &ocr.Tesseract{}}.Read(t.Context(), "scan.pdf", scan(t), extract.Options{})
	if err != nil || len(parts) != 1 {
		t.Fatal(err)
	}
	if v := parts[0].Verdict; v.Code != extract.VerdictKept || !strings.Contains(v.Hint, "install tesseract") || len(parts[0].Scans) != 1 {
		t.Errorf("%+v", v)
	}
}

func TestScanIsRead(t *testing.T) {
	need.Program(t, "tesseract")
	b, folder := scan(t), t.TempDir()
	r := ocr.New(folder)
	for _, when := range []string{"first", "from the folder"} {
		parts, err := extract.InProcess{OCR: r}.Read(t.Context(), "scan.pdf", b, extract.Options{Language: "en"})
		if err != nil || !parts[0].Verdict.OK() {
			t.Fatalf("%s: %v %+v", when, err, parts[0].Verdict)
		}
		rd := parts[0].Readings[0]
		for _, s := range []string{"Article 1", "shall refrain from any export restriction on lithium", "notified to the other Party"} {
			if !strings.Contains(rd.Text, s) {
				t.Errorf("%s: no %q in\n%s", when, s, rd.Text)
			}
		}
		if p := rd.Pages[0]; !p.OCR || p.Confidence < 0.7 || p.Confidence > 1 {
			t.Errorf("%s: %+v", when, p)
		}
		r.Program = "/nowhere" // the second time nothing is recognised anew
	}
}
