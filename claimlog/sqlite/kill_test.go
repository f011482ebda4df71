package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/claimlog/logtest"
	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/registry"
)

const (
	killLog = "ASSAY_TEST_KILL_LOG" // path: this process is the child that appends until it is killed
	killRun = "ASSAY_TEST_KILL_RUN" // number of the run, which keeps its entries apart from other runs'
)

func TestMain(m *testing.M) {
	if path := os.Getenv(killLog); path != "" {
		appendUntilKilled(path, os.Getenv(killRun))
	}
	os.Exit(m.Run())
}

// killBatch is batch n of a run: its titles say which batch they belong to and how long it is.
func killBatch(t testing.TB, run string, n int) []registry.Entry {
	return logtest.Claims(t, fmt.Sprintf("run %s batch %d %s", run, n, strings.Repeat("weight ", n*37%300)), killSize(n))
}

func killSize(n int) int { return n*13%60 + 2 }

// appendUntilKilled appends batch after batch and says after each that it was acknowledged. It erases the run's first entry of
// every fourth batch, so that kills meet erasures too.
func appendUntilKilled(path, run string) {
	l, err := sqlite.Open(context.Background(), path)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	var tb testing.T // only for its Fatal, which does not happen
	for n := 1; ; n++ {
		batch := killBatch(&tb, run, n)
		if _, _, err := l.Append(context.Background(), batch); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("added", n)
		if n%4 == 0 {
			if err := l.Erase(context.Background(), []registry.EntryID{batch[0].ID}, "court", "order", logtest.At); err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
			fmt.Println("erased", n)
		}
	}
}

// TestKill kills a process that appends, at random moments, and finds after each kill every acknowledged batch, and no part of any other.
func TestKill(t *testing.T) {
	const kills = 24
	path := filepath.Join(t.TempDir(), "log.db")
	acked, erased := map[string]bool{}, map[string]bool{} // "run/batch"
	for run := range kills {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), killLog+"="+path, killRun+"="+strconv.Itoa(run))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Every fourth is killed in its first moments, while it makes or recovers the log; the others a moment after it has
		// acknowledged something some times, so that a slow machine kills at work too.
		var kill *time.Timer
		wait, lines := rand.N(40*time.Millisecond), 0
		if run%4 != 0 {
			wait, lines = rand.N(12*time.Millisecond), 1+rand.IntN(12)
		}
		said := 0
		for heard := bufio.NewScanner(out); ; said++ {
			if said == lines {
				kill = time.AfterFunc(wait, func() { cmd.Process.Kill() }) // SIGKILL
			}
			if !heard.Scan() {
				break
			}
			what, n, _ := strings.Cut(heard.Text(), " ")
			switch what {
			case "added":
				acked[strconv.Itoa(run)+"/"+n] = true
			case "erased":
				erased[strconv.Itoa(run)+"/"+n] = true
			default:
				t.Errorf("run %d: %s", run, heard.Text())
			}
		}
		if kill != nil {
			kill.Stop()
		}
		cmd.Wait()
		checkAfterKill(t, path, acked, erased)
		if t.Failed() {
			t.Fatalf("after kill %d, %v after %d lines", run, wait, lines)
		}
	}
	if len(acked) < kills || len(erased) == 0 {
		t.Errorf("only %d batches were acknowledged and %d erasures over %d kills: the test tests nothing", len(acked), len(erased), kills)
	}
	t.Logf("%d batches and %d erasures acknowledged over %d kills", len(acked), len(erased), kills)
}

func checkAfterKill(t *testing.T, path string, acked, erased map[string]bool) {
	t.Helper()
	ctx := context.Background()
	l, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Check(ctx); err != nil {
		t.Fatal(err)
	}
	batches := map[int64]string{} // of the log → "run/batch"
	sizes := map[int64]int{}
	found := map[string]bool{}
	for _, g := range logtest.ReadAll(t, l, 100) {
		sizes[g.Batch]++
		if g.Entry.Erased() {
			continue
		}
		var run, n int
		title := g.Entry.Claim.Value.Raw
		if _, err := fmt.Sscanf(title, "run %d batch %d ", &run, &n); err != nil {
			t.Fatalf("%q: %v", title, err)
		}
		name := fmt.Sprintf("%d/%d", run, n)
		if was := batches[g.Batch]; was != "" && was != name {
			t.Errorf("batch %d of the log mixes %s and %s", g.Batch, was, name)
		}
		batches[g.Batch], found[name] = name, true
	}
	for b, name := range batches {
		var run, n int
		fmt.Sscanf(name, "%d/%d", &run, &n)
		if want := killSize(n); sizes[b] != want {
			t.Errorf("batch %s has %d entries; want %d", name, sizes[b], want)
		}
	}
	for name := range acked {
		if !found[name] && !erased[name] {
			t.Errorf("batch %s was acknowledged and is lost", name)
		}
	}
	for name := range erased {
		run, n, _ := strings.Cut(name, "/")
		k, _ := strconv.Atoi(n)
		id := killBatch(t, run, k)[0].ID
		if gone := erasedIn(t, l, id); !gone {
			t.Errorf("the erasure in batch %s was acknowledged and is lost", name)
		}
	}
}

func erasedIn(t *testing.T, l *sqlite.Log, id registry.EntryID) bool {
	xs, err := l.Erasures(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range xs {
		if x.ID == id {
			return true
		}
	}
	return false
}
