package raster

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"

	"golang.org/x/image/vector"
)

// canvas is a picture being drawn. Lengths are in the chart's units until they are placed.
type canvas struct {
	w, h   float64 // of the chart
	scale  float64
	dx, dy float64 // pixels
	img    *image.RGBA
	isMap  bool
}

// point is a place in the picture, in pixels.
type point struct{ x, y float64 }

func (c *canvas) at(x, y float64) point { return point{x*c.scale + c.dx, y*c.scale + c.dy} }

// length reads a length; percent of whole.
func length(s string, whole float64) (float64, error) {
	if s == "" {
		return 0, nil
	}
	if p, ok := strings.CutSuffix(s, "%"); ok {
		x, err := number(p)
		return x / 100 * whole, err
	}
	return number(s)
}

func (c *canvas) children(n *node, s style) error {
	for _, k := range n.children {
		if err := c.element(k, s); err != nil {
			return err
		}
	}
	return nil
}

func (c *canvas) element(n *node, s style) error {
	s, err := s.with(n)
	if err != nil {
		return err
	}
	var xs [6]float64
	read := func(names ...string) error {
		for i, name := range names {
			whole := c.w
			if name == "y" || name == "cy" || name == "y1" || name == "y2" || name == "height" {
				whole = c.h
			}
			if xs[i], err = length(n.attr(name), whole); err != nil {
				return err
			}
		}
		return nil
	}
	switch n.name {
	case "title", "desc", "defs":
		return nil
	case "g", "a":
		return c.children(n, s)
	case "rect":
		if err := read("x", "y", "width", "height", "rx"); err != nil {
			return err
		}
		c.shape(c.rect(xs[0], xs[1], xs[2], xs[3], xs[4]), s, true, nil)
	case "circle":
		if err := read("cx", "cy", "r"); err != nil {
			return err
		}
		c.shape([][]point{c.circle(xs[0], xs[1], xs[2])}, s, true, nil)
	case "line":
		if err := read("x1", "y1", "x2", "y2"); err != nil {
			return err
		}
		var dash []float64
		for _, d := range strings.Fields(n.attr("stroke-dasharray")) {
			x, err := number(d)
			if err != nil || x <= 0 {
				return fmt.Errorf("raster: dashes %q", n.attr("stroke-dasharray"))
			}
			dash = append(dash, x*c.scale)
		}
		s.fill = paint{}
		c.shape([][]point{{c.at(xs[0], xs[1]), c.at(xs[2], xs[3])}}, s, false, dash)
	case "path":
		paths, closed, err := c.path(n.attr("d"))
		if err != nil {
			return err
		}
		c.shape(paths, s, closed, nil)
	case "text":
		return c.text(n, s)
	default:
		return fmt.Errorf("raster: element %q", n.name)
	}
	return nil
}

// shape fills and strokes paths.
func (c *canvas) shape(paths [][]point, s style, closed bool, dash []float64) {
	if s.fill.on && s.fillOpacity > 0 {
		c.fill(paths, s.fill, s.fillOpacity)
	}
	if !s.stroke.on || s.strokeOpacity <= 0 || s.strokeWidth <= 0 {
		return
	}
	var out [][]point
	half := s.strokeWidth * c.scale / 2
	for _, p := range paths {
		if closed && len(p) > 2 {
			p = append(append([]point{}, p...), p[0])
		}
		for _, piece := range dashed(p, dash) {
			out = append(out, outline(piece, half, s.round || len(piece) > 2)...)
		}
	}
	c.fill(out, s.stroke, s.strokeOpacity)
}

// fill paints paths.
func (c *canvas) fill(paths [][]point, p paint, opacity float64) {
	b := c.img.Bounds()
	lo, hi := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, path := range paths {
		for _, q := range path {
			lo.x, lo.y, hi.x, hi.y = min(lo.x, q.x), min(lo.y, q.y), max(hi.x, q.x), max(hi.y, q.y)
		}
	}
	x0, y0 := max(b.Min.X, int(math.Floor(lo.x))), max(b.Min.Y, int(math.Floor(lo.y)))
	x1, y1 := min(b.Max.X, int(math.Ceil(hi.x))+1), min(b.Max.Y, int(math.Ceil(hi.y))+1)
	if len(paths) == 0 || x0 >= x1 || y0 >= y1 {
		return
	}
	r := vector.NewRasterizer(x1-x0, y1-y0)
	for _, path := range paths {
		for i, q := range path {
			x, y := float32(q.x-float64(x0)), float32(q.y-float64(y0))
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	}
	mask := image.NewAlpha(image.Rect(0, 0, x1-x0, y1-y0))
	r.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	period, line := 6*c.scale*math.Sqrt2, 2*c.scale*math.Sqrt2
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			a := float64(mask.Pix[(y-y0)*mask.Stride+x-x0]) / 255 * opacity
			if a == 0 || p.hatch && math.Mod(float64(x+y), period) >= line {
				continue
			}
			blend(c.img, x, y, p.color, a)
		}
	}
}

func blend(img *image.RGBA, x, y int, col color.RGBA, a float64) {
	i := img.PixOffset(x, y)
	for k, v := range []uint8{col.R, col.G, col.B} {
		img.Pix[i+k] = uint8(math.Round(float64(img.Pix[i+k])*(1-a) + float64(v)*a))
	}
}
