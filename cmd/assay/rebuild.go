package main

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
		in, err := c.openThere()
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
