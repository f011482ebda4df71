package web

import (
	"net"
	"net/netip"
	"strings"
)

// network names the network that a visitor comes from, for counting attempts: a /24 or a /48. It is neither kept nor logged.
func (q *request) network() string { return q.prefix(24, 48) }

// wideNetwork names what one provider has many of: a /16 or a /32.
func (q *request) wideNetwork() string { return q.prefix(16, 32) }

func (q *request) prefix(four, six int) string {
	a := q.client()
	if !a.IsValid() {
		return "unknown"
	}
	bits := four
	if a.Is6() {
		bits = six
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return "unknown"
	}
	return p.String()
}

// client is the visitor's address: that of the connection, or, where it comes from a proxy that the operator trusts, the nearest one in
// X-Forwarded-For that is not such a proxy's. Whatever stands before it there anyone may have written.
func (q *request) client() netip.Addr {
	a := q.peer()
	if !q.site.trusted(a) {
		return a
	}
	hops := strings.Split(strings.Join(q.http.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && q.site.trusted(a); i-- {
		next, err := netip.ParseAddr(strings.Trim(strings.TrimSpace(hops[i]), "[]"))
		if err != nil {
			break
		}
		a = next.Unmap().WithZone("")
	}
	return a
}

// peer is the address at the other end of the connection.
func (q *request) peer() netip.Addr {
	host, _, err := net.SplitHostPort(q.http.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}

func (s *site) trusted(a netip.Addr) bool {
	for _, p := range s.opt.TrustedProxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
