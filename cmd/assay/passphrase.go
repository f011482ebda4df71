package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seal"
)

// passphraseVariable names a file in the environment, for services.
const passphraseVariable = "ASSAY_PASSPHRASE_FILE"

// passphrase is that of an encrypted directory: of a file, or asked for once on a terminal without showing it.
func (c *call) passphrase() ([]byte, error) {
	if c.passphraseRead != nil {
		return c.passphraseRead, nil
	}
	path := c.passphraseFile
	if path == "" {
		path = os.Getenv(passphraseVariable)
	}
	p, err := c.passphraseFrom(path, "Passphrase: ")
	c.passphraseRead = p
	return p, err
}

func (c *call) passphraseFrom(path, ask string) ([]byte, error) {
	if path != "" {
		f, err := os.Open(path)
		if err != nil {
			return nil, &registry.Error{Code: registry.NotFound, Message: "the file of the passphrase cannot be read", Err: err, Hint: "check --passphrase-file or " + passphraseVariable}
		}
		defer f.Close()
		b, err := bufio.NewReader(io.LimitReader(f, 64<<10)).ReadBytes('\n')
		if b = bytes.TrimRight(b, "\r\n"); len(b) == 0 {
			if err == nil || err == io.EOF {
				err = registry.Errorf(registry.Invalid, "%s: its first line is empty", path).WithHint("the passphrase is the first line of the file")
			}
			return nil, err
		}
		return b, nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return nil, registry.Errorf(registry.Invalid, "the directory is encrypted, and there is no passphrase").
			WithHint("--passphrase-file FILE, or %s=FILE in the environment, or type it on a terminal", passphraseVariable)
	}
	fmt.Fprint(c.stderr, ask)
	b, err := c.hidden(int(os.Stdin.Fd()))
	fmt.Fprintln(c.stderr)
	return b, err
}

// newPassphrase is one that is to be: asked for twice on a terminal.
func (c *call) newPassphrase(path string) ([]byte, error) {
	p, err := c.passphraseFrom(path, "New passphrase (five words or more): ")
	if err != nil {
		return nil, err
	}
	if err := seal.CheckPassphrase(p); err != nil || path != "" {
		return p, err
	}
	again, err := c.passphraseFrom("", "Again: ")
	if err == nil && !bytes.Equal(p, again) {
		err = registry.Errorf(registry.Invalid, "the two differ").WithHint("try again")
	}
	return p, err
}

var initVerb = &verb{
	name: "init", args: "--data DIR", short: "make a data directory, encrypted if asked for",
	long: `Makes a data directory with the registry that comes with the program in it. Other verbs make one too where it is missing; what only this
one does is --encrypt: everything in the directory is then encrypted with a passphrase of at least 12 characters, so that whoever finds the disk
learns nothing. Without the passphrase there is no way in, for nobody. Pages and search are made in memory at each start, which takes seconds.

An existing directory cannot be encrypted in place.`,
	flags: func(c *call) {
		c.dataFlag("the data directory to make")
		c.fs.BoolVar(&c.encrypt, "encrypt", false, "with a passphrase; of --passphrase-file, else asked for twice")
		c.clockFlags()
	},
	run: func(c *call, args []string) error {
		if err := c.none(args); err != nil {
			return err
		}
		if c.data == "" {
			return usagef("name it: --data DIR", "init needs a data directory to make")
		}
		if err := datadir.CheckNew(c.data); err != nil {
			return err
		}
		if c.encrypt {
			if err := c.makeKeys(); err != nil {
				return err
			}
		} else if instance.Encrypted(c.data) {
			return registry.Errorf(registry.Conflict, "%s was begun as an encrypted directory", c.data).WithHint("give --encrypt to complete it")
		}
		in, err := c.openForWriting()
		if err != nil {
			return err
		}
		defer in.Close()
		words := ""
		if !c.encrypt {
			// What the public sees is made now: verbs that only read cannot keep it, and would make it in memory each time.
			if _, err := in.Settled(c.ctx, registry.Reader()); err != nil {
				return err
			}
		} else {
			words = ", encrypted; keep the passphrase where you will find it, for nothing opens it without"
		}
		c.printf("made %s%s\n", c.data, words)
		return nil
	},
}

// makeKeys puts KEYS into the directory before anything else, so that nothing is ever written in clear.
func (c *call) makeKeys() error {
	path := c.passphraseFile
	if path == "" {
		path = os.Getenv(passphraseVariable)
	}
	p, err := c.newPassphrase(path)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.data, 0o700); err != nil {
		return &registry.Error{Code: registry.Unreadable, Message: c.data + " cannot be made", Err: err, Hint: "check the folder above it"}
	}
	if _, err := seal.Make(filepath.Join(c.data, seal.FileName), p, seal.DefaultCost); err != nil { // one that died before left the keys
		return err
	}
	c.passphraseRead = p
	return nil
}

var passphraseVerb = &verb{
	name: "passphrase", args: "--data DIR", short: "change the passphrase of an encrypted directory",
	long: `Asks for the old passphrase, then twice for the new one, and writes the small file KEYS anew; nothing else changes, and it takes a second.
Backups made before open with the old passphrase: where it became known to others, delete them.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.fs.StringVar(&c.newFile, "new-passphrase-file", "", "`FILE` whose first line is the new one; else it is asked for")
	},
	run: func(c *call, args []string) error {
		if err := c.none(args); err != nil {
			return err
		}
		if c.data == "" {
			return usagef("name it: --data DIR", "passphrase needs a data directory")
		}
		if !instance.Encrypted(c.data) {
			return registry.Errorf(registry.Invalid, "%s is not encrypted", c.data).WithHint("assay init --encrypt makes a new one that is")
		}
		d, err := datadir.Open(c.data) // nobody else changes it meanwhile
		if err != nil {
			return err
		}
		defer d.Close()
		keys, err := instance.Keys(c.data, instance.Options{Passphrase: c.passphrase})
		if err != nil {
			return err
		}
		p, err := c.newPassphrase(c.newFile)
		if err != nil {
			return err
		}
		if err := keys.Change(filepath.Join(c.data, seal.FileName), p, seal.DefaultCost); err != nil {
			return err
		}
		c.printf("the passphrase of %s is changed\n", c.data)
		return nil
	},
}
