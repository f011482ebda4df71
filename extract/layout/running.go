package layout

import (
	"math"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"github.com/openassay/assay/text"
)

// edgeLines is how many lines at the top and at the bottom of a page may run along it.
const edgeLines = 4

// edge is a line near the top or bottom of a page.
type edge struct {
	page, rank int // rank counts from the edge of the page
	top        bool
	l          *line
	key        string // its words without numbers
	numbers    []int
	drop       bool
}

// running takes out the lines that run along the top or bottom of pages, and reads the printed page numbers in them. A line
// runs where its words, numbers apart, come again at the same height on three pages close to each other; a line that is only
// a number, where it counts with the pages. From the edge inwards, the first line that does not run ends what does.
func (b *builder) running() {
	b.labels = make([]string, len(b.pages))
	var edges []*edge
	for i, ls := range b.lines {
		edges = append(edges, edgesOf(ls, i, b.pages[i].Height, true)...)
		edges = append(edges, edgesOf(ls, i, b.pages[i].Height, false)...)
	}
	groups := map[string][]*edge{}
	for _, e := range edges {
		k := e.key
		if e.top {
			k = "^" + k
		}
		groups[k] = append(groups[k], e)
	}
	for _, g := range groups {
		b.markRunning(g)
	}
	shift := b.labelAll(edges)
	drop, top := map[*line]bool{}, map[*line]bool{}
	sort.SliceStable(edges, func(i, j int) bool { return edges[i].rank < edges[j].rank })
	open := map[[2]int]bool{} // page and side at which a line that does not run was met
	for _, e := range edges {
		side := [2]int{e.page, 0}
		if e.top {
			side[1] = 1
		}
		if !e.drop || open[side] {
			open[side] = true
			continue
		}
		drop[e.l], top[e.l] = true, e.top
	}
	for i, ls := range b.lines {
		kept := ls[:0:0]
		for _, l := range ls {
			if drop[l] {
				b.res.Running = append(b.res.Running, Running{i + 1, l.text, top[l]})
				continue
			}
			kept = append(kept, l)
		}
		b.lines[i] = kept
	}
	b.jumps(shift)
}

// margin is the part of a page's height, at the top and at the bottom, in which lines may run.
const margin = 0.15

func edgesOf(ls []*line, page int, height float64, top bool) []*edge {
	sorted := append([]*line{}, ls...)
	sort.SliceStable(sorted, func(i, j int) bool {
		if top {
			return sorted[i].Y0 < sorted[j].Y0
		}
		return sorted[i].Y1 > sorted[j].Y1
	})
	var out []*edge
	for i, l := range sorted[:min(len(sorted), edgeLines)] {
		if len(l.text) > 200 || top && l.Y0 > margin*height || !top && l.Y1 < (1-margin)*height {
			break
		}
		key, numbers := withoutNumbers(l.text)
		out = append(out, &edge{page: page, rank: i, top: top, l: l, key: key, numbers: numbers})
	}
	return out
}

// withoutNumbers is a line's words in small letters with each number as "#", and the numbers: Arabic anywhere, Roman where the
// line has nothing else.
func withoutNumbers(s string) (string, []int) {
	var b strings.Builder
	var ns []int
	for i := 0; i < len(s); {
		c := s[i]
		if c >= '0' && c <= '9' {
			j := i
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			if n, err := strconv.Atoi(s[i:j]); err == nil {
				ns = append(ns, n)
			}
			b.WriteByte('#')
			i = j
			continue
		}
		if c != ' ' {
			b.WriteByte(c)
		}
		i++
	}
	key := strings.ToLower(b.String())
	if len(ns) == 0 {
		if n := romanNumber(strings.Trim(key, "-–—|. ")); n > 0 {
			return "#", []int{n}
		}
	}
	return key, ns
}

// romanNumber reads small Roman numerals below 90, as page numbers of front matter are; 0 for anything else.
func romanNumber(s string) int {
	if s == "" || len(s) > 8 {
		return 0
	}
	value := map[rune]int{'i': 1, 'v': 5, 'x': 10, 'l': 50}
	n, prev := 0, 0
	for _, c := range s {
		v, ok := value[c]
		if !ok {
			return 0
		}
		if v > prev {
			n += v - 2*prev
		} else {
			n += v
		}
		prev = v
	}
	if n >= 90 || n <= 0 {
		return 0
	}
	return n
}

// onlyNumber says whether a line's key holds no words but those of a page number.
func onlyNumber(key string) bool {
	for _, w := range []string{"page", "página", "pagina", "seite", "of", "de", "sur", "p."} {
		key = strings.Replace(key, w, "", 1)
	}
	return strings.Trim(key, "#-–—|/. []()~") == "" && key != ""
}

// markRunning marks the edges of one wording that come again on pages close to each other at the same height.
func (b *builder) markRunning(g []*edge) {
	if onlyNumber(g[0].key) {
		return // these must count with the pages: labelAll
	}
	if strings.IndexFunc(g[0].key, unicode.IsLetter) < 0 && !strings.Contains(g[0].key, "#") {
		return
	}
	if headingWords[strings.Trim(g[0].key, "#-–—.:|()")] {
		return // "Article 4" at the top of three pages
	}
	sort.SliceStable(g, func(i, j int) bool { return g[i].page < g[j].page })
	for i := range g {
		pages := map[int]bool{g[i].page: true}
		for k := i - 1; k >= 0 && g[i].page-g[k].page <= 6; k-- {
			if sameRunning(g[k], g[i]) {
				pages[g[k].page] = true
			}
		}
		for k := i + 1; k < len(g) && g[k].page-g[i].page <= 6; k++ {
			if sameRunning(g[k], g[i]) {
				pages[g[k].page] = true
			}
		}
		g[i].drop = len(pages) >= 3
	}
}

