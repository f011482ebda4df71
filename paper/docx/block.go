package docx

import (
	"bytes"
	"fmt"
	"image/png"
	"strconv"
	"strings"

	"github.com/openassay/assay/paper"
)

// Sizes in twentieths of a point: the line of an A4 page with margins of 23 mm.
const (
	pageWide, pageHigh = 11906, 16838
	margin             = 1304
	lineWide           = pageWide - 2*margin
	step               = 397 // 7 mm: one level of indentation
	maxIndent          = 8
)

func (x *writer) document() error {
	b := &x.body.b
	b.WriteString(head + `<w:document ` + nsMain + nsDraw + `><w:body>`)
	x.nameBlocks()
	if x.d.Title != "" {
		x.plainPara("Title", paper.T(x.d.Title))
	}
	if x.d.Subtitle != "" {
		x.plainPara("Subtitle", paper.T(x.d.Subtitle))
	}
	for _, m := range x.d.Meta {
		x.plainPara("Meta", []paper.Run{{Text: m.Name + ": "}, {Text: m.Value, Link: m.Link}})
	}
	for i, bl := range x.d.Blocks {
		if err := x.block(bl); err != nil {
			return fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	fmt.Fprintf(b, `<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="708" w:footer="567" w:gutter="0"/>`, pageWide, pageHigh, margin, margin, margin, margin)
	if x.rtl {
		b.WriteString(`<w:bidi/>`)
	}
	b.WriteString(`</w:sectPr></w:body></w:document>`)
	return nil
}

// nameBlocks gives every block that has an id the name of a bookmark: letters, digits and underscores, at most 40.
func (x *writer) nameBlocks() {
	used := map[string]bool{}
	name := func(id string) {
		if id == "" || x.names[id] != "" {
			return
		}
		n := strings.Map(func(r rune) rune {
			if r < 128 && (r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z' || r == '_') {
				return r
			}
			return '_'
		}, id)
		if c := n[0]; c >= '0' && c <= '9' {
			n = "_" + n
		}
		if len(n) > 40 || used[n] {
			n = fmt.Sprintf("b_%d", len(x.names)+1)
		}
		used[n] = true
		x.names[id] = n
	}
	for _, bl := range x.d.Blocks {
		switch b := bl.(type) {
		case paper.Heading:
			name(b.ID)
		case paper.Paragraph:
			name(b.ID)
		case paper.Quote:
			name(b.ID)
		case paper.Table:
			name(b.ID)
		case paper.Figure:
			name(b.ID)
		case paper.List:
			for _, it := range b.Items {
				name(it.ID)
			}
		}
	}
}

func (x *writer) block(bl paper.Block) error {
	switch b := bl.(type) {
	case paper.Heading:
		x.para(paraForm{style: "Heading" + strconv.Itoa(b.Level), id: b.ID}, b.Runs)
	case paper.Paragraph:
		x.para(paraForm{id: b.ID, left: b.Indent, mark: b.Mark}, b.Runs)
	case paper.List:
		for _, it := range b.Items {
			m := it.Marker
			if m == "" {
				m = "•"
			}
			x.para(paraForm{style: "ListItem", id: it.ID, left: it.Level + 1, marker: m, mark: it.Mark}, it.Runs)
		}
	case paper.Quote:
		if b.Label != "" {
			x.plainPara("QuoteLabel", []paper.Run{{Text: b.Label, Link: b.Link}})
		}
		x.para(paraForm{style: "Quote", id: b.ID}, b.Runs)
	case paper.Table:
		x.table(b)
	case paper.Figure:
		return x.figure(b)
	case paper.PageBreak:
		x.body.b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	}
	return nil
}

// paraForm is how a paragraph stands.
type paraForm struct {
	style, id, marker string
	left              int
	mark              *paper.Mark
	right             bool // set to the right
}

// borders of the forms of marks.
var borders = map[paper.Form]string{paper.Solid: "single", paper.Dashed: "dashed", paper.Dotted: "dotted", paper.Hollow: "double"}

// para writes a paragraph of the body.
func (x *writer) para(f paraForm, runs []paper.Run) {
	b := &x.body.b
	b.WriteString(`<w:p>`)
	x.paraProps(f, runs)
	if n := x.names[f.id]; f.id != "" && n != "" {
		x.marks++
		fmt.Fprintf(b, `<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%d"/>`, x.marks, n, x.marks)
	}
	if f.marker != "" {
		b.WriteString(`<w:r>`)
		x.runProps(paper.Run{})
		b.WriteString(`<w:t xml:space="preserve">` + esc(f.marker) + `</w:t><w:tab/></w:r>`)
	}
	if f.mark != nil && f.mark.Word != "" {
		b.WriteString(`<w:r><w:rPr><w:rStyle w:val="MarkWord"/></w:rPr><w:t xml:space="preserve">` + esc(f.mark.Word) + ` </w:t></w:r>`)
	}
	for _, r := range runs {
		x.counted(r)
	}
	b.WriteString(`</w:p>`)
}

// plainPara writes a paragraph whose runs paper.Number does not count: the title and what stands with it.
func (x *writer) plainPara(style string, runs []paper.Run) {
	x.body.b.WriteString(`<w:p>`)
	x.paraProps(paraForm{style: style}, nil)
	for _, r := range runs {
		x.run(&x.body, r)
	}
	x.body.b.WriteString(`</w:p>`)
}

// paraProps writes the properties in the order that the schema asks for.
func (x *writer) paraProps(f paraForm, runs []paper.Run) {
	b := &x.body.b
	b.WriteString(`<w:pPr>`)
	if f.style != "" {
		b.WriteString(`<w:pStyle w:val="` + f.style + `"/>`)
	}
	if f.mark != nil {
		if v := borders[f.mark.Form]; v != "" {
			b.WriteString(`<w:pBdr><w:left w:val="` + v + `" w:sz="18" w:space="8" w:color="555555"/></w:pBdr>`)
		}
	}
	if x.rtl {
		b.WriteString(`<w:bidi/>`)
	}
	if left := min(f.left, maxIndent+1) * step; left > 0 {
		fmt.Fprintf(b, `<w:ind w:left="%d"`, left)
		if f.marker != "" {
			fmt.Fprintf(b, ` w:hanging="%d"`, step)
		}
		b.WriteString(`/>`)
	}
	if f.right {
		b.WriteString(`<w:jc w:val="right"/>`)
	}
	if c := whole(runs); c != paper.Kept {
		b.WriteString(`<w:rPr>`)
		x.change(b, c, runs[0].By, true)
		b.WriteString(`</w:rPr>`)
	}
	b.WriteString(`</w:pPr>`)
}

// whole says whether all of a paragraph is inserted or deleted: then its end is too.
func whole(runs []paper.Run) paper.Change {
	if len(runs) == 0 {
		return paper.Kept
	}
	c := runs[0].Change
	for _, r := range runs {
		if r.Change != c {
			return paper.Kept
		}
	}
	return c
}

// table writes a table; its head is repeated, its rows are not cut.
func (x *writer) table(t paper.Table) {
	b := &x.body.b
	if t.Caption != "" {
		x.caption("Caption", t.ID, t.Caption)
	}
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="` + strconv.Itoa(lineWide) + `" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`)
	if t.Caption != "" {
		b.WriteString(`<w:tblCaption w:val="` + esc(t.Caption) + `"/>`)
	}
	b.WriteString(`</w:tblPr><w:tblGrid>`)
	wide := make([]int, len(t.Head))
	for i, s := range t.Shares() {
		wide[i] = int(s * lineWide)
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, wide[i])
	}
	b.WriteString(`</w:tblGrid>`)
	row := func(cells []paper.Cell, top bool) {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if top {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		for i, c := range cells {
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, wide[i])
			style := "TableText"
			if top {
				style = "TableHead"
			}
			x.para(paraForm{style: style, right: t.Right(i)}, c.Runs)
			b.WriteString(`</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	row(t.Head, true)
	for _, r := range t.Rows {
		row(r, false)
	}
	b.WriteString(`</w:tbl><w:p><w:pPr><w:pStyle w:val="After"/></w:pPr></w:p>`)
}

// caption writes a caption, which carries the id of what it is the caption of.
func (x *writer) caption(style, id, words string) {
	b := &x.body.b
	b.WriteString(`<w:p>`)
	x.paraProps(paraForm{style: style}, nil)
	if n := x.names[id]; id != "" && n != "" {
		x.marks++
		fmt.Fprintf(b, `<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%d"/>`, x.marks, n, x.marks)
	}
	x.run(&x.body, paper.Run{Text: words})
	b.WriteString(`</w:p>`)
}

// emuPerTwip: pictures are measured in English metric units.
const emuPerTwip = 635

func (x *writer) figure(f paper.Figure) error {
	c, err := png.DecodeConfig(bytes.NewReader(f.PNG))
	if err != nil || c.Width == 0 || c.Height == 0 {
		return fmt.Errorf("the figure %q is no PNG: %v", f.Alt, err)
	}
	share := f.Width
	if share <= 0 || share > 1 {
		share = 1
	}
	wide := int(share * lineWide * emuPerTwip)
	high := wide * c.Height / c.Width
	if most := (pageHigh - 2*margin - 1200) * emuPerTwip; high > most {
		wide, high = wide*most/high, most
	}
	x.pictures = append(x.pictures, f.PNG)
	n := len(x.pictures)
	id := x.body.rel("image", fmt.Sprintf("media/image%d.png", n), "")
	fmt.Fprintf(&x.body.b, `<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s %d" descr="%s"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="image%d.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		wide, high, n, x.words.Figure, n, esc(f.Alt), n, n, id, wide, high)
	if f.Caption != "" {
		x.caption("Caption", f.ID, f.Caption)
	}
	return nil
}
