package web

import (
	"os"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/text"
)

// reading is the reading and analysis of a text.
func reading(t testing.TB, name, body string) (*text.Reading, *assay.Analysis) {
	t.Helper()
	r, err := text.Read(name, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r, assay.Analyze(r, rules, nil)
}

func joined(r *text.Reading, ps []piece) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(r.Text[p.start:p.end])
	}
	return b.String()
}

const treaty = `# Agreement between Norland and Sudland on Minerals

The Parties, desiring closer ties, have agreed as follows:

## Article 1
### Purpose
The purpose of this Agreement is cooperation.

## Article 2
1. Each Party shall publish its laws.
2. The Parties shall endeavour to:
(a) exchange data;
(b) train staff.

## Article 3
This Agreement shall enter into force on signature.
`

func TestPiecesAreTheText(t *testing.T) {
	for name, body := range map[string]string{
		"treaty.md": treaty, "flat.txt": "Words without structure.\n",
		"long.txt": "Article 1\n" + strings.Repeat("Each Party shall publish its laws. ", 9000),
		"line.txt": strings.Repeat("矿", 90000),
	} {
		r, a := reading(t, name, body)
		ps := pieces(r)
		if joined(r, ps) != r.Text {
			t.Errorf("%s: the pieces are not the text", name)
		}
		opened := map[int]bool{}
		for _, p := range ps {
			if p.end-p.start > longPiece {
				t.Errorf("%s: a piece of %d bytes", name, p.end-p.start)
			}
			if p.opens {
				opened[p.prov] = true
			}
		}
		if len(opened) != len(r.Provisions) {
			t.Errorf("%s: %d of %d provisions begin somewhere", name, len(opened), len(r.Provisions))
		}
		checkPages(t, name, r, a, ps)
	}
}

func checkPages(t *testing.T, name string, r *text.Reading, a *assay.Analysis, ps []piece) {
	starts := paginate(r, a, ps, "/documents/a-text-of-some-length")
	for n, from := range starts {
		to := len(ps)
		if n+1 < len(starts) {
			to = starts[n+1]
		}
		if from >= to && len(ps) > 0 {
			t.Errorf("%s: page %d is empty", name, n+1)
		}
		bytes := 0
		for _, p := range ps[from:to] {
			bytes += p.end - p.start
		}
		if bytes > pageBudget {
			t.Errorf("%s: page %d has %d bytes of text", name, n+1, bytes)
		}
	}
}

func TestPagesOfLongTexts(t *testing.T) {
	for _, name := range []string{"unclos.json", "rome-statute.json"} {
		b, err := os.ReadFile(need.Shared(t, "texts", "open-treaties", name))
		if err != nil {
			t.Fatal(err)
		}
		r, a := reading(t, name, string(b))
		ps := pieces(r)
		if joined(r, ps) != r.Text {
			t.Errorf("%s: the pieces are not the text", name)
		}
		checkPages(t, name, r, a, ps)
		t.Logf("%s: %d bytes, %d pages", name, len(r.Text), len(paginate(r, a, ps, "/documents/a-text-of-some-length")))
	}
}

func TestRuns(t *testing.T) {
	s := "Each Party shall, as appropriate, publish."
	spans := []span{{11, 16, "obligation", "r1"}, {18, 32, "as_appropriate", "r2"}, {5, 20, "evidence", "r3"}}
	got := ""
	for _, rn := range runs(s, 0, len(s), spans) {
		got += "[" + rn.Class + ":" + rn.Text + "]"
	}
	if want := "[:Each ][evidence:Party ][obligation:shall][evidence:, ][as_appropriate:as appropriate][:, publish.]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if rs := runs(s, 3, 3, spans); len(rs) != 0 {
		t.Errorf("runs of nothing: %v", rs)
	}
}

func TestStrength(t *testing.T) {
	for m, want := range map[assay.Modality]string{assay.Obligation: "solid", assay.Prohibition: "solid", assay.Effort: "dashed", assay.Intention: "dotted",
		assay.Permission: "dotted", assay.Aspiration: "hollow", assay.Declaration: "none", assay.None: "none", "": "unread"} {
		if got := strengthForm(m); got != want {
			t.Errorf("%q: %s, want %s", m, got, want)
		}
	}
	container := assay.Provision{Modality: assay.Obligation, Labels: []assay.Label{{Class: "effort"}, {Class: "finance"}}}
	if got := ownStrength(container, false); got != assay.Effort {
		t.Errorf("a container's own strength is %q, want that of its own words", got)
	}
}
