package main

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/extract/ocr"
	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
	"github.com/openassay/assay/server"
	"github.com/openassay/assay/web"
)

var serveVerb = &verb{
	name: "serve", args: "--data DIR", short: "show a data directory's registry on web pages",
	long: `Serves the pages of the registry in a data directory, which is made, with the registry that comes with the program in it,
where it is missing or empty. While it runs, imports into the same directory are refused; verbs that read work beside it, and so do
assay backup and assay user, which says who may sign in. As long as there is no user, the pages are for reading only.

Pages show what is public. --as shows more to everyone who can reach the address, so keep such a server on this machine.

Behind a proxy, name the public address with --base-url and the proxy with --trusted-proxy; or give a certificate with --tls-cert and --tls-key,
which are read again when they change. docs/operating.md says more.`,
	flags: func(c *call) {
		c.readFlags()
		c.addrFlag()
		c.fs.StringVar(&c.contact, "contact", "", "`TEXT`: how to write to this registry by other means, shown where corrections are asked for")
		c.fs.StringVar(&c.baseURL, "base-url", "", "`URL` under which the public reaches the pages, for permanent links")
		c.oidc.flags(c.fs)
		c.fs.BoolVar(&c.loopback, "fetch-loopback", false, "let the intake desk fetch web addresses of this machine; for tests only")
		c.fs.StringVar(&c.proxies, "trusted-proxy", "", "`CIDR` of proxies whose word on visitors is taken (127.0.0.1/32); several with commas")
		c.fs.StringVar(&c.cert, "tls-cert", "", "`FILE` with a certificate, PEM")
		c.fs.StringVar(&c.key, "tls-key", "", "`FILE` with its key, PEM")
		c.fs.StringVar(&c.opsAddr, "ops-addr", "", "`HOST:PORT` for /healthz, /readyz and /metrics, which tell of what is hidden: never in public")
		c.fs.StringVar(&c.logAs, "log", "text", "`FORMAT` of a line for each request, without addresses and names: text, json or none")
	},
	run: func(c *call, args []string) error {
		if err := c.none(args); err != nil {
			return err
		}
		readers, err := c.readers()
		if err != nil {
			return err
		}
		s, err := c.listen()
		if err != nil {
			return err
		}
		defer s.Close()
		provider, err := c.oidc.provider(c.baseURL)
		if err != nil {
			return err
		}
		in, err := c.openForWriting()
		if err != nil {
			return err
		}
		defer in.Close()
		go in.KeepLedger(c.ctx, 2*time.Second)
		go in.KeepReleasing(c.ctx, time.Minute)
		opt := web.Options{Now: in.Now, BaseURL: c.baseURL, Version: version(), Private: len(readers) > 1, Accounts: in.Accounts(), Desk: in, Review: in, Correspondence: in.Correspondence(), Eraser: in, Ledger: in.Ledger(), Deposits: in.Deposits(), Releases: in.Releases(), Contact: c.contact, TrustedProxies: c.trusted}
		opt.Provider = provider
		opt.Intake, opt.Fetch = in, fetcher(&fetch.Client{AllowLoopback: c.loopback, Now: in.Now, UserAgent: "assay/" + version()})
		opt.RegistryFor = func(ctx context.Context, theirs registry.Audiences) (web.Registry, error) {
			return in.Settled(ctx, registry.Reader(append(theirs, readers...)...))
		}
		opt.Preview = func(ctx context.Context, r schedule.Release, as, by registry.Audiences, after bool) (web.Registry, bool, func(), error) {
			return in.Preview(ctx, r, as, by, after)
		}
		return c.serve(s, in, readers, opt)
	},
}

func (c *call) addrFlag() {
	c.fs.StringVar(&c.addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 takes a free one")
}

// listen reads the flags of the server and takes its addresses.
func (c *call) listen() (*server.Server, error) {
	c.baseURL = strings.TrimSuffix(c.baseURL, "/")
	if u, err := url.Parse(c.baseURL); c.baseURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" || u.RawQuery != "" || u.User != nil) {
		return nil, usagef("write it as https://registry.example", "--base-url: %q is no address of a site", c.baseURL)
	}
	for _, s := range strings.FieldsFunc(c.proxies, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, err := netip.ParsePrefix(s)
		if a, aerr := netip.ParseAddr(s); aerr == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, usagef("write 127.0.0.1/32, 10.1.0.0/16 or ::1/128", "--trusted-proxy: %q is no network", s)
		}
		c.trusted = append(c.trusted, p.Masked())
	}
	switch {
	case len(c.trusted) > 0 && c.baseURL == "":
		return nil, usagef("--base-url https://registry.example", "behind a proxy the public address must be named")
	case (c.cert == "") != (c.key == ""):
		return nil, usagef("name both, or neither", "--tls-cert and --tls-key belong together")
	case !slices.Contains(server.LogFormats, c.logAs):
		return nil, usagef("--log text, json or none", "there is no log format %q", c.logAs)
	}
	c.log = server.NewLog(c.stderr, c.logAs)
	return server.New(server.Options{Addr: c.addr, OpsAddr: c.opsAddr, Cert: c.cert, Key: c.key, BaseURL: c.baseURL, TrustedProxies: c.trusted, Log: c.log})
}

