package redaction

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// Limits of what is searched of one file. What is larger is no redacted text of ours.
const maxUnpacked = 256 << 20

// binaryLeast is the weight from which on a word counts where letters may stand by chance.
const binaryLeast = 6

// SearchDOCX looks into a DOCX file: the names of its parts, their text, and all of their marks. empty is a file of the same writer without a text:
// its words are no leak.
func (s *Secrets) SearchDOCX(b, empty []byte) ([]Leak, error) {
	_, base, err := unpacked(empty)
	if err != nil {
		return nil, err
	}
	known := folded(strings.Join(base, "\n")).words()
	names, parts, err := unpacked(b)
	if err != nil {
		return nil, err
	}
	out := s.search("the names of parts", strings.Join(names, "\n"), known, telling)
	for i, p := range parts {
		apart, joined := html.UnescapeString(tag.ReplaceAllString(p, " ")), html.UnescapeString(tag.ReplaceAllString(p, ""))
		out = append(out, s.Search(names[i], apart)...)
		out = append(out, s.Search(names[i], joined)...)
		out = append(out, s.search(names[i]+", marks", html.UnescapeString(strings.Join(tag.FindAllString(p, -1), "\n")), known, telling)...)
	}
	return out, nil
}

var tag = regexp.MustCompile(`<[^>]*>`)

// unpacked gives names and contents of the parts of a ZIP file, with its comment as one of them.
func unpacked(b []byte) (names, parts []string, err error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, nil, fmt.Errorf("what was written cannot be unpacked: %w", err)
	}
	names, parts = []string{"comment"}, []string{z.Comment}
	left := int64(maxUnpacked)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, nil, fmt.Errorf("%s cannot be unpacked: %w", f.Name, err)
		}
		c, err := io.ReadAll(io.LimitReader(r, left+1))
		r.Close()
		if err != nil {
			return nil, nil, fmt.Errorf("%s cannot be unpacked: %w", f.Name, err)
		}
		if left -= int64(len(c)); left < 0 {
			return nil, nil, fmt.Errorf("it unpacks to more than %d MB", maxUnpacked>>20)
		}
		names, parts = append(names, f.Name), append(parts, string(c)+"\n"+f.Comment+string(f.Extra))
	}
	return names, parts, nil
}

// SearchPDF looks into the bytes of a PDF: what stands outside streams, and every stream decoded, but for the dots of images. A stream that cannot be
// decoded is an error. What the page says is to be searched by whoever can read pages. empty is a file of the same writer without a text.
func (s *Secrets) SearchPDF(b, empty []byte) ([]Leak, error) {
	base, err := streams(empty)
	if err != nil {
		return nil, err
	}
	known := folded(strings.Join(base, "\n")).words()
	parts, err := streams(b)
	if err != nil {
		return nil, err
	}
	var out []Leak
	for i, p := range parts {
		where := "objects"
		if i > 0 {
			where = "stream " + strconv.Itoa(i)
		}
		out = append(out, s.search(where, p, known, binaryLeast)...)
	}
	return out, nil
}

// streams gives the strings of what stands outside streams, and of each stream that is no image.
func streams(b []byte) ([]string, error) {
	var rest bytes.Buffer
	out := []string{""}
	at := 0
	for {
		i := bytes.Index(b[at:], []byte("stream\n"))
		if k := bytes.Index(b[at:], []byte("stream\r\n")); k >= 0 && (i < 0 || k < i) {
			i = k
		}
		if i < 0 {
			break
		}
		body := at + i + len("stream\n")
		if b[body-1] == '\r' {
			body++
		}
		n := bytes.Index(b[body:], []byte("endstream"))
		if n < 0 {
			return nil, fmt.Errorf("a stream at byte %d does not end", body)
		}
		head := b[at : at+i]
		rest.Write(head)
		if k := bytes.LastIndex(head, []byte(" obj")); k >= 0 {
			head = head[k:]
		}
		at = body + n + len("endstream")
		switch {
		case bytes.Contains(head, []byte("/Image")):
		case bytes.Contains(head, []byte("/FlateDecode")):
			z, err := zlib.NewReader(bytes.NewReader(b[body : body+n]))
			if err != nil {
				return nil, fmt.Errorf("the stream at byte %d cannot be decoded: %w", body, err)
			}
			c, err := io.ReadAll(io.LimitReader(z, maxUnpacked))
			if err != nil {
				return nil, fmt.Errorf("the stream at byte %d cannot be decoded: %w", body, err)
			}
			out = append(out, printable(c))
		case bytes.Contains(head, []byte("/Filter")):
			return nil, fmt.Errorf("the stream at byte %d is coded in a way that is not searched", body)
		default:
			out = append(out, printable(b[body:body+n]))
		}
	}
	rest.Write(b[at:])
	out[0] = printable(rest.Bytes())
	return out, nil
}

// printable gives what can be read in bytes: as they stand, as UTF-16 of either order, and what is written in hexadecimal digits.
func printable(b []byte) string {
	var out strings.Builder
	run := func(step, from int) {
		var cur []byte
		flush := func() {
			if len(cur) >= telling {
				out.Write(cur)
				out.WriteByte('\n')
			}
			cur = cur[:0]
		}
		for i := from; i < len(b); i += step {
			c := b[i]
			if c >= 0x20 && c < 0x7f || step == 1 && c >= 0x80 || c == '\n' || c == '\r' || c == '\t' {
				if step == 2 && (from == 1 && b[i-1] != 0 || from == 0 && (i+1 >= len(b) || b[i+1] != 0)) {
					flush()
					continue
				}
				cur = append(cur, c)
				continue
			}
			flush()
		}
		flush()
	}
	run(1, 0)
	run(2, 0)
	run(2, 1)
	for _, h := range hexString.FindAll(b, 10_000) {
		raw := make([]byte, 0, len(h)/2)
		for i := 1; i+1 < len(h)-1; i += 2 {
			n, _ := strconv.ParseUint(string(h[i:i+2]), 16, 8)
			raw = append(raw, byte(n))
		}
		out.WriteString(strings.ReplaceAll(string(raw), "\x00", "") + "\n")
	}
	return out.String()
}

var hexString = regexp.MustCompile(`<[0-9A-Fa-f]{8,}>`)
