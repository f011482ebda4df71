package assay

// scopes finds which articles are excluded from the settlement of disputes.
type scopes struct {
	a        *run
	units    []unit
	unitOf   []int
	disputes bool
}

func newScopes(a *run, units []unit, unitOf []int) *scopes {
	return &scopes{a: a, units: units, unitOf: unitOf}
}

func (x *scopes) note(h areaHit, sent int) {}
func (x *scopes) settle()                  {}
