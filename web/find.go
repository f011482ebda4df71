package web

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/openassay/assay/registry"
)

// Find in a document: the words one after another, whatever their capitals, accents and line breaks, from the start of a word on.

const (
	mostSought  = 200 // letters that can be looked for
	mostHits    = 5000
	listedHits  = 40 // places that a page lists around the one in view
	markedHits  = 200
	hitsContext = 60 // bytes on either side of a listed place
)

// found is what a page says of the words that were looked for.
type found struct {
	Sought         string
	Says           string // how many places
	Current        int    // from one; 0 for none chosen
	Previous, Next *link
	Places         []hitPlace
	More           string
	Else           []link // single words of a phrase that is not there
	Reset          string
}

// findForm asks for words.
type findForm struct {
	Action, Sought string
	Max            int
	Hidden         []pair
}

// hitPlace is a place where the words stand.
type hitPlace struct {
	Place, Href            string
	Before, Words, After   string
	Number                 int
	Current                bool
	prov, page, start, end int
}

// findWords are the places of a text where the sought words stand: byte ranges, in order, at most mostHits.
func findWords(text, sought string) [][2]int {
	want, _ := folded(sought)
	want = strings.TrimSpace(want)
	if want == "" {
		return nil
	}
	first, _ := utf8.DecodeRuneInString(want)
	has, at := folded(text)
	var out [][2]int
	for from := 0; len(out) < mostHits; {
		i := strings.Index(has[from:], want)
		if i < 0 {
			break
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(has[:i])
		if i > 0 && wordy(before) && wordy(first) && !unicode.Is(unicode.Han, first) {
			_, n := utf8.DecodeRuneInString(has[i:])
			from = i + n
			continue
		}
		from = i + len(want)
		out = append(out, [2]int{at[i], at[from]})
	}
	return out
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// folded is a text in lower case, without accents, its blanks joined, and where each of its bytes comes from; at[len] is the end.
func folded(s string) (string, []int) {
	var b strings.Builder
	b.Grow(len(s))
	at := make([]int, 0, len(s)+1)
	put := func(r rune, from int) {
		n, _ := b.WriteRune(r)
		for range n {
			at = append(at, from)
		}
	}
	blank := false
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			if !blank {
				put(' ', i)
			}
			blank = true
			continue
		case r < utf8.RuneSelf:
			put(unicode.ToLower(r), i)
		default:
			for _, x := range norm.NFKD.String(string(r)) {
				switch {
				case unicode.Is(unicode.Mn, x) || x == '\u00ad' || x == '\u200b':
				case strings.ContainsRune("‘’ʼ´", x):
					put('\'', i)
				case strings.ContainsRune("“”„", x):
					put('"', i)
				case strings.ContainsRune("‐‑‒–—", x):
					put('-', i)
				default:
					put(unicode.ToLower(x), i)
				}
			}
		}
		blank = false
	}
	return b.String(), append(at, len(s))
}

// find looks for what the visitor asks for; nil where nothing was asked. Its places are numbered through the whole text.
func (v *reader) find(ps []piece, starts []int) (*found, []hitPlace, error) {
	sought := strings.TrimSpace(v.Query.Get("find"))
	if sought == "" {
		return nil, nil, nil
	}
	if len([]rune(sought)) > mostSought {
		return nil, nil, registry.Errorf(registry.Invalid, "%s", v.T("find.too_long", "n", mostSought)).WithHint("%s", v.T("find.too_long_hint"))
	}
	f := &found{Sought: sought, Reset: v.stay("find", "", "hit", "", "page", "")}
	spans := findWords(v.doc.Reading.Text, sought)
	hits := make([]hitPlace, 0, len(spans))
	for k, n, page := 0, 0, 1; n < len(spans) && k < len(ps); {
		switch s := spans[n]; {
		case page < len(starts) && k >= starts[page]:
			page++
		case s[0] >= ps[k].end:
			k++
		default:
			hits = append(hits, hitPlace{Number: n + 1, prov: ps[k].prov, page: page, start: s[0], end: s[1]})
			n++
		}
	}
	if s := v.Query.Get("hit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > len(hits) {
			return nil, nil, registry.Errorf(registry.Invalid, "%s", v.T("find.no_hit", "value", cut(s, 20))).WithHint("%s", v.T("find.no_hit_hint", "n", len(hits)))
		}
		f.Current = n
	}
	f.Says = v.T("find.says", "n", len(hits), "words", sought)
	if len(hits) == mostHits {
		f.Says = v.T("find.most", "n", mostHits, "words", sought)
	}
	step := func(n int, key string) *link {
		if n < 1 || n > len(hits) {
			return nil
		}
		return &link{Text: v.T(key), Href: v.hitHref(&hits[n-1])}
	}
	if f.Current > 0 {
		f.Says = v.T("find.at", "n", f.Current, "of", len(hits), "words", sought)
		f.Previous = step(f.Current-1, "find.previous")
	}
	f.Next = step(f.Current+1, "find.next")
	v.list(f, hits)
	if len(hits) == 0 {
		f.Says = v.T("find.none", "words", sought)
		if words := strings.Fields(sought); len(words) > 1 {
			for _, w := range words[:min(len(words), 8)] {
				if n := len(findWords(v.doc.Reading.Text, w)); n > 0 && len([]rune(w)) > 1 {
					f.Else = append(f.Else, link{Text: v.T("find.word", "n", n, "words", w), Href: v.stay("find", w, "hit", "", "page", "") + "#found"})
				}
			}
		}
	}
	return f, hits, nil
}

