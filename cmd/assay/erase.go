package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/erasure"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

// several is a flag that may be given several times, or hold several values with commas.
type several []string

func (w *several) String() string { return strings.Join(*w, ",") }

func (w *several) Set(s string) error {
	for _, x := range strings.Split(s, ",") {
		if x = strings.TrimSpace(x); x != "" {
			*w = append(*w, x)
		}
	}
	return nil
}

// erasing are the flags of assay erase.
type erasing struct {
	sources, records  several
	authority, ground string
	dryRun, list      bool
	repeat            string
}

var eraseVerb = &verb{
	name: "erase", args: "--data DIR [ENTRY…]", short: "remove a person's data, or what a court orders, for good",
	long: `Removes what entries of the log say, and the texts that only they name, from every file of the data directory, for good. Of each entry
a tombstone stays: its id, record and field, who ordered the erasure, on what ground, and when; /erasures shows it to all who could see the
entry. Everything still verifies. What holds the same words goes too: earlier versions, retractions and overrulings with their reasons, the whole
text of a document, and with a source every claim that rests on it. --dry-run says what would go and what would stay, and changes nothing.

An erasure that is cut off is completed when the directory is next opened for writing. While assay serve runs, administrators erase on its pages.
Backups and exports made before still hold the words: destroy them, or erase anew after restoring one, with --repeat and what --list wrote:
  assay erase --list --data DIR > erasures.json`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.fs.Var(&c.erasing.sources, "source", "`ID` of a source, to erase with every claim that rests on it")
		c.fs.Var(&c.erasing.records, "record", "`ID` of a record, to erase with every claim about it")
		c.fs.StringVar(&c.erasing.authority, "authority", "", "`WHO` ordered it, as shown to all: \"Data Protection Commission, order 7/2026\"")
		c.fs.StringVar(&c.erasing.ground, "ground", "", "`WHY`, as shown to all: \"personal data of a private person\"")
		c.fs.BoolVar(&c.erasing.dryRun, "dry-run", false, "say what would go and what would stay; change nothing")
		c.fs.BoolVar(&c.erasing.list, "list", false, "list what was erased, as JSON")
		c.fs.StringVar(&c.erasing.repeat, "repeat", "", "`FILE` that --list wrote: erase the same again, in a restored backup")
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: runErase,
}

func runErase(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if c.data == "" {
		return usagef("name it: --data DIR", "erase needs a data directory")
	}
	x := &c.erasing
	ask := erasure.Ask{Authority: x.authority, Ground: x.ground}
	for _, a := range args {
		ask.Entries = append(ask.Entries, registry.EntryID(a))
	}
	for _, s := range x.sources {
		ask.Sources = append(ask.Sources, registry.SourceID(s))
	}
	for _, r := range x.records {
		ask.Records = append(ask.Records, registry.RecordID(r))
	}
	named := len(args)+len(x.sources)+len(x.records) > 0
	switch {
	case x.list && (named || x.repeat != ""), x.repeat != "" && (named || x.authority+x.ground != "" || x.dryRun):
		return usagef("assay erase --help", "--list and --repeat stand alone")
	case !x.list && x.repeat == "" && !named:
		return usagef("name ids of entries, --source ID or --record ID; they stand on the records' pages", "nothing to erase is named")
	case x.list || x.dryRun:
		return c.previewErasure(ask)
	}
	if _, err := os.Stat(c.data); err != nil { // opening for writing would make one
		return registry.Errorf(registry.NotFound, "there is no data directory at %s", c.data).WithHint("check the path")
	}
	in, err := c.openForWriting()
	if err != nil {
		return err
	}
	defer in.Close()
	if x.repeat != "" {
		return c.repeatErasures(in)
	}
	p, err := in.Erase(c.ctx, ask)
	if err != nil {
		return err
	}
	return c.plan(p, false)
}

// previewErasure is what only reads: --list and --dry-run.
func (c *call) previewErasure(ask erasure.Ask) error {
	opt, err := c.options()
	if err != nil {
		return err
	}
	in, err := instance.OpenReadOnly(c.ctx, c.data, opt)
	if err != nil {
		return err
	}
	defer in.Close()
	if c.erasing.list {
		es, err := in.Erasures(c.ctx)
		if err != nil {
			return err
		}
		if es == nil {
			es = []claimlog.Erasure{}
		}
		return c.json(es)
	}
	p, err := in.PlanErasure(c.ctx, ask)
	if err != nil {
		return err
	}
	return c.plan(p, true)
}

