package web

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// sidesView is a deal's sides beside each other: who published what first, when, and how much later than the other side.
type sidesView struct {
	Says   string
	Note   string // of official sources of nobody's side; "" where there is none
	First  table
	Sides  []publishedSide
	Single bool // the record names fewer than two sides
}

type publishedSide struct {
	Party        link
	Publications []publicationView
}

type publicationView struct {
	Date   string
	What   string
	Source link
	By     link
}

// sidesOf lays what the sides of a record published beside each other.
func (q *request) sidesOf(b *findings.BothSides) sidesView {
	v := sidesView{Says: q.T("sides.about"), Single: len(b.Sides) < 2, First: table{Caption: q.T("sides.first"), Heads: q.headsOf("sides.what", "sides.side", "sides.when", "sides.lag", "sides.source")}}
	if b.Others > 0 {
		v.Note = q.T("sides.unassigned", "n", b.Others)
	}
	for _, f := range b.First {
		for _, s := range f.Sides {
			v.First.Rows = append(v.First.Rows, q.rowOf(v.First.Heads, wordsCell(q.T("sides.kind."+f.Kind)), q.linkCell(q.recordLink(s.Party)), q.publishedCell(s), wordsCell(q.later(s)), q.sourceLinkCell(s.Source)))
		}
	}
	for _, s := range b.Sides {
		x := publishedSide{Party: q.recordLink(s.Party)}
		for _, p := range s.Publications {
			pv := publicationView{Source: q.sourceLink(p.Source), By: q.recordLink(p.Publisher), Date: q.T("source.undated")}
			if p.Date != "" {
				pv.Date = q.edtfText(p.Date)
			}
			for i, k := range p.Kinds {
				if w := q.T("sides.kind." + k); i == 0 {
					pv.What = w
				} else {
					pv.What += ", " + lowerFirst(w)
				}
			}
			x.Publications = append(x.Publications, pv)
		}
		v.Sides = append(v.Sides, x)
	}
	return v
}

// publishedCell is when a side published; that it is not known where nothing is recorded of it, or no date.
func (q *request) publishedCell(s findings.FirstSide) cell {
	switch {
	case s.Source == "":
		return wordsCell(q.T("sides.not_recorded"))
	case s.Date == "":
		return wordsCell(q.T("sides.undated"))
	}
	return cell{Text: s.Date, HTML: q.edtf(s.Date)}
}

// later puts into words how much later than the other side; "" where that is not known.
func (q *request) later(s findings.FirstSide) string {
	if s.Low == nil || s.High == nil {
		return ""
	}
	low, high := *s.Low, *s.High
	switch {
	case low == 0 && high == 0:
		return q.T("sides.same_day")
	case high <= 0 && low == high:
		return q.T("sides.earlier", "n", -low)
	case high <= 0:
		return q.T("sides.earlier_between", "low", -high, "high", -low)
	case low >= 0 && low == high:
		return q.T("sides.later", "n", low)
	case low >= 0:
		return q.T("sides.later_between", "low", low, "high", high)
	}
	return q.T("sides.not_told", "earlier", -low, "later", high)
}

func (q *request) sourceLink(id registry.SourceID) link {
	s := q.View.Sources[id]
	if s == nil {
		return link{Text: string(id)}
	}
	return link{Text: cut(cmp.Or(s.Title, s.Publisher, string(id)), 90), Href: q.href("/sources/" + string(id))}
}

func (q *request) sourceLinkCell(id registry.SourceID) cell {
	if id == "" {
		return cell{}
	}
	return q.linkCell(q.sourceLink(id))
}

// sidesJSON is a deal of /both-sides as data.
type sidesJSON struct {
	Title string `json:"title"`
	*findings.BothSides
}

// bothSides is /both-sides: of every deal, what each side published first, when, and how much later than the other.
func bothSides(q *request) (*page, error) {
	deals := findings.DealsOf(q.View)
	d := publicLog{Title: q.T("sides.title"), Says: []string{q.T("sides.lede")}, Empty: q.T("sides.empty"),
		Links: []link{{Text: q.T("protocol.title"), Href: q.href("/withheld/protocol")}, {Text: q.T("index.title"), Href: q.href("/disclosure-index")}}}
	d.Table = table{Caption: d.Title, Heads: q.headsOf("withheld.record", "sides.side", "sides.kind.any", "sides.lag", "sides.kind.text", "sides.text_lag", "sides.source")}
	csv := &sheet{Columns: []string{"record", "title", "published", "side", "date", "days_later_low", "days_later_high", "source"}}
	js := []sidesJSON{}
	two, one := 0, 0
	told := map[registry.RecordID]int{}
	for _, r := range deals.Records() {
		b := deals.Sides(r)
		if len(b.Sides) < 2 {
			continue
		}
		for _, s := range b.Sides {
			if len(s.Publications) > 0 {
				told[r.ID]++
			}
		}
		switch n := told[r.ID]; {
		case n > 1:
			two++
		case n == 1:
			one++
		}
		js = append(js, sidesJSON{r.Title(q.Lang), b})
	}
	slices.SortStableFunc(js, func(a, b sidesJSON) int {
		return cmp.Or(cmp.Compare(told[b.Record], told[a.Record]), cmp.Compare(a.Record, b.Record))
	})
	d.Says = append(d.Says, q.T("sides.count", "n", len(js), "two", two, "one", one, "none", len(js)-two-one))
	for _, x := range js {
		first := map[string][]findings.FirstSide{}
		for _, f := range x.First {
			first[f.Kind] = f.Sides
			for _, s := range f.Sides {
				csv.Rows = append(csv.Rows, []string{string(x.Record), x.Title, f.Kind, string(s.Party), s.Date, number(s.Low), number(s.High), string(s.Source)})
			}
		}
		if len(x.First) == 0 {
			for _, s := range x.Sides {
				csv.Rows = append(csv.Rows, []string{string(x.Record), x.Title, findings.AnyKind, string(s.Party), "", "", "", ""})
			}
		}
		l := q.recordLink(x.Record)
		l.Href = q.href(q.View.Record(x.Record).Path()+"/disclosure") + "#sides"
		for i, s := range x.Sides {
			any, text := findings.FirstSide{}, findings.FirstSide{}
			if f := first[findings.AnyKind]; f != nil {
				any = f[i]
			}
			if f := first[findings.OfText]; f != nil {
				text = f[i]
			}
			d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, q.linkCell(l), q.linkCell(q.recordLink(s.Party)), q.publishedCell(any), wordsCell(q.later(any)), q.publishedCell(text), wordsCell(q.later(text)), q.sourceLinkCell(any.Source)))
		}
	}
	var err error
	if d.Pager, d.Table.Rows, err = q.paged(d.Table.Rows); err != nil {
		return nil, err
	}
	return &page{Template: "public-log", Title: d.Title, Lede: d.Says[0], Data: d, Wide: true, JSON: js, CSV: csv, Trail: []link{{Text: q.T("withheld.title"), Href: q.href("/withheld")}}}, nil
}

// number is a number of days for CSV; "" where it is not known.
func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
