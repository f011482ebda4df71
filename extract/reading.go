package extract

import "context"

// Reader reads files of any format, and draws pages of a PDF.
type Reader interface {
	// Read is as the function Read. Where the reader can recognise words in images it does so for pages without words.
	Read(ctx context.Context, name string, b []byte, opt Options) ([]*Part, error)

	// PageImage draws a page of a PDF (from 1) as PNG, widthPx wide.
	PageImage(ctx context.Context, b []byte, page, widthPx int) ([]byte, error)

	// Sheet is as [PageSheet].
	Sheet(ctx context.Context, b []byte, page, dpi int) (*Sheet, error)
}

// InProcess reads in the process that asks: for tests, and for files that are trusted.
type InProcess struct{ OCR Recognizer }

// Read implements [Reader].
func (p InProcess) Read(ctx context.Context, name string, b []byte, opt Options) ([]*Part, error) {
	return recognize(ctx, direct{}, p.OCR, name, b, opt)
}

// PageImage implements [Reader].
func (p InProcess) PageImage(ctx context.Context, b []byte, page, widthPx int) ([]byte, error) {
	return PageImage(ctx, b, page, widthPx)
}

// Sheet implements [Reader].
func (p InProcess) Sheet(ctx context.Context, b []byte, page, dpi int) (*Sheet, error) {
	return PageSheet(ctx, b, page, dpi)
}

// direct is what recognising builds on: reading without it, and images for it.
type direct struct{}

func (direct) read(ctx context.Context, name string, b []byte, opt Options) ([]*Part, error) {
	return Read(ctx, name, b, opt)
}

func (direct) scan(ctx context.Context, b []byte, page int) (*Scan, error) {
	return ScanPage(ctx, b, page)
}
