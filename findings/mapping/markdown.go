package mapping

import (
	"fmt"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// Known is the registry as of a day, with its findings. Label says which day, in words.
type Known struct {
	Label string
	View  *registry.View
	Set   *findings.Set
}

// Markdown writes what the registry answers to every statement, as known at each time.
func Markdown(ss []Statement, at []Known) (string, error) {
	var b, body strings.Builder
	count := make([]map[Outcome]int, len(at))
	for k := range at {
		count[k] = map[Outcome]int{}
	}
	for _, s := range ss {
		fmt.Fprintf(&body, "\n## %d. %s\n\nSection %d of the mapping.\n\n", s.Number, s.Says, s.Section)
		for k, known := range at {
			fmt.Fprintf(&body, "- **As known on %s**: ", known.Label)
			var outcome Outcome
			for n, a := range s.Ask {
				ans, err := a.Answer(known.View, known.Set)
				if err != nil {
					return "", fmt.Errorf("statement %d: %w", s.Number, err)
				}
				if n > 0 {
					body.WriteString(" ")
				}
				fmt.Fprintf(&body, "%s *%s.*", ans.Says, upper(string(ans.Outcome)))
				if len(ans.Records) > 0 {
					fmt.Fprintf(&body, " Records: %s.", records(ans.Records))
				}
				if len(ans.Sources) > 0 {
					fmt.Fprintf(&body, " Sources: %s.", sources(ans.Sources))
				}
				if n == 0 {
					outcome = ans.Outcome
				}
			}
			count[k][outcome]++
			body.WriteString("\n")
		}
		fmt.Fprintf(&body, "- **Nobody can answer from public records**: %s\n", s.Nobody)
	}
	b.WriteString("# The mapping of November 2025, held against the registry\n\n")
	b.WriteString("Written by `go test ./findings/mapping -update`; do not edit. Thirty statements of *A Mapping of Critical Minerals Negotiations* (CCSI, November 2025) that can be checked, in our words; what the embedded registry answers, computed, with the best of its sources; and what nobody can answer. \"Agrees\" and \"differs\" are said where the answer holds between the bounds of what is unknown; a statement that says \"often\" or \"few\" is taken as over a half, under a quarter. What no other source than the mapping itself says confirms nothing.\n\n")
	b.WriteString("| First answer |")
	for _, k := range at {
		fmt.Fprintf(&b, " %s |", k.Label)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(at)) + "\n")
	for _, o := range []Outcome{Agrees, Differs, Open, Itself} {
		fmt.Fprintf(&b, "| %s |", o)
		for k := range at {
			fmt.Fprintf(&b, " %d |", count[k][o])
		}
		b.WriteString("\n")
	}
	return b.String() + body.String(), nil
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func records(ids []registry.RecordID) string {
	var out []string
	for _, id := range ids[:min(len(ids), 6)] {
		out = append(out, "`"+string(id)+"`")
	}
	if n := len(ids) - len(out); n > 0 {
		out = append(out, fmt.Sprintf("%d more", n))
	}
	return strings.Join(out, ", ")
}

func sources(ss []*registry.Source) string {
	var out []string
	for _, s := range ss {
		name := s.Publisher
		if name == "" {
			name = s.Title
		}
		if s.Date != "" {
			name += " (" + s.Date + ")"
		}
		if s.URL != "" {
			name = "[" + name + "](" + s.URL + ")"
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}
