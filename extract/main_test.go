package extract_test

import (
	"bytes"
	"fmt"
	"io"
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
		case "mortal": // reads as any child until a file has the deadly words in it
			in, out := io.Pipe()
			go func() {
				io.Copy(io.MultiWriter(&mortal{}, out), os.Stdin)
				out.Close()
			}()
			if err := extract.Serve(in, os.Stdout); err != nil {
				os.Exit(1)
			}
			os.Exit(0)
		}
	}
	os.Exit(m.Run())
}

// deadly are words that end the child that meets them.
const deadly = "DEADLY WORDS OF A TEST"

// mortal ends the process once it has seen the deadly words.
type mortal struct{ tail []byte }

func (m *mortal) Write(p []byte) (int, error) {
	m.tail = append(m.tail, p...)
	if bytes.Contains(m.tail, []byte(deadly)) {
		os.Exit(9)
	}
	m.tail = m.tail[max(0, len(m.tail)-len(deadly)):]
	return len(p), nil
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
