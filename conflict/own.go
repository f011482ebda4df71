package conflict

import (
	"regexp"
	"sync/atomic"
)

// Two texts of a state with different partners have much in common that never collides: each sets up its own committee, settles its own
// disputes, counts from its own schedule, and opens trade between its own sides. These words tell.
var (
	ownMatter = regexp.MustCompile(`(?i)\b(?:this (?:agreement|chapter|section|article|paragraph|protocol|memorandum|arrangement|treaty)|(?:present|said) (?:agreement|article|chapter)|(?:joint|mixed|association|administrative|cooperation|free trade) (?:\w+ )?(?:committee|commission|council)|joint committee|(?:sub-?)?committees? (?:on|for|established)|panels?|tribunals?|arbitrators?|arbitral|complaining part\w+|request(?:ing|ed) part\w+|party complained|consultations|protocols?|annex(?:es)?|schedules?|appendix|articles? \d|paragraphs? \d|safeguards?|anti-?dumping|countervailing|basic (?:duty|duties|rate)|transitional period|originating|(?:certificate|proof|rules)s? of origin|customs dut\w+|(?:présent|presente) (?:accord|acuerdo|acordo|tratado|traité)|comit[ée]\w* (?:mixte|conjunto|misto)|comisión (?:administradora|mixta|conjunta)|comissão mista|tribunal arbitral|painel|anexos?|annexe|protocolo|protocole|(?:no such|these) measures)\b`)
	ownSides  = regexp.MustCompile(`(?i)\b(?:the other (?:contracting |member )?(?:part(?:y|ies)|states?)|(?:between|of|from) the (?:contracting |two |member )?(?:parties|states|sides|community)|trade between|each other|one another|mutual\w*|l['’]autre partie|entre les parties|la otra parte|entre las partes|a outra parte|entre as partes)\b`)
	ownCase   = regexp.MustCompile(`(?i)\b(?:disputes?|differences?|différends?|controversias?)\b.{0,80}\b(?:this|present|présent|presente)\b|\b(?:panel|joint committee|complaining)\b`)
)

// strangers says whether each of two texts has a side that the other has not, so that what the sides of one owe each other is not owed under
// the other. Two texts of many sides may share two of them all the same; between these it is then not seen that a promise to each other collides.
func strangers(a, b *Sheet) bool {
	return a.Kind != KindLaw && b.Kind != KindLaw && len(without(a.Parties, b.Parties)) > 0 && len(without(b.Parties, a.Parties)) > 0
}

// ownDealings is the ground that keeps two provisions of nearly the same words apart in texts with different partners; "" where none does.
func ownDealings(n, m *norm) string {
	switch {
	case n.is(isOwnMatter, ownMatter.MatchString) || m.is(isOwnMatter, ownMatter.MatchString):
		return "own_text"
	case n.is(isOwnSides, ownSides.MatchString) && m.is(isOwnSides, ownSides.MatchString):
		return "other_partner"
	}
	return ""
}

// What is remembered of the words of a norm: for each question a bit that it was asked, and one for the answer.
const (
	isOwnMatter = iota
	isOwnSides
	isOwnCase
)

// is says whether the words of a norm have something, found once: a norm is held against those of hundreds of texts.
func (n *norm) is(q int, has func(string) bool) bool {
	asked, yes := uint32(1)<<(2*q), uint32(2)<<(2*q)
	known := atomic.LoadUint32(&n.asked)
	if known&asked == 0 {
		known = asked
		if has(n.words) {
			known |= yes
		}
		atomic.OrUint32(&n.asked, known)
	}
	return known&yes != 0
}

// within is the ground that keeps apart what a rule found in texts with different partners: B speaks of dealings between its own sides
// (an export duty "in trade between the Parties"), or both of their own disputes.
func (x *Rule) within(n, m *norm) string {
	switch {
	case x.B.General && m.is(isOwnSides, ownSides.MatchString):
		return "other_partner"
	case x.Differ && n.is(isOwnCase, ownCase.MatchString) && m.is(isOwnCase, ownCase.MatchString):
		return "own_text"
	}
	return ""
}
