package main

import (
	"errors"
	"io/fs"
	"os"

	"github.com/openassay/assay/registry"
)

var rebuildVerb = &verb{
	name: "rebuild", args: "--data DIR", short: "make everything that is read again from the log",
	long: `Deletes the projections of a data directory (compiled records, full-text index) and makes them again from the log.
Nothing that was entered is touched.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.clockFlags()
	},
	run: func(c *call, args []string) error {
		if err := c.none(args); err != nil {
			return err
		}
		// Opening for writing makes a directory that is not there; to rebuild one that was mistyped would say that all is well.
		if names, err := os.ReadDir(c.data); c.data != "" && (errors.Is(err, fs.ErrNotExist) || err == nil && len(names) == 0) {
			return registry.Errorf(registry.NotFound, "there is no data directory at %s", c.data).WithHint("check the path; assay import makes a new one")
		}
		in, err := c.openForWriting()
		if err != nil {
			return err
		}
		defer in.Close()
		names, err := in.Rebuild(c.ctx)
		if err != nil {
			return err
		}
		for _, n := range names {
			c.printf("rebuilt: %s\n", n)
		}
		return nil
	},
}
