package redline_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/text"
)

var rules, rulesErr = assay.LoadRules()

func compare(t testing.TB, a, b string) *redline.Redline {
	t.Helper()
	if rulesErr != nil {
		t.Fatal(rulesErr)
	}
	var rs []*text.Reading
	var as []*assay.Analysis
	for _, s := range []string{a, b} {
		r, err := text.Read("t.txt", []byte(s))
		if err != nil {
			t.Fatal(err)
		}
		rs, as = append(rs, r), append(as, assay.Analyze(r, rules, nil))
	}
	return redline.Compare(rs[0], rs[1], as[0], as[1])
}

// says gives the changes on a line each: kinds, addresses.
func says(r *redline.Redline) string {
	var out []string
	for _, c := range r.Changes {
		var k []string
		for _, x := range c.Kinds {
			k = append(k, string(x))
		}
		a, b := "-", "-"
		if c.A != nil {
			a = c.A.EID
		}
		if c.B != nil {
			b = c.B.EID
		}
		if len(c.ProposedBy) > 0 {
			b += " by " + strings.Join(c.ProposedBy, "+")
		}
		out = append(out, fmt.Sprintf("%s %s %s", strings.Join(k, "+"), a, b))
	}
	return strings.Join(out, "\n")
}

const base = `AGREEMENT BETWEEN BORDOLIA AND KESTRIA ON ORES

The Parties agree as follows:

Article 1

Scope

1. Each Party shall hand over the yearly account within 30 days of the request.

2. The Parties may buy 10,000 tonnes of copper in any season. The price follows what the ports of both sides publish.

3. The Parties shall work together in:

(a) the search for ores and their mapping;
(b) the training of staff and students;
(c) the processing of ores near the mine; and
(d) transport by rail to the harbour.

Article 2

Care

Each Party shall require its companies to follow the OECD Due Diligence Guidance. It shall publish what it finds.

Article 3

Committee

1. A Joint Committee is hereby established by both sides.

2. The Committee shall meet in the ports by turns.

3. Its minutes are open to whoever asks for them in writing.

Article 4

End

1. This Agreement shall enter into force on signature.

2. Either Party may leave it by notice of six months.
`

