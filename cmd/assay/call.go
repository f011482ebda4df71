package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

// call is one use of a verb: its flags and where it writes.
type call struct {
	ctx    context.Context
	stdout io.Writer
	stderr io.Writer
	verb   *verb
	fs     *flag.FlagSet

	data, as, format, now, seed   string
	contact                       string
	addr, baseURL                 string
	opsAddr, proxies, logAs       string
	cert, key                     string
	passphraseFile, newFile       string
	passphraseRead                []byte // once it was asked for
	encrypt                       bool
	trusted                       []netip.Prefix
	log                           *slog.Logger
	audience, asOf, out, what     string
	textOut                       string
	strict, verify, replace       bool
	labels                        bool
	namespace, changes            string
	erasing                       erasing
	checking                      checking
	limit                         int
	evalGold, evalTexts           string
	evalClauses                   string
	evalAgainst                   string
	evalRules, evalDev, evalRival bool
	evalErrors, evalAll           bool
	user                          userFlags
	access                        accessFlags
	oidc                          oidcFlags
	ledger                        ledgerFlags
	release                       releaseFlags
	samples                       bool
	loopback                      bool
	threshold                     float64
	level                         string
	containment                   bool
	scope                         scopeWords
	brief                         briefFlags
	redact                        redactFlags
}

// run reads the flags, wherever they stand, and does the verb.
func (c *call) run(args []string) error {
	c.fs = flag.NewFlagSet("assay "+c.verb.name, flag.ContinueOnError)
	c.fs.SetOutput(io.Discard)
	c.fs.Usage = func() {}
	c.verb.flags(c)
	rest, err := permuted(c.fs, args)
	if errors.Is(err, flag.ErrHelp) {
		c.help(c.stdout)
		return nil
	}
	if err != nil {
		return usagef("assay "+c.verb.name+" --help lists the flags", "%s: %v", c.verb.name, err)
	}
	return c.verb.run(c, rest)
}

// permuted parses flags that may stand before, between and behind arguments; after "--" everything is an argument.
func permuted(fs *flag.FlagSet, args []string) ([]string, error) {
	var out []string
	for {
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		rest := fs.Args()
		if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
			return append(out, rest...), nil
		}
		if len(rest) == 0 {
			return out, nil
		}
		out, args = append(out, rest[0]), rest[1:]
	}
}

func (c *call) help(w io.Writer) {
	fmt.Fprintf(w, "Usage: assay %s %s\n\n%s\n", c.verb.name, strings.TrimSpace(c.verb.args+" [FLAGS]"), strings.TrimSpace(c.verb.long))
	head := "\nFlags:\n"
	c.fs.VisitAll(func(f *flag.Flag) {
		name, text := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			text += " (default " + f.DefValue + ")"
		}
		dash := "--"
		if len(f.Name) == 1 {
			dash = "-"
		}
		fmt.Fprintf(w, "%s  %-22s %s\n", head, strings.TrimSpace(dash+f.Name+" "+name), text)
		head = ""
	})
}

// The flags that verbs share.

func (c *call) dataFlag(what string) {
	c.fs.StringVar(&c.data, "data", "", "`DIR`: "+what)
	c.fs.StringVar(&c.passphraseFile, "passphrase-file", "", "`FILE` whose first line opens an encrypted directory; else ASSAY_PASSPHRASE_FILE, else it is asked for")
}

func (c *call) readFlags() {
	c.dataFlag("the data directory; without it, the registry that comes with the program")
	c.fs.StringVar(&c.as, "as", "public", "`AUDIENCE` whose registry is shown; several with commas")
	c.clockFlags()
}

func (c *call) clockFlags() {
	c.fs.StringVar(&c.now, "now", "", "`DATE` or time (2026-11-23, 2026-11-23T12:00:00Z) to take as now")
	c.fs.StringVar(&c.seed, "seed", "", "`N`: makes randomness repeatable; for tests only")
}

func (c *call) formatFlag(formats ...string) {
	c.fs.StringVar(&c.format, "format", formats[0], "`FORMAT`: "+strings.Join(formats, " or "))
}

