package ingest_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/ingest"
)

// Dates that are not a day are dates all the same; they stand in ids without their signs.
func TestDatesThatAreNotADay(t *testing.T) {
	for _, date := range []string{"2025~", "2025-03?", "2021/2027", "../2024", "202X", "2025-02-31", "soon"} {
		im := registryOf(t, "")
		dir := t.TempDir()
		write(t, dir, map[string]string{"a.md": "---\ntitle: About lithium\ndate: " + date + "\nsource_url: https://www.state.gov/x\n---\n" + memo})
		if r := do(t, im, dir); r.Documents != 1 || len(r.Quarantined) != 0 {
			t.Errorf("%s: %+v", date, r)
		}
		if r := do(t, im, dir); r.Entries != 0 || r.Known != 1 {
			t.Errorf("%s, again: %+v", date, r)
		}
	}
}

// A pipe that is named on the command line must not be waited for.
func TestNamedPipe(t *testing.T) {
	im := registryOf(t, "")
	p := filepath.Join(t.TempDir(), "pipe.md")
	if err := exec.Command("mkfifo", p).Run(); err != nil {
		t.Skip("no pipes here: ", err)
	}
	done := make(chan *ingest.Report, 1)
	go func() {
		r, err := im.Import(t.Context(), p)
		if err != nil {
			t.Error(err)
		}
		done <- r
	}()
	select {
	case r := <-done:
		if len(r.Quarantined) != 1 || !strings.Contains(r.Quarantined[0].Reason, "not a regular file") {
			t.Errorf("%+v", r)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for the pipe")
	}
}
