package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/intake"
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

// fetcher gets a file that an editor names by its address.
func fetcher(client *fetch.Client) web.Fetch {
	return func(ctx context.Context, address string) (intake.File, error) {
		p, err := client.Get(ctx, address)
		var fe *fetch.Error
		if errors.As(err, &fe) {
			return intake.File{}, registry.Errorf(registry.ErrorCode(fe.Code), "%s", fe.Message).WithHint("%s", fe.Hint)
		}
		if err != nil {
			return intake.File{}, err
		}
		how, err := json.Marshal(p.Record)
		return intake.File{Name: p.Name(), Bytes: p.Body, How: how, Source: intake.Source{URL: p.Final}}, err
	}
}

// draftReader reads a draft of any format that is sent to the page that checks one, as an import reads files, and keeps nothing.
func draftReader(files extract.Reader, rules *assay.Rules) web.DraftReader {
	return func(ctx context.Context, name string, b []byte, v *registry.View) (*text.Reading, *assay.Analysis, error) {
		parts, err := files.Read(ctx, name, b, extract.Options{})
		if err != nil {
			return nil, nil, err
		}
		rd, err := firstReading(name, parts)
		if err != nil {
			return nil, nil, err
		}
		return rd, assay.Analyze(rd, rules, ingest.LexiconOf(v)), nil
	}
}
