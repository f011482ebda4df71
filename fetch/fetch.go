// Package fetch gets one document from a public web address, and keeps how it came: when, through which addresses, with which headers.
//
// Start with [Client.Get]. It is made to be given an address by somebody: addresses of this machine and of private networks are refused,
// after names are resolved and at every redirect, so that no page can make it look into a network that it should not see. Time, size and
// redirects are bounded. It sends no cookies, no referrer and no credentials, uses no proxy, and runs nothing of what it gets.
package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"syscall"
	"time"
)

// Error says why an address was not fetched.
type Error struct {
	Code    string // "invalid" (no address that may be fetched), "unreadable" (it did not come), "unsupported" (too large)
	Message string
	Hint    string
}

func (e *Error) Error() string { return e.Message }

// Client fetches. The zero value serves.
type Client struct {
	AllowLoopback bool             // for tests: this machine's own addresses may be fetched too
	Timeout       time.Duration    // for all of it; a minute where 0
	MaxBytes      int64            // of the body; 64 MB where 0
	Now           func() time.Time // time.Now where nil
	UserAgent     string           // "assay" where ""
}

// maxRedirects is how many addresses may be led through.
const maxRedirects = 5

// Record is how a document came.
type Record struct {
	URL     string              `json:"url"`   // that was asked for
	Final   string              `json:"final"` // that gave it
	Hops    []string            `json:"hops"`  // in between
	At      time.Time           `json:"at"`
	Status  int                 `json:"status"`
	Headers map[string][]string `json:"headers"`
	SHA256  string              `json:"sha256"` // of the body
	Bytes   int64               `json:"bytes"`
}

// Page is a document that was fetched, as it was.
type Page struct {
	Record
	Body []byte
}

// IsURL says whether a path is a web address.
func IsURL(s string) bool {
	l := strings.ToLower(s)
	return strings.HasPrefix(l, "http://") || strings.HasPrefix(l, "https://")
}

// Name is a file's name for the document: the last part of its address, or what the server calls it.
func (p *Page) Name() string {
	u, err := url.Parse(p.Final)
	name := "page"
	if err == nil {
		if b := path.Base(u.Path); b != "/" && b != "." {
			name = b
		}
	}
	if path.Ext(name) == "" {
		switch kind, _, _ := strings.Cut(http.Header(p.Headers).Get("Content-Type"), ";"); strings.TrimSpace(kind) {
		case "text/html", "application/xhtml+xml":
			name += ".html"
		case "application/pdf":
			name += ".pdf"
		case "text/plain":
			name += ".txt"
		}
	}
	return name
}

// Get fetches an address. The error is an [*Error], or the context's.
func (c *Client) Get(ctx context.Context, address string) (*Page, error) {
	u, err := c.check(address)
	if err != nil {
		return nil, err
	}
	timeout, limit, now := c.Timeout, c.MaxBytes, c.Now
	if timeout == 0 {
		timeout = time.Minute
	}
	if limit == 0 {
		limit = 64 << 20
	}
	if now == nil {
		now = time.Now
	}
	outer := ctx
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	p := &Page{Record: Record{URL: address, Hops: []string{}}}
	client := &http.Client{Transport: c.transport(), CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return &Error{"unreadable", fmt.Sprintf("it leads through more than %d addresses", maxRedirects), "give the address that it ends at"}
		}
		if _, err := c.check(r.URL.String()); err != nil {
			return err
		}
		r.Header.Del("Referer")
		p.Hops = append(p.Hops, via[len(via)-1].URL.String())
		return nil
	}}
	defer client.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &Error{"invalid", "no address that may be fetched", "write it as https://example.org/agreement.pdf"}
	}
	agent := c.UserAgent
	if agent == "" {
		agent = "assay"
	}
	req.Header.Set("User-Agent", agent)
	req.Header.Set("Accept", "*/*")
	resp, err := client.Do(req)
	if err != nil {
		return nil, failed(outer, ctx, err, timeout)
	}
	defer resp.Body.Close()
	p.Final, p.Status, p.Headers, p.At = resp.Request.URL.String(), resp.StatusCode, resp.Header, now().UTC().Truncate(time.Second)
	for _, secret := range []string{"Set-Cookie", "Set-Cookie2"} {
		delete(p.Headers, secret)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, &Error{"unreadable", fmt.Sprintf("the server answered %s", resp.Status), "look at the address in a browser"}
	}
	if resp.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	p.Body, err = io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case int64(len(p.Body)) > limit:
		return nil, tooLarge(limit)
	case err != nil:
		return nil, failed(outer, ctx, err, timeout)
	case len(p.Body) == 0:
		return nil, &Error{"unreadable", "the server answered with nothing", "look at the address in a browser"}
	}
	sum := sha256.Sum256(p.Body)
	p.SHA256, p.Bytes = hex.EncodeToString(sum[:]), int64(len(p.Body))
	return p, nil
}

