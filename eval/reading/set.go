package reading

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/openassay/assay/text"
)

// Text is one text of the gold set, a line of texts.csv.
type Text struct {
	ID       string
	File     string // path below the folder of texts, or below the gold set's own samples where Sample
	Sample   bool
	Language string
	Form     string            // treaty, other: how will, the French present and the Iberian future are read
	SHA256   string            // of the canonical text that the offsets count in
	Seen     bool              // makers of the rules had read it before it was labelled
	Mended   bool              // rules were mended on it afterwards: what the machine scores here is fitted
	Why      string            // why it was chosen
	Codes    map[string]string // of invented states, by name: the readers' codes
}

// Set is the gold set: its texts and, by text, the readers' rows and the adjudicated ones.
type Set struct {
	Texts   []Text
	Readers map[string]map[string][]Row // text, then reader (a, b)
	Gold    map[string][]Row            // by text; absent where nobody has adjudicated
}

var textColumns = []string{"id", "file", "sample", "language", "form", "sha256", "seen", "mended", "why", "codes"}

// Load reads the gold set below dir of fsys: texts.csv, a/ID.csv, b/ID.csv, ID.csv.
func Load(fsys fs.FS, dir string) (*Set, error) {
	b, err := fs.ReadFile(fsys, path.Join(dir, "texts.csv"))
	if err != nil {
		return nil, err
	}
	list, err := table(b, textColumns)
	if err != nil {
		return nil, fmt.Errorf("texts.csv: %w", err)
	}
	s := &Set{Readers: map[string]map[string][]Row{}, Gold: map[string][]Row{}}
	for _, f := range list {
		t := Text{f["id"], f["file"], f["sample"] == "yes", f["language"], f["form"], f["sha256"], f["seen"] == "yes", f["mended"] != "no", f["why"], codes(f["codes"])}
		s.Texts = append(s.Texts, t)
		s.Readers[t.ID] = map[string][]Row{}
		for _, reader := range []string{"a", "b"} {
			rows, err := readIf(fsys, path.Join(dir, reader, t.ID+".csv"), ReadRows)
			if err != nil {
				return nil, err
			}
			if rows != nil {
				s.Readers[t.ID][reader] = rows
			}
		}
		rows, err := readIf(fsys, path.Join(dir, t.ID+".csv"), ReadGold)
		if err != nil {
			return nil, err
		}
		if rows != nil {
			s.Gold[t.ID] = rows
		}
	}
	return s, nil
}

// codes reads "Norland=XAA; Sudria=XAB".
func codes(s string) map[string]string {
	m := map[string]string{}
	for _, pair := range strings.Split(s, ";") {
		if name, code, ok := strings.Cut(strings.TrimSpace(pair), "="); ok {
			m[name] = code
		}
	}
	return m
}

func readIf(fsys fs.FS, name string, read func([]byte) ([]Row, error)) ([]Row, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, nil // this reader has not come to this text
	}
	rows, err := read(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows, nil
}

// TextByID finds a text of the set.
func (s *Set) TextByID(id string) (Text, bool) {
	for _, t := range s.Texts {
		if t.ID == id {
			return t, true
		}
	}
	return Text{}, false
}

// Open reads a text of the set from the folder of texts or that of the samples.
func (t Text) Open(texts, samples fs.FS) (*text.Reading, error) {
	from := texts
	if t.Sample {
		from = samples
	}
	if from == nil {
		return nil, fmt.Errorf("%s: no folder of texts was named", t.ID)
	}
	b, err := fs.ReadFile(from, t.File)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.ID, err)
	}
	return text.Read(path.Base(strings.TrimSpace(t.File)), b)
}
