package projection

import (
	"encoding/json"
	"sync"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Document is a document's record with its reading and analysis. Provisions[i] of the analysis is the reading of Provisions[i] of the text.
type Document struct {
	Record   *registry.Record
	Reading  *text.Reading
	Analysis *assay.Analysis
}

// Document is the document of an id with its text; nil with no error where the readers see no such document or it has no text here.
func (p *Projection) Document(id registry.RecordID) (*Document, error) {
	r := p.View("").Record(id)
	if r == nil || r.Kind != registry.KindDocument {
		return nil, nil
	}
	return p.load(r)
}

func (p *Projection) load(r *registry.Record) (*Document, error) {
	reading, analysis := r.String("reading"), r.String("analysis")
	if reading == "" || analysis == "" {
		return nil, nil
	}
	if d := p.docs.get(reading + analysis); d != nil {
		return &Document{r, d.Reading, d.Analysis}, nil
	}
	d := &Document{Record: r, Reading: new(text.Reading), Analysis: new(assay.Analysis)}
	for _, part := range []struct {
		hash string
		into any
	}{{reading, d.Reading}, {analysis, d.Analysis}} {
		b, err := p.blobs.Get(part.hash)
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
	p.docs.put(reading+analysis, d)
	return d, nil
}

// Analysis is the analysis of a document, also where its text is not here; nil with no error where the readers see no such document or it
// has none.
func (p *Projection) Analysis(id registry.RecordID) (*assay.Analysis, error) {
	r := p.View("").Record(id)
	if r == nil || r.Kind != registry.KindDocument || r.String("analysis") == "" {
		return nil, nil
	}
	if r.String("reading") != "" {
		d, err := p.load(r)
		if d == nil {
			return nil, err
		}
		return d.Analysis, err
	}
	b, err := p.blobs.Get(r.String("analysis"))
	if err != nil {
		return nil, err
	}
	a := new(assay.Analysis)
	if err := json.Unmarshal(b, a); err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: blob %s: %v", r.ID, r.String("analysis"), err)
	}
	return a, nil
}

// Reading is the text of a document without its analysis, which takes longer to load; nil with no error where the readers see no such document
// or its text is not here.
func (p *Projection) Reading(id registry.RecordID) (*text.Reading, error) {
	r := p.View("").Record(id)
	if r == nil || r.Kind != registry.KindDocument || r.String("reading") == "" {
		return nil, nil
	}
	hash := r.String("reading")
	if d := p.docs.get(hash + r.String("analysis")); d != nil {
		return d.Reading, nil
	}
	b, err := p.blobs.Get(hash)
	if err != nil {
		return nil, err
	}
	rd := new(text.Reading)
	if err := json.Unmarshal(b, rd); err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: blob %s: %v", r.ID, hash, err)
	}
	return rd, nil
}

// DocumentsOf are the documents of an instrument that have a text here, by id.
func (p *Projection) DocumentsOf(id registry.RecordID) []*registry.Record {
	return p.View("").Referring(id, registry.KindDocument, "instrument")
}

// cache keeps a few documents by the hashes of what they are made of, so that nothing in it can grow stale.
type cache struct {
	mu   sync.Mutex
	docs map[string]*Document
	keys []string
}

func newCache() *cache { return &cache{docs: map[string]*Document{}} }

const cached = 12

func (c *cache) get(key string) *Document {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.docs[key]
}

func (c *cache) put(key string, d *Document) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.docs[key] == nil {
		c.keys = append(c.keys, key)
	}
	c.docs[key] = d
	if len(c.keys) > cached {
		delete(c.docs, c.keys[0])
		c.keys = c.keys[1:]
	}
}
