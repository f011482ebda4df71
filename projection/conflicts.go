package projection

import (
	"context"
	"sync"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/registry"
)

// Conflicts is which provisions of the texts and laws that the readers see collide, or may. It is made when it is first asked for and whenever
// what the readers see changes; it is not changed itself.
type Conflicts struct {
	*conflict.Survey
	Texts map[registry.RecordID]*Compared // what was held against each other: documents and laws
	Laws  int                             // of them
	Words int                             // of the documents those whose words are here; of the others labels alone are
}

// Compared is a text or law as it was held against others.
type Compared struct {
	conflict.Text
	Work registry.RecordID // what a document is a text of, as in Reuse; a law itself
}

// conflicts keeps the last Conflicts.
type conflicts struct {
	mu      sync.Mutex
	version string
	last    *Conflicts
}

// Conflicts is which provisions collide now.
func (p *Projection) Conflicts(ctx context.Context) (*Conflicts, error) {
	version := p.Version()
	p.collide.mu.Lock()
	defer p.collide.mu.Unlock()
	if p.collide.last != nil && p.collide.version == version {
		return p.collide.last, nil
	}
	rules, err := conflict.Load()
	if err != nil {
		return nil, err
	}
	sheets, _, err := p.Owed(ctx, rules, nil)
	if err != nil {
		return nil, err
	}
	v := p.View("")
	out := &Conflicts{Texts: map[registry.RecordID]*Compared{}}
	for _, s := range sheets {
		c := &Compared{Text: s.Text, Work: registry.RecordID(s.ID)}
		if s.Kind == conflict.KindLaw {
			out.Laws++
		} else if !s.Bare {
			out.Words++
		}
		if r := v.Record(c.Work); r != nil && r.Kind == registry.KindDocument {
			c.Work = workOf(v, r)
		}
		out.Texts[registry.RecordID(s.ID)] = c
	}
	out.Survey = rules.Survey(sheets)
	p.collide.version, p.collide.last = version, out
	return out, nil
}

// Colliding gives all that is said of two texts or laws held against each other, also what sets provisions apart; A is always of a. Nil
// with no error where one of them is not compared.
func (p *Projection) Colliding(ctx context.Context, a, b registry.RecordID) ([]conflict.Finding, error) {
	rules, err := conflict.Load()
	if err != nil {
		return nil, err
	}
	var of [2]*conflict.Sheet
	sheets, _, err := p.Owed(ctx, rules, nil)
	for _, s := range sheets {
		for i, id := range []registry.RecordID{a, b} {
			if s.ID == string(id) {
				of[i] = s
			}
		}
	}
	if err != nil || of[0] == nil || of[1] == nil {
		return nil, err
	}
	return rules.Between(of[0], of[1]), nil
}
