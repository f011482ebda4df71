package eval

import "math"

// Binary counts how answers to a yes-or-no question agree with people's.
type Binary struct {
	TP, FP, FN, TN int
}

// Add counts one answer.
func (b *Binary) Add(gold, got bool) {
	switch {
	case gold && got:
		b.TP++
	case got:
		b.FP++
	case gold:
		b.FN++
	default:
		b.TN++
	}
}

// N is how many were counted, Positives how many of them people said yes to.
func (b Binary) N() int         { return b.TP + b.FP + b.FN + b.TN }
func (b Binary) Positives() int { return b.TP + b.FN }

// Precision, Recall and F1 are of the yes; 0 where undefined.
func (b Binary) Precision() float64 { return ratio(b.TP, b.TP+b.FP) }
func (b Binary) Recall() float64    { return ratio(b.TP, b.TP+b.FN) }
func (b Binary) F1() float64        { return ratio(2*b.TP, 2*b.TP+b.FP+b.FN) }
func (b Binary) Accuracy() float64  { return ratio(b.TP+b.TN, b.N()) }

// Kappa is Cohen's κ: agreement beyond chance. NaN where both always say the same: then chance explains everything.
func (b Binary) Kappa() float64 {
	return Kappa([][]int{{b.TN, b.FP}, {b.FN, b.TP}})
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Kappa is Cohen's κ of a square table of counts, gold by row, answer by column; NaN where chance explains everything.
func Kappa(t [][]int) float64 {
	n, same := 0, 0
	rows, cols := make([]int, len(t)), make([]int, len(t))
	for i := range t {
		for j, c := range t[i] {
			n += c
			rows[i] += c
			cols[j] += c
			if i == j {
				same += c
			}
		}
	}
	if n == 0 {
		return math.NaN()
	}
	po, pe := float64(same)/float64(n), 0.0
	for i := range t {
		pe += float64(rows[i]) / float64(n) * float64(cols[i]) / float64(n)
	}
	if pe >= 1 {
		return math.NaN()
	}
	return (po - pe) / (1 - pe)
}

// Table counts answers among several classes, gold by row.
type Table struct {
	Classes []string
	Count   [][]int
}

// NewTable makes an empty table.
func NewTable(classes ...string) *Table {
	t := &Table{Classes: classes, Count: make([][]int, len(classes))}
	for i := range t.Count {
		t.Count[i] = make([]int, len(classes))
	}
	return t
}

// Add counts one answer, by position of the classes.
func (t *Table) Add(gold, got int) { t.Count[gold][got]++ }

// N is how many were counted.
func (t *Table) N() int {
	n := 0
	for _, r := range t.Count {
		for _, c := range r {
			n += c
		}
	}
	return n
}

// Accuracy, MacroF1 (over the classes that occur in the gold) and Kappa summarise the table.
func (t *Table) Accuracy() float64 {
	same := 0
	for i := range t.Count {
		same += t.Count[i][i]
	}
	return ratio(same, t.N())
}

func (t *Table) Kappa() float64 { return Kappa(t.Count) }

func (t *Table) MacroF1() float64 {
	sum, n := 0.0, 0
	for i := range t.Count {
		b := t.class(i)
		if b.Positives() > 0 {
			sum += b.F1()
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

func (t *Table) class(k int) Binary {
	var b Binary
	for i := range t.Count {
		for j, c := range t.Count[i] {
			switch {
			case i == k && j == k:
				b.TP += c
			case j == k:
				b.FP += c
			case i == k:
				b.FN += c
			default:
				b.TN += c
			}
		}
	}
	return b
}
