// Package openid lets people sign in by a provider of sign-ins, such as a ministry has for its staff (OpenID Connect, authorization code with PKCE). Start with
// [New]; [Provider.Begin] gives the address to which a browser is sent, [Provider.Finish] takes what it comes back with and gives who it is: an issuer and a
// subject, nothing else. Names and e-mail addresses that a provider tells are not asked for, and would not be looked at: whoever may choose them there would
// choose an account here.
//
// It refuses tokens of another issuer, for another client, with another nonce, that are over, or not signed by a key of the provider, and whatever
// does not belong to a sign-in that this browser began here within ten minutes. That it counts once is the caller's to keep (account.Store.Once,
// with [Proven.Flow]).
package openid

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/openassay/assay/registry"
)

// Limit is how long a sign-in at the provider may take.
const Limit = 10 * time.Minute

const (
	patience     = 15 * time.Second // with the provider
	again        = 10 * time.Second // between attempts to reach it
	mostBytes    = 1 << 20          // of an answer of the provider
	longestParam = 8 << 10
)

// algorithms are what a token may be signed with: always a key of which the provider alone has the private half.
var algorithms = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA}

// Config says which provider, and as whom the registry is known there.
type Config struct {
	Issuer   string // https://login.example; http on this machine alone
	ClientID string
	Secret   string
	Name     string   // as people know it
	Strong   []string // values of acr or amr by which the provider says that it asked for a second factor, and whose word counts here; empty for none
	Return   string   // address to which browsers come back: https://registry.example/sign-in/provider/return
	Now      func() time.Time
}

// Provider is a provider of sign-ins.
type Provider struct {
	c      Config
	client *http.Client
	seal   cipher.AEAD // of what a browser keeps meanwhile; its key ends with the process

	mu    sync.Mutex
	found *oidc.Provider // nil until it was reached
	tried time.Time
}

// New looks at the configuration and fetches nothing: a provider that is down must not keep the registry from starting. Errors: registry.Invalid.
func New(c Config) (*Provider, error) {
	u, err := url.Parse(c.Issuer)
	if err != nil || !safe(c.Issuer) || u.RawQuery != "" || u.Fragment != "" {
		return nil, registry.Errorf(registry.Invalid, "%q is no issuer of sign-ins", c.Issuer).WithHint("write it as the provider does: https://login.example")
	}
	if c.ClientID == "" || c.Secret == "" {
		return nil, registry.Errorf(registry.Invalid, "the provider of sign-ins needs a client id and a secret").WithHint("the provider gives both when the registry is entered there")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Name == "" {
		c.Name = u.Hostname()
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	seal, err := cipher.NewGCM(b)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Timeout: patience, Transport: bounded{http.DefaultTransport}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Provider{c: c, client: client, seal: seal}, nil
}

// safe says whether an address is by TLS, or on this machine.
func safe(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// bounded reads no more of an answer than one has.
type bounded struct{ next http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := b.next.RoundTrip(r)
	if err == nil {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(res.Body, mostBytes), res.Body}
	}
	return res, err
}

// Name is what people know the provider by.
func (p *Provider) Name() string { return p.c.Name }

// Issuer names the provider in links to accounts.
func (p *Provider) Issuer() string { return p.c.Issuer }

// unreachable is the error where the provider does not answer, or not as itself.
func (p *Provider) unreachable(err error) error {
	return &registry.Error{Code: registry.Unreadable, Message: p.c.Name + " does not answer as a provider of sign-ins", Err: err, Hint: "try again in a minute, or sign in with the password"}
}

func refused(why string, err error) error {
	return &registry.Error{Code: registry.Invalid, Message: "the sign-in does not count: " + why, Err: err, Hint: "begin again"}
}

// reach asks the provider once for its addresses, and again some seconds later where it did not answer.
func (p *Provider) reach() (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	if time.Since(p.tried) < again {
		return nil, p.unreachable(nil)
	}
	p.tried = time.Now()
	// Not the visitor's context: the provider is kept for those who come after.
	ctx, cancel := context.WithTimeout(oidc.ClientContext(context.Background(), p.client), patience)
	defer cancel()
	found, err := oidc.NewProvider(ctx, p.c.Issuer)
	if err != nil {
		return nil, p.unreachable(err)
	}
	for _, at := range []string{found.Endpoint().AuthURL, found.Endpoint().TokenURL} {
		if !safe(at) {
			return nil, p.unreachable(fmt.Errorf("its address %q is not by TLS", at))
		}
	}
	p.found = found
	return found, nil
}

func (p *Provider) oauth(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.c.ClientID, ClientSecret: p.c.Secret, Endpoint: found.Endpoint(), RedirectURL: p.c.Return, Scopes: []string{oidc.ScopeOpenID}}
}

// Purpose is what a sign-in at the provider is for: to sign in here where it is zero, else to link it to the account whose session began it.
type Purpose struct {
	User    string `json:"user,omitempty"` // ids
	Session string `json:"session,omitempty"`
}

// flow is a sign-in that is under way, as its browser keeps it, sealed.
type flow struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // PKCE
	Until    int64  `json:"until"`
	Purpose
}

