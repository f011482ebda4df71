package web

import (
	"strconv"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval/published"
)

// accuracyPage is /method/accuracy: how often the machine's reading is wrong, as it was last measured.
type accuracyPage struct {
	Sentences, Totals, Each, Others *table
	Checked                         *table // nil where nobody looked
}

// Goals of the project, and what it measures itself by where people were compared with each other.
const (
	goalSentences  = "0.90"
	goalF1         = "0.80"
	goalKappa      = "0.72"
	goalLE         = "0.88"
	goalLEKappa    = "0.75"
	goalClauses    = "0.68"
	goalClausesK   = "0.49"
	goalBoundaries = "0.99"
)

func accuracy(q *request) (*page, error) {
	f, err := published.Load()
	if err != nil {
		return nil, err
	}
	rules, err := assay.LoadRules()
	if err != nil {
		return nil, err
	}
	a := f.Areas
	names := map[string]*assay.Area{}
	for _, x := range rules.Areas() {
		names[x.Code] = x
	}
	d := accuracyPage{Sentences: q.figures("accuracy.sentences", "language", "texts", "units", "readers", "machine", "untouched", "goal"),
		Totals: q.figures("accuracy.totals", "measure", "ours", "rules", "rival", "locked", "goal"),
		Each:   q.figures("accuracy.each", "area", "positives", "precision", "recall", "f1", "kappa", "le"),
		Others: q.figures("accuracy.others", "measure", "n", "ours", "rules", "rival", "goal")}
	for _, l := range f.Sentences {
		name, untouched := q.T("accuracy.all"), ""
		if l.Code != "" {
			name = q.code("language", l.Code)
		}
		if l.Untouched != nil {
			untouched = share(*l.Untouched)
		}
		d.Sentences.line(name, strconv.Itoa(l.Texts), strconv.Itoa(l.Units), share(l.Readers), share(l.Machine), untouched, goalSentences)
	}
	for _, m := range []struct {
		name, goal string
		of         func(published.AreaTotals) float64
	}{
		{"macro_f1", goalF1, func(t published.AreaTotals) float64 { return t.MacroF1 }},
		{"mean_kappa", goalKappa, func(t published.AreaTotals) float64 { return t.MeanKappa }},
		{"le_accuracy", goalLE, func(t published.AreaTotals) float64 { return t.LEAccuracy }},
		{"le_kappa", goalLEKappa, func(t published.AreaTotals) float64 { return t.LEKappa }},
	} {
		d.Totals.line(q.T("accuracy.measures."+m.name), share(m.of(a.Ours)), share(m.of(a.Rules)), share(m.of(a.Rival)), share(m.of(a.Locked)), m.goal)
	}
	for _, x := range a.Each {
		name, kappa, le := x.Code, "", ""
		if r := names[x.Code]; r != nil {
			name = r.Label["en"]
			if w := r.Label[q.Lang]; w != "" {
				name = w
			}
		}
		if x.Kappa != nil {
			kappa = share(*x.Kappa)
		}
		if x.LEN > 0 {
			le = q.T("accuracy.of", "some", x.LECorrect, "all", x.LEN)
		}
		d.Each.line(name, strconv.Itoa(x.Positives), share(x.Precision), share(x.Recall), share(x.F1), kappa, le)
	}
	c := f.Clauses
	d.Others.line(q.T("accuracy.measures.clauses"), strconv.Itoa(c.Ours.N), share(c.Ours.Accuracy), share(c.Rules.Accuracy), share(c.Rival.Accuracy), goalClauses)
	d.Others.line(q.T("accuracy.measures.clauses_kappa"), strconv.Itoa(c.Ours.N), share(c.Ours.Kappa), share(c.Rules.Kappa), share(c.Rival.Kappa), goalClausesK)
	d.Others.line(q.T("accuracy.measures.articles"), strconv.Itoa(f.Articles.N), share(f.Articles.F1), "", "", goalBoundaries)
	d.Others.line(q.T("accuracy.measures.chinese"), strconv.Itoa(f.Chinese.N), share(f.Chinese.Modality.Kappa), "", "", "")
	d.Others.line(q.T("accuracy.measures.chinese_binds"), strconv.Itoa(f.Chinese.N), share(f.Chinese.Binds.Kappa), "", "", "")
	norms, bearers, areas, err := q.checkedCounts()
	if err != nil {
		return nil, err
	}
	collide, err := q.checkedCollisions()
	if err != nil {
		return nil, err
	}
	if norms.N+bearers.N+areas.N+collide.N > 0 {
		d.Checked = &table{Caption: q.T("check.caption")}
		for i, h := range []string{"what", "n", "agree", "overruled", "gone"} {
			d.Checked.Heads = append(d.Checked.Heads, head{Label: q.T("check.head." + h), Numeric: i > 0})
		}
		for _, x := range []struct {
			name string
			checkedCount
		}{{"norms", norms}, {"bearers", bearers}, {"areas", areas}, {"collisions", collide}} {
			d.Checked.line(q.T("check."+x.name), strconv.Itoa(x.N), strconv.Itoa(x.Agree), strconv.Itoa(x.N-x.Agree-x.Gone), strconv.Itoa(x.Gone))
		}
	}
	s := &sheet{Columns: []string{"area", "n", "positives", "precision", "recall", "f1", "kappa", "enforceability_n", "enforceability_right"}}
	for _, x := range a.Each {
		kappa := ""
		if x.Kappa != nil {
			kappa = share(*x.Kappa)
		}
		s.Rows = append(s.Rows, []string{x.Code, strconv.Itoa(x.N), strconv.Itoa(x.Positives), share(x.Precision), share(x.Recall), share(x.F1), kappa, strconv.Itoa(x.LEN), strconv.Itoa(x.LECorrect)})
	}
	return &page{Template: "accuracy", Title: q.T("accuracy.title"), Lede: q.T("accuracy.lede"), Data: d, Trail: []link{{Text: q.T("nav.method"), Href: q.href("/method")}}, JSON: f, CSV: s}, nil
}

func share(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// figures is an empty table of numbers, its heads by their keys.
func (q *request) figures(caption string, heads ...string) *table {
	t := &table{Caption: q.T(caption)}
	for i, h := range heads {
		t.Heads = append(t.Heads, head{Label: q.T("accuracy.head." + h), Numeric: i > 0})
	}
	return t
}

// line adds a row; what is empty is not measured.
func (t *table) line(words ...string) {
	var r row
	for i, w := range words {
		c := textCell(w)
		c.Label, c.Numeric = t.Heads[i].Label, t.Heads[i].Numeric
		r.Cells = append(r.Cells, c)
	}
	t.Rows = append(t.Rows, r)
}
