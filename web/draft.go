package web

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// draftView leads between the readings of a draft with tracked changes, and says who tracked them.
type draftView struct {
	Readings []navItem
	Says     string // how many changes there are
	About    string // what the reading in view is
	By       []string
	Redline  link // what the changes do, by provision
}

// remark is what stands beside a provision of a draft: a comment at the margin, or a tracked change.
type remark struct {
	Number int // of a comment; 0 for a change
	Says   string
	Words  string // those of the comment, or those that were changed
	Long   string // the rest of a long comment
	ID     string
}

// mostRemarks are the tracked changes told beside one piece of a text; the words are marked all the same.
const mostRemarks = 12

// longComment is how much of a comment is shown without being asked for.
const longComment = 500

// chooseReading takes the reading of a draft that the address asks for into view. Labels, tally and ladders are of the accepted reading alone; the others
// are read without them.
func (v *reader) chooseReading() error {
	want := v.Query.Get("changes")
	if want == "" {
		return nil
	}
	if !slices.Contains(text.Variants(), want) {
		return registry.Errorf(registry.Invalid, "%s", v.T("draft.none", "value", cut(want, 20))).WithHint("%s", v.T("error.one_of", "values", strings.Join(text.Variants(), ", ")))
	}
	rd := v.doc.Reading.As(want)
	switch {
	case rd == nil && v.doc.Reading.Variant == "":
		return registry.Errorf(registry.NotFound, "%s", v.T("draft.untracked")).WithHint("%s", v.T("draft.untracked_hint"))
	case rd == nil:
		return registry.Errorf(registry.NotFound, "%s", v.T("draft.empty", "reading", lowerFirst(v.T("draft.reading."+want))))
	case rd == v.doc.Reading:
		return nil
	}
	v.variant, v.accepted = want, v.doc
	v.doc = unlabelled(v.doc.Record, rd)
	v.machine, v.plain, v.said = v.doc.Analysis, true, nil
	return nil
}

// unlabelled is a document of a reading of which nothing was read but its words.
func unlabelled(r *registry.Record, rd *text.Reading) *projection.Document {
	an := &assay.Analysis{Provisions: make([]assay.Provision, len(rd.Provisions))}
	for i, p := range rd.Provisions {
		an.Provisions[i] = assay.Provision{EID: p.EID, Modality: assay.None}
	}
	return &projection.Document{Record: r, Reading: rd, Analysis: an}
}

// draft is nil for a text that tracks no changes.
func (v *reader) draft() *draftView {
	of := v.doc
	if v.variant != "" {
		of = v.accepted
	}
	if of.Reading.Variant == "" {
		return nil
	}
	now := cmp.Or(v.variant, text.Accepted)
	d := &draftView{About: v.T("draft.about." + now)}
	for _, x := range text.Variants() {
		if of.Reading.As(x) == nil {
			continue
		}
		at := x
		if x == text.Accepted {
			at = ""
		}
		d.Readings = append(d.Readings, navItem{link{Text: v.T("draft.reading." + x), Href: v.stay("changes", at)}, x == now})
	}
	if m := of.Reading.As(text.MarkedUp); m != nil {
		d.Says, d.By = v.marksOf(m)
	}
	if of.Reading.As(text.Rejected) != nil {
		d.Redline = link{Href: v.href(v.record.Path() + "/changes")}
	}
	return d
}

// marksOf says how many changes and comments a reading holds, and by whom they are.
func (q *request) marksOf(rd *text.Reading) (says string, by []string) {
	n := map[string]int{}
	add := func(who string) {
		if who = cut(strings.Join(strings.Fields(who), " "), 60); who != "" && !slices.Contains(by, who) && len(by) < 20 {
			by = append(by, who)
		}
	}
	for _, c := range rd.Changes {
		n[c.Kind]++
		add(c.By)
	}
	for _, c := range rd.Comments {
		add(c.By)
	}
	sort.Strings(by)
	return q.T("draft.says", "what", strings.Join([]string{q.T("draft.insertions", "n", n[text.Inserted]), q.T("draft.deletions", "n", n[text.Deleted]), q.T("draft.comments", "n", len(rd.Comments))}, ", ")), by
}

