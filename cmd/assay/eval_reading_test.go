package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/eval/reading"
	"github.com/openassay/assay/internal/need"
)

// The Portuguese samples are in the repository, so this much of the gold set is measured everywhere.
func TestEvalReading(t *testing.T) {
	gold := filepath.Join(need.Root(), "eval", "gold", "reading")
	var out, errs bytes.Buffer
	if code := command(context.Background(), []string{"eval", "reading", "--gold", gold, "--against", "a", "--format", "json"}, &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	var rep reading.Report
	if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
		t.Fatal(err)
	}
	if len(rep.Missing) != 25 || rep.Lost != 0 {
		t.Errorf("%d texts missing, %d units lost", len(rep.Missing), rep.Lost)
	}
	for _, l := range rep.Languages {
		switch {
		case l.Code == "pt" && (l.Adjudicated != 5 || l.Machine == nil || l.Machine.Modality.N < 250):
			t.Errorf("pt: %+v", l)
		case l.Code == "pt" && (l.Machine.WithoutHeadings.Share < 0.5 || len(rep.Misses) == 0):
			t.Errorf("pt: the samples are read worse than by half, or without a miss: %+v, %d misses", l.Machine.WithoutHeadings, len(rep.Misses))
		case l.Code == "en" && l.Machine != nil:
			t.Error("en was measured without its texts")
		}
	}
	for _, c := range []struct{ args, want string }{
		{"eval reading --against c", "no answer"},
		{"eval reading --gold " + t.TempDir(), "texts.csv"},
	} {
		errs.Reset()
		if code := command(context.Background(), strings.Fields(c.args), &out, &errs); code == 0 || !strings.Contains(errs.String(), c.want) {
			t.Errorf("%s: exit %d, %s", c.args, code, errs.String())
		}
	}
}
