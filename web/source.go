package web

import (
	"html/template"

	"github.com/openassay/assay/registry"
)

// chip is the mark of a source beside a value: who published it and when, and of what grade it is. It opens to title, place and link.
type chip struct {
	Publisher string
	Date      template.HTML // "" where the source has none
	Grade     string
	GradeCode string
	Title     string
	Lang      string
	URL, Host string
	Locator   string
	Passage   *link         // the place in a text here that the locator names
	Number    int           // in the page's list of sources
	Known     template.HTML // by when the claim was known
	By        string        // the machine that made the claim; "" for people and importers
	Wrong     string        // where one says that the claim is wrong
	Quiet     bool          // the panel leaves out what the list of sources at the foot of the page tells
	source    *registry.Source
}

func (c *chip) sameSource(o *chip) bool { return c.source != nil && o.source == c.source }

func (c *chip) sameAs(o *chip) bool {
	return c.source == o.source && c.Locator == o.Locator && samePassage(c.Passage, o.Passage) && c.By == o.By && c.Known == o.Known
}

func samePassage(a, b *link) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// chip makes the mark of a claim's source.
func (q *request) chip(c *registry.Stated) *chip {
	out := &chip{Wrong: q.wrongHref(c.Entry), Locator: c.Locator, Known: q.edtf(string(c.Known)), source: c.Source}
	if out.Passage = q.passage(c.Locator); out.Passage != nil {
		out.Locator = ""
	}
	if m := q.method(c); m != nil {
		out.By = m.Detail
	}
	if c.Source == nil {
		out.Publisher = string(c.Claim.Source)
		return out
	}
	q.fillChip(out, c.Source)
	out.Number = q.cite(c.Source)
	return out
}

func (q *request) fillChip(out *chip, s *registry.Source) {
	out.Title, out.URL, out.Grade, out.GradeCode, out.source = s.Title, s.URL, q.code("grade", s.Grade), s.Grade, s
	if s.Lang != "" && s.Lang != q.Lang {
		out.Lang = q.code("language", s.Lang)
	}
	if s.URL != "" {
		out.Host = host(s.URL)
	}
	for _, name := range []string{s.Publisher, out.Host, s.Title, string(s.ID)} {
		if name != "" {
			out.Publisher = name
			break
		}
	}
	if s.Date != "" {
		out.Date = q.edtf(s.Date)
	}
}

// cite numbers a source on this page: the first one cited is 1.
func (q *request) cite(s *registry.Source) int {
	for i, c := range q.cited {
		if c == s {
			return i + 1
		}
	}
	q.cited = append(q.cited, s)
	return len(q.cited)
}

// sourceItem is a line of the list of sources at the foot of a record's page.
type sourceItem struct {
	chip
	Seen template.HTML
	Note string
	Href string // of the source's own page; "" where there is none
}

// sources lists what the page has cited so far, in the order of the numbers.
func (q *request) sources() []sourceItem {
	out := make([]sourceItem, 0, len(q.cited))
	for i, s := range q.cited {
		it := sourceItem{Note: s.Note}
		q.fillChip(&it.chip, s)
		it.Number = i + 1
		if s.Seen != "" {
			it.Seen = q.edtf(s.Seen)
		}
		if q.site.has("/sources/{id}") {
			it.Href = q.href("/sources/" + string(s.ID))
		}
		out = append(out, it)
	}
	return out
}