func tooLarge(limit int64) error {
	return &Error{"unsupported", fmt.Sprintf("it has more than %d MB", limit>>20), "download it, split it, and import the file"}
}

// failed tells why nothing came.
func failed(outer, ctx context.Context, err error, timeout time.Duration) error {
	var e *Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &e):
		return e
	case outer.Err() != nil:
		return outer.Err()
	case ctx.Err() != nil:
		return &Error{"unreadable", fmt.Sprintf("it did not come within %v", timeout), "try again, or download it and import the file"}
	case errors.As(err, &dns):
		return &Error{"unreadable", fmt.Sprintf("the name %s is not known", dns.Name), "check the address and the connection"}
	}
	msg := err.Error()
	var ue *url.Error
	if errors.As(err, &ue) {
		msg = ue.Err.Error()
	}
	return &Error{"unreadable", "it did not come: " + msg, "look at the address in a browser, or download it and import the file"}
}

// check refuses what is no web address that may be fetched, before any name is resolved.
func (c *Client) check(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, &Error{"invalid", "no web address that may be fetched", "write it as https://example.org/agreement.pdf"}
	}
	if u.User != nil {
		return nil, &Error{"invalid", "an address with a name and password in it is not fetched", "take them out, or download the file and import it"}
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" && p != "8080" && p != "8443" && !c.AllowLoopback {
		return nil, &Error{"invalid", "port " + p + " is not one of the web", "download the file and import it"}
	}
	return u, nil
}

// transport connects only to addresses that the whole internet can reach. The check is on the address that is connected to, so that a name
// that resolves differently the second time gains nothing.
func (c *Client) transport() *http.Transport {
	d := &net.Dialer{Timeout: 15 * time.Second, KeepAlive: -1, Control: func(_, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err == nil && (Public(ap.Addr()) || c.AllowLoopback && ap.Addr().Unmap().IsLoopback()) {
			return nil
		}
		return &Error{"invalid", "it leads to an address of this machine or of a private network, which is not fetched", "download the file and import it"}
	}}
	return &http.Transport{Proxy: nil, DialContext: d.DialContext, TLSHandshakeTimeout: 15 * time.Second, ResponseHeaderTimeout: 30 * time.Second,
		MaxResponseHeaderBytes: 1 << 20, DisableKeepAlives: true, DisableCompression: true}
}

// special are blocks of addresses that are not of the public internet, beyond those that netip knows.
var special = func() []netip.Prefix {
	var out []netip.Prefix
	for _, s := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
		"240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10"} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}()

// Public says whether an address is one of the public internet. Addresses that carry another one in them are as public as that.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	if a.Is6() {
		b := a.As16()
		switch {
		case netip.MustParsePrefix("64:ff9b::/96").Contains(a): // NAT64
			return Public(netip.AddrFrom4([4]byte(b[12:16])))
		case netip.MustParsePrefix("2002::/16").Contains(a): // 6to4
			return Public(netip.AddrFrom4([4]byte(b[2:6])))
		}
	}
	return true
}
