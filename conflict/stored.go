package conflict

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io/fs"
	"math"
	"sort"
	"strings"
	"sync"

	"github.com/openassay/assay/assay"
)

// marksVersion changes whenever the same words and rules may give other marks, or are written in another way.
const marksVersion = 6

// Version names what the marks of a text follow from beside the text and its analysis: the rules, to the letter, and this package. Marks of
// another version are made anew.
var Version = sync.OnceValue(func() string {
	h := sha256.New()
	h.Write([]byte{marksVersion})
	names, _ := fs.Glob(files, "rules/*.yaml") // the pattern is well-formed
	sort.Strings(names)
	for _, name := range names {
		b, _ := files.ReadFile(name) // embedded
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
})

// Bytes is the form in which marks are kept. Only [ReadMarks] of the same [Version] reads it.
func (m *Marks) Bytes() []byte {
	w := &markWriter{ids: map[string]int{}}
	w.list(m.parties)
	w.list(m.minerals)
	w.code(m.legal)
	w.bits(m.english, m.bare)
	w.number(len(m.vocab))
	for _, s := range m.vocab {
		w.long(s)
	}
	w.number(len(m.marks))
	for i := range m.marks {
		w.mark(&m.marks[i])
	}
	out := binary.AppendUvarint(nil, uint64(len(w.codes)))
	for _, s := range w.codes {
		out = append(binary.AppendUvarint(out, uint64(len(s))), s...)
	}
	return append(out, w.b...)
}

// markWriter writes numbers as varints, codes as their place in a list of all that occur, and longer words with their length.
type markWriter struct {
	b     []byte
	codes []string
	ids   map[string]int
}

func (w *markWriter) number(n int) { w.b = binary.AppendUvarint(w.b, uint64(n)) }
func (w *markWriter) long(s string) {
	w.number(len(s))
	w.b = append(w.b, s...)
}

func (w *markWriter) code(s string) {
	id, ok := w.ids[s]
	if !ok {
		id = len(w.codes)
		w.ids[s] = id
		w.codes = append(w.codes, s)
	}
	w.number(id)
}

func (w *markWriter) list(l []string) {
	w.number(len(l))
	for _, s := range l {
		w.code(s)
	}
}

func (w *markWriter) numbers(l []int32) {
	w.number(len(l))
	for _, n := range l {
		w.number(int(n))
	}
}

func (w *markWriter) bits(bs ...bool) {
	n := 0
	for i, b := range bs {
		if b {
			n |= 1 << i
		}
	}
	w.number(n)
}

func (w *markWriter) mark(x *mark) {
	w.long(x.eid)
	w.number(x.start)
	w.number(x.end)
	w.long(x.words)
	w.number(x.cut)
	w.code(string(x.read))
	w.bits(x.body, x.final, x.recalls, x.leaves, x.takes, x.only, x.open, x.savings, x.priority, x.alone, x.trade, x.mines)
	w.code(x.shall)
	w.code(x.opens)
	w.code(x.by)
	w.b = binary.AppendUvarint(w.b, math.Float64bits(x.share))
	w.number(x.negLead)
	for _, l := range [][]string{x.bearers, x.names, x.minerals, x.places, x.standards, x.balance} {
		w.list(l)
	}
	for _, l := range [][]int32{x.found, x.loose, x.bars, x.carves, x.content} {
		w.numbers(l)
	}
	w.number(len(x.values))
	for _, v := range x.values {
		w.number(int(v.stance))
		w.code(v.name)
	}
}

// ReadMarks reads what Bytes wrote. It fails on bytes that are damaged, whatever they are.
func (r *Rules) ReadMarks(b []byte) (*Marks, error) {
	d := &markReader{s: string(b)} // the words of all norms are parts of it
	d.codes = make([]string, d.count(1))
	for i := range d.codes {
		d.codes[i] = strings.Clone(d.long()) // what is kept of a text's sides must not keep its words
	}
	m := &Marks{parties: d.list(), minerals: d.list(), legal: d.code()}
	d.bits(&m.english, &m.bare)
	m.vocab = make([]string, d.count(1))
	for i := range m.vocab {
		m.vocab[i] = d.long()
		d.bad = d.bad || i > 0 && m.vocab[i] <= m.vocab[i-1]
	}
	m.marks = make([]mark, d.count(20))
	for i := range m.marks {
		d.mark(&m.marks[i], len(r.Stances), len(r.Rules), len(m.vocab))
	}
	if d.bad || d.s != "" {
		return nil, errors.New("these are no marks of a text, or they are damaged")
	}
	return m, nil
}

type markReader struct {
	s     string // what is left
	codes []string
	bad   bool
}

func (d *markReader) uvarint() uint64 {
	var n uint64
	for i := 0; i < len(d.s) && i < binary.MaxVarintLen64; i++ {
		n |= uint64(d.s[i]&0x7f) << (7 * i)
		if d.s[i] < 0x80 {
			d.s = d.s[i+1:]
			return n
		}
	}
	d.bad, d.s = true, ""
	return 0
}

func (d *markReader) number() int {
	n := d.uvarint()
	if n > math.MaxInt32 {
		d.bad = true
		return 0
	}
	return int(n)
}

// count is the length of a list whose items take at least so many bytes each, so that damage cannot ask for more memory than there are bytes.
func (d *markReader) count(least int) int {
	n := d.number()
	if n > len(d.s)/least {
		d.bad, d.s = true, ""
		return 0
	}
	return n
}

func (d *markReader) long() string {
	n := d.count(1)
	out := d.s[:n]
	d.s = d.s[n:]
	return out
}

func (d *markReader) code() string {
	if n := d.number(); n < len(d.codes) {
		return d.codes[n]
	}
	d.bad = true
	return ""
}

func (d *markReader) list() []string {
	n := d.count(1)
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = d.code()
	}
	return out
}

