package eval

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/text"
)

// editor makes known edits of a text that lies before it as plain text: it knows where each provision stands, rewrites some of them, and notes what a
// redline must then say. One parent is edited at most once, so that edits do not meet.
type editor struct {
	r       *text.Reading
	an      *assay.Analysis
	rnd     *rand.Rand
	kids    map[int][]int
	used    map[int]bool // parents and leaves already edited
	patches []patch
	want    []expected
}

// patch replaces bytes of the text.
type patch struct {
	id       int
	from, to int
	with     string
}

// expected is what a redline must say of a place: in the earlier text, or, of what is added, in the later one.
type expected struct {
	kind     redline.Kind
	from, to int
	inB      bool
	patch    int // in the later text: the patch within whose words from and to are, until the text is made
	edit     int // number of the edit
}

func newEditor(r *text.Reading, an *assay.Analysis, rnd *rand.Rand) *editor {
	e := &editor{r: r, an: an, rnd: rnd, kids: map[int][]int{}, used: map[int]bool{}}
	for i, p := range r.Provisions {
		if p.Parent >= 0 {
			e.kids[p.Parent] = append(e.kids[p.Parent], i)
		}
	}
	return e
}

// number is the number at the start of a paragraph or point: "2." or "(a)".
var number = regexp.MustCompile(`^(\(?)([0-9]{1,2}|[a-z])([.)]+ )`)

// list is siblings on a line each, numbered one after the other.
type list struct {
	parent int
	items  []int
}

// lists finds them: at least four, each with words enough to be told from the others, no two the same.
func (e *editor) lists() []list {
	var out []list
	var parents []int
	for p := range e.kids {
		parents = append(parents, p)
	}
	sort.Ints(parents)
	for _, p := range parents {
		k := e.kids[p]
		if len(k) < 4 || len(k) > 26 {
			continue
		}
		ok := true
		seen := map[string]bool{}
		for n, i := range k {
			s := e.words(i)
			m := number.FindStringSubmatch(s)
			if len(e.kids[i]) > 0 || m == nil || m[2] != label(m[2], n) || strings.Contains(strings.TrimSpace(s), "\n") || len(strings.Fields(s)) < 6 || seen[s[len(m[0]):]] {
				ok = false
				break
			}
			seen[s[len(m[0]):]] = true
		}
		if ok {
			out = append(out, list{p, k})
		}
	}
	return out
}

// label is the nth number, from 0, in the style of a first one.
func label(like string, n int) string {
	if like[0] >= 'a' {
		return string(rune('a' + n))
	}
	return strconv.Itoa(n + 1)
}

// words gives a provision without the blank lines behind it.
func (e *editor) words(i int) string {
	p := e.r.Provisions[i]
	return strings.TrimRight(e.r.Text[p.Start:p.End], "\n ")
}

// take marks a parent as edited; false where it, one above or one below it was.
func (e *editor) take(p int) bool {
	for x := p; x >= 0; x = e.r.Provisions[x].Parent {
		if e.used[x] {
			return false
		}
	}
	for i := p + 1; i < len(e.r.Provisions) && e.r.Provisions[i].Start < e.r.Provisions[p].End; i++ {
		if e.used[i] {
			return false
		}
	}
	e.used[p] = true
	return true
}

func (e *editor) expect(k redline.Kind, i, edit int) {
	p := e.r.Provisions[i]
	e.want = append(e.want, expected{kind: k, from: p.Start, to: p.Start + len(e.words(i)), edit: edit})
}

