package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/fetch"
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
	clean   bool // the words of a draft alone, which must not lead to the draft
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
	for _, r := range im.bring(ctx, f) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out.Parts = append(out.Parts, im.look(r))
	}
	return out, nil
}

// bring reads a file that lies in memory.
func (im *Importer) bring(ctx context.Context, f intake.File) []read {
	out := im.readFile(ctx, file{path: f.Name, size: int64(len(f.Bytes)), from: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.Bytes)), nil }})
	var how fetch.Record
	if len(f.How) > 0 && json.Unmarshal(f.How, &how) == nil {
		for i := range out {
			out[i].fetched = &how
		}
	}
	return out
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
	for _, r := range im.bring(ctx, f) {
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

// Mend gives a document another reading, in which a page has the words that a person read in its image. registry.Conflict where the text was read
// anew since the person looked at it.
func (im *Importer) Mend(ctx context.Context, m intake.Mend, by string) error {
	if err := im.begin(); err != nil {
		return err
	}
	if err := im.open(ctx); err != nil {
		return err
	}
	d := im.view.Record(m.Document)
	if d == nil || d.String("reading") == "" {
		return registry.Errorf(registry.NotFound, "there is no such text").WithHint("look at the list again")
	}
	if d.String("reading") != m.Reading {
		return registry.Errorf(registry.Conflict, "the text was read anew in the meantime").WithHint("look at the page as it is now, and mend that")
	}
	rd, err := im.oldReading(m.Reading)
	if err != nil {
		return err
	}
	if rd == nil {
		return registry.Errorf(registry.Unreadable, "the text is damaged").WithHint("import its file again; assay doctor tells more")
	}
	mended, err := text.MendPage(rd, m.Page, m.Words)
	if err != nil {
		return ReadError(d.Title(), err)
	}
	if mended.Text == rd.Text {
		return registry.Errorf(registry.Invalid, "these are the words that are there already").WithHint("change what is wrong on the page, or leave it")
	}
	mended.Extractor, mended.Variants = rd.Extractor, rd.Variants
	es, err := im.renew(d.ID, mended, assay.Analyze(mended, im.Rules, im.lex), by)
	if err != nil {
		return err
	}
	if len(es) == 0 {
		return registry.Errorf(registry.Conflict, "the text cannot be mended as it is kept").WithHint("import its file again")
	}
	c := es[0].Claim
	c.Locator, c.Note = fmt.Sprintf("p. %d", m.Page), fmt.Sprintf("page %d: words mended by a person", m.Page)
	if r := strings.Join(strings.Fields(m.Reason), " "); r != "" {
		c.Note += ": " + r
	}
	_, err = im.append(ctx, es)
	return err
}
