package web

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// statement says of what is no plain fact who says it: "Alleged by X". Nil for a fact.
func (q *request) statement(c *registry.Claim) *state {
	if c.Statement == "" {
		return nil
	}
	return &state{Code: c.Statement, Word: q.T("statement."+c.Statement, "who", q.speaker(c))}
}

// speaker is the name of who alleges, found, judged or replies.
func (q *request) speaker(c *registry.Claim) string {
	if id := c.SpeakerParty(); id != "" {
		return q.recordLink(id).Text
	}
	return c.Speaker
}

// saidOf are the values of a text under a key in all languages, with those who say them, where any of them is no plain fact or has been
// replied to; nil where the plain text will do.
func (q *request) saidOf(r *registry.Record, field, key string) []valueView {
	var out []valueView
	special := false
	for _, s := range r.Slots(field) {
		if s.Key != key {
			continue
		}
		v := q.value(registry.FieldOf(field), s)
		v.Key, v.Replies = "", q.replies(r, field, key)
		special = special || v.Statement != nil || len(s.Alleged) > 0 || len(v.Replies) > 0
		out = append(out, v)
	}
	if !special {
		return nil
	}
	return out
}

// looseReplies are the replies to the record as a whole, or to what the page shows in a form that leaves no room beside it.
func (q *request) looseReplies(r *registry.Record) []fieldRow {
	row := fieldRow{Name: "reply", Label: q.locale.field(registry.FieldOf("reply"))}
	done := map[string]bool{}
	for _, s := range r.Slots("reply") {
		if s.Shown == nil || done[s.Key] {
			continue
		}
		done[s.Key] = true
		field, key := s.Shown.RepliesTo()
		beside := field == "event" || field == "event_note" || !slices.Contains(elsewhere, field)
		if beside && r.Slot(field, key) != nil {
			continue
		}
		v := valueView{Replies: q.replies(r, field, key)}
		if f := registry.FieldOf(field); f != nil {
			v.Key = bdi(q.locale.field(f))
		}
		row.Values = append(row.Values, v)
	}
	if len(row.Values) == 0 {
		return nil
	}
	return []fieldRow{row}
}

// replies are what those who are named say to the statement of a field under a key.
func (q *request) replies(r *registry.Record, field, key string) []claimView {
	var out []claimView
	for _, s := range r.Slots("reply") {
		if s.Shown == nil {
			continue
		}
		for _, c := range slices.Concat([]*registry.Stated{s.Shown}, s.Agreeing, s.Losing) { // two who are named may both reply
			if f, k := c.RepliesTo(); f == field && k == key {
				out = append(out, q.claim(registry.FieldOf("reply"), c))
			}
		}
	}
	return out
}
