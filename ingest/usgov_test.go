package ingest_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/registry"
)

// outcomes are what must come of files of us-gov, by a part of their names: the instrument, "own" for a record of its own, "" for none.
var outcomes = []struct{ file, instrument, docType string }{
	{"malaysia-concerning-cooperation", "ins_us-malaysia-mou-2025", "final"},
	{"government-of-mala", "ins_us-malaysia-mou-2025", "final"},
	{"and-malaysia-on-reciprocal-trade", "ins_us-malaysia-art-2025", "final"},
	{"and-malaysia-on-recipricol-trade", "ins_us-malaysia-art-2025", "final"},
	{"2025-10-20-united-states-australia-framework", "ins_us-australia-framework-2025", "final"},
	{"joint-statement-on-united-states-malaysia-agreement", "own", "statement"}, // announces the agreement of the same day
	{"joint-statement-on-united-states-cambodia-agreement", "own", "statement"},
	{"kingdom-of-cambodia-on-reciprocal-trade", "own", "final"},
	{"2025-11-13-joint-statement-on-framework-for-united-states-ecuador", "own", "statement"},
	{"2025-11-13-joint-statement-on-framework-for-united-states-guatemala", "own", "statement"},
	{"fact-sheet-president-donald-j-trump-solidifies", "", "summary"},
}

// pairs are files that repeat each other but for misspelt names, one of them a little different.
var pairs = [][2]string{
	{"and-malaysia-on-reciprocal-trade", "and-malaysia-on-recipricol-trade"},
	{"kingdom-of-cambodia-on-reciprocal-trade", "kingdom-of-camboida-on-recipricol-trade"},
	{"joint-statement-on-a-framework-for-a-united-states-thailand", "joint-statement-on-a-frameowkr-for-a-united-states-thailand"},
}

func TestUSGov(t *testing.T) {
	im := registryWith(t, "", func(registry.Entry) bool { return true })
	r := do(t, im, need.Shared(t, "texts", "us-gov"))
	if len(r.Quarantined) > 0 || r.Duplicates != len(pairs) || len(r.Review) > 4 {
		t.Errorf("quarantined %+v, %d duplicates, %d to review", r.Quarantined, r.Duplicates, len(r.Review))
	}
	v := viewOf(t, im)
	find := func(part string) *registry.Record {
		for _, d := range v.OfKind(registry.KindDocument) {
			if strings.Contains(d.String("file_name"), part) {
				return d
			}
		}
		t.Fatalf("no document of a file with %q", part)
		return nil
	}
	belongs := func(d *registry.Record) string {
		if refs := d.Refs("instrument"); len(refs) > 0 {
			return string(refs[0])
		}
		return ""
	}
	for _, o := range outcomes {
		d := find(o.file)
		got := belongs(d)
		if o.instrument == "own" && got == "ins_"+d.ID.Tail() {
			got = "own"
		}
		if got != o.instrument || d.String("document_type") != o.docType {
			t.Errorf("%s: %s as %s, want %s as %s", o.file, got, d.String("document_type"), o.instrument, o.docType)
		}
	}
	for _, p := range pairs {
		a, b := find(p[0]), find(p[1])
		if belongs(a) != belongs(b) || belongs(a) == "" {
			t.Errorf("%s and its near-duplicate belong to %q and %q", p[0], belongs(a), belongs(b))
		}
		if links := append(a.Refs("duplicate_of"), b.Refs("duplicate_of")...); len(links) != 1 || links[0] != a.ID && links[0] != b.ID {
			t.Errorf("%s is not linked to its near-duplicate: %v", p[0], links)
		}
	}
	// The record of the agreement says where the statement about it is: the statement's own record points there.
	statement := v.Record(registry.RecordID("ins_" + find("joint-statement-on-united-states-malaysia-agreement").ID.Tail()))
	if rel := statement.Refs("related"); len(rel) != 1 || rel[0] != "ins_us-malaysia-art-2025" {
		t.Errorf("related: %v", rel)
	}
	if mou := v.Record("ins_us-malaysia-mou-2025"); mou.KeyedString("legal_nature", "stated") != "non_binding" {
		t.Errorf("the Malaysia memorandum says that it is not binding; stated: %q", mou.KeyedString("legal_nature", "stated"))
	}
}
