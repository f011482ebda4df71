package projection

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// plain is the analyzer of all text: Unicode words in lower case without accents, Chinese in pairs of characters, English
// endings taken off ("minerals" finds "mineral"). One analyzer for all languages, so that a query needs no language.
const plain = "plain"

const recordUnit, provisionUnit = "records", "provisions"

// openBleve opens an index. The library panics on some damage to its files.
func openBleve(path string, config map[string]any) (idx bleve.Index, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the index %s is damaged: %v", path, p)
		}
	}()
	return bleve.OpenUsing(path, config)
}

func openIndex(folder, wait string) (bleve.Index, error) {
	m, err := indexMapping()
	if err != nil {
		return nil, err
	}
	if folder == "" {
		return bleve.NewUsing("", m, scorch.Name, scorch.Name, nil) // the same kind of index as on disk, and several times as fast as bleve.NewMemOnly
	}
	path := filepath.Join(folder, "index.bleve")
	idx, err := openBleve(path, map[string]any{"bolt_timeout": wait})
	if err == nil {
		return idx, nil
	}
	if strings.HasSuffix(err.Error(), "timeout") { // of the lock: not damaged
		return nil, registry.Errorf(registry.Conflict, "the index %s is being read by another process", path).WithHint("wait until it is done, and do it again")
	}
	if !errors.Is(err, bleve.ErrorIndexPathDoesNotExist) {
		if err := os.RemoveAll(path); err != nil { // damaged; it is made again
			return nil, err
		}
	}
	return bleve.New(path, m)
}

func indexMapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = "bm25"
	if err := m.AddCustomAnalyzer(plain, map[string]any{
		"type": custom.Name, "tokenizer": unicode.Name,
		"char_filters":  []string{asciifolding.Name},
		"token_filters": []string{en.PossessiveName, lowercase.Name, cjk.BigramName, en.PluralStemmerName},
	}); err != nil {
		return nil, err
	}
	m.DefaultAnalyzer = plain
	d := bleve.NewDocumentStaticMapping()
	d.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping()) // each field is searched by its own weight
	for _, name := range textFields {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = plain, false, true, false, false
		d.AddFieldMappingsAt(name, f)
	}
	for _, name := range append([]string{"unit", "document"}, indexFacets...) {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.IncludeInAll, f.IncludeTermVectors = keyword.Name, false, false
		f.Store = false
		d.AddFieldMappingsAt(name, f)
	}
	m.DefaultMapping = d
	return m, nil
}

// textFields are the fields that words are looked for in; names holds the names, in all languages, of what a record refers to.
// The words of a provision are "words": "text" is a facet.
var textFields = []string{"title", "names", "summary", "events", "labels", "heading", "words"}

// indexFacets are the facets over which results are counted; modality and topic are of provisions.
var indexFacets = append([]string{"modality", "topic"}, FacetNames...)

// unit is what the index holds of a record or provision.
type unit map[string]any

// indexWriter gathers units and writes them in batches. Putting a unit again is harmless, so a crash between batches is too.
type indexWriter struct {
	index bleve.Index
	batch *bleve.Batch
}

// batchUnits is how many units are written at once: more make fewer files to merge, fewer take less memory.
const batchUnits = 4000

// flush writes the batch where it holds at least limit units.
func (w *indexWriter) flush(limit int) error {
	if w.batch.Size() < limit {
		return nil
	}
	err := w.index.Batch(w.batch)
	w.batch = w.index.NewBatch() // not reset: a goroutine of the index may still look at the old one
	return err
}

func (w *indexWriter) put(id string, u unit) error {
	if err := w.batch.Index(id, u); err != nil {
		return err
	}
	return w.flush(batchUnits)
}

