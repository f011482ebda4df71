package assay

// socialTopics and valueTopics are what the two ladders of the rubrics look at.
var (
	socialTopics = map[string]bool{"esg_standards": true, "human_rights_consultation": true}
	valueTopics  = map[string]bool{"local_value_addition": true}
	tiedTopics   = map[string]bool{"finance": true, "market_access": true}
)

// technicalStandards say nothing of environment and people.
var technicalStandards = map[string]bool{"iso": true, "msp_principles": true}

// bindsInLaw reports whether the text as a whole is made to bind: it says so, or it has the form and the kind of what binds.
func (a *run) bindsInLaw() bool {
	n := a.out.Instrument.LegalNature
	switch {
	case n.Stated == "binding":
		return true
	case n.Stated == "non_binding", soft[a.out.Instrument.Kind], n.Read == "mou_form":
		return false
	}
	return n.Read == "treaty_form" || a.wills
}

// about reports whether a norm is about one of the topics, by its own words or, where they have none, by the headings above it.
func about(n *norm, topics map[string]bool) bool {
	for _, t := range n.out.Topics {
		if topics[t] {
			return true
		}
	}
	if len(n.out.Topics) > 0 {
		return false
	}
	for _, t := range n.heads {
		if topics[t] {
			return true
		}
	}
	return false
}

// enforceable: a duty or ban that can be verified, in a text that binds.
func (a *run) enforceable(n *norm) bool {
	m := n.out.Modality
	return (m == Obligation || m == Prohibition) && n.out.Precise && !bends(n.qualifiers) && a.bindsInLaw()
}

func ranks(m Modality) bool { return m.strength() >= Intention.strength() }

// stair collects the provisions of each step of a ladder and answers with the highest.
type stair struct {
	steps [6]basis
	count [6]int
}

func (s *stair) add(level int, eid string) {
	s.steps[level].add(eid)
	s.count[level]++
}

func (s *stair) ladder(why [6]string) Ladder {
	for level := 5; level > 0; level-- {
		if s.count[level] > 0 {
			return Ladder{level, s.steps[level].get(), why[level], map[string]int{"norms": s.count[level]}}
		}
	}
	return Ladder{0, []string{}, why[0], nil}
}

// socialLadder grades what is said of environment and people: 1 mentioned, 2 an area of cooperation, 3 a named standard of others,
// 4 a committed act with a date or a report, 5 enforceable, or a ground of suspension.
func (a *run) socialLadder(ns []norm) Ladder {
	if !served[a.doc] {
		return Ladder{0, []string{}, "language_unsupported", nil}
	}
	var s stair
	for i := range ns {
		n := &ns[i]
		if n.out == nil || n.part == partDefinition || n.out.Modality == None {
			continue
		}
		named := false
		for _, c := range n.out.Standards {
			named = named || !technicalStandards[c]
		}
		if !named && !about(n, socialTopics) {
			continue
		}
		s.add(a.socialStep(n, named), a.r.Provisions[n.prov].EID)
	}
	return s.ladder([6]string{"not_mentioned", "mentioned", "area_of_cooperation", "external_standard", "committed_act", "enforceable"})
}

func (a *run) socialStep(n *norm, named bool) int {
	m := n.out.Best()
	switch {
	case n.part == partPreamble:
		return 1
	case a.enforceable(n):
		return 5
	case (m == Right || m == Permission || m == Obligation) && a.bindsInLaw() && contains(n.out.Topics, "disputes_termination") && a.suspends(n.sent):
		return 5
	case ranks(m) && m != Permission && m != Right && (n.out.Deadline != nil || contains(n.out.Reporting, "report") || contains(n.out.Reporting, "review")):
		return 4
	case named:
		return 3
	case ranks(m) || m == Aspiration:
		return 2
	}
	return 1
}

// suspends reports whether a sentence suspends or ends something.
func (a *run) suspends(s int) bool {
	for k := a.sents[s].from + 1; k < a.sents[s].to-1; k++ {
		switch a.tokens[k].w.lower {
		case "suspend", "suspension", "suspended", "terminate", "termination", "suspendre", "suspender", "suspensión", "suspensão", "中止":
			return true
		}
	}
	return false
}

// valueLadder grades value added at home: 1 hoped for, 2 an area of cooperation, 3 a named project or act, 4 tied to finance or market
// access, 5 quantified or enforceable, in a text that binds.
func (a *run) valueLadder(ns []norm) Ladder {
	if !served[a.doc] {
		return Ladder{0, []string{}, "language_unsupported", nil}
	}
	var s stair
	for i := range ns {
		n := &ns[i]
		if n.out == nil || n.part == partDefinition || n.out.Modality == None || n.out.Modality == Prohibition || !about(n, valueTopics) { // a ban on asking for value added is none
			continue
		}
		s.add(a.valueStep(n), a.r.Provisions[n.prov].EID)
	}
	return s.ladder([6]string{"not_mentioned", "hoped_for", "area_of_cooperation", "named_project", "tied_to_finance_or_market", "quantified_or_enforceable"})
}

func (a *run) valueStep(n *norm) int {
	m := n.out.Best()
	switch {
	case n.part == partPreamble || m.strength() < Intention.strength():
		return 1
	case a.bindsInLaw() && (a.enforceable(n) || (m == Obligation || m == Prohibition) && n.out.Quantity != nil):
		return 5
	case n.out.Quantity != nil || about(n, tiedTopics):
		return 4
	case n.out.Precise || n.out.Deadline != nil || a.namesProject(n.sent):
		return 3
	}
	return 2
}

// projectWords name something that is to be built or run.
var projectWords = map[string]bool{"project": true, "plant": true, "refinery": true, "smelter": true, "facility": true, "hub": true, "zone": true, "factory": true,
	"projet": true, "usine": true, "raffinerie": true, "fonderie": true, "proyecto": true, "planta": true, "refinería": true, "fundición": true, "projeto": true, "usina": true, "fábrica": true, "refinaria": true}

func (a *run) namesProject(s int) bool {
	for k := a.sents[s].from + 1; k < a.sents[s].to-1; k++ {
		if projectWords[a.tokens[k].w.lower] {
			return true
		}
	}
	return false
}
