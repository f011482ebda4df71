package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// library writes n texts, some of them near-duplicates, large enough that an import of them can be met at any point.
func library(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	states := []string{"Peru", "Ghana", "Chile", "Zambia", "Kenya", "Japan"}
	for i := range n {
		a, b := states[i/2%len(states)], states[(i/2+1+i/12)%len(states)]
		var s strings.Builder
		fmt.Fprintf(&s, "---\ntitle: \"Memorandum of Understanding between the Government of %s and the Government of %s, number %d\"\ndate: %d-%02d-11\n---\n\n", a, b, i/2, 2000+i/24, 1+i/2%12)
		fmt.Fprintf(&s, "The Government of %s and the Government of %s have reached the following understanding:\n\n", a, b)
		for k := range 120 {
			fmt.Fprintf(&s, "## Section %d\n\nThe Participants intend to exchange %d views on lithium and cobalt in year %d. Each Participant shall report on matter %d.\n\n", k+1, i/2, k, k*(i/2))
		}
		if i%2 == 1 {
			s.WriteString("Done in two originals.\n")
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("mou-%03d.md", i)), []byte(s.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
