//go:build unix

// Command documents measures the reading of PDFs against pdftotext and mutool on the same files in one run, for docs/formats.md:
//
//	go run ./internal/documents [-v] FOLDER-OR-FILE…
//
// It prints for each file and in all: pages, pages per second of processor time of each program, and how far the sequences of words agree,
// page by page: twice the longest common subsequence over the number of words of both. Before that, on both sides: letters and digits only,
// compatibility forms resolved, hyphens out, words that a line end cuts joined. What we leave out along the edges of pages and set
// apart as notes is put back for the comparison, since the others keep it. Of pages that agree with neither, pages.yaml says what
// was seen where they were held against their image.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/extract/layout"
	"github.com/openassay/assay/extract/pdf"
	"github.com/openassay/assay/text"
)

// result is what was measured of one file.
type result struct {
	pages, dropped, words             int
	ours, analysis, pdftotext, mutool time.Duration
	same                              [5]int // common words: ours and pdftotext, ours and mutool, pdftotext and mutool; ours and the nearer of them; ours where they agree
	all                               [5]int // words of both
	near                              int    // pages that agree with the nearer of the two at least as much as they should
	apart                             []page // the others
}

func main() {
	log.SetFlags(0)
	verbose := flag.Bool("v", false, "show the pages that agree least")
	flag.Parse()
	var files []string
	for _, a := range flag.Args() {
		filepath.WalkDir(a, func(p string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.EqualFold(filepath.Ext(p), ".pdf") {
				files = append(files, p)
			}
			return nil
		})
	}
	rules, err := assay.LoadRules()
	if err != nil {
		log.Fatal(err)
	}
	pdf.Unchecked() // as in the processes in which files are read
	began := time.Now()
	if d, err := pdf.Open(context.Background(), []byte("%PDF-1.4\n")); err == nil {
		d.Close()
	}
	fmt.Printf("start of the PDF reader: %v\n", time.Since(began).Round(time.Millisecond))
	fmt.Printf("%-44s %6s %5s | %8s %8s %8s p/s CPU | %7s %7s %7s | %7s %7s | +analysis\n", "file", "pages", "drop", "ours", "pdftotxt", "mutool", "o~p", "o~m", "p~m", "nearer", "agreed")
	var sum result
	for _, f := range files {
		r, err := measure(f, rules, *verbose)
		if err != nil {
			fmt.Printf("%-44.44s %v\n", filepath.Base(f), err)
			continue
		}
		r.print(filepath.Base(f))
		sum.add(r)
	}
	sum.print("all")
	if err := judge(&sum); err != nil {
		log.Fatal(err)
	}
}

func (r *result) add(o *result) {
	r.pages, r.dropped, r.words = r.pages+o.pages, r.dropped+o.dropped, r.words+o.words
	r.ours, r.analysis, r.pdftotext, r.mutool = r.ours+o.ours, r.analysis+o.analysis, r.pdftotext+o.pdftotext, r.mutool+o.mutool
	r.near, r.apart = r.near+o.near, append(r.apart, o.apart...)
	for i := range r.same {
		r.same[i] += o.same[i]
		r.all[i] += o.all[i]
	}
}

func (r *result) print(name string) {
	rate := func(d time.Duration) float64 { return float64(r.pages) / max(d.Seconds(), 1e-6) }
	agree := func(i int) float64 { return float64(2*r.same[i]) / float64(max(r.all[i], 1)) }
	fmt.Printf("%-44.44s %6d %5d | %8.0f %8.0f %8.0f         | %7.4f %7.4f %7.4f | %7.4f %7.4f | %+.0f%%\n", name, r.pages, r.dropped, rate(r.ours), rate(r.pdftotext), rate(r.mutool),
		agree(0), agree(1), agree(2), agree(3), agree(4), 100*r.analysis.Seconds()/max(r.ours.Seconds(), 1e-6))
}

