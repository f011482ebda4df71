package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// What comes by an editor's desk goes the way of files that are imported, in two steps: Look reads and enters nothing, Take enters what the
// person decided.

// given is what a person said of a file that they bring in.
type given struct {
	by      string
	source  intake.Source
	choices map[string]intake.Choice // by document
	taken   *intake.Taken
}

// fill puts what a person said of the source into the place of what the file says.
func (g *given) fill(h *head) {
	if g == nil {
		return
	}
	if u := address(g.source.URL); u != "" {
		h.url, h.grade = u, gradeOf(u, "")
		h.publisher = publisherOf(u)
	}
	if p := strings.TrimSpace(g.source.Publisher); p != "" {
		h.publisher = p
	}
	if d := g.source.Date; d != "" {
		h.published = d
	}
	if registry.IsCode("grade", g.source.Grade) {
		h.grade = g.source.Grade
	}
}

// Look says what would be understood of a file. Nothing enters. The error is only for what stops all.
func (im *Importer) Look(ctx context.Context, f intake.File) (*intake.Looked, error) {
	if err := im.begin(); err != nil {
		return nil, err
	}
	if err := im.open(ctx); err != nil {
		return nil, err
	}
	im.given = &given{source: f.Source}
	out := &intake.Looked{}
	for _, r := range im.readFile(ctx, memory(f)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out.Parts = append(out.Parts, im.look(r))
	}
	return out, nil
}

// memory is a file that lies in memory.
func memory(f intake.File) file {
	return file{path: f.Name, size: int64(len(f.Bytes)), from: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(string(f.Bytes))), nil }}
}

func (im *Importer) look(r read) intake.Part {
	p := intake.Part{Path: r.file.path, Code: "read"}
	switch {
	case r.err != nil:
		err := ReadError(r.file.path, r.err)
		p.Code, p.Reason, p.Hint = string(registry.CodeOf(err)), strings.TrimPrefix(err.Error(), r.file.path+": "), registry.HintOf(err)
		return p
	case im.wasErased(r):
		p.Code, p.Reason = "erased", "its text was erased here once"
		return p
	case r.kept != nil:
		p.Code, p.Reason, p.Hint = "kept", r.kept.Reason, r.kept.Hint
		h := header(&text.Reading{Language: "und"})
		kept := read{file: r.file, hash: r.hash, readings: []*text.Reading{{Language: "und"}}}
		id := im.documentID(kept, 0, h)
		p.Texts = []intake.Text{{Document: id, Known: im.view.Record(id) != nil, Title: h.title(kept.readings[0], r.file.path), Language: "und", Type: "other"}}
		return p
	}
	for i, rd := range r.readings {
		p.Format = rd.Format
		an := r.analyses[i]
		h := header(rd)
		im.given.fill(&h)
		if rd.Variant != "" && h.docType == "" {
			h.docType = "draft"
		}
		t := intake.Text{Document: im.documentID(r, i, h), Reading: rd, Analysis: an, Title: h.title(rd, r.file.path), Language: registryLang(rd.Language), Date: h.date, Type: h.documentType(an), Version: h.version, Instrument: h.instrument}
		if known := im.textless[r.hash]; known != "" && len(r.readings) == 1 {
			t.Document = known
		}
		if known := im.view.Record(t.Document); known != nil && known.String("file") == r.hash {
			t.Known = true
			if refs := known.Refs("instrument"); len(refs) > 0 {
				t.Instrument = refs[0]
			}
		}
		for _, c := range im.known(an.Parties) {
			t.Parties = append(t.Parties, registry.RecordID("pty_"+c))
		}
		if dup, like := im.similar.add(t.Document, rd.Text); dup != "" {
			t.Duplicate, t.Like = dup, like
			if t.Instrument == "" {
				t.Instrument = im.similar.instrument[dup]
			}
		}
		for _, c := range im.candidates(im.describe(an, h, t.Title)) {
			t.Matches = append(t.Matches, intake.Match{Instrument: c.Instrument, Score: c.Score, Reasons: c.Reasons})
		}
		p.Texts = append(p.Texts, t)
	}
	return p
}

// Take enters a file as a person decided; a text that they said nothing of does not enter. by is the person.
func (im *Importer) Take(ctx context.Context, f intake.File, by string, choices map[registry.RecordID]intake.Choice) (*intake.Taken, error) {
	if err := im.begin(); err != nil {
		return nil, err
	}
	if err := im.open(ctx); err != nil {
		return nil, err
	}
	g := &given{by: by, source: f.Source, choices: map[string]intake.Choice{}, taken: &intake.Taken{}}
	for id, c := range choices {
		g.choices[string(id)] = c
	}
	im.given = g
	for _, r := range im.readFile(ctx, memory(f)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r.err != nil || im.wasErased(r) {
			g.taken.Refused = append(g.taken.Refused, im.look(r))
			continue
		}
		if r = im.chosen(r); len(r.readings) == 0 && r.kept == nil {
			continue
		}
		if err := im.enter(ctx, r); err != nil {
			return nil, err
		}
	}
	for _, q := range im.report.Quarantined {
		g.taken.Refused = append(g.taken.Refused, intake.Part{Path: q.Path, Code: string(registry.Invalid), Reason: q.Reason, Hint: q.Hint})
	}
	g.taken.Entries = im.report.Entries
	return g.taken, nil
}

