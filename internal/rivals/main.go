//go:build unix

// Command rivals runs the search for reused text beside other programs on the same texts, and measures how its cost grows.
//
//	go run ./internal/rivals --texts ../shared/data/texts/tota      ours, sim_text and MinHash-LSH, one after the other
//	go run ./internal/rivals --scale 1000000                        the join alone on made provisions, up to so many
//	go run ./internal/rivals --texts DIR --one                      one document of it against all others
//
// It prints the tables of docs/overlap.md. sim_text is Debian's similarity-tester.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	texts := flag.String("texts", "", "`FOLDER` of texts")
	scale := flag.Int("scale", 0, "`N` provisions at most")
	one := flag.Bool("one", false, "one document against all others")
	minhash := flag.Float64("minhash", 0, "`T`: only MinHash-LSH at this threshold; the tool runs itself so")
	only := flag.String("only", "", "`GENERATOR` of --scale: zipf, lineage or boilerplate")
	flag.Parse()
	var err error
	switch {
	case *scale > 0:
		err = scales(*scale, *only)
	case *texts == "":
		err = fmt.Errorf("--texts FOLDER or --scale N")
	case *minhash > 0:
		err = minhashed(*texts, *minhash)
	case *one:
		err = against(*texts)
	default:
		err = compare(*texts)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "rivals:", err)
		os.Exit(1)
	}
}
