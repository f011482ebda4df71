package page_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"os"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/redaction/page"
	"github.com/openassay/assay/text"
)

func read(t testing.TB, name string, b []byte) *text.Reading {
	t.Helper()
	parts, err := extract.Read(context.Background(), name, b, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := parts[0].Err(); err != nil {
		t.Fatal(err)
	}
	return parts[0].Readings[0]
}

func job(t testing.TB, name string, b []byte, format string, passages ...redaction.Passage) page.Job {
	return page.Job{Format: format, Original: b, Reading: read(t, name, b), Passages: passages, Pages: extract.InProcess{}}
}

func quote(words string) redaction.Passage {
	return redaction.Passage{Quote: words, Ground: "commercial_secret"}
}

// set makes a PDF whose lines stand where they are told, with what else draw puts on it.
func set(t testing.TB, draw func(f *fpdf.Fpdf)) []byte {
	t.Helper()
	f := fpdf.New("P", "pt", "A4", "")
	f.SetTitle("Sample of Quellmark Holding", true)
	f.SetAuthor("Quellmark", true)
	f.SetFont("Helvetica", "", 12)
	f.AddPage()
	draw(f)
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func lines(f *fpdf.Fpdf, ls ...string) {
	for i, l := range ls {
		f.Text(60, 90+18*float64(i), l)
	}
}

func sample(f *fpdf.Fpdf) {
	lines(f, "Sample framework between Bordolia and Kestria on copper", "The price that Quellmark Hol-", "ding pays is 731 thalers for each tonne of it.", "Neither side asks of the other what it does not give, and both keep", "an account of what is moved on the line to the port of Immerfold.")
}

// words are those of a PDF as a reader gets them, and the image of its first page.
func words(t testing.TB, b []byte, n int) (string, *extract.Sheet) {
	t.Helper()
	sh, err := extract.InProcess{}.Sheet(t.Context(), b, n, 72)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, w := range sh.Words {
		all = append(all, w.Text)
	}
	return strings.Join(all, " "), sh
}

func TestPageImages(t *testing.T) {
	b := set(t, sample)
	res, err := page.Redact(t.Context(), job(t, "a.pdf", b, "pdf", quote("Quellmark Holding"), quote("731 thalers")))
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Report.Black) > 0 || res.Report.LeftOut > 0 {
		t.Errorf("%+v", res.Report)
	}
	got, sh := words(t, res.Bytes, 1)
	for _, w := range []string{"The price that", "pays is", "for each tonne of it.", "Commercial secret]", "port of Immerfold."} {
		if !strings.Contains(got, w) {
			t.Errorf("no %q in %q", w, got)
		}
	}
	for _, w := range []string{"Quell", "ding ", "731", "thaler"} {
		if strings.Contains(got, w) {
			t.Errorf("%q in %q", w, got)
		}
	}
	for _, m := range sh.Meta {
		if m.Name != "Producer" && m.Name != "Creator" && !strings.HasSuffix(m.Name, "Date") {
			t.Errorf("it says of itself: %+v", m)
		}
	}
	if os.Getenv("ASSAY_KEEP") != "" {
		os.WriteFile(os.Getenv("ASSAY_KEEP"), res.Bytes, 0o644)
	}
	_, before := words(t, b, 1)
	if ink(t, before, 60, 80, 300, 92) == 0 || ink(t, sh, 60, 80, 300, 92) == 0 {
		t.Error("the first line is not drawn")
	}
	if n := ink(t, sh, 62, 117, 80, 125); n < 90 { // "ding" at the start of the third line, beneath a white mark
		t.Errorf("%d of 144 dots are dark", n)
	}
}

// ink counts the dark dots of a part of a page, at one for each point.
func ink(t testing.TB, sh *extract.Sheet, x0, y0, x1, y1 int) int {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(sh.PNG))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for x := x0; x < x1; x++ {
		for y := y0; y < y1; y++ {
			if color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 100 {
				n++
			}
		}
	}
	return n
}

