package openid_test

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/account/openid"
	"github.com/openassay/assay/internal/issuer"
	"github.com/openassay/assay/registry"
)

const back = "https://registry.example/sign-in/provider/return"

func provider(t testing.TB, i *issuer.Issuer, change ...func(*openid.Config)) *openid.Provider {
	t.Helper()
	c := openid.Config{Issuer: i.URL, ClientID: issuer.ClientID, Secret: issuer.Secret, Name: "A ministry", Strong: []string{"mfa"}, Return: back, Now: i.Now}
	for _, f := range change {
		f(&c)
	}
	p, err := openid.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// visit goes where a browser is sent, and gives what it is sent back with.
func visit(t testing.TB, address string) url.Values {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	u, err := url.Parse(res.Header.Get("Location"))
	if err != nil || res.StatusCode != http.StatusFound || !strings.HasPrefix(u.String(), back) {
		t.Fatalf("%d to %q", res.StatusCode, u)
	}
	return u.Query()
}

func begin(t testing.TB, p *openid.Provider) (cookie string, params url.Values) {
	t.Helper()
	at, cookie, err := p.Begin(openid.Purpose{})
	if err != nil {
		t.Fatal(err)
	}
	return cookie, visit(t, at)
}

func TestSignIn(t *testing.T) {
	i := issuer.New(t)
	p := provider(t, i)
	at, cookie, err := p.Begin(openid.Purpose{User: "usr_a", Session: "s"})
	if err != nil {
		t.Fatal(err)
	}
	if u, _ := url.Parse(at); u.Query().Get("state") == "" || u.Query().Get("nonce") == "" || u.Query().Get("redirect_uri") != back || strings.Contains(cookie, u.Query().Get("state")) {
		t.Errorf("%s", at)
	}
	got, err := p.Finish(t.Context(), cookie, visit(t, at))
	if err != nil || got.Issuer != i.URL || got.Subject != "subject-1" || got.Strong || got.For != (openid.Purpose{User: "usr_a", Session: "s"}) || got.Flow == "" {
		t.Fatalf("%+v %v", got, err)
	}
	for claims, strong := range map[string]bool{`{"amr":["pwd","mfa"]}`: true, `{"acr":"mfa"}`: true, `{"amr":["pwd"]}`: false, `{"acr":"0"}`: false, `{"acr":""}`: false} {
		if err := json.Unmarshal([]byte(claims), &i.Claims); err != nil {
			t.Fatal(err)
		}
		cookie, params := begin(t, p)
		if got, err := p.Finish(t.Context(), cookie, params); err != nil || got.Strong != strong {
			t.Errorf("%s: %+v %v", claims, got, err)
		}
		i.Claims = nil
	}
	i.Claims = map[string]any{"amr": []string{"mfa"}}
	cookie, params := begin(t, p)
	weak := provider(t, i, func(c *openid.Config) { c.Strong = nil })
	if cookie, params := begin(t, weak); true {
		if got, err := weak.Finish(t.Context(), cookie, params); err != nil || got.Strong {
			t.Errorf("the provider's word counts where nobody said so: %+v %v", got, err)
		}
	}
	if _, err := weak.Finish(t.Context(), cookie, params); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("a cookie of another process: %v", err)
	}
}

