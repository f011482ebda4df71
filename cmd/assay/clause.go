package main

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web"
)

// clauseReader reads what is pasted into the page that tries a clause, as an import would, and keeps nothing.
func clauseReader(rules *assay.Rules) web.Reader {
	return func(name string, b []byte, v *registry.View) (*text.Reading, *assay.Analysis, error) {
		rd, err := text.Read(name, b)
		if err != nil {
			return nil, nil, ingest.ReadError("the clause", err)
		}
		return rd, assay.Analyze(rd, rules, ingest.LexiconOf(v)), nil
	}
}
