package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/registry"
)

// manifestFormat is the version of MANIFEST.json.
const manifestFormat = 1

// Manifest lists what a generation holds.
type Manifest struct {
	Format   int       `json:"assay_backup"`
	Made     time.Time `json:"made"`
	Program  string    `json:"program"`
	Layout   int       `json:"data_format"` // of the data directory
	Registry string    `json:"registry"`    // the same for all backups of one registry; tells nothing else
	Files    []Item    `json:"files"`
	Digest   string    `json:"digest"` // SHA-256 of this with an empty digest
}

// Item is a file of a generation.
type Item struct {
	Path   string `json:"path"` // below the data directory, with slashes
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

func (m Manifest) digest() string {
	m.Digest = ""
	b, err := json.Marshal(m)
	if err != nil {
		panic(err) // there is nothing in it that JSON cannot say
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func (m Manifest) encode() ([]byte, error) {
	m.Digest = m.digest()
	b, err := json.MarshalIndent(m, "", " ")
	return append(b, '\n'), err
}

var hexDigest = regexp.MustCompile(`^[0-9a-f]{64}$`)

// blobPath is the form of a blob's path: it must not lead out of the folder.
var blobPath = regexp.MustCompile(`^[a-z]+/[0-9a-f]{2}/[0-9a-f]{62}$`)

// decode reads a manifest. A newer one is registry.Unsupported, any damage registry.Unreadable.
func decode(b []byte, where string) (Manifest, error) {
	var m Manifest
	bad := func(why string) (Manifest, error) {
		return m, registry.Errorf(registry.Unreadable, "the backup %s is damaged: its manifest %s", where, why).WithHint("use another generation of the backup, or another copy of it")
	}
	var head struct {
		Format int `json:"assay_backup"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return bad("is cut off or altered: " + err.Error())
	}
	if head.Format > manifestFormat {
		return m, registry.Errorf(registry.Unsupported, "the backup %s has format %d; this program knows format %d", where, head.Format, manifestFormat).
			WithHint("it was made by a newer version of assay: use that one")
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return bad("is altered: " + err.Error())
	}
	if m.Digest != m.digest() || m.Format < 1 {
		return bad("does not fit its digest")
	}
	if m.Layout > datadir.Format() {
		return m, registry.Errorf(registry.Unsupported, "the backup %s is of a data directory of format %d; this program knows formats up to %d", where, m.Layout, datadir.Format()).
			WithHint("it was made by a newer version of assay: use that one")
	}
	there := map[string]bool{}
	for _, i := range m.Files {
		f, ok := datadir.DurableFile(i.Path)
		if !ok || f.Kind == datadir.Folder && !blobPath.MatchString(i.Path) || there[i.Path] || i.Size < 0 || !hexDigest.MatchString(i.SHA256) {
			return bad("names what no data directory holds: " + i.Path)
		}
		there[i.Path] = true
	}
	for _, f := range datadir.Durable {
		if f.Always && f.Kind != datadir.Folder && !there[f.Name] {
			return bad("lacks " + f.Name)
		}
	}
	return m, nil
}

func (t target) manifest(generation string) (Manifest, error) {
	path := filepath.Join(t.generation(generation), manifestName)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, registry.Errorf(registry.Unreadable, "the backup %s has no manifest", t.generation(generation)).WithHint("it is not complete: use another generation")
	}
	if err != nil {
		return Manifest{}, ioError(path, "cannot be read", err)
	}
	return decode(b, t.generation(generation))
}

// check reads a file of a generation and says in words what is wrong with it; "" where nothing is.
func (i Item) check(path string) string {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "is missing"
	}
	if err != nil {
		return "cannot be read: " + err.Error()
	}
	defer f.Close()
	n, sum, err := sumOf(f)
	if err != nil {
		return "cannot be read: " + err.Error()
	}
	return i.differs(n, sum)
}

func (i Item) differs(n int64, sum string) string {
	switch {
	case n < i.Size:
		return "is cut off"
	case n != i.Size || sum != i.SHA256:
		return "was altered or damaged"
	}
	return ""
}

func sumOf(r io.Reader) (int64, string, error) {
	h := sha256.New()
	n, err := io.Copy(h, r)
	return n, hex.EncodeToString(h.Sum(nil)), err
}

// isBlob says whether an item is one of the files that generations share.
func (i Item) isBlob() bool { return strings.Contains(i.Path, "/") }
