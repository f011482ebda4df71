package draftcheck

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

// Digest is what a check needs of another text, made once: the firmest clauses of each topic, and a sample of its five-word runs.
type Digest struct {
	Topics   map[string][]Precedent `json:"topics"`   // by topic of package practice, firmest first, at most mostPrecedents
	Language string                 `json:"language"` // primary subtag
	Legal    string                 `json:"legal"`    // binding, non_binding, unclear
	Kind     string                 `json:"kind"`
	Words    bool                   `json:"words"`  // the text itself is here; else only what was read from it
	Sides    []string               `json:"sides"`  // as read
	Every    uint64                 `json:"every"`  // one of so many five-word runs is in Sample: those whose hash it divides
	Sample   []byte                 `json:"sample"` // their hashes, 64 bits little endian, ascending
}

// Precedent is a clause of a text on a topic.
type Precedent struct {
	EID      string         `json:"eid"`
	Force    int            `json:"force"`
	Modality assay.Modality `json:"modality"`
	Precise  bool           `json:"precise,omitempty"`
	Bearer   []string       `json:"bearer,omitempty"`
	Near     int            `json:"near,omitempty"` // how surely it is about the topic, 0–3
	Quote    string         `json:"quote,omitempty"`
	Alone    bool           `json:"alone,omitempty"` // it binds although its text says that it does not
}

// DigestVersion changes whenever the same text may give another digest: also when words of topics of package practice change.
const DigestVersion = "7"

const (
	mostPrecedents = 2
	mostQuoted     = 420 // bytes of a clause that are kept
	mostEvery      = 16  // one of so many five-word runs is kept at least
	fewRuns        = 512 // where there are fewer, more of them are
)

// DigestOf makes the digest of a text. Of a text whose words are not here, the reading has no text, and policy areas stand for topics.
func DigestOf(rd *text.Reading, an *assay.Analysis, lib *practice.Library) *Digest {
	d := &Digest{Topics: map[string][]Precedent{}, Language: primary(an.Language), Legal: legal(an), Kind: an.Instrument.Kind, Sides: an.Parties}
	if rd == nil || rd.Text == "" {
		d.fromAreas(an, lib)
		return d
	}
	d.Words = true
	d.Every, d.Sample = sampleOf(allRuns(rd))
	quoted := quotations(rd)
	for topic, places := range findSubjects(rd, an, lib, quoted).treats {
		slices.SortStableFunc(places, func(a, b place) int {
			return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(a.span.Start, b.span.Start))
		})
		seen := map[int]bool{}
		for i := range places {
			p := &places[i]
			if !p.own(an) || p.force == forceNone || seen[p.norm.Start] {
				continue
			}
			seen[p.norm.Start] = true
			d.Topics[topic.Code] = append(d.Topics[topic.Code], Precedent{an.Provisions[p.prov].EID, p.force, p.norm.Best(), p.norm.Precise, p.norm.Bearer, min(p.near, 3), normText(rd, p.norm, mostQuoted), an.Instrument.LegalNature.Excepts(an.Provisions[p.prov].EID)})
			if len(d.Topics[topic.Code]) == mostPrecedents {
				break
			}
		}
	}
	return d
}

// rank orders the places of a topic: the firmest first, but one that is surely about it before one that names it in passing.
func (p *place) rank() int { return p.force + 2*min(p.near, 2) }

// fromAreas takes the policy areas that were read, where the words are not here.
func (d *Digest) fromAreas(an *assay.Analysis, lib *practice.Library) {
	at := map[string]int{}
	for i := range an.Provisions {
		at[an.Provisions[i].EID] = i
	}
	for _, topic := range lib.Topics {
		for _, a := range an.Instrument.Areas {
			if a.Covered == 0 || a.Undecided || !slices.Contains(topic.Areas, a.Code) || len(a.Evidence) == 0 {
				continue
			}
			i, ok := at[a.Evidence[0]]
			if !ok {
				continue
			}
			var top *assay.Norm
			for k := range an.Provisions[i].Norms {
				if n := &an.Provisions[i].Norms[k]; top == nil || forceOf(n) > forceOf(top) {
					top = n
				}
			}
			if top != nil && forceOf(top) > forceNone {
				d.Topics[topic.Code] = []Precedent{{a.Evidence[0], forceOf(top), top.Best(), top.Precise, top.Bearer, 0, "", an.Instrument.LegalNature.Excepts(a.Evidence[0])}}
			}
		}
	}
}

// legal is what the whole text is worth: what it says of itself before what its kind suggests.
func legal(an *assay.Analysis) string {
	n := an.Instrument.LegalNature
	if n.Stated == "binding" || n.Stated == "non_binding" {
		return n.Stated
	}
	return n.Inferred
}

func primary(tag string) string {
	if i := strings.IndexAny(tag, "-_"); i > 0 {
		tag = tag[:i]
	}
	return strings.ToLower(tag)
}

// normText is the words of a norm on one line, at most n bytes.
func normText(rd *text.Reading, norm *assay.Norm, n int) string {
	return clip(rd.Text[norm.Start:norm.End], n)
}

func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	if k := strings.LastIndexByte(s[:n], ' '); k > n/2 {
		n = k
	}
	return strings.TrimRight(s[:n], " ,;:") + " …"
}

// sampleOf keeps one of sixteen five-word runs of a text, of a short one more, by their hashes, so that the samples of two texts hold the same.
func sampleOf(all []uint64) (every uint64, sample []byte) {
	every = 1
	for every < mostEvery && len(all) > fewRuns*int(every) {
		every *= 2
	}
	for _, g := range thinned(all, every) {
		sample = binary.LittleEndian.AppendUint64(sample, g)
	}
	return every, sample
}

// thinned are the runs that a number divides.
func thinned(all []uint64, every uint64) []uint64 {
	var out []uint64
	for _, g := range all {
		if g%every == 0 {
			out = append(out, g)
		}
	}
	return out
}

// allRuns are the distinct five-word runs of a text, ascending.
func allRuns(rd *text.Reading) []uint64 {
	var all []uint64
	for _, u := range overlap.Read("", rd, overlap.Innermost).Units {
		all = append(all, u.Grams...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func runs(sample []byte) []uint64 {
	out := make([]uint64, len(sample)/8)
	for i := range out {
		out[i] = binary.LittleEndian.Uint64(sample[8*i:])
	}
	return out
}

// shared is the share of a's runs that b has too, with the number in both.
func shared(a, b []uint64) (share float64, both int) {
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
	if len(a) == 0 {
		return 0, 0
	}
	return float64(both) / float64(len(a)), both
}
