package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// read is a file with what was read from it, or why it could not be.
type read struct {
	file     file
	bytes    []byte
	hash     string
	readings []*text.Reading
	analyses []*assay.Analysis
	err      error
	of       []*text.Reading  // all texts of the file where some are left out; nil else
	known    bool             // a web address whose document is here already
	fetched  *fetch.Record    // how it came, from a web address
	kept     *extract.Verdict // nothing is wrong with the file, but its words are in images that were not read
}

// ReadError is an error of package text with a code, the path and the line.
func ReadError(path string, err error) error {
	var te *text.Error
	if !errors.As(err, &te) {
		return err
	}
	at := path
	if te.Line > 0 {
		at = fmt.Sprintf("%s: line %d", path, te.Line)
	}
	return registry.Errorf(registry.ErrorCode(te.Code), "%s: %s", at, te.Message).WithHint("%s", te.Hint)
}

// Machine is the author of what the reading says.
const Machine = "machine:" + assay.Engine

// enter writes one file: blobs first, then all its entries in one batch.
func (im *Importer) enter(ctx context.Context, r read) error {
	if r.err != nil {
		im.quarantine(r.file.path, ReadError(r.file.path, r.err))
		return nil
	}
	if r.known {
		im.report.Known++
		return nil
	}
	if im.wasErased(r) {
		im.report.ErasedFiles = append(im.report.ErasedFiles, r.file.path)
		return nil
	}
	if _, err := im.Blobs.Put(r.bytes); err != nil {
		return err
	}
	if r.kept != nil {
		return im.keep(ctx, r)
	}
	var entries []registry.Entry
	var known int
	var instrument registry.RecordID
	for i := range r.readings {
		es, ins, isKnown, err := im.document(r, i, instrument)
		if err != nil {
			return err
		}
		if isKnown {
			known++
		}
		instrument = ins
		entries = append(entries, es...)
	}
	if known == len(r.readings) {
		im.report.Known++
		return nil
	}
	_, err := im.append(ctx, entries)
	if registry.CodeOf(err) == registry.Invalid { // nothing of it entered; the others go on
		im.quarantine(r.file.path, err)
		return nil
	}
	return err
}

// document makes the entries of one text of a file. instrument is the one that an earlier text of the same file belongs to.
func (im *Importer) document(r read, i int, instrument registry.RecordID) ([]registry.Entry, registry.RecordID, bool, error) {
	rd, an := r.readings[i], r.analyses[i]
	h := header(rd)
	im.given.fill(&h)
	if rd.Variant != "" && h.docType == "" { // changes are tracked in it
		h.docType = "draft"
	}
	id := im.documentID(r, i, h)
	textless := im.textless[r.hash]
	if textless != "" && len(r.readings) == 1 && r.of == nil { // its analysis is known: the text comes to the same record
		id = textless
		if refs := im.view.Record(id).Refs("instrument"); len(refs) > 0 && h.instrument == "" {
			h.instrument = refs[0]
		}
	}
	if instrument, known := im.isKnown(id, r, i, h); known {
		if es, err := im.renew(id, rd, an, Machine); err != nil || es != nil {
			return es, instrument, false, err
		}
		if im.given != nil && im.given.taken != nil {
			im.given.taken.Known = append(im.given.taken.Known, id)
		}
		return nil, instrument, true, im.restore(id, rd, an)
	}
	ch := im.given.choice(id)
	readingHash, err := im.put(rd)
	if err != nil {
		return nil, "", false, err
	}
	analysisHash, err := im.put(an)
	if err != nil {
		return nil, "", false, err
	}
	c := &claims{record: id}
	c.source = im.source(c, r, rd, h, id)
	title := h.title(rd, r.file.path)
	lang := registryLang(rd.Language)
	if ch == nil || !renames(ch, title) {
		c.stated("title", "", title, lang)
	}
	c.stated("language", "", lang, "")
	c.stated("file", "", r.hash, "")
	c.stated("file_name", "", filepath.Base(r.file.path), "")
	if err := im.howFetched(c, r); err != nil {
		return nil, "", false, err
	}
	c.read("reading", "", readingHash, "")
	c.read("analysis", "", analysisHash, "")
	if h.date != "" {
		c.stated("event", "published", h.date, "")
	}
	if h.version != "" && (ch == nil || ch.Version == "" || ch.Version == h.version) {
		c.stated("version", "", h.version, "")
	}
	if h.sample {
		c.stated("sample", "", "yes", "")
	}
	im.mentions(c, id, an)
	im.report.Documents++

	dup, like := im.similar.add(id, rd.Text)
	if h.version != "" && h.instrument != "" || im.given != nil && im.given.clean { // drafts of one instrument are alike by nature
		dup = ""
	}
	if dup != "" {
		c.inferred("duplicate_of", "", string(dup), like)
		im.report.Duplicates++
	}
	asked := len(im.report.Review)
	made := im.report.Instruments
	switch {
	case ch != nil && ch.Make:
		instrument = im.makeInstrument(c, id, rd, an, h, title)
	case ch != nil && ch.Instrument != "":
		instrument = ch.Instrument
		c.add(registry.Claim{Field: "instrument", Value: registry.Value{Raw: string(instrument)}, Method: "inferred", Note: "a person who brought the text in says that it is a text of it"}, im.given.by)
	case ch != nil:
		instrument = ""
	case h.instrument != "":
		instrument = h.instrument
		c.stated("instrument", "", string(instrument), "")
	case instrument != "":
		c.inferred("instrument", "", string(instrument), "another text in the same file belongs to it")
	case dup != "" && im.similar.instrument[dup] != "":
		instrument = im.similar.instrument[dup]
		c.inferred("instrument", "", string(instrument), "near-duplicate of a text of it")
	default:
		instrument = im.match(c, id, rd, an, h, title)
	}
	if instrument == "" && len(im.report.Review) == asked {
		im.report.Alone++
	}
	docType := h.documentType(an)
	if ch == nil || ch.Type == "" || ch.Type == docType {
		c.stated("document_type", "", docType, "")
	}
	if ch != nil {
		im.given.decided(c, ch, title, lang, docType, &h)
		if ch.Type != "" {
			docType = ch.Type
		}
		im.given.taken.Documents = append(im.given.taken.Documents, id)
		if im.report.Instruments > made {
			im.given.taken.Instruments = append(im.given.taken.Instruments, instrument)
		}
	}
	im.done[id] = instrument
	if instrument != "" {
		im.similar.instrument[id] = instrument
		if docType == "final" || docType == "statement" || docType == "roadmap" { // a draft does not say what the instrument is
			im.nature(c, id, instrument, an)
		}
	}
	return c.entries, instrument, false, nil
}

