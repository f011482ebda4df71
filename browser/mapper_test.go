//go:build slow

package browser

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/openassay/assay/internal/need"
)

// mapper is somebody who has read the help and nothing else, with what their work takes.
type mapper struct {
	*browser
	t       *testing.T
	pages   int // opened or sent
	fields  int // filled in
	keys    int // typed; what is pasted counts as three
	choices int // from lists
}

func (m *mapper) click(selector, wait string) {
	m.t.Helper()
	m.pages++
	m.run(m.t, leaving(chromedp.Click(selector, chromedp.ByQuery)), chromedp.WaitVisible(wait, chromedp.ByQuery))
}

func (m *mapper) write(name, words string) {
	m.t.Helper()
	m.fields, m.keys = m.fields+1, m.keys+len([]rune(words))
	m.run(m.t, chromedp.Focus(`[name="`+name+`"]`, chromedp.ByQuery), input.InsertText(words))
}

func (m *mapper) paste(name, words string) {
	m.t.Helper()
	m.fields, m.keys = m.fields+1, m.keys+3
	m.run(m.t, chromedp.Focus(`[name="`+name+`"]`, chromedp.ByQuery), chromedp.SetValue(`[name="`+name+`"]`, words, chromedp.ByQuery))
}

func (m *mapper) choose(name, begins string) {
	m.t.Helper()
	m.fields, m.choices, m.keys = m.fields+1, m.choices+1, m.keys+len(begins)
	m.run(m.t, chromedp.Focus(`[name="`+name+`"]`, chromedp.ByQuery), chromedp.KeyEvent(begins))
}

func (m *mapper) text(selector string) string {
	m.t.Helper()
	var s string
	m.run(m.t, chromedp.Text(selector, &s, chromedp.ByQuery))
	return s
}

// told is an event as a mapper writes it down, with the words of the page that bear it out.
type told struct{ event, when, happened, quote string }

