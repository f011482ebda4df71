package main

import (
	"strings"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

var doctorVerb = &verb{
	name: "doctor", args: "--data DIR", short: "check a data directory: log, blobs, projections, desk",
	long: `Checks that every entry of the log fits its id, that every text it refers to is there and undamaged, that what is read is row for row what a
rebuild gives (made in a temporary folder), and that what waits on the desk is known to the log. It changes nothing.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: runDoctor,
}

func runDoctor(c *call, args []string) error {
	if err := c.none(args); err != nil {
		return err
	}
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if c.data == "" {
		return usagef("name it: --data DIR", "doctor needs a data directory")
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	in, err := instance.OpenReadOnly(c.ctx, c.data, opt)
	if err != nil {
		return err
	}
	defer in.Close()
	checks, err := in.Doctor(c.ctx)
	if err != nil {
		return err
	}
	bad := 0
	for _, k := range checks {
		bad += len(k.Problems)
	}
	if c.format == "json" {
		err = c.json(checks)
	} else {
		for _, k := range checks {
			state := "ok"
			if len(k.Problems) > 0 {
				state = "WRONG"
			}
			c.printf("%-6s %s: %s\n", state, k.Name, k.Checked)
			for _, n := range k.Notes {
				c.printf("       %s\n", printable(n))
			}
			for _, p := range k.Problems {
				c.printf("       %s\n", strings.ReplaceAll(p, "\n", "\n       "))
			}
		}
	}
	if err == nil && bad > 0 {
		err = registry.Errorf(registry.Unreadable, "the doctor found %s", count(bad, "problem", "problems")).
			WithHint("projections: assay rebuild; log or blobs: restore them from a backup, or import the files again")
	}
	return err
}
