package web

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/pdf"
	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// redlinePage is /redline?a=EARLIER&b=LATER: what changed between two texts, provision by provision, what of it in force first.
type redlinePage struct {
	A, B      link
	Sample    bool
	Swap      string // the address with the two exchanged; "" between two readings of one draft
	Tracked   bool   // it is what the tracked changes of a draft do
	Sum       string
	Notes     []string // what a reader must know: other instruments, other languages
	Kinds     []choice
	Force     *table
	ForceMore string
	Changes   []changeView
	AsTable   bool
	Ways      []choice
	Files     []link
	Pager     *textPager
	Lang, Dir string
	None      string
}

// changeView is what became of one provision.
type changeView struct {
	ID       string
	Was, Is  *link // where it stood and stands; nil where it did or does not
	Number   int
	What     string // the kinds, in words
	By       string // who proposed it, as the text says
	Force    []string
	Runs     []changeRun
	Words    int
	Unmarked string // of a whole provision that came or went: says so
}

// Stayed says whether the provision has the same name in both texts.
func (c changeView) Stayed() bool { return c.Was != nil && c.Is != nil && c.Was.Text == c.Is.Text }

// changeRun is words that stayed, came or went.
type changeRun struct {
	Text string
	Op   string // "", ins, del
}

const (
	changesBudget = 80_000 // bytes of words on a page of a redline
	changesOnPage = 120    // on a page
	mostForce     = 60
)

// redlineOf compares two texts.
func (s *site) redlineOf(a, b *reader) *redline.Redline {
	key := strings.Join([]string{a.record.String("reading"), a.record.String("analysis"), b.record.String("reading"), b.record.String("analysis")}, " ")
	return s.redlines.get(key, func() *redline.Redline {
		return redline.Compare(a.doc.Reading, b.doc.Reading, a.machine, b.machine)
	})
}

// redlines keeps the last few comparisons; one is made at a time.
type redlines struct {
	mu   sync.Mutex
	kept map[string]*redline.Redline
}

func (x *redlines) get(key string, compare func() *redline.Redline) *redline.Redline {
	x.mu.Lock()
	defer x.mu.Unlock()
	if r := x.kept[key]; r != nil {
		return r
	}
	r := compare()
	if x.kept == nil || len(x.kept) >= 8 {
		x.kept = map[string]*redline.Redline{}
	}
	x.kept[key] = r
	return r
}

func showRedline(q *request) (*page, error) {
	a, b, err := q.twoTexts()
	if err != nil {
		return nil, err
	}
	return q.redlinePage(a, b, q.site.redlineOf(a, b))
}

// redlinePage shows what changed between two texts, or between two readings of one draft.
func (q *request) redlinePage(a, b *reader, r *redline.Redline) (*page, error) {
	switch as := q.Query.Get("as"); as {
	case "", "table":
	case "docx", "pdf":
		return q.redlineFile(a, b, r, as)
	default:
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("redline.no_form", "value", cut(as, 20))).WithHint("%s", q.T("error.one_of", "values", "table, docx, pdf"))
	}
	kind := redline.Kind(q.Query.Get("kind"))
	if kind != "" && !slices.Contains(redline.Kinds, kind) {
		var all []string
		for _, k := range redline.Kinds {
			all = append(all, string(k))
		}
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("redline.no_kind", "value", cut(string(kind), 20))).WithHint("%s", q.T("error.one_of", "values", strings.Join(all, ", ")))
	}
	rd := b.doc.Reading
	d := &redlinePage{A: a.asLink(), B: b.asLink(), Sample: a.record.Sample() || b.record.Sample(), AsTable: q.Query.Get("as") == "table",
		Sum: q.T("redline.sum", "n", len(r.Changes)), Lang: rd.Language, Dir: dirOf(rd.Language)}
	if a.variant == "" {
		d.Swap = q.redlineHref(b.record, a.record)
	} else {
		d.Tracked = true
	}
	if len(r.Changes) == 0 {
		d.None = q.T("redline.none")
	}
	if a.doc.Reading.Language != rd.Language {
		d.Notes = append(d.Notes, q.T("redline.languages", "a", q.code("language", base(a.doc.Reading.Language)), "b", q.code("language", base(rd.Language))))
	}
	if x, y := a.record.Refs("instrument"), b.record.Refs("instrument"); len(x) > 0 && len(y) > 0 && !slices.ContainsFunc(x, func(id registry.RecordID) bool { return slices.Contains(y, id) }) {
		d.Notes = append(d.Notes, q.T("redline.instruments"))
	}
	if a.doc.Analysis.Unsupported != "" || b.doc.Analysis.Unsupported != "" {
		d.Notes = append(d.Notes, q.T("redline.no_force"))
	}
	d.Kinds = append(d.Kinds, choice{link{Text: q.T("redline.all"), Href: q.here("kind", "", "page", "")}, len(r.Changes), kind == ""})
	for _, k := range redline.Kinds {
		n := 0
		for i := range r.Changes {
			if r.Changes[i].Has(k) {
				n++
			}
		}
		if n > 0 {
			d.Kinds = append(d.Kinds, choice{link{Text: q.T("redline.kind." + string(k)), Href: q.here("kind", string(k), "page", "")}, n, kind == k})
		}
	}
	d.Ways = []choice{{link: link{Text: q.T("redline.as_list"), Href: q.here("as", "")}, Current: !d.AsTable}, {link: link{Text: q.T("redline.as_table"), Href: q.here("as", "table")}, Current: d.AsTable}}
	for _, x := range []string{"docx", "pdf"} {
		d.Files = append(d.Files, link{Text: strings.ToUpper(x), Href: q.here("as", x, "kind", "", "page", "")})
	}
	d.Force, d.ForceMore = q.forceTable(a, b, r)
	var chosen []int
	for i := range r.Changes {
		if kind == "" || r.Changes[i].Has(kind) {
			chosen = append(chosen, i)
		}
	}
	if err := d.paginate(q, a, b, r, chosen); err != nil {
		return nil, err
	}
	title := q.T("redline.title_of", "a", cut(q.versionName(a.record), 80), "b", cut(q.versionName(b.record), 80))
	if d.Tracked {
		title = q.T("draft.redline_of", "title", cut(b.record.Title(q.Lang), 120))
	}
	return &page{Template: "redline", Title: title, Data: d, Trail: q.documentTrail(b.record), Wide: true, JSON: r, CSV: q.redlineSheet(r)}, nil
}

