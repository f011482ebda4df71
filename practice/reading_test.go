package practice_test

import (
	"slices"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

// before are the words of a treaty that a clause is read after, so that futures and plain verbs of the parties oblige as they do there.
var before = map[string]string{
	"en": "AGREEMENT BETWEEN NORLAND AND SUDRIA ON MINERALS\n\nThis Agreement is legally binding. The Parties have agreed as follows:\n\nArticle 1\n\n",
	"fr": "ACCORD ENTRE LA NORLANDE ET LA SUDRIE SUR LES MINERAIS\n\nLe présent Accord est juridiquement contraignant. Les Parties sont convenues de ce qui suit :\n\nArticle 1\n\n",
	"es": "ACUERDO ENTRE NORLANDIA Y SUDRIA SOBRE MINERALES\n\nEl presente Acuerdo es jurídicamente vinculante. Las Partes han convenido lo siguiente:\n\nArtículo 1\n\n",
	"pt": "ACORDO ENTRE A NORLÂNDIA E A SÚDRIA SOBRE MINERAIS\n\nO presente Acordo é juridicamente vinculativo. As Partes acordaram o seguinte:\n\nArtigo 1\n\n",
}

// allowed are the modalities that a wording may have. A firm one may also add what somebody may do or is entitled to.
var allowed = map[string][]assay.Modality{
	practice.Weak:   {assay.Effort, assay.Intention, assay.Aspiration},
	practice.Medium: {assay.Obligation, assay.Prohibition, assay.Effort},
	practice.Firm:   {assay.Obligation, assay.Prohibition},
}

// read gives the norms of article 1 of the treaty that has the clause as its only article.
func read(t *testing.T, rules *assay.Rules, lang, clause string) []assay.Norm {
	t.Helper()
	rd, err := text.Read("clause.txt", []byte(before[lang]+clause+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if rd.Language != lang {
		t.Errorf("taken for %s, not %s: %s", rd.Language, lang, clause)
	}
	var norms []assay.Norm
	for _, p := range assay.Analyze(rd, rules, nil).Provisions {
		if p.Part != "preamble" && p.EID != "cover" && p.EID != "preamble" {
			norms = append(norms, p.Norms...)
		}
	}
	return norms
}

// TestClausesReadAsTheyShould reads every clause with the reader that reads drafts: what is offered as firm must be read as firm.
func TestClausesReadAsTheyShould(t *testing.T) {
	lib, err := practice.Load()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range lib.Topics {
		for _, strength := range practice.Strengths {
			for _, lang := range practice.Languages {
				clause := topic.Wordings[strength].Text[lang]
				norms := read(t, rules, lang, clause)
				if len(norms) == 0 {
					t.Errorf("%s %s %s: nothing read", topic.Code, strength, lang)
				}
				for _, n := range norms {
					good := slices.Contains(allowed[strength], n.Modality)
					if strength == practice.Firm {
						good = good && n.Precise
					}
					if !good {
						t.Errorf("%s %s %s: reads as %s, precise %v, by %v, qualified %v: %s", topic.Code, strength, lang, n.Modality, n.Precise, n.Rules, n.Qualifiers, clause)
					}
				}
			}
		}
	}
}
