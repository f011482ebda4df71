package web

import (
	"html/template"
	"net/url"
	"sort"
	"strings"
)

// layout is what stands around the main part of every page.
type layout struct {
	*page
	Lang, Dir   string
	Style, Icon string
	Home        string
	Nav         []navItem
	Foot        []link
	Search      *searchBox // nil where the site has no search
	AsOf        *asOfChooser
	Canonical   string // with the host, for print and for search engines; "" where the page has none
	Address     string // the same without a scheme, for print
	JSONHref    string
	CSVHref     string
	HistoryHref string // what was entered on the record and when
	Version     string
	Demo        bool
	Main        template.HTML
	Me          *me    // nil for nobody
	Flash       *flash // what has just been done
	Again       string // why a form is shown again
	Wrong       string // where one says that something here is wrong; "" for forms and the desk
}

type navItem struct {
	link
	Current bool
}

// searchBox is the field in the head of every page. It works without script.
type searchBox struct {
	Action string
	Hidden []pair
}

type pair struct{ Name, Value string }

// asOfChooser lets a reader ask any page as of a day.
type asOfChooser struct {
	Action string
	Day    string // chosen, "" for none
	Today  string
	Hidden []pair        // the page's other parameters
	Reset  string        // the page without a day
	Shown  template.HTML // the chosen day as people write it
	Print  template.HTML // the day that a printed page tells
}

func (q *request) layout(p *page) *layout {
	l := &layout{page: p, Lang: q.Lang, Dir: q.Dir, Style: q.site.assets.stylesheet, Icon: q.site.assets.icon,
		Home: q.href("/"), Version: q.site.opt.Version, Demo: q.site.opt.Demo, Me: q.me(), Flash: q.site.takeFlash(q), Again: q.again}
	for _, a := range navigation {
		if q.site.has(a) {
			l.Nav = append(l.Nav, navItem{link{Text: q.navLabel(a), Href: q.href(a)}, q.Path == a || strings.HasPrefix(q.Path, a+"/")})
		}
	}
	for _, a := range footnotes {
		if q.site.has(a) {
			l.Foot = append(l.Foot, link{Text: q.navLabel(a), Href: q.href(a)})
		}
	}
	if q.site.has("/search") && q.Path != "/" && q.Path != "/search" { // these two have a field of their own
		l.Search = &searchBox{Action: "/search"}
		for _, name := range []string{"as_of", "lang"} {
			if v := q.Query.Get(name); v != "" {
				l.Search.Hidden = append(l.Search.Hidden, pair{name, v})
			}
		}
	}
	switch {
	case !q.canWrite() || p.Template == "error" || q.private && q.user == nil || strings.HasPrefix(q.Path, "/desk") || strings.HasPrefix(q.Path, "/corrections") || strings.HasPrefix(q.Path, "/sign-"):
	case q.about != nil:
		l.Wrong = "/corrections/new?record=" + url.QueryEscape(string(q.about.ID))
	default:
		at := q.here()
		if len(at) > 200 {
			at = q.Path
		}
		l.Wrong = "/corrections/new?page=" + url.QueryEscape(at)
	}
	l.AsOf = &asOfChooser{Action: q.Path, Day: string(q.AsOf), Today: string(q.site.today()), Hidden: q.hidden("as_of", "page"), Reset: q.here("as_of", "")}
	l.AsOf.Print = q.edtf(string(q.site.today()))
	if q.AsOf != "" {
		l.AsOf.Shown = q.edtf(string(q.AsOf))
		l.AsOf.Print = l.AsOf.Shown
	}
	if p.Status == 0 && p.Template != "error" {
		l.Canonical = strings.TrimSuffix(q.site.opt.BaseURL, "/") + q.here()
		if l.Address = l.Canonical; strings.HasPrefix(l.Address, "/") {
			l.Address = q.http.Host + l.Address
			l.Canonical = ""
		}
		if p.JSON != nil {
			l.JSONHref = q.as("json")
		}
		if p.CSV != nil {
			l.CSVHref = q.as("csv")
		}
		if q.about != nil && p.Template != "history" {
			l.HistoryHref = q.href(q.about.Path() + "/history")
		}
	}
	return l
}

// hidden are the page's parameters except some, as the hidden fields of a form that is to keep them.
func (q *request) hidden(except ...string) []pair {
	skip := map[string]bool{}
	for _, e := range except {
		skip[e] = true
	}
	names := make([]string, 0, len(q.Query))
	for n := range q.Query {
		if !skip[n] {
			names = append(names, n)
		}
	}
	sort.Strings(names)
	var out []pair
	for _, n := range names {
		for _, v := range q.Query[n] {
			if v != "" && len(out) < 40 {
				out = append(out, pair{n, v})
			}
		}
	}
	return out
}

// navLabel is what a place of the site map is called.
func (q *request) navLabel(address string) string {
	return q.T("nav." + strings.TrimPrefix(address, "/"))
}
