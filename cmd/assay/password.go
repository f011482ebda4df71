package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/openassay/assay/registry"
)

// password is the one that a user is to have: asked for twice on a terminal, without showing it; else a first line.
func (c *call) password(name string) (string, error) {
	in := io.Reader(os.Stdin)
	switch from := c.user.passwordFile; {
	case from != "" && from != "-":
		f, err := os.Open(from)
		if err != nil {
			return "", &registry.Error{Code: registry.NotFound, Message: "the file of the password cannot be read", Err: err}
		}
		defer f.Close()
		in = f
	case from == "" && term.IsTerminal(int(os.Stdin.Fd())):
		return c.askPassword(name)
	}
	s, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if s = strings.TrimRight(s, "\r\n"); s == "" {
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		return "", usagef("type it on the terminal, or give it as the first line of --password-file or of standard input", "there is no password")
	}
	return s, nil
}

func (c *call) askPassword(name string) (string, error) {
	var typed [2]string
	for i, ask := range []string{"Password for " + printable(name) + " (12 letters or more): ", "Again: "} {
		fmt.Fprint(c.stderr, ask)
		b, err := c.hidden(int(os.Stdin.Fd()))
		fmt.Fprintln(c.stderr)
		if err != nil {
			return "", err
		}
		typed[i] = string(b)
	}
	if typed[0] != typed[1] {
		return "", registry.Errorf(registry.Invalid, "the two differ").WithHint("try again")
	}
	return typed[0], nil
}

// hidden reads a line without showing it, until the call is interrupted: then the terminal shows again what is typed.
func (c *call) hidden(fd int) ([]byte, error) {
	before, err := term.GetState(fd)
	if err != nil {
		return nil, err
	}
	type line struct {
		b   []byte
		err error
	}
	typed := make(chan line, 1)
	go func() {
		b, err := term.ReadPassword(fd)
		typed <- line{b, err}
	}()
	select {
	case l := <-typed:
		return l.b, l.err
	case <-c.ctx.Done():
		return nil, errors.Join(c.ctx.Err(), term.Restore(fd, before))
	}
}