func (c *call) repeatErasures(in *instance.Instance) error {
	name := c.erasing.repeat
	f, err := os.Open(name)
	if err != nil {
		return registry.Errorf(registry.NotFound, "%v", err).WithHint("name the file that assay erase --list wrote")
	}
	defer f.Close()
	var es []claimlog.Erasure
	if err := json.NewDecoder(io.LimitReader(f, 1<<30)).Decode(&es); err != nil {
		return registry.Errorf(registry.Unreadable, "%s is no list of erasures: %v", name, err).WithHint("name the file that assay erase --list wrote")
	}
	n, unknown, err := in.RepeatErasures(c.ctx, es)
	if err != nil {
		return err
	}
	c.printf("%s erased again; %d were erased already, %d are not in this log\n", count(n, "entry", "entries"), max(len(es)-n-unknown, 0), unknown)
	return nil
}

// erasedItem is an entry that goes, as it is told.
type erasedItem struct {
	ID       registry.EntryID   `json:"id"`
	Type     registry.EntryType `json:"type"`
	Record   registry.RecordID  `json:"record,omitempty"`
	Field    string             `json:"field,omitempty"`
	Audience registry.Audience  `json:"audience"`
	Why      string             `json:"why"`
}

// plan says what goes, or went, and what stays.
func (c *call) plan(p *erasure.Plan, dry bool) error {
	items := make([]erasedItem, len(p.Items))
	for i, it := range p.Items {
		e := it.Entry
		items[i] = erasedItem{ID: e.ID, Type: e.Type, Record: e.Record(), Audience: e.Audience, Why: it.Why}
		if e.Claim != nil {
			items[i].Field = e.Claim.Field
		}
	}
	if c.format == "json" {
		return c.json(map[string]any{"dry_run": dry, "entries": items, "already": p.Erased, "texts": p.Blobs, "shared_texts": p.Shared, "records": p.About,
			"references": p.References, "resting": p.Resting, "newer": p.Newer, "repeating": p.Repeating})
	}
	goes, stays := "erased", "What stays"
	if dry {
		goes, stays = "would be erased", "What would stay"
	}
	if len(items) == 0 {
		c.printf("nothing to erase: all of it was erased before\n")
		return nil
	}
	c.printf("%s %s:\n", count(len(items), "entry", "entries"), goes)
	for _, it := range items {
		c.printf("  %s  %s\n", it.ID[:16], printable(fmt.Sprintf("%-10s %s %s (%s)", it.Type, it.Record, it.Field, whyErased[it.Why])))
	}
	for _, h := range p.Blobs {
		c.printf("  text %s\n", h[:16])
	}
	c.printf("%s:\n  ids of these entries", stays)
	if len(p.About) > 0 {
		c.printf(", and of the records: %s", printable(joined(p.About)))
	}
	c.printf("\n")
	for _, s := range p.Shared {
		c.printf("  text %s: entry %s names it too\n", s.Hash[:16], s.By[:16])
	}
	for _, n := range []struct {
		n    int
		what string
	}{
		{p.Newer, "newer versions of what is erased: erase them too, where they say the same"},
		{p.Resting, "other claims that rest on the source of the text: --source erases them"},
		{len(p.References), "claims that refer to a record of which nothing is left: they are not shown any more"},
		{len(p.Repeating), "entries that repeat erased words: " + joined(p.Repeating)},
	} {
		if n.n > 0 {
			c.printf("  %d %s\n", n.n, printable(n.what))
		}
	}
	c.printf("Backups and exports made before still hold it.\n")
	return nil
}

var whyErased = map[string]string{erasure.Asked: "named", erasure.OfText: "of the same text", erasure.Older: "an older version",
	erasure.TakenBack: "taken back by one that goes", erasure.About: "speaks of one that goes"}

// joined are ids with commas, the first twenty.
func joined[T ~string](ids []T) string {
	const most = 20
	var out []string
	for i, id := range ids {
		if i == most {
			out = append(out, fmt.Sprintf("and %d more", len(ids)-most))
			break
		}
		out = append(out, string(id))
	}
	return strings.Join(out, ", ")
}
