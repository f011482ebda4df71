package account

import (
	"crypto/sha256"
	"fmt"
	"math"
	"sync"
	"time"
)

// Wait is the error of who asks too often, or when too many ask.
type Wait struct {
	After time.Duration // when it is worth trying again
}

func (w *Wait) Error() string {
	return fmt.Sprintf("too many attempts; try again in %v", w.After.Round(time.Second))
}

// limits counts attempts that failed, in a memory of bounded size. Nothing in it locks an account: what is counted is who tries what from where.
type limits struct {
	mu sync.Mutex
	m  map[[16]byte]*tally
}

type tally struct {
	n    float64 // halves every halfLife
	last time.Time
}

// rule is how many attempts are free, and how long one waits after them: twice as long with each, up to a limit.
type rule struct {
	free  float64
	first time.Duration
	most  time.Duration
}

var (
	perPair    = rule{5, 10 * time.Second, 15 * time.Minute} // of one account from one network
	perNetwork = rule{40, 5 * time.Second, 5 * time.Minute}  // of any accounts from one network
	perDevice  = rule{10, time.Minute, time.Hour}            // of a device at its own account; beyond it the device is like any other
	perAccount = rule{100, 0, 0}                             // beyond it, strangers at this account wait for one another
)

const (
	halfLife    = time.Hour
	mostTallies = 20_000 // about two megabytes
)

func newLimits() *limits { return &limits{m: map[[16]byte]*tally{}} }

func limitKey(parts ...string) (k [16]byte) {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	copy(k[:], h.Sum(nil))
	return k
}

func (t *tally) at(now time.Time) float64 {
	if t == nil {
		return 0
	}
	return t.n * math.Exp2(-max(0, now.Sub(t.last).Seconds())/halfLife.Seconds())
}

// wait is how long an attempt would have to wait; 0 for now.
func (l *limits) wait(k [16]byte, r rule, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.m[k].pause(r, now)
}

func (t *tally) pause(r rule, now time.Time) time.Duration {
	n := t.at(now)
	if n < r.free {
		return 0
	}
	pause := r.most
	if over := n - r.free; over < 16 { // beyond it the number would not fit
		pause = min(time.Duration(float64(r.first)*math.Exp2(over)), r.most)
	}
	return max(0, t.last.Add(pause).Sub(now))
}

// admit counts an attempt where it need not wait, and says how long it must where it does. It counts before it is known whether the attempt
// fails: of a thousand at once, not all may be free. Attempts that have to wait make nobody wait longer.
func (l *limits) admit(k [16]byte, r rule, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w := l.m[k].pause(r, now); w > 0 {
		return w
	}
	l.add(k, 1, now)
	return 0
}

// count adds to a tally and gives how many there are now.
func (l *limits) count(k [16]byte, by float64, now time.Time) float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.add(k, by, now)
}

func (l *limits) add(k [16]byte, by float64, now time.Time) float64 {
	t := l.m[k]
	n := max(0, t.at(now)+by)
	switch {
	case t != nil:
		t.n = n
		if by > 0 {
			t.last = now
		} else if t.last.Before(now) { // halving goes on from here, the pause from where it was
			t.n, t.last = n, now
		}
	case by > 0:
		if len(l.m) >= mostTallies {
			l.shrink(now)
		}
		l.m[k] = &tally{n, now}
	}
	return n
}

// clear forgets what was counted.
func (l *limits) clear(k [16]byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.m, k)
}

// shrink makes room: what has faded goes; where that is not enough, whatever counts least among some.
func (l *limits) shrink(now time.Time) {
	for least := 0.3; len(l.m) > mostTallies*9/10; least *= 2 {
		for k, t := range l.m {
			if t.at(now) < least {
				delete(l.m, k)
			}
			if len(l.m) <= mostTallies*9/10 {
				break
			}
		}
	}
}
