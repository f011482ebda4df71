package assay

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, number or sign of the text, or a boundary between sentences (w == &boundary).
type token struct {
	start, end int // bytes of the canonical text
	w          *word
}

// word is what is known of one lower-cased form; shared by all its tokens.
type word struct {
	lower  string
	id     int32   // in the rules' vocabulary; noWord where the rules never name it
	also   []int32 // ids of the prefixes, suffixes and the number class it belongs to
	lex    int32   // in the lexicon's vocabulary; noWord where no name uses it
	sign   bool    // punctuation
	number bool
	adverb bool  // may stand between a modal and its verb
	odd    bool  // looks like no word: a letter alone, no vowel, letters and digits mixed
	tongue uint8 // the languages it is a frequent small word of, by bit of tongues; or those of its script
}

const noWord int32 = -1

var boundary = &word{lower: "^", id: boundaryID, lex: noWord, sign: true}

// A lexer cuts text into tokens; words are looked up once per distinct form.
type lexer struct {
	vocab *vocabulary
	lex   *compiledLexicon
	seen  map[string]*word
	fold  *folded // set for a text without accents
	small bool    // a text without capitals: a stop before a small letter ends a sentence
	buf   []byte
}

func newLexer(v *vocabulary, lex *compiledLexicon) *lexer {
	return &lexer{vocab: v, lex: lex, seen: map[string]*word{}} // most lexers see one sentence
}

// word returns what is known of the form in l.buf.
func (l *lexer) word() *word {
	if w, ok := l.seen[string(l.buf)]; ok {
		return w
	}
	s := string(l.buf)
	w := &word{lower: s, id: noWord, lex: noWord}
	r, _ := utf8.DecodeRuneInString(s)
	w.number = unicode.IsDigit(r)
	w.sign = !unicode.IsLetter(r) && !w.number
	w.adverb = (strings.HasSuffix(s, "ly") && len(s) > 4 && s != "apply" && s != "supply" && s != "comply" && s != "imply" && s != "rely") || asideWords[s] || romanceAdverb(s)
	w.tongue = tongueOf(s, r)
	w.odd = !w.sign && !w.number && oddWord(s)
	if l.vocab != nil {
		l.vocab.describe(w)
		if l.fold != nil {
			l.fold.describe(w)
		}
	}
	if l.lex != nil {
		if id, ok := l.lex.ids[s]; ok {
			w.lex = id
		} else if id, ok := l.lex.ids[simplified[s]]; ok && simplified[s] != "" {
			w.lex = id
		}
	}
	l.seen[s] = w
	return w
}

var asideWords = map[string]bool{"also": true, "further": true, "each": true, "both": true, "all": true, "therefore": true, "always": true,
	"thus": true, "then": true, "too": true, "hereby": true, "instead": true, "ainsi": true, "également": true, "aussi": true, "también": true,
	"também": true, "conjointement": true, "mutuellement": true, "asimismo": true, "además": true, "ademas": true, "tambien": true, "ainda": true, "tambem": true, "assim": true, "mutuamente": true, "conjuntamente": true, "together": true, "thereafter": true, "thereupon": true, "forthwith": true, "nevertheless": true, "likewise": true}

