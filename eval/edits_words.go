package eval

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/openassay/assay/redline"
)

// modals are pairs of words of which one is put for the other.
var modals = [][2]string{{" shall ", " may "}, {" may ", " shall "}, {" shall ", " should "}, {" shall ", " shall endeavour to "}, {" shall not ", " may "}, {" must ", " may "}, {" will ", " may "},
	{" doit ", " peut "}, {" doivent ", " peuvent "}, {" peut ", " doit "}, {" podrá ", " deberá "}, {" podrán ", " deberán "}, {" deberá ", " podrá "}}

// figure is the first number of a deadline or a quantity.
var figure = regexp.MustCompile(`\b[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?\b`)

// spelt are numbers in words, and others to put for them.
var spelt = map[string]string{"two": "nine", "three": "eight", "four": "seven", "five": "eleven", "six": "nine", "seven": "two", "eight": "three", "ten": "four", "twelve": "twenty", "thirty": "ninety", "sixty": "thirty", "ninety": "sixty",
	"trois": "huit", "six mois": "neuf mois", "quatre": "neuf", "deux ans": "neuf ans", "tres": "ocho", "seis": "nueve", "cuatro": "nueve", "treinta": "noventa", "sesenta": "treinta", "noventa": "sesenta"}

// wording makes an edit of kind k within leaf i; false where it holds nothing to change. moved says that the leaf is given as text, as part of another
// edit: then the new words come back.
func (e *editor) wording(k redline.Kind, i int) (string, bool) {
	p := e.r.Provisions[i]
	s := e.words(i)
	body := p.Body - p.Start
	switch k {
	case redline.Modal:
		if e.an.Provisions[i].Part == "definition" {
			return "", false
		}
		off := e.rnd.IntN(len(modals))
		for n := range modals {
			m := modals[(off+n)%len(modals)]
			if strings.Count(s[body:], m[0]) == 1 && e.marked(i, string(m[0]), "obligation", "permission", "prohibition", "effort", "aspiration", "intention") {
				return s[:body] + strings.Replace(s[body:], m[0], m[1], 1), true
			}
		}
	case redline.Deadline, redline.Quantity:
		class := string(k)
		for _, l := range e.an.Provisions[i].Labels {
			if l.Class != class {
				continue
			}
			a, b := l.Start-p.Start, l.End-p.Start
			w := s[a:b]
			if m := figure.FindStringIndex(w); m != nil {
				n, err := strconv.ParseFloat(strings.ReplaceAll(w[m[0]:m[1]], ",", ""), 64)
				if err != nil || n == 0 || n > 1900 && n < 2100 && k == redline.Quantity {
					continue
				}
				return s[:a+m[0]] + strconv.FormatFloat(n*3+1, 'f', -1, 64) + s[a+m[1]:], true
			}
			for from, to := range spelt {
				if strings.Count(" "+w+" ", " "+from+" ") == 1 && k == redline.Deadline {
					return s[:a] + strings.TrimSpace(strings.Replace(" "+w+" ", " "+from+" ", " "+to+" ", 1)) + s[b:], true
				}
			}
		}
	case redline.Standard:
		for _, l := range e.an.Provisions[i].Labels {
			if l.Class == "named_standard" && l.End-l.Start > 2 && l.Start >= p.Body {
				return s[:l.Start-p.Start] + "good practice" + s[l.End-p.Start:], true
			}
		}
	case redline.Words:
		f := strings.Fields(s[body:])
		if len(f) < 12 {
			return "", false
		}
		n := len(f)/2 - 1
		old := " " + f[n] + " " + f[n+1] + " "
		for _, w := range f[n : n+2] {
			if strings.Trim(w, "abcdefghijklmnopqrstuvwxyzéèàêíóáñç") != "" || len(w) < 4 || spelt[w] != "" || e.busy(i, w) {
				return "", false
			}
		}
		if strings.Count(s[body:], old) == 1 {
			return s[:body] + strings.Replace(s[body:], old, " lanterns quietly ", 1), true
		}
	}
	return "", false
}

// marked says whether the word stands in a label of one of the classes.
func (e *editor) marked(i int, word string, classes ...string) bool {
	word = strings.TrimSpace(word)
	for _, l := range e.an.Provisions[i].Labels {
		for _, c := range classes {
			if l.Class == c && strings.Contains(e.r.Text[l.Start:l.End], word) {
				return true
			}
		}
	}
	return false
}

// busy says whether a word stands in any label of force: then changing it is no mere change of words.
func (e *editor) busy(i int, word string) bool {
	for _, l := range e.an.Provisions[i].Labels {
		switch l.Class {
		case "obligation", "prohibition", "effort", "permission", "right", "intention", "aspiration", "declaration", "deadline", "quantity", "named_standard":
			if strings.Contains(e.r.Text[l.Start:l.End], word) {
				return true
			}
		}
	}
	return false
}

// change makes an edit within leaf i.
func (e *editor) change(k redline.Kind, i, edit int) bool {
	t, ok := e.wording(k, i)
	if !ok || !e.take(i) {
		return false
	}
	p := e.r.Provisions[i]
	e.patch(p.Start, p.Start+len(e.words(i)), t)
	e.expect(k, i, edit)
	return true
}

// leaves are the provisions without children that have words enough, those of kinds with rare words first.
func (e *editor) leaves() []int {
	var out []int
	for i := range e.r.Provisions {
		if len(e.kids[i]) == 0 && len(strings.Fields(e.words(i))) >= 8 && e.r.Provisions[i].Kind != "cover" && e.r.Provisions[i].Kind != "signatures" {
			out = append(out, i)
		}
	}
	return out
}
