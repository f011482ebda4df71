// Command units serves those who label texts by hand: it shows the units of a text of the gold set on the screen, turns a reader's short
// hand into rows by offset, and lays two readers side by side for the adjudicator. It never asks the machine for a label.
//
//	go run ./eval/units list
//	go run ./eval/units dump --texts DIR ID
//	go run ./eval/units code --texts DIR --reader b ID LABELS
//	go run ./eval/units show --texts DIR ID
//	go run ./eval/units answers --texts DIR ID
//	go run ./eval/units merge ID
//	go run ./eval/units text --texts DIR FILE
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval/reading"
	"github.com/openassay/assay/text"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "units:", err)
		os.Exit(1)
	}
}

type tool struct {
	texts, gold, samples, reader string
	out                          io.Writer
	set                          *reading.Set
	rules                        *assay.Rules
}

func run(args []string, out io.Writer) error {
	if len(args) == 0 {
		return errors.New("say list, dump, code, show, answers, merge or text; eval/gold/reading/README.md tells how to label")
	}
	t := &tool{out: out}
	f := flag.NewFlagSet("units", flag.ContinueOnError)
	f.StringVar(&t.texts, "texts", "", "`DIR` that holds us-gov and multilateral")
	f.StringVar(&t.gold, "gold", "eval/gold/reading", "`DIR` of the gold set")
	f.StringVar(&t.samples, "samples", "eval/samples", "`DIR` of the samples")
	f.StringVar(&t.reader, "reader", "", "a or b")
	if err := f.Parse(args[1:]); err != nil {
		return err
	}
	var err error
	if t.rules, err = assay.LoadRules(); err != nil {
		return err
	}
	if args[0] == "text" {
		return t.text(f.Arg(0))
	}
	if t.set, err = reading.Load(os.DirFS("."), filepath.ToSlash(t.gold)); err != nil {
		return err
	}
	if args[0] == "list" {
		t.list()
		return nil
	}
	x, ok := t.set.TextByID(f.Arg(0))
	if !ok {
		return fmt.Errorf("texts.csv has no text %q; units list shows them", f.Arg(0))
	}
	switch args[0] {
	case "dump":
		return t.dump(x)
	case "code":
		return t.code(x, f.Arg(1))
	case "show":
		return t.show(x)
	case "answers":
		return t.answers(x)
	case "merge":
		return t.merge(x)
	}
	return fmt.Errorf("there is no %q", args[0])
}

// list shows what there is to do. How many units a reader has cut would tell the other where to split and join, so it says only that a
// text is labelled, and with --reader only whether that reader has labelled it.
func (t *tool) list() {
	for _, x := range t.set.Texts {
		state := ""
		for _, who := range []string{"a", "b"} {
			if t.reader == "" || t.reader == who {
				state += fmt.Sprintf("%s:%-4s ", who, done(t.set.Readers[x.ID][who]))
			}
		}
		fmt.Fprintf(t.out, "%-22s %s %-7s %sadjudicated:%-4s %s\n", x.ID, x.Language, x.Form, state, done(t.set.Gold[x.ID]), x.File)
	}
}

func done(rows []reading.Row) string {
	if rows == nil {
		return "no"
	}
	return "yes"
}

// open reads a text and insists that it is the one the offsets count in.
func (t *tool) open(x reading.Text) (*text.Reading, error) {
	var texts fs.FS
	if t.texts != "" {
		texts = os.DirFS(t.texts)
	}
	r, err := x.Open(texts, os.DirFS(t.samples))
	if err != nil {
		return nil, err
	}
	if h := reading.TextHash(r.Text); x.SHA256 != "" && h != x.SHA256 {
		return nil, fmt.Errorf("%s: the canonical text is %s, texts.csv says %s; label with the extractor of that text", x.ID, h, x.SHA256)
	}
	return r, nil
}

func (t *tool) dump(x reading.Text) error {
	r, err := t.open(x)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "# %s · %s · form: %s · %s\n", x.ID, x.Language, x.Form, x.File)
	eid := ""
	for i, u := range reading.Units(r, t.rules) {
		if u.EID != eid {
			fmt.Fprintf(t.out, "[%s]\n", u.EID)
			eid = u.EID
		}
		mark := ""
		if u.Heading {
			mark = "= "
		}
		fmt.Fprintf(t.out, "%d %s%s\n", i+1, mark, strings.Join(strings.Fields(r.Text[u.Start:u.End]), " "))
	}
	return nil
}

func (t *tool) code(x reading.Text, labels string) error {
	if t.reader != "a" && t.reader != "b" {
		return errors.New("--reader a or --reader b")
	}
	r, err := t.open(x)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(labels)
	if err != nil {
		return err
	}
	rows, err := reading.FromShort(r.Text, reading.Units(r, t.rules), string(b))
	if err != nil {
		return fmt.Errorf("%s: %w", labels, err)
	}
	var out bytes.Buffer
	if err := reading.WriteRows(&out, rows); err != nil {
		return err
	}
	if _, err := reading.ReadRows(out.Bytes()); err != nil {
		return err
	}
	to := filepath.Join(t.gold, t.reader, x.ID+".csv")
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s: %d rows\n", to, len(rows))
	return os.WriteFile(to, out.Bytes(), 0o644)
}

// show prints the rows of both readers beside the words, where they differ.
func (t *tool) show(x reading.Text) error {
	r, err := t.open(x)
	if err != nil {
		return err
	}
	for _, d := range reading.Differences(t.set.Readers[x.ID]["a"], t.set.Readers[x.ID]["b"]) {
		fmt.Fprintf(t.out, "%d-%d\n  a: %s\n  b: %s\n  %s\n", d.A.Start, d.A.End, d.A.Answer, d.B.Answer, strings.Join(strings.Fields(r.Text[d.A.Start:d.A.End]), " "))
	}
	return nil
}

// answers prints the adjudicated answer of every unit beside its words, to see whether like units were decided alike.
func (t *tool) answers(x reading.Text) error {
	r, err := t.open(x)
	if err != nil {
		return err
	}
	for _, g := range t.set.Gold[x.ID] {
		fmt.Fprintf(t.out, "%d-%d\t%s\t%s\n", g.Start, g.End, g.Answer, strings.Join(strings.Fields(r.Text[g.Start:g.End]), " "))
	}
	return nil
}

func (t *tool) merge(x reading.Text) error {
	a, b := t.set.Readers[x.ID]["a"], t.set.Readers[x.ID]["b"]
	if a == nil || b == nil {
		return fmt.Errorf("%s: both readers must have labelled it", x.ID)
	}
	to := filepath.Join(t.gold, x.ID+".csv")
	if _, err := os.Stat(to); err == nil {
		return fmt.Errorf("%s exists; it may hold an adjudicator's work", to)
	}
	var out bytes.Buffer
	if err := reading.WriteGold(&out, a, b); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}

// text prints what texts.csv needs of a file: the hash of its canonical text, and how many units it has.
func (t *tool) text(file string) error {
	b, err := os.ReadFile(filepath.Join(t.texts, file))
	if err != nil {
		return err
	}
	r, err := text.Read(filepath.Base(file), b)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s,%s,%d units,%s\n", reading.TextHash(r.Text), r.Language, len(reading.Units(r, t.rules)), file)
	return nil
}
