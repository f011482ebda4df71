package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/ledger/witness"
	"github.com/openassay/assay/registry"
)

// ledgerFlags are those of assay ledger and assay verify.
type ledgerFlags struct {
	policy, receipt string
	dir, name       string
	logs            several
}

var ledgerVerb = &verb{
	name: "ledger", args: "audit|key|receipt|publish|deposit|witnesses|witness … --data DIR", short: "what was published, provably: receipts, deposits under seal, witnesses",
	long: `The ledger is the append-only record of what a registry published. Every verb that adds public entries brings it up before it ends, and assay
serve keeps it up.

  ledger audit                     whether log, ledger and checkpoint agree; one that only lags is reported, and is no failure
  ledger key                       the lines of a policy for this ledger, for who checks receipts
  ledger receipt FILE|ENTRY -o R   a receipt for a published file, an export of claims as JSON lines, a deposit's slip, or an entry by its id
  ledger publish FILE              enters the hash of a file, so that it can be proven that it was published by now
  ledger deposit FILE -o SLIP      lodges a file under seal: only its depositor can prove it, with the slip, from the next day on
                                   both work beside a running assay serve, and so does the page /desk/deposits
  ledger witnesses FILE            asks the witnesses of this policy (with their addresses) to cosign each checkpoint; an empty file asks nobody
  ledger witness --dir DIR --name NAME --log KEY --addr HOST:PORT
                                   is a witness for other registries' ledgers; needs no data directory`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.fs.StringVar(&c.out, "o", "", "`FILE` to write to, replaced whole; without it standard output")
		c.fs.StringVar(&c.ledger.dir, "dir", "", "`DIR` in which a witness keeps its key and what it has seen")
		c.fs.StringVar(&c.ledger.name, "name", "", "`NAME` of a new witness: an address that says who it is, without https://")
		c.fs.Var(&c.ledger.logs, "log", "`KEY` of a ledger to witness; several with commas, or given several times")
		c.addrFlag()
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: runLedger,
}

// entryID is what the id of an entry looks like.
var entryID = regexp.MustCompile(`^[0-9a-f]{64}$`)

func runLedger(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	wants := map[string]int{"audit": 0, "key": 0, "receipt": 1, "publish": 1, "deposit": 1, "witnesses": 1, "witness": 0}
	if len(args) == 0 {
		return usagef("assay ledger --help lists what it does", "say what to do with the ledger")
	}
	n, ok := wants[args[0]]
	if !ok {
		return usagef("assay ledger --help lists what it does", "ledger: %q is not known", args[0])
	}
	if len(args)-1 != n {
		return usagef("assay ledger --help lists what it does", "ledger %s: want %s, got %d", args[0], count(n, "argument", "arguments"), len(args)-1)
	}
	if args[0] == "witness" {
		return c.witness()
	}
	if c.data == "" {
		return usagef("name it: --data DIR", "ledger %s needs a data directory", args[0])
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	var file []byte
	if n == 1 && (args[0] != "receipt" || !entryID.MatchString(args[1])) {
		if file, err = readSome(args[1], mostReceipt); err != nil {
			return err
		}
	}
	var in *instance.Instance
	beside := false
	switch args[0] {
	case "publish", "deposit":
		in, beside, err = instance.OpenForLedger(c.ctx, c.data, opt)
	case "witnesses":
		in, err = instance.Open(c.ctx, c.data, opt)
	default:
		in, err = instance.OpenReadOnly(c.ctx, c.data, opt)
	}
	if err != nil {
		return err
	}
	defer in.Close()
	switch args[0] {
	case "audit":
		return c.auditLedger(in)
	case "key":
		b, err := in.Book(c.ctx)
		if err != nil {
			return err
		}
		c.printf("log %s\nquorum none\n", b.VKey())
		return nil
	case "receipt":
		var r ledger.Receipt
		if file == nil {
			r, err = in.ReceiptOf(c.ctx, registry.EntryID(args[1]))
		} else {
			r, err = in.Receipt(c.ctx, file)
		}
		if err != nil {
			return err
		}
		return c.write(c.out, func(w io.Writer) error { _, err := w.Write(r.Bytes()); return err })
	case "publish":
		if err := in.Publish(c.ctx, file); err != nil {
			return err
		}
		if beside { // who serves the directory publishes it
			return nil
		}
		return in.CatchUp(c.ctx)
	case "witnesses":
		return in.SetWitnesses(file)
	}
	s, err := in.Deposit(c.ctx, file)
	if err != nil {
		return err
	}
	if err := c.write(c.out, func(w io.Writer) error { return json.NewEncoder(w).Encode(s) }); err != nil {
		return err
	}
	fmt.Fprintf(c.stderr, "assay: keep the slip with the file, and secret: nobody can prove the deposit without it. A receipt can be had from the day after %s on: assay ledger receipt SLIP --data %s\n", s.Interval, shellWord(c.data))
	return nil
}

func (c *call) auditLedger(in *instance.Instance) error {
	a, err := in.AuditLedger(c.ctx)
	if err != nil {
		return err
	}
	if c.format == "json" {
		err = c.json(a)
	} else {
		c.printf("ledger %s: %d events in %d leaves; the checkpoint is of %d\n", a.Ledger, a.Events, a.Leaves, a.Size)
		if a.Lag > 0 {
			c.printf("it lags: %d entries or leaves are still to come; the next change of the registry brings them\n", a.Lag)
		}
		for _, p := range a.Problems {
			c.printf("WRONG: %s\n", printable(p))
		}
		if len(a.Problems) == 0 {
			if a.Audited > 0 {
				c.printf("the accounts' audit has the hashes that were lodged on %s\n", count(a.Audited, "day", "days"))
			}
			c.printf("log, ledger and checkpoint agree\n")
		}
	}
	if err == nil && len(a.Problems) > 0 {
		err = registry.Errorf(registry.Unreadable, "the ledger and the log do not agree").WithHint("keep this directory as it is, and compare with a backup and with what others hold of the ledger")
	}
	return err
}

// witness serves until the call is interrupted.
func (c *call) witness() error {
	if c.ledger.dir == "" || len(c.ledger.logs) == 0 {
		return usagef("assay ledger witness --dir DIR --name NAME --log KEY", "a witness needs a folder, and the key of at least one ledger")
	}
	w, err := witness.Open(c.ledger.dir, c.ledger.name, c.ledger.logs)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.addr)
	if err != nil {
		return registry.Errorf(registry.Invalid, "%s cannot be listened on: %v", c.addr, err).WithHint("--addr HOST:PORT; port 0 takes a free one")
	}
	c.printf("witness %s http://%s\n", strings.TrimSpace(w.VKey()), l.Addr())
	srv := &http.Server{Handler: w, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10}
	go func() {
		<-c.ctx.Done()
		ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		srv.Shutdown(ctx)
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
