package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// A token reads the data addresses as its account reads them, or less: .json, .csv and files to take along; no page, nothing of the desk, no form. What
// comes with a token that opens nothing gets 401, never what is public in its place: a program would take that for all there is.

// bearer is the token that a request comes with; asked says that it comes with one, whatever it is.
func bearer(r *http.Request) (text string, asked bool) {
	all := r.Header.Values("Authorization")
	for _, h := range all {
		scheme, rest, _ := strings.Cut(strings.TrimSpace(h), " ")
		if strings.EqualFold(scheme, "Bearer") {
			if len(all) > 1 { // whose word counts nobody can tell
				return "", true
			}
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// identifyToken makes the request one of a token. done says that it was answered: the token opens nothing, or not this.
func (s *site) identifyToken(w http.ResponseWriter, q *request, text string) (done bool) {
	q.private = true
	h := w.Header()
	h.Set("Vary", dataVary)
	q.program = true
	if s.opt.Accounts == nil {
		s.refuseToken(w, q, &account.BadToken{Why: "unknown"})
		return true
	}
	u, t, err := s.opt.Accounts.Token(q.http.Context(), text)
	var bad *account.BadToken
	switch {
	case errors.As(err, &bad):
		s.refuseToken(w, q, bad)
		return true
	case err != nil:
		s.fail(w, q, err)
		return true
	}
	if wait := s.asks.admit(t.ID, s.opt.TokenRate, s.opt.Now()); wait > 0 {
		h.Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
		s.failStatus(w, q, http.StatusTooManyRequests, registry.Errorf(registry.Conflict, "%s", q.T("token.often", "n", s.opt.TokenRate)).WithHint("%s", q.T("token.often_hint")))
		return true
	}
	if q.http.Method != http.MethodGet && q.http.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		s.failStatus(w, q, http.StatusMethodNotAllowed, registry.Errorf(registry.Invalid, "%s", q.T("token.reads")))
		return true
	}
	if s.matchDesk(q) != nil {
		s.notForTokens(w, q)
		return true
	}
	readers, lost := t.Readers(u)
	if lost {
		h.Set("WWW-Authenticate", `Bearer realm="assay", error="insufficient_scope"`)
		s.failStatus(w, q, http.StatusForbidden, registry.Errorf(registry.Invalid, "%s", q.T("token.lost")).WithHint("%s", q.T("token.lost_hint")))
		return true
	}
	q.bearer, q.bearerUser = t, u
	if s.opt.RegistryFor != nil {
		if q.reg, err = s.opt.RegistryFor(q.http.Context(), readers); err != nil {
			s.fail(w, q, err)
			return true
		}
	}
	q.readers = readers
	h.Set("Assay-Audiences", audienceText(readers))
	return false
}

// refuseToken answers a token that opens nothing.
func (s *site) refuseToken(w http.ResponseWriter, q *request, bad *account.BadToken) {
	w.Header().Set("WWW-Authenticate", `Bearer realm="assay", error="invalid_token"`)
	when := ""
	if !bad.When.IsZero() {
		when = bad.When.UTC().Format(time.RFC3339)
	}
	s.failStatus(w, q, http.StatusUnauthorized, registry.Errorf(registry.Invalid, "%s", q.T("token."+bad.Why, "when", when)).WithHint("%s", q.T("token.hint")))
}

// notForTokens answers what is for people: a page, the desk.
func (s *site) notForTokens(w http.ResponseWriter, q *request) {
	s.failStatus(w, q, http.StatusForbidden, registry.Errorf(registry.Invalid, "%s", q.T("token.page")).WithHint("%s", q.T("token.page_hint")))
}

// dataVary is what the answer of a data address depends on beside the address.
const dataVary = "Accept-Language, Accept-Encoding, Authorization"

// had remembers which answers tokens were given. "It is as you have it" leaves no line in the audit, so it is said of what was given alone: tags can be
// computed, and would else tell of an address that was never asked for that something is there.
type had struct {
	mu sync.Mutex
	m  map[string]struct{} // ids of tokens with tags
}

// mostHad is of how many answers that is remembered; beyond, all are given anew.
const mostHad = 100_000

func (h *had) has(what string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, ok := h.m[what]
	return ok
}

func (h *had) add(what string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.m == nil || len(h.m) >= mostHad {
		h.m = map[string]struct{}{}
	}
	h.m[what] = struct{}{}
}

// How often a token may ask where nothing else is said: so many times a minute, and as many at once; and of how many tokens that is remembered.
const (
	asksAMinute = 600
	mostAskers  = 10_000
)

// asks counts what tokens ask, in a memory of bounded size.
type asks struct {
	mu sync.Mutex
	m  map[string]*allowance
}

type allowance struct {
	left float64
	at   time.Time
}

// admit says how long a token must wait before it may ask; 0 for now.
func (a *asks) admit(id string, rate int, now time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.m == nil || len(a.m) >= mostAskers {
		a.m = map[string]*allowance{}
	}
	x := a.m[id]
	if x == nil {
		x = &allowance{float64(rate), now}
		a.m[id] = x
	}
	x.left = min(float64(rate), x.left+max(0, now.Sub(x.at).Minutes())*float64(rate))
	x.at = now
	if x.left < 1 {
		return time.Duration((1 - x.left) / float64(rate) * float64(time.Minute))
	}
	x.left--
	return 0
}