// records puts the units of records that changed and takes away those that are gone.
func (w *indexWriter) records(v *registry.View, facets map[registry.RecordID]Facets, changed []row, gone []registry.RecordID) error {
	for _, id := range gone {
		w.batch.Delete(string(id))
	}
	again := map[registry.RecordID]bool{}
	for _, c := range changed {
		again[c.record.ID] = true
		for _, l := range v.Backlinks(c.record.ID) { // their units hold this record's names
			again[l.From.ID] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(again)) {
		if r := v.Record(id); r != nil && r.ID == id {
			if err := w.put(string(id), recordDoc(v, r, facets[id])); err != nil {
				return err
			}
		}
	}
	return nil
}

// forget takes away the provisions of a document that are in the index.
func (w *indexWriter) forget(tx *sql.Tx, id registry.RecordID) error {
	rows, err := tx.Query(`SELECT eid FROM provision WHERE document = ?`, string(id))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var eid string
		if err := rows.Scan(&eid); err != nil {
			return err
		}
		w.batch.Delete(string(id) + "/" + eid)
	}
	return rows.Err()
}

func recordDoc(v *registry.View, r *registry.Record, f Facets) unit {
	u := unit{"unit": recordUnit}
	var title, names, summary, events, labels []string
	title = append(title, r.Title(), r.ID.Tail())
	for _, fd := range r.Fields {
		for _, s := range fd.Slots {
			if s.Shown == nil {
				continue
			}
			x := s.Shown.Value
			switch {
			case fd.Def.Name == "title" || fd.Def.Name == "name" || fd.Def.Name == "alias" || fd.Def.Name == "official_title" || fd.Def.Name == "iso3" || fd.Def.Name == "symbol":
				title = append(title, x.Raw)
			case fd.Def.Name == "event_note" || fd.Def.Name == "event_place":
				events = append(events, x.Raw)
			case x.Type == registry.TypeText || x.Type == registry.TypeString && fd.Def.Name != "file" && fd.Def.Name != "reading" && fd.Def.Name != "analysis" && fd.Def.Name != "succession" && fd.Def.Name != "grams" && fd.Def.Name != "fetched":
				summary = append(summary, x.Raw)
			case x.Type == registry.TypeCode:
				if c := registry.Code(fd.Def.CodeList, x.Raw); c != nil {
					labels = append(labels, c.Label)
				}
			case fd.Def.Name == "party" || fd.Def.Name == "mineral" || fd.Def.Name == "mineral_context" || fd.Def.Name == "lender" || fd.Def.Name == "signatory" || fd.Def.Name == "operator" || fd.Def.Name == "host" || fd.Def.Name == "issuer" || fd.Def.Name == "borrower":
				names = append(names, allNames(v.Record(registry.RecordID(x.Raw)))...)
			}
		}
	}
	u["title"], u["names"], u["summary"], u["events"], u["labels"] = title, names, summary, events, labels
	for name, values := range f {
		u[name] = values
	}
	return u
}

// allNames are the names and aliases of a party or mineral in all languages.
func allNames(r *registry.Record) []string {
	if r == nil {
		return nil
	}
	return append(r.Values("name"), r.Values("alias")...)
}

// provisions puts a unit for each provision that has words of its own. It carries the facets of its instrument, so that a search
// within a party or mineral finds provisions too.
func (w *indexWriter) provisions(c changedDoc, d *Document) error {
	for i, t := range d.Reading.Provisions {
		start, end := d.Reading.Own(i)
		words := strings.TrimSpace(d.Reading.Text[start:end])
		if words == "" && t.Heading == "" {
			continue
		}
		if len(words) > 100_000 {
			words = words[:100_000] // a table of tariffs; the words of the first hundred thousand bytes are found
		}
		a := d.Analysis.Provisions[i]
		u := unit{"unit": provisionUnit, "document": string(c.id), "heading": t.Heading, "words": strings.ToValidUTF8(words, ""), "topic": a.Topics}
		if t.Kind != text.KindCover && a.Modality != "" {
			u["modality"] = string(a.Modality)
		}
		for name, values := range c.facets {
			u[name] = values
		}
		u["kind"] = "provision"
		if err := w.put(string(c.id)+"/"+t.EID, u); err != nil {
			return err
		}
	}
	return nil
}