func edit(pairs ...string) string {
	s := base
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(s, pairs[i]) != 1 {
			panic("not once in the text: " + pairs[i])
		}
		s = strings.Replace(s, pairs[i], pairs[i+1], 1)
	}
	return s
}

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct{ b, want string }{
		"nothing":              {base, ""},
		"quotes and dashes":    {edit("Scope", "Scope", "the ports of both", "the ports of both"), ""},
		"modal":                {edit("Each Party shall hand", "Each Party may hand"), "modal art_1__para_1 art_1__para_1"},
		"softened":             {edit("shall meet in", "shall endeavour to meet in"), "modal art_3__para_2 art_3__para_2"},
		"forbidden":            {edit("shall meet in", "shall not meet in"), "modal art_3__para_2 art_3__para_2"},
		"deadline":             {edit("within 30 days", "within 60 days"), "deadline art_1__para_1 art_1__para_1"},
		"deadline in words":    {edit("notice of six months", "notice of nine months"), "deadline art_4__para_2 art_4__para_2"},
		"deadline went":        {edit(" within 30 days of the request", ""), "deadline art_1__para_1 art_1__para_1"},
		"quantity":             {edit("10,000 tonnes", "25,000 tonnes"), "quantity art_1__para_2 art_1__para_2"},
		"standard went":        {edit("the OECD Due Diligence Guidance", "good practice"), "standard art_2 art_2"},
		"words":                {edit("whoever asks for them", "the press alone"), "words art_3__para_3 art_3__para_3"},
		"heading":              {edit("Care\n", "Prudence and care\n"), "words art_2 art_2"},
		"modal and words":      {edit("Each Party shall hand over the yearly account", "Each Party may hand over the sealed ledger"), "words+modal+deadline art_1__para_1 art_1__para_1"},
		"item dropped":         {edit("(b) the training of staff and students;\n", ""), "deleted art_1__para_3__point_b -"},
		"last item dropped":    {edit("(c) the processing of ores near the mine; and\n(d) transport by rail to the harbour.", "(c) the processing of ores near the mine."), "deleted art_1__para_3__point_d -"},
		"item dropped, anew":   {edit("(b) the training of staff and students;\n(c)", "(b)", "(d) tr", "(c) tr"), "deleted art_1__para_3__point_b -\nrenumbered art_1__para_3__point_c art_1__para_3__point_b\nrenumbered art_1__para_3__point_d art_1__para_3__point_c"},
		"split":                {edit("in any season. The price", "in any season.\n\n3. The price", "3. The Parties shall work", "4. The Parties shall work"), "split art_1__para_2 art_1__para_2\nrenumbered art_1__para_3 art_1__para_4\nrenumbered art_1__para_3__point_a art_1__para_4__point_a\nrenumbered art_1__para_3__point_b art_1__para_4__point_b\nrenumbered art_1__para_3__point_c art_1__para_4__point_c\nrenumbered art_1__para_3__point_d art_1__para_4__point_d"},
		"split without number": {edit("Guidance. It shall", "Guidance.\n\nIt shall"), "split art_2 art_2"},
		"merged":               {edit("both sides.\n\n2. The Committee", "both sides. The Committee", "3. Its", "2. Its"), "merged art_3__para_1 art_3__para_1\nrenumbered art_3__para_3 art_3__para_2"},
		"moved": {edit("1. A Joint Committee is hereby established by both sides.\n\n2. The Committee shall meet in the ports by turns.\n\n3. Its minutes are open to whoever asks for them in writing.",
			"1. The Committee shall meet in the ports by turns.\n\n2. Its minutes are open to whoever asks for them in writing.\n\n3. A Joint Committee is hereby established by both sides."),
			"renumbered art_3__para_2 art_3__para_1\nrenumbered art_3__para_3 art_3__para_2\nmoved+renumbered art_3__para_1 art_3__para_3"},
		"article moved": {edit("Article 2\n\nCare\n\nEach Party shall require its companies to follow the OECD Due Diligence Guidance. It shall publish what it finds.\n\n", "",
			"2. Either Party may leave it by notice of six months.\n", "2. Either Party may leave it by notice of six months.\n\nArticle 5\n\nCare\n\nEach Party should require its companies to follow the OECD Due Diligence Guidance. It shall publish what it finds.\n"),
			"moved+renumbered+modal art_2 art_5"},
		"standard by its number": {edit("the OECD Due Diligence Guidance", "ISO 14001"), "standard art_2 art_2"},
		"are became shall be":    {edit("minutes are open", "minutes shall be open"), "modal art_3__para_3 art_3__para_3"},
		"to another article":     {edit("\n3. Its minutes are open to whoever asks for them in writing.\n", "", "2. Either Party may leave it by notice of six months.\n", "2. Either Party may leave it by notice of six months.\n\n3. Its minutes are open to whoever asks for them in writing.\n"), "moved art_3__para_3 art_4__para_3"},
		"article added": {edit("Article 2\n", "Article 2\n\nLight\n\nThe Parties publish each contract that they sign.\n\nArticle 3\n", "Article 3\n\nComm", "Article 4\n\nComm", "Article 4\n\nEnd", "Article 5\n\nEnd"),
			"added - art_2\nrenumbered art_2 art_3\nrenumbered art_3__para_1 art_4__para_1\nrenumbered art_3__para_2 art_4__para_2\nrenumbered art_3__para_3 art_4__para_3\nrenumbered art_4__para_1 art_5__para_1\nrenumbered art_4__para_2 art_5__para_2"},
		"article deleted": {edit("Article 3\n\nCommittee\n\n1. A Joint Committee is hereby established by both sides.\n\n2. The Committee shall meet in the ports by turns.\n\n3. Its minutes are open to whoever asks for them in writing.\n\n", ""), "deleted art_3__para_1 -\ndeleted art_3__para_2 -\ndeleted art_3__para_3 -"},
		"proposed":        {edit("in the ports by turns", "[ZMB: in Port Kestria] [EU/US: in the ports by turns]"), "words art_3__para_2 art_3__para_2 by ZMB+EU+US"},
	} {
		if got := says(compare(t, base, c.b)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, strings.ReplaceAll(got, "\n", "\n     "), strings.ReplaceAll(c.want, "\n", "\n     "))
		}
	}
}

