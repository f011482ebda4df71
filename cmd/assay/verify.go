package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/registry"
)

var verifyVerb = &verb{
	name: "verify", args: "--policy FILE --receipt FILE [FILE]", short: "check offline what a receipt of a ledger proves of a file",
	long: `Checks a receipt that assay ledger receipt wrote, without asking anybody: that its leaves are in the ledger of a checkpoint, that the checkpoint
is signed by a ledger of the policy, and that enough of the policy's witnesses have seen it. With a FILE, also that the receipt is of it: the
file of a public document, a file whose hash was published, an export of claims as JSON lines, or what was deposited under seal.

The policy is a file by C2SP tlog-policy: whose key you believe, and which witnesses. assay ledger key prints the lines for a registry; take
its key from more than one place. Exit code 1 says that the receipt does not prove it.`,
	flags: func(c *call) {
		c.fs.StringVar(&c.ledger.policy, "policy", "", "`FILE` that says whom to believe")
		c.fs.StringVar(&c.ledger.receipt, "receipt", "", "`FILE` with the receipt")
		c.formatFlag("text", "json")
	},
	run: runVerify,
}

// mostReceipt bounds what is read of a file that is to be checked.
const mostReceipt = 1 << 30

func runVerify(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if c.ledger.policy == "" || c.ledger.receipt == "" || len(args) > 1 {
		return usagef("assay verify --policy POLICY --receipt RECEIPT FILE", "verify needs a policy, a receipt and at most one file")
	}
	raw, err := readSome(c.ledger.policy, 1<<20)
	if err != nil {
		return err
	}
	p, err := ledger.ParsePolicy(raw)
	if err != nil {
		return err
	}
	if raw, err = readSome(c.ledger.receipt, ledger.MaxReceipt); err != nil {
		return err
	}
	r, err := ledger.ParseReceipt(raw)
	if err != nil {
		return err
	}
	var file []byte
	if len(args) == 1 {
		if file, err = readSome(args[0], mostReceipt); err != nil {
			return err
		}
		if file == nil {
			file = []byte{}
		}
	}
	v, err := ledger.Verify(p, r, file)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(v)
	}
	c.verdict(v)
	return nil
}

func (c *call) verdict(v *ledger.Verdict) {
	switch v.Subject {
	case "export":
		c.printf("proven: all %s of the export were public, and none was changed\n", count(v.Entries, "entry", "entries"))
	case "deposit":
		c.printf("proven: the file was deposited under seal on %s\n", v.Leaves[0].Leaf.Interval)
	case "file":
		for _, e := range v.Published {
			c.printf("proven: the file was %s, at %s by the registry's clock\n", map[string]string{"": "published", ledger.Withdrawn: "withdrawn", ledger.Erased: "erased"}[e.Act], e.At)
		}
	default:
		c.printf("proven: %s of the ledger; of no file\n", count(len(v.Leaves), "leaf", "leaves"))
	}
	c.printf("ledger: %s, %d leaves\n", v.Log, v.Size)
	for _, s := range v.Seen {
		c.printf("seen by %s at %s\n", s.Witness, s.At.Format(time.RFC3339))
	}
	if len(v.Seen) == 0 {
		c.printf("no witness saw it: the times are the registry's word, and it could have shown this ledger to you alone\n")
	}
}

// readSome reads a file of at most so many bytes.
func readSome(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, registry.Errorf(registry.NotFound, "%s: no such file", path).WithHint("check the path")
	}
	if err != nil {
		return nil, registry.Errorf(registry.NotFound, "%s: %v", path, err).WithHint("check the path")
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: %v", path, err)
	}
	if int64(len(b)) > most {
		return nil, registry.Errorf(registry.Invalid, "%s is longer than %d MB", path, most>>20)
	}
	return b, nil
}
