package text

import (
	"strconv"
	"strings"
)

// header is what a YAML block between two lines of "---" says: names and values in their order.
type header []Meta

// maxHeader bounds the block; a text that merely begins with a rule is not searched to its end.
const maxHeader = 64 << 10

// cutHeader splits a YAML header from the text after it and says how many lines it took. Only what such headers hold is read:
// "name: value", values in single or double quotes, and continuation lines that are indented. ok is false where there is none.
func cutHeader(s string) (h header, rest string, lines int, ok bool) {
	if !strings.HasPrefix(s, "---\n") {
		return nil, s, 0, false
	}
	pos := len("---\n")
	lines = 1
	for pos < len(s) && pos < maxHeader {
		line, _, _ := strings.Cut(s[pos:], "\n")
		pos = min(pos+len(line)+1, len(s))
		lines++
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "---" || trimmed == "...":
			if len(h) == 0 {
				return nil, s, 0, false
			}
			for i := range h {
				h[i].Value = unquote(h[i].Value)
			}
			return h, s[pos:], lines, true
		case trimmed == "" || strings.HasPrefix(trimmed, "#"):
		case (line[0] == ' ' || line[0] == '\t' || strings.HasPrefix(line, "- ")) && len(h) > 0:
			last := &h[len(h)-1]
			if last.Value == ">" || last.Value == "|" || last.Value == ">-" || last.Value == "|-" {
				last.Value = ""
			}
			if strings.HasPrefix(last.Value, `"`) && strings.HasSuffix(last.Value, `\`) && !strings.HasSuffix(last.Value, `\\`) {
				last.Value = last.Value[:len(last.Value)-1] + trimmed
				break
			}
			last.Value = strings.TrimSpace(last.Value + " " + strings.TrimPrefix(trimmed, "- "))
		default:
			name, value, found := strings.Cut(line, ":")
			if !found || name == "" || strings.ContainsAny(name, " \t{[\"") || len(h) == 200 {
				return nil, s, 0, false
			}
			h = append(h, Meta{Name: name, Value: strings.TrimSpace(value)})
		}
	}
	return nil, s, 0, false
}

func unquote(v string) string {
	if len(v) < 2 || v[0] != v[len(v)-1] {
		return v
	}
	switch v[0] {
	case '\'':
		return strings.ReplaceAll(v[1:len(v)-1], "''", "'")
	case '"':
		return unescape(v[1 : len(v)-1])
	}
	return v
}

// unescape resolves the backslash sequences of a double-quoted YAML value.
func unescape(v string) string {
	var b strings.Builder
	for i := 0; i < len(v); i++ {
		if v[i] != '\\' || i+1 == len(v) {
			b.WriteByte(v[i])
			continue
		}
		i++
		switch c := v[i]; c {
		case 'x', 'u', 'U':
			n := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
			if i+n < len(v) {
				if r, err := strconv.ParseUint(v[i+1:i+1+n], 16, 31); err == nil {
					b.WriteRune(rune(r))
					i += n
				}
			}
		case 'n', 't', '_', 'N', 'r':
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// apply moves what a header says into the reading's fields; what has no field goes to Meta.
func (h header) apply(r *Reading) {
	for _, m := range h {
		switch strings.ToLower(m.Name) {
		case "title":
			r.Title = tidy(m.Value)
		case "date":
			r.Date = m.Value
		case "source_url", "source", "url":
			r.SourceURL = m.Value
		case "language", "lang":
			r.Language = m.Value
		default:
			if m.Value != "" {
				r.Meta = append(r.Meta, Meta{m.Name, tidy(m.Value)})
			}
		}
	}
}
