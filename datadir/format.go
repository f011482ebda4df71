package datadir

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

// formatWords stand before the version in FORMAT.
const formatWords = "Assay data directory, format "

// step brings a directory from one format to the next. A process may die at any point of it, and it is then run again from
// the start: a step finds what is done and does the rest. It changes the layout only; the log and the projection
// know their own versions.
type step struct {
	what string
	do   func(path string) error
}

// steps[n] brings format n to n+1; format 0 is an empty folder.
var steps = []step{
	{"the folder of blobs", func(path string) error { return durable.MakeDir(filepath.Join(path, blobName)) }},
	{"the folder of what is made from the log", func(path string) error { return durable.MakeDir(filepath.Join(path, projectionName)) }},
}

func current() int { return len(steps) }

// migrate brings the directory at path from version v to the current one. Each step is sealed by a new FORMAT.
func migrate(path string, v int) error {
	for ; v < current(); v++ {
		if err := steps[v].do(path); err != nil {
			return ioError(path, fmt.Sprintf("cannot be brought to format %d (%s)", v+1, steps[v].what), err)
		}
		if err := writeFormat(path, v+1); err != nil {
			return ioError(path, fmt.Sprintf("cannot be brought to format %d", v+1), err)
		}
	}
	return nil
}

func writeFormat(path string, v int) error {
	return durable.WriteFile(filepath.Join(path, formatName), fmt.Appendf(nil, "%s%d\n", formatWords, v))
}

// readFormat reads FORMAT: a version up to the current one.
func readFormat(path string) (int, error) {
	b, err := os.ReadFile(filepath.Join(path, formatName))
	if err != nil {
		return 0, ioError(path, "cannot be read", err)
	}
	n, ok := strings.CutPrefix(strings.TrimSpace(string(b)), formatWords)
	v, err := strconv.Atoi(n)
	switch {
	case !ok || err != nil || v < 1:
		return 0, registry.Errorf(registry.Unreadable, "%s does not say the format of a data directory", filepath.Join(path, formatName)).
			WithHint("where the folder is Assay's, restore the file from a backup; otherwise name another folder")
	case v > current():
		return 0, registry.Errorf(registry.Unsupported, "the data directory %s has format %d; this program knows formats up to %d", path, v, current()).
			WithHint("it was written by a newer version of assay: use that one")
	}
	return v, nil
}
