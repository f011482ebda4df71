package instance

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Import brings files in at an audience, remembers on the desk what a person should look at, and brings the projections up to
// date. The report is given also with an error, where there is one.
func (in *Instance) Import(ctx context.Context, a registry.Audience, progress func(ingest.Progress), paths ...string) (*ingest.Report, error) {
	in.changes.RLock()
	defer in.changes.RUnlock()
	im := in.Importer(a)
	im.Progress = progress
	report, err := im.Import(ctx, paths...)
	if err != nil {
		return report, err
	}
	run := desk.Run{At: in.Now(), Audience: im.Audience, Paths: absolute(report.Paths...)}
	for _, r := range report.Review {
		reasons, err := json.Marshal(r.Options)
		if err != nil {
			return report, err
		}
		run.Reviews = append(run.Reviews, desk.Review{Kind: r.Kind, Document: r.Document, Title: r.Title, Reasons: reasons})
	}
	for _, q := range append(slices.Clip(report.Quarantined), report.Kept...) {
		run.Failed = append(run.Failed, desk.Attempt{Path: absolute(q.Path)[0], Reason: q.Reason, Hint: q.Hint})
	}
	if in.desk != nil {
		if err := in.desk.Note(ctx, run); err != nil {
			return report, err
		}
	}
	return report, in.Refresh(ctx, registry.Reader(im.Audience))
}

// Reread reads the files of documents again as they are kept, with today's extractor; of all where none is named. Better readings are adopted at
// the audience, and the addresses of the old ones lead on.
func (in *Instance) Reread(ctx context.Context, a registry.Audience, progress func(ingest.Progress), ids ...registry.RecordID) (*ingest.Report, error) {
	in.changes.RLock()
	defer in.changes.RUnlock()
	im := in.Importer(a)
	im.Progress = progress
	report, err := im.Reread(ctx, ids...)
	if err != nil {
		return report, err
	}
	return report, in.Refresh(ctx, registry.Reader(im.Audience))
}

// Adopt makes a reading that a person mended the one of a document, at an audience.
func (in *Instance) Adopt(ctx context.Context, a registry.Audience, id registry.RecordID, rd *text.Reading, by string) error {
	in.changes.RLock()
	defer in.changes.RUnlock()
	if err := in.Importer(a).Adopt(ctx, id, rd, by); err != nil {
		return err
	}
	return in.Refresh(ctx, registry.Reader(a))
}

// absolute are the paths as whoever reads the desk later can find them.
func absolute(paths ...string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = p
		if a, err := filepath.Abs(p); err == nil && !fetch.IsURL(p) {
			out[i] = a
		}
	}
	return out
}
