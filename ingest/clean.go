package ingest

import (
	"cmp"
	"context"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// cleanName is what the file of a clean text is called: the name of the draft's own file may be nobody else's business.
const cleanName = "accepted.txt"

// cleanNote is public with the reading of a clean text.
const cleanNote = "every tracked change of a draft accepted; its changes and comments, and who made them, are not part of this text"

// accepted is what is added to the title of a clean text, by its language.
var accepted = map[string]string{"en": " (changes accepted)", "fr": " (modifications acceptées)", "es": " (cambios aceptados)", "pt": " (alterações aceites)"}

// Clean enters, for the importer's audience, a document of the words of another alone: the accepted reading of a draft, without its tracked changes, its
// comments and the names in them. Nothing in it names the draft, its file or its hash, so that it may be published and the draft not. Its file is
// its text. by is the person who asks; clean the new document, or the one that was made of these words before. registry.NotFound where the audience sees no such text,
// registry.Conflict where it holds nothing but its words already.
func (im *Importer) Clean(ctx context.Context, id registry.RecordID, by string) (clean registry.RecordID, err error) {
	if err := im.begin(); err != nil {
		return "", err
	}
	if err := im.open(ctx); err != nil {
		return "", err
	}
	d := im.view.Record(id)
	if d == nil || d.String("reading") == "" {
		return "", registry.Errorf(registry.NotFound, "there is no such text").WithHint("look at the list again")
	}
	rd, err := im.oldReading(d.String("reading"))
	if err != nil {
		return "", err
	}
	if rd == nil {
		return "", registry.Errorf(registry.Unreadable, "the text is damaged").WithHint("import its file again; assay doctor tells more")
	}
	if !rd.Marked() {
		return "", registry.Errorf(registry.Conflict, "the text tracks no changes and bears no comments").WithHint("publish it as it is")
	}
	c := rd.Clean()
	if c == nil {
		return "", registry.Errorf(registry.Invalid, "nothing is left of the text when its changes are accepted").WithHint("look at the draft: every word of it is marked as deleted")
	}
	title := d.Title()
	c.Title = title
	r := read{file: file{path: cleanName}, bytes: []byte(c.Text), readings: []*text.Reading{c}, analyses: []*assay.Analysis{assay.Analyze(c, im.Rules, im.lex)}}
	r.hash = blob.Hash(r.bytes)
	im.given = &given{by: by, clean: true, choices: map[string]intake.Choice{}, taken: &intake.Taken{}}
	if s := d.Slot("reading", ""); s != nil && s.Shown != nil && s.Shown.Source != nil {
		im.given.source = intake.Source{Publisher: s.Shown.Source.Publisher, Date: s.Shown.Source.Date, Grade: s.Shown.Source.Grade}
	}
	h := header(c)
	im.given.fill(&h)
	clean = registry.RecordID(im.documentID(r, 0, h))
	ch := intake.Choice{Title: title + cmp.Or(accepted[c.Language], accepted["en"]), Type: d.String("document_type"), Version: d.String("version")}
	if refs := d.Refs("instrument"); len(refs) > 0 {
		ch.Instrument = refs[0]
	}
	im.given.choices[string(clean)] = ch
	if _, err := im.Blobs.Put(r.bytes); err != nil {
		return "", err
	}
	es, _, known, err := im.document(r, 0, "")
	if err != nil || known {
		return clean, err
	}
	on := &claims{record: clean}
	for i := range es {
		if cl := es[i].Claim; cl != nil && cl.Record == clean {
			on.source = cl.Source
			if cl.Field == "reading" {
				cl.Note = cleanNote
			}
		}
	}
	for _, n := range d.Refs("negotiation") {
		on.add(registry.Claim{Field: "negotiation", Value: registry.Value{Raw: string(n)}}, by)
	}
	_, err = im.append(ctx, append(es, on.entries...))
	return clean, err
}
