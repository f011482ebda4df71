package main

import (
	"slices"
	"strings"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/review"
)

var reviewVerb = &verb{
	name: "review", args: "--data DIR [KIND…]", short: "list what waits for a person: doubtful matches, possible duplicates, …",
	long: `Lists what waits for a decision, or what of it is of a kind: match (a text that may belong to an instrument), duplicate (two records that may
be one), machine_claim (what a machine read and nobody confirmed), stale (unfinished, and no source for long), dead_reference, unpublished,
file (what did not enter). Each item comes with the address of its page, where signed-in editors decide; "assay serve --data DIR" serves it.

Without the pages, a match is decided by importing a CSV row with the document's id, the field instrument, the instrument's id and a source;
the row is printed. Two records are merged by a row with the field redirect, and kept apart by one with distinct_from.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.fs.StringVar(&c.as, "as", "registry", "`AUDIENCE` whose list is shown; several with commas")
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: runReview,
}

// mostListed is how many items of a kind are written out as text.
const mostListed = 20

func runReview(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	for _, a := range args {
		if !slices.Contains(review.Kinds, a) {
			return usagef("kinds: "+strings.Join(review.Kinds, ", "), "there is no kind %q", a)
		}
	}
	readers, err := c.readers()
	if err != nil {
		return err
	}
	if c.data == "" {
		return usagef("name it: --data DIR", "review needs a data directory")
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	in, err := instance.OpenReadOnly(c.ctx, c.data, opt)
	if err != nil {
		return err
	}
	defer in.Close()
	open, later, err := in.Waiting(c.ctx, readers)
	if err != nil {
		return err
	}
	of := func(kind string) (out []review.Item) {
		for _, i := range open {
			if i.Kind == kind {
				out = append(out, i)
			}
		}
		return out
	}
	kinds := args
	if len(kinds) == 0 {
		kinds = review.Kinds
	}
	if c.format == "json" {
		return c.json(reviewJSON(kinds, of, later))
	}
	var counts []string
	for _, k := range review.Kinds {
		if n := len(of(k)); n > 0 {
			counts = append(counts, count(n, kindWords[k][0], kindWords[k][1]))
		}
	}
	if len(counts) == 0 {
		c.printf("nothing is waiting\n")
	} else {
		c.printf("waiting: %s\n", strings.Join(counts, ", "))
	}
	if len(later) > 0 {
		c.printf("put off: %d\n", len(later))
	}
	for _, k := range kinds {
		items := of(k)
		for n, i := range items {
			if n == mostListed && len(args) == 0 {
				c.printf("\n… and %d more: assay review --data %s %s\n", len(items)-n, shellWord(c.data), k)
				break
			}
			c.printItem(i)
		}
	}
	return nil
}

var kindWords = map[string][2]string{review.Match: {"doubtful match", "doubtful matches"}, review.Duplicate: {"possible duplicate", "possible duplicates"},
	review.Machine: {"record with unconfirmed claims of a machine", "records with unconfirmed claims of a machine"}, review.Stale: {"stale record", "stale records"},
	review.Parallel: {"record that is open elsewhere too", "records that are open elsewhere too"},
	review.Dead:     {"record with dead references", "records with dead references"}, review.Private: {"record with unpublished claims", "records with unpublished claims"},
	review.File: {"file or row that did not enter", "files or rows that did not enter"}}

// waitingItem is an item as it is written as JSON: with the address of its page, and the row that decides it.
type waitingItem struct {
	review.Item
	Page string `json:"page,omitempty"`
	Row  string `json:"csv_row,omitempty"`
}

func reviewJSON(kinds []string, of func(string) []review.Item, later []review.Item) any {
	out := struct {
		Counts  map[string]int `json:"counts"`
		Waiting []waitingItem  `json:"waiting"`
		Later   []review.Item  `json:"later"`
	}{map[string]int{}, []waitingItem{}, append([]review.Item{}, later...)}
	for _, k := range kinds {
		for _, i := range of(k) {
			out.Counts[k]++
			out.Waiting = append(out.Waiting, waitingItem{i, pageOf(i), rowOf(i)})
		}
	}
	return out
}

func pageOf(i review.Item) string {
	if i.Kind == review.File {
		return ""
	}
	return i.Path()
}

// rowOf is the CSV row that decides the item as its first candidate says; SOURCE stands for the source that tells.
func rowOf(i review.Item) string {
	switch i.Kind {
	case review.Match:
		return string(i.Records[0]) + ",instrument," + string(i.Options[0].Record) + ",SOURCE"
	case review.Duplicate:
		return string(i.Records[1]) + ",redirect," + string(i.Records[0]) + ",SOURCE"
	}
	return ""
}

func (c *call) printItem(i review.Item) {
	c.printf("\n%s  %s\n", i.Kind, printable(i.Title))
	switch i.Kind {
	case review.Match:
		for _, o := range i.Options {
			c.printf("  %.2f  %s: %s\n", o.Score, o.Record, printable(list(o.Reasons)))
		}
	case review.Duplicate:
		c.printf("  %.2f  %s\n", i.Score, printable(list(i.Reasons)))
	default:
		c.printf("  %s\n", printable(list(i.Reasons)))
	}
	if p := pageOf(i); p != "" {
		c.printf("  page %s\n", p)
	}
	if r := rowOf(i); r != "" {
		c.printf("  row  record,field,value,source: %s\n", r)
	}
}
