package eval

import (
	"hash/fnv"
	"sort"
	"strings"
	"unicode"

	"github.com/openassay/assay/assay"
)

// Noise says how far people agree with themselves: pairs of treaties whose strongest article for an area is the same, near enough word for
// word, and how often they were coded differently all the same. No reader of these articles alone could be right about both of a pair that differs.
type Noise struct {
	Pairs       int         `json:"pairs"`
	Differ      int         `json:"differ"`
	ForcePairs  int         `json:"force_pairs"` // of them, both covered
	ForceDiffer int         `json:"force_differ"`
	Examples    []NoisePair `json:"examples"` // closest first, one an area
}

// NoisePair is one pair that was coded differently.
type NoisePair struct {
	Area   string    `json:"area"`
	Same   float64   `json:"same"` // share of runs of four words in common
	Treaty [2]string `json:"treaty"`
	EID    [2]string `json:"eid"`
	Code   [2]Code   `json:"code"`
}

const (
	noiseRun   = 4   // words
	noiseSame  = 0.7 // share of runs in common from which two articles count as the same
	noiseWords = 25  // an article shorter than that is left out
)

// measureNoise looks through all pairs.
func measureNoise(all []*Treaty, rules *assay.Rules) *Noise {
	out := &Noise{Examples: []NoisePair{}}
	for k, a := range rules.Areas() {
		var at []int
		var sets []map[uint64]bool
		for i, t := range all {
			s := t.Analysis.Signals().Areas[k]
			if _, ok := t.Codes[a.Code]; !ok || s.Articles+s.Units == 0 || len(s.Evidence) == 0 {
				continue
			}
			if set := runs(t.words(s.Evidence[0])); set != nil {
				at, sets = append(at, i), append(sets, set)
			}
		}
		var best *NoisePair
		for i := range at {
			for j := range i {
				same := jaccard(sets[i], sets[j])
				if same < noiseSame {
					continue
				}
				x, y := all[at[j]], all[at[i]]
				c, d := x.Codes[a.Code], y.Codes[a.Code]
				out.Pairs++
				if c.Covered && d.Covered {
					out.ForcePairs++
					if c.Force != d.Force {
						out.ForceDiffer++
					}
				}
				if c.Covered == d.Covered {
					continue
				}
				out.Differ++
				if best == nil || same > best.Same {
					best = &NoisePair{a.Code, same, [2]string{x.Name, y.Name},
						[2]string{x.Analysis.Signals().Areas[k].Evidence[0], y.Analysis.Signals().Areas[k].Evidence[0]}, [2]Code{c, d}}
				}
			}
		}
		if best != nil {
			out.Examples = append(out.Examples, *best)
		}
	}
	sort.SliceStable(out.Examples, func(i, j int) bool { return out.Examples[i].Same > out.Examples[j].Same })
	return out
}

// words of a provision and of what is below it.
func (t *Treaty) words(eid string) []string {
	for _, p := range t.Reading.Provisions {
		if p.EID == eid {
			return strings.FieldsFunc(strings.ToLower(t.Reading.Text[p.Start:p.End]), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		}
	}
	return nil
}

// runs of words, hashed; nil for too few words.
func runs(words []string) map[uint64]bool {
	if len(words) < noiseWords {
		return nil
	}
	out := map[uint64]bool{}
	for i := 0; i+noiseRun <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+noiseRun] {
			h.Write([]byte(w))
			h.Write([]byte{' '})
		}
		out[h.Sum64()] = true
	}
	return out
}

func jaccard(a, b map[uint64]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if float64(len(a)) < noiseSame*float64(len(b)) {
		return 0
	}
	n := 0
	for h := range a {
		if b[h] {
			n++
		}
	}
	return float64(n) / float64(len(a)+len(b)-n)
}
