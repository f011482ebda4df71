package overlap

import (
	"math/bits"
	"sort"
	"sync"
	"sync/atomic"
)

// partBits is how many bits of a gram find its counter within a part. Two megabytes of counters stay in a core's cache; a table for all grams of a
// million provisions does not, and fetching from it would take more time than all else in a join.
const partBits = 20

// scatter works out how rare the grams of sets are, part by part of the range of hashes. Each worker writes the grams of its share of the sets into one
// list for each part, in order; then each part is counted by itself and its entries become rarities; then each worker reads its lists again, in
// the same order in which it wrote them.
type scatter struct {
	parts int
	shift int // a gram shifted by it is its part
	share [workers + 1]int
	lists [workers][][]uint32 // by part
}

// newScatter counts the grams of sets, of which there are total.
func newScatter(grams [][]uint64, total int) *scatter {
	log := max(bits.Len(uint(max(total, 1)))+3, partBits)
	s := &scatter{parts: 1 << (log - partBits), shift: gramBits - (log - partBits)}
	s.share[workers] = len(grams)
	sum := make([]int, len(grams)+1)
	for i, gs := range grams {
		sum[i+1] = sum[i] + len(gs)
	}
	for w := 1; w < workers; w++ { // sets come by size: a share is so many grams, not so many sets
		s.share[w] = sort.SearchInts(sum, total*w/workers)
	}
	s.each(func(w int) {
		lists := make([][]uint32, s.parts)
		room := (sum[s.share[w+1]]-sum[s.share[w]])/s.parts*9/8 + 64
		for p := range lists {
			lists[p] = make([]uint32, 0, room)
		}
		for _, gs := range grams[s.share[w]:s.share[w+1]] {
			for _, g := range gs {
				p := g >> s.shift
				lists[p] = append(lists[p], uint32(g>>(s.shift-32)))
			}
		}
		s.lists[w] = lists
	})
	var next atomic.Int64
	s.each(func(int) {
		table := make([]uint16, 1<<partBits)
		for {
			p := int(next.Add(1)) - 1
			if p >= s.parts {
				return
			}
			clear(table)
			for w := range workers {
				for _, g := range s.lists[w][p] {
					if at := &table[g>>(32-partBits)]; *at < 1<<16-1 {
						*at++
					}
				}
			}
			for w := range workers {
				for i, g := range s.lists[w][p] {
					s.lists[w][p][i] = uint32(rarity(table[g>>(32-partBits)]))
				}
			}
		}
	})
	return s
}

func (s *scatter) each(do func(w int)) {
	var wg sync.WaitGroup
	for w := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			do(w)
		}()
	}
	wg.Wait()
}

// keys gives every set its keys: those of its grams whose rarity is at least least.
func (s *scatter) keys(all []set, grams [][]uint64, least uint64) {
	s.each(func(w int) {
		var sorter keySorter
		var room []uint64
		at := make([]int, s.parts)
		for i := s.share[w]; i < s.share[w+1]; i++ {
			sorter.begin()
			for _, g := range grams[i] {
				p := g >> s.shift
				sorter.see(uint64(s.lists[w][p][at[p]]))
				at[p]++
			}
			all[i].keys, room = sorter.put(room, grams[i], least)
		}
	})
}
