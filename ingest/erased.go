package ingest

import (
	"context"
	"strings"

	"github.com/openassay/assay/registry"
)

// readErasures learns what was erased here, so that it does not come back.
func (im *Importer) readErasures(ctx context.Context) error {
	im.erased, im.gone = map[registry.EntryID]bool{}, nil
	es, err := im.Log.Erasures(ctx, 0)
	for _, x := range es {
		im.erased[x.ID] = true
		if x.Record.Kind() == registry.KindDocument && (x.Field == "file" || x.Field == "reading") {
			im.gone = append(im.gone, x.Record)
		}
	}
	return err
}

// wasErased says whether a text of the file's bytes was erased here, at whatever audience it was entered that names a document by them. The
// log would skip its entries, but not a title that is read in another way by a newer program, and the bytes would be kept.
func (im *Importer) wasErased(r read) bool {
	for _, a := range []registry.Audience{registry.Public, im.Audience} {
		suffix := im.documentSuffix(r, a)
		for _, id := range im.gone {
			if known := im.view.Record(id); known != nil && known.String("file") != "" {
				continue // entered anew since
			}
			tail := id.Tail()
			if tail == suffix || strings.HasPrefix(tail, suffix+"-") || strings.HasSuffix(tail, "-"+suffix) || strings.Contains(tail, "-"+suffix+"-") {
				return true
			}
		}
	}
	return false
}
