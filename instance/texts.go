package instance

import (
	"encoding/json"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// Texts are the analyses that the documents of a view have adopted.
type Texts struct {
	in   *Instance
	view *registry.View
}

// Texts gives the analyses of a view's documents, without a projection.
func (in *Instance) Texts(view *registry.View) Texts { return Texts{in, view} }

// Analysis is the analysis of a document; nil where it has none.
func (t Texts) Analysis(document registry.RecordID) (*assay.Analysis, error) {
	r := t.view.Record(document)
	if r == nil || r.String("analysis") == "" {
		return nil, nil
	}
	b, err := t.in.Blobs.Get(r.String("analysis"))
	if err != nil {
		return nil, err
	}
	a := new(assay.Analysis)
	if err := json.Unmarshal(b, a); err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: blob %s: %v", document, r.String("analysis"), err)
	}
	return a, nil
}
