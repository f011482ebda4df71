package assay

import (
	"strings"
	"unicode"
)

// Texts in capitals, from old collections or from telegraph-like systems have lost their accents: "podran", "cooperaran". There the
// words of the rules count without accents too; elsewhere they do not, since "esta" is not "está".

// accentless reports whether a text in a language with accents has next to none.
func accentless(lang, text string) bool {
	if lang != "es" && lang != "fr" && lang != "pt" {
		return false
	}
	letters, accents := 0, 0
	const enough = 200000 // bytes that tell
	for _, r := range text[:min(len(text), enough)] {
		if unicode.IsLetter(r) {
			letters++
			if r > 0x7f {
				accents++
			}
		}
	}
	return accents*500 < letters // a real text has some ten times as many
}

var unaccent = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ã", "a", "ä", "a", "é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "î", "i", "ï", "i",
	"ó", "o", "ô", "o", "õ", "o", "ö", "o", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ç", "c", "ñ", "n", "œ", "oe")

// unaccented returns s without accents, capitals among them.
func unaccented(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return unaccentCapital.Replace(unaccent.Replace(s))
		}
	}
	return s
}

var unaccentCapital = strings.NewReplacer("Á", "A", "À", "A", "Â", "A", "Ã", "A", "Ä", "A", "É", "E", "È", "E", "Ê", "E", "Í", "I", "Î", "I", "Ó", "O", "Ô", "O", "Õ", "O", "Ö", "O", "Ú", "U", "Ü", "U", "Ç", "C", "Ñ", "N")

// folded holds the ids of words and endings by their form without accents, where that differs.
type folded struct {
	ids, prefixes, suffixes map[string]int32
}

// fold returns v without accents; it is made once.
func (v *vocabulary) fold() *folded {
	v.once.Do(func() { v.folded = v.unaccented() })
	return v.folded
}

func (v *vocabulary) unaccented() *folded {
	f := &folded{map[string]int32{}, map[string]int32{}, map[string]int32{}}
	for _, m := range []struct{ from, to map[string]int32 }{{v.ids, f.ids}, {v.prefixes, f.prefixes}, {v.suffixes, f.suffixes}} {
		for s, id := range m.from {
			plain := unaccent.Replace(s)
			if old, ok := m.to[plain]; plain != s && (!ok || id < old) { // the first in the rules, whatever the order of the map
				m.to[plain] = id
			}
		}
	}
	return f
}

// describe adds to w what it is when read without accents.
func (f *folded) describe(w *word) {
	s := w.lower
	if id, ok := f.ids[s]; ok {
		if w.id == noWord {
			w.id = id
		} else {
			w.also = append(w.also, id)
		}
	}
	verb := futureLike(s)
	for n := 1; n < len(s) && n <= maxAffix; n++ {
		if id, ok := f.prefixes[s[:n]]; ok {
			w.also = append(w.also, id)
		}
		if id, ok := f.suffixes[s[len(s)-n:]]; ok && verb {
			w.also = append(w.also, id)
		}
	}
}

// futureLike reports whether a word that ends like a future without its accent is one: not "para", "manera", "consideran".
func futureLike(s string) bool {
	if notFuture[s] || strings.HasSuffix(s, "iera") || strings.HasSuffix(s, "ieran") || len(s) < 4 {
		return false
	}
	for _, end := range []string{"ara", "ira", "dra", "cera", "dera", "bera", "sera", "aran", "iran", "dran", "ceran", "deran", "beran", "seran", "meteran", "metera", "vera", "veran", "gera", "geran", "eera", "eeran", "arao", "erao", "irao"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return s == "hara" || s == "haran"
}

var notFuture = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`para clara rara camara separa prepara declara compara repara ampara dispara separan preparan declaran comparan reparan amparan
		mentira gira retira mira tira aspira admira inspira giran retiran miran tiran aspiran inspiran piedra cuadra hiedra tercera bandera madera acera ganadera
		severa primavera vera ligera exagera exageran aligera cadera lidera ponderan considera consideran pondera liran vara cara jara tara`) {
		m[w] = true
	}
	return m
}()
