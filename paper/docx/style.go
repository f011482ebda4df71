package docx

import (
	"fmt"
	"strings"

	"github.com/openassay/assay/paper"
)

// regions completes a language for spelling, where only the language is known.
var regions = map[string]string{"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "pt": "pt-PT", "de": "de-DE", "zh": "zh-CN", "ar": "ar-SA", "ru": "ru-RU"}

func region(lang string) string {
	if r := regions[strings.ToLower(lang)]; r != "" {
		return r
	}
	if lang == "" || lang == "und" {
		return "en-GB"
	}
	return lang
}

// styles writes the styles. Sizes are half points, distances twentieths of a point.
func (x *writer) styles() string {
	lang := region(x.d.Lang)
	east, bidi := "zh-CN", "ar-SA"
	if x.rtl {
		bidi = lang
	}
	var b strings.Builder
	fmt.Fprintf(&b, head+`<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:eastAsia="SimSun" w:cs="Times New Roman"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="%s" w:eastAsia="%s" w:bidi="%s"/></w:rPr></w:rPrDefault>`+
		`<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`, nsMain, esc(lang), east, bidi)
	para := func(id, name, based, next, pPr, rPr string) {
		b.WriteString(`<w:style w:type="paragraph" w:styleId="` + id + `"`)
		if id == "Normal" {
			b.WriteString(` w:default="1"`)
		}
		b.WriteString(`><w:name w:val="` + name + `"/>`)
		if based != "" {
			b.WriteString(`<w:basedOn w:val="` + based + `"/>`)
		}
		if next != "" {
			b.WriteString(`<w:next w:val="` + next + `"/>`)
		}
		b.WriteString(`<w:qFormat/><w:pPr>` + pPr + `</w:pPr><w:rPr>` + rPr + `</w:rPr></w:style>`)
	}
	const sans = `<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>`
	size := func(n int) string { return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, n, n) }
	para("Normal", "Normal", "", "", "", "")
	para("Title", "Title", "Normal", "Normal", `<w:keepNext/><w:spacing w:after="80" w:line="252" w:lineRule="auto"/>`, size(40))
	para("Subtitle", "Subtitle", "Normal", "Normal", `<w:spacing w:after="200"/>`, sans+`<w:color w:val="444444"/>`+size(21))
	para("Meta", "Meta", "Normal", "", `<w:spacing w:after="20"/>`, sans+`<w:color w:val="444444"/>`+size(18))
	for i, n := range []int{30, 26, 23, 22, 21, 21} {
		look := `<w:b/><w:bCs/>`
		if i > 3 {
			look = `<w:i/><w:iCs/>`
		}
		para(fmt.Sprintf("Heading%d", i+1), fmt.Sprintf("heading %d", i+1), "Normal", "Normal",
			fmt.Sprintf(`<w:keepNext/><w:keepLines/><w:spacing w:before="%d" w:after="100"/><w:outlineLvl w:val="%d"/>`, 340-40*i, i), look+size(n))
	}
	para("ListItem", "List Item", "Normal", "", `<w:spacing w:after="80"/>`, "")
	para("Quote", "Quote", "Normal", "Normal", fmt.Sprintf(`<w:ind w:left="%d" w:right="%d"/>`, step, step), size(20))
	para("QuoteLabel", "Quote Label", "Normal", "Quote", fmt.Sprintf(`<w:keepNext/><w:spacing w:before="120" w:after="40"/><w:ind w:left="%d"/>`, step), sans+`<w:color w:val="444444"/>`+size(18))
	para("TableText", "Table Text", "Normal", "", `<w:spacing w:before="40" w:after="40" w:line="252" w:lineRule="auto"/>`, sans+size(18))
	para("TableHead", "Table Head", "TableText", "", "", `<w:b/><w:bCs/>`)
	para("Caption", "caption", "Normal", "", `<w:keepNext/><w:spacing w:before="160" w:after="60"/>`, sans+`<w:b/><w:bCs/>`+size(18))
	para("After", "After Table", "Normal", "", `<w:spacing w:after="60" w:line="120" w:lineRule="exact"/>`, size(10))
	para("Picture", "Picture", "Normal", "Caption", `<w:keepNext/><w:spacing w:before="120" w:after="40"/>`, "")
	para("Footer", "footer", "Normal", "", fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs><w:spacing w:after="0"/>`, lineWide), sans+`<w:color w:val="555555"/>`+size(16))
	para("FootnoteText", "footnote text", "Normal", "", `<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>`, size(17))
	para("CommentText", "annotation text", "Normal", "", `<w:spacing w:after="60" w:line="240" w:lineRule="auto"/>`, sans+size(18))
	for _, s := range [][3]string{
		{"FootnoteReference", "footnote reference", `<w:vertAlign w:val="superscript"/>`},
		{"CommentReference", "annotation reference", size(16)},
		{"Hyperlink", "Hyperlink", `<w:color w:val="1A4B8C"/><w:u w:val="single"/>`},
		{"MarkWord", "Mark Word", sans + `<w:color w:val="555555"/>` + size(15)},
	} {
		b.WriteString(`<w:style w:type="character" w:styleId="` + s[0] + `"><w:name w:val="` + s[1] + `"/><w:rPr>` + s[2] + `</w:rPr></w:style>`)
	}
	b.WriteString(`<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="333333"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="333333"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"/></w:tblBorders>` +
		`<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="333333"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style></w:styles>`)
	return b.String()
}

func (x *writer) settings() string {
	lang := region(x.d.Lang)
	rtl := ""
	if x.rtl {
		rtl = ` w:bidi="` + esc(lang) + `"`
	}
	return head + `<w:settings ` + nsMain + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="` + fmt.Sprint(step) + `"/><w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="` + esc(lang) + `"` + rtl + `/></w:settings>`
}

// footer is the line at the foot of each page: what the document says there, and the number of the page.
func (x *writer) footer() string {
	words := x.d.Footer
	if words == "" {
		words = x.d.Title
	}
	if r := []rune(words); len(r) > 90 {
		words = string(r[:89]) + "…"
	}
	field := func(name string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	p := paper.WordsIn(x.d.Lang)
	return head + `<w:ftr ` + nsMain + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">` + esc(words) + `</w:t><w:tab/><w:t xml:space="preserve">` + esc(p.Page) + ` </w:t></w:r>` + field("PAGE") +
		`<w:r><w:t xml:space="preserve"> ` + esc(p.Of) + ` </w:t></w:r>` + field("NUMPAGES") + `</w:p></w:ftr>`
}
