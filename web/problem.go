package web

import (
	"errors"
	"net/http"
	"path"
	"strings"

	"github.com/openassay/assay/registry"
)

// statuses is where an error of the registry becomes one of HTTP.
var statuses = map[registry.ErrorCode]int{
	registry.Invalid: http.StatusBadRequest, registry.NotFound: http.StatusNotFound, registry.Conflict: http.StatusConflict,
	registry.Unsupported: http.StatusBadRequest, registry.Unreadable: http.StatusInternalServerError, registry.Internal: http.StatusInternalServerError,
}

// problem is an error as RFC 9457 writes it.
type problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Hint     string `json:"hint,omitempty"`
	Code     string `json:"code"`
	Instance string `json:"instance"`
}

// errorPage is a page that says what went wrong and how to go on.
type errorPage struct {
	Title, Detail, Hint string
	Status              int
	Query               string // what a search could look for
	SearchHref          string
	Near                []link // records whose address is like the one asked for
	Places              []link
}

// fail answers an error: another address, or a page.
func (s *site) fail(w http.ResponseWriter, q *request, err error) {
	var m moved
	if errors.As(err, &m) {
		if q.Format != "html" {
			m.to += "." + q.Format
		}
		if !s.noted(w, q, []byte(s.location(q, m.to))) {
			return
		}
		status := http.StatusFound
		if m.merged {
			status = http.StatusMovedPermanently
			w.Header().Set("Cache-Control", "no-cache") // a merge can be undone
		}
		s.redirect(w, q, m.to, status)
		return
	}
	var done seeOther
	if errors.As(err, &done) {
		s.putFlash(q, flash{done.say, done.more})
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Location", done.to)
		w.WriteHeader(http.StatusSeeOther)
		return
	}
	var away sentAway
	if errors.As(err, &away) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Location", away.to)
		w.WriteHeader(http.StatusSeeOther)
		return
	}
	var wait busy
	if errors.As(err, &wait) {
		s.failStatus(w, q, http.StatusServiceUnavailable, registry.Errorf(registry.Conflict, "%s", wait.says))
		return
	}
	if errors.Is(err, errNowhere) {
		err = registry.Errorf(registry.NotFound, "%s", q.T("error.not_found"))
	}
	status, ok := statuses[registry.CodeOf(err)]
	if !ok {
		status = http.StatusInternalServerError
	}
	s.failStatus(w, q, status, err)
}

func (s *site) failStatus(w http.ResponseWriter, q *request, status int, err error) {
	detail, hint := err.Error(), registry.HintOf(err)
	if status == http.StatusInternalServerError {
		s.opt.Log("%q: %v", q.where(), err)
		detail, hint = q.T("error.internal"), ""
	}
	title := q.T(statusKey(status))
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	if q.Format != "html" || q.program {
		b, _ := encodeJSON(problem{"about:blank", title, status, detail, hint, string(registry.CodeOf(err)), q.http.URL.Path})
		s.write(w, q, status, "application/problem+json; charset=utf-8", b)
		return
	}
	if q.View == nil {
		q.View = q.reg.View("")
	}
	e := errorPage{Title: title, Detail: detail, Hint: hint, Status: status}
	if status == http.StatusNotFound {
		e.Query = strings.Join(strings.FieldsFunc(path.Base(q.Path), func(r rune) bool { return strings.ContainsRune("-_./ ", r) }), " ")
		e.Near = q.near(path.Base(q.Path))
		if s.has("/search") && e.Query != "" {
			e.SearchHref = q.href("/search", "q", cut(e.Query, 80))
		}
	}
	for _, a := range navigation {
		if s.has(a) {
			e.Places = append(e.Places, link{Text: q.navLabel(a), Href: q.href(a)})
		}
	}
	body, rerr := s.render(q, &page{Template: "error", Title: title, Data: e})
	if rerr != nil {
		s.opt.Log("%q: %v", q.where(), rerr)
		http.Error(w, title, status)
		return
	}
	s.write(w, q, status, "text/html; charset=utf-8", body)
}

func statusKey(status int) string {
	switch status {
	case http.StatusNotFound:
		return "status.not_found"
	case http.StatusBadRequest:
		return "status.bad_request"
	case http.StatusMethodNotAllowed:
		return "status.method_not_allowed"
	case http.StatusConflict:
		return "status.conflict"
	case http.StatusForbidden, http.StatusUnauthorized:
		return "status.forbidden"
	case http.StatusRequestEntityTooLarge:
		return "status.too_long"
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		return "status.busy"
	}
	return "status.internal"
}

// near are a few records whose address holds a word of the one that was asked for, the most words first.
func (q *request) near(tail string) []link {
	words := strings.FieldsFunc(strings.ToLower(tail), func(r rune) bool { return strings.ContainsRune("-_./ ", r) })
	var best [4][]link
	for _, k := range registry.Kinds() {
		if !registry.KindOf(k).Pages {
			continue
		}
		for _, r := range q.View.OfKind(k) {
			parts := "-" + strings.ToLower(r.Address()) + "-"
			n := 0
			for _, w := range words {
				if len(w) > 1 && strings.Contains(parts, "-"+w) {
					n++
				}
			}
			if n = min(n, 4); n > 0 && len(best[4-n]) < 6 {
				best[4-n] = append(best[4-n], q.linkTo(r))
			}
		}
	}
	var out []link
	for _, ls := range best {
		out = append(out, ls...)
	}
	return out[:min(len(out), 6)]
}
