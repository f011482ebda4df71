package account

import (
	"context"
	"slices"
	"sync"
	"time"
)

// gate lets a few passwords be looked at at a time, for each takes memory and a tenth of a second. Who waits is served in turns by lane, so
// that a lane that asks a thousand times waits for itself; the lane inside goes first.
type gate struct {
	mu      sync.Mutex
	free    int
	lanes   map[string][]*waiter
	order   []string // lanes with someone in them, the next to be served first
	waiting int      // in all lanes but inside
}

type waiter struct{ turn chan bool } // true: it is yours; false: another came before you

const (
	atOnce     = 2
	inside     = ""  // the lane of devices that signed in before, and of those who are signed in
	laneLength = 4   // who may wait in a lane
	gateLength = 64  // who may wait in all lanes together
	mostInside = 200 // who may wait inside
)

func newGate(free int) *gate { return &gate{free: free, lanes: map[string][]*waiter{}} }

// enter waits for a turn. The error is a *Wait where too many wait already.
func (g *gate) enter(ctx context.Context, lane string) (leave func(), err error) {
	g.mu.Lock()
	if g.free > 0 {
		g.free--
		g.mu.Unlock()
		return g.leave, nil
	}
	w := &waiter{make(chan bool, 1)}
	if !g.queue(lane, w) {
		g.mu.Unlock()
		return nil, &Wait{After: 5 * time.Second}
	}
	g.mu.Unlock()
	select {
	case mine := <-w.turn:
		if !mine {
			return nil, &Wait{After: 5 * time.Second}
		}
		return g.leave, nil
	case <-ctx.Done():
		g.mu.Lock()
		gone := g.remove(lane, w)
		g.mu.Unlock()
		if !gone && <-w.turn { // its turn came at the same moment
			g.leave()
		}
		return nil, ctx.Err()
	}
}

// queue puts a waiter at the end of its lane. A full house makes room by sending away the last of the longest lane.
func (g *gate) queue(lane string, w *waiter) bool {
	if lane == inside {
		if len(g.lanes[lane]) >= mostInside {
			return false
		}
	} else {
		if len(g.lanes[lane]) >= laneLength {
			return false
		}
		if g.waiting >= gateLength {
			var longest string
			var q []*waiter
			for _, l := range g.order {
				if l != inside && len(g.lanes[l]) > len(q) {
					longest, q = l, g.lanes[l]
				}
			}
			if len(q) <= len(g.lanes[lane])+1 {
				return false
			}
			last := q[len(q)-1]
			g.remove(longest, last)
			last.turn <- false
		}
		g.waiting++
	}
	if len(g.lanes[lane]) == 0 {
		g.order = append(g.order, lane)
	}
	g.lanes[lane] = append(g.lanes[lane], w)
	return true
}

// remove takes a waiter out of its lane and says whether it was there.
func (g *gate) remove(lane string, w *waiter) bool {
	q := g.lanes[lane]
	i := slices.Index(q, w)
	if i < 0 {
		return false
	}
	if lane != inside {
		g.waiting--
	}
	if len(q) == 1 {
		delete(g.lanes, lane)
		g.order = slices.DeleteFunc(g.order, func(l string) bool { return l == lane })
	} else {
		g.lanes[lane] = slices.Delete(q, i, i+1)
	}
	return true
}

// leave gives the place to the next: inside first, then the lanes in turns.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.order) == 0 {
		g.free++
		return
	}
	lane := g.order[0]
	if len(g.lanes[inside]) > 0 {
		lane = inside
	}
	w := g.lanes[lane][0]
	g.remove(lane, w)
	if i := slices.Index(g.order, lane); i >= 0 { // to the end, for its next
		g.order = append(slices.Delete(g.order, i, i+1), lane)
	}
	w.turn <- true
}
