package server_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/server"
)

// TestFront: who may be asked by which name, and what a proxy's word is worth.
func TestFront(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32")}
	local := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}
	open := &net.TCPAddr{IP: net.IPv4zero}
	const site = "https://registry.example"
	for name, c := range map[string]struct {
		front             server.Front
		host, from, proto string
		tls               bool
		status            int
		hsts              bool
		to                string
	}{
		"here":                      {server.Front{Listening: local}, "localhost:8080", "127.0.0.1:9", "", false, 200, false, ""},
		"here in IPv6":              {server.Front{Listening: local}, "[::1]:8080", "127.0.0.1:9", "", false, 200, false, ""},
		"a foreign name":            {server.Front{Listening: local}, "evil.example", "127.0.0.1:9", "", false, 421, false, ""},
		"a foreign name, open":      {server.Front{Listening: open}, "evil.example", "192.0.2.1:9", "", false, 200, false, ""},
		"the public name":           {server.Front{Listening: local, BaseURL: site}, "Registry.example", "127.0.0.1:9", "", false, 200, false, ""},
		"another than the public":   {server.Front{Listening: local, BaseURL: site}, "registry.example.evil.example", "127.0.0.1:9", "", false, 421, false, ""},
		"own certificate":           {server.Front{Listening: open}, "registry.example", "192.0.2.1:9", "", true, 200, true, ""},
		"proxy by TLS":              {server.Front{Listening: local, BaseURL: site, TrustedProxies: proxies}, "registry.example", "127.0.0.1:9", "https", false, 200, true, ""},
		"proxy without TLS":         {server.Front{Listening: local, BaseURL: site, TrustedProxies: proxies}, "registry.example", "127.0.0.1:9", "http", false, 308, false, site + "/search?q=a%26b"},
		"two proxies":               {server.Front{Listening: open, BaseURL: site, TrustedProxies: proxies}, "registry.example", "10.1.1.1:9", "HTTPS , http", false, 200, true, ""},
		"a stranger says so":        {server.Front{Listening: open, BaseURL: site, TrustedProxies: proxies}, "registry.example", "192.0.2.1:9", "https", false, 200, false, ""},
		"a stranger says otherwise": {server.Front{Listening: open, BaseURL: site, TrustedProxies: proxies}, "registry.example", "192.0.2.1:9", "http", false, 200, false, ""},
		"proxy of a site with none": {server.Front{Listening: local, BaseURL: "http://registry.example", TrustedProxies: proxies}, "registry.example", "127.0.0.1:9", "http", false, 200, false, ""},
	} {
		r := httptest.NewRequest("GET", "http://x/search?q=a%26b", nil)
		r.Host, r.RemoteAddr = c.host, c.from
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
			r.Header.Set("X-Forwarded-Host", "evil.example") // never listened to
		}
		if c.tls {
			r.TLS = &tls.ConnectionState{}
		}
		w := httptest.NewRecorder()
		c.front.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(200) })).ServeHTTP(w, r)
		if w.Code != c.status || (w.Header().Get("Strict-Transport-Security") != "") != c.hsts || w.Header().Get("Location") != c.to {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
		if w.Code == 421 && (w.Header().Get("Content-Security-Policy") == "" || w.Header().Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("%s: the refusal is less strict than a page: %v", name, w.Header())
		}
	}
}

// lines is a log that several may write.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) { l.mu.Lock(); defer l.mu.Unlock(); return l.b.Write(p) }
func (l *lines) String() string              { l.mu.Lock(); defer l.mu.Unlock(); return l.b.String() }

// serving runs a server of pages until the test ends, or until stop is called.
func serving(t *testing.T, opt server.Options, log *lines, format string, pages http.Handler, checks server.Checks) (s *server.Server, stop func() error) {
	t.Helper()
	opt.Addr, opt.Log = "127.0.0.1:0", server.NewLog(log, format)
	s, err := server.New(opt)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	started, ended := make(chan bool), make(chan error, 1)
	go func() { ended <- s.Run(ctx, pages, checks, func() { close(started) }) }()
	<-started
	var once sync.Once
	var result error
	stop = func() error { once.Do(func() { cancel(); result = <-ended; s.Close() }); return result }
	t.Cleanup(func() { stop() })
	return s, stop
}

func get(t *testing.T, c *http.Client, url string) (int, string) {
	t.Helper()
	res, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

var healthy = server.Checks{Ready: func(context.Context) error { return nil }, Measures: func(context.Context) ([]server.Measure, error) { return nil, nil }}

// pages answers /records/X under a pattern, and gives up at /panic.
var pages = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/panic":
		panic("at " + r.RemoteAddr)
	case strings.HasPrefix(r.URL.Path, "/records/"):
		w.(interface{ Route(string) }).Route("/records/{address}")
		io.WriteString(w, "hello")
	default:
		http.NotFound(w, r)
	}
})

