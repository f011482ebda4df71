package eval

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/draftcheck"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

//go:embed drafts/first/*.md drafts/second/*.md
var codedDrafts embed.FS

// DraftReport is what assay eval drafts prints: the draft check held against drafts of our own in free wording, between invented parties, whose
// clauses were coded for every topic of package practice before a pattern was looked at. The first half may be learnt from; the second may not.
type DraftReport struct {
	Drafts int                      `json:"drafts"`
	Halves map[string]*DraftFigures `json:"halves"` // first, second
	Misses []string                 `json:"-"`
}

// DraftFigures are counts over draft and topic. A topic whose coding is open for an answer is left out of that answer.
type DraftFigures struct {
	Drafts    int    `json:"drafts"`
	Clauses   int    `json:"clauses"`  // numbered
	Topics    int    `json:"topics"`   // asked, over all drafts
	Provided  Answer `json:"provided"` // firmly or weakly
	Firm      Answer `json:"firm"`
	Weak      Answer `json:"weak"`
	Absent    Answer `json:"absent"` // said to be absent or only named, and not provided for
	Adverse   Answer `json:"adverse"`
	Undecided int    `json:"undecided"` // topics of which the check says that it is not sure
	Share     Share  `json:"share"`
}

// Share are shares of what was asked or found.
type Share struct {
	Undecided float64 `json:"undecided"` // of all topics asked
	Place     float64 `json:"place"`     // of topics rightly said to be provided for: the clause named first is a coded one
}

