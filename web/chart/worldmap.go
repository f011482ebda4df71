package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// Map puts points and links on a silhouette of land. Columns: place, value, note.
type Map struct {
	Head
	Places []Place
	Links  []Link
	Labels int // how many of the largest places are named in the picture; 0 for 8
}

// Place is a state or territory by its ISO 3166-1 alpha-3 code. The area of its circle is its count.
type Place struct {
	Code, Label, Text, Note, Href string
	Count                         int
}

// Link joins two places by an arc as broad as its count.
type Link struct {
	From, To string // codes
	Tip      string
	Count    int
}

// Located says whether a code has a point on the map.
func Located(code string) bool {
	_, _, ok := spot(code)
	return ok
}

// spot is the place of a code in the picture; ok is false where it has none.
func spot(code string) (x, y float64, ok bool) {
	a, ok := anchors[code]
	if !ok || a[1] < southEdge {
		return 0, 0, false
	}
	x, y = Project(float64(a[0]), float64(a[1]))
	return x, y, true
}

const (
	maxLinks  = 300
	maxPlaces = 260 // there are 249 codes
)

// SVG draws land, links, points and the names of the largest.
func (m *Map) SVG() string {
	s := m.begin("chart-map", "100%", "", "0 0 1000 "+num(mapHeight))
	s.leaf("path", "class", "chart-land", "d", land, "fill", "currentColor", "fill-opacity", "0.12")
	most := 1
	for _, l := range m.Links {
		most = max(most, l.Count)
	}
	links := slices.Clone(m.Links)
	slices.SortStableFunc(links, func(a, b Link) int { return cmp.Compare(b.Count, a.Count) })
	s.open("g", "class", "chart-links", "fill", "none", "stroke", "currentColor", "stroke-opacity", "0.35", "stroke-linecap", "round")
	for _, l := range links[:min(len(links), maxLinks)] {
		x1, y1, ok1 := spot(l.From)
		x2, y2, ok2 := spot(l.To)
		if !ok1 || !ok2 || l.Count <= 0 {
			continue
		}
		lift := math.Hypot(x2-x1, y2-y1) * 0.22
		s.open("path", "d", "M"+num(x1)+" "+num(y1)+"Q"+num((x1+x2)/2)+" "+num((y1+y2)/2-lift)+" "+num(x2)+" "+num(y2),
			"stroke-width", num(0.8+3.2*float64(l.Count)/float64(most)))
		s.tip(l.Tip)
		s.shut("path")
	}
	s.shut("g")
	places := m.sorted()
	if len(places) == 0 {
		s.text(m.Empty, "chart-note", "x", "500", "y", num(mapHeight-12), "text-anchor", "middle")
	}
	biggest := 1
	for _, p := range places {
		biggest = max(biggest, p.Count)
	}
	named := newRoom()
	for _, p := range places[:min(len(places), maxPlaces)] {
		x, y, ok := spot(p.Code)
		if !ok {
			continue
		}
		r := radius(p.Count, biggest)
		s.link(p.Href, "aria-label", p.Label+": "+p.Text)
		s.open("circle", "class", "chart-place", "cx", num(x), "cy", num(y), "r", num(r), "fill", "currentColor", "fill-opacity", "0.75", "stroke", "currentColor")
		s.tip(p.Label + ": " + p.Text)
		s.shut("circle")
		s.unlink(p.Href)
	}
	labels := m.Labels
	if labels <= 0 {
		labels = 8
	}
	for _, p := range places[:min(len(places), maxPlaces)] {
		x, y, ok := spot(p.Code)
		if !ok || labels == 0 {
			continue
		}
		words := cut(p.Label, 28)
		tx, anchor := x+radius(p.Count, biggest)+4, "start"
		if x > 820 {
			tx, anchor = x-radius(p.Count, biggest)-4, "end"
		}
		if !named.take(tx, y, len([]rune(words)), anchor) {
			continue
		}
		s.text(words, "chart-name", "x", num(tx), "y", num(y+5), "text-anchor", anchor)
		labels--
	}
	return s.done()
}

func radius(count, biggest int) float64 {
	return 4 + 12*math.Sqrt(math.Max(float64(count), 0)/float64(biggest))
}

func (m *Map) sorted() []Place {
	ps := slices.Clone(m.Places)
	slices.SortStableFunc(ps, func(a, b Place) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label, b.Label)) })
	return ps
}

// room keeps labels from meeting. Letters are taken to be as large as a narrow screen makes them.
type room struct{ taken [][4]float64 }

func newRoom() *room { return new(room) }

func (r *room) take(x, y float64, letters int, anchor string) bool {
	w, h := float64(letters)*13, 28.0
	box := [4]float64{x, y - h/2, x + w, y + h/2}
	if anchor == "end" {
		box[0], box[2] = x-w, x
	}
	if box[0] < 0 || box[2] > mapWidth {
		return false
	}
	for _, t := range r.taken {
		if box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3] {
			return false
		}
	}
	r.taken = append(r.taken, box)
	return true
}

// Table lists all places, those without a point too.
func (m *Map) Table() Table {
	var rows []Row
	for _, p := range m.sorted() {
		text := p.Text
		if text == "" {
			text = strconv.Itoa(p.Count)
		}
		rows = append(rows, Row{[]string{p.Label, text, p.Note}, p.Href})
	}
	return tableOf(m.Columns, rows)
}
