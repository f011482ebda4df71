package seed

import (
	"embed"
	"io/fs"
	"path"
)

//go:embed analyses/*.json
var analyses embed.FS

// Analyses are the analyses and the grams of public texts that the seed's documents name by their SHA-256: labels, hashes and offsets, no words of the texts.
// internal/analyse makes them.
func Analyses() ([][]byte, error) {
	names, err := fs.Glob(analyses, "analyses/*.json")
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for _, name := range names {
		b, err := fs.ReadFile(analyses, path.Clean(name))
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}
