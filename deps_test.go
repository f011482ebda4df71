// Package assay_test holds the checks that concern the repository as a whole.
package assay_test

import (
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/openassay/assay/"

// pkg is what go list says of a package.
type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// arrow is a forbidden import, with the reason. A trailing /... covers what lies below.
type arrow struct {
	from, to string
	direct   bool // only what the package itself imports: fmt brings os along, and no package can do without fmt
	why      string
}

var forbidden = []arrow{
	{"registry", "*", false, "the domain imports the standard library only, so that what a claim means depends on nobody else's code"},
	{"registry", "os", true, "compile must give the same view whatever machine it runs on"},
	{"registry", "net/http", false, "the domain knows no network"},
	{"text", "os", true, "reading is pure: bytes in, spans out; ingestion, evaluation and the live page call the same function"},
	{"text", "net/http", false, "reading fetches nothing: a confidential draft is read offline"},
	{"text", "database/sql", false, "reading is pure"},
	{"text", module + "...", false, "text stands at the bottom beside registry; what it needs is in it"},
	{"assay", "os", true, "the reading of strength is pure; its rules are embedded data"},
	{"assay", "net/http", false, "a confidential draft never leaves the machine"},
	{"assay", "database/sql", false, "the reading of strength is pure"},
	{"assay", module + "claimlog/...", false, "arrows go registry, text, assay, ingest: what is read must not depend on how it is kept"},
	{"assay", module + "projection", false, "as above"},
	{"extract/...", "net/http", false, "reading fetches nothing: what a file refers to elsewhere stays there"},
	{"extract/...", module + "registry", false, "what is on a page is known without knowing what a registry is"},
	{"extract/...", module + "assay", false, "as above: extract gives readings, whoever wants them analyses them"},
	{"extract/layout", "os", true, "paragraphs follow from words and their places alone"},
	{"extract/office", "os", true, "bytes in, paragraphs out"},
	{"extract/pack", "os", true, "nothing is ever unpacked onto a disk"},
	{"text", module + "extract/...", false, "formats are read above the text, and may use libraries; the text stays pure"},
	{"edit", "os", true, "what a typed value means, and what entries will change, is pure: the same in every form, file and test"},
	{"edit", "net/http", false, "as above"},
	{"edit", "database/sql", false, "the editor's rules store nothing; whoever saves appends what they give"},
	{"edit", module + "claimlog/...", false, "as above"},
	{"edit", module + "projection", false, "it takes entries and views as they are given"},
	{"edit", module + "web/...", false, "pages fill forms; what a form means does not depend on pages"},
	{"assay", module + "eval/...", false, "the rules must not see the answers they are measured against"},
	{"draftcheck", "os", true, "the check of a draft is pure: the same in the program, on the page and in a test"},
	{"draftcheck", "net/http", false, "a confidential draft never leaves the machine"},
	{"draftcheck", "database/sql", false, "it keeps nothing; what a registry holds is given to it as plain data"},
	{"draftcheck", module + "registry", false, "it reads texts, not records: whoever asks says what is known of others"},
	{"draftcheck", module + "web/...", false, "pages show a report; what is in it does not depend on pages"},
	{"practice", "os", true, "the clause library is embedded data; what it offers depends on no machine"},
	{"practice", "net/http", false, "a confidential draft is held against it offline"},
	{"practice", module + "registry", false, "model clauses are of our drafting; they rest on no record"},
	{"conflict", "os", true, "whether two norms collide follows from their texts and the rules alone: a draft is held against others offline"},
	{"conflict", "net/http", false, "a confidential draft never leaves the machine"},
	{"conflict", "database/sql", false, "it compares; who keeps what it found is elsewhere"},
	{"conflict", module + "registry", false, "it takes texts with their sides and dates, not records"},
	{"conflict", module + "web/...", false, "pages show conflicts; what one is does not depend on pages"},
	{"findings", "os", true, "the same records give the same numbers on whatever machine"},
	{"findings", "net/http", false, "it counts what it is given"},
	{"findings", "database/sql", false, "as above"},
	{"findings", module + "claimlog/...", false, "it takes a view, whoever compiled it"},
	{"findings", module + "projection", false, "as above"},
	{"findings", module + "web/...", false, "numbers do not depend on how they are shown"},
	{"findings/picture", module + "web", false, "the same picture goes into pages, briefs and mails: it takes package chart and no page"},
	{"brief", module + "web", false, "a brief is made without pages, by command and page alike"},
	{"brief", "os", true, "the same records give the same brief on whatever machine"},
	{"brief", "net/http", false, "it fetches nothing"},
	{"brief", module + "claimlog/...", false, "it takes a view, whoever compiled it"},
	{"findings/picture", "os", true, "as findings"},
	{"identity", "os", true, "whether two things are one follows from what is known of them and the weights; the weights are embedded data"},
	{"identity", "net/http", false, "as above"},
	{"identity", "database/sql", false, "as above"},
	{"identity", module + "claimlog/...", false, "it compares; who merges is elsewhere"},
	{"overlap/...", "os", true, "whether two texts share words, or two records subjects, follows from them alone: a draft is compared offline"},
	{"overlap/...", "net/http", false, "a confidential draft never leaves the machine"},
	{"overlap/...", "database/sql", false, "it compares; who keeps what it found is elsewhere"},
	{"overlap/...", module + "claimlog/...", false, "as above"},
	{"overlap/...", module + "projection", false, "as above"},
	{"overlap/...", module + "web/...", false, "pages show overlaps; what one is does not depend on pages"},
	{"claimlog/...", module + "projection", false, "the log must not depend on what is made from it"},
	{"claimlog/...", module + "text", false, "the log holds entries and does not look into texts"},
	{"claimlog/...", module + "web/...", false, "the log does not know who reads it"},
	{"projection", module + "ingest", false, "the read side must be able to run where nothing is ever written"},
	{"projection", module + "web/...", false, "the edges read the projection, not the other way round"},
	{"projection", module + "claimlog/sqlite", false, "the projection follows the contract, not one store"},
	{"web/...", module + "claimlog/...", true, "a page that could read the log could show what its reader may not see"},
	{"web/...", module + "ingest", false, "pages read; they do not bring in"},
	{"fetch", "os", true, "it keeps nothing"},
	{"fetch", module + "claimlog/...", false, "what gets a file knows nothing of what becomes of it"},
	{"fetch", module + "web/...", false, "as above"},
	{"web/...", module + "fetch", false, "a page that could reach the network could be made to reach any"},
	{"intake", "os", true, "what desk and importer say to each other is values"},
	{"intake", "net/http", false, "as above"},
	{"intake", module + "ingest", false, "the importer knows the words of the desk, not the other way round"},
	{"web/chart", module + "...", false, "a chart draws numbers; the same picture goes into pages, briefs and mails"},
	{"account", module + "projection", false, "who may sign in is known without looking at what is in the registry"},
	{"account", module + "claimlog/...", false, "accounts are not in the log: they are not for ever, and the log is exchanged"},
	{"account", module + "web/...", false, "accounts do not know which pages there are"},
	{"account", module + "account/...", false, "accounts keep what opens them; the ceremonies by which that is shown are above"},
	{"account/...", module + "web/...", false, "as above, nor do the ceremonies"},
	{"account/openid", module + "account", false, "a provider says who came; which account that is, it does not know"},
	{"account", "net/http", false, "accounts are used by the command line too; an address of the network never reaches them"},
	{"blob", module + "projection", false, "bytes under a name know nothing of records"},
	{"server", module + "web/...", false, "the network front must not know what the pages show"},
	{"web/...", module + "server", false, "pages are the same whoever serves them"},
	{"seal", module + "claimlog/...", false, "keys and ciphers know nothing of what they hide"},
	{"seal", module + "instance", false, "as above"},
	{"claimlog/...", module + "seal", false, "the log takes the name of a VFS, and does not know whose it is"},
	{"backup", module + "web/...", false, "a backup copies what is durable and knows nothing of how it is read"},
	{"datadir/...", module + "claimlog/...", false, "the folder knows names and locks, not what is in the files"},
	{"paper", module + "...", false, "the form in which a document leaves knows nothing of what it holds"},
	{"paper/...", "os", true, "the same document gives the same bytes on every machine"},
	{"paper/...", "net/http", false, "what is written fetches nothing: a confidential draft is written offline"},
	{"paper/...", module + "registry/...", false, "writers know blocks and runs, not records"},
	{"paper/...", module + "text", false, "as above, nor texts"},
	{"disclosure", "os", true, "what is withheld follows from what readers see and the day: pure"},
	{"disclosure", "net/http", false, "as above"},
	{"disclosure", "database/sql", false, "as above"},
	{"disclosure/protocol", "os", true, "the model protocol is data, and the same wherever it is read: pure"},
	{"disclosure/protocol", module + "registry", false, "it is in no party's name: it knows no record"},
	{"disclosure", module + "claimlog/...", false, "notices are claims that readers see, never what is hidden"},
	{"redaction/...", "os", true, "a redacted text follows from a reading and the passages: the same on every machine, and nothing is written before it was searched"},
	{"redaction/...", "net/http", false, "a confidential text is redacted offline"},
	{"redaction/...", "database/sql", false, "it keeps nothing"},
	{"redaction/...", module + "claimlog/...", false, "what is withheld is given to it"},
	{"redaction", module + "extract/...", false, "the words that are withheld, and the search for them, are pure; package page draws"},
	{"summary", "os", true, "a summary follows from what readers see: pure"},
	{"summary", "net/http", false, "as above"},
	{"summary", "database/sql", false, "as above"},
	{"ledger", "os", true, "a receipt is checked the same on any machine: bytes in, verdict out"},
	{"ledger", "net/http", false, "whoever checks a receipt asks nobody"},
	{"ledger", "database/sql", false, "what a leaf means does not depend on how it is kept"},
	{"ledger", module + "claimlog/...", false, "events follow from entries, wherever they are kept"},
	{"ledger/tiles", module + "ledger/book", false, "the tree is made from leaves, whoever keeps them"},
	{"ledger/witness", module + "claimlog/...", false, "a witness knows nothing of what it witnesses"},
	{"edition", "os", true, "the same reading gives the same bytes on every machine"},
	{"edition", "net/http", false, "a confidential draft is converted offline"},
	{"edition", module + "registry/...", false, "it writes readings, not records"},
	{"edition", module + "projection", false, "whoever has a reading may write it"},
	{"align", "os", true, "which provisions belong together follows from the texts"},
	{"align", "net/http", false, "as above"},
	{"align", module + "registry/...", false, "it compares readings, not records"},
	{"align", module + "projection", false, "whoever has two readings may align them"},
	{"redline", "os", true, "what changed between two texts follows from the texts: the same on the page, on the line and in a draft that is not kept"},
	{"redline", "net/http", false, "as above"},
	{"redline", "database/sql", false, "as above"},
	{"redline", module + "registry/...", false, "it compares readings, not records"},
	{"redline", module + "claimlog/...", false, "as above"},
	{"redline", module + "projection", false, "whoever has two readings may compare them"},
	{"seed", module + "ingest", false, "the seed is data; the importer reads it"},
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Deps,Standard", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	ours := map[string]pkg{}
	for {
		var p pkg
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.ImportPath, module) {
			ours[strings.TrimPrefix(p.ImportPath, module)] = p
		}
	}
	for _, a := range forbidden {
		found := false
		for name, p := range ours {
			if !covers(a.from, name) || strings.HasSuffix(name, "/gen") {
				continue
			}
			found = true
			list := p.Deps
			if a.direct {
				list = p.Imports
			}
			if bad := breaks(a, p.ImportPath, list); bad != "" {
				t.Errorf("%s imports %s: %s", name, bad, a.why)
			}
		}
		if !found {
			t.Errorf("the rule for %s covers no package; take it out or mend its name", a.from)
		}
	}
	for name, p := range ours {
		for _, d := range p.Deps {
			if strings.HasPrefix(d, module+"cmd/") {
				t.Errorf("%s imports %s: commands are wiring; nothing builds on them", name, d)
			}
		}
	}
}

