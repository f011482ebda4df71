package web

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// Every read of something restricted leaves a line in the audit, before the answer leaves; a read of what is public leaves none. Which is which is not for
// handlers to say: an answer shows something restricted where the same address answers the public otherwise, be it by a word, a count or an order. So
// whoever reads more than the public is answered twice: the second time as the public would be, with the same frame, and only to compare. What an answer
// names is found in its bytes. A page that is new is covered without being asked.
//
// Pages of the desk show what is in no registry too (letters, files that are brought in, what waits): a read of one is always noted, but for those about
// accounts.

// noteRead notes what an answer is about to show. An error says that it must not be shown.
func (s *site) noteRead(q *request, body []byte) error {
	if q.shadow || q.readers == nil || s.opt.Accounts == nil {
		return nil
	}
	restricted := q.reg != s.reg
	desk := q.desk != nil && q.desk.role.Includes(account.Contributor) && !q.desk.own && q.user.Can(q.desk.role)
	if !restricted && !desk {
		return nil
	}
	var theirs *held
	if restricted {
		theirs = s.held.of(q, s.reg)
	}
	var things []string
	switch {
	case q.http.Method == http.MethodPost: // what was done is noted as an act; this is for what its page shows, of others too
		things = theirs.named(body, nil, "")
		rests := q.route == "/check" && theirs != nil && len(theirs.tiers) > 0 // on all that the reader sees: it may tell of a text by a number, without its name
		if len(things) == 0 && !rests {
			return nil
		}
	case desk:
		things = theirs.named(body, nil, q.http.URL.RequestURI())
	case len(theirs.tiers) == 0:
		return nil
	default:
		public := bytes.ReplaceAll(s.asPublic(q), []byte(s.reg.Version()), []byte(q.reg.Version())) // which a page may tell
		if bytes.Equal(public, body) {
			return nil
		}
		things = theirs.named(body, public, q.http.URL.RequestURI())
	}
	e := account.Event{By: q.whose().By(), Outlet: q.where(), Things: things, Tier: theirs.tierOf(things, q.readers)}
	if q.Format != "html" {
		e.Outlet += "." + q.Format
	}
	if q.bearer != nil {
		e.Note = q.bearer.ID
	}
	return s.opt.Accounts.NoteRead(context.WithoutCancel(q.http.Context()), e)
}

// whose is of whom the request is: a user, or who made the token; nil for nobody.
func (q *request) whose() *account.User {
	if q.bearer != nil {
		return q.bearerUser
	}
	return q.user
}

// asPublic is the body with which the same address answers this reader where they see what the public sees.
func (s *site) asPublic(q *request) (body []byte) {
	r := q.http.Clone(q.http.Context())
	for _, h := range []string{"If-None-Match", "Accept-Encoding"} {
		r.Header.Del(h)
	}
	rec := &recorder{header: http.Header{}}
	p := s.request(r)
	p.shadow, p.header, p.private, p.program = true, rec.header, q.private, q.program
	p.user, p.session, p.bearer, p.bearerUser, p.readers = q.user, q.session, q.bearer, q.bearerUser, q.readers
	p.flash, p.flashed = q.flash, true
	defer func() {
		if x := recover(); x != nil { // the true answer did not fail: it is another, and so noted
			s.opt.Log("panic at %q as the public: %v", q.where(), x)
			body = nil
		}
	}()
	s.get(rec, p)
	if to := rec.header.Get("Location"); to != "" { // which is what such an answer tells
		return []byte(to)
	}
	return rec.body.Bytes()
}

// recorder keeps an answer that is sent to nobody.
type recorder struct {
	header http.Header
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
func (r *recorder) WriteHeader(int)             {}

// held is what one set of readers sees that the public does not: records and sources by id and by noun and address, with their audiences.
type held struct {
	version string
	ids     map[string]string   // id or noun/address → id
	tiers   map[string][]string // id → audiences
}

// helds are kept for each set of readers, until what it or the public sees changes.
type helds struct {
	mu sync.Mutex
	m  map[string]*held
}

func (h *helds) of(q *request, public Registry) *held {
	name, version := q.readers.Name(), q.reg.Version()+" "+public.Version()
	h.mu.Lock()
	defer h.mu.Unlock()
	if x := h.m[name]; x != nil && x.version == version {
		return x
	}
	open := map[registry.EntryID]bool{}
	for _, e := range public.Entries() {
		open[e.ID] = true
	}
	x := &held{version: version, ids: map[string]string{}, tiers: map[string][]string{}}
	view := q.reg.View("")
	for _, e := range q.reg.Entries() {
		if open[e.ID] {
			continue
		}
		var id string
		switch {
		case e.Claim != nil:
			id = string(e.Claim.Record)
			x.ids[id] = id
			if r := view.Record(e.Claim.Record); r != nil {
				x.ids[registry.KindOf(r.Kind).Noun+"/"+r.Address()] = id
			}
		case e.Source != nil:
			id = string(e.Source.ID)
			x.ids[id], x.ids["sources/"+id] = id, id
		default:
			continue
		}
		if a := string(e.Audience); !slices.Contains(x.tiers[id], a) {
			x.tiers[id] = append(x.tiers[id], a)
		}
	}
	if h.m == nil || len(h.m) > 200 {
		h.m = map[string]*held{}
	}
	h.m[name] = x
	return x
}

// named are the restricted things that an answer names and the public's does not, in their order; where there are none, that of the address; where
// that is none, all that it names.
func (h *held) named(body, public []byte, address string) []string {
	if h == nil {
		return nil
	}
	all, also := h.find(body), h.find(public)
	own := map[string]bool{}
	for id := range all {
		if !also[id] {
			own[id] = true
		}
	}
	for id := range h.find([]byte(strings.NewReplacer("%2F", "/", "%2f", "/").Replace(address))) {
		own[id] = true
	}
	if len(own) == 0 {
		own = all
	}
	return slices.Sorted(maps.Keys(own))
}

func inName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_-./~", c) >= 0
}

// find looks for ids and addresses in an answer, word by word, so that it takes as long as the answer is.
func (h *held) find(b []byte) map[string]bool {
	out := map[string]bool{}
	for i := 0; i < len(b); {
		if !inName(b[i]) {
			i++
			continue
		}
		j := i
		for j < len(b) && inName(b[j]) {
			j++
		}
		word := string(b[i:j])
		i = j
		noun := ""
		for part := range strings.SplitSeq(word, "/") {
			tail := strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(part, "."), ".json"), ".csv")
			if id := cmp.Or(h.ids[tail], h.ids[noun+"/"+tail]); id != "" {
				out[id] = true
			}
			noun = part
		}
	}
	return out
}

// tierOf are the audiences of things; where none is named, all that the readers hold beside the public.
func (h *held) tierOf(things []string, readers registry.Audiences) registry.Audiences {
	var out registry.Audiences
	if h != nil {
		for _, id := range things {
			for _, a := range h.tiers[id] {
				if readers.Has(registry.Audience(a)) { // what it entered at may be another's, by which it came to them
					out = append(out, registry.Audience(a))
				}
			}
		}
	}
	if len(out) == 0 {
		out = slices.Clone(readers)
	}
	return beyondPublic(registry.Reader(out...))
}
