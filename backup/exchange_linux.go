package backup

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange puts the new directory at path and the old one aside. On Linux the two change places in one step, so that there is a directory at
// path at every moment.
func exchange(whole, path, aside string, release func()) error {
	err := unix.Renameat2(unix.AT_FDCWD, whole, unix.AT_FDCWD, path, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EINVAL) { // a file system that cannot
		return inTwo(whole, path, aside, release)
	}
	if err != nil {
		return err
	}
	return os.Rename(whole, aside)
}
