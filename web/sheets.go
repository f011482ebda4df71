package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Sheets draws a page of an original as PNG, so many pixels wide. It must bear any file: a worker that can be ended.
type Sheets func(ctx context.Context, original []byte, page, width int) ([]byte, error)

// sheetView is a page of the original as an image, with the words that were read on it.
type sheetView struct {
	Image, Large   string // addresses
	Alt            string
	Width          int
	Shown          string
	Remark         string // how it was read
	Gaps           []gapView
	Paragraphs     [][]markedRun
	InText         link // the same in the text
	Previous, Next *link
	Jump           findForm
	Number, Last   int
	Mend           link // for editors
}

// gapView is something that seems to be missing.
type gapView struct {
	Says  string
	Where *link
}

const (
	sheetWidth  = 1000 // pixels, as a page shows it
	largeSheet  = 2000
	sheetsKept  = 48 << 20 // bytes of images that are kept in memory
	drawnAtOnce = 2
	slowSheet   = 40 * time.Second
	uncertain   = 0.8 // mean confidence below which a page's recognition is said to be uncertain
)

// sheetWidths are the widths in which pages are drawn.
var sheetWidths = []int{500, sheetWidth, largeSheet}

// hasSheets says whether images of the pages of a text's original can be shown to this visitor: not while the text has no record yet, at the intake desk.
func (v *reader) hasSheets() bool {
	return v.record != nil && v.site.opt.Sheets != nil && v.site.opt.Original != nil && v.doc.Reading.Format == "pdf" && len(v.doc.Reading.Pages) > 0 && v.record.String("file") != ""
}

// sheetImage is /documents/ADDRESS/pages/N: the image of a page of the original.
func sheetImage(q *request) (*page, error) {
	r, p, err := q.find(registry.KindDocument)
	if err != nil || p != nil {
		if m, ok := err.(moved); ok {
			return nil, moved{m.to + "/pages/" + q.params["n"], m.merged}
		}
		return p, err
	}
	doc, err := q.text(r)
	if err != nil {
		return nil, err
	}
	n, nerr := strconv.Atoi(q.params["n"])
	if doc == nil || nerr != nil || !q.reader(r, doc).hasSheets() || !slices.ContainsFunc(doc.Reading.Pages, func(p text.Page) bool { return p.Number == n }) {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("sheet.none", "value", cut(q.params["n"], 20)))
	}
	width := sheetWidth
	if s := q.Query.Get("width"); s != "" {
		if width, err = strconv.Atoi(s); err != nil || !slices.Contains(sheetWidths, width) {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("sheet.width", "value", cut(s, 20))).WithHint("%s", q.T("error.one_of", "values", "500, 1000, 2000"))
		}
	}
	png, err := q.site.sheet(q.http.Context(), r.String("file"), n, width)
	if err != nil {
		return nil, q.unreadableSheet(err)
	}
	return &page{File: &file{Kind: "image/png", Body: png}}, nil
}

var errBusy = errors.New("too many pages are being drawn")

// unreadableSheet is the answer where a page cannot be drawn.
func (q *request) unreadableSheet(err error) error {
	var te *text.Error
	switch {
	case errors.Is(err, errBusy), errors.Is(err, context.DeadlineExceeded):
		q.header.Set("Retry-After", "10")
		return busy{q.T("sheet.busy")}
	case errors.As(err, &te):
		return registry.Errorf(registry.NotFound, "%s", q.T("sheet.unreadable")).WithHint("%s", te.Message)
	case registry.CodeOf(err) == registry.NotFound:
		return registry.Errorf(registry.NotFound, "%s", q.T("sheet.lost"))
	}
	return err
}

// busy is the error of what cannot be done now.
type busy struct{ says string }

func (b busy) Error() string { return b.says }

// sheet draws a page of an original, or gives the image that is kept of it.
func (s *site) sheet(ctx context.Context, hash string, n, width int) ([]byte, error) {
	key := fmt.Sprintf("%s %d %d", hash, n, width)
	if png := s.sheets.get(key); png != nil {
		return png, nil
	}
	ctx, cancel := context.WithTimeout(ctx, slowSheet)
	defer cancel()
	select {
	case s.drawing <- struct{}{}:
		defer func() { <-s.drawing }()
	case <-ctx.Done():
		return nil, errBusy
	}
	if png := s.sheets.get(key); png != nil { // drawn while we waited
		return png, nil
	}
	original, err := s.opt.Original(hash)
	if err != nil {
		return nil, err
	}
	png, err := s.opt.Sheets(ctx, original, n, width)
	if err != nil {
		return nil, err
	}
	s.sheets.put(key, png)
	return png, nil
}

