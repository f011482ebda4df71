// Package blob keeps bytes under the name of their own content: originals, readings, analyses. Start with [Open], or
// [NewMemory] for a registry of which nothing is to remain.
//
// A hash is the SHA-256 of the bytes in 64 lower-case hexadecimal digits; anything else is registry.Invalid wherever a hash is
// taken, before it comes near a path. The hash of a restricted blob says nothing about it, but whoever holds the same bytes can
// make the same hash: do not show it to those who may not see the blob.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/openassay/assay/registry"
)

// Store is a set of blobs. All methods may be called from several goroutines at once.
type Store interface {
	// Put keeps the bytes and gives their hash. Putting the same bytes again changes nothing. What is acknowledged survives the
	// death of the process, and no one ever meets a part of a blob.
	Put(data []byte) (hash string, err error)

	// PutReader keeps all that r gives, at most limit bytes; more is registry.Invalid, and nothing is kept. An error of r is
	// given on as it is.
	PutReader(r io.Reader, limit int64) (hash string, size int64, err error)

	// Get gives the bytes. It is registry.NotFound where there are none, and registry.Unreadable where they no longer
	// fit the hash: damaged bytes are never given out.
	Get(hash string) ([]byte, error)

	// Has says whether there is a blob of the hash; it does not read the bytes.
	Has(hash string) (bool, error)

	// Walk calls do for each blob, in order of hash, with its size in bytes, until do fails.
	Walk(do func(hash string, size int64) error) error

	// Remove takes a blob away for good (a court order, a person's data). Removing what is not there changes nothing.
	Remove(hash string) error
}

// Hash is the name of data.
func Hash(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// CheckHash says whether hash is one: 64 lower-case hexadecimal digits.
func CheckHash(hash string) error {
	ok := len(hash) == 2*sha256.Size
	for i := 0; ok && i < len(hash); i++ {
		c := hash[i]
		ok = c >= '0' && c <= '9' || c >= 'a' && c <= 'f'
	}
	if !ok {
		return registry.Errorf(registry.Invalid, "%.80q is no hash of a blob", hash).WithHint("a hash is 64 digits of 0-9 and a-f")
	}
	return nil
}

func notFound(hash string) error {
	return registry.Errorf(registry.NotFound, "there is no blob %s", hash).WithHint("its file may not have been imported here, or was erased")
}

func tooLarge(limit int64) error {
	return registry.Errorf(registry.Invalid, "the file has more than %d bytes", limit).WithHint("split it, or raise the limit if it is to be kept whole")
}
