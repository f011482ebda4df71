//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"time"

	minhashlsh "github.com/ekzhu/minhash-lsh"

	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/text"
)

// run is how a program went.
type run struct {
	out       []byte
	wall, cpu time.Duration
	mb        int64
}

func do(name string, args ...string) (run, error) {
	var r run
	var out, bad bytes.Buffer
	c := exec.Command(name, args...)
	c.Stdout, c.Stderr = &out, &bad
	start := time.Now()
	if err := c.Run(); err != nil {
		return r, fmt.Errorf("%s: %w: %s", name, err, bad.Bytes())
	}
	r.wall, r.out = time.Since(start), out.Bytes()
	r.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	r.mb = c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10
	return r, nil
}

// compare prints how the programs do at both thresholds, bytes in to pairs out.
func compare(texts string) error {
	tmp, err := os.MkdirTemp("", "rivals")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	assay := filepath.Join(tmp, "assay")
	if _, err := do("go", "build", "-o", assay, "./cmd/assay"); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(texts, "*"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("%s: no files", texts)
	}
	fmt.Printf("| program | pairs | recall | wall s | cpu s | MB |\n|---|---:|---:|---:|---:|---:|\n")
	row := func(name string, pairs int, recall float64, r run) {
		fmt.Printf("| %s | %d | %.1f %% | %.2f | %.2f | %d |\n", name, pairs, 100*recall, r.wall.Seconds(), r.cpu.Seconds(), r.mb)
	}
	var same map[string]bool // pairs of documents that share an article
	for _, t := range []string{"0.8", "0.5"} {
		r, err := do(assay, "overlap", "--format", "json", "--level", "article", "--threshold", t, texts)
		if err != nil {
			return err
		}
		n, docs, err := pairsOf(r.out)
		if err != nil {
			return err
		}
		same = docs
		row("assay overlap, J ≥ "+t+", provisions", n, 1, r)
		if r, err = do(self, "--texts", texts, "--minhash", t); err != nil {
			return err
		}
		var m int
		if _, err := fmt.Sscan(string(r.out), &m); err != nil {
			return err
		}
		row("MinHash-LSH, 128 permutations, J ≥ "+t+", provisions", m, float64(m)/float64(n), r)
	}
	// sim_text compares files, not provisions: its recall is over pairs of files that share an article at J ≥ 0.5.
	row("(assay overlap, J ≥ 0.5, pairs of files)", len(same), 1, run{})
	for _, args := range [][]string{{"-p", "-a", "-T", "-t", "1"}, {"-p", "-e", "-T", "-t", "1"}} {
		r, err := do("sim_text", append(args, files...)...)
		if err != nil {
			return err
		}
		found, hits := filePairs(r.out), 0
		for k := range found {
			if same[k] {
				hits++
			}
		}
		row("sim_text "+fmt.Sprint(args)+", files", len(found), float64(hits)/float64(len(same)), r)
	}
	return nil
}

func pairsOf(b []byte) (int, map[string]bool, error) {
	type side struct{ Document string }
	var v struct{ Pairs []struct{ A, B side } }
	if err := json.Unmarshal(b, &v); err != nil {
		return 0, nil, err
	}
	docs := map[string]bool{}
	for _, p := range v.Pairs {
		docs[pairKey(p.A.Document, p.B.Document)] = true
	}
	return len(v.Pairs), docs, nil
}

func pairKey(a, b string) string {
	a, b = filepath.Base(a), filepath.Base(b)
	return min(a, b) + " " + max(a, b)
}

var consists = regexp.MustCompile(`^(\S+) consists for \d+ % of (\S+) material`)

func filePairs(b []byte) map[string]bool {
	out := map[string]bool{}
	for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
		if m := consists.FindStringSubmatch(s.Text()); m != nil {
			out[pairKey(m[1], m[2])] = true
		}
	}
	return out
}

func read(texts string) ([]*overlap.Document, error) {
	docs, bad, err := ingest.Texts(context.Background(), nil, []string{texts}, func(path string, r *text.Reading) *overlap.Document {
		return overlap.Read(path, r, overlap.Article)
	})
	if len(bad) > 0 {
		fmt.Fprintf(os.Stderr, "%d files were not read\n", len(bad))
	}
	return docs, err
}

// minhashed prints the number of pairs that MinHash-LSH finds, each verified. It reads as we do, and spends no time on passages.
func minhashed(texts string, t float64) error {
	docs, err := read(texts)
	if err != nil {
		return err
	}
	type unit struct {
		doc int
		u   *overlap.Unit
		sig []uint64
	}
	var units []unit
	lsh := minhashlsh.NewMinhashLSH32(128, t)
	for di, d := range docs {
		for i := range d.Units {
			m := minhashlsh.NewMinhash(1, 128)
			var b [8]byte
			for _, g := range d.Units[i].Grams {
				binary.LittleEndian.PutUint64(b[:], g)
				m.Push(b[:])
			}
			units = append(units, unit{di, &d.Units[i], m.Signature()})
			lsh.Add(len(units)-1, units[len(units)-1].sig)
		}
	}
	lsh.Index()
	n := 0
	for i, a := range units {
		for _, k := range lsh.Query(a.sig) {
			if j := k.(int); j > i && units[j].doc != a.doc && jaccard(a.u.Grams, units[j].u.Grams) >= t {
				n++
			}
		}
	}
	fmt.Println(n)
	return nil
}

func jaccard(a, b []uint64) float64 {
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			both, i, j = both+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// against prints how long one document takes against all others: the reading of its bytes included, the index made before.
func against(texts string) error {
	docs, err := read(texts)
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(texts, "*"))
	if err != nil {
		return err
	}
	for _, t := range []float64{0.8, 0.5} {
		units := 0
		start, before := time.Now(), cpuTime()
		found := overlap.Join(docs, t)
		fmt.Printf("J ≥ %v: the join alone, %d pairs in %v, %v of CPU\n", t, found.Len(), time.Since(start).Round(time.Millisecond), (cpuTime() - before).Round(time.Millisecond))
		start = time.Now()
		x := overlap.NewIndex(t)
		x.Add(docs...)
		made := time.Since(start)
		for _, d := range docs {
			units += len(d.Units)
		}
		var read, ask []time.Duration
		for _, f := range files[:min(len(files), 100)] {
			b, err := os.ReadFile(f)
			if err != nil {
				return err
			}
			start := time.Now()
			r, err := text.Read(f, b)
			if err != nil {
				return err
			}
			d := overlap.Read(f, r, overlap.Article)
			read = append(read, time.Since(start))
			start = time.Now()
			x.Like(d)
			ask = append(ask, time.Since(start))
		}
		slices.Sort(read)
		slices.Sort(ask)
		fmt.Printf("J ≥ %v: index of %d provisions in %v; a document against it: p50 %v, p99 %v, most %v; reading it: p50 %v, most %v\n",
			t, units, made.Round(time.Millisecond), ask[len(ask)/2].Round(10*time.Microsecond), ask[len(ask)*99/100].Round(10*time.Microsecond), ask[len(ask)-1].Round(10*time.Microsecond),
			read[len(read)/2].Round(10*time.Microsecond), read[len(read)-1].Round(10*time.Microsecond))
	}
	return nil
}
