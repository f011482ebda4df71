//go:build slow

package browser

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/registry"
)

// program is assay as operators have it, and a data directory.
type program struct {
	t         *testing.T
	path, dir string
	addr      string // HOST:PORT, the same for every start, for pages name it
	serving   *exec.Cmd
}

// build makes the program anew, so that what runs is what is here.
func build(t *testing.T) *program {
	t.Helper()
	p := &program{t: t, path: filepath.Join(t.TempDir(), "assay"), dir: filepath.Join(t.TempDir(), "registry"), addr: "127.0.0.1:0"}
	c := exec.Command("go", "build", "-o", p.path, "./cmd/assay")
	c.Dir = need.Root()
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return p
}

// do runs a verb to its end and gives what it said.
func (p *program) do(typed string, args ...string) (string, error) {
	c := exec.Command(p.path, args...)
	c.Stdin = strings.NewReader(typed)
	out, err := c.CombinedOutput()
	return string(out), err
}

func (p *program) must(typed string, args ...string) string {
	p.t.Helper()
	out, err := p.do(typed, args...)
	if err != nil {
		p.t.Fatalf("assay %v: %v\n%s", args, err, out)
	}
	return out
}

// serve starts the server and gives its address once it answers.
func (p *program) serve() string {
	p.t.Helper()
	p.serving = exec.Command(p.path, "serve", "--data", p.dir, "--addr", p.addr, "--contact", "office@registry.example", "--log", "none")
	out, err := p.serving.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	var errs strings.Builder
	p.serving.Stderr = &errs
	if err := p.serving.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(p.crash)
	line, err := bufio.NewReader(out).ReadString('\n')
	base := regexp.MustCompile(`http://\S+:\d+`).FindString(line)
	if err != nil || base == "" {
		p.t.Fatalf("no address: %q %v %s", line, err, errs.String())
	}
	go io.Copy(io.Discard, out)
	p.addr = strings.TrimPrefix(base, "http://")
	return base
}

// crash ends the server as a power cut does.
func (p *program) crash() {
	if p.serving != nil {
		p.serving.Process.Signal(syscall.SIGKILL)
		p.serving.Wait()
		p.serving = nil
	}
}

// entered is a record of the week: what the contributor types into the form of its kind, by name of the field.
type entered struct {
	kind, feed string // the item of the feed it is from
	grade      string
	fields     map[string]string
}

// week are five records as items of the feed have them. In the fourth the contributor mistypes the amount; the fifth is a deal that the registry
// knows already.
var week = []entered{
	{"instrument", "2026-05-22-technology-prosperity-deal-between-the-united-states-and-sweden.md", "official_text", map[string]string{"n0.value": "US–Sweden memorandum on the Technology Prosperity Deal", "n1.value": "mou",
		"n2.value": "United States\nSweden", "n4.value": "Cooperation in science and technology, critical minerals technologies among them; it says that it makes no legally binding obligations.",
		"e0.key": "announced", "e0.value": "22 May 2026", "e0.happened": "The White House published the text."}},
	{"instrument", "2021-02-23-roadmap-for-a-renewed-u-s-canada-partnership.md", "official_text", map[string]string{"n0.value": "Roadmap for a renewed US–Canada partnership", "n1.value": "roadmap",
		"n2.value": "United States\nCanada", "n4.value": "The leaders agree, among much else, to strengthen the Canada–US Critical Minerals Action Plan and to work on supply chains for batteries.",
		"e0.key": "announced", "e0.value": "23 February 2021", "e0.happened": "Announced by the president and the prime minister."}},
	{"party", deals, "official_release", map[string]string{"n0.value": "Westwater Resources", "n1.value": "company", "n2.value": "United States"}},
	{"financing", deals, "official_release", map[string]string{"n0.value": "Export-Import Bank investment in the Coosa graphite deposit", "n1.value": "Export-Import Bank of the United States", "n2.value": "Westwater Resources",
		"n3.value": "USD 52 million", "n4.value": "graphite", "n5.value": "To develop the Coosa graphite deposit in Alabama, in support of battery making in the United States.",
		"e0.key": "announced", "e0.value": "7 August 2026", "e0.happened": "Announced at a round table with the mining industry."}},
	{"instrument", "2025-10-20-united-states-australia-framework-for-securing-of-supply-in-the-mining-and-processing-of-critical-minerals-and-rare-earths.md", "official_text", map[string]string{"n0.value": "United States–Australia framework for securing supply of critical minerals and rare earths", "n1.value": "framework",
		"n2.value": "United States\nAustralia", "n4.value": "Policy framework for the mining and processing of critical minerals and rare earths.", "e0.key": "signed", "e0.value": "20 October 2025"}},
}

