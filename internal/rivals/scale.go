//go:build unix

package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"github.com/openassay/assay/overlap"
)

// Generators of provisions, each a list of word numbers. A gram is five of them in a row, as in texts.

// maker makes the next provision of a document.
type maker func(r *rand.Rand, i, n int) []uint32

// generators by name. Provisions have 20 to 120 words, as articles' paragraphs do.
func generators() map[string]func(n int) maker {
	return map[string]func(n int) maker{
		// zipf draws words by Zipf's law and nothing else: no reuse but by chance, and very frequent grams.
		"zipf": func(int) maker {
			z := rand.NewZipf(rand.New(rand.NewPCG(1, 1)), 1.1, 8, 60_000)
			return func(r *rand.Rand, _, _ int) []uint32 { return zipfWords(z, 20+r.IntN(101)) }
		},
		// lineage copies: half of the provisions are an earlier one, lately written, with a few words changed.
		"lineage": func(n int) maker {
			z := rand.NewZipf(rand.New(rand.NewPCG(2, 2)), 1.1, 8, 60_000)
			var past [][]uint32
			return func(r *rand.Rand, i, _ int) []uint32 {
				var ws []uint32
				if i > 0 && r.IntN(2) == 0 {
					ws = slices.Clone(past[r.IntN(len(past))])
					for range r.IntN(6) {
						ws[r.IntN(len(ws))] = uint32(r.IntN(60_000))
					}
				} else {
					ws = zipfWords(z, 20+r.IntN(101))
				}
				if len(past) < n/4 {
					past = append(past, ws)
				} else {
					past[r.IntN(len(past))] = ws
				}
				return ws
			}
		},
		// boilerplate: a third of the provisions are one of 60 clauses to the letter but for one of 20 names in them, and each of the others begins or
		// ends with one of 40 formulas of 15 words.
		"boilerplate": func(int) maker {
			z := rand.NewZipf(rand.New(rand.NewPCG(3, 3)), 1.1, 8, 60_000)
			var clauses, formulas [][]uint32
			for range 60 {
				clauses = append(clauses, zipfWords(z, 60))
			}
			for range 40 {
				formulas = append(formulas, zipfWords(z, 15))
			}
			return func(r *rand.Rand, _, _ int) []uint32 {
				if r.IntN(3) == 0 {
					ws := slices.Clone(clauses[r.IntN(len(clauses))])
					ws[30] = 70_000 + uint32(r.IntN(20))
					return ws
				}
				f, own := formulas[r.IntN(len(formulas))], zipfWords(z, 10+r.IntN(96))
				if r.IntN(2) == 0 {
					return append(slices.Clone(f), own...)
				}
				return append(own, f...)
			}
		},
	}
}

func zipfWords(z *rand.Zipf, n int) []uint32 {
	ws := make([]uint32, n)
	for i := range ws {
		ws[i] = uint32(z.Uint64())
	}
	return ws
}

func grams(ws []uint32) []uint64 {
	out := make([]uint64, len(ws)-overlap.GramWords+1)
	for i := range out {
		h := uint64(14695981039346656037)
		for _, w := range ws[i : i+overlap.GramWords] {
			h = (h ^ uint64(w)) * 0xbf58476d1ce4e5b9
			h ^= h >> 29
		}
		out[i] = h&(1<<58-1) | 1
	}
	return out
}

// steps is how often the size is doubled.
const steps = 4

// scales prints the cost of the join at growing sizes, in CPU time, since other work on the machine takes wall time only; and at the end the exponent of the cost in
// input plus output, fitted to all sizes.
func scales(most int, only string) error {
	for _, name := range []string{"zipf", "lineage", "boilerplate"} {
		if only != "" && only != name {
			continue
		}
		fmt.Printf("%s\n| provisions | grams | J ≥ | groups of pairs | pairs | wall s | cpu s | peak MB |\n|---:|---:|---:|---:|---:|---:|---:|---:|\n", name)
		logs := map[float64][][2]float64{}
		for n := most >> steps; n <= most; n *= 2 {
			docs, grams := made(name, n)
			for _, t := range []float64{0.8, 0.5} {
				runtime.GC()
				debug.FreeOSMemory()
				before, start := cpuTime(), time.Now()
				found := overlap.Join(docs, t)
				wall, cpu := time.Since(start), (cpuTime() - before).Seconds()
				fmt.Printf("| %d | %d | %v | %d | %d | %.2f | %.2f | %d |\n", n, grams, t, found.Groups(), found.Len(), wall.Seconds(), cpu, peakMB())
				logs[t] = append(logs[t], [2]float64{math.Log(float64(grams + found.Groups())), math.Log(cpu)})
			}
		}
		for _, t := range []float64{0.8, 0.5} {
			fmt.Printf("%s, J ≥ %v: cost exponent %.2f\n", name, t, slope(logs[t]))
		}
	}
	return nil
}

// slope is that of the line of least squares.
func slope(ps [][2]float64) float64 {
	var mx, my, num, den float64
	for _, p := range ps {
		mx, my = mx+p[0]/float64(len(ps)), my+p[1]/float64(len(ps))
	}
	for _, p := range ps {
		num, den = num+(p[0]-mx)*(p[1]-my), den+(p[0]-mx)*(p[0]-mx)
	}
	return num / den
}

// made makes n provisions, a hundred to a treaty.
func made(name string, n int) (docs []*overlap.Document, total int) {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	next := generators()[name](n)
	for i := range n {
		if i%100 == 0 {
			docs = append(docs, &overlap.Document{})
		}
		d := docs[len(docs)-1]
		u := overlap.NewUnit("", 0, 0, grams(next(r, i, n)))
		total += len(u.Grams)
		d.Units = append(d.Units, u)
	}
	return docs, total
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMB is the largest resident memory of the process so far, the made provisions included.
func peakMB() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return u.Maxrss >> 10
}
