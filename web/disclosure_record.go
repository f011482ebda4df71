package web

import (
	"html/template"
	"slices"

	"github.com/openassay/assay/disclosure"
	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// disclosurePage is /negotiations/ADDRESS/disclosure and its like: what of a record is public, what is withheld and why, against the profile that
// its sides chose; and the decision record of each notice.
type disclosurePage struct {
	Title   string
	Record  link
	Profile string // "" where none is chosen
	Says    string
	Parts   table
	Notices []noticeView
	Sides   *sidesView // nil for kinds without sides
	Index   link       // to its disclosure index; empty for kinds without one
	Sources []sourceItem
}

// noticeView is a notice with its decision record.
type noticeView struct {
	ID     string
	What   template.HTML
	Chip   *chip
	Facts  []pair
	Test   table
	Faults []string
}

// disclosureKinds are the kinds of record that have such a page.
var disclosureKinds = []registry.Kind{registry.KindNegotiation, registry.KindInstrument, registry.KindFinancing}

// disclosurePath is the address of a record's page of disclosure; "" where its kind has none.
func disclosurePath(r *registry.Record) string {
	for _, k := range disclosureKinds {
		if r.Kind == k {
			return r.Path() + "/disclosure"
		}
	}
	return ""
}

func recordDisclosure(k registry.Kind) handler {
	return func(q *request) (*page, error) {
		r, p, err := q.find(k)
		if err != nil || p != nil {
			if m, ok := err.(moved); ok {
				m.to += "/disclosure"
				return nil, m
			}
			return p, err
		}
		profile, parts, err := disclosure.PlanOf(q.View, r, q.day())
		if err != nil {
			return nil, err
		}
		notices, err := disclosure.Of(q.View, r, q.day())
		if err != nil {
			return nil, err
		}
		d := disclosurePage{Title: q.T("plan.title"), Record: q.linkTo(r)}
		if profile != nil {
			d.Profile, d.Says = q.code("disclosure_profile", profile.Code), profile.Says
		}
		d.Parts = table{Caption: q.T("plan.parts"), Heads: q.headsOf("plan.part", "plan.state", "plan.from", "plan.due")}
		js := map[string]any{"record": r.ID, "profile": r.String("disclosure_profile")}
		var jparts []map[string]any
		for _, s := range parts {
			from := ""
			if profile != nil {
				from = q.from(s.Rule)
			}
			d.Parts.Rows = append(d.Parts.Rows, q.rowOf(d.Parts.Heads, wordsCell(s.Part.Label), wordsCell(q.T("plan.state_"+s.State)), wordsCell(from), q.dayCell(s.Due)))
			jparts = append(jparts, map[string]any{"part": s.Part.Code, "state": s.State, "from": s.Rule.From, "due": s.Due})
		}
		jnotices := []withheldJSON{}
		for _, w := range notices {
			d.Notices = append(d.Notices, q.noticeView(w))
			jnotices = append(jnotices, q.withheldJSON(w))
		}
		js["parts"], js["withheld"] = jparts, jnotices
		if slices.Contains(indexed, k) {
			b := findings.DealsOf(q.View).Sides(r)
			v := q.sidesOf(b)
			d.Sides, js["sides"] = &v, b
			d.Index = link{Text: q.T("index.open"), Href: q.href(r.Path() + "/disclosure-index")}
		}
		d.Sources = q.sources()
		return &page{Template: "disclosure", Title: d.Title + ": " + r.Title(q.Lang), Data: d, JSON: js, Trail: []link{{Text: q.kinds(k), Href: q.href("/" + registry.KindOf(k).Noun)}, q.linkTo(r)}}, nil
	}
}

func (q *request) noticeView(w *disclosure.Withheld) noticeView {
	v := noticeView{ID: slug(w.Slot()), What: q.slotCell(w.Field, w.Key).HTML, Chip: q.chip(w.Notice)}
	add := func(key, says string) {
		if says == "" {
			says = q.T("state.not_recorded")
		}
		v.Facts = append(v.Facts, pair{q.T("withheld." + key), says})
	}
	add("ground", q.code("withholding_ground", w.Ground.Code))
	add("authority", q.partiesCell(w.Authority).Text)
	add("since", q.edtfText(string(w.Since)))
	add("review", q.edtfText(string(w.Review)))
	add("ends", q.edtfText(string(w.Ends)))
	add("release", q.trigger(w.Release))
	add("reason", w.Reason)
	add("consent", w.Consent)
	add("appeal", w.Appeal)
	v.Test = table{Caption: q.T("withheld.test"), Heads: q.headsOf("withheld.question", "withheld.answer", "withheld.reason")}
	for _, a := range w.Answers {
		says := q.T("state.not_recorded")
		if a.Code != "" {
			says = q.code("test_answer", a.Code)
		}
		v.Test.Rows = append(v.Test.Rows, q.rowOf(v.Test.Heads, wordsCell(a.Question.Question), wordsCell(says), wordsCell(a.Reason)))
	}
	for _, f := range w.Faults {
		v.Faults = append(v.Faults, q.T("withheld.fault."+f))
	}
	return v
}
