// Command scores runs every measurement against what people coded and compares the figures with eval/scores.golden, or writes them there.
// Where the shared data is missing it says so and measures nothing.
//
//	go run ./internal/scores --data ../shared/data [--write]
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/openassay/assay/eval/published"
	"github.com/openassay/assay/redline"
)

// figuresFile is what the pages tell.
const figuresFile = "eval/published/figures.json"

// measure is one run of assay eval and the figures to keep of what it prints; a dot goes into an object.
type measure struct {
	name   string
	args   []string
	fields []string
}

func measures(data string) []measure {
	coded := []string{"dta", "--gold", filepath.Join(data, "gold", "dta_enforceability.csv"), "--texts", filepath.Join(data, "texts", "tota")}
	four := []string{"macro_f1", "mean_kappa", "le_accuracy", "le_kappa"}
	under := func(part string) (out []string) {
		for _, f := range four {
			out = append(out, part+"."+f)
		}
		return out
	}
	all := append(append([]string{"treaties", "families"}, four...), under("locked")...)
	all = append(append(append(all, under("languages.en")...), under("languages.es")...), under("rival")...)
	all = append(all, under("rival_locked")...)
	return []measure{
		{"dta", append(coded, "--rival"), all},
		{"dta by rules only", append(coded, "--rules-only"), append(append([]string{}, four...), under("locked")...)},
		{"bindingness", []string{"bindingness", "--gold", filepath.Join(data, "gold", "contract_bindingness.csv")},
			[]string{"n", "kappa", "accuracy", "macro_f1", "rival.kappa", "rival.accuracy", "rival.macro_f1"}},
		{"bindingness by rules only", []string{"bindingness", "--rules-only", "--gold", filepath.Join(data, "gold", "contract_bindingness.csv")},
			[]string{"kappa", "accuracy", "macro_f1"}},
		{"segments", []string{"segments", "--texts", filepath.Join(data, "texts", "tota")}, []string{"treaties", "articles", "precision", "recall", "f1"}},
		{"aligned", []string{"aligned", "--texts", filepath.Join(data, "texts", "open-treaties")},
			[]string{"treaties", "articles", "modality.accuracy", "modality.kappa", "binds.accuracy", "binds.kappa", "topics.f1", "minerals.f1", "parties.f1", "areas.f1",
				"alignment.shown.share", "alignment.hidden.share", "alignment.taken.share"}},
		{"redline", []string{"redline", "--texts", filepath.Join(data, "texts")}, ofRedline()},
		{"conflicts", []string{"conflicts", "--texts", filepath.Join(data, "texts", "tota")},
			[]string{"n", "conflicts", "precision", "recall", "halves.held_out.precision", "halves.held_out.recall", "halves.unseen.precision", "halves.unseen.recall",
				"halves.free_development.precision", "halves.free_development.recall", "halves.free_held_out.precision", "halves.free_held_out.recall"}},
		{"drafts", []string{"drafts"}, ofDrafts()},
		{"reading", []string{"reading", "--texts", filepath.Join(data, "texts")}, nil},
	}
}

// ofDrafts are the answers of the draft check, on the half that was learnt from and on the other.
func ofDrafts() []string {
	out := []string{"drafts"}
	for _, half := range []string{"first", "second"} {
		for _, answer := range []string{"provided", "firm", "weak", "absent", "adverse"} {
			out = append(out, "halves."+half+"."+answer+".precision", "halves."+half+"."+answer+".recall")
		}
		out = append(out, "halves."+half+".share.undecided", "halves."+half+".share.place")
	}
	return out
}

// ofRedline are the figures of every kind of change.
func ofRedline() []string {
	out := []string{"texts", "edits", "clean"}
	for _, k := range redline.Kinds {
		out = append(out, "precision."+string(k), "recall."+string(k))
	}
	return out
}

func main() {
	data := flag.String("data", "../shared/data", "`FOLDER` of the shared data")
	golden := flag.String("golden", "eval/scores.golden", "`FILE` of the figures")
	write := flag.Bool("write", false, "write the figures instead of comparing them")
	flag.Parse()
	if err := run(*data, *golden, *write); err != nil {
		fmt.Fprintln(os.Stderr, "scores:", err)
		os.Exit(1)
	}
}

