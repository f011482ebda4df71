package draftcheck

import (
	"fmt"
	"slices"
	"strings"
)

const mostFrames = 12 // named of each kind

// frames names the frameworks, talks and laws that a draft meets: what its sides have between them on the same minerals, what other states
// have open with the same partner, and the laws of the chosen party. What is not in the registry is not named, and that is no sign that
// there is none.
func (c *check) frames() {
	if c.in.Registry == nil {
		return
	}
	minerals := c.an.Minerals
	var between, own, rivals, laws []Beside
	for i := range c.in.Registry.Frames {
		f := &c.in.Registry.Frames[i]
		if c.same(f) {
			continue
		}
		var sides []string
		for _, s := range f.Sides {
			if slices.Contains(c.an.Parties, s) {
				sides = append(sides, s)
			}
		}
		var common []string
		for _, m := range f.Minerals {
			if slices.Contains(minerals, m) {
				common = append(common, m)
			}
		}
		if len(common) == 0 && !(f.General && len(f.Minerals) == 0) {
			continue
		}
		on := "critical minerals, without naming any"
		if len(common) > 0 {
			on = enumerate(plainAll(common))
		}
		b := Beside{Path: f.Path, Title: f.Title}
		partner := c.partnerOf(f)
		switch {
		case f.Kind == "law":
			if c.in.Party != "" && slices.Contains(f.Sides, c.in.Party) && len(common) > 0 {
				b.Kind, b.Answer, b.Words = "law", "same_subject", fmt.Sprintf("A law or measure of %s on %s: the draft must fit it, or the law be changed.", c.name(c.in.Party), on)
				laws = append(laws, b)
			}
		case len(sides) >= 2:
			b.Kind, b.Answer = "same_sides", "same_subject"
			b.Words = fmt.Sprintf("%s: %s between %s on %s.", sentence(standing(f)), f.Kind, c.names(sides), on)
			between = append(between, b)
		case f.Open && c.in.Party != "" && partner != "" && !slices.Contains(f.Sides, c.in.Party) && len(f.Sides) == 2 && len(common) > 0:
			b.Kind, b.Answer = "same_partner", "same_subject"
			b.Words = fmt.Sprintf("%s has talks open with %s on %s too: what is asked of one may be asked of the other.", c.name(partner), c.names(slices.DeleteFunc(slices.Clone(f.Sides), func(s string) bool { return s == partner })), on)
			rivals = append(rivals, b)
		case c.in.Party != "" && slices.Contains(f.Sides, c.in.Party) && len(f.Sides) > 1:
			b.Kind, b.Answer = "same_party", "same_subject"
			b.Words = fmt.Sprintf("%s: %s of %s with %s on %s: %s.", sentence(standing(f)), f.Kind, c.name(c.in.Party), c.names(slices.DeleteFunc(slices.Clone(f.Sides), func(s string) bool { return s == c.in.Party })), on, beside(f))
			own = append(own, b)
		}
	}
	for _, l := range [][]Beside{between, own, rivals, laws} {
		c.out.Overlaps = append(c.out.Overlaps, l[:min(mostFrames, len(l))]...)
	}
}

// same says whether a frame is of the draft itself.
func (c *check) same(f *Frame) bool {
	return strings.EqualFold(f.Title, c.an.Title) || slices.Contains(c.ownTitles, f.Title)
}

// partnerOf is the other side of the draft that is a side of a frame.
func (c *check) partnerOf(f *Frame) string {
	for _, s := range c.sides {
		if slices.Contains(f.Sides, s) {
			return s
		}
	}
	return ""
}

// beside is what another deal of the party means for this draft.
func beside(f *Frame) string {
	if f.Open {
		return "what is offered there can be asked for here"
	}
	return "what it promises stays promised beside this draft"
}

func standing(f *Frame) string {
	switch {
	case f.Open:
		return "not signed yet"
	case f.Binding:
		return "binding"
	}
	return "not known to bind"
}

func plainAll(codes []string) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = plain(strings.ReplaceAll(c, "-", " "))
	}
	return out
}