const (
	deals = "2026-08-07-fact-sheet-president-donald-j-trump-announces-billions-in-new-deals-and-investments-to-power-american-mining.md"
	known = "/instruments/us-australia-framework-2025" // what the fifth is a duplicate of
)

// TestWeek is a week at a registry, in a browser and at a terminal: a contributor enters five records, an editor reviews, merges and publishes, a company
// asks for a correction and is answered, the administrator backs up while all is served, the disk is lost, and what is restored gives the public the
// same bytes.
func TestWeek(t *testing.T) {
	need.Shared(t, "feed")
	p := build(t)
	for name, role := range map[string]string{"Carl": "contributor", "Edda": "editor", "Anna": "administrator"} {
		p.must(password+"\n", "user", "add", name, "--role", role, "--data", p.dir)
	}
	p.must("", "user", "second-factor", "optional", "--data", p.dir) // a week without a telephone
	b := &browser{ctx: chromium(t), base: p.serve()}
	b.run(t, screen(1400, false))
	began := time.Now()
	step := func(what string) {
		t.Logf("%s after %v", what, time.Since(began).Round(100*time.Millisecond))
	}

	// Monday: the contributor.
	b.signIn(t, "/desk", "Carl")
	var made []registry.RecordID
	for _, e := range week {
		id := b.enter(t, e)
		made = append(made, id)
		if code := b.status(t, pathOf(id)); code != http.StatusNotFound {
			t.Errorf("%s is public before anybody published it: %d", id, code)
		}
	}
	step("entered")

	// Tuesday: the editor finds the duplicate among what waits, merges it, and publishes.
	b.leave(t)
	b.signIn(t, "/desk/review", "Edda")
	b.mergeDuplicate(t, made[4])
	step("merged")
	b.publishAll(t)
	var pages []string
	for i, id := range made {
		at := b.at(t, pathOf(id))
		pages = append(pages, at)
		if code := b.status(t, at); code != http.StatusOK || (at == known) != (i == 4) {
			t.Errorf("published, %s answers %d at %s", id, code, at)
		}
	}
	step("published")

	// Wednesday: the company that is named sees a wrong number.
	receipt := b.askForCorrection(t, pages[3])
	b.correct(t, pages[3], receipt)
	step("corrected")

	// Thursday: the backup, while it is served.
	before := p.publicPages(t, b.base, pages)
	backups := filepath.Join(t.TempDir(), "backups")
	if out := p.must("", "backup", "--data", p.dir, backups); !strings.Contains(out, "backed up") {
		t.Errorf("the backup: %s", out)
	}
	after := p.publicPages(t, b.base, pages)
	same(t, "during the backup", before, after)
	step("backed up")

	// Over a server that runs nothing is restored: neither with --replace nor without.
	for _, args := range [][]string{{"restore", "--data", p.dir, backups}, {"restore", "--data", p.dir, "--replace", backups}} {
		out, err := p.do("", args...)
		if err == nil || !strings.Contains(out, "hint: ") || len(args) == 5 && !strings.Contains(out, "in use by process") {
			t.Errorf("assay %v over a server that runs: %v\n%s", args, err, out)
		}
	}
	if code := b.status(t, pages[0]); code != http.StatusOK {
		t.Errorf("after a restore was refused the server answers %d", code)
	}

	// Friday: the disk is lost.
	p.crash()
	if err := os.RemoveAll(p.dir); err != nil {
		t.Fatal(err)
	}
	p.must("", "restore", "--data", p.dir, backups)
	step("restored")
	if base := p.serve(); base != b.base {
		t.Fatalf("served at %s", base)
	}
	same(t, "after the restore", before, p.publicPages(t, b.base, pages))
	var text string
	b.run(t, chromedp.Navigate(receipt), chromedp.Text("main", &text))
	if !strings.Contains(text, "Thank you, the amount is corrected.") {
		t.Errorf("the receipt after the restore: %q", text)
	}
	b.signIn(t, "/desk/corrections", "Edda") // whoever was signed in signs in again
	step("the same")
}