func run(data, golden string, write bool) error {
	if _, err := os.Stat(filepath.Join(data, "gold")); err != nil {
		fmt.Printf("SKIPPED: nothing was measured, since %s does not hold the shared data\n", data)
		return nil
	}
	tmp, err := os.MkdirTemp("", "scores")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	assay := filepath.Join(tmp, "assay")
	if out, err := exec.Command("go", "build", "-o", assay, "./cmd/assay").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	var b strings.Builder
	b.WriteString("# What ./check eval measures; ./check eval --write writes it anew.\n")
	reports := map[string][]byte{}
	for _, m := range measures(data) {
		cmd := exec.Command(assay, append(append([]string{"eval"}, m.args...), "--format", "json")...)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		reports[m.name] = out
		lines, err := figures(m, out)
		if err != nil {
			return err
		}
		fmt.Print(lines)
		b.WriteString(lines)
	}
	pages, err := published.Reduce(reports)
	if err != nil {
		return err
	}
	if write {
		return errors.Join(os.WriteFile(golden, []byte(b.String()), 0o644), os.WriteFile(figuresFile, pages, 0o644))
	}
	if err := compare(golden, b.String()); err != nil {
		return err
	}
	if old, err := os.ReadFile(figuresFile); err != nil || !bytes.Equal(old, pages) {
		return fmt.Errorf("%s is not what was measured: ./check eval --write", figuresFile)
	}
	return nil
}

// figures picks the fields of a report: a line each, three decimals.
func figures(m measure, report []byte) (string, error) {
	var all map[string]any
	d := json.NewDecoder(bytes.NewReader(report))
	if err := d.Decode(&all); err != nil {
		return "", fmt.Errorf("%s: %w", m.name, err)
	}
	var b strings.Builder
	for _, f := range m.fields {
		var at any = all
		for _, k := range strings.Split(f, ".") {
			in, _ := at.(map[string]any)
			at = in[k]
		}
		x, ok := at.(float64)
		if !ok {
			return "", fmt.Errorf("%s: no figure %s", m.name, f)
		}
		if x == float64(int(x)) && x > 1 {
			fmt.Fprintf(&b, "%s: %s %d\n", m.name, f, int(x))
		} else {
			fmt.Fprintf(&b, "%s: %s %.3f\n", m.name, f, x)
		}
	}
	return b.String(), nil
}

// drift is how far a figure may move before the comparison fails: rules of reading change more often than what they are worth.
const drift = 0.01

// compare fails with the figures that moved by more than drift, that are new or that are gone; it prints those that moved by less.
func compare(golden, got string) error {
	want, err := os.ReadFile(golden)
	if err != nil {
		return fmt.Errorf("%w: write it with --write", err)
	}
	old, order := parse(string(want))
	now, _ := parse(got)
	var b strings.Builder
	for _, name := range order {
		x, ok := now[name]
		switch was := old[name]; {
		case !ok:
			fmt.Fprintf(&b, "\n  %s: was %g, is gone", name, was)
		case math.Abs(x-was) > drift+1e-9:
			fmt.Fprintf(&b, "\n  %s: was %g, now %g", name, was, x)
		case x != was:
			fmt.Printf("moved a little: %s was %g, now %g\n", name, was, x)
		}
		delete(now, name)
	}
	for name, x := range now {
		fmt.Fprintf(&b, "\n  %s: new, %g", name, x)
	}
	if b.Len() == 0 {
		return nil
	}
	return fmt.Errorf("figures differ from %s; where the change is wanted, ./check eval --write, and docs/accuracy.md with it:%s", golden, b.String())
}

// parse reads the lines "measure: field figure", in their order.
func parse(s string) (figures map[string]float64, order []string) {
	figures = map[string]float64{}
	for _, l := range strings.Split(s, "\n") {
		at := strings.LastIndexByte(l, ' ')
		if at < 0 || l[0] == '#' {
			continue
		}
		if x, err := strconv.ParseFloat(l[at+1:], 64); err == nil {
			figures[l[:at]] = x
			order = append(order, l[:at])
		}
	}
	return figures, order
}
