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
func (a *run) commitments() {
	for i := range a.out.Provisions {
		p := &a.out.Provisions[i]
		for k := range p.Norms {
			n := &p.Norms[k]
			switch {
			case n.Opens, n.Part != partOperative && n.Part != partInstitutional:
				continue
			case n.Modality != Obligation && n.Modality != Effort && n.Modality != Intention:
				continue
			case n.Deadline == nil && n.Quantity == nil && (!n.Precise || len(n.Bearer) == 0 || n.Bearer[0] == bearerNone):
				continue
			}
			c := Commitment{EID: p.EID, Norm: k, Who: n.Bearer, Modality: n.Modality, What: n.Act, Deadline: n.Deadline, Quantity: n.Quantity, Measured: []string{}}
			if n.Act != nil && n.Object != nil && n.Object.Start >= n.Act.Start {
				c.What = &Span{n.Act.Start, n.Object.End}
			}
			if n.Quantity != nil {
				c.Measured = append(c.Measured, "quantity")
			}
			if n.Deadline != nil {
				c.Measured = append(c.Measured, "date")
				c.Milestone = n.Deadline.Date != "" || n.Deadline.Period != "" && n.Deadline.Period[0] != 'R'
			}
			if len(n.Standards) > 0 {
				c.Measured = append(c.Measured, "standard")
			}
			c.Measured = append(c.Measured, n.Reporting...)
			a.out.Commitments = append(a.out.Commitments, c)
		}
	}
}
