package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/edit"
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
	s, err := in.Schedule(c.ctx)
	if do == "list" && registry.CodeOf(err) == registry.NotFound {
		c.printf("nothing waits\n")
		return nil
	}
	if err != nil {
		return err
	}
	f := &c.release
	number := func() (int64, error) {
		if len(rest) != 1 {
			return 0, usagef("assay release list shows the numbers", "release %s: name one release by its number", do)
		}
		n, err := strconv.ParseInt(rest[0], 10, 64)
		if err != nil {
			return 0, usagef("assay release list shows the numbers", "%q is no number", rest[0])
		}
		return n, nil
	}
	switch do {
	case "list":
		return c.listReleases(in, s)
	case "propose":
		return c.propose(in, s, rest)
	case "freeze":
		return s.SetFrozen(c.ctx, &schedule.Freeze{By: f.by, Reason: f.reason})
	case "thaw":
		return s.SetFrozen(c.ctx, nil)
	case "run":
		out, err := s.Run(c.ctx, in, f.by)
		if err == nil {
			c.outlooks(out)
		}
		return err
	}
	n, err := number()
	if err != nil {
		return err
	}
	switch do {
	case "approve":
		return s.Approve(c.ctx, n, f.by)
	case "confirm":
		return s.Confirm(c.ctx, n, strings.Join(f.sides, ","), f.by)
	case "postpone":
		d, err := registry.ParseDay(f.until)
		if err != nil {
			return usage{err}
		}
		return s.Postpone(c.ctx, n, d, f.by, f.reason)
	}
	return s.Cancel(c.ctx, n, f.by, f.reason)
}

func (c *call) propose(in *instance.Instance, s *schedule.Store, ids []string) error {
	if len(ids) == 0 {
		return usagef("assay export --as … lists the ids of entries", "name the entries to release")
	}
	entries, err := in.Entries(c.ctx)
	if err != nil {
		return err
	}
	f := &c.release
	book := edit.NewBook(entries)
	var asked []registry.EntryID
	for _, id := range ids {
		if book.Entry(registry.EntryID(id)) == nil {
			return registry.Errorf(registry.NotFound, "there is no entry %s", id).WithHint("assay export --as … lists the ids of entries")
		}
		asked = append(asked, registry.EntryID(id))
	}
	targets := edit.Publish(book, asked...).Targets()
	if len(targets) == 0 {
		return registry.Errorf(registry.Conflict, "all of it is public, or taken back")
	}
	restricted, err := in.RestrictedEntries(c.ctx, targets)
	if err != nil {
		return err
	}
	r := schedule.Release{Title: f.title, Targets: targets, Restricted: restricted, To: registry.Audience(f.to), Trigger: f.on, Record: registry.RecordID(f.record), Reason: f.reason, ProposedBy: f.by, Sides: map[string]string{}}
	for _, side := range f.sides {
		r.Sides[side] = ""
	}
	n, err := s.Propose(c.ctx, r)
	if err != nil {
		return err
	}
	c.printf("release %d: %s\n", n, count(len(targets), "entry", "entries"))
	if restricted {
		c.printf("a second person must approve it: assay release approve %d --by person:NAME --data %s\n", n, shellWord(c.data))
	}
	return nil
}

func (c *call) listReleases(in *instance.Instance, s *schedule.Store) error {
	all, err := s.All(c.ctx)
	if err != nil {
		return err
	}
	frozen, err := s.Frozen(c.ctx)
	if err != nil {
		return err
	}
	v, err := in.Everything(c.ctx)
	if err != nil {
		return err
	}
	var out []schedule.Outlook
	for i := range all {
		out = append(out, all[i].Look(v, registry.DayOf(in.Now().UTC()), frozen != nil))
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
