package conflict

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A trade agreement at large has hundreds of norms on origin, customs, services, procurement, intellectual property and its own organs. Words
// that show a stance in a deal on minerals mean other things there, and two such agreements are mostly modelled on each other or on a third.
const (
	leastNorms  = 10   // of a text of which it is said what it is about
	leastTraded = 0.08 // of the norms of a trade agreement at large that have a word of trade at large
	mostMined   = 0.15 // of its norms that speak of minerals; and twice as many speak of trade
	goodPart    = 0.33 // of an article that speaks of minerals
)

// about says what a text is about: a trade agreement at large, and minerals; both may be false. A short text is taken to be about minerals.
func (m *Marks) about() (general, mining bool) {
	trade, mines := 0., 0.
	for i := range m.marks {
		switch x := &m.marks[i]; {
		case x.mines:
			mines++
		case x.trade:
			trade++
		}
	}
	n := float64(len(m.marks))
	if m.bare || n < leastNorms {
		return false, true
	}
	general = trade >= leastTraded*n && mines <= mostMined*n && trade >= 2*mines
	return general, mines > mostMined*n
}

// boilerplate are words of rules that name minerals in passing: rules of origin ("mineral products extracted from its soil") and general
// exceptions ("relating to gold or silver"), and headings of the tariff.
var boilerplate = regexp.MustCompile(`(?i)\b(?:originating|wholly (?:obtained|produced)|originari[oa]s?|(?:totalmente|enteramente|integralmente) (?:obtenid|produzid|obtid)\w*|entièrement obtenu\w*|originaires?|gold (?:or|and) silver|oro (?:o|y|ou?) (?:la |a )?plata|ouro (?:ou|e) (?:à |a )?prata|l['’]or (?:ou|et) (?:à )?l['’]argent|public moral(?:s|ity)|moral(?:idad|idade)? pública|moralité publique|nomenclatur[ea]|harmoni[sz]ed system|sistema armonizado|système harmonisé|headings? nos?)\b`)

// fields marks what speaks of minerals: a norm by its own words or lead-in, all of an article where a good part of it does, and all that
// stands under such a heading. In a text that is not about minerals, what stands together makes no stance where neither the norm nor its article
// speaks of them: free wording is of anything.
func (m *marker) fields(law bool) {
	type part struct{ of, mines float64 }
	articles := map[string]part{}
	marks := m.out.marks
	for i := range marks {
		x := &marks[i]
		x.mines = (x.mines || len(x.minerals) > 0) && !boilerplate.MatchString(x.words)
		p := articles[x.article()]
		p.of++
		if x.mines {
			p.mines++
		}
		articles[x.article()] = p
	}
	_, mining := m.out.about()
	heads := m.headings()
	for i := range marks {
		x := &marks[i]
		p := articles[x.article()]
		x.mines = x.mines || p.mines > goodPart*p.of && !boilerplate.MatchString(x.words)
		if !law && !mining && !x.mines && len(x.loose) > 0 {
			loose := func(st int32) bool { return slices.Contains(x.loose, st) }
			x.found, x.bars = slices.DeleteFunc(x.found, loose), slices.DeleteFunc(x.bars, loose)
			x.loose = nil
		}
		x.mines = x.mines || heads[x.eid]
	}
}

// headings lists the provisions that stand under a heading of minerals, mining or energy.
func (m *marker) headings() map[string]bool {
	out := map[string]bool{}
	if m.rd == nil {
		return out
	}
	under := make([]bool, len(m.rd.Provisions))
	for i, p := range m.rd.Provisions {
		under[i] = p.Parent >= 0 && p.Parent < i && under[p.Parent] || m.r.words.headed(p.Heading)
		if under[i] {
			out[p.EID] = true
		}
	}
	return out
}

// headed says whether a heading speaks of minerals, mining or energy.
func (w *words) headed(heading string) bool {
	for s := range strings.FieldsFuncSeq(strings.ToLower(heading), func(c rune) bool { return !unicode.IsLetter(c) }) {
		if w.mined[s] || w.energy[s] {
			return true
		}
	}
	return false
}

// atLarge says whether two provisions are rules of trade at large: both have a word of origin, customs, safeguards or panels, in agreements with
// different partners; or one is of a trade agreement at large, and neither speaks of minerals.
func atLarge(a, b *Sheet, n, m *norm) bool {
	if a.general && b.other(m) && a.other(n) || b.general && a.other(n) && b.other(m) {
		return true
	}
	return strangers(a, b) && len(n.minerals) == 0 && len(m.minerals) == 0 && n.trade && m.trade
}

// neitherMined says whether two provisions are of other things than minerals, in texts that are of other things, one of which names no mineral at all: a
// protocol on fishing beside another, or beside a treaty that founds a union.
func neitherMined(a, b *Sheet, n, m *norm) bool {
	return (len(a.Minerals) == 0 || len(b.Minerals) == 0) && a.other(n) && b.other(m)
}

// other says whether a norm is of other things than minerals, in a text that is of other things. Of drafts and laws it is not said.
func (s *Sheet) other(n *norm) bool { return s.Kind == KindInstrument && !s.mining && !n.mines }

// inPassing says whether what a norm of a trade agreement at large does, and does not leave undone, has nothing to do with minerals. What it leaves
// undone is owed to everyone, and may collide with what another text does about minerals.
func (r *Rules) inPassing(s *Sheet, n *norm, stance int) bool {
	st := r.Stances[stance]
	return s.general && !n.mines && st.When != "refrain" && !st.AtLarge
}
