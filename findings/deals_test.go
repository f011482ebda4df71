package findings_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// deals compiles records with sources of their own: record, field, key, value, source.
func deals(t testing.TB, sources []registry.Source, claims ...[]string) *registry.View {
	t.Helper()
	var es []registry.Entry
	put := func(e registry.Entry) {
		e.At, e.By, e.Audience = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), "person:test", registry.Public
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		es = append(es, e)
	}
	for i := range sources {
		put(registry.Entry{Source: &sources[i]})
	}
	for _, c := range claims {
		v, err := registry.ParseValue(registry.FieldOf(c[1]), c[3], "")
		if err != nil {
			t.Fatal(c, err)
		}
		put(registry.Entry{Claim: &registry.Claim{Record: registry.RecordID(c[0]), Field: c[1], Key: c[2], Value: v, Source: registry.SourceID(c[4])}})
	}
	return registry.Compile(es, registry.Reader(), "")
}

var twoSides = [][]string{{"pty_AAA", "name", "short", "Aland", "src_x"}, {"pty_AAA", "party_kind", "", "state", "src_x"}, {"pty_BBB", "name", "short", "Beland", "src_x"}, {"pty_BBB", "party_kind", "", "state", "src_x"},
	{"pty_mines", "name", "short", "Ministry of Mines", "src_x"}, {"pty_mines", "party_kind", "", "ministry", "src_x"}, {"pty_mines", "state", "", "AAA", "src_x"},
	{"ins_a", "title", "", "A deal", "src_x"}, {"ins_a", "party", "", "AAA", "src_x"}, {"ins_a", "party", "", "BBB", "src_x"}, {"ins_a", "area", "", "finance", "src_x"}}

// Each state of an item is told from the others, with the claim behind it; law stands beside and never counts.
func TestIndexStates(t *testing.T) {
	src := []registry.Source{{ID: "src_x", Title: "X", Date: "2026-02-01", Grade: "trade_press"}, {ID: "src_looked", Title: "Search", Date: "2026-05-04", Grade: "trade_press"}, {ID: "src_o", Title: "O", Date: "2026-01-01", Grade: "official_release"}}
	claims := append(slices.Clone(twoSides), []string{"ins_a", "text_status", "final", "not_found", "src_looked"}, []string{"ins_a", "text_status", "annex", "not_public", "src_x"},
		[]string{"ins_a", "event", "signed", "2026-01-15", "src_o"}, []string{"ins_a", "lead_body", "", "{withheld:security}", "src_x"}, []string{"neg_a", "title", "", "Talks", "src_x"}, []string{"neg_a", "outcome", "", "ins_a", "src_x"},
		[]string{"neg_a", "event", "launched_talks", "2025-12-01", "src_o"}, []string{"law_a", "title", "", "Act", "src_x"}, []string{"law_a", "law_type", "", "access_to_information", "src_x"}, []string{"law_a", "issuer", "", "AAA", "src_x"})
	v := deals(t, src, claims...)
	d := findings.DealsOf(v)
	x := d.Index(v.Record("ins_a"))
	got := map[string]findings.ItemState{}
	for _, i := range x.Items {
		got[i.Item] = i
	}
	for item, want := range map[string]string{"talks": findings.Found, "text": findings.NotFound, "annexes": findings.NotPublic, "signatories": findings.Partly, "signature": findings.Found, "lead": findings.NotPublic,
		"mandate": findings.NotLookedFor, "parliament": findings.NotLookedFor, "finance_terms": findings.NotApplicable, "amount": findings.NotLookedFor} {
		if got[item].State != want {
			t.Errorf("%s: %s, want %s", item, got[item].State, want)
		}
		if want != findings.NotLookedFor && want != findings.NotApplicable && len(got[item].Claims) == 0 {
			t.Errorf("%s rests on no claim", item)
		}
	}
	if got["text"].Day != "2026-05-04" {
		t.Errorf("looked for on %q", got["text"].Day)
	}
	if l := got["text"].Law; len(l) != 2 || len(l[0].Laws) != 1 || l[0].Side != "pty_AAA" || len(l[1].Laws) != 0 || len(got["talks"].Law) != 0 {
		t.Errorf("law: %+v", l)
	}
	if x.Of != 14 || x.Applicable != 13 || x.Known != 5 || x.Unknown != 8 || x.Score >= 0 {
		t.Errorf("%d of %d known, %d unknown, score %v", x.Known, x.Applicable, x.Unknown, x.Score)
	}
	if n := d.Index(v.Record("neg_a")); n.Items[0].State != findings.Found || n.Items[3].State != findings.NotFound || n.Items[10].State == findings.NotPublic {
		t.Errorf("the negotiation: %+v", n.Items)
	}
	alone := d.Index(deals(t, src, []string{"neg_b", "title", "", "Talks", "src_x"}).Record("neg_b"))
	if alone.Items[3].State != findings.NotApplicable || alone.Items[0].State != findings.NotLookedFor {
		t.Errorf("talks of which nothing came: %+v", alone.Items[:4])
	}
}

