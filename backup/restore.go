package backup

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

// RestoreOptions say how to restore. The zero value serves.
type RestoreOptions struct {
	Now     func() time.Time // time.Now where nil
	Replace bool             // an existing directory is set aside; without it, a directory that is not empty is refused

	Passphrase func() ([]byte, error) // of an encrypted backup
}

// Restored is what a restore did.
type Restored struct {
	Generation string    `json:"generation"` // its path
	Made       time.Time `json:"made"`
	Files      int       `json:"files"`
	Bytes      int64     `json:"bytes"`
	Aside      string    `json:"aside"` // where the old directory is now, or ""
	Left       string    `json:"left"`  // where a complete directory is now that a restore which died had left, or ""
	// Erased counts the entries that the backup still held and that had been erased since: they were erased again. Unknown says in words
	// why erasures could not be looked for; "" where they were.
	Erased  int    `json:"erased_again"`
	Unknown string `json:"erasures_unknown"`
}

// Restore puts a generation into the place of a data directory: verified, complete, and all at once. What was erased since the backup was
// made, as far as newer generations or the directory itself tell, is erased from what is restored before anyone sees it, and all sessions end. Errors:
// registry.Conflict where the directory is in use, or not empty and not to be replaced; registry.Unreadable and registry.Unsupported for a backup
// that is damaged or of a newer program. After an error the directory is as it was.
func Restore(ctx context.Context, data, source string, opt RestoreOptions) (Restored, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	var out Restored
	t, name, err := find(source)
	if err != nil {
		return out, err
	}
	if within(data, t.path) || within(t.path, data) {
		return out, registry.Errorf(registry.Invalid, "the data directory %s and the backup %s lie one within the other", data, t.path).WithHint("name another data directory")
	}
	m, err := t.manifest(name)
	if err != nil {
		return out, err
	}
	out.Generation, out.Made = t.generation(name), m.Made
	p := place{path: resolved(data)}
	if err := p.take(opt.Replace); err != nil {
		return out, err
	}
	defer p.end()
	var temp string
	temp, out.Left, err = p.staging(opt.Now())
	if err != nil {
		return out, ioError(data, "cannot be restored", err)
	}
	defer os.RemoveAll(temp) // is gone once renamed
	for _, i := range m.Files {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		if err := bring(i, t.file(name, i.Path), filepath.Join(temp, filepath.FromSlash(i.Path)), out.Generation); err != nil {
			return out, ioError(temp, "cannot be written", err)
		}
		out.Files++
		out.Bytes += i.Size
	}
	if err := syncFolders(temp); err != nil {
		return out, ioError(temp, "cannot be written", err)
	}
	if out.Erased, out.Unknown, err = eraseAgain(ctx, temp, &p, t, name, opt.Passphrase); err != nil {
		return out, err
	}
	if err := ctx.Err(); err != nil {
		return out, err
	}
	out.Aside, err = p.swap(temp, opt.Now())
	return out, err
}

// bring copies a file of a generation to its place and refuses one that does not fit the manifest.
func bring(i Item, from, to, generation string) error {
	bad := func(why string) error {
		return registry.Errorf(registry.Unreadable, "the backup %s is damaged: %s %s", generation, i.Path, why).
			WithHint("nothing was restored; use another generation, or another copy of the backup; assay backup --verify says which are whole")
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	got, err := copyFile(from, to)
	if errors.Is(err, fs.ErrNotExist) {
		return bad("is missing")
	}
	if err != nil {
		return err
	}
	if why := i.differs(got.Size, got.SHA256); why != "" {
		return bad(why)
	}
	return nil
}

// syncFolders brings all names below a folder to the disk.
func syncFolders(path string) error {
	return filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = durable.SyncDir(p)
		}
		return err
	})
}

// eraseAgain erases from the staged directory what was erased since the backup was made.
func eraseAgain(ctx context.Context, temp string, p *place, t target, generation string, passphrase func() ([]byte, error)) (n int, unknown string, err error) {
	in, err := instance.Open(ctx, temp, instance.Options{Passphrase: passphrase})
	if err != nil {
		return 0, "", err
	}
	defer func() {
		if e := in.Close(); err == nil {
			err = e
		}
	}()
	newer, why, err := newerErasures(ctx, p, t, generation, passphrase)
	if err != nil {
		return 0, "", err
	}
	if n, _, err = in.RepeatErasures(ctx, newer); err != nil {
		return n, "", err
	}
	if err := endSessions(ctx, in.Accounts()); err != nil {
		return n, "", err
	}
	return n, strings.Join(why, "; "), nil
}

// endSessions ends all, and the links to accounts: a session of that time may be of someone who has signed out since, or lost the device; an invitation may
// have been used or withdrawn.
func endSessions(ctx context.Context, s *account.Store) error {
	users, err := s.Users(ctx)
	if err != nil {
		return err
	}
	for _, u := range users {
		if _, err := s.EndSessions(ctx, account.Operator, u.Name, ""); err != nil {
			return err
		}
	}
	return s.EndLinks(ctx, account.Operator)
}

// isNewer says whether a generation comes after another.
func isNewer(a, than string) bool { return number(a) > number(than) }

// running is the answer where the directory is in use.
func running(path string, err error) error {
	var e *registry.Error
	if errors.As(err, &e) && e.Code == registry.Conflict {
		return registry.Errorf(registry.Conflict, "%s: nothing was restored", e.Message).WithHint("stop the server first (systemctl stop assay, or Ctrl-C), or restore into another folder: the backup is not used up")
	}
	return err
}
