package reading

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// Labels says what an analysis says of each norm, and of each heading that it is none. codes are the readers' codes of invented states, which the
// analysis numbers by itself.
func Labels(r *text.Reading, an *assay.Analysis, codes map[string]string) []Label {
	ours := map[string]string{}
	for _, u := range an.Unlisted {
		for name, code := range codes {
			if strings.EqualFold(u.Name, name) {
				ours[u.Code] = code
			}
		}
	}
	var out []Label
	for i, p := range an.Provisions {
		if body := min(r.Provisions[i].Body, p.End); body > p.Start {
			out = append(out, Label{Start: p.Start, End: body, Answer: Answer{Modality: "none", Part: p.Part, Bearer: "none"}})
		}
		for _, n := range p.Norms {
			a := Answer{Modality: string(n.Modality), Part: n.Part, Bearer: bearers(n.Bearer, ours)}
			if m := n.Best(); m != assay.None && m != assay.Declaration {
				a.Precise = "no"
				if n.Precise {
					a.Precise = "yes"
				}
			}
			out = append(out, Label{n.Start, n.End, a, string(n.Best()), n.Confidence})
		}
	}
	return out
}

// companies are the roles of contracts that companies have.
var companies = map[string]bool{"seller": true, "buyer": true, "lender": true, "borrower": true, "guarantor": true, "operator": true, "concessionaire": true, "contractor": true, "licensee": true, "client": true}

func bearers(list []string, ours map[string]string) string {
	if len(list) == 0 {
		return "none"
	}
	list = slices.Clone(list)
	for i, code := range list {
		if c, ok := ours[code]; ok {
			list[i] = c
		} else if companies[code] { // the guideline calls every company that is a party to a contract so
			list[i] = "investors"
		} else if code == "government" && len(ours) == 1 {
			for _, c := range ours {
				list[i] = c
			}
		}
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

// ReadAll reads and analyses the texts of the set that are there; missing names those that are not.
func (s *Set) ReadAll(texts, samples fs.FS, rules *assay.Rules, lex *assay.Lexicon) (reads []Read, missing []string) {
	for _, t := range s.Texts {
		r, err := t.Open(texts, samples)
		if err != nil {
			missing = append(missing, t.ID)
			continue
		}
		reads = append(reads, Read{t.ID, r.Text, Labels(r, assay.Analyze(r, rules, lex), t.Codes)})
	}
	return reads, missing
}
