package assay

import (
	"sort"

	"github.com/openassay/assay/text"
)

// AreaReading says of one policy area whether the text covers it, whether what it says is enforceable, and by whom.
type AreaReading struct {
	Code           string   `json:"code"`
	Covered        int      `json:"covered"`             // 0, 1
	Enforceability int      `json:"enforceability"`      // 0 not covered or not enforceable; 1 enforceable but excluded from dispute settlement; 2 enforceable
	Enforcers      []string `json:"enforcers"`           // state_state, investor_state, arbitration, court, body; nobody
	Confidence     float64  `json:"confidence"`          // probability that Covered is right, 0.5–1
	Undecided      bool     `json:"undecided,omitempty"` // Confidence is below UndecidedBelow: it may as well be the other
	Evidence       []string `json:"evidence"`            // eIds, strongest first, at most mostEvidence

	IfCovered int `json:"-"` // the enforceability, were it covered: what evaluation compares where people say it is
}

const mostEvidence = 8

// AreaSignals are what the rules found of each area: the input of the judgement, kept apart so that it can be made with other weights.
type AreaSignals struct {
	Areas []AreaSignal // as Rules.Areas
	Doc   DocSignal
}

// DocSignal is what is known of the whole text.
type DocSignal struct {
	Length    int      // bytes
	Units     int      // articles, or what stands for them
	Breadth   int      // areas outside trade that a heading names
	Spanish   bool     // or another language than English
	Trade     bool     // it reads like a trade agreement: what was learnt from such holds for it
	Contract  bool     // it is between a state and a company, or between companies
	Denies    bool     // the text says it is not binding, or its form is not a treaty's
	European  bool     // the European Union is a party
	EFTA      bool     // the European Free Trade Association's states are
	CIS       bool     // all parties were Soviet republics
	Americas  bool     // a party lies in the Americas
	Disputes  bool     // it has provisions on the settlement of disputes
	Investors bool     // it lets investors claim against a party
	Enforcers []string // who may enforce what is not excluded: state_state, arbitration, court, body
}

// AreaSignal is what was found of one area.
type AreaSignal struct {
	Containers  int   // chapters, titles and sections whose heading names it
	Articles    int   // articles whose heading names it
	Units       int   // articles with a text facet
	Dense       int   // articles with three or more matches of its text facets
	Strong      int   // sentences with a match that oblige or prohibit
	Firm        int   // of them, those without a contingent qualifier
	Weak        int   // sentences with a match that try, intend, hope or permit
	Preamble    bool  // a recital names it
	Facets      []int // per facet: articles in which it matches; of a hint, how often it does
	Excluded    int   // of the articles it rests on, those excluded from the settlement of disputes
	TopExcluded bool  // the strongest of them is
	Rests       int   // articles it rests on
	RestStrong  int   // norms in those articles that oblige or prohibit
	RestFirm    int   // of them, those of which one could say whether they were done
	Governed    int   // of those articles, the ones that another agreement's rules govern
	RestNorms   int   // norms in those articles
	RestEffort  int   // norms in those articles that try, intend or hope
	Evidence    []string
}

// unit is an article, or what stands for one, while areas are read.
type unit struct {
	prov     int
	pre      bool
	excluded bool
	governed bool // it takes over the rights and obligations of another agreement
	strong   int  // sentences that oblige or prohibit
	firm     int  // norms that oblige or prohibit and are precise
	weak     int
	norms    int
}

// areaFind gathers one area's evidence over the units.
type areaFind struct {
	sig     *AreaSignal
	score   map[int]int // by unit: how much speaks for it
	count   map[int]int // by unit: text matches
	facet   []map[int]bool
	place   map[int]int // by unit that is no article: the provision that speaks for it first
	hinted  []int       // units whose heading is a hint
	recital []string    // recitals and cover, which count as evidence where there is nothing else
}

