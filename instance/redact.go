package instance

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/openassay/assay/disclosure"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/redaction/page"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
)

var _ redaction.Desk = (*Instance)(nil)

// Redact makes a redacted file, searched itself and with everything that this registry gives the public. The error is a [*redaction.Leaked] where withheld
// words were found.
func (in *Instance) Redact(ctx context.Context, o redaction.Order) (*redaction.Made, error) {
	j := page.Job{Format: o.Format, Reading: o.Reading, Passages: o.Passages, Date: o.Date, Also: in.Leaks}
	if o.Format == "pdf" {
		pages, ok := in.Extract.(page.Pages)
		if !ok {
			return nil, registry.Errorf(registry.Unsupported, "this registry draws no pages of a PDF").WithHint("take DOCX or plain text")
		}
		j.Pages = pages
		if in.Recognizer != nil && in.Recognizer.Missing() == "" {
			j.OCR = in.Recognizer
		}
		if o.Reading.Format == "pdf" {
			b, err := in.Blobs.Get(o.Original)
			if err != nil {
				return nil, err
			}
			j.Original = b
		}
	}
	res, err := page.Redact(ctx, j)
	if err != nil {
		return nil, err
	}
	spans, err := redaction.Resolve(o.Reading, o.Passages)
	if err != nil {
		return nil, err
	}
	m := &redaction.Made{Format: o.Format, Bytes: res.Bytes, Withheld: res.Redacted.Withheld, Secrets: redaction.SecretsOf(o.Reading, spans, res.Redacted)}
	for _, p := range o.Reading.Pages {
		if p.OCR {
			m.Notes = append(m.Notes, redaction.Note{Code: "recognised"})
			break
		}
	}
	if r := res.Report; r != nil {
		for _, b := range r.Black {
			m.Notes = append(m.Notes, redaction.Note{Code: "black", Page: b.Page, Why: b.Why})
		}
		if r.LeftOut > 0 {
			m.Notes = append(m.Notes, redaction.Note{Code: "left_out", N: r.LeftOut})
		}
		if j.OCR == nil {
			m.Notes = append(m.Notes, redaction.Note{Code: "not_read"})
		}
	}
	return m, nil
}

// TakeRedacted takes a redacted file into the registry as a text of its own, with a public notice to be of what is withheld, and proposes that both are
// released together, which a second person must approve. What is said of it is searched for the withheld words first: a [*redaction.Leaked] where
// they were found, and then nothing entered. registry.Invalid where the whole text belongs to nothing, or is public.
func (in *Instance) TakeRedacted(ctx context.Context, m *redaction.Made, t redaction.Into) (*redaction.Taken, error) {
	view, _, err := in.View(ctx, registry.Reader(t.Audience), "")
	if err != nil {
		return nil, err
	}
	original := view.Record(t.Original)
	if original == nil {
		return nil, registry.Errorf(registry.NotFound, "there is no such text for %s", t.Audience).WithHint("it may have been moved or withdrawn since; look at its page again")
	}
	about, instrument := ofWhat(view, original)
	if about == nil {
		return nil, registry.Errorf(registry.Invalid, "the text belongs to no instrument and no negotiation").WithHint("say first which one it is a text of: a notice of what is withheld stands there")
	}
	authority := view.Record(t.Authority)
	if authority == nil || authority.Kind != registry.KindParty || strings.TrimSpace(t.Reason) == "" || strings.TrimSpace(t.Title) == "" {
		return nil, registry.Errorf(registry.Invalid, "say who withholds, and why, and what the redacted text is called")
	}
	if trigger, err := disclosure.ParseTrigger(t.Trigger); err != nil {
		return nil, err
	} else if trigger.Day != "" && trigger.Day < registry.DayOf(in.Now().UTC()) {
		return nil, registry.Errorf(registry.Invalid, "the day of release %s has passed", trigger.Day).WithHint("write today or a later day")
	}
	leaks := m.Secrets.Search("its title", t.Title)
	leaks = append(leaks, m.Secrets.Search("the reason", t.Reason)...)
	again, err := in.Leaks(ctx, m.Secrets) // what is public may be more by now
	if err != nil {
		return nil, err
	}
	if leaks = append(leaks, again...); len(leaks) > 0 {
		return nil, &redaction.Leaked{Leaks: leaks}
	}
	file := intake.File{Name: "redacted." + m.Format, Bytes: m.Bytes, Source: intake.Source{Title: t.Title, Publisher: authority.Title("en"), Date: string(registry.DayOf(in.Now())), Grade: "official_text"}}
	looked, err := in.Look(ctx, t.Audience, file)
	if err != nil {
		return nil, err
	}
	choices := map[registry.RecordID]intake.Choice{}
	for _, p := range looked.Parts {
		for _, x := range p.Texts {
			choices[x.Document] = intake.Choice{Title: t.Title, Type: "redacted", Instrument: instrument}
		}
	}
	if len(choices) == 0 {
		return nil, registry.Errorf(registry.Unreadable, "what is left of the text cannot be read").WithHint("withhold less, or take another format")
	}
	taken, err := in.Take(ctx, t.Audience, file, t.By, choices)
	if err != nil {
		return nil, err
	}
	docs := append(taken.Documents, taken.Known...)
	notice, err := in.noticeOf(m, t, original, about, docs)
	if err != nil {
		return nil, err
	}
	if err := in.Commit(ctx, notice); err != nil {
		return nil, err
	}
	targets, err := in.ofRedaction(ctx, m, t, about.ID, docs)
	if err != nil {
		return nil, err
	}
	id, err := in.Releases().Propose(ctx, schedule.Release{Title: t.Title, Targets: targets, Restricted: true, To: registry.Public, Trigger: t.Trigger, Record: about.ID, Reason: t.Reason, ProposedBy: t.By})
	return &redaction.Taken{Documents: docs, Release: id}, err
}

