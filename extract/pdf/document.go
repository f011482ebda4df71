package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"github.com/openassay/assay/extract/layout"
)

// Why a document cannot be opened or a page cannot be read.
var (
	ErrPassword = errors.New("it is encrypted with a password")
	ErrDamaged  = errors.New("it is damaged or cut off, or no PDF")
	ErrMemory   = errors.New("it needs more memory than a document may take")
)

// MaxPages is the most pages that are read.
const MaxPages = 10_000

// maxChars bounds the characters of a page; the densest page we know has 20,000.
const maxChars = 400_000

// Document is an open PDF. It is for one goroutine.
type Document struct {
	e     *engine
	doc   uint64
	Pages int // in the file; may be more than MaxPages
}

// Open opens a PDF. The context ends all work on the document.
func Open(ctx context.Context, b []byte) (*Document, error) {
	e, err := newEngine(ctx)
	if err != nil {
		return nil, err
	}
	p := e.put(b)
	if p == 0 {
		e.failed = nil
		e.close()
		return nil, ErrMemory
	}
	doc := e.call("FPDF_LoadMemDocument64", p, uint64(len(b)), 0)
	if doc == 0 {
		code := e.int("FPDF_GetLastError")
		failed := e.failed
		e.close()
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case failed != nil:
			return nil, fmt.Errorf("%w: %v", ErrDamaged, failed)
		case code == 4:
			return nil, ErrPassword
		}
		return nil, ErrDamaged
	}
	d := &Document{e: e, doc: doc, Pages: e.int("FPDF_GetPageCount", doc)}
	if d.Pages <= 0 || !bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF")) {
		d.Close()
		return nil, ErrDamaged
	}
	return d, nil
}

// Close frees the document.
func (d *Document) Close() {
	if d.e.failed == nil {
		d.e.call("FPDF_CloseDocument", d.doc)
	}
	d.e.close()
}

