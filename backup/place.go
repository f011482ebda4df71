package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

// place is where a data directory is restored to.
type place struct {
	path   string // without links
	there  bool   // a directory that is not empty is there
	lock   *datadir.Dir
	beside *os.File // the lock of the restore
}

// take makes sure that nobody uses the place and that it may be filled.
func (p *place) take(replace bool) error {
	info, err := os.Stat(p.path)
	if errors.Is(err, fs.ErrNotExist) {
		return ioError(p.path, "cannot be made", os.MkdirAll(filepath.Dir(p.path), 0o700))
	}
	if err != nil {
		return ioError(p.path, "cannot be read", err)
	}
	if !info.IsDir() {
		return registry.Errorf(registry.Invalid, "%s is a file; a data directory is a folder", p.path).WithHint("name a folder")
	}
	names, err := os.ReadDir(p.path)
	if err != nil {
		return ioError(p.path, "cannot be read", err)
	}
	for _, n := range names {
		if n.Name() != "lost+found" && n.Name() != ".DS_Store" {
			p.there = true
		}
	}
	if !p.there {
		return nil
	}
	d, err := datadir.Take(p.path)
	if err != nil {
		return running(p.path, err)
	}
	if !replace {
		d.Close()
		return registry.Errorf(registry.Conflict, "%s is not empty: nothing was restored", p.path).
			WithHint("name a new folder; or give --replace: what is there is then set aside under another name, and nothing of it is deleted")
	}
	p.lock = d
	return nil
}

func (p *place) release() {
	if p.lock != nil {
		p.lock.Close()
		p.lock = nil
	}
}

// end gives up all locks.
func (p *place) end() {
	p.release()
	if p.beside != nil {
		os.Remove(p.beside.Name())
		p.beside.Close()
	}
}

// The names of folders beside the place: being restored, worth nothing when a run died; complete, or the old directory between two steps of
// the swap, never to be deleted; and set aside.
func (p *place) restoring() string { return "." + filepath.Base(p.path) + ".restoring-" }
func (p *place) restored() string  { return "." + filepath.Base(p.path) + ".restored-" }

// staging makes a folder beside the place, on the same disk, and tidies what runs that died have left.
func (p *place) staging(now time.Time) (temp string, left string, err error) {
	up := filepath.Dir(p.path)
	if p.beside, err = datadir.Lock(filepath.Join(up, "."+filepath.Base(p.path)+".restore-lock")); errors.Is(err, datadir.ErrHeld) {
		err = registry.Errorf(registry.Conflict, "another restore to %s is at work", p.path).WithHint("wait until it is done")
	}
	if err != nil {
		return "", "", err
	}
	names, err := os.ReadDir(up)
	if err != nil {
		return "", "", err
	}
	for _, n := range names {
		old := filepath.Join(up, n.Name())
		if strings.HasPrefix(n.Name(), p.restoring()) {
			if err := os.RemoveAll(old); err != nil {
				return "", "", err
			}
		}
		if strings.HasPrefix(n.Name(), p.restored()) {
			if left, err = p.aside(now); err == nil {
				err = os.Rename(old, left)
			}
			if err != nil {
				return "", "", err
			}
		}
	}
	temp, err = os.MkdirTemp(up, p.restoring()+"*")
	return temp, left, err
}

// aside is a name that nothing has, for what is put out of the way.
func (p *place) aside(now time.Time) (string, error) {
	for n := 1; ; n++ {
		s := p.path + ".before-" + now.UTC().Format("20060102T150405Z")
		if n > 1 {
			s += fmt.Sprintf("-%d", n)
		}
		if _, err := os.Lstat(s); errors.Is(err, fs.ErrNotExist) {
			return s, nil
		} else if err != nil {
			return "", err
		}
	}
}

// swap puts the staged folder into the place and an old one aside.
func (p *place) swap(temp string, now time.Time) (aside string, err error) {
	up := filepath.Dir(p.path)
	whole := filepath.Join(up, p.restored()+strings.TrimPrefix(filepath.Base(temp), p.restoring()))
	if err := os.Rename(temp, whole); err != nil {
		return "", p.cannot(err)
	}
	if !p.there {
		os.Remove(p.path) // an empty folder; where it cannot be removed, the rename says why
		err = os.Rename(whole, p.path)
	} else if aside, err = p.aside(now); err == nil {
		err = exchange(whole, p.path, aside, p.release)
	}
	if err != nil {
		if e := os.Rename(whole, temp); e != nil { // so that the caller removes it; else it stays, complete
			err = errors.Join(err, e)
		}
		return "", p.cannot(err)
	}
	return aside, ioError(p.path, "cannot be restored", durable.SyncDir(up))
}

func (p *place) cannot(err error) error {
	return &registry.Error{Code: registry.Unreadable, Message: p.path + " cannot be replaced", Err: err,
		Hint: "the folder above it must be writable for who restores, and it must not be where a disk is mounted: name a folder inside of that"}
}
