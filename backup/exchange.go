package backup

import (
	"errors"
	"os"
)

// inTwo puts the old directory aside, then the new one at path. A death between the two leaves nothing at path, and both beside it, complete. The
// lock is given up first: Windows renames no folder in which a file is open.
func inTwo(whole, path, aside string, release func()) error {
	release()
	if err := os.Rename(path, aside); err != nil {
		return err
	}
	if err := os.Rename(whole, path); err != nil {
		return errors.Join(err, os.Rename(aside, path))
	}
	return nil
}
