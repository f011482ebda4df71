package assay

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Lexicon holds the names of parties and minerals, from the registry's own records.
type Lexicon struct {
	Parties  []LexEntry
	Minerals []LexEntry

	once     sync.Once
	compiled *compiledLexicon
}

// LexEntry is one thing and its names in any language. A party's code is ISO 3166-1 alpha-3 or a bloc code such as "EU".
type LexEntry struct {
	Code  string
	Names []string
}

const (
	mentionParty   = "party"
	mentionMineral = "mineral"
	mentionDate    = "date"
)

// compiledLexicon finds names in tokens: a trie of lower-cased words.
type compiledLexicon struct {
	ids   map[string]int32
	trie  *trie
	names []lexName
}

type lexName struct {
	kind, code string
	name       string
	capital    bool // a proper name: counts only where it is written with a capital
	acronym    bool // counts only in capitals
	shaky      bool // an everyday word too: counts only beside another mineral or a mining word
}

// shaky names of minerals are also everyday words in a language of ours: the lead, the French conjunction "or", a silver medal.
var shakyMinerals = map[string]bool{"lead": true, "or": true, "gold": true, "silver": true, "mercury": true, "iron": true, "tin": true, "fer": true,
	"oro": true, "ouro": true, "plata": true, "prata": true, "plomo": true, "chumbo": true, "argent": true, "plomb": true, "mica": true, "sel": true,
	"steel": true, "金": true, "银": true, "铅": true, "锡": true, "铁": true, "sand": true, "helium": false, "zinc": false, "sal": true, "salt": true, "hierro": true, "ferro": true, "étain": true, "estaño": true, "diamond": true, "coal": false, "gallium": false, "lime": true, "slag": true, "soda": true, "oil": true, "gas": true}

// frenchOnly names of minerals are words of another sense elsewhere.
var frenchOnly = map[string]bool{"or": true, "argent": true, "fer": true, "sel": true}

// miningWords beside a shaky name settle that the mineral is meant.
var miningWords = map[string]bool{"ore": true, "ores": true, "mine": true, "mines": true, "mining": true, "concentrate": true, "concentrates": true, "metal": true,
	"metals": true, "deposits": true, "bullion": true, "minerals": true, "mineral": true, "tungsten": true, "smelting": true, "refining": true, "mineral de": true,
	"minerai": true, "minerais": true, "mina": true, "minas": true, "mineração": true, "minería": true, "矿": true}

// compile builds the trie, once.
func (l *Lexicon) compile() *compiledLexicon {
	if l == nil {
		return nil
	}
	l.once.Do(func() {
		c := &compiledLexicon{ids: map[string]int32{}, trie: newTrie()}
		for _, e := range l.Parties {
			c.add(mentionParty, e)
		}
		for _, e := range l.Minerals {
			c.add(mentionMineral, e)
		}
		c.trie.freeze(nil)
		l.compiled = c
	})
	return l.compiled
}

func (c *compiledLexicon) add(kind string, e LexEntry) {
	lx := newLexer(nil, nil)
	names := e.Names
	for _, name := range e.Names { // texts that lost their accents
		if plain := unaccented(name); plain != name && !contains(names, plain) {
			names = append(names[:len(names):len(names)], plain)
		}
	}
	for _, name := range names {
		name = strings.TrimSpace(name)
		var seq []step
		for _, t := range lx.tokens(name, 0, len(name), nil) {
			if t.w == boundary || t.w.sign {
				continue
			}
			id, ok := c.ids[t.w.lower]
			if !ok {
				id = int32(len(c.ids))
				c.ids[t.w.lower] = id
			}
			seq = append(seq, step{kind: oneWord, id: id})
		}
		if len(seq) == 0 {
			continue
		}
		r, _ := utf8.DecodeRuneInString(name)
		n := lexName{kind: kind, code: e.Code, name: name}
		n.capital = kind == mentionParty && unicode.IsUpper(r)
		n.acronym = len(name) <= 5 && name == strings.ToUpper(name) && unicode.IsUpper(r) && !han(r)
		n.shaky = kind == mentionMineral && len(seq) == 1 && shakyMinerals[strings.ToLower(name)]
		c.names = append(c.names, n)
		c.trie.add(seq, int32(len(c.names)-1))
	}
}

// longestAt returns the longest name that starts at token i, or nil. Names agree with the text in capitals where that matters.
// In a text without capitals (small) names of parties count in small letters, but for those that are words of another sense.
func (c *compiledLexicon) longestAt(text string, tokens []token, i int, small bool) (name *lexName, to int) {
	at := int32(0)
	for j := i; j < len(tokens); j++ {
		w := tokens[j].w
		if w.lex == noWord {
			if w.sign && j > i && (w.lower == "." || w.lower == "(" || w.lower == ")") && j-i < 12 && j+1 < len(tokens) { // "U. S.", "Tanzania (United Republic of)"
				continue
			}
			break
		}
		next := c.trie.step(at, w.lex)
		if next == 0 {
			break
		}
		at = next
		for _, n := range c.trie.nodes[at].out {
			if c.fits(&c.names[n], text, tokens[i:j+1], small) {
				name, to = &c.names[n], j+1
				break
			}
		}
	}
	return name, to
}

// wordsToo are names of parties that are everyday words in some language of ours; in accents or without.
var wordsToo = map[string]bool{"reunion": true, "réunion": true, "turkey": true, "jersey": true, "man": true, "jordan": true, "chad": true, "granada": true, "salvador": true, "union": true, "unión": true, "união": true, "island": true, "niue": true, "guernsey": true, "cabo": true}

func (c *compiledLexicon) fits(n *lexName, text string, span []token, small bool) bool {
	first := text[span[0].start:span[0].end]
	if n.acronym {
		return first == strings.ToUpper(first)
	}
	if n.capital {
		r, _ := utf8.DecodeRuneInString(first)
		return !unicode.IsLower(r) || small && !wordsToo[strings.ToLower(n.name)]
	}
	return true
}
