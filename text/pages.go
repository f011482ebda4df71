package text

// Page is a page of the document that a text was read from. Pages tile the main text in order; notes stand behind it.
type Page struct {
	Number     int     `json:"number"`               // 1-based, as the file counts
	Label      string  `json:"label,omitempty"`      // as printed on the page ("iv", "12"); "" where nothing was found
	Start      int     `json:"start"`                // bytes of the canonical text
	End        int     `json:"end"`                  // Start where nothing of the page is text
	OCR        bool    `json:"ocr,omitempty"`        // read from its image
	Confidence float64 `json:"confidence,omitempty"` // 0–1, mean over the words that were read from the image; 0 for other pages
}

// Note is a footnote or endnote. Its words stand at the end of the text, after "[MARK] ".
type Note struct {
	Mark  string `json:"mark"`           // as printed: "1", "*"
	Page  int    `json:"page,omitempty"` // on which it stands; 0 where the format has no pages
	Ref   int    `json:"ref"`            // byte of the text where it is referred to; -1 where that was not found
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Change is an insertion or deletion that a draft tracks. Of a marked-up reading it is a span; in the accepted reading
// deletions are gone, in the rejected one insertions.
type Change struct {
	Kind  string `json:"kind"` // Inserted or Deleted
	By    string `json:"by,omitempty"`
	Date  string `json:"date,omitempty"` // as the file gives it
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Kinds of [Change].
const (
	Inserted = "inserted"
	Deleted  = "deleted"
)

// Comment is a remark at the margin of a draft.
type Comment struct {
	By   string `json:"by,omitempty"`
	Date string `json:"date,omitempty"`
	Text string `json:"text"`
	At   int    `json:"at"` // byte of the text where it begins to apply
}

// Gap is something that seems to be missing from a document, with the place that tells it.
type Gap struct {
	Code  string `json:"code"`            // one of the Gap constants
	Page  int    `json:"page,omitempty"`  // 1-based; 0 where it is about no page
	At    int    `json:"at"`              // byte of the text that tells it
	Value string `json:"value,omitempty"` // what is missing: "5", "Annex II"
}

// Codes of [Gap].
const (
	GapNoText       = "page_without_text" // the page has something on it, and no words could be got
	GapPageJump     = "page_numbers_jump" // printed page numbers jump over the value
	GapPagesMissing = "pages_missing"     // "page 3 of 10", and there are fewer
	GapAnnex        = "annex_missing"     // the text refers to an annex that is not here
	GapArticle      = "article_missing"   // article numbers jump over the value
	GapUnsigned     = "unsigned"          // a place for signatures, with nobody's name or hand in it
	GapUnreadable   = "unreadable_words"  // characters that stand for no letter
	GapLowOCR       = "uncertain_ocr"     // the words were read from an image with little confidence
	GapLeftOut      = "left_out"          // the file holds more than was read: the value says what
)
