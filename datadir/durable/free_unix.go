//go:build !windows

package durable

import "golang.org/x/sys/unix"

// Free is how many bytes the disk of a folder still takes from its owner.
func Free(path string) (uint64, error) {
	var s unix.Statfs_t
	err := unix.Statfs(path, &s)
	return uint64(s.Bavail) * uint64(s.Bsize), err
}
