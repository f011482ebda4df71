package datadir_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/registry"
)

const holdDir = "ASSAY_TEST_HOLD_DIR" // folder: this process is the child that holds it until its input ends

func TestMain(m *testing.M) {
	if path := os.Getenv(holdDir); path != "" {
		_, err := datadir.Open(path)
		fmt.Println("holds", err)
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestLock: another process is refused by the holder's number; readers are not; the lock ends with the process, killed or not.
func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holdDir+"="+path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "holds <nil>\n" {
		t.Fatalf("the child says %q, %v", line, err)
	}
	_, err = datadir.Open(path)
	if want := fmt.Sprintf("in use by process %d", cmd.Process.Pid); registry.CodeOf(err) != registry.Conflict || !strings.Contains(err.Error(), want) {
		t.Errorf("a second writer: %v; want it to say %q", err, want)
	}
	r1, err := datadir.OpenReadOnly(path)
	if err != nil {
		t.Fatalf("a reader beside the writer: %v", err)
	}
	if r2, err := datadir.OpenReadOnly(path); err != nil || !r2.ReadOnly() {
		t.Errorf("a second reader: %v", err)
	} else {
		r2.Close()
	}
	cmd.Process.Kill()
	cmd.Wait()
	d, err := datadir.Open(path) // readers do not hinder the next writer
	if err != nil {
		t.Fatalf("after the holder was killed: %v", err)
	}
	defer d.Close()
	if _, err := datadir.Open(path); registry.CodeOf(err) != registry.Conflict || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
		t.Errorf("a second writer in the same process: %v", err)
	}
	r1.Close()
}
