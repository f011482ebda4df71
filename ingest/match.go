package ingest

import (
	"github.com/openassay/assay/identity"
	"github.com/openassay/assay/registry"
)

// A match is entered from sure on, where no other comes within margin of it; from doubtful on a person decides; below it the text is of an
// instrument that is not known yet. Probabilities of package identity; docs/accuracy.md says how good they are.
const (
	sure     = 0.85
	doubtful = 0.40
	margin   = 0.20
)

// described is what is known of a text when its instrument is looked for.
type described struct {
	title, url, date, kind string
	parties                []string
}

// subject is the text as package identity compares it.
func (d described) subject() identity.Subject {
	s := identity.Subject{Kind: registry.KindInstrument, Text: true, Type: d.kind, Names: []string{d.title}, Parties: d.parties}
	if d.url != "" {
		s.URLs = []string{identity.BareURL(d.url)}
	}
	if date, err := registry.ParseDate(d.date); err == nil {
		s.Dates = []identity.Dated{{Event: "text_published", Date: date}}
	}
	return s
}

// candidates are the instruments that may fit, the best first.
func (im *Importer) candidates(d described) []Candidate {
	var out []Candidate
	for _, p := range im.matcher.Candidates(d.subject(), doubtful/2) {
		out = append(out, Candidate{Instrument: p.B, Score: p.Score, Reasons: p.Words()})
	}
	return out
}
