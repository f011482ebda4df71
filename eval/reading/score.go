package reading

import (
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
)

// Label is what a machine says of a span: its modality (or undecided), part, bearers and whether it is precise.
type Label struct {
	Start, End int
	Answer
	Likelier   string  // the modality, of an undecided norm its likelier reading; empty for headings
	Confidence float64 // that Likelier is right, 0–1
}

// Read is a text of the set as it stands today: its canonical text and what the machine says of it, in order. Labels may lie within each
// other; a unit gets the one that shares most of it with the unit.
type Read struct {
	ID     string
	Text   string
	Labels []Label
}

// Agreement between two answers over n units.
type Agreement struct {
	N     int     `json:"n"`
	Share float64 `json:"agreement"`
	Kappa float64 `json:"kappa"` // Cohen's; 0 where n is 0
}

// Scores are the agreements of one pair: two readers, or the machine and the answer.
type Scores struct {
	Modality         Agreement `json:"modality"`
	WithoutHeadings  Agreement `json:"modality_without_headings"` // units that the answer calls headings left out
	WithoutNone      Agreement `json:"modality_without_none"`     // only units whose answer is a modality other than none
	Part             Agreement `json:"part"`
	Bearer           Agreement `json:"bearer"`  // units whose answer has a bearer's modality; the whole set of bearers must agree
	Precise          Agreement `json:"precise"` // units where both say
	Undecided        int       `json:"undecided"`
	WhereDecided     Agreement `json:"modality_where_decided"` // as without headings, the machine's undecided units left out
	Calibration      []Band    `json:"calibration,omitempty"`  // of the machine, norms only, in order
	modality, nohead []pair
	nonone, part     []pair
	bearer, precise  []pair
	decided          []pair
}

// Band compares how sure the machine said it was with how often it was right, over the norms of a band of confidence. What is undecided
// counts by its likelier reading.
type Band struct {
	From  float64 `json:"from"` // the next band's From ends it
	N     int     `json:"n"`
	Said  float64 `json:"said"`  // mean confidence
	Right float64 `json:"right"` // share that was right
}

// bands begin here; the first is what stays undecided.
var bands = []float64{0, assay.UndecidedBelow, 0.8, 0.9, 0.95}

// calibrate takes in one norm.
func (s *Scores) calibrate(m Label, right bool) {
	if m.Likelier == "" {
		return
	}
	if s.Calibration == nil {
		for _, from := range bands {
			s.Calibration = append(s.Calibration, Band{From: from})
		}
	}
	i := len(bands) - 1
	for i > 0 && m.Confidence < bands[i] {
		i--
	}
	b := &s.Calibration[i]
	b.N++
	b.Said += m.Confidence
	if right {
		b.Right++
	}
}

type pair struct{ a, b string }

// Confusion counts how often the answer was one modality and the machine's another.
type Confusion struct {
	Answer  string `json:"answer"`
	Machine string `json:"machine"`
	N       int    `json:"n"`
}

// Miss is a unit that the machine answers wrongly, by place; the words are not ours to print.
type Miss struct {
	Text    string `json:"text"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Answer  string `json:"answer"`
	Machine string `json:"machine"`
	Note    string `json:"note,omitempty"`
}

// Language is the measure of one language, or of all where Code is "all".
type Language struct {
	Code        string      `json:"language"`
	Texts       int         `json:"texts"`
	Units       int         `json:"units"`
	Adjudicated int         `json:"adjudicated"` // texts that count for the machine
	Readers     *Scores     `json:"readers,omitempty"`
	Machine     *Scores     `json:"machine,omitempty"`
	Untouched   *Scores     `json:"machine_untouched,omitempty"` // the machine on the texts that no rule was mended on
	LeadIns     int         `json:"lead_ins"`                    // lead-ins: they are read with their items and do not count for the machine
	Confusion   []Confusion `json:"confusion"`
	confused    map[pair]int
}

// Report is what eval reading says.
type Report struct {
	Against   string      `json:"against"` // gold, or a reader
	Languages []*Language `json:"languages"`
	Misses    []Miss      `json:"misses"`
	Moved     int         `json:"moved"`             // units found again at other bytes
	Missing   []string    `json:"missing,omitempty"` // texts that were not there
	Lost      int         `json:"lost"`              // units not found in today's canonical text; they do not count
}

// Score measures the readers against each other and the machine against the answer: gold, or reader a or b where nobody has adjudicated yet.
// Texts that are not in reads count for the readers only.
func Score(s *Set, reads []Read, against string) *Report {
	rep := &Report{Against: against, Misses: []Miss{}}
	all := &Language{Code: "all"}
	by := map[string]*Language{"all": all}
	for _, t := range s.Texts {
		l := by[t.Language]
		if l == nil {
			l = &Language{Code: t.Language}
			by[t.Language] = l
			rep.Languages = append(rep.Languages, l)
		}
		a, b := s.Readers[t.ID]["a"], s.Readers[t.ID]["b"]
		answer := s.Gold[t.ID]
		if against != "gold" {
			answer = s.Readers[t.ID][against]
		}
		for _, l := range []*Language{l, all} {
			l.Texts++
			l.Units += max(len(answer), len(a), len(b))
			l.compare(a, b)
		}
		i := slices.IndexFunc(reads, func(r Read) bool { return r.ID == t.ID })
		if i < 0 || answer == nil {
			continue
		}
		here, moved, lost := Anchor(reads[i].Text, answer)
		rep.Moved += moved
		rep.Lost += lost
		l.Adjudicated++
		all.Adjudicated++
		for _, row := range here {
			m := best(reads[i].Labels, row.Start, row.End)
			if opens(reads[i].Text[row.Start:row.End]) {
				l.LeadIns++
				all.LeadIns++
				continue
			}
			l.machine(row.Answer, m, t.Mended)
			all.machine(row.Answer, m, t.Mended)
			if m.Modality != row.Modality {
				rep.Misses = append(rep.Misses, Miss{t.ID, row.Start, row.End, row.Modality, m.Modality, row.Note})
			}
		}
	}
	rep.Languages = append(rep.Languages, all)
	for _, l := range rep.Languages {
		l.finish()
	}
	slices.SortStableFunc(rep.Misses, func(x, y Miss) int { return distance(y) - distance(x) })
	return rep
}

// distance is how far apart two modalities are: a duty read as nothing is worse than a hope read as a plan.
func distance(m Miss) int {
	rank := func(s string) int { return slices.Index(modalities, s) }
	d := rank(m.Answer) - rank(m.Machine)
	return max(d, -d)
}

// best is the label that shares most with [start, end), measured by what both cover together: a span that holds a whole chapter
// is no label of its first sentence.
func best(labels []Label, start, end int) Label {
	out, most := Label{}, 0.0
	for _, l := range labels {
		both := min(l.End, end) - max(l.Start, start)
		if both <= 0 {
			continue
		}
		if v := float64(both) / float64(max(l.End, end)-min(l.Start, start)); v > most {
			out, most = l, v
		}
	}
	if out.Modality == "" {
		out.Modality = "none"
	}
	return out
}

// opens reports whether a unit is a lead-in: it ends with a colon or a dash.
func opens(s string) bool {
	s = strings.TrimRight(s, " \n")
	for _, end := range []string{":", "：", "—", "–", "─"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