// relist writes a list anew: texts are its items in their new order, each with the item it came from (-1: none). Items whose number is another are
// expected to be renumbered.
func (e *editor) relist(l list, from []int, texts []string, edit int) {
	p := e.r.Provisions
	first, last := p[l.items[0]], l.items[len(l.items)-1]
	sep := e.r.Text[first.Start+len(e.words(l.items[0])) : first.End]
	if sep == "" {
		sep = "\n\n"
	}
	var b strings.Builder
	open := number.FindStringSubmatch(e.words(l.items[0]))
	for n, t := range texts {
		if n > 0 {
			b.WriteString(sep)
		}
		m := number.FindStringSubmatch(t)
		body := t
		if m != nil {
			body = t[len(m[0]):]
		}
		num := label(open[2], n)
		if from[n] < 0 {
			e.want = append(e.want, expected{kind: redline.Added, from: b.Len(), to: b.Len() + len(body), inB: true, patch: len(e.patches), edit: edit})
		} else if old := number.FindStringSubmatch(e.words(from[n])); old[2] != num {
			e.expect(redline.Renumbered, from[n], edit)
		}
		b.WriteString(open[1] + num + open[3] + body)
	}
	e.patch(first.Start, p[last].Start+len(e.words(last)), b.String())
}

// kinds of edits, by name.
func (e *editor) structural(name string, l list, edit int) bool {
	k := 1 + e.rnd.IntN(len(l.items)-2)
	var from []int
	var texts []string
	put := func(i int, t string) { from, texts = append(from, i), append(texts, t) }
	switch name {
	case "move", "move and change":
		to := (k + 2 + e.rnd.IntN(len(l.items)-2)) % len(l.items)
		if to-k < 2 && k-to < 2 {
			return false
		}
		rest := append(append([]int(nil), l.items[:k]...), l.items[k+1:]...)
		if to > len(rest) {
			to = len(rest)
		}
		rest = append(rest[:to], append([]int{l.items[k]}, rest[to:]...)...)
		changed := ""
		if name != "move" {
			for _, kind := range []redline.Kind{redline.Modal, redline.Deadline, redline.Quantity, redline.Standard, redline.Words} {
				if t, ok := e.wording(kind, l.items[k]); ok {
					changed = t
					e.expect(kind, l.items[k], edit)
					break
				}
			}
			if changed == "" {
				return false
			}
		}
		for _, i := range rest {
			if i == l.items[k] && changed != "" {
				put(i, changed)
				continue
			}
			put(i, e.words(i))
		}
		e.expect(redline.Moved, l.items[k], edit)
	case "add":
		for n, i := range l.items {
			if n == k {
				put(-1, "(x) "+e.invented())
			}
			put(i, e.words(i))
		}
	case "delete", "drop":
		for n, i := range l.items {
			if n != k {
				put(i, e.words(i))
			}
		}
		e.expect(redline.Deleted, l.items[k], edit)
		if name == "drop" { // the others keep their numbers
			p := e.r.Provisions[l.items[k]]
			e.patch(p.Start, p.End, "")
			return true
		}
	case "split":
		a, b, ok := halves(e.words(l.items[k]))
		if !ok {
			return false
		}
		for n, i := range l.items {
			if n == k {
				put(i, a)
				put(-2, "(x) "+b)
				continue
			}
			put(i, e.words(i))
		}
		e.expect(redline.Split, l.items[k], edit)
	case "merge":
		for n, i := range l.items {
			if n == k {
				continue
			}
			t := e.words(i)
			if n == k-1 {
				second := e.words(l.items[k])
				t += " " + second[len(number.FindString(second)):]
			}
			put(i, t)
		}
		e.expect(redline.Merged, l.items[k-1], edit)
	}
	e.write(l, from, texts, edit)
	return true
}

// write is relist for items that may be the second half of one that was split: that one is neither added nor renumbered.
func (e *editor) write(l list, from []int, texts []string, edit int) {
	n := len(e.want)
	clean := append([]int(nil), from...)
	second := -1
	for i, f := range from {
		if f == -2 {
			clean[i], second = -1, i
		}
	}
	e.relist(l, clean, texts, edit)
	if second >= 0 {
		kept := e.want[:n]
		for _, w := range e.want[n:] {
			if w.kind != redline.Added {
				kept = append(kept, w)
			}
		}
		e.want = kept
	}
}

