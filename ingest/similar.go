package ingest

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// nearDuplicate is the share of five-word runs from which two documents are near-duplicates (Jaccard).
const nearDuplicate = 0.80

// similar finds near-duplicates among documents: a sketch of each picks candidates, the whole sets decide.
type similar struct {
	docs       []sketched
	bySketch   map[uint64][]int
	instrument map[registry.RecordID]registry.RecordID
}

type sketched struct {
	id       registry.RecordID
	shingles []uint64 // sorted, each once
}

// sketchSize is how many of the smallest shingles stand for a document: two that share four fifths of their shingles share
// nearly as much of their sketches.
const sketchSize = 64

func newSimilar() *similar {
	return &similar{bySketch: map[uint64][]int{}, instrument: map[registry.RecordID]registry.RecordID{}}
}

// load takes in the documents that are known.
func (s *similar) load(v *registry.View, blobs blob.Store) error {
	for _, r := range v.OfKind(registry.KindDocument) {
		if refs := r.Refs("instrument"); len(refs) > 0 {
			s.instrument[r.ID] = refs[0]
		}
		hash := r.String("reading")
		if hash == "" {
			continue
		}
		b, err := blobs.Get(hash)
		if code := registry.CodeOf(err); code == registry.NotFound || code == registry.Unreadable {
			continue // lost or damaged: it must keep nothing from entering, least of all the file that would restore it
		}
		if err != nil {
			return fmt.Errorf("%s: %w", r.ID, err)
		}
		var rd text.Reading
		if err := json.Unmarshal(b, &rd); err != nil {
			return registry.Errorf(registry.Unreadable, "%s: reading %s: %v", r.ID, hash, err)
		}
		s.put(r.ID, shingles(rd.Text))
	}
	return nil
}

// add takes in a document and says which earlier one it nearly repeats, and how nearly; "" where none.
func (s *similar) add(id registry.RecordID, body string) (registry.RecordID, string) {
	sh := shingles(body)
	best, bestJ := registry.RecordID(""), 0.0
	for _, i := range s.candidates(sh) {
		if j := jaccard(sh, s.docs[i].shingles); j >= nearDuplicate && s.docs[i].id != id && (j > bestJ || j == bestJ && s.docs[i].id < best) {
			best, bestJ = s.docs[i].id, j
		}
	}
	s.put(id, sh)
	if best == "" {
		return "", ""
	}
	return best, fmt.Sprintf("%.0f %% of the five-word runs of the two texts are the same", 100*bestJ)
}

func (s *similar) put(id registry.RecordID, sh []uint64) {
	s.docs = append(s.docs, sketched{id, sh})
	for _, h := range sh[:min(len(sh), sketchSize)] {
		s.bySketch[h] = append(s.bySketch[h], len(s.docs)-1)
	}
}

// candidates are documents that share at least a third of the sketch, in the order in which they came.
func (s *similar) candidates(sh []uint64) []int {
	sketch := sh[:min(len(sh), sketchSize)]
	n := map[int]int{}
	for _, h := range sketch {
		for _, i := range s.bySketch[h] {
			n[i]++
		}
	}
	var out []int
	for i, c := range n {
		if 3*c >= len(sketch) {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// shingles are the hashes of a text's runs of five words (of a Chinese text: five characters), sorted, each once.
func shingles(s string) []uint64 {
	ws := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var tokens []string
	for _, w := range ws {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			for _, r := range w {
				tokens = append(tokens, string(r))
			}
		} else {
			tokens = append(tokens, w)
		}
	}
	var out []uint64
	for i := 0; i+5 <= len(tokens); i++ {
		h := fnv.New64a()
		for _, w := range tokens[i : i+5] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		out = append(out, h.Sum64())
	}
	if len(out) == 0 && len(tokens) > 0 {
		h := fnv.New64a()
		h.Write([]byte(strings.Join(tokens, " ")))
		out = append(out, h.Sum64())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func jaccard(a, b []uint64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			both++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
