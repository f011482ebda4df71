package web

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
)

// uses finds keys in code and templates: T("a.b"), H("a.b"), {{t "a.b"}}, {{th "a.b"}}. What follows a + is data.
var uses = regexp.MustCompile(`(?:\b[TH]\(|\.find\(|{{-?\s*th? |\(th? |section\(\w+, )"([a-z_.0-9]+)"( ?\+)?`)

// literal finds quoted words that may be keys, for what reaches T by way of a variable.
var literal = regexp.MustCompile(`"#?([a-z_]+(?:\.[a-z_0-9]+)+)"`)

func TestEveryWordIsThereAndUsed(t *testing.T) {
	en := loadCatalogue().locales["en"]
	used, mentioned := map[string]bool{}, map[string]bool{}
	families := map[string]string{} // beginnings of keys that code puts together with data, and where
	names, _ := fs.Glob(os.DirFS("."), "*")
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || (!strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".html")) {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range uses.FindAllStringSubmatch(string(b), -1) {
			if m[2] != "" {
				families[m[1]] = name
				continue
			}
			used[m[1]] = true
			if _, ok := en.find(m[1]); !ok {
				if _, forms := en.find(m[1] + ".other"); !forms {
					t.Errorf("%s: no words for %q", name, m[1])
				}
			}
		}
		for _, m := range literal.FindAllStringSubmatch(string(b), -1) {
			mentioned[m[1]] = true
		}
	}
	for f, name := range families {
		some := false
		for key := range en.words {
			some = some || strings.HasPrefix(key, f)
		}
		if !some {
			t.Errorf("%s: no words begin with %q", name, f)
		}
	}
	for key := range en.words {
		whole := key
		for _, form := range []string{".one", ".other"} {
			if w, ok := strings.CutSuffix(key, form); ok {
				whole = w
				break
			}
		}
		if base, ok := strings.CutSuffix(key, "_about"); ok && mentioned[base] { // the sentence beside a place of the desk
			continue
		}
		family := false
		for f := range families {
			family = family || strings.HasPrefix(key, f)
		}
		if !used[whole] && !mentioned[whole] && !family && key != "meta.dir" {
			t.Errorf("nothing uses the words %q", key)
		}
		if strings.HasSuffix(key, ".one") {
			if _, ok := en.words[whole+".other"]; !ok {
				t.Errorf("%s has no form for other numbers", whole)
			}
		}
	}
}

func TestEveryCodeHasAWord(t *testing.T) {
	en := loadCatalogue().locales["en"]
	for k := range listKinds {
		if _, ok := en.find("list.about." + string(k)); !ok {
			t.Errorf("no sentence about the list of %s", k)
		}
		for _, f := range listKinds[k].facets {
			if _, ok := en.find("facet." + f); !ok {
				t.Errorf("no label for the facet %s", f)
			}
		}
		for _, c := range listKinds[k].columns {
			if _, ok := en.find("col." + c.name); !ok {
				t.Errorf("no label for the column %s", c.name)
			}
		}
	}
	for _, basis := range registry.Codes("nature_basis") {
		if _, ok := en.find("nature." + basis); !ok {
			t.Errorf("no sentence about the basis %s", basis)
		}
	}
	for _, s := range append(registry.Codes("value_state"), registry.Codes("text_status")...) {
		if _, ok := en.find("state." + s); !ok && s != "found" {
			t.Errorf("no word for the state %s", s)
		}
	}
}

func TestWords(t *testing.T) {
	l := &locale{Lang: "en", words: map[string]string{"a.one": "{n} <thing> of {x}", "a.other": "{n} things of {x}", "number.group": ","}}
	for _, c := range []struct{ got, want string }{
		{l.T("a", "n", 1, "x", "B"), "1 <thing> of B"},
		{l.T("a", "n", 12000, "x", "{n}"), "12,000 things of {n}"},
		{string(l.H("a", "n", 1, "x", "<b>")), "1 &lt;thing&gt; of &lt;b&gt;"},
		{string(l.H("a", "n", 2, "x", bdi("<b>"))), "2 things of <bdi>&lt;b&gt;</bdi>"},
		{l.T("none"), "⟦none⟧"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

func TestChooseLanguage(t *testing.T) {
	c := &catalogue{locales: map[string]*locale{"en": {Lang: "en"}, "fr": {Lang: "fr"}}}
	for _, x := range []struct{ asked, accept, want string }{
		{"", "", "en"}, {"fr", "", "fr"}, {"FR-ca", "en", "fr"}, {"xx", "fr", "fr"}, {"", "de;q=0.9, fr;q=0.8, en;q=0.1", "fr"}, {"<script>", "", "en"},
	} {
		if got := c.choose(x.asked, x.accept).Lang; got != x.want {
			t.Errorf("lang=%q, Accept-Language %q: %s, want %s", x.asked, x.accept, got, x.want)
		}
	}
}
