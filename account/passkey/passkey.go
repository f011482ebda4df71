// Package passkey does the two ceremonies of WebAuthn: an authenticator makes a key pair for this registry, and later shows that it has it. Start
// with [New] for the address under which people reach the registry; then [Site.Offer] and [Site.Register], [Site.Ask] and [Site.Verify].
//
// A challenge is kept nowhere: it carries its time and a seal, so that whoever asks for a million of them fills nothing. That it counts once is the
// caller's to keep (account.Store.Once, with [Shown.Challenge]).
//
// It refuses authenticators that do not ask for a finger, a face or a PIN, since a passkey stands for the password too, and keys that
// seem to have been copied. It does not ask who made an authenticator.
package passkey

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// Limit is how long a challenge counts.
const Limit = 10 * time.Minute

const (
	challengeLength = 48 // time, chance, seal
	chanceLength    = 16
	longestResponse = 64 << 10 // bytes of JSON
	name            = "Assay"
)

// Site is an address under which people reach the registry.
type Site struct {
	w   *webauthn.WebAuthn
	key []byte
	now func() time.Time
}

// ErrNoAddress is the error of New where browsers allow no passkeys: the address is not known, not by TLS, or a number.
var ErrNoAddress = registry.Errorf(registry.Unsupported, "there can be no passkeys at this address").
	WithHint("the operator names the address of the registry, assay serve --base-url https://registry.example; http://localhost works too")

// New is the site of an origin: https://registry.example or http://localhost:8080. The key seals challenges; one that is made anew with each start of
// the program serves.
func New(origin string, key []byte, now func() time.Time) (*Site, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil || u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != "localhost") {
		return nil, ErrNoAddress
	}
	w, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired},
		AttestationPreference:  protocol.PreferNoAttestation})
	if err != nil {
		return nil, errors.Join(ErrNoAddress, err)
	}
	return &Site{w, key, now}, nil
}

// challenge is a new one for a purpose: "" to sign in, a user's id for a key of theirs.
func (s *Site) challenge(purpose string) ([]byte, error) {
	b := make([]byte, 8+chanceLength, challengeLength)
	binary.BigEndian.PutUint64(b, uint64(s.now().Add(Limit).Unix()))
	if _, err := rand.Read(b[8:]); err != nil {
		return nil, err
	}
	return append(b, s.mark(purpose, b)...), nil
}

func (s *Site) mark(purpose string, b []byte) []byte {
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte("passkey challenge for " + purpose + "\x00"))
	m.Write(b)
	return m.Sum(nil)[:challengeLength-8-chanceLength]
}

// ours says whether the challenge is one of ours for the purpose that still counts, and until when it does.
func (s *Site) ours(purpose, challenge string) (until time.Time, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(challenge)
	if err != nil || len(b) != challengeLength || !hmac.Equal(b[8+chanceLength:], s.mark(purpose, b[:8+chanceLength])) {
		return time.Time{}, false
	}
	until = time.Unix(int64(binary.BigEndian.Uint64(b)), 0)
	return until, s.now().Before(until)
}

// owner is a user as the library wants it.
type owner struct {
	u    *account.User
	keys []webauthn.Credential
}

func (o owner) WebAuthnID() []byte                         { return []byte(o.u.ID) }
func (o owner) WebAuthnName() string                       { return o.u.Name }
func (o owner) WebAuthnDisplayName() string                { return o.u.Name }
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.keys }

func ownerOf(u *account.User, have []account.Passkey) (owner, error) {
	o := owner{u: u}
	for _, p := range have {
		var c webauthn.Credential
		if err := json.Unmarshal(p.Record, &c); err != nil {
			return o, &registry.Error{Code: registry.Unreadable, Message: "a passkey in accounts.db cannot be read", Err: err, Hint: "remove it, and add it again"}
		}
		o.keys = append(o.keys, c)
	}
	return o, nil
}

