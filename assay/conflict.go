package assay

// supplyGoods are what a buyer of minerals gets, developmentGoods what a producer hopes for: categories of the balance.
var (
	supplyGoods      = map[string]bool{"access": true, "offtake": true, "exclusivity": true, "tax_relief": true}
	developmentGoods = map[string]bool{"processing": true, "technology": true, "jobs": true, "infrastructure": true, "finance": true}
)

// conflicts says what in a text does not agree about its force. It takes no side.
func (a *run) conflicts() {
	if !served[a.doc] {
		return
	}
	n := &a.out.Instrument.LegalNature
	duties := tally{}
	for i := range a.ns {
		x := &a.ns[i]
		if x.out == nil || x.opens || x.part == partPreamble || x.part == partDefinition {
			continue
		}
		eid := a.r.Provisions[x.prov].EID
		m := x.out.Modality
		hard := m == Obligation || m == Prohibition
		if hard && !a.bindsAlone(x.prov) && x.decisive != nil && (contains(shallRules, x.decisive.rule.Code)) {
			duties.add(eid)
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
	a.lopsided()
}

// lopsided says where what a buyer gets is owed, while what a producer hopes for is not: no duty on development that could be verified.
func (a *run) lopsided() {
	b := a.out.Balance
	if b.Legal == "non_binding" {
		return
	}
	var supply, development tally
	owes := map[string]bool{} // who owes a buyer
	for i := range b.Items {
		if x := &b.Items[i]; supplyGoods[x.Category] && x.Strength == "binding" && x.Direction == OneSided {
			for _, who := range x.Gives {
				owes[who] = true
			}
		}
	}
	directed := 0               // what it gets for that
	counted := map[*Norm]bool{} // a norm gives several things, but is one
	for i := range b.Items {
		x := &b.Items[i]
		if x.Strength == "undecided" || counted[x.norm] {
			continue
		}
		hard := x.Strength == "binding" && (x.norm.Precise || x.Refrains)
		switch {
		case supplyGoods[x.Category] && hard:
			supply.add(x.EID)
		case !developmentGoods[x.Category]:
			continue
		case x.Direction == OneSided && overlap(x.Gives, owes): // it gives that too
			continue
		case hard:
			return
		case x.Direction == OneSided && overlap(x.Gets, owes):
			directed++
			development.add(x.EID)
		default:
			development.add(x.EID)
		}
		counted[x.norm] = true
	}
	for i := range a.ns { // what is only recognised gives nothing, but is said
		x := &a.ns[i]
		if x.out == nil || x.opens || x.out.Modality != Declaration || x.part != partOperative {
			continue
		}
		for _, h := range a.sentHits(x.sent) {
			if h.rule.Family == familyBalance && developmentGoods[h.rule.Class] {
				development.add(a.r.Provisions[x.prov].EID)
				break
			}
		}
	}
	const few = 2 // one norm of each sort may be chance, unless it goes to the side that supplies
	if supply.n >= few && (development.n >= few || directed > 0) {
		a.conflict("binding_supply_soft_development", development.basis.get(), map[string]int{"supply": supply.n, "development": development.n})
	}
}

func overlap(list []string, set map[string]bool) bool {
	for _, x := range list {
		if set[x] {
			return true
		}
	}
	return false
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
