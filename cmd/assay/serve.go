package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

var serveVerb = &verb{
	name: "serve", args: "--data DIR", short: "show a data directory's registry on web pages",
	long: `Serves the pages of the registry in a data directory, which is made, with the registry that comes with the program in it,
where it is missing or empty. While it runs, imports into the same directory are refused; verbs that read work beside it, and so does
assay user, which says who may sign in. As long as there is no user, the pages are for reading only.

Pages show what is public. --as shows more to everyone who can reach the address, so keep such a server on this machine.`,
	flags: func(c *call) {
		c.readFlags()
		c.addrFlag()
		c.fs.StringVar(&c.baseURL, "base-url", "", "`URL` under which the public reaches the pages, for permanent links")
	},
	run: func(c *call, args []string) error {
		if err := c.none(args); err != nil {
			return err
		}
		readers, err := c.readers()
		if err != nil {
			return err
		}
		in, err := c.openForWriting()
		if err != nil {
			return err
		}
		defer in.Close()
		opt := web.Options{Now: in.Now, BaseURL: strings.TrimSuffix(c.baseURL, "/"), Version: version(), Private: len(readers) > 1, Accounts: in.Accounts(), Desk: in}
		opt.RegistryFor = func(ctx context.Context, theirs registry.Audiences) (web.Registry, error) {
			return in.Settled(ctx, registry.Reader(append(theirs, readers...)...))
		}
		return c.serve(in, readers, opt)
	},
}

func (c *call) addrFlag() {
	c.fs.StringVar(&c.addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 takes a free one")
}

// Limits of the server. A page takes milliseconds to make; who needs longer to ask or to listen is not a reader.
const (
	readTimeout  = 10 * time.Second
	writeTimeout = 60 * time.Second
	idleTimeout  = 120 * time.Second
	graceTime    = 5 * time.Second
)

// serve answers until the call is interrupted, then lets running answers finish.
func (c *call) serve(in *instance.Instance, readers registry.Audiences, opt web.Options) error {
	l, err := net.Listen("tcp", c.addr)
	if err != nil {
		return &registry.Error{Code: registry.Invalid, Message: "cannot listen on " + c.addr, Err: err,
			Hint: "name another address with --addr, for instance --addr 127.0.0.1:0 for any free port"}
	}
	defer l.Close()
	p, err := in.Settled(c.ctx, readers)
	if err != nil {
		return err
	}
	logger := log.New(c.stderr, "", log.LstdFlags)
	opt.Log = logger.Printf
	opt.Read = clauseReader(in.Rules)
	s := &http.Server{Handler: onlyHere(l.Addr(), web.New(p, opt)), ErrorLog: logger, MaxHeaderBytes: 64 << 10,
		ReadHeaderTimeout: readTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout}
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	c.printf("assay: the registry is at http://%s/ (Ctrl-C ends it)\n", reachable(l.Addr()))
	if opt.Accounts != nil {
		any, err := opt.Accounts.Any(c.ctx)
		if err != nil {
			return err
		}
		if any {
			c.printf("assay: sign in at http://%s/sign-in\n", reachable(l.Addr()))
		} else {
			c.printf("assay: nobody can sign in yet, and the pages are for reading only; assay user add NAME --role administrator --data %s adds someone\n", shellWord(c.data))
		}
	}
	select {
	case err := <-failed:
		return err
	case <-c.ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), graceTime)
	defer cancel()
	err = s.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		return s.Close()
	}
	return err
}

// shellWord is a word as one can type it on a command line.
func shellWord(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune("._-/\\:", r) && (r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z') }) {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

// reachable is the address as a browser on this machine can ask for it.
func reachable(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// onlyHere answers, on a loopback address, only requests that ask for this machine by its own names: a page elsewhere whose name was pointed
// at 127.0.0.1 could otherwise read a registry that is not public through its visitor's browser.
func onlyHere(a net.Addr, next http.Handler) http.Handler {
	tcp, ok := a.(*net.TCPAddr)
	if !ok || !tcp.IP.IsLoopback() {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = strings.Trim(r.Host, "[]")
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
			http.Error(w, fmt.Sprintf("This registry is served on this machine only; %q is not its name. Behind a proxy, let the proxy ask for localhost.", host), http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}
