package ledger

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	fnote "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"

	"github.com/openassay/assay/registry"
)

// Policy says which ledgers are believed, and how many witnesses must have seen a checkpoint: C2SP tlog-policy.
type Policy struct {
	Logs      []note.Verifier
	Witnesses map[string]note.Verifier // by the policy's own names
	URLs      map[string]string        // of witnesses, where the policy gives one
	groups    map[string]group
	quorum    string // "none", a witness or a group
}

type group struct {
	need    int
	members []string
}

// maxPolicy bounds what a policy may hold, in lines that define something.
const maxPolicy = 1000

// ParsePolicy reads a policy. Every error names the line.
func ParsePolicy(b []byte) (*Policy, error) {
	p := &Policy{Witnesses: map[string]note.Verifier{}, URLs: map[string]string{}, groups: map[string]group{}}
	r := &policyReader{p: p, keys: map[string]bool{}, used: map[string]bool{}}
	if i := bytes.IndexFunc(b, func(c rune) bool { return c < 0x20 && c != '\n' && c != '\t' || c == 0x7F }); i >= 0 {
		return nil, registry.Errorf(registry.Invalid, "policy: line %d has a control character", 1+bytes.Count(b[:i], []byte("\n")))
	}
	n := 0
	for i, line := range strings.Split(string(b), "\n") {
		f := strings.FieldsFunc(line, func(c rune) bool { return c == ' ' || c == '\t' })
		if len(f) == 0 || strings.HasPrefix(f[0], "#") {
			continue
		}
		if n++; n > maxPolicy {
			return nil, registry.Errorf(registry.Invalid, "policy: more than %d lines", maxPolicy)
		}
		if err := r.line(f); err != nil {
			return nil, registry.Errorf(registry.Invalid, "policy: line %d: %w", i+1, err)
		}
	}
	if p.quorum == "" {
		return nil, registry.Errorf(registry.Invalid, "policy: no quorum line").WithHint("the last line says which witnesses are enough: quorum NAME, or quorum none")
	}
	return p, nil
}

type policyReader struct {
	p    *Policy
	keys map[string]bool // public keys seen
	used map[string]bool // names that are members of a group
}

func (r *policyReader) line(f []string) error {
	p := r.p
	switch f[0] {
	case "log":
		if len(f) != 2 && len(f) != 3 {
			return registry.Errorf(registry.Invalid, "want: log VKEY [URL]")
		}
		v, err := note.NewVerifier(f[1])
		if err != nil {
			return registry.Errorf(registry.Invalid, "%q is no key of a log: %w", f[1], err)
		}
		p.Logs = append(p.Logs, v)
		return r.once(f[1])
	case "witness":
		if len(f) != 3 && len(f) != 4 {
			return registry.Errorf(registry.Invalid, "want: witness NAME VKEY [URL]")
		}
		v, err := fnote.NewVerifierForCosignatureV1(f[2])
		if err != nil {
			return registry.Errorf(registry.Invalid, "%q is no key of a witness: %w", f[2], err)
		}
		if err := r.define(f[1]); err != nil {
			return err
		}
		p.Witnesses[f[1]] = v
		if len(f) == 4 {
			p.URLs[f[1]] = f[3]
		}
		return r.once(f[2])
	case "group":
		if len(f) < 4 {
			return registry.Errorf(registry.Invalid, "want: group NAME all|any|K MEMBER…")
		}
		return r.group(f[1], f[2], f[3:])
	case "quorum":
		switch {
		case len(f) != 2:
			return registry.Errorf(registry.Invalid, "want: quorum NAME, or quorum none")
		case p.quorum != "":
			return registry.Errorf(registry.Invalid, "a second quorum")
		case f[1] != "none" && !p.defined(f[1]):
			return registry.Errorf(registry.Invalid, "%q is not defined above", f[1])
		}
		p.quorum = f[1]
		return nil
	}
	return registry.Errorf(registry.Invalid, "%q is not known", f[0])
}

// once refuses a public key that stands there already, under whatever name.
func (r *policyReader) once(vkey string) error {
	_, coded, _ := strings.Cut(vkey, "+")
	_, coded, _ = strings.Cut(coded, "+")
	raw, err := base64.StdEncoding.DecodeString(coded)
	if err != nil || len(raw) == 0 {
		return registry.Errorf(registry.Invalid, "%q is no key", vkey)
	}
	key := string(raw[1:]) // without its algorithm
	if r.keys[key] {
		return registry.Errorf(registry.Invalid, "the same key a second time")
	}
	r.keys[key] = true
	return nil
}

func (r *policyReader) define(name string) error {
	if name == "none" || r.p.defined(name) {
		return registry.Errorf(registry.Invalid, "the name %q is taken", name)
	}
	return nil
}

func (r *policyReader) group(name, k string, members []string) error {
	if err := r.define(name); err != nil {
		return err
	}
	g := group{members: members}
	switch n, err := strconv.Atoi(k); {
	case k == "all":
		g.need = len(members)
	case k == "any":
		g.need = 1
	case err != nil || n < 1 || n > len(members):
		return registry.Errorf(registry.Invalid, "%q of %d members", k, len(members))
	default:
		g.need = n
	}
	for _, m := range members {
		switch {
		case !r.p.defined(m):
			return registry.Errorf(registry.Invalid, "%q is not defined above", m)
		case r.used[m]:
			return registry.Errorf(registry.Invalid, "%q is in a group already", m)
		}
		r.used[m] = true
	}
	r.p.groups[name] = g
	return nil
}

func (p *Policy) defined(name string) bool {
	_, g := p.groups[name]
	return g || p.Witnesses[name] != nil
}

// enough says whether the witnesses that cosigned, by the policy's names, are a quorum.
func (p *Policy) enough(cosigned []string) bool {
	var ok func(name string) bool
	ok = func(name string) bool {
		g, isGroup := p.groups[name]
		if !isGroup {
			return slices.Contains(cosigned, name)
		}
		n := 0
		for _, m := range g.members {
			if ok(m) {
				n++
			}
		}
		return n >= g.need
	}
	return p.quorum == "none" || ok(p.quorum)
}
