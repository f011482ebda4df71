// Command train fits the weights of package identity and prints how they do on pairs that they were not fitted on. Run it in the
// repository's root: go run ./identity/train. It reads the seed, pairs.csv and texts.csv here, and the shared data where they are
// (ASSAY_SHARED, or ../shared beside the checkout); -check writes nothing.
package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/identity"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

func main() {
	check := flag.Bool("check", false, "write nothing; print the figures")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(check bool) error {
	entries, err := seed.Entries()
	if err != nil {
		return err
	}
	merged := map[registry.RecordID]registry.RecordID{}
	apart := entries[:0:0]
	for _, e := range entries {
		if e.Claim != nil && e.Claim.Field == "redirect" {
			merged[e.Claim.Record] = registry.RecordID(e.Claim.Value.Raw)
		} else {
			apart = append(apart, e)
		}
	}
	began := time.Now()
	split := identity.New(registry.Compile(apart, registry.Reader(), ""))
	examples := split.SeedPairs(merged)
	v := registry.Compile(entries, registry.Reader(), "")
	x := identity.New(v)
	fmt.Printf("index: %v\n", time.Since(began).Round(time.Millisecond))
	headlines, missed := x.Headlines(v)
	examples = append(append(examples, headlines...), x.Halves(v)...)
	fmt.Printf("headlines whose record blocking does not bring up: %d\n", missed)
	ours, err := described(x, v, "identity/train/pairs.csv")
	if err != nil {
		return err
	}
	examples = append(examples, ours...)
	more, err := texts(x)
	if err != nil {
		return err
	}
	examples = append(examples, more...)
	out := x.CrossValidate(examples)
	figures := identity.Table(identity.Measure(examples, out))
	fmt.Print(figures)
	if os.Getenv("VERBOSE") != "" {
		for i, e := range examples {
			if p := out[i]; e.Same && p < 0.3 || !e.Same && p > 0.4 {
				fmt.Printf("%.2f %v %s\n   %v %v %v\n   %s %v %v %v\n", p, e.Same, e.Set, e.A.Names, dates(e.A), e.A.Parties, e.B.ID, e.B.Names, dates(e.B), e.B.Parties)
			}
		}
	}
	m := x.Fit(examples)
	fmt.Print(m.YAML())
	if check {
		return nil
	}
	if err := os.WriteFile("identity/weights.yaml", []byte(m.YAML()), 0o644); err != nil {
		return err
	}
	return report("docs/accuracy.md", figures)
}

// report puts the figures between the marks of their section.
func report(path, figures string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	const from, to = "<!-- figures of identity -->\n", "<!-- end -->"
	before, rest, ok := strings.Cut(string(b), from)
	_, after, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		return fmt.Errorf("%s has no place for the figures of identity", path)
	}
	return os.WriteFile(path, []byte(before+from+"\n"+figures+"\n"+to+after), 0o644)
}

func dates(s identity.Subject) (out []string) {
	for _, d := range s.Dates {
		out = append(out, d.Event+" "+d.Date.EDTF)
	}
	return out
}

// described reads pairs of our own making: a thing as another source or registry would tell it, and the record that it is (or is not).
func described(x *identity.Index, v *registry.View, path string) ([]identity.Example, error) {
	rows, err := table(path)
	if err != nil {
		return nil, err
	}
	var out []identity.Example
	for _, r := range rows {
		id := registry.RecordID(r["record"])
		if v.Record(id) == nil {
			return nil, fmt.Errorf("%s: there is no record %s", path, id)
		}
		a := identity.Subject{Kind: id.Kind(), Type: r["type"]}
		split := func(s string) []string {
			if s == "" {
				return nil
			}
			return strings.Split(s, "; ")
		}
		a.Names, a.Parties, a.Minerals, a.Amounts = split(r["names"]), split(r["parties"]), split(r["minerals"]), split(r["amount"])
		for _, e := range split(r["events"]) {
			code, date, _ := strings.Cut(e, ":")
			d, err := registry.ParseDate(date)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", path, r["record"], err)
			}
			a.Dates = append(a.Dates, identity.Dated{Event: code, Date: d})
		}
		out = append(out, x.Described("pairs of our own", a, id, r["same"] == "yes")...)
	}
	return out, nil
}

// texts are the us-gov texts of the shared data against the records, without their addresses, which would give the answer away.
func texts(x *identity.Index) ([]identity.Example, error) {
	rows, err := table("identity/train/texts.csv")
	if err != nil {
		return nil, err
	}
	base := os.Getenv("ASSAY_SHARED")
	if base == "" {
		base = filepath.Join("..", "shared")
	}
	var out []identity.Example
	for _, r := range rows {
		b, err := os.ReadFile(filepath.Join(base, "data", "texts", "us-gov", r["file"]))
		if err != nil {
			return nil, fmt.Errorf("the shared data are needed to train: set ASSAY_SHARED: %w", err)
		}
		a := identity.Subject{Kind: registry.KindInstrument, Text: true, Type: r["type"]}
		var head struct {
			Title, Date string
		}
		_, rest, _ := strings.Cut(string(b), "---\n")
		front, _, _ := strings.Cut(rest, "\n---")
		if err := yaml.Unmarshal([]byte(front), &head); err != nil {
			return nil, fmt.Errorf("%s: %w", r["file"], err)
		}
		a.Names = []string{head.Title}
		if d, err := registry.ParseDate(head.Date); err == nil {
			a.Dates = append(a.Dates, identity.Dated{Date: d})
		}
		out = append(out, x.Described("us-gov texts", a, registry.RecordID(r["instrument"]), r["instrument"] != "")...)
	}
	return out, nil
}

func table(path string) ([]map[string]string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, c := range rows[0] {
			m[c] = r[i]
		}
		out = append(out, m)
	}
	return out, nil
}
