package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/brief"
	"github.com/openassay/assay/registry"
)

var briefVerb = &verb{
	name: "brief", args: "-o FILE.html|.pdf|.docx", short: "a brief of the findings, with numbered citations, for a country, a mineral, a time",
	long: `Writes a brief of the seven findings within a scope: numbers with their bounds, pictures, the records and provisions behind them, method and limits,
in English, French, Spanish or Portuguese. The end of the file's name chooses the format. --kind minister and --kind committee are notes of one page.
The same records give the same bytes: the date is that of the newest entry.`,
	flags: func(c *call) {
		c.readFlags()
		c.scopeFlags()
		c.fs.StringVar(&c.asOf, "as-of", "", "`DATE`: what held on it according to what was known by it")
		c.fs.StringVar(&c.out, "o", "", "the `FILE` to write; - for standard output, as HTML")
		c.fs.StringVar(&c.brief.lang, "lang", "en", "`LANGUAGE`: en, fr, es or pt")
		c.fs.StringVar(&c.brief.kind, "kind", brief.Full, "`KIND`: full, minister or committee")
		c.fs.StringVar(&c.brief.findings, "findings", "", "`KEYS` of the findings to tell, with commas: transparency,oversight,competition,value_addition,non_binding,bundling,standards")
		c.fs.StringVar(&c.baseURL, "base-url", "", "`URL` of the registry, to link records to their pages")
	},
	run: runBrief,
}

// briefFlags are what a brief is to be.
type briefFlags struct{ lang, kind, findings string }

func runBrief(c *call, args []string) error {
	if len(args) > 0 {
		return usagef("assay brief --country ZMB -o zambia.pdf", "brief takes no arguments; %q was given", args[0])
	}
	format := "html"
	if c.out != "-" {
		var err error
		if format, err = brief.FormatOf(c.out); err != nil {
			return usage{err}
		}
	}
	if l := strings.ToLower(c.brief.lang); l != "en" && l != "fr" && l != "es" && l != "pt" {
		return usagef("languages: en, fr, es, pt", "there is no brief in %q", c.brief.lang)
	}
	var keys []string
	for _, k := range strings.Split(c.brief.findings, ",") {
		if k = strings.TrimSpace(k); k != "" {
			keys = append(keys, k)
		}
	}
	set, view, err := c.findings()
	if err != nil {
		return err
	}
	b, err := brief.Make(view, set, brief.Options{Lang: c.brief.lang, Kind: c.brief.kind, Findings: keys, BaseURL: c.baseURL})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := b.Write(&out, format); err != nil {
		return err
	}
	if c.out == "-" {
		_, err := c.stdout.Write(out.Bytes())
		return err
	}
	if err := os.WriteFile(c.out, out.Bytes(), 0o644); err != nil {
		return registry.Errorf(registry.Invalid, "%s cannot be written: %w", filepath.Base(c.out), err).WithHint("name a file in a folder that exists and that you may write to")
	}
	c.printf("%s: %d statements, %d citations\n", c.out, len(b.Statements), len(b.Citations))
	return nil
}
