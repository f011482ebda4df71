package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/dejavu/dejavusanscondensed"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/layout"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/text"
)

// Pages draws the pages of a PDF: an [extract.Worker], or in tests [extract.InProcess].
type Pages interface {
	Sheet(ctx context.Context, b []byte, page, dpi int) (*extract.Sheet, error)
}

// dpi is how finely pages are drawn.
const dpi = 150

// maxPages bounds a document: each page is an image.
const maxPages = 1000

// Black is a page that is withheld as a whole.
type Black struct {
	Page int
	Why  string
}

// Report says what became of the pages.
type Report struct {
	Pages   int
	Black   []Black // in order
	LeftOut int     // words that the text layer does not hold, since a PDF of ours cannot write their signs
}

// Write writes the redacted PDF of a PDF. r is its reading, spans and d are as package redaction gives them. Errors: a page that cannot be drawn, a
// context that ended, what w returns.
func Write(ctx context.Context, w io.Writer, in Pages, original []byte, r *text.Reading, spans []redaction.Span, d *redaction.Redacted, s *redaction.Secrets) (*Report, error) {
	if r.Format != "pdf" || len(r.Pages) == 0 {
		return nil, fmt.Errorf("it is no PDF")
	}
	if len(r.Pages) > maxPages {
		return nil, fmt.Errorf("it has %d pages; at most %d are drawn", len(r.Pages), maxPages)
	}
	x := &writer{f: open(), d: d, report: &Report{Pages: len(r.Pages)}}
	for _, p := range r.Pages {
		if err := x.page(ctx, in, original, p, r, spans, s); err != nil {
			return nil, fmt.Errorf("page %d: %w", p.Number, err)
		}
	}
	x.list()
	if err := x.f.Error(); err != nil {
		return nil, fmt.Errorf("setting the PDF: %w", err)
	}
	return x.report, x.f.Output(w)
}

// Empty writes a PDF of ours without a text, as SearchPDF wants it.
func Empty(w io.Writer) error {
	x := &writer{f: open(), d: &redaction.Redacted{}, report: &Report{}}
	x.f.AddPageFormat("P", fpdf.SizeType{Wd: 595, Ht: 842})
	x.place(image.NewGray(image.Rect(0, 0, 8, 8)), 595, 842)
	x.list()
	return x.f.Output(w)
}

type writer struct {
	f      *fpdf.Fpdf
	d      *redaction.Redacted
	report *Report
	images int
}

const face = "sans"

func open() *fpdf.Fpdf {
	f := fpdf.New("P", "pt", "A4", "")
	f.AddUTF8FontFromBytes(face, "", dejavusanscondensed.TTF)
	f.SetCatalogSort(true)
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetProducer("Assay", true)
	f.SetCreator("Assay", true)
	day := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	f.SetCreationDate(day)
	f.SetModificationDate(day)
	return f
}

// page writes one page.
func (x *writer) page(ctx context.Context, in Pages, original []byte, p text.Page, r *text.Reading, spans []redaction.Span, s *redaction.Secrets) error {
	sh, err := in.Sheet(ctx, original, p.Number, dpi)
	if err != nil {
		return err
	}
	if sh.Width < 1 || sh.Height < 1 || math.Max(sh.Width, sh.Height) > 14_400 {
		sh.Width, sh.Height = 595, 842
		sh.Broken = true
	}
	number, why, err := placed(&sh.Page, r, spans, s)
	switch {
	case err != nil && !p.OCR:
		return err
	case sh.Broken:
		why = "it cannot be read"
	case p.OCR:
		why = "it is an image whose words were recognised by a program, which may have misread some"
	case sh.Unseen > 0:
		why = "words of its text are not those that it shows"
	}
	x.f.AddPageFormat("P", fpdf.SizeType{Wd: sh.Width, Ht: sh.Height})
	if why != "" {
		x.black(sh, p.Number, why)
		return nil
	}
	if len(sh.Words) == 0 {
		return nil // nothing would be taken over
	}
	bs := bars(&sh.Page, number)
	img, err := drawn(sh, number, bs)
	if errors.Is(err, errNotThere) {
		x.black(sh, p.Number, err.Error())
		return nil
	}
	if err != nil {
		return err
	}
	x.place(img, sh.Width, sh.Height)
	x.marks(bs)
	x.layer(sh, number, bs)
	return nil
}

// drawn is the image of a page: the places of the words that are kept, and bars over the others.
func drawn(sh *extract.Sheet, number []int, bs []bar) (*image.Gray, error) {
	src, err := png.Decode(bytes.NewReader(sh.PNG))
	if err != nil {
		return nil, fmt.Errorf("its image cannot be read: %w", err)
	}
	at := src.Bounds()
	scale := float64(at.Dx()) / sh.Width
	out := image.NewGray(at)
	draw.Draw(out, at, image.White, image.Point{}, draw.Src)
	lost := 0
	for i, w := range sh.Words {
		if redaction.HasLetters(w.Text) && !inked(src, pixels(w.Box, scale, 0)) {
			if lost++; number[i] > 0 || lost*20 > len(sh.Words) {
				return nil, errNotThere
			}
		}
	}
	for i, w := range sh.Words {
		if number[i] == 0 && !covered(w.Box, bs) {
			r := pixels(w.Box, scale, 1)
			draw.Draw(out, r, src, r.Min, draw.Src)
		}
	}
	for _, b := range bs {
		draw.Draw(out, pixels(b.Box, scale, 1), image.NewUniform(color.Gray{}), image.Point{}, draw.Src)
	}
	return out, nil
}

