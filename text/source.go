package text

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Source is what a reader of another format (package extract) makes of a file: its paragraphs in reading order and what the file
// says about itself. [FromSource] lays it out by the same rules as the formats that this package reads.
type Source struct {
	Format     string // pdf, docx …
	Title      string // as the file gives it; "" where it gives none
	Language   string // BCP 47; "" to have it recognised
	Date       string // EDTF
	SourceURL  string
	Variant    string // of a draft with tracked changes: accepted, rejected, marked-up
	Meta       []Meta
	Blocks     []Block
	Pages      []Page    // number, label, OCR and confidence of every page; the spans are filled in
	Notes      []Note    // mark and page of every note; its words are the block with the same Note
	Changes    []Change  // who and when; the spans are filled in
	Comments   []Comment // who, when and what; the places are filled in
	Gaps       []Gap     // what the format itself tells to be missing
	Provisions []Given   // that the format itself marks, parents before children; none where they are to be found in the words
	Aliases    []Alias   // addresses that the file gives to what is no provision
	Warnings   []string
}

// BlockKind is what a source says that a block is.
type BlockKind = hint

// The kinds of block.
const (
	Paragraph    BlockKind = hintNone
	HeadingBlock BlockKind = hintHeading // marked as a heading by the format
	ItemBlock    BlockKind = hintItem    // an item of a list
	NumberBlock  BlockKind = hintStruct  // the number line of a chapter or article that the format itself marks ("Article 4")
	NameBlock    BlockKind = hintName    // the name of the chapter or article on the line before
	CoverBlock   BlockKind = hintCover   // the title of the whole
)

// Block is one paragraph, heading or list item: one logical line.
type Block struct {
	Text    string
	Kind    BlockKind
	Level   int      // of a heading or item, 1 outermost; 0 where unknown
	Bold    int      // bytes at the start of Text that are set in bold
	Tight   bool     // a line end, not a blank line, stands before it
	Note    int      // 1 + index in Source.Notes of the note whose words these are; 0 for the main text
	Anchors []Anchor // in order of At
}

// AnchorKind is what an anchor marks.
type AnchorKind byte

// The kinds of anchor, with what their Index counts.
const (
	PageAnchor      AnchorKind = iota // Source.Pages: the page begins here
	NoteAnchor                        // Source.Notes: the note is referred to here
	ChangeAnchor                      // Source.Changes: the change begins here
	ChangeEndAnchor                   // Source.Changes: it ends here
	CommentAnchor                     // Source.Comments: it was made here
	ProvisionAnchor                   // Source.Provisions: it begins here
	BodyAnchor                        // Source.Provisions: its own words begin here
)

// Anchor is a place in a block, in bytes of its Text before canonical rules are applied.
type Anchor struct {
	At    int
	Kind  AnchorKind
	Index int
}

// placed is an anchor in canonical text.
type placed struct {
	kind  AnchorKind
	index int
	at    int
}

// FromSource makes a reading. The error is an [*Error].
func FromSource(name string, s *Source) (*Reading, error) {
	w := &warnings{}
	for _, m := range s.Warnings {
		w.addf("%s", m)
	}
	src := &source{format: s.Format, from: s, blocks: make([]block, 0, len(s.Blocks))}
	for _, m := range [...]Meta{{"title", s.Title}, {"language", s.Language}, {"date", s.Date}, {"source_url", s.SourceURL}} {
		if m.Value != "" {
			src.header = append(src.header, m)
		}
	}
	src.header = append(src.header, s.Meta...)
	for i := range s.Blocks {
		b := &s.Blocks[i]
		src.blocks = append(src.blocks, block{text: b.Text, hint: b.Kind, level: b.Level, lead: b.Bold, tight: b.Tight, anchors: b.Anchors, note: b.Note})
	}
	return make1(name, src, w)
}

// anchored gives where the anchors of a block whose canonical words start at start came to stand. An anchor behind the last
// word, or before a blank, belongs to what follows it.
func anchored(bl *block, start int, t string) []placed {
	var out []placed
	for _, a := range bl.anchors {
		at := len(t)
		if a.At < len(bl.text) {
			at = min(len(tidy(bl.text[:max(a.At, 0)])), len(t))
		}
		for at < len(t) && !utf8.RuneStart(t[at]) {
			at++
		}
		if at < len(t) && t[at] == ' ' && (a.Kind == PageAnchor || a.Kind == ChangeAnchor || a.Kind == ProvisionAnchor || a.Kind == BodyAnchor) {
			at++
		}
		out = append(out, placed{a.Kind, a.Index, start + at})
	}
	return out
}