// images keeps the last images up to a number of bytes.
type images struct {
	mu    sync.Mutex
	kept  map[string][]byte
	keys  []string
	bytes int
}

func (c *images) get(key string) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.kept[key]
}

func (c *images) put(key string, b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		c.kept = map[string][]byte{}
	}
	if len(b) > sheetsKept/4 || c.kept[key] != nil {
		return
	}
	c.kept[key] = b
	c.keys, c.bytes = append(c.keys, key), c.bytes+len(b)
	for c.bytes > sheetsKept {
		c.bytes -= len(c.kept[c.keys[0]])
		delete(c.kept, c.keys[0])
		c.keys = c.keys[1:]
	}
}

// sheetPane is the page of the original that is asked for.
func (v *reader) sheetPane() (*sheetView, error) {
	pages := v.doc.Reading.Pages
	i := 0
	if s := v.Query.Get("sheet"); s != "" {
		n, err := strconv.Atoi(s)
		if i = slices.IndexFunc(pages, func(p text.Page) bool { return p.Number == n }); err != nil || i < 0 {
			return nil, registry.Errorf(registry.Invalid, "%s", v.T("sheet.none", "value", cut(s, 20))).WithHint("%s", v.T("error.page_hint", "last", pages[len(pages)-1].Number))
		}
	}
	p := pages[i]
	d := &sheetView{Number: p.Number, Last: pages[len(pages)-1].Number, Width: sheetWidth, Alt: v.T("sheet.alt", "n", p.Number), Shown: v.T("document.page", "n", p.Number, "of", pages[len(pages)-1].Number)}
	if p.Label != "" && p.Label != strconv.Itoa(p.Number) {
		d.Shown += " " + v.T("sheet.label", "label", p.Label)
	}
	at := v.record.Path() + "/pages/" + strconv.Itoa(p.Number)
	d.Image, d.Large = v.href(at), v.href(at, "width", strconv.Itoa(largeSheet))
	step := func(i int, key string) *link {
		if i < 0 || i >= len(pages) {
			return nil
		}
		return &link{Text: v.T(key), Href: v.sheetHref(pages[i].Number)}
	}
	d.Previous, d.Next = step(i-1, "pager.previous"), step(i+1, "pager.next")
	d.Jump = findForm{Action: v.record.Path(), Sought: strconv.Itoa(p.Number), Hidden: append(v.hidden("sheet", "pane", "page", "find", "hit"), pair{"pane", "sheets"})}
	d.Remark = v.pageRemark(p)
	for _, g := range v.doc.Reading.Gaps {
		if g.Page == p.Number {
			d.Gaps = append(d.Gaps, v.gap(g))
		}
	}
	if v.user != nil && v.user.Can(account.Editor) && v.site.opt.Intake != nil {
		d.Mend = link{Text: v.T("mend.open"), Href: "/desk/mend/" + string(v.record.ID) + "?page=" + strconv.Itoa(p.Number)}
	}
	if p.End > p.Start {
		v.plain = true
		d.Paragraphs = paragraphs([]markedRun{{Text: v.words(p.Start, p.End)}})
		ps := pieces(v.doc.Reading)
		if k := slices.IndexFunc(ps, func(x piece) bool { return p.Start < x.end }); k >= 0 {
			d.InText = link{Text: v.T("sheet.in_text"), Href: v.inText(ps, v.doc.Reading.Provisions[ps[k].prov])}
		}
	}
	return d, nil
}

func (v *reader) sheetHref(n int) string {
	return v.stay("pane", "sheets", "sheet", strconv.Itoa(n), "find", "", "marks", "")
}

