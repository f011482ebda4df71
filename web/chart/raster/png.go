package raster

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strconv"
	"strings"
)

// Largest picture, in pixels of its longer side and in all.
const (
	longest = 8000
	largest = 24 << 20
)

// PNG draws a chart as wide as width pixels of the page, each drawn as scale by scale pixels. Errors: what is no chart of ours, or would be too large.
func PNG(svg string, width int, scale float64) ([]byte, error) {
	root, err := parse(svg)
	if err != nil {
		return nil, err
	}
	c := &canvas{w: float64(width), scale: scale}
	if w := root.attr("width"); w != "" && !strings.HasSuffix(w, "%") {
		if c.w, err = number(w); err != nil {
			return nil, err
		}
	}
	if vb := strings.Fields(root.attr("viewBox")); len(vb) == 4 {
		vw, errW := number(vb[2])
		vh, errH := number(vb[3])
		if errW != nil || errH != nil || vw <= 0 {
			return nil, fmt.Errorf("raster: viewBox %q", root.attr("viewBox"))
		}
		c.scale = scale * c.w / vw
		c.w, c.h = vw, vh
	} else if c.h, err = number(root.attr("height")); err != nil {
		return nil, err
	}
	// Letters and strokes may stand a little beyond the edges: charts are drawn with overflow visible.
	const margin = 6
	pw, ph := int(math.Ceil(c.w*c.scale+2*margin*scale)), int(math.Ceil(c.h*c.scale+2*margin*scale))
	if pw <= 0 || ph <= 0 || pw > longest || ph > longest || pw*ph > largest {
		return nil, fmt.Errorf("raster: a picture of %d by %d pixels is too large", pw, ph)
	}
	c.dx, c.dy = margin*scale, margin*scale
	c.img = image.NewRGBA(image.Rect(0, 0, pw, ph))
	draw.Draw(c.img, c.img.Bounds(), image.White, image.Point{}, draw.Src)
	c.isMap = strings.Contains(root.attr("class"), "chart-map")
	if err := c.children(root, style{fill: ink, fillOpacity: 1, strokeOpacity: 1, strokeWidth: 1}); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, c.img)
	return b.Bytes(), err
}

// paint is how something is filled or stroked.
type paint struct {
	on    bool
	hatch bool
	color color.RGBA
}

var (
	ink  = paint{on: true, color: color.RGBA{0x1c, 0x1c, 0x1c, 0xff}}
	tint = paint{on: true, color: color.RGBA{0x2f, 0x6b, 0x85, 0xff}}
	page = paint{on: true, color: color.RGBA{0xff, 0xff, 0xff, 0xff}}
)

// tinted are the classes that the pages' style sheet tints.
var tinted = map[string]bool{"chart-bar": true, "chart-place": true, "chart-count": true, "chart-node": true}

// style is what elements inherit.
type style struct {
	fill, stroke               paint
	fillOpacity, strokeOpacity float64
	strokeWidth                float64
	round                      bool
}

func (s style) with(n *node) (style, error) {
	own := ink
	if tinted[n.attr("class")] {
		own = tint
	}
	for _, a := range []struct {
		name string
		to   *paint
	}{{"fill", &s.fill}, {"stroke", &s.stroke}} {
		switch v := n.attr(a.name); {
		case v == "":
		case v == "none":
			*a.to = paint{}
		case v == "currentColor":
			*a.to = own
		case v == "paper":
			*a.to = page
		case strings.HasPrefix(v, "url(#"):
			*a.to = paint{on: true, hatch: true, color: ink.color}
		default:
			return s, fmt.Errorf("raster: colour %q", v)
		}
	}
	for _, a := range []struct {
		name string
		to   *float64
	}{{"fill-opacity", &s.fillOpacity}, {"stroke-opacity", &s.strokeOpacity}, {"stroke-width", &s.strokeWidth}} {
		if v := n.attr(a.name); v != "" {
			x, err := number(v)
			if err != nil {
				return s, err
			}
			*a.to = x
		}
	}
	s.round = s.round || n.attr("stroke-linecap") == "round"
	return s, nil
}

// node is an element.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	text     string
}

func (n *node) attr(name string) string { return n.attrs[name] }

const deepest = 40

func parse(svg string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(svg))
	var stack []*node
	for {
		tok, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("raster: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attrs: map[string]string{}}
			for _, a := range t.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			if len(stack) == 0 && n.name != "svg" || len(stack) > deepest {
				return nil, fmt.Errorf("raster: this is no chart")
			}
			if len(stack) > 0 {
				up := stack[len(stack)-1]
				up.children = append(up.children, n)
			}
			stack = append(stack, n)
		case xml.EndElement:
			n := stack[len(stack)-1]
			if stack = stack[:len(stack)-1]; len(stack) == 0 {
				return n, nil
			}
		case xml.CharData:
			if len(stack) > 0 {
				stack[len(stack)-1].text += string(t)
			}
		}
	}
}

func number(s string) (float64, error) {
	x, err := strconv.ParseFloat(strings.TrimSuffix(s, "px"), 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || math.Abs(x) > 1e6 {
		return 0, fmt.Errorf("raster: %q is no length", s)
	}
	return x, nil
}

// Captioned is PNG with a title above and a line beneath that says where the picture is from.
func Captioned(svg, title, credit string, width int, scale float64) ([]byte, error) {
	b, err := PNG(svg, width, scale)
	if err != nil {
		return nil, err
	}
	inner, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	size := inner.Bounds().Size()
	c := &canvas{w: float64(size.X)/scale - 12, scale: scale, dx: 6 * scale, dy: 6 * scale}
	titles, credits := c.wrap(title, 17, 1), c.wrap(credit, 11, 0)
	top := int((float64(len(titles))*22 + 8) * scale)
	bottom := int((float64(len(credits))*15 + 8) * scale)
	if size.Y+top+bottom > longest {
		return nil, fmt.Errorf("raster: a picture of %d pixels is too high", size.Y+top+bottom)
	}
	c.img = image.NewRGBA(image.Rect(0, 0, size.X, size.Y+top+bottom))
	draw.Draw(c.img, c.img.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(c.img, image.Rect(0, top, size.X, top+size.Y), inner, image.Point{}, draw.Src)
	for i, line := range titles {
		c.words(line, 0, float64(i)*22+16, 17, 1)
	}
	for i, line := range credits {
		c.words(line, 0, float64(size.Y+top)/scale+float64(i)*15+4, 11, 0)
	}
	var out bytes.Buffer
	err = png.Encode(&out, c.img)
	return out.Bytes(), err
}
