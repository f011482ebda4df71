package claimlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

// Stored is an entry as a store keeps it: the immutable header and the erasable payload apart.
type Stored struct {
	ID         registry.EntryID
	Type       registry.EntryType
	Record     registry.RecordID // "" for entries about none
	Field      string            // of a claim
	Audience   registry.Audience
	Nonce      string
	At         time.Time        // UTC, whole seconds
	Payload    []byte           // canonical JSON, author included; nil once erased
	Supersedes registry.EntryID // part of the payload: forgotten with it

	joined *registry.Entry // what Join gives, where it is known already
}

// Split takes an entry apart for keeping. It refuses with registry.Invalid what could not be read back as the same entry: a
// log keeps what it takes for ever.
func Split(e registry.Entry) (Stored, error) {
	e.At = e.At.UTC().Truncate(time.Second)
	bad := func(why string) (Stored, error) {
		return Stored{}, registry.Errorf(registry.Invalid, "entry %q: %s", short(e.ID), why).
			WithHint("make entries with registry.NewEntry; an export that was edited by hand is imported as CSV")
	}
	switch {
	case e.Erased():
		return bad("it has no payload, and an erased entry cannot be added")
	case e.At.IsZero():
		return bad("it has no time")
	case !utf8.ValidString(e.Nonce) || strings.ContainsRune(e.Nonce, 0):
		return bad("its nonce is not clean UTF-8 text")
	}
	if err := e.Audience.Check(); err != nil {
		return bad(err.Error())
	}
	raw := e.PayloadJSON()
	if !utf8.Valid(raw) {
		return bad("its payload is not UTF-8")
	}
	if Digest(e.Nonce, raw) != e.ID {
		return bad("its id does not fit its payload")
	}
	s := Stored{ID: e.ID, Type: e.Type, Record: e.Record(), Audience: e.Audience, Nonce: e.Nonce, At: e.At, Payload: raw}
	if e.Claim != nil {
		s.Field, s.Supersedes = e.Claim.Field, e.Claim.Supersedes
	}
	back, err := s.Join()
	if err != nil {
		return bad(err.Error())
	}
	if !bytes.Equal(back.PayloadJSON(), raw) {
		return bad("its payload is not of its type")
	}
	s.joined = &back
	return s, nil
}

// Entry is Join for bytes that did not leave the process since they were split. The caller must not change what it points to.
func (s *Stored) Entry() (registry.Entry, error) {
	if s.joined != nil && s.Payload != nil {
		return *s.joined, nil
	}
	return s.Join()
}

// Forget removes the payload.
func (s *Stored) Forget() { s.Payload, s.joined = nil, nil }

// Join makes the entry again. Bytes that no longer fit the id are registry.Unreadable; a payload of a newer version of the
// schema is registry.Unsupported.
func (s *Stored) Join() (registry.Entry, error) {
	e := registry.Entry{ID: s.ID, Type: s.Type, Nonce: s.Nonce, Audience: s.Audience, At: s.At}
	if s.Payload == nil {
		return e, nil
	}
	if Digest(s.Nonce, s.Payload) != s.ID {
		return e, registry.Errorf(registry.Unreadable, "entry %s: its payload changed after it was logged", s.ID).
			WithHint("the disk or a program damaged the log: restore it from a backup")
	}
	return e, e.SetPayload(s.Payload)
}

// Digest is the id of an entry with this nonce and canonical payload: SHA-256 of one behind the other, in hexadecimal.
func Digest(nonce string, payload []byte) registry.EntryID {
	h := sha256.New()
	h.Write([]byte(nonce))
	h.Write(payload)
	return registry.EntryID(hex.EncodeToString(h.Sum(nil)))
}

// short keeps an id of whatever length fit for a message.
func short(id registry.EntryID) string {
	if len(id) > 64 {
		return string(id[:64]) + "…"
	}
	return string(id)
}