// enter types a record as the form has it, looks at what will change and saves it.
func (b *browser) enter(t *testing.T, e entered) registry.RecordID {
	t.Helper()
	head, err := os.ReadFile(need.Shared(t, "feed", e.feed))
	if err != nil {
		t.Fatal(err)
	}
	of := func(name string) string {
		m := regexp.MustCompile(`(?m)^` + name + `: '?(.*?)'?$`).FindSubmatch(head)
		if m == nil {
			t.Fatalf("%s has no %s", e.feed, name)
		}
		return string(m[1])
	}
	acts := chromedp.Tasks{chromedp.Navigate(b.base + "/desk/new?kind=" + e.kind), chromedp.WaitVisible(".buttons button[value=preview]")}
	set := func(name, value string) {
		acts = append(acts, chromedp.SetValue(`[name="`+name+`"]`, value, chromedp.ByQuery))
	}
	for name, value := range e.fields {
		set(name, value)
	}
	set("source.url", of("source_url"))
	set("source.publisher", "The White House")
	set("source.date", of("date"))
	set("source.grade", e.grade)
	var text string
	b.run(t, append(acts, chromedp.Click(".buttons button[value=preview]", chromedp.ByQuery), chromedp.WaitVisible("main"), chromedp.Text("main", &text))...)
	if !strings.Contains(text, e.fields["n0.value"]) || !b.there(t, "button[value=save]") {
		t.Fatalf("before saving %s: %s", e.fields["n0.value"], text)
	}
	b.run(t, chromedp.Click("button[value=save]", chromedp.ByQuery), chromedp.WaitVisible(".flash"), chromedp.Location(&text))
	id, _, _ := strings.Cut(strings.TrimPrefix(text, b.base+"/desk/edit/"), "?")
	return registry.RecordID(id)
}

// pathOf is the address of a record's page.
func pathOf(id registry.RecordID) string { return (&registry.Record{ID: id, Kind: id.Kind()}).Path() }

// mergeDuplicate opens the fifth record among what waits for review, and merges it into the one that is known.
func (b *browser) mergeDuplicate(t *testing.T, id registry.RecordID) {
	t.Helper()
	b.run(t, chromedp.Navigate(b.base+"/desk/review?kind=duplicate"), chromedp.WaitVisible("main"))
	item := `#main a[href*="` + string(id) + `"][href^="/desk/review/duplicate/"]`
	if !b.there(t, item) {
		var text string
		b.run(t, chromedp.Text("main", &text))
		t.Fatalf("the duplicate is not in the list: %s", text)
	}
	var text string
	b.run(t, chromedp.Click(item, chromedp.ByQuery), chromedp.WaitVisible("#f-reason"), chromedp.Click(`input[name=survivor][value="ins_us-australia-framework-2025"]`, chromedp.ByQuery),
		chromedp.SendKeys("#f-reason", "The same framework of 20 October 2025.", chromedp.ByQuery), chromedp.Submit("#f-reason", chromedp.ByQuery), chromedp.WaitVisible("button[value=save]"), chromedp.Click("button[value=save]", chromedp.ByQuery),
		chromedp.WaitVisible(".flash"), chromedp.Text("main", &text))
	if !strings.Contains(text, "US–Australia framework") {
		t.Errorf("after the merge: %s", text)
	}
	// A record cannot be merged with itself, and is told so.
	b.run(t, chromedp.Navigate(b.base+"/desk/merge?one=ins_us-australia-framework-2025&other=ins_us-australia-framework-2025"), chromedp.Text("main", &text))
	if !strings.Contains(text, "This is the same record") {
		t.Errorf("a merge of a record with itself: %s", text)
	}
}

