package extract

import (
	"context"
	"fmt"

	"github.com/openassay/assay/extract/layout"
	"github.com/openassay/assay/extract/pdf"
	"github.com/openassay/assay/text"
)

// Sheet is a page of a PDF: its words with the places where they are drawn, and its image without what was put onto it later (remarks, stamps, filled forms).
type Sheet struct {
	layout.Page        // places in points
	Pages       int    // of the document
	PNG         []byte // grey; nil where none was asked for
	Meta        []text.Meta
}

// PageSheet gives a page of a PDF (from 1), with an image where dpi is not 0. It runs in this process: for files that came from elsewhere prefer [Worker.Sheet].
func PageSheet(ctx context.Context, b []byte, page, dpi int) (*Sheet, error) {
	d, err := pdf.Open(ctx, b)
	if err != nil {
		return nil, pdfError(err)
	}
	defer d.Close()
	if page < 1 || page > d.Pages {
		return nil, &text.Error{Code: text.CodeInvalid, Message: fmt.Sprintf("there is no page %d; the document has %d", page, d.Pages)}
	}
	s := &Sheet{Page: d.Page(page - 1), Pages: d.Pages}
	s.Broken = s.Broken || s.Unplaced
	for _, name := range []string{"Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate"} {
		if v := d.Meta(name); v != "" {
			s.Meta = append(s.Meta, text.Meta{Name: name, Value: v})
		}
	}
	if dpi > 0 && !s.Broken {
		w, _ := d.Size(page - 1)
		s.PNG, err = d.Bare(page-1, int(w/72*float64(dpi)))
	}
	if err == nil {
		err = d.Err()
	}
	if err != nil {
		return nil, pdfError(err)
	}
	return s, nil
}
