//go:build unix

package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// goal is how far a page should agree with the nearer of the two programs.
const goal = 0.995

// page is a page that agrees with neither program, and what was seen where our reading of it was held against its image.
type page struct {
	File    string `yaml:"file"`
	Page    int    `yaml:"page"`
	Words   string `yaml:"words"`   // of the reading that was looked at: another reading has to be looked at anew
	Verdict string `yaml:"verdict"` // right, wrong
	Why     string `yaml:"why"`
}

//go:embed pages.yaml
var judged []byte

// digest names the words of a page.
func digest(words []string) string {
	h := sha256.Sum256([]byte(strings.Join(words, " ")))
	return hex.EncodeToString(h[:4])
}

// judge prints how many pages agree with one of the programs, and how many of the others were seen to be right and wrong.
func judge(r *result) error {
	var list []page
	if err := yaml.Unmarshal(judged, &list); err != nil {
		return fmt.Errorf("pages.yaml: %w", err)
	}
	known := map[page]page{}
	for _, p := range list {
		if p.Verdict != "right" && p.Verdict != "wrong" || p.Why == "" {
			return fmt.Errorf("pages.yaml: %s page %d: a verdict is right or wrong, and has a reason", p.File, p.Page)
		}
		known[page{File: p.File, Page: p.Page, Words: p.Words}] = p
	}
	count := map[string]int{}
	for _, p := range r.apart {
		k, ok := known[p]
		if !ok {
			count["unseen"]++
			fmt.Printf("  nobody has looked at %s page %d (words %s)\n", p.File, p.Page, p.Words)
			continue
		}
		count[k.Verdict]++
	}
	fmt.Printf("%d of %d pages agree with the nearer at %.3f or more (%.1f %%); of the other %d, held against their images, %d are right and %d wrong, %d have not been looked at\n", r.near, r.pages,
		goal, 100*float64(r.near)/float64(max(r.pages, 1)), len(r.apart), count["right"], count["wrong"], count["unseen"])
	return nil
}
