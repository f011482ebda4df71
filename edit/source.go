package edit

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

// PageLimit is the most bytes of a page's text that are kept with a source.
const PageLimit = 5 << 20

// SourceForm is a source as a person types it: one that is there already, or a new one.
type SourceForm struct {
	Use                                            registry.SourceID // "" for a new one
	URL, Title, Publisher, Date, Grade, Lang, Note string
	Undated                                        bool   // it was looked for a date and there is none
	Hash                                           string // SHA-256 of the text that was pasted and kept; "" where none was
	Text                                           string // the text itself, to check locators against; may be empty
	Seen                                           string // EDTF: when it was consulted
}

// Empty says whether nothing was filled in.
func (s SourceForm) Empty() bool {
	return s.Use == "" && s.URL == "" && s.Title == "" && s.Publisher == ""
}

// CheckPage says whether a pasted text can be kept.
func CheckPage(text string) error {
	switch {
	case len(text) > PageLimit:
		return invalid("paste the part that says what you enter; or import the file as a document with assay import",
			"the pasted text has %s MB; at most %d MB are kept", strconv.FormatFloat(float64(len(text))/(1<<20), 'f', 1, 64), PageLimit>>20)
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return invalid("copy the text of the page again, not the file", "what was pasted is not text")
	}
	return nil
}

// source reads the source of a form: its id, and the source itself where it is new. Where a source of the same address is there, that one is
// taken, which known tells.
func (r *Reader) source(f SourceForm, token string) (id registry.SourceID, fresh *registry.Source, known bool, problems []Problem) {
	bad := func(part string, err error) {
		problems = append(problems, Problem{Row: OfSource, Part: part, Err: err})
	}
	if f.Use != "" {
		if r.View.Sources[f.Use] == nil {
			bad("use", invalid("choose another source, or describe it as a new one", "there is no source %q", brief(string(f.Use))))
		}
		return f.Use, nil, false, problems
	}
	s := registry.Source{Title: tidy(f.Title), Publisher: tidy(f.Publisher), Hash: f.Hash, Note: tidy(f.Note), Seen: f.Seen, Lang: f.Lang, Grade: f.Grade}
	if strings.TrimSpace(f.URL) != "" {
		u, err := address(&registry.FieldDef{Name: "website", Label: "Web address", Type: registry.TypeURL}, strings.TrimSpace(f.URL))
		if err != nil {
			bad("url", err)
		}
		s.URL = u.Value.Raw
		if old := r.sourceAt(s.URL); old != nil && err == nil {
			return old.ID, nil, true, problems
		}
	} else if s.Title == "" {
		bad("url", invalid("give its web address; or, for what is not on the web, its title", "the source has neither a web address nor a title"))
	}
	if s.Publisher == "" && f.Grade != "editor" {
		const hint = "the organisation that published it: a ministry, an agency, a newspaper"
		if o := r.publishers(s.URL); len(o) > 0 {
			bad("publisher", ask(o, hint, "who published it is missing"))
		} else {
			bad("publisher", invalid(hint, "who published it is missing"))
		}
	}
	switch {
	case strings.TrimSpace(f.Date) != "" && f.Undated:
		bad("date", invalid("empty the date or take the mark away", "a date was written and undated was marked"))
	case strings.TrimSpace(f.Date) != "":
		d, _, err := Date(f.Date)
		if err != nil {
			bad("date", err)
		}
		s.Date = d.EDTF
	case !f.Undated:
		bad("date", invalid("write when it was published (October 2025 will do); or mark that it bears no date", "when it was published is missing"))
	}
	if !registry.IsCode("grade", s.Grade) {
		bad("grade", invalid("choose what kind of source it is; it decides which claim is shown where sources disagree", "the kind of source is missing"))
	}
	if s.Lang != "" && !registry.IsCode("language", s.Lang) {
		bad("lang", invalid("choose one of the list", "%q is no language of the list", brief(s.Lang)))
	}
	if f.Seen != "" {
		if _, err := registry.ParseDate(f.Seen); err != nil {
			s.Seen = ""
		}
	}
	for part, t := range map[string]string{"title": s.Title, "publisher": s.Publisher, "note": s.Note} {
		if len(t) > 4000 || !utf8.ValidString(t) {
			bad(part, invalid("shorten it to a line", "this is too long"))
		}
	}
	s.ID = registry.SourceID("src_" + mint(token, "source"))
	return s.ID, &s, false, problems
}

