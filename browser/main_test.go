package browser

import (
	"os"
	"testing"

	"github.com/openassay/assay/internal/seeded"
)

func TestMain(m *testing.M) { os.Exit(seeded.Tests{M: m}.Run()) }
