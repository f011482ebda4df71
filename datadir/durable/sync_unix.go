//go:build !windows

package durable

import "os"

// SyncDir brings a folder's names to the disk: a rename is durable only after it.
func SyncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return CloseSynced(d)
}
