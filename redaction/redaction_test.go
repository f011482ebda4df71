package redaction_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/text"
)

const draft = `Sample framework between Bordolia and Kestria

Article 1 – Price

Bordolia sells its copper to Quellmark Holding at 731 thalers per tonne,
and Kestria does not tell others.

Article 2 – Talks

The first offer of the delegation was made in Immerfold on the ninth day.
QUELLMARK HOLD­ING keeps the books. The Quellmark-
Holding may leave.
`

func reading(t testing.TB, s string) *text.Reading {
	t.Helper()
	r, err := text.Read("draft.txt", []byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func made(t testing.TB, r *text.Reading, list string) (*redaction.Redacted, *redaction.Secrets) {
	t.Helper()
	ps, err := redaction.ReadPassages([]byte(list))
	if err != nil {
		t.Fatal(err)
	}
	spans, err := redaction.Resolve(r, ps)
	if err != nil {
		t.Fatal(err)
	}
	d := redaction.Make(r, spans)
	return d, redaction.SecretsOf(r, spans, d)
}

func TestEveryOccurrence(t *testing.T) {
	r := reading(t, draft)
	d, s := made(t, r, `[{"quote": "Quellmark Holding", "ground": "commercial_secret"}, {"quote": "731 thalers", "ground": "market_sensitive"}]`)
	if n := len(d.Withheld); n != 4 {
		t.Errorf("%d passages: %s", n, d.Text)
	}
	low := strings.ToLower(d.Plain())
	for _, w := range []string{"quellmark", "holding", "731", "thaler", "hold\u00ading"} {
		if strings.Contains(low, w) {
			t.Errorf("%q is in %s", w, d.Plain())
		}
	}
	for _, w := range []string{"Bordolia sells its copper to █████████████████[1: Commercial secret] at ███████████[2: Market-sensitive] per tonne", "[4] Commercial secret", "may leave."} {
		if !strings.Contains(strings.Join(strings.Fields(d.Plain()), " "), w) {
			t.Errorf("no %q in %s", w, d.Plain())
		}
	}
	if l := s.Search("text", d.Plain()); len(l) > 0 {
		t.Errorf("%v", l)
	}
	p, err := d.Paper("")
	if err != nil {
		t.Fatal(err)
	}
	var b, empty bytes.Buffer
	if err := docx.Write(&b, p); err != nil {
		t.Fatal(err)
	}
	if err := docx.Write(&empty, redaction.Empty()); err != nil {
		t.Fatal(err)
	}
	if l, err := s.SearchDOCX(b.Bytes(), empty.Bytes()); err != nil || len(l) > 0 {
		t.Errorf("%v %v", l, err)
	}
}

// In a script without blanks only the words themselves go, and are found.
func TestWithoutBlanks(t *testing.T) {
	d, s := made(t, reading(t, "样本协议\n\n第一条\n\n波多利亚通过青岩公司出售铜矿。双方每年会面。\n"), `[{"quote": "青岩公司", "ground": "commercial_secret"}]`)
	if !strings.Contains(d.Text, "波多利亚通过████[1: Commercial secret]出售铜矿") {
		t.Errorf("%s", d.Text)
	}
	if len(s.Search("text", d.Plain())) > 0 || len(s.Search("text", "由青岩\n公司签署")) == 0 {
		t.Error("the search is wrong")
	}
}

// Each of these is found: the words in another form, and each is told without saying it.
func TestLeaksAreFound(t *testing.T) {
	r := reading(t, draft)
	_, s := made(t, r, `[{"quote": "Quellmark Holding", "ground": "commercial_secret"}, {"quote": "The first offer of the delegation was made in Immerfold", "ground": "deliberations"}, {"quote": "731 thalers", "ground": "market_sensitive"}]`)
	for _, leak := range []string{
		"see Quellmark Holding", "QUELLMARK  HOLDING", "quell-\nmark hold\u00ading", "Q u e l l m a r k Holding", "xQuellmarkHoldingx", "Quéllmark Holding", "the ﬁrst offer of the\ndelegation",
		"at Immerfold", "IMMERFOLD.", "731 thalers", "of 731", "per thalers", "Quellmark", "ｑｕｅｌｌｍａｒｋ",
	} {
		l := s.Search("page 1", "Bordolia says "+leak+" again.")
		if len(l) == 0 {
			t.Errorf("%q was not found", leak)
		}
		for _, x := range l {
			if low := strings.ToLower(x.String()); strings.Contains(low, "quell") || strings.Contains(low, "immer") || strings.Contains(low, "731") {
				t.Errorf("the report says it: %s", x)
			}
		}
	}
	for _, no := range []string{"Bordolia sells its copper", "a delegate wrote", "in 1731", "Holdings of others"} {
		if l := s.Search("page 1", no); len(l) > 0 {
			t.Errorf("%q: %v", no, l)
		}
	}
}

// A passage of which the same words are left elsewhere is told, unless it is meant for one place.
func TestTheSameWordsElsewhere(t *testing.T) {
	r := reading(t, "Sample\n\nThe fee is nine thalers today.\n\nOf old it was nine thalers also.\n")
	at := strings.Index(r.Text, "nine thalers")
	span := func(more string) string {
		return `[{"start": ` + itoa(at) + `, "end": ` + itoa(at+len("nine thalers")) + `, "ground": "commercial_secret"` + more + `}]`
	}
	d, s := made(t, r, span(""))
	if l := s.Search("text", d.Plain()); len(l) == 0 {
		t.Error("the second was not found")
	}
	d, s = made(t, r, span(`, "here": true`))
	if l := s.Search("text", d.Plain()); len(l) > 0 {
		t.Errorf("%v", l)
	}
	if l := s.Search("text", "the fee is nine thalers today"); len(l) == 0 {
		t.Error("the first is not looked for with its surroundings")
	}
}

func TestBadPassages(t *testing.T) {
	for list, says := range map[string]string{
		``: "no list of passages", `{}`: "no list of passages", `[]`: "empty", `[{"quote": "copper"}]`: "no ground", `[{"quote": "copper", "ground": "mood"}]`: `"mood" is no ground`,
		`[{"quote": "copper", "ground": "not_stated"}]`: "is no ground", `[{"quote": "a", "ground": "security"}]`: "too short", `[{"quote": "copper", "start": 1, "ground": "security"}]`: "give one of them",
		`[{"start": 3, "ground": "security"}]`: "start and end", `[{"start": 9, "end": 9, "ground": "security"}]`: "no span", `[{"start": -1, "end": 9, "ground": "security"}]`: "no span",
		`[{"start": 1, "stop": 9, "ground": "security"}]`: "stop", `[{"start": 1, "end": 9, "ground": "security"}] x`: "behind", `[{"quote": "copper", "here": true, "ground": "security"}]`: "every occurrence",
		"[\"\xff\"]": "UTF-8", `[{"start": 1e99, "end": 9, "ground": "security"}]`: "no list",
	} {
		if _, err := redaction.ReadPassages([]byte(list)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, not %q", list, err, says)
		}
	}
	r := reading(t, draft)
	dash := strings.Index(r.Text, "–")
	for list, says := range map[string]string{
		`[{"quote": "no such words", "ground": "security"}]`:                                                                            "passage 1: the words",
		`[{"start": 0, "end": 100000, "ground": "security"}]`:                                                                           "the canonical text has",
		`[{"start": ` + itoa(dash+1) + `, "end": ` + itoa(dash+9) + `, "ground": "security"}]`:                                          "cuts a character",
		`[{"quote": "copper", "ground": "security"}, {"start": ` + itoa(dash-1) + `, "end": ` + itoa(dash) + `, "ground": "security"}]`: "passage 2: from byte",
	} {
		ps, err := redaction.ReadPassages([]byte(list))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := redaction.Resolve(r, ps); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, not %q", list, err, says)
		}
	}
}

// Whatever is withheld: nothing else goes, the shape stays, and the words are gone.
func TestLaws(t *testing.T) {
	r := reading(t, draft)
	rapid.Check(t, func(t *rapid.T) {
		var ps []redaction.Passage
		for range rapid.IntRange(1, 4).Draw(t, "n") {
			a := rapid.IntRange(0, len(r.Text)-2).Draw(t, "a")
			b := rapid.IntRange(a+1, len(r.Text)).Draw(t, "b")
			for !utf8.RuneStart(r.Text[a]) {
				a--
			}
			for b < len(r.Text) && !utf8.RuneStart(r.Text[b]) {
				b++
			}
			ps = append(ps, redaction.Passage{Start: a, End: b, Ground: "security"})
		}
		spans, err := redaction.Resolve(r, ps)
		if err != nil {
			t.Skip()
		}
		d := redaction.Make(r, spans)
		plain := d.Text
		for _, w := range d.Withheld {
			plain = strings.Replace(plain, redaction.Mark(w), "", 1)
		}
		if a, b := utf8.RuneCountInString(plain), utf8.RuneCountInString(r.Text); a != b || strings.Count(plain, "\n") != strings.Count(r.Text, "\n") {
			t.Fatalf("%d characters, not %d", a, b)
		}
		in, out := []rune(r.Text), []rune(plain)
		for i, c := range out {
			if c != redaction.Block && c != in[i] {
				t.Fatalf("character %d is %q, not %q", i, c, in[i])
			}
		}
	})
}

func FuzzReadPassages(f *testing.F) {
	f.Add([]byte(`[{"start": 120, "end": 164, "ground": "commercial_secret"}, {"quote": "copper", "ground": "security"}]`))
	r := reading(f, draft)
	f.Fuzz(func(t *testing.T, b []byte) {
		ps, err := redaction.ReadPassages(b)
		if err != nil {
			return
		}
		if spans, err := redaction.Resolve(r, ps); err == nil {
			d := redaction.Make(r, spans)
			redaction.SecretsOf(r, spans, d).Search("text", d.Plain())
		}
	})
}

func itoa(n int) string { return strconv.Itoa(n) }
