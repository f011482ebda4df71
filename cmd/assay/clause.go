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

// reread reads a text of the registry with people's word on its sentences.
func reread(rules *assay.Rules) web.Rereader {
	return func(rd *text.Reading, v *registry.View, checks []assay.Check) *assay.Analysis {
		return assay.AnalyzeChecked(rd, rules, ingest.LexiconOf(v), checks)
	}
}
