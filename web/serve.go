package web

import (
	"net/http"
	"net/url"
	"path"
	"runtime/debug"
	"strings"

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
			s.opt.Log("panic at %q: %v\n%s", r.URL.Path, p, debug.Stack())
			s.fail(w, q, registry.Errorf(registry.Internal, "%s", q.T("error.internal")))
		}
	}()
	if strings.HasPrefix(r.URL.Path, assetPrefix) {
		s.serveAsset(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		s.failStatus(w, q, http.StatusMethodNotAllowed, registry.Errorf(registry.Invalid, "%s", q.T("error.method")))
		return
	}
	if len(r.URL.RawQuery) > longestQuery || strings.Count(r.URL.RawQuery, "&") >= mostParameters {
		q.Query = nil // its error page repeats none of it
		s.fail(w, q, registry.Errorf(registry.Invalid, "%s", q.T("error.query")).WithHint("%s", q.T("error.query_hint", "n", mostParameters)))
		return
	}
	if to := tidy(r.URL.Path); to != r.URL.Path {
		s.redirect(w, q, to, http.StatusMovedPermanently)
		return
	}
	handle, found := s.match(q)
	if !found {
		s.fail(w, q, registry.Errorf(registry.NotFound, "%s", q.T("error.not_found")))
		return
	}
	if err := q.read(); err != nil {
		s.fail(w, q, err)
		return
	}
	p, err := handle(q)
	if err != nil {
		s.fail(w, q, err)
		return
	}
	s.respond(w, q, p)
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
	parts := strings.Split(q.Path[1:], "/")
next:
	for _, rt := range s.routes {
		want := strings.Split(rt.pattern[1:], "/")
		if len(want) != len(parts) {
			continue
		}
		params := map[string]string{}
		for i, w := range want {
			if strings.HasPrefix(w, "{") {
				if parts[i] == "" {
					continue next
				}
				params[strings.Trim(w, "{}")] = parts[i]
			} else if w != parts[i] {
				continue next
			}
		}
		q.params, q.route = params, rt.pattern
		return rt.handle, true
	}
	return nil, false
}

// has says whether the site has a page at the address.
func (s *site) has(address string) bool {
	for _, rt := range s.routes {
		if rt.pattern == address {
			return address != "/storybook" || s.opt.Demo
		}
	}
	return false
}

// redirect leads to another path of this site and keeps the query.
func (s *site) redirect(w http.ResponseWriter, q *request, to string, status int) {
	u := url.URL{Path: to, RawQuery: q.http.URL.RawQuery} // nothing else of what was asked for: a name before an @ would lead elsewhere
	w.Header().Set("Location", u.String())
	w.WriteHeader(status)
}

// moved is the error by which a handler says that the page is at another path.
type moved struct {
	to     string
	merged bool // the record of the address was merged into another
}

func (m moved) Error() string { return "moved to " + m.to }
