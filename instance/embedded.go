package instance

import (
	"context"
	"fmt"
	"time"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog/memory"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

// Embedded is the registry that the binary carries, in memory: the seed and the texts of its sample instruments. It is the
// same bytes on every machine and at every time.
func Embedded(ctx context.Context, opt Options) (*Instance, error) {
	in := fresh(opt)
	in.Log, in.Blobs = memory.New(), blob.NewMemory()
	in.secret = make([]byte, secretLength) // unused: everything in it is public
	return in, in.sow(ctx)
}

// sow enters the seed and reads the samples.
func (in *Instance) sow(ctx context.Context) error {
	entries, err := seed.Entries()
	if err != nil {
		return err
	}
	if _, _, err := in.Log.Append(ctx, entries); err != nil {
		return err
	}
	analyses, err := seed.Analyses()
	if err != nil {
		return err
	}
	for _, b := range analyses {
		if _, err := in.Blobs.Put(b); err != nil {
			return err
		}
	}
	im := in.Importer(registry.Public)
	im.Now = func() time.Time { return seed.At }
	report, err := im.ImportFS(ctx, seed.Samples())
	if err == nil && len(report.Quarantined)+len(report.Review) > 0 {
		err = fmt.Errorf("the samples do not enter: %+v %+v", report.Quarantined, report.Review) // the seed's linter keeps this from landing
	}
	return err
}

// plant puts the embedded registry into an empty data directory: the blobs first, then all entries as one batch.
func (in *Instance) plant(ctx context.Context) error {
	e, err := Embedded(ctx, Options{Now: in.Now})
	if err != nil {
		return err
	}
	defer e.Close()
	if err := e.Blobs.Walk(func(hash string, _ int64) error {
		b, err := e.Blobs.Get(hash)
		if err == nil {
			_, err = in.Blobs.Put(b)
		}
		return err
	}); err != nil {
		return err
	}
	entries, err := e.Entries(ctx)
	if err != nil {
		return err
	}
	_, _, err = in.Log.Append(ctx, entries)
	return err
}

// Importer brings files into this registry at an audience ("" for registry).
func (in *Instance) Importer(a registry.Audience) *ingest.Importer {
	return &ingest.Importer{Log: in.Log, Blobs: in.Blobs, Rules: in.Rules(), Audience: a, Now: in.Now, Secret: in.secret, Extract: in.Extract, Fetch: in.Fetch}
}
