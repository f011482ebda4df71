package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"math"
)

// maxPixels bounds a page image: an A4 page at 300 dots per inch has 8.7 million.
const maxPixels = 16_000_000

// Size is the size of page i (from 0) in points; A4 where it has none.
func (d *Document) Size(i int) (w, h float64) {
	if page := d.e.call("FPDF_LoadPage", d.doc, uint64(i)); page != 0 {
		w, h = d.float("FPDF_GetPageWidthF", page), d.float("FPDF_GetPageHeightF", page)
		d.e.call("FPDF_ClosePage", page)
	}
	if w <= 0 || h <= 0 {
		return 595, 842
	}
	return w, h
}

// shift is how far the words of a loaded page must be moved, in points, to stand where they are drawn: 0 but where only a part of the page is shown
// (a crop box). ok is false where that cannot be said. Loading the page again would cost as much as reading its words.
func (d *Document) shift(page uint64) (dx, dy float64, ok bool) {
	buf := d.e.call("malloc", 32)
	if buf == 0 {
		return 0, 0, false
	}
	defer d.e.call("free", buf)
	w, h := d.float("FPDF_GetPageWidthF", page), d.float("FPDF_GetPageHeightF", page)
	var at [4]float64 // two opposite corners of what is shown, in the page's own places
	for k, size := range [2]uint64{0, 10_000} {
		if d.e.int("FPDF_DeviceToPage", page, 0, 0, 10_000, 10_000, 0, size, size, buf, buf+8) == 0 {
			return 0, 0, false
		}
		m, readable := d.e.mod.Memory().Read(uint32(buf), 16)
		if !readable {
			return 0, 0, false
		}
		at[2*k], at[2*k+1] = math.Float64frombits(binary.LittleEndian.Uint64(m)), math.Float64frombits(binary.LittleEndian.Uint64(m[8:]))
	}
	x, y := min(at[0], at[2]), min(at[1], at[3])
	wide, high := math.Abs(at[0]-at[2]), math.Abs(at[1]-at[3])
	turn := d.e.int("FPDFPage_GetRotation", page)
	if turn%2 == 1 {
		w, h = h, w
	}
	if !(math.Abs(wide-w) < 1 && math.Abs(high-h) < 1) {
		return 0, 0, false
	}
	switch turn {
	case 1:
		return -y, -x, true
	case 2:
		return x, -y, true
	case 3:
		return y, x, true
	}
	return -x, y, true
}

// Image draws page i (from 0), widthPx wide, as PNG on white. gray draws without colour, as for text recognition.
func (d *Document) Image(i, widthPx int, gray bool) ([]byte, error) {
	const annotations = 1
	return d.draw(i, widthPx, gray, annotations)
}

// Bare is [Document.Image] in grey without what was put onto the page later: remarks, stamps, filled forms. Their words are not among the page's.
func (d *Document) Bare(i, widthPx int) ([]byte, error) { return d.draw(i, widthPx, true, 0) }

func (d *Document) draw(i, widthPx int, gray bool, flags uint64) ([]byte, error) {
	if i < 0 || i >= d.Pages {
		return nil, fmt.Errorf("there is no page %d; the document has %d", i+1, d.Pages)
	}
	page := d.e.call("FPDF_LoadPage", d.doc, uint64(i))
	if page == 0 {
		if err := d.Err(); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("page %d: %w", i+1, ErrDamaged)
	}
	defer d.e.call("FPDF_ClosePage", page)
	pw, ph := d.float("FPDF_GetPageWidthF", page), d.float("FPDF_GetPageHeightF", page)
	if pw <= 0 || ph <= 0 {
		return nil, fmt.Errorf("page %d has no size", i+1)
	}
	w := float64(max(widthPx, 1))
	h := w * ph / pw
	if w*h > maxPixels {
		scale := math.Sqrt(maxPixels / (w * h))
		w, h = w*scale, h*scale
	}
	width, height := max(int(w), 1), max(min(int(h), maxPixels/max(int(w), 1)), 1)
	bitmap := d.e.call("FPDFBitmap_CreateEx", uint64(width), uint64(height), 3, 0, 0) // BGRx
	if bitmap == 0 {
		return nil, ErrMemory
	}
	defer d.e.call("FPDFBitmap_Destroy", bitmap)
	d.e.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(width), uint64(height), 0xffffffff)
	d.e.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(width), uint64(height), 0, flags)
	stride := d.e.int("FPDFBitmap_GetStride", bitmap)
	buf := d.e.call("FPDFBitmap_GetBuffer", bitmap)
	if err := d.Err(); err != nil {
		return nil, err
	}
	raw, ok := d.e.mod.Memory().Read(uint32(buf), uint32(stride*height))
	if !ok || stride < 4*width {
		return nil, ErrMemory
	}
	var img image.Image
	if gray {
		g := image.NewGray(image.Rect(0, 0, width, height))
		for y := range height {
			row := raw[y*stride:]
			for x := range width {
				p := row[4*x : 4*x+3]
				g.Pix[y*g.Stride+x] = byte((int(p[2])*299 + int(p[1])*587 + int(p[0])*114) / 1000)
			}
		}
		img = g
	} else {
		c := image.NewNRGBA(image.Rect(0, 0, width, height))
		for y := range height {
			row, to := raw[y*stride:], c.Pix[y*c.Stride:]
			for x := range width {
				to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = row[4*x+2], row[4*x+1], row[4*x], 255
			}
		}
		img = c
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
