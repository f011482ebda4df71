package web

import (
	"cmp"
	"strconv"
	"strings"
	"sync"

	"github.com/openassay/assay/align"
	"github.com/openassay/assay/registry"
)

// sidePage is /side?a=ONE&b=OTHER: two texts of an instrument in two languages beside each other, provision by provision, with what a person should
// look at.
type sidePage struct {
	A, B     link
	LangA    string
	LangB    string
	DirA     string
	DirB     string
	NameA    string
	NameB    string
	Sample   bool
	Swap     string
	Sum      string
	Notes    []string
	Only     choice // to see only what is flagged
	All      choice
	Rows     []sideRow
	Pager    *textPager
	Redlined string
}

// sideRow is a provision of each text, or of one alone.
type sideRow struct {
	A, B   *sideCell
	Depth  int
	Flags  []string
	Unsure string
}

type sideCell struct {
	Place link
	Words string
}

const sideBudget = 80_000 // bytes of words on a page

// alignments keeps the last few, as redlines are kept.
type alignments struct {
	mu   sync.Mutex
	kept map[string]*align.Alignment
}

func (s *site) alignmentOf(a, b *reader) *align.Alignment {
	key := strings.Join([]string{a.record.String("reading"), a.record.String("analysis"), b.record.String("reading"), b.record.String("analysis")}, " ")
	s.aligned.mu.Lock()
	defer s.aligned.mu.Unlock()
	if x := s.aligned.kept[key]; x != nil {
		return x
	}
	x := align.Texts(a.doc.Reading, b.doc.Reading, a.machine, b.machine, align.Options{})
	if s.aligned.kept == nil || len(s.aligned.kept) >= 8 {
		s.aligned.kept = map[string]*align.Alignment{}
	}
	s.aligned.kept[key] = x
	return x
}

func sideBySide(q *request) (*page, error) {
	a, b, err := q.twoTexts()
	if err != nil {
		return nil, err
	}
	al := q.site.alignmentOf(a, b)
	ra, rb := a.doc.Reading, b.doc.Reading
	d := &sidePage{A: q.linkTo(a.record), B: q.linkTo(b.record), LangA: ra.Language, LangB: rb.Language, DirA: dirOf(ra.Language), DirB: dirOf(rb.Language), NameA: q.code("language", base(ra.Language)), NameB: q.code("language", base(rb.Language)),
		Sample: a.record.Sample() || b.record.Sample(), Swap: q.href("/side", "a", b.record.Address(), "b", a.record.Address()), Redlined: q.redlineHref(a.record, b.record)}
	if base(ra.Language) == base(rb.Language) {
		d.Notes = append(d.Notes, q.T("side.same_language"))
	}
	if a.doc.Analysis.Unsupported != "" || b.doc.Analysis.Unsupported != "" {
		d.Notes = append(d.Notes, q.T("side.no_force"))
	}
	for _, v := range []*reader{a, b} {
		if v.record.String("authentic") == "" {
			d.Notes = append(d.Notes, q.T("side.authentic"))
			break
		}
	}
	var rows []sideRow
	flagged := 0
	for i := range al.Rows {
		r := q.sideRow(a, b, &al.Rows[i])
		if len(r.Flags) > 0 {
			flagged++
		}
		rows = append(rows, r)
	}
	d.Sum = q.T("side.sum", "n", flagged, "all", len(rows))
	only := q.Query.Get("show") == "flagged"
	d.All = choice{link{Text: q.T("side.all"), Href: q.here("show", "", "page", "")}, len(rows), !only}
	d.Only = choice{link{Text: q.T("side.flagged"), Href: q.here("show", "flagged", "page", "")}, flagged, only}
	var shown []sideRow
	for _, r := range rows {
		if !only || len(r.Flags) > 0 {
			shown = append(shown, r)
		}
	}
	if err := d.paginate(q, shown); err != nil {
		return nil, err
	}
	title := q.T("side.title_of", "title", cut(a.record.Title(q.Lang), 80), "a", d.NameA, "b", d.NameB)
	return &page{Template: "side", Title: title, Data: d, Trail: q.documentTrail(a.record), Wide: true, JSON: al, CSV: sideSheet(a, b, al)}, nil
}