// TestLog: one line a request, and nothing in it of who asked, or what for.
func TestLog(t *testing.T) {
	for _, format := range server.LogFormats {
		log := &lines{}
		s, stop := serving(t, server.Options{}, log, format, pages, healthy)
		base := "http://" + s.Addr().String()
		get(t, http.DefaultClient, base+"/records/secret-name?q=question")
		get(t, http.DefaultClient, base+"/nowhere/secret-name")
		http.Get(base + "/panic")
		req, _ := http.NewRequest("MADEUP", base+"/x", nil)
		if res, err := http.DefaultClient.Do(req); err == nil {
			res.Body.Close()
		}
		stop()
		got := log.String()
		for _, bad := range []string{"127.0.0.1", "secret-name", "question", "MADEUP", "Go-http-client"} {
			if strings.Contains(got, bad) {
				t.Errorf("%s: the log tells %q:\n%s", format, bad, got)
			}
		}
		want := map[string]string{"text": `level=INFO msg=request method=GET route=/records/{address} status=200 ms=0 bytes=5`, "json": `"msg":"request","method":"GET","route":"/records/{address}","status":200,`, "none": "ADDRESS"}[format]
		if !strings.Contains(got, want) || strings.Contains(got, "route=") != (format == "text") {
			t.Errorf("%s: no %q in\n%s", format, want, got)
		}
		if !strings.Contains(got, "http: panic serving ADDRESS") {
			t.Errorf("%s: a panic is not told of:\n%s", format, got)
		}
		for _, line := range strings.Split(strings.TrimSpace(got), "\n") {
			if format == "json" && !json.Valid([]byte(line)) {
				t.Errorf("no JSON: %s", line)
			}
		}
	}
	log := &lines{}
	say := server.Errorf(server.NewLog(log, "text"))
	say("%v", errors.New("read tcp [2001:db8::1]:443->[fe80::1%eth0]:5: refused, 192.0.2.7 and version 1.2.3"))
	if got := log.String(); strings.Contains(got, "2001") || strings.Contains(got, "fe80") || strings.Contains(got, "192.0") || !strings.Contains(got, "version 1.2.3") {
		t.Errorf("%s", got)
	}
}

// TestOps: what is only for whoever looks after the machine, at its own address.
func TestOps(t *testing.T) {
	var mu sync.Mutex
	var sick error
	checks := server.Checks{Ready: func(context.Context) error { mu.Lock(); defer mu.Unlock(); return sick },
		Measures: func(context.Context) ([]server.Measure, error) {
			return []server.Measure{{Name: "assay_log_position", Help: "Entries.", Type: "gauge", Value: 17227}, {Name: "assay_lag", Help: "Lag.", Type: "gauge", Labels: server.Label("projection", "a\"b\nc"), Value: 2}}, nil
		}}
	early, err := server.New(server.Options{Addr: "127.0.0.1:0", OpsAddr: "127.0.0.1:0", Log: server.NewLog(io.Discard, "none")})
	if err != nil {
		t.Fatal(err)
	}
	defer early.Close()
	at := "http://" + early.OpsAddr().String()
	if code, _ := get(t, http.DefaultClient, at+"/healthz"); code != 200 {
		t.Errorf("alive while it starts: %d", code)
	}
	if code, _ := get(t, http.DefaultClient, at+"/readyz"); code != 503 {
		t.Errorf("ready while it starts: %d", code)
	}
	s, stop := serving(t, server.Options{OpsAddr: "127.0.0.1:0"}, &lines{}, "text", pages, checks)
	base, ops := "http://"+s.Addr().String(), "http://"+s.OpsAddr().String()
	for range 3 {
		get(t, http.DefaultClient, base+"/records/a")
	}
	for _, p := range []string{"/metrics", "/healthz", "/readyz"} {
		if code, _ := get(t, http.DefaultClient, base+p); code != 404 {
			t.Errorf("%s is at the front: %d", p, code)
		}
	}
	r, _ := http.NewRequest(http.MethodGet, ops+"/metrics", nil)
	r.Host = "elsewhere.example" // a name that somebody pointed here, for a page of theirs to read what measures tell
	if res, err := http.DefaultClient.Do(r); err != nil || res.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("measures by another name: %v %v", res, err)
	} else {
		res.Body.Close()
	}
	if code, _ := get(t, http.DefaultClient, ops+"/readyz"); code != 200 {
		t.Errorf("ready: %d", code)
	}
	_, text := get(t, http.DefaultClient, ops+"/metrics")
	for _, want := range []string{
		`assay_requests_total{route="/records/{address}",method="GET",status="200"} 3`, `assay_requests_total{route="other",method="GET",status="404"} 3`,
		`assay_request_seconds_bucket{route="/records/{address}",le="+Inf"} 3`, `assay_request_seconds_count{route="/records/{address}"} 3`, `assay_answer_bytes_total{route="/records/{address}"} 15`,
		"assay_log_position 17227", `assay_lag{projection="a\"b\nc"} 2`, "assay_ready 1", "assay_requests_in_flight 0",
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	form := regexp.MustCompile(`^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="([^"\\]|\\.)*",?)+\})? [-+0-9.e]+)$`)
	helped := map[string]bool{}
	for _, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if !form.MatchString(l) {
			t.Errorf("not of the format: %q", l)
		}
		if name, ok := strings.CutPrefix(l, "# TYPE "); ok {
			if helped[name] {
				t.Errorf("twice: %s", l)
			}
			helped[name] = true
		}
	}
	mu.Lock()
	sick = errors.New("the log cannot be read")
	mu.Unlock()
	if code, text := get(t, http.DefaultClient, ops+"/readyz"); code != 503 || !strings.Contains(text, "the log cannot") {
		t.Errorf("sick: %d %s", code, text)
	}
	stop()
	if _, err := http.Get(ops + "/healthz"); err == nil {
		t.Error("ops goes on after the end")
	}
}

