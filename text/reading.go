package text

// Reading is the canonical text made of a document's bytes by one version of the extractor. Immutable.
type Reading struct {
	Text       string      // NFC, LF, no markup, soft line breaks joined; every offset in this module is a byte offset into it
	Title      string      // as the file gives it; "" where it gives none
	Language   string      // BCP 47: en, fr, es, pt, zh …; "und" where not recognised
	Date       string      // EDTF, from the file's own header; "" where it has none
	SourceURL  string      // from the file's own header
	Format     string      // markdown, text, html, tota, open-treaties, and those of package extract: pdf, docx …
	Meta       []Meta      // what else the file's own header says, in its order (parties, status, dates)
	Provisions []Provision // in order of the text, parents before children
	Warnings   []string    // what the extractor noticed and could not mend
	Extractor  string      // name and version of what made it

	// What only some formats have.
	Variant  string    `json:",omitempty"` // of a draft with tracked changes: accepted, rejected, marked-up; "" for other texts
	Pages    []Page    `json:",omitempty"` // of formats with pages; in order
	Notes    []Note    `json:",omitempty"` // footnotes and endnotes of formats that mark them
	Changes  []Change  `json:",omitempty"` // tracked changes, as spans of a marked-up reading
	Comments []Comment `json:",omitempty"` // remarks at the margin of a draft
	Gaps     []Gap     `json:",omitempty"` // what seems to be missing

	Addresses map[string]string `json:",omitempty"` // eIds that the file itself gives and that are none here, with the provision that holds what they name

	Variants []*Reading `json:",omitempty"` // beside the accepted reading of a draft: the rejected and the marked-up one, where they are kept together
}

// Meta is one statement of the file's own header about itself.
type Meta struct{ Name, Value string }

// ProvisionKind says what a provision is in the structure of the text.
type ProvisionKind string

// The kinds of provision, from the outside in. Their eId parts follow Akoma Ntoso.
const (
	KindCover      ProvisionKind = "cover"      // eId "cover": title and what stands before the preamble
	KindPreamble   ProvisionKind = "preamble"   // "preamble"
	KindRecital    ProvisionKind = "recital"    // "preamble__rec_1"
	KindPart       ProvisionKind = "part"       // "part_I"
	KindChapter    ProvisionKind = "chapter"    // "chp_3"
	KindSection    ProvisionKind = "section"    // "sec_2"; headings of unnumbered texts are sections too
	KindArticle    ProvisionKind = "article"    // "art_4"
	KindParagraph  ProvisionKind = "paragraph"  // "art_4__para_2"; unnumbered ones are numbered by position
	KindPoint      ProvisionKind = "point"      // "art_4__para_2__point_a"
	KindAnnex      ProvisionKind = "annex"      // "annex_1"
	KindSignatures ProvisionKind = "signatures" // "signatures": place, date, signature block
)

// Provision is an addressable unit of a reading. Text[Start:End] is all of it, children included; children do not overlap,
// and the provisions without parent concatenate to the whole text.
type Provision struct {
	EID     string        // unique within the reading
	Kind    ProvisionKind //
	Num     string        // as written: "4", "IV", "(a)"; "" where unnumbered
	Heading string        // without the number; "" where it has none
	Start   int           // byte offset of its first byte, heading and number included
	End     int           // byte offset after its last byte, trailing blank lines included
	Body    int           // byte offset where its own words begin, after number and heading; Start ≤ Body ≤ End
	Parent  int           // index in Provisions; -1 at the top
	Depth   int           // 0 at the top
}

// Own returns the span of the provision's own words: from Body to its first child, or to End where it has none.
func (r *Reading) Own(i int) (start, end int) {
	p := r.Provisions[i]
	end = p.End
	for j := i + 1; j < len(r.Provisions) && r.Provisions[j].Start < p.End; j++ {
		if r.Provisions[j].Parent == i {
			end = r.Provisions[j].Start
			break
		}
	}
	return min(p.Body, end), end
}
