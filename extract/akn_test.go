package extract_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/text"
)

func aknOf(body string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><meta><identification source="#x"><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>` + body + `</act></akomaNtoso>`)
}

// TestAddressesOfTheFile: provisions of Akoma Ntoso keep the file's own eIds; those that cannot be kept, and those of parts that are no provisions, lead to
// where the words are.
func TestAddressesOfTheFile(t *testing.T) {
	ps, err := extract.Read(t.Context(), "a.xml", aknOf(`<preface eId="preface"><p>Pact of Bordolia and Kestria</p></preface><body>
<article eId="art_A"><num>Article 1</num><heading>Ports</heading>
 <paragraph eId="art_A__subsec_1"><num>1.</num><list eId="art_A__subsec_1__list_1"><intro><p>The Parties meet:</p></intro>
  <point eId="art_A__subsec_1__list_1__point_a"><num>(a)</num><content eId="c1"><p>in spring;</p></content></point>
  <point eId="art_A__subsec_1__list_1__point_b"><num>(b)</num><content><p>in autumn.</p></content></point>
  <wrapUp><p>They report on both.</p></wrapUp></list></paragraph>
 <paragraph eId="art_A__subsec_1"><num>2.</num><content><p>They share what they find.</p></content></paragraph>
 <paragraph eId="art A"><num>3.</num><content><p>They close no mine alone.</p></content></paragraph>
 <paragraph><num>4.</num><content><p>This one has no address.</p></content></paragraph></article>
<article eId="cite"><num>Article 2</num><content><p>Its address is a page of ours.</p></content></article>
<article eId="art_3"><num>Article 3</num><content><p></p></content></article>
<article eId="art_4"><content><p>It quotes:</p><p><mod eId="art_4__mod_1"><quotedStructure eId="q1"><article eId="q1__art_9"><num>Article 9</num><content><p>Words of another text.</p></content></article></quotedStructure></mod></p></content></article></body>`), extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rd := ps[0].Readings[0]
	var got []string
	for i, p := range rd.Provisions {
		s, e := rd.Own(i)
		got = append(got, string(p.Kind)+" "+p.EID+" ["+p.Num+"] "+p.Heading+": "+strings.Join(strings.Fields(rd.Text[s:e]), " "))
	}
	want := []string{"cover preface [] : Pact of Bordolia and Kestria", "article art_A [1] Ports: ", "paragraph art_A__subsec_1 [1.] : The Parties meet:",
		"point art_A__subsec_1__list_1__point_a [(a)] : in spring;", "point art_A__subsec_1__list_1__point_b [(b)] : in autumn.", "paragraph art_A__subsec_1__wrapup [] : They report on both.",
		"paragraph art_A__para_2 [2.] : They share what they find.", "paragraph art_A__para_3 [3.] : They close no mine alone.", "paragraph art_A__para_4 [4.] : This one has no address.",
		"article art_2 [2] : Its address is a page of ours.", "article art_3 [3] : ", "article art_4 [] : It quotes: Article 9 Words of another text."}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for from, to := range map[string]string{"art A": "art_A__para_3", "cite": "art_2", "c1": "art_A__subsec_1__list_1__point_a", "art_A__subsec_1__list_1": "art_A__subsec_1", "q1__art_9": "art_4", "art_4__mod_1": "art_4"} {
		if rd.Addresses[from] != to {
			t.Errorf("%s leads to %q, not %q", from, rd.Addresses[from], to)
		}
	}
	if !slices.ContainsFunc(rd.Warnings, func(w string) bool { return strings.HasPrefix(w, "3 of the file's own addresses") }) {
		t.Errorf("it is not said that addresses were not kept: %q", rd.Warnings)
	}
	wellFormed(t, rd)
}

// TestWordsDecideWhereTheFileMarksLittle: a file that is one element with a whole law in it has its provisions found in the words.
func TestWordsDecideWhereTheFileMarksLittle(t *testing.T) {
	var law strings.Builder
	for _, n := range strings.Fields("1 2 3 4 5 6 7 8 9") {
		law.WriteString("<p>Article " + n + "</p><p>The Parties shall meet in port " + n + ".</p>")
	}
	ps, err := extract.Read(t.Context(), "a.xml", aknOf(`<body><hcontainer eId="hcontainer_1"><content eId="hcontainer_1__content">`+law.String()+`</content></hcontainer></body>`), extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rd := ps[0].Readings[0]
	if !slices.ContainsFunc(rd.Provisions, func(p text.Provision) bool { return p.EID == "art_9" }) {
		t.Errorf("%+v", rd.Provisions)
	}
}

// wellFormed holds a reading to the laws of readings.
func wellFormed(t *testing.T, rd *text.Reading) {
	t.Helper()
	seen, at := map[string]bool{}, 0
	for i, p := range rd.Provisions {
		if seen[p.EID] || p.EID == "" || p.Start > p.Body || p.Body > p.End || p.End > len(rd.Text) || p.Parent >= i {
			t.Fatalf("provision %d: %+v", i, p)
		}
		seen[p.EID] = true
		if p.Parent < 0 {
			if p.Start != at {
				t.Fatalf("%s begins at %d, not %d", p.EID, p.Start, at)
			}
			at = p.End
		} else if up := rd.Provisions[p.Parent]; p.Start < up.Start || p.End > up.End || p.Depth != up.Depth+1 {
			t.Fatalf("%s is not within %s", p.EID, up.EID)
		}
	}
	if at != len(rd.Text) {
		t.Fatalf("the provisions end at %d of %d", at, len(rd.Text))
	}
	for from, to := range rd.Addresses {
		if seen[from] || !seen[to] {
			t.Fatalf("%s leads to %s", from, to)
		}
	}
}

// TestAddressesOfRealFiles: of Akoma Ntoso that others wrote, every address of an element with words is one here or leads to one.
func TestAddressesOfRealFiles(t *testing.T) {
	files, _ := filepath.Glob(need.Shared(t, "formats", "markup") + "/*")
	kept, led, lost, read := 0, 0, 0, 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		ps, err := extract.Read(t.Context(), filepath.Base(f), b, extract.Options{})
		if err != nil || ps[0].Format != "akn" || !ps[0].Verdict.OK() {
			continue
		}
		rd := ps[0].Readings[0]
		wellFormed(t, rd)
		read++
		here := map[string]bool{}
		for _, p := range rd.Provisions {
			here[p.EID] = true
		}
		k, l, no := 0, 0, 0
		for _, id := range hierarchy(b) {
			switch {
			case here[id]:
				k++
			case rd.Addresses[id] != "":
				l++
			default:
				no++
			}
		}
		kept, led, lost = kept+k, led+l, lost+no
		t.Logf("%-90.90s %5d provisions, eIds: %5d kept, %4d lead on, %4d lost", filepath.Base(f), len(rd.Provisions), k, l, no)
	}
	t.Logf("%d files: %d kept, %d lead on, %d lost", read, kept, led, lost)
	if read < 10 || kept < 20*lost {
		t.Error("too few")
	}
}

// hierarchy are the eIds of elements of the hierarchy, each once.
func hierarchy(b []byte) []string {
	var out []string
	d := xml.NewDecoder(strings.NewReader(string(b)))
	for {
		tok, err := d.RawToken()
		if err != nil {
			slices.Sort(out)
			return slices.Compact(out)
		}
		if e, ok := tok.(xml.StartElement); ok && slices.Contains(strings.Fields("part title chapter section subsection article paragraph subparagraph point indent item recital clause"), e.Name.Local) {
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "eId" || a.Name.Local == "id" && id == "" {
					id = a.Value
				}
			}
			if id != "" {
				out = append(out, id)
			}
		}
	}
}