// ofWhat is what a text is of: an instrument, else a negotiation; and the instrument alone.
func ofWhat(v *registry.View, doc *registry.Record) (about *registry.Record, instrument registry.RecordID) {
	for _, f := range []string{"instrument", "negotiation"} {
		for _, id := range doc.Refs(f) {
			if r := v.Record(id); r != nil {
				if f == "instrument" {
					return r, r.ID
				}
				return r, ""
			}
		}
	}
	return nil, ""
}

// noticeOf are the entries that say what of the whole text is withheld, by whom and why, and that a redacted text is found.
func (in *Instance) noticeOf(m *redaction.Made, t redaction.Into, original, about *registry.Record, docs []registry.RecordID) ([]registry.Entry, error) {
	h := sha256.Sum256(append([]byte(string(original.ID)+"\n"), m.Bytes...))
	src := &registry.Source{ID: registry.SourceID("src_redaction-" + hex.EncodeToString(h[:6])), Title: "Notice with the redacted text: " + t.Title, Date: string(registry.DayOf(in.Now())), Grade: "editor"}
	of := original.String("document_type")
	if of == "" || of == "redacted" {
		of = "other"
	}
	count := map[string]int{}
	ground := ""
	for _, w := range m.Withheld {
		for _, g := range w.Grounds {
			if count[g]++; ground == "" || count[g] > count[ground] {
				ground = g
			}
		}
	}
	slot := "text_status:" + of
	var out []registry.Entry
	var failed error
	put := func(e registry.Entry) {
		e.Audience, e.By, e.At = t.Audience, t.By, in.Now()
		e.Nonce = in.nonce(t.Audience, fmt.Sprint("redaction ", e.Claim, e.Source), nil)
		made, err := registry.NewEntry(e)
		out, failed = append(out, made), cmp.Or(failed, err)
	}
	claim := func(record registry.RecordID, field, key, value string) {
		v, err := registry.ParseValue(registry.FieldOf(field), value, "en")
		failed = cmp.Or(failed, err)
		put(registry.Entry{Claim: &registry.Claim{Record: record, Field: field, Key: key, Value: v, Source: src.ID}})
	}
	put(registry.Entry{Source: src})
	if registry.HasField(about.Kind, "text_status") {
		claim(about.ID, "text_status", "redacted", "found")
		claim(about.ID, "text_status", of, "{withheld:"+ground+"}")
		claim(about.ID, "withheld_by", slot, string(t.Authority))
		claim(about.ID, "withheld_reason", slot, t.Reason+" ("+redaction.Says(m.Withheld)+")")
	}
	for _, d := range docs {
		for _, id := range original.Refs("negotiation") {
			claim(d, "negotiation", "", string(id))
		}
	}
	return out, failed
}

// ofRedaction are the entries that a redacted text and its notice are made of, those left out that name the whole text. A [*redaction.Leaked] where one says
// what is withheld.
func (in *Instance) ofRedaction(ctx context.Context, m *redaction.Made, t redaction.Into, about registry.RecordID, docs []registry.RecordID) ([]registry.EntryID, error) {
	all, err := in.Entries(ctx)
	if err != nil {
		return nil, err
	}
	var out []registry.EntryID
	for i := range all {
		e := &all[i]
		if e.Erased() || e.Claim == nil || e.Audience != t.Audience {
			continue
		}
		own := slices.Contains(docs, e.Claim.Record) || e.Claim.Record == about && strings.HasPrefix(string(e.Claim.Source), "src_redaction-") && e.By == t.By
		if !own || slices.Contains(registry.RefsOf(e.Claim), t.Original) || e.Claim.Field == "duplicate_of" || e.Claim.Field == "related" {
			continue
		}
		b, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		if leaks := m.Secrets.SearchWhole("the claim on "+e.Claim.Field, string(b)); len(leaks) > 0 {
			return nil, &redaction.Leaked{Leaks: leaks}
		}
		out = append(out, e.ID)
	}
	return out, nil
}
