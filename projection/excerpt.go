package projection

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"

	"github.com/openassay/assay/registry"
)

// marker finds a query's words in a text as the index finds them.
type marker struct {
	analyzer analysis.Analyzer
	terms    map[string]bool
	seen     map[string]bool // whether a word as written is one of the terms
}

func (p *Projection) marker(q parsedQuery) *marker {
	p.files.RLock()
	defer p.files.RUnlock()
	m := &marker{analyzer: p.index.Mapping().AnalyzerNamed(plain), terms: map[string]bool{}, seen: map[string]bool{}}
	for _, ph := range q.must {
		for _, t := range m.analyzer.Analyze([]byte(ph.words)) {
			m.terms[string(t.Term)] = true
		}
	}
	return m
}

const excerptLength = 240 // bytes, about three lines

// excerpt cuts the part of the text around the first match and gives the byte ranges of all matches within it.
func (m *marker) excerpt(s string) (string, [][2]int) {
	var marks [][2]int
	first := -1
	for start, i := -1, 0; i <= len(s); {
		r, n := utf8.RuneError, 1
		if i < len(s) {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		wordy := i < len(s) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’')
		if wordy && start < 0 {
			start = i
		}
		if !wordy && start >= 0 {
			if m.match(s[start:i]) {
				if first < 0 {
					first = start
				}
				if i-first > excerptLength {
					break
				}
				marks = append(marks, [2]int{start, i})
			}
			start = -1
		}
		i += n
	}
	if first < 0 {
		return clip(s, 0), nil
	}
	from := boundary(s, max(0, first-60))
	ex := clip(s, from)
	var in [][2]int
	lead := 0
	if from > 0 {
		ex, lead = "… "+ex, len("… ")
	}
	for _, k := range marks {
		if a, b := k[0]-from+lead, k[1]-from+lead; a >= 0 && b <= len(ex) {
			in = append(in, [2]int{a, b})
		}
	}
	return strings.ReplaceAll(ex, "\n", " "), in
}

// match says whether a word as written is one of the terms. Chinese is indexed in pairs, so a run matches where any pair does.
func (m *marker) match(word string) bool {
	if len(word) > 200 {
		return false
	}
	if is, ok := m.seen[word]; ok {
		return is
	}
	is := false
	for _, t := range m.analyzer.Analyze([]byte(word)) {
		is = is || m.terms[string(t.Term)]
	}
	if len(m.seen) < 10000 {
		m.seen[word] = is
	}
	return is
}

// boundary moves i back to the start of a word, at most twenty bytes, and onto a rune.
func boundary(s string, i int) int {
	for j := i; j > 0 && i-j < 20; j-- {
		if s[j-1] == ' ' || s[j-1] == '\n' {
			return j
		}
	}
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

func clip(s string, from int) string {
	s = s[from:]
	if len(s) <= excerptLength {
		return s
	}
	cut := excerptLength
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	if i := strings.LastIndexByte(s[:cut], ' '); i > excerptLength/2 {
		cut = i
	}
	return s[:cut] + " …"
}

// names says which party's or mineral's name matched where the record's own words did not: a search for 刚果 finds a deal
// of the Democratic Republic of the Congo.
func (m *marker) names(v *registry.View, r *registry.Record) []Match {
	var out []Match
	for _, field := range []string{"party", "mineral", "mineral_context", "lender", "signatory", "operator", "host", "issuer", "borrower"} {
		for _, id := range r.Refs(field) {
			for _, name := range allNames(v.Record(id)) {
				if ex, marks := m.excerpt(name); len(marks) > 0 {
					out = append(out, Match{field, ex, marks})
					break
				}
			}
		}
	}
	return out
}
