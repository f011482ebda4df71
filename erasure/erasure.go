// Package erasure works out what goes when somebody's data, or what a court orders, is erased: entries of the log, and texts that only they
// name. Start with [New]; package instance carries a [Plan] out.
//
// What is asked for pulls along what holds the same words or would bring them back:
//
//   - of a document's text all of it: original, reading, analysis, and their earlier versions;
//   - what a claim superseded (without it, the older words would be shown again), and what a retraction took back;
//   - retractions and choices about what is erased: their reasons speak of it; and moves of nothing else;
//   - with a source the claims that rest on it: there is no claim without a source.
//
// What stays is named too: ids of entries, records and fields, which are part of the log's headers for ever, and texts that others use.
//
// The package is pure: entries in, plan out.
package erasure

import (
	"cmp"
	"maps"
	"slices"

	"github.com/openassay/assay/registry"
)

// Ask is what somebody wants erased, and why. One of Entries, Sources and Records at least is not empty.
type Ask struct {
	Entries   []registry.EntryID
	Sources   []registry.SourceID // with every claim that rests on them
	Records   []registry.RecordID // every claim about them: those that were moved to them or are about records merged into them too
	Authority string              // who ordered it, as it may be shown to all
	Ground    string              // why, as it may be shown to all
}

// Reasons why an entry goes.
const (
	Asked     = "asked"      // named itself, or by its source or record
	OfText    = "of_text"    // holds the same text
	Older     = "older"      // superseded by one that goes
	TakenBack = "taken_back" // retracted by one that goes
	About     = "about"      // a retraction, choice or move about one that goes
)

// Item is an entry that goes.
type Item struct {
	Entry registry.Entry
	Why   string
}

// Plan is what goes and what stays.
type Plan struct {
	Ask
	Items  []Item              // in the order of the log
	Erased []registry.EntryID  // asked for, but erased before
	Blobs  []string            // hashes of texts that go, sorted
	Shared []Shared            // texts that stay because others name them, by hash
	About  []registry.RecordID // records that the entries are about, sorted; their ids stay in the log
	Words  []string            // that are erased, from eight letters on: what copies beside the log are searched for

	References []registry.EntryID // claims elsewhere that refer to a record of which nothing is left
	Resting    int                // other claims that rest on the source of a document whose text goes
	Newer      int                // claims that supersede one that goes, and stay
	Repeating  []registry.EntryID // entries that stay and repeat erased words
}

// Shared is a text that stays.
type Shared struct {
	Hash string
	By   registry.EntryID // one of those that name it
}

// IDs are the entries that go.
func (p *Plan) IDs() []registry.EntryID {
	out := make([]registry.EntryID, len(p.Items))
	for i, it := range p.Items {
		out[i] = it.Entry.ID
	}
	return out
}

// textFields are the fields that name blobs.
var textFields = []string{"file", "reading", "analysis", "succession", "grams", "fetched"}

// BlobOf is the text that an entry names; "" where it names none.
func BlobOf(e *registry.Entry) string {
	switch {
	case e.Claim != nil && slices.Contains(textFields, e.Claim.Field) && e.Claim.Value.State == "":
		return e.Claim.Value.Raw
	case e.Source != nil:
		return e.Source.Hash
	}
	return ""
}

// New works out the plan for entries in the log's order. It fails with registry.Invalid where authority, ground or what to erase are missing, where
// they repeat what they are to erase, or where a claim would be left without its source; with registry.NotFound for what is not in the log.
func New(entries []registry.Entry, ask Ask) (*Plan, error) {
	if err := ask.check(); err != nil {
		return nil, err
	}
	w := &work{entries: entries, at: map[registry.EntryID]int{}, why: map[int]string{}, p: &Plan{Ask: ask}}
	for i := range entries {
		w.at[entries[i].ID] = i
	}
	if err := w.asked(); err != nil {
		return nil, err
	}
	w.pull()
	for i := range entries {
		if why := w.why[i]; why != "" {
			w.p.Items = append(w.p.Items, Item{entries[i], why})
		}
	}
	if len(w.p.Items) == 0 {
		return w.p, nil
	}
	w.blobs()
	w.stays()
	if err := w.orphans(); err != nil {
		return nil, err
	}
	return w.p, w.p.ownWords()
}

