package text

import (
	"fmt"
	"slices"
	"strings"
)

// MendPage is the reading with other words on one of its pages, as a person who looked at its image read them. Lines of the words are
// paragraphs; an empty line stands between paragraphs that are apart. The text is cut into provisions anew by the same rules; pages
// keep their numbers. The reading itself stays as it is. Errors are an [*Error]: a page that the reading does not have, or words without any.
func MendPage(r *Reading, number int, words string) (*Reading, error) {
	at := slices.IndexFunc(r.Pages, func(p Page) bool { return p.Number == number })
	if at < 0 {
		return nil, &Error{Code: CodeInvalid, Name: r.Title, Message: fmt.Sprintf("there is no page %d", number)}
	}
	p := r.Pages[at]
	old := r.Text[p.Start:p.End]
	words = strings.TrimSpace(words)
	lead, trail := old[:len(old)-len(strings.TrimLeft(old, " \n"))], old[len(strings.TrimRight(old, " \n")):]
	if strings.TrimSpace(old) == "" { // nothing was read there
		lead, trail = "\n\n", "\n\n"
	}
	words = lead + words + trail
	whole := r.Text[:p.Start] + words + r.Text[p.End:]
	grew := len(words) - len(old)
	moved := func(x int) int {
		if x >= p.End && x > p.Start {
			return x + grew
		}
		return x
	}
	s := &Source{Format: r.Format, Title: r.Title, Language: r.Language, Date: r.Date, SourceURL: r.SourceURL, Meta: r.Meta, Pages: slices.Clone(r.Pages), Warnings: slices.Clone(r.Warnings)}
	s.Warnings = append(s.Warnings, fmt.Sprintf("the words of page %d are a person's", number))
	s.Pages[at].OCR, s.Pages[at].Confidence = false, 0
	for _, g := range r.Gaps {
		ofWords := g.Code == GapNoText || g.Code == GapLowOCR || g.Code == GapUnreadable
		if g.Page == number && ofWords {
			continue
		}
		if ofWords || g.Code == GapPageJump || g.Code == GapPagesMissing || g.Code == GapLeftOut { // what the text itself tells is found anew
			g.At = moved(g.At)
			s.Gaps = append(s.Gaps, g)
		}
	}
	end := len(whole) // of the main text
	for _, n := range r.Notes {
		s.Notes = append(s.Notes, Note{Mark: n.Mark, Page: n.Page})
		end = min(end, moved(n.Start))
	}
	heading := map[int]bool{} // where headings without a number began
	for _, x := range r.Provisions {
		if x.Heading != "" && x.Num == "" {
			heading[moved(x.Start)] = true
		}
	}
	start, tight := 0, false
	for start <= len(whole) {
		stop := strings.IndexByte(whole[start:], '\n')
		if stop < 0 {
			stop = len(whole)
		} else {
			stop += start
		}
		if line := whole[start:stop]; strings.TrimSpace(line) != "" {
			b := Block{Text: line, Tight: tight}
			if heading[start] {
				b.Kind = HeadingBlock
			}
			for i, q := range r.Pages {
				if from := moved(q.Start); from >= start && from < stop && q.End >= q.Start && (q.End > q.Start || i == at) {
					b.Anchors = append(b.Anchors, Anchor{At: from - start, Kind: PageAnchor, Index: i})
				}
			}
			if start >= end {
				for i, n := range r.Notes {
					if moved(n.Start) <= start && start < moved(n.End) {
						b.Note = i + 1
					}
				}
			}
			s.Blocks = append(s.Blocks, b)
			tight = true
		} else {
			tight = false
		}
		start = stop + 1
	}
	// a page begins with a blank where its first line does: it belongs to the line after it
	for i, q := range r.Pages {
		if q.End <= q.Start && i != at {
			continue
		}
		found := false
		for k := range s.Blocks {
			found = found || slices.ContainsFunc(s.Blocks[k].Anchors, func(a Anchor) bool { return a.Index == i })
		}
		if !found {
			pos, from := 0, moved(q.Start)
			for k := range s.Blocks {
				pos = strings.Index(whole[pos:], s.Blocks[k].Text) + pos
				if pos >= from {
					s.Blocks[k].Anchors = append([]Anchor{{Kind: PageAnchor, Index: i}}, s.Blocks[k].Anchors...)
					break
				}
				pos += len(s.Blocks[k].Text)
			}
		}
	}
	return FromSource(r.Title, s)
}
