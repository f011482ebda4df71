package reading

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// Unit is what a reader labels: a sentence, an item of a list, or a heading. Offsets are bytes of the canonical text, end exclusive.
type Unit struct {
	Start, End int
	EID        string
	Heading    bool
}

// Units cuts a reading as the machine does; readers split and merge where that is wrong.
func Units(r *text.Reading, rules *assay.Rules) []Unit {
	var out []Unit
	for _, s := range assay.Sentences(r, rules) {
		p := r.Provisions[s.Provision]
		n := len(out)
		switch {
		case n > 0 && out[n-1].EID == p.EID && s.Heading && out[n-1].Heading: // number and name of one heading
			out[n-1].End = s.End
		case count(r.Text[s.Start:s.End]) == 0 || s.Heading && marker(r.Text[s.Start:s.End]): // "(a)" alone belongs to its item
		default:
			out = append(out, Unit{s.Start, s.End, p.EID, s.Heading})
		}
	}
	return out
}

// marker reports whether a heading is a mere number or letter, as that of a paragraph or point: "(a)", "1.1", "iv".
func marker(s string) bool {
	for _, w := range words(s) {
		if len([]rune(w)) > 4 || len([]rune(w)) > 1 && strings.Trim(w, "0123456789ivxIVX") != "" {
			return false
		}
	}
	return true
}

// words are the runs of letters and digits of s, in lower case: what stays when print changes.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
}

func count(s string) int { return len(words(s)) }

// hash names the words of a unit; 12 hexadecimal digits are enough to notice that a unit moved.
func hash(w []string) string {
	h := sha256.Sum256([]byte(strings.Join(w, " ")))
	return hex.EncodeToString(h[:6])
}

// TextHash is the SHA-256 of a canonical text.
func TextHash(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}