// serve answers until the call is interrupted, then lets running answers finish.
func (c *call) serve(s *server.Server, in *instance.Instance, readers registry.Audiences, opt web.Options) error {
	p, err := in.Settled(c.ctx, readers)
	if err != nil {
		return err
	}
	opt.Log = server.Errorf(c.log)
	opt.Read, opt.Reread = clauseReader(in.Rules()), reread(in.Rules())
	files, done, err := extractor(in.OCRFolder())
	if err != nil {
		return err
	}
	defer done()
	in.Extract, in.Recognizer, opt.Redact = files, ocr.New(""), in
	opt.ReadDraft = draftReader(files, in.Rules())
	opt.Sheets, opt.Original = files.PageImage, in.Blobs.Get
	debug.SetGCPercent(40) // most of what is in memory stays there: waiting until as much again is garbage would hold twice of it (docs/performance.md)
	return s.Run(c.ctx, web.New(p, opt), checks(in), func() {
		c.announce(s, opt)
		go c.ahead(p)
	})
}

// ahead finds whose text repeats whose, and what collides, before the first visitor asks: with hundreds of long texts it takes seconds.
func (c *call) ahead(p *projection.Projection) {
	if _, err := p.Reuse(); err != nil && c.ctx.Err() == nil {
		c.log.Error("overlaps: " + err.Error())
	}
	if _, err := p.Conflicts(c.ctx); err != nil && c.ctx.Err() == nil {
		c.log.Error("conflicts: " + err.Error())
	}
}

// announce says where the pages are.
func (c *call) announce(s *server.Server, opt web.Options) {
	at := s.Scheme() + "://" + reachable(s.Addr())
	c.printf("assay: the registry is at %s/ (Ctrl-C ends it)\n", at)
	if a := s.OpsAddr(); a != nil {
		c.printf("assay: health and measures are at http://%s/readyz and /metrics\n", reachable(a))
		if tcp, ok := a.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
			fmt.Fprintf(c.stderr, "assay: CAUTION: measures tell of what is hidden, and others than this machine may reach %s\n", a)
		}
	}
	if opt.Accounts == nil {
		return
	}
	if some, err := opt.Accounts.Any(c.ctx); err != nil {
		c.log.Error("accounts: " + err.Error())
	} else if some {
		c.printf("assay: sign in at %s/sign-in\n", at)
	} else {
		c.printf("assay: nobody can sign in yet, and the pages are for reading only; assay user add NAME --role administrator --data %s adds someone\n", shellWord(c.data))
	}
}

// checks is what ops asks of a registry.
func checks(in *instance.Instance) server.Checks {
	return server.Checks{
		Ready: func(ctx context.Context) error { _, err := in.State(ctx); return err },
		Measures: func(ctx context.Context) ([]server.Measure, error) {
			s, err := in.State(ctx)
			if err != nil {
				return nil, err
			}
			out := []server.Measure{{Name: "assay_log_position", Help: "Entries in the log.", Type: "gauge", Value: float64(s.Last)}}
			for _, name := range slices.Sorted(maps.Keys(s.Projections)) {
				out = append(out, server.Measure{Name: "assay_projection_lag", Help: "Entries of the log that a projection does not show yet, by projection.", Type: "gauge",
					Labels: server.Label("projection", name), Value: float64(max(s.Last-s.Projections[name], 0))})
			}
			out = append(out,
				server.Measure{Name: "assay_desk_reviews", Help: "Doubtful matches that wait for a person.", Type: "gauge", Value: float64(s.Reviews)},
				server.Measure{Name: "assay_desk_attempts", Help: "Files that did not enter.", Type: "gauge", Value: float64(s.Attempts)},
				server.Measure{Name: "assay_failed_sign_ins_total", Help: "Sign-ins with a wrong name or password.", Type: "counter", Value: float64(s.FailedSignIns)})
			if in.Path() != "" {
				if free, err := durable.Free(in.Path()); err == nil {
					out = append(out, server.Measure{Name: "assay_disk_free_bytes", Help: "Room on the disk of the data directory.", Type: "gauge", Value: float64(free)})
				}
			}
			return out, nil
		},
	}
}

// shellWord is a word as one can type it on a command line.
func shellWord(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("._-/\\:", r) && (r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z')
	}) {
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
