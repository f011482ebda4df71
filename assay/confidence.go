package assay

// UndecidedBelow is the confidence under which a norm's modality is not decided.
const UndecidedBelow = 0.6

// sureness is how often a reading was right that rests on a rule's class or, where nothing matched, on nothing: in English and in the
// other languages. Measured against one reader's labels of thirty texts (eval/gold/reading, 1,317 sentences and items, headings left out,
// 24 November 2026), with one right and one wrong answer added to each; rounded. The texts are those the rules were mended on in part,
// so unseen texts will be read somewhat worse than this says.
var sureness = map[string][2]float64{
	"nothing":     {0.95, 0.71}, // no rule matched and the words are no sentence: none
	"statement":   {0.97, 0.90},
	"declaration": {0.94, 0.93},
	"obligation":  {0.98, 0.92},
	"prohibition": {0.95, 0.82},
	"effort":      {0.90, 0.93},
	"permission":  {0.92, 0.95},
	"right":       {0.90, 0.89},
	"intention":   {0.97, 0.90},
	"aspiration":  {0.75, 0.90},
	"will":        {0.87, 0.88}, // futures, whatever the form makes of them
	"present":     {0.85, 0.86},
	"ongoing":     {0.89, 0.80},
	"must":        {0.90, 0.90},
	"cannot":      {0.85, 0.85},
}

// plainSure is the same for plain statements by language. The figures of French and Spanish are judged: of some forty such sentences each of old
// treaties outside the set about two in three were statements or nothing; the others were duties whose verbs no rule knows (30 November 2026).
var plainSure = map[string]float64{"en": 0.92, "fr": 0.62, "es": 0.66, "pt": 0.79, "zh": 0.54}

// What takes away from it: several verbs in one sentence, a modality handed on by a lead-in, a very long sentence, and a form of text
// that decides though it is mixed. The first three are measured as above, the last is a judgement.
const (
	lessForAlso    = 0.05
	lessForLead    = 0.05
	lessForLength  = 0.05
	lessForMixture = 0.28
)

// confidence says how likely the modality of n is right, and what else it would be.
func (a *run) confidence(n *norm) (best, second Modality, sure float64) {
	best, second = n.modality, n.modality
	column := 1
	if a.lang == "en" {
		column = 0
	}
	signal, class := "nothing", ""
	d := n.decisive
	if n.inherited && n.lead != nil {
		for l := n.lead; l != nil && (d == nil || d.rule == plainStatement); l = l.up {
			d = l.decisive
		}
	}
	if d != nil {
		class = d.rule.Class
		switch {
		case d.rule == plainStatement:
			signal = "plain_statement"
		case d.rule.Code == "en_statement":
			signal = "statement"
		case class == "will_not" || class == "will_try":
			signal = "will"
		default:
			signal = class
		}
	}
	sure = 0.9
	if s, ok := sureness[signal]; ok {
		sure = s[column]
	}
	switch {
	case n.part == partDefinition || n.prov < len(a.provs) && a.provs[n.prov].part == partFinal && best == None: // definitions, signatures
		sure = max(sure, 0.93)
	case signal == "plain_statement" && (n.part == partPreamble || a.textSubject(n.sent)): // what binds nobody, or says what a text is
		second, sure = Obligation, sureness["declaration"][column]
	case signal == "plain_statement":
		second, sure = Obligation, plainSure[a.lang]
	case signal == "nothing" && best == None:
		second = Declaration
	}
	if len(n.also) > 0 {
		second = n.also[0]
		sure -= lessForAlso
	}
	if n.lead != nil && n.inherited {
		sure -= lessForLead
	}
	if class != "" && describes[class] && a.out.Instrument.LegalNature.Read == "mixed" && a.out.Instrument.Kind != "contract" {
		sure -= lessForMixture
		if second == best {
			second = a.otherForm(class)
		}
	}
	const long, endless = 120, 1500 // tokens
	switch st := &a.sents[n.sent]; {
	case st.to-st.from > endless: // no sentence at all: punctuation was lost
		sure = 0.3
		if second == best {
			second = Declaration
			if best == Declaration || best == None {
				second = Obligation
			}
		}
	case st.to-st.from > long:
		sure -= lessForLength
	}
	return best, second, min(max(sure, 0.05), 0.99)
}

// otherForm is the modality a class would have if the text were of the other form.
func (a *run) otherForm(class string) Modality {
	a.wills = !a.wills
	m := a.effective(class)
	a.wills = !a.wills
	return m
}