// Answer is how often an answer was due, given and right.
type Answer struct {
	Due       int     `json:"due"`
	Said      int     `json:"said"`
	Right     int     `json:"right"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

func (a *Answer) add(due, said bool) {
	a.Due += count(due)
	a.Said += count(said)
	a.Right += count(due && said)
}

// coding is what one draft provides on each topic, by the clauses in which it does.
type coding struct {
	name                      string
	words                     string // without the codes
	firm, weak, adverse       map[string][]int
	openProvided, openAdverse map[string]bool
}

var codesAtEnd = regexp.MustCompile(`(?m)[ \t]*\{([^{}\n]*)\}[ \t]*$`)

// readCoding takes the codes off the ends of clauses: +x provides firmly, ~x weakly, -x does what the topic guards against; ?x may or may not be
// held to provide, !x to do that, and is not scored.
func readCoding(name, marked string, lib *practice.Library) (*coding, error) {
	d := &coding{name: name, firm: map[string][]int{}, weak: map[string][]int{}, adverse: map[string][]int{}, openProvided: map[string]bool{}, openAdverse: map[string]bool{}}
	var b strings.Builder
	for _, line := range strings.SplitAfter(marked, "\n") {
		m := codesAtEnd.FindStringSubmatchIndex(line)
		if m == nil {
			b.WriteString(line)
			continue
		}
		at := b.Len()
		b.WriteString(line[:m[0]] + "\n")
		for _, c := range strings.Fields(line[m[2]:m[3]]) {
			code := c[1:]
			if lib.Topic(code) == nil {
				return nil, fmt.Errorf("%s: %q is no topic", name, code)
			}
			switch c[0] {
			case '+':
				d.firm[code] = append(d.firm[code], at)
			case '~':
				d.weak[code] = append(d.weak[code], at)
			case '-':
				d.adverse[code] = append(d.adverse[code], at)
			case '?':
				d.openProvided[code] = true
			case '!':
				d.openAdverse[code] = true
			default:
				return nil, fmt.Errorf("%s: %q begins with none of + ~ - ? !", name, c)
			}
		}
	}
	d.words = b.String()
	return d, nil
}

var draftsLexicon = &assay.Lexicon{
	Parties: []assay.LexEntry{{Code: "NOR1", Names: []string{"Norland", "Norlande", "Norlandia", "Norlândia"}}, {Code: "SUD1", Names: []string{"Sudria", "Sudrie", "Súdria"}},
		{Code: "WES1", Names: []string{"Westmark"}}, {Code: "OST1", Names: []string{"Ostavia", "Ostavie", "Ostávia"}}},
	Minerals: []assay.LexEntry{{Code: "cobalt", Names: []string{"cobalt", "cobalto"}}, {Code: "nickel", Names: []string{"nickel", "níquel"}}, {Code: "lithium", Names: []string{"lithium", "litio", "lítio"}},
		{Code: "copper", Names: []string{"copper", "cuivre", "cobre"}}, {Code: "graphite", Names: []string{"graphite", "grafite"}}},
}

// Drafts measures the draft check for the state whose minerals they are.
func Drafts(rules *assay.Rules) (*DraftReport, error) {
	lib, err := practice.Load()
	if err != nil {
		return nil, err
	}
	rep := &DraftReport{Halves: map[string]*DraftFigures{}}
	names, err := fs.Glob(codedDrafts, "drafts/*/*.md")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	placed := map[string][2]int{}
	for _, name := range names {
		b, err := codedDrafts.ReadFile(name)
		if err != nil {
			return nil, err
		}
		d, err := readCoding(name, string(b), lib)
		if err != nil {
			return nil, err
		}
		rd, err := text.Read(path.Base(name), []byte(d.words))
		if err != nil {
			return nil, err
		}
		r := draftcheck.Check(draftcheck.Input{Draft: draftcheck.Draft{Name: path.Base(name), Reading: rd, Analysis: assay.Analyze(rd, rules, draftsLexicon)}, Party: "SUD1", Rules: rules, Library: lib})
		half := path.Base(path.Dir(name))
		f := rep.Halves[half]
		if f == nil {
			f = &DraftFigures{}
			rep.Halves[half] = f
		}
		if r.Summary.Status == draftcheck.NoAgreement || r.Summary.Status == draftcheck.UnsupportedLanguage {
			rep.Misses = append(rep.Misses, fmt.Sprintf("%s: not checked: %s", name, r.Summary.Words))
			continue
		}
		rep.Drafts++
		f.Drafts++
		p := placed[half]
		misses := d.hold(r, rd, lib, f, &p)
		placed[half] = p
		rep.Misses = append(rep.Misses, misses...)
	}
	for half, f := range rep.Halves {
		for _, a := range []*Answer{&f.Provided, &f.Firm, &f.Weak, &f.Absent, &f.Adverse} {
			a.Precision, a.Recall = share(a.Right, a.Said), share(a.Right, a.Due)
		}
		f.Share = Share{share(f.Undecided, f.Topics), share(placed[half][0], placed[half][1])}
	}
	return rep, nil
}

// said is what the check answers on a topic.
type said struct {
	status  string // firm, weak, absent, mentioned, undecided
	places  []draftcheck.Place
	adverse []draftcheck.Place
	why     string
}

func answers(r *draftcheck.Report) map[string]said {
	out := map[string]said{}
	for _, code := range r.Summary.Covered {
		out[code] = said{status: "firm"}
	}
	for _, w := range r.Weak {
		out[w.Topic] = said{"weak", []draftcheck.Place{w.Place}, w.RaisedBy, w.Words}
	}
	for _, g := range r.Gaps {
		out[g.Topic] = said{g.Status, g.Places, g.RaisedBy, g.Why}
	}
	return out
}

// hold counts what a report says against the coding, and lists where they differ.
func (d *coding) hold(r *draftcheck.Report, rd *text.Reading, lib *practice.Library, f *DraftFigures, placed *[2]int) []string {
	var misses []string
	got := answers(r)
	for _, t := range lib.Topics {
		s, asked := got[t.Code]
		if !asked {
			continue
		}
		f.Topics++
		f.Undecided += count(s.status == draftcheck.Undecided)
		firm, weak, adverse := len(d.firm[t.Code]) > 0, len(d.weak[t.Code]) > 0, len(d.adverse[t.Code]) > 0
		provided := firm || weak
		saidFirm, saidWeak := s.status == "firm", s.status == "weak"
		due := map[bool]string{true: "provided", false: "not provided"}[provided]
		if !d.openProvided[t.Code] || provided {
			f.Provided.add(provided, saidFirm || saidWeak)
			f.Firm.add(firm, saidFirm)
			f.Weak.add(weak && !firm, saidWeak)
			f.Absent.add(!provided, s.status == draftcheck.Absent || s.status == draftcheck.Mentioned)
			switch {
			case provided != (saidFirm || saidWeak):
				misses = append(misses, fmt.Sprintf("%s: %s: %s, said %s %s %s", d.name, t.Code, due, s.status, s.why, quotes(s.places)))
			case provided && firm != saidFirm:
				misses = append(misses, fmt.Sprintf("%s: %s: firm=%v, said %s %s %s", d.name, t.Code, firm, s.status, s.why, quotes(s.places)))
			}
			if provided && saidWeak {
				placed[1]++
				placed[0] += count(d.coded(rd, s.places, append(slices.Clone(d.firm[t.Code]), d.weak[t.Code]...)))
			}
		}
		if !d.openAdverse[t.Code] || adverse {
			f.Adverse.add(adverse, len(s.adverse) > 0)
			if adverse != (len(s.adverse) > 0) {
				misses = append(misses, fmt.Sprintf("%s: %s: adverse=%v, said %v %s", d.name, t.Code, adverse, !adverse, quotes(s.adverse)))
			}
		}
	}
	for _, p := range rd.Provisions {
		if p.Num != "" {
			f.Clauses++
		}
	}
	return misses
}

// coded says whether the first place is in a clause that the coding names. Clauses are found by their first words.
func (d *coding) coded(rd *text.Reading, places []draftcheck.Place, at []int) bool {
	if len(places) == 0 {
		return false
	}
	for _, k := range at {
		line, _, _ := strings.Cut(d.words[k:], "\n")
		if q := strings.Join(strings.Fields(strings.TrimRight(places[0].Quote, " …")), " "); strings.Contains(line, q) {
			return true
		}
	}
	return false
}

func quotes(places []draftcheck.Place) string {
	var out []string
	for _, p := range places {
		out = append(out, fmt.Sprintf("[%s %s %v: %s]", p.EID, p.Modality, p.Bearer, p.Quote))
	}
	return strings.Join(out, " ")
}
