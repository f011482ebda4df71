// Command tally reads go test -json from standard input and prints what failed, what was skipped and why, and the counts. It exits
// with 1 where a test failed or did not finish, or where one was skipped and ASSAY_REQUIRE_ALL is set.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
)

type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

func main() {
	var passed, failed, skipped int
	output := map[string][]string{}
	open := map[string]bool{}
	var skips, slow []string
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var e event
		if json.Unmarshal(in.Bytes(), &e) != nil {
			fmt.Println(in.Text()) // a build error comes as plain text
			continue
		}
		id := e.Package + " " + e.Test
		switch e.Action {
		case "run":
			open[id] = true
		case "output", "build-output":
			output[id] = append(output[id], e.Output)
		case "pass", "fail", "skip":
			delete(open, id)
			if e.Test == "" {
				if e.Action != "skip" {
					fmt.Printf("%-5s %s %.1fs\n", e.Action, e.Package, e.Elapsed)
				}
				if e.Action == "fail" {
					failed++
					fmt.Print(strings.Join(output[id], ""))
				}
				continue
			}
			switch e.Action {
			case "pass":
				passed++
			case "fail":
				failed++
				fmt.Print(strings.Join(output[id], ""))
			case "skip":
				skipped++
				skips = append(skips, strings.Join(output[id], ""))
			}
			if e.Elapsed > 10 {
				slow = append(slow, fmt.Sprintf("%6.1fs %s", e.Elapsed, id))
			}
			delete(output, id)
		case "build-fail":
			failed++
			fmt.Print(strings.Join(output[id], ""))
		}
	}
	for id := range open {
		failed++
		fmt.Println("did not finish:", id)
	}
	for _, s := range skips {
		fmt.Print(s)
	}
	sort.Sort(sort.Reverse(sort.StringSlice(slow)))
	for _, s := range slow {
		fmt.Println("slow:", s)
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	switch {
	case failed > 0 || passed == 0:
		os.Exit(1)
	case skipped > 0 && os.Getenv("ASSAY_REQUIRE_ALL") != "":
		fmt.Println("this run requires all tests to run, and some were skipped")
		os.Exit(1)
	}
}
