package ingest

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/registry"
)

// maxFile is the largest file that is read, in bytes.
const maxFile = 64 << 20

// file is a path that was found, with the size it had then.
type file struct {
	path string
	size int64
	from func() (io.ReadCloser, error)
	url  bool // path is a web address
}

func onDisk(path string, info fs.FileInfo) file {
	return file{path: path, size: info.Size(), from: func() (io.ReadCloser, error) { return os.Open(path) }}
}

// find lists the regular files under the paths, in order, each once. Hidden files and folders are left out, links are not followed.
func (im *Importer) find(paths []string) ([]file, error) {
	seen := map[string]bool{}
	var out []file
	for _, p := range paths {
		if fetch.IsURL(p) {
			if !seen[p] {
				seen[p] = true
				out = append(out, file{path: p, url: true})
			}
			continue
		}
		info, err := os.Stat(p)
		if err != nil {
			return nil, registry.Errorf(registry.NotFound, "%s: no such file or folder", p).WithHint("check the path; nothing was read")
		}
		if !info.IsDir() && !info.Mode().IsRegular() { // to open a pipe would wait for its writer
			im.quarantine(p, irregular())
			continue
		}
		if !info.IsDir() {
			if !seen[filepath.Clean(p)] {
				seen[filepath.Clean(p)] = true
				out = append(out, onDisk(p, info))
			}
			continue
		}
		err = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				im.quarantine(path, registry.Errorf(registry.Unreadable, "cannot be opened: %v", err))
				if d != nil && d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if strings.HasPrefix(d.Name(), ".") && path != p {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.IsDir() || seen[filepath.Clean(path)] {
				return nil
			}
			seen[filepath.Clean(path)] = true
			if !d.Type().IsRegular() {
				im.quarantine(path, irregular())
				return nil
			}
			info, err := d.Info()
			if err != nil {
				im.quarantine(path, registry.Errorf(registry.Unreadable, "vanished: %v", err))
				return nil
			}
			out = append(out, onDisk(path, info))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].path < out[j].path })
	return out, nil
}

func irregular() error {
	return registry.Errorf(registry.Unsupported, "not a regular file (a link, pipe or device)").WithHint("import the file itself")
}

func (f file) read() ([]byte, error) {
	tooLarge := registry.Errorf(registry.Unsupported, "the file has more than %d MB", maxFile>>20).WithHint("split it, or leave out annexes that are tables")
	if f.size > maxFile {
		return nil, tooLarge
	}
	h, err := f.from()
	if err != nil {
		return nil, registry.Errorf(registry.Unreadable, "cannot be opened: %v", err).WithHint("check that it is still there and may be read")
	}
	defer h.Close()
	b, err := io.ReadAll(io.LimitReader(h, maxFile+1))
	if err != nil {
		return nil, registry.Errorf(registry.Unreadable, "cannot be read: %v", err)
	}
	if len(b) > maxFile {
		return nil, tooLarge
	}
	return b, nil
}
