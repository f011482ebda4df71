package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// wait until the gate has so many waiters in the lane.
func waiting(t *testing.T, g *gate, lane string, n int) {
	t.Helper()
	for range 2000 {
		g.mu.Lock()
		got := len(g.lanes[lane])
		g.mu.Unlock()
		if got == n {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("nobody waits in %q", lane)
}

func TestGateBoundsTheWork(t *testing.T) {
	g := newGate(atOnce)
	var now, most, served atomic.Int64
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			leave, err := g.enter(t.Context(), fmt.Sprint("lane ", i%40))
			if err != nil {
				return
			}
			n := now.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			time.Sleep(time.Millisecond)
			now.Add(-1)
			served.Add(1)
			leave()
		})
	}
	wg.Wait()
	if most.Load() > atOnce || served.Load() < gateLength/2 {
		t.Errorf("%d at once, %d served", most.Load(), served.Load())
	}
	if g.free != atOnce || g.waiting != 0 || len(g.lanes) != 0 || len(g.order) != 0 {
		t.Errorf("what is left: %+v", g)
	}
}

// Who asks much waits for themselves; a device that is known goes before all.
func TestGateIsFair(t *testing.T) {
	g := newGate(1)
	first, err := g.enter(t.Context(), "someone")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var order []string
	var wg sync.WaitGroup
	come := func(lane, name string, before int) {
		wg.Go(func() {
			leave, err := g.enter(t.Context(), lane)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
			mu.Lock()
			order = append(order, name)
			mu.Unlock()
			leave()
		})
		waiting(t, g, lane, before+1)
	}
	come("attacker", "a1", 0)
	come("attacker", "a2", 1)
	come("attacker", "a3", 2)
	come("attacker", "a4", 3)
	come("reader", "r", 0)
	come(inside, "owner", 0)
	var full *Wait
	if _, err := g.enter(t.Context(), "attacker"); !errors.As(err, &full) || full.After <= 0 {
		t.Errorf("a fifth of the same lane: %v", err)
	}
	first()
	wg.Wait()
	if want := []string{"owner", "a1", "r", "a2", "a3", "a4"}; !slices.Equal(order, want) {
		t.Errorf("served %v, want %v", order, want)
	}
}

// A full house sends away the last of the longest lane before it refuses someone new; who goes away leaves no hole.
func TestGateWhenFull(t *testing.T) {
	g := newGate(1)
	first, _ := g.enter(t.Context(), "x")
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	var refused, cancelled atomic.Int64
	for i := range gateLength {
		lane := fmt.Sprint("network ", i/laneLength)
		wg.Go(func() {
			leave, err := g.enter(ctx, lane)
			var w *Wait
			switch {
			case errors.As(err, &w):
				refused.Add(1)
			case err != nil:
				cancelled.Add(1)
			default:
				leave()
			}
		})
		waiting(t, g, lane, i%laneLength+1)
	}
	done := make(chan error)
	go func() {
		leave, err := g.enter(t.Context(), "new")
		if err == nil {
			leave()
		}
		done <- err
	}()
	waiting(t, g, "new", 1)
	cancel()
	wg.Wait()
	first()
	if err := <-done; err != nil || refused.Load() != 1 || cancelled.Load() != gateLength-1 {
		t.Errorf("the newcomer: %v; %d refused, %d went away", err, refused.Load(), cancelled.Load())
	}
	if g.free != 1 || g.waiting != 0 || len(g.lanes) != 0 {
		t.Errorf("what is left: %+v", g)
	}
}

func TestLimitsAreBounded(t *testing.T) {
	l, at := newLimits(), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	loud := limitKey("pair", "edda", "203.0.113.0/24")
	for i := range 5 * mostTallies {
		if i%1000 == 0 {
			l.count(loud, 1, at)
		}
		l.count(limitKey("pair", fmt.Sprint(i)), 1, at)
		if len(l.m) > mostTallies {
			t.Fatalf("%d are kept", len(l.m))
		}
	}
	if l.wait(loud, perPair, at) == 0 {
		t.Error("a flood of others makes it forget who tries most")
	}
}

