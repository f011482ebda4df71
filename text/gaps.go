package text

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// FindGaps says what seems to be missing from a text by its own words: annexes that it refers to as its own and that are not here,
// article numbers that jump, a place for signatures with nobody in it, characters that stand for no letter, pages read from images with
// little confidence. It is a list of questions for a person, in order of place, not a verdict: a text may leave out a number on purpose.
func (r *Reading) FindGaps() []Gap {
	out := r.annexGaps()
	out = append(out, r.articleGaps()...)
	out = append(out, r.signatureGaps()...)
	if at := strings.IndexRune(r.Text, '\ufffd'); at >= 0 {
		out = append(out, Gap{Code: GapUnreadable, At: at, Value: strconv.Itoa(strings.Count(r.Text, "\ufffd"))})
	}
	for _, p := range r.Pages {
		if p.OCR && p.Confidence < lowConfidence {
			out = append(out, Gap{Code: GapLowOCR, Page: p.Number, At: p.Start, Value: strconv.FormatFloat(p.Confidence, 'f', 2, 64)})
		}
	}
	for i := range out {
		if at := r.PageAt(out[i].At); out[i].Page == 0 && at >= 0 {
			out[i].Page = r.Pages[at].Number
		}
	}
	return out
}

// lowConfidence is below what mean confidence the words of a page should be looked at.
const lowConfidence = 0.75

// maxAnnexGaps bounds how many annexes are named.
const maxAnnexGaps = 40

var annexMention = regexp.MustCompile(`\b((?i:Annex|Annexe|Appendix|Appendice|Schedule|Anexo|Apéndice|Apêndice|Attachment)) +((?:[IVXLC]{1,6}|\d{1,3}|[A-Z])(?:[-.](?:\d{1,3}|[A-Z]))?)\b`)

// ownAnnex are words that make an annex behind which "of" or "to" stands one of this text.
var ownAnnex = []string{"this", "the present", "present", "agreement", "hereto", "présent", "la présente", "le présent", "este", "esta", "el presente", "la presente", "presente", "o presente", "a presente"}

// annexGaps finds annexes that the text calls its own and that are not here.
func (r *Reading) annexGaps() []Gap {
	have := map[string]bool{}
	some := false
	for _, p := range r.Provisions {
		if p.Kind == KindAnnex {
			some = true
			have[annexKey(p.Num)] = true
			have[annexKey(p.Heading)] = true
		}
	}
	var out []Gap
	for _, m := range annexMention.FindAllStringSubmatchIndex(r.Text, -1) {
		num := r.Text[m[4]:m[5]]
		key := annexKey(num)
		if have[key] || strings.HasPrefix(r.Text[m[0]:m[1]], strings.ToLower(r.Text[m[0]:m[0]+1])) && len(num) == 1 && unicode.IsLetter(rune(num[0])) {
			continue // "annex A" in small letters may be two words
		}
		if !r.isOwn(m[1]) {
			continue
		}
		if m[0] == 0 || r.Text[m[0]-1] == '\n' { // a heading that was not taken for one
			have[key] = true
			continue
		}
		have[key] = true
		if out = append(out, Gap{Code: GapAnnex, At: m[0], Value: strings.Join(strings.Fields(r.Text[m[0]:m[1]]), " ")}); len(out) == maxAnnexGaps {
			break
		}
	}
	if len(out) == 0 && !some {
		if m := annexedHereto.FindStringIndex(r.Text); m != nil {
			out = append(out, Gap{Code: GapAnnex, At: m[0], Value: "Annex"})
		}
	}
	kept := out[:0]
	for _, g := range out { // a heading later in the text counts too
		if f := strings.Fields(g.Value); len(f) < 2 || !strings.Contains(r.Text, "\n"+g.Value+"\n") && !strings.Contains(r.Text, "\n"+strings.ToUpper(g.Value)+"\n") {
			kept = append(kept, g)
		}
	}
	return kept
}

var annexedHereto = regexp.MustCompile(`(?i)\b(annexed hereto|attached hereto as an annex|annex (to this (agreement|memorandum|treaty)|hereto)|annexe au présent accord|anexo (al|del) presente (acuerdo|memorando)|anexo ao presente acordo)\b`)

// isOwn says whether an annex mentioned up to byte at is one of this text, and not of another that is named behind it.
func (r *Reading) isOwn(at int) bool {
	rest := strings.ToLower(strings.TrimLeft(r.Text[at:min(len(r.Text), at+60)], " "))
	for _, of := range []string{"of ", "to ", "du ", "de ", "de la ", "de l’", "de l'", "del ", "al ", "do ", "da ", "à la ", "au "} {
		if after, ok := strings.CutPrefix(rest, of); ok {
			for _, own := range ownAnnex {
				if strings.HasPrefix(after, own) {
					return true
				}
			}
			return false
		}
	}
	return true
}

// annexKey is an annex's number without regard to how it is written.
func annexKey(s string) string {
	f := strings.Fields(strings.ToUpper(s))
	if len(f) == 0 {
		return ""
	}
	last := strings.Trim(f[len(f)-1], ".,:;()")
	if v := roman(last); v > 0 {
		return strconv.Itoa(v)
	}
	return last
}

// articleGaps finds numbers that the articles of the main body leave out.
func (r *Reading) articleGaps() []Gap {
	var out []Gap
	prev := 0
	for i, p := range r.Provisions {
		if p.Kind != KindArticle || r.within(i, KindAnnex) {
			continue
		}
		id := p.EID[strings.LastIndex(p.EID, "_")+1:]
		n, err := strconv.Atoi(id)
		if err != nil {
			continue
		}
		if missing := n - prev - 1; prev > 0 && missing > 0 && missing <= 30 {
			v := strconv.Itoa(prev + 1)
			if missing > 1 {
				v += "–" + strconv.Itoa(n-1)
			}
			out = append(out, Gap{Code: GapArticle, At: p.Start, Value: v})
		}
		prev = n
	}
	return out
}

// within says whether provision i stands in one of a kind.
func (r *Reading) within(i int, k ProvisionKind) bool {
	for i >= 0 {
		if r.Provisions[i].Kind == k {
			return true
		}
		i = r.Provisions[i].Parent
	}
	return false
}

var (
	blankHand  = regexp.MustCompile(`_{4,}|\.{6,}|…{2,}|\[\s*(•|●|\*)?\s*\]|\[(date|place|signature|name|fecha|lieu|data)[^\]]{0,20}\]`)
	signedHand = regexp.MustCompile(`(?i)\(\s*signed\s*\)|/s/|\bsigned by\b|\(\s*signé\s*\)|\(\s*firmado\s*\)|\(\s*assinado\s*\)|\bsgd\b`)
)

// signatureGaps finds a closing part with blanks where hands, dates or places belong, and no sign that anybody signed.
func (r *Reading) signatureGaps() []Gap {
	for i := len(r.Provisions) - 1; i >= 0; i-- {
		p := r.Provisions[i]
		if p.Kind != KindSignatures {
			continue
		}
		s := r.Text[p.Start:p.End]
		m := blankHand.FindStringIndex(s)
		if m == nil || signedHand.MatchString(s) {
			return nil
		}
		return []Gap{{Code: GapUnsigned, At: p.Start + m[0]}}
	}
	return nil
}