// breaks is the first import in the list that the arrow forbids; "" where none is.
func breaks(a arrow, self string, list []string) string {
	for _, d := range list {
		switch {
		case d == self:
		case a.to == "*" && strings.Contains(strings.SplitN(d, "/", 2)[0], "."):
			return d
		case strings.HasSuffix(a.to, "/...") && (strings.HasPrefix(d, strings.TrimSuffix(a.to, "...")) || d == strings.TrimSuffix(a.to, "/...")):
			return d
		case d == a.to:
			return d
		}
	}
	return ""
}

func covers(pattern, name string) bool {
	if base, ok := strings.CutSuffix(pattern, "/..."); ok {
		return name == base || strings.HasPrefix(name, base+"/")
	}
	return pattern == name
}

// TestImportRulesBite proves that the rules can fail.
func TestImportRulesBite(t *testing.T) {
	for _, c := range []struct {
		arrow
		list []string
		want string
	}{
		{arrow{to: "*"}, []string{"fmt", "golang.org/x/text/unicode/norm"}, "golang.org/x/text/unicode/norm"},
		{arrow{to: "net/http"}, []string{"fmt", "net/http"}, "net/http"},
		{arrow{to: module + "claimlog/..."}, []string{module + "claimlog/sqlite"}, module + "claimlog/sqlite"},
		{arrow{to: module + "claimlog/..."}, []string{module + "claimlog"}, module + "claimlog"},
		{arrow{to: "os"}, []string{"fmt", "io"}, ""},
	} {
		if got := breaks(c.arrow, "self", c.list); got != c.want {
			t.Errorf("%v: %q, want %q", c.arrow, got, c.want)
		}
	}
	if !covers("web/...", "web/chart") || covers("web/...", "webby") {
		t.Error("covers")
	}
}
