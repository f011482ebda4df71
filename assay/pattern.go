package assay

import (
	"fmt"
	"strconv"
	"strings"
)

// A pattern is a line of words. Its signs:
//
//	word*  *word   any word with that beginning or ending
//	(a|b c|d)      one of these; (a|b)? or word? may be missing
//	_   <3>        any one word; up to three words, none of them a full stop, semicolon or colon
//	~              an aside: adverbs, or words between two commas ("shall, as appropriate, endeavour")
//	#   ^          a number; the edge of a sentence
//	$name          a definition from a file's defs
//
// Case, quotation marks and hyphens do not count: "off take" matches “off-take”.

// step is one element of a pattern: a word or sign, or a choice between sequences.
type step struct {
	kind     stepKind
	id       int32 // for oneWord
	gap      int   // for gapStep
	choices  [][]step
	optional bool // of a choice: may be missing
}

type stepKind uint8

const (
	oneWord stepKind = iota
	anyWord
	gapStep
	asideStep
	choiceStep
)

const maxGap = 18

// parse reads a pattern into steps.
func (v *vocabulary) parse(pattern string, defs map[string]string) ([]step, error) {
	src, err := substitute(pattern, defs, 0)
	if err != nil {
		return nil, err
	}
	p := &patternParser{v: v, src: src}
	seq, err := p.sequence()
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", pattern, err)
	}
	if p.at < len(p.src) {
		return nil, fmt.Errorf("pattern %q: unexpected %q at byte %d", pattern, p.src[p.at], p.at)
	}
	if !solid(seq) {
		return nil, fmt.Errorf("pattern %q: must hold a word that is always there, and not begin with a gap", pattern)
	}
	return seq, nil
}

// solid reports whether a sequence cannot be empty and begins with a word wherever its first present step is.
func solid(seq []step) bool {
	for _, s := range seq {
		switch s.kind {
		case oneWord:
			return true
		case choiceStep:
			for _, c := range s.choices {
				if !solid(c) {
					return false
				}
			}
			if !s.optional {
				return true
			}
		default:
			return false
		}
	}
	return false
}

func substitute(s string, defs map[string]string, depth int) (string, error) {
	if depth > 8 {
		return "", fmt.Errorf("definitions nest too deep in %q", s)
	}
	i := strings.IndexByte(s, '$')
	if i < 0 || i+1 >= len(s) || !isNameByte(s[i+1]) {
		return s, nil
	}
	j := i + 1
	for j < len(s) && isNameByte(s[j]) {
		j++
	}
	def, ok := defs[s[i+1:j]]
	if !ok {
		return "", fmt.Errorf("pattern %q: no definition of $%s", s, s[i+1:j])
	}
	return substitute(s[:i]+"("+def+")"+s[j:], defs, depth+1)
}

func isNameByte(c byte) bool { return c >= 'a' && c <= 'z' || c == '_' }

type patternParser struct {
	v   *vocabulary
	src string
	at  int
}

func (p *patternParser) sequence() ([]step, error) {
	var seq []step
	for p.at < len(p.src) && p.src[p.at] != '|' && p.src[p.at] != ')' {
		if p.src[p.at] == ' ' {
			p.at++
			continue
		}
		var part []step
		if p.src[p.at] == '(' {
			c, err := p.choice()
			if err != nil {
				return nil, err
			}
			part = []step{c}
		} else {
			w, err := p.word()
			if err != nil {
				return nil, err
			}
			part = w
		}
		if p.at < len(p.src) && p.src[p.at] == '?' {
			p.at++
			part = []step{{kind: choiceStep, choices: [][]step{part}, optional: true}}
		}
		seq = append(seq, part...)
	}
	return seq, nil
}

// choice reads sequences separated by | in brackets.
func (p *patternParser) choice() (step, error) {
	c := step{kind: choiceStep}
	p.at++
	for {
		s, err := p.sequence()
		if err != nil {
			return c, err
		}
		c.choices = append(c.choices, s)
		if p.at >= len(p.src) {
			return c, fmt.Errorf("missing )")
		}
		p.at++
		if p.src[p.at-1] == ')' {
			return c, nil
		}
	}
}

// word reads one word or sign; a run of Chinese characters is one step each.
func (p *patternParser) word() ([]step, error) {
	i := p.at
	for p.at < len(p.src) && !strings.ContainsRune(" |()?", rune(p.src[p.at])) {
		p.at++
	}
	w := p.src[i:p.at]
	switch {
	case w == "_":
		return []step{{kind: anyWord}}, nil
	case w == "~":
		return []step{{kind: asideStep}}, nil
	case strings.HasPrefix(w, "<"):
		n, err := strconv.Atoi(strings.Trim(w, "<>"))
		if err != nil || n < 1 || n > maxGap {
			return nil, fmt.Errorf("gap %q must be <1> to <%d>", w, maxGap)
		}
		return []step{{kind: gapStep, gap: n}}, nil
	}
	var out []step
	for _, part := range splitWord(w) {
		out = append(out, step{kind: oneWord, id: p.v.element(part)})
	}
	return out, nil
}

// splitWord cuts a pattern's word as the lexer would cut the text.
func splitWord(w string) []string {
	if w == "^" || w == "#" {
		return []string{w}
	}
	star := strings.HasPrefix(w, "*") || strings.HasSuffix(w, "*")
	if star {
		return []string{strings.ToLower(w)}
	}
	var l lexer
	l.seen = map[string]*word{}
	var out []string
	for _, t := range l.tokens(w, 0, len(w), nil) {
		if t.w != boundary {
			out = append(out, t.w.lower)
		}
	}
	return out
}
