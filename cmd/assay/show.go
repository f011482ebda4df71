package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

var showVerb = &verb{
	name: "show", args: "ID|/PATH", short: "print a record with its sources and contradictions",
	long: `Prints a record: every field with its source and the place in it, what contradicts it, and what is unknown or withheld.
A record is named by its id (ins_us-drc-spa-2025) or its address (/instruments/us-drc-spa-2025); a provision of a text by its
address (/documents/ID/art_4).`,
	flags: func(c *call) {
		c.readFlags()
		c.formatFlag("text", "json")
		c.fs.StringVar(&c.asOf, "as-of", "", "`DATE`: what held on it according to what was known by it")
	},
	run: runShow,
}

func runShow(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("assay show ins_us-drc-spa-2025", "show takes one record; %d were given", len(args))
	}
	readers, err := c.readers()
	if err != nil {
		return err
	}
	asOf, err := c.day()
	if err != nil {
		return err
	}
	in, err := c.open()
	if err != nil {
		return err
	}
	defer in.Close()
	view, _, err := in.View(c.ctx, readers, asOf)
	if err != nil {
		return err
	}
	if doc, eid := provisionOf(view, args[0]); doc != nil {
		return c.provision(in, doc, eid)
	}
	r := lookUp(view, args[0])
	if r == nil && asOf != "" {
		now, _, err := in.View(c.ctx, readers, "")
		if err != nil {
			return err
		}
		if r := lookUp(now, args[0]); r != nil {
			return registry.Errorf(registry.NotFound, "nothing was known of %s by %s", args[0], asOf).WithHint("what is known of it begins on %s", r.FirstKnown)
		}
	}
	if r == nil {
		return registry.Errorf(registry.NotFound, "no record %s", args[0]).WithHint("assay search finds records by their words")
	}
	if c.format == "json" {
		return c.json(map[string]any{"record": r.JSON(), "sources": sourcesOf(r)})
	}
	c.record(view, r)
	return nil
}

// lookUp finds a record by id or address.
func lookUp(v *registry.View, s string) *registry.Record {
	if noun, address, ok := strings.Cut(strings.TrimPrefix(s, "/"), "/"); ok {
		for _, k := range registry.Kinds() {
			if registry.KindOf(k).Noun == noun {
				return v.ByAddress(k, address)
			}
		}
		return nil
	}
	return v.Record(registry.RecordID(s))
}

// stated are all claims of a slot.
func stated(s *registry.Slot) []*registry.Stated {
	var out []*registry.Stated
	if s.Shown != nil {
		out = append(out, s.Shown)
	}
	return slices.Concat(out, s.Agreeing, s.Losing, s.Earlier, s.Later, s.Denials, s.States, s.Alleged)
}

// sourcesOf are the sources that a record's claims rest on, by id.
func sourcesOf(r *registry.Record) []*registry.Source {
	seen := map[registry.SourceID]*registry.Source{}
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			for _, c := range stated(s) {
				if c.Source != nil {
					seen[c.Source.ID] = c.Source
				}
			}
		}
	}
	out := make([]*registry.Source, 0, len(seen))
	for _, s := range seen {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *registry.Source) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func (c *call) record(v *registry.View, r *registry.Record) {
	c.printf("%s\n%s · %s · %s\n", printable(r.Title()), registry.KindOf(r.Kind).Label, r.ID, r.Path())
	if r.Sample() {
		c.printf("SAMPLE: written for this project, for invented parties\n")
	}
	for _, st := range []struct{ name, code string }{{"stage", r.Stage().Code}, {"status", r.Status().Code}, {"implementation", r.Implementation().Code}} {
		if st.code != "" {
			c.printf("%s: %s\n", st.name, words(st.code))
		}
	}
	if v.AsOf != "" {
		c.printf("as of %s\n", v.AsOf)
	}
	for _, f := range r.Fields {
		c.printf("\n%s\n", f.Def.Label)
		for _, s := range f.Slots {
			c.slot(v, s)
		}
	}
	c.printf("\nSources\n")
	for _, s := range sourcesOf(r) {
		c.printf("  %s  %s\n", s.ID, printable(strings.Join(filled(s.Title, s.Publisher, s.Date, s.URL), " · ")))
	}
}

func (c *call) slot(v *registry.View, s *registry.Slot) {
	line := func(mark string, st *registry.Stated) {
		key := ""
		if s.Key != "" && s.Key != st.Value.Raw {
			key = naming(v, s.Key) + ": "
		}
		lang := ""
		if s.Lang != "" && s.Lang != "en" {
			lang = " (" + s.Lang + ")"
		}
		c.printf("  %s%s%s%s%s  [%s]\n", mark, printable(key), printable(said(v, st)), printable(value(v, st)), lang, printable(where(st)))
		if st.Note != "" {
			c.printf("      note: %s\n", printable(st.Note))
		}
	}
	if s.Shown != nil {
		line("", s.Shown)
	}
	for _, g := range []struct {
		mark string
		of   []*registry.Stated
	}{{"also: ", s.Agreeing}, {"contradicted by: ", s.Losing}, {"is not: ", s.Denials}, {"earlier: ", s.Earlier}, {"later: ", s.Later}, {"", s.States}, {"", s.Alleged}} {
		for _, st := range g.of {
			line(g.mark, st)
		}
	}
}

// said is who says it, for what is no plain fact.
func said(v *registry.View, st *registry.Stated) string {
	who := st.Speaker
	if id := st.SpeakerParty(); id != "" {
		who = naming(v, string(id))
	}
	switch st.Statement {
	case "":
		return ""
	case registry.Reply:
		return who + " says: "
	case registry.Judgement:
		return "judged by " + who + ": "
	case registry.Finding:
		return "found by " + who + ": "
	}
	return "alleged by " + who + ": "
}

// value is a claim's value as people read it: a reference by its title, a state in words.
func value(v *registry.View, st *registry.Stated) string {
	x := st.Value
	switch {
	case x.State == registry.Withheld && x.Review != "":
		return "withheld (" + words(x.Ground) + "; to be reviewed " + x.Review + ")"
	case x.State == registry.Withheld:
		return "withheld (" + words(x.Ground) + ")"
	case x.State != "":
		return words(string(x.State))
	case x.Type == registry.TypeRef:
		return naming(v, x.Raw)
	}
	return x.Raw
}

// naming adds the title to a record's id.
func naming(v *registry.View, id string) string {
	if r := v.Record(registry.RecordID(id)); r != nil && r.Title() != r.ID.Tail() {
		return r.Title() + " (" + id + ")"
	}
	return id
}

// where is a claim's source, the place in it, and how the claim came about.
func where(st *registry.Stated) string {
	parts := filled(string(st.Claim.Source), st.Locator, words(st.Method))
	if st.From != "" || st.Until != "" {
		parts = append(parts, "holds "+cmp.Or(st.From, "…")+" to "+cmp.Or(st.Until, "…"))
	}
	if strings.HasPrefix(st.Entry.By, "machine:") {
		parts = append(parts, "by "+st.Entry.By)
	}
	return strings.Join(parts, ", ")
}

func filled(s ...string) []string {
	return slices.DeleteFunc(s, func(x string) bool { return x == "" })
}
