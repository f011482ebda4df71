package registry

import (
	"regexp"
	"strings"
)

// RecordID names a record: the prefix of its kind, an underscore and a tail minted once (ins_us-drc-spa-2025, pty_ZMB). Only the prefix
// means anything to code; the tail is the default of the record's address and may be replaced there.
type RecordID string

// SourceID names a source: src_ and a tail minted once.
type SourceID string

// EntryID is the SHA-256, in hexadecimal, of an entry's nonce and canonical payload.
type EntryID string

var (
	idTail   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]{0,95}$`)
	sourceID = regexp.MustCompile(`^src_[a-z0-9][a-z0-9.-]{0,95}$`)
)

// Kind is the kind of the record an id names; "" where the prefix is of no kind.
func (id RecordID) Kind() Kind {
	p, _, ok := strings.Cut(string(id), "_")
	if !ok {
		return ""
	}
	return kindByPrefix[p]
}

// Tail is the id without its prefix.
func (id RecordID) Tail() string {
	_, t, _ := strings.Cut(string(id), "_")
	return t
}

// ParseRecordID reads an id with its prefix.
func ParseRecordID(s string) (RecordID, error) {
	id := RecordID(s)
	if id.Kind() == "" || !isAddress(id.Tail()) {
		return "", Errorf(Invalid, "%q is not a record's id", s).
			WithHint("an id is a kind's prefix, an underscore and letters, digits, dots or hyphens: ins_us-drc-spa-2025, pty_ZMB")
	}
	return id, nil
}

// isAddress says whether s can be the last part of a page's address: a form that ends like the data formats of a page is not.
func isAddress(s string) bool {
	return idTail.MatchString(s) && !strings.HasSuffix(s, ".json") && !strings.HasSuffix(s, ".csv")
}

// ParseRef reads an id of one of the kinds in to; where only one is allowed, its prefix may be left out.
func ParseRef(s string, to []Kind) (RecordID, error) {
	if len(to) == 1 && to[0] != "*" && !strings.HasPrefix(s, kindDefs[to[0]].Prefix+"_") {
		s = kindDefs[to[0]].Prefix + "_" + s
	}
	id, err := ParseRecordID(s)
	if err != nil {
		return "", err
	}
	for _, k := range to {
		if k == id.Kind() || k == "*" {
			return id, nil
		}
	}
	return "", Errorf(Invalid, "%q is a %s; the field refers to %s", s, id.Kind(), joinKinds(to))
}

// ParseSourceID reads a source's id.
func ParseSourceID(s string) (SourceID, error) {
	if !sourceID.MatchString(s) {
		return "", Errorf(Invalid, "%q is not a source's id", s).WithHint("write src_ and lower-case letters, digits, dots or hyphens")
	}
	return SourceID(s), nil
}

func joinKinds(ks []Kind) string {
	s := make([]string, len(ks))
	for i, k := range ks {
		s[i] = string(k)
	}
	return strings.Join(s, ", ")
}