// areas reads the signals of every policy area.
func (a *run) areas() {
	ar := a.rules.areas
	units, unitOf := a.units()
	excl := newScopes(a, units, unitOf)
	finds := make([]areaFind, len(ar.list))
	sig := &AreaSignals{Areas: make([]AreaSignal, len(ar.list))}
	base := make([]int, len(ar.facets)) // position of a facet within its area
	for i, area := range ar.list {
		finds[i] = areaFind{sig: &sig.Areas[i], score: map[int]int{}, count: map[int]int{}, place: map[int]int{}}
		sig.Areas[i].Facets = make([]int, len(area.Facets))
		finds[i].facet = make([]map[int]bool, len(area.Facets))
		for k, f := range area.Facets {
			base[f.index] = k
			finds[i].facet[k] = map[int]bool{}
		}
	}
	modality := a.sentenceModality()
	under := map[int][]int{} // areas that a container's heading names, by provision
	scan := &areaScan{rules: ar}
	for s := range a.sents {
		st := &a.sents[s]
		in := inText
		if st.heading {
			in = inHeading
		}
		scan.scan(a.tokens, st.from, st.to, in)
		if len(scan.raw) == 0 {
			continue
		}
		u := unitOf[st.prov]
		pre := a.provs[st.prov].part == partPreamble
		for _, h := range scan.resolve() {
			if h.facet.area < 0 {
				excl.note(h, s)
				continue
			}
			f := &finds[h.facet.area]
			if h.facet.Hint {
				f.sig.Facets[base[h.facet.index]]++
				if st.heading && !pre && a.isUnit(st.prov, u, units) {
					f.hinted = append(f.hinted, u)
				}
				continue
			}
			switch {
			case pre:
				f.sig.Preamble = f.sig.Preamble || !st.heading
				f.recital = addOnce(f.recital, a.r.Provisions[st.prov].EID)
				continue
			case st.heading:
				if a.isUnit(st.prov, u, units) {
					if f.score[u] < 100 {
						f.sig.Articles++
					}
					f.score[u] += 100
				} else if u < 0 {
					if !containsInt(under[st.prov], h.facet.area) {
						f.sig.Containers++
						under[st.prov] = append(under[st.prov], h.facet.area)
					}
				}
			default:
				if u < 0 {
					continue
				}
				f.count[u]++
				f.score[u]++
				if _, ok := f.place[u]; !ok {
					f.place[u] = st.prov
				}
				switch m := modality[s]; {
				case m == Obligation || m == Prohibition || m == Right:
					f.sig.Strong++
				case m == Effort || m == Intention || m == Aspiration || m == Permission:
					f.sig.Weak++
				}
			}
			if u >= 0 {
				f.facet[base[h.facet.index]][u] = true
			}
		}
	}
	a.unitNorms(units, unitOf, modality)
	excl.settle()
	a.barred = make([]bool, len(a.provs))
	for i, u := range unitOf {
		a.barred[i] = u >= 0 && units[u].excluded
	}
	a.chapters(under, units, finds)
	for i := range finds {
		finds[i].finish(a, units)
	}
	sig.Doc = a.docSignal(units, sig, excl)
	a.out.signals = sig
	a.out.Instrument.Areas = sig.Judge(a.rules, TrainedWeights())
}

func containsInt(l []int, x int) bool {
	for _, y := range l {
		if x == y {
			return true
		}
	}
	return false
}

