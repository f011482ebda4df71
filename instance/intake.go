package instance

import (
	"context"

	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/registry"
)

// Look says what would be understood of a file that is brought in at an audience. Nothing enters.
func (in *Instance) Look(ctx context.Context, a registry.Audience, f intake.File) (*intake.Looked, error) {
	return in.Importer(a).Look(ctx, f)
}

// Take enters a file at an audience as a person decided, and brings the projections up to date. by is the person.
func (in *Instance) Take(ctx context.Context, a registry.Audience, f intake.File, by string, choices map[registry.RecordID]intake.Choice) (*intake.Taken, error) {
	in.changes.RLock()
	defer in.changes.RUnlock()
	taken, err := in.Importer(a).Take(ctx, f, by, choices)
	if err != nil {
		return taken, err
	}
	return taken, in.Refresh(ctx, registry.Reader(a))
}

// Clean enters beside a draft its accepted reading alone, as a document of its own. by is the person.
func (in *Instance) Clean(ctx context.Context, a registry.Audience, id registry.RecordID, by string) (registry.RecordID, error) {
	in.changes.RLock()
	defer in.changes.RUnlock()
	clean, err := in.Importer(a).Clean(ctx, id, by)
	if err != nil {
		return "", err
	}
	return clean, in.Refresh(ctx, registry.Reader(a))
}

// Mend enters other words for a page of a document, read by a person who looked at its image.
func (in *Instance) Mend(ctx context.Context, a registry.Audience, m intake.Mend, by string) error {
	in.changes.RLock()
	defer in.changes.RUnlock()
	if err := in.Importer(a).Mend(ctx, m, by); err != nil {
		return err
	}
	return in.Refresh(ctx, registry.Reader(a))
}
