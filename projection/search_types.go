package projection

import "github.com/openassay/assay/registry"

// Query is a search. Words are ANDed, and where nothing has all of them, as many as something has; "a phrase" in quotes; -word excludes. Filters of one facet are ORed, of two facets ANDed.
type Query struct {
	Text    string
	Filters map[string][]string // facet name → values
	In      string              // "" for everything, "records" or "provisions"
	Samples bool                // samples too: what this project wrote for invented parties is left out otherwise
	Limit   int                 // at most 100; 0 for 20
	Offset  int                 // at most 1000
}

// Hit is a record or a provision that matches, and why.
type Hit struct {
	Record  *registry.Record // the record, or the document of the provision
	EID     string           // of a provision; "" for a record
	Heading string           // of a provision
	Sample  bool             // a sample or a text of one
	Score   float64
	Why     []Match // where it matched, the best first
}

// Match is one place where a hit matched: a field and an excerpt in which Marks are the byte ranges of the words that matched.
type Match struct {
	Field   string // title, name, summary, event_note, text, …
	Excerpt string
	Marks   [][2]int
}

// FacetCount is a facet's value and how many of the hits have it.
type FacetCount struct {
	Value string
	Count int
}

// SomeWords says that nothing has all words or phrases that were asked for, and how many of them each hit has.
type SomeWords struct {
	Has int `json:"has"`
	Of  int `json:"of"`
}

// Results are the hits of a query with the counts of the facets over all of them.
type Results struct {
	Total   int
	Some    *SomeWords // nil where each hit has all words
	Hits    []Hit
	Facets  map[string][]FacetCount
	Samples int // that fit too and were left out
}
