package raster

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"github.com/go-fonts/dejavu/dejavusanscondensedbold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

var faces = sync.OnceValue(func() [2]*sfnt.Font {
	var out [2]*sfnt.Font
	for i, b := range [][]byte{dejavusanscondensed.TTF, dejavusanscondensedbold.TTF} {
		f, err := sfnt.Parse(b)
		if err != nil {
			panic("raster: the embedded typeface: " + err.Error())
		}
		out[i] = f
	}
	return out
})

// sizes of letters by class, in pixels, as chart.css has them.
func (c *canvas) size(class string) float64 {
	switch {
	case c.isMap:
		return 17
	case class == "chart-note", class == "chart-tick":
		return 12
	}
	return 13
}

// glyph is a letter's outline in units of its size, and how far the next stands from it.
type glyph struct {
	paths   [][]point
	advance float64
}

// letter gives a character's outline at one unit per em; a box where the typeface lacks it.
func letter(f *sfnt.Font, buf *sfnt.Buffer, r rune) glyph {
	const em = 1000
	i, err := f.GlyphIndex(buf, r)
	if err != nil || i == 0 {
		return glyph{[][]point{{{.06, 0}, {.54, 0}, {.54, -.7}, {.06, -.7}}, {{.12, -.06}, {.12, -.64}, {.48, -.64}, {.48, -.06}}}, .6}
	}
	adv, err := f.GlyphAdvance(buf, i, fixed.I(em), font.HintingNone)
	if err != nil {
		return glyph{advance: .6}
	}
	segs, err := f.LoadGlyph(buf, i, fixed.I(em), nil)
	g := glyph{advance: float64(adv) / 64 / em}
	if err != nil {
		return g
	}
	var cur []point
	to := func(p fixed.Point26_6) point { return point{float64(p.X) / 64 / em, float64(p.Y) / 64 / em} }
	for _, s := range segs {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if len(cur) > 2 {
				g.paths = append(g.paths, cur)
			}
			cur = []point{to(s.Args[0])}
		case sfnt.SegmentOpLineTo:
			cur = append(cur, to(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			a, b, d := cur[len(cur)-1], to(s.Args[0]), to(s.Args[1])
			for k := 1; k <= 6; k++ {
				t := float64(k) / 6
				cur = append(cur, point{(1-t)*(1-t)*a.x + 2*(1-t)*t*b.x + t*t*d.x, (1-t)*(1-t)*a.y + 2*(1-t)*t*b.y + t*t*d.y})
			}
		case sfnt.SegmentOpCubeTo:
			a, b, d, e := cur[len(cur)-1], to(s.Args[0]), to(s.Args[1]), to(s.Args[2])
			for k := 1; k <= 8; k++ {
				t := float64(k) / 8
				u := 1 - t
				cur = append(cur, point{u*u*u*a.x + 3*u*u*t*b.x + 3*u*t*t*d.x + t*t*t*e.x, u*u*u*a.y + 3*u*u*t*b.y + 3*u*t*t*d.y + t*t*t*e.y})
			}
		}
	}
	if len(cur) > 2 {
		g.paths = append(g.paths, cur)
	}
	return g
}

// text draws words.
func (c *canvas) text(n *node, s style) error {
	x, err := length(n.attr("x"), c.w)
	if err != nil {
		return err
	}
	y, err := length(n.attr("y"), c.h)
	if err != nil {
		return err
	}
	class := n.attr("class")
	size := c.size(class)
	f := faces()[0]
	if class == "chart-value" {
		f = faces()[1]
	}
	var buf sfnt.Buffer
	var gs []glyph
	width := 0.0
	for _, r := range strings.Join(strings.Fields(n.text), " ") {
		g := letter(f, &buf, r)
		gs = append(gs, g)
		width += g.advance * size
	}
	switch n.attr("text-anchor") {
	case "middle":
		x -= width / 2
	case "end":
		x -= width
	}
	turn, cx, cy := 0.0, 0.0, 0.0
	if t := n.attr("transform"); t != "" {
		if _, err := fmt.Sscanf(t, "rotate(%f %f %f)", &turn, &cx, &cy); err != nil {
			return fmt.Errorf("raster: transform %q", t)
		}
		turn *= math.Pi / 180
	}
	var paths [][]point
	for _, g := range gs {
		for _, p := range g.paths {
			out := make([]point, len(p))
			for i, q := range p {
				px, py := x+q.x*size, y+q.y*size
				if turn != 0 {
					dx, dy := px-cx, py-cy
					px, py = cx+dx*math.Cos(turn)-dy*math.Sin(turn), cy+dx*math.Sin(turn)+dy*math.Cos(turn)
				}
				out[i] = c.at(px, py)
			}
			paths = append(paths, out)
		}
		x += g.advance * size
	}
	if c.isMap { // names stand out from the land
		halo := s
		halo.fill, halo.stroke, halo.strokeWidth, halo.strokeOpacity = paint{}, page, 4, .9
		c.shape(paths, halo, true, nil)
	}
	c.fill(paths, s.fill, s.fillOpacity)
	return nil
}

// wrap breaks words into lines that fit the width at a size, in the plain (0) or the bold (1) face; ten lines at most.
func (c *canvas) wrap(words string, size float64, face int) []string {
	var buf sfnt.Buffer
	width := func(s string) float64 {
		x := 0.0
		for _, r := range s {
			x += letter(faces()[face], &buf, r).advance * size
		}
		return x
	}
	var out []string
	line := ""
	for _, w := range strings.Fields(words) {
		if line != "" && width(line+" "+w) > c.w {
			out = append(out, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + w)
	}
	if line != "" {
		out = append(out, line)
	}
	return out[:min(len(out), 10)]
}

// words draws a line at a place, in the plain or the bold face.
func (c *canvas) words(s string, x, y, size float64, face int) {
	var buf sfnt.Buffer
	var paths [][]point
	for _, r := range s {
		g := letter(faces()[face], &buf, r)
		for _, p := range g.paths {
			out := make([]point, len(p))
			for i, q := range p {
				out[i] = c.at(x+q.x*size, y+q.y*size)
			}
			paths = append(paths, out)
		}
		x += g.advance * size
	}
	c.fill(paths, ink, 1)
}
