package assay

import "slices"

// Wordless is the analysis without the words of the text: labels and offsets stay, headings and quotations go. It is for texts that may not
// be handed on with it.
func (a *Analysis) Wordless() *Analysis {
	b := *a
	b.Provisions = slices.Clone(a.Provisions)
	for i := range b.Provisions {
		b.Provisions[i].Heading = ""
	}
	n := &b.Instrument.LegalNature
	n.Evidence = slices.Clone(n.Evidence)
	for i := range n.Evidence {
		n.Evidence[i].Text = ""
	}
	return &b
}

// dividers begin the heading of a part of the text that was not seen as one: "titre iii - organisation".
var dividers = map[string]bool{"titre": true, "chapitre": true, "título": true, "titulo": true, "capítulo": true, "capitulo": true, "sección": true, "seccion": true, "chapter": true, "seção": true, "secção": true, "partie": true}

// divider reports whether a sentence is such a heading: short, a word for a part and its number.
func (a *run) divider(st *sentence) bool {
	if st.to-st.from == 3 && conjunctions[a.tokens[st.from+1].w.lower] { // "y" alone, between two items
		return true
	}
	const most = 16 // tokens
	if st.to-st.from > most || st.to-st.from < 4 || !dividers[a.tokens[st.from+1].w.lower] {
		return false
	}
	w := a.tokens[st.from+2].w
	return w.number || numeral(w.lower)
}

// numeral reports whether s is made of the letters of small Roman numerals, or begins with them and another word was pasted on.
func numeral(s string) bool {
	n := 0
	for n < len(s) && (s[n] == 'i' || s[n] == 'v' || s[n] == 'x') {
		n++
	}
	return n > 0 && (n == len(s) || len(s)-n > 3) || s == "premier" || s == "primero" || s == "primeiro"
}
