package framework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/openassay/assay/overlap/framework"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

// world is what the cases share: four states, a bloc with a member that left, a ministry, a company and minerals.
const world = `
pty_AAA,party_kind,,state,,
pty_BBB,party_kind,,state,,
pty_CCC,party_kind,,state,,
pty_DDD,party_kind,,state,,
pty_bloc,party_kind,,bloc,,
pty_DDD,member_of,,pty_bloc,2010-01-01,2020-06-30
pty_CCC,member_of,,pty_bloc,2010-01-01,
pty_aaa-mines,party_kind,,ministry,,
pty_aaa-mines,state,,AAA,,
pty_aaa-co,party_kind,,company,,
pty_aaa-co,state,,AAA,,
min_neodymium,name,short,neodymium,,
min_rare-earths,name,short,rare earths,,
min_neodymium,mineral_group,,rare-earths,,
min_lithium,name,short,lithium,,
min_cobalt,name,short,cobalt,,
`

// view compiles rows of record, field, key, value, from, until.
func view(t testing.TB, rows string) *registry.View {
	t.Helper()
	csv := "record,field,key,value,lang,not,source,locator,from,until,method,note\n"
	for _, line := range strings.Split(strings.TrimSpace(world+rows), "\n") {
		c := strings.Split(strings.TrimSpace(line), ",")
		for len(c) < 6 {
			c = append(c, "")
		}
		csv += fmt.Sprintf("%s,%s,%s,%s,,,src_test,,%s,%s,,\n", c[0], c[1], c[2], c[3], c[4], c[5])
	}
	claims, errs := registry.ReadClaims("test.csv", []byte(csv))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	es := []registry.Entry{{Type: registry.EntrySource, Audience: registry.Public, At: at, By: "test", Source: &registry.Source{ID: "src_test", Title: "Test", Publisher: "Test", Grade: "official_release", Date: "2026-11-01"}}}
	for i := range claims {
		es = append(es, registry.Entry{Type: registry.EntryClaim, Audience: registry.Public, At: at, By: "test", Claim: &claims[i]})
	}
	for i := range es {
		var err error
		if es[i], err = registry.NewEntry(es[i]); err != nil {
			t.Fatal(err)
		}
	}
	return registry.Compile(es, registry.Reader(), "")
}

// instrument is an instrument, or talks, between sides (with +) on minerals and areas.
func instrument(id, sides, minerals, areas, signed string) string {
	out := id + ",title,," + id + "\n"
	if strings.HasPrefix(id, "ins_") {
		out += id + ",type,,mou\n"
	}
	for _, list := range [][2]string{{"party", sides}, {"mineral", minerals}, {"area", areas}} {
		for _, x := range strings.Split(list[1], "+") {
			if x != "" {
				out += id + "," + list[0] + ",," + x + "\n"
			}
		}
	}
	if signed != "" {
		out += id + ",event,signed," + signed + "\n"
	}
	return out
}

