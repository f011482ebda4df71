package eval

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// AlignedReport is what assay eval aligned prints: how the reading of the Chinese text of a treaty agrees with that of the English one,
// article by article. It measures agreement between two readings of ours, not truth.
type AlignedReport struct {
	Treaties  int      `json:"treaties"`
	Articles  int      `json:"articles"` // in both languages
	Unmatched int      `json:"unmatched"`
	Modality  Agree    `json:"modality"` // the strongest of each article, all classes
	Binds     Agree    `json:"binds"`    // whether an article obliges or prohibits
	Topics    SetAgree `json:"topics"`
	Minerals  SetAgree `json:"minerals"`
	Parties   SetAgree `json:"parties"`
	Areas     SetAgree `json:"areas"` // covered, by treaty
	Classes   []string `json:"classes"`
	Table     [][]int  `json:"table"` // modality: English by row
	Failed    []string `json:"failed"`

	Alignment AlignReport `json:"alignment"`

	Differ []Difference `json:"-"`
}

// Agree is agreement on one of several classes.
type Agree struct {
	Accuracy float64 `json:"accuracy"`
	Kappa    float64 `json:"kappa"`
}

// SetAgree is agreement on sets: what both find among what either finds, Chinese measured against English.
type SetAgree struct {
	English   int     `json:"english"`
	Chinese   int     `json:"chinese"`
	Both      int     `json:"both"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Difference is an article in which the languages differ.
type Difference struct{ File, EID, English, Chinese string }

func (s *SetAgree) add(en, zh []string) {
	in := map[string]bool{}
	for _, x := range en {
		in[x] = true
	}
	s.English += len(in)
	had := map[string]bool{}
	for _, x := range zh {
		if had[x] {
			continue
		}
		had[x] = true
		s.Chinese++
		if in[x] {
			s.Both++
		}
	}
}

func (s *SetAgree) finish() {
	s.Precision, s.Recall, s.F1 = ratio(s.Both, s.Chinese), ratio(s.Both, s.English), ratio(2*s.Both, s.Chinese+s.English)
}

// Aligned reads every .json of a folder that holds a treaty in English and Chinese.
func Aligned(dir string, rules *assay.Rules, lex *assay.Lexicon) (*AlignedReport, error) {
	files, _ := filepath.Glob(filepath.Join(dir, "*.json"))
	if len(files) == 0 {
		return nil, registry.Errorf(registry.NotFound, "%s holds no .json", dir).WithHint("name the folder of the open-treaties collection")
	}
	sort.Strings(files)
	rep := &AlignedReport{Failed: []string{}, Alignment: AlignReport{Flags: map[string]int{}}}
	rnd := rand.New(rand.NewPCG(28, 20261130))
	var classes []string
	at := map[assay.Modality]int{}
	for i, m := range assay.Modalities {
		classes, at[m] = append(classes, string(m)), i
	}
	table, binds := NewTable(classes...), Binary{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		all, err := text.ReadAll(filepath.Base(f), b)
		if err != nil {
			rep.Failed = append(rep.Failed, filepath.Base(f)+": "+err.Error())
			continue
		}
		by := map[string]*text.Reading{}
		for _, r := range all {
			by[r.Language] = r
		}
		if by["en"] == nil || by["zh"] == nil {
			rep.Failed = append(rep.Failed, filepath.Base(f)+": not in both languages")
			continue
		}
		rep.Treaties++
		en, zh := assay.Analyze(by["en"], rules, lex), assay.Analyze(by["zh"], rules, lex)
		rep.Alignment.aligned(by["en"], by["zh"], en, zh, rules, lex, rnd)
		rep.Parties.add(en.Parties, zh.Parties)
		rep.Areas.add(covered(en), covered(zh))
		first, second := articles(by["en"], en), articles(by["zh"], zh)
		men, mzh := minerals(en), minerals(zh)
		for _, p := range en.Provisions {
			x, ok := first[p.EID]
			if !ok {
				continue
			}
			y, ok := second[p.EID]
			if !ok {
				rep.Unmatched++
				continue
			}
			rep.Articles++
			table.Add(at[x.Modality], at[y.Modality])
			bx, by := strong(x.Modality), strong(y.Modality)
			binds.Add(bx, by)
			rep.Topics.add(x.Topics, y.Topics)
			rep.Minerals.add(within(men, x), within(mzh, y))
			if x.Modality != y.Modality {
				rep.Differ = append(rep.Differ, Difference{filepath.Base(f), p.EID, string(x.Modality), string(y.Modality)})
			}
		}
		for eid := range second {
			if _, ok := first[eid]; !ok {
				rep.Unmatched++
			}
		}
	}
	rep.Modality, rep.Binds = Agree{table.Accuracy(), zero(table.Kappa())}, Agree{binds.Accuracy(), zero(binds.Kappa())}
	for _, s := range []*SetAgree{&rep.Topics, &rep.Minerals, &rep.Parties, &rep.Areas} {
		s.finish()
	}
	rep.Classes, rep.Table = classes, table.Count
	return rep, nil
}

func strong(m assay.Modality) bool { return m == assay.Obligation || m == assay.Prohibition }

func covered(a *assay.Analysis) []string {
	out := []string{}
	for _, x := range a.Instrument.Areas {
		if x.Covered == 1 {
			out = append(out, x.Code)
		}
	}
	return out
}

func articles(r *text.Reading, a *assay.Analysis) map[string]*assay.Provision {
	out := map[string]*assay.Provision{}
	for i, p := range r.Provisions {
		if p.Kind == text.KindArticle {
			out[p.EID] = &a.Provisions[i]
		}
	}
	return out
}

func minerals(a *assay.Analysis) []assay.Mention {
	var out []assay.Mention
	for _, m := range a.Mentions {
		if m.Kind == "mineral" {
			out = append(out, m)
		}
	}
	return out
}

func within(all []assay.Mention, p *assay.Provision) []string {
	var out []string
	for _, m := range all {
		if m.Start >= p.Start && m.End <= p.End {
			out = append(out, m.Code)
		}
	}
	return out
}
