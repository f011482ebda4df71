package main

import (
	"path/filepath"
	"time"

	"github.com/openassay/assay/backup"
	"github.com/openassay/assay/registry"
)

var backupVerb = &verb{
	name: "backup", args: "--data DIR TARGET", short: "copy a data directory, also while it is served",
	long: `Copies everything that must not be lost of a data directory, as it stands at one moment, into the folder TARGET, as a new generation beside the
older ones; blobs that are there already are not copied again. It works while the registry is served. A generation is checked, and complete or not
there at all. With --verify it reads every byte of TARGET (or of one TARGET/generations/NAME) instead and says what is damaged.

Old generations may be deleted as folders; the next backup deletes the blobs that no generation names. --keep N does both.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.fs.BoolVar(&c.verify, "verify", false, "check the backups in TARGET and make none")
		c.fs.IntVar(&c.limit, "keep", 0, "`N`: keep the newest N generations and remove the others; 0 keeps all")
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: runBackup,
}

func runBackup(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("assay backup --data DIR TARGET", "backup needs one folder for the backups; %s given", count(len(args), "argument was", "arguments were"))
	}
	if c.limit < 0 {
		return usagef("--keep 7 keeps the newest seven", "--keep cannot be below 0")
	}
	if c.verify {
		return verifyBackup(c, args[0])
	}
	if c.data == "" {
		return usagef("name it: --data DIR", "backup needs a data directory")
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	m, err := backup.Make(c.ctx, c.data, args[0], backup.Options{Passphrase: opt.Passphrase, Now: opt.Now, Program: version(), Keep: c.limit})
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(m)
	}
	c.printf("backed up: %s\n  %s and %s (%d new), %d bytes, %d of them written now\n", m.Path, count(m.Files, "file", "files"), count(m.Blobs, "blob", "blobs"), m.New, m.Bytes, m.Written)
	for _, g := range m.Removed {
		c.printf("  removed the old generation %s\n", g)
	}
	for _, u := range m.Unknown {
		c.printf("  not in the backup, for it is not of assay: %s\n", printable(filepath.Join(c.data, u)))
	}
	return nil
}

func verifyBackup(c *call, source string) error {
	r, err := backup.Verify(c.ctx, source)
	if err != nil {
		return err
	}
	bad := 0
	for _, g := range r.Generations {
		if len(g.Problems) > 0 {
			bad++
		}
	}
	if c.format == "json" {
		if err := c.json(r); err != nil {
			return err
		}
	} else {
		for _, g := range r.Generations {
			state := "ok"
			if len(g.Problems) > 0 {
				state = "WRONG"
			}
			c.printf("%-6s %s: %s, %d bytes\n", state, g.Generation, count(g.Files, "file", "files"), g.Bytes)
			for _, p := range g.Problems {
				c.printf("       %s\n", printable(p))
			}
		}
		if len(r.Unfinished) > 0 {
			c.printf("       %s cut off while being made; the next backup removes it\n", count(len(r.Unfinished), "generation was", "generations were"))
		}
	}
	if bad > 0 {
		return registry.Errorf(registry.Unreadable, "%s of %d damaged", count(bad, "generation is", "generations are"), len(r.Generations)).
			WithHint("make a new backup now; a damaged file under blobs/ is copied again once it is deleted there")
	}
	return nil
}

var restoreVerb = &verb{
	name: "restore", args: "--data DIR SOURCE", short: "bring a data directory back from a backup",
	long: `Puts the newest generation of the backup SOURCE (or the one that is named, SOURCE/generations/NAME) into the place of the data directory DIR:
verified first, complete, and all at once. DIR must be missing or empty, or --replace be given: what is there is then set aside beside it, under
the name DIR.before-TIME, and nothing of it is deleted. A directory in use is refused.

What was erased since the backup was made, as newer generations of SOURCE and the directory that is replaced tell, is erased again. Then the doctor
looks at the result.`,
	flags: func(c *call) {
		c.dataFlag("the data directory to make")
		c.fs.BoolVar(&c.replace, "replace", false, "set an existing directory aside")
		c.clockFlags()
	},
	run: runRestore,
}

func runRestore(c *call, args []string) error {
	if c.data == "" {
		return usagef("name it: --data DIR", "restore needs a data directory to make")
	}
	if len(args) != 1 {
		return usagef("assay restore --data DIR SOURCE", "restore needs one backup; %s given", count(len(args), "argument was", "arguments were"))
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	r, err := backup.Restore(c.ctx, c.data, args[0], backup.RestoreOptions{Passphrase: opt.Passphrase, Now: opt.Now, Replace: c.replace})
	if r.Left != "" {
		c.printf("a restore that was cut off had left a complete directory; it is at %s\n", printable(r.Left))
	}
	if err != nil {
		return err
	}
	c.printf("restored: %s, as of %s (%s, %d bytes)\n", c.data, r.Made.Format(time.RFC3339), count(r.Files, "file", "files"), r.Bytes)
	if r.Aside != "" {
		c.printf("  what was there is at %s\n", printable(r.Aside))
	}
	if r.Erased > 0 {
		c.printf("  %s been erased since: erased again\n", count(r.Erased, "entry had", "entries had"))
	}
	if r.Unknown != "" {
		c.printf("  CAUTION: %s\n  If anything was erased after the backup was made, erase it again before you serve.\n", printable(r.Unknown))
	}
	c.format = "text"
	return runDoctor(c, nil)
}
