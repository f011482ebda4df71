package projection

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/overlap/framework"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// mostOwed is how many texts are held against one draft; the latest first. Beyond it a check would keep its reader waiting.
const mostOwed = 60

// Owed are the texts and laws of which one of the parties is a side, as far as they can collide with another: what a draft is held against.
// Without parties, of all. More says how many further texts there are. Of an instrument with several texts the first stands for all; samples
// are left out unless a party is one of samples.
func (p *Projection) Owed(ctx context.Context, rules *conflict.Rules, parties []string) (sheets []*conflict.Sheet, more int, err error) {
	v := p.View("")
	set := framework.New(v)
	var docs []conflict.Text
	seen := map[registry.RecordID]bool{}
	for _, r := range v.OfKind(registry.KindDocument) {
		if r.String("reading") == "" && r.String("analysis") == "" {
			continue
		}
		t := conflict.Text{ID: string(r.ID), Path: r.Path(), Title: r.Title(), Kind: conflict.KindInstrument, From: r.String("date")}
		if r.String("document_type") == "draft" || strings.HasPrefix(r.String("document_type"), "draft") {
			continue
		}
		if refs := r.Refs("instrument"); len(refs) > 0 {
			f := set.Frame(refs[0])
			if f == nil || seen[refs[0]] {
				continue
			}
			seen[refs[0]] = true
			about(&t, v, f)
		}
		docs = append(docs, t)
	}
	slices.SortStableFunc(docs, func(a, b conflict.Text) int { return cmp.Compare(b.From, a.From) })
	if len(parties) > 0 {
		if docs, err = p.ofParties(ctx, docs, parties); err != nil {
			return nil, 0, err
		}
		more = max(0, len(docs)-mostOwed)
		docs = docs[:len(docs)-more]
	}
	sheets = make([]*conflict.Sheet, len(docs))
	if err := each(len(docs), func(i int) error {
		m, err := p.marks(ctx, rules, registry.RecordID(docs[i].ID))
		if m != nil {
			sheets[i] = rules.Sheet(docs[i], m)
		}
		return err
	}); err != nil {
		return nil, 0, err
	}
	sheets = slices.DeleteFunc(sheets, func(s *conflict.Sheet) bool { return s == nil })
	laws, err := lawSheets(v, set, rules, parties)
	return append(sheets, laws...), more, err
}

// ofParties leaves the texts of which one of the parties is a side, by their record or, where it tells none, by their own words.
func (p *Projection) ofParties(ctx context.Context, docs []conflict.Text, parties []string) ([]conflict.Text, error) {
	named, err := p.namedSides(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(docs, func(t conflict.Text) bool {
		sides := t.Parties
		if len(sides) == 0 {
			known := false
			if sides, known = named[registry.RecordID(t.ID)]; !known {
				if an, e := p.Analysis(registry.RecordID(t.ID)); e != nil {
					err = e
				} else if an != nil {
					sides = an.Parties
				}
			}
		}
		return !shares(sides, parties)
	}), err
}

// about fills in what the record of an instrument or law says.
func about(t *conflict.Text, v *registry.View, f *framework.Frame) {
	t.Title = f.Record.Title()
	t.Parties = codesOf(v, f.Sides)
	t.Minerals = tails(f.Minerals)
	t.From, t.Until = cmp.Or(string(f.From), t.From), string(f.Until)
	if f.Binding {
		t.Legal = "binding"
	}
	switch f.Record.Status().Code {
	case "signed", "initialled", "concluded":
		t.Signed = true
	}
}

// lawSheets reads laws as far as the registry holds them: what it says of each provision, in its own words.
func lawSheets(v *registry.View, set *framework.Set, rules *conflict.Rules, parties []string) ([]*conflict.Sheet, error) {
	words, err := assay.LoadRules()
	if err != nil {
		return nil, err
	}
	var out []*conflict.Sheet
	for _, r := range v.OfKind(registry.KindLaw) {
		f := set.Frame(r.ID)
		if f == nil {
			continue
		}
		t := conflict.Text{ID: string(r.ID), Path: r.Path(), Kind: conflict.KindLaw, LawType: r.String("law_type")}
		about(&t, v, f)
		if len(parties) > 0 && !shares(t.Parties, parties) || f.Ended {
			continue
		}
		var b strings.Builder
		fmt.Fprintf(&b, "# %s\n\n", t.Title)
		if s, _ := r.Text("summary", "", "en"); s != "" {
			fmt.Fprintf(&b, "## Article 1\n\n%s\n\n", s)
		}
		for i, slot := range r.Slots("provision") {
			if s, _ := r.Text("provision", slot.Key, "en"); s != "" {
				fmt.Fprintf(&b, "## Article %d\n\n%s\n\n", i+2, s)
			}
		}
		rd, err := text.Read(string(r.ID)+".md", []byte(b.String()))
		if err != nil {
			continue // nothing is said of it yet
		}
		t.Reading, t.Analysis = rd, assay.Analyze(rd, words, nil)
		out = append(out, rules.Read(t))
	}
	return out, nil
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}