// units lists the articles; where a text has none, its sections, else its paragraphs. unitOf maps provisions to them, -1 for what holds them.
func (a *run) units() (units []unit, unitOf []int) {
	kinds := map[text.ProvisionKind]int{}
	for _, p := range a.r.Provisions {
		kinds[p.Kind]++
	}
	unitOf = make([]int, len(a.provs))
	for i := range a.provs {
		p := a.r.Provisions[i]
		up := -1
		if a.provs[i].parent >= 0 {
			up = unitOf[a.provs[i].parent]
		}
		if up >= 0 {
			unitOf[i] = up
			continue
		}
		unitOf[i] = -1
		own := a.provs[i].ownEnd > a.provs[i].body
		switch p.Kind {
		case text.KindArticle, text.KindParagraph, text.KindPoint, text.KindRecital, text.KindPreamble, text.KindCover, text.KindSignatures:
		case text.KindSection:
			if kinds[text.KindArticle] > 0 && !own || a.holdsSections(i) {
				continue
			}
		default:
			if !own {
				continue
			}
		}
		unitOf[i] = len(units)
		units = append(units, unit{prov: i, pre: a.provs[i].part == partPreamble})
	}
	return units, unitOf
}

// holdsSections reports whether provision i has sections or articles below it.
func (a *run) holdsSections(i int) bool {
	for j := i + 1; j < len(a.provs) && a.r.Provisions[j].Start < a.provs[i].end; j++ {
		if k := a.r.Provisions[j].Kind; k == text.KindSection || k == text.KindArticle {
			return true
		}
	}
	return false
}

func (a *run) isUnit(prov, u int, units []unit) bool { return u >= 0 && units[u].prov == prov }

// sentenceModality is the modality of each sentence, empty where it makes no norm.
func (a *run) sentenceModality() []Modality {
	out := make([]Modality, len(a.sents))
	for i := range a.ns {
		out[a.ns[i].sent] = stronger(out[a.ns[i].sent], a.ns[i].modality)
	}
	return out
}

func (a *run) unitNorms(units []unit, unitOf []int, modality []Modality) {
	for s, m := range modality {
		u := unitOf[a.sents[s].prov]
		if u < 0 || m == "" || m == None {
			continue
		}
		units[u].norms++
		switch m {
		case Obligation, Prohibition, Right:
			units[u].strong++
		case Effort, Intention, Aspiration:
			units[u].weak++
		}
	}
	for i := range a.ns {
		n := &a.ns[i]
		if u := unitOf[n.prov]; u >= 0 && n.out != nil && n.out.Precise && (n.modality == Obligation || n.modality == Prohibition) {
			units[u].firm++
		}
	}
}

// chapters lets the heading of a container speak for the articles below it.
func (a *run) chapters(under map[int][]int, units []unit, finds []areaFind) {
	for u := range units {
		for up := a.provs[units[u].prov].parent; up >= 0; up = a.provs[up].parent {
			for _, area := range under[up] {
				finds[area].score[u] += 20
			}
		}
	}
}

// at is the provision to cite for a unit: an article itself, of a longer section the paragraph that speaks.
func (f *areaFind) at(u int, a *run, units []unit) int {
	own := units[u].prov
	if p, ok := f.place[u]; ok && a.r.Provisions[own].Kind != text.KindArticle && f.score[u] < 100 {
		return p
	}
	return own
}

// finish turns what was gathered into the signal.
func (f *areaFind) finish(a *run, units []unit) {
	for k := range f.facet {
		f.sig.Facets[k] += len(f.facet[k])
	}
	type cand struct{ u, score int }
	var all []cand
	for u, s := range f.score {
		all = append(all, cand{u, s})
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].score != all[j].score {
			return all[i].score > all[j].score
		}
		return all[i].u < all[j].u
	})
	if len(all) == 0 { // how binding it were, if people found it there all the same
		for _, u := range f.hinted {
			all = append(all, cand{u, 0})
		}
	}
	f.sig.Units = len(f.count)
	best := 0
	if len(all) > 0 {
		best = all[0].score
	}
	f.sig.Evidence = []string{}
	if len(f.score) == 0 && len(f.recital) > 0 {
		f.sig.Evidence = f.recital[:1]
	}
	for _, c := range all {
		if f.count[c.u] >= 3 {
			f.sig.Dense++
		}
		// It rests on the articles that name it in their heading; else on those below a heading that does; else on those with its words.
		if best >= 100 && c.score < 20 || best >= 20 && c.score < 20 || best < 20 && c.score*2 < best {
			continue
		}
		f.sig.Rests++
		f.sig.RestStrong += units[c.u].strong
		f.sig.RestEffort += units[c.u].weak
		f.sig.RestFirm += units[c.u].firm
		if units[c.u].governed {
			f.sig.Governed++
		}
		f.sig.RestNorms += units[c.u].norms
		if units[c.u].excluded {
			f.sig.Excluded++
			f.sig.TopExcluded = f.sig.TopExcluded || f.sig.Rests == 1
		}
		if len(f.sig.Evidence) < mostEvidence && f.score[c.u] > 0 {
			f.sig.Evidence = append(f.sig.Evidence, a.r.Provisions[f.at(c.u, a, units)].EID)
		}
	}
}

