package blob_test

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/registry"
)

const killDir = "ASSAY_TEST_KILL_BLOBS" // folder: this process is the child that puts blobs until it is killed

func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		s, err := blob.Open(dir)
		for err == nil {
			var hash string
			if hash, err = s.Put(bytes.Repeat([]byte{byte(rand.Int())}, 1+rand.IntN(1<<20))); err == nil {
				fmt.Println(hash)
			}
		}
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// TestKill kills a process that puts blobs, at random moments: every acknowledged blob is there, and none is there in part.
func TestKill(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blobs")
	acked := 0
	for range 20 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), killDir+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var kill *time.Timer
		var hashes []string
		for lines, after := bufio.NewScanner(out), rand.IntN(6); ; { // a moment after it has acknowledged some
			if len(hashes) == after {
				kill = time.AfterFunc(rand.N(10*time.Millisecond), func() { cmd.Process.Kill() })
			}
			if !lines.Scan() {
				break
			}
			hashes = append(hashes, lines.Text())
		}
		if kill != nil {
			kill.Stop()
		}
		cmd.Wait()
		acked += len(hashes)
		s, err := blob.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hashes {
			if ok, err := s.Has(h); !ok || err != nil {
				t.Fatalf("blob %s was acknowledged: %v, %v", h, ok, err)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".writing-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
		if err := s.Walk(func(h string, _ int64) error {
			_, err := s.Get(h)
			os.Remove(filepath.Join(dir, h[:2], h[2:]))
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if acked < 20 {
		t.Errorf("only %d blobs were acknowledged: the test tests nothing", acked)
	}
}

func TestDamage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blobs")
	s, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	data := []byte("the text of an agreement")
	hash, err := s.Put(data)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, hash[:2], hash[2:])
	if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the file may be read by others: %v, %v", info.Mode(), err)
	}
	for _, bad := range [][]byte{{}, data[:5], []byte("the text of an Agreement"), append(bytes.Clone(data), 0)} {
		os.WriteFile(file, bad, 0o600)
		if got, err := s.Get(hash); registry.CodeOf(err) != registry.Unreadable || registry.HintOf(err) == "" || got != nil {
			t.Errorf("%q is given out as %q: %v", bad, got, err)
		}
		if _, err := s.Put(data); err != nil { // the original, imported again, mends it
			t.Error(err)
		}
		if got, err := s.Get(hash); err != nil || !bytes.Equal(got, data) {
			t.Errorf("putting the original again does not mend it: %v", err)
		}
	}
}

func TestOpenReadOnly(t *testing.T) {
	dir := t.TempDir()
	if _, err := blob.OpenReadOnly(filepath.Join(dir, "missing")); err == nil {
		t.Error("a missing folder is opened")
	}
	temp := filepath.Join(dir, ".writing-1")
	os.WriteFile(temp, nil, 0o600)
	if _, err := blob.OpenReadOnly(dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(temp); err != nil {
		t.Error("opening for reading removed what another process writes")
	}
	if _, err := blob.Open(temp); err == nil {
		t.Error("a file is opened as a folder")
	}
}
