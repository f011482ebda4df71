package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/openassay/assay/registry"
)

// Options say where and how to serve.
type Options struct {
	Addr           string // HOST:PORT; port 0 takes a free one. A socket that systemd hands over goes before it
	OpsAddr        string // HOST:PORT of ops; "" for none
	Cert, Key      string // files, PEM; "" for no TLS
	BaseURL        string
	TrustedProxies []netip.Prefix
	Log            *slog.Logger
}

// Server listens from New on, so that a busy address is known at once and ops can say that the pages are being made.
type Server struct {
	opt     Options
	log     *slog.Logger
	front   net.Listener
	opsAt   net.Listener
	cert    *certificate
	metrics *metrics
	ready   atomic.Value // *Checks
	opsHTTP *http.Server
}

// Limits of the server. A page takes milliseconds to make; who needs longer to ask or to listen is not a reader.
const (
	readTimeout  = 10 * time.Second
	writeTimeout = 60 * time.Second
	idleTimeout  = 120 * time.Second
	graceTime    = 5 * time.Second
	longestHead  = 64 << 10
)

// New takes the addresses and reads the certificate. Errors are registry.Invalid.
func New(opt Options) (_ *Server, err error) {
	s := &Server{opt: opt, log: opt.Log, metrics: newMetrics()}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	if opt.Cert != "" {
		if s.cert, err = loadCertificate(opt.Cert, opt.Key, s.log); err != nil {
			return nil, err
		}
	}
	if s.front, err = inherited(); s.front == nil && err == nil {
		s.front, err = listen(opt.Addr, "--addr")
	}
	if err != nil {
		return nil, err
	}
	if opt.OpsAddr != "" {
		if s.opsAt, err = listen(opt.OpsAddr, "--ops-addr"); err != nil {
			return nil, err
		}
		s.opsHTTP = &http.Server{Handler: s.ops(), ErrorLog: errorLog(s.log), ReadTimeout: readTimeout, WriteTimeout: writeTimeout, MaxHeaderBytes: longestHead}
		go s.opsHTTP.Serve(s.opsAt)
	}
	return s, nil
}

func listen(addr, flag string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, &registry.Error{Code: registry.Invalid, Message: "cannot listen on " + addr, Err: err,
			Hint: "name another address with " + flag + ", for instance " + flag + " 127.0.0.1:0 for any free port"}
	}
	return l, nil
}

// Addr is where the pages are.
func (s *Server) Addr() net.Addr { return s.front.Addr() }

// OpsAddr is where ops is; nil where it is not.
func (s *Server) OpsAddr() net.Addr {
	if s.opsAt == nil {
		return nil
	}
	return s.opsAt.Addr()
}

// Scheme is http, or https where the server has a certificate of its own.
func (s *Server) Scheme() string {
	if s.cert != nil {
		return "https"
	}
	return "http"
}

// Run serves until the context ends, then lets running answers finish. started is called when questions are answered.
func (s *Server) Run(ctx context.Context, pages http.Handler, checks Checks, started func()) error {
	front := Front{BaseURL: s.opt.BaseURL, TrustedProxies: s.opt.TrustedProxies, Listening: s.front.Addr()}
	h := &http.Server{Handler: s.watched(front.Handler(pages)), ErrorLog: errorLog(s.log), MaxHeaderBytes: longestHead,
		ReadHeaderTimeout: readTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout}
	failed := make(chan error, 1)
	go func() {
		if s.cert != nil {
			h.TLSConfig = s.cert.config()
			failed <- h.ServeTLS(s.front, "", "")
			return
		}
		failed <- h.Serve(s.front)
	}()
	s.ready.Store(&checks)
	started()
	notify("READY=1")
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	notify("STOPPING=1")
	s.ready.Store((*Checks)(nil))
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	err := h.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		return h.Close()
	}
	return err
}

// Close gives up the addresses.
func (s *Server) Close() error {
	if s.opsHTTP != nil {
		s.opsHTTP.Close()
	} else if s.opsAt != nil {
		s.opsAt.Close()
	}
	if s.front != nil {
		s.front.Close() // closed already where Run ended
	}
	return nil
}