func TestGrade(t *testing.T) {
	a := instrument("ins_a", "AAA+BBB", "lithium+cobalt", "finance+skills+supply_chain", "2021")
	for _, c := range []struct {
		name, rows string
		want       framework.Grade
		why        string // codes of the reasons
		unknown    string
	}{
		{"the same again", instrument("ins_b", "AAA+BBB", "lithium", "finance+skills", "2022"), framework.Duplicate, "sides minerals areas", ""},
		{"a ministry counts for its state", instrument("ins_b", "aaa-mines+BBB", "lithium", "finance+skills", "2022"), framework.Duplicate, "sides minerals areas", ""},
		{"a company does not", instrument("ins_b", "aaa-co+BBB", "lithium", "finance+skills", "2022"), framework.Adjacent, "sides minerals areas", ""},
		{"one subject of many", instrument("ins_b", "AAA+BBB", "lithium", "finance+energy+research+health", "2022"), framework.Overlapping, "sides minerals areas", ""},
		{"a wider circle", instrument("ins_b", "AAA+BBB+CCC", "lithium", "finance+skills", "2022"), framework.Overlapping, "sides minerals areas", ""},
		{"a wider circle, minerals described, one subject", instrument("ins_b", "AAA+BBB+CCC", "", "finance", "2022") + "ins_b,mineral_scope,,critical minerals", framework.Adjacent, "sides general areas", ""},
		{"a wider circle, minerals described, two subjects", instrument("ins_b", "AAA+BBB+CCC", "", "finance+skills", "2022") + "ins_b,mineral_scope,,critical minerals", framework.Overlapping, "sides general areas", ""},
		{"other minerals", instrument("ins_b", "AAA+BBB", "rare-earths", "finance+skills", "2022"), framework.Adjacent, "sides other areas", ""},
		{"no mineral recorded", instrument("ins_b", "AAA+BBB", "", "finance+skills", "2022"), framework.Adjacent, "sides areas", "minerals"},
		{"minerals described", instrument("ins_b", "AAA+BBB", "", "finance+skills", "2022") + "ins_b,mineral_scope,,critical minerals", framework.Duplicate, "sides general areas", ""},
		{"no area recorded", instrument("ins_b", "AAA+BBB", "lithium", "", "2022"), framework.Overlapping, "sides minerals", "areas"},
		{"only what all have", instrument("ins_b", "AAA+BBB", "lithium", "governance", "2022") + "ins_a,area,,governance", framework.Adjacent, "sides minerals areas no_area", ""},
		{"ended before", instrument("ins_b", "AAA+BBB", "lithium", "finance+skills", "2010") + "ins_b,event,terminated,2015", framework.Adjacent, "sides minerals areas before", ""},
		{"no date", instrument("ins_b", "AAA+BBB", "lithium", "finance+skills", ""), framework.Duplicate, "sides minerals areas", "time"},
		{"the roadmap of it", instrument("ins_b", "AAA+BBB", "lithium", "finance+skills", "2022") + "ins_b,implements,,ins_a", framework.Adjacent, "sides linked", ""},
		{"the same partner and subject", instrument("ins_b", "AAA+CCC", "lithium", "finance+skills", "2022"), framework.Adjacent, "sides minerals areas", ""},
		{"the same partner, another subject", instrument("ins_b", "AAA+CCC", "lithium", "energy", "2022"), framework.Disjoint, "sides minerals no_area", ""},
		{"nobody in common", instrument("ins_b", "CCC+DDD", "lithium", "finance", "2022"), framework.Disjoint, "no_side", ""},
	} {
		p := pairOf(t, a+c.rows, "ins_a", "ins_b")
		var why []string
		for _, r := range p.Reasons {
			why = append(why, r.Code)
		}
		if p.Grade != c.want || strings.Join(why, " ") != c.why || strings.Join(p.Unknown, " ") != c.unknown {
			t.Errorf("%s: %s because %v, unknown %v; want %s because %s, unknown %s", c.name, p.Grade, why, p.Unknown, c.want, c.why, c.unknown)
		}
	}
}

func pairOf(t testing.TB, rows, a, b string) framework.Pair {
	t.Helper()
	p, ok := framework.New(view(t, rows)).Pair(registry.RecordID(a), registry.RecordID(b))
	if !ok {
		t.Fatalf("%s and %s are no frameworks", a, b)
	}
	return p
}

// TestMembership holds the membership of a bloc against the date: what a state signed after it had left is not the bloc's business.
func TestMembership(t *testing.T) {
	bloc := instrument("ins_a", "BBB+bloc", "neodymium", "finance", "2015")
	for _, c := range []struct {
		side, signed string
		want         framework.Grade
	}{
		{"CCC", "2022", framework.Overlapping},
		{"DDD", "2019", framework.Overlapping},
		{"DDD", "2022", framework.Adjacent}, // one side in common, the same mineral and subject
		{"AAA", "2022", framework.Adjacent},
	} {
		p := pairOf(t, bloc+instrument("ins_b", "BBB+"+c.side, "rare-earths", "finance", c.signed), "ins_a", "ins_b")
		if p.Grade != c.want {
			t.Errorf("%s in %s: %s, want %s (%+v)", c.side, c.signed, p.Grade, c.want, p.Reasons)
		}
		if c.want == framework.Overlapping && !slices.Equal(p.Reasons[1].Records, []registry.RecordID{registry.RecordID("pty_" + c.side), "pty_bloc"}) {
			t.Errorf("%s: %+v", c.side, p.Reasons)
		}
	}
}

