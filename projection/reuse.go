package projection

import (
	"cmp"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// ReuseThreshold is the Jaccard measure from which two provisions count as sharing their wording.
const ReuseThreshold = 0.5

// mostCopies is how many pairs of provisions one wording may make.
const mostCopies = 500 * 500 / 2

// Reuse is whose text repeats whose among the documents that the readers see: those whose text is here, and those of which the grams are. It is
// made when it is first asked for and whenever the documents change; it is not changed itself.
type Reuse struct {
	Records  []registry.RecordID // of the documents, by id
	Dates    []registry.Day      // by which each stands in a family: of its own first event, else of its instrument's signature; "" unknown
	Works    []registry.RecordID // what each is a text of: its first instrument, else its first negotiation, else itself
	Units    [][]ReuseUnit
	Pairs    []DocumentPair // that have provisions in common, most first
	Families []overlap.Family
	Total    int // pairs of provisions
	Common   int // pairs left out, of wordings that some 500 provisions have to the letter: formulas, and quadratic in number

	family map[overlap.Place]int
	found  *overlap.Matches
}

// ReuseUnit is a provision that was compared.
type ReuseUnit struct {
	EID        string
	Start, End int
}

// DocumentPair is two documents and how much of their provisions is alike.
type DocumentPair struct {
	A, B           int // numbers of the documents, A < B
	AlikeA, AlikeB int // provisions of each that have one alike in the other
	Same           int // pairs of provisions that are the same, save letters' case and punctuation
}

// Share is how much of the provisions of the shorter document has one alike in the other, 0 to 1.
func (r *Reuse) Share(p DocumentPair) float64 {
	return max(float64(p.AlikeA)/float64(len(r.Units[p.A])), float64(p.AlikeB)/float64(len(r.Units[p.B])))
}

// FamilyOf is the number of the family that a provision belongs to; ok is false where it is like none.
func (r *Reuse) FamilyOf(p overlap.Place) (n int, ok bool) {
	n, ok = r.family[p]
	return n, ok
}

// Document is the number of a document; ok is false where it was not compared.
func (r *Reuse) Document(id registry.RecordID) (n int, ok bool) {
	return slices.BinarySearch(r.Records, id)
}

// Place is a provision of a document by its eId; ok is false where it was not compared.
func (r *Reuse) Place(doc int, eid string) (p overlap.Place, ok bool) {
	i := slices.IndexFunc(r.Units[doc], func(u ReuseUnit) bool { return u.EID == eid })
	return overlap.Place{Doc: doc, Unit: i}, i >= 0
}

// Between gives the matches of two documents, the likest first.
func (r *Reuse) Between(a, b int) []overlap.Match {
	var out []overlap.Match
	for m := range r.found.All() {
		if m.A.Doc == min(a, b) && m.B.Doc == max(a, b) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(x, y overlap.Match) int {
		return cmp.Or(cmp.Compare(y.Jaccard, x.Jaccard), cmp.Compare(x.A.Unit, y.A.Unit), cmp.Compare(x.B.Unit, y.B.Unit))
	})
	return out
}

// reuses keeps the last Reuse.
type reuses struct {
	mu   sync.Mutex
	key  string
	last *Reuse
}

// Reuse is whose text repeats whose now. An error is of the blob store; a text that is damaged or lost is left out, and the doctor names it.
func (p *Projection) Reuse() (*Reuse, error) {
	v := p.View("")
	key := ""
	var docs []*registry.Record
	for _, r := range v.OfKind(registry.KindDocument) {
		if h := cmp.Or(r.String("reading"), r.String("grams")); h != "" {
			docs = append(docs, r)
			key += string(r.ID) + " " + h + " " + string(workOf(v, r)) + " " + string(dateOf(v, r)) + "\n"
		}
	}
	p.reuse.mu.Lock()
	defer p.reuse.mu.Unlock()
	if p.reuse.last != nil && p.reuse.key == key {
		return p.reuse.last, nil
	}
	r, err := p.newReuse(v, docs)
	if err != nil {
		return nil, err
	}
	p.reuse.key, p.reuse.last = key, r
	debug.FreeOSMemory() // what it took is several times what is kept, and is not needed again soon
	return r, nil
}

func (p *Projection) newReuse(v *registry.View, records []*registry.Record) (*Reuse, error) {
	out := &Reuse{family: map[overlap.Place]int{}}
	units := make([]*overlap.Document, len(records))
	errs := make([]error, len(records))
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := w; i < len(records); i += 2 {
				units[i], errs[i] = p.units(records[i])
			}
		}()
	}
	wg.Wait()
	var docs []*overlap.Document
	for i, r := range records {
		switch registry.CodeOf(errs[i]) {
		case "":
		case registry.NotFound, registry.Unreadable, registry.Invalid:
			continue
		default:
			return nil, errs[i]
		}
		us := make([]ReuseUnit, len(units[i].Units))
		for j, u := range units[i].Units {
			us[j] = ReuseUnit{u.EID, u.Start, u.End}
		}
		docs = append(docs, units[i])
		out.Records, out.Units = append(out.Records, r.ID), append(out.Units, us)
		out.Works, out.Dates = append(out.Works, workOf(v, r)), append(out.Dates, dateOf(v, r))
	}
	out.found, out.Common = overlap.Join(docs, ReuseThreshold).Uncommon(mostCopies)
	out.Total = out.found.Len()
	out.pairs()
	out.Families = overlap.Families(out.found, func(doc int) string { return string(out.Dates[doc]) })
	for n, f := range out.Families {
		for _, m := range f.Members {
			out.family[m.Place] = n
		}
	}
	return out, nil
}

