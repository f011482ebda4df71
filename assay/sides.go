package assay

import (
	"strings"

	"github.com/openassay/assay/text"
)

// mentionsPerCode bounds what one name can add to the analysis of a long text.
const mentionsPerCode = 50

// mentions lists parties, minerals and dates named in the text, in its order.
func (a *run) mentions() {
	count := map[string]int{}
	add := func(kind, code string, from, to int) {
		if count[kind+code]++; count[kind+code] > mentionsPerCode {
			return
		}
		start, end := a.span(from, to)
		a.out.Mentions = append(a.out.Mentions, Mention{kind, code, start, end})
	}
	for s := range a.sents {
		st := &a.sents[s]
		names := a.sentNames(s)
		i, past := 0, st.from
		for k := st.from + 1; k < st.to-1; k++ {
			if i < len(names) && names[i].from == k {
				n := names[i]
				add(n.kind, n.code, n.from, n.to)
				if n.kind == mentionMineral {
					a.out.Minerals = addOnce(a.out.Minerals, n.code)
				}
				i++
			}
			if edtf, from, to := dateAt(a.tokens[:st.to], k); edtf != "" && from > past {
				add(mentionDate, edtf, from, to)
				past = to - 1
			}
		}
	}
}

// sides finds the parties of the instrument: from the file's own header, else its title, else the first words of its preamble, else
// the signature block. A country that is only mentioned is no side.
func (a *run) sides() {
	if a.lex == nil {
		return
	}
	defer func() {
		a.union = contains(a.out.Parties, "EU") || contains(a.namesIn(a.opening()), "EU") || a.opensEuropean()
	}()
	if codes := a.headerParties(); len(codes) > 0 {
		a.out.Parties = codes
		return
	}
	title := a.namesIn(a.r.Title)
	if len(title) < 2 {
		for i := range a.provs {
			if a.r.Provisions[i].Kind == text.KindCover {
				title = a.unite(title, a.namesIn(firstLines(a.r.Text[a.provs[i].start:a.provs[i].end], 600)))
			}
		}
	}
	if len(title) >= 2 {
		a.out.Parties = title
		return
	}
	if lead := a.unite(title, a.namesIn(a.opening())); len(lead) >= 2 {
		a.out.Parties = lead
		return
	}
	for i := range a.provs {
		if a.r.Provisions[i].Kind == text.KindSignatures {
			title = a.unite(title, a.namesIn(a.r.Text[a.provs[i].start:min(a.provs[i].end, a.provs[i].start+4000)]))
		}
	}
	if len(title) == 0 {
		title = a.namesIn(a.opening())
	}
	if title != nil {
		a.out.Parties = title
	}
}

// opensEuropean reports whether cover or preamble name the European Union or one of the Communities before it.
func (a *run) opensEuropean() bool {
	const first = 400 // tokens
	for k := 1; k+2 < len(a.tokens) && k < first; k++ {
		switch a.tokens[k].w.lower {
		case "european", "européenne", "europea", "europeia", "europeas", "européennes":
			for _, w := range []*word{a.tokens[k-1].w, a.tokens[k+1].w, a.tokens[k+2].w} {
				switch w.lower {
				case "union", "community", "communities", "communauté", "communautés", "unión", "comunidad", "comunidades", "união", "comunidade":
					return true
				}
			}
		}
	}
	return false
}

// headerParties reads statements such as "parties: USA, MYS" or "party: Malaysia" of the file's own header.
func (a *run) headerParties() []string {
	var out []string
	for _, m := range a.r.Meta {
		n := strings.ToLower(m.Name)
		if n != "party" && n != "parties" && n != "partyisocode" && n != "signatories" && n != "participants" {
			continue
		}
		for _, v := range strings.FieldsFunc(m.Value, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' }) {
			v = strings.TrimSpace(v)
			if codes := a.partyCodes(v); codes != nil { // "AUS PNG"
				out = a.unite(out, codes)
				continue
			}
			if code := a.partyCode(v); code != "" {
				out = addOnce(out, code)
			} else {
				out = a.unite(out, a.namesIn(v))
			}
		}
	}
	return out
}

// partyCodes returns the codes of v where it is nothing but codes, with blanks between.
func (a *run) partyCodes(v string) []string {
	var out []string
	for _, f := range strings.Fields(v) {
		if len(f) > 3 || f != strings.ToUpper(f) {
			return nil
		}
		if code := a.partyCode(f); code != "" {
			out = append(out, code)
		}
	}
	return out
}

// partyCode returns v where it is itself a code of the lexicon.
func (a *run) partyCode(v string) string {
	for i := range a.lex.names {
		if n := &a.lex.names[i]; n.kind == mentionParty && n.code == v {
			return v
		}
	}
	return ""
}

// namesIn returns the codes of the parties named in s, in its order.
func (a *run) namesIn(s string) []string {
	var out []string
	if s == "" {
		return nil
	}
	tokens := newLexer(nil, a.lex).tokens(s, 0, len(s), nil)
	for k := 0; k < len(tokens); {
		if n, to := a.lex.longestAt(s, tokens, k, a.small); n != nil {
			if n.kind == mentionParty {
				out = addOnce(out, n.code)
			}
			k = to
			continue
		}
		k++
	}
	return out
}

func (a *run) unite(x, y []string) []string {
	for _, c := range y {
		x = addOnce(x, c)
	}
	return x
}

// opening returns the first words of the text up to where its recitals begin: there treaties name their parties.
func (a *run) opening() string {
	const most = 2500
	start := 0
	if len(a.provs) > 1 && a.r.Provisions[0].Kind == text.KindCover {
		start = a.provs[0].end
	}
	for i := range a.provs {
		if a.r.Provisions[i].Kind == text.KindPreamble {
			start = a.provs[i].start
			break
		}
	}
	s := firstLines(a.r.Text[start:], most)
	end := len(s)
	for _, mark := range []string{"hereinafter", "hereafter", "ci-après", "en adelante", "en lo sucesivo", "doravante", "\n\n", ");", "),"} {
		skip := 0
		if mark == "\n\n" {
			skip = min(len(s), 60) // past a heading "Preamble"
		}
		if i := strings.Index(s[skip:], mark); i >= 0 && i+skip < end && i+skip > 20 {
			end = i + skip
		}
	}
	return s[:end]
}

// firstLines cuts s to at most n bytes, at a character.
func firstLines(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