// paginate shows a page of the changes.
func (d *redlinePage) paginate(q *request, a, b *reader, r *redline.Redline, chosen []int) error {
	starts, weight, count := []int{0}, 0, 0
	for k, i := range chosen {
		c := &r.Changes[i]
		w := len(c.Before) + len(c.After) + 120*len(c.Edits) + 500
		if weight > 0 && weight+w > changesBudget || count == changesOnPage {
			starts, weight, count = append(starts, k), 0, 0
		}
		weight, count = weight+w, count+1
	}
	n := 1
	if s := q.Query.Get("page"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 1 || n > len(starts) {
			return registry.Errorf(registry.Invalid, "%s", q.T("error.page", "value", cut(s, 20))).WithHint("%s", q.T("error.page_hint", "last", len(starts)))
		}
	}
	from, to := starts[n-1], len(chosen)
	if n < len(starts) {
		to = starts[n]
	}
	for _, i := range chosen[from:to] {
		d.Changes = append(d.Changes, q.changeView(a, b, r, i))
	}
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

// asLink leads to the text, or to the reading of a draft that is in view.
func (v *reader) asLink() link {
	l := v.linkTo(v.record)
	switch {
	case v.variant != "":
		l.Href, l.Note = v.href(v.record.Path(), "changes", v.variant), v.T("draft.reading."+v.variant)
	case v.doc.Reading.Variant != "":
		l.Note = v.T("draft.reading." + v.doc.Reading.Variant)
	}
	return l
}

// placeIn leads to a provision of one of the two texts.
func (v *reader) placeIn(s *redline.Side) *link {
	if s == nil {
		return nil
	}
	l := &link{Text: upperFirst(v.shortPlace(s.EID)), Href: v.permalink(s.EID)}
	if i := indexOf(v.doc.Reading, s.EID); i >= 0 && strings.Contains(l.Text, "_") {
		l.Text = cut(v.provisionTitle(v.doc.Reading.Provisions[i]), 60)
	}
	return l
}

// changeKinds are the kinds of a change, in words.
func (q *request) changeKinds(c *redline.Change) string {
	var out []string
	for _, k := range c.Kinds {
		out = append(out, lowerFirst(q.T("redline.kind."+string(k))))
	}
	return upperFirst(strings.Join(out, ", "))
}

func (q *request) changeView(a, b *reader, r *redline.Redline, i int) changeView {
	c := &r.Changes[i]
	x := changeView{ID: "change-" + strconv.Itoa(i+1), Number: i + 1, Was: a.placeIn(c.A), Is: b.placeIn(c.B), What: q.changeKinds(c)}
	if len(c.ProposedBy) > 0 {
		x.By = q.T("redline.by", "who", strings.Join(c.ProposedBy, ", "))
	}
	for _, f := range c.Force {
		x.Force = append(x.Force, q.forceLine(f))
	}
	if c.A != nil && c.B != nil && strings.TrimSpace(c.Before) == strings.TrimSpace(c.After) {
		x.Unmarked = q.T("redline.same_words")
	}
	const most = 12_000 // bytes of one change on a page; the files have all
	left := most
	for _, run := range r.Marked(c) {
		y := changeRun{Text: run.Text}
		switch run.Change {
		case paper.Inserted:
			y.Op = "ins"
		case paper.Deleted:
			y.Op = "del"
		}
		if len(y.Text) > left {
			y.Text = y.Text[:runeStart(y.Text, left)] + "…"
		}
		left -= len(y.Text)
		x.Runs = append(x.Runs, y)
		if left <= 0 {
			break
		}
	}
	return x
}

// forceLine says in words what changed in force.
func (q *request) forceLine(f redline.Force) string {
	kind := q.T("redline.kind." + string(f.Kind))
	switch {
	case f.Before == "":
		return q.T("redline.force_came", "kind", kind, "after", q.forceWords(f.Kind, f.After, f.To))
	case f.After == "":
		return q.T("redline.force_went", "kind", kind, "before", q.forceWords(f.Kind, f.Before, f.From))
	}
	return q.T("redline.force_became", "kind", kind, "before", q.forceWords(f.Kind, f.Before, f.From), "after", q.forceWords(f.Kind, f.After, f.To))
}

// forceWords are the words with what they mean where that was read.
func (q *request) forceWords(k redline.Kind, words, class string) string {
	out := "“" + cut(strings.Join(strings.Fields(words), " "), 120) + "”"
	switch {
	case class == "" || strings.EqualFold(class, words):
	case k == redline.Modal:
		out += " (" + lowerFirst(q.classLabel(class)) + ")"
	case k == redline.Deadline && (strings.HasPrefix(class, "P") || strings.HasPrefix(class, "R/P")):
		out += " (" + q.reader(nil, nil).deadline(assay.Deadline{Period: class}) + ")"
	default:
		out += " (" + strings.ReplaceAll(class, "_", " ") + ")"
	}
	return out
}

// forceTable is what changed in force; nil where nothing did.
func (q *request) forceTable(a, b *reader, r *redline.Redline) (*table, string) {
	t := &table{Caption: q.T("redline.force")}
	for _, h := range []string{"place", "what", "before", "after"} {
		t.Heads = append(t.Heads, head{Label: q.T("redline.col." + h)})
	}
	more := 0
	for i := range r.Changes {
		c := &r.Changes[i]
		for _, f := range c.Force {
			if len(t.Rows) == mostForce {
				more++
				continue
			}
			side := cmp.Or(b.placeIn(c.B), a.placeIn(c.A))
			none := q.T("redline.nothing")
			if c.A == nil || c.B == nil {
				none = "–"
			}
			say := func(words, class string) string {
				if words == "" {
					return none
				}
				return q.forceWords(f.Kind, words, class)
			}
			cells := []cell{{HTML: side.HTML()}, textCell(q.T("redline.kind." + string(f.Kind))), textCell(say(f.Before, f.From)), textCell(say(f.After, f.To))}
			for i := range cells {
				cells[i].Label = t.Heads[i].Label
			}
			t.Rows = append(t.Rows, row{Cells: cells})
		}
	}
	if len(t.Rows) == 0 {
		return nil, ""
	}
	if more > 0 {
		return t, q.T("redline.force_more", "n", more)
	}
	return t, ""
}

// redlineSheet is a redline as a table.
func (q *request) redlineSheet(r *redline.Redline) *sheet {
	s := &sheet{Columns: []string{"kinds", "eid_before", "eid_after", "before", "after", "proposed_by", "force"}}
	for i := range r.Changes {
		c := &r.Changes[i]
		var kinds, force []string
		for _, k := range c.Kinds {
			kinds = append(kinds, string(k))
		}
		for _, f := range c.Force {
			force = append(force, string(f.Kind)+": "+f.Before+" → "+f.After)
		}
		eid := func(s *redline.Side) string {
			if s == nil {
				return ""
			}
			return s.EID
		}
		s.Rows = append(s.Rows, []string{semicolons(kinds), eid(c.A), eid(c.B), strings.TrimSpace(c.Before), strings.TrimSpace(c.After), semicolons(c.ProposedBy), semicolons(force)})
	}
	return s
}

// redlineFile is a redline to be taken along.
func (q *request) redlineFile(a, b *reader, r *redline.Redline, as string) (*page, error) {
	about := redline.About{Before: q.versionName(a.record), After: q.versionName(b.record), Date: string(q.horizon())}
	name := citeKey(a.record.Address(), "") + "--" + citeKey(b.record.Address(), "")
	if a.variant != "" {
		about.Before += " (" + lowerFirst(q.T("draft.reading."+a.variant)) + ")"
		about.After += " (" + lowerFirst(q.T("draft.reading."+text.Accepted)) + ")"
		name = citeKey(a.record.Address(), "") + "--changes"
	}
	doc := r.Paper(about)
	var buf bytes.Buffer
	write, kind := docx.Write, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	if as == "pdf" {
		write, kind = pdf.Write, "application/pdf"
	}
	if err := write(&buf, doc); err != nil {
		return nil, registry.Errorf(registry.Unsupported, "%s", q.T("redline.unwritable", "as", strings.ToUpper(as))).WithHint("%v", err)
	}
	return &page{File: &file{Kind: kind, Name: name + "." + as, Body: buf.Bytes()}}, nil
}