func TestPausesGrowAndFade(t *testing.T) {
	l, at, k := newLimits(), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), limitKey("x")
	for i := range 5 {
		if w := l.wait(k, perPair, at); w != 0 {
			t.Errorf("attempt %d waits %v", i, w)
		}
		l.count(k, 1, at)
	}
	var pauses []time.Duration
	for range 10 {
		w := l.wait(k, perPair, at)
		pauses = append(pauses, w)
		at = at.Add(w)
		if l.wait(k, perPair, at) != 0 {
			t.Fatal("it does not end")
		}
		l.count(k, 1, at)
	}
	if pauses[0] != perPair.first || !slices.IsSorted(pauses[:6]) || slices.Max(pauses) > perPair.most || pauses[5] < 2*time.Minute {
		t.Errorf("%v", pauses)
	}
	if at = at.Add(24 * time.Hour); l.wait(k, perPair, at) != 0 || l.m[k].at(at) > .01 {
		t.Error("it never fades")
	}
	if l.clear(k); l.wait(k, perPair, at) != 0 || len(l.m) != 0 {
		t.Error("clearing leaves something")
	}
	if limitKey("a", "bc") == limitKey("ab", "c") {
		t.Error("two things are counted as one")
	}
}

// Of many at once, only those that are free pass.
func TestManyAtOnceAreCounted(t *testing.T) {
	l, at, k := newLimits(), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), limitKey("x")
	var passed atomic.Int64
	var wg sync.WaitGroup
	for range 1000 {
		wg.Go(func() {
			if l.admit(k, perPair, at) == 0 {
				passed.Add(1)
			}
		})
	}
	wg.Wait()
	if passed.Load() != int64(perPair.free) {
		t.Errorf("%d of a thousand passed", passed.Load())
	}
	for range 5000 {
		l.count(k, 1, at)
		if l.wait(k, perPair, at) <= 0 {
			t.Fatal("the pause ran over")
		}
	}
}

// An unknown name, a wrong password and a disabled user take the same work and get the same answer.
func TestNothingTellsWhoExists(t *testing.T) {
	s, err := OpenMemory(t.Context(), Options{Cost: Cost{Memory: 8 << 10, Passes: 1, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const pass = "seven copper ledgers float"
	for _, name := range []string{"Ada", "Ben"} {
		if _, err := s.Add(t.Context(), Operator, User{Name: name, Role: Editor}, pass); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Disable(t.Context(), Operator, "Ben"); err != nil {
		t.Fatal(err)
	}
	took := map[string][]time.Duration{}
	for i := range 15 {
		for name, password := range map[string]string{"Ada": "not the right one", "Ben": pass, "Nobody": pass} {
			began := time.Now()
			_, err := s.SignIn(t.Context(), Attempt{Name: name, Password: password, Network: fmt.Sprint(i)})
			took[name] = append(took[name], time.Since(began))
			if !NotRight(err) || err.Error() != errNotRight.Error() {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	middle := func(name string) float64 { slices.Sort(took[name]); return took[name][7].Seconds() }
	for _, name := range []string{"Ben", "Nobody"} {
		if r := middle(name) / middle("Ada"); r < .4 || r > 2.5 { // without the work it is a hundredth
			t.Errorf("%s takes %.2f times as long as a wrong password", name, r)
		}
	}
}

// A password is kept at the cost of its day, and at today's after its owner signs in.
func TestCostIsRenewed(t *testing.T) {
	path := t.TempDir() + "/" + FileName
	const pass = "seven copper ledgers float"
	for i, c := range []Cost{{64, 1, 1}, {128, 2, 1}} {
		s, err := Open(t.Context(), path, Options{Cost: c})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if _, err := s.Add(t.Context(), Operator, User{Name: "Ada", Role: Editor}, pass); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if _, err := s.SignIn(t.Context(), Attempt{Name: "Ada", Password: pass}); err != nil {
				t.Fatal(i, err)
			}
		}
		_, stored, err := s.candidate(t.Context(), "Ada")
		if got, _, _, derr := decode(stored); err != nil || derr != nil || got != c {
			t.Errorf("kept at %+v, want %+v; %v %v", got, c, err, derr)
		}
		s.Close()
	}
	for _, bad := range []string{"", "$argon2id$v=19$m=64,t=1,p=1$AAAA", "$argon2id$v=19$m=99999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=64,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"} {
		if _, _, _, err := decode(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}
