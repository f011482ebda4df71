package ingest

import (
	"encoding/json"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// Belongs gives the entries that follow from a document being a text of an instrument: what the text says of the instrument's force, wording
// and minerals, as the importer would have entered it had it known. They are complete, at the audience of the document's analysis, and the same
// each time. None where the document has no text here, or one that does not say what the instrument is (a draft, a report).
func (im *Importer) Belongs(v *registry.View, doc, instrument registry.RecordID) ([]registry.Entry, registry.Audience, error) {
	d := v.Record(doc)
	if d == nil || v.Record(instrument) == nil {
		return nil, "", registry.Errorf(registry.NotFound, "there is no such text or instrument").WithHint("look at the list again")
	}
	one := *im
	one.view, one.Audience = v, registry.Registry
	es, err := one.belongs(d, instrument)
	if s := d.Slot("analysis", ""); s != nil && s.Shown != nil {
		one.Audience = s.Shown.Entry.Audience
	}
	if err == nil {
		err = one.complete(es)
	}
	return es, one.Audience, err
}

// belongs is Belongs before the entries are complete.
func (im *Importer) belongs(d *registry.Record, instrument registry.RecordID) ([]registry.Entry, error) {
	hash, s := d.String("analysis"), d.Slot("analysis", "")
	switch t := d.String("document_type"); {
	case hash == "" || s.Shown.Claim.Source == "", t != "final" && t != "statement" && t != "roadmap":
		return nil, nil
	}
	b, err := im.Blobs.Get(hash)
	if code := registry.CodeOf(err); code == registry.NotFound || code == registry.Unreadable {
		return nil, nil // lost; importing the file again brings it back
	}
	if err != nil {
		return nil, err
	}
	var an assay.Analysis
	if err := json.Unmarshal(b, &an); err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: analysis %s: %v", d.ID, hash, err)
	}
	c := &claims{record: d.ID, source: s.Shown.Claim.Source}
	im.nature(c, d.ID, instrument, &an)
	return c.entries, nil
}
