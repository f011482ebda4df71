// Command assay is an open registry of critical-minerals negotiations and agreements, and an assay of what their texts really
// bind. One file per verb; the verbs only wire packages together.
//
// Rules of this command line. Results go to standard output, everything else to standard error. Errors are "assay: …", and where
// something can be done about them, a line "hint: …" follows. Exit codes: 0 done, 1 failed, 2 wrongly called. Nothing is
// coloured, nothing asks back; a progress bar is drawn on a terminal only. Flags may stand anywhere.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/registry"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return command(ctx, os.Args[1:], os.Stdout, os.Stderr)
}

// verb is one of the things that assay does.
type verb struct {
	name  string
	args  string // how its arguments are written
	short string // what it does, on the line of assay help
	long  string // more, for assay VERB --help
	run   func(*call, []string) error
	flags func(*call)
}

// verbs in the order of assay help.
var verbs = []*verb{
	demoVerb,
	initVerb,
	serveVerb,
	userVerb,
	importVerb,
	analyzeVerb,
	checkVerb,
	redlineVerb,
	conflictVerb,
	convertVerb,
	redactVerb,
	textVerb,
	overlapVerb,
	searchVerb,
	showVerb,
	findingsVerb,
	briefVerb,
	exportVerb,
	reviewVerb,
	eraseVerb,
	rereadVerb,
	rebuildVerb,
	doctorVerb,
	backupVerb,
	restoreVerb,
	passphraseVerb,
	releaseVerb,
	ledgerVerb,
	verifyVerb,
	evalVerb,
	versionVerb,
}

// usage is an error of whoever called: exit code 2.
type usage struct{ err error }

func (u usage) Error() string { return u.err.Error() }
func (u usage) Unwrap() error { return u.err }

func usagef(hint, format string, args ...any) error {
	return usage{registry.Errorf(registry.Invalid, format, args...).WithHint("%s", hint)}
}

func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	err := dispatch(ctx, args, stdout, stderr)
	var u usage
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, syscall.EPIPE): // whoever read our output has seen enough
		return 0
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(stderr, "assay: stopped; what was done until now is kept")
		return 1
	}
	fmt.Fprintf(stderr, "assay: %v\n", err)
	if hint := registry.HintOf(err); hint != "" {
		fmt.Fprintf(stderr, "hint: %s\n", hint)
	}
	if errors.As(err, &u) {
		return 2
	}
	return 1
}

func dispatch(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		help(stderr)
		return usagef("assay demo shows a registry in your browser", "say what to do")
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		if len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
			name, rest = rest[0], []string{"--help"}
			break
		}
		help(stdout)
		return nil
	case "--version", "-version":
		name = "version"
	case extract.Verb: // hidden: how this program reads files in a process that can be ended
		return extract.Serve(os.Stdin, stdout)
	}
	i := slices.IndexFunc(verbs, func(v *verb) bool { return v.name == name })
	if i < 0 {
		return usagef("assay help lists the verbs", "there is no verb %q", name)
	}
	c := &call{ctx: ctx, stdout: stdout, stderr: stderr, verb: verbs[i]}
	return c.run(rest)
}

func help(w io.Writer) {
	fmt.Fprint(w, "Assay: an open registry of critical-minerals negotiations and agreements,\nand an assay of what their texts really bind.\n\nUsage: assay VERB [ARGUMENTS] [FLAGS]\n\n")
	for _, v := range verbs {
		fmt.Fprintf(w, "  %-10s %s\n", v.name, v.short)
	}
	fmt.Fprint(w, `
Flags of most verbs:
  --data DIR         the data directory; without it, verbs that read read the
                     registry that comes with the program
  --as AUDIENCE      read as this audience (default public)
  --format FORMAT    text, or json for machines
  --now DATE, --seed N   the clock and the randomness to use, to repeat a run

assay VERB --help says more. Exit codes: 0 done, 1 failed, 2 wrongly called.
`)
}
