package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// A contributor enters, an editor publishes what was saved as one, and undoes it: the public pages are the same bytes as before.
func TestPublish(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl, edda := d.as("Carl"), d.as("Edda")
	before := d.everything()
	carl.enter("/desk/new?kind=negotiation", negotiation())
	list := carl.get("/desk/unpublished")
	for _, f := range faults(list.body) {
		t.Errorf("unpublished: %s", f)
	}
	if strings.Contains(list.body, `name="batch"`) || !strings.Contains(list.body, "Talks of A and B") {
		t.Error("a contributor is offered to publish, or does not see what waits")
	}
	if a := carl.post("/desk/unpublished", with(filled(t, list, "/desk/unpublished", nil), url.Values{"batch": {"x"}, "step": {"save"}})); a.StatusCode != http.StatusNotFound {
		t.Errorf("a contributor publishes: %d", a.StatusCode)
	}
	list = edda.get("/desk/unpublished")
	if a := edda.post("/desk/unpublished", filled(t, list, "/desk/unpublished", nil)); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("nothing marked: %d", a.StatusCode)
	}
	batch := ""
	for _, x := range parse(t, list.body).all("input[name=batch]") {
		if batch == "" || strings.Contains(parse(t, list.body).one(t, ".batch"), "Talks of A and B") {
			batch = attr(x.Node, "value")
			break
		}
	}
	a := edda.post("/desk/unpublished", filled(t, list, "/desk/unpublished", url.Values{"batch": {batch}}))
	got := parse(t, a.body)
	for _, f := range faults(a.body) {
		t.Errorf("preview: %s", f)
	}
	if main := got.one(t, "main"); a.StatusCode != http.StatusOK || !strings.Contains(main, "2 new records") || !strings.Contains(main, "Country AAA") { // the talks, and the party that was not public
		t.Fatalf("%d %s", a.StatusCode, main)
	}
	if now := d.everything(); now["/negotiations"] != before["/negotiations"] {
		t.Error("looking has published")
	}
	if a = edda.post("/desk/unpublished", filled(t, a, "/desk/unpublished", url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("publish: %d", a.StatusCode)
	}
	public := d.browser().get("/negotiations/talks-of-a-and-b")
	if public.StatusCode != http.StatusOK || !strings.Contains(public.body, "Both sides met.") || !strings.Contains(public.body, "Ministry of A") || !strings.Contains(public.body, "Country AAA") {
		t.Errorf("the public gets %d", public.StatusCode)
	}
	h := d.browser().get("/negotiations/talks-of-a-and-b/history")
	for _, f := range faults(h.body) {
		t.Errorf("public history: %s", f)
	}
	if main := parse(t, h.body).one(t, "main"); h.StatusCode != http.StatusOK || strings.Contains(main, "Carl") || strings.Contains(main, "Edda") || !strings.Contains(main, "Published") {
		t.Errorf("public history: %d %s", h.StatusCode, main)
	}
	undo := ""
	for _, l := range parse(t, edda.get("/desk/unpublished").body).all(".flash a") {
		undo = attr(l.Node, "href")
	}
	if a = edda.post(undo, filled(t, edda.get(undo), undo, nil)); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("undo: %d", a.StatusCode)
	}
	if w := d.browser().get("/negotiations/talks-of-a-and-b"); w.StatusCode != http.StatusNotFound {
		t.Errorf("withdrawn, the public gets %d", w.StatusCode)
	}
}

