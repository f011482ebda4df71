package server

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/openassay/assay/registry"
)

// certificate is a certificate and its key in two files, read again when they change.
type certificate struct {
	certFile, keyFile string
	log               *slog.Logger
	mu                sync.Mutex
	looked            time.Time
	stamps            [2]stamp
	now               *tls.Certificate
}

// lookEvery is how often the files are looked at, at most.
var lookEvery = 10 * time.Second

type stamp struct {
	at   time.Time
	size int64
}

// loadCertificate reads both files. Errors are registry.Invalid.
func loadCertificate(certFile, keyFile string, log *slog.Logger) (*certificate, error) {
	c := &certificate{certFile: certFile, keyFile: keyFile, log: log}
	c.looked = time.Now()
	stamps, err := c.stat()
	if err == nil {
		err = c.read(stamps)
	}
	if err != nil {
		return nil, &registry.Error{Code: registry.Invalid, Message: "the certificate " + certFile + " with the key " + keyFile + " cannot be used", Err: err,
			Hint: "both files in PEM form; the certificate first, then those that vouch for it; readable for who runs assay"}
	}
	return c, nil
}

func (c *certificate) stat() (out [2]stamp, err error) {
	for i, name := range []string{c.certFile, c.keyFile} {
		info, err := os.Stat(name)
		if err != nil {
			return out, err
		}
		out[i] = stamp{info.ModTime(), info.Size()}
	}
	return out, nil
}

func (c *certificate) read(stamps [2]stamp) error {
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return err
	}
	if pair.Leaf == nil {
		return errors.New("it holds no certificate")
	}
	if time.Now().After(pair.Leaf.NotAfter) {
		c.log.Warn("the certificate has expired", "on", pair.Leaf.NotAfter.Format(time.DateOnly))
	}
	c.now, c.stamps = &pair, stamps
	return nil
}

// get gives the certificate that is in the files. One that cannot be read, as while only one of the two files is new, leaves the old one in use.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) < lookEvery {
		return c.now, nil
	}
	c.looked = time.Now()
	stamps, err := c.stat()
	if err == nil && stamps != c.stamps {
		if err = c.read(stamps); err == nil {
			c.log.Info("the certificate was read again", "until", c.now.Leaf.NotAfter.Format(time.DateOnly))
		}
	}
	if err != nil {
		c.log.Error("the certificate cannot be read again; the old one stays in use: " + err.Error())
	}
	return c.now, nil
}

func (c *certificate) config() *tls.Config {
	return &tls.Config{GetCertificate: c.get, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
}
