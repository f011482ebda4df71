package ingest

import (
	"slices"
	"strings"

	"github.com/openassay/assay/identity"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

func registryLang(l string) string {
	if registry.IsCode("language", l) {
		return l
	}
	return "und"
}

// source is the id of the source a file's claims rest on: the one known for its address, or a new one that is entered with them.
func (im *Importer) source(c *claims, r read, rd *text.Reading, h head, id registry.RecordID) registry.SourceID {
	if known, ok := im.urls[identity.BareURL(h.url)]; ok && h.url != "" {
		return known
	}
	s := registry.Source{ID: registry.SourceID("src_" + strings.ToLower(id.Tail())), URL: h.url, Title: h.title(rd, r.file.path),
		Publisher: h.publisher, Date: im.past(h.published), Grade: h.grade, Lang: registryLang(rd.Language), Hash: r.hash}
	if r.fetched != nil {
		s.Seen = r.fetched.At.Format("2006-01-02")
	}
	if len(s.ID) > 96 {
		s.ID = s.ID[:96]
	}
	if _, known := im.view.Sources[s.ID]; known { // the file was kept without its words before
		return s.ID
	}
	if h.url != "" {
		im.urls[identity.BareURL(h.url)] = s.ID
	}
	c.entries = append(c.entries, registry.Entry{Source: &s, By: By})
	return s.ID
}

// past is a date that may already have been; "" for one to come. What counts as now is the newest date that a source bears, so that a
// header from the future would let everything expected count as done.
func (im *Importer) past(date string) string {
	if d, err := registry.ParseDate(date); err != nil || d.End > registry.DayOf(im.Now()) {
		return ""
	}
	return date
}

// claims gathers the entries of one file.
type claims struct {
	record  registry.RecordID
	source  registry.SourceID
	entries []registry.Entry
}

func (c *claims) on(r registry.RecordID) *claims { return &claims{r, c.source, slices.Clip(c.entries)} }

// stated enters what the file's own header says; the importer only carried it.
func (c *claims) stated(field, key, value, lang string) {
	c.add(registry.Claim{Field: field, Key: key, Value: registry.Value{Raw: value, Lang: lang}}, By)
}

// read enters what the machine read in the words; where is the provision.
func (c *claims) read(field, key, value, where string) { c.readAs(field, key, value, where, "read") }

func (c *claims) readAs(field, key, value, where, method string) {
	c.add(registry.Claim{Field: field, Key: key, Value: registry.Value{Raw: value}, Locator: where, Method: method}, Machine)
}

// inferred enters what the importer concluded, with its reasons.
func (c *claims) inferred(field, key, value, why string) {
	c.add(registry.Claim{Field: field, Key: key, Value: registry.Value{Raw: value}, Method: "inferred", Note: why}, "machine:import/1")
}

// add enters a claim. One that the schema refuses is left out: a header may say anything.
func (c *claims) add(cl registry.Claim, by string) {
	f := registry.FieldOf(cl.Field)
	v, err := registry.ParseValue(f, cl.Value.Raw, cl.Value.Lang)
	if err != nil {
		return
	}
	cl.Record, cl.Source, cl.Value = c.record, c.source, v
	c.entries = append(c.entries, registry.Entry{Claim: &cl, By: by})
}
