package seed

import (
	"embed"
	"io/fs"
)

//go:embed samples/*/*.md
var samples embed.FS

// Samples are the texts of the sample instruments, a folder for each: files that the importer reads like any other.
func Samples() fs.FS {
	sub, err := fs.Sub(samples, "samples")
	if err != nil {
		panic(err) // unreachable: the folder is embedded
	}
	return sub
}
