package registry

import (
	"regexp"
	"slices"
	"strings"
)

// Audience is who may see something. Audiences form no ladder: nothing is inherited except that all see public.
type Audience string

// The audiences without a name of their own. The others are parliament:PARTY, audit:PARTY, delegation:PARTY, adviser:NAME,
// talks:NEGOTIATION and group:BLOC.
const (
	Public   Audience = "public"
	Registry Audience = "registry" // editors
	Sealed   Audience = "sealed"
)

var namedAudience = regexp.MustCompile(`^(parliament|audit|delegation|adviser|talks|group):[A-Za-z0-9][A-Za-z0-9._/-]{0,95}$`)

// Check says whether the audience is one.
func (a Audience) Check() error {
	if a == Public || a == Registry || a == Sealed || namedAudience.MatchString(string(a)) {
		return nil
	}
	return Errorf(Invalid, "%q is no audience", string(a)).
		WithHint("public, registry, sealed, parliament:PARTY, audit:PARTY, delegation:PARTY, adviser:NAME, talks:NEGOTIATION or group:BLOC")
}

// Audiences are those that a reader holds. Public is always among them.
type Audiences []Audience

// Reader makes a reader's set: public and what is given, sorted, each once.
func Reader(as ...Audience) Audiences {
	out := append(Audiences{Public}, as...)
	slices.Sort(out)
	return slices.Compact(out)
}

// Has says whether the reader holds a.
func (r Audiences) Has(a Audience) bool { return a == Public || slices.Contains(r, a) }

// Name is a stable name of the set, fit for a folder: "public", "public+registry".
func (r Audiences) Name() string {
	s := make([]string, 0, len(r))
	for _, a := range Reader(r...) {
		s = append(s, strings.NewReplacer(":", "=", "/", "%2F").Replace(string(a)))
	}
	slices.Sort(s)
	return strings.Join(s, "+")
}