// cpu is the processor time that this process has taken.
func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func measure(file string, rules *assay.Rules, verbose bool) (*result, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	from := cpu()
	d, err := pdf.Open(context.Background(), b)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	var pages []layout.Page
	for i := range d.Pages {
		pages = append(pages, d.Page(i))
	}
	res := layout.Build(pages)
	rd, err := text.FromSource("x.pdf", &text.Source{Format: "pdf", Blocks: res.Blocks, Pages: res.Pages, Notes: res.Notes})
	if err != nil {
		return nil, err
	}
	r := &result{pages: d.Pages, ours: cpu() - from}
	from = cpu()
	assay.Analyze(rd, rules, nil)
	r.analysis = cpu() - from
	var other [2][]string
	if other[0], r.pdftotext, err = run("pdftotext", "-enc", "UTF-8", file, "-"); err != nil {
		return nil, err
	}
	if other[1], r.mutool, err = run("mutool", "draw", "-q", "-F", "txt", "-o", "-", file); err != nil {
		return nil, err
	}
	mine := byPage(res, pages)
	for i, p := range mine {
		w := [3][]string{words(p), pageWords(other[0], i), pageWords(other[1], i)}
		r.words += len(w[0])
		if len(w[0]) == 0 && len(w[1])+len(w[2]) > 0 {
			r.dropped++
		}
		var n, a [3]int
		for k, pair := range [][2]int{{0, 1}, {0, 2}, {1, 2}} {
			n[k], a[k] = common(w[pair[0]], w[pair[1]]), len(w[pair[0]])+len(w[pair[1]])
			r.same[k] += n[k]
			r.all[k] += a[k]
		}
		near := 0
		if n[1]*a[0] > n[0]*a[1] {
			near = 1
		}
		r.same[3] += n[near]
		r.all[3] += a[near]
		if float64(2*n[2]) >= 0.999*float64(a[2]) {
			r.same[4] += n[near]
			r.all[4] += a[near]
		}
		if float64(2*n[near]) >= goal*float64(a[near]) {
			r.near++
			continue
		}
		r.apart = append(r.apart, page{File: filepath.Base(file), Page: i + 1, Words: digest(w[0])})
		if verbose {
			fmt.Printf("  %s page %d: %.3f of %d words agree with %s\n", filepath.Base(file), i+1, float64(2*n[near])/float64(a[near]), a[near]/2, []string{"pdftotext", "mutool"}[near])
		}
	}
	return r, nil
}

// run gives what a program says, split into pages, and the processor time that it took.
func run(program string, args ...string) ([]string, time.Duration, error) {
	c := exec.Command(program, args...)
	out, err := c.Output()
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", program, err)
	}
	return strings.Split(string(out), "\f"), c.ProcessState.UserTime() + c.ProcessState.SystemTime(), nil
}

func pageWords(pages []string, i int) []string {
	if i >= len(pages) {
		return nil
	}
	return words(pages[i])
}

// byPage gives what we read of each page, with what runs along it and its notes.
func byPage(res *layout.Result, pages []layout.Page) []string {
	text := make([]strings.Builder, len(pages))
	for _, r := range res.Running {
		if r.Top {
			text[r.Page-1].WriteString(r.Text + "\n")
		}
	}
	at := 0
	for _, b := range res.Blocks {
		if b.Note > 0 {
			text[res.Notes[b.Note-1].Page-1].WriteString(strings.TrimPrefix(b.Text, "[") + "\n")
			continue
		}
		from := 0
		for _, a := range b.Anchors {
			if a.Kind == 0 {
				text[at].WriteString(b.Text[from:min(a.At, len(b.Text))])
				from, at = min(a.At, len(b.Text)), a.Index
			}
		}
		text[at].WriteString(b.Text[from:] + "\n")
	}
	for _, r := range res.Running {
		if !r.Top {
			text[r.Page-1].WriteString(r.Text + "\n")
		}
	}
	out := make([]string, len(pages))
	for i := range text {
		out[i] = text[i].String()
	}
	return out
}

// words are the runs of letters and digits.
func words(s string) []string {
	s = norm.NFKC.String(s)
	for _, h := range []string{"-\n", "\u00ad\n", "\u2010\n", "\ufffe\n", "-", "\u00ad", "\u2010", "\u2011"} {
		s = strings.ReplaceAll(s, h, "")
	}
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) })
}

// common is the length of the longest common subsequence.
func common(a, b []string) int {
	ids := map[string]int{}
	id := func(ws []string) []int {
		out := make([]int, len(ws))
		for i, w := range ws {
			if _, ok := ids[w]; !ok {
				ids[w] = len(ids)
			}
			out[i] = ids[w]
		}
		return out
	}
	x, y := id(a), id(b)
	row, prev := make([]int, len(y)+1), make([]int, len(y)+1)
	for _, u := range x {
		for j, v := range y {
			if u == v {
				row[j+1] = prev[j] + 1
			} else {
				row[j+1] = max(row[j], prev[j+1])
			}
		}
		row, prev = prev, row
	}
	return prev[len(y)]
}
