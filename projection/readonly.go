package projection

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

// OpenReadOnly opens the projection of the readers in a folder as it stands, beside others who read it, and writes nothing. It
// fails with registry.Conflict where it is behind the log, was made by another version or is being written: whoever
// reads then makes one in memory. Update does nothing on it.
func OpenReadOnly(ctx context.Context, log claimlog.Log, blobs Blobs, readers registry.Audiences, folder string) (*Projection, error) {
	p := &Projection{log: log, blobs: blobs, readers: registry.Reader(readers...), readOnly: true, compiles: make(chan struct{}, atOnce)}
	p.reset()
	behind := func(why string) error {
		return registry.Errorf(registry.Conflict, "the projection %s %s", folder, why).WithHint("assay rebuild makes it again")
	}
	path := filepath.Join(folder, "projection.db")
	if _, err := os.Stat(path); err != nil {
		return nil, behind("is not there")
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return nil, behind("is being written, or its writer died")
	}
	var err error
	if p.db, err = sql.Open("sqlite", immutable(path)); err != nil {
		return nil, behind(err.Error())
	}
	fail := func(err error) (*Projection, error) {
		p.db.Close()
		return nil, err
	}
	format0, err1 := p.meta(ctx, "format")
	stored, err2 := p.meta(ctx, "position")
	version, err3 := p.meta(ctx, "version")
	if err := errors.Join(err1, err2, err3); err != nil {
		return fail(behind(err.Error()))
	}
	if format0 != format {
		return fail(behind("is of another version"))
	}
	all, batches, pos, erased, err := p.follow(ctx)
	if err != nil {
		return fail(err)
	}
	if strconv.FormatInt(int64(pos), 10) != stored {
		return fail(behind("is behind the log"))
	}
	if known, err := p.erasuresKnown(ctx); err != nil || known != erased {
		return fail(behind("holds what was erased since"))
	}
	p.view = registry.Compile(all, p.readers, "")
	visible := registry.Visible(all, p.readers)
	p.version = versionOf(visible, p.view)
	p.batchOf = batchesOf(visible, all, batches)
	if p.version != version {
		return fail(behind("does not fit the log"))
	}
	if p.index, err = openBleve(filepath.Join(folder, "index.bleve"), map[string]any{"read_only": true, "bolt_timeout": "200ms"}); err != nil {
		return fail(behind("has an index that cannot be read now: " + err.Error()))
	}
	if !p.indexFits() {
		p.index.Close()
		return fail(behind("has an index that does not fit its rows"))
	}
	p.all, p.batches, p.pos, p.erasures = all, batches, pos, erased
	p.facets = allFacets(p.view)
	return p, nil
}

// meta is a row of the table meta; "" where there is none.
func (p *Projection) meta(ctx context.Context, name string) (string, error) {
	var s string
	err := p.db.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = ?`, name).Scan(&s)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return s, err
}

// immutable is the address of a database that is read without lock or side files.
func immutable(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	slashed := filepath.ToSlash(path)
	if slashed[0] != '/' {
		slashed = "/" + slashed // C:/… on Windows
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: "mode=ro&immutable=1"}).String()
}

// Behind says whether the log goes further than what is stored.
func (p *Projection) Behind(ctx context.Context) (bool, error) {
	stored, err := p.meta(ctx, "position")
	if err != nil {
		return false, err
	}
	known, err := p.erasuresKnown(ctx)
	if err != nil {
		return false, err
	}
	more, err := p.log.Erasures(ctx, known)
	if err != nil || len(more) > 0 {
		return len(more) > 0, err
	}
	last, err := p.log.Last(ctx)
	return strconv.FormatInt(int64(last), 10) != stored, err
}
