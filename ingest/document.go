package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
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
}

// readFile is the part that runs on all cores: bytes in, readings and analyses out.
func (im *Importer) readFile(f file) (r read) {
	r.file = f
	defer func() {
		if p := recover(); p != nil { // a bug on one file must not cost the others
			r.err = registry.Errorf(registry.Internal, "reading failed: %v", p).WithHint("this is a defect of assay; please report it with the file")
		}
	}()
	if r.bytes, r.err = f.read(); r.err != nil {
		return r
	}
	r.hash = blob.Hash(r.bytes)
	if r.readings, r.err = text.ReadAll(filepath.Base(f.path), r.bytes); r.err != nil {
		return r
	}
	for _, rd := range r.readings {
		r.analyses = append(r.analyses, assay.Analyze(rd, im.Rules, im.lex))
	}
	return r
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
	if _, err := im.Blobs.Put(r.bytes); err != nil {
		return err
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
	return err
}

// document makes the entries of one text of a file. instrument is the one that an earlier text of the same file belongs to.
func (im *Importer) document(r read, i int, instrument registry.RecordID) ([]registry.Entry, registry.RecordID, bool, error) {
	rd, an := r.readings[i], r.analyses[i]
	h := header(rd)
	id := im.documentID(r, i, h)
	if instrument, known := im.isKnown(id, r, i, h); known {
		return nil, instrument, true, nil
	}
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
	c.stated("title", "", title, lang)
	c.stated("language", "", lang, "")
	c.stated("file", "", r.hash, "")
	c.stated("file_name", "", filepath.Base(r.file.path), "")
	c.read("reading", "", readingHash, "")
	c.read("analysis", "", analysisHash, "")
	if h.date != "" {
		c.stated("event", "published", h.date, "")
	}
	if h.version != "" {
		c.stated("version", "", h.version, "")
	}
	if h.sample {
		c.stated("sample", "", "yes", "")
	}
	im.mentions(c, id, an)
	im.report.Documents++

	dup, like := im.similar.add(id, rd.Text)
	if h.version != "" && h.instrument != "" { // drafts of one instrument are alike by nature
		dup = ""
	}
	if dup != "" {
		c.inferred("duplicate_of", "", string(dup), like)
		im.report.Duplicates++
	}
	switch {
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
	docType := h.documentType(an)
	c.stated("document_type", "", docType, "")
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
	if known == nil || known.String("file") != r.hash {
		return "", false
	}
	if refs := known.Refs("instrument"); len(refs) > 0 {
		return refs[0], true
	}
	if an := r.analyses[i]; h.isInstrument(an) && h.instrument == "" {
		if best := im.matcher.candidates(im.describe(an, h, known.Title())); len(best) > 0 && best[0].Score >= doubtful {
			im.review(id, known.Title(), best)
		}
	}
	return "", true
}

// describe is what is known of a text when its instrument is looked for.
func (im *Importer) describe(an *assay.Analysis, h head, title string) described {
	d := described{title: title, url: h.url, date: h.date, kind: cmp.Or(h.kind, instrumentType(an)), parties: im.known(an.Parties)}
	if len(h.parties) > 0 {
		d.parties = im.known(h.parties)
	}
	return d
}

func (im *Importer) review(id registry.RecordID, title string, best []Candidate) {
	im.report.Review = append(im.report.Review, Review{"match", id, title, best[:min(len(best), 5)]})
}

// match finds the instrument the document is a text of, or makes one. A doubtful match goes to the review list.
func (im *Importer) match(c *claims, id registry.RecordID, rd *text.Reading, an *assay.Analysis, h head, title string) registry.RecordID {
	if !h.isInstrument(an) {
		if about := im.matcher.about(h.url); len(about) == 1 {
			c.inferred("instrument", "", string(about[0]), "the record gives this address for a text about it")
			return about[0]
		}
		return ""
	}
	best := im.matcher.candidates(im.describe(an, h, title))
	switch {
	case len(best) > 0 && best[0].Score >= sure && (len(best) == 1 || best[0].Score-best[1].Score >= margin):
		im.report.Matched++
		c.inferred("instrument", "", string(best[0].Instrument), strings.Join(best[0].Reasons, "; "))
		return best[0].Instrument
	case len(best) > 0 && best[0].Score >= doubtful:
		im.review(id, title, best)
		return ""
	}
	ins := registry.RecordID("ins_" + id.Tail())
	im.report.Instruments++
	im.newInstrument(c, id, ins, rd, an, h, title)
	for _, other := range im.matcher.about(h.url) {
		on := c.on(ins)
		on.inferred("related", "", string(other), "the record gives this address for a statement about it")
		c.entries = on.entries
	}
	im.matcher.add(ins, c.entries)
	c.inferred("instrument", "", string(ins), "no known instrument fits; the record was made for this text")
	return ins
}

// newInstrument makes the record of an instrument known only from its text.
func (im *Importer) newInstrument(c *claims, id, ins registry.RecordID, rd *text.Reading, an *assay.Analysis, h head, title string) {
	on := c.on(ins)
	on.stated("title", "", title, registryLang(rd.Language))
	if h.kind != "" {
		on.stated("type", "", h.kind, "")
	} else if t := instrumentType(an); t != "" {
		on.read("type", "", t, "")
	}
	for _, p := range im.known(h.parties) {
		on.stated("party", "", "pty_"+p, "")
	}
	if len(h.parties) == 0 {
		for _, p := range im.known(an.Parties) {
			on.read("party", "", "pty_"+p, place(id, an, "party", p))
		}
	}
	for _, e := range h.events {
		on.stated("event", e[0], e[1], "")
	}
	if len(h.events) == 0 && h.date != "" {
		on.stated("event", "text_published", h.date, "")
	}
	on.stated("text_status", "final", "found", "")
	if h.url != "" {
		on.stated("text_url", "final", h.url, "")
	}
	c.entries = on.entries
}

// known are those of the parties that the registry has a record of.
func (im *Importer) known(codes []string) []string {
	var out []string
	for _, p := range codes {
		if im.view.Record(registry.RecordID("pty_"+p)) != nil {
			out = append(out, p)
		}
	}
	return out
}

// mentions claims, of the document, the parties and minerals that the machine read in it.
func (im *Importer) mentions(c *claims, id registry.RecordID, an *assay.Analysis) {
	for _, p := range im.known(an.Parties) {
		c.read("party", "", "pty_"+p, place(id, an, "party", p))
	}
	for _, m := range an.Minerals {
		if im.view.Record(registry.RecordID("min_"+m)) != nil {
			c.read("mineral", "", "min_"+m, place(id, an, "mineral", m))
		}
	}
}

// nature claims, of the instrument, the minerals its text names and what the text says of its own force, its wording and its kind, with
// the provision each rests on.
func (im *Importer) nature(c *claims, id, ins registry.RecordID, an *assay.Analysis) {
	on := c.on(ins)
	for _, m := range an.Minerals {
		if im.view.Record(registry.RecordID("min_"+m)) != nil {
			on.read("mineral", "", "min_"+m, place(id, an, "mineral", m))
		}
	}
	if an.Unsupported != "" {
		c.entries = on.entries
		return
	}
	n := an.Instrument.LegalNature
	where := func(level string) string {
		for _, e := range n.Evidence {
			if e.Level == level {
				return string(id) + "/" + e.EID
			}
		}
		return ""
	}
	if n.Stated != "" && n.Stated != "none" {
		on.read("legal_nature", "stated", n.Stated, where("stated"))
	}
	if n.Read != "" {
		on.read("legal_nature", "read", n.Read, where("read"))
	}
	if n.Inferred != "" {
		on.readAs("legal_nature", "inferred", n.Inferred, where("inferred"), "inferred")
	}
	c.entries = on.entries
}

// place is the address of the provision in which the analysis first names a party or mineral; "" where it does not say.
func place(id registry.RecordID, an *assay.Analysis, class, code string) string {
	for _, m := range an.Mentions {
		if m.Kind != class || m.Code != code {
			continue
		}
		best := ""
		for _, p := range an.Provisions { // parents come before children, so the last that holds it is the innermost
			if p.Start <= m.Start && m.End <= p.End {
				best = p.EID
			}
		}
		if best != "" {
			return string(id) + "/" + best
		}
	}
	return ""
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
	suffix := r.hash[:10]
	if im.Audience != registry.Public {
		suffix = im.mac("document", string(im.Audience), r.hash)[:10]
	}
	stem := slug(h.title(r.readings[i], r.file.path))
	if im.Audience != registry.Public && im.Audience != registry.Registry {
		stem = "" // an id may stand where the title may not
	}
	id := strings.Trim(strings.Trim(h.date+"-"+stem, "-")+"-"+suffix, "-")
	if stem == "" {
		id = suffix
	}
	if len(r.readings) > 1 {
		id += "-" + registryLang(r.readings[i].Language)
	}
	return registry.RecordID("doc_" + id)
}

// slug is a title as part of an address: lower-case letters and digits with hyphens, at most sixty.
func slug(s string) string {
	var b strings.Builder
	dash := false
	for _, c := range strings.ToLower(s) {
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

func registryLang(l string) string {
	if registry.IsCode("language", l) {
		return l
	}
	return "und"
}

func bareURL(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/") + u.RawQuery
}

// source is the id of the source a file's claims rest on: the one known for its address, or a new one that is entered with them.
func (im *Importer) source(c *claims, r read, rd *text.Reading, h head, id registry.RecordID) registry.SourceID {
	if known, ok := im.urls[bareURL(h.url)]; ok && h.url != "" {
		return known
	}
	s := registry.Source{ID: registry.SourceID("src_" + strings.ToLower(id.Tail())), URL: h.url, Title: h.title(rd, r.file.path),
		Publisher: h.publisher, Date: im.past(h.published), Grade: h.grade, Lang: registryLang(rd.Language), Hash: r.hash}
	if len(s.ID) > 96 {
		s.ID = s.ID[:96]
	}
	if h.url != "" {
		im.urls[bareURL(h.url)] = s.ID
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
