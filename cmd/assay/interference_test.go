package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/internal/twins"
	"github.com/openassay/assay/registry"
)

// silent are the verbs that print nothing of a registry as readers see it, with the reason. A verb that takes --as and is not here must be in [asked].
var silent = map[string]string{
	"demo":       "serves the embedded registry: nothing is hidden in it",
	"init":       "makes a data directory",
	"serve":      "its pages are compared address by address in package interference",
	"user":       "for the operator of the directory, who has its files",
	"import":     "writes: for the operator",
	"analyze":    "reads a file and no registry",
	"redline":    "reads two files and no registry",
	"redact":     "reads a file and no registry",
	"convert":    "reads a file and no registry",
	"text":       "reads a file and no registry",
	"review":     "what waits for editors: it is not for readers",
	"erase":      "writes: for the operator",
	"reread":     "writes: for the operator",
	"rebuild":    "writes: for the operator",
	"doctor":     "checks the whole directory: for the operator",
	"backup":     "copies the whole directory: for the operator",
	"restore":    "writes: for the operator",
	"passphrase": "writes: for the operator",
	"release":    "what is to become public: for the operator",
	"ledger":     "for the operator; its leaves are compared in package interference",
	"verify":     "reads a receipt and no registry",
	"eval":       "measures against answers that were coded, without a registry",
	"version":    "tells of the program alone",
}

// asked are the calls of the verbs that read: what is known to both, hidden in both, hidden in one, and not there; good calls and bad ones.
func asked(v *registry.View, a, b *twins.Twin, draft string) map[string][][]string {
	names := []string{"neg_shown", string(a.Hidden[0]), "pty_ZMB", "/negotiations/nobody", "min_cobalt", string(b.Hidden[0]), "neg_nobody", string(a.Hidden[len(a.Hidden)-1]), "/documents/nobody/art_1"}
	for _, k := range registry.Kinds() {
		if rs := v.OfKind(k); len(rs) > 0 {
			names = append(names, string(rs[0].ID))
		}
	}
	for _, x := range []*twins.Twin{a, b} {
		for _, hash := range x.Files {
			id := "memorandum-of-understanding-between-zambia-and-" + twins.HiddenWord + "-on-" + hash[:10]
			names = append(names, "doc_"+id, "/documents/"+id+"/art_1")
		}
	}
	out := map[string][][]string{}
	for i, n := range names {
		more := [][]string{{}, {"--format", "json"}, {"--as-of", "2025-06-30"}}
		out["show"] = append(out["show"], append([]string{n}, more[i%len(more)]...))
	}
	for _, w := range []string{"cobalt", twins.HiddenWord, "Showland", twins.HiddenWord + "1", twins.HiddenWord[:5], "zambia " + twins.HiddenWord, `"Memorandum of Understanding between Zambia"`, "cobalt -" + twins.HiddenWord} {
		out["search"] = append(out["search"], []string{w}, []string{w, "--format", "json", "--samples", "--limit", "100"})
	}
	out["export"] = [][]string{{"--what", "claims"}, {"--what", "records", "--format", "csv"}, {"--what", "sources"}, {"--as-of", "2025-06-30"}, {"--what", "records"}, {"--what", "sources", "--format", "csv"}, {"--what", "claims", "--format", "csv"}}
	out["findings"] = [][]string{{"--format", "json"}, {"--country", twins.HiddenWord + "0"}, {"--country", "ZMB"}, {}, {"--mineral", "cobalt", "--since", "2026-10"}}
	out["brief"] = [][]string{{"-o", "-"}, {"-o", "-", "--kind", "committee", "--country", "ZMB", "--lang", "fr"}}
	out["overlap"] = [][]string{{"--format", "json"}, {"--containment", "--threshold", "0.3"}}
	out["conflict"] = [][]string{{"--format", "json"}, {}}
	out["check"] = [][]string{{draft, "--party", "ZMB", "--format", "json"}, {draft, "--party", strings.ToUpper(twins.HiddenWord[:3])}}
	if os.Getenv("ASSAY_SLOW") == "" { // a call takes a fifth of a second of work: the registry is compiled for it
		for verb, calls := range out {
			out[verb] = calls[:min(len(calls), map[string]int{"show": 3, "search": 1, "export": 1, "findings": 1}[verb]+1)]
		}
	}
	return out
}

// took is what a verb tells of its own time, the one thing that two runs differ in.
var took = regexp.MustCompile(`"seconds": ?[0-9.e-]+|[0-9.]+ s\n`)