// TestGrace: who is being answered when the end comes gets the answer, and ops says meanwhile that it ends.
func TestGrace(t *testing.T) {
	inside, release := make(chan bool), make(chan bool)
	s, stop := serving(t, server.Options{OpsAddr: "127.0.0.1:0"}, &lines{}, "none", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(inside)
		<-release
		io.WriteString(w, "whole")
	}), healthy)
	got := make(chan string)
	go func() { _, b := get(t, http.DefaultClient, "http://"+s.Addr().String()+"/"); got <- b }()
	<-inside
	ended := make(chan error)
	go func() { ended <- stop() }()
	for code := 200; code == 200; {
		code, _ = get(t, http.DefaultClient, "http://"+s.OpsAddr().String()+"/readyz")
	}
	close(release)
	if b := <-got; b != "whole" {
		t.Errorf("it got %q", b)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// write makes a certificate for localhost with a serial number, and its key.
func write(t *testing.T, folder string, serial int64, after time.Time) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: after}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	pk, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	for name, b := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: pk}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// TestCertificate: it is read again when the files change, and a half-written pair leaves the old one in use.
func TestCertificate(t *testing.T) {
	defer server.LookEvery(0)()
	folder := t.TempDir()
	cert, key := write(t, folder, 1, time.Now().Add(time.Hour))
	log := &lines{}
	s, _ := serving(t, server.Options{Cert: cert, Key: key}, log, "text", pages, healthy)
	_, port, _ := net.SplitHostPort(s.Addr().String())
	serial := func() int64 {
		t.Helper()
		c, err := tls.Dial("tcp", s.Addr().String(), &tls.Config{InsecureSkipVerify: true})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		return c.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	}
	if s.Scheme() != "https" || serial() != 1 {
		t.Errorf("%s %d", s.Scheme(), serial())
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	res, err := client.Get("https://localhost:" + port + "/records/a")
	if err != nil || res.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%v, %v", res, err)
	}
	write(t, folder, 2, time.Now().Add(time.Hour))
	if n := serial(); n != 2 {
		t.Errorf("after the files changed it shows number %d", n)
	}
	if err := os.WriteFile(key, []byte("half a k"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := serial(); n != 2 || !strings.Contains(log.String(), "the old one stays in use") {
		t.Errorf("with half a key it shows number %d; %s", n, log)
	}
	write(t, folder, 3, time.Now().Add(-time.Minute))
	if n := serial(); n != 3 || !strings.Contains(log.String(), "has expired") {
		t.Errorf("an expired one: %d; %s", n, log)
	}
	for _, c := range [][2]string{{cert, cert}, {filepath.Join(folder, "none"), key}, {key, key}} {
		_, err := server.New(server.Options{Addr: "127.0.0.1:0", Cert: c[0], Key: c[1], Log: server.NewLog(io.Discard, "none")})
		if registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
			t.Errorf("%q: %v", c, err)
		}
	}
	if _, err := server.New(server.Options{Addr: s.Addr().String(), Log: server.NewLog(io.Discard, "none")}); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("an address in use: %v", err)
	}
}

// TestNotify: systemd hears when the pages are there and when the end begins.
func TestNotify(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Skipf("no such sockets here: SKIPPED: %v", err)
	}
	defer c.Close()
	t.Setenv("NOTIFY_SOCKET", path)
	_, stop := serving(t, server.Options{}, &lines{}, "none", pages, healthy)
	go stop()
	b := make([]byte, 100)
	for _, want := range []string{"READY=1", "STOPPING=1"} {
		c.SetReadDeadline(time.Now().Add(5 * time.Second))
		n, err := c.Read(b)
		if string(b[:n]) != want {
			t.Errorf("%q, %v; want %s", b[:n], err, want)
		}
	}
}
