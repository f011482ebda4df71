package text

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlSkip are elements whose content is no part of a document's text.
var htmlSkip = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Nav: true, atom.Footer: true, atom.Aside: true, atom.Noscript: true,
	atom.Template: true, atom.Svg: true, atom.Form: true, atom.Button: true, atom.Select: true, atom.Iframe: true, atom.Textarea: true,
	atom.Object: true, atom.Audio: true, atom.Video: true, atom.Header: true, atom.Math: true}

// htmlBlock are elements that begin and end a paragraph.
var htmlBlock = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Main: true, atom.Body: true,
	atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Table: true, atom.Tr: true, atom.Blockquote: true,
	atom.Pre: true, atom.Hr: true, atom.Center: true, atom.Figure: true, atom.Figcaption: true, atom.Address: true, atom.Thead: true, atom.Tbody: true, atom.Caption: true}

// htmlBlocks turns HTML into blocks: the content of <main> where there is one, else of the first <article>, else of the
// whole. It reads tokens, not a tree, so that depth costs nothing.
func htmlBlocks(s string) source {
	lower := strings.ToLower(s)
	scope := atom.Atom(0)
	for _, a := range []atom.Atom{atom.Main, atom.Article} {
		if strings.Contains(lower, "<"+a.String()+">") || strings.Contains(lower, "<"+a.String()+" ") {
			scope = a
			break
		}
	}
	p := scanHTML(s, scope, true)
	if p.letters < 200 && scope != 0 {
		if q := scanHTML(s, 0, true); q.letters > p.letters {
			p = q
		}
	}
	if p.letters == 0 {
		p = scanHTML(s, 0, false) // an unclosed <nav> or a page that is one <form>
	}
	return source{format: FormatHTML, blocks: p.out, header: p.head, warn: p.warn}
}

// htmlScan is one pass over the tokens of a page.
type htmlScan struct {
	out     []block
	head    header
	warn    warnings
	cur     strings.Builder
	letters int // bytes of text found
	hint    hint
	level   int
	tight   bool
	bold    int
	plain   bool // something stands outside bold in the open block
	lead    int
	leading bool
	lists   []int // numbers of the open lists' items; -1 for bullets
	item    string
	cell    bool
	pre     *strings.Builder // text within <pre>, whose line ends count
	title   strings.Builder
	above   aboveTitle
}

// aboveTitle is the first heading of the first rank that stands outside what is read: above the main content, or in a header.
type aboveTitle struct {
	words   strings.Builder
	open    bool
	done    bool
	links   int  // that are open
	ownRead bool // there is one within what is read
}

func (h *aboveTitle) start(a atom.Atom, read bool) {
	switch {
	case a == atom.A:
		h.links++
	case a == atom.Br && h.open:
		h.words.WriteByte(' ')
	case a != atom.H1:
	case read:
		h.ownRead = true
	case !h.done && h.links == 0: // what leads home is the name of the site
		h.open = true
	}
}

func (h *aboveTitle) end(a atom.Atom) {
	switch {
	case a == atom.A:
		h.links = max(h.links-1, 0)
	case a == atom.H1 && h.open:
		h.open, h.done = false, true
	}
}

// of is the heading where it is the title of the page, and not the name of its site, which stands last in the title: it begins with the same words.
func (h *aboveTitle) of(page string) string {
	t := tidy(h.words.String())
	x, y := strings.Fields(strings.ToLower(t)), strings.Fields(strings.ToLower(page))
	if h.ownRead || len(x) < 3 || len(y) < 3 || len(t) > 1000 || x[0] != y[0] || x[1] != y[1] || x[2] != y[2] {
		return ""
	}
	return t
}

