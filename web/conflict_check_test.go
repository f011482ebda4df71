package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// A person's word on a conflict leads once it is public, the machine's stays beside it, and a list without it says that nobody has looked.
func TestPeopleOverruleAConflict(t *testing.T) {
	t.Parallel()
	d := newDesk(t, web.Options{})
	agreement := func(id registry.RecordID, clause string) {
		d.document(id, "Agreement on minerals\n\nArticle 1\nDuties\n\n"+clause+"\n\nArticle 2\nForce\n\nThis Agreement enters into force on signature.\n")
		ins := registry.RecordID("ins_" + id.Tail())
		d.claims(registry.Public, ins, "title", "Agreement "+id.Tail(), "party", "pty_BBB")
		d.claims(registry.Public, id, "instrument", string(ins))
	}
	agreement("doc_x", "The Parties shall publish all mining contracts within 30 days of their signature.")
	agreement("doc_y", "The Parties shall keep all mining contracts secret and shall not disclose the contracts.")
	public, carl := d.browser(), d.as("Carl")
	list := public.get("/conflicts").body
	if !strings.Contains(list, "Read by machine; nobody has looked at it.") {
		t.Fatalf("no conflict: %s", list)
	}
	at := ""
	for _, a := range parse(t, list).all("article.collision h2 a[href]") {
		at = attr(a.Node, "href")
	}
	if strings.Contains(public.get(at).body, "Confirm or overrule") {
		t.Error("a form for who may not enter anything")
	}
	form := ""
	for _, a := range parse(t, carl.get(at).body).all("a[href]") {
		if h := attr(a.Node, "href"); strings.HasPrefix(h, "/desk/enter/") && strings.Contains(h, "conflict_check") {
			form = h
		}
	}
	if form == "" {
		t.Fatal("no form")
	}
	typed := func(value, why string) url.Values {
		return url.Values{"source.use": {"src_a"}, "f0.method": {"inferred"}, "f0.value": {value}, "f0.note": {why}}
	}
	action, _, _ := strings.Cut(form, "?")
	if a := carl.send(form, action, with(typed("disjoint", ""), url.Values{"step": {"preview"}})); a.StatusCode == 200 || !strings.Contains(a.body, "reason is missing") {
		t.Errorf("without a reason: %d", a.StatusCode)
	}
	carl.enter(form, typed("disjoint", "other <b>contracts</b>"))
	const said = "Machine: conflict. Overruled by a person: no conflict."
	if b := carl.get(at).body; !strings.Contains(b, said) {
		t.Error("who entered it does not see it")
	}
	if b := public.get(at).body; strings.Contains(b, "Overruled") {
		t.Error("what is not published shows")
	}
	d.now = d.now.Add(time.Minute)
	u, _ := url.Parse(action)
	d.publish(registry.RecordID(strings.TrimPrefix(u.Path, "/desk/enter/")), "conflict_check")
	b := public.get(at).body
	if !strings.Contains(b, said) || !strings.Contains(b, "other &lt;b&gt;contracts") || strings.Contains(b, "nobody has looked") {
		t.Error("a person's word does not lead")
	}
	for _, f := range faults(b) {
		t.Error(f)
	}
	if b := public.get("/conflicts").body; strings.Contains(b, `class="collision `) {
		t.Error("what a person overruled is still listed as a conflict")
	}
	if b := public.get("/conflicts?looked=yes&answer=disjoint").body; !strings.Contains(b, "A person looked at it.") {
		t.Error("what people looked at cannot be listed")
	}
	if counts := strings.Join(strings.Fields(parse(t, public.get("/method/accuracy").body).one(t, "#checked table")), " "); !strings.Contains(counts, "Conflicts between normsLooked at1Agree with the machine0Overrule it1") {
		t.Errorf("the page of accuracy does not count what people said of conflicts: %s", counts)
	}
	if b := public.get("/conflicts.json?answer=disjoint").body; !strings.Contains(b, `"answer": "conflict"`) && !strings.Contains(b, `"answer":"conflict"`) || !strings.Contains(b, `"shown"`) {
		t.Errorf("the data have not both words: %.600s", b)
	}
}