// Err is why the document can no longer be read; nil as long as it can.
func (d *Document) Err() error {
	if d.e.failed == nil {
		return nil
	}
	if err := d.e.ctx.Err(); err != nil {
		return err
	}
	return fmt.Errorf("%w: %v", ErrDamaged, firstLine(d.e.failed.Error()))
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// Meta is an entry of the document's own information: Title, Author, CreationDate …; "" where it has none.
func (d *Document) Meta(name string) string {
	n := d.e.put(append([]byte(name), 0))
	defer d.e.call("free", n)
	return d.utf16(func(buf, size uint64) int { return d.e.int("FPDF_GetMetaText", d.doc, n, buf, size) })
}

// Label is the page's label by the document's own numbering ("iv"); "" where it has none.
func (d *Document) Label(page int) string {
	return d.utf16(func(buf, size uint64) int { return d.e.int("FPDF_GetPageLabel", d.doc, uint64(page), buf, size) })
}

// utf16 reads a string that a function writes into a buffer and whose size it gives.
func (d *Document) utf16(read func(buf, size uint64) int) string {
	const most = 4096
	buf := d.e.call("malloc", most)
	if buf == 0 {
		return ""
	}
	defer d.e.call("free", buf)
	n := min(read(buf, most), most)
	if n < 2 {
		return ""
	}
	b, ok := d.e.mod.Memory().Read(uint32(buf), uint32(n))
	if !ok {
		return ""
	}
	u := make([]uint16, n/2)
	for i := range u {
		u[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(u)), "\x00")
}

// Page reads page i (from 0): its words with the places where they are drawn, and what else is on it. A page that cannot be loaded is given empty, with
// Broken set.
func (d *Document) Page(i int) layout.Page {
	out := layout.Page{Number: i + 1}
	page := d.e.call("FPDF_LoadPage", d.doc, uint64(i))
	if page == 0 {
		out.Broken = true
		return out
	}
	defer d.e.call("FPDF_ClosePage", page)
	out.Width, out.Height = d.float("FPDF_GetPageWidthF", page), d.float("FPDF_GetPageHeightF", page)
	out.Objects = d.e.int("FPDFPage_CountObjects", page)
	tp := d.e.call("FPDFText_LoadPage", page)
	if tp == 0 {
		out.Broken = true
		return out
	}
	r := &wordReader{d: d, tp: tp, turn: d.e.int("FPDFPage_GetRotation", page), w: out.Width, h: out.Height}
	out.Words = r.words()
	out.Unseen = r.unseen
	d.e.call("FPDFText_ClosePage", tp)
	out.Label = d.Label(i)
	dx, dy, ok := d.shift(page)
	out.Unplaced = !ok
	shown := out.Words[:0]
	for _, w := range out.Words {
		w.X0, w.X1, w.Y0, w.Y1 = w.X0+dx, w.X1+dx, w.Y0+dy, w.Y1+dy
		if x, y := (w.X0+w.X1)/2, (w.Y0+w.Y1)/2; ok && (x < 0 || y < 0 || x > out.Width || y > out.Height) {
			out.Cut++ // beside the part of the page that is shown
			continue
		}
		shown = append(shown, w)
	}
	out.Words = shown
	return out
}

func (d *Document) float(name string, params ...uint64) float64 {
	v := float64(math.Float32frombits(uint32(d.e.call(name, params...))))
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

// wordReader gathers the characters of one page into words.
type wordReader struct {
	d        *Document
	tp       uint64
	turn     int // quarter turns clockwise by which the page is shown
	w, h     float64
	rect     uint64 // scratch for a box
	out      []layout.Word
	cur      []rune
	from, to int // first and last character of the open word
	glued    bool
	unseen   int // words that are not drawn
}

func (r *wordReader) words() []layout.Word {
	e := r.d.e
	n := min(e.int("FPDFText_CountChars", r.tp), maxChars)
	if n <= 0 {
		return nil
	}
	if r.rect = e.call("malloc", 32); r.rect == 0 {
		return nil
	}
	defer e.call("free", r.rect)
	var high rune
	for i := 0; i < n && e.failed == nil; i++ {
		c := rune(uint32(e.call("FPDFText_GetUnicode", r.tp, uint64(i))))
		switch {
		case utf16.IsSurrogate(c) && high == 0:
			high = c
			continue
		case high != 0:
			c, high = utf16.DecodeRune(high, c), 0
		}
		switch {
		case c == 0xfffe || c == 2: // a hyphen at a line end, as pdfium marks it
			if len(r.cur) > 0 {
				r.cur = append(r.cur, '-')
				r.to = i
			}
			r.flush()
			continue
		case c == 0 || c == 0xffff || unicode.IsSpace(c) || unicode.IsControl(c):
			r.flush()
			continue
		}
		if len(r.cur) == 0 {
			r.from = i
		} else if raised(r.cur, c) && r.smaller(i) {
			r.flush()
			r.from, r.glued = i, true
		} else if unicode.IsUpper(c) && unicode.IsLower(r.cur[len(r.cur)-1]) && r.apart(i) {
			r.flush()
			r.from = i
		}
		r.cur, r.to = append(r.cur, c), i
	}
	r.flush()
	return r.out
}

// raised says whether c may be the mark of a note behind a word: a digit or star after something else.
func raised(word []rune, c rune) bool {
	last := word[len(word)-1]
	mark := func(c rune) bool { return unicode.IsDigit(c) || c == '*' || c == '†' || c == '‡' }
	return mark(c) != mark(last)
}

// apart says whether a blank lies before character i that the file does not write and PDFium does not see: kerning draws a capital
// near to what stands before it.
func (r *wordReader) apart(i int) bool {
	a, okA := r.box(r.to)
	b, okB := r.box(i)
	return okA && okB && b.X0-a.X1 > leastBlank*(b.Y1-b.Y0)
}

// leastBlank is the width of a narrow blank, in heights of the line.
const leastBlank = 0.1

// smaller says whether character i is set clearly smaller or larger than the first of the open word.
func (r *wordReader) smaller(i int) bool {
	a, okA := r.box(r.from)
	b, okB := r.box(i)
	ha, hb := a.Y1-a.Y0, b.Y1-b.Y0
	return okA && okB && (hb < 0.8*ha || ha < 0.8*hb)
}

func (r *wordReader) flush() {
	if len(r.cur) == 0 {
		return
	}
	first, ok1 := r.box(r.from)
	last, ok2 := r.box(r.to)
	w := layout.Word{Text: compatible(string(r.cur)), Box: first.Union(last), Glued: r.glued}
	r.cur, r.glued = r.cur[:0], false
	if !ok1 || !ok2 {
		return
	}
	w.Bold = r.d.e.int("FPDFText_GetFontWeight", r.tp, uint64(r.from)) >= 600
	angle := r.d.float("FPDFText_GetCharAngle", r.tp, uint64(r.from)) + float64(r.turn)*math.Pi/2
	w.Tilted = math.Abs(math.Remainder(angle, 2*math.Pi)) > 0.3
	if r.hidden(r.from) {
		r.unseen++
	}
	r.out = append(r.out, w)
}

// hidden says whether character i is text that is not drawn, as beneath the image of a scanned page.
func (r *wordReader) hidden(i int) bool {
	const invisible, clip = 3, 7
	obj := r.d.e.call("FPDFText_GetTextObject", r.tp, uint64(i))
	if obj == 0 {
		return false
	}
	mode := r.d.e.int("FPDFTextObj_GetTextRenderMode", obj)
	return mode == invisible || mode == clip
}

// box is the place of a character: of its font's full height, so that the characters of a line stand level. The origin is the
// top left corner of the page as shown.
func (r *wordReader) box(i int) (layout.Box, bool) {
	e := r.d.e
	if int32(uint32(e.call("FPDFText_GetLooseCharBox", r.tp, uint64(i), r.rect))) == 0 {
		return layout.Box{}, false
	}
	m, ok := e.mod.Memory().Read(uint32(r.rect), 16)
	if !ok {
		return layout.Box{}, false
	}
	f := func(k int) float64 { return float64(math.Float32frombits(binary.LittleEndian.Uint32(m[4*k:]))) }
	left, top, right, bottom := f(0), f(1), f(2), f(3)
	for _, v := range []float64{left, top, right, bottom} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return layout.Box{}, false
		}
	}
	var b layout.Box
	switch r.turn {
	case 1: // shown a quarter turn clockwise: the page's left edge is on top
		b = layout.Box{X0: bottom, X1: top, Y0: left, Y1: right}
	case 2:
		b = layout.Box{X0: r.w - right, X1: r.w - left, Y0: bottom, Y1: top}
	case 3:
		b = layout.Box{X0: r.w - top, X1: r.w - bottom, Y0: r.h - right, Y1: r.h - left}
	default:
		b = layout.Box{X0: left, X1: right, Y0: r.h - top, Y1: r.h - bottom}
	}
	return b.Sorted(), true
}

// compatible takes ligatures and presentation forms apart; other compatibility characters (½, ²) mean something.
func compatible(s string) string {
	for _, c := range s {
		if c >= 0xfb00 && c <= 0xfdff || c >= 0xfe70 && c <= 0xfefc {
			var b strings.Builder
			for _, c := range s {
				if c >= 0xfb00 && c <= 0xfdff || c >= 0xfe70 && c <= 0xfefc {
					b.WriteString(norm.NFKC.String(string(c)))
				} else {
					b.WriteRune(c)
				}
			}
			return b.String()
		}
	}
	return s
}