// units are a document's units to be compared.
func (p *Projection) units(r *registry.Record) (*overlap.Document, error) {
	if r.String("reading") == "" {
		l, err := p.wordless(r)
		if err != nil {
			return nil, err
		}
		return l.Document, nil
	}
	rd, err := p.Reading(r.ID)
	if err != nil {
		return nil, err
	}
	if rd == nil { // it has just gone
		rd = new(text.Reading)
	}
	return overlap.Read(string(r.ID), rd, overlap.Innermost), nil
}

func (p *Projection) wordless(r *registry.Record) (*overlap.Laid, error) {
	b, err := p.blobs.Get(r.String("grams"))
	if err != nil {
		return nil, err
	}
	l, err := overlap.ReadWordless(string(r.ID), b)
	if err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: %v", r.ID, err)
	}
	return l, nil
}

// Laid is a document with its wordings, ready to be laid beside another, and its reading, nil where its words are not here; nil without an error where there is
// nothing of it to compare.
func (p *Projection) Laid(id registry.RecordID) (*overlap.Laid, *text.Reading, error) {
	r := p.View("").Record(id)
	switch {
	case r == nil || r.Kind != registry.KindDocument:
		return nil, nil, nil
	case r.String("reading") != "":
		rd, err := p.Reading(id)
		if err != nil || rd == nil {
			return nil, nil, err
		}
		return overlap.Lay(string(id), rd), rd, nil
	case r.String("grams") != "":
		l, err := p.wordless(r)
		return l, nil, err
	}
	return nil, nil, nil
}

func (r *Reuse) pairs() {
	type key struct{ a, b int }
	type tally struct {
		a, b map[int]bool
		same int
	}
	by := map[key]*tally{}
	for m := range r.found.All() {
		k := key{m.A.Doc, m.B.Doc}
		t := by[k]
		if t == nil {
			t = &tally{map[int]bool{}, map[int]bool{}, 0}
			by[k] = t
		}
		t.a[m.A.Unit], t.b[m.B.Unit] = true, true
		if m.Both == m.Either {
			t.same++
		}
	}
	for k, t := range by {
		r.Pairs = append(r.Pairs, DocumentPair{k.a, k.b, len(t.a), len(t.b), t.same})
	}
	slices.SortFunc(r.Pairs, func(x, y DocumentPair) int {
		return cmp.Or(cmp.Compare(y.AlikeA+y.AlikeB, x.AlikeA+x.AlikeB), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
}

// workOf is what a document is a text of.
func workOf(v *registry.View, r *registry.Record) registry.RecordID {
	for _, f := range []string{"instrument", "negotiation"} {
		if ids := r.Refs(f); len(ids) > 0 {
			return v.Resolve(ids[0])
		}
	}
	return r.ID
}

// dateOf is the day by which a document stands in a family.
func dateOf(v *registry.View, r *registry.Record) registry.Day {
	first := func(r *registry.Record) (day registry.Day) {
		for _, s := range r.Slots("event") {
			if s.Shown != nil && r.Happened(s) {
				if d, ok := s.Shown.Value.Date(); ok && (day == "" || d.Start < day) {
					day = d.Start
				}
			}
		}
		return day
	}
	if d := first(r); d != "" { // a draft is older than what became of it
		return d
	}
	if w := v.Record(workOf(v, r)); w != nil && w != r {
		for _, key := range []string{"signed", "endorsed", "adopted", "issued"} {
			if d, ok := w.EventDate(key); ok {
				return d.Start
			}
		}
		return first(w)
	}
	return ""
}
