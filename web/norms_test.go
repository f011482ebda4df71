package web

import (
	"testing"

	"github.com/openassay/assay/assay"
)

func TestDeadlinesInWords(t *testing.T) {
	v := &reader{request: &request{locale: loadCatalogue().locales["en"]}}
	for _, c := range []struct {
		d    assay.Deadline
		want string
	}{
		{assay.Deadline{Date: "2027-03"}, "by March 2027"},
		{assay.Deadline{Period: "P180D", From: "signature"}, "within 180 days of signature"},
		{assay.Deadline{Period: "P1Y"}, "within 1 year"},
		{assay.Deadline{Period: "P30D", From: "meeting", Before: true}, "30 days before the meeting"},
		{assay.Deadline{Period: "R/P1Y"}, "every year"},
		{assay.Deadline{Period: "R/P5Y"}, "every 5 years"},
		{assay.Deadline{Period: "P1Y6M"}, "within P1Y6M"}, // not one unit: shown as it is
	} {
		if got := v.deadline(c.d); got != c.want {
			t.Errorf("%+v: %q, not %q", c.d, got, c.want)
		}
	}
}
