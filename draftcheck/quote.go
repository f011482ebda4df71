package draftcheck

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// leastQuoted is how many words in quotation marks are a passage of another text, rather than a term or a name.
const leastQuoted = 12

// amends are words before a quotation that make it the text's own: what an amendment puts into another instrument.
var amends = regexp.MustCompile(`(?i)\b(replaced|amended|substituted|inserted|added|deleted|shall read|to read|remplacé\w*|modifié\w*|inséré\w*|se lit|sustitu\w+|modific\w+|insert\w+|substitu\w+|alterad\w+|redacción|redação)\b`)

var closing = map[rune]rune{'“': '”', '«': '»', '„': '“', '"': '"', '‘': '’'}

// quotations finds the passages of a text that are quoted from elsewhere, in order. A quotation that is not closed ends with its paragraph, and
// goes on in the next one where that begins with an opening mark, as quotations over several paragraphs do.
func quotations(rd *text.Reading) []assay.Span {
	var out []assay.Span
	t := rd.Text
	for at := 0; at < len(t); {
		end := strings.Index(t[at:], "\n\n")
		if end < 0 {
			end = len(t)
		} else {
			end += at
		}
		out = append(out, inParagraph(t, at, end, out)...)
		at = end + 2
	}
	return out
}

func inParagraph(t string, from, to int, before []assay.Span) (out []assay.Span) {
	for i := from; i < to; {
		r, n := utf8.DecodeRuneInString(t[i:])
		end, ok := closing[r]
		if !ok || r == '‘' && i > from && t[i-1] != ' ' && t[i-1] != '\n' {
			i += n
			continue
		}
		stop := strings.IndexRune(t[i+n:to], end)
		close := to
		if stop >= 0 {
			close = i + n + stop
		} else if r == '"' && i > from { // a straight mark that opens nothing, as of inches
			i += n
			continue
		}
		words := len(strings.Fields(t[i:close]))
		if words >= leastQuoted && !ownWords(t, i, before) {
			out = append(out, assay.Span{Start: i, End: close})
		}
		i = max(close, i+n)
		if stop >= 0 {
			_, n := utf8.DecodeRuneInString(t[i:])
			i += n
		}
	}
	return out
}

// ownWords says whether what stands before a quotation makes it the text's own words.
func ownWords(t string, at int, before []assay.Span) bool {
	lead := t[max(0, at-160):at]
	if k := strings.LastIndexAny(lead, ".;"); k >= 0 && k < len(lead)-2 {
		lead = lead[k:]
	}
	return amends.MatchString(lead)
}
