package main

import (
	"os"
	"os/exec"
	"slices"
	"strconv"
	"testing"

	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/internal/seeded"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(seeded.Tests{M: m}, map[string]func(){"assay": main}) }

// TestScripts runs the pages in testdata/script. Beside testscript's own commands they have
//
//	exits N PROGRAM ARGS…   the program must end with this exit code
//	seeded DIR              makes a data directory that holds the embedded registry
//	sample NAME…            writes samples of package extract/sample: a.docx, a.odt, a.eml …
func TestScripts(t *testing.T) { scripts(t, "testdata/script") }

func scripts(t *testing.T, dir string) {
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"seeded": func(ts *testscript.TestScript, _ bool, args []string) { ts.Check(seeded.Copy(ts.MkAbs(args[0]))) },
			"sample": func(ts *testscript.TestScript, _ bool, args []string) {
				for _, f := range sample.All() {
					if slices.Contains(args, f.Name) {
						ts.Check(os.WriteFile(ts.MkAbs(f.Name), []byte(f.Body), 0o600))
					}
				}
			},
			"exits": func(ts *testscript.TestScript, _ bool, args []string) {
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				err = ts.Exec(args[1], args[2:]...)
				got := 0
				if e, ok := err.(*exec.ExitError); ok {
					got = e.ExitCode()
				} else if err != nil {
					ts.Fatalf("%v", err)
				}
				if got != want {
					ts.Fatalf("exit code %d, want %d", got, want)
				}
			},
		},
	})
}
