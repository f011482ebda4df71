package identity

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"
)

//go:embed words.yaml
var wordsYAML []byte

// thesaurus gives words of several languages one form.
type thesaurus struct {
	exact   map[string]string
	stems   []stem
	phrases []stem // with blanks, or of a script without any: found anywhere in the folded name
}

type stem struct{ from, to string }

var common = func() thesaurus {
	var lines [][]string
	if err := yaml.Unmarshal(wordsYAML, &lines); err != nil {
		panic("identity/words.yaml: " + err.Error())
	}
	t := thesaurus{exact: map[string]string{}}
	for _, l := range lines {
		for _, w := range l {
			f := fold(strings.TrimSuffix(w, "*"))
			switch {
			case f == "":
			case strings.Contains(f, " ") || !separates(f):
				t.phrases = append(t.phrases, stem{f, l[0]})
			case strings.HasSuffix(w, "*"):
				t.stems = append(t.stems, stem{f, l[0]})
			default:
				t.exact[f] = l[0]
			}
		}
	}
	slices.SortStableFunc(t.phrases, func(a, b stem) int { return len(b.from) - len(a.from) })
	return t
}()

// separates says whether the script of a word puts blanks between words.
func separates(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return false
		}
	}
	return true
}

var cyrillic = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з", "z", "и", "i", "й", "i", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o",
	"п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya", "і", "i", "ї", "i", "є", "ie")

// fold is a name without what writing varies in: case, diacritics, alphabet (Cyrillic), dots in abbreviations, punctuation. Words are
// parted by single blanks.
func fold(s string) string {
	s = strings.ToLower(s)
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.IsMark(r) || r == '\'' || r == '’' || r == '.':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return cyrillic.Replace(norm.NFC.String(strings.Join(strings.Fields(b.String()), " ")))
}

// stop are words that tell nothing.
var stop = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`the of and on a an for between in to with by from its as at under upon government governments republic kingdom concerning regarding relating sign signs signed new over
de la le les et y el los las e do da dos das del des du en sur sobre para por pour con avec com entre au aux un une una il gobierno gouvernement governo und der die das zwischen fur uber firma firman signent assinam`) {
		m[w] = true
	}
	return m
}()

// lexicon knows the names of parties and minerals in every language that the registry has.
type lexicon struct {
	codes map[string]string // folded name → "pty:CHL", "org:codelco" or "min:lithium"
	dense []stem            // names of scripts without blanks
	most  int               // words in the longest name
}

func (l *lexicon) add(name, code string) {
	f := fold(name)
	if f == "" || len(f) < 2 || stop[f] || common.exact[f] != "" {
		return
	}
	if !separates(f) {
		l.dense = append(l.dense, stem{f, code})
		return
	}
	if old, ok := l.codes[f]; !ok || code < old {
		l.codes[f] = code
	}
	l.most = max(l.most, strings.Count(f, " ")+1)
}

func (l *lexicon) sort() {
	slices.SortFunc(l.dense, func(a, b stem) int {
		if len(a.from) != len(b.from) {
			return len(b.from) - len(a.from)
		}
		return strings.Compare(a.from+a.to, b.from+b.to)
	})
}

// tokens are what a name says: its telling words in one language, each once and sorted; the codes of parties and minerals that it names;
// and the numbers in it, by which the third dialogue is told from the fourth.
type tokens struct {
	words, parties, minerals, numbers []string
	acronyms                          []string // words written in capitals
	initials                          string   // of the words that begin with a capital
}

func (l *lexicon) read(name string) tokens {
	var t tokens
	for _, w := range strings.FieldsFunc(strings.ReplaceAll(name, ".", ""), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		first := []rune(w)[0]
		if f := fold(w); unicode.IsUpper(first) && !stop[f] {
			t.initials += string([]rune(f)[:1])
			if len(f) >= 3 && strings.ToUpper(w) == w && l.codes[f] == "" {
				t.acronyms = append(t.acronyms, f)
			}
		}
	}
	f := " " + fold(name) + " "
	put := func(code string) {
		switch {
		case strings.HasPrefix(code, "pty:"):
			t.parties = append(t.parties, code[4:])
		case strings.HasPrefix(code, "org:"):
			t.parties = append(t.parties, code[4:])
			t.words = append(t.words, code)
		case strings.HasPrefix(code, "min:"):
			t.minerals = append(t.minerals, code[4:])
			t.words = append(t.words, code)
		default:
			t.words = append(t.words, code)
		}
	}
	for _, list := range [][]stem{l.dense, common.phrases} {
		for _, p := range list {
			if strings.Contains(f, p.from) {
				f = strings.ReplaceAll(f, p.from, " ")
				put(p.to)
			}
		}
	}
	ws := strings.Fields(f)
next:
	for i := 0; i < len(ws); i++ {
		for n := min(l.most, len(ws)-i); n > 0; n-- {
			if code := l.codes[strings.Join(ws[i:i+n], " ")]; code != "" {
				put(code)
				i += n - 1
				continue next
			}
		}
		put2(&t, ws[i])
	}
	for _, list := range []*[]string{&t.words, &t.parties, &t.minerals, &t.numbers, &t.acronyms} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return t
}

var ordinals = map[string]string{"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
	"primera": "1", "primer": "1", "segunda": "2", "segundo": "2", "tercera": "3", "tercer": "3", "cuarta": "4", "premier": "1", "premiere": "1", "deuxieme": "2", "troisieme": "3",
	"ii": "2", "iii": "3", "iv": "4", "1st": "1", "2nd": "2", "3rd": "3", "4th": "4", "5th": "5", "6th": "6", "7th": "7", "8th": "8"}

// put2 takes in a word that names no party or mineral.
func put2(t *tokens, w string) {
	if n := ordinals[w]; n != "" {
		t.numbers = append(t.numbers, n)
		return
	}
	if strings.ContainsFunc(w, unicode.IsDigit) {
		t.numbers = append(t.numbers, w)
		return
	}
	if stop[w] || len(w) < 2 {
		return
	}
	if to := common.exact[w]; to != "" {
		t.words = append(t.words, to)
		return
	}
	for _, s := range common.stems {
		if strings.HasPrefix(w, s.from) {
			t.words = append(t.words, s.to)
			return
		}
	}
	if !separates(w) { // pairs of characters, where no dictionary cuts words
		rs := []rune(w)
		for i := 0; i+1 < len(rs); i++ {
			t.words = append(t.words, string(rs[i:i+2]))
		}
		return
	}
	t.words = append(t.words, w)
}

// near says whether two words are one but for a slip of the pen: a letter in five to eight, two in more.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	allowed := 0
	switch {
	case len(x) >= 9:
		allowed = 2
	case len(x) >= 5:
		allowed = 1
	}
	if allowed == 0 || len(y)-len(x) > allowed || x[0] != y[0] {
		return a == b
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		prev := row[0]
		row[0] = i
		best := i
		for j := 1; j <= len(y); j++ {
			cost := prev
			if x[i-1] != y[j-1] {
				cost++
			}
			prev = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
			best = min(best, row[j])
		}
		if best > allowed {
			return false
		}
	}
	return row[len(y)] <= allowed
}
