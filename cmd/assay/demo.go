package main

import (
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/web"
)

var demoVerb = &verb{
	name: "demo", short: "show the registry that comes with the program on web pages",
	long: `Serves the pages of the registry that comes with the program. Nothing is written to the disk.`,
	flags: func(c *call) {
		c.addrFlag()
		c.clockFlags()
	},
	run: func(c *call, args []string) error {
		if err := c.none(args); err != nil {
			return err
		}
		opt, err := c.options()
		if err != nil {
			return err
		}
		c.logAs = "none"
		s, err := c.listen()
		if err != nil {
			return err
		}
		defer s.Close()
		in, err := instance.Embedded(c.ctx, opt)
		if err != nil {
			return err
		}
		defer in.Close()
		return c.serve(s, in, nil, web.Options{Now: in.Now, Version: version(), Demo: true})
	},
}
