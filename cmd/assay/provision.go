package main

import (
	"strings"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

// provisionOf reads /documents/ADDRESS/EID; nil for anything else.
func provisionOf(v *registry.View, s string) (*registry.Record, string) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(s, "/"), registry.KindOf(registry.KindDocument).Noun+"/")
	if !ok {
		return nil, ""
	}
	address, eid, ok := strings.Cut(rest, "/")
	if !ok || eid == "" {
		return nil, ""
	}
	return v.ByAddress(registry.KindDocument, address), eid
}

// provision prints a provision: its words, how strongly they bind, and which words say so.
func (c *call) provision(in *instance.Instance, doc *registry.Record, eid string) error {
	d, err := in.Document(doc)
	if err != nil {
		return err
	}
	for i, p := range d.Reading.Provisions {
		if p.EID != eid {
			continue
		}
		a := d.Analysis.Provisions[i]
		body := d.Reading.Text[p.Start:p.End]
		if c.format == "json" {
			return c.json(map[string]any{"document": doc.ID, "title": doc.Title(), "text": body, "provision": a})
		}
		c.printf("%s\n%s/%s\n%s", printable(doc.Title()), doc.Path(), eid, a.Modality)
		for _, group := range [][]string{a.Bearer, a.Qualifiers, a.Topics} {
			if len(group) > 0 {
				c.printf(" · %s", words(list(group)))
			}
		}
		c.printf("\n\n")
		for line := range strings.Lines(strings.TrimSpace(body)) {
			c.printf("%s\n", printable(strings.TrimRight(line, "\n")))
		}
		c.printf("\n")
		for _, l := range a.Labels {
			c.printf("%s by rule %s: “%s”\n", words(l.Class), l.Rule, printable(d.Reading.Text[l.Start:l.End]))
		}
		return nil
	}
	return registry.Errorf(registry.NotFound, "%s has no provision %s", doc.ID, eid).WithHint("assay search --in provisions finds provisions by their words")
}