func (a *run) docSignal(units []unit, sig *AreaSignals, excl *scopes) DocSignal {
	n := a.out.Instrument.LegalNature
	d := DocSignal{Length: len(a.r.Text), Units: len(units), Spanish: a.lang != "en", Disputes: excl.disputes, Investors: excl.found["ds_investor"], Enforcers: excl.enforcers()}
	d.Denies = n.Stated == "non_binding" || n.Stated != "binding" && (n.Read == "mou_form" || soft[a.out.Instrument.Kind])
	d.Contract = a.out.Instrument.Kind == "contract"
	if a.contractual() {
		for i, e := range d.Enforcers {
			if e == "state_state" {
				d.Enforcers[i] = enforcedParties
			}
		}
	}
	d.blocs(a.out.Parties)
	if t, ok := a.rules.areas.byCode["FTAIndustrial"]; ok {
		s := &sig.Areas[t]
		d.Trade = n.Read != "mou_form" && inferredFrom[a.out.Instrument.Kind] != "non_binding" && n.Stated != "non_binding" && (s.Units > 1 || s.Articles+s.Containers > 0 || s.Units > 0 && s.Preamble || s.Preamble && len(units) < 60 || len(units) < 4 && s.Units > 0)
	}
	for i := range sig.Areas {
		if s := &sig.Areas[i]; a.rules.areas.list[i].Scheme == "wto_x" && s.Containers+s.Articles > 0 {
			d.Breadth++
		}
	}
	return d
}

var (
	soviet   = map[string]bool{"ARM": true, "AZE": true, "BLR": true, "GEO": true, "KAZ": true, "KGZ": true, "MDA": true, "RUS": true, "TJK": true, "TKM": true, "UKR": true, "UZB": true}
	americas = map[string]bool{"USA": true, "CAN": true, "MEX": true, "CHL": true, "PER": true, "COL": true, "CRI": true, "PAN": true, "GTM": true, "HND": true,
		"SLV": true, "NIC": true, "DOM": true, "ARG": true, "BRA": true, "URY": true, "PRY": true, "BOL": true, "ECU": true, "VEN": true, "CUB": true}
	union = map[string]bool{"AUT": true, "BEL": true, "DEU": true, "DNK": true, "ESP": true, "FIN": true, "FRA": true, "GBR": true, "GRC": true, "IRL": true,
		"ITA": true, "LUX": true, "NLD": true, "PRT": true, "SWE": true}
	efta = map[string]bool{"CHE": true, "NOR": true, "ISL": true, "LIE": true}
)

// blocs says which groups of states take part, whose agreements are drawn up alike.
func (d *DocSignal) blocs(parties []string) {
	all := len(parties) > 0
	n, members := 0, 0
	for _, p := range parties {
		d.European = d.European || p == "EU"
		if union[p] {
			members++
		}
		d.EFTA = d.EFTA || p == "EFTA"
		d.Americas = d.Americas || americas[p]
		all = all && soviet[p]
		if efta[p] {
			n++
		}
	}
	d.European = d.European || members >= 5
	d.CIS, d.EFTA = all, d.EFTA || n >= 3
}