// halves cuts a paragraph between two sentences of at least five words.
func halves(s string) (a, b string, ok bool) {
	for i := 0; i+2 < len(s); i++ {
		if s[i] == '.' && s[i+1] == ' ' && s[i+2] >= 'A' && s[i+2] <= 'Z' && i > 3 {
			a, b = s[:i+1], s[i+2:]
			if len(strings.Fields(a)) >= 6 && len(strings.Fields(b)) >= 5 {
				return a, b, true
			}
		}
	}
	return "", "", false
}

// invented is a sentence that stands in no treaty.
func (e *editor) invented() string {
	pick := func(s string) string { f := strings.Split(s, "|"); return f[e.rnd.IntN(len(f))] }
	return fmt.Sprintf("%s of %s keeps an open ledger of %s and shows it to %s before the %s season begins.",
		pick("The harbour master|The keeper|A warden|The assayer"), pick("Bordolia|Kestria|Port Almer|the Lower Vale"), pick("carts and barges|lamps and ropes|kilns|ferries|weighed sacks"),
		pick("the millers|the guild|whoever asks|the bridge wardens"), pick("dry|wet|windy|quiet"))
}

func (e *editor) patch(from, to int, with string) {
	e.patches = append(e.patches, patch{len(e.patches), from, to, with})
}

// articles are those of the main text, with the line of their number, if they are counted one after the other.
func (e *editor) articles() []int {
	var out []int
	for i, p := range e.r.Provisions {
		if p.Kind != text.KindArticle || strings.Contains(p.EID, "__") {
			continue
		}
		head, _, _ := strings.Cut(e.r.Text[p.Start:p.End], "\n")
		if p.Num != strconv.Itoa(len(out)+1) || !strings.HasSuffix(strings.TrimRight(head, " .:"), " "+p.Num) || p.Heading == "" {
			return out
		}
		out = append(out, i)
	}
	return out
}

// insertArticle puts an article before another and counts those after it anew: all that stand under them have another address.
func (e *editor) insertArticle(edit int) bool {
	arts := e.articles()
	if len(arts) < 4 || len(e.used) > 0 {
		return false
	}
	k := len(arts) - 1 - e.rnd.IntN(min(len(arts)-2, 3))
	p := e.r.Provisions[arts[k]]
	head, _, _ := strings.Cut(e.r.Text[p.Start:p.End], "\n")
	body := head + "\n\nLedgers and lamps\n\n" + e.invented() + "\n\n"
	e.want = append(e.want, expected{kind: redline.Added, from: 0, to: len(body) - 2, inB: true, patch: len(e.patches), edit: edit})
	e.patch(p.Start, p.Start, body)
	for n, i := range arts[k:] {
		q := e.r.Provisions[i]
		head, _, _ := strings.Cut(e.r.Text[q.Start:q.End], "\n")
		at := q.Start + strings.LastIndex(head, q.Num)
		e.patch(at, at+len(q.Num), strconv.Itoa(k+n+2))
		e.want = append(e.want, expected{kind: redline.Renumbered, from: q.Start, to: q.End, edit: edit})
		if !e.take(i) {
			return false
		}
	}
	return true
}

// apply gives the edited text; what is expected of the later text gets its place in it.
func (e *editor) apply() string {
	sort.SliceStable(e.patches, func(i, j int) bool { return e.patches[i].from < e.patches[j].from })
	var b strings.Builder
	at := 0
	for _, p := range e.patches {
		b.WriteString(e.r.Text[at:p.from])
		for i := range e.want {
			if w := &e.want[i]; w.inB && w.patch == p.id {
				w.from, w.to = w.from+b.Len(), w.to+b.Len()
			}
		}
		b.WriteString(p.with)
		at = p.to
	}
	b.WriteString(e.r.Text[at:])
	return b.String()
}
