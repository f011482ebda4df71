package eval

import (
	"bytes"
	_ "embed"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/text"
)

//go:embed planted/conflicts.yaml
var plantedConflicts []byte

// ConflictReport is what assay eval conflicts prints. A pair counts as found where any finding of its type answers conflict or tension, and as
// said where any finding of any type does.
type ConflictReport struct {
	N         int     `json:"n"` // pairs
	Conflicts int     `json:"conflicts"`
	Precision float64 `json:"precision"` // of pairs said to collide, that do
	Recall    float64 `json:"recall"`    // of pairs that collide, said to

	Halves map[string]*ConflictFigures `json:"halves"` // development, held_out, blind, unseen, free_development, free_held_out
	Origin map[string]*ConflictFigures `json:"origin"` // drafted, edited, free
	Types  []*ConflictFigures          `json:"types"`
	Traps  []*ConflictFigures          `json:"traps"` // pairs that look alike and do not collide, by what they are
	Misses []string                    `json:"-"`
}

// ConflictFigures are counts of one type, half or origin.
type ConflictFigures struct {
	Code      string  `json:"code"`
	N         int     `json:"n"`
	Expected  int     `json:"expected"`
	Found     int     `json:"found"` // of those expected, with any type
	Typed     int     `json:"typed"` // of those expected, with this type
	Said      int     `json:"said"`
	Right     int     `json:"right"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// planted is one pair.
type planted struct {
	code, half, origin string
	collides           bool
	a, b               string
	sides              [2][2]string // of the texts; zero: Norland and Sudria, Westmark and Sudria
	preamble           bool         // B stands in the preamble
	lang               string       // of both; "" to be told by their words
	kinds              [2]string    // treaty or "", mou, law
}

type plantedType struct {
	Type   string      `yaml:"type"`
	Dev    plantedHalf `yaml:"dev"`
	Held   plantedHalf `yaml:"held"`
	Blind  plantedHalf `yaml:"blind"`
	Unseen plantedHalf `yaml:"unseen"`
	Not    []struct {
		A string `yaml:"a"`
		B string `yaml:"b"`
	} `yaml:"not"`
}

type plantedHalf struct {
	A     []string `yaml:"a"`
	B     []string `yaml:"b"`
	Pairs bool     `yaml:"pairs"` // each a with the b at its place only
}

var plantedLexicon = &assay.Lexicon{
	Parties:  []assay.LexEntry{{Code: "NOR1", Names: []string{"Norland", "Norlande", "Norlandia", "Norlândia"}}, {Code: "SUD1", Names: []string{"Sudria", "Sudrie", "Súdria"}}, {Code: "WES1", Names: []string{"Westmark"}}, {Code: "OST1", Names: []string{"Ostavia"}}},
	Minerals: []assay.LexEntry{{Code: "cobalt", Names: []string{"cobalt", "cobalto"}}, {Code: "nickel", Names: []string{"nickel", "níquel"}}, {Code: "lithium", Names: []string{"lithium", "litio", "lítio"}}},
}

var plantedNames = map[string]string{"NOR1": "Norland", "SUD1": "Sudria", "WES1": "Westmark", "OST1": "Ostavia"}

// Conflicts measures package conflict on planted pairs: of our own drafting, and real provisions of the texts under dir with one known edit. Half
// of each was held out while rules were made: of texts, those whose names hash to an odd number. Without dir, on those drafted alone.
func Conflicts(dir string, rules *assay.Rules) (*ConflictReport, error) {
	find, err := conflict.Load()
	if err != nil {
		return nil, err
	}
	all, err := draftedPairs()
	if err != nil {
		return nil, err
	}
	free, err := freePairs()
	if err != nil {
		return nil, err
	}
	all = append(all, free...)
	if dir != "" {
		edited, err := editedPairs(dir, rules)
		if err != nil {
			return nil, err
		}
		all = append(all, edited...)
	}
	rep := &ConflictReport{Halves: map[string]*ConflictFigures{}, Origin: map[string]*ConflictFigures{}}
	types, traps := map[string]*ConflictFigures{}, map[string]*ConflictFigures{}
	total := &ConflictFigures{}
	for _, p := range all {
		fs := find.Between(p.sheet(find, rules, 0), p.sheet(find, rules, 1))
		said, typed := false, false
		words := "nothing"
		for _, f := range fs {
			if f.Answer == conflict.Collides || f.Answer == conflict.Tension {
				said, typed = true, typed || f.Type == p.code
			}
			words += fmt.Sprintf("; %s %s %s", f.Type, f.Answer, f.Ground)
		}
		into := []*ConflictFigures{total, figures(rep.Halves, p.half), figures(rep.Origin, p.origin)}
		if p.collides {
			into = append(into, figures(types, p.code))
		} else {
			into = append(into, figures(traps, p.code))
		}
		for _, f := range into {
			f.N++
			f.Expected += count(p.collides)
			f.Found += count(p.collides && said)
			f.Typed += count(p.collides && typed)
			f.Said += count(said)
			f.Right += count(said && p.collides)
		}
		if said != p.collides {
			rep.Misses = append(rep.Misses, fmt.Sprintf("%s %s %s collides=%v: %q | %q: %s", p.half, p.origin, p.code, p.collides, p.a, p.b, words))
		}
	}
	for _, m := range []map[string]*ConflictFigures{rep.Halves, rep.Origin, types, traps} {
		for _, f := range m {
			f.Precision, f.Recall = share(f.Right, f.Said), share(f.Found, f.Expected)
		}
	}
	rep.N, rep.Conflicts, rep.Precision, rep.Recall = total.N, total.Expected, share(total.Right, total.Said), share(total.Found, total.Expected)
	rep.Types, rep.Traps = sortedFigures(types), sortedFigures(traps)
	return rep, nil
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

func figures(m map[string]*ConflictFigures, code string) *ConflictFigures {
	if m[code] == nil {
		m[code] = &ConflictFigures{Code: code}
	}
	return m[code]
}

func sortedFigures(m map[string]*ConflictFigures) []*ConflictFigures {
	var out []*ConflictFigures
	for _, f := range m {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b *ConflictFigures) int { return strings.Compare(a.Code, b.Code) })
	return out
}

func draftedPairs() ([]planted, error) {
	var types []plantedType
	d := yaml.NewDecoder(bytes.NewReader(plantedConflicts))
	d.KnownFields(true)
	if err := d.Decode(&types); err != nil {
		return nil, fmt.Errorf("planted/conflicts.yaml: %w", err)
	}
	var out []planted
	for _, t := range types {
		for k, h := range []plantedHalf{t.Dev, t.Held, t.Blind, t.Unseen} {
			half := []string{"development", "held_out", "blind", "unseen"}[k]
			for i, a := range h.A {
				for j, b := range h.B {
					if h.Pairs && i != j {
						continue
					}
					out = append(out, planted{code: t.Type, half: half, origin: "drafted", collides: true, a: a, b: b})
					out = append(out, planted{code: "drafted: other parties", half: half, origin: "drafted", a: a, b: strings.NewReplacer("Sudria", "Ostavia", "Sudrie", "Ostavia", "Súdria", "Ostavia").Replace(b), sides: [2][2]string{{"NOR1", "SUD1"}, {"WES1", "OST1"}}})
				}
			}
		}
		for _, x := range t.Not {
			out = append(out, planted{code: "drafted: " + t.Type, half: "development", origin: "drafted", a: x.A, b: x.B})
		}
	}
	return out, nil
}

// sheet reads one side of a pair as a small agreement.
func (p *planted) sheet(find *conflict.Rules, rules *assay.Rules, k int) *conflict.Sheet {
	sides := p.sides[k]
	if sides[0] == "" {
		sides = [2][2]string{{"NOR1", "SUD1"}, {"WES1", "SUD1"}}[k]
	}
	clause := p.a
	if k == 1 {
		clause = p.b
	}
	words, t := p.form(k, sides, clause)
	t.ID = []string{"a", "b"}[k]
	var err error
	if t.Reading, err = text.Read(t.ID+".md", []byte(words)); err != nil {
		return find.Read(conflict.Text{ID: t.ID})
	}
	t.Analysis = assay.Analyze(t.Reading, rules, plantedLexicon)
	return find.Read(t)
}

// frames are an agreement around a clause: before the formula, before the clause, after it.
var frames = map[string][3]string{
	"en": {"# Agreement between %s and %s\n\n%s and %s (the “Parties”),\n\n", "have agreed as follows:\n\n## Article 1\n\n", "\n\n## Article 2\n\nThis Agreement enters into force on signature.\n"},
	"fr": {"# Accord entre %s et %s\n\n%s et %s (les « Parties »),\n\n", "sont convenues de ce qui suit :\n\n## Article 1\n\n", "\n\n## Article 2\n\nLe présent accord entre en vigueur à la signature.\n"},
	"es": {"# Acuerdo entre %s y %s\n\n%s y %s (las «Partes»),\n\n", "han acordado lo siguiente:\n\n## Artículo 1\n\n", "\n\n## Artículo 2\n\nEl presente Acuerdo entrará en vigor en la fecha de su firma.\n"},
	"pt": {"# Acordo entre %s e %s\n\n%s e %s (as «Partes»),\n\n", "acordaram o seguinte:\n\n## Artigo 1\n\n", "\n\n## Artigo 2\n\nO presente Acordo entra em vigor na data da sua assinatura.\n"},
}

// tongueOf tells the language of a clause of ours by words that only one of them has.
func tongueOf(clause string) string {
	for _, x := range []struct{ lang, words string }{{"pt", "Súdria|Norlândia|obrigaç"}, {"fr", "Sudrie|demeurent|différend|Les "}, {"es", "otorgará|suministrará|aplicará|exigirá|serán|constituirá|agilizará|crearán|controversia|cesarán|permit|presentará"}} {
		for _, w := range strings.Split(x.words, "|") {
			if strings.Contains(clause, w) && !strings.Contains(clause, "shall") && !strings.Contains(clause, " are ") {
				return x.lang
			}
		}
	}
	return "en"
}

// Sizes of what is made from real texts.
const (
	conflictTexts  = 60
	editsPerTreaty = 14 // pairs per text at most
)

var (
	genericRE   = regexp.MustCompile(`^(?:The Parties|Each Party|Neither Party|A Party|The Contracting Parties|Each Contracting Party|Either Party)\b`)
	triesRE     = regexp.MustCompile(`endeavou?r|effort|\bwill\b|must|as appropriate`)
	mayRE       = regexp.MustCompile(`\bmay\b( not)?`)
	periodRE    = regexp.MustCompile(`\b(\d{1,3}|two|three|four|five|six|ten|thirty|sixty|ninety)( \(?(?:days|months|years|working days|calendar days)\b)`)
	figureRE    = regexp.MustCompile(`\b(\d{1,3})( (?:per cent|percent)|%| (?:members|tonnes|arbitrators|copies|representatives))`)
	otherFigure = map[string]string{"two": "nine", "three": "eight", "four": "eleven", "five": "twelve", "six": "seven", "ten": "forty", "thirty": "eighty", "sixty": "twenty", "ninety": "fifteen"}
)

// editedPairs takes sentences of real treaties and edits each in one way.
func editedPairs(dir string, rules *assay.Rules) ([]planted, error) {
	files, err := textFiles(dir)
	if err != nil {
		return nil, err
	}
	rnd := rand.New(rand.NewPCG(7, 11))
	rnd.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	var out []planted
	used := 0
	for _, f := range files {
		if used == conflictTexts {
			break
		}
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		rd, err := text.Read(f, b)
		if err != nil || !strings.HasPrefix(rd.Language, "en") {
			continue
		}
		ps := editsOf(rd, assay.Analyze(rd, rules, nil), rnd)
		if len(ps) == 0 {
			continue
		}
		used++
		h := fnv.New32a()
		h.Write([]byte(filepath.Base(f)))
		for i := range ps {
			ps[i].origin, ps[i].half = "edited", []string{"development", "held_out"}[h.Sum32()%2]
		}
		out = append(out, ps...)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].code < out[j].code })
	return out, nil
}

// editsOf makes pairs of one text: a sentence, and the same with one edit that makes it collide or one that does not.
func editsOf(rd *text.Reading, an *assay.Analysis, rnd *rand.Rand) []planted {
	var out []planted
	other := [2][2]string{{"NOR1", "SUD1"}, {"WES1", "OST1"}}
	n := map[string]int{}
	add := func(p planted) {
		if p.collides { // between the same two states: what each text settles between its own sides does not collide with another partner's
			p.sides = [2][2]string{{"NOR1", "SUD1"}, {"NOR1", "SUD1"}}
		}
		if n[p.code]++; n[p.code] <= 2 && p.a != p.b || p.code == "edited: same duty" && n[p.code] <= 2 || p.code == "edited: other parties" && n[p.code] <= 2 {
			out = append(out, p)
		}
	}
	var norms []*assay.Norm
	for i := range an.Provisions {
		for k := range an.Provisions[i].Norms {
			norms = append(norms, &an.Provisions[i].Norms[k])
		}
	}
	rnd.Shuffle(len(norms), func(i, j int) { norms[i], norms[j] = norms[j], norms[i] })
	for _, x := range norms {
		s := strings.Join(strings.Fields(rd.Text[x.Start:x.End]), " ")
		if x.Part != "operative" || x.Opens || len(x.Lead) > 0 || len(s) < 70 || len(s) > 330 || !strings.HasSuffix(s, ".") || !genericRE.MatchString(s) && !periodRE.MatchString(s) && !figureRE.MatchString(s) || strings.Contains(s, "means") {
			continue
		}
		switch {
		case strings.Count(s, "shall") == 1 && genericRE.MatchString(s) && !strings.HasPrefix(s, "Neither") && !strings.Contains(s, " not "):
			flipped := strings.Replace(s, "shall", "shall not", 1)
			add(planted{code: "opposite", collides: true, a: s, b: flipped})
			add(planted{code: "edited: same duty", a: s, b: s})
			add(planted{code: "edited: other parties", a: s, b: flipped, sides: other})
			if !triesRE.MatchString(s) {
				hope := "hope not to"
				if strings.HasPrefix(s, "Each") || strings.HasPrefix(s, "A ") || strings.HasPrefix(s, "Either") {
					hope = "hopes not to"
				}
				add(planted{code: "edited: hope", a: s, b: strings.Replace(s, "shall", hope, 1)})
			}
			add(planted{code: "edited: recital", a: s, b: "Recognising that " + strings.TrimSuffix(flipped, ".") + ",", preamble: true})
			add(planted{code: "edited: definition", a: s, b: "For the purposes of this Agreement, “omission” means that " + strings.ToLower(flipped[:1]) + flipped[1:]})
			add(planted{code: "edited: other minerals", a: strings.TrimSuffix(s, ".") + " in respect of cobalt.", b: strings.TrimSuffix(flipped, ".") + " in respect of nickel."})
			add(planted{code: "edited: other wording", a: s, b: strings.TrimSuffix(s, ".") + ", in accordance with this Agreement."})
			add(planted{code: "edited: carve-out", a: s, b: strings.TrimSuffix(s, ".") + ", except where its law provides otherwise."})
		case mayRE.MatchString(s) && strings.Count(s, " may ") == 1 && genericRE.MatchString(s) && !strings.Contains(s, "not"):
			add(planted{code: "opposite", collides: true, a: s, b: strings.Replace(s, " may ", " may not ", 1)})
			add(planted{code: "kept_for_one", collides: true, a: s, b: strings.Replace(s, " may ", " alone may ", 1)})
		}
		if m := periodRE.FindStringSubmatchIndex(s); m != nil {
			add(planted{code: "other_deadline", collides: true, a: s, b: s[:m[2]] + another(s[m[2]:m[3]]) + s[m[3]:]})
		} else if m := figureRE.FindStringSubmatchIndex(s); m != nil {
			add(planted{code: "other_figure", collides: true, a: s, b: s[:m[2]] + another(s[m[2]:m[3]]) + s[m[3]:]})
		}
		if len(out) >= editsPerTreaty {
			break
		}
	}
	return out
}

func another(n string) string {
	if w := otherFigure[n]; w != "" {
		return w
	}
	var v int
	fmt.Sscan(n, &v)
	return fmt.Sprint(v*2 + 1)
}