// publishAll marks all batches that wait, and publishes them.
func (b *browser) publishAll(t *testing.T) {
	t.Helper()
	var text string
	b.run(t, chromedp.Navigate(b.base+"/desk/unpublished"), chromedp.WaitVisible(".batch"), chromedp.Evaluate(`document.querySelectorAll('input[name=batch]').forEach(x => x.click())`, nil),
		chromedp.Click(".waiting .buttons button", chromedp.ByQuery), chromedp.WaitVisible(".changes"), chromedp.Click("button[value=save]", chromedp.ByQuery), chromedp.WaitVisible(".flash"), chromedp.Text("main", &text))
	if b.there(t, ".batch") {
		t.Errorf("something is still not published: %s", text)
	}
}

// askForCorrection is somebody of the company: beside the amount they say that it is wrong. It gives the address of the receipt.
func (b *browser) askForCorrection(t *testing.T, path string) (receipt string) {
	t.Helper()
	b.leave(t)
	var text string
	var open bool
	b.run(t, chromedp.Navigate(b.base+path), chromedp.WaitVisible("main"), chromedp.Text("main", &text), chromedp.Evaluate(`(() => {
		for (const chip of document.querySelectorAll('#main details.chip')) {
			const wrong = chip.querySelector('a[href^="/corrections/new"]');
			if (wrong && chip.parentElement.innerText.includes('52')) { chip.open = true; wrong.id = 'this-is-wrong'; return true; }
		}
		return false;
	})()`, &open))
	if !open {
		t.Fatalf("beside the amount there is no way to say that it is wrong: %s", text)
	}
	b.run(t, chromedp.Click("#this-is-wrong", chromedp.ByQuery), chromedp.WaitVisible("#f-wrong"), chromedp.Text("main .summary", &text))
	if !strings.Contains(text, "52") {
		t.Errorf("the form does not say which number it is about: %q", text)
	}
	b.run(t, chromedp.Click("#f-kind-0"), chromedp.SendKeys("#f-wrong", "The amount is not what the fact sheet says."), chromedp.SendKeys("#f-right", "25 million dollars"), chromedp.SendKeys("#f-contact", "office@company.example"),
		chromedp.Submit("#f-wrong"), chromedp.WaitVisible(".receipt-number"), chromedp.Location(&receipt))
	return receipt
}

// correct is the editor again: the number is corrected, published, and the company answered.
func (b *browser) correct(t *testing.T, path, receipt string) {
	t.Helper()
	var number, text string
	b.signIn(t, "/desk/corrections", "Edda")
	b.run(t, chromedp.Click(`#main a[href^="/desk/corrections/"]`, chromedp.ByQuery), chromedp.WaitVisible("#f-answer"), chromedp.Location(&number),
		chromedp.Click(`#main a[href^="/desk/claims/"]`, chromedp.ByQuery), chromedp.WaitVisible(`a[href*="corrects="]`), chromedp.Click(`a[href*="corrects="]`, chromedp.ByQuery), chromedp.WaitVisible(`[name="f0.value"]`),
		chromedp.SetValue(`[name="f0.value"]`, "USD 25 million", chromedp.ByQuery), chromedp.Click(".buttons button[value=preview]", chromedp.ByQuery), chromedp.WaitVisible("button[value=save]"),
		chromedp.Click("button[value=save]", chromedp.ByQuery), chromedp.WaitVisible(".flash"))
	b.publishAll(t)
	b.run(t, chromedp.Navigate(b.base+path), chromedp.Text("main", &text))
	if !strings.Contains(text, "25") || strings.Contains(text, "52 million") {
		t.Errorf("the corrected amount: %s", text)
	}
	b.run(t, chromedp.Navigate(number), chromedp.WaitVisible("#f-answer"), chromedp.Click("#f-state-0"), chromedp.SendKeys("#f-answer", "Thank you, the amount is corrected."), chromedp.SendKeys("#f-asked", "Another amount"),
		chromedp.SendKeys("#f-done", "The amount was mistyped; it is now as the fact sheet has it."), chromedp.Submit("#f-answer"), chromedp.WaitVisible(".flash"))
	b.leave(t)
	b.run(t, chromedp.Navigate(receipt), chromedp.Text("main", &text))
	if !strings.Contains(text, "Thank you, the amount is corrected.") {
		t.Errorf("the receipt: %s", text)
	}
	b.run(t, chromedp.Navigate(b.base+"/corrections"), chromedp.Text("main", &text))
	if !strings.Contains(text, "The amount was mistyped") || strings.Contains(text, "office@company") {
		t.Errorf("the public log: %s", text)
	}
}

