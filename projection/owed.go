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
	docs := textsOf(v, set)
	if len(parties) > 0 {
		if docs, err = p.ofParties(ctx, docs, parties); err != nil {
			return nil, 0, err
		}
		more = max(0, len(docs)-mostOwed)
		docs = docs[:len(docs)-more]
	}
	if sheets, err = p.sheets(ctx, rules, docs); err != nil {
		return nil, 0, err
	}
	laws, err := lawSheets(v, set, rules, func(t *conflict.Text) bool { return len(parties) == 0 || shares(t.Parties, parties) })
	return append(sheets, laws...), more, err
}

// textsOf are the texts that can collide with another, the latest first.
func textsOf(v *registry.View, set *framework.Set) []conflict.Text {
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
	return docs
}

// sheets are those of some texts, in their order, without those of which nothing is known.
func (p *Projection) sheets(ctx context.Context, rules *conflict.Rules, docs []conflict.Text) ([]*conflict.Sheet, error) {
	out := make([]*conflict.Sheet, len(docs))
	err := each(len(docs), func(i int) error {
		m, err := p.marks(ctx, rules, registry.RecordID(docs[i].ID))
		if m != nil {
			out[i] = rules.Sheet(docs[i], m)
		}
		return err
	})
	return slices.DeleteFunc(out, func(s *conflict.Sheet) bool { return s == nil }), err
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

// lawSheets reads some laws as far as the registry holds them: what it says of each provision, in its own words.
func lawSheets(v *registry.View, set *framework.Set, rules *conflict.Rules, which func(*conflict.Text) bool) ([]*conflict.Sheet, error) {
	words, err := assay.LoadRules()
	if err != nil {
		return nil, err
	}
	var out []*conflict.Sheet
	for _, t := range lawsOf(v, set) {
		if !which(&t) {
			continue
		}
		rd, err := text.Read(t.ID+".md", []byte(lawWords(v, &t)))
		if err != nil {
			continue // nothing is said of it yet
		}
		t.Reading, t.Analysis = rd, assay.Analyze(rd, words, nil)
		out = append(out, rules.Read(t))
	}
	return out, nil
}

// lawsOf are the laws that have not ended.
func lawsOf(v *registry.View, set *framework.Set) []conflict.Text {
	var out []conflict.Text
	for _, r := range v.OfKind(registry.KindLaw) {
		f := set.Frame(r.ID)
		if f == nil || f.Ended {
			continue
		}
		t := conflict.Text{ID: string(r.ID), Path: r.Path(), Kind: conflict.KindLaw, LawType: r.String("law_type")}
		about(&t, v, f)
		out = append(out, t)
	}
	return out
}

// lawWords is what the registry says of a law, as a text.
func lawWords(v *registry.View, t *conflict.Text) string {
	r := v.Record(registry.RecordID(t.ID))
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
	return b.String()
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}
