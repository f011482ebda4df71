package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/openassay/assay/extract/layout"
	"github.com/openassay/assay/extract/pdf"
	"github.com/openassay/assay/text"
)

// Image is what was recognised in the image of a page: its words, placed in points of the page.
type Image struct{ Words []layout.Word }

// readPDF reads the text layer of a PDF, and for pages without one the words that were recognised in their images.
func readPDF(r *reader, p *Part, b []byte) error {
	d, err := pdf.Open(r.ctx, b)
	if err != nil {
		return pdfError(err)
	}
	defer d.Close()
	if d.Pages > pdf.MaxPages {
		return &text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("%d pages; at most %d are read", d.Pages, pdf.MaxPages), Hint: "split it"}
	}
	var pages []layout.Page
	letters, chars := 0, 0
	for i := range d.Pages {
		pg := d.Page(i)
		if err := d.Err(); err != nil {
			return pdfError(err)
		}
		if !usable(&pg) {
			if img, ok := r.opt.Words[pg.Number]; ok {
				pg.Words, pg.OCR = img.Words, true
			} else if pg.Objects > 0 || pg.Broken {
				p.Scans = append(p.Scans, pg.Number)
			}
		}
		letters += pg.Letters()
		if chars += pg.Letters(); chars > text.MaxBytes {
			return &text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("more than %d bytes of text", text.MaxBytes), Hint: "split it"}
		}
		pages = append(pages, pg)
	}
	if letters == 0 {
		if len(p.Scans) == 0 {
			return &text.Error{Code: text.CodeUnreadable, Message: "its pages are empty", Hint: "get the document from where it was published"}
		}
		p.Verdict = Verdict{VerdictKept, fmt.Sprintf("its %d pages are images without words", d.Pages), scanHint}
		return nil
	}
	res := layout.Build(pages)
	src := &text.Source{Format: "pdf", Title: documentTitle(d.Meta("Title")), Blocks: res.Blocks, Pages: res.Pages, Notes: res.Notes, Gaps: res.Gaps, Warnings: res.Warnings}
	for i := range pages {
		if n := pages[i].Cut; n > 0 {
			src.Gaps = append(src.Gaps, text.Gap{Code: text.GapLeftOut, Page: pages[i].Number, Value: fmt.Sprintf("%d words beside the part of the page that is shown", n)})
		}
	}
	for _, n := range p.Scans {
		src.Gaps = append(src.Gaps, text.Gap{Code: text.GapNoText, Page: n})
	}
	rd, err := text.FromSource(p.Path, src)
	if err != nil {
		return err
	}
	rd.Extractor = Version
	p.accept(rd)
	return nil
}

const scanHint = "install tesseract (Debian: tesseract-ocr and tesseract-ocr-eng, -fra, -spa, …) and read it again, or give the text beside it"

// usable says whether a page has words that can be taken from its text layer.
func usable(pg *layout.Page) bool {
	good, bad := 0, 0
	for i := range pg.Words {
		for _, c := range pg.Words[i].Text {
			if c == 0xfffd || c >= 0xe000 && c <= 0xf8ff || c < 0x20 {
				bad++
			} else {
				good++
			}
		}
	}
	return good >= 12 && bad*4 < good
}

func pdfError(err error) error {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &text.Error{Code: text.CodeUnreadable, Message: "it takes longer to read than a document may", Hint: "print it to a new PDF, or split it"}
	case errors.Is(err, pdf.ErrPassword):
		return &text.Error{Code: text.CodeUnreadable, Message: err.Error(), Hint: "open it with the password and save it without one"}
	case errors.Is(err, pdf.ErrMemory):
		return &text.Error{Code: text.CodeUnsupported, Message: err.Error(), Hint: "print it to a new PDF, or split it"}
	case errors.Is(err, pdf.ErrDamaged):
		return &text.Error{Code: text.CodeInvalid, Message: err.Error(), Hint: "get the whole file again"}
	}
	return err
}

// documentTitle is the title of a document's own information where it is one, and not the name of the file it was made from.
func documentTitle(s string) string {
	s = strings.TrimSpace(s)
	low := strings.ToLower(s)
	for _, bad := range []string{"microsoft word", "untitled", ".doc", ".pdf", ".indd", ".qxd", "powerpoint"} {
		if strings.Contains(low, bad) {
			return ""
		}
	}
	if len(s) < 8 || !strings.Contains(s, " ") {
		return ""
	}
	return s
}

// PageImage draws a page of a PDF (from 1) as PNG, widthPx wide. It runs in this process: for files that came from elsewhere prefer
// [Worker.PageImage].
func PageImage(ctx context.Context, b []byte, page, widthPx int) ([]byte, error) {
	d, err := pdf.Open(ctx, b)
	if err != nil {
		return nil, pdfError(err)
	}
	defer d.Close()
	if page < 1 || page > d.Pages {
		return nil, &text.Error{Code: text.CodeInvalid, Message: fmt.Sprintf("there is no page %d; the document has %d", page, d.Pages)}
	}
	png, err := d.Image(page-1, widthPx, false)
	if err != nil {
		return nil, pdfError(err)
	}
	return png, nil
}

// String gives the words in a row, to recognise their language.
func (i Image) String() string {
	var b strings.Builder
	for _, w := range i.Words {
		b.WriteString(w.Text)
		b.WriteByte(' ')
	}
	return b.String()
}

// hashOf names a document by its bytes.
func hashOf(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
