package passkey_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	virtual "github.com/descope/virtualwebauthn"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/account/passkey"
	"github.com/openassay/assay/registry"
)

const origin = "https://registry.example"

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func site(t testing.TB, origin, key string, at time.Time) *passkey.Site {
	t.Helper()
	s, err := passkey.New(origin, []byte(key), func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// holder is somebody with an authenticator.
type holder struct {
	user *account.User
	auth virtual.Authenticator
	key  virtual.Credential
	rp   virtual.RelyingParty
	have []account.Passkey
}

func newHolder(id string) *holder {
	h := &holder{user: &account.User{ID: id, Name: "Ada"}, key: virtual.NewCredential(virtual.KeyTypeEC2), rp: virtual.RelyingParty{ID: "registry.example", Name: "Assay", Origin: origin}}
	h.auth = virtual.NewAuthenticatorWithOptions(virtual.AuthenticatorOptions{UserHandle: []byte(id)})
	return h
}

func (h *holder) make(t testing.TB, s *passkey.Site) []byte {
	t.Helper()
	o, err := s.Offer(h.user, h.have)
	if err != nil {
		t.Fatal(err)
	}
	x, err := virtual.ParseAttestationOptions(string(o))
	if err != nil {
		t.Fatal(err)
	}
	return []byte(virtual.CreateAttestationResponse(h.rp, h.auth, h.key, *x))
}

func (h *holder) register(t testing.TB, s *passkey.Site) *holder {
	t.Helper()
	shown, err := s.Register(h.user, h.make(t, s))
	if err != nil {
		t.Fatal(err, errors.Unwrap(err))
	}
	h.have = append(h.have, shown.Passkey)
	return h
}

func (h *holder) show(t testing.TB, s *passkey.Site) []byte {
	t.Helper()
	o, err := s.Ask()
	if err != nil {
		t.Fatal(err)
	}
	x, err := virtual.ParseAssertionOptions(string(o))
	if err != nil {
		t.Fatal(err)
	}
	return []byte(virtual.CreateAssertionResponse(h.rp, h.auth, h.key, *x))
}

func (h *holder) of(id string) (*account.User, []account.Passkey, error) {
	if id != h.user.ID {
		return nil, nil, nil
	}
	return h.user, h.have, nil
}

func TestCeremonies(t *testing.T) {
	s := site(t, origin, "a key", now)
	h := newHolder("usr_ada").register(t, s)
	h.key.Counter = 7
	response := h.show(t, s)
	shown, err := s.Verify(response, h.of)
	if err != nil {
		t.Fatal(err, errors.Unwrap(err))
	}
	if shown.User != h.user || shown.Passkey.Credential != h.have[0].Credential || !strings.Contains(string(shown.Passkey.Record), `"signCount":7`) || !shown.Until.Equal(now.Add(passkey.Limit)) {
		t.Errorf("%+v", shown)
	}
	again, err := s.Verify(response, h.of)
	if err != nil || again.Challenge != shown.Challenge {
		t.Errorf("a challenge that is shown again is not the same, so that it cannot count once: %v", err)
	}
	h.have[0].Record = shown.Passkey.Record
	h.key.Counter = 5
	if _, err := s.Verify(h.show(t, s), h.of); !errors.Is(err, passkey.ErrCopied) {
		t.Errorf("a counter that went back: %v", err)
	}
	if _, err := s.Offer(h.user, []account.Passkey{{Record: []byte("{")}}); registry.CodeOf(err) != registry.Unreadable {
		t.Errorf("a record that cannot be read: %v", err)
	}
}

// What is not a key of this person, shown here, now, by somebody who is there, does not count.
func TestWrongAnswers(t *testing.T) {
	s := site(t, origin, "a key", now)
	h := newHolder("usr_ada").register(t, s)
	other := newHolder("usr_ben").register(t, s)
	for name, response := range map[string]func() []byte{
		"of another site":                 func() []byte { x := *h; x.rp.Origin = "https://registry.example.evil"; return x.show(t, s) },
		"of a neighbour":                  func() []byte { x := *h; x.rp.Origin = "https://www.registry.example"; return x.show(t, s) },
		"without TLS":                     func() []byte { x := *h; x.rp.Origin = "http://registry.example"; return x.show(t, s) },
		"for another party":               func() []byte { x := *h; x.rp.ID = "evil.example"; return x.show(t, s) },
		"to another server's question":    func() []byte { return h.show(t, site(t, origin, "another key", now)) },
		"to a question of eleven min ago": func() []byte { return h.show(t, site(t, origin, "a key", now.Add(-11*time.Minute))) },
		"nobody was there":                func() []byte { x := *h; x.auth.Options.UserNotPresent = true; return x.show(t, s) },
		"no finger and no PIN":            func() []byte { x := *h; x.auth.Options.UserNotVerified = true; return x.show(t, s) },
		"another's key with this handle":  func() []byte { x := *other; x.auth.Options.UserHandle = []byte("usr_ada"); return x.show(t, s) },
		"another's handle":                func() []byte { x := *h; x.auth.Options.UserHandle = []byte("usr_ben"); return x.show(t, s) },
		"no handle":                       func() []byte { x := *h; x.auth.Options.UserHandle = nil; return x.show(t, s) },
		"another private half":            func() []byte { x := *h; x.key.Key = virtual.NewCredential(virtual.KeyTypeEC2).Key; return x.show(t, s) },
		"a registration":                  func() []byte { return h.make(t, s) },
		"nothing":                         func() []byte { return nil },
		"nonsense":                        func() []byte { return []byte(`{"id":"x"}`) },
		"too much":                        func() []byte { return []byte(`"` + strings.Repeat("x", 1<<20) + `"`) },
		"words of another": func() []byte {
			return []byte(strings.Replace(string(h.show(t, s)), `"signature":"`, `"signature":"AAAA`, 1))
		},
		"backed up though that cannot be":   func() []byte { x := *h; x.auth.Options.BackupState = true; return x.show(t, s) },
		"what may be copied, and could not": func() []byte { x := *h; x.auth.Options.BackupEligible = true; return x.show(t, s) },
	} {
		if shown, err := s.Verify(response(), h.of); registry.CodeOf(err) != registry.Invalid || shown != nil {
			t.Errorf("%s: %+v %v", name, shown, err)
		}
	}
	mine := newHolder("usr_ada")
	for name, response := range map[string]func() []byte{
		"for another user":          func() []byte { return newHolder("usr_ben").make(t, s) },
		"of another site":           func() []byte { x := *mine; x.rp.Origin = "https://evil.example"; return x.make(t, s) },
		"no finger and no PIN":      func() []byte { x := *mine; x.auth.Options.UserNotVerified = true; return x.make(t, s) },
		"to a question of long ago": func() []byte { return mine.make(t, site(t, origin, "a key", now.Add(-time.Hour))) },
		"to the question of a sign-in": func() []byte {
			o, err := s.Ask()
			if err != nil {
				t.Fatal(err)
			}
			x, err := virtual.ParseAssertionOptions(string(o))
			if err != nil {
				t.Fatal(err)
			}
			return []byte(virtual.CreateAttestationResponse(mine.rp, mine.auth, mine.key, virtual.AttestationOptions{Challenge: x.Challenge, RelyingPartyID: "registry.example", UserID: "usr_ada"}))
		},
	} {
		if shown, err := s.Register(mine.user, response()); registry.CodeOf(err) != registry.Invalid || shown != nil {
			t.Errorf("registering %s: %+v %v", name, shown, err)
		}
	}
}

func TestWhereThereCanBePasskeys(t *testing.T) {
	for at, can := range map[string]bool{"https://registry.example": true, "https://registry.example:8443": true, "http://localhost:8080": true, "http://localhost": true,
		"": false, "http://registry.example": false, "https://192.0.2.1": false, "http://127.0.0.1:8080": false, "https://[::1]": false, "registry.example": false, "http://localhost.evil.example": false} {
		if _, err := passkey.New(at, []byte("k"), time.Now); (err == nil) != can {
			t.Errorf("%q: %v", at, err)
		}
	}
}

// A key is asked for so that the browser finds it by itself, and asks for finger or PIN.
func TestWhatIsAskedFor(t *testing.T) {
	s := site(t, origin, "a key", now)
	h := newHolder("usr_ada").register(t, s)
	o, err := s.Offer(h.user, h.have)
	if err != nil {
		t.Fatal(err)
	}
	var x struct {
		RP                     struct{ ID string }
		AuthenticatorSelection struct{ ResidentKey, UserVerification string }
		ExcludeCredentials     []struct{ ID string }
		Attestation            string
	}
	if err := json.Unmarshal(o, &x); err != nil || x.RP.ID != "registry.example" || x.AuthenticatorSelection.ResidentKey != "required" || x.AuthenticatorSelection.UserVerification != "required" || len(x.ExcludeCredentials) != 1 || x.ExcludeCredentials[0].ID != h.have[0].Credential {
		t.Errorf("%s %v", o, err)
	}
}
