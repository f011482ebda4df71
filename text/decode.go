package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// MaxBytes is the largest document read. The longest treaty in the collections we know, with its tariff schedules, is
// under 10 MB.
const MaxBytes = 64 << 20

// magic are the first bytes of formats that hold text but are not text.
var magic = []struct{ prefix, what, hint string }{
	{"%PDF-", "a PDF", "extract its text first, for instance with pdftotext -layout"},
	{"PK\x03\x04", "a ZIP archive such as DOCX, ODT or EPUB", "save it as plain text, Markdown or HTML"},
	{"\xd0\xcf\x11\xe0", "an old Word or Excel file", "save it as plain text or HTML"},
	{"{\\rtf", "rich text (RTF)", "save it as plain text or HTML"},
	{"\x89PNG", "a PNG image", "run optical character recognition and give the text"},
	{"\xff\xd8\xff", "a JPEG image", "run optical character recognition and give the text"},
	{"GIF8", "a GIF image", "run optical character recognition and give the text"},
	{"II*\x00", "a TIFF image", "run optical character recognition and give the text"},
	{"MM\x00*", "a TIFF image", "run optical character recognition and give the text"},
	{"\x1f\x8b", "a gzip file", "decompress it"},
	{"7z\xbc\xaf", "a 7z archive", "unpack it"},
}

// decode turns bytes into UTF-8 with LF line ends, or says why they are no text.
func decode(name string, b []byte, w *warnings) (string, error) {
	if len(b) > MaxBytes {
		return "", &Error{Code: CodeUnsupported, Name: name,
			Message: fmt.Sprintf("%d bytes; at most %d are read", len(b), MaxBytes), Hint: "split it, or take the annexes out"}
	}
	if len(b) == 0 {
		return "", &Error{Code: CodeInvalid, Name: name, Message: "the file is empty", Hint: "give a file with text in it"}
	}
	for _, m := range magic {
		if bytes.HasPrefix(b, []byte(m.prefix)) {
			return "", &Error{Code: CodeUnsupported, Name: name, Message: "this is " + m.what + ", which is not read", Hint: m.hint}
		}
	}
	s, err := toUTF8(name, b, w)
	if err != nil {
		return "", err
	}
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return s, nil
}

func toUTF8(name string, b []byte, w *warnings) (string, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		u, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		if err != nil || bytes.IndexByte(u, 0) >= 0 {
			return "", &Error{Code: CodeUnreadable, Name: name, Message: "it begins as UTF-16 but does not decode as such", Hint: "save it as UTF-8"}
		}
		b = u
	}
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return "", &Error{Code: CodeUnsupported, Name: name, Message: fmt.Sprintf("binary data: a NUL byte at offset %d", i),
			Hint: "give a document: PDF, DOCX, ODT, RTF, HTML, e-mail, or text in UTF-8"}
	}
	bad := firstInvalid(b)
	if bad < 0 {
		return string(b), nil
	}
	line := 1 + bytes.Count(b[:bad], []byte("\n"))
	charset, table := "Windows-1252", charmap.Windows1252
	switch {
	case looksMac(b):
		charset, table = "Mac Roman", charmap.Macintosh
	case !looksWestern(b):
		return "", &Error{Code: CodeUnreadable, Name: name, Line: line, Message: fmt.Sprintf("not UTF-8: byte 0x%02X at offset %d", b[bad], bad),
			Hint: "convert it, for instance with iconv -f CHARSET -t UTF-8"}
	}
	u, err := table.NewDecoder().Bytes(b)
	if err != nil {
		return "", &Error{Code: CodeUnreadable, Name: name, Line: line, Message: fmt.Sprintf("not UTF-8: byte 0x%02X at offset %d", b[bad], bad),
			Hint: "convert it to UTF-8"}
	}
	w.addf("read as %s: not UTF-8 at byte %d (line %d)", charset, bad, line)
	return string(u), nil
}

// looksMac says whether the bytes are text in Mac Roman: its quotes, apostrophes and dashes, which are capital letters in
// Windows-1252, stand where such marks stand, and make up a good part of the high bytes.
func looksMac(b []byte) bool {
	letter := func(i int) bool { return i >= 0 && i < len(b) && isAlnum(b[i]) }
	space := func(i int) bool { return i < 0 || i >= len(b) || strings.IndexByte(" \r\n\t().,;:", b[i]) >= 0 }
	high, marks := 0, 0
	for i, c := range b {
		switch {
		case c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f:
			return false
		case c < 0x80:
			continue
		}
		high++
		switch {
		case c == 0xd2 && space(i-1) && letter(i+1), c == 0xd3 && letter(i-1) && space(i+1), c == 0xd5 && letter(i-1),
			(c == 0xd0 || c == 0xd1) && space(i-1) && space(i+1), c == 0xd4 && space(i-1) && letter(i+1), c == 0xa5 && space(i-1) && space(i+1):
			marks++
		}
	}
	return marks*4 > high && high*5 <= len(b)+5
}

// firstInvalid gives the offset of the first byte that is not UTF-8, or -1.
func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// looksWestern says whether bytes that are not UTF-8 are clearly text in Windows-1252 or Latin-1: few high bytes, most of
// them letters or quotes, no control characters, and no well-formed UTF-8 sequences beside them (which would be a mixture).
func looksWestern(b []byte) bool {
	high, lettersOrQuotes, multi := 0, 0, 0
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f:
			return false
		case c < 0x80:
			continue
		case c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d:
			return false
		}
		high++
		if c >= 0xc0 || c >= 0x91 && c <= 0x97 || c >= 0xa0 {
			lettersOrQuotes++
		}
		if r, size := utf8.DecodeRune(b[i:]); r != utf8.RuneError && size > 1 {
			multi++
			i += size - 1
		}
	}
	return multi == 0 && high*5 <= len(b)+5 && lettersOrQuotes*10 >= high*8
}