// printed is all that a verb tells of a registry: both streams and the exit code, without where the registry is.
func printed(t testing.TB, x *twins.Twin, as, verb string, args []string) string {
	var out, errs bytes.Buffer
	all := append(append([]string{verb}, args...), "--data", x.Dir, "--as", as)
	if f := flagsOf(verb); f.Lookup("now") != nil {
		all = append(all, "--now", "2026-11-23")
	}
	code := 0
	if verb == "check" { // reads the draft in a process of its own, which is this program again
		c := program(t, all...)
		c.Stdout, c.Stderr = &out, &errs
		if err := c.Run(); err != nil {
			code = 1
		}
	} else {
		code = command(t.Context(), all, &out, &errs)
	}
	s := fmt.Sprintf("exit %d\n%s\n%s", code, out.String(), errs.String())
	return took.ReplaceAllString(strings.ReplaceAll(s, x.Dir, "DIR"), "TIME")
}

func flagsOf(name string) *flag.FlagSet {
	c := &call{ctx: context.Background(), stdout: io.Discard, stderr: io.Discard, fs: flag.NewFlagSet(name, flag.ContinueOnError)}
	for _, v := range verbs {
		if v.name == name && v.flags != nil {
			v.flags(c)
		}
	}
	return c.fs
}

// Every verb that reads prints the same of two registries that hold the same entries for its readers: the public, and a committee of parliament.
// What the two differ in is for editors, a delegation, the other side's committee, and nobody. A new verb is found by its flags.
func TestNonInterferenceCommands(t *testing.T) {
	a, b := twins.In(t, t.TempDir(), "parliament:ZMB", "delegation:ZMB", registry.Registry, "parliament:COD", registry.Sealed)
	for _, x := range []*twins.Twin{a, b} { // the public has a notice of its own
		x.Enter(t, twins.Claim(t, registry.Public, "neg_open", "title", "", "Talks that everyone knows of", ""), twins.Claim(t, registry.Public, "neg_open", "text_status", "draft", "{withheld:deliberations:2027-01}", ""))
	}
	view, _, err := a.View(t.Context(), registry.Reader("parliament:ZMB"), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*twins.Twin{a, b} {
		for _, as := range []string{"public", "parliament:ZMB"} { // else each call makes them anew
			if _, err := x.Settled(t.Context(), registry.Reader(registry.Audience(as))); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	draft := filepath.Join(t.TempDir(), "draft.md")
	if err := os.WriteFile(draft, []byte("# Memorandum of Understanding between Zambia and the Republic of Xanadu on cobalt\n\n## Article 1\n\nThe Participants will supply cobalt to each other.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	calls := asked(view, a, b, draft)
	n := 0
	for _, v := range verbs {
		reads := flagsOf(v.name).Lookup("as") != nil
		_, exempt := silent[v.name]
		switch {
		case len(calls[v.name]) == 0 && !exempt:
			t.Errorf("%s is neither called here nor said to tell nothing of a registry (reads as an audience: %v)", v.name, reads)
		case exempt && len(calls[v.name]) > 0:
			t.Errorf("%s is called and said to tell nothing", v.name)
		}
		done := false
		for i, args := range calls[v.name] {
			for k, as := range []string{"public", "parliament:ZMB"} {
				if k == 1 && i%3 > 0 && os.Getenv("ASSAY_SLOW") == "" {
					continue
				}
				one, other := printed(t, a, as, v.name, args), printed(t, b, as, v.name, args)
				n++
				done = done || strings.HasPrefix(one, "exit 0\n")
				if one != other {
					t.Errorf("%s %q as %s tells of what is hidden:\n%s", v.name, args, as, apart(one, other))
				}
				if s := strings.ToLower(one); strings.Contains(s, twins.HiddenWord) && !slices.ContainsFunc(args, func(w string) bool { return strings.Contains(w, twins.HiddenWord) }) {
					t.Errorf("%s %q as %s holds what is hidden", v.name, args, as)
				}
			}
		}
		if !done && !exempt {
			t.Errorf("%s: no call of it succeeded", v.name)
		}
	}
	t.Logf("%d pairs of calls compared", n)

	// The comparison is not blind: the delegation's own reader is told of the difference.
	own := []string{twins.HiddenWord}
	if printed(t, a, "delegation:ZMB", "search", own) == printed(t, b, "delegation:ZMB", "search", own) {
		t.Error("what a reader may see makes no difference")
	}
	// What is hidden and what is not there give one answer.
	hidden := string(a.Hidden[0])
	absent := strings.ReplaceAll(printed(t, a, "public", "show", []string{"neg_nobody"}), "neg_nobody", hidden)
	if got := printed(t, a, "public", "show", []string{hidden}); got != absent {
		t.Errorf("hidden: %s\nabsent: %s", got, absent)
	}
}

// apart is the first line in which two outputs differ.
func apart(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d\n%.600s\n%.600s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d and %d lines", len(x), len(y))
}