func (c *call) checkFormat(formats ...string) error {
	for _, f := range formats {
		if c.format == f {
			return nil
		}
	}
	return usagef("formats: "+strings.Join(formats, ", "), "there is no format %q", c.format)
}

// options are the clock and the randomness that were asked for.
func (c *call) options() (instance.Options, error) {
	opt := instance.Options{Passphrase: c.passphrase, Warn: func(s string) { fmt.Fprintf(c.stderr, "assay: %s\n", s) }}
	if c.now != "" {
		t, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t, err = time.Parse("2006-01-02", c.now)
		}
		if err != nil {
			return opt, usagef("write 2026-11-23 or 2026-11-23T12:00:00Z", "--now: %q is no date or time", c.now)
		}
		opt.Now = func() time.Time { return t }
	}
	if c.seed != "" {
		n, err := strconv.ParseUint(c.seed, 10, 64)
		if err != nil {
			return opt, usagef("write a whole number", "--seed: %q is no number", c.seed)
		}
		var key [32]byte
		binary.LittleEndian.PutUint64(key[:], n)
		opt.Random = rand.NewChaCha8(key)
	}
	return opt, nil
}

// readers are the audiences of --as.
func (c *call) readers() (registry.Audiences, error) {
	var as []registry.Audience
	for _, a := range strings.Split(c.as, ",") {
		if a = strings.TrimSpace(a); a == "" {
			continue
		}
		if err := registry.Audience(a).Check(); err != nil {
			return nil, usage{err}
		}
		as = append(as, registry.Audience(a))
	}
	return registry.Reader(as...), nil
}

// open opens what --data names for reading; without it the embedded registry.
func (c *call) open() (*instance.Instance, error) {
	opt, err := c.options()
	if err != nil {
		return nil, err
	}
	if c.data == "" {
		return instance.Embedded(c.ctx, opt)
	}
	in, err := instance.OpenReadOnly(c.ctx, c.data, opt)
	if err == nil {
		c.noteRead(in, opt)
	}
	return in, err
}

// openForWriting opens the data directory that --data must name.
func (c *call) openForWriting() (*instance.Instance, error) {
	if c.data == "" {
		return nil, usagef("name a folder for the registry: --data DIR", "%s needs a data directory", c.verb.name)
	}
	opt, err := c.options()
	if err != nil {
		return nil, err
	}
	return instance.Open(c.ctx, c.data, opt)
}

// openThere opens for writing what is there already: opening makes a directory that is not, and work in one that was mistyped would say that
// all is well.
func (c *call) openThere() (*instance.Instance, error) {
	if names, err := os.ReadDir(c.data); c.data != "" && (errors.Is(err, fs.ErrNotExist) || err == nil && len(names) == 0) {
		return nil, registry.Errorf(registry.NotFound, "there is no data directory at %s", c.data).WithHint("check the path; assay import makes a new one")
	}
	return c.openForWriting()
}

// day reads --as-of.
func (c *call) day() (registry.Day, error) {
	if c.asOf == "" {
		return "", nil
	}
	d, err := registry.ParseDay(c.asOf)
	if err != nil {
		return "", usage{err}
	}
	return d, nil
}

// json writes v for machines: indented, without escaping what needs none.
func (c *call) json(v any) error {
	b, err := marshal(v)
	if err == nil {
		_, err = c.stdout.Write(b)
	}
	return err
}

// jsonTo writes v as [call.json] does, to -o where a file is named.
func (c *call) jsonTo(v any) error {
	return c.write(c.out, func(w io.Writer) error {
		b, err := marshal(v)
		if err == nil {
			_, err = w.Write(b)
		}
		return err
	})
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

func (c *call) printf(format string, args ...any) { fmt.Fprintf(c.stdout, format, args...) }

// none refuses arguments to a verb that takes none.
func (c *call) none(args []string) error {
	if len(args) > 0 {
		return usagef("assay "+c.verb.name+" --help says what it takes", "%s takes no argument; %q was given", c.verb.name, args[0])
	}
	return nil
}
