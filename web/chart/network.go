package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Network sets nodes in a circle and joins those that have something in common. Columns: node, count, with whom.
type Network struct {
	Head
	Nodes []Node
	Links []Link // From and To are codes of nodes
	Max   int    // nodes to draw, those with the highest count; 0 for 28
}

// Node is a point of a network. The area of its circle is its count.
type Node struct {
	Code, Label, Href string
	Count             int
}

const networkSize = 640

func (n *Network) sorted() []Node {
	ns := slices.Clone(n.Nodes)
	slices.SortStableFunc(ns, func(a, b Node) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label, b.Label)) })
	return ns
}

// SVG draws nodes in a circle in the order of their names, so that a name is found. It has a fixed width; put it where it can scroll.
func (n *Network) SVG() string {
	shown := n.Max
	if shown <= 0 {
		shown = 28
	}
	nodes := n.sorted()
	nodes = nodes[:min(len(nodes), shown, MaxItems)]
	if len(nodes) == 0 {
		return n.nothing("chart-network")
	}
	slices.SortStableFunc(nodes, func(a, b Node) int { return cmp.Compare(a.Label, b.Label) })
	most, biggest := 1, 1
	place := map[string][2]float64{}
	const r, cx, cy = 190.0, networkSize / 2.0, 230.0
	for i, x := range nodes {
		a := 2*math.Pi*float64(i)/float64(len(nodes)) - math.Pi/2
		place[x.Code] = [2]float64{cx + r*math.Cos(a), cy + r*math.Sin(a)}
		biggest = max(biggest, x.Count)
	}
	for _, l := range n.Links {
		most = max(most, l.Count)
	}
	s := n.begin("chart-network", strconv.Itoa(networkSize), "460", "")
	s.open("g", "fill", "none", "stroke", "currentColor", "stroke-linecap", "round")
	for _, l := range n.Links {
		a, okA := place[l.From]
		b, okB := place[l.To]
		if !okA || !okB || l.Count <= 0 {
			continue
		}
		s.open("path", "d", "M"+num(a[0])+" "+num(a[1])+"Q"+num((a[0]+b[0])/4+cx/2)+" "+num((a[1]+b[1])/4+cy/2)+" "+num(b[0])+" "+num(b[1]),
			"stroke-width", num(0.7+5*float64(l.Count)/float64(most)), "stroke-opacity", num(0.25+0.45*float64(l.Count)/float64(most)))
		s.tip(l.Tip)
		s.shut("path")
	}
	s.shut("g")
	for i, x := range nodes {
		p := place[x.Code]
		a := 2*math.Pi*float64(i)/float64(len(nodes)) - math.Pi/2
		size := 3 + 8*math.Sqrt(float64(max(x.Count, 0))/float64(biggest))
		anchor, dx := "start", size+5
		switch c := math.Cos(a); {
		case c < -0.15:
			anchor, dx = "end", -size-5
		case c < 0.15:
			anchor, dx = "middle", 0
		}
		dy := 4.0
		if anchor == "middle" {
			if dy = size + 16; math.Sin(a) < 0 {
				dy = -size - 6
			}
		}
		s.link(x.Href)
		s.open("circle", "class", "chart-node", "cx", num(p[0]), "cy", num(p[1]), "r", num(size), "fill", "currentColor")
		s.tip(x.Label + ": " + strconv.Itoa(x.Count))
		s.shut("circle")
		s.text(cut(x.Label, 20), "chart-label", "x", num(p[0]+dx), "y", num(p[1]+dy), "text-anchor", anchor)
		s.unlink(x.Href)
	}
	return s.done()
}

// Table lists all nodes with those they are joined to.
func (n *Network) Table() Table {
	label := map[string]string{}
	for _, x := range n.Nodes {
		label[x.Code] = x.Label
	}
	with := map[string][]string{}
	links := slices.Clone(n.Links)
	slices.SortStableFunc(links, func(a, b Link) int { return cmp.Compare(b.Count, a.Count) })
	for _, l := range links {
		with[l.From] = append(with[l.From], label[l.To]+" "+strconv.Itoa(l.Count))
		with[l.To] = append(with[l.To], label[l.From]+" "+strconv.Itoa(l.Count))
	}
	var rows []Row
	for _, x := range n.sorted() {
		rows = append(rows, Row{[]string{x.Label, strconv.Itoa(x.Count), strings.Join(with[x.Code], ", ")}, x.Href})
	}
	return tableOf(n.Columns, rows)
}
