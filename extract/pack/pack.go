// Package pack opens ZIP archives, and the documents that are such, within limits: how many files, how much they unpack to, and
// nothing outside the archive. Pure.
//
// Start with [Open]. The sizes that an archive states are not believed; names are made harmless. Encrypted entries are refused.
package pack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/openassay/assay/text"
)

// maxEntries is the most files an archive may list; documents have hundreds.
const maxEntries = 20_000

// Archive is an open archive.
type Archive struct {
	files []*zip.File
	by    map[string]*zip.File
	left  *int64
}

// Open opens an archive of which at most *left bytes are unpacked; what is unpacked is taken off it.
func Open(b []byte, left *int64) (*Archive, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &text.Error{Code: text.CodeInvalid, Message: "a damaged or truncated ZIP: " + strings.TrimPrefix(err.Error(), "zip: "), Hint: "get the whole file again"}
	}
	if len(z.File) > maxEntries {
		return nil, &text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("a ZIP of %d files; at most %d are looked at", len(z.File), maxEntries), Hint: "unpack it and give the documents"}
	}
	a := &Archive{by: map[string]*zip.File{}, left: left}
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		a.files = append(a.files, f)
		if name := Clean(f.Name); a.by[name] == nil {
			a.by[name] = f
		}
	}
	return a, nil
}

// Clean is the name of an entry without "..", a root or backslashes.
func Clean(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// Has says whether there is an entry of that name.
func (a *Archive) Has(name string) bool { return a.by[Clean(name)] != nil }

// Names are the entries in their order.
func (a *Archive) Names() []string {
	out := make([]string, 0, len(a.files))
	for _, f := range a.files {
		out = append(out, Clean(f.Name))
	}
	return out
}

// Read unpacks an entry. A missing one is nil without error.
func (a *Archive) Read(name string) ([]byte, error) {
	f := a.by[Clean(name)]
	if f == nil {
		return nil, nil
	}
	return a.unpack(f)
}

// ReadAt unpacks the i-th of Names, which may bear a name that came before.
func (a *Archive) ReadAt(i int) ([]byte, error) { return a.unpack(a.files[i]) }

func (a *Archive) unpack(f *zip.File) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, &text.Error{Code: text.CodeUnreadable, Message: short(f.Name) + " is encrypted with a password", Hint: "unpack it with the password and give what is in it"}
	}
	if *a.left <= 0 {
		return nil, bomb(f)
	}
	h, err := f.Open()
	if err != nil {
		return nil, damaged(f, err)
	}
	defer h.Close()
	limit := min(*a.left, text.MaxBytes)
	b, err := io.ReadAll(io.LimitReader(h, limit+1))
	if int64(len(b)) > limit {
		*a.left -= limit
		return nil, bomb(f)
	}
	*a.left -= int64(len(b))
	if err != nil {
		return nil, damaged(f, err)
	}
	return b, nil
}

func bomb(f *zip.File) error {
	return &text.Error{Code: text.CodeUnsupported, Message: short(f.Name) + " unpacks to more than may be unpacked", Hint: "if it is no archive made to do harm, unpack it and give the documents"}
}

func damaged(f *zip.File, err error) error {
	return &text.Error{Code: text.CodeInvalid, Message: fmt.Sprintf("%s in it is damaged: %v", short(f.Name), strings.TrimPrefix(err.Error(), "zip: ")), Hint: "get the whole file again"}
}

func short(s string) string {
	s = Clean(s)
	return strings.ToValidUTF8(s[:min(len(s), 80)], "")
}
