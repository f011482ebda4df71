package ingest

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/identity"
	"github.com/openassay/assay/registry"
)

// readAddress fetches what stands at a web address and reads it. One whose document is here already is not fetched again.
func (im *Importer) readAddress(ctx context.Context, f file) []read {
	if im.hasAddress(f.path) {
		return []read{{file: f, known: true}}
	}
	client := im.Fetch
	if client == nil {
		client = &fetch.Client{Now: im.Now}
	}
	page, err := client.Get(ctx, f.path)
	if err != nil {
		var fe *fetch.Error
		if errors.As(err, &fe) {
			err = registry.Errorf(registry.ErrorCode(fe.Code), "%s", fe.Message).WithHint("%s", fe.Hint)
		}
		return []read{{file: f, err: err}}
	}
	out := im.readParts(ctx, f, page.Name(), page.Body)
	for i := range out {
		out[i].fetched = &page.Record
		for _, rd := range out[i].readings {
			if rd.SourceURL == "" {
				rd.SourceURL = page.Final
			}
		}
	}
	return out
}

// hasAddress says whether a document that came from the address, or rests on it as its source, has its file here.
func (im *Importer) hasAddress(address string) bool {
	bare := identity.BareURL(address)
	for _, r := range im.view.OfKind(registry.KindDocument) {
		if r.String("file") == "" {
			continue
		}
		if s := r.Slot("file", ""); s != nil && s.Shown != nil {
			if src := im.view.Sources[s.Shown.Claim.Source]; src != nil && src.URL != "" && identity.BareURL(src.URL) == bare {
				return true
			}
		}
		if hash := r.String("fetched"); hash != "" {
			var rec fetch.Record
			if b, err := im.Blobs.Get(hash); err == nil && json.Unmarshal(b, &rec) == nil && identity.BareURL(rec.URL) == bare {
				return true
			}
		}
	}
	return false
}

// howFetched keeps the record of a fetch and claims it.
func (im *Importer) howFetched(c *claims, r read) error {
	if r.fetched == nil {
		return nil
	}
	hash, err := im.put(r.fetched)
	if err == nil {
		c.stated("fetched", "", hash, "")
	}
	return err
}
