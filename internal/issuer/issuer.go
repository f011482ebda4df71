// Package issuer is a provider of sign-ins (OpenID Connect) for tests: it lets in whoever comes as the subject that the test says, and can be told to lie. Start at
// [New].
package issuer

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// ClientID and Secret are those of the registry at the provider.
const (
	ClientID = "assay-registry"
	Secret   = "a secret of the provider"
)

// Issuer is a running provider. What it says is changed between sign-ins.
type Issuer struct {
	URL     string
	Subject string                                // of who signs in
	Claims  map[string]any                        // take the place of what a token says; nil takes it away
	Found   map[string]any                        // the same for the discovery document
	Sign    func(claims []byte) string            // nil for an honest signature
	Back    func(redirect *url.URL, v url.Values) // changes what the browser is sent back with
	Now     func() time.Time

	key   *rsa.PrivateKey
	mu    sync.Mutex
	codes map[string]url.Values // what was asked for
}

// New starts a provider that ends with the test.
func New(t testing.TB) *Issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &Issuer{Subject: "subject-1", Now: time.Now, key: key, codes: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		i.answer(w, i.changed(map[string]any{"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256", "none", "HS256"}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}}, i.Found))
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, r *http.Request) {
		i.answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "one", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("/authorize", i.authorize)
	mux.HandleFunc("/token", i.token)
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	i.URL = srv.URL
	return i
}

func (i *Issuer) answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func (i *Issuer) changed(m, by map[string]any) map[string]any {
	for k, v := range by {
		if m[k] = v; v == nil {
			delete(m, k)
		}
	}
	return m
}

func (i *Issuer) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || q.Get("client_id") != ClientID || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || q.Get("scope") != "openid" {
		http.Error(w, "not as it should be asked", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	i.mu.Lock()
	i.codes[code] = q
	i.mu.Unlock()
	v := url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {i.URL}}
	if i.Back != nil {
		i.Back(back, v)
	}
	back.RawQuery = v.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

func (i *Issuer) token(w http.ResponseWriter, r *http.Request) {
	id, secret, ok := r.BasicAuth()
	if !ok {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	if id2, err := url.QueryUnescape(id); err == nil {
		id = id2
	}
	if s2, err := url.QueryUnescape(secret); err == nil {
		secret = s2
	}
	i.mu.Lock()
	asked, known := i.codes[r.PostFormValue("code")]
	delete(i.codes, r.PostFormValue("code"))
	i.mu.Unlock()
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !known || id != ClientID || secret != Secret || r.PostFormValue("redirect_uri") != asked.Get("redirect_uri") || base64.RawURLEncoding.EncodeToString(sum[:]) != asked.Get("code_challenge") {
		w.WriteHeader(http.StatusBadRequest)
		i.answer(w, map[string]string{"error": "invalid_grant"})
		return
	}
	claims, err := json.Marshal(i.changed(map[string]any{"iss": i.URL, "sub": i.Subject, "aud": ClientID, "exp": i.Now().Add(5 * time.Minute).Unix(), "iat": i.Now().Unix(), "nonce": asked.Get("nonce")}, i.Claims))
	if err != nil {
		panic(err)
	}
	sign := i.Sign
	if sign == nil {
		sign = i.Honest
	}
	i.answer(w, map[string]any{"access_token": "unused", "token_type": "Bearer", "expires_in": 300, "id_token": sign(claims)})
}

// Honest signs with the provider's key.
func (i *Issuer) Honest(claims []byte) string { return Signed(i.key, claims) }

// Signed signs with an RSA key.
func Signed(key *rsa.PrivateKey, claims []byte) string {
	head := part([]byte(`{"alg":"RS256","kid":"one","typ":"JWT"}`)) + "." + part(claims)
	sum := sha256.Sum256([]byte(head))
	sig, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return head + "." + part(sig)
}

// Public is the public half of the key, as attackers take it for the secret of an HMAC.
func (i *Issuer) Public() *rsa.PublicKey { return &i.key.PublicKey }

// Unsigned is a token with the algorithm that is none, or whatever else the head says, and a signature.
func Unsigned(head string, claims, signature []byte) string {
	return part([]byte(head)) + "." + part(claims) + "." + part(signature)
}

func part(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
