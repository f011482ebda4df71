package extract_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"testing"

	"github.com/openassay/assay/extract"
)

// TestMain lets the test binary be the child of a worker.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case extract.Verb:
			if err := extract.Serve(os.Stdin, os.Stdout); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			os.Exit(0)
		case "try-to-escape":
			escape()
			os.Exit(0)
		case "die":
			os.Exit(9)
		}
	}
	os.Exit(m.Run())
}

// escape tries what a confined process must not be able to do, and says what it could.
func escape() {
	if err := extract.Confine(); err != nil {
		fmt.Println("cannot be confined:", err)
	}
	if c, err := net.Dial("tcp", os.Args[2]); err == nil {
		c.Close()
		fmt.Println("reached the network")
	}
	if _, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
		fmt.Println("listens")
	}
	if err := exec.Command("/bin/true").Run(); err == nil {
		fmt.Println("ran a program")
	}
	fmt.Println("done")
}
