package page_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/pdf"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/redaction/page"
)

// A few in each run; the hundred with the build tag slow.
func TestPlantedSecrets(t *testing.T) { planted(t, 3, 1, 1) }

// carrier is a document with planted secrets.
type carrier struct {
	name     string
	bytes    []byte
	secrets  []string // none of which may be found
	passages []redaction.Passage
}

// planted redacts drafts of ours with planted secrets, and PDFs of others of which stretches are withheld, and asks programs of others for the words.
// seen is of how many the images are read too.
func planted(t *testing.T, drafts, others, seen int) (n int) {
	programs(t)
	rnd := rand.New(rand.NewPCG(7, 2026))
	var all []carrier
	for i := range drafts {
		all = append(all, draftCarrier(t, rnd, i))
	}
	all = append(all, otherCarriers(t, rnd, others)...)
	count := map[string]int{}
	for i, c := range all {
		to := page.Formats[(i/3+i)%3]
		if i >= drafts {
			to = "pdf"
		}
		j := page.Job{Format: to, Original: c.bytes, Reading: read(t, c.name, c.bytes), Passages: c.passages, Pages: extract.InProcess{}}
		for _, s := range c.secrets {
			if !strings.Contains(plainly(j.Reading.Text), plainly(s)) {
				t.Fatalf("%s: a secret is not in it", c.name)
			}
		}
		if i < drafts && filepath.Ext(c.name) != ".txt" && !found(t, c) {
			t.Errorf("%s: the programs do not find the secrets in the original either", c.name)
		}
		res, err := page.Redact(t.Context(), j)
		if err != nil {
			t.Errorf("%s to %s: %v", c.name, to, err)
			continue
		}
		count[filepath.Ext(c.name)[1:]+"→"+to]++
		if res.Report != nil {
			count["pages"] += res.Report.Pages
			count["black pages"] += len(res.Report.Black)
		}
		out := filepath.Join(t.TempDir(), fmt.Sprintf("out%d.%s", i, to))
		if err := os.WriteFile(out, res.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		read := to == "pdf" && seen > 0
		if read {
			seen--
		}
		for program, said := range ask(t, out, read) {
			count[program]++
			said = plainly(said)
			for n, s := range c.secrets {
				if strings.Contains(said, plainly(s)) {
					t.Errorf("%s to %s: %s finds secret %d", c.name, to, program, n+1)
				}
			}
		}
		if !strings.Contains(plainly(ask(t, out, false)[map[string]string{"pdf": "pdftotext", "docx": "unzip", "txt": "strings"}[to]]), "passageswithheld") {
			t.Errorf("%s to %s: nothing was read of it", c.name, to)
		}
	}
	t.Logf("%d documents: %v", len(all), count)
	return len(all)
}

// plainly is a text as letters and digits in lower case, by rules of its own: not those of the package.
func plainly(s string) string {
	s = strings.NewReplacer("ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi").Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func programs(t *testing.T) {
	for _, p := range []string{"pdftotext", "pdftoppm", "mutool", "unzip", "strings", "exiftool", "tesseract"} {
		need.Program(t, p)
	}
}

// ask gives what programs read in a file.
func ask(t *testing.T, path string, image bool) map[string]string {
	out := map[string]string{}
	run := func(name string, args ...string) {
		b, err := exec.CommandContext(t.Context(), args[0], args[1:]...).Output()
		if err != nil && len(b) == 0 {
			t.Errorf("%v: %v", args, err)
		}
		out[name] += string(b) + "\n"
	}
	run("strings", "strings", "-a", path)
	run("strings", "strings", "-a", "-e", "l", path)
	run("strings", "strings", "-a", "-e", "b", path)
	run("strings", "strings", "-a", "-e", "S", path)
	run("exiftool", "exiftool", "-a", "-u", "-ee", path)
	switch filepath.Ext(path) {
	case ".docx":
		run("unzip", "unzip", "-p", path)
		run("unzip", "unzip", "-l", path)
	case ".pdf":
		run("pdftotext", "pdftotext", path, "-")
		run("pdftotext", "pdftotext", "-raw", path, "-")
		run("mutool", "mutool", "draw", "-q", "-F", "txt", path)
		run("mutool", "mutool", "info", path)
		clear := path + ".clear"
		if b, err := exec.Command("mutool", "clean", "-d", "-f", path, clear).CombinedOutput(); err != nil {
			t.Errorf("mutool clean: %v %s", err, b)
		}
		run("mutool", "strings", "-a", clear)
		if image {
			if b, err := exec.Command("pdftoppm", "-r", "200", "-gray", "-png", path, path).CombinedOutput(); err != nil {
				t.Errorf("pdftoppm: %v %s", err, b)
			}
			pages, _ := filepath.Glob(path + "-*.png")
			for _, p := range pages {
				run("tesseract", "tesseract", p, "-", "-l", "eng")
			}
		}
	}
	return out
}

// found says whether the programs find every secret in the carrier itself.
func found(t *testing.T, c carrier) bool {
	path := filepath.Join(t.TempDir(), c.name)
	if err := os.WriteFile(path, c.bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	var all string
	for _, said := range ask(t, path, false) {
		all += plainly(said)
	}
	for _, s := range c.secrets {
		if !strings.Contains(all, plainly(s)) {
			return false
		}
	}
	return true
}

var (
	syllables = []string{"bor", "quel", "mark", "im", "zer", "fold", "tra", "ven", "skel", "orn", "dru", "pax", "lin", "gor", "wex", "nym"}
	sentences = []string{
		"The Parties meet each year in the month after the harvest and look at what was moved on the line.",
		"Neither side asks of the other what it does not give, and both keep an account that the other may read.",
		"What is dug in the north goes by rail to the port, and what is dug in the south by the river.",
		"Each Party shall tell the other of a law that would change what is agreed here, before it is made.",
		"Water that was used is given back as clean as it was taken, and its state is published every month.",
		"A works for copper is built where the ore is dug, if the study shows that it can pay its way.",
	}
)

func invented(rnd *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(syllables[rnd.IntN(len(syllables))])
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:] + string(rune('a'+rnd.IntN(26))) + "k"
}

// draftCarrier is a draft of ours for invented parties: text, DOCX or PDF, with a company, an amount and a position planted, each in several places
// and in several ways of writing it.
func draftCarrier(t *testing.T, rnd *rand.Rand, i int) carrier {
	company := invented(rnd, 3) + " " + invented(rnd, 2)
	amount := fmt.Sprintf("%d,%03d %s", 1+rnd.IntN(90), rnd.IntN(1000), strings.ToLower(invented(rnd, 2))+"s")
	position := "the delegation may give way on " + strings.ToLower(invented(rnd, 3)) + " in the last round"
	ways := []string{company, strings.ToUpper(company), strings.Replace(company, " ", "  ", 1)}
	if i%3 == 0 { // what only a text can hold
		ways = append(ways, company[:4]+"\u00ad"+company[4:], company[:5]+"-\n"+company[5:], strings.Replace(company, " ", "\n", 1))
	}
	var paras []string
	at := func(s, w string) { paras = append(paras, strings.Replace(s, " and ", " and, as "+w+" has it, ", 1)) }
	for range 8 + rnd.IntN(8) {
		paras = append(paras, sentences[rnd.IntN(len(sentences))])
	}
	for _, w := range ways {
		at(sentences[rnd.IntN(2)], w)
	}
	at(sentences[1], amount)
	at(sentences[0], position)
	rnd.Shuffle(len(paras), func(a, b int) { paras[a], paras[b] = paras[b], paras[a] })
	c := carrier{secrets: []string{company, amount, position, strings.Fields(company)[0], strings.Fields(amount)[1]},
		passages: []redaction.Passage{{Quote: company, Ground: "commercial_secret"}, {Quote: amount, Ground: "market_sensitive"}, {Quote: position, Ground: "deliberations"}}}
	title := fmt.Sprintf("Sample framework %d between Bordolia and Kestria, with %s", i, company)
	var b bytes.Buffer
	doc := &paper.Document{Title: title, Author: company, Lang: "en", Date: "2026-11-23", Footer: "Draft for " + company}
	for k, p := range paras {
		doc.Blocks = append(doc.Blocks, paper.Heading{Level: 1, ID: fmt.Sprintf("art_%d", k+1), Runs: paper.T(fmt.Sprintf("Article %d", k+1))}, paper.Paragraph{Runs: paper.T(p)})
	}
	var err error
	switch i % 3 {
	case 0:
		c.name = fmt.Sprintf("draft%d.txt", i)
		b.WriteString(title + "\n\n")
		for k, p := range paras {
			fmt.Fprintf(&b, "Article %d\n\n%s\n\n", k+1, p)
		}
	case 1:
		c.name = fmt.Sprintf("draft%d.docx", i)
		err = docx.Write(&b, doc)
	case 2:
		c.name = fmt.Sprintf("draft%d.pdf", i)
		err = pdf.Write(&b, doc)
	}
	if err != nil {
		t.Fatal(err)
	}
	c.bytes = b.Bytes()
	return c
}

// otherCarriers are PDFs of others, of which stretches of words are withheld: those with a text layer and not too many pages.
func otherCarriers(t *testing.T, rnd *rand.Rand, most int) []carrier {
	paths, err := filepath.Glob(filepath.Join(need.Shared(t, "formats", "pdf"), "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	var out []carrier
	for _, p := range paths {
		if len(out) == most {
			break
		}
		b, err := os.ReadFile(p)
		if err != nil || len(b) > 600_000 {
			continue
		}
		parts, err := extract.Read(t.Context(), filepath.Base(p), b, extract.Options{})
		if err != nil || !parts[0].Verdict.OK() || len(parts[0].Readings[0].Pages) > 12 || len(parts[0].Scans) > 0 {
			continue
		}
		text := parts[0].Readings[0].Text
		words := strings.Fields(text)
		c := carrier{name: filepath.Base(p), bytes: b}
		for tries := 0; len(c.secrets) < 4 && tries < 200 && len(words) > 60; tries++ {
			at := rnd.IntN(len(words) - 8)
			s := strings.Join(words[at:at+3+rnd.IntN(5)], " ")
			if len(plainly(s)) < 14 {
				continue
			}
			c.secrets = append(c.secrets, s)
			c.passages = append(c.passages, redaction.Passage{Quote: s, Ground: "given_in_confidence"})
		}
		if len(c.secrets) == 4 {
			out = append(out, c)
		}
	}
	return out
}