type work struct {
	entries []registry.Entry
	at      map[registry.EntryID]int
	why     map[int]string // of those that go
	p       *Plan
}

func (w *work) add(i int, why string) bool {
	if w.entries[i].Erased() || w.why[i] != "" {
		return false
	}
	w.why[i] = why
	return true
}

// asked marks what was named.
func (w *work) asked() error {
	for _, id := range w.p.Entries {
		i, ok := w.at[id]
		if !ok {
			return registry.Errorf(registry.NotFound, "no entry %.64q in the log", string(id)).WithHint("an entry's id is 64 hexadecimal digits; it stands beside the claim on its record's page")
		}
		if w.entries[i].Erased() {
			w.p.Erased = append(w.p.Erased, id)
		}
		w.add(i, Asked)
	}
	about := w.about()
	sources, records := map[registry.SourceID]bool{}, map[registry.RecordID]bool{}
	for i := range w.entries {
		e := &w.entries[i]
		if e.Source != nil && slices.Contains(w.p.Sources, e.Source.ID) {
			sources[e.Source.ID] = true
			w.add(i, Asked)
		}
		if e.Claim == nil {
			continue
		}
		if slices.Contains(w.p.Sources, e.Claim.Source) {
			sources[e.Claim.Source] = true
			w.add(i, Asked)
		}
		for _, r := range about(e) { // a claim may be asked for twice: with its source and with its record
			if slices.Contains(w.p.Records, r) {
				records[r] = true
				w.add(i, Asked)
			}
		}
	}
	for _, s := range w.p.Sources {
		if !sources[s] {
			return registry.Errorf(registry.NotFound, "no source %.96q in the log", string(s)).WithHint("/sources lists them; what was erased before is listed by assay erase --list and at /erasures")
		}
	}
	for _, r := range w.p.Records {
		if !records[r] {
			return registry.Errorf(registry.NotFound, "no record %.120q in the log", string(r)).WithHint("assay search finds records by their words; what was erased before is listed by assay erase --list and at /erasures")
		}
	}
	return nil
}

// about says which records a claim is about: where it was entered or moved to, and the record that stands for that one since a merge. Who asks for
// a record means what its page shows, and what would make a page again once that is gone.
func (w *work) about() func(*registry.Entry) []registry.RecordID {
	if len(w.p.Records) == 0 || !slices.ContainsFunc(w.entries, func(e registry.Entry) bool { return e.Move != nil || e.Claim != nil && e.Claim.Field == "redirect" }) {
		return func(e *registry.Entry) []registry.RecordID { return []registry.RecordID{e.Claim.Record} }
	}
	everybody := map[registry.Audience]bool{}
	for i := range w.entries {
		everybody[w.entries[i].Audience] = true
		if d := w.entries[i].Disclosure; d != nil {
			everybody[d.To] = true
		}
	}
	v := registry.Compile(w.entries, registry.Reader(slices.Collect(maps.Keys(everybody))...), "")
	return func(e *registry.Entry) []registry.RecordID {
		return []registry.RecordID{v.Placed(e), v.About(e)}
	}
}