func scanHTML(s string, scope atom.Atom, skip bool) *htmlScan {
	p := &htmlScan{leading: true}
	z := html.NewTokenizer(strings.NewReader(s))
	inside, depth, inTitle := scope == 0, 0, false
	var skipping atom.Atom
	skipDepth, inHeader := 0, false
	for {
		tt := z.Next()
		if tt == html.ErrorToken || len(p.out) > maxLines {
			break
		}
		switch tt {
		case html.TextToken:
			switch t := string(z.Text()); {
			case inTitle && p.title.Len() < 1000:
				p.title.WriteString(t)
			case inTitle:
			case inside && skipDepth == 0:
				p.text(t)
			case p.above.open && p.above.words.Len() < 2000:
				p.above.words.WriteString(t)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttr := z.TagName()
			a := atom.Lookup(name)
			if a == atom.Title {
				inTitle = tt == html.StartTagToken
				continue
			}
			if skipDepth > 0 {
				if a == skipping && tt == html.StartTagToken {
					skipDepth++
				}
				if inHeader = inHeader && !htmlSkip[a]; inHeader {
					p.above.start(a, false)
				}
				continue
			}
			p.above.start(a, inside || a == scope)
			if (skip && htmlSkip[a] || a == atom.Script || a == atom.Style) && tt == html.StartTagToken {
				skipping, skipDepth, inHeader = a, 1, a == atom.Header
				continue
			}
			if a == scope && scope != 0 {
				depth++
				inside = true
			}
			if a == atom.Html || a == atom.Meta {
				p.meta(z, a, hasAttr)
			}
			if inside {
				p.start(z, a, hasAttr && a == atom.Ol)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if a == atom.Title {
				inTitle = false
				continue
			}
			p.above.end(a)
			if skipDepth > 0 {
				if a == skipping {
					skipDepth--
				} else if skipping == atom.Header && htmlSkip[a] {
					inHeader = true
				}
				continue
			}
			if inside {
				p.end(a)
			}
			if a == scope && scope != 0 && depth > 0 {
				if depth--; depth == 0 {
					inside = false
				}
			}
		}
	}
	p.endPre()
	p.flush()
	if t := tidy(p.title.String()); t != "" {
		if h := p.above.of(t); h != "" && len(p.out) > 0 {
			p.out = append([]block{{text: h, hint: hintHeading, level: 1}}, p.out...)
			t = h // without what the page adds to it: the name of its site
		}
		p.head = append(p.head, Meta{"title", t})
	}
	return p
}

// meta reads the language and the date that a page gives about itself.
func (p *htmlScan) meta(z *html.Tokenizer, a atom.Atom, more bool) {
	var name, content string
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch string(k) {
		case "lang":
			if a == atom.Html && len(v) >= 2 && len(v) < 12 {
				p.head = append(p.head, Meta{"language", strings.ToLower(string(v[:2]))})
			}
		case "name", "property":
			name = strings.ToLower(string(v))
		case "content":
			content = tidy(string(v[:min(len(v), 500)]))
		}
	}
	if day := content[:min(len(content), 10)]; (name == "article:published_time" || name == "date" || name == "dc.date" || name == "dcterms.date") && isDay(day) {
		p.head = append(p.head, Meta{"date", day})
	}
	if name == "og:url" && strings.HasPrefix(content, "http") {
		p.head = append(p.head, Meta{"source_url", content})
	}
}

func isDay(s string) bool {
	return len(s) == 10 && digits(s[:4]) > 1000 && s[4] == '-' && digits(s[5:7]) > 0 && s[7] == '-' && digits(s[8:]) > 0
}

func (p *htmlScan) start(z *html.Tokenizer, a atom.Atom, more bool) {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.flush()
		p.hint, p.level = hintHeading, int(a.String()[1]-'0')
	case atom.B, atom.Strong:
		p.bold++
	case atom.Br:
		p.flush()
		p.tight = true
	case atom.Li:
		p.flush()
		p.hint, p.level = hintItem, min(len(p.lists), 16)
		p.item = "• "
		if n := len(p.lists); n > 0 && p.lists[n-1] >= 0 {
			p.lists[n-1]++
			p.item = itoa(p.lists[n-1]) + ". "
		}
	case atom.Td, atom.Th:
		if p.cell && p.cur.Len() > 0 {
			p.cur.WriteString(" | ")
		}
		p.cell = true
	default:
		if !htmlBlock[a] {
			return
		}
		if p.hint == hintItem && p.cur.Len() == 0 && a != atom.Ol && a != atom.Ul {
			return // <li><p>
		}
		p.flush()
		switch a {
		case atom.Ol, atom.Ul:
			if len(p.lists) < 64 {
				p.lists = append(p.lists, map[bool]int{true: 0, false: -1}[a == atom.Ol])
			}
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				if n := digits(string(v)); string(k) == "start" && n > 0 && len(p.lists) > 0 {
					p.lists[len(p.lists)-1] = n - 1
				}
			}
		case atom.Tr:
			p.cell = false
		case atom.Pre:
			if p.pre == nil {
				p.pre = &strings.Builder{}
			}
		}
	}
}

func (p *htmlScan) end(a atom.Atom) {
	switch a {
	case atom.Pre:
		p.endPre()
	case atom.B, atom.Strong:
		p.bold = max(p.bold-1, 0)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li:
		p.flush()
	case atom.Ol, atom.Ul:
		p.flush()
		if len(p.lists) > 0 {
			p.lists = p.lists[:len(p.lists)-1]
		}
	default:
		if htmlBlock[a] {
			p.flush()
		}
	}
}

// endPre reads what stood within <pre> as plain text.
func (p *htmlScan) endPre() {
	if p.pre == nil {
		return
	}
	s := strings.ReplaceAll(strings.ReplaceAll(p.pre.String(), "\r\n", "\n"), "\r", "\n")
	p.pre = nil
	p.out = append(p.out, plainBlocks(s, &p.warn)...)
}

func (p *htmlScan) text(t string) {
	if p.pre != nil {
		p.letters += len(t)
		p.pre.WriteString(t)
		return
	}
	if strings.TrimSpace(t) == "" {
		if p.cur.Len() > 0 {
			p.cur.WriteByte(' ')
		}
		return
	}
	if p.cur.Len() == 0 && p.item != "" {
		if m, ok := parseMarker(tidy(t[:min(len(t), 40)])); p.item != "• " || !ok || m.cands[0].style == bullet {
			p.cur.WriteString(p.item)
		}
		p.item = ""
	}
	p.letters += len(t)
	p.cur.WriteString(t)
	if p.bold > 0 && p.leading {
		p.lead = p.cur.Len()
	}
	if p.bold == 0 && strings.Trim(t, " .:;,-–—()[]0123456789\n\t") != "" {
		p.plain, p.leading = true, false
	}
}

func (p *htmlScan) flush() {
	if p.cur.Len() > 0 && len(p.out) <= maxLines {
		b := block{text: p.cur.String(), hint: p.hint, level: p.level, lead: p.lead, tight: p.tight || p.hint == hintItem && len(p.out) > 0 && p.out[len(p.out)-1].hint == hintItem}
		if p.hint == hintNone && !p.plain && p.lead > 0 && len(b.text) <= maxHeading {
			b.hint, b.level = hintHeading, boldLevel
		}
		p.out = append(p.out, b)
		p.cur.Reset()
		p.tight = false
		p.hint, p.level = hintNone, 0
	}
	p.item, p.plain, p.lead, p.leading = "", false, 0, true
}
