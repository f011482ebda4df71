package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// badScan reads every file as a scan of which little was recognised.
type badScan struct{ deskIntake }

func (x badScan) Look(ctx context.Context, a registry.Audience, f intake.File) (*intake.Looked, error) {
	l, err := x.deskIntake.Look(ctx, a, f)
	if err != nil {
		return nil, err
	}
	for _, p := range l.Parts {
		for i := range p.Texts {
			rd := *p.Texts[i].Reading
			rd.Format = "pdf"
			rd.Pages = append(rd.Pages[:0:0], rd.Pages...)
			for k := range rd.Pages {
				rd.Pages[k].OCR, rd.Pages[k].Confidence = true, 0.3
			}
			p.Texts[i].Reading = &rd
		}
	}
	return l, nil
}

// A bad scan is shown to whoever brings it in, before it has a record; of drafts that are brought in one after the other the second is offered the instrument of the first.
func TestIntakeScanAndNext(t *testing.T) {
	t.Parallel()
	var d *testDesk
	d = newDesk(t, web.Options{Intake: badScan{deskIntake{&d}}, Sheets: func(context.Context, []byte, int, int) ([]byte, error) { return nil, nil }, Original: func(string) ([]byte, error) { return nil, nil }})
	edda := d.as("Edda")
	job := edda.bringIn("/desk/intake", "/desk/intake", "scan.pdf", sample.Memorandum(), nil).Header.Get("Location")
	looked := edda.settled(job)
	if looked.StatusCode != http.StatusOK || !strings.Contains(looked.body, "30") {
		t.Fatalf("%d %s", looked.StatusCode, looked.body)
	}
	if a := edda.send(job, job, url.Values{"t0.title": {"Brine memo"}, "t0.type": {"draft"}, "t0.version": {"1"}, "t0.instrument": {"new"}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	edda.settled(job)
	job = edda.bringIn("/desk/intake", "/desk/intake", "next.txt", []byte("Something else\n\nArticle 1\n\nNobody owes anything to anybody.\n"), nil).Header.Get("Location")
	if got := parse(t, edda.settled(job).body).one(t, ".intake-text"); !strings.Contains(got, "you entered a text of it just now: Brine memo") {
		t.Errorf("the instrument of the text before is not offered: %s", got)
	}
}
