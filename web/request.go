package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// request is one visit: what is asked for, in which language, as of which day.
type request struct {
	*locale // T, H, code, kind, field, date …
	site    *site
	http    *http.Request
	Path    string // without .json or .csv
	Format  string // html, json or csv
	route   string
	params  map[string]string
	Query   url.Values
	AsOf    registry.Day       // "" for everything known
	View    *registry.View     // as of AsOf
	version string             // of the registry, read before the view, so that an ETag is never newer than its page
	cited   []*registry.Source // on this page, in the order of their first use
	facets  map[registry.RecordID]projection.Facets
	tallies map[string]map[string]int

	reg        Registry         // what this visitor reads
	header     http.Header      // of the answer
	user       *account.User    // nil for nobody
	session    *account.Session // nil for nobody
	program    bool             // it comes with a token, good or not: its errors are data
	bearer     *account.Token   // that a program reads with; nil for browsers
	bearerUser *account.User    // whose token it is
	desk       *deskRoute       // of the desk; nil for other addresses
	shadow     bool             // made to compare with, and sent to nobody
	flash      *flash           // what was just done, once it was taken
	flashed    bool
	readers    registry.Audiences // of whom the answer is: of the user or the token; nil for nobody
	private    bool               // the answer is for this visitor alone
	form       url.Values         // what was typed; empty where no form was sent
	uploads    map[string]upload  // files that were sent, as they are; nil where the form has no place for any
	secrets    url.Values         // the same with passwords, for secret
	again      string             // why a form is shown again that was not taken
	leftOut    string             // what of the form was too long to be taken, in words
	noted      bool               // the audit has it
	about      *registry.Record   // whose page this is; nil for other pages
	charts     []kept             // the charts of this page
}

func (s *site) request(r *http.Request) *request {
	q := &request{site: s, http: r, reg: s.reg, form: url.Values{}, header: http.Header{}, private: s.opt.Private, Path: r.URL.Path, Format: "html", Query: r.URL.Query()}
	for _, f := range []string{"json", "csv"} {
		if rest, ok := strings.CutSuffix(q.Path, "."+f); ok && rest != "" && !strings.HasSuffix(rest, "/") {
			q.Path, q.Format = rest, f
		}
	}
	q.locale = s.catalogue.choose(q.Query.Get("lang"), r.Header.Get("Accept-Language"))
	return q
}

// read takes the day from the query and opens the view.
func (q *request) read() error {
	q.version = q.reg.Version()
	if s := strings.TrimSpace(q.Query.Get("as_of")); s != "" {
		d, err := registry.ParseDay(s)
		if err == nil && (d > q.site.today() || d < "1900") {
			err = errNotADay
		}
		if err != nil {
			return registry.Errorf(registry.Invalid, "%s", q.T("error.as_of", "value", cut(s, 40))).WithHint("%s", q.T("error.as_of_hint"))
		}
		q.AsOf = d
	}
	q.View = q.reg.View(q.AsOf)
	return nil
}

// now is the registry without a date.
func (q *request) now() *registry.View { return q.reg.View("") }

// facetsOf are a record's facets in the request's view.
func (q *request) facetsOf(r *registry.Record) projection.Facets {
	if q.AsOf == "" {
		if f := q.reg.Facets(r.ID); f != nil {
			return f
		}
	}
	if f, ok := q.facets[r.ID]; ok {
		return f
	}
	if q.facets == nil {
		q.facets = map[registry.RecordID]projection.Facets{}
	}
	f := projection.FacetsOf(q.View, r)
	q.facets[r.ID] = f
	return f
}

// href is the address of a path of this site for this reader: it keeps the day and an explicit language. More is name, value, …
func (q *request) href(path string, more ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(more); i += 2 {
		v.Add(more[i], more[i+1])
	}
	return q.withQuery(path, v)
}

func (q *request) withQuery(path string, v url.Values) string {
	if q.AsOf != "" && v.Get("as_of") == "" {
		v.Set("as_of", string(q.AsOf))
	}
	if l := q.Query.Get("lang"); l != "" && v.Get("lang") == "" {
		v.Set("lang", q.Lang)
	}
	u := url.URL{Path: path}
	if len(v) > 0 {
		u.RawQuery = v.Encode()
	}
	return u.String()
}

// here is the address of this page with parameters changed: name, value, …; an empty value takes the parameter away.
func (q *request) here(change ...string) string {
	v := url.Values{}
	for k, xs := range q.Query {
		v[k] = append([]string(nil), xs...)
	}
	for i := 0; i+1 < len(change); i += 2 {
		if change[i+1] == "" {
			v.Del(change[i])
		} else {
			v.Set(change[i], change[i+1])
		}
	}
	u := url.URL{Path: q.Path}
	if len(v) > 0 {
		u.RawQuery = v.Encode()
	}
	return u.String()
}

// as is the address of this page in another format.
func (q *request) as(format string) string {
	v := url.Values{}
	for k, xs := range q.Query {
		if k != "page" {
			v[k] = xs
		}
	}
	u := url.URL{Path: q.Path + "." + format}
	if q.Path == "/" {
		u.Path = "/index." + format
	}
	if len(v) > 0 {
		u.RawQuery = v.Encode()
	}
	return u.String()
}

// link is a record's title, leading to its page.
type link struct {
	Text string
	Lang string // of the text where it is not the page's
	Href string // "" for words alone
	Note string
}

// recordLink is a link to a record's page; for an id that the view does not hold, its tail without a link.
func (q *request) recordLink(id registry.RecordID) link {
	r := q.View.Record(id)
	if r == nil {
		return link{Text: id.Tail()}
	}
	return q.linkTo(r)
}

func (q *request) linkTo(r *registry.Record) link {
	l := link{Text: r.Title(q.Lang)}
	if registry.KindOf(r.Kind).Pages {
		l.Href = q.href(r.Path())
	}
	return l
}

// HTML is the link as an element; text of outside is isolated, so that its direction does not run into its neighbours.
func (l link) HTML() template.HTML {
	t := "<bdi>" + template.HTMLEscapeString(l.Text) + "</bdi>"
	if l.Href == "" {
		return template.HTML(t)
	}
	return template.HTML(`<a href="` + template.HTMLEscapeString(l.Href) + `">` + t + `</a>`)
}

// cut shortens words to n characters.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimRight(string(r[:n-1]), " ,") + "…"
}

var errNotADay = registry.Errorf(registry.Invalid, "not a day")
