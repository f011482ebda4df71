package interference_test

import (
	"iter"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

func keys(h http.Header) iter.Seq[string] { return maps.Keys(h) }

// token is what a form draws by lot against forged requests.
var token = regexp.MustCompile(`name="(form|csrf|nonce|key)" value="[^"]*"`)

var part = regexp.MustCompile(`\{[a-z_]+\}`)

// words are searched for: public ones, hidden ones, parts of them.
var words = []string{"cobalt", "Zambia", "Showland", hiddenWord, hiddenWord + "1", hiddenWord[:5], "Memorandum " + hiddenWord, "talks"}

// addresses fills every pattern of the site map with records that both have, with those that one alone has, and with nonsense; each as page, JSON and
// CSV. A route that is new is covered by being in the map.
func addresses(t testing.TB, a, b *twin, v *registry.View) []string {
	t.Helper()
	few, whole := 1, os.Getenv("ASSAY_SLOW") != ""
	if whole {
		few = 1 << 20
	}
	byNoun := map[string][]string{}
	for _, k := range registry.Kinds() {
		noun := registry.KindOf(k).Noun
		for i, r := range v.OfKind(k) {
			if i < few || r.ID == "neg_shown" || r.ID == "pty_ZMB" || r.ID == "min_cobalt" {
				byNoun[noun] = append(byNoun[noun], r.Address())
			}
		}
		for _, x := range []*twin{a, b} {
			for i, id := range x.Hidden {
				if i < few {
					byNoun[noun] = append(byNoun[noun], strings.TrimPrefix(string(id), "neg_"))
				}
			}
		}
		byNoun[noun] = append(byNoun[noun], "nobody")
	}
	var out []string
	for _, p := range web.Patterns() {
		noun := strings.Split(p, "/")[1]
		fill := byNoun[noun]
		if fill == nil {
			fill = []string{"nobody", "src_usgs-mcs-2025", string(a.Hidden[0])}
		}
		if !part.MatchString(p) {
			fill = []string{""}
		}
		for _, x := range fill {
			path := part.ReplaceAllString(p, url.PathEscape(x))
			out = append(out, path, path+".json", path+".csv")
			if p == "/documents/{address}" { // readings of a draft with tracked changes
				out = append(out, path+"?changes=marked-up", path+".json?changes=rejected")
			}
			if whole || x == "" || x == "shown" {
				out = append(out, path+"?as_of=2025-06-30")
			}
		}
	}
	for _, w := range words {
		q := url.QueryEscape(w)
		out = append(out, "/search?q="+q, "/search.json?q="+q, "/search.csv?q="+q, "/negotiations?q="+q, "/-/suggest?q="+q, "/suggest?q="+q, "/negotiations?party="+q, "/negotiations.csv?sort=title")
	}
	for _, k := range []registry.Kind{registry.KindDocument, registry.KindLaw} { // pairs of what is compared
		if rs := v.OfKind(k); len(rs) > 1 {
			for i := range min(len(rs)-1, few+3) {
				at := "/conflicts/" + string(v.OfKind(registry.KindDocument)[i].ID) + "/" + string(rs[i+1].ID)
				out = append(out, at, at+".json", at+".csv")
			}
		}
	}
	out = append(out, "/conflicts?answer=all&samples=show", "/conflicts.json?answer=all&samples=show", "/conflicts.csv?answer=all&samples=show", "/conflicts?party=ZMB")
	return append(out, "/negotiations?party=pty_ZMB", "/instruments?mineral=min_cobalt", "/negotiations?sort=last&page=2", "/parties?page=99", "/sitemap.xml", "/feed.xml", "/robots.txt", "/openapi.json", "/search?q=%00", "/..%2f")
}

// differ lists the addresses at which two handlers answer differently.
func differ(a, b http.Handler, paths []string) (out []string) {
	for _, p := range paths {
		if answer(a, p) != answer(b, p) {
			out = append(out, p)
		}
	}
	return out
}

// same compares two twins for readers.
func same(t *testing.T, a, b *twin, readers registry.Audiences) []string {
	t.Helper()
	v, _, err := a.View(t.Context(), readers, "")
	if err != nil {
		t.Fatal(err)
	}
	paths := addresses(t, a, b, v)
	x, y := a.site(t, readers), b.site(t, readers)
	for i, p := range differ(x, y, paths) {
		t.Errorf("%s tells of what is hidden", p)
		if i == 0 {
			t.Logf("first:\n%.3000s\n\nsecond:\n%.3000s", answer(x, p), answer(y, p))
		}
	}
	t.Logf("%d addresses compared", len(paths))
	return paths
}
