package overlap

import (
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
)

// workers is how many goroutines a join uses.
const workers = 2

// set is what is compared: all units with the same grams at once, so that boilerplate that a thousand treaties repeat to the letter is
// looked at one time.
type set struct {
	keys []uint64 // its grams, the rarest first; in a join without those that occur nowhere else
	size int32    // number of all grams, also of those that occur nowhere else
	one  int32    // the document of all its units; -1 where they are of several
}

// ref is a unit in a list of documents.
type ref struct{ doc, unit int32 }

// sets are the different sets of the units of documents, the smallest first.
type sets struct {
	all     []set
	members [][]ref // of each set, in the order of the documents
	counts  *counts // nil where they are not kept
}

// gather groups units with the same grams, and orders the groups by size.
func gather(docs []*Document) (groups [][]ref) {
	total := 0
	for _, d := range docs {
		total += len(d.Units)
	}
	first := make(map[uint64]int32, total) // by sum: the first group with it
	var next []int32                       // the next group with the same sum, -1 for none
	unit := func(r ref) *Unit { return &docs[r.doc].Units[r.unit] }
	for di, d := range docs {
	units:
		for ui := range d.Units {
			u, r := &d.Units[ui], ref{int32(di), int32(ui)}
			at, known := first[u.sum]
			for g := at; known && g >= 0; g = next[g] {
				if slices.Equal(unit(groups[g][0]).Grams, u.Grams) {
					groups[g] = append(groups[g], r)
					continue units
				}
			}
			if !known {
				at = -1
			}
			next = append(next, at)
			first[u.sum] = int32(len(groups))
			groups = append(groups, []ref{r})
		}
	}
	// By size, in one walk: sorting by comparison would cost more than linear time.
	at := []int{0}
	for _, g := range groups {
		n := len(unit(g[0]).Grams)
		for len(at) < n+2 {
			at = append(at, 0)
		}
		at[n+1]++
	}
	for n := 1; n < len(at); n++ {
		at[n] += at[n-1]
	}
	sorted := make([][]ref, len(groups))
	for _, g := range groups {
		n := len(unit(g[0]).Grams)
		sorted[at[n]] = g
		at[n]++
	}
	return sorted
}

// newSets makes the sets of documents. Their grams of a rarity below least get no key; where all get one, the counts are kept for sets that come later.
func newSets(docs []*Document, least uint64) *sets {
	s := &sets{members: gather(docs)}
	s.all = make([]set, len(s.members))
	grams := make([][]uint64, len(s.members))
	total := 0
	for i, m := range s.members {
		grams[i] = docs[m[0].doc].Units[m[0].unit].Grams
		total += len(grams[i])
		one := m[0].doc
		for _, r := range m[1:] {
			if r.doc != one {
				one = -1
			}
		}
		s.all[i] = set{size: int32(len(grams[i])), one: one}
	}
	if least > 0 {
		newScatter(grams, total).keys(s.all, grams, least)
		return s
	}
	s.counts = newCounts(total)
	s.counts.add(grams)
	var rooms [workers][]uint64
	inParallel(len(s.all), func(w, from, to int) {
		var sorter keySorter
		for i := from; i < to; i++ {
			s.all[i].keys, rooms[w] = sorter.keys(rooms[w], grams[i], s.counts)
		}
	})
	return s
}

// counts says about how many sets have a gram: never too few. It is a table of counters found by bits of the hash, because exact counts would cost
// more than the join.
type counts struct {
	table []uint16
	shift int
}

func newCounts(grams int) *counts {
	n := bits.Len(uint(max(grams, 1<<10)))
	return &counts{make([]uint16, 1<<n), gramBits - n}
}

// add counts the grams of sets. Each worker has half of the table to itself.
func (c *counts) add(grams [][]uint64) {
	var wg sync.WaitGroup
	for w := range uint64(workers) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			half := uint64(len(c.table)) / workers << c.shift
			for _, gs := range grams { // ascending: those of a worker lie together
				from, _ := slices.BinarySearch(gs, w*half)
				for _, g := range gs[from:] {
					if g >= (w+1)*half {
						break
					}
					if at := g >> c.shift; c.table[at] < 1<<16-1 {
						c.table[at]++
					}
				}
			}
		}()
	}
	wg.Wait()
}

// rarity is a class from 0 (in one set) to 30 (in more than 65,000): about half an octave each.
func rarity(n uint16) uint64 {
	if n < 2 {
		return 0
	}
	l := bits.Len16(n) - 1
	return uint64(2*l) - 1 + uint64(n)>>(l-1)&1
}

// keySorter turns the grams of a set into keys, which sort by rarity, then by hash.
type keySorter struct {
	at      [64]int
	classes []uint8 // of the grams
}

// begin begins with another set.
func (k *keySorter) begin() {
	clear(k.at[:])
	k.classes = k.classes[:0]
}

// see takes the rarity of the next gram.
func (k *keySorter) see(r uint64) {
	k.classes = append(k.classes, uint8(r))
	k.at[r]++
}

// put gives the keys of the grams that were seen, in room or a new one, and what is left of it. Grams of a rarity below least are left out.
func (k *keySorter) put(room, grams []uint64, least uint64) (keys, rest []uint64) {
	if len(room) < len(grams) {
		room = make([]uint64, max(len(grams), 1<<14))
	}
	n := 0
	for i := range k.at {
		m := k.at[i]
		if uint64(i) < least {
			m = 0
		}
		k.at[i] = n
		n += m
	}
	for i, g := range grams {
		if r := uint64(k.classes[i]); r >= least {
			room[k.at[r]] = r<<gramBits | g
			k.at[r]++
		}
	}
	return room[:n:n], room[n:]
}

// keys gives the keys of all grams of a set by counts.
func (k *keySorter) keys(room, grams []uint64, c *counts) (keys, rest []uint64) {
	k.begin()
	for _, g := range grams {
		k.see(rarity(c.table[g>>c.shift]))
	}
	return k.put(room, grams, 0)
}

// inParallel shares out 0…n among the workers, a few at a time: f is given a worker's number and a stretch.
func inParallel(n int, f func(worker, from, to int)) {
	const step = 256
	var wg sync.WaitGroup
	var next atomic.Int64
	for w := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				from := int(next.Add(step)) - step
				if from >= n {
					return
				}
				f(w, from, min(from+step, n))
			}
		}()
	}
	wg.Wait()
}
