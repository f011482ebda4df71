package assay

// supplyTopics are what a buyer of minerals gets, developmentTopics what a producer hopes for.
var (
	supplyTopics = map[string]bool{"offtake": true, "export_restrictions": true, "market_access": true, "supply_security": true, "investment": true, "confidentiality": true}

	developmentTopics = map[string]bool{"local_value_addition": true, "technology_transfer": true, "skills": true, "infrastructure": true, "human_rights_consultation": true, "geology_mapping": true}
)

// conflicts says what in a text does not agree about its force. It takes no side.
func (a *run) conflicts() {
	if !served[a.doc] {
		return
	}
	n := &a.out.Instrument.LegalNature
	duties, hardSupply, softDevelopment := tally{}, tally{}, tally{}
	hardDevelopment := 0
	for i := range a.ns {
		x := &a.ns[i]
		if x.out == nil || x.opens || x.part == partPreamble || x.part == partDefinition {
			continue
		}
		eid := a.r.Provisions[x.prov].EID
		m := x.out.Modality
		hard := m == Obligation || m == Prohibition
		if hard && x.decisive != nil && (contains(shallRules, x.decisive.rule.Code)) {
			duties.add(eid)
		}
		if hard && about(x, supplyTopics) && !bends(x.qualifiers) {
			hardSupply.add(eid)
		}
		if about(x, developmentTopics) && m.strength() > None.strength() {
			if hard && x.out.Precise {
				hardDevelopment++
			} else {
				softDevelopment.add(eid)
			}
		}
	}
	if n.Stated == "non_binding" && duties.n > 0 {
		a.conflict("non_binding_yet_duties", duties.basis.get(), map[string]int{"norms": duties.n, "provisions": duties.places()})
	}
	if n.Stated == "binding" && duties.n == 0 {
		a.conflict("binding_yet_no_duties", []string{}, map[string]int{})
	}
	if n.Stated == "binding" && n.Read == "mou_form" || n.Stated == "none" && n.Inferred == "binding" && n.Read == "mou_form" {
		a.conflict("binding_in_words_of_intention", a.levelBasis("read"), map[string]int{})
	}
	if n.Stated != "binding" && n.Inferred == "non_binding" && n.Read == "treaty_form" {
		a.conflict("soft_kind_in_treaty_form", a.levelBasis("read"), map[string]int{"norms": duties.n})
	}
	const few = 2 // one provision of each sort may be chance
	if hardSupply.n >= few && softDevelopment.n >= few && hardDevelopment == 0 && n.Stated != "non_binding" {
		a.conflict("binding_supply_soft_development", softDevelopment.basis.get(), map[string]int{"supply": hardSupply.n, "development": softDevelopment.n})
	}
}

// shallRules find the duties that words of treaties make.
var shallRules = []string{"en_obligation", "en_prohibition", "en_must", "fr_obligation", "fr_prohibition", "es_obligation", "es_prohibition", "pt_obligation", "pt_prohibition", "zh_obligation", "zh_prohibition"}

// tally counts norms and the provisions they stand in.
type tally struct {
	n     int
	seen  map[string]bool
	basis basis
}

func (t *tally) add(eid string) {
	if t.seen == nil {
		t.seen = map[string]bool{}
	}
	t.n++
	t.seen[eid] = true
	t.basis.add(eid)
}

func (t *tally) places() int { return len(t.seen) }

func (a *run) conflict(code string, basis []string, params map[string]int) {
	n := &a.out.Instrument.LegalNature
	n.Conflicts = append(n.Conflicts, Conflict{Code: code, Params: params, Basis: basis})
}

// levelBasis is where the evidence of one level of the legal nature stands.
func (a *run) levelBasis(level string) []string {
	var b basis
	for _, e := range a.out.Instrument.LegalNature.Evidence {
		if e.Level == level {
			b.add(e.EID)
		}
	}
	return b.get()
}