func TestCourted(t *testing.T) {
	talks := func(id, sides, mineral, event string) string {
		return instrument(id, sides, mineral, "finance", "") + id + ",event," + event + ",2025\n"
	}
	v := view(t, talks("neg_a", "AAA+BBB", "lithium", "launched_talks")+talks("neg_b", "AAA+CCC", "lithium", "launched_talks")+
		talks("neg_c", "AAA+DDD", "lithium", "abandoned")+talks("neg_d", "AAA+DDD", "cobalt", "launched_talks")+
		instrument("ins_old", "AAA+BBB", "lithium", "skills", "2019")+"neg_x,sample,,yes\n"+talks("neg_x", "AAA+DDD", "lithium", "launched_talks"))
	s := framework.New(v)
	got := s.Courted()
	if len(got) != 1 || got[0].Partner != "pty_AAA" || got[0].Mineral != "min_lithium" || len(got[0].Talks) != 2 {
		t.Fatalf("%+v", got)
	}
	if had := got[0].Talks[0].Had; len(had) != 1 || had[0].Record.ID != "ins_old" {
		t.Errorf("precedents %+v", had)
	}
	rs := s.Rivals("neg_a")
	if len(rs) != 1 || rs[0].State != "pty_CCC" || rs[0].Frames[0].Record.ID != "neg_b" {
		t.Errorf("rivals %+v", rs)
	}
	if rs := s.Rivals("neg_c"); len(rs) != 0 {
		t.Errorf("talks that were given up have rivals: %+v", rs)
	}
}

func TestEarlier(t *testing.T) {
	s := framework.New(view(t, instrument("neg_a", "AAA+BBB", "lithium", "value_addition", "")+"neg_a,event,launched_talks,2025\n"+
		instrument("ins_treaty", "AAA+bloc+BBB", "", "market_access", "2012")+"ins_treaty,legal_nature,stated,binding\n"+
		instrument("ins_soft", "AAA+BBB", "lithium", "value_addition", "2012")+"ins_soft,legal_nature,stated,non_binding\n"+
		"law_ban,title,,Export ban\nlaw_ban,issuer,,AAA\nlaw_ban,mineral,,lithium\nlaw_ban,event,in_force,2020\n"+
		"law_other,title,,Another\nlaw_other,issuer,,AAA\nlaw_other,mineral,,cobalt\nlaw_other,event,in_force,2020\n"))
	var got []string
	for _, d := range s.Earlier("neg_a") {
		got = append(got, fmt.Sprint(d.Frame.Record.ID, d.Sides))
	}
	if want := []string{"ins_treaty[pty_AAA pty_BBB]", "law_ban[pty_AAA]"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestSymmetric holds of the embedded registry: a pair has one grade whichever record is asked, and Pairs and Of tell the same.
func TestSymmetric(t *testing.T) {
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	v := registry.Compile(es, registry.Reader(), "")
	s := framework.New(v)
	all := map[string]framework.Grade{}
	for _, p := range s.Pairs() {
		all[string(p.A.Record.ID+" "+p.B.Record.ID)] = p.Grade
	}
	if len(all) < 100 {
		t.Errorf("only %d pairs", len(all))
	}
	n := 0 // of all pairs, compared one by one
	both := slices.Concat(v.OfKind(registry.KindInstrument), v.OfKind(registry.KindNegotiation))
	for i, a := range both {
		for _, b := range both[i+1:] {
			if p, ok := s.Pair(a.ID, b.ID); ok && p.Grade != framework.Disjoint && !a.Sample() && !b.Sample() {
				if g := all[string(min(a.ID, b.ID)+" "+max(a.ID, b.ID))]; g == p.Grade {
					n++
				} else if !stood(a) && !stood(b) {
					t.Errorf("%s %s: %s, among all %q", a.ID, b.ID, p.Grade, g)
				}
			}
		}
	}
	if n != len(all) {
		t.Errorf("%d pairs, %d compared one by one", len(all), n)
	}
	records := slices.Concat(v.OfKind(registry.KindInstrument), v.OfKind(registry.KindNegotiation))
	rapid.Check(t, func(rt *rapid.T) {
		r := rapid.SampledFrom(records).Draw(rt, "record")
		if r.Sample() {
			rt.Skip()
		}
		for _, p := range s.Of(r.ID) {
			q, _ := s.Pair(p.B.Record.ID, p.A.Record.ID)
			if q.Grade != p.Grade || len(q.Reasons) != len(p.Reasons) {
				rt.Fatalf("%s %s: %s, the other way %s", p.A.Record.ID, p.B.Record.ID, p.Grade, q.Grade)
			}
			a, b := min(p.A.Record.ID, p.B.Record.ID), max(p.A.Record.ID, p.B.Record.ID)
			if g, ok := all[string(a+" "+b)]; ok && g != p.Grade {
				rt.Fatalf("%s %s: %s, among all %s", a, b, p.Grade, g)
			}
		}
	})
}

// stood says that talks are over and something came of them, which stands for them.
func stood(r *registry.Record) bool {
	return r.Kind == registry.KindNegotiation && len(r.Refs("outcome")) > 0
}
