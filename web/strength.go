package web

import (
	"slices"

	"github.com/openassay/assay/assay"
)

// strengthForm is the form of the bar at the margin by which the strength of wording is shown: solid, dashed, dotted, hollow, none, or
// unread where the language is not served. Form comes first, so that grey print and every eye see the same.
func strengthForm(m assay.Modality) string {
	switch m {
	case assay.Obligation, assay.Prohibition:
		return "solid"
	case assay.Effort:
		return "dashed"
	case assay.Permission, assay.Right, assay.Intention:
		return "dotted"
	case assay.Aspiration:
		return "hollow"
	case "":
		return "unread"
	}
	return "none"
}

// isModality says whether a label's class is a strength of wording rather than a qualifier, topic or detail.
func isModality(class string) bool { return slices.Contains(assay.Modalities, assay.Modality(class)) }

// ownStrength is the strength of a provision's own words: the reading's where it has no children, else the strongest of its labels,
// for the reading of a container is that of the strongest thing in it.
func ownStrength(p assay.Provision, leaf bool) assay.Modality {
	if leaf || p.Modality == "" {
		return p.Modality
	}
	for _, m := range assay.Modalities {
		if slices.ContainsFunc(p.Labels, func(l assay.Label) bool { return l.Class == string(m) }) {
			return m
		}
	}
	return assay.None
}
