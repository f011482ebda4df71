package review

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openassay/assay/overlap/framework"
	"github.com/openassay/assay/registry"
)

// parallel are the talks and texts that are not signed yet of which another state has the same open with the same partner, and those that would duplicate or
// cut across a framework between the same sides: what should be known before a signature. It is seen by whoever sees the records: on a server of several states,
// by the editors of the group.
func parallel(in Input) []Item {
	set := framework.New(in.View)
	var out []Item
	for _, k := range []registry.Kind{registry.KindNegotiation, registry.KindInstrument} {
		for _, r := range in.View.OfKind(k) {
			f := set.Frame(r.ID)
			if r.Sample() || !f.Open {
				continue
			}
			i := Item{Kind: Parallel, ID: string(r.ID), Title: r.Title(), Records: []registry.RecordID{r.ID}}
			for _, x := range set.Rivals(r.ID) {
				what := make([]string, len(x.Minerals))
				for j, m := range x.Minerals {
					if what[j] = "critical minerals that are not named"; m != "" {
						what[j] = title(in.View, m)
					}
				}
				i.Reasons = append(i.Reasons, title(in.View, x.Partner)+" has the same open with "+title(in.View, x.State)+": "+strings.Join(what, ", "))
				for _, o := range x.Frames {
					i.add(o.Record.ID)
				}
			}
			for _, p := range set.Of(r.ID) {
				if p.Grade == framework.Duplicate || p.Grade == framework.Overlapping {
					i.Reasons = append(i.Reasons, string(p.Grade)+" with "+p.B.Record.Title())
					i.add(p.B.Record.ID)
				}
			}
			if len(i.Reasons) > 0 {
				out = append(out, i)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Item) int {
		return cmp.Or(cmp.Compare(len(b.Reasons), len(a.Reasons)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (i *Item) add(id registry.RecordID) {
	if !slices.Contains(i.Records, id) {
		i.Records = append(i.Records, id)
	}
}

func title(v *registry.View, id registry.RecordID) string {
	if r := v.Record(id); r != nil {
		return r.Title()
	}
	return id.Tail()
}