// list gives the places around the one in view with the words about them.
func (v *reader) list(f *found, hits []hitPlace) {
	from := max(0, min(f.Current-listedHits/2, len(hits)-listedHits))
	for i := from; i < min(from+listedHits, len(hits)); i++ {
		h := &hits[i]
		h.Href, h.Current = v.hitHref(h), h.Number == f.Current
		h.Place = v.provisionTitle(v.doc.Reading.Provisions[h.prov])
		if p := v.doc.Reading.Provisions[h.prov]; p.Num+p.Heading == "" {
			h.Place = v.shortPlace(p.EID)
		}
		h.Place = cut(h.Place, 50)
		t := v.doc.Reading.Text
		a, b := runeStart(t, max(0, h.start-hitsContext)), runeStart(t, min(len(t), h.end+hitsContext))
		h.Before, h.Words, h.After = v.flat(a, h.start)+" ", v.flat(h.start, h.end), v.words(h.end, b)
		if a > 0 {
			h.Before = "…" + h.Before
		}
		if !strings.HasPrefix(h.After, " ") && !strings.HasPrefix(h.After, "\n") { // the rest of the word
			rest, more, _ := strings.Cut(h.After, " ")
			h.After = rest + " " + more
		}
		h.After = strings.Join(strings.Fields(h.After), " ")
		if b < len(t) {
			h.After += "…"
		}
		f.Places = append(f.Places, *h)
	}
	if n := len(hits) - len(f.Places); n > 0 {
		f.More = v.T("find.more", "n", n)
	}
}

func (v *reader) hitHref(h *hitPlace) string {
	page := ""
	if h.page > 1 {
		page = strconv.Itoa(h.page)
	}
	return v.stay("hit", strconv.Itoa(h.Number), "page", page) + "#hit"
}

// stay is the address of this text with parameters changed, and with how it is read as it is: marks, words that are looked for.
func (v *reader) stay(change ...string) string {
	x := map[string]string{"find": v.Query.Get("find"), "marks": v.Query.Get("marks"), "changes": v.variant}
	for i := 0; i+1 < len(change); i += 2 {
		x[change[i]] = change[i+1]
	}
	var more []string
	for _, name := range []string{"pane", "find", "hit", "page", "marks", "changes", "sheet"} {
		if x[name] != "" {
			more = append(more, name, x[name])
		}
	}
	return v.href(v.record.Path(), more...)
}

// markHits splits runs of text[start:] where words that were looked for stand in them.
func (v *reader) markHits(rs []markedRun, start int) []markedRun {
	if len(v.hits) == 0 {
		return rs
	}
	var out []markedRun
	at := start
	for _, r := range rs {
		end := at + len(r.Text)
		for _, h := range v.hits {
			if h.end <= at || h.start >= end {
				continue
			}
			if h.start > at {
				x := r
				x.Text = v.words(at, h.start)
				out = append(out, x)
				at = h.start
			}
			x := r
			x.Text, x.Found = v.words(at, min(end, h.end)), true
			x.Current = h.Current && h.start == at
			out = append(out, x)
			at = min(end, h.end)
		}
		if at < end {
			x := r
			x.Text = v.words(at, end)
			out = append(out, x)
		}
		at = end
	}
	return out
}

// hitsOf are the places on a page of the text that are marked: those around the one in view.
func hitsOf(hits []hitPlace, page, current int) []hitPlace {
	var out []hitPlace
	for _, h := range hits {
		if h.page == page {
			h.Current = h.Number == current
			out = append(out, h)
		}
	}
	at := max(0, slices.IndexFunc(out, func(h hitPlace) bool { return h.Current }))
	from := max(0, min(at-markedHits/2, len(out)-markedHits))
	return out[from:min(from+markedHits, len(out))]
}

// foundData is what was found as data.
func (v *reader) foundData(f *found, hits []hitPlace) (any, *sheet) {
	type place struct {
		EID   string `json:"eid"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		Words string `json:"words"`
		Path  string `json:"path"`
	}
	type exported struct {
		Find   string  `json:"find"`
		Total  int     `json:"total"`
		Places []place `json:"places"`
	}
	out := exported{f.Sought, len(hits), []place{}}
	t := &sheet{Columns: []string{"eid", "start", "end", "words", "path"}}
	for _, h := range hits {
		p := place{v.doc.Reading.Provisions[h.prov].EID, h.start, h.end, v.words(h.start, h.end), ""}
		p.Path = v.record.Path() + "/" + p.EID
		out.Places = append(out.Places, p)
		t.Rows = append(t.Rows, []string{p.EID, strconv.Itoa(p.Start), strconv.Itoa(p.End), p.Words, p.Path})
	}
	return out, t
}