// errNotThere is why a page is black whose words cannot be seen where the file says that they are: then nobody knows what a bar would cover.
var errNotThere = errors.New("words of its text are not seen where they are said to stand")

// inked says whether something is drawn in a part of an image.
func inked(src image.Image, r image.Rectangle) bool {
	r = r.Intersect(src.Bounds())
	low, high := 255, 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			v := int(color.GrayModel.Convert(src.At(x, y)).(color.Gray).Y)
			low, high = min(low, v), max(high, v)
		}
		if high-low > 40 {
			return true
		}
	}
	return false
}

// pixels is a box in pixels, grown by so many on each side.
func pixels(b layout.Box, scale float64, grow int) image.Rectangle {
	return image.Rect(int(math.Floor(b.X0*scale))-grow, int(math.Floor(b.Y0*scale))-grow, int(math.Ceil(b.X1*scale))+grow, int(math.Ceil(b.Y1*scale))+grow)
}

// place puts an image over the page.
func (x *writer) place(img *image.Gray, w, h float64) {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		x.f.SetError(err)
		return
	}
	x.images++
	name := fmt.Sprintf("page%d", x.images)
	opt := fpdf.ImageOptions{ImageType: "PNG"}
	x.f.RegisterImageOptionsReader(name, opt, &b)
	x.f.ImageOptions(name, 0, 0, w, h, false, opt, 0, "")
}

// marks writes number and ground into the bars, white on black: what fits.
func (x *writer) marks(bs []bar) {
	x.f.SetTextColor(255, 255, 255)
	for _, b := range bs {
		w := x.d.Withheld[b.number-1]
		for _, m := range [...]struct {
			words string
			least float64
		}{{redaction.Mark(w), 4.5}, {fmt.Sprintf("[%d]", w.Number), 2}} {
			x.f.SetFont(face, "", 10)
			size := min(10, 0.7*b.H(), 10*(b.W()-2)/x.f.GetStringWidth(m.words))
			if size >= m.least {
				x.f.SetFont(face, "", size)
				x.f.Text(b.X0+1, (b.Y0+b.Y1)/2+0.35*size, m.words)
				break
			}
		}
	}
	x.f.SetTextColor(0, 0, 0)
}

// layer writes the words that are kept, each where it stands, without showing them: the image does.
func (x *writer) layer(sh *extract.Sheet, number []int, bs []bar) {
	const invisible = 3
	x.f.SetTextRenderingMode(invisible)
	for i, w := range sh.Words {
		if number[i] > 0 || covered(w.Box, bs) || w.H() <= 0 {
			continue
		}
		if !writable(w.Text) {
			x.report.LeftOut++
			continue
		}
		size := min(max(0.8*w.H(), 1), 400)
		x.f.SetFont(face, "", size)
		if have := x.f.GetStringWidth(w.Text); have > 0 && w.W() > 0 && !w.Tilted {
			x.f.SetFont(face, "", min(max(size*w.W()/have, 0.5*size, 1), 1.2*size))
		}
		x.f.Text(w.X0, w.Y1-0.25*w.H(), w.Text)
	}
	x.f.SetTextRenderingMode(0)
}

// writable says whether the signs of a word can stand in a text layer of ours.
func writable(s string) bool {
	for _, r := range s {
		if r > 0xffff || r < 0x20 || r == 0xfffd {
			return false
		}
	}
	return s != ""
}

// black makes a page that is withheld as a whole, and says why.
func (x *writer) black(sh *extract.Sheet, page int, why string) {
	x.report.Black = append(x.report.Black, Black{page, why})
	x.f.SetFillColor(0, 0, 0)
	x.f.Rect(0, 0, sh.Width, sh.Height, "F")
	x.f.SetTextColor(255, 255, 255)
	x.f.SetFont(face, "", max(min(10, sh.Width/60), 1))
	x.f.Text(0.08*sh.Width, 0.1*sh.Height, "This page is withheld as a whole:")
	x.f.Text(0.08*sh.Width, 0.1*sh.Height+14, why+".")
	x.f.SetTextColor(0, 0, 0)
}

// list is the last page: what is withheld, on which ground.
func (x *writer) list() {
	const left, step, high = 56.0, 14.0, 842.0
	y := high
	line := func(size float64, s string) {
		if y > high-60 {
			x.f.AddPageFormat("P", fpdf.SizeType{Wd: 595, Ht: high})
			y = 70
		}
		x.f.SetFont(face, "", size)
		x.f.Text(left, y, s)
		y += step
	}
	line(14, redaction.ListHead)
	y += 6
	for _, w := range x.d.Withheld {
		line(9, fmt.Sprintf("[%d] %s", w.Number, w.Says()))
	}
	for _, b := range x.report.Black {
		line(9, fmt.Sprintf("Page %d is withheld as a whole: %s.", b.Page, b.Why))
	}
}
