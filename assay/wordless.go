package assay

import "slices"

// Wordless is the analysis without the words of the text: labels and offsets stay, headings and quotations go. It is for texts that may not
// be handed on with it.
func (a *Analysis) Wordless() *Analysis {
	b := *a
	b.Provisions = slices.Clone(a.Provisions)
	for i := range b.Provisions {
		b.Provisions[i].Heading = ""
	}
	n := &b.Instrument.LegalNature
	n.Evidence = slices.Clone(n.Evidence)
	for i := range n.Evidence {
		n.Evidence[i].Text = ""
	}
	return &b
}