// isKnown says whether the text is in the log already, and to which instrument it belongs. One whose match is still open is
// looked at again for the review list: the import that entered it may have died before it could say so.
func (im *Importer) isKnown(id registry.RecordID, r read, i int, h head) (registry.RecordID, bool) {
	if instrument, ok := im.done[id]; ok { // the same file twice in one import
		return instrument, true
	}
	known := im.view.Record(id)
	if known == nil || known.String("file") != r.hash || known.String("reading") == "" {
		return "", false
	}
	if refs := known.Refs("instrument"); len(refs) > 0 {
		return refs[0], true
	}
	if an := r.analyses[i]; h.isInstrument(an) && h.instrument == "" {
		if best := im.candidates(im.describe(an, h, known.Title())); len(best) > 0 && best[0].Score >= doubtful {
			im.review(id, known.Title(), best)
		}
	}
	return "", true
}

// restore writes the reading and analysis of a known text again where they were lost or damaged since.
func (im *Importer) restore(id registry.RecordID, rd *text.Reading, an *assay.Analysis) error {
	known := im.view.Record(id)
	if known == nil { // entered by this import
		return nil
	}
	for _, part := range []struct {
		field string
		v     any
	}{{"reading", rd}, {"analysis", an}} {
		hash := known.String(part.field)
		if hash == "" {
			continue
		}
		_, err := im.Blobs.Get(hash)
		if code := registry.CodeOf(err); code == registry.NotFound || code == registry.Unreadable {
			_, err = im.put(part.v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (im *Importer) put(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	return im.Blobs.Put(b)
}

// documentID is the same on every import of the same bytes at the same audience, and tells nothing of bytes that are not public.
func (im *Importer) documentID(r read, i int, h head) registry.RecordID {
	suffix := im.documentSuffix(r, im.Audience)
	stem := slug(h.title(r.readings[i], r.file.path))
	if im.Audience != registry.Public && im.Audience != registry.Registry {
		stem = "" // an id may stand where the title may not
	}
	id := strings.Trim(strings.Trim(slug(h.date)+"-"+stem, "-")+"-"+suffix, "-")
	if stem == "" {
		id = suffix
	}
	if len(r.readings) > 1 || r.of != nil {
		id += "-" + registryLang(r.readings[i].Language)
	}
	return registry.RecordID("doc_" + id)
}

// documentSuffix is the part of a document's id that comes from its bytes.
func (im *Importer) documentSuffix(r read, a registry.Audience) string {
	if a == registry.Public {
		return r.hash[:10]
	}
	return im.mac("document", string(a), r.hash)[:10]
}

// slug is a title as part of an address: lower-case letters and digits with hyphens, at most sixty.
func slug(s string) string {
	var b strings.Builder
	dash := false
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(c)
			dash = false
		case unicode.IsMark(c) || c == '\'' || c == '’':
		default:
			dash = true
		}
		if b.Len() >= 60 {
			break
		}
	}
	return b.String()
}
