package backup

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/datadir/snapshot"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seal"
)

// Options of a backup. The zero value serves.
type Options struct {
	Now     func() time.Time // time.Now where nil
	Program string           // the version that is at work, for the manifest
	Keep    int              // how many generations to keep; 0 for all

	Passphrase func() ([]byte, error) // of an encrypted directory: a backup is checked before it counts, and so read
}

// Made is what a backup did.
type Made struct {
	Path     string   `json:"path"` // of the generation
	Files    int      `json:"files"`
	Blobs    int      `json:"blobs"`
	New      int      `json:"new_blobs"` // that were not in the target
	Bytes    int64    `json:"bytes"`     // of the whole generation
	Written  int64    `json:"written"`   // bytes that were new
	Removed  []string `json:"removed"`   // generations, by Keep
	Unknown  []string `json:"unknown"`   // what lies in the data directory and is not Assay's: it is not in the backup
	Pruned   int      `json:"pruned_blobs"`
	manifest Manifest
}

// atMost is how often a backup begins anew because something was erased meanwhile.
const atMost = 5

// Make makes a generation of the data directory in the target, while others use the directory. When it returns nil, the generation is on
// the disk and checked. Errors: those of datadir.OpenReadOnly; registry.Invalid where the target is something else; registry.Conflict where
// another backup writes to it or it holds another registry; registry.Unreadable for damage in the directory, which no backup is made of.
func Make(ctx context.Context, data, path string, opt Options) (Made, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	var out Made
	if within(path, data) || within(data, path) {
		return out, registry.Errorf(registry.Invalid, "the data directory %s and the backup %s lie one within the other", data, path).WithHint("name a folder outside the data directory, best on another disk")
	}
	dir, err := datadir.OpenReadOnly(data) // keeps its layout from changing
	if err != nil {
		return out, err
	}
	defer dir.Close()
	keys, err := instance.Keys(dir.Path(), instance.Options{Passphrase: opt.Passphrase})
	if err != nil {
		return out, err
	}
	vfs, err := keys.VFS()
	if err != nil {
		return out, err
	}
	t, err := makeTarget(path)
	if err != nil {
		return out, err
	}
	lock, err := datadir.Lock(filepath.Join(t.path, lockName))
	if errors.Is(err, datadir.ErrHeld) {
		return out, registry.Errorf(registry.Conflict, "another backup is being written to %s", path).WithHint("wait until it is done")
	}
	if err != nil {
		return out, ioError(path, "cannot be locked", err)
	}
	defer lock.Close()
	w := &writer{t: t, dir: dir, opt: opt, known: map[string]Item{}, keys: keys, vfs: vfs}
	for try := 1; ; try++ {
		out, err = w.generation(ctx)
		var l lacking
		if !errors.Is(err, errErased) && (!errors.As(err, &l) || try > 1) {
			break
		}
		if try == atMost {
			return out, registry.Errorf(registry.Conflict, "entries are being erased from %s all the time", data).WithHint("make the backup when that is done")
		}
	}
	if err != nil {
		return out, ioError(path, "cannot be written", err)
	}
	if out.Removed, err = w.keep(); err == nil {
		out.Pruned, err = t.prune()
	}
	return out, ioError(path, "holds the new backup, but cannot be tidied", err)
}

var errErased = errors.New("something was erased while it was copied")

type writer struct {
	t     target
	dir   *datadir.Dir
	opt   Options
	known map[string]Item // blobs that earlier generations name
	next  int             // number of the generation
	keys  *seal.Keys      // nil where the directory is not encrypted
	vfs   string          // of its databases
}

// prepare makes the target's folders, removes what a run that died has left, and reads what is there.
func (w *writer) prepare(registryID string) error {
	if err := durable.MakeDir(filepath.Join(w.t.path, blobName)); err != nil {
		return err
	}
	if err := durable.MakeDir(w.t.generations()); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(w.t.path, markerName)); errors.Is(err, fs.ErrNotExist) {
		if err := durable.WriteFile(filepath.Join(w.t.path, markerName), []byte(markerText)); err != nil {
			return err
		}
	}
	for _, folder := range []string{w.t.path, w.t.generations(), filepath.Join(w.t.path, blobName)} {
		names, err := os.ReadDir(folder)
		if err != nil {
			return err
		}
		for _, n := range names {
			if durable.IsTemp(n.Name()) {
				if err := os.RemoveAll(filepath.Join(folder, n.Name())); err != nil {
					return err
				}
			}
		}
	}
	complete, _, err := w.t.names()
	if err != nil {
		return err
	}
	w.next = 1
	for _, g := range complete {
		w.next = number(g) + 1
		m, err := w.t.manifest(g)
		if err != nil {
			continue // a damaged generation does not keep new ones from being made; Verify tells of it
		}
		if m.Registry != registryID {
			return registry.Errorf(registry.Conflict, "%s holds backups of another registry", w.t.path).WithHint("name another folder for this one")
		}
		for _, i := range m.Files {
			if i.isBlob() {
				w.known[i.Path] = i
			}
		}
	}
	return nil
}

