package instance

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/openassay/assay/registry"
)

// openSecret reads the secret at path. A new registry gets one, and so does one whose operator left an empty file there.
func (in *Instance) openSecret(path string, isNew bool, random io.Reader) ([]byte, error) {
	b, err := in.readSmall(secretName)
	switch {
	case err == nil && len(b) > 0:
		s, err := hex.DecodeString(strings.TrimSpace(string(b)))
		if err != nil || len(s) != secretLength {
			return nil, registry.Errorf(registry.Unreadable, "%s is not a secret of assay", path).
				WithHint("restore it from a backup: the ids of what is not public are made with it")
		}
		return s, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, &registry.Error{Code: registry.Unreadable, Message: path + " cannot be read", Err: err, Hint: "run as the owner of the data directory"}
	case err != nil && !isNew:
		return nil, registry.Errorf(registry.Unreadable, "%s is missing", path).
			WithHint("restore it from a backup; or leave an empty file there and a new one is made, but then what is not public enters a second time if it is imported again")
	}
	s := make([]byte, secretLength)
	if _, err := io.ReadFull(random, s); err != nil {
		return nil, fmt.Errorf("a secret for %s: %w", path, err)
	}
	if err := in.writeSmall(secretName, []byte(hex.EncodeToString(s)+"\n")); err != nil {
		return nil, &registry.Error{Code: registry.Unreadable, Message: path + " cannot be written", Err: err, Hint: "check the disk and who owns the folder"}
	}
	return s, nil
}
