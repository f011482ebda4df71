package web_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// doc is a parsed page for small checks.
type doc struct{ *html.Node }

func parse(t testing.TB, body string) doc {
	t.Helper()
	n, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc{n}
}

// all finds elements by a selector: names, #id, .class, [attribute] and [attribute=value], one inside the other.
func (d doc) all(selector string) []doc {
	nodes := []doc{d}
	for _, part := range strings.Fields(selector) {
		var next []doc
		seen := map[*html.Node]bool{}
		for _, n := range nodes {
			for c := range n.Descendants() {
				if c.Type == html.ElementNode && !seen[c] && matches(c, part) {
					seen[c] = true
					next = append(next, doc{c})
				}
			}
		}
		nodes = next
	}
	return nodes
}

var simple = regexp.MustCompile(`^([a-z0-9]*)((?:[#.][\w-]+|\[[\w-]+(?:=[^\]]*)?\])*)$`)
var piece = regexp.MustCompile(`[#.][\w-]+|\[[\w-]+(?:=[^\]]*)?\]`)

func matches(n *html.Node, part string) bool {
	m := simple.FindStringSubmatch(part)
	if m == nil {
		panic("no selector: " + part)
	}
	if m[1] != "" && m[1] != n.Data {
		return false
	}
	for _, p := range piece.FindAllString(m[2], -1) {
		name, value, exact := strings.Cut(strings.Trim(p, "[]"), "=")
		switch p[0] {
		case '#':
			if attr(n, "id") != p[1:] {
				return false
			}
		case '.':
			if !strings.Contains(" "+attr(n, "class")+" ", " "+p[1:]+" ") {
				return false
			}
		default:
			if !has(n, name) || exact && attr(n, name) != value {
				return false
			}
		}
	}
	return true
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is what a reader sees, blanks joined.
func (d doc) text() string {
	var b strings.Builder
	for c := range d.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// one is the text of the only element that fits.
func (d doc) one(t testing.TB, selector string) string {
	t.Helper()
	found := d.all(selector)
	if len(found) != 1 {
		t.Errorf("%d elements are %q, want one", len(found), selector)
		return ""
	}
	return found[0].text()
}

const heaviest = 150_000

// faults are what no page may have: inline script or style, an id twice, words that are missing, too much weight, an input without a
// label, a link or label that leads nowhere on the page.
func faults(body string) []string {
	var out []string
	add := func(f string, args ...any) {
		if len(out) < 8 {
			out = append(out, fmt.Sprintf(f, args...))
		}
	}
	if len(body) > heaviest {
		add("%d bytes", len(body))
	}
	if i := strings.Index(body, "⟦"); i >= 0 {
		add("missing words at %s", body[i:min(len(body), i+60)])
	}
	if i := strings.Index(body, "ZgotmplZ"); i >= 0 {
		add("an unsafe value in a template near %s", body[max(0, i-80):i])
	}
	n, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return append(out, err.Error())
	}
	ids, wanted, inputs, labelled := map[string]bool{}, map[string]string{}, []string{}, map[string]bool{}
	headings := 0
	for c := range n.Descendants() {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.Data {
		case "style":
			add("a <style> element")
		case "script":
			if c.FirstChild != nil || attr(c, "src") == "" {
				add("an inline <script>")
			}
		case "h1":
			headings++
		case "a":
			if h := attr(c, "href"); strings.HasPrefix(h, "#") {
				wanted[h[1:]] = "link"
			} else if strings.HasPrefix(strings.ToLower(strings.TrimSpace(h)), "javascript:") {
				add("a script as a link: %s", h)
			}
		case "label":
			if f := attr(c, "for"); f != "" {
				labelled[f] = true
				wanted[f] = "label"
			}
		case "input", "select":
			if ty := attr(c, "type"); ty != "hidden" && !inside(c, "label") && attr(c, "aria-label") == "" {
				inputs = append(inputs, attr(c, "id"))
			}
		case "img":
			if !has(c, "alt") {
				add("a picture without words")
			}
		}
		for _, a := range c.Attr {
			switch {
			case a.Key == "style", strings.HasPrefix(a.Key, "on"):
				add("<%s %s=%q>", c.Data, a.Key, a.Val)
			case a.Key == "id":
				if ids[a.Val] || a.Val == "" {
					add("id %q twice or empty", a.Val)
				}
				ids[a.Val] = true
			}
		}
	}
	for id, what := range wanted {
		if !ids[id] {
			add("a %s leads to #%s, which is not there", what, id)
		}
	}
	for _, id := range inputs {
		if !labelled[id] {
			add("an input without a label: %q", id)
		}
	}
	if headings != 1 {
		add("%d first headings", headings)
	}
	return out
}

func inside(n *html.Node, name string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}