// generation makes one.
func (w *writer) generation(ctx context.Context) (out Made, err error) {
	id, err := registryID(w.dir)
	if err != nil {
		return out, err
	}
	if err := w.prepare(id); err != nil {
		return out, err
	}
	temp, err := os.MkdirTemp(w.t.generations(), durable.TempPrefix+"*")
	if err != nil {
		return out, err
	}
	defer os.RemoveAll(temp) // is gone once renamed
	now := w.opt.Now().UTC().Truncate(time.Second)
	m := Manifest{Format: manifestFormat, Made: now, Program: w.opt.Program, Layout: datadir.Format(), Registry: id}
	var before int64
	for _, f := range datadir.Durable {
		items, err := w.copy(ctx, f, temp, &out)
		if err != nil {
			return out, err
		}
		m.Files = append(m.Files, items...)
		if filepath.Join(w.dir.Path(), f.Name) == w.dir.LogPath() {
			if before, err = checkedLog(ctx, filepath.Join(temp, f.Name), w.vfs); err != nil {
				return out, err
			}
		}
	}
	if after, err := erasures(ctx, w.dir.LogPath(), w.vfs); err != nil {
		return out, err
	} else if after != before { // a blob may have gone that the copied log still names
		return out, errErased
	}
	if err := w.wanted(ctx, filepath.Join(temp, filepath.Base(w.dir.LogPath())), m); err != nil {
		return out, err
	}
	b, err := m.encode()
	if err != nil {
		return out, err
	}
	if err := durable.WriteFile(filepath.Join(temp, manifestName), b); err != nil {
		return out, err
	}
	out.Path = w.t.generation(fmt.Sprintf("%06d-%s", w.next, now.Format("20060102T150405Z")))
	if err := ctx.Err(); err != nil {
		return out, err
	}
	if err := os.Rename(temp, out.Path); err != nil {
		return out, err
	}
	for _, i := range m.Files {
		out.Bytes += i.Size
	}
	out.manifest = m
	if out.Unknown, err = datadir.Unknown(w.dir.Path()); err != nil {
		return out, err
	}
	return out, durable.SyncDir(w.t.generations())
}

// copy brings one of the durable things into the target.
func (w *writer) copy(ctx context.Context, f datadir.File, temp string, out *Made) ([]Item, error) {
	from := filepath.Join(w.dir.Path(), f.Name)
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		if f.Always {
			return nil, registry.Errorf(registry.Unreadable, "%s is missing", from).WithHint("the data directory is damaged: restore it from an older backup; assay doctor says more")
		}
		return nil, nil
	}
	if f.Kind == datadir.Folder {
		return w.blobs(ctx, f.Name, out)
	}
	to := filepath.Join(temp, f.Name)
	var err error
	if f.Kind == datadir.SQLite {
		if err = snapshot.Copy(ctx, from, to, w.vfs); err == nil {
			var wrong string
			if wrong, err = snapshot.Sound(ctx, to, w.vfs); wrong != "" {
				err = registry.Errorf(registry.Unreadable, "%s is damaged: %s", from, wrong).WithHint("keep the older backups; assay doctor says more")
			}
		}
	} else {
		_, err = copyFile(from, to)
	}
	if errors.Is(err, fs.ErrNotExist) && !f.Always { // it has just done its service
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	g, err := os.Open(to)
	if err != nil {
		return nil, err
	}
	defer g.Close()
	n, sum, err := sumOf(g)
	out.Files++
	out.Written += n
	return []Item{{f.Name, n, sum}}, err
}

// copyFile copies a file to a new one, on the disk when it returns, and gives its hash.
func copyFile(from, to string) (Item, error) {
	in, err := os.Open(from)
	if err != nil {
		return Item{}, err
	}
	defer in.Close()
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return Item{}, err
	}
	n, sum, err := sumOf(io.TeeReader(in, f))
	if e := durable.CloseSynced(f); err == nil {
		err = e
	}
	return Item{Size: n, SHA256: sum}, err
}

// registryID tells one registry's backups from another's.
func registryID(dir *datadir.Dir) (string, error) {
	b, err := os.ReadFile(filepath.Join(dir.Path(), "SECRET"))
	if err != nil {
		return "", registry.Errorf(registry.Unreadable, "%s has no SECRET that can be read: %v", dir.Path(), err).WithHint("assay doctor says what is wrong")
	}
	h := hmac.New(sha256.New, b)
	h.Write([]byte("assay backup"))
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}