// What no passage can name is not shown: pictures, drawings, remarks; what is not drawn makes the page black.
func TestNotTakenOver(t *testing.T) {
	b := set(t, func(f *fpdf.Fpdf) {
		sample(f)
		f.SetFillColor(0, 0, 0)
		f.Rect(100, 500, 200, 100, "F")
	})
	res, err := page.Redact(t.Context(), job(t, "a.pdf", b, "pdf", quote("Immerfold")))
	if err != nil {
		t.Fatal(err)
	}
	if _, sh := words(t, res.Bytes, 1); ink(t, sh, 100, 500, 300, 600) > 0 {
		t.Error("a drawing was taken over")
	}
	b = set(t, func(f *fpdf.Fpdf) {
		f.SetTextRenderingMode(3)
		sample(f)
	})
	res, err = page.Redact(t.Context(), job(t, "a.pdf", b, "pdf", quote("Immerfold")))
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Report.Black) != 1 {
		t.Errorf("%+v", res.Report)
	}
	if got, sh := words(t, res.Bytes, 1); strings.Contains(got, "Bordolia") || ink(t, sh, 60, 200, 260, 400) != 200*200 {
		t.Errorf("the page is not black: %q", got)
	}
}

// The same words at the head of a page, which the canonical text leaves out, go too.
func TestHeads(t *testing.T) {
	b := set(t, func(f *fpdf.Fpdf) {
		for i := range 4 {
			if i > 0 {
				f.AddPage()
			}
			f.Text(60, 40, "Quellmark Holding, draft of the ninth day")
			for k := range 20 {
				f.Text(60, 90+18*float64(k), "Bordolia keeps the account "+strings.Repeat("of what is moved ", 1+(i+k)%3)+"and tells Kestria.")
			}
			if i == 2 {
				f.Text(60, 500, "The books are with Quellmark Holding, as both sides know.")
			}
		}
	})
	r := read(t, "a.pdf", b)
	if strings.Count(r.Text, "Quellmark") != 1 {
		t.Fatalf("the heads are in the text: %d", strings.Count(r.Text, "Quellmark"))
	}
	res, err := page.Redact(t.Context(), job(t, "a.pdf", b, "pdf", quote("Quellmark Holding")))
	if err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		if got, _ := words(t, res.Bytes, n+1); strings.Contains(got, "Quell") || !strings.Contains(got, "draft of the ninth day") {
			t.Errorf("page %d: %q", n+1, got)
		}
	}
}

// Of the same words at two places the one that is meant is covered.
func TestOneOfTwo(t *testing.T) {
	b := set(t, func(f *fpdf.Fpdf) {
		lines(f, "Bordolia pays nine thalers for the use of the line to the port.", "Kestria pays nine thalers for the water that it takes from the lake.")
	})
	r := read(t, "a.pdf", b)
	at := strings.LastIndex(r.Text, "nine thalers")
	p := redaction.Passage{Start: at, End: at + len("nine thalers"), Ground: "market_sensitive"}
	var leaked *redaction.Leaked
	if _, err := page.Redact(t.Context(), job(t, "a.pdf", b, "pdf", p)); !errors.As(err, &leaked) {
		t.Errorf("%v", err)
	}
	p.Here = true
	res, err := page.Redact(t.Context(), job(t, "a.pdf", b, "pdf", p))
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := words(t, res.Bytes, 1); !strings.Contains(got, "Bordolia pays nine thalers for") || strings.Contains(got, "Kestria pays nine") {
		t.Errorf("%q", got)
	}
}

