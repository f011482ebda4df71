package overlap

// posting says that a set has a key at a place among its keys.
type posting struct{ set, at int32 }

// postings lists, for each key near the front of some set, the sets that have it there, the smallest set first. It is a table of open addressing
// over one array of lists: the map of the language would take four times the memory and time.
type postings struct {
	keys  []uint64 // 0 for a free slot
	start []uint32 // where the list of the slot begins; it ends where the next slot's begins
	list  []posting
	shift int
}

// hashKey spreads keys over the table: their upper bits say how rare they are.
func (p *postings) slot(key uint64) int {
	i := int(key * 0x9e3779b97f4a7c15 >> p.shift)
	for p.keys[i] != key && p.keys[i] != 0 {
		if i++; i == len(p.keys) {
			i = 0
		}
	}
	return i
}

// newPostings lists the first upTo(i) keys of each set i.
func newPostings(all []set, upTo func(i int) int) *postings {
	n := 0
	for i := range all {
		n += upTo(i)
	}
	log := 4
	for 1<<log < n+n/2 {
		log++
	}
	p := &postings{keys: make([]uint64, 1<<log), start: make([]uint32, 1<<log+1), list: make([]posting, n), shift: 64 - log}
	for i := range all {
		for _, k := range all[i].keys[:upTo(i)] {
			s := p.slot(k)
			p.keys[s] = k
			p.start[s]++
		}
	}
	sum := uint32(0)
	for s, c := range p.start {
		sum += c
		p.start[s] = sum // where it ends; filled from the back
	}
	for i := len(all) - 1; i >= 0; i-- {
		for at, k := range all[i].keys[:upTo(i)] {
			s := p.slot(k)
			p.start[s]--
			p.list[p.start[s]] = posting{int32(i), int32(at)}
		}
	}
	return p
}

// of is the list of a key.
func (p *postings) of(key uint64) []posting {
	s := p.slot(key)
	return p.list[p.start[s]:p.start[s+1]]
}
