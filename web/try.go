package web

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// tryPage is /method/try: a clause is pasted and read. Nothing is stored.
type tryPage struct {
	Form   *form
	Asked  bool
	Lang   string
	As     string // the words it was read after
	Norms  []placedNorms
	More   string
	None   string
	Rules  []ruleView
	Legend []legendItem
}

// Reader reads a pasted text with the names that a view holds.
type Reader func(name string, b []byte, v *registry.View) (*text.Reading, *assay.Analysis, error)

const mostTried = 20_000 // letters of a pasted clause

// forms of text that a clause may be taken from: the words that are set before it decide what "will" and plain verbs do in it.
var tryForms = []string{"none", "treaty", "participants"}

func tryClause(q *request) (*page, error) {
	d := &tryPage{Form: q.tryForm(), Legend: q.strengthLegend()}
	return &page{Template: "try", Title: q.T("try.title"), Lede: q.T("try.lede"), Data: d}, nil
}

func (q *request) tryForm() *form {
	f := q.newForm(q.href("/method/try"), q.T("try.submit"))
	f.add(formField{Name: "clause", Label: q.T("try.clause"), Hint: q.T("try.clause_hint"), Type: "textarea", Rows: 9, Max: mostTried, Required: true})
	var options []formOption
	for _, o := range tryForms {
		options = append(options, formOption{Value: o, Label: q.T("try.from." + o), Chosen: cmp.Or(q.form.Get("from"), "none") == o})
	}
	f.add(formField{Name: "from", Label: q.T("try.from_label"), Hint: q.T("try.from_hint"), Type: "select", Options: options})
	return f
}

func tryPost(q *request) (*page, error) {
	p, err := tryClause(q)
	if err != nil {
		return nil, err
	}
	d := p.Data.(*tryPage)
	clause := strings.TrimSpace(q.form.Get("clause"))
	switch {
	case clause == "":
		d.Form.fail("clause", q.T("try.empty"))
	case len([]rune(clause)) > mostTried:
		d.Form.fail("clause", q.T("try.too_long", "n", mostTried))
	}
	if len(d.Form.Errors) > 0 {
		p.Status = http.StatusUnprocessableEntity
		return p, nil
	}
	if err := q.try(d, clause); err != nil {
		d.Form.fail("clause", err.Error())
		p.Status = http.StatusUnprocessableEntity
	}
	return p, nil
}

// try reads the clause and fills in what it says.
func (q *request) try(d *tryPage, clause string) error {
	before := ""
	if from := q.form.Get("from"); from == "treaty" || from == "participants" {
		before = q.T("try.before." + from)
		d.As = before
	}
	whole := clause
	if before != "" {
		whole = before + "\n\n" + clause
	}
	rd, an, err := q.site.opt.Read("clause.txt", []byte(whole), q.View)
	if err != nil {
		return err
	}
	rules, err := assay.LoadRules()
	if err != nil {
		return err
	}
	v := &reader{request: q, doc: &projection.Document{Reading: rd, Analysis: an}, machine: an, rules: rules, used: map[string]bool{}}
	from := 0 // where the clause itself begins in the canonical text
	if before != "" {
		if first := strings.Fields(clause); len(first) > 0 {
			flat := strings.Join(strings.Fields(before), " ")
			for at := range rd.Text {
				if len(strings.Join(strings.Fields(rd.Text[:at]), " ")) >= len(flat) {
					from = at
					break
				}
			}
		}
	}
	d.Asked, d.Lang = true, q.code("language", base(rd.Language))
	left := mostNorms
	for i, x := range an.Provisions {
		ns := v.normsFrom(x, from)
		if len(ns) > left {
			d.More = q.T("try.more")
			ns = ns[:left]
		}
		if left -= len(ns); len(ns) > 0 {
			place := link{}
			if t := rd.Provisions[i]; t.Num+t.Heading != "" {
				place.Text = v.provisionTitle(t)
			}
			d.Norms = append(d.Norms, placedNorms{place, ns})
		}
	}
	if len(d.Norms) == 0 {
		d.None = q.T("try.none")
	}
	if an.Unsupported != "" {
		d.None = q.T("try.unsupported", "language", d.Lang)
	}
	d.Rules = v.usedRules()
	return nil
}
