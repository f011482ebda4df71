package instance

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/openassay/assay/export"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/registry"
)

// Leaks looks for withheld passages in what this registry gives the public: the rows of the public projection, from which pages, previews and feeds are
// made; the texts behind it; every export; the search index. Single words are not looked for: a registry may say them for other reasons.
func (in *Instance) Leaks(ctx context.Context, s *redaction.Secrets) ([]redaction.Leak, error) {
	public := registry.Reader()
	p, err := in.Projection(ctx, public)
	if err != nil {
		return nil, err
	}
	var out []redaction.Leak
	search := func(where string, write func(io.Writer) error) error {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			return err
		}
		out = append(out, s.SearchWhole(where, b.String())...)
		return ctx.Err()
	}
	if err := search("public partition", func(w io.Writer) error { return p.Dump(ctx, w) }); err != nil {
		return nil, err
	}
	view := p.View("")
	for _, what := range export.What {
		for _, format := range export.Formats {
			do, err := export.Of(what, format)
			if err != nil {
				return nil, err
			}
			if err := search("public export, "+what+"."+format, func(w io.Writer) error { return do(w, view) }); err != nil {
				return nil, err
			}
		}
	}
	for _, r := range view.OfKind(registry.KindDocument) {
		rd, err := p.Reading(r.ID)
		if err != nil {
			return nil, err
		}
		if rd == nil {
			continue
		}
		if err := search("public text "+r.Path(), func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "%s\n%s\n%s\n%v", rd.Title, rd.Text, rd.SourceURL, rd.Meta)
			return err
		}); err != nil {
			return nil, err
		}
	}
	for n, words := range s.Quotes() {
		if len(strings.Fields(words)) < 2 {
			continue
		}
		res, err := p.Search(ctx, projection.Query{Text: `"` + words + `"`, Samples: true, Limit: 1})
		if err != nil {
			return nil, err
		}
		if res.Total > 0 {
			out = append(out, redaction.Leak{Where: "public search index, " + res.Hits[0].Record.Path(), Passage: n, Kind: redaction.WholePassage})
		}
	}
	return out, nil
}
