package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

var overlapVerb = &verb{
	name: "overlap", args: "[PATH…]", short: "say which provisions repeat each other's words",
	long: `Compares every provision of the texts with every provision of the others, by the runs of five words that they share, and gives all pairs
at or above the threshold with the passages they have in common, as bytes of the canonical texts. Nothing is kept and nothing leaves this
machine. Without a path it compares the documents of a registry.`,
	flags: func(c *call) {
		c.fs.BoolVar(&c.containment, "containment", false, "measure how much of the shorter provision is in the longer one, in place of how alike they are")
		c.readFlags()
		c.formatFlag("text", "json")
		c.fs.Float64Var(&c.threshold, "threshold", 0.5, "`T`: the least share of five-word runs in common, above 0 and at most 1")
		c.fs.StringVar(&c.level, "level", string(overlap.Innermost), "`LEVEL`: innermost, each provision with its own words; or article, articles whole")
	},
	run: runOverlap,
}

// compared is a text as it is compared, with its words for the passages.
type compared struct {
	doc    *overlap.Document
	text   string
	sample bool // written by this project for invented parties
}

func runOverlap(c *call, paths []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	level := overlap.Level(c.level)
	switch {
	case level != overlap.Innermost && level != overlap.Article:
		return usagef("innermost or article", "--level: there is no %q", c.level)
	case !(c.threshold > 0 && c.threshold <= 1):
		return usagef("for example 0.8", "--threshold: %v is not above 0 and at most 1", c.threshold)
	case c.data != "" && len(paths) > 0:
		return usagef("leave one out; assay import brings files into a data directory", "--data and paths cannot be compared at once")
	}
	start := time.Now()
	texts, err := c.comparedTexts(paths, level)
	if err != nil {
		return err
	}
	r := &reuse{texts: texts, start: start, contained: c.containment}
	for _, t := range texts {
		r.docs = append(r.docs, t.doc)
	}
	if c.containment {
		r.found = overlap.JoinContained(r.docs, c.threshold)
	} else {
		r.found = overlap.Join(r.docs, c.threshold)
	}
	print := r.text
	if c.format == "json" {
		print = r.json
	}
	return c.write("", func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 1<<16)
		if err := print(b); err != nil {
			return err
		}
		return b.Flush()
	})
}

// reuse is what was found, as it is printed.
type reuse struct {
	texts []compared
	docs  []*overlap.Document
	found *overlap.Matches
	start time.Time

	contained bool // what was measured is containment
}

func (r *reuse) each(f func(overlap.Match, []overlap.Passage) error) error {
	return overlap.EachShared(r.found, r.docs, func(doc int) string { return r.texts[doc].text }, f)
}

func (r *reuse) place(p overlap.Place) (document, eid string) {
	return r.docs[p.Doc].ID, r.docs[p.Doc].Units[p.Unit].EID
}

// text prints a pair a line, and how much of the words is in it.
func (r *reuse) text(w *bufio.Writer) error {
	n := 0
	if err := r.each(func(m overlap.Match, shared []overlap.Passage) error {
		n++
		ad, ae := r.place(m.A)
		bd, be := r.place(m.B)
		measure := m.Jaccard
		if r.contained {
			measure = m.Within
		}
		mark := func(p overlap.Place) string { return map[bool]string{true: " (sample)"}[r.texts[p.Doc].sample] }
		_, err := fmt.Fprintf(w, "%.2f  %s%s %s  %s%s %s  %s\n", measure, printable(ad), mark(m.A), printable(ae), printable(bd), mark(m.B), printable(be), count(len(shared), "passage", "passages"))
		return err
	}); err != nil {
		return err
	}
	samples := 0
	for _, t := range r.texts {
		if t.sample {
			samples++
		}
	}
	if samples > 0 {
		fmt.Fprintf(w, "%s, written by this project for invented parties\n", count(samples, "document is a sample", "documents are samples"))
	}
	_, err := fmt.Fprintf(w, "%s in %s, %.1f s\n", count(n, "pair", "pairs"), count(len(r.docs), "document", "documents"), time.Since(r.start).Seconds())
	return err
}

func (c *call) comparedTexts(paths []string, level overlap.Level) ([]compared, error) {
	if len(paths) > 0 {
		reader, done, err := extractor("")
		if err != nil {
			return nil, err
		}
		defer done()
		out, bad, err := ingest.Texts(c.ctx, reader, paths, func(path string, r *text.Reading) compared {
			return compared{doc: overlap.Read(path, r, level), text: r.Text}
		})
		for _, q := range bad {
			fmt.Fprintf(c.stderr, "not read: %s\n", oneLine(q))
		}
		if err == nil && len(out) == 0 {
			err = registry.Errorf(registry.Unreadable, "no text could be read").WithHint("see above for each file")
		}
		return out, err
	}
	readers, err := c.readers()
	if err != nil {
		return nil, err
	}
	in, err := c.open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	p, err := in.Projection(c.ctx, readers)
	if err != nil {
		return nil, err
	}
	var out []compared
	v := p.View("")
	for _, r := range v.OfKind(registry.KindDocument) {
		rd, err := p.Reading(r.ID)
		if err != nil {
			fmt.Fprintf(c.stderr, "not read: %v\n", err)
		}
		if rd != nil && err == nil {
			out = append(out, compared{overlap.Read(string(r.ID), rd, level), rd.Text, projection.OfSample(v, r)})
		}
	}
	return out, nil
}

// json writes the pairs one at a time: there may be a million.
func (r *reuse) json(w *bufio.Writer) error {
	sep := "\n"
	side := func(name string, p overlap.Place) error {
		document, eid := r.place(p)
		b, err := json.Marshal(struct {
			Document string `json:"document"`
			EID      string `json:"eid"`
			Sample   bool   `json:"sample,omitempty"`
		}{document, eid, r.texts[p.Doc].sample})
		if err == nil {
			_, err = fmt.Fprintf(w, "%q:%s,", name, b)
		}
		return err
	}
	w.WriteString(`{"pairs":[`)
	if err := r.each(func(m overlap.Match, shared []overlap.Passage) error {
		w.WriteString(sep + "{")
		if err := errors.Join(side("a", m.A), side("b", m.B)); err != nil {
			return err
		}
		w.WriteString(`"jaccard":` + strconv.FormatFloat(m.Jaccard, 'g', -1, 64))
		if r.contained {
			w.WriteString(`,"containment":` + strconv.FormatFloat(m.Within, 'g', -1, 64))
		}
		w.WriteString(`,"spans":[`)
		for i, s := range shared {
			if i > 0 {
				w.WriteByte(',')
			}
			fmt.Fprintf(w, `{"a":[%d,%d],"b":[%d,%d]}`, s.A[0], s.A[1], s.B[0], s.B[1])
		}
		_, err := w.WriteString("]}")
		sep = ",\n"
		return err
	}); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n],\"seconds\":%.3f}\n", time.Since(r.start).Seconds())
	return err
}
