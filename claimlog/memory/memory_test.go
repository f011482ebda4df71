package memory_test

import (
	"testing"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/logtest"
	"github.com/openassay/assay/claimlog/memory"
)

func TestContract(t *testing.T) {
	logtest.Run(t, func(*testing.T) claimlog.Log { return memory.New() })
}
