package erasure

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

// How many letters a text must have to be told from chance: what somebody wrote, and a place in a source, which many entries have.
const (
	shortest      = 8
	shortestPlace = 24
)

func fit(s string) bool {
	return strings.TrimSpace(s) != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= 200 && !strings.ContainsFunc(s, unicode.IsControl)
}

// words are what an entry says in words of its own: texts, names, addresses and remarks; not codes, dates, sums and ids.
func words(e *registry.Entry) []string {
	var out []string
	switch {
	case e.Claim != nil:
		c := e.Claim
		out = append(out, c.Note)
		if utf8.RuneCountInString(c.Locator) >= shortestPlace {
			out = append(out, c.Locator)
		}
		if c.Speaker != "" && c.SpeakerParty() == "" {
			out = append(out, c.Speaker)
		}
		if f := registry.FieldOf(c.Field); f.Card == registry.Keyed && f.Key == "string" {
			out = append(out, c.Key)
		}
		switch {
		case slices.Contains(textFields, c.Field): // a hash
		case c.Value.Type == registry.TypeText, c.Value.Type == registry.TypeString, c.Value.Type == registry.TypeURL:
			out = append(out, c.Value.Raw)
		}
	case e.Source != nil:
		out = append(out, e.Source.Title, e.Source.URL, e.Source.Note)
	case e.Retraction != nil:
		out = append(out, e.Retraction.Reason)
	case e.Disclosure != nil:
		out = append(out, e.Disclosure.Reason, e.Disclosure.Ground)
	case e.Choice != nil:
		out = append(out, e.Choice.Reason)
	case e.Move != nil:
		out = append(out, e.Move.Reason)
	}
	return slices.DeleteFunc(out, func(s string) bool { return utf8.RuneCountInString(strings.TrimSpace(s)) < shortest })
}

// stays gathers what the plan leaves and says.
func (w *work) stays() {
	p := w.p
	for i := range p.Items {
		p.Words = append(p.Words, words(&p.Items[i].Entry)...)
		if r := p.Items[i].Entry.Record(); r != "" {
			p.About = append(p.About, r)
		}
	}
	slices.Sort(p.Words)
	p.Words = slices.Compact(p.Words)
	slices.Sort(p.About)
	p.About = slices.Compact(p.About)

	left, sources := map[registry.RecordID]bool{}, map[registry.SourceID]bool{}
	for i := range w.entries {
		e := &w.entries[i]
		switch {
		case e.Claim == nil:
		case w.why[i] == "":
			left[e.Claim.Record] = true
		case slices.Contains(textFields, e.Claim.Field):
			sources[e.Claim.Source] = true
		}
	}
	erased := map[string]bool{}
	for _, s := range p.Words {
		erased[fold(s)] = true
	}
	for i := range w.entries {
		e := &w.entries[i]
		if e.Erased() || w.why[i] != "" {
			continue
		}
		if e.Claim != nil {
			if sources[e.Claim.Source] {
				p.Resting++
			}
			if j, ok := w.at[e.Claim.Supersedes]; ok && w.why[j] != "" {
				p.Newer++
			}
			for _, id := range append(registry.RefsOf(e.Claim), e.Claim.SpeakerParty()) {
				if slices.Contains(p.About, id) && !left[id] {
					p.References = append(p.References, e.ID)
					break
				}
			}
		}
		for _, s := range words(e) {
			if erased[fold(s)] {
				p.Repeating = append(p.Repeating, e.ID)
				break
			}
		}
	}
}

// ownWords refuses an authority or a ground that says what is to be erased.
func (p *Plan) ownWords() error {
	said := fold(p.Authority + " " + p.Ground)
	for _, s := range p.Words {
		if strings.Contains(said, fold(s)) {
			return registry.Errorf(registry.Invalid, "the authority or the ground repeats words that are to be erased").
				WithHint("both are shown to all and stay for ever; describe them without the words themselves")
		}
	}
	return nil
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