func chance() (string, error) {
	b := make([]byte, 32)
	_, err := rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b), err
}

// Begin gives the address at the provider to which the browser is sent, and what it keeps in a cookie meanwhile. Errors: registry.Unreadable where the provider
// does not answer.
func (p *Provider) Begin(for_ Purpose) (address, cookie string, err error) {
	found, err := p.reach()
	if err != nil {
		return "", "", err
	}
	f := flow{Purpose: for_, Verifier: oauth2.GenerateVerifier(), Until: p.c.Now().Add(Limit).Unix()}
	if f.State, err = chance(); err != nil {
		return "", "", err
	}
	if f.Nonce, err = chance(); err != nil {
		return "", "", err
	}
	b, err := json.Marshal(f)
	if err != nil {
		return "", "", err
	}
	n := make([]byte, p.seal.NonceSize())
	if _, err := rand.Read(n); err != nil {
		return "", "", err
	}
	return p.oauth(found).AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), base64.RawURLEncoding.EncodeToString(p.seal.Seal(n, n, b, []byte(p.c.Issuer))), nil
}

// Proven is who came back.
type Proven struct {
	Issuer, Subject string
	Strong          bool // the provider asked for a second factor, and its word counts
	For             Purpose
	Flow            string // which must count once …
	Until           time.Time
}

// opened is the flow of a cookie.
func (p *Provider) opened(cookie string) (*flow, bool) {
	b, err := base64.RawURLEncoding.DecodeString(cookie)
	n := p.seal.NonceSize()
	if err != nil || len(b) < n {
		return nil, false
	}
	if b, err = p.seal.Open(nil, b[:n], b[n:], []byte(p.c.Issuer)); err != nil {
		return nil, false
	}
	var f flow
	return &f, json.Unmarshal(b, &f) == nil && p.c.Now().Before(time.Unix(f.Until, 0))
}

// Finish takes the parameters with which a browser came back and the cookie that it kept. Errors: registry.Invalid for what does not count, registry.Unreadable where
// the provider does not answer.
func (p *Provider) Finish(ctx context.Context, cookie string, back url.Values) (*Proven, error) {
	f, ok := p.opened(cookie)
	if !ok {
		return nil, refused("it was not begun here, in this browser, within ten minutes", nil)
	}
	for _, vs := range back {
		if len(vs) != 1 || len(vs[0]) > longestParam {
			return nil, refused("the answer cannot be read", nil)
		}
	}
	if subtle.ConstantTimeCompare([]byte(back.Get("state")), []byte(f.State)) != 1 {
		return nil, refused("the answer is to another question", nil)
	}
	if iss, ok := back["iss"]; ok && iss[0] != p.c.Issuer { // RFC 9207: an answer of one provider taken to another
		return nil, refused("the answer is of another provider", nil)
	}
	if back.Get("error") != "" {
		return nil, refused("the provider did not let you in", nil)
	}
	found, err := p.reach()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.client), patience)
	defer cancel()
	t, err := p.oauth(found).Exchange(ctx, back.Get("code"), oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return nil, refused("the provider does not confirm it", err)
	}
	raw, _ := t.Extra("id_token").(string)
	id, err := found.Verifier(&oidc.Config{ClientID: p.c.ClientID, SupportedSigningAlgs: algorithms, Now: p.c.Now}).Verify(ctx, raw)
	if err != nil {
		return nil, refused("what the provider says of you cannot be verified", err)
	}
	var more struct {
		ACR string   `json:"acr"`
		AMR []string `json:"amr"`
		AZP string   `json:"azp"`
	}
	if err := id.Claims(&more); err != nil {
		return nil, refused("what the provider says of you cannot be read", err)
	}
	switch {
	case subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(f.Nonce)) != 1:
		return nil, refused("what the provider says was said at another time", nil)
	case len(id.Audience) > 1 && more.AZP != p.c.ClientID, more.AZP != "" && more.AZP != p.c.ClientID:
		return nil, refused("what the provider says was said to another", nil)
	case id.Subject == "" || len(id.Subject) > 255 || strings.ContainsFunc(id.Subject, func(r rune) bool { return r < ' ' }):
		return nil, refused("the provider does not say who you are", nil)
	}
	strong := slices.ContainsFunc(append(more.AMR, more.ACR), func(s string) bool { return s != "" && slices.Contains(p.c.Strong, s) })
	return &Proven{p.c.Issuer, id.Subject, strong, f.Purpose, f.State, time.Unix(f.Until, 0)}, nil
}