// Offer is what a browser is asked to make a key for the user with, as JSON; not one in an authenticator that has one of theirs.
func (s *Site) Offer(u *account.User, have []account.Passkey) ([]byte, error) {
	o, err := ownerOf(u, have)
	if err != nil {
		return nil, err
	}
	c, err := s.challenge(u.ID)
	if err != nil {
		return nil, err
	}
	creation, _, err := s.w.BeginRegistration(o, webauthn.WithExclusions(webauthn.Credentials(o.keys).CredentialDescriptors()), func(x *protocol.PublicKeyCredentialCreationOptions) error {
		x.Challenge = c
		return nil
	})
	if err != nil {
		return nil, err
	}
	return json.Marshal(creation.Response)
}

// Shown is what an authenticator showed.
type Shown struct {
	User      *account.User // of Verify
	Passkey   account.Passkey
	Challenge string // which must count once …
	Until     time.Time
}

// refused is the error for what an authenticator answered; the reason is for the log and for tests.
func refused(why string, err error) error {
	return &registry.Error{Code: registry.Invalid, Message: "the passkey does not count: " + why, Err: err, Hint: "try again; the question that was asked counts for ten minutes"}
}

// Register verifies what a browser answered to Offer. The Passkey has no name yet. Errors: registry.Invalid.
func (s *Site) Register(u *account.User, response []byte) (*Shown, error) {
	if len(response) > longestResponse {
		return nil, refused("the answer is too long", nil)
	}
	p, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return nil, refused("the answer cannot be read", err)
	}
	challenge := p.Response.CollectedClientData.Challenge
	until, ok := s.ours(u.ID, challenge)
	if !ok {
		return nil, refused("it answers another question", nil)
	}
	c, err := s.w.CreateCredential(owner{u: u}, webauthn.SessionData{Challenge: challenge, RelyingPartyID: s.w.Config.RPID, UserID: []byte(u.ID), UserVerification: protocol.VerificationRequired, CredParams: webauthn.CredentialParametersDefault()}, p)
	if err != nil {
		return nil, refused("it could not be verified", err)
	}
	record, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return &Shown{u, account.Passkey{Credential: base64.RawURLEncoding.EncodeToString(c.ID), Record: record}, challenge, until}, nil
}

// Ask is what a browser is asked to show a key with, as JSON: any that it has for this site.
func (s *Site) Ask() ([]byte, error) {
	c, err := s.challenge("")
	if err != nil {
		return nil, err
	}
	a, _, err := s.w.BeginDiscoverableLogin(webauthn.WithChallenge(c), webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, err
	}
	return json.Marshal(a.Response)
}

// ErrCopied is the error for a key whose counter went back: somebody has a copy of it.
var ErrCopied = registry.Errorf(registry.Invalid, "the passkey does not count: there seems to be a copy of it").WithHint("sign in by other means and remove it")

// Verify verifies what a browser answered to Ask; of gives the user of an id with their passkeys, nil for nobody. The Passkey's record is what is to
// be kept from now on. Errors: registry.Invalid; ErrCopied with what was shown.
func (s *Site) Verify(response []byte, of func(id string) (*account.User, []account.Passkey, error)) (*Shown, error) {
	if len(response) > longestResponse {
		return nil, refused("the answer is too long", nil)
	}
	p, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return nil, refused("the answer cannot be read", err)
	}
	challenge := p.Response.CollectedClientData.Challenge
	until, ok := s.ours("", challenge)
	if !ok {
		return nil, refused("it answers another question", nil)
	}
	var failed error // of reading users: not the visitor's fault
	_, c, err := s.w.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		u, have, err := of(string(handle))
		if err != nil || u == nil {
			failed = err
			return nil, errors.New("nobody has it")
		}
		o, err := ownerOf(u, have)
		failed = err
		return o, err
	}, webauthn.SessionData{Challenge: challenge, RelyingPartyID: s.w.Config.RPID, UserVerification: protocol.VerificationRequired}, p)
	if failed != nil {
		return nil, failed
	}
	if err != nil {
		return nil, refused("it could not be verified", err)
	}
	u, have, err := of(string(p.Response.UserHandle))
	if err != nil {
		return nil, err
	}
	id := base64.RawURLEncoding.EncodeToString(c.ID)
	for _, x := range have {
		if x.Credential != id {
			continue
		}
		shown := &Shown{u, x, challenge, until}
		if c.Authenticator.CloneWarning {
			return shown, ErrCopied
		}
		shown.Passkey.Record, err = json.Marshal(c)
		return shown, err
	}
	return nil, refused("it was removed", nil)
}
