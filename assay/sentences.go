package assay

import (
	"unicode/utf8"

	"github.com/openassay/assay/text"
)

// Sentence is a sentence or an item of a list as the reading cuts it, before any rule is asked what it says. Offsets are bytes of the
// canonical text, end exclusive, without the white space around.
type Sentence struct {
	Start, End int
	Provision  int  // index in Reading.Provisions
	Heading    bool // the number and heading of its provision, no own words of it
}

// Sentences cuts a text into the pieces that norms are read from, in order of the text. People who label by hand start from them.
// The rules give only the words that the cutting of glued words ("theyshall") looks at; no label is computed.
func Sentences(r *text.Reading, rules *Rules) []Sentence {
	a := &run{r: r, rules: rules, lang: primary(r.Language)}
	a.prepare()
	a.cut()
	out := make([]Sentence, 0, len(a.sents))
	floor := 0
	for _, s := range a.sents {
		start, end := a.span(s.from, s.to)
		floor = max(floor, a.provs[s.prov].start)
		for start > floor { // an opening quote belongs to what it opens
			q, n := utf8.DecodeLastRuneInString(r.Text[floor:start])
			if !isQuote(q) {
				break
			}
			start -= n
		}
		for end < a.provs[s.prov].end {
			q, n := utf8.DecodeRuneInString(r.Text[end:])
			if !isQuote(q) {
				break
			}
			end += n
		}
		floor = end
		out = append(out, Sentence{Start: start, End: end, Provision: s.prov, Heading: s.heading})
	}
	return out
}
