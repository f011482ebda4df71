package align

import (
	"math"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// Options of [Texts].
type Options struct {
	HideNumbers bool // leave the provisions' own numbers out of account
}

// Alignment is two texts beside each other.
type Alignment struct {
	A    string `json:"a"` // languages of the two texts
	B    string `json:"b"`
	Rows []Row  `json:"rows"`
}

// Row is a provision of each text, or of one alone. Rows beneath another stand under its provisions.
type Row struct {
	A           *Side        `json:"a"` // null where the provision stands in the other text alone
	B           *Side        `json:"b"`
	Depth       int          `json:"depth"`      // 0 for articles and what stands at their level
	Confidence  float64      `json:"confidence"` // 0–1: how much better this pair is than leaving both alone; 0 for one alone
	Differences []Difference `json:"differences"`
}

// Side is one provision of a row.
type Side struct {
	EID   string `json:"eid"`
	Start int    `json:"start"` // bytes of that reading's text, what stands under it included
	End   int    `json:"end"`

	Index int `json:"-"` // in Provisions
}

// Texts aligns two readings. The analyses may be nil; then modality, parties, minerals and topics are left out of account.
func Texts(a, b *text.Reading, an, bn *assay.Analysis, o Options) *Alignment {
	x := &aligner{a: newSide(a, an), b: newSide(b, bn), o: o}
	la, lb := x.a.spine(), x.b.spine()
	x.expect(la, lb)
	out := &Alignment{A: a.Language, B: b.Language, Rows: []Row{}}
	x.level(la, lb, 0, out)
	return out
}

type aligner struct {
	a, b  *side
	o     Options
	ratio float64 // runes of b to be expected for one of a
}

// expect measures how much longer one text is than the other.
func (x *aligner) expect(la, lb []int) {
	na, nb := 0, 0
	for _, i := range la {
		na += x.a.feature(i).runes
	}
	for _, j := range lb {
		nb += x.b.feature(j).runes
	}
	x.ratio = 1
	if na > 0 && nb > 0 {
		x.ratio = float64(nb) / float64(na)
	}
}

// Costs of the alignment, in the logarithm of how unlikely something is; tried on the English–Chinese treaties at hand and on texts from which articles
// were taken (docs/documents.md).
const (
	skipCost   = 4.2 // a provision that stands in one text alone
	kindCost   = 3.0 // different kinds
	numberGain = 5.0 // the same number
	numberCost = 1.5 // another number
)

// mostCells bounds the table of an alignment: of very long sequences only what lies near the straight line is compared.
const mostCells = 8_000_000

// level aligns two sequences of provisions, and what stands under each pair.
func (x *aligner) level(la, lb []int, depth int, out *Alignment) {
	n, m := len(la), len(lb)
	if depth > 40 {
		return
	}
	t := newTable(n, m)
	for i := 0; i <= n; i++ {
		for j := t.lo(i); j <= t.hi(i); j++ {
			if i == 0 && j == 0 {
				t.set(0, 0, 0, 0)
				continue
			}
			best, step := math.Inf(1), byte(0)
			if c := t.cost(i-1, j) + skipCost; c < best {
				best, step = c, 1
			}
			if c := t.cost(i, j-1) + skipCost; c < best {
				best, step = c, 2
			}
			if c := t.cost(i-1, j-1); !math.IsInf(c, 1) {
				if c += x.pair(la[i-1], lb[j-1]); c < best {
					best, step = c, 3
				}
			}
			t.set(i, j, best, step)
		}
	}
	var order [][2]int
	for i, j := n, m; i > 0 || j > 0; {
		switch t.step(i, j) {
		case 1:
			i--
			order = append(order, [2]int{la[i], -1})
		case 2:
			j--
			order = append(order, [2]int{-1, lb[j]})
		default:
			i, j = i-1, j-1
			order = append(order, [2]int{la[i], lb[j]})
		}
	}
	for k := len(order) - 1; k >= 0; k-- {
		x.row(order[k][0], order[k][1], depth, out)
	}
}

// row writes a row and aligns what stands under its pair.
func (x *aligner) row(i, j, depth int, out *Alignment) {
	r := Row{A: x.a.at(i), B: x.b.at(j), Depth: depth, Differences: []Difference{}}
	if i >= 0 && j >= 0 {
		gain := 2*skipCost - x.pair(i, j)
		r.Confidence = math.Round(100/(1+math.Exp(-gain/2))) / 100
		r.Differences = x.differences(i, j)
	}
	out.Rows = append(out.Rows, r)
	if i >= 0 && j >= 0 && len(x.a.kids[i]) > 0 && len(x.b.kids[j]) > 0 {
		x.level(x.a.kids[i], x.b.kids[j], depth+1, out)
	}
}

// pair is the cost of putting two provisions beside each other.
func (x *aligner) pair(i, j int) float64 {
	p, q := x.a.r.Provisions[i], x.b.r.Provisions[j]
	f, g := x.a.feature(i), x.b.feature(j)
	c := 0.0
	if p.Kind != q.Kind {
		c += kindCost
	}
	if !x.o.HideNumbers && p.Num != "" && q.Num != "" {
		if last(p.EID) == last(q.EID) {
			c -= numberGain
		} else {
			c += numberCost
		}
	}
	// Length: the logarithm of the ratio to what is expected, beside how much short provisions vary.
	d := math.Log((float64(g.runes) + 12) / (float64(f.runes)*x.ratio + 12))
	c += math.Min(d*d*4.5, 6)
	c += overlap(f.numbers, g.numbers, 2.4)
	c += overlap(f.names, g.names, 1.6)
	c += overlap(f.topics, g.topics, 1.2)
	kids := math.Abs(float64(f.kids - g.kids))
	if f.kids > 0 && g.kids > 0 {
		c += math.Min(kids*0.5, 1.5)
		if kids == 0 {
			c -= 0.6
		}
	}
	if f.binds != g.binds {
		c += 0.7
	}
	return c
}

// overlap is a cost between -most and most by how much two sets share; 0 where both are empty.
func overlap(a, b map[string]bool, most float64) float64 {
	if len(a) == 0 && len(b) == 0 {
		return 0
	}
	both := 0
	for k := range a {
		if b[k] {
			both++
		}
	}
	union := len(a) + len(b) - both
	share := float64(both) / float64(union)
	// Much to share tells more than little.
	trust := math.Min(float64(union)/3, 1)
	return most * trust * (1 - 2*share)
}

// table holds the costs near the straight line from corner to corner.
type table struct {
	n, m, wide int
	costs      []float64
	steps      []byte
}

func newTable(n, m int) *table {
	t := &table{n: n, m: m, wide: m + 1}
	if n > 0 && (n+1) > mostCells/(m+1) {
		// Rows must overlap their neighbours, however much longer one sequence is.
		t.wide = min(m+1, max(mostCells/(n+1), 2*(m/n+2)+1))
	}
	t.costs, t.steps = make([]float64, (n+1)*t.wide), make([]byte, (n+1)*t.wide)
	return t
}

// lo and hi bound the places of row i.
func (t *table) lo(i int) int {
	mid := 0
	if t.n > 0 {
		mid = int(float64(i) / float64(t.n) * float64(t.m))
	}
	return max(0, min(mid-t.wide/2, t.m+1-t.wide))
}

func (t *table) hi(i int) int { return min(t.m, t.lo(i)+t.wide-1) }

func (t *table) cost(i, j int) float64 {
	if i < 0 || j < 0 || j < t.lo(i) || j > t.hi(i) {
		return math.Inf(1)
	}
	return t.costs[i*t.wide+j-t.lo(i)]
}

func (t *table) set(i, j int, cost float64, step byte) {
	t.costs[i*t.wide+j-t.lo(i)], t.steps[i*t.wide+j-t.lo(i)] = cost, step
}

func (t *table) step(i, j int) byte { return t.steps[i*t.wide+j-t.lo(i)] }