// pull marks what goes with it, until nothing more does.
func (w *work) pull() {
	for more := true; more; {
		more = false
		texts := map[registry.RecordID]bool{}
		for i := range w.why {
			if c := w.entries[i].Claim; c != nil && slices.Contains(textFields, c.Field) {
				texts[c.Record] = true
			}
		}
		for i := range w.entries {
			e := &w.entries[i]
			goes := w.why[i] != ""
			switch {
			case e.Claim != nil && goes && e.Claim.Supersedes != "":
				if j, ok := w.at[e.Claim.Supersedes]; ok {
					more = w.add(j, Older) || more
				}
			case e.Claim != nil && texts[e.Claim.Record] && slices.Contains(textFields, e.Claim.Field):
				more = w.add(i, OfText) || more
			case e.Retraction != nil:
				j, ok := w.at[e.Retraction.Target]
				if ok && goes {
					more = w.add(j, TakenBack) || more
				} else if ok && w.why[j] != "" {
					more = w.add(i, About) || more
				}
			case e.Choice != nil:
				if j, ok := w.at[e.Choice.Claim]; ok && w.why[j] != "" {
					more = w.add(i, About) || more
				}
			case e.Move != nil: // one that holds other claims in their place stays
				if !slices.ContainsFunc(e.Move.Claims, func(id registry.EntryID) bool {
					j, ok := w.at[id]
					return ok && w.why[j] == "" && !w.entries[j].Erased()
				}) && slices.ContainsFunc(e.Move.Claims, func(id registry.EntryID) bool { j, ok := w.at[id]; return ok && w.why[j] != "" }) {
					more = w.add(i, About) || more
				}
			}
		}
	}
}

// blobs sorts the texts that the entries name into those that go and those that others use.
func (w *work) blobs() {
	others := map[string]registry.EntryID{}
	for i := range w.entries {
		if h := BlobOf(&w.entries[i]); h != "" && w.why[i] == "" && w.entries[i].Claim != nil { // a source may know the hash of what others keep
			others[h] = w.entries[i].ID
		}
	}
	done := map[string]bool{}
	for _, it := range w.p.Items {
		h := BlobOf(&it.Entry)
		switch {
		case h == "" || done[h]:
		case others[h] != "":
			w.p.Shared = append(w.p.Shared, Shared{h, others[h]})
		case it.Entry.Claim != nil || !w.soughtBySource(h):
			w.p.Blobs = append(w.p.Blobs, h)
		}
		done[h] = true
	}
	slices.Sort(w.p.Blobs)
	slices.SortFunc(w.p.Shared, func(a, b Shared) int { return cmp.Compare(a.Hash, b.Hash) })
}

// soughtBySource says whether a source that stays has kept the same bytes.
func (w *work) soughtBySource(hash string) bool {
	for i := range w.entries {
		if s := w.entries[i].Source; s != nil && w.why[i] == "" && s.Hash == hash {
			return true
		}
	}
	return false
}

// orphans refuses to leave claims without their source.
func (w *work) orphans() error {
	described, gone := map[registry.SourceID]bool{}, map[registry.SourceID]bool{}
	for i := range w.entries {
		if s := w.entries[i].Source; s != nil {
			if w.why[i] == "" {
				described[s.ID] = true
			} else {
				gone[s.ID] = true
			}
		}
	}
	for i := range w.entries {
		if c := w.entries[i].Claim; c != nil && w.why[i] == "" && gone[c.Source] && !described[c.Source] {
			return registry.Errorf(registry.Invalid, "erasing the description of the source %s would leave claims without their source", c.Source).
				WithHint("--source %s erases it with the claims that rest on it; or add a new description of it first", c.Source)
		}
	}
	return nil
}

func (a *Ask) check() error {
	bad := func(what, hint string) error {
		return registry.Errorf(registry.Invalid, "%s", what).WithHint("%s", hint)
	}
	switch {
	case len(a.Entries)+len(a.Sources)+len(a.Records) == 0:
		return bad("nothing to erase is named", "name entries, a source or a record")
	case !fit(a.Authority):
		return bad("an erasure needs the authority that ordered it", "a court, a data protection authority, or the office of this registry; in one line of at most 200 letters, without names of private persons: it is shown to all")
	case !fit(a.Ground):
		return bad("an erasure needs its ground", "the law and the reason, in one line of at most 200 letters, without what is to be erased: it is shown to all")
	}
	return nil
}
