package assay_test

import (
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

func TestSample(t *testing.T) {
	glob := os.Getenv("SAMPLE")
	if glob == "" {
		t.Skip("SAMPLE not set")
	}
	names, rs := readings(t, glob)
	rules, _ := assay.LoadRules()
	buckets := map[string][]string{}
	for i, r := range rs {
		a := assay.Analyze(r, rules, testLexicon())
		for j, p := range a.Provisions {
			s, e := r.Own(j)
			if e-s < 40 || r.Provisions[j].Kind == text.KindSignatures {
				continue
			}
			own := strings.ReplaceAll(r.Text[s:e], "\n", "⏎")
			low := strings.ToLower(own)
			line := fmt.Sprintf("%s %s %s|%s b=%v q=%v t=%v | %.330s", names[i][strings.LastIndexByte(names[i], '/')+1:], p.EID, p.Modality, p.Part, p.Bearer, p.Qualifiers, p.Topics, own)
			add := func(b string) { buckets[b] = append(buckets[b], line) }
			switch {
			case p.Modality == "none" && p.Part != "definition" && p.Part != "preamble":
				add("none")
			case p.Part == "definition" && strings.Contains(low, "shall"):
				add("defshall")
			case p.Modality == "declaration" && strings.Contains(low, "shall"):
				add("declshall")
			case p.Modality == "declaration" && p.Part == "operative":
				add("declop")
			case p.Modality == "obligation" && len(p.Bearer) == 1 && p.Bearer[0] == "none":
				add("oblnone")
			case len(p.Topics) > 0 && p.Part == "operative":
				add("topics")
			default:
				add(string(p.Modality))
			}
		}
	}
	rng := rand.New(rand.NewSource(7))
	want := strings.Split(os.Getenv("BUCKETS"), ",")
	for _, b := range want {
		fmt.Printf("=== %s %d\n", b, len(buckets[b]))
		for k := 0; k < 14 && len(buckets[b]) > 0; k++ {
			fmt.Println("-", buckets[b][rng.Intn(len(buckets[b]))])
		}
	}
}
