package registry

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The kinds of statement that are not plain facts (code list statement_kind). A claim of the kind fact has Statement "", so that claims made
// before there were kinds keep their ids.
const (
	Allegation = "allegation"
	Finding    = "finding"
	Judgement  = "judgement"
	Reply      = "reply"
)

// onlyFacts are fields by which a record is known, found or read, or that stand in lists without their source: who says it could not be
// shown there.
var onlyFacts = []string{"title", "official_title", "name", "alias", "summary", "address", "redirect", "sample", "external_id", "file", "file_name", "reading", "analysis", "grams", "fetched"}

// checkStatement holds statement and speaker against each other and the field, and writes fact as "".
func (c *Claim) checkStatement(f *FieldDef) error {
	if c.Statement == "fact" {
		c.Statement = ""
	}
	c.Speaker = strings.TrimSpace(c.Speaker)
	switch {
	case c.Statement != "" && !IsCode("statement_kind", c.Statement):
		return unknownCode("statement_kind", c.Statement)
	case c.Statement == "" && c.Speaker != "":
		return Errorf(Invalid, "%s %s: a fact has no speaker; %q was given", c.Record, f.Name, brief(c.Speaker)).
			WithHint("say in statement whether it is an allegation, a finding, a judgement or a reply")
	case c.Statement != "" && c.Speaker == "":
		return Errorf(Invalid, "%s %s: a statement of the kind %s needs its speaker", c.Record, f.Name, c.Statement).
			WithHint("say who alleges, found, judged or replies: a party's id, or a name")
	case len(c.Speaker) > 200 || !utf8.ValidString(c.Speaker) || strings.ContainsFunc(c.Speaker, unicode.IsControl):
		return Errorf(Invalid, "%s %s: the speaker is too long or has line breaks", c.Record, f.Name).WithHint("one name, or one party's id")
	case (f.Name == "reply") != (c.Statement == Reply):
		return Errorf(Invalid, "%s %s: the field reply and statements of the kind reply belong together", c.Record, f.Name).
			WithHint("a reply of somebody who is named: field reply, statement reply, speaker who replies")
	case c.Statement != "" && slices.Contains(onlyFacts, f.Name):
		return Errorf(Invalid, "%s: a statement of the kind %s cannot stand in %s", c.Record, c.Statement, f.Name).
			WithHint("write it in note or event_note, or in the field it is about; a title or summary says in its own words what is so")
	}
	return nil
}

// SpeakerParty is the party that speaks; "" where the speaker is named in words.
func (c *Claim) SpeakerParty() RecordID {
	if id := RecordID(c.Speaker); id.Kind() == KindParty {
		if _, err := ParseRecordID(c.Speaker); err == nil {
			return id
		}
	}
	return ""
}

// RepliesTo are field and key of the statement that a claim on the field reply answers.
func (c *Claim) RepliesTo() (field, key string) {
	field, key, _ = strings.Cut(c.Key, ":")
	return field, key
}
