package extract

import (
	"context"
	"fmt"

	"github.com/openassay/assay/extract/pdf"
	"github.com/openassay/assay/text"
)

// Recognizer recognises words in the image of a page; package ocr has one.
type Recognizer interface {
	// Recognize gives the words of a page, placed in its points. key names the page by its content, for a cache.
	Recognize(ctx context.Context, key string, s *Scan, language string) (Image, error)

	// Missing says what would have to be installed; "" where nothing is missing.
	Missing() string
}

// Scan is the image of a page, for recognition.
type Scan struct {
	PNG    []byte // grey
	Width  float64
	Height float64 // of the page, in points
}

// scanDPI is how finely pages are drawn for recognition.
const scanDPI = 300

// maxScans is the most pages of a document whose images are read: at ten seconds each, an hour.
const maxScans = 400

// ScanPage draws a page of a PDF (from 1) for recognition.
func ScanPage(ctx context.Context, b []byte, page int) (*Scan, error) {
	d, err := pdf.Open(ctx, b)
	if err != nil {
		return nil, pdfError(err)
	}
	defer d.Close()
	w, h := d.Size(page - 1)
	png, err := d.Image(page-1, int(w/72*scanDPI), true)
	if err != nil {
		return nil, pdfError(err)
	}
	return &Scan{PNG: png, Width: w, Height: h}, nil
}

// base reads without recognition, and draws pages for it.
type base interface {
	read(ctx context.Context, name string, b []byte, opt Options) ([]*Part, error)
	scan(ctx context.Context, b []byte, page int) (*Scan, error)
}

// recognize reads a file, and where pages of it have no words, once more with what was recognised in their images.
func recognize(ctx context.Context, in base, ocr Recognizer, name string, b []byte, opt Options) ([]*Part, error) {
	parts, err := in.read(ctx, name, b, opt)
	if err != nil {
		return nil, err
	}
	for i, p := range parts {
		if len(p.Scans) == 0 {
			continue
		}
		if ocr == nil || ocr.Missing() != "" {
			if ocr != nil && p.Verdict.Code == VerdictKept {
				p.Verdict.Hint = ocr.Missing()
			}
			continue
		}
		whole := b
		if p.Bytes != nil {
			whole = p.Bytes
		}
		words, failed, err := recognizePages(ctx, in, ocr, whole, p, opt.Language)
		if err != nil {
			return nil, err
		}
		if len(words) == 0 {
			if p.Verdict.Code == VerdictKept && failed != nil {
				p.Verdict.Reason += "; reading the images failed: " + failed.Error()
			}
			continue
		}
		again := opt
		again.Words = words
		more, err := in.read(ctx, name, whole, again)
		if err != nil {
			return nil, err
		}
		if len(more) == 1 && more[0].Verdict.OK() {
			more[0].Path, more[0].Bytes = p.Path, p.Bytes
			parts[i] = more[0]
		}
	}
	return parts, nil
}

// recognizePages reads the images of a document's pages. One that fails is left out; failed is why the last one did.
func recognizePages(ctx context.Context, in base, ocr Recognizer, b []byte, p *Part, language string) (words map[int]Image, failed, err error) {
	words = map[int]Image{}
	if language == "" && len(p.Readings) > 0 && p.Readings[0].Language != "und" {
		language = p.Readings[0].Language
	}
	for n, page := range p.Scans {
		if n == maxScans {
			return words, fmt.Errorf("only the first %d were read", maxScans), nil
		}
		s, err := in.scan(ctx, b, page)
		if err != nil {
			failed = err
		} else if img, err := ocr.Recognize(ctx, fmt.Sprintf("%s-%d", hashOf(b), page), s, language); err != nil {
			failed = err
		} else {
			words[page] = img
			if language == "" {
				if l := text.Language(img.String()); l != "und" {
					language = l
				}
			}
		}
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
	}
	return words, failed, nil
}
