package backup

import (
	"context"
	"path/filepath"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/registry"
)

// Verified is what [Verify] found of one generation.
type Verified struct {
	Generation string   `json:"generation"`
	Manifest   Manifest `json:"-"`
	Files      int      `json:"files"`
	Bytes      int64    `json:"bytes"`
	Problems   []string `json:"problems"` // empty where all is well
}

// Report is what [Verify] found.
type Report struct {
	Generations []Verified `json:"generations"` // the oldest first
	Unfinished  []string   `json:"unfinished"`  // cut off while they were made; the next backup removes them
	Unnamed     int        `json:"unnamed_blobs"`
}

// Verify reads every byte of a target, or of the one generation that is named, and holds it against the manifests. It changes nothing. The
// error is for what keeps it from looking; damage stands in the report.
func Verify(ctx context.Context, source string) (Report, error) {
	r := Report{Generations: []Verified{}, Unfinished: []string{}}
	t, name, err := find(source)
	if err != nil {
		return r, err
	}
	names := []string{name}
	if filepath.Base(source) != name {
		if names, r.Unfinished, err = t.names(); err != nil {
			return r, err
		}
		if r.Unfinished == nil {
			r.Unfinished = []string{}
		}
	}
	blobs := map[Item]string{} // what was found of each: generations share them
	for _, g := range names {
		v := Verified{Generation: g, Problems: []string{}}
		m, err := t.manifest(g)
		if err != nil {
			if registry.CodeOf(err) == registry.Unsupported {
				return r, err
			}
			v.Problems = append(v.Problems, err.Error())
			r.Generations = append(r.Generations, v)
			continue
		}
		v.Manifest = m
		for _, i := range m.Files {
			if err := ctx.Err(); err != nil {
				return r, err
			}
			wrong, seen := blobs[i]
			if !seen || !i.isBlob() {
				wrong = i.check(t.file(g, i.Path))
				blobs[i] = wrong
			}
			if wrong != "" {
				v.Problems = append(v.Problems, i.Path+" "+wrong)
			}
			v.Files++
			v.Bytes += i.Size
		}
		r.Generations = append(r.Generations, v)
	}
	if len(names) > 1 || filepath.Base(source) != name {
		r.Unnamed = t.unnamed(blobs)
	}
	return r, nil
}

// unnamed counts the blobs that no generation names.
func (t target) unnamed(named map[Item]string) int {
	paths := map[string]bool{}
	for i := range named {
		paths[i.Path] = true
	}
	n := 0
	s, err := blob.OpenReadOnly(filepath.Join(t.path, blobName))
	if err != nil {
		return 0
	}
	s.Walk(func(hash string, _ int64) error {
		if !paths[blobName+"/"+hash[:2]+"/"+hash[2:]] {
			n++
		}
		return nil
	})
	return n
}