// sourceAt is the source of a web address; nil where there is none.
func (r *Reader) sourceAt(u string) *registry.Source {
	var found *registry.Source
	for _, s := range r.View.Sources {
		if s.URL != "" && bareURL(s.URL) == bareURL(u) && (found == nil || s.ID < found.ID) {
			found = s
		}
	}
	return found
}

// publishers are those of other pages of the same site, the most frequent first, three at most: they are offered, never taken.
func (r *Reader) publishers(at string) []Option {
	site := siteOf(at)
	if site == "" {
		return nil
	}
	n := map[string]int{}
	for _, s := range r.View.Sources {
		if s.Publisher != "" && siteOf(s.URL) == site {
			n[s.Publisher]++
		}
	}
	names := slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(n[b]-n[a], strings.Compare(a, b)) })
	var out []Option
	for _, name := range names[:min(len(names), 3)] {
		out = append(out, Option{name, name})
	}
	return out
}

// siteOf is the host of an address, without www.
func siteOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// bareURL is an address without what does not tell pages apart.
func bareURL(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	q := u.Query()
	for k := range q {
		if strings.HasPrefix(k, "utm_") || k == "fbclid" {
			q.Del(k)
		}
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(u.EscapedPath(), "/") + "?" + q.Encode()
}

// Place is what a locator leads to in a pasted text.
type Place struct {
	Checked bool   // whether the locator says anything that can be looked for
	Found   bool   // the words, or the paragraph, are there
	Excerpt string // the words around; "" where nothing was found
}

// Locate looks for a locator in a page's text: quoted words, a paragraph's number, the headline, or the words of the locator themselves where
// they are more than a number.
func Locate(text, locator string) Place {
	if strings.TrimSpace(text) == "" || strings.TrimSpace(locator) == "" {
		return Place{}
	}
	l := fold(locator)
	if m := paragraphForm.FindStringSubmatch(l); m != nil {
		n, _ := strconv.Atoi(m[1])
		ps := paragraphs(text)
		if n < 1 || n > len(ps) {
			return Place{Checked: true}
		}
		return Place{true, true, excerpt(ps[n-1])}
	}
	if l == "headline" || l == "title" || l == "titre" || l == "titulo" {
		if ps := paragraphs(text); len(ps) > 0 {
			return Place{true, true, excerpt(ps[0])}
		}
		return Place{Checked: true}
	}
	quote := strings.TrimSpace(locator)
	if m := quoteForm.FindStringSubmatch(quote); m != nil {
		quote = m[1]
	} else if pageForm.MatchString(l) || len(strings.Fields(quote)) < 3 {
		return Place{} // a page's or section's number cannot be found in a text without pages
	}
	return locateWords(text, quote)
}

// locateWords finds words in a text whatever the case, accents and line breaks.
func locateWords(text, quote string) Place {
	want := fold(quote)
	folded := fold(text)
	i := strings.Index(folded, want)
	if want == "" || i < 0 {
		return Place{Checked: true}
	}
	from, to := max(0, i-80), min(len(folded), i+len(want)+80)
	return Place{true, true, strings.ToValidUTF8(folded[from:to], "")}
}

func paragraphs(text string) []string {
	var out []string
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func excerpt(s string) string {
	r := []rune(tidy(s))
	if len(r) > 160 {
		return string(r[:159]) + "…"
	}
	return string(r)
}
