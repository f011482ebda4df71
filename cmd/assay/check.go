package main

import (
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/draftcheck"
	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/registry"
)

// checking are the flags of assay check.
type checking struct {
	party, earlier, positions string
	strip                     bool
}

var checkVerb = &verb{
	name: "check", args: "DRAFT", short: "hold a draft against good practice and other texts, offline",
	long: `Says of a draft what is missing against good practice, which words are weak and what firmer ones there are, what each side gives and gets,
what is not finished, and what the other side accepted elsewhere. Nothing is kept and nothing leaves this machine. Without --data the draft is held
against the registry that comes with the program; with it, against all that its editors see (--as says otherwise).

--positions FILE shows your own aim, fallback and red line beside each clause. Before a text goes out, --strip writes the draft alone (--format docx,
text or html): without comments, positions, tracked changes and what the file knew of its authors; it refuses where words of a position stand in it.`,
	flags: func(c *call) {
		c.dataFlag("the data directory; without it, the registry that comes with the program")
		c.fs.StringVar(&c.as, "as", "registry", "`AUDIENCE` whose registry it is held against; several with commas")
		c.clockFlags()
		c.formatFlag("text", "json", "html", "docx", "md", "pdf")
		c.fs.StringVar(&c.out, "o", "", "`FILE` to write; without it, standard output")
		c.fs.StringVar(&c.checking.party, "party", "", "`CODE` or name of the side it is checked for (ISO 3166-1 alpha-3, or a bloc): ZMB")
		c.fs.StringVar(&c.checking.earlier, "earlier", "", "`FILE`: an earlier draft to compare with")
		c.fs.StringVar(&c.checking.positions, "positions", "", "`FILE` in YAML with your own positions; docs/draft-check.md has the form")
		c.fs.BoolVar(&c.checking.strip, "strip", false, "write the draft alone, for the other side")
	},
	run: runCheck,
}

func runCheck(c *call, args []string) error {
	if err := c.checkFormat("text", "json", "html", "docx", "md", "pdf"); err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("assay check draft.docx --party ZMB", "check takes one draft; %d were given", len(args))
	}
	go conflict.Load() // beside the draft and the registry being read; asked for again where it is used
	lib, err := practice.Load()
	if err != nil {
		return err
	}
	input := draftcheck.Input{Library: lib, Party: strings.TrimSpace(c.checking.party)}
	input.Draft.Name = filepath.Base(args[0])
	if input.Draft.Reading, err = c.readFile(args[0]); err != nil {
		return err
	}
	if f := c.checking.positions; f != "" {
		b, err := readOne(f)
		if err != nil {
			return err
		}
		if input.Positions, err = draftcheck.ReadPositions(b, lib); err != nil {
			return &registry.Error{Code: registry.Invalid, Message: f + ": " + err.Error(), Hint: "docs/draft-check.md has the form of the file"}
		}
	}
	if c.checking.strip {
		return c.stripped(input)
	}
	if f := c.checking.earlier; f != "" {
		input.Earlier = &draftcheck.Draft{Name: filepath.Base(f)}
		if input.Earlier.Reading, err = c.readFile(f); err != nil {
			return err
		}
	}
	today, err := c.known(&input)
	if err != nil {
		return err
	}
	report := draftcheck.Check(input)
	if c.format == "json" {
		return c.jsonTo(report)
	}
	layout := draftcheck.Layout{Name: input.Draft.Name, Annotated: c.format != "text" && c.format != "md", Date: today}
	return c.paper(report.Paper(input.Draft, layout), c.format)
}

// known reads what the registry knows, and with its names the drafts. The registry is closed again, so that its records do not stand in memory
// beside what the check makes.
func (c *call) known(input *draftcheck.Input) (today string, err error) {
	in, err := c.open()
	if err != nil {
		return "", err
	}
	defer in.Close()
	readers, err := c.readers()
	if err != nil {
		return "", err
	}
	p, err := in.Projection(c.ctx, readers)
	if err != nil {
		return "", err
	}
	if err := p.ForgetIndex(); err != nil { // nothing is searched for
		return "", err
	}
	debug.SetGCPercent(50) // the registry is in memory, and what follows adds texts to it
	view := p.View("")
	whose, err := findings.ParseScope(view, input.Party, "", "", "", "")
	if err != nil {
		return "", usagef("three letters as ZMB or USA, a bloc's code as EU, or the name", "--party: the registry knows no party %q", input.Party)
	}
	input.Party = strings.TrimPrefix(string(whose.Party), "pty_")
	if input.Registry, err = p.DraftRegistry(c.ctx); err != nil {
		return "", err
	}
	what := "the registry that comes with the program"
	if c.data != "" {
		what = "the data directory " + filepath.Base(filepath.Clean(c.data)) + ", as seen by " + c.as
	}
	input.Registry.What = what
	input.Rules = in.Rules()
	lex := ingest.LexiconOf(view)
	input.Draft.Analysis = assay.Analyze(input.Draft.Reading, in.Rules(), lex)
	if input.Earlier != nil {
		input.Earlier.Analysis = assay.Analyze(input.Earlier.Reading, in.Rules(), lex)
	}
	if input.Colliding, err = conflict.Load(); err != nil {
		return "", err
	}
	input.Owed, input.More, err = p.Owed(c.ctx, input.Colliding, input.Sides())
	return in.Now().UTC().Format("2006-01-02"), err
}

// stripped writes the draft alone.
func (c *call) stripped(input draftcheck.Input) error {
	if c.format == "json" {
		return usagef("--format docx, text, html, md or pdf", "--strip writes a text, not a report")
	}
	if leaks := draftcheck.Leaks(input.Draft.Reading.Text, input.Positions); len(leaks) > 0 {
		return registry.Errorf(registry.Conflict, "words of your positions stand in the draft itself: %s", strings.Join(leaks, "; ")).WithHint("take them out of the draft, then run it again; nothing was written")
	}
	return c.paper(draftcheck.Clean(input.Draft), c.format)
}
