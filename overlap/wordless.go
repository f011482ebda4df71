package overlap

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/openassay/assay/text"
)

// Wordless is a text by which others can be compared with it although its words are not here: of each unit the hashes of its grams in their order, and
// where its words stand. Words cannot be read from it, but whoever guesses five of them can confirm the guess: it is for texts that are public.
type Wordless struct {
	Version  string         `json:"version"`  // Format
	Language string         `json:"language"` // of the text
	Units    []WordlessUnit `json:"units"`
}

// Format names the form of Wordless and the hash of grams in it. It changes whenever the same words would give other grams.
const Format = "assay/grams 1"

// WordlessUnit is one innermost provision.
type WordlessUnit struct {
	EID   string `json:"eid"`
	Start int    `json:"start"` // bytes of the canonical text
	End   int    `json:"end"`
	Words string `json:"words"` // base64 of varints: for each word the bytes since the last word's end (for the first: since start), and its length in bytes
	Grams string `json:"grams"` // base64 of little-endian 64-bit numbers: the gram from each word on, four fewer than words
}

// NewWordless takes a reading's words away.
func NewWordless(r *text.Reading) *Wordless {
	out := &Wordless{Version: Format, Language: r.Language, Units: []WordlessUnit{}}
	for _, s := range spans(r, Innermost) {
		w := NewWording(r.Text, s.start, s.end)
		if len(w.grams) == 0 {
			continue
		}
		var words, grams []byte
		at := s.start
		for _, x := range w.words {
			words = binary.AppendUvarint(binary.AppendUvarint(words, uint64(x[0]-at)), uint64(x[1]-x[0]))
			at = x[1]
		}
		for _, g := range w.grams {
			grams = binary.LittleEndian.AppendUint64(grams, g)
		}
		out.Units = append(out.Units, WordlessUnit{s.eid, s.start, s.end, base64.RawStdEncoding.EncodeToString(words), base64.RawStdEncoding.EncodeToString(grams)})
	}
	return out
}

// Laid is a document to be compared, with the wordings of its units in their order.
type Laid struct {
	*Document
	Wordings []*Wording
}

// ReadWordless reads the JSON of a Wordless. It refuses another version: grams of different hashes never meet.
func ReadWordless(id string, b []byte) (*Laid, error) {
	var w Wordless
	if err := json.Unmarshal(b, &w); err != nil {
		return nil, fmt.Errorf("grams of %s: %w", id, err)
	}
	if w.Version != Format {
		return nil, fmt.Errorf("grams of %s: of version %q, this program reads %q", id, w.Version, Format)
	}
	l := &Laid{Document: &Document{ID: id}}
	for _, u := range w.Units {
		x, err := u.wording()
		if err != nil {
			return nil, fmt.Errorf("grams of %s: %s: %w", id, u.EID, err)
		}
		l.add(u.EID, u.Start, u.End, x)
	}
	return l, nil
}

// Lay is Read for the innermost provisions, with their wordings.
func Lay(id string, r *text.Reading) *Laid {
	l := &Laid{Document: &Document{ID: id}}
	for _, s := range spans(r, Innermost) {
		if w := NewWording(r.Text, s.start, s.end); len(w.grams) > 0 {
			l.add(s.eid, s.start, s.end, w)
		}
	}
	return l
}

func (l *Laid) add(eid string, start, end int, w *Wording) {
	l.Units = append(l.Units, NewUnit(eid, start, end, slices.Clone(w.grams)))
	l.Wordings = append(l.Wordings, w)
}

func (u WordlessUnit) wording() (*Wording, error) {
	words, err := base64.RawStdEncoding.DecodeString(u.Words)
	if err != nil {
		return nil, err
	}
	grams, err := base64.RawStdEncoding.DecodeString(u.Grams)
	if err != nil {
		return nil, err
	}
	w := &Wording{}
	for at := u.Start; len(words) > 0; {
		var x [2]int
		for i := range x {
			v, n := binary.Uvarint(words)
			if n <= 0 || v > uint64(u.End) {
				return nil, fmt.Errorf("a word is damaged")
			}
			at, words = at+int(v), words[n:]
			x[i] = at
		}
		if x[0] == x[1] || x[1] > u.End {
			return nil, fmt.Errorf("a word lies outside %d to %d", u.Start, u.End)
		}
		w.words = append(w.words, x)
	}
	if len(grams) == 0 || len(grams)%8 != 0 || len(w.words) != len(grams)/8+GramWords-1 {
		return nil, fmt.Errorf("%d words and %d bytes of grams", len(w.words), len(grams))
	}
	for ; len(grams) > 0; grams = grams[8:] {
		g := binary.LittleEndian.Uint64(grams)
		if g == 0 || g >= 1<<gramBits {
			return nil, fmt.Errorf("a gram of more than %d bits", gramBits)
		}
		w.grams = append(w.grams, g)
	}
	return w, nil
}
