package backup

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

// blobs brings those of the data directory that the target lacks into it.
func (w *writer) blobs(ctx context.Context, folder string, out *Made) ([]Item, error) {
	from, err := blob.OpenReadOnly(filepath.Join(w.dir.Path(), folder))
	if err != nil {
		return nil, err
	}
	var items []Item
	made := map[string]bool{}
	err = from.Walk(func(hash string, size int64) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		i := Item{Path: folder + "/" + hash[:2] + "/" + hash[2:], Size: size, SHA256: hash}
		to := filepath.Join(w.t.path, filepath.FromSlash(i.Path))
		if w.keys != nil { // the name is no hash of what is in the file
			i.SHA256 = w.known[i.Path].SHA256
		}
		if info, err := os.Stat(to); err == nil && info.Mode().IsRegular() && info.Size() == size && i.SHA256 != "" {
			items = append(items, i)
			return nil
		}
		if err := durable.MakeDir(filepath.Dir(to)); err != nil {
			return err
		}
		temp := filepath.Join(w.t.path, folder, durable.TempPrefix+hash)
		got, err := copyFile(filepath.Join(from.Dir(), hash[:2], hash[2:]), temp)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // erased meanwhile
		}
		if err != nil {
			return err
		}
		if w.keys != nil {
			i.SHA256, i.Size = got.SHA256, got.Size
			if err := blob.NewSealed(from, w.keys).Check(hash); err != nil && !errors.Is(err, fs.ErrNotExist) {
				os.Remove(temp)
				return err
			}
		} else if got.SHA256 != hash {
			os.Remove(temp)
			return registry.Errorf(registry.Unreadable, "the blob %s is damaged: its %d bytes have another hash", hash, size).
				WithHint("no backup is made of damage; import the original file again, or restore the blob from an older backup")
		}
		if err := os.Rename(temp, to); err != nil {
			return err
		}
		made[filepath.Dir(to)] = true
		items = append(items, i)
		out.New++
		out.Written += size
		return nil
	})
	for d := range made { // the names are on the disk before a generation counts on them
		if err == nil {
			err = durable.SyncDir(d)
		}
	}
	if err == nil {
		err = durable.SyncDir(filepath.Join(w.t.path, folder))
	}
	out.Blobs = len(items)
	return items, err
}

// checkedLog reads the copied log whole and gives how many erasures it knows.
func checkedLog(ctx context.Context, path, vfs string) (int64, error) {
	l, err := sqlite.OpenReadOnlyVFS(ctx, path, vfs)
	if err != nil {
		return 0, err
	}
	defer l.Close()
	if err := l.Check(ctx); err != nil {
		return 0, err
	}
	return count(ctx, l)
}

func erasures(ctx context.Context, path, vfs string) (int64, error) {
	l, err := sqlite.OpenReadOnlyVFS(ctx, path, vfs)
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return count(ctx, l)
}

func count(ctx context.Context, l claimlog.Log) (int64, error) {
	es, err := l.Erasures(ctx, 0)
	if err != nil || len(es) == 0 {
		return 0, err
	}
	return es[len(es)-1].Number, nil
}

// lacking says that a blob is not there: it is damage where it is so a second time.
type lacking struct{ error }

func (l lacking) Unwrap() error { return l.error }

// wanted holds the blobs of the generation against those that its log names: a backup that lacks one would not bring everything back.
func (w *writer) wanted(ctx context.Context, log string, m Manifest) error {
	l, err := sqlite.OpenReadOnlyVFS(ctx, log, w.vfs)
	if err != nil {
		return err
	}
	defer l.Close()
	there := map[string]bool{}
	for _, i := range m.Files {
		if i.isBlob() {
			there[strings.ReplaceAll(strings.TrimPrefix(i.Path, blobName+"/"), "/", "")] = true
		}
	}
	return each(ctx, l, func(e *registry.Entry) error {
		name := instance.BlobOf(e)
		h := name
		if w.keys != nil && h != "" {
			name = w.keys.Name(h)
		}
		if h != "" && !there[name] {
			return lacking{registry.Errorf(registry.Unreadable, "%s names the blob %s, which is not there", e.Record(), h).
				WithHint("no backup is made of damage; import the original file again, or restore the blob from an older backup")}
		}
		return nil
	})
}

func each(ctx context.Context, l claimlog.Log, do func(*registry.Entry) error) error {
	for pos := claimlog.Position(0); ; {
		batch, err := l.Read(ctx, pos, 5000)
		if err != nil || len(batch) == 0 {
			return err
		}
		for i := range batch {
			if err := do(&batch[i].Entry); err != nil {
				return err
			}
		}
		pos = batch[len(batch)-1].Position
	}
}

// keep removes the oldest generations beyond those that are to be kept.
func (w *writer) keep() ([]string, error) {
	removed := []string{}
	complete, _, err := w.t.names()
	if err != nil || w.opt.Keep < 1 || len(complete) <= w.opt.Keep {
		return removed, err
	}
	for _, g := range complete[:len(complete)-w.opt.Keep] {
		gone := filepath.Join(w.t.generations(), durable.TempPrefix+"gone-"+g) // renamed first: what is half removed must not look whole
		if err := os.Rename(w.t.generation(g), gone); err != nil {
			return removed, err
		}
		if err := os.RemoveAll(gone); err != nil {
			return removed, err
		}
		removed = append(removed, g)
	}
	return removed, nil
}

// prune removes the blobs that no generation names. Where a manifest cannot be read, it removes nothing: its blobs may be the last copies.
func (t target) prune() (int, error) {
	complete, _, err := t.names()
	if err != nil {
		return 0, err
	}
	named := map[string]bool{}
	for _, g := range complete {
		m, err := t.manifest(g)
		if err != nil {
			return 0, nil
		}
		for _, i := range m.Files {
			named[i.Path] = true
		}
	}
	s, err := blob.OpenReadOnly(filepath.Join(t.path, blobName))
	if err != nil {
		return 0, err
	}
	var gone []string
	if err := s.Walk(func(hash string, _ int64) error {
		if !named[blobName+"/"+hash[:2]+"/"+hash[2:]] {
			gone = append(gone, hash)
		}
		return nil
	}); err != nil {
		return 0, err
	}
	for n, h := range gone {
		if err := s.Remove(h); err != nil {
			return n, err
		}
	}
	return len(gone), nil
}
