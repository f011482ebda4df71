// Package backup copies a data directory while it is in use, and brings it back.
//
// Start with [Make], [Verify] and [Restore]. A target is a folder that holds any number of generations:
//
//	BACKUP                     says what the folder is
//	LOCK                       held by whoever writes to it
//	blobs/ab/cd…               the blobs of all generations, each once
//	generations/G/MANIFEST.json  every file of the generation with its size and SHA-256
//	generations/G/log.db …     everything else that datadir.Durable names
//
// A generation is made under another name and renamed when it is on the disk, complete: one that has its name is whole, or was damaged
// since, which its manifest shows. To drop a generation, delete its folder; the next backup deletes the blobs that no generation names.
//
// What a backup of an encrypted directory holds is as encrypted as the directory. The digests find damage, not malice: whoever can write
// to the target can forge it.
package backup

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

const (
	markerName     = "BACKUP"
	markerText     = "Assay backup, format 1\n"
	lockName       = "LOCK"
	blobName       = "blobs"
	generationName = "generations"
	manifestName   = "MANIFEST.json"
)

// generationForm is the number and the time of a generation: its name sorts by number.
var generationForm = regexp.MustCompile(`^([0-9]{6,9})-[0-9]{8}T[0-9]{6}Z$`)

// target is an existing folder of backups.
type target struct{ path string }

func (t target) generations() string        { return filepath.Join(t.path, generationName) }
func (t target) generation(n string) string { return filepath.Join(t.path, generationName, n) }

// file is where a file of a generation lies: blobs are shared.
func (t target) file(generation, name string) string {
	if f, ok := datadir.DurableFile(name); ok && f.Kind == datadir.Folder {
		return filepath.Join(t.path, filepath.FromSlash(name))
	}
	return filepath.Join(t.generation(generation), name)
}

// openTarget finds a folder of backups. It is registry.NotFound where there is none, registry.Invalid for another folder,
// registry.Unsupported for one of a newer program.
func openTarget(path string) (target, error) {
	b, err := os.ReadFile(filepath.Join(path, markerName))
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		return target{}, registry.Errorf(registry.NotFound, "there is no backup at %s", path).WithHint("name the folder that assay backup was given, or one of its generations")
	case err != nil:
		return target{}, ioError(path, "cannot be read", err)
	case string(b) == markerText:
		return target{path}, nil
	case strings.HasPrefix(string(b), "Assay backup, format "):
		return target{}, registry.Errorf(registry.Unsupported, "%s is a backup of another version: %q", path, strings.TrimSpace(string(b))).WithHint("use the program that made it, or a newer one")
	}
	return target{}, registry.Errorf(registry.Unreadable, "%s does not say that it is a backup of assay", filepath.Join(path, markerName)).
		WithHint("the file is damaged, or of another program; where the folder is a backup of assay, put the words %q into it", strings.TrimSpace(markerText))
}

// makeTarget is openTarget for whoever will write: a missing or empty folder becomes a target.
func makeTarget(path string) (target, error) {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return target{}, registry.Errorf(registry.Invalid, "%s is a file; backups go into a folder", path).WithHint("name a folder")
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return target{}, ioError(path, "cannot be made", err)
	}
	names, err := os.ReadDir(path)
	if err != nil {
		return target{}, ioError(path, "cannot be read", err)
	}
	for _, n := range names {
		switch n.Name() {
		case markerName:
			return openTarget(path)
		case "lost+found", ".DS_Store", lockName: // LOCK of a process that died before it wrote the marker
		default:
			if !durable.IsTemp(n.Name()) {
				return target{}, registry.Errorf(registry.Invalid, "%s is not empty and is no folder of backups: it has %q and no file %s", path, n.Name(), markerName).
					WithHint("name a new or an empty folder, or one that assay backup has made")
			}
		}
	}
	return target{path}, nil
}

// names are the complete generations, the oldest first; unfinished are those that were being made.
func (t target) names() (complete, unfinished []string, err error) {
	all, err := os.ReadDir(t.generations())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, ioError(t.path, "cannot be read", err)
	}
	for _, n := range all {
		switch {
		case durable.IsTemp(n.Name()):
			unfinished = append(unfinished, n.Name())
		case generationForm.MatchString(n.Name()) && n.IsDir():
			complete = append(complete, n.Name())
		}
	}
	slices.SortFunc(complete, func(a, b string) int { return cmp.Compare(number(a), number(b)) })
	return complete, unfinished, nil
}

func number(generation string) int {
	m := generationForm.FindStringSubmatch(generation)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// find reads what a person named: a folder of backups, meaning its newest generation, or one generation.
func find(source string) (target, string, error) {
	abs, err := filepath.Abs(source)
	if err != nil {
		return target{}, "", ioError(source, "cannot be found", err)
	}
	name := filepath.Base(abs)
	if filepath.Base(filepath.Dir(abs)) == generationName {
		t, err := openTarget(filepath.Dir(filepath.Dir(abs)))
		if durable.IsTemp(name) && err == nil {
			err = registry.Errorf(registry.Invalid, "%s was cut off while it was made and is not complete", source).WithHint("name another generation; the next backup removes it")
		}
		return t, name, err
	}
	t, err := openTarget(abs)
	if err != nil {
		return t, "", err
	}
	complete, _, err := t.names()
	if err == nil && len(complete) == 0 {
		err = registry.Errorf(registry.NotFound, "%s holds no complete backup", source).WithHint("assay backup --data DIR %s makes one", source)
	}
	if err != nil {
		return t, "", err
	}
	return t, complete[len(complete)-1], nil
}

// within says whether a path lies in a folder or is it. Links are followed as far as they exist.
func within(path, folder string) bool {
	rel, err := filepath.Rel(resolved(folder), resolved(path))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// resolved is the path without links; what is not there yet is resolved as far as it is.
func resolved(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	if up := filepath.Dir(abs); up != abs {
		return filepath.Join(resolved(up), filepath.Base(abs))
	}
	return abs
}

// ioError gives an error of the file system a code and a hint; nil and errors that have a code pass.
func ioError(path, what string, err error) error {
	var has *registry.Error
	if err == nil || errors.As(err, &has) {
		return err
	}
	hint := "check the disk, and who may write to the folder"
	switch {
	case errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), "disk is full") || strings.Contains(err.Error(), "(13)"):
		hint = "the disk is full: make room and do it again; nothing that was there is changed"
	case errors.Is(err, fs.ErrPermission):
		hint = "the folder belongs to someone else: run as its owner, or name another"
	}
	return &registry.Error{Code: registry.Unreadable, Message: fmt.Sprintf("%s %s", path, what), Err: err, Hint: hint}
}
