package server

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Front says how the public reaches the pages.
type Front struct {
	BaseURL        string         // "https://registry.example"; "" where they are reached as they are served
	TrustedProxies []netip.Prefix // whose word on how a visitor came is taken
	Listening      net.Addr
}

// strictTransport tells browsers to come by TLS only, for a year. It names this host and says nothing of others.
const strictTransport = "max-age=31536000"

// Handler stands before the pages.
func (f Front) Handler(next http.Handler) http.Handler {
	base, err := url.Parse(f.BaseURL)
	if err != nil {
		base = &url.URL{}
	}
	tcp, _ := f.Listening.(*net.TCPAddr)
	local := tcp != nil && tcp.IP.IsLoopback()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if local && !strings.EqualFold(r.Host, base.Host) && !hereByName(r.Host) {
			// A page elsewhere whose name was pointed at 127.0.0.1 could otherwise read a registry that is not public through its visitor's browser.
			w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
			http.Error(w, fmt.Sprintf("This registry is served on this machine only; %q is not its name. Behind a proxy, name its public address with --base-url.", r.Host), http.StatusMisdirectedRequest)
			return
		}
		secure := r.TLS != nil
		if !secure && base.Scheme == "https" && f.trusts(r.RemoteAddr) {
			proto, _, _ := strings.Cut(r.Header.Get("X-Forwarded-Proto"), ",")
			switch strings.ToLower(strings.TrimSpace(proto)) {
			case "http": // the visitor reached the proxy without TLS
				u := url.URL{Scheme: base.Scheme, Host: base.Host, Path: r.URL.Path, RawQuery: r.URL.RawQuery}
				w.Header().Set("Location", u.String())
				w.WriteHeader(http.StatusPermanentRedirect)
				return
			case "https":
				secure = true
			}
		}
		if secure {
			w.Header().Set("Strict-Transport-Security", strictTransport)
		}
		next.ServeHTTP(w, r)
	})
}

// hereByName says whether a request asks for this machine by one of its own names.
func hereByName(asked string) bool {
	host, _, err := net.SplitHostPort(asked)
	if err != nil {
		host = strings.Trim(asked, "[]")
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (f Front) trusts(remote string) bool {
	a, err := netip.ParseAddrPort(remote)
	if err != nil {
		return false
	}
	for _, p := range f.TrustedProxies {
		if p.Contains(a.Addr().Unmap().WithZone("")) {
			return true
		}
	}
	return false
}

// answer watches what is answered to a request.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
	route  string
}

// Route is called by the pages with the pattern of the address that was asked for; what calls nothing was not found.
func (a *answer) Route(pattern string) { a.route = pattern }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// methods are those that are told apart; who invents one must not fill the memory.
var methods = map[string]bool{"GET": true, "HEAD": true, "POST": true, "PUT": true, "DELETE": true, "OPTIONS": true, "PATCH": true}

// watched counts and logs what next answers.
func (s *Server) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := &answer{ResponseWriter: w, route: "other"}
		began := time.Now()
		s.metrics.inFlight.Add(1)
		defer func() {
			s.metrics.inFlight.Add(-1)
			method := r.Method
			if !methods[method] {
				method = "other"
			}
			if a.status == 0 { // it gave up before it answered
				a.status = http.StatusOK
				if p := recover(); p != nil {
					a.status = 499
					s.done(method, a, time.Since(began))
					panic(p)
				}
			}
			s.done(method, a, time.Since(began))
		}()
		next.ServeHTTP(a, r)
	})
}

func (s *Server) done(method string, a *answer, took time.Duration) {
	s.metrics.count(method, a.route, a.status, took, a.bytes)
	line(s.log, method, a.route, a.status, took, a.bytes)
}
