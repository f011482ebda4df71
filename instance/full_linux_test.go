package instance_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/registry"
)

// fullEnv tells this program, as its own child, how its disk is to be full: "mount" for a small file system of its own, "limit" where none may be mounted.
const fullEnv = "ASSAY_TEST_FULL"

// A disk that is full at any point of a commit, a publication and a checkpoint leaves a ledger that verifies, and catches up once there is room: whatever
// was committed is in it, once.
func TestLedgerOnAFullDisk(t *testing.T) {
	switch how := os.Getenv(fullEnv); how {
	case "mount", "limit":
		fillDisk(t, how)
		return
	}
	child := func(how string) (string, error) {
		c := exec.Command(os.Args[0], "-test.run=^TestLedgerOnAFullDisk$", "-test.v")
		c.Env = append(os.Environ(), fullEnv+"="+how)
		if how == "mount" {
			c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
				UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}, GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}}
		}
		out, err := c.CombinedOutput()
		return string(out), err
	}
	out, err := child("mount")
	if err != nil && (out == "" || strings.Contains(out, "no file system may be mounted")) { // a container without rights
		t.Log("no file system may be mounted here: files are limited in their size instead")
		out, err = child("limit")
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Log(out)
}

// fillDisk is the test in the child.
func fillDisk(t *testing.T, how string) {
	disk := t.TempDir()
	if how == "mount" {
		if err := unix.Mount("tmpfs", disk, "tmpfs", 0, "size=300m"); err != nil {
			t.Fatalf("no file system may be mounted: %v", err)
		}
		defer unix.Unmount(disk, unix.MNT_DETACH)
	}
	dir := filepath.Join(disk, "d")
	seeded.Into(t, dir)
	policy := ""
	step := func(do func(in *instance.Instance) error) error {
		in, err := instance.Open(t.Context(), dir, fixed)
		if err != nil {
			return err
		}
		return errors.Join(do(in), in.Close())
	}
	if err := step(func(in *instance.Instance) error { return in.CatchUp(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	entered, failed, lagged := []registry.EntryID{}, 0, 0
	points := []int{0, 8, 16, 24, 32, 48, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 480, 512, 544, 576, 608, 640, 704, 768, 832, 896, 960, 1024, 1280, 1536, 2048, 4096} // KB that are left
	if os.Getenv("ASSAY_SLOW") == "" {
		points = []int{0, 256, 512, 576, 608, 640, 768, 1024, 4096}
	}
	for i, left := range points {
		var es []registry.Entry
		for k := range 60 {
			es = append(es, says(t, registry.Public, "ZMB", fmt.Sprintf("Name %d of round %d, with some more words so that it takes room", k, i)))
		}
		full := fullAt(t, how, disk, left)
		ended := step(func(in *instance.Instance) error {
			if err := in.Commit(t.Context(), es); err != nil {
				return err
			}
			for _, e := range es {
				entered = append(entered, e.ID)
			}
			err := errors.Join(in.CatchUp(t.Context()), in.Publish(t.Context(), fmt.Append(nil, "file ", i)), in.CatchUp(t.Context()))
			if err != nil {
				lagged++
			}
			return err
		})
		if ended != nil {
			failed++
		}
		t.Logf("%d KB: %v", left, ended)
		full()
		err := step(func(in *instance.Instance) error {
			if err := in.Publish(t.Context(), fmt.Append(nil, "after ", i)); err != nil {
				return err
			}
			if err := in.CatchUp(t.Context()); err != nil {
				return err
			}
			if a := audited(t, in); a.Lag != 0 || int64(a.Size) != a.Leaves {
				t.Errorf("with %d KB left: the ledger does not catch up: %+v", left, a)
			}
			for _, id := range entered[max(0, len(entered)-120):] {
				if _, err := in.ReceiptOf(t.Context(), id); err != nil {
					t.Errorf("with %d KB left: what was committed is not in the ledger: %v", left, err)
					break
				}
			}
			r, err := in.Receipt(t.Context(), fmt.Append(nil, "after ", i))
			if err == nil {
				s, _ := in.Ledger().State(t.Context())
				if policy != "" && policy != s.Policy {
					t.Error("it is another ledger now")
				}
				policy = s.Policy
				err = verified(policy, r, fmt.Append(nil, "after ", i))
			}
			return err
		})
		if err != nil {
			t.Errorf("with %d KB left, once there was room: %v (%v)", left, err, ended)
		}
	}
	t.Logf("%s: %d points; at %d something failed, at %d of them after the commit; %d entries in the ledger", how, len(points), failed, lagged, len(entered))
	if failed < 3 || failed == len(points) || lagged == 0 {
		t.Error("the disk was never full, or always, or never behind a commit: the test tried nothing")
	}
}

// fullAt leaves so many KB of room, and gives what makes room again.
func fullAt(t *testing.T, how, disk string, left int) func() {
	t.Helper()
	if how == "limit" {
		signal.Ignore(syscall.SIGXFSZ)
		var was unix.Rlimit
		if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &was); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(disk, "d", "ledger.db"))
		if err != nil {
			t.Fatal(err)
		}
		size := uint64(left) << 10 // the log's journal grows from nothing, the book from what it is
		if left >= 4096 {
			size += uint64(info.Size())
		}
		if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: size, Max: was.Max}); err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &was); err != nil {
				t.Fatal(err)
			}
		}
	}
	var st unix.Statfs_t
	if err := unix.Statfs(disk, &st); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(disk, "ballast")
	room := int64(st.Bavail)*st.Bsize - int64(left)<<10
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	chunk := make([]byte, 1<<20)
	for room > 0 {
		n, err := f.Write(chunk[:min(room, int64(len(chunk)))])
		if room -= int64(n); err != nil {
			break
		}
	}
	return func() {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}
