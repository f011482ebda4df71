package ingest

import (
	"context"
	"path"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Texts reads the documents at the paths, folders in depth, on two cores, and keeps nothing: what do makes of each, in the order of the paths, and the
// files that could not be read. Plain formats are read here, the others by the reader. Of a file with several languages or versions it takes the first; a
// container gives each file in it. An error is for a path that does not exist.
func Texts[T any](ctx context.Context, reader extract.Reader, paths []string, do func(path string, r *text.Reading) T) ([]T, []Quarantine, error) {
	im := &Importer{report: &Report{}, Extract: reader}
	files, err := im.find(paths)
	if err != nil {
		return nil, nil, err
	}
	type got struct {
		made []T
		bad  []Quarantine
	}
	all := make([]got, len(files))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				i := int(next.Add(1)) - 1
				if i >= len(files) || ctx.Err() != nil {
					return
				}
				own := &Importer{report: &Report{}, Extract: reader} // quarantines for itself
				own.texts(ctx, files[i], func(path string, r *text.Reading) { all[i].made = append(all[i].made, do(path, r)) })
				all[i].bad = own.report.Quarantined
			}
		}()
	}
	wg.Wait()
	var out []T
	bad := im.report.Quarantined
	for _, g := range all {
		out, bad = append(out, g.made...), append(bad, g.bad...)
	}
	return out, bad, ctx.Err()
}

// texts reads one file.
func (im *Importer) texts(ctx context.Context, f file, do func(path string, r *text.Reading)) {
	at := f.path
	defer func() {
		if p := recover(); p != nil {
			im.quarantine(at, registry.Errorf(registry.Internal, "reading failed: %v", p).WithHint("this is a defect of assay; please report it with the file"))
		}
	}()
	b, err := f.read()
	var parts []*extract.Part
	if err == nil {
		if name := filepath.Base(f.path); extract.Sniff(name, b) == "" {
			parts, err = extract.Read(ctx, name, b, extract.Options{}) // no need of another process
		} else {
			parts, err = im.extractor().Read(ctx, name, b, extract.Options{})
		}
	}
	if err != nil {
		im.quarantine(f.path, ReadError(f.path, err))
		return
	}
	for _, p := range parts {
		if at = f.path; p.Bytes != nil {
			at = path.Join(filepath.ToSlash(filepath.Dir(f.path)), p.Path)
		}
		if err := p.Err(); err != nil {
			im.quarantine(at, ReadError(at, err))
			continue
		}
		do(at, p.Readings[0])
	}
}
