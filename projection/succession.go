package projection

import (
	"encoding/json"

	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/registry"
)

// Successor says where an address of an earlier reading of a document leads.
type Successor struct {
	EIDs []string // in today's reading, in its order; several where the provision was split; none where its words are gone
}

// maxReadings bounds how many earlier readings of a document are followed.
const maxReadings = 200

// Successor looks up an eId that today's reading of a document does not have. nil with no error where no earlier reading had it either, or where the
// readers see no such document. A page leads to the first of EIDs, or says that the provision is gone.
func (p *Projection) Successor(id registry.RecordID, eid string) (*Successor, error) {
	r := p.View("").Record(id)
	if r == nil || r.Kind != registry.KindDocument {
		return nil, nil
	}
	from := map[string]redline.Succession{} // by the reading that it leads into
	for _, s := range r.Slots("succession") {
		if s.Shown == nil || len(from) >= maxReadings {
			continue
		}
		b, err := p.blobs.Get(s.Shown.Value.Raw)
		if err != nil {
			return nil, err
		}
		var x redline.Succession
		if err := json.Unmarshal(b, &x); err != nil {
			return nil, registry.Errorf(registry.Unreadable, "%s: blob %s: %v", r.ID, s.Shown.Value.Raw, err)
		}
		from[x.Into] = x
	}
	var steps []redline.Succession
	for at := r.String("reading"); len(steps) <= maxReadings; {
		x, ok := from[at]
		if !ok {
			break
		}
		delete(from, at)
		steps = append([]redline.Succession{x}, steps...)
		at = x.From
	}
	eids, known := redline.Follow(steps, eid)
	if !known {
		return nil, nil
	}
	return &Successor{EIDs: eids}, nil
}
