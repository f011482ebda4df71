package redaction

import (
	"fmt"
	"strings"
)

// Leaked is the error of a redacted text in which withheld words were found: nothing was written.
type Leaked struct{ Leaks []Leak }

// Error says where, without saying the words.
func (l *Leaked) Error() string {
	var all []string
	for i, x := range l.Leaks {
		if i == 5 {
			all = append(all, fmt.Sprintf("and %d more", len(l.Leaks)-i))
			break
		}
		all = append(all, x.String())
	}
	return "withheld words would be seen, so nothing was written: " + strings.Join(all, "; ")
}