// han reports scripts written without spaces, where every character is a token.
func han(r rune) bool {
	if r < 0x2E80 {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' }

func isQuote(r rune) bool {
	return isApostrophe(r) || r == '"' || r == '“' || r == '”' || r == '«' || r == '»' || r == '‘' || r == '„' || r == '‹' || r == '›' || r == '「' || r == '」'
}

// elided words lose their vowel before an apostrophe and are words of their own: s'efforcent, qu'elle.
var elided = map[string]bool{"qu": true, "jusqu": true, "lorsqu": true, "puisqu": true, "quelqu": true, "presqu": true, "aujourd": true}

// tokens appends the tokens of text[from:to] to out, with a boundary token after each sentence. It reads each byte a bounded number of times.
func (l *lexer) tokens(text string, from, to int, out []token) []token {
	i := from
	mark := len(out)
	end := func() { // ends a sentence, once
		if len(out) > mark && out[len(out)-1].w != boundary {
			at := out[len(out)-1].end
			out = append(out, token{at, at, boundary})
		}
	}
	for i < to {
		r, n := utf8.DecodeRuneInString(text[i:to])
		switch {
		case r == '\n':
			j, lines := i, 0
			for j < to && (text[j] == '\n' || text[j] == ' ' || text[j] == '\t' || text[j] == '\r') {
				if text[j] == '\n' {
					lines++
				}
				j++
			}
			if lines > 1 || endsClause(out) || startsItem(text[j:to]) {
				end()
			}
			i = j
		case unicode.IsSpace(r) || isQuote(r) || r == '-' || r == '‐' || r == '‑' || r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '*' || r == '_':
			i += n
		case han(r):
			l.buf = append(l.buf[:0], text[i:i+n]...)
			out = append(out, token{i, i + n, l.word()})
			i += n
		case unicode.IsLetter(r):
			var t token
			t, i = l.letters(text, i, to)
			if k := l.glued(t); k > 0 {
				l.buf = append(l.buf[:0], t.w.lower[:k]...)
				out = append(out, token{t.start, t.start + k, l.word()})
				l.buf = append(l.buf[:0], t.w.lower[k:]...)
				t = token{t.start + k, t.end, l.word()}
			}
			out = append(out, t)
			if i-t.start > 3 && text[i-1] == '.' && abbreviationEnds(text, i, to) {
				end()
			}
		case unicode.IsDigit(r):
			j := i
			l.buf = l.buf[:0]
			for j < to {
				c := text[j]
				if c >= '0' && c <= '9' || (c == '.' || c == ',' || c == '/') && j+1 < to && text[j+1] >= '0' && text[j+1] <= '9' {
					l.buf = append(l.buf, c)
					j++
					continue
				}
				d, m := utf8.DecodeRuneInString(text[j:to])
				if c < utf8.RuneSelf || !unicode.IsDigit(d) {
					break
				}
				l.buf = append(l.buf, text[j:j+m]...)
				j += m
			}
			if i > from && text[i-1] == '[' && j < to && text[j] == ']' { // a footnote mark says nothing
				out = out[:len(out)-1]
				i = j + 1
				continue
			}
			out = append(out, token{i, j, l.word()})
			i = j
		default:
			l.buf = append(l.buf[:0], string(r)...)
			out = append(out, token{i, i + n, l.word()})
			stop := false
			switch r {
			case '.':
				stop = l.fullStop(text, i, to, out)
			case '?', '!', '。', '！', '？':
				stop = true
			}
			i += n
			if stop {
				end()
			}
		}
	}
	end()
	return out
}

// letters reads a word at i and returns it with the offset after it.
func (l *lexer) letters(text string, i, to int) (token, int) {
	start := i
	l.buf = l.buf[:0]
	count := 0
	for i < to {
		r, n := utf8.DecodeRuneInString(text[i:to])
		switch {
		case unicode.IsLetter(r) && !han(r) || unicode.Is(unicode.Mn, r) || unicode.IsDigit(r) && count > 0:
			l.buf = utf8.AppendRune(l.buf, unicode.ToLower(r))
			i += n
			count++
			continue
		case r == '.' && count == 1 && initials(text[start:to]) > 0: // U.S., i.e.
			m := initials(text[start:to])
			l.buf = append(l.buf[:0], strings.ToLower(text[start:start+m])...)
			return token{start, start + m, l.word()}, start + m
		case isApostrophe(r) && i+n < to:
			next, m := utf8.DecodeRuneInString(text[i+n : to])
			if !unicode.IsLetter(next) {
				break
			}
			if next == 's' || next == 'S' {
				after, _ := utf8.DecodeRuneInString(text[i+n+m : to])
				if i+n+m >= to || !unicode.IsLetter(after) { // the genitive says nothing about the word
					w := l.word()
					return token{start, i, w}, i + n + m
				}
			}
			if count <= 2 || elided[string(l.buf)] {
				break
			}
			l.buf = append(l.buf, '\'')
			i += n
			continue
		}
		break
	}
	return token{start, i, l.word()}, i
}

// initials returns the length of an abbreviation of single letters with full stops at the start of s, such as "U.S." or "i.e.", or 0.
func initials(s string) int {
	i, k := 0, 0
	for i+1 < len(s) && i < 12 {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) || i+n >= len(s) || s[i+n] != '.' {
			break
		}
		i += n + 1
		k++
	}
	if k < 2 {
		return 0
	}
	return i
}

// glued returns where a word must be cut that lost its space at a modal ("Cambodiashall", "shallprovide"), or 0. Official pages do that.
func (l *lexer) glued(t token) int {
	s := t.w.lower
	n := len(s)
	if n != t.end-t.start || n < 8 { // case folding changed the length
		return 0
	}
	switch {
	case t.w.id != noWord:
		return 0
	case strings.HasSuffix(s, "shall") && s != "marshall":
		return n - len("shall")
	case strings.HasPrefix(s, "shall") && !strings.HasPrefix(s, "shallo"):
		return len("shall")
	case strings.HasSuffix(s, "may") && l.named(s[:n-len("may")]):
		return n - len("may")
	}
	return 0
}

// named reports whether a name of the lexicon uses the word.
func (l *lexer) named(s string) bool {
	if l.lex == nil {
		return false
	}
	_, ok := l.lex.ids[s]
	return ok
}

// romanceAdverb reports whether a word is an adverb by its ending: "terminantemente", "expressément". French nouns in -ment are none.
func romanceAdverb(s string) bool {
	if len(s) < 8 {
		return false
	}
	for _, end := range []string{"mente", "ellement", "ément", "amment", "emment", "ivement", "iquement", "ièrement", "idement", "ctement"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