// chosen leaves of a file the texts that a person wants in.
func (im *Importer) chosen(r read) read {
	if r.kept != nil {
		kept := read{file: r.file, hash: r.hash, readings: []*text.Reading{{Language: "und"}}}
		id := im.documentID(kept, 0, header(kept.readings[0]))
		if c, ok := im.given.choices[string(id)]; !ok || c.Leave {
			r.kept = nil
			return r
		}
		im.given.taken.Documents = append(im.given.taken.Documents, id)
		return r
	}
	all := r
	r.readings, r.analyses = nil, nil
	for i, rd := range all.readings {
		h := header(rd)
		im.given.fill(&h)
		id := im.documentID(all, i, h)
		if known := im.textless[r.hash]; known != "" && len(all.readings) == 1 {
			id = known
		}
		if c, ok := im.given.choices[string(id)]; ok && !c.Leave {
			r.readings, r.analyses = append(r.readings, rd), append(r.analyses, all.analyses[i])
		}
	}
	if len(all.readings) > 1 { // what is left of several keeps the names that they had together
		r.of = all.readings
	}
	return r
}

// choice is what a person decided of a document; nil for files that nobody looked at.
func (g *given) choice(id registry.RecordID) *intake.Choice {
	if g == nil || g.choices == nil {
		return nil
	}
	if c, ok := g.choices[string(id)]; ok {
		return &c
	}
	return nil
}

// decided enters, as the person's, what they decided of a text: what it is called, what it is, its number.
func (g *given) decided(c *claims, ch *intake.Choice, title, lang, docType string, h *head) {
	say := func(field, value, lang string) {
		if value == "" {
			return
		}
		c.add(registry.Claim{Field: field, Value: registry.Value{Raw: value, Lang: lang}}, g.by)
	}
	if renames(ch, title) {
		say("title", strings.Join(strings.Fields(ch.Title), " "), lang)
	}
	if ch.Type != "" && ch.Type != docType {
		say("document_type", ch.Type, "")
	}
	if ch.Version != "" && ch.Version != h.version {
		say("version", ch.Version, "")
	}
}

// renames says whether a person calls a text otherwise than the file does.
func renames(ch *intake.Choice, title string) bool {
	t := strings.Join(strings.Fields(ch.Title), " ")
	return t != "" && t != title
}

// Mend makes the entries by which a document has another reading, in which a page has the words that a person read in its image. The earlier
// reading stays in the log, so that its addresses lead on.
func (im *Importer) Mend(v *registry.View, m intake.Mend, by string) ([]registry.Entry, error) {
	d := v.Record(m.Document)
	if d == nil || d.String("reading") == "" {
		return nil, registry.Errorf(registry.NotFound, "there is no such text").WithHint("look at the list again")
	}
	rs, as := d.Slot("reading", ""), d.Slot("analysis", "")
	if rs == nil || rs.Shown == nil || as == nil || as.Shown == nil {
		return nil, registry.Errorf(registry.NotFound, "the text was not read")
	}
	if d.String("reading") != m.Reading {
		return nil, registry.Errorf(registry.Conflict, "the text was read anew in the meantime").WithHint("look at the page as it is now, and mend that")
	}
	b, err := im.Blobs.Get(m.Reading)
	if err != nil {
		return nil, err
	}
	rd := new(text.Reading)
	if err := json.Unmarshal(b, rd); err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: reading %s: %v", d.ID, m.Reading, err)
	}
	mended, err := text.MendPage(rd, m.Page, m.Words)
	if err != nil {
		return nil, ReadError(d.Title(), err)
	}
	if mended.Text == rd.Text {
		return nil, registry.Errorf(registry.Invalid, "these are the words that are there already").WithHint("change what is wrong on the page, or leave it")
	}
	mended.Extractor = rd.Extractor
	an := assay.Analyze(mended, im.Rules, LexiconOf(v))
	reading, err := im.put(mended)
	if err != nil {
		return nil, err
	}
	analysis, err := im.put(an)
	if err != nil {
		return nil, err
	}
	why := fmt.Sprintf("page %d: words mended by a person", m.Page)
	if r := strings.TrimSpace(m.Reason); r != "" {
		why += ": " + r
	}
	one := *im
	if one.Audience == "" {
		one.Audience = registry.Registry
	}
	c := &claims{record: d.ID, source: rs.Shown.Claim.Source}
	c.add(registry.Claim{Field: "reading", Value: registry.Value{Raw: reading}, Locator: fmt.Sprintf("p. %d", m.Page), Note: why, Supersedes: rs.Shown.Entry.ID}, by)
	c.add(registry.Claim{Field: "analysis", Value: registry.Value{Raw: analysis}, Method: "read", Supersedes: as.Shown.Entry.ID}, Machine)
	return slices.Clip(c.entries), one.complete(c.entries)
}
