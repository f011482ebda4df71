package reading

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// Labels says what an analysis says of each norm, and of each heading that it is none.
func Labels(r *text.Reading, an *assay.Analysis) []Label {
	var out []Label
	for i, p := range an.Provisions {
		if body := min(r.Provisions[i].Body, p.End); body > p.Start {
			out = append(out, Label{Start: p.Start, End: body, Answer: Answer{Modality: "none", Part: p.Part, Bearer: "none"}})
		}
		for _, n := range p.Norms {
			a := Answer{Modality: string(n.Modality), Part: n.Part, Bearer: bearers(n.Bearer)}
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

func bearers(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	list = slices.Clone(list)
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
		reads = append(reads, Read{t.ID, r.Text, Labels(r, assay.Analyze(r, rules, lex))})
	}
	return reads, missing
}
