// Command release makes portable builds of assay for every system it runs on: archives with the program, its licence and what an operator
// needs, and SHA256SUMS. They are not signed.
//
// The same commit gives the same bytes, whoever builds it and where: no path, time or name of the machine is in them. -twice proves that. The
// build for the system it runs on is unpacked and tried.
package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

type system struct{ os, arch string }

var systems = []system{{"linux", "amd64"}, {"linux", "arm64"}, {"windows", "amd64"}, {"darwin", "amd64"}, {"darwin", "arm64"}}

func (s system) String() string { return s.os + "-" + s.arch }

// extras go into every archive beside the program.
var extras = []string{"LICENSE", "README.md", "docs/operating.md", "contrib"}

func main() {
	log.SetFlags(0)
	out := flag.String("o", "dist", "folder for the archives")
	version := flag.String("version", "", "what assay version says (default: git describe)")
	only := flag.String("only", "", "one system alone, as linux-amd64")
	twice := flag.Bool("twice", false, "build everything twice and compare")
	flag.Parse()
	if err := run(*out, *version, *only, *twice); err != nil {
		log.Fatal("release: ", err)
	}
}

func run(out, version, only string, twice bool) error {
	if version == "" {
		v, err := git("describe", "--tags", "--always", "--dirty")
		if err != nil {
			return err
		}
		version = v
	}
	at, err := commitTime()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	var sums strings.Builder
	for _, s := range systems {
		if only != "" && only != s.String() {
			continue
		}
		name, data, err := archive(s, version, at)
		if err != nil {
			return fmt.Errorf("%v: %w", s, err)
		}
		if twice {
			_, again, err := archive(s, version, at)
			if err != nil {
				return err
			}
			if !bytes.Equal(data, again) {
				return fmt.Errorf("%v: two builds of the same source differ", s)
			}
		}
		if err := os.WriteFile(filepath.Join(out, name), data, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), name)
		note := ""
		if s.os == runtime.GOOS && s.arch == runtime.GOARCH {
			if err := try(name, data, version); err != nil {
				return fmt.Errorf("%v: %w", s, err)
			}
			note = ", unpacked and tried"
		}
		log.Printf("%s: %.1f MB%s", name, float64(len(data))/1e6, note)
	}
	if sums.Len() == 0 {
		return fmt.Errorf("there is no system %q; there are %v", only, systems)
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// archive builds for one system and packs it.
func archive(s system, version string, at time.Time) (name string, data []byte, err error) {
	temp, err := os.MkdirTemp("", "assay-release-") // another each time: a path that got into the program would show
	if err != nil {
		return "", nil, err
	}
	defer os.RemoveAll(temp)
	program := "assay"
	if s.os == "windows" {
		program += ".exe"
	}
	c := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid= -X main.released="+version, "-o", filepath.Join(temp, program), "./cmd/assay")
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+s.os, "GOARCH="+s.arch, "GOAMD64=v1", "GOARM64=v8.0", "GOFLAGS=-mod=readonly", "GOEXPERIMENT=")
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return "", nil, err
	}
	folder := fmt.Sprintf("assay-%s-%v", version, s)
	files, err := gather(folder, filepath.Join(temp, program))
	if err != nil {
		return "", nil, err
	}
	if s.os == "windows" {
		data, err = zipped(files, at)
		return folder + ".zip", data, err
	}
	data, err = tarred(files, at)
	return folder + ".tar.gz", data, err
}

// try unpacks an archive and asks the program in it.
func try(name string, data []byte, version string) error {
	temp, err := os.MkdirTemp("", "assay-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	files, err := unpack(name, data)
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(temp, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.data, f.mode()); err != nil {
			return err
		}
	}
	program := filepath.Join(temp, filepath.FromSlash(files[0].name))
	for _, c := range []struct{ args, want string }{{"version", "assay " + version + " "}, {"show pty_ZMB", "Zambia"}, {"doctor --data none", ""}} {
		cmd := exec.Command(program, strings.Fields(c.args)...)
		cmd.Dir = temp
		out, err := cmd.CombinedOutput()
		if c.want == "" && err == nil || c.want != "" && (err != nil || !strings.Contains(string(out), c.want)) {
			return fmt.Errorf("assay %s says %q, %v", c.args, out, err)
		}
	}
	return nil
}

func git(args ...string) (string, error) {
	out, err := exec.Command("git", args...).Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w (name the version with -version and SOURCE_DATE_EPOCH where there is no git)", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// commitTime is the time that all files in the archives get.
func commitTime() (time.Time, error) {
	s := os.Getenv("SOURCE_DATE_EPOCH")
	if s == "" {
		var err error
		if s, err = git("log", "-1", "--format=%ct"); err != nil {
			return time.Time{}, err
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return time.Unix(n, 0).UTC(), err
}
