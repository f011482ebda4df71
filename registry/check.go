package registry

import (
	"strings"
	"unicode/utf8"
)

// check holds an entry's payload against the schema.
func (e *Entry) check() error {
	n := 0
	for _, set := range []bool{e.Source != nil, e.Claim != nil, e.Retraction != nil, e.Disclosure != nil, e.Choice != nil, e.Move != nil} {
		if set {
			n++
		}
	}
	if n != 1 {
		return Errorf(Invalid, "an entry has one payload, not %d", n)
	}
	switch {
	case e.Source != nil:
		e.Type = EntrySource
		return e.Source.check()
	case e.Claim != nil:
		e.Type = EntryClaim
		return e.Claim.check()
	case e.Retraction != nil:
		e.Type = EntryRetraction
		if e.Retraction.Target == "" || e.Retraction.Reason == "" {
			return Errorf(Invalid, "a retraction needs what it takes back and a reason")
		}
	case e.Disclosure != nil:
		e.Type = EntryDisclosure
		d := e.Disclosure
		if len(d.Targets) == 0 || (d.Action != "publish" && d.Action != "release" && d.Action != "withdraw") {
			return Errorf(Invalid, "a disclosure needs targets and an action: publish, release or withdraw")
		}
		return d.To.Check()
	case e.Choice != nil:
		e.Type = EntryChoice
		if e.Choice.Claim == "" || e.Choice.Reason == "" {
			return Errorf(Invalid, "overruling needs a claim and a reason")
		}
	case e.Move != nil:
		e.Type = EntryMove
		return e.Move.check()
	}
	return nil
}

func (s *Source) check() error {
	if _, err := ParseSourceID(string(s.ID)); err != nil {
		return err
	}
	if !IsCode("grade", s.Grade) {
		return unknownCode("grade", s.Grade)
	}
	if s.URL != "" && !urlForm.MatchString(s.URL) && !strings.HasPrefix(s.URL, "file:") {
		return Errorf(Invalid, "source %s: %q is not a web address", s.ID, s.URL)
	}
	if s.URL == "" && s.Title == "" {
		return Errorf(Invalid, "source %s has neither a web address nor a title", s.ID)
	}
	if s.Lang != "" && !IsCode("language", s.Lang) {
		return unknownCode("language", s.Lang)
	}
	for _, d := range []string{s.Date, s.Seen} {
		if d != "" {
			if _, err := ParseDate(d); err != nil {
				return err
			}
		}
	}
	for _, t := range []string{s.Title, s.Publisher, s.Note} {
		if !utf8.ValidString(t) || len(t) > 4000 {
			return Errorf(Invalid, "source %s: a text is too long or not UTF-8", s.ID)
		}
	}
	return nil
}

func (c *Claim) check() error {
	if _, err := ParseRecordID(string(c.Record)); err != nil {
		return err
	}
	f := FieldOf(c.Field)
	if f == nil {
		return Errorf(Invalid, "unknown field %q", c.Field).WithHint("the fields are in the glossary and in registry/schema.yaml")
	}
	if !HasField(c.Record.Kind(), c.Field) {
		return Errorf(Invalid, "a %s has no field %q", c.Record.Kind(), c.Field).WithHint("fields of a %s: %s", c.Record.Kind(), strings.Join(kindDefs[c.Record.Kind()].Fields, ", "))
	}
	v, err := ParseValue(f, c.Value.String(), c.Value.Lang)
	if err != nil {
		return err
	}
	c.Value = v
	if c.Key, err = parseKey(f, c.Key); err != nil {
		return err
	}
	if c.Field == "redirect" {
		if err := c.checkRedirect(); err != nil {
			return err
		}
	}
	if f.Type == TypeRef && c.Value.State == "" && RecordID(c.Value.Raw) == c.Record {
		return Errorf(Invalid, "%s: %s refers to itself", c.Record, c.Field)
	}
	if c.Field == "address" && c.Value.State == "" && !isAddress(c.Value.Raw) {
		return Errorf(Invalid, "%s: %q is not an address", c.Record, c.Value.Raw).WithHint("letters, digits, dots and hyphens, at most 96, without .json or .csv at the end")
	}
	if c.Source == "" {
		return Errorf(Invalid, "%s %s: a claim needs a source", c.Record, c.Field).WithHint("say where this was read: the id of a source")
	}
	for _, d := range []string{c.From, c.Until} {
		if d != "" {
			if _, err := ParseDate(d); err != nil {
				return err
			}
		}
	}
	if c.Method == "stated" {
		c.Method = ""
	}
	if c.Method != "" && !IsCode("method", c.Method) {
		return unknownCode("method", c.Method)
	}
	if err := c.checkStatement(f); err != nil {
		return err
	}
	if len(c.Note) > 4000 || len(c.Locator) > 500 || !utf8.ValidString(c.Note) || !utf8.ValidString(c.Locator) {
		return Errorf(Invalid, "%s %s: note or locator is too long or not UTF-8", c.Record, c.Field)
	}
	return nil
}

// parseKey reads the key of a claim on field f and gives its canonical form.
func parseKey(f *FieldDef, key string) (string, error) {
	key = strings.TrimSpace(key)
	if f.Card != Keyed {
		if key != "" {
			return "", Errorf(Invalid, "%s takes no key; %q was given", f.Name, key)
		}
		return "", nil
	}
	if len(key) > 200 || !utf8.ValidString(key) || strings.ContainsAny(key, "\n\r\x00") {
		return "", Errorf(Invalid, "%s: the key is too long or has line breaks", f.Name)
	}
	switch f.Key {
	case "string":
		return key, nil
	case "event":
		code, _ := SplitEventKey(key)
		if !IsCode("event", code) {
			return "", Errorf(Invalid, "%s: unknown event %q", f.Name, code).WithHint("events: %s", strings.Join(Codes("event"), ", "))
		}
		return key, nil
	case "ref":
		to := f.To
		if f.Type == TypeRef || len(to) == 0 {
			to = []Kind{KindParty}
		}
		id, err := ParseRef(key, to)
		return string(id), err
	case "collision":
		rule, other, ok := CollisionOf(key)
		if !ok {
			return "", Errorf(Invalid, "%s: %q does not name a rule, a text and a mark", f.Name, key).WithHint("the page of the two provisions leads to the form with its key")
		}
		id, err := ParseRef(string(other), []Kind{KindDocument, KindLaw})
		return rule + "@" + string(id) + key[strings.LastIndex(key, "@"):], err
	case "country_year":
		c, y, ok := strings.Cut(key, "/")
		if _, err := ParseDate(y); !ok || c == "" || err != nil {
			return "", Errorf(Invalid, "%s: %q is not country/year", f.Name, key).WithHint("write COD/2024 or world/2024")
		}
		return key, nil
	}
	if !IsCode(f.Key, key) {
		return "", unknownCode(f.Key, key)
	}
	return key, nil
}