// numbers are each below a bound.
func (d *markReader) numbers(bound int) []int32 {
	n := d.count(1)
	if n == 0 {
		return nil
	}
	out := make([]int32, n)
	for i := range out {
		out[i] = d.below(bound)
	}
	return out
}

func (d *markReader) below(bound int) int32 {
	n := d.number()
	if n >= bound {
		d.bad = true
		return 0
	}
	return int32(n)
}

func (d *markReader) bits(bs ...*bool) {
	n := d.number()
	for i, b := range bs {
		*b = n&(1<<i) != 0
	}
}

func (d *markReader) mark(x *mark, stances, rules, vocab int) {
	x.eid, x.start, x.end = d.long(), d.number(), d.number()
	x.words, x.cut = d.long(), d.number()
	d.bad = d.bad || x.cut > len(x.words)
	x.read = assay.Modality(d.code())
	d.bits(&x.body, &x.final, &x.recalls, &x.leaves, &x.takes, &x.only, &x.open, &x.savings, &x.priority, &x.alone, &x.trade, &x.mines)
	x.shall, x.opens, x.by = d.code(), d.code(), d.code()
	x.share = math.Float64frombits(d.uvarint())
	x.negLead = d.number()
	for _, l := range []*[]string{&x.bearers, &x.names, &x.minerals, &x.places, &x.standards, &x.balance} {
		*l = d.list()
	}
	x.found, x.loose, x.bars, x.carves = d.numbers(stances), d.numbers(stances), d.numbers(stances), d.numbers(rules)
	x.content = d.numbers(vocab)
	for i := 1; i < len(x.content); i++ {
		d.bad = d.bad || x.content[i] <= x.content[i-1]
	}
	if n := d.count(2); n > 0 {
		x.values = make([]value, n)
		for i := range x.values {
			x.values[i] = value{d.below(stances), d.code()}
		}
	}
}
