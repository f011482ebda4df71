package main

import (
	"encoding/json"
	"log"
	"math"
	"os"
)

// topology is a TopoJSON file: arcs of quantised, delta-coded points that geometries refer to.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   map[string]geometry
}

type geometry struct {
	Type       string
	ID         string
	Arcs       json.RawMessage
	Geometries []geometry
}

func readTopology(name string) *topology {
	b, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	t := new(topology)
	if err := json.Unmarshal(b, t); err != nil {
		log.Fatalf("%s: %v", name, err)
	}
	for _, arc := range t.Arcs {
		x, y := 0.0, 0.0
		for i := range arc {
			x, y = x+arc[i][0], y+arc[i][1]
			arc[i] = [2]float64{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]}
		}
	}
	return t
}

func (t *topology) geometries(object string) []geometry {
	g, ok := t.Objects[object]
	if !ok {
		log.Fatalf("the file has no object %q", object)
	}
	if g.Type == "GeometryCollection" {
		return g.Geometries
	}
	return []geometry{g}
}

// rings are the outer and inner outlines of a geometry as longitude and latitude, each closed.
func (t *topology) rings(g geometry) [][][2]float64 {
	var polygons [][][]int
	switch g.Type {
	case "Polygon":
		var p [][]int
		must(json.Unmarshal(g.Arcs, &p))
		polygons = append(polygons, p)
	case "MultiPolygon":
		must(json.Unmarshal(g.Arcs, &polygons))
	}
	var out [][][2]float64
	for _, p := range polygons {
		for _, ring := range p {
			var pts [][2]float64
			for _, i := range ring {
				arc := t.arc(i)
				if len(pts) > 0 {
					arc = arc[1:] // it begins where the last one ended
				}
				pts = append(pts, arc...)
			}
			out = append(out, pts)
		}
	}
	return out
}

// arc is the arc of an index; a negative index is the arc ^i run backwards.
func (t *topology) arc(i int) [][2]float64 {
	if i >= 0 {
		return t.Arcs[i]
	}
	a := t.Arcs[^i]
	out := make([][2]float64, len(a))
	for j, p := range a {
		out[len(a)-1-j] = p
	}
	return out
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func northEnd(ring [][2]float64) float64 {
	n := -90.0
	for _, p := range ring {
		n = math.Max(n, p[1])
	}
	return n
}

// unwrap carries a ring that crosses the antimeridian on beyond 180°, so that it has a middle.
func unwrap(ring [][2]float64) [][2]float64 {
	out := make([][2]float64, len(ring))
	for i, p := range ring {
		out[i] = p
		if i > 0 {
			out[i][0] = out[i-1][0] + math.Remainder(p[0]-ring[i-1][0], 360)
		}
	}
	return out
}

// area is the signed area of a closed ring.
func area(pts [][2]float64) float64 {
	a := 0.0
	for i := 1; i < len(pts); i++ {
		a += pts[i-1][0]*pts[i][1] - pts[i][0]*pts[i-1][1]
	}
	return a / 2
}

// sphereArea is roughly proportional to the area on the ground.
func sphereArea(ring [][2]float64) float64 {
	return math.Abs(area(ring)) * math.Cos(centroid(ring)[1]*math.Pi/180)
}

func centroid(pts [][2]float64) [2]float64 {
	var x, y, a float64
	for i := 1; i < len(pts); i++ {
		c := pts[i-1][0]*pts[i][1] - pts[i][0]*pts[i-1][1]
		x, y, a = x+(pts[i-1][0]+pts[i][0])*c, y+(pts[i-1][1]+pts[i][1])*c, a+c
	}
	if a == 0 {
		return pts[0]
	}
	return [2]float64{x / (3 * a), y / (3 * a)}
}

// simplify keeps the points from which the line would stray by more than the tolerance (Douglas and Peucker 1973).
func simplify(pts [][2]float64, tolerance float64) [][2]float64 {
	if len(pts) < 3 {
		return pts
	}
	far, at := 0.0, 0
	a, b := pts[0], pts[len(pts)-1]
	dx, dy := b[0]-a[0], b[1]-a[1]
	length := math.Hypot(dx, dy)
	for i := 1; i < len(pts)-1; i++ {
		d := math.Hypot(pts[i][0]-a[0], pts[i][1]-a[1])
		if length > 0 {
			d = math.Abs(dy*(pts[i][0]-a[0])-dx*(pts[i][1]-a[1])) / length
		}
		if d > far {
			far, at = d, i
		}
	}
	if far <= tolerance {
		return [][2]float64{a, b}
	}
	left := simplify(pts[:at+1], tolerance)
	return append(left[:len(left)-1:len(left)-1], simplify(pts[at:], tolerance)...)
}
