package ingest

import "github.com/openassay/assay/registry"

// Report is what an import did.
type Report struct {
	Files       int          `json:"files"`        // found
	Documents   int          `json:"documents"`    // texts that entered
	Matched     int          `json:"matched"`      // of those, texts of an instrument that was known
	Instruments int          `json:"instruments"`  // records made for texts of unknown instruments
	Alone       int          `json:"alone"`        // texts that are of no instrument: papers about them, speeches
	Duplicates  int          `json:"duplicates"`   // near-duplicates that were linked
	Sources     int          `json:"sources"`      // entries from CSV
	Claims      int          `json:"claims"`       // entries from CSV
	Entries     int          `json:"entries"`      // entries added to the log in all
	Known       int          `json:"known"`        // files that were there already
	Renewed     int          `json:"renewed"`      // known texts whose file was read better than before: the old reading leads to the new one
	Gone        int          `json:"gone"`         // addresses of their earlier readings whose words stand nowhere in the new ones
	Erased      int          `json:"erased"`       // entries that were erased here once and stay erased
	ErasedFiles []string     `json:"erased_files"` // files whose text was erased here once; nothing of them was kept
	Review      []Review     `json:"review"`
	Quarantined []Quarantine `json:"quarantined"`
	Kept        []Quarantine `json:"kept"` // files that were kept without their words, and what is needed to read these
	Paths       []string     `json:"-"`    // every file that was tried

	rows int // of CSV that were good, known ones among them
}

// Nothing says whether something was brought and nothing of it is in the registry now: all of it was refused.
func (r *Report) Nothing() bool {
	return len(r.Quarantined) > 0 && r.Documents+r.Known+r.Renewed+r.Entries+r.Erased+r.rows+len(r.Kept)+len(r.ErasedFiles) == 0
}

// Quarantine is a file, or a part of one, that did not enter, and why.
type Quarantine struct {
	Path   string `json:"path"`
	Reason string `json:"reason"` // what and where
	Hint   string `json:"hint,omitempty"`
}

// Review is something a person should decide.
type Review struct {
	Kind     string            `json:"kind"` // match
	Document registry.RecordID `json:"document"`
	Title    string            `json:"title"`
	Options  []Candidate       `json:"candidates"` // the best first
}

// Candidate is an instrument that a document may be a text of.
type Candidate struct {
	Instrument registry.RecordID `json:"instrument"`
	Score      float64           `json:"score"` // 0–1
	Reasons    []string          `json:"reasons"`
}

// Progress is told after each file.
type Progress struct {
	Done, Total int
	Path        string
}
