package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
)

// releaseFlags are those of assay release.
type releaseFlags struct {
	to, on, record, reason, title, by, until string
	sides                                    several
}

var releaseVerb = &verb{
	name: "release", args: "list|propose|approve|confirm|postpone|cancel|run|freeze|thaw … --data DIR", short: "what is to become public, or open to a committee, and when",
	long: `Releases what is kept back when a day comes or an event is recorded. assay serve does so by itself each minute; assay release run does it once.

  release list                                  what waits, and why it is not released yet
  release propose ENTRY… --to A --on WHEN --title T --reason R --by WHO [--record ID] [--side PARTY]
                                                WHEN: 2027-01-31, on:signed, on:signed+30, stage:concluded, implementation:under_way; events
                                                of the record. What an entry needs to be understood (its source, names) goes along
  release approve N --by WHO                    the second person, for what fewer than the editors see
  release confirm N --side PARTY --by WHO       a side's consent to a joint release
  release postpone N --until DAY --by WHO --reason R   once, for 30 days at most
  release cancel N --by WHO --reason R
  release run --by WHO                          release what is due; also settles a clock that jumped
  release freeze --by WHO --reason R            nothing becomes public until thaw
  release thaw --by WHO

In doubt nothing is released: list says why.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		f := &c.release
		c.fs.StringVar(&f.to, "to", "public", "`AUDIENCE` to whom")
		c.fs.StringVar(&f.on, "on", "", "`WHEN`: a day, or what is waited for")
		c.fs.StringVar(&f.record, "record", "", "`ID` of the record whose events are waited for")
		c.fs.StringVar(&f.title, "title", "", "`TEXT`: what it is, for the editors")
		c.fs.StringVar(&f.reason, "reason", "", "`TEXT`: why")
		c.fs.StringVar(&f.by, "by", "", "`WHO` does it: person:NAME")
		c.fs.StringVar(&f.until, "until", "", "`DAY` until which it is put off")
		c.fs.Var(&f.sides, "side", "`PARTY` that must confirm a joint release; several with commas")
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: runRelease,
}

func runRelease(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	does := []string{"list", "propose", "approve", "confirm", "postpone", "cancel", "run", "freeze", "thaw"}
	if len(args) == 0 || !slices.Contains(does, args[0]) {
		return usagef("assay release --help lists what it does", "say what to do: %s", strings.Join(does, ", "))
	}
	do, rest := args[0], args[1:]
	if c.data == "" {
		return usagef("name it: --data DIR", "release needs a data directory")
	}
	if do != "list" && !strings.HasPrefix(c.release.by, "person:") {
		return usagef("--by person:NAME", "say who does it")
	}
	open := c.openThere
	if do == "list" { // also beside a running server
		open = c.open
	}
	in, err := open()
	if err != nil {
		return err
	}
	defer in.Close()
	desk, f := in.Releases(), &c.release
	switch do {
	case "list":
		return c.listReleases(desk)
	case "propose":
		return c.propose(desk, rest)
	case "freeze", "thaw":
		return desk.Do(c.ctx, do, 0, f.by, "", "", f.reason)
	case "run":
		out, err := desk.Run(c.ctx, f.by)
		if err == nil {
			c.outlooks(out)
		}
		return err
	}
	if len(rest) != 1 {
		return usagef("assay release list shows the numbers", "release %s: name one release by its number", do)
	}
	n, err := strconv.ParseInt(rest[0], 10, 64)
	if err != nil {
		return usagef("assay release list shows the numbers", "%q is no number", rest[0])
	}
	return desk.Do(c.ctx, do, n, f.by, strings.Join(f.sides, ","), f.until, f.reason)
}

func (c *call) propose(desk instance.ReleaseDesk, ids []string) error {
	if len(ids) == 0 {
		return usagef("assay export --as … lists the ids of entries", "name the entries to release")
	}
	f := &c.release
	r := schedule.Release{Title: f.title, To: registry.Audience(f.to), Trigger: f.on, Record: registry.RecordID(f.record), Reason: f.reason, ProposedBy: f.by, Sides: map[string]string{}}
	for _, id := range ids {
		r.Targets = append(r.Targets, registry.EntryID(id))
	}
	for _, side := range f.sides {
		r.Sides[side] = ""
	}
	n, err := desk.Propose(c.ctx, r)
	if err != nil {
		return err
	}
	c.printf("release %d is entered; assay release list --data %s says what it waits for\n", n, shellWord(c.data))
	return nil
}

func (c *call) listReleases(desk instance.ReleaseDesk) error {
	out, frozen, err := desk.Outlooks(c.ctx)
	if registry.CodeOf(err) == registry.NotFound { // nobody proposed one yet
		err = nil
	}
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(map[string]any{"frozen": frozen, "releases": out})
	}
	if frozen != nil {
		c.printf("nothing becomes public since %s, by %s: %s\n", frozen.At.Format("2006-01-02"), frozen.By, printable(frozen.Reason))
	}
	c.outlooks(out)
	return nil
}

func (c *call) outlooks(out []schedule.Outlook) {
	if len(out) == 0 {
		c.printf("nothing waits\n")
	}
	for _, o := range out {
		due := ""
		if o.Due != "" {
			due = fmt.Sprintf(" (%s)", o.Due)
		}
		c.printf("%d  %s  %s%s  to %s: %s\n", o.ID, printable(o.Title), o.Trigger, due, o.To, o.State)
	}
}
