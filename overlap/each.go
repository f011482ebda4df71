package overlap

import "sync"

// mostWordings are kept while passages are worked out, each some 20 bytes a word.
const mostWordings = 50_000

// EachShared gives every match with the passages its units share, on two cores, in the order of the matches. textOf is the canonical text of a
// document, by its number. It stops at the first error of f and gives it back.
func EachShared(m *Matches, docs []*Document, textOf func(doc int) string, f func(Match, []Passage) error) error {
	l := &layer{docs: docs, textOf: textOf, kept: map[Place]*kept{}}
	batch := make([]Match, 0, 1<<13)
	shared := make([][]Passage, cap(batch))
	do := func() error {
		inParallel(len(batch), func(_, from, to int) {
			for i := from; i < to; i++ {
				shared[i] = Shared(l.wording(batch[i].A), l.wording(batch[i].B))
			}
		})
		for i, match := range batch {
			if err := f(match, shared[i]); err != nil {
				return err
			}
		}
		batch = batch[:0]
		if len(l.kept) > mostWordings {
			clear(l.kept)
		}
		return nil
	}
	for match := range m.All() {
		if batch = append(batch, match); len(batch) == cap(batch) {
			if err := do(); err != nil {
				return err
			}
		}
	}
	return do()
}

// layer keeps the wordings of units that are in several matches.
type layer struct {
	docs   []*Document
	textOf func(int) string
	mu     sync.Mutex
	kept   map[Place]*kept
}

type kept struct {
	once sync.Once
	w    *Wording
}

func (l *layer) wording(p Place) *Wording {
	l.mu.Lock()
	k := l.kept[p]
	if k == nil {
		k = &kept{}
		l.kept[p] = k
	}
	l.mu.Unlock()
	k.once.Do(func() {
		u := l.docs[p.Doc].Units[p.Unit]
		k.w = NewWording(l.textOf(p.Doc), u.Start, u.End)
	})
	return k.w
}
