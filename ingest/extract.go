package ingest

import (
	"context"
	"path"
	"path/filepath"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// readFile is the part that runs on all cores: bytes in, readings and analyses out. A container gives one read for each file in it.
func (im *Importer) readFile(ctx context.Context, f file) (out []read) {
	defer func() {
		if p := recover(); p != nil { // a bug on one file must not cost the others
			out = []read{{file: f, err: registry.Errorf(registry.Internal, "reading failed: %v", p).WithHint("this is a defect of assay; please report it with the file")}}
		}
	}()
	if f.url {
		return im.readAddress(ctx, f)
	}
	b, err := f.read()
	if err != nil {
		return []read{{file: f, err: err}}
	}
	return im.readParts(ctx, f, filepath.Base(f.path), b)
}

// readParts reads a file that has been opened or fetched.
func (im *Importer) readParts(ctx context.Context, f file, name string, b []byte) (out []read) {
	parts, err := im.extractor().Read(ctx, name, b, extract.Options{})
	if err != nil {
		return []read{{file: f, err: err}}
	}
	for _, p := range parts {
		out = append(out, im.readPart(f, b, p))
	}
	return out
}

func (im *Importer) extractor() extract.Reader {
	if im.Extract == nil {
		return extract.InProcess{}
	}
	return im.Extract
}

// readPart analyses a file, or one of those in a container.
func (im *Importer) readPart(f file, whole []byte, p *extract.Part) read {
	r := read{file: f, bytes: whole, err: p.Err()}
	if p.Bytes != nil {
		r.bytes = p.Bytes
		r.file.path = path.Join(filepath.ToSlash(filepath.Dir(f.path)), p.Path)
		if f.url {
			r.file.path = f.path + "/" + path.Base(p.Path)
		}
	}
	r.hash = blob.Hash(r.bytes)
	if p.Verdict.Code == extract.VerdictKept {
		r.err, r.kept = nil, &p.Verdict
		return r
	}
	if r.readings = p.Readings; len(r.readings) > 1 && r.readings[0].Variant != "" {
		r.readings[0].Variants = r.readings[1:]
		r.readings = r.readings[:1]
	}
	for _, rd := range r.readings {
		r.analyses = append(r.analyses, assay.Analyze(rd, im.Rules, im.lex))
	}
	return r
}

// keep enters a document whose words are in images that could not be read: its record and its bytes. Bringing it in again, once they
// can, adds its words to the same record.
func (im *Importer) keep(ctx context.Context, r read) error {
	im.report.Kept = append(im.report.Kept, Quarantine{r.file.path, r.kept.Reason, r.kept.Hint})
	rd := &text.Reading{Language: "und"}
	if r.fetched != nil {
		rd.SourceURL = r.fetched.Final
	}
	h := header(rd)
	r.readings = []*text.Reading{rd}
	id := im.documentID(r, 0, h)
	if known := im.textless[r.hash]; known != "" {
		id = known
	}
	if known := im.view.Record(id); known != nil && known.String("file") == r.hash {
		im.report.Known++
		return nil
	}
	c := &claims{record: id}
	c.source = im.source(c, r, rd, h, id)
	c.stated("title", "", h.title(rd, r.file.path), "und")
	c.stated("language", "", "und", "")
	c.stated("file", "", r.hash, "")
	c.stated("file_name", "", filepath.Base(r.file.path), "")
	if err := im.howFetched(c, r); err != nil {
		return err
	}
	im.report.Documents++
	im.report.Alone++
	_, err := im.append(ctx, c.entries)
	return err
}
