//go:build !unix

package tiles

import (
	"context"
	"time"

	"github.com/openassay/assay/registry"
)

// Options of [Grow].
type Options struct {
	Witnesses []byte
	Timeout   time.Duration
}

// Grow needs a Unix.
func Grow(ctx context.Context, dir, skey string, next func(from int64) ([][]byte, error), opt Options) error {
	return registry.Errorf(registry.Unsupported, "the ledger's tree cannot be grown on this system").WithHint("open the data directory on Linux or macOS once: the leaves are kept until then")
}
