package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// A document's file may be read anew: by a better extractor, or with words that a person mended. The new reading is kept beside the old one. Three claims
// make it the document's: its reading and its analysis, each in place of the one before, and a succession, which says where the addresses of the
// old reading lead in the new one. All three are in the log, so that they are there again after everything that is read was made anew.

// renew makes the entries that adopt a new reading of a known document; none where it says nothing new, or where a person's reading stands.
func (im *Importer) renew(id registry.RecordID, rd *text.Reading, an *assay.Analysis, by string) ([]registry.Entry, error) {
	known := im.view.Record(id)
	if known == nil { // entered by this import
		return nil, nil
	}
	was, wasAnalysis := shown(known, "reading"), shown(known, "analysis")
	if was == nil || was.Record != id || isMachine(by) && !isMachine(was.Entry.By) {
		return nil, nil
	}
	old, err := im.oldReading(was.Value.Raw)
	if old == nil || err != nil {
		return nil, err
	}
	body, err := json.Marshal(rd)
	if err != nil {
		return nil, err
	}
	if same, err := sameReading(old, rd); same || err != nil {
		return nil, err
	}
	s := redline.Compare(old, rd, nil, nil).Successors().Compact()
	s.From, s.Into = was.Value.Raw, blob.Hash(body)
	if s.From == s.Into {
		return nil, nil
	}
	if _, err := im.Blobs.Put(body); err != nil {
		return nil, err
	}
	analysis, err := im.put(an)
	if err != nil {
		return nil, err
	}
	succession, err := im.put(s)
	if err != nil {
		return nil, err
	}
	c := &claims{record: id, source: was.Claim.Source}
	c.add(registry.Claim{Field: "reading", Value: registry.Value{Raw: s.Into}, Method: "read", Supersedes: was.Entry.ID}, by)
	if wasAnalysis == nil || wasAnalysis.Value.Raw != analysis {
		a := registry.Claim{Field: "analysis", Value: registry.Value{Raw: analysis}, Method: "read"}
		if wasAnalysis != nil && wasAnalysis.Record == id {
			a.Supersedes = wasAnalysis.Entry.ID
		}
		c.add(a, Machine)
	}
	c.add(registry.Claim{Field: "succession", Key: s.From, Value: registry.Value{Raw: succession}, Method: "read"}, Machine)
	im.done[id] = ""
	if refs := known.Refs("instrument"); len(refs) > 0 {
		im.done[id] = refs[0]
	}
	im.report.Renewed++
	im.report.Gone += len(s.Gone)
	return c.entries, nil
}

func isMachine(by string) bool {
	return strings.HasPrefix(by, "machine:") || strings.HasPrefix(by, "importer:")
}

// shown is the claim that a field of card one shows; nil where there is none.
func shown(r *registry.Record, field string) *registry.Stated {
	for _, s := range r.Slots(field) {
		if s.Key == "" && s.Shown != nil {
			return s.Shown
		}
	}
	return nil
}

// oldReading is a reading that was kept; nil where its blob is lost or damaged, which restore mends.
func (im *Importer) oldReading(hash string) (*text.Reading, error) {
	b, err := im.Blobs.Get(hash)
	if code := registry.CodeOf(err); code == registry.NotFound || code == registry.Unreadable {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	rd := new(text.Reading)
	if err := json.Unmarshal(b, rd); err != nil {
		return nil, nil
	}
	return rd, nil
}

// sameReading says whether two readings differ in nothing but the name of what made them.
func sameReading(a, b *text.Reading) (bool, error) {
	x, y := *a, *b
	x.Extractor, y.Extractor = "", ""
	ja, err := json.Marshal(&x)
	if err != nil {
		return false, err
	}
	jb, err := json.Marshal(&y)
	return bytes.Equal(ja, jb), err
}

// Adopt makes a reading that a person mended the one of a document: by is who did it. The old one stays, its addresses lead on. registry.NotFound
// where the importer's audience sees no such document with a text; registry.Conflict where the reading says nothing new.
func (im *Importer) Adopt(ctx context.Context, id registry.RecordID, rd *text.Reading, by string) error {
	if err := im.begin(); err != nil {
		return err
	}
	if err := im.open(ctx); err != nil {
		return err
	}
	if r := im.view.Record(id); r == nil || r.String("reading") == "" {
		return registry.Errorf(registry.NotFound, "there is no document %s with a text", id).WithHint("check its id")
	}
	es, err := im.renew(id, rd, assay.Analyze(rd, im.Rules, im.lex), by)
	if err != nil {
		return err
	}
	if es == nil {
		return registry.Errorf(registry.Conflict, "the reading of %s says nothing that its present one does not", id).WithHint("change its words, or leave it")
	}
	_, err = im.append(ctx, es)
	return err
}

// Reread reads the files of documents again as they are kept here, with today's extractor; of all documents where none is named. One file is in hand
// at a time. What cannot be read any more stays as it was and is told in the report.
func (im *Importer) Reread(ctx context.Context, ids ...registry.RecordID) (*Report, error) {
	if err := im.begin(); err != nil {
		return nil, err
	}
	if err := im.open(ctx); err != nil {
		return nil, err
	}
	files := map[string][]*registry.Record{} // documents of one file: its languages
	var order []string
	for _, r := range im.view.OfKind(registry.KindDocument) {
		hash := r.String("file")
		if hash == "" || r.String("reading") == "" || len(ids) > 0 && !contains(ids, r.ID) {
			continue
		}
		if files[hash] == nil {
			order = append(order, hash)
		}
		files[hash] = append(files[hash], r)
	}
	for _, id := range ids {
		if r := im.view.Record(id); r == nil || r.String("file") == "" || r.String("reading") == "" {
			return nil, registry.Errorf(registry.NotFound, "there is no document %s with a file and a text", id).WithHint("check its id")
		}
	}
	im.report.Files = len(order)
	for k, hash := range order {
		if err := ctx.Err(); err != nil {
			return im.report, err
		}
		if err := im.rereadFile(ctx, hash, files[hash]); err != nil {
			return im.report, err
		}
		if im.Progress != nil {
			im.Progress(Progress{k + 1, len(order), files[hash][0].String("file_name")})
		}
	}
	return im.report, nil
}

func contains(ids []registry.RecordID, id registry.RecordID) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

func (im *Importer) rereadFile(ctx context.Context, hash string, docs []*registry.Record) error {
	name := docs[0].String("file_name")
	b, err := im.Blobs.Get(hash)
	if err != nil {
		im.quarantine(name, err)
		return nil
	}
	parts, err := im.extractor().Read(ctx, filepath.Base(name), b, extract.Options{})
	if err != nil {
		return err
	}
	for _, p := range parts {
		r := im.readPart(file{path: name}, b, p)
		if r.err != nil || r.kept != nil {
			if p.Bytes == nil {
				im.quarantine(name, ReadError(name, p.Err()))
			}
			continue
		}
		if r.hash != hash {
			continue // a file within this one is a document of its own
		}
		for i, rd := range r.readings {
			for _, d := range docs {
				if len(r.readings) > 1 && d.String("language") != registryLang(rd.Language) {
					continue
				}
				es, err := im.renew(d.ID, rd, r.analyses[i], Machine)
				if err != nil {
					return err
				}
				if es == nil {
					im.report.Known++
					break
				}
				if _, err := im.append(ctx, es); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}