// tracked splits runs of text[start:] where tracked changes begin and end, and where comments were made.
func (v *reader) tracked(rs []markedRun, start int) []markedRun {
	rd := v.doc.Reading
	if len(rd.Changes) == 0 && len(rd.Comments) == 0 {
		return rs
	}
	c := sort.Search(len(rd.Changes), func(i int) bool { return rd.Changes[i].End > start })
	m := sort.Search(len(rd.Comments), func(i int) bool { return rd.Comments[i].At >= start })
	var out []markedRun
	at := start
	for _, r := range rs {
		end, begun := at+len(r.Text), at
		for at < end {
			for ; m < len(rd.Comments) && rd.Comments[m].At <= at; m++ {
				out = append(out, markedRun{Comment: m + 1})
			}
			for c < len(rd.Changes) && rd.Changes[c].End <= at {
				c++
			}
			x, next := r, end
			if m < len(rd.Comments) {
				next = min(next, rd.Comments[m].At)
			}
			if c < len(rd.Changes) {
				if ch := rd.Changes[c]; ch.Start <= at {
					next = min(next, ch.End)
					x.Op, x.By = "ins", v.changeSays(ch)
					if ch.Kind == text.Deleted {
						x.Op = "del"
					}
				} else {
					next = min(next, ch.Start)
				}
			}
			if x.Text = v.words(at, next); x.Text == "" { // an offset that the text does not bear
				x.Text, next = r.Text[len(r.Text)-(end-at):], end
			}
			x.Current = r.Current && at == begun
			out = append(out, x)
			at = next
		}
		if r.Text == "" {
			out = append(out, r)
		}
	}
	for ; m < len(rd.Comments) && (rd.Comments[m].At < at || at == len(rd.Text)); m++ { // behind the last word
		out = append(out, markedRun{Comment: m + 1})
	}
	return out
}

// changeSays is what a tracked change is, by whom and when, where the file says so: "Added by Ana on 1 March 2026".
func (v *reader) changeSays(c text.Change) string {
	return v.byWhen(v.T("draft.change."+c.Kind), c.By, c.Date)
}

func (v *reader) byWhen(s, by, date string) string {
	if by = cut(strings.Join(strings.Fields(by), " "), 60); by != "" {
		s = v.T("draft.by", "what", s, "who", by)
	}
	day, _, _ := strings.Cut(date, "T")
	if d, err := registry.ParseDate(day); err == nil {
		s = v.T("draft.on", "what", s, "day", v.dateText(d))
	}
	return s
}

// remarks are what stands beside text[start:end]: its comments, then its tracked changes. More is how many changes are not told.
func (v *reader) remarks(start, end int) (out []remark, more int) {
	rd := v.doc.Reading
	for i, c := range rd.Comments {
		if c.At < start || c.At >= end && end < len(rd.Text) {
			continue
		}
		x := remark{Number: i + 1, ID: "comment-" + strconv.Itoa(i+1), Says: v.byWhen(v.T("draft.comment"), c.By, c.Date), Words: strings.TrimSpace(c.Text)}
		if len(x.Words) > longComment {
			k := runeStart(x.Words, longComment)
			x.Words, x.Long = x.Words[:k], x.Words[k:]
		}
		out = append(out, x)
	}
	n := 0
	for i := sort.Search(len(rd.Changes), func(i int) bool { return rd.Changes[i].End > start }); i < len(rd.Changes) && rd.Changes[i].Start < end; i++ {
		c := rd.Changes[i]
		words := strings.Join(strings.Fields(v.words(max(c.Start, start), min(c.End, end))), " ")
		if words == "" {
			continue
		}
		if n++; n > mostRemarks {
			more++
			continue
		}
		out = append(out, remark{Says: v.changeSays(c), Words: cut(words, 60)})
	}
	return out, more
}

// draftWeight is how many bytes of a page the marks and remarks of a draft add to a stretch of its text.
func draftWeight(rd *text.Reading, start, end int) int {
	w := 0
	for _, c := range rd.Comments {
		if c.At >= start && c.At < end {
			w += 420 + 2*len(c.By) + len(c.Text)
		}
	}
	n := 0
	for i := sort.Search(len(rd.Changes), func(i int) bool { return rd.Changes[i].End > start }); i < len(rd.Changes) && rd.Changes[i].Start < end; i++ {
		w += 190 + 2*min(len(rd.Changes[i].By), 60)
		if n++; n <= mostRemarks {
			w += 150
		}
	}
	return w
}

