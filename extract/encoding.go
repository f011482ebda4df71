package extract

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// utf8Of gives text in UTF-8, whatever encoding it is in: by its byte-order mark, by what it says of itself, or by which encoding
// makes words of it. What fits none is given back as it is, for package text to refuse.
func utf8Of(b []byte) []byte {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(b, []byte("\x00\x00\xfe\xff")):
		return decoded(utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), b)
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		return decoded(utf.UTF16(utf.LittleEndian, utf.UseBOM), b)
	case utf8.Valid(b) && bytes.IndexByte(b[:min(len(b), 4096)], 0) < 0:
		return b
	}
	if e := wide(b); e != nil {
		return decoded(e, b)
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return b
	}
	if e := declared(b); e != nil {
		if out := decoded(e, b); sense(out) > 0 {
			return out
		}
	}
	best, most := []byte(nil), senseMin
	for _, c := range candidates {
		sample := b[:min(len(b), 1<<16)]
		if s := sense(decoded(c.e, sample)) * c.prior; s > most {
			most, best = s, decoded(c.e, b)
		}
	}
	if best == nil {
		return b
	}
	return best
}

// fromCharset decodes by the name of a character set, or by guess where it has none.
func fromCharset(name string, b []byte) []byte {
	if e, err := htmlindex.Get(strings.TrimSpace(name)); err == nil && !utf8.Valid(b) {
		return decoded(e, b)
	}
	return utf8Of(b)
}

func decoded(e encoding.Encoding, b []byte) []byte {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return nil
	}
	return out
}

// wide recognises UTF-16 and UTF-32 without byte-order mark by where the zeros are.
func wide(b []byte) encoding.Encoding {
	if len(b) < 16 {
		return nil
	}
	var zero [4]int
	n := min(len(b), 4096) / 4 * 4
	for i := range n {
		if b[i] == 0 {
			zero[i%4]++
		}
	}
	q := n / 4
	few := func(k int) bool { return zero[k]*10 < q }
	many := func(k int) bool { return zero[k]*10 > q*6 }
	switch {
	case many(1) && many(2) && many(3) && few(0):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case many(0) && many(1) && many(2) && few(3):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case many(1) && many(3) && few(0) && few(2):
		return utf.UTF16(utf.LittleEndian, utf.IgnoreBOM)
	case many(0) && many(2) && few(1) && few(3):
		return utf.UTF16(utf.BigEndian, utf.IgnoreBOM)
	}
	return nil
}

// declared is the encoding that HTML or XML names itself.
func declared(b []byte) encoding.Encoding {
	head := b[:min(len(b), 1024)]
	if bytes.HasPrefix(head, []byte("<?xml")) {
		if _, after, ok := bytes.Cut(head, []byte("encoding=")); ok && len(after) > 2 {
			name, _, _ := bytes.Cut(after[1:], after[:1])
			if e, err := htmlindex.Get(string(name)); err == nil {
				return e
			}
		}
		return nil
	}
	if !bytes.Contains(bytes.ToLower(head), []byte("charset")) {
		return nil
	}
	e, _, certain := charset.DetermineEncoding(head, "")
	if !certain {
		return nil
	}
	return e
}

// senseMin is how much sense a guessed encoding must make.
const senseMin = 0.4

// candidates are encodings that are tried, with how likely each is where the letters do not decide.
var candidates = []struct {
	e     encoding.Encoding
	prior float64
}{
	{charmap.Windows1252, 1}, {charmap.ISO8859_15, 0.97}, {charmap.Macintosh, 0.95}, {charmap.Windows1250, 0.94}, {charmap.Windows1251, 1}, {charmap.KOI8R, 0.99},
	{charmap.Windows1256, 1}, {charmap.ISO8859_6, 0.99}, {charmap.Windows1253, 0.98}, {charmap.Windows1254, 0.93}, {charmap.CodePage850, 0.9},
	{simplifiedchinese.GB18030, 1}, {traditionalchinese.Big5, 0.99}, {japanese.ShiftJIS, 0.97}, {japanese.EUCJP, 0.96}, {korean.EUCKR, 0.97},
}

// sense says how much the letters beyond ASCII look like words: 0 for not at all, 1 for entirely.
func sense(b []byte) float64 {
	if b == nil {
		return 0
	}
	good, bad := 0.0, 0.0
	var prev rune
	for _, c := range string(b) {
		switch {
		case c < 0x80:
			if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
				bad += 2
			}
		case c == utf8.RuneError, c >= 0x80 && c < 0xa0, c >= 0xe000 && c <= 0xf8ff:
			bad += 3
		case common(c):
			good++
			if mixed(prev, c) {
				bad += 2
			}
		case unicode.Is(unicode.Han, c) && c >= 0x4e00 && c <= 0x9fa5, unicode.Is(unicode.Hiragana, c), unicode.Is(unicode.Katakana, c) && c < 0xff00, unicode.Is(unicode.Hangul, c):
			switch {
			case frequentHan[c]:
				good += 1.5
			case unicode.Is(unicode.Han, c), unicode.Is(unicode.Hangul, c): // any pair of bytes gives one
				good, bad = good+0.4, bad+0.3
			default:
				good += 0.8
			}
		case unicode.IsLetter(c):
			good += 0.3
			bad += 0.5
		default:
			good += 0.2
			bad += 0.4
		}
		prev = c
	}
	if good == 0 {
		return 0
	}
	return max(0, good-bad) / (good + bad)
}

// mixed says whether two characters that follow each other do not stand so in words: letters of two scripts, a capital behind a small
// letter, two letters with accents but for those behind ç.
func mixed(a, b rune) bool {
	if !unicode.IsLetter(a) || !unicode.IsLetter(b) {
		return false
	}
	latinA, latinB := a < 0x250, b < 0x250
	return latinA != latinB || unicode.IsLower(a) && unicode.IsUpper(b) || a >= 0x80 && latinA && latinB && b >= 0x80 && a != 'ç' && a != 'Ç'
}

// common are letters and signs that texts in the served languages are made of, beyond ASCII.
func common(c rune) bool {
	switch {
	case strings.ContainsRune("àâäáãåçèéêëíìîïñóòôöõøúùûüýÿœæßÀÂÄÁÃÇÈÉÊËÍÎÏÑÓÔÖÕÚÙÛÜŒÆ«»“”‘’„–—…€§°ºª¿¡·•\u00a0©®£½²³", c):
		return true
	case c >= 0x410 && c <= 0x44f, c == 0x401, c == 0x451: // Russian
		return true
	case c >= 0x621 && c <= 0x652, c == 0x60c, c == 0x61b, c == 0x61f: // Arabic
		return true
	case c >= 0x386 && c <= 0x3ce: // Greek
		return true
	case c >= 0x3000 && c <= 0x3002, c >= 0xff08 && c <= 0xff1b:
		return true
	}
	return false
}

// frequentHan are characters that any page of a Chinese agreement has, or a Korean one.
var frequentHan = func() map[rune]bool {
	m := map[rune]bool{}
	for _, c := range "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理條約方當事國協定締이다의는에을를가하고한은로과지기정사대자도서인제국해그조시일전어아나부수있" {
		m[c] = true
	}
	return m
}()
