package web

import (
	"cmp"
	"net/http"
	"net/url"
	"path"
	"runtime/debug"
	"strings"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// route is a line of the site map.
type route struct {
	pattern string
	handle  handler
}

// handler makes the page of a request. Errors carry a registry.ErrorCode and become error pages.
type handler func(*request) (*page, error)

// policy lets pages load their own styles, scripts, pictures and fonts and nothing else; nothing inline runs, nobody frames them.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// The links of a page repeat its query, each with a change. A query of 60 KB would make a page of 25 MB, which takes seconds.
const (
	longestQuery   = 6000 // bytes as they are sent: a search of a thousand letters, and filters
	mostParameters = 80
)

// ServeHTTP answers a request: headers, address, page.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	q := s.request(r)
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.opt.Log("panic at %q: %v\n%s", q.where(), p, debug.Stack())
			s.fail(w, q, registry.Errorf(registry.Internal, "%s", q.T("error.internal")))
		}
	}()
	if strings.HasPrefix(r.URL.Path, assetPrefix) {
		tellRoute(w, assetPrefix)
		s.serveAsset(w, r)
		return
	}
	q.header = h
	if text, asked := bearer(r); asked && s.identifyToken(w, q, text) {
		return
	}
	if strings.HasPrefix(r.URL.Path, ledgerPrefix) && s.serveLedger(w, r) {
		tellRoute(w, ledgerPrefix)
		return
	}
	if err := s.identify(q); err != nil {
		s.fail(w, q, err)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		if d := s.matchDesk(q); d != nil && (d.post != nil || d.role != account.Nobody && q.user == nil) && r.Method == http.MethodPost && len(r.URL.RawQuery) <= longestQuery {
			tellRoute(w, q.route)
			s.servePost(w, q, d)
			return
		}
		s.refuseMethod(w, q)
		return
	}
	s.get(w, q)
}

// get answers a request that only reads, once it is known who asks.
func (s *site) get(w http.ResponseWriter, q *request) {
	r, h := q.http, w.Header()
	if len(r.URL.RawQuery) > longestQuery || strings.Count(r.URL.RawQuery, "&") >= mostParameters {
		q.Query = nil // its error page repeats none of it
		s.fail(w, q, registry.Errorf(registry.Invalid, "%s", q.T("error.query")).WithHint("%s", q.T("error.query_hint", "n", mostParameters)))
		return
	}
	if to := tidy(r.URL.Path); to != r.URL.Path {
		s.redirect(w, q, to, http.StatusMovedPermanently)
		return
	}
	var handle handler
	found := false
	if d := s.matchDesk(q); d == nil {
		handle, found = s.match(q)
	} else {
		h.Set("Referrer-Policy", "same-origin") // else a browser does not tell where a form comes from
		q.private = true
		handle, found = d.get, d.get != nil && q.user.Can(d.role)
		if d.role != account.Nobody && q.user == nil {
			s.askWho(w, q)
			return
		}
		if !found && d.get != nil && q.user.Role.Includes(d.role) && q.Format == "html" { // it is held, and so told why
			tellRoute(w, q.route)
			s.finish(w, q, q.heldPage(), nil)
			return
		}
	}
	if !found {
		s.fail(w, q, registry.Errorf(registry.NotFound, "%s", q.T("error.not_found")))
		return
	}
	tellRoute(w, q.route)
	if err := q.read(); err != nil {
		s.fail(w, q, err)
		return
	}
	p, err := handle(q)
	if err != nil {
		s.fail(w, q, err)
		return
	}
	if q.bearer != nil && q.Format == "html" && p.File == nil {
		s.notForTokens(w, q)
		return
	}
	s.respond(w, q, p)
}

// where is the pattern of the address, for the log: an address itself may name what is restricted, or be the secret link of an invitation.
func (q *request) where() string { return cmp.Or(q.route, "not found") }

// tellRoute tells whoever counts the answers of which pattern the address was.
func tellRoute(w http.ResponseWriter, pattern string) {
	if c, ok := w.(interface{ Route(pattern string) }); ok {
		c.Route(pattern)
	}
}

