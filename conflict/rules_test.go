package conflict_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/text"
)

var lex = &assay.Lexicon{
	Parties:  []assay.LexEntry{{Code: "NOR1", Names: []string{"Norland", "Norlande", "Norlandia", "Norlândia"}}, {Code: "SUD1", Names: []string{"Sudria", "Sudrie", "Súdria"}}, {Code: "WES1", Names: []string{"Westmark"}}, {Code: "OST1", Names: []string{"Ostavia"}}},
	Minerals: []assay.LexEntry{{Code: "cobalt", Names: []string{"cobalt", "cobalto"}}, {Code: "nickel", Names: []string{"nickel", "níquel"}}, {Code: "lithium", Names: []string{"lithium", "litio", "lítio"}}},
}

var names = map[string]string{"NOR1": "Norland", "SUD1": "Sudria", "WES1": "Westmark", "OST1": "Ostavia"}

// fails is what helpers need of a test or law.
type fails interface {
	Fatalf(format string, args ...any)
}

func load(t fails) *conflict.Rules {
	r, err := conflict.Load()
	if err != nil {
		t.Fatalf("%v", err)
	}
	return r
}

// sheet reads one clause of an agreement, or of a memorandum, between two invented states.
func sheet(t fails, id, kind string, sides [2]string, clause string) *conflict.Sheet {
	rd, an := read(t, id, kind, sides, clause)
	return load(t).Read(conflict.Text{ID: id, Title: id, Kind: conflict.KindInstrument, Parties: sides[:], Reading: rd, Analysis: an})
}

// marks are those of a clause in an agreement of Norland and Sudria.
func marks(t fails, clause string) *conflict.Marks {
	rd, an := read(t, "a", "treaty", [2]string{"NOR1", "SUD1"}, clause)
	return load(t).Mark(rd, an, false)
}

func read(t fails, id, kind string, sides [2]string, clause string) (*text.Reading, *assay.Analysis) {
	a, b := names[sides[0]], names[sides[1]]
	head := fmt.Sprintf("# Agreement between %s and %s on critical minerals\n\n%s and %s (the “Parties”) have agreed as follows:\n\n", a, b, a, b)
	tail := "\n\n## Article 2\n\nThis Agreement enters into force on signature.\n"
	if kind == "mou" {
		head = fmt.Sprintf("# Memorandum of Understanding between %s and %s on critical minerals\n\n%s and %s (the “Participants”) have reached the following understanding:\n\n", a, b, a, b)
		tail = "\n\n## Article 2\n\nThis Memorandum is not legally binding.\n"
	}
	return analysed(t, id, head+"## Article 1\n\n"+clause+tail, lex)
}

func analysed(t fails, id, words string, lexicon *assay.Lexicon) (*text.Reading, *assay.Analysis) {
	rd, an, ok := tryRead(id+".md", words, lexicon)
	if !ok {
		t.Fatalf("%q cannot be read", words)
	}
	return rd, an
}

// tryRead reads and analyses words; ok is false where they are no text.
func tryRead(name, words string, lexicon *assay.Lexicon) (rd *text.Reading, an *assay.Analysis, ok bool) {
	rules, err := assay.LoadRules()
	if err != nil {
		panic(err) // a defect of the rules
	}
	if rd, err = text.Read(name, []byte(words)); err != nil {
		return nil, nil, false
	}
	return rd, assay.Analyze(rd, rules, lexicon), true
}

// pair reads an example: A is between Norland and Sudria, B between Westmark and Sudria.
func pair(t testing.TB, x conflict.Example, mou bool) []conflict.Finding {
	kind := "treaty"
	if mou {
		kind = "mou"
	}
	b := [2]string{"WES1", "SUD1"}
	if strings.Contains(x.B, "Norland") && !strings.Contains(x.B, "Westmark") {
		b[0] = "NOR1"
	}
	return load(t).Between(sheet(t, "a", kind, [2]string{"NOR1", "SUD1"}, x.A), sheet(t, "b", "treaty", b, x.B))
}

// TestExamples holds every rule against its own examples.
func TestExamples(t *testing.T) {
	for _, x := range load(t).Rules {
		for _, e := range x.Examples {
			fs := pair(t, e, x.Code == "soft_promise")
			ok := false
			for _, f := range fs {
				ok = ok || f.Type == x.Code && (f.Answer == x.Answer)
			}
			if !ok {
				t.Errorf("%s: %q beside %q: %s", x.Code, e.A, e.B, say(fs))
			}
		}
		for _, e := range x.Counter {
			for _, f := range pair(t, e, x.Code == "soft_promise") {
				if f.Type == x.Code && f.Answer != conflict.Disjoint {
					t.Errorf("%s: counterexample %q beside %q: %s", x.Code, e.A, e.B, say([]conflict.Finding{f}))
				}
			}
		}
	}
}

func say(fs []conflict.Finding) string {
	var out []string
	for _, f := range fs {
		out = append(out, fmt.Sprintf("%s %s %s %v (%s|%s %s|%s)", f.Type, f.Answer, f.Ground, f.Missing, f.A.Modality, f.A.Stance, f.B.Modality, f.B.Stance))
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, "; ")
}
