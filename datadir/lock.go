package datadir

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/registry"
)

// errHeld says that another holder has the lock; lockFile of each system returns it.
var errHeld = errors.New("the lock is held")

// lock takes the lock of a file, alone or together with others, and makes the file where it is missing. It does not wait. The
// lock is of the open file: it ends with Close and with the process, and a second Open in the same process meets it too.
func lock(path string, alone bool) (*os.File, error) {
	mode := os.O_RDWR | os.O_CREATE
	if !alone {
		mode = os.O_RDONLY | os.O_CREATE // readers may lack the right to write; a restored backup may lack the file
	}
	f, err := os.OpenFile(path, mode, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f, alone); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (d *Dir) lockForWriting() error {
	path := filepath.Join(d.path, lockName)
	f, err := lock(path, true)
	if errors.Is(err, errHeld) {
		return registry.Errorf(registry.Conflict, "the data directory %s is in use by %s", d.path, holder(path)).
			WithHint("stop that process, or name another data directory; reading beside it is possible")
	}
	if err != nil {
		return ioError(d.path, "cannot be locked", err)
	}
	d.locks = append(d.locks, f)
	err = f.Truncate(0)
	if err == nil {
		_, err = f.WriteAt(fmt.Appendf(nil, "process %d\n", os.Getpid()), 0)
	}
	if err != nil {
		d.Close()
		return ioError(d.path, "cannot be locked", err)
	}
	return nil
}

func (d *Dir) lockForReading() error {
	f, err := lock(filepath.Join(d.path, readersName), false)
	if errors.Is(err, errHeld) {
		return registry.Errorf(registry.Conflict, "the data directory %s is being brought to a newer format by %s", d.path, holder(filepath.Join(d.path, lockName))).
			WithHint("wait until it is done and try again")
	}
	if err != nil {
		return ioError(d.path, "cannot be locked", err)
	}
	d.locks = append(d.locks, f)
	return nil
}

// holder reads who holds the lock: "process 123".
func holder(path string) string {
	b, err := os.ReadFile(path)
	who := strings.TrimSpace(string(b))
	if err != nil || !strings.HasPrefix(who, "process ") || len(who) > 40 {
		return "another process"
	}
	return who
}
