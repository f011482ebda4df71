package main

import (
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

var analyzeVerb = &verb{
	name: "analyze", args: "FILE", short: "say what a text binds; nothing is kept",
	long: `Reads one document (PDF, DOCX, HTML, text, …), splits it into provisions and says of each what it binds.
Nothing is kept and nothing leaves this machine. Offsets are bytes of the canonical text, which --text writes.`,
	flags: func(c *call) {
		c.formatFlag("text", "json")
		c.fs.StringVar(&c.textOut, "text", "", "`FILE` to write the canonical text to")
	},
	run: runAnalyze,
}

func runAnalyze(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("assay analyze FILE", "analyze takes one file; %d were given", len(args))
	}
	rd, err := c.readFile(args[0])
	if err != nil {
		return err
	}
	in, err := instance.Embedded(c.ctx, instance.Options{})
	if err != nil {
		return err
	}
	defer in.Close()
	view, _, err := in.View(c.ctx, nil, "")
	if err != nil {
		return err
	}
	an := assay.Analyze(rd, in.Rules(), ingest.LexiconOf(view))
	if c.textOut != "" {
		if err := c.write(c.textOut, func(w io.Writer) error { _, err := io.WriteString(w, rd.Text); return err }); err != nil {
			return err
		}
	}
	if c.format == "json" {
		return c.json(an)
	}
	c.analysis(rd, an)
	return nil
}

// readOne reads a file that may be anything.
func readOne(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, registry.Errorf(registry.NotFound, "%s: no such file", path).WithHint("check the path")
	case info.IsDir():
		return nil, registry.Errorf(registry.Invalid, "%s is a folder; analyze reads one file", path).WithHint("name a file in it, or use assay import for a whole folder")
	case !info.Mode().IsRegular():
		return nil, registry.Errorf(registry.Unsupported, "%s is not a regular file", path).WithHint("save it as a file first")
	case info.Size() > text.MaxBytes:
		return nil, registry.Errorf(registry.Unsupported, "%s has %d MB; at most %d MB are read", path, info.Size()>>20, text.MaxBytes>>20).
			WithHint("split it, or leave out annexes that are tables")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, &registry.Error{Code: registry.Unreadable, Message: path + " cannot be read", Err: err, Hint: "check that it is still there and may be read"}
	}
	return b, nil
}

// analysis prints a reading for people: what the text is, and each provision that binds or nearly does.
func (c *call) analysis(rd *text.Reading, an *assay.Analysis) {
	n := an.Instrument.LegalNature
	c.printf("%s\n", printable(an.Title))
	c.printf("language %s · kind %s · parties %s · minerals %s\n", an.Language, an.Instrument.Kind, list(an.Parties), list(an.Minerals))
	if an.Unsupported != "" {
		c.printf("The strength of wording is not read in this language.\n")
		return
	}
	c.printf("legal nature: stated %s, read %s, inferred %s\n", words(n.Stated), words(n.Read), words(n.Inferred))
	if len(n.Except) > 0 {
		c.printf("  binds all the same: %s\n", list(n.Except))
	}
	if n.ExceptUnclear {
		c.printf("  it leaves out something that was not found in the text\n")
	}
	for _, e := range n.Evidence {
		c.printf("  %-9s %s: “%s”\n", e.Level, e.EID, printable(e.Text))
	}
	for _, x := range n.Conflicts {
		c.printf("  conflict  %s%s\n", words(x.Code), numbers(x.Params))
	}
	c.printf("strength of wording, 0 to 3: obligation %d, precision %d, delegation %d\n", an.Instrument.Obligation, an.Instrument.Precision, an.Instrument.Delegation)
	l := an.Instrument.Ladders
	c.printf("environment and people, 0 to 5: %d, %s %s\n", l.EnvironmentalSocial.Level, words(l.EnvironmentalSocial.Why), list(l.EnvironmentalSocial.Basis))
	c.printf("value added at home, 0 to 5: %d, %s %s\n", l.ValueAddition.Level, words(l.ValueAddition.Why), list(l.ValueAddition.Basis))
	c.printf("candidate commitments: %d\n", len(an.Commitments))
	c.balance(an.Balance)
	c.printf("\n")
	for i, p := range an.Provisions {
		q := rd.Provisions[i]
		indent := strings.Repeat("  ", min(q.Depth, 6))
		c.printf("%s%s %s\n", indent, p.EID, printable(clip(strings.TrimSpace(q.Num+" "+q.Heading), 80)))
		switch {
		case p.Unreadable != "":
			c.printf("%s  not read: %s\n", indent, words(p.Unreadable))
		case p.Modality == "":
			c.printf("%s  the strength of wording is not read in this language\n", indent)
		}
		for k := range p.Norms {
			c.norm(rd, &p.Norms[k], indent+"  ")
		}
	}
}

// norm prints one norm on a line: how firmly, who, what else was read, and the first of its words.
func (c *call) norm(rd *text.Reading, n *assay.Norm, indent string) {
	if n.Modality == "" {
		return
	}
	m := string(n.Modality)
	if len(n.Either) == 2 {
		m += " (" + string(n.Either[0]) + " or " + string(n.Either[1]) + ")"
	}
	var more []string
	add := func(name string, values ...string) {
		if len(values) > 0 && values[0] != "" {
			more = append(more, name+" "+words(strings.Join(values, ", ")))
		}
	}
	add("by", n.Bearer...)
	add("for", n.Beneficiary...)
	add("qualified", n.Qualifiers...)
	if d := n.Deadline; d != nil {
		when := d.Date + d.Period
		if d.From != "" {
			tie := " from "
			if d.Before {
				tie = " before "
			}
			when += tie + d.From
		}
		add("due", when)
	}
	if q := n.Quantity; q != nil {
		add("figure", figure(q))
	}
	add("standard", n.Standards...)
	if n.Precise {
		more = append(more, "precise")
	}
	head := m
	if len(more) > 0 {
		head += " · " + strings.Join(more, " · ")
	}
	c.printf("%s%s\n%s  “%s”\n", indent, head, indent, printable(clip(strings.Join(strings.Fields(rd.Text[n.Start:n.End]), " "), 110)))
}

// figure is a quantity as people write it: "at least 5 t".
func figure(q *assay.Quantity) string {
	bound := map[string]string{"min": "at least ", "max": "at most ", "above": "more than ", "below": "less than "}[q.Bound]
	return strings.TrimSpace(bound + strconv.FormatFloat(q.Value, 'f', -1, 64) + " " + q.Unit)
}

func list(s []string) string {
	if len(s) == 0 {
		return "none"
	}
	return strings.Join(s, ", ")
}

// numbers writes the numbers of a finding in order of their names: ": norms 9, provisions 4".
func numbers(params map[string]int) string {
	names := make([]string, 0, len(params))
	for k := range params {
		names = append(names, k)
	}
	sort.Strings(names)
	for i, k := range names {
		names[i] = words(k) + " " + strconv.Itoa(params[k])
	}
	if len(names) == 0 {
		return ""
	}
	return ": " + strings.Join(names, ", ")
}

// words is a code as it reads.
func words(code string) string { return strings.ReplaceAll(code, "_", " ") }

// clip cuts a text to n runes.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return fmt.Sprintf("%s…", strings.TrimSpace(string(r[:n-1])))
}