// paginate shows a page of the rows.
func (d *sidePage) paginate(q *request, rows []sideRow) error {
	starts, weight := []int{0}, 0
	for k, r := range rows {
		w := 500
		for _, c := range []*sideCell{r.A, r.B} {
			if c != nil {
				w += len(c.Words)
			}
		}
		if weight > 0 && weight+w > sideBudget {
			starts, weight = append(starts, k), 0
		}
		weight += w
	}
	n := 1
	if s := q.Query.Get("page"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 1 || n > len(starts) {
			return registry.Errorf(registry.Invalid, "%s", q.T("error.page", "value", cut(s, 20))).WithHint("%s", q.T("error.page_hint", "last", len(starts)))
		}
	}
	to := len(rows)
	if n < len(starts) {
		to = starts[n]
	}
	d.Rows = rows[starts[n-1]:to]
	if len(starts) > 1 {
		d.Pager = &textPager{Shown: q.T("document.page", "n", n, "of", len(starts))}
		if n > 1 {
			d.Pager.Previous = &link{Text: q.T("pager.previous"), Href: q.here("page", strconv.Itoa(n-1))}
		}
		if n < len(starts) {
			d.Pager.Next = &link{Text: q.T("pager.next"), Href: q.here("page", strconv.Itoa(n+1))}
		}
	}
	return nil
}

// unsure is the confidence below which a pair is said to be doubtful.
const unsurePair = 0.5

func (q *request) sideRow(a, b *reader, r *align.Row) sideRow {
	x := sideRow{A: a.sideCell(r.A), B: b.sideCell(r.B), Depth: min(r.Depth, 4)}
	for _, f := range r.Differences {
		says := func(s string) string {
			switch {
			case f.Kind == align.ByModality:
				return lowerFirst(q.classLabel(s))
			case s == "":
				return q.T("side.nothing")
			}
			return s
		}
		x.Flags = append(x.Flags, q.T("side.flag."+f.Kind, "a", says(f.A), "b", says(f.B)))
	}
	switch {
	case r.A == nil || r.B == nil:
		x.Flags = append(x.Flags, q.T("side.alone"))
	case r.Confidence < unsurePair:
		x.Unsure = q.T("side.unsure")
	}
	return x
}

// sideCell is a provision's own words with its place; of a provision that holds others its number and heading.
func (v *reader) sideCell(s *align.Side) *sideCell {
	if s == nil {
		return nil
	}
	p := v.doc.Reading.Provisions[s.Index]
	_, end := v.doc.Reading.Own(s.Index)
	const most = 6000
	c := &sideCell{Place: link{Text: upperFirst(v.shortPlace(p.EID)), Href: v.permalink(p.EID)}, Words: strings.TrimSpace(v.words(p.Start, runeStart(v.doc.Reading.Text, min(end, p.Start+most))))}
	if strings.Contains(c.Place.Text, "_") {
		c.Place.Text = cut(v.provisionTitle(p), 60)
	}
	if end-p.Start > most {
		c.Words += "…"
	}
	return c
}

// sideSheet is an alignment as a table.
func sideSheet(a, b *reader, al *align.Alignment) *sheet {
	s := &sheet{Columns: []string{"eid_a", "eid_b", "confidence", "differences", cmp.Or(a.doc.Reading.Language, "a"), cmp.Or(b.doc.Reading.Language, "b")}}
	for i := range al.Rows {
		r := &al.Rows[i]
		line := []string{"", "", strconv.FormatFloat(r.Confidence, 'f', 2, 64), "", "", ""}
		var diffs []string
		for _, f := range r.Differences {
			diffs = append(diffs, f.Kind+": "+f.A+" | "+f.B)
		}
		line[3] = semicolons(diffs)
		if r.A != nil {
			line[0], line[4] = r.A.EID, a.sideCell(r.A).Words
		}
		if r.B != nil {
			line[1], line[5] = r.B.EID, b.sideCell(r.B).Words
		}
		s.Rows = append(s.Rows, line)
	}
	return s
}
