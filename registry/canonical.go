package registry

import (
	"bytes"
	"fmt"
	"sort"
)

// canonical writes a map of strings and lists of strings as JSON by RFC 8785: keys sorted, no blanks, the shortest escapes.
// Keys are ASCII, so that sorting bytes is sorting UTF-16 units.
func canonical(m map[string]any) []byte {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var b bytes.Buffer
	b.WriteByte('{')
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		canonicalString(&b, k)
		b.WriteByte(':')
		switch v := m[k].(type) {
		case string:
			canonicalString(&b, v)
		case []string:
			b.WriteByte('[')
			for j, s := range v {
				if j > 0 {
					b.WriteByte(',')
				}
				canonicalString(&b, s)
			}
			b.WriteByte(']')
		default:
			panic(fmt.Sprintf("canonical: %T", v)) // unreachable: Payload makes no other type
		}
	}
	b.WriteByte('}')
	return b.Bytes()
}

func canonicalString(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\b':
			b.WriteString(`\b`)
		case c == '\t':
			b.WriteString(`\t`)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\f':
			b.WriteString(`\f`)
		case c == '\r':
			b.WriteString(`\r`)
		case c < 0x20:
			fmt.Fprintf(b, `\u%04x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
}
