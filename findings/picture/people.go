package picture

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
)

// grid sets records against minerals by a number; rows and columns with the largest sums come first.
func (p Pen) grid(h chart.Head, of map[[2]registry.RecordID]int) *chart.Matrix {
	m := &chart.Matrix{Head: h, More: p.T("matrix_more")}
	sum := map[registry.RecordID]int{}
	var rows, cols []registry.RecordID
	for k, n := range of {
		for i, ids := range []*[]registry.RecordID{&rows, &cols} {
			if sum[k[i]] == 0 {
				*ids = append(*ids, k[i])
			}
			sum[k[i]] += n
		}
	}
	for i, ids := range [][]registry.RecordID{rows, cols} {
		slices.SortFunc(ids, func(a, b registry.RecordID) int { return cmp.Or(cmp.Compare(sum[b], sum[a]), cmp.Compare(a, b)) })
		for _, id := range ids {
			n := chart.Name{Label: p.Name(id), Href: p.Href(id)}
			if i == 0 {
				m.Rows = append(m.Rows, n)
			} else {
				m.Cols = append(m.Cols, n)
			}
		}
	}
	for _, r := range rows {
		line := make([]int, len(cols))
		for k, c := range cols {
			line[k] = of[[2]registry.RecordID{r, c}]
		}
		m.Counts = append(m.Counts, line)
	}
	return m
}

// Suitors sets producers against minerals; nil where nobody is courted.
func (p Pen) Suitors(i *findings.Indicator) *chart.Matrix {
	of := map[[2]registry.RecordID]int{}
	for _, c := range i.Cases {
		if c.Value != nil && *c.Value > 0 {
			of[[2]registry.RecordID{c.Record, registry.RecordID(c.Key)}] = int(*c.Value)
		}
	}
	if len(of) == 0 {
		return nil
	}
	return p.grid(p.head("suitors", p.T("suitors_title"), p.T("suitors_desc"), p.T("col_place")), of)
}

// counted are the negotiations and instruments of a set that name a party, each once, by party.
func counted(s *findings.Set) map[registry.RecordID][]registry.RecordID {
	out := map[registry.RecordID][]registry.RecordID{}
	for _, id := range talks(s) {
		for _, p := range s.Places[id].Parties {
			out[p] = append(out[p], id)
		}
	}
	return out
}

// talks are the negotiations and instruments of a set, by id.
func talks(s *findings.Set) []registry.RecordID {
	var out []registry.RecordID
	for id := range s.Places {
		if k := id.Kind(); k == registry.KindNegotiation || k == registry.KindInstrument {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Matrix sets states and blocs against the minerals that their records name themselves.
func (p Pen) Matrix(s *findings.Set) *chart.Matrix {
	of := map[[2]registry.RecordID]int{}
	for _, id := range talks(s) {
		r := p.View.Record(id)
		if r == nil {
			continue
		}
		for _, party := range s.Places[id].Parties {
			for _, m := range r.Refs("mineral") {
				of[[2]registry.RecordID{party, p.View.Resolve(m)}]++
			}
		}
	}
	return p.grid(p.head("matrix", p.T("party_matrix_title"), p.T("party_matrix_desc"), p.T("col_place")), of)
}

// Map puts states on the map with what they share.
func (p Pen) Map(s *findings.Set) *chart.Map {
	m := &chart.Map{Labels: 14}
	by := counted(s)
	for _, id := range sortedKeys(by) {
		r := p.View.Record(id)
		if r == nil {
			continue
		}
		pl := chart.Place{Code: r.String("iso3"), Label: p.Name(id), Text: p.Number(len(by[id])), Href: p.Href(id), Count: len(by[id])}
		if !chart.Located(pl.Code) {
			pl.Note = p.T("map_no_point")
		}
		m.Places = append(m.Places, pl)
	}
	for _, l := range p.links(s) {
		a, b := p.View.Record(registry.RecordID(l.From)), p.View.Record(registry.RecordID(l.To))
		if a != nil && b != nil && chart.Located(a.String("iso3")) && chart.Located(b.String("iso3")) {
			l.From, l.To = a.String("iso3"), b.String("iso3")
			m.Links = append(m.Links, l)
		}
	}
	located := 0
	for _, pl := range m.Places {
		if chart.Located(pl.Code) {
			located++
		}
	}
	m.Head = p.head("map", p.T("map_title", "links", len(m.Links), "places", located), p.T("map_desc"), p.T("col_place"), p.T("col_records"), p.T("col_note"))
	return m
}

// links are the pairs of states and blocs with records between them.
func (p Pen) links(s *findings.Set) []chart.Link {
	var out []chart.Link
	i := s.Finding("competition").Indicator("links")
	for _, c := range i.Cases {
		n := int(*c.Value)
		out = append(out, chart.Link{From: string(c.Record), To: c.Key, Count: n, Tip: p.Name(c.Record) + " – " + p.Name(registry.RecordID(c.Key)) + ": " + p.Number(n)})
	}
	return out
}

// Network joins states and blocs that share records.
func (p Pen) Network(s *findings.Set) *chart.Network {
	n := &chart.Network{Links: p.links(s)}
	joined := map[registry.RecordID]bool{}
	for _, l := range n.Links {
		joined[registry.RecordID(l.From)], joined[registry.RecordID(l.To)] = true, true
	}
	by := counted(s)
	for _, id := range sortedKeys(by) {
		if joined[id] {
			n.Nodes = append(n.Nodes, chart.Node{Code: string(id), Label: p.Name(id), Href: p.Href(id), Count: len(by[id])})
		}
	}
	n.Head = p.head("network", p.T("network_title", "links", len(n.Links), "nodes", len(n.Nodes)), p.T("network_desc"), p.T("col_place"), p.T("col_records"), p.T("network_with"))
	return n
}

func sortedKeys[V any](m map[registry.RecordID]V) []registry.RecordID {
	out := make([]registry.RecordID, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