// TestMapperTrial enters one real negotiation with six events from five real pages, as the help says, and counts what that takes. See
// docs/mappers-trial.md, whose figures come from here.
func TestMapperTrial(t *testing.T) {
	feed := need.Shared(t, "feed")
	pages := []struct {
		file   string
		events []told
	}{
		{"2023-09-06-remarks-by-vice-president-harris-and-president-joko-widodo-of-the-republic-of-indonesia-before-bilateral-meeting.md", []told{
			{"Interest", "6 September 2023", "The US Vice-President told the President of Indonesia that the US would go on working with Indonesia on supply chains, critical minerals included.", "resilient supply chains, including for the critical minerals"}}},
		{"2023-11-12-background-press-call-by-senior-administration-officials-previewing-the-bilateral-engagement-of-president-biden-and-president-joko-widodo-of-indonesia.md", []told{
			{"Talks reported", "12 Nov 2023", "US officials said that a pathway towards co-operation on critical minerals was at a very early stage.", "very early stages of that"}}},
		{"2023-11-13-joint-statement-from-the-leaders-of-the-united-states-and-the-republic-of-indonesia-elevating-relations-to-a-comprehensive-strategic-partnership.md", []told{
			{"Leaders' m", "13 November 2023", "President Widodo visited President Biden in Washington.", "welcome Indonesian President Joko Widodo to Washington"},
			{"Proposed", "2023-11-13", "The two presidents committed themselves to a critical minerals action plan, to prepare for negotiations on an agreement later.", "foundation to launch future negotiations on a critical minerals agreement"}}},
		{"2023-11-14-press-gaggle-by-press-secretary-karine-jean-pierre-and-nsc-coordinator-for-strategic-communications-john-kirby-en-route-san-francisco-ca.md", []told{
			{"Exploratory", "13 Nov 2023", "The White House spoke of a good discussion with President Widodo about critical minerals.", "a good discussion with President Widodo about critical minerals"}}},
		{"2024-11-12-joint-statement-from-the-leaders-of-the-united-states-and-the-republic-of-indonesia-commemorating-75-years-of-diplomatic-relations.md", []told{
			{"Exploratory", "12 Nov 2024", "Presidents Subianto and Biden pledged to speed up the discussions on critical minerals that were going on.", "expedite ongoing discussions on critical minerals"}}},
	}
	at, published := regexp.MustCompile(`(?m)^source_url: (\S+)$`), regexp.MustCompile(`(?m)^date: '(\S+)'$`)
	b, _ := openDesk(t)
	b.run(t, screen(1400, false))
	m := &mapper{browser: b, t: t}
	m.run(t, chromedp.Navigate(b.base+"/help"))
	help := m.text("main")
	b.signIn(t, "/desk", "Carl")
	begin := time.Now()
	m.click(`a[href="/desk/new"]`, "h1")
	m.click(`main a[href="/desk/new?kind=negotiation"]`, "form.enter")
	m.write("n0.value", "US–Indonesia talks on critical minerals")
	m.write("n1.value", "United States\nIndonesia")
	m.write("n2.value", "critical minerals")
	warnings := 0
	for i, p := range pages {
		raw, err := os.ReadFile(filepath.Join(feed, p.file))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(raw)), " ")
		m.paste("source.url", at.FindStringSubmatch(string(raw))[1])
		m.write("source.date", published.FindStringSubmatch(string(raw))[1])
		if i == 0 {
			m.write("source.publisher", "White House")
			m.choose("source.grade", "Official r")
		} else {
			m.fields++
			m.run(t, chromedp.Click(`[name="source.same"]`, chromedp.ByQuery))
		}
		for j, e := range p.events {
			if !strings.Contains(text, e.quote) {
				t.Fatalf("%s does not say %q", p.file, e.quote)
			}
			n := "e" + string(rune('0'+j)) + "."
			m.choose(n+"key", e.event)
			m.write(n+"value", e.when)
			m.write(n+"happened", e.happened)
			m.paste(n+"locator", "“"+e.quote+"”")
		}
		m.pages++
		m.run(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(".as-read")) // from the field of the place
		if strings.Contains(m.text("main"), "another source names another day") {
			warnings++
			m.click("button[name=another]", ".as-read")
			m.run(t, chromedp.WaitNotPresent("button[name=another]", chromedp.ByQuery), chromedp.WaitVisible(".as-read"))
		}
		if got := m.text("main"); strings.Contains(got, "Disputed") {
			t.Errorf("source %d: %s", i+1, got)
		}
		if i < len(pages)-1 {
			m.click("button[value=save-next]", "form.enter")
		} else {
			m.click("button[value=save]", ".flash")
		}
	}
	took := time.Since(begin)
	if warnings != 1 {
		t.Errorf("told of %d events with a name that is taken, want one", warnings)
	}
	record := m.text("main")
	for _, p := range pages {
		for _, e := range p.events {
			if !strings.Contains(record, e.happened) || !strings.Contains(record, "“"+e.quote+"”") {
				t.Errorf("the record does not hold %q with its place", e.happened)
			}
		}
	}
	if !strings.Contains(record, "Exploratory talks 2") || !strings.Contains(record, "Minerals as described") {
		t.Errorf("%s", record)
	}
	if a, err := http.Get(b.base + "/negotiations/us-indonesia-talks-on-critical-minerals"); err != nil || a.StatusCode != http.StatusNotFound {
		t.Errorf("the public is answered %v %v", a.StatusCode, err)
	}
	// How long a person takes, by the keystroke-level model: 0.28 s for a key, 1.35 s of thought before each field and page, 1.5 s to come to it
	// by mouse or tabulator, and 1 s for a page to come. Reading the sources and finding their places is not in it.
	human := time.Duration(m.keys)*280*time.Millisecond + time.Duration(m.fields+m.pages)*2850*time.Millisecond + time.Duration(m.pages)*time.Second
	t.Logf("%d pages, %d fields (%d chosen from lists), %d keys: %v of a machine's typing, about %v of a person's; the help's first part has %d words",
		m.pages, m.fields, m.choices, m.keys, took.Round(time.Second), human.Round(time.Second), len(strings.Fields(help[:strings.Index(help, "How to write dates, money and names\n\n")])))
	if m.pages > 13 || human > 8*time.Minute {
		t.Errorf("it takes more than it did: %d pages, %v", m.pages, human)
	}
}
