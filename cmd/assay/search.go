package main

import (
	"strings"

	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

var searchVerb = &verb{
	name: "search", args: "WORDS…", short: "find records and provisions, and why they matched",
	long: `Looks for records and provisions that have all the words; where none has, for those that have most of them, and says so. "A phrase" stands in quotes, -word leaves out.`,
	flags: func(c *call) {
		c.readFlags()
		c.formatFlag("text", "json")
		c.fs.IntVar(&c.limit, "limit", 20, "`N` hits at most, up to 100")
		c.fs.StringVar(&c.what, "in", "", "`WHERE` to look: records or provisions (default both)")
		c.fs.BoolVar(&c.samples, "samples", false, "also find samples: what this project wrote for invented parties")
	},
	run: runSearch,
}

// hitJSON is a hit as it is printed for machines. Its place in the list is its rank.
type hitJSON struct {
	ID      registry.RecordID `json:"id"`
	Kind    registry.Kind     `json:"kind"`
	Path    string            `json:"path"`
	Title   string            `json:"title"`
	EID     string            `json:"eid,omitempty"`
	Heading string            `json:"heading,omitempty"`
	Sample  bool              `json:"sample,omitempty"` // written by this project for invented parties
	Why     []whyJSON         `json:"why"`
}

type whyJSON struct {
	Field   string   `json:"field"`
	Excerpt string   `json:"excerpt"`
	Marks   [][2]int `json:"marks"` // byte ranges of the words that matched
}

func runSearch(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if len(args) == 0 {
		return usagef("assay search rare earths", "nothing to search for")
	}
	if c.what != "" && c.what != "records" && c.what != "provisions" {
		return usagef("records or provisions", "--in: there is no %q", c.what)
	}
	if c.limit < 1 || c.limit > 100 {
		return usagef("1 to 100", "--limit: %d is too few or too many", c.limit)
	}
	readers, err := c.readers()
	if err != nil {
		return err
	}
	in, err := c.open()
	if err != nil {
		return err
	}
	defer in.Close()
	p, err := in.Projection(c.ctx, readers)
	if err != nil {
		return err
	}
	res, err := p.Search(c.ctx, projection.Query{Text: query(args), In: c.what, Limit: c.limit, Samples: c.samples})
	if err != nil {
		return err
	}
	hits := make([]hitJSON, 0, len(res.Hits))
	for _, h := range res.Hits {
		j := hitJSON{ID: h.Record.ID, Kind: h.Record.Kind, Path: h.Record.Path(), Title: h.Record.Title(), EID: h.EID, Heading: h.Heading, Sample: h.Sample, Why: []whyJSON{}}
		if h.EID != "" {
			j.Path += "/" + h.EID
		}
		for _, m := range h.Why {
			w := whyJSON{m.Field, m.Excerpt, m.Marks}
			if w.Marks == nil {
				w.Marks = [][2]int{}
			}
			j.Why = append(j.Why, w)
		}
		hits = append(hits, j)
	}
	if c.format == "json" {
		found := map[string]any{"total": res.Total, "samples_left_out": res.Samples, "hits": hits}
		if res.Some != nil {
			found["some_words"] = res.Some
		}
		return c.json(found)
	}
	if s := res.Some; s != nil {
		c.printf("nothing has all %d words; these have %d of them:\n", s.Of, s.Has)
	}
	c.printf("%s", count(res.Total, "hit", "hits"))
	if len(hits) < res.Total {
		c.printf(", the first %d", len(hits))
	}
	if res.Samples > 0 {
		c.printf("; %s left out (--samples shows them)", count(res.Samples, "sample", "samples"))
	}
	c.printf("\n")
	for _, h := range hits {
		c.printf("\n%s\n", printable(h.Path))
		if h.Heading != "" {
			c.printf("  %s\n", printable(h.Heading))
		}
		c.printf("  %s%s\n", printable(h.Title), map[bool]string{true: " (sample)"}[h.Sample])
		for _, w := range h.Why {
			c.printf("  %s: %s\n", words(w.Field), printable(marked(w)))
		}
	}
	return nil
}

// query joins the arguments; one that holds blanks was quoted for the shell, not for the search, unless it is the only one.
func query(args []string) string {
	if len(args) == 1 {
		return args[0]
	}
	out := make([]string, len(args))
	for i, a := range args {
		if out[i] = a; strings.ContainsAny(a, " \t") && !strings.Contains(a, `"`) {
			out[i] = `"` + a + `"`
		}
	}
	return strings.Join(out, " ")
}

// marked sets what matched between [ and ].
func marked(w whyJSON) string {
	var b strings.Builder
	at := 0
	for _, m := range w.Marks {
		b.WriteString(w.Excerpt[at:m[0]] + "[" + w.Excerpt[m[0]:m[1]] + "]")
		at = m[1]
	}
	return b.String() + w.Excerpt[at:]
}
