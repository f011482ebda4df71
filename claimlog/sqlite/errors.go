package sqlite

import (
	"context"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"github.com/openassay/assay/registry"
)

// wrap gives an error of SQLite or of the file system its code and a hint; errors that have a code, and those of the context, pass.
func wrap(err error, path, what string) error {
	var has *registry.Error
	if err == nil || errors.As(err, &has) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("the log %s %s: %w", path, what, err)
	}
	out := &registry.Error{Code: registry.Internal, Message: fmt.Sprintf("the log %s %s", path, what), Err: err}
	var se *driver.Error
	if !errors.As(err, &se) {
		return out
	}
	switch se.Code() & 0xff { // the primary code
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB, codes.SQLITE_FORMAT, codes.SQLITE_ERROR, codes.SQLITE_MISMATCH:
		return damaged(path, err)
	case codes.SQLITE_IOERR, codes.SQLITE_CANTOPEN:
		out.Code = registry.Unreadable
		return out.WithHint("check the disk and who may read the folder; then restore the log from a backup")
	case codes.SQLITE_FULL:
		return out.WithHint("the disk is full: make room and do it again; nothing was added")
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return out.WithHint("another program keeps the log locked: stop it and do it again")
	case codes.SQLITE_READONLY, codes.SQLITE_PERM:
		return out.WithHint("the file or its folder may not be written: check its owner and mode")
	case codes.SQLITE_INTERRUPT:
		return &registry.Error{Code: registry.Internal, Message: fmt.Sprintf("the log %s %s", path, what), Err: errors.Join(context.Canceled, err)}
	}
	return out
}

func damaged(path string, err error) error {
	return &registry.Error{Code: registry.Unreadable, Message: "the log " + path + " is damaged", Err: err,
		Hint: "keep the file, and restore the log from a backup into the data directory"}
}