// there says whether the page that is shown has what a selector names.
func (b *browser) there(t *testing.T, selector string) (yes bool) {
	t.Helper()
	b.run(t, chromedp.Evaluate(fmt.Sprintf(`document.querySelector(%q) !== null`, selector), &yes))
	return yes
}

// leave signs out.
func (b *browser) leave(t *testing.T) {
	t.Helper()
	b.run(t, chromedp.Navigate(b.base+"/"), chromedp.Click(".me button", chromedp.ByQuery))
	for range 100 { // the page goes while it is looked at, which is an error to the one that looks
		time.Sleep(50 * time.Millisecond)
		var in bool
		if chromedp.Run(b.ctx, chromedp.Evaluate(`document.readyState !== 'complete' || document.querySelector('.me') !== null`, &in)) == nil && !in {
			return
		}
	}
	t.Fatal("signing out does nothing")
}

// at is where an address leads in the end.
func (b *browser) at(t *testing.T, path string) string {
	t.Helper()
	res, err := http.Get(b.base + path)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.Request.URL.Path
}

// status is what somebody gets who is not signed in.
func (b *browser) status(t *testing.T, path string) int {
	t.Helper()
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.Get(b.base + path)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

// publicPages are the bytes of public pages by address, with their data: the home, every list, the logs, every record of the week and its
// history, and every eighth of the records that the lists name.
func (p *program) publicPages(t *testing.T, base string, pages []string) map[string]string {
	t.Helper()
	out := map[string]string{}
	get := func(path string) string {
		res, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		out[path] = fmt.Sprintf("%d %s %s\n%s", res.StatusCode, res.Header.Get("Content-Type"), res.Header.Get("ETag"), body)
		return string(body)
	}
	for _, path := range []string{"/", "/corrections", "/corrections.json", "/corrections.csv", "/takedowns", "/erasures", "/sources", "/findings", "/search?q=graphite", "/data", "/method", known, known + ".json", known + "/history", "/corrections/new?record=pty_ZMB"} {
		get(path)
	}
	links := regexp.MustCompile(`href="(/[a-z]+/[a-zA-Z0-9_-]+)"`)
	var more []string
	for _, list := range []string{"/negotiations", "/instruments", "/parties", "/minerals", "/forums", "/programmes", "/projects", "/financing", "/laws"} {
		body := get(list)
		get(list + ".json")
		get(list + ".csv")
		var here []string
		for _, m := range links.FindAllStringSubmatch(body, -1) {
			if strings.HasPrefix(m[1], list+"/") {
				here = append(here, m[1])
			}
		}
		slices.Sort(here)
		for i, path := range slices.Compact(here) {
			if i%8 == 0 {
				more = append(more, path)
			}
		}
	}
	for _, path := range more {
		get(path)
	}
	for _, path := range pages {
		get(path)
		get(path + ".json")
		get(path + ".csv")
		get(path + "/history")
	}
	return out
}

// same holds two sets of pages against each other.
func same(t *testing.T, when string, before, after map[string]string) {
	t.Helper()
	if len(before) < 100 || len(before) != len(after) {
		t.Errorf("%s: %d pages, and %d before", when, len(after), len(before))
	}
	for path, b := range before {
		a := after[path]
		if a == b {
			continue
		}
		i := 0
		for i < len(a) && i < len(b) && a[i] == b[i] {
			i++
		}
		t.Errorf("%s: %s is not the same from byte %d of %d: %.120q, before %.120q", when, path, i, len(b), a[max(0, i-20):], b[max(0, i-20):])
	}
}

// chromium is a window of a browser.
func chromium(t *testing.T) context.Context {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(need.Program(t, "chromium", "chromium-browser", "google-chrome")), chromedp.NoSandbox, chromedp.Flag("disable-quic", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}
