package raster

import (
	"fmt"
	"math"
	"strconv"
)

func (c *canvas) rect(x, y, w, h, r float64) [][]point {
	r = min(r, w/2, h/2)
	if r <= 0 {
		return [][]point{{c.at(x, y), c.at(x+w, y), c.at(x+w, y+h), c.at(x, y+h)}}
	}
	var out []point
	for _, k := range []struct{ x, y, from float64 }{{x + w - r, y + r, -90}, {x + w - r, y + h - r, 0}, {x + r, y + h - r, 90}, {x + r, y + r, 180}} {
		for a := 0.0; a <= 90; a += 15 {
			rad := (k.from + a) * math.Pi / 180
			out = append(out, c.at(k.x+r*math.Cos(rad), k.y+r*math.Sin(rad)))
		}
	}
	return [][]point{out}
}

func (c *canvas) circle(x, y, r float64) []point {
	n := 16 + int(r*c.scale)
	out := make([]point, n)
	for i := range out {
		a := 2 * math.Pi * float64(i) / float64(n)
		out[i] = c.at(x+r*math.Cos(a), y+r*math.Sin(a))
	}
	return out
}

// path reads a path's data; closed where every part of it is.
func (c *canvas) path(d string) (paths [][]point, closed bool, err error) {
	var cur []point
	var x, y, startX, startY float64
	end := func() {
		if len(cur) > 1 {
			paths = append(paths, cur)
		}
		cur = nil
	}
	i, open := 0, 0
	next := func() (float64, error) {
		for i < len(d) && (d[i] == ' ' || d[i] == ',') {
			i++
		}
		from := i
		for i < len(d) && (d[i] >= '0' && d[i] <= '9' || d[i] == '.' || d[i] == '-' && i == from) {
			i++
		}
		v, err := strconv.ParseFloat(d[from:i], 64)
		if err != nil {
			return 0, fmt.Errorf("raster: path at %d", from)
		}
		return v, nil
	}
	more := func() bool {
		for i < len(d) && (d[i] == ' ' || d[i] == ',') {
			i++
		}
		return i < len(d) && (d[i] >= '0' && d[i] <= '9' || d[i] == '.' || d[i] == '-')
	}
	for i < len(d) {
		cmd := d[i]
		i++
		rel := cmd >= 'a'
		if cmd == 'Z' || cmd == 'z' {
			open--
			x, y = startX, startY
			end()
			continue
		}
		if cmd == ' ' {
			continue
		}
		count := map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'Q': 4, 'C': 6}[cmd&^0x20]
		if count == 0 {
			return nil, false, fmt.Errorf("raster: path command %q", string(cmd))
		}
		for first := true; first || more(); first = false {
			var v [6]float64
			for k := range count {
				if v[k], err = next(); err != nil {
					return nil, false, err
				}
			}
			bx, by := 0.0, 0.0
			if rel {
				bx, by = x, y
			}
			switch cmd &^ 0x20 {
			case 'M':
				if first {
					end()
					startX, startY = v[0]+bx, v[1]+by
					open++
				}
				x, y = v[0]+bx, v[1]+by
				cur = append(cur, c.at(x, y))
			case 'L':
				x, y = v[0]+bx, v[1]+by
				cur = append(cur, c.at(x, y))
			case 'H':
				x = v[0] + bx
				cur = append(cur, c.at(x, y))
			case 'V':
				y = v[0] + by
				cur = append(cur, c.at(x, y))
			case 'Q':
				const steps = 24
				for k := 1; k <= steps; k++ {
					t := float64(k) / steps
					cur = append(cur, c.at((1-t)*(1-t)*x+2*(1-t)*t*(v[0]+bx)+t*t*(v[2]+bx), (1-t)*(1-t)*y+2*(1-t)*t*(v[1]+by)+t*t*(v[3]+by)))
				}
				x, y = v[2]+bx, v[3]+by
			case 'C':
				const steps = 24
				for k := 1; k <= steps; k++ {
					t := float64(k) / steps
					u := 1 - t
					cur = append(cur, c.at(u*u*u*x+3*u*u*t*(v[0]+bx)+3*u*t*t*(v[2]+bx)+t*t*t*(v[4]+bx), u*u*u*y+3*u*u*t*(v[1]+by)+3*u*t*t*(v[3]+by)+t*t*t*(v[5]+by)))
				}
				x, y = v[4]+bx, v[5]+by
			}
		}
	}
	end()
	return paths, open == 0, nil
}

// outline is a stroke as areas to fill, all turning the same way so that where they meet they do not cancel out.
func outline(p []point, half float64, round bool) [][]point {
	var out [][]point
	for i := 1; i < len(p); i++ {
		a, b := p[i-1], p[i]
		d := math.Hypot(b.x-a.x, b.y-a.y)
		if d == 0 {
			continue
		}
		nx, ny := -(b.y-a.y)/d*half, (b.x-a.x)/d*half
		out = append(out, []point{{a.x - nx, a.y - ny}, {b.x - nx, b.y - ny}, {b.x + nx, b.y + ny}, {a.x + nx, a.y + ny}})
	}
	if round && half > 0.6 {
		for _, q := range p {
			joint := make([]point, 10)
			for k := range joint {
				a := 2 * math.Pi * float64(k) / 10
				joint[k] = point{q.x + half*math.Cos(a), q.y + half*math.Sin(a)}
			}
			out = append(out, joint)
		}
	}
	return out
}

// dashed cuts a line into dashes; the line itself where there are none.
func dashed(p []point, dash []float64) [][]point {
	if len(dash) == 0 || len(p) != 2 {
		return [][]point{p}
	}
	total := math.Hypot(p[1].x-p[0].x, p[1].y-p[0].y)
	var out [][]point
	at := 0.0
	for i := 0; at < total && i < 10000; i++ {
		step := dash[i%len(dash)]
		if i%2 == 0 {
			f, t := at/total, min(at+step, total)/total
			out = append(out, []point{{p[0].x + (p[1].x-p[0].x)*f, p[0].y + (p[1].y-p[0].y)*f}, {p[0].x + (p[1].x-p[0].x)*t, p[0].y + (p[1].y-p[0].y)*t}})
		}
		at += step
	}
	return out
}
