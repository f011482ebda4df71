package redaction

import (
	"context"
	"fmt"
	"strings"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Order is what a redacted file is to be made of.
type Order struct {
	Reading  *text.Reading
	Original string // hash of the file that the reading was made of; "" where there is none
	Passages []Passage
	Format   string // pdf, docx or txt
	Date     string // ISO, that a DOCX carries
}

// Made is a redacted file in which no secret was found.
type Made struct {
	Format   string
	Bytes    []byte
	Withheld []Withheld
	Notes    []Note
	Secrets  *Secrets // what may not be found in what is said of it either
}

// Note is something that whoever publishes a redacted file must know.
type Note struct {
	Code string // black: a page is withheld as a whole; left_out: words lack in the text layer; not_read: images were not read; recognised: the original's words were recognised in images
	Page int
	N    int
	Why  string
}

// Into is how a redacted file is taken into a registry: as a text of its own, with a notice of what the whole text withholds, and a release that
// waits for a second person.
type Into struct {
	Original  registry.RecordID // document of the whole text
	Audience  registry.Audience // at which it enters
	Title     string            // of the redacted text
	Authority registry.RecordID // that withholds
	Reason    string            // why, for everybody to read
	Trigger   string            // when it is released
	By        string
}

// Taken is what entered.
type Taken struct {
	Documents []registry.RecordID
	Release   int64
}

// Desk makes redacted files and takes them in. *instance.Instance is one.
type Desk interface {
	Redact(ctx context.Context, o Order) (*Made, error)
	TakeRedacted(ctx context.Context, m *Made, t Into) (*Taken, error)
}

// Says counts passages by ground, in English as the names of grounds are.
func Says(all []Withheld) string {
	count := map[string]int{}
	var order []string
	for _, w := range all {
		g := w.Ground()
		if count[g]++; count[g] == 1 {
			order = append(order, g)
		}
	}
	for i, g := range order {
		order[i] = fmt.Sprintf("%d × %s", count[g], g)
	}
	return strings.Join(order, "; ")
}
