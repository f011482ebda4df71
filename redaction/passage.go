package redaction

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Passage names what is withheld: a span of the canonical text, or words of which every occurrence is meant.
type Passage struct {
	Start  int    `json:"start"` // bytes of the canonical text
	End    int    `json:"end"`
	Quote  string `json:"quote,omitempty"` // instead: the words themselves
	Ground string `json:"ground"`          // a code of withholding_ground
	Here   bool   `json:"here,omitempty"`  // of a span: the same words elsewhere in the text are meant to stay
}

// Span is a stretch of the canonical text that is withheld.
type Span struct {
	Start, End int      // bytes of the canonical text
	Grounds    []string // codes, in the order of the passages
	Here       bool
}

// maxPassages bounds a list.
const maxPassages = 10_000

// ReadPassages reads a list of passages from JSON: [{"start", "end", "ground"}] or [{"quote", "ground"}]. The error says which passage is wrong.
func ReadPassages(b []byte) ([]Passage, error) {
	if !utf8.Valid(b) {
		return nil, errors.New("it is not in UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))))
	dec.DisallowUnknownFields()
	var raw []struct {
		Start, End *int
		Quote      *string
		Ground     string
		Here       bool
	}
	if err := dec.Decode(&raw); err != nil {
		return nil, fmt.Errorf(`it is no list of passages, such as [{"start": 120, "end": 164, "ground": "commercial_secret"}]: %v`, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something stands behind the list")
	}
	if len(raw) == 0 {
		return nil, errors.New("the list is empty: nothing would be withheld")
	}
	if len(raw) > maxPassages {
		return nil, fmt.Errorf("it has %d passages; at most %d are taken", len(raw), maxPassages)
	}
	out := make([]Passage, len(raw))
	for i, r := range raw {
		bad := func(format string, args ...any) error {
			return fmt.Errorf("passage %d: %s", i+1, fmt.Sprintf(format, args...))
		}
		p := Passage{Ground: r.Ground, Here: r.Here}
		switch {
		case r.Ground == "":
			return nil, bad("it has no ground; grounds are %s", grounds())
		case r.Ground == "not_stated" || !registry.IsCode("withholding_ground", r.Ground):
			return nil, bad("%q is no ground; grounds are %s", r.Ground, grounds())
		case r.Quote != nil && (r.Start != nil || r.End != nil):
			return nil, bad("it has a quote and a place; give one of them")
		case r.Quote != nil && r.Here:
			return nil, bad("a quote means every occurrence; give start and end for one of them")
		case r.Quote != nil:
			if p.Quote = *r.Quote; weight(folded(p.Quote).letters) < shortest {
				return nil, bad("%q is too short to find every occurrence of it surely; give start and end", p.Quote)
			}
		case r.Start == nil || r.End == nil:
			return nil, bad("it needs start and end, or a quote")
		case *r.Start < 0 || *r.End <= *r.Start:
			return nil, bad("from byte %d to byte %d is no span", *r.Start, *r.End)
		default:
			p.Start, p.End = *r.Start, *r.End
		}
		out[i] = p
	}
	return out, nil
}

// grounds are the codes that a passage may name.
func grounds() string {
	codes := slices.DeleteFunc(slices.Clone(registry.Codes("withholding_ground")), func(c string) bool { return c == "not_stated" })
	return strings.Join(codes, ", ")
}

// Resolve gives the spans of passages in a reading, in order and without overlap. A quote is found in every way of writing it: case, accents,
// ligatures, hyphens and line ends do not matter, and a longer word that holds it is withheld whole.
func Resolve(r *text.Reading, passages []Passage) ([]Span, error) {
	var all []Span
	f := folded(r.Text)
	for i, p := range passages {
		bad := func(format string, args ...any) error {
			return fmt.Errorf("passage %d: %s", i+1, fmt.Sprintf(format, args...))
		}
		if p.Quote != "" {
			found := f.find(folded(p.Quote).letters)
			if len(found) == 0 {
				return nil, bad("the words %q are not in the text; assay text shows it", short(p.Quote))
			}
			for _, m := range found {
				start, end := f.bytes(m[0], m[1])
				all = append(all, Span{start, end, []string{p.Ground}, false})
			}
			continue
		}
		switch {
		case p.End > len(r.Text):
			return nil, bad("it ends at byte %d, and the canonical text has %d", p.End, len(r.Text))
		case !utf8.RuneStart(r.Text[p.Start]) || p.End < len(r.Text) && !utf8.RuneStart(r.Text[p.End]):
			return nil, bad("from byte %d to byte %d cuts a character in two; offsets are bytes of the canonical text, as in assay text --format json", p.Start, p.End)
		case strings.TrimSpace(r.Text[p.Start:p.End]) == "":
			return nil, bad("from byte %d to byte %d there are only blanks", p.Start, p.End)
		}
		all = append(all, Span{p.Start, p.End, []string{p.Ground}, p.Here})
	}
	return merged(all), nil
}

// merged puts spans that overlap together; what they share is withheld on the grounds of both.
func merged(all []Span) []Span {
	slices.SortStableFunc(all, func(a, b Span) int { return a.Start - b.Start })
	var out []Span
	for _, s := range all {
		if n := len(out) - 1; n >= 0 && s.Start < out[n].End {
			out[n].End = max(out[n].End, s.End)
			out[n].Here = out[n].Here && s.Here
			for _, g := range s.Grounds {
				if !slices.Contains(out[n].Grounds, g) {
					out[n].Grounds = append(slices.Clone(out[n].Grounds), g)
				}
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
