package claimlog_test

import (
	"bytes"
	"testing"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/logtest"
	"github.com/openassay/assay/registry"
)

// TestDigest: the digest of what is stored is the id that the registry gives an entry, with a nonce and without.
func TestDigest(t *testing.T) {
	e := logtest.Claim(t, "A title")
	for _, nonce := range []string{"", "00ff", "é"} {
		e.Nonce = nonce
		named, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err)
		}
		if got := claimlog.Digest(nonce, named.PayloadJSON()); got != named.ID {
			t.Errorf("with nonce %q: %s; the registry says %s", nonce, got, named.ID)
		}
	}
}

// FuzzJoin: whatever bytes a store gives for a payload, Join gives the entry that was split, or an error.
func FuzzJoin(f *testing.F) {
	s, err := claimlog.Split(logtest.Claim(f, "A title"))
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range [][]byte{s.Payload, {}, []byte("{"), []byte("null"), bytes.ToUpper(s.Payload), append(bytes.Clone(s.Payload), ' ')} {
		f.Add(string(s.Type), p, true)
		f.Add(string(s.Type), p, false)
	}
	f.Fuzz(func(t *testing.T, typ string, payload []byte, rehash bool) {
		s := s
		s.Type, s.Payload = registry.EntryType(typ), payload
		if rehash {
			s.ID = claimlog.Digest(s.Nonce, payload)
		}
		e, err := s.Join()
		if err != nil || e.Erased() {
			return
		}
		if again, err := claimlog.Split(e); err == nil && !bytes.Equal(again.Payload, payload) {
			t.Errorf("%q becomes %q", payload, again.Payload)
		}
	})
}
