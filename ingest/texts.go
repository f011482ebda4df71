package ingest

import (
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Texts reads the documents at the paths, folders in depth, on two cores, and keeps nothing: what do makes of each, in the order of the paths, and the
// files that could not be read. Of a file with several languages it takes the first. An error is for a path that does not exist.
func Texts[T any](paths []string, do func(path string, r *text.Reading) T) ([]T, []Quarantine, error) {
	im := &Importer{report: &Report{}}
	files, err := im.find(paths)
	if err != nil {
		return nil, nil, err
	}
	out := make([]T, len(files))
	errs := make([]error, len(files))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				var r *text.Reading
				if r, errs[i] = readText(files[i]); errs[i] == nil {
					out[i] = do(files[i].path, r)
				}
			}
		}()
	}
	wg.Wait()
	n := 0
	for i, f := range files {
		if errs[i] != nil {
			im.quarantine(f.path, ReadError(f.path, errs[i]))
			continue
		}
		out[n] = out[i]
		n++
	}
	return out[:n], im.report.Quarantined, nil
}

func readText(f file) (r *text.Reading, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = registry.Errorf(registry.Internal, "reading failed: %v", p).WithHint("this is a defect of assay; please report it with the file")
		}
	}()
	b, err := f.read()
	if err != nil {
		return nil, err
	}
	return text.Read(filepath.Base(f.path), b)
}
