package assay

// Commitment is a norm that somebody could follow up: who does what, by when, measured how. A candidate: a person decides whether it
// becomes one of the registry.
type Commitment struct {
	EID       string    `json:"eid"`
	Norm      int       `json:"norm"` // index in the provision's Norms
	Who       []string  `json:"who"`
	Modality  Modality  `json:"modality"` // obligation, effort or intention
	What      *Span     `json:"what"`     // verb and object
	Deadline  *Deadline `json:"deadline"`
	Quantity  *Quantity `json:"quantity"`
	Measured  []string  `json:"measured"`  // quantity, date, standard, and classes of rules/reporting.yaml
	Milestone bool      `json:"milestone"` // it has a date or a period that ends once
}

// commitments picks the duties, efforts and plans that can be followed up: they have a date, a figure, or a bearer and an act that can
// be verified. What a text says of itself and of its end is none.
//
// Where a lead-in has a verb of its own ("shall accord equal treatment with respect to:"), it is the commitment, and its items only where
// they have a date or figure.
func (a *run) commitments() {
	prov, k := -1, 0
	whole := map[int]bool{} // lead-ins with a verb of their own
	for i := range a.ns {
		x := &a.ns[i]
		if k++; x.prov != prov {
			prov, k = x.prov, 0
		}
		n := x.out
		if n == nil {
			continue
		}
		whole[i] = x.opens && x.decisive != nil && !a.bare(x)
		dated := a.due(x) != nil || n.Quantity != nil
		switch {
		case n.Opens && !whole[i], n.Part != partOperative && n.Part != partInstitutional:
			continue
		case n.Modality != Obligation && n.Modality != Effort && n.Modality != Intention:
			continue
		case !dated && (!n.Precise || len(n.Bearer) == 0 || n.Bearer[0] == bearerNone):
			continue
		case !dated && x.lead != nil && x.inherited && x.decisive == nil && whole[x.lead.at]:
			continue
		}
		c := Commitment{EID: a.r.Provisions[x.prov].EID, Norm: k, Who: n.Bearer, Modality: n.Modality, What: n.Act, Deadline: a.due(x), Quantity: n.Quantity, Measured: []string{}}
		if n.Act != nil && n.Object != nil && n.Object.Start >= n.Act.Start {
			c.What = &Span{n.Act.Start, n.Object.End}
		}
		if n.Quantity != nil {
			c.Measured = append(c.Measured, "quantity")
		}
		if c.Deadline != nil {
			c.Measured = append(c.Measured, "date")
			c.Milestone = c.Deadline.Date != "" || c.Deadline.Period != "" && c.Deadline.Period[0] != 'R'
		}
		if len(n.Standards) > 0 {
			c.Measured = append(c.Measured, "standard")
		}
		c.Measured = append(c.Measured, n.Reporting...)
		a.out.Commitments = append(a.out.Commitments, c)
	}
}

// bare reports whether a lead-in leaves what is to be done to its items: "Each Party shall:", "The Parties shall ensure that:".
func (a *run) bare(x *norm) bool {
	if x.decisive.rule.selfActing() {
		return false
	}
	from, to := a.act(x)
	if from >= to || a.tokens[from].w.lower == "the" {
		return true
	}
	for k := a.sents[x.sent].to - 2; k >= to; k-- {
		if w := a.tokens[k].w; !w.sign {
			return w.lower == "that" || w.lower == "que"
		}
	}
	return true
}

// due is the deadline of a norm, or the one that the lead-in of an item sets for all: "By 2027, Norland shall:".
func (a *run) due(x *norm) *Deadline {
	if x.out.Deadline != nil {
		return x.out.Deadline
	}
	for l := x.lead; l != nil; l = l.up {
		if up := a.ns[l.at].out; up != nil && up.Deadline != nil {
			return up.Deadline
		}
	}
	return nil
}
