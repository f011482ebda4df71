package assay

import "github.com/openassay/assay/text"

// Check is what a person said of one norm: how firmly it holds, who bears it, or both.
type Check struct {
	EID      string   // of its provision
	At       int      // a byte of the canonical text within the norm
	Modality Modality // "" where the person said nothing of it
	Bearer   []string // nil where the person said nothing of it; codes as Provision.Bearer
}

// AnalyzeChecked is Analyze with people's words in the place of the machine's for the norms that they looked at: what follows from norms
// (provisions, ladders, balance, commitments, areas, conflicts) follows from theirs. The words of the text, its sentences and everything that
// does not rest on a checked norm stay as Analyze gives them, norm for norm. Checks of no norm change nothing.
func AnalyzeChecked(r *text.Reading, rules *Rules, lex *Lexicon, checks []Check) *Analysis {
	return analyze(r, rules, lex, checks)
}

// overrule puts people's words in the place of what the rules read.
func (a *run) overrule(checks []Check) {
	for _, c := range checks {
		for i := range a.ns {
			n := &a.ns[i]
			start, end := a.span(a.sents[n.sent].from, a.sents[n.sent].to)
			if a.r.Provisions[n.prov].EID != c.EID || c.At < start || c.At >= end {
				continue
			}
			if c.Modality != "" && n.modality != "" {
				n.modality, n.also, n.settled = c.Modality, nil, true
			}
			if c.Bearer != nil {
				n.bearer = c.Bearer
			}
			break
		}
	}
}