// sameRunning says whether two lines of one wording run: they stand at one height, and each number in them is the same or counts with the
// pages.
func sameRunning(a, b *edge) bool {
	if math.Abs(a.l.Y0-b.l.Y0) >= 8 || len(a.numbers) != len(b.numbers) {
		return false
	}
	for i, n := range a.numbers {
		if m := b.numbers[i]; n != m && n-a.page != m-b.page {
			return false
		}
	}
	return true
}

// headingWords are the words of headings that may stand alone with a number at the same place of several pages.
var headingWords = map[string]bool{"article": true, "artículo": true, "articulo": true, "artigo": true, "section": true, "sección": true, "seção": true, "chapter": true, "chapitre": true,
	"capítulo": true, "annex": true, "annexe": true, "anexo": true, "part": true, "partie": true, "parte": true, "title": true, "titre": true, "título": true, "schedule": true, "appendix": true, "clause": true, "rule": true}

// labelAll finds the numbers that count with the pages and takes them for the printed page numbers. Front matter may count by
// itself, so the distance between printed number and page may change. It gives the distance for each page that has a number.
func (b *builder) labelAll(edges []*edge) map[int]int {
	type number struct {
		e *edge
		n int
	}
	by := map[[2]int][]number{} // distance and page
	type place struct {
		key   string
		at, n int
	}
	same := map[place]int{}   // how often a number stands in the same place of the same line: it does not count pages
	for _, e := range edges { // "Page 2 of 7" on the second of seven: also where too few pages are there to compare
		if pagesOf.MatchString(e.key) && len(e.numbers) >= 2 && e.numbers[len(e.numbers)-2] == e.page+1 && e.numbers[len(e.numbers)-1] == len(b.pages) {
			e.drop = true
		}
	}
	for _, e := range edges {
		for i, n := range e.numbers {
			same[place{e.key, i, n}]++
		}
	}
	for _, e := range edges {
		if !e.drop && !onlyNumber(e.key) {
			continue
		}
		for i, n := range e.numbers {
			if same[place{e.key, i, n}] > 1 && len(b.pages) > 2 {
				continue
			}
			by[[2]int{n - e.page, e.page}] = append(by[[2]int{n - e.page, e.page}], number{e, n})
		}
	}
	shift := map[int]int{}
	for at, found := range by {
		near := 0
		for d := -4; d <= 4; d++ {
			if d != 0 && len(by[[2]int{at[0], at[1] + d}]) > 0 {
				near++
			}
		}
		need := min(2, len(b.pages)-1)
		isYear := found[0].n >= 1800 && found[0].n < 2200 && at[0] > 200
		if onlyNumber(found[0].e.key) {
			need = min(1, need)
		}
		if isYear { // the rows of a table may end pages with one year after the other
			need = 4
		}
		if near < need || len(b.pages) == 1 && !pagesOf.MatchString(found[0].e.key) && !strings.Contains(found[0].e.key, "#of#") && !strings.Contains(found[0].e.key, "#/#") {
			continue
		}
		if old, ok := shift[at[1]]; ok && abs(old) <= abs(at[0]) {
			continue
		}
		shift[at[1]] = at[0]
		for _, f := range found {
			if onlyNumber(f.e.key) {
				f.e.drop = true
			}
			b.labels[at[1]] = printed(f.e.l.text, f.n)
		}
	}
	for _, e := range edges { // "page 3 of 10"
		if of := onlyNumber(e.key) || pagesOf.MatchString(e.key); e.drop && of && len(e.numbers) == 2 { // "Law 3 of 2019" counts no pages
			if all := e.numbers[1]; all > len(b.pages) && all < 5000 && e.numbers[0]-e.page == shift[e.page] {
				b.gap(text.Gap{Code: text.GapPagesMissing, Page: e.page + 1, Value: strconv.Itoa(all)})
			}
		}
	}
	return shift
}

// pagesOf is the end of a line that says which page of how many it stands on, its words as in edge.key.
var pagesOf = regexp.MustCompile(`(page|página|pagina|seite|p\.)#(of|de|sur|von|/)#[.)]?$`)

func abs(n int) int { return max(n, -n) }

// printed is a page number as it stands in its line.
func printed(s string, n int) string {
	digits := strconv.Itoa(n)
	if strings.Contains(s, digits) {
		return digits
	}
	return strings.Trim(s, "-–—|. ")
}

// gap notes a gap once for its code and value.
func (b *builder) gap(g text.Gap) {
	for _, h := range b.res.Gaps {
		if h.Code == g.Code && h.Value == g.Value {
			return
		}
	}
	b.res.Gaps = append(b.res.Gaps, g)
}

// jumps notes where printed numbers leave some out between one page and the next that has one.
func (b *builder) jumps(shift map[int]int) {
	prev := -1
	for p := range b.pages {
		s, ok := shift[p]
		if !ok {
			continue
		}
		if prev >= 0 {
			from, to := prev+shift[prev], p+s
			if missing := to - from - (p - prev); missing > 0 && missing < 1000 && from > 0 {
				v := strconv.Itoa(from + 1)
				if missing > 1 {
					v += "–" + strconv.Itoa(from+missing)
				}
				b.gap(text.Gap{Code: text.GapPageJump, Page: p + 1, Value: v})
			}
		}
		prev = p
	}
}
