package web_test

import (
	"strings"
	"testing"
)

// What rules read in a public text is shown without the text's words.
func TestTextWithoutItsWords(t *testing.T) {
	s := seedSite(t)
	body := s.get("/documents/us-malaysia-mou-2025").Body.String()
	for _, want := range []string{"The text itself is not part of this registry", "Not binding", "Plans to do", "Sec. 2, para. 1", "not by people"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if ins := s.get("/instruments/us-malaysia-mou-2025").Body.String(); !strings.Contains(ins, `id="wording"`) || !strings.Contains(ins, "/documents/us-malaysia-mou-2025") {
		t.Error("the instrument's page does not show how its text is worded")
	}
}