// TestLaws: for any two texts made of the same stock of lines, the spans of each change are those of the readings, each provision is told of at
// most once, and the words of the edits put together are both texts.
// TestFootnoteMarks: another number of a footnote is no other amount; a figure in a draft's brackets is one.
func TestFootnoteMarks(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{edit("yearly account", "yearly account[1]"), edit("yearly account", "yearly account[2]"), "words art_1__para_1 art_1__para_1"},
		{edit("in any season.", "in any season.[9]"), edit("in any season.", "in any season.[10]"), "words art_1__para_2 art_1__para_2"},
		{edit("within 30 days", "within [30] days"), edit("within 30 days", "within [60] days"), "deadline art_1__para_1 art_1__para_1"},
		{edit("10,000 tonnes", "[10] parts"), edit("10,000 tonnes", "[12] parts"), "quantity art_1__para_2 art_1__para_2"},
	} {
		if got := says(compare(t, c.a, c.b)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestLaws(t *testing.T) {
	lines := strings.Split(base, "\n")
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) string {
			var out []string
			for _, l := range lines {
				switch rapid.IntRange(0, 12).Draw(t, name) {
				case 0:
					continue
				case 1:
					out = append(out, l, l)
				case 2:
					out = append(out, l+" It shall be kept for 5 years.")
				case 3:
					out = append(out, rapid.SampledFrom(lines).Draw(t, "line"))
				default:
					out = append(out, l)
				}
			}
			return strings.Join(out, "\n") + "\nx"
		}
		a, err := text.Read("a.txt", []byte(draw("a")))
		if err != nil {
			t.Skip()
		}
		b, err := text.Read("b.txt", []byte(draw("b")))
		if err != nil {
			t.Skip()
		}
		r := redline.Compare(a, b, assay.Analyze(a, rules, nil), assay.Analyze(b, rules, nil))
		seen := map[string]bool{}
		for _, c := range r.Changes {
			if len(c.Kinds) == 0 || c.A == nil && c.B == nil {
				t.Fatalf("a change that says nothing: %+v", c)
			}
			if c.A != nil && (c.Before != a.Text[c.A.Start:c.A.End] || seen["a "+c.A.EID]) {
				t.Fatalf("a: %+v", c)
			}
			if c.B != nil && (c.After != b.Text[c.B.Start:c.B.End] || seen["b "+c.B.EID]) {
				t.Fatalf("b: %+v", c)
			}
			var before, after strings.Builder
			for _, e := range c.Edits {
				before.WriteString(a.Text[e.AStart:e.AEnd])
				after.WriteString(b.Text[e.BStart:e.BEnd])
			}
			if before.String() != c.Before || after.String() != c.After {
				t.Fatalf("the edits of %+v give %q and %q", c, before.String(), after.String())
			}
			if c.A != nil {
				seen["a "+c.A.EID] = true
			}
			if c.B != nil {
				seen["b "+c.B.EID] = true
			}
		}
		if same := redline.Compare(a, a, nil, nil); len(same.Changes) != 0 {
			t.Fatalf("a text beside itself: %s", says(same))
		}
		s := r.Successors()
		if len(s.To)+len(s.Gone) != len(a.Provisions) {
			t.Fatalf("%d provisions, %d with a successor, %d gone", len(a.Provisions), len(s.To), len(s.Gone))
		}
		in := map[string]bool{}
		for _, p := range b.Provisions {
			in[p.EID] = true
		}
		for _, to := range s.To {
			for _, e := range to {
				if !in[e] {
					t.Fatalf("a successor that is not there: %s", e)
				}
			}
		}
	})
}
