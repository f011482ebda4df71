package pdf

import (
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"github.com/go-fonts/dejavu/dejavusanscondensedbold"
	"github.com/go-fonts/dejavu/dejavuserifcondensed"
	"github.com/go-fonts/dejavu/dejavuserifcondensedbold"
	"github.com/go-fonts/dejavu/dejavuserifcondensedbolditalic"
	"github.com/go-fonts/dejavu/dejavuserifcondenseditalic"
	"golang.org/x/image/font/sfnt"
)

// Families: a serif for texts, a sans for tables and what stands beside the text.
const (
	serif = "serif"
	sans  = "sans"
)

func addFaces(f *fpdf.Fpdf) {
	f.AddUTF8FontFromBytes(serif, "", dejavuserifcondensed.TTF)
	f.AddUTF8FontFromBytes(serif, "B", dejavuserifcondensedbold.TTF)
	f.AddUTF8FontFromBytes(serif, "I", dejavuserifcondenseditalic.TTF)
	f.AddUTF8FontFromBytes(serif, "BI", dejavuserifcondensedbolditalic.TTF)
	f.AddUTF8FontFromBytes(sans, "", dejavusanscondensed.TTF)
	f.AddUTF8FontFromBytes(sans, "B", dejavusanscondensedbold.TTF)
}

// missing stands for a character that the typeface lacks; both families have it.
const missing = '□'

// has says whether every face has a character: of the Basic Multilingual Plane, not joined or turned in writing.
func has(r rune) bool {
	if r < 0x250 {
		return r >= ' ' || r == '\n'
	}
	if r > 0xffff || unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac) {
		return false
	}
	facesOnce.Do(loadFaces)
	for _, f := range faces {
		if i, err := f.GlyphIndex(&buffer, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

var (
	facesOnce sync.Once
	faces     []*sfnt.Font
	buffer    sfnt.Buffer // GlyphIndex does not use it; it is here because it is asked for
)

func loadFaces() {
	for _, b := range [][]byte{dejavuserifcondensed.TTF, dejavuserifcondensedbold.TTF, dejavuserifcondenseditalic.TTF, dejavuserifcondensedbolditalic.TTF, dejavusanscondensed.TTF, dejavusanscondensedbold.TTF} {
		f, err := sfnt.Parse(b)
		if err != nil {
			panic("the embedded typeface: " + err.Error())
		}
		faces = append(faces, f)
	}
}

// settable gives s with what the typeface lacks replaced, and how many characters that were.
func (x *writer) settable(s string) string {
	clean := true
	for _, r := range s {
		if r > 0x24f || r < ' ' && r != '\n' {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ' && r != '\n', r == 0x200b, r == 0xad, r == 0xfeff, r >= 0x200e && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		case has(r):
			return r
		}
		x.lacking++
		return missing
	}, s)
}
