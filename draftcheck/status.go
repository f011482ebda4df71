package draftcheck

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// What a text is, as far as a check is concerned.
const (
	Agreement           = "agreement"
	Doubtful            = "doubtful"
	NoAgreement         = "no_agreement"
	UnsupportedLanguage = "unsupported_language"
)

// Kinds that name an agreement, and such as may also be of another kind of text.
var (
	agreementKinds = []string{"memorandum_of_understanding", "statement_of_intent", "trade_agreement", "agreement", "treaty", "convention", "protocol", "contract", "joint_statement"}
	looseKinds     = []string{"declaration", "roadmap", "letter", "framework", "partnership"}
)

// reports are verbs by which a press text tells who said what.
var reports = regexp.MustCompile(`(?i)\b(said|says|told|according to|a déclaré|ont déclaré|selon|dijo|dijeron|declaró|según|disse|afirmou|segundo)\b`)

// roles are sides of a contract by what they do, at the beginning of a sentence: they are bound though they are no state.
var roles = regexp.MustCompile(`(?i)^[\s\d.()a-z]{0,8}\b(the |each |le |la |l'|el |o |a )?(borrower|lender|buyer|seller|purchaser|supplier|contractor|prêteur|emprunteur|acheteur|vendeur|prestatario|prestamista|comprador|vendedor|mutuário|mutuante)\b`)

// status says whether the text is an agreement, by what it calls itself, by whether sides bear its norms, and by its form.
func (c *check) status() (status, words string) {
	if c.an.Unsupported != "" {
		name := c.an.Unsupported
		if name == "und" {
			return UnsupportedLanguage, "The language of this text was not recognised: English, French, Spanish and Portuguese are read in full, Chinese in part. Its wording was not read, so nothing is said of what it lacks. If it mixes languages, check one version at a time."
		}
		return UnsupportedLanguage, "Wording is not read in the language of this text (" + name + "). English, French, Spanish and Portuguese are read in full, Chinese in part. Nothing is said of what it lacks."
	}
	borne, parts := 0, 0
	for i := range c.an.Provisions {
		p := &c.an.Provisions[i]
		switch c.rd.Provisions[i].Kind {
		case text.KindArticle, text.KindSection, text.KindSignatures:
			parts++
		}
		for k := range p.Norms {
			n := &p.Norms[k]
			if within(c.quoted, assay.Span{Start: n.Start, End: n.End}) || n.Part == "preamble" || forceOf(n) == forceNone {
				continue
			}
			if slices.ContainsFunc(n.Bearer, func(b string) bool { return b != "none" && b != "body" && b != "investors" }) || roles.MatchString(c.rd.Text[n.Start:n.End]) {
				borne++
			}
		}
	}
	score := 0
	kind := c.an.Instrument.Kind
	switch {
	case slices.Contains(agreementKinds, kind):
		score += 2
	case slices.Contains(looseKinds, kind):
		score++
	}
	switch {
	case borne >= 3:
		score += 2
	case borne > 0:
		score++
	}
	if len(c.an.Parties) >= 2 || c.an.Balance != nil && len(c.an.Balance.Sides) >= 2 {
		score++
	}
	if parts >= 3 {
		score++
	}
	wordsIn := len(strings.Fields(c.rd.Text))
	if n := len(reports.FindAllStringIndex(c.rd.Text, 400)); n >= 3 && n*250 > wordsIn {
		score -= 3
	}
	switch {
	case kind == "fact_sheet":
		return NoAgreement, "This is a fact sheet: it tells of an agreement and is not the agreement's text. Check the text itself; nothing is said here of what it lacks."
	case borne == 0 || score < 3:
		return NoAgreement, "This does not read as an agreement: " + c.whyNot(kind, borne) + ". It was not held against good practice, since every gap would be one. If it is a draft, check that the file is the right one and that its text was read (assay text FILE shows it)."
	case score < 4 || wordsIn < 120:
		return Doubtful, "It is doubtful whether this is the whole text of an agreement: it is short, or few of its sentences bind a side to anything. Read the gaps below with that in mind: they may stand in a part that is not here."
	}
	return Agreement, "The text reads as an agreement."
}

func (c *check) whyNot(kind string, borne int) string {
	switch {
	case borne == 0:
		return "no sentence of its own says that a side must, should or intends to do something"
	case kind == "unknown":
		return "its first words do not say what it is, and few of its sentences say what a side must, should or intends to do"
	}
	return "it calls itself a " + plain(kind) + ", but reads as a report about others"
}
