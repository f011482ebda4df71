package web

import (
	"strconv"
	"strings"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/registry"
)

// collisionView is what is said of two provisions.
type collisionView struct {
	Answer   string // code of what is shown: a person's word before the machine's
	Says     string // in words
	Machine  bool   // nobody has looked at it
	Check    *checkView
	Rule     link
	Severity string
	Reason   string
	Ground   string
	Missing  []string
	Owed     []link // who owes both
	A, B     collisionSide
	At       string // where it stands alone
	Hints    []hintView
	Sample   bool
}

// collisionSide is one of the two provisions.
type collisionSide struct {
	Text   link // the record it is of
	Place  link // the provision's page, or the law's
	InText link // the provision in the reader; without address where its words are not here
	Force  string
	Stance string
	Runs   []markedRun
	Lang   string
	Cite   string // how to cite it; "" in lists
	CiteAs link
	Law    bool // it is told as the registry tells it
	None   bool // no words of it are here
}

// hintView is a rule by which one of the two may come first.
type hintView struct{ Label, Words, Source string }

// listedWords is how much of a provision a list shows.
const listedWords = 280

// view shows a finding; in full with how to cite it, and with hints.
func (c *collisions) view(f *conflict.Finding, full bool) collisionView {
	q := c.q
	answer, person := c.answer(f)
	v := collisionView{Answer: answer, Says: q.T("collision.answer." + answer), Machine: !person, Check: c.check(f), Rule: c.ruleLink(f.Type), Severity: q.T("collision.severity." + f.Severity), Reason: f.Reason, Missing: f.Missing, Sample: c.sample(f)}
	if f.Ground != "" {
		v.Ground = q.T("collision.ground." + f.Ground)
	}
	for _, p := range f.Shared {
		v.Owed = append(v.Owed, q.recordLink(registry.RecordID("pty_"+p)))
	}
	a, b := c.rules.Telling(f)
	v.A, v.B = c.side(f.A, a, full), c.side(f.B, b, full)
	v.At = q.collisionHref(f)
	if full {
		for _, h := range f.Hints {
			v.Hints = append(v.Hints, hintView{h.Label, h.Words, h.Source})
		}
	}
	return v
}

// collisionHref is where a finding stands alone.
func (q *request) collisionHref(f *conflict.Finding) string {
	return q.href("/conflicts/"+f.A.Document+"/"+f.B.Document, "rule", f.Type, "from", at(f.A), "to", at(f.B))
}

// at names a provision of a pair within its text: its address, and where it begins, for one provision may have several norms.
func at(p conflict.Place) string { return p.EID + "@" + strconv.Itoa(p.Start) }

func (c *collisions) side(p conflict.Place, telling [][2]int, full bool) collisionSide {
	q := c.q
	t := c.text(p.Document)
	r := q.View.Record(registry.RecordID(p.Document))
	s := collisionSide{Text: shortLink(q.recordLink(t.Work)), Law: t.Kind == conflict.KindLaw, None: p.Words == "", Place: link{Text: upperFirst(q.shortPlace(p.EID))}}
	if s.Text.Href == "" && r != nil {
		s.Text.Href = q.href(r.Path())
	}
	if p.Modality != "" {
		s.Force = q.T("strength." + string(p.Modality))
	}
	for _, st := range c.rules.Stances {
		if st.Code == p.Stance {
			s.Stance = st.Label
		}
	}
	switch {
	case s.Law:
		s.Place = link{Text: q.T("collision.law_place"), Href: q.href(r.Path())}
	case s.None:
		s.Place.Href = q.href(r.Path())
	default:
		s.Place.Href = q.href(r.Path() + "/" + p.EID)
		s.Lang = r.String("language")
		if doc, err := q.text(r); full && err == nil && doc != nil {
			v := q.reader(r, doc)
			for _, x := range doc.Reading.Provisions {
				if x.EID == p.EID {
					s.InText = link{Text: q.T("provision.in_text"), Href: v.inText(pieces(doc.Reading), x)}
				}
			}
			if cite, err := q.citation(r, p.EID); err == nil {
				s.Cite, s.CiteAs = cite.words(q.locale), q.citeLink(r, p.EID)
			}
		}
	}
	most := listedWords
	if full {
		most = longSide
	}
	s.Runs = told(p.Words, telling, most)
	return s
}

// told marks spans in words and shows no more than a number of bytes of them, around the first mark.
func told(words string, spans [][2]int, most int) []markedRun {
	from, end := 0, len(words)
	if end > most {
		if len(spans) > 0 && spans[0][1] > most {
			from = runeStart(words, max(0, spans[0][0]-most/3))
			if sp := strings.IndexByte(words[from:], ' '); sp >= 0 && from > 0 {
				from += sp + 1
			}
		}
		end = runeStart(words, min(len(words), from+most))
	}
	var out []markedRun
	put := func(x, y int, found bool) {
		if x, y = max(x, from), min(y, end); y > x {
			out = append(out, markedRun{Text: words[x:y], Found: found})
		}
	}
	if from > 0 {
		out = append(out, markedRun{Text: "… "})
	}
	last := 0
	for _, s := range spans {
		put(last, s[0], false)
		put(s[0], s[1], true)
		last = s[1]
	}
	put(last, len(words), false)
	if end < len(words) {
		out = append(out, markedRun{Text: " …"})
	}
	return out
}

// collisionJSON is a finding as data: the machine's, with what people said of it beside.
type collisionJSON struct {
	conflict.Finding
	Shown string          `json:"shown"` // the answer that leads: a person's, else the machine's
	Check *collisionCheck `json:"check,omitempty"`
}

// collisionCheck is a person's word on a finding.
type collisionCheck struct {
	Answer string `json:"answer"`
	Why    string `json:"why"`
}

// data are findings as data. The words of documents stay in the documents; the spans name them.
func (c *collisions) data(fs []*conflict.Finding) (any, *sheet) {
	csv := &sheet{Columns: []string{"shown", "answer", "rule", "severity", "ground", "missing", "owed_by", "a", "a_eid", "a_start", "a_end", "b", "b_eid", "b_start", "b_end", "hints", "checked"}}
	out := []collisionJSON{}
	for _, f := range fs {
		j := collisionJSON{Finding: *f, Shown: f.Answer}
		checked := ""
		if s := c.slot(f); s != nil {
			j.Shown, checked = s.Shown.Value.Raw, s.Shown.Value.Raw
			j.Check = &collisionCheck{checked, s.Shown.Note}
		}
		out = append(out, j)
		var hints []string
		for _, h := range f.Hints {
			hints = append(hints, h.Code)
		}
		csv.Rows = append(csv.Rows, []string{j.Shown, f.Answer, f.Type, f.Severity, f.Ground, strings.Join(f.Missing, "; "), strings.Join(f.Shared, ";"),
			f.A.Document, f.A.EID, strconv.Itoa(f.A.Start), strconv.Itoa(f.A.End), f.B.Document, f.B.EID, strconv.Itoa(f.B.Start), strconv.Itoa(f.B.End), strings.Join(hints, ";"), checked})
	}
	texts := len(c.Texts) - c.Laws
	return map[string]any{"texts": texts, "laws": c.Laws, "without_words": texts - c.Words, "pairs": c.Pairs, "conflicts": out, "apart": c.Conflicts.Apart}, csv
}