// What is not said by this provider, of this browser's sign-in, to this registry, now, does not count.
func TestAttacks(t *testing.T) {
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, attack := range map[string]func(i *issuer.Issuer){
		"for another client": func(i *issuer.Issuer) { i.Claims = map[string]any{"aud": "another"} },
		"for nobody":         func(i *issuer.Issuer) { i.Claims = map[string]any{"aud": nil} },
		"for two, by another": func(i *issuer.Issuer) {
			i.Claims = map[string]any{"aud": []string{issuer.ClientID, "another"}, "azp": "another"}
		},
		"for two, by nobody":        func(i *issuer.Issuer) { i.Claims = map[string]any{"aud": []string{issuer.ClientID, "another"}} },
		"of another issuer":         func(i *issuer.Issuer) { i.Claims = map[string]any{"iss": "https://evil.example"} },
		"of no issuer":              func(i *issuer.Issuer) { i.Claims = map[string]any{"iss": nil} },
		"another nonce":             func(i *issuer.Issuer) { i.Claims = map[string]any{"nonce": "of another time"} },
		"no nonce":                  func(i *issuer.Issuer) { i.Claims = map[string]any{"nonce": nil} },
		"over":                      func(i *issuer.Issuer) { i.Claims = map[string]any{"exp": time.Now().Add(-time.Minute).Unix()} },
		"without an end":            func(i *issuer.Issuer) { i.Claims = map[string]any{"exp": nil} },
		"of a time to come":         func(i *issuer.Issuer) { i.Claims = map[string]any{"nbf": time.Now().Add(time.Hour).Unix()} },
		"of nobody":                 func(i *issuer.Issuer) { i.Claims = map[string]any{"sub": ""} },
		"of somebody endless":       func(i *issuer.Issuer) { i.Subject = strings.Repeat("x", 256) },
		"of somebody on two lines":  func(i *issuer.Issuer) { i.Subject = "a\nb" },
		"a subject that is no text": func(i *issuer.Issuer) { i.Claims = map[string]any{"sub": []int{1}} },
		"signed by another":         func(i *issuer.Issuer) { i.Sign = func(c []byte) string { return issuer.Signed(other, c) } },
		"signed by none": func(i *issuer.Issuer) {
			i.Sign = func(c []byte) string { return issuer.Unsigned(`{"alg":"none"}`, c, nil) }
		},
		"signed by None": func(i *issuer.Issuer) {
			i.Sign = func(c []byte) string { return issuer.Unsigned(`{"alg":"None","kid":"one"}`, c, nil) }
		},
		"no signature": func(i *issuer.Issuer) {
			i.Sign = func(c []byte) string { return issuer.Unsigned(`{"alg":"RS256","kid":"one"}`, c, nil) }
		},
		"signed with the client's secret": func(i *issuer.Issuer) {
			i.Sign = func(c []byte) string { return hs256(c, []byte(issuer.Secret)) }
		},
		"signed with the public key as a secret": func(i *issuer.Issuer) {
			der, err := x509.MarshalPKIXPublicKey(i.Public())
			if err != nil {
				t.Fatal(err)
			}
			i.Sign = func(c []byte) string { return hs256(c, der) }
		},
		"no token":            func(i *issuer.Issuer) { i.Sign = func([]byte) string { return "" } },
		"a token of nonsense": func(i *issuer.Issuer) { i.Sign = func([]byte) string { return strings.Repeat("x.", 1000) } },
		"an endless token":    func(i *issuer.Issuer) { i.Sign = func([]byte) string { return strings.Repeat("x", 3<<20) } },
		"refused there": func(i *issuer.Issuer) {
			i.Back = func(_ *url.URL, v url.Values) { v.Del("code"); v.Set("error", "access_denied") }
		},
		"another state": func(i *issuer.Issuer) { i.Back = func(_ *url.URL, v url.Values) { v.Set("state", "x") } },
		"no state":      func(i *issuer.Issuer) { i.Back = func(_ *url.URL, v url.Values) { v.Del("state") } },
		"two states":    func(i *issuer.Issuer) { i.Back = func(_ *url.URL, v url.Values) { v.Add("state", "x") } },
		"another code":  func(i *issuer.Issuer) { i.Back = func(_ *url.URL, v url.Values) { v.Set("code", "x") } },
		"mixed up with another": func(i *issuer.Issuer) {
			i.Back = func(_ *url.URL, v url.Values) { v.Set("iss", "https://evil.example") }
		},
		"an endless parameter": func(i *issuer.Issuer) {
			i.Back = func(_ *url.URL, v url.Values) { v.Set("x", strings.Repeat("y", 9000)) }
		},
	} {
		i := issuer.New(t)
		p := provider(t, i)
		if cookie, params := begin(t, p); true {
			if _, err := p.Finish(t.Context(), cookie, params); err != nil {
				t.Fatalf("%s, before it: %v", name, err)
			}
		}
		attack(i)
		cookie, params := begin(t, p)
		if got, err := p.Finish(t.Context(), cookie, params); registry.CodeOf(err) != registry.Invalid || got != nil {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

func hs256(claims, key []byte) string {
	b := base64.RawURLEncoding
	head := b.EncodeToString([]byte(`{"alg":"HS256","kid":"one"}`)) + "." + b.EncodeToString(claims)
	m := hmac.New(sha256.New, key)
	m.Write([]byte(head))
	return head + "." + b.EncodeToString(m.Sum(nil))
}

// A sign-in belongs to the browser that began it, for ten minutes.
func TestFlowsAreTheBrowsers(t *testing.T) {
	i := issuer.New(t)
	now := time.Now()
	i.Now = func() time.Time { return now }
	p := provider(t, i, func(c *openid.Config) { c.Now = func() time.Time { return now } })
	mine, params := begin(t, p)
	others, _ := begin(t, p)
	for name, cookie := range map[string]string{"another's": others, "none": "", "nonsense": "x", "changed": mine[:len(mine)-2] + "xx", "cut": mine[:20]} {
		if _, err := p.Finish(t.Context(), cookie, params); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("with %s cookie: %v", name, err)
		}
	}
	got, err := p.Finish(t.Context(), mine, params)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Finish(t.Context(), mine, params); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("the same answer again: %v", err)
	}
	if !got.Until.Equal(now.Add(openid.Limit).Truncate(time.Second)) {
		t.Errorf("%v", got.Until)
	}
	late, params := begin(t, p)
	now = now.Add(11 * time.Minute)
	if _, err := p.Finish(t.Context(), late, params); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("after eleven minutes: %v", err)
	}
}

func TestConfiguration(t *testing.T) {
	good := openid.Config{Issuer: "https://login.example", ClientID: "x", Secret: "y"}
	if p, err := openid.New(good); err != nil || p.Name() != "login.example" {
		t.Errorf("%v %v", p, err)
	}
	for _, at := range []string{"", "login.example", "http://login.example", "ftp://login.example", "https://u:p@login.example", "https://login.example?x=1", "https://"} {
		c := good
		c.Issuer = at
		if _, err := openid.New(c); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("%q: %v", at, err)
		}
	}
	for _, c := range []openid.Config{{Issuer: "https://login.example", Secret: "y"}, {Issuer: "https://login.example", ClientID: "y"}} {
		if _, err := openid.New(c); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("%+v: %v", c, err)
		}
	}
	// One that says it is another, one whose addresses are not by TLS, and one that is not there.
	for name, found := range map[string]map[string]any{"another issuer": {"issuer": "https://evil.example"}, "a form in the clear": {"authorization_endpoint": "http://evil.example/authorize"}, "a script": {"authorization_endpoint": "javascript:alert(1)"}, "no address": {"token_endpoint": nil}} {
		i := issuer.New(t)
		i.Found = found
		if _, _, err := provider(t, i).Begin(openid.Purpose{}); registry.CodeOf(err) != registry.Unreadable {
			t.Errorf("%s: %v", name, err)
		}
	}
	i := issuer.New(t)
	gone := provider(t, i, func(c *openid.Config) { c.Issuer = "http://127.0.0.1:1" })
	for range 2 {
		if _, _, err := gone.Begin(openid.Purpose{}); registry.CodeOf(err) != registry.Unreadable {
			t.Errorf("nobody there: %v", err)
		}
	}
}
