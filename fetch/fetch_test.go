package fetch_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/fetch"
)

func TestFetchKeepsHowItCame(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new.html", http.StatusMovedPermanently)
			return
		}
		if r.Header.Get("Referer") != "" || r.Header.Get("Cookie") != "" {
			t.Error("it tells where it comes from")
		}
		w.Header().Set("Last-Modified", "Mon, 02 Nov 2026 00:00:00 GMT")
		w.Header().Set("Set-Cookie", "a=b")
		fmt.Fprint(w, "<p>Text</p>")
	}))
	defer s.Close()
	c := &fetch.Client{AllowLoopback: true, Now: func() time.Time { return time.Date(2026, 11, 30, 1, 2, 3, 0, time.UTC) }}
	p, err := c.Get(t.Context(), s.URL+"/old")
	if err != nil {
		t.Fatal(err)
	}
	if string(p.Body) != "<p>Text</p>" || p.Final != s.URL+"/new.html" || len(p.Hops) != 1 || p.Name() != "new.html" || len(p.SHA256) != 64 || p.At.Year() != 2026 ||
		p.Headers["Last-Modified"] == nil || p.Headers["Set-Cookie"] != nil {
		t.Errorf("%+v", p.Record)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was asked") }))
	defer s.Close()
	port := s.URL[strings.LastIndexByte(s.URL, ':'):]
	for _, u := range []string{s.URL, "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://192.168.1.1/",
		"http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f.1/", "file:///etc/passwd", "ftp://example.org/", "http://user:pass@example.org/", "http://example.org:22/",
		"gopher://127.0.0.1" + port, "http://"} {
		_, err := (&fetch.Client{Timeout: 5 * time.Second}).Get(t.Context(), u)
		var e *fetch.Error
		if !errors.As(err, &e) || e.Hint == "" {
			t.Errorf("%s: %v", u, err)
		}
	}
}

// A public page that leads to a private one: the test plays it with loopback allowed and a redirect to another private network.
func TestRedirectToPrivateIsRefused(t *testing.T) {
	for _, to := range []string{"http://10.1.2.3/", "http://169.254.169.254/", "file:///etc/passwd", "http://[fd00::1]/", "http://a:b@127.0.0.1/"} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		}))
		_, err := (&fetch.Client{AllowLoopback: true, Timeout: 5 * time.Second}).Get(t.Context(), s.URL)
		var e *fetch.Error
		if !errors.As(err, &e) || e.Code != "invalid" {
			t.Errorf("%s: %v", to, err)
		}
		s.Close()
	}
}

func TestWhatNeverEnds(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case "/endless":
			for r.Context().Err() == nil {
				w.Write(make([]byte, 1<<16))
			}
		case "/slow":
			w.Write([]byte("a"))
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case "/missing":
			http.NotFound(w, r)
		case "/headers":
			for i := range 40_000 {
				w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("x", 60))
			}
		}
	}))
	defer s.Close()
	c := &fetch.Client{AllowLoopback: true, Timeout: time.Second, MaxBytes: 1 << 20}
	for path, says := range map[string]string{"/circle": "more than 5 addresses", "/endless": "more than 1 MB", "/slow": "within 1s", "/missing": "404", "/headers": "did not come", "/empty": "with nothing"} {
		_, err := c.Get(t.Context(), s.URL+path)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", path, err, says)
		}
	}
}

func TestPublic(t *testing.T) {
	for s, want := range map[string]bool{"93.184.216.34": true, "2606:2800:220:1::1": true, "127.0.0.1": false, "10.0.0.1": false, "172.31.0.1": false, "100.64.0.1": false,
		"169.254.169.254": false, "::1": false, "::": false, "fe80::1": false, "fd00::1": false, "::ffff:10.0.0.1": false, "64:ff9b::a00:1": false, "64:ff9b::5db8:d822": true,
		"2002:7f00:1::1": false, "224.0.0.1": false, "255.255.255.255": false, "::127.0.0.1": false} {
		if got := fetch.Public(netip.MustParseAddr(s)); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}
