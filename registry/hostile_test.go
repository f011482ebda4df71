package registry_test

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/openassay/assay/registry"
)

// A record's page is where its id says, whatever another record's claims say.
func TestNobodyTakesAnothersAddress(t *testing.T) {
	es := []Entry{source(t, "src_a", "wire", "2025")}
	for _, id := range []string{"ins_a", "ins_real", "ins_z", "pty_ZMB", "pty_zmb"} {
		field := "title"
		if strings.HasPrefix(id, "pty") {
			field = "alias"
		}
		es = append(es, claim(t, id, field, "", id, "src_a"))
	}
	es = append(es, claim(t, "ins_a", "address", "", "REAL", "src_a"), claim(t, "ins_z", "address", "", "shared", "src_a"),
		claim(t, "ins_a", "redirect", "", "ins_z", "src_a"), claim(t, "ins_b", "title", "", "b", "src_a"), claim(t, "ins_b", "address", "", "a", "src_a"))
	for i := range 20 { // maps have no order
		v := Compile(es, Reader(), "")
		for _, c := range []struct {
			kind             Kind
			address, id, now string
		}{{KindInstrument, "real", "ins_real", "real"}, {KindInstrument, "Real", "ins_real", "real"}, {KindInstrument, "shared", "ins_z", "shared"}, {KindInstrument, "z", "ins_z", "shared"},
			{KindInstrument, "a", "ins_z", "shared"}, {KindInstrument, "b", "ins_b", "b"}, {KindParty, "ZMB", "pty_ZMB", "ZMB"}, {KindParty, "zmb", "pty_zmb", "zmb"}} {
			if r := v.ByAddress(c.kind, c.address); r == nil || string(r.ID) != c.id || r.Address() != c.now {
				t.Fatalf("round %d: %s leads to %+v, want %s", i, c.address, r, c.id)
			}
		}
	}
}

func TestHostileClaimsAreRefused(t *testing.T) {
	head := "record,field,key,value,source\n"
	for _, c := range []struct{ row, want string }{
		{"ins_x,address,,../../parties/ZMB,src_a", "is not an address"},
		{"ins_x,address,,//evil.example,src_a", "is not an address"},
		{"ins_x,address,,x.json,src_a", "is not an address"},
		{"ins_x.csv,title,,A,src_a", "is not a record's id"},
	} {
		if _, errs := ReadClaims("f.csv", []byte(head+c.row+"\n")); len(errs) != 1 || !strings.Contains(errs[0].Error(), c.want) {
			t.Errorf("%s: %v", c.row, errs)
		}
	}
}

// What an error quotes from a file stays short, however long the cell was.
func TestErrorsStayShort(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	head := "record,field,key,value,source\n"
	for _, body := range []string{head + "ins_" + long + ",title,,A,src_a\n", head + "ins_a," + long + ",,A,src_a\n", head + "ins_a,event,signed," + long[:15000] + ",src_a\n",
		head + "ins_a,title,,A," + long + "\n", `"` + long + "\"\n", "record," + long + "\n"} {
		_, errs := ReadClaims("f.csv", []byte(body))
		if len(errs) != 1 || len(errs[0].Error()) > 600 || len(HintOf(errs[0])) > 2000 {
			t.Errorf("%.40q: %d errors, the first of %d bytes", body, len(errs), len(fmt.Sprint(errs)))
		}
	}
}

// Two names of one party are not a contradiction once one is merged into the other.
func TestNameOfMergedPartyIsAnAlias(t *testing.T) {
	es := []Entry{source(t, "src_a", "wire", "2025"), source(t, "src_b", "official_text", "2025"),
		claim(t, "pty_XDUP", "name", "short", "Double", "src_b"), claim(t, "pty_ZMB", "name", "short", "Zambia", "src_a"), claim(t, "pty_XDUP", "redirect", "", "pty_ZMB", "src_a")}
	r := Compile(es, Reader(), "").Record("pty_XDUP")
	if r.Title() != "Zambia" || r.Disputed() != 0 || len(r.Values("alias")) != 1 {
		t.Errorf("%s, %d disputed, also %v", r.Title(), r.Disputed(), r.Values("alias"))
	}
}
