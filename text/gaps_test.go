package text_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/text"
)

func TestGaps(t *testing.T) {
	const head = "AGREEMENT BETWEEN FREEDONIA AND SYLVANIA ON LITHIUM\n\nThe Parties have agreed as follows:\n\n"
	for _, c := range []struct{ name, body, want string }{
		{"whole", "Article 1\n\nThe Parties shall meet.\n\nArticle 2\n\nThe Parties shall report.\n", ""},
		{"annex absent", "Article 1\n\nThe tariffs of Annex II apply.\n", "annex_missing Annex II"},
		{"annex here", "Article 1\n\nThe tariffs of Annex I apply.\n\nANNEX I\n\nTariffs\n\nNone.\n", ""},
		{"annex of another text", "Article 1\n\nThe rules of Annex II to the Basel Convention apply, and Annex III of that Convention.\n", ""},
		{"own annex", "Article 1\n\nThe list in Annex 1 to this Agreement applies.\n", "annex_missing Annex 1"},
		{"annex without number", "Article 1\n\nThe list is in the Annex hereto.\n", "annex_missing Annex"},
		{"article left out", "Article 1\n\nThe Parties shall meet.\n\nArticle 2\n\nIt is so.\n\nArticle 5\n\nThe Parties shall report.\n", "article_missing 3–4"},
		{"unsigned", "Article 1\n\nThe Parties shall meet.\n\nDone at ____________ on [date] in two originals.\n\nFor Freedonia\n\nFor Sylvania\n", "unsigned "},
		{"signed", "Article 1\n\nThe Parties shall meet.\n\nDone at Port Town on 1 May 2026 in two originals.\n\nFor Freedonia (signed) ______ A. B.\n", ""},
		{"lost letters", "Article 1\n\nThe Parties shall m\ufffdet.\n", "unreadable_words 1"},
	} {
		r, err := text.Read("a.txt", []byte(head+c.body))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, g := range r.FindGaps() {
			got = append(got, fmt.Sprintf("%s %s", g.Code, g.Value))
			if g.At < 0 || g.At >= len(r.Text) {
				t.Errorf("%s: place %d", c.name, g.At)
			}
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}
