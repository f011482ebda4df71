package main

import (
	"runtime"
	"runtime/debug"
)

var versionVerb = &verb{
	name: "version", short: "print the version", long: "Prints the version of the program, the source it was built from and the compiler.",
	flags: func(c *call) { c.formatFlag("text", "json") },
	run: func(c *call, args []string) error {
		if err := c.none(args); err != nil {
			return err
		}
		if err := c.checkFormat("text", "json"); err != nil {
			return err
		}
		if c.format == "json" {
			return c.json(map[string]string{"version": version(), "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH})
		}
		c.printf("assay %s (%s, %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return nil
	},
}

// released is set by the linker for builds that are handed out.
var released string

// version is that of the release, else of the module, else the commit it was built from, else "development".
func version() string {
	if released != "" {
		return released
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "development"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "development"
}