// refuseMethod answers what can only be read, and forms of those who may not send them.
func (s *site) refuseMethod(w http.ResponseWriter, q *request) {
	w.Header().Set("Allow", "GET, HEAD")
	s.failStatus(w, q, http.StatusMethodNotAllowed, registry.Errorf(registry.Invalid, "%s", q.T("error.method")))
}

// askWho answers a page of the desk to nobody: whether what it names exists is not looked at.
func (s *site) askWho(w http.ResponseWriter, q *request) {
	if q.Format != "html" {
		s.failStatus(w, q, http.StatusForbidden, registry.Errorf(registry.Invalid, "%s", q.T("sign_in.title")))
		return
	}
	s.finish(w, q, q.signInPage(q.http.URL.RequestURI(), nil, http.StatusForbidden, ""), nil)
}

// tidy is an address as this site writes it: no empty parts, no slash at its end, the noun in small letters.
func tidy(p string) string {
	clean := path.Clean("/" + p)
	if clean == "/" {
		return clean
	}
	noun, rest, more := strings.Cut(clean[1:], "/")
	noun = strings.ToLower(noun)
	if more {
		return "/" + noun + "/" + rest
	}
	return "/" + noun
}

// match finds the route and fills in the parts of the address. A .json or .csv at the end is the format, not a part.
func (s *site) match(q *request) (handler, bool) {
	for _, rt := range s.routes {
		if q.fits(rt.pattern) {
			return rt.handle, true
		}
	}
	return nil, false
}

// matchDesk finds the route of the desk; nil where there is none, and where nobody can sign in.
func (s *site) matchDesk(q *request) *deskRoute {
	for i := range s.desk {
		if q.fits(s.desk[i].pattern) {
			if s.desk[i].open && !s.reads(s.desk[i].pattern) || !s.desk[i].open && !s.hasDesk(q.http.Context()) {
				return nil
			}
			q.desk = &s.desk[i]
			return q.desk
		}
	}
	return nil
}

// reads says whether what a form that changes nothing sends can be read.
func (s *site) reads(pattern string) bool {
	if pattern == "/check" {
		return s.opt.ReadDraft != nil
	}
	return s.opt.Read != nil
}

// fits says whether the request's address is of the pattern, and fills in the parts.
func (q *request) fits(pattern string) bool {
	parts, want := strings.Split(q.Path[min(1, len(q.Path)):], "/"), strings.Split(pattern[1:], "/")
	if len(want) != len(parts) {
		return false
	}
	params := map[string]string{}
	for i, w := range want {
		if strings.HasPrefix(w, "{") {
			if parts[i] == "" {
				return false
			}
			params[strings.Trim(w, "{}")] = parts[i]
		} else if w != parts[i] {
			return false
		}
	}
	q.params, q.route = params, pattern
	return true
}

// has says whether the site has a page at the address.
func (s *site) has(address string) bool {
	for _, rt := range s.routes {
		if rt.pattern == address {
			return address != "/storybook" || s.opt.Demo
		}
	}
	for _, rt := range s.desk {
		if rt.pattern == address {
			return rt.open && s.reads(rt.pattern) || !rt.open && s.opt.Accounts != nil && (address != "/desk/deposits" || s.opt.Deposits != nil)
		}
	}
	return false
}

// redirect leads to another path of this site and keeps the query.
func (s *site) redirect(w http.ResponseWriter, q *request, to string, status int) {
	w.Header().Set("Location", s.location(q, to))
	w.WriteHeader(status)
}

func (s *site) location(q *request, to string) string {
	u := url.URL{Path: to, RawQuery: q.http.URL.RawQuery} // nothing else of what was asked for: a name before an @ would lead elsewhere
	return u.String()
}

// moved is the error by which a handler says that the page is at another path.
type moved struct {
	to     string
	merged bool // the record of the address was merged into another
}

func (m moved) Error() string { return "moved to " + m.to }
