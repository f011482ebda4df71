package web

import (
	"slices"
	"strings"
	"sync"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// counted keeps the last findings that were computed: they are the same until what the readers see changes.
type counted struct {
	mu   sync.Mutex
	kept []countedSet
}

type countedSet struct {
	reg     Registry
	version string
	asOf    registry.Day
	scope   findings.Scope
	set     *findings.Set
}

// mostCounted is how many are kept; whoever asks for a further scope waits a moment.
const mostCounted = 6

// set is the seven findings of what the visitor reads, within a scope. It must not be changed.
func (q *request) set(scope findings.Scope) (*findings.Set, error) {
	c := &q.site.counted
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range c.kept {
		if k.reg == q.reg && k.version == q.version && k.asOf == q.AsOf && k.scope == scope {
			return k.set, nil
		}
	}
	s, err := findings.Compute(q.View, q.reg, scope)
	if err != nil {
		return nil, err
	}
	c.kept = append(c.kept, countedSet{q.reg, q.version, q.AsOf, scope, s})
	if len(c.kept) > mostCounted {
		c.kept = slices.Delete(c.kept, 0, 1)
	}
	return s, nil
}

// scopeFields are the parameters that choose what is counted.
var scopeFields = []string{"country", "region", "mineral", "since", "until"}

// scope reads what is to be counted from the query.
func (q *request) scope() (findings.Scope, error) {
	get := func(name string) string { return strings.TrimSpace(q.Query.Get(name)) }
	return findings.ParseScope(q.View, get("country"), get("region"), get("mineral"), get("since"), get("until"))
}

// scopeView is the form that chooses what is counted, and what it chose in words.
type scopeView struct {
	Action string
	Hidden []pair
	Fields []scopeField
	Chosen string // in words; "" for everything
	Reset  string
	Region []formOption
}

type scopeField struct{ Name, Label, Hint, Value string }

func (q *request) scopeView(s findings.Scope) scopeView {
	v := scopeView{Action: q.Path, Hidden: q.hidden(append(slices.Clone(scopeFields), "page")...), Chosen: q.scopeWords(s)}
	for _, name := range []string{"country", "mineral", "since", "until"} {
		v.Fields = append(v.Fields, scopeField{name, q.T("scope." + name), q.T("scope." + name + "_hint"), cut(q.Query.Get(name), 80)})
	}
	v.Region = []formOption{{Label: q.T("scope.anywhere")}}
	for _, code := range registry.Codes("region") {
		v.Region = append(v.Region, formOption{Value: code, Label: q.code("region", code), Chosen: s.Region == code})
	}
	change := []string{}
	for _, f := range scopeFields {
		change = append(change, f, "")
	}
	v.Reset = q.here(change...)
	return v
}

// scopeWords says in words what is counted; "" for everything.
func (q *request) scopeWords(s findings.Scope) string {
	var parts []string
	if r := q.View.Record(s.Party); r != nil {
		parts = append(parts, r.Title(q.Lang))
	}
	if s.Region != "" {
		parts = append(parts, q.code("region", s.Region))
	}
	if r := q.View.Record(s.Mineral); r != nil {
		parts = append(parts, r.Title(q.Lang))
	}
	if s.Since != "" {
		parts = append(parts, q.T("scope.from", "day", s.Since))
	}
	if s.Until != "" {
		parts = append(parts, q.T("scope.to", "day", s.Until))
	}
	return strings.Join(parts, ", ")
}
