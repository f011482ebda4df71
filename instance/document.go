package instance

import (
	"encoding/json"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Document is a document's text and analysis; registry.NotFound where it has none here.
func (in *Instance) Document(r *registry.Record) (*projection.Document, error) {
	d := &projection.Document{Record: r, Reading: new(text.Reading), Analysis: new(assay.Analysis)}
	for _, part := range []struct {
		hash string
		into any
	}{{r.String("reading"), d.Reading}, {r.String("analysis"), d.Analysis}} {
		if part.hash == "" {
			return nil, registry.Errorf(registry.NotFound, "%s has no text here", r.ID).WithHint("only its record is known; import its text")
		}
		b, err := in.Blobs.Get(part.hash)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(b, part.into); err != nil {
			return nil, registry.Errorf(registry.Unreadable, "%s: blob %s: %v", r.ID, part.hash, err)
		}
	}
	if len(d.Reading.Provisions) != len(d.Analysis.Provisions) {
		return nil, registry.Errorf(registry.Unreadable, "%s: the analysis is of another reading", r.ID).WithHint("import the document again")
	}
	return d, nil
}
