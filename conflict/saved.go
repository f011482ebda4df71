package conflict

import (
	"regexp"
	"slices"
	"strings"
)

// saved says whether a savings clause keeps two provisions apart: one of the later text, or of either where that is not known, that reaches
// both its own provision and the other text. What a law says, and what does not bind, is not saved.
func saved(a, b *Sheet, n, m *norm) bool {
	return a.saves(n, b) || b.saves(m, a)
}

func (s *Sheet) saves(n *norm, o *Sheet) bool {
	if s.From != "" && o.From != "" && s.From < o.From || o.Kind == KindLaw || o.Legal == "non_binding" {
		return false
	}
	return slices.ContainsFunc(s.savings, func(i int32) bool {
		c := &s.norms[i]
		return (wholeRE.MatchString(c.words) || c.article() == n.article()) && s.spares(c, o)
	})
}

var (
	// wholeRE is for a clause that speaks for the whole text ("nothing in this Agreement affects …"); any other speaks for its article.
	wholeRE = regexp.MustCompile(`(?i)\b(?:this (?:agreement|memorandum|treaty|mou|arrangement|contract)|présent (?:accord|mémorandum|traité)|presente (?:acuerdo|memorando|tratado|convenio|acordo))\b`)
	// generalRE is for a clause that spares other texts in general, whichever it names besides.
	generalRE = regexp.MustCompile(`(?i)\b(?:other|existing|any|international|earlier|previous|autres?|existants?|otros?|otras?|existentes|outros?|outras?|internacionales|internacionais|internationaux)\b`)
	// namedRE is for texts that many clauses name.
	namedRE = regexp.MustCompile(`(?i)\b(?:wto|world trade organization|gatt|gats|energy charter|vienna convention|united nations charter|charter of the united nations|imf|world bank)\b`)
)

// spares says whether a savings clause reaches another text. One that names parties reaches texts of theirs; one that names certain treaties
// and no other texts in general reaches those that bear the name.
func (s *Sheet) spares(c *norm, o *Sheet) bool {
	if outside := without(c.names, s.Parties); len(outside) > 0 {
		return meet(outside, o.Parties)
	}
	if names := namedRE.FindAllString(c.words, -1); len(names) > 0 && !generalRE.MatchString(c.words) {
		title := strings.ToLower(o.Title)
		return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(title, strings.ToLower(n)) })
	}
	return true
}
