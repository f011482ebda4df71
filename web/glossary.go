package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// glossaryPage is /glossary: the words of the registry, made from its schema and code lists.
type glossaryPage struct {
	Words  []term
	Kinds  []term
	Fields []fieldTerm
	Lists  []termList
}

type term struct{ ID, Name, About, Note string }

type fieldTerm struct {
	term
	Of string // kinds that have it
}

type termList struct {
	ID, Name string
	Terms    []term
}

func glossary(q *request) (*page, error) {
	d := glossaryPage{}
	for _, w := range []string{"claim", "source", "record", "event", "reading", "provision", "strength", "sample", "as_of"} {
		d.Words = append(d.Words, term{"word-" + w, q.T("glossary.word." + w + ".name"), q.T("glossary.word." + w + ".about"), ""})
	}
	of := map[string][]registry.Kind{}
	var names []string
	for _, k := range registry.Kinds() {
		def := registry.KindOf(k)
		d.Kinds = append(d.Kinds, term{"kind-" + string(k), q.kind(k), q.schema("about.kind."+string(k), def.Description), "/" + def.Noun})
		for _, f := range def.Fields {
			if of[f] == nil {
				names = append(names, f)
			}
			of[f] = append(of[f], k)
		}
	}
	for _, n := range names {
		f := registry.FieldOf(n)
		t := fieldTerm{term: term{"field-" + n, q.locale.field(f), q.schema("about.field."+n, f.Description), n}, Of: q.T("glossary.every")}
		if len(of[n]) < len(registry.Kinds()) {
			var ks []string
			for _, k := range of[n] {
				ks = append(ks, q.kind(k))
			}
			t.Of = strings.Join(ks, ", ")
		}
		d.Fields = append(d.Fields, t)
	}
	slices.SortStableFunc(d.Fields, func(a, b fieldTerm) int { return cmp.Compare(a.Name, b.Name) })
	csv := &sheet{Columns: []string{"sort", "code", "name", "about"}}
	for _, l := range registry.CodeLists() {
		t := termList{ID: "list-" + l, Name: q.schema("list."+l, upperFirst(strings.ReplaceAll(l, "_", " ")))}
		for _, c := range registry.Codes(l) {
			t.Terms = append(t.Terms, term{l + "-" + c, q.code(l, c), q.schema("about.code."+l+"."+c, registry.Code(l, c).Description), c})
			csv.Rows = append(csv.Rows, []string{l, c, q.code(l, c), registry.Code(l, c).Description})
		}
		d.Lists = append(d.Lists, t)
	}
	for _, f := range d.Fields {
		csv.Rows = append(csv.Rows, []string{"field", f.Note, f.Name, f.About})
	}
	return &page{Template: "glossary", Title: q.T("nav.glossary"), Lede: q.T("glossary.lede"), Data: d, JSON: map[string]any{"kinds": d.Kinds, "fields": d.Fields, "lists": d.Lists}, CSV: csv}, nil
}
