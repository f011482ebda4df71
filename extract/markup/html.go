package markup

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// noise are words in the class, id or role of an element that publishers put around a text.
var noise = []string{"breadcrumb", "cookie", "share", "social", "newsletter", "subscribe", "skip-link", "skiplink", "navbar", "nav-", "-nav", "navigation",
	"menu", "sidebar", "side-bar", "related", "banner", "masthead", "site-header", "site-footer", "page-footer", "global-footer", "advert", "popup", "modal",
	"pagination", "pager", "toolbar", "comments", "search-form", "searchbox", "print-only", "noprint", "no-print", "screen-reader", "visually-hidden", "sr-only"}

// never are those of such words that no text of an agreement bears.
var never = []string{"cookie", "newsletter", "skip-link", "skiplink", "breadcrumb", "social-", "sr-only", "visually-hidden"}

var noiseRoles = map[string]bool{"navigation": true, "banner": true, "contentinfo": true, "search": true, "complementary": true, "menu": true, "menubar": true,
	"toolbar": true, "alert": true, "dialog": true, "alertdialog": true}

// MainContent takes out of a page what its publisher put around the text: navigation, banners, lists of links, cookie notices. What holds much
// of the page's words stays, whatever it is called. A page that cannot be parsed is given back as it is.
func MainContent(b []byte) []byte {
	root, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		return b
	}
	p := &pruner{words: map[*html.Node]count{}}
	p.total = p.count(root)
	if p.total.all == 0 {
		return b
	}
	p.prune(root)
	var out bytes.Buffer
	if err := html.Render(&out, root); err != nil {
		return b
	}
	return out.Bytes()
}

// count is how many bytes of words are in an element, in how many of them are links, and how many.
type count struct{ all, linked, links int }

type pruner struct {
	words map[*html.Node]count
	total count
}

// count walks without recursion deeper than the parser allows, which is 512.
func (p *pruner) count(n *html.Node) count {
	var c count
	switch {
	case n.Type == html.TextNode:
		return count{all: len(strings.TrimSpace(n.Data))}
	case n.Type == html.ElementNode && (n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Template):
		return c
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		d := p.count(k)
		c.all, c.linked, c.links = c.all+d.all, c.linked+d.linked, c.links+d.links
	}
	if n.DataAtom == atom.A && c.all > 0 {
		c.linked, c.links = c.all, 1
	}
	if n.Type == html.ElementNode {
		p.words[n] = c
	}
	return c
}

func (p *pruner) prune(n *html.Node) {
	for k := n.FirstChild; k != nil; {
		next := k.NextSibling
		switch {
		case k.Type == html.CommentNode, k.Type == html.ElementNode && p.isNoise(k):
			n.RemoveChild(k)
		default:
			p.prune(k)
		}
		k = next
	}
}

// isNoise says whether an element is not part of the text.
func (p *pruner) isNoise(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Head, atom.Body, atom.Main, atom.Article, atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Title, atom.Meta, atom.Span, atom.A, atom.Sup, atom.B, atom.I, atom.Em, atom.Strong, atom.P:
		return hidden(n)
	}
	c := p.words[n]
	if c.all*3 > p.total.all { // a third of the page is not around the text
		return false
	}
	if hidden(n) {
		return true
	}
	for _, a := range n.Attr {
		v := strings.ToLower(a.Val)
		switch a.Key {
		case "role":
			if noiseRoles[v] {
				return true
			}
		case "class", "id":
			for _, w := range never {
				if strings.Contains(v, w) && c.all*8 < p.total.all {
					return true
				}
			}
			for _, w := range noise {
				if strings.Contains(v, w) && c.linked*3 >= c.all {
					return true
				}
			}
		}
	}
	list := n.DataAtom == atom.Ul || n.DataAtom == atom.Ol || n.DataAtom == atom.Div || n.DataAtom == atom.Section || n.DataAtom == atom.Table
	return list && c.links >= 5 && c.linked*10 >= c.all*9 && !anchors(n)
}

// hidden says whether an element is not shown.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		v := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
		if a.Key == "hidden" || a.Key == "style" && (strings.Contains(v, "display:none") || strings.Contains(v, "visibility:hidden")) {
			return true
		}
	}
	return false
}

// anchors says whether most links of an element lead within the page: a table of contents, which is part of the text.
func anchors(n *html.Node) bool {
	in, out := 0, 0
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.DataAtom == atom.A {
			for _, a := range n.Attr {
				if a.Key == "href" && strings.HasPrefix(a.Val, "#") {
					in++
				} else if a.Key == "href" {
					out++
				}
			}
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k)
		}
	}
	walk(n)
	return in > out
}
