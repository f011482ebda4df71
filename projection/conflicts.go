package projection

import (
	"context"
	"crypto/sha256"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/overlap/framework"
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
	key     [sha256.Size]byte // what it was made from
	last    *Conflicts
}

// Conflicts is which provisions collide now. Whoever asks first waits until every text was held against every other.
func (p *Projection) Conflicts(ctx context.Context) (*Conflicts, error) {
	version := p.Version()
	p.collide.mu.Lock()
	defer p.collide.mu.Unlock()
	if p.collide.last != nil && p.collide.version == version {
		return p.collide.last, nil
	}
	v := p.View("")
	set := framework.New(v)
	docs := textsOf(v, set)
	key := comparedFrom(v, docs, lawsOf(v, set))
	if p.collide.last != nil && p.collide.key == key {
		p.collide.version = version
		return p.collide.last, nil
	}
	rules, err := conflict.Load()
	if err != nil {
		return nil, err
	}
	sheets, err := p.sheets(ctx, rules, docs)
	if err != nil {
		return nil, err
	}
	laws, err := lawSheets(v, set, rules, func(*conflict.Text) bool { return true })
	if err != nil {
		return nil, err
	}
	sheets = append(sheets, laws...)
	out := &Conflicts{Texts: map[registry.RecordID]*Compared{}, Laws: len(laws)}
	for _, s := range sheets {
		c := &Compared{Text: s.Text, Work: registry.RecordID(s.ID)}
		c.Reading, c.Analysis = nil, nil
		if s.Kind != conflict.KindLaw && !s.Bare {
			out.Words++
		}
		if r := v.Record(c.Work); r != nil && r.Kind == registry.KindDocument {
			c.Work = workOf(v, r)
		}
		out.Texts[registry.RecordID(s.ID)] = c
	}
	out.Survey = rules.Survey(sheets)
	p.collide.version, p.collide.key, p.collide.last = version, key, out
	debug.FreeOSMemory() // what it took is several times what is kept, and is not needed again soon
	return out, nil
}

// comparedFrom names all that findings follow from: which texts and laws there are, what their records say, and their words.
func comparedFrom(v *registry.View, docs, laws []conflict.Text) (key [sha256.Size]byte) {
	h := sha256.New()
	for i := range docs {
		r := v.Record(registry.RecordID(docs[i].ID))
		fmt.Fprintf(h, "%+v %q %q %q\n", docs[i], r.String("reading"), r.String("analysis"), workOf(v, r))
	}
	for i := range laws {
		fmt.Fprintf(h, "%+v %q\n", laws[i], lawWords(v, &laws[i]))
	}
	h.Sum(key[:0])
	return key
}

// Colliding gives all that is said of two texts or laws held against each other, also what sets provisions apart; A is always of a. Nil
// with no error where one of them is not compared.
func (p *Projection) Colliding(ctx context.Context, a, b registry.RecordID) ([]conflict.Finding, error) {
	rules, err := conflict.Load()
	if err != nil {
		return nil, err
	}
	v := p.View("")
	set := framework.New(v)
	asked := func(t *conflict.Text) bool { return t.ID == string(a) || t.ID == string(b) }
	sheets, err := p.sheets(ctx, rules, slices.DeleteFunc(textsOf(v, set), func(t conflict.Text) bool { return !asked(&t) }))
	if err != nil {
		return nil, err
	}
	laws, err := lawSheets(v, set, rules, asked)
	if err != nil {
		return nil, err
	}
	var of [2]*conflict.Sheet
	for _, s := range append(sheets, laws...) {
		for i, id := range []registry.RecordID{a, b} {
			if s.ID == string(id) {
				of[i] = s
			}
		}
	}
	if of[0] == nil || of[1] == nil {
		return nil, nil
	}
	return rules.Between(of[0], of[1]), nil
}