// places fills pages, notes, changes and comments of a reading from where their anchors came to stand.
func (r *Reading) places(s *Source, anchors []placed, lines []line) {
	r.Variant, r.Gaps = s.Variant, append([]Gap(nil), s.Gaps...)
	r.Pages = append([]Page(nil), s.Pages...)
	r.Notes = append([]Note(nil), s.Notes...)
	r.Changes = append([]Change(nil), s.Changes...)
	r.Comments = append([]Comment(nil), s.Comments...)
	for i := range r.Notes {
		r.Notes[i].Ref = -1
	}
	began := make([]bool, len(r.Pages))
	for _, a := range anchors {
		switch {
		case a.kind == PageAnchor && a.index < len(r.Pages):
			r.Pages[a.index].Start, began[a.index] = a.at, true
		case a.kind == NoteAnchor && a.index < len(r.Notes):
			r.Notes[a.index].Ref = a.at
		case a.kind == ChangeAnchor && a.index < len(r.Changes):
			r.Changes[a.index].Start, r.Changes[a.index].End = a.at, a.at
		case a.kind == ChangeEndAnchor && a.index < len(r.Changes):
			r.Changes[a.index].End = max(a.at, r.Changes[a.index].Start)
		case a.kind == CommentAnchor && a.index < len(r.Comments):
			r.Comments[a.index].At = a.at
		}
	}
	end := len(r.Text) // of the main text
	for i := range lines {
		if n := lines[i].note; n > 0 && n <= len(r.Notes) {
			note := &r.Notes[n-1]
			if end = min(end, lines[i].start); note.End == 0 {
				note.Start = lines[i].start
			}
			note.End = lines[i].end
		}
	}
	for i := len(r.Pages) - 1; i >= 0; i-- { // a page of which nothing is left is empty, and stands where the next begins
		r.Pages[i].End = end
		if !began[i] {
			r.Pages[i].Start = end
		}
		end = r.Pages[i].Start
	}
	if len(r.Pages) > 0 {
		r.Pages[0].Start = 0
	}
	kept := r.Notes[:0]
	for _, n := range r.Notes {
		if n.End > n.Start {
			kept = append(kept, n)
		}
	}
	r.Notes = kept
	r.Changes = compactChanges(r.Changes)
	sort.SliceStable(r.Comments, func(i, j int) bool { return r.Comments[i].At < r.Comments[j].At })
}

// compactChanges drops changes without words, and joins those that follow each other.
func compactChanges(in []Change) []Change {
	out := in[:0]
	for _, c := range in {
		if c.End <= c.Start {
			continue
		}
		if n := len(out); n > 0 && out[n-1].End >= c.Start-1 && out[n-1].Kind == c.Kind && out[n-1].By == c.By && out[n-1].Date == c.Date {
			out[n-1].End = max(out[n-1].End, c.End)
			continue
		}
		out = append(out, c)
	}
	return out
}

// PageAt is the index in Pages of the page on which byte at of the text stands; -1 where the reading has no pages.
func (r *Reading) PageAt(at int) int {
	i := sort.Search(len(r.Pages), func(i int) bool { return r.Pages[i].Start > at }) - 1
	for i > 0 && r.Pages[i].Start == r.Pages[i].End && r.Pages[i-1].Start == r.Pages[i].Start {
		i--
	}
	return i
}

// Joiner joins the lines of wrapped paragraphs, and decides from the other words of the same text whether a hyphen at a line
// end splits a word or belongs to it.
type Joiner struct{ hy *hyphens }

// NewJoiner takes all lines of a text.
func NewJoiner(lines []string) *Joiner { return &Joiner{newHyphens(lines)} }

// Join adds a line to a paragraph.
func (j *Joiner) Join(paragraph []byte, line string) []byte {
	if len(paragraph) == 0 {
		return append(paragraph, strings.TrimSpace(line)...)
	}
	return j.hy.join(paragraph, strings.TrimSpace(line))
}

// Marked says whether a line begins with the number, letter or bullet of a list ("1.", "(a)", "•").
func Marked(line string) bool {
	_, ok := parseMarker(line)
	return ok
}