func TestClaimTable(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	sources := "id,url,publisher,date,grade\nsrc_x,https://ministry.example/x,Ministry,2025-10-28,official_release\n"
	a := carl.send("/desk/csv", "/desk/csv", url.Values{"sources": {sources}, "claims": {"record,field,key,value,source\nneg_x,title,,Talks X,src_x\nneg_x,event,signed,07/10/2025,src_x\nneg_x,party,,Nobody,src_x\n"}})
	got := parse(t, a.body)
	if lines := got.all(".errors li"); a.StatusCode != http.StatusUnprocessableEntity || len(lines) != 2 || !strings.Contains(lines[0].text(), "Claims, line 3:") || !strings.Contains(lines[1].text(), "Claims, line 4:") {
		t.Fatalf("%d %s", a.StatusCode, got.one(t, "main"))
	}
	if !strings.Contains(a.body, "neg_x,party,,Nobody,src_x") {
		t.Error("what was pasted is lost")
	}
	claims := "record,field,key,value,source\nneg_x,title,,Talks X,src_x\nneg_x,event,round 1,7 October 2025,src_x\nneg_x,party,,BBB,src_x\n"
	a = carl.send("/desk/csv", "/desk/csv", url.Values{"sources": {sources}, "claims": {claims}})
	for _, f := range faults(a.body) {
		t.Errorf("%s", f)
	}
	if got := parse(t, a.body).one(t, "main"); a.StatusCode != http.StatusOK || !strings.Contains(got, "New claims: 3. New sources: 1. New records: 1.") || !strings.Contains(got, "7 October 2025") {
		t.Fatalf("%d %s", a.StatusCode, got)
	}
	if a = carl.post("/desk/csv", filled(t, a, "/desk/csv", url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", a.StatusCode)
	}
	undo := ""
	for _, l := range parse(t, carl.get("/desk/csv").body).all(".flash a") {
		undo = attr(l.Node, "href")
	}
	if w := carl.get("/negotiations/x"); w.StatusCode != http.StatusOK {
		t.Errorf("the record: %d", w.StatusCode)
	}
	carl.post(undo, filled(t, carl.get(undo), undo, nil))
	if w := carl.get("/negotiations/x"); w.StatusCode != http.StatusNotFound {
		t.Errorf("undone, the record: %d", w.StatusCode)
	}
}

// Ten editors write on one record at once, for a while: nothing is lost, and each sees what the others did.
func TestTenEditors(t *testing.T) {
	d := newDesk(t, web.Options{})
	const editors = 10
	long := 2 * time.Second
	if os.Getenv("ASSAY_SLOW") != "" {
		long = time.Minute
	}
	browsers := make([]*browser, editors)
	for i := range browsers {
		browsers[i] = d.as([]string{"Carl", "Edda", "Anna"}[i%3])
	}
	saved := make([][]string, editors) // names that were acknowledged
	looks := make([]int, editors)
	var mu sync.Mutex
	var others [editors]string // the newest name of each that was acknowledged
	conflicts := make([]int, editors)
	corrections := make([]int, editors)
	stop := time.Now().Add(long)
	var all sync.WaitGroup
	for i, b := range browsers {
		all.Go(func() {
			for n := 0; time.Now().Before(stop); n++ {
				name := fmt.Sprintf("Alias %d of editor %d", n, i)
				a := b.post("/desk/enter/pty_BBB", filled(t, b.get("/desk/enter/pty_BBB?field=alias"), "/desk/enter/pty_BBB", url.Values{"source.use": {"src_a"}, "f0.value": {name}, "step": {"save"}}))
				if a.StatusCode != http.StatusSeeOther {
					t.Errorf("editor %d: %d", i, a.StatusCode)
					return
				}
				saved[i] = append(saved[i], name)
				mu.Lock()
				others[i] = name
				theirs := others[(i+1+n%(editors-1))%editors]
				mu.Unlock()
				if n%5 == 1 && theirs != "" { // what was acknowledged to another is on the page that is opened next
					looks[i]++
					if !strings.Contains(b.get("/parties/BBB.json").body, `"`+theirs+`"`) {
						t.Errorf("editor %d does not see %s", i, theirs)
					}
				}
				if n%3 != 0 { // now and then all correct the same claim
					continue
				}
				r := d.record("pty_BBB", registry.Registry).Slot("name", "short")
				at := "/desk/enter/pty_BBB?corrects=" + string(r.Shown.Entry.ID)
				page := b.get(at)
				if !strings.Contains(page.body, "corrects") {
					continue // somebody was quicker
				}
				a = b.post("/desk/enter/pty_BBB", filled(t, page, "/desk/enter/pty_BBB", url.Values{"source.use": {"src_a"}, "f0.value": {fmt.Sprintf("Name %d by %d", n, i)}, "step": {"save"}}))
				switch a.StatusCode {
				case http.StatusSeeOther:
					corrections[i]++
				case http.StatusConflict:
					conflicts[i]++
				default:
					t.Errorf("editor %d corrects: %d", i, a.StatusCode)
				}
			}
		})
	}
	all.Wait()
	r := d.record("pty_BBB", registry.Registry)
	have := map[string]bool{}
	for _, v := range r.Values("alias") {
		have[v] = true
	}
	n, c, k, l := 0, 0, 0, 0
	for i, names := range saved {
		n, c, k, l = n+len(names), c+corrections[i], k+conflicts[i], l+looks[i]
		for _, name := range names {
			if !have[name] {
				t.Errorf("%s was acknowledged and is lost", name)
			}
		}
	}
	superseding := 0
	for _, e := range d.entries() {
		if e.Claim != nil && e.Claim.Supersedes != "" {
			superseding++
		}
	}
	if superseding != c {
		t.Errorf("%d corrections were acknowledged, %d are in the log", c, superseding)
	}
	for i, names := range saved {
		if len(names) == 0 {
			t.Errorf("editor %d saved nothing", i)
		}
	}
	if l == 0 {
		t.Error("nobody looked at what others did")
	}
	t.Logf("%d editors saved %d claims and %d corrections, were told of %d conflicts, and found what another had just saved %d times", editors, n, c, k, l)
}

// However many save at once, each is served: only long texts wait for one another.
func TestManySaveAtOnce(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	const many = 12
	var inside sync.WaitGroup // all are saving at the same time, or the test hangs on
	inside.Add(many)
	d.saving = func() {
		inside.Done()
		together := make(chan struct{})
		go func() { inside.Wait(); close(together) }()
		select {
		case <-together:
		case <-time.After(10 * time.Second):
			t.Error("they wait for one another")
		}
	}
	var all sync.WaitGroup
	for i := range many {
		form := filled(t, carl.get("/desk/enter/pty_BBB?field=alias"), "/desk/enter/pty_BBB", url.Values{"source.use": {"src_a"}, "f0.value": {fmt.Sprint("Alias ", i)}, "step": {"save"}})
		b := &browser{d, map[string]string{"assay_session": carl.cookies["assay_session"]}}
		all.Go(func() {
			if a := b.upload("/desk/enter/pty_BBB", form); a.StatusCode != http.StatusSeeOther {
				t.Errorf("%d: %d", i, a.StatusCode)
			}
		})
	}
	all.Wait()
}

// A record with many claims is edited part by part, each page of a size that can be borne.
func TestLongRecord(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	rows := "record,field,key,value,source\n"
	for i := range 320 {
		rows += fmt.Sprintf("neg_long,event,round:%d,%d-%02d-%02d,src_a\n", i+1, 2010+i/300, 1+i/28%12, 1+i%28)
	}
	rows += "neg_long,title,,Long talks,src_a\nneg_long,party,,BBB,src_a\n"
	a := carl.send("/desk/csv", "/desk/csv", url.Values{"claims": {rows}})
	if a = carl.post("/desk/csv", filled(t, a, "/desk/csv", url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", a.StatusCode, parse(t, a.body).one(t, "main"))
	}
	id := string(mustFind(t, d, "long"))
	for _, path := range []string{"/desk/edit/" + id, "/desk/edit/" + id + "?part=events", "/desk/edit/" + id + "?part=sides", "/desk/enter/" + id, "/desk/history/" + id, "/desk/unpublished"} {
		a := carl.get(path)
		if a.StatusCode != http.StatusOK || len(a.body) > 150<<10 {
			t.Errorf("%s: %d, %d bytes", path, a.StatusCode, len(a.body))
		}
		for _, f := range faults(a.body) {
			t.Errorf("%s: %s", path, f)
		}
	}
	if a := carl.get("/desk/edit/" + id + "?part=events"); strings.Count(a.body, "/desk/claims/") != 320 {
		t.Errorf("%d claims can be edited", strings.Count(a.body, "/desk/claims/"))
	}
}

func mustFind(t *testing.T, d *testDesk, address string) registry.RecordID {
	t.Helper()
	p, err := d.projection(t.Context(), registry.Reader(registry.Registry))
	if err != nil {
		t.Fatal(err)
	}
	r := p.View("").ByAddress(registry.KindNegotiation, address)
	if r == nil {
		t.Fatalf("no record at %s", address)
	}
	return r.ID
}
