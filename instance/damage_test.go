package instance_test

import (
	"database/sql"
	"path/filepath"

	_ "modernc.org/sqlite"
)

// sqlExec changes a database behind the program's back.
func sqlExec(path, statement string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

// blobs are the paths of the blobs, sorted.
func blobs(dir string) []string {
	out, _ := filepath.Glob(filepath.Join(dir, "blobs", "??", "*"))
	return out
}
