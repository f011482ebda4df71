package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// A clip list and a compare board are lists of picks that stand in the address of their page: no account, nothing kept. What a visitor may
// not see is answered as what is not there.

// pick is an instrument, a document or a provision on such a list.
type pick struct {
	Token  string // as it stands in the address: instruments/ADDRESS, documents/ADDRESS, documents/ADDRESS/EID
	Record *registry.Record
	v      *reader // of its text; nil where there is none here
	bare   bool    // the text was read and is not here
	prov   int     // index of the provision; -1 for the whole
}

// tokenOf reads what a visitor typed or pasted: an address of this or another registry's page, with or without its host. "" for what is none.
func tokenOf(typed string) string {
	typed = strings.TrimSpace(typed)
	if u, err := url.Parse(typed); err == nil {
		typed = u.Path
	}
	parts := strings.FieldsFunc(typed, func(r rune) bool { return r == '/' })
	for len(parts) > 0 && parts[0] != "documents" && parts[0] != "instruments" {
		parts = parts[1:]
	}
	switch {
	case len(parts) >= 2 && parts[0] == "instruments":
		parts = parts[:2]
	case len(parts) >= 3 && slices.Contains([]string{"assay", "cite", "download", "pages", "redline", "side", "versions"}, parts[2]):
		parts = parts[:2]
	case len(parts) >= 2:
		parts = parts[:min(3, len(parts))]
	default:
		return ""
	}
	return cut(strings.Join(parts, "/"), 400)
}

// pick finds what a token names; nil where it names nothing that this visitor sees.
func (q *request) pick(token string) *pick {
	parts := strings.Split(token, "/")
	if len(parts) < 2 {
		return nil
	}
	k := registry.KindDocument
	if parts[0] == "instruments" {
		k = registry.KindInstrument
	}
	r := exactly(q.View, k, parts[1])
	if r == nil {
		return nil
	}
	p := &pick{Token: token, Record: r, prov: -1}
	if k == registry.KindDocument {
		v, bare, err := q.readingOf(r)
		if err != nil {
			v = nil
		}
		p.v, p.bare = v, bare
	}
	if len(parts) == 3 {
		if p.v == nil || p.bare {
			return nil
		}
		if p.prov = indexOf(p.v.doc.Reading, parts[2]); p.prov < 0 { // a list lasts: what it named is followed
			now, err := q.nowAt(r, p.v.doc, parts[2])
			if p.prov = indexOf(p.v.doc.Reading, now); err != nil || p.prov < 0 {
				return nil
			}
		}
	}
	return p
}

// named says whether the token names the provision by the address that it has today.
func (p *pick) named() bool {
	return p.prov >= 0 && strings.HasSuffix(p.Token, "/"+p.v.doc.Reading.Provisions[p.prov].EID)
}

// path of the page of what was picked.
func (p *pick) path() string {
	if p.prov >= 0 {
		return p.Record.Path() + "/" + p.v.doc.Reading.Provisions[p.prov].EID
	}
	return p.Record.Path()
}

// tokens are those of a list in the address of a page, each once, with what was typed to be added.
func (q *request) tokens(name string) []string {
	var out []string
	add := func(typed string) {
		if t := tokenOf(typed); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	for _, t := range q.Query[name] {
		add(t)
	}
	for _, t := range strings.Fields(q.Query.Get("add")) {
		add(t)
	}
	return out
}

// listAddress is the address of a list of tokens.
func (q *request) listAddress(path, name string, tokens []string, more ...string) string {
	v := url.Values{name: tokens}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			v.Set(more[i], more[i+1])
		}
	}
	return q.withQuery(path, v)
}

// moveUp is a list in which an item stands one place earlier.
func moveUp(tokens []string, i int) []string {
	out := slices.Clone(tokens)
	out[i-1], out[i] = out[i], out[i-1]
	return out
}

// without is a list without an item.
func without(tokens []string, i int) []string { return slices.Delete(slices.Clone(tokens), i, i+1) }

// offer is something that can be put on a list.
type offer struct {
	link
	Excerpt string
	Sample  bool
	Add     string // the address of the list with it
}

// offers are what a search finds that can be put on a list: provisions or instruments.
func (q *request) offers(words, in string, filters map[string][]string, add func(token string) string) ([]offer, error) {
	res, err := q.reg.Search(q.http.Context(), projection.Query{Text: words, In: in, Filters: filters, Samples: true, Limit: 12})
	if err != nil {
		return nil, err
	}
	var out []offer
	for _, h := range res.Hits {
		if h.Record.Kind != registry.KindDocument && h.Record.Kind != registry.KindInstrument {
			continue
		}
		o := offer{link: q.linkTo(h.Record), Sample: h.Sample}
		token := strings.TrimPrefix(h.Record.Path(), "/")
		if h.EID != "" {
			token += "/" + h.EID
			o.Text = strings.TrimSpace(upperFirst(q.shortPlace(h.EID)) + " " + h.Heading)
			o.Href, o.Note = q.href(h.Record.Path()+"/"+h.EID), h.Record.Title(q.Lang)
		}
		for _, m := range h.Why {
			if m.Field == "text" {
				o.Excerpt = m.Excerpt
			}
		}
		o.Add = add(token)
		out = append(out, o)
	}
	return out, nil
}
