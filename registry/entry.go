package registry

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
)

// EntryType is the type of a log entry.
type EntryType string

// The entry types.
const (
	EntrySource     EntryType = "source"
	EntryClaim      EntryType = "claim"
	EntryRetraction EntryType = "retraction"
	EntryDisclosure EntryType = "disclosure"
	EntryChoice     EntryType = "choice"
	EntryMove       EntryType = "move"
)

// Entry is one entry of the log: a header that stays for ever, and a payload that can be erased. Exactly one of the payload
// pointers is set, the one Type names; none where the payload was erased.
type Entry struct {
	ID       EntryID   `json:"id"`
	Type     EntryType `json:"type"`
	Nonce    string    `json:"nonce,omitempty"` // "" for what is public; random otherwise
	Audience Audience  `json:"audience"`        // at which it enters; only disclosures change that
	At       time.Time `json:"at"`              // when it was entered, in UTC to the second
	By       string    `json:"by"`              // person:NAME, importer:NAME, machine:NAME/VERSION

	Source     *Source     `json:"source,omitempty"`
	Claim      *Claim      `json:"claim,omitempty"`
	Retraction *Retraction `json:"retraction,omitempty"`
	Disclosure *Disclosure `json:"disclosure,omitempty"`
	Choice     *Choice     `json:"choice,omitempty"`
	Move       *Move       `json:"move,omitempty"`
}