// pageRemark says how a page was read where that was from its image.
func (v *reader) pageRemark(p text.Page) string {
	switch {
	case !p.OCR:
		return ""
	case p.Confidence < uncertain:
		return v.T("sheet.ocr_uncertain", "percent", percent(p.Confidence))
	}
	return v.T("sheet.ocr", "percent", percent(p.Confidence))
}

func percent(x float64) string { return strconv.Itoa(int(x*100 + .5)) }

// gap says what seems to be missing, and where one sees it.
func (v *reader) gap(g text.Gap) gapView {
	x := gapView{Says: v.T("gap.unknown", "code", g.Code)}
	if _, ok := v.locale.find("gap." + g.Code); ok {
		x.Says = v.T("gap."+g.Code, "value", cut(g.Value, 120), "page", g.Page)
	}
	switch {
	case g.Page > 0 && v.hasSheets():
		x.Where = &link{Text: v.T("gap.see_page", "n", g.Page), Href: v.sheetHref(g.Page)}
	case v.record != nil && g.At > 0:
		ps := v.doc.Reading.Provisions
		for i := len(ps) - 1; i >= 0; i-- {
			if ps[i].Start <= g.At && g.At < ps[i].End {
				x.Where = &link{Text: v.shortPlace(ps[i].EID), Href: v.permalink(ps[i].EID)}
				break
			}
		}
	}
	return x
}

// completeView is what a reader must know of a text as a copy: what seems to be missing, and how its words were got.
type completeView struct {
	Gaps []gapView
	More string
	OCR  string
	Low  []link // pages that were read with little confidence
}

const mostGaps = 20

// complete is nil where nothing seems to be missing and no page was read from its image.
func (v *reader) complete() *completeView {
	rd := v.doc.Reading
	c := &completeView{}
	for _, g := range rd.Gaps {
		if len(c.Gaps) == mostGaps {
			c.More = v.T("gap.more", "n", len(rd.Gaps)-mostGaps)
			break
		}
		c.Gaps = append(c.Gaps, v.gap(g))
	}
	n, sum := 0, 0.0
	for _, p := range rd.Pages {
		if !p.OCR {
			continue
		}
		n++
		sum += p.Confidence
		if p.Confidence < uncertain && len(c.Low) < mostGaps {
			l := link{Text: v.T("sheet.low", "n", p.Number, "percent", percent(p.Confidence))}
			if v.hasSheets() {
				l.Href = v.sheetHref(p.Number)
			}
			c.Low = append(c.Low, l)
		}
	}
	if n > 0 {
		c.OCR = v.T("sheet.ocr_sum", "n", n, "of", len(rd.Pages), "percent", percent(sum/float64(n)))
	}
	if len(c.Gaps) == 0 && n == 0 {
		return nil
	}
	return c
}

// breaks are where the pages of the original begin in a stretch of the text.
func (v *reader) breaks(rs []markedRun, start int) []markedRun {
	if v.record == nil || len(v.doc.Reading.Pages) < 2 {
		return rs
	}
	end := start
	for _, r := range rs {
		end += len(r.Text)
	}
	pages := v.doc.Reading.Pages
	k := slices.IndexFunc(pages, func(p text.Page) bool { return p.Start >= start && p.End > p.Start })
	if k < 0 || pages[k].Start >= end {
		return rs
	}
	var out []markedRun
	at := start
	for _, r := range rs {
		for ; k < len(pages) && pages[k].Start < at+len(r.Text); k++ {
			if pages[k].End <= pages[k].Start || pages[k].Start < at {
				continue
			}
			x := r
			x.Text = r.Text[:pages[k].Start-at]
			if x.Text != "" {
				out = append(out, x)
			}
			out = append(out, v.sheetMark(pages[k]))
			r.Text, r.Current, at = r.Text[len(x.Text):], r.Current && x.Text == "", pages[k].Start
		}
		if r.Text != "" {
			out = append(out, r)
		}
		at += len(r.Text)
	}
	return out
}

// sheetMark is the mark at which a page of the original begins; it leads to its image where there is one.
func (v *reader) sheetMark(p text.Page) markedRun {
	label := p.Label
	if label == "" {
		label = strconv.Itoa(p.Number)
	}
	x := markedRun{Sheet: v.T("sheet.mark", "label", label)}
	if v.hasSheets() {
		x.Href = v.sheetHref(p.Number)
	}
	return x
}
