package page

import (
	"context"
	"fmt"
	"strings"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/redaction"
)

// Search looks for the secrets in a PDF that was written: in its bytes, what its pages say, and what it says about itself. empty is as SearchPDF wants it. Where ocr is not nil the images
// are read too, as a person would.
func Search(ctx context.Context, in Pages, b, empty []byte, s *redaction.Secrets, d *redaction.Redacted, ocr extract.Recognizer) ([]redaction.Leak, error) {
	out, err := s.SearchPDF(b, empty)
	if err != nil {
		return nil, err
	}
	for n, pages := 1, 1; n <= pages; n++ {
		dpi := 0
		if ocr != nil {
			dpi = 300
		}
		sh, err := in.Sheet(ctx, b, n, dpi)
		if err != nil {
			return nil, fmt.Errorf("what was written cannot be read: %w", err)
		}
		pages = sh.Pages
		if n == 1 {
			for _, m := range sh.Meta {
				out = append(out, s.Search("metadata, "+m.Name, m.Value)...)
			}
		}
		var words []string
		for _, w := range sh.Words {
			words = append(words, w.Text)
		}
		out = append(out, s.Search(fmt.Sprintf("page %d", n), strings.Join(words, " "))...)
		if ocr == nil || len(words) == 0 || n == pages {
			continue
		}
		img, err := ocr.Recognize(ctx, "", &extract.Scan{PNG: sh.PNG, Width: sh.Width, Height: sh.Height}, d.Language)
		if err != nil {
			return nil, fmt.Errorf("the image of page %d cannot be read: %w", n, err)
		}
		out = append(out, s.Search(fmt.Sprintf("image of page %d", n), img.String())...)
	}
	return out, nil
}