// Source is where something was read. A later entry with the same id replaces an earlier one.
type Source struct {
	ID        SourceID `json:"id"`
	URL       string   `json:"url,omitempty"`
	Title     string   `json:"title,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	Date      string   `json:"date,omitempty"` // EDTF; when it was published
	Grade     string   `json:"grade"`          // a code of grade
	Lang      string   `json:"lang,omitempty"`
	Seen      string   `json:"seen,omitempty"` // EDTF; when it was consulted
	Hash      string   `json:"hash,omitempty"` // SHA-256 of the bytes consulted, where they were kept
	Note      string   `json:"note,omitempty"`
}

// Claim says that a source says that a field of a record has a value.
type Claim struct {
	Record     RecordID `json:"record"`
	Field      string   `json:"field"`
	Key        string   `json:"key,omitempty"`
	Value      Value    `json:"-"`
	Not        bool     `json:"-"` // the source says that it is not so
	Source     SourceID `json:"source"`
	Locator    string   `json:"locator,omitempty"`
	From       string   `json:"from,omitempty"`   // EDTF: since when the value holds
	Until      string   `json:"until,omitempty"`  // EDTF: until when
	Method     string   `json:"method,omitempty"` // stated (default), read, inferred
	Note       string   `json:"note,omitempty"`
	Supersedes EntryID  `json:"supersedes,omitempty"`
	Statement  string   `json:"statement,omitempty"` // a code of statement_kind; "" for fact
	Speaker    string   `json:"speaker,omitempty"`   // who alleges, found, judged or replies: a party's id, or a name in words; "" for a fact
}

// Retraction takes an entry back, for all dates: it says that the entry was a mistake. Retracting a retraction restores.
type Retraction struct {
	Target EntryID `json:"target"`
	Reason string  `json:"reason"`
}

// Disclosure adds an audience to entries or takes it away.
type Disclosure struct {
	Targets []EntryID `json:"targets"`
	Action  string    `json:"action"` // publish, release, withdraw
	To      Audience  `json:"to"`
	Ground  string    `json:"ground,omitempty"`
	Reason  string    `json:"reason,omitempty"`
}

// Choice is an editor's decision that a claim is shown whatever the rule says.
type Choice struct {
	Claim  EntryID `json:"claim"`
	Reason string  `json:"reason"`
}

// Move says that claims are about another record than the one they were entered on: how a record that turned out to be two is split.
// The claims stay as they are; where they count changes for whoever sees the move. Retracting it undoes it.
type Move struct {
	Claims []EntryID `json:"claims"`
	To     RecordID  `json:"to"` // of the same kind; a new id makes a new record
	Reason string    `json:"reason"`
}

// NewEntry completes an entry: checks its payload against the schema and names it by its content. At, By and Audience must be set.
func NewEntry(e Entry) (Entry, error) {
	switch {
	case e.By == "":
		return e, Errorf(Invalid, "an entry needs to say who made it")
	case e.At.IsZero():
		return e, Errorf(Invalid, "an entry needs a time")
	}
	if err := e.Audience.Check(); err != nil {
		return e, err
	}
	e.At = e.At.UTC().Truncate(time.Second)
	if err := e.check(); err != nil {
		return e, err
	}
	e.ID = e.computeID()
	return e, nil
}

// computeID hashes nonce, author and payload; time and audience stay outside, so that the same claim imported twice is one entry.
func (e *Entry) computeID() EntryID {
	h := sha256.New()
	h.Write([]byte(e.Nonce))
	h.Write(canonical(e.Payload()))
	return EntryID(hex.EncodeToString(h.Sum(nil)))
}

// Verify says whether the id fits nonce and payload; true for an erased entry, whose payload cannot be checked.
func (e *Entry) Verify() bool { return e.Erased() || e.ID == e.computeID() }

// Erased says whether the payload is gone.
func (e *Entry) Erased() bool {
	return e.Source == nil && e.Claim == nil && e.Retraction == nil && e.Disclosure == nil && e.Choice == nil && e.Move == nil
}

// Record is the record the entry is about; "" for entries about none.
func (e *Entry) Record() RecordID {
	if e.Claim != nil {
		return e.Claim.Record
	}
	return ""
}

// Payload is the entry's payload as strings and lists of strings by name: what is hashed, stored and exported.
func (e *Entry) Payload() map[string]any {
	p := map[string]any{"type": string(e.Type), "by": e.By}
	put := func(k, v string) {
		if v != "" {
			p[k] = v
		}
	}
	switch {
	case e.Source != nil:
		s := e.Source
		put("source", string(s.ID))
		put("url", s.URL)
		put("title", s.Title)
		put("publisher", s.Publisher)
		put("date", s.Date)
		put("grade", s.Grade)
		put("lang", s.Lang)
		put("seen", s.Seen)
		put("hash", s.Hash)
		put("note", s.Note)
	case e.Claim != nil:
		c := e.Claim
		put("record", string(c.Record))
		put("field", c.Field)
		put("key", c.Key)
		put("value", c.Value.String())
		put("lang", c.Value.Lang)
		if c.Not {
			p["not"] = "not"
		}
		put("source", string(c.Source))
		put("locator", c.Locator)
		put("from", c.From)
		put("until", c.Until)
		put("method", c.Method)
		put("note", c.Note)
		put("supersedes", string(c.Supersedes))
		put("statement", c.Statement)
		put("speaker", c.Speaker)
	case e.Retraction != nil:
		put("target", string(e.Retraction.Target))
		put("reason", e.Retraction.Reason)
	case e.Disclosure != nil:
		d := e.Disclosure
		p["targets"] = idStrings(d.Targets)
		put("action", d.Action)
		put("to", string(d.To))
		put("ground", d.Ground)
		put("reason", d.Reason)
		put("at", e.At.Format(time.RFC3339)) // a second release of the same thing is another decision
	case e.Choice != nil:
		put("claim", string(e.Choice.Claim))
		put("reason", e.Choice.Reason)
	case e.Move != nil:
		p["claims"] = idStrings(e.Move.Claims)
		put("to", string(e.Move.To))
		put("reason", e.Move.Reason)
		put("at", e.At.Format(time.RFC3339)) // moved, taken back and moved again are three decisions
	}
	return p
}

func idStrings(ids []EntryID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// PayloadJSON is the canonical JSON (RFC 8785) of the payload, nil for an erased entry.
func (e *Entry) PayloadJSON() []byte {
	if e.Erased() {
		return nil
	}
	return canonical(e.Payload())
}

// SetPayload reads what PayloadJSON wrote into the entry; the header fields stay as they are.
func (e *Entry) SetPayload(raw []byte) error {
	if raw == nil {
		return nil
	}
	var p struct {
		By, URL, Title, Publisher, Date, Grade, Lang, Seen, Hash, Note       string
		Record, Field, Key, Value, Not, Source, Locator, From, Until, Method string
		Supersedes, Target, Reason, Action, To, Ground, Claim                string
		Statement, Speaker                                                   string
		Targets, Claims                                                      []EntryID
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return Errorf(Unreadable, "entry %s: payload: %w", e.ID, err)
	}
	e.By = p.By
	switch e.Type {
	case EntrySource:
		e.Source = &Source{SourceID(p.Source), p.URL, p.Title, p.Publisher, p.Date, p.Grade, p.Lang, p.Seen, p.Hash, p.Note}
	case EntryClaim:
		f := FieldOf(p.Field)
		if f == nil {
			return Errorf(Unsupported, "entry %s: unknown field %q", e.ID, p.Field).WithHint("the log was written by a newer version of assay")
		}
		v := Value{Type: f.Type, Raw: p.Value, Lang: p.Lang}
		if strings.HasPrefix(p.Value, "{") && strings.HasSuffix(p.Value, "}") {
			var err error
			if v, err = parseState(Value{Type: f.Type}, f, p.Value); err != nil {
				return err
			}
		}
		e.Claim = &Claim{Record: RecordID(p.Record), Field: p.Field, Key: p.Key, Value: v, Not: p.Not != "", Source: SourceID(p.Source),
			Locator: p.Locator, From: p.From, Until: p.Until, Method: p.Method, Note: p.Note, Supersedes: EntryID(p.Supersedes),
			Statement: p.Statement, Speaker: p.Speaker}
	case EntryRetraction:
		e.Retraction = &Retraction{EntryID(p.Target), p.Reason}
	case EntryDisclosure:
		e.Disclosure = &Disclosure{p.Targets, p.Action, Audience(p.To), p.Ground, p.Reason}
	case EntryChoice:
		e.Choice = &Choice{EntryID(p.Claim), p.Reason}
	case EntryMove:
		e.Move = &Move{p.Claims, RecordID(p.To), p.Reason}
	default:
		return Errorf(Unsupported, "entry %s: unknown type %q", e.ID, e.Type)
	}
	return nil
}