// A writer that lets words through is stopped.
func TestLeakStopsIt(t *testing.T) {
	b := set(t, sample)
	r := read(t, "a.pdf", b)
	spans, err := redaction.Resolve(r, []redaction.Passage{quote("Immerfold")})
	if err != nil {
		t.Fatal(err)
	}
	d := redaction.Make(r, spans)
	s := redaction.SecretsOf(r, spans, d)
	var empty bytes.Buffer
	if err := page.Empty(&empty); err != nil {
		t.Fatal(err)
	}
	for name, leaky := range map[string][]byte{
		"text": set(t, func(f *fpdf.Fpdf) { lines(f, "It is Immerfold.") }), "hidden": set(t, func(f *fpdf.Fpdf) { f.SetTextRenderingMode(3); lines(f, "IMMER-", "FOLD") }),
		"title": set(t, func(f *fpdf.Fpdf) { f.SetTitle("Immerfold", true); lines(f, "nothing here") }), "keyword": set(t, func(f *fpdf.Fpdf) { f.SetXmpMetadata([]byte("<x>Immerfold</x>")); lines(f, "nothing here") }),
	} {
		if l, err := page.Search(t.Context(), extract.InProcess{}, leaky, empty.Bytes(), s, d, nil); err != nil || len(l) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
	also := job(t, "a.pdf", b, "txt", quote("Immerfold"))
	also.Also = func(_ context.Context, s *redaction.Secrets) ([]redaction.Leak, error) {
		return s.SearchWhole("export", "the port of Immerfold"), nil
	}
	var leaked *redaction.Leaked
	if res, err := page.Redact(t.Context(), also); !errors.As(err, &leaked) || res != nil {
		t.Errorf("%v", err)
	}
}

// A passage that runs over the end of a page is covered on both; and what stands in two columns beside each other in each.
func TestOverTheEdge(t *testing.T) {
	b := set(t, func(f *fpdf.Fpdf) {
		for k := range 38 {
			f.Text(60, 60+18*float64(k), "Bordolia keeps the account "+strings.Repeat("of what is moved ", 1+k%3)+"and tells Kestria.")
		}
		f.Text(60, 60+18*38, "The delegation would in the last round give way on the price that")
		f.AddPage()
		f.Text(60, 60, "Quellmark pays, and on the hour of the trains that go to the port.")
		for k := range 20 {
			f.Text(60, 80+18*float64(k), "Kestria keeps the account "+strings.Repeat("of what is dug ", 1+k%3)+"and tells Bordolia.")
		}
	})
	res, err := page.Redact(t.Context(), job(t, "a.pdf", b, "pdf", quote("give way on the price that Quellmark pays")))
	if err != nil {
		t.Fatal(err)
	}
	first, _ := words(t, res.Bytes, 1)
	second, _ := words(t, res.Bytes, 2)
	if strings.Contains(first, "give way") || !strings.Contains(first, "in the last round") || strings.Contains(second, "Quell") || !strings.Contains(second, "and on the hour") || len(res.Report.Black) > 0 {
		t.Errorf("%q %q %+v", first[len(first)-120:], second[:120], res.Report)
	}
}

// A page of which a part is shown, or that is turned, has its bars where its words are drawn.
func TestPartOfAPage(t *testing.T) {
	for turn, crop := range [][4]float64{{0, 0, 595.28, 841.89}, {40, 30, 500, 800}, {40, 30, 500, 800}, {40, 30, 500, 800}, {40, 30, 500, 800}} {
		b := set(t, func(f *fpdf.Fpdf) {
			f.SetPageBox("crop", crop[0], crop[1], crop[2], crop[3])
			sample(f)
		})
		if turn > 1 {
			b = bytes.Replace(b, []byte("/CropBox"), []byte(fmt.Sprintf("/Rotate %d /CropBox", 90*(turn-1))), 1)
		}
		_, before := words(t, b, 1)
		for _, w := range before.Words {
			if ink(t, before, int(w.X0), int(w.Y0), int(w.X1)+1, int(w.Y1)+1) == 0 {
				t.Errorf("%v: %q is not drawn where it is said to stand: %v", crop, w.Text, w.Box)
			}
		}
		if turn > 1 { // its words stand on their heads, and are no text to be read
			continue
		}
		res, err := page.Redact(t.Context(), job(t, "a.pdf", b, "pdf", quote("731 thalers")))
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Report.Black) > 0 {
			t.Errorf("%v: %v", crop, res.Report)
		}
		_, after := words(t, res.Bytes, 1)
		for _, w := range before.Words {
			if w.Text == "731" || w.Text == "thalers" {
				if n, all := ink(t, after, int(w.X0), int(w.Y0)+2, int(w.X1), int(w.Y1)-2), int(w.W())*(int(w.H())-4); n*10 < all*6 {
					t.Errorf("turn %d, %v: of %d dots %d are dark", turn, crop, all, n)
				}
			}
		}
	}
}