// draftData is a reading of a draft as data: its text, its provisions, what was changed by whom, and what was remarked.
func (v *reader) draftData() (any, *sheet) {
	type provisionJSON struct {
		EID     string             `json:"eid"`
		Kind    text.ProvisionKind `json:"kind"`
		Num     string             `json:"num,omitempty"`
		Heading string             `json:"heading,omitempty"`
		Start   int                `json:"start"`
		End     int                `json:"end"`
	}
	rd := v.doc.Reading
	ps := make([]provisionJSON, len(rd.Provisions))
	for i, p := range rd.Provisions {
		ps[i] = provisionJSON{p.EID, p.Kind, p.Num, p.Heading, p.Start, p.End}
	}
	t := &sheet{Columns: []string{"kind", "by", "date", "start", "end", "eid", "words"}}
	for _, c := range rd.Changes {
		t.Rows = append(t.Rows, []string{c.Kind, c.By, c.Date, strconv.Itoa(c.Start), strconv.Itoa(c.End), innermost(rd, c.Start), v.words(c.Start, c.End)})
	}
	for _, c := range rd.Comments {
		t.Rows = append(t.Rows, []string{"comment", c.By, c.Date, strconv.Itoa(c.At), strconv.Itoa(c.At), innermost(rd, c.At), c.Text})
	}
	return map[string]any{"record": v.recordJSON(v.record), "changes_as": rd.Variant, "text": rd.Text, "provisions": ps,
		"changes": append([]text.Change{}, rd.Changes...), "comments": append([]text.Comment{}, rd.Comments...)}, t
}

// innermost is the eId of the provision at a byte of a text; "" for none.
func innermost(rd *text.Reading, at int) string {
	eid := ""
	for _, p := range rd.Provisions {
		if p.Start <= at && at < p.End {
			eid = p.EID
		}
	}
	return eid
}

// placeOfVariant leads to a provision of a reading that has no pages of its own for its provisions: to its place in the text.
func (v *reader) placeOfVariant(eid string) string {
	if v.places == nil {
		v.places = map[string]string{}
		ps := pieces(v.doc.Reading)
		starts := paginate(v.doc.Reading, v.doc.Analysis, ps, v.record.Path())
		n := 1
		for k, x := range ps {
			for n < len(starts) && k >= starts[n] {
				n++
			}
			if x.opens {
				more := []string{"changes", v.variant}
				if n > 1 {
					more = append(more, "page", strconv.Itoa(n))
				}
				id := v.doc.Reading.Provisions[x.prov].EID
				v.places[id] = v.href(v.record.Path(), more...) + "#" + id
			}
		}
	}
	return v.places[eid]
}

// trackedChanges is /documents/ADDRESS/changes: what the tracked changes of a draft do, from the reading with all rejected to the one with all accepted.
func trackedChanges(q *request) (*page, error) {
	r, p, err := q.find(registry.KindDocument)
	if err != nil || p != nil {
		if m, ok := err.(moved); ok {
			return nil, moved{m.to + "/changes", m.merged}
		}
		return p, err
	}
	doc, err := q.text(r)
	if err != nil {
		return nil, err
	}
	if doc == nil || doc.Reading.As(text.Rejected) == nil {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("draft.untracked")).WithHint("%s", q.T("draft.untracked_hint"))
	}
	a, b := q.reader(r, doc), q.reader(r, doc)
	a.variant, a.accepted, a.said, a.doc = text.Rejected, a.doc, nil, unlabelled(r, doc.Reading.As(text.Rejected))
	line := q.site.redlines.get(q.reg.Version()+" tracked "+r.String("reading"), func() *redline.Redline {
		reread := q.site.opt.Reread
		if reread == nil || b.doc.Analysis.Unsupported != "" {
			return redline.Compare(a.doc.Reading, doc.Reading, nil, nil)
		} // both by today's rules: else a rule that changed would look like a change of the draft
		return redline.Compare(a.doc.Reading, doc.Reading, reread(a.doc.Reading, q.now(), nil), reread(doc.Reading, q.now(), nil))
	})
	a.doc.Analysis.Unsupported = b.doc.Analysis.Unsupported
	return q.redlinePage(a, b, line)
}