// The indicator of the finding and the records' pages count the same.
func TestIndexIsTheIndicator(t *testing.T) {
	v := seedView(t, "")
	d := findings.DealsOf(v)
	i := embedded().Finding("transparency").Indicator("index")
	count, total := 0, 0
	for _, r := range d.Records() {
		x := d.Index(r)
		if x.Lower < 0 || x.Lower > x.Upper || x.Upper > 1 || x.Known+x.Unknown != x.Applicable || len(x.Items) != 14 || x.Score >= 0 && 2*x.Unknown > x.Applicable {
			t.Errorf("%s: %+v", r.ID, x)
		}
		if r.Kind != registry.KindInstrument {
			continue
		}
		total += x.Applicable
		for _, it := range x.Items {
			if it.State == findings.Found || it.State == findings.Partly {
				count++
			}
		}
	}
	if count != i.Count || total != i.Total || count < 100 {
		t.Errorf("%d of %d, the indicator has %d of %d", count, total, i.Count, i.Total)
	}
}

// Who published what first, and how much later, from the dates of official sources; what is not dated or not recorded is not known.
func TestSides(t *testing.T) {
	src := []registry.Source{{ID: "src_x", Title: "X", Date: "2026-02-01", Grade: "trade_press", Publisher: "Aland"}, {ID: "src_a1", Title: "Release", Date: "2026-01-10", Grade: "official_release", Publisher: "Ministry of Mines"},
		{ID: "src_a2", Title: "Text", Date: "2026-03", Grade: "official_text", Publisher: "Ministry of Mines (copy at a magazine)"}, {ID: "src_b1", Title: "Release", Date: "2026-01-31", Grade: "official_release", Publisher: "Beland"},
		{ID: "src_b2", Title: "Summary", Grade: "official_release", Publisher: "beland"}, {ID: "src_o", Title: "Other", Date: "2026-01-01", Grade: "official_release", Publisher: "Somebody"}}
	v := deals(t, src, append(slices.Clone(twoSides), []string{"ins_a", "event", "signed", "2026-01-09", "src_a1"}, []string{"ins_a", "type", "", "mou", "src_b1"}, []string{"ins_a", "text_status", "final", "found", "src_a2"},
		[]string{"ins_a", "text_status", "summary", "found", "src_b2"}, []string{"ins_a", "legal_nature", "stated", "non_binding", "src_o"})...)
	b := findings.DealsOf(v).Sides(v.Record("ins_a"))
	if len(b.Sides) != 2 || len(b.Sides[0].Publications) != 2 || len(b.Sides[1].Publications) != 2 || b.Others != 1 {
		t.Fatalf("%+v", b)
	}
	first := map[string][]findings.FirstSide{}
	for _, f := range b.First {
		first[f.Kind] = f.Sides
	}
	if a := first[findings.AnyKind]; *a[0].Low != -21 || *a[0].High != -21 || *a[1].Low != 21 || *a[1].High != 21 {
		t.Errorf("first of all: %+v", a)
	}
	if x := first[findings.OfText]; x[0].Source != "src_a2" || x[1].Source != "" || x[0].Low != nil || x[1].Low != nil {
		t.Errorf("text: %+v", x)
	}
	if x := first[findings.OfSummary]; x[0].Source != "" || x[1].Source != "src_b2" || x[1].Date != "" || x[1].Low != nil {
		t.Errorf("summary: %+v", x)
	}
	if first[findings.OfDraft] != nil || first[findings.Announcement] == nil {
		t.Errorf("kinds: %v", b.First)
	}
}

// However imprecise the dates, what one side is later the other is earlier, and the truth lies between the bounds.
func TestSidesLaw(t *testing.T) {
	dates := []string{"2025", "2025-10", "2025-10-26", "2025~", "2024/2026", "2026-02"}
	rapid.Check(t, func(rt *rapid.T) {
		x, y := rapid.SampledFrom(dates).Draw(rt, "a"), rapid.SampledFrom(dates).Draw(rt, "b")
		v := deals(t, []registry.Source{{ID: "src_x", Title: "X", Grade: "trade_press"}, {ID: "src_a", Title: "A", Date: x, Grade: "official_text", Publisher: "Aland"}, {ID: "src_b", Title: "B", Date: y, Grade: "official_text", Publisher: "Beland"}},
			append(slices.Clone(twoSides), []string{"ins_a", "alias", "", "One", "src_a"}, []string{"ins_a", "alias", "", "Two", "src_b"})...)
		s := findings.DealsOf(v).Sides(v.Record("ins_a")).First[0].Sides
		if *s[0].Low != -*s[1].High || *s[0].High != -*s[1].Low || *s[0].Low > *s[0].High {
			rt.Errorf("%s and %s: %d…%d, %d…%d", x, y, *s[0].Low, *s[0].High, *s[1].Low, *s[1].High)
		}
	})
}
