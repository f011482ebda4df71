package draftcheck

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/text"
)

// Kinds of what is open.
const (
	OpenBracket    = "open_bracket"
	OpenBlank      = "blank"
	OpenDate       = "date_to_come"
	OpenReference  = "dangling_reference"
	OpenAnnex      = "missing_annex"
	OpenUndefined  = "undefined_term"
	OpenUnused     = "unused_definition"
	OpenForce      = "force_not_stated"
	OpenForceClash = "force_unclear"
	OpenNote       = "drafting_note"
)

var (
	blankRE = regexp.MustCompile(`_{3,}|\.{5,}|…{2,}|\b(?:TBD|TBC|TBA)\b|●|\bX{4,}\b|\bxx+\b|\b(?i:to be (?:determined|confirmed|inserted|completed|agreed|specified)|à (?:déterminer|compléter|préciser)|por (?:determinar|definir|completar)|a (?:determinar|definir|completar))\b`)
	dateRE  = regexp.MustCompile(`(?i)(?:\bday of [_.…\[●]+|\b20(?:__+|xx|\.\.+|\[)|\[(?:insert )?(?:date|fecha|data|jour)[^\]]*\]|_{2,}\s*(?:day of|de 20|20\d\d)|_{2,}/_{2,}/)`)
	noteRE  = regexp.MustCompile(`(?i)\b(?:note to draft|drafting note|nota de redacción|note de rédaction|nota de redação|negotiating note|placeholder)\b`)
	// annexRE names an annex with its number or letter.
	annexRE = regexp.MustCompile(`\b(Annex|Appendix|Schedule|Exhibit|Annexe|Appendice|Anexo|Apéndice|Apêndice)\s+([A-H]\b|[IVX]{1,5}\b|\d{1,2}\b)`)
	// elsewhereRE is what makes a place that of another instrument.
	elsewhereRE = regexp.MustCompile(`^(?:\s*\([^)]{1,5}\))*(?:\s*(?:and|et|y|e|,|to|à|a)\s*\d+(?:\([^)]{1,5}\))*)*,?\s+(?:of|to|du|de la|de l['’]|de|del|do|da|in|thereof|of that)\b`)
)

// agreedBy is a thing that sides are to agree on later: a provision, and no blank.
var agreedBy = regexp.MustCompile(`(?i)^to be (?:agreed|determined|specified) (?:between|by|upon|with|in)\b`)

const mostOpen = 60 // of one kind

// open lists what is not finished, in order of the text.
func (c *check) open() {
	c.marks()
	c.references()
	c.annexes()
	c.terms()
	c.force()
	slices.SortStableFunc(c.out.Open, func(a, b Open) int { return cmp.Compare(a.Start, b.Start) })
	n := map[string]int{}
	kept := c.out.Open[:0]
	for _, o := range c.out.Open {
		if n[o.Kind]++; n[o.Kind] <= mostOpen {
			kept = append(kept, o)
		}
	}
	c.out.Open = kept
	for _, kind := range []string{OpenBracket, OpenBlank, OpenReference, OpenUndefined} {
		if n[kind] > mostOpen {
			c.out.Summary.Warnings = append(c.out.Summary.Warnings, fmt.Sprintf("Of %d places of the kind %s the first %d are listed.", n[kind], plain(kind), mostOpen))
		}
	}
}

func (c *check) loose(kind string, start, end int, words string) {
	c.out.Open = append(c.out.Open, Open{Kind: kind, EID: c.eidAt(start), Start: start, End: end, Quote: clip(c.around(start, end), 200), Words: words})
}

// around is a place with a few words before and behind it.
func (c *check) around(start, end int) string {
	t := c.rd.Text
	from, to := start, end
	for k := 0; from > 0 && k < 50 && t[from-1] != '\n'; k++ {
		from--
	}
	for from > 0 && from < start && t[from-1] != ' ' && t[from-1] != '\n' {
		from++
	}
	for k := 0; to < len(t) && k < 50 && t[to] != '\n'; k++ {
		to++
	}
	for to > end && to < len(t) && t[to] != ' ' && t[to] != '\n' {
		to--
	}
	return strings.ToValidUTF8(t[from:to], "")
}

// eidAt is the innermost provision at an offset.
func (c *check) eidAt(at int) string {
	k, _ := slices.BinarySearchFunc(c.rd.Provisions, at, func(p text.Provision, at int) int {
		if p.Start <= at {
			return -1
		}
		return 1
	})
	if k == 0 {
		return ""
	}
	return c.rd.Provisions[k-1].EID // the last one that begins before it: provisions tile the text
}

// marks finds brackets, blanks, dates to come and notes to drafters.
func (c *check) marks() {
	t := c.rd.Text
	var taken []assay.Span
	free := func(s, e int) bool { return !within(taken, assay.Span{Start: s, End: e}) }
	for _, m := range dateRE.FindAllStringIndex(t, 500) {
		c.loose(OpenDate, m[0], m[1], "A date is to come.")
		taken = append(taken, assay.Span{Start: m[0], End: m[1]})
	}
	var brackets []assay.Span
	for _, m := range redline.Proposals(c.rd) {
		in := t[m.Start+1 : m.End-1]
		if strings.ContainsAny(in, "*=") { // a formula
			continue
		}
		if footnote(t, m.Start, in) || digits(in) && strings.HasPrefix(c.eidAt(m.Start), "notes") || strings.EqualFold(in, "sic") || !free(m.Start, m.End) || within(brackets, assay.Span{Start: m.Start, End: m.End}) {
			continue
		}
		brackets = append(brackets, assay.Span{Start: m.Start, End: m.End})
		kind, words := OpenBracket, "Words in square brackets are not agreed."
		if len(m.By) > 0 {
			words = "Words in square brackets are not agreed; the brackets name " + enumerate(m.By) + "."
		}
		if noteRE.MatchString(in) {
			kind, words = OpenNote, "A note to the drafters is still in the text."
		}
		c.loose(kind, m.Start, m.End, words)
	}
	for _, m := range blankRE.FindAllStringIndex(t, 5000) {
		s := assay.Span{Start: m[0], End: m[1]}
		if !free(m[0], m[1]) || within(brackets, s) || leaders(t, m[0], m[1]) || agreedBy.MatchString(t[m[0]:min(len(t), m[1]+12)]) {
			continue
		}
		words := "Something is still to be filled in."
		if k := c.eidAt(m[0]); strings.HasPrefix(k, "signatures") {
			words = "A blank of the signature block."
		}
		c.loose(OpenBlank, m[0], m[1], words)
	}
	for _, m := range noteRE.FindAllStringIndex(t, 500) {
		if s := (assay.Span{Start: m[0], End: m[1]}); !within(brackets, s) {
			c.loose(OpenNote, m[0], m[1], "A note to the drafters is still in the text.")
		}
	}
}

// footnote says whether a bracket is the mark of a footnote or a citation: a number that stands at the end of a word.
func footnote(t string, at int, in string) bool {
	return digits(in) && (at == 0 || t[at-1] != ' ' && t[at-1] != '(') // at the beginning of a line it opens an endnote
}

func digits(s string) bool { return len(s) > 0 && len(s) <= 3 && strings.Trim(s, "0123456789") == "" }

// leaders says whether dots lead to a page number, as in a table of contents.
func leaders(t string, from, to int) bool {
	rest := strings.TrimLeft(t[to:min(len(t), to+12)], " .\t…")
	return t[from] != '_' && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// references finds places that the text names and does not have.
func (c *check) references() {
	t := c.rd.Text
	seen := map[string]bool{}
	for i := range c.an.Provisions {
		for k := range c.an.Provisions[i].Norms {
			n := &c.an.Provisions[i].Norms[k]
			if within(c.quoted, assay.Span{Start: n.Start, End: n.End}) || namesAnother(n) {
				continue
			}
			for _, r := range n.References {
				if r.EID != "" || r.Name != "" || r.Start >= r.End || r.End > len(t) || annexRE.MatchString(t[r.Start:r.End]) {
					continue
				}
				words := t[r.Start:r.End]
				if elsewhereRE.MatchString(t[r.End:min(len(t), r.End+60)]) || seen[words] || !strings.ContainsAny(words, "0123456789IVXivx") {
					continue
				}
				words = conjunction.ReplaceAllString(words, "")
				if !placeRE.MatchString(words) || seen[words] || c.numbered(numberRE.FindString(words)) {
					continue
				}
				seen[words] = true
				c.loose(OpenReference, r.Start, r.End, fmt.Sprintf("%s is named, and this text has none.", sentence(words)))
			}
		}
	}
}

var (
	conjunction = regexp.MustCompile(`(?i)^(?:and|or|to|et|ou|y|o|e)\s+`)
	placeRE     = regexp.MustCompile(`^\p{L}+\.?\s+(?:\d|[IVX]+\b)`)
	numberRE    = regexp.MustCompile(`\d+(?:\.\d+)*`)
)

// numbered says whether a place is there under its number all the same: "Article 7.2" is a paragraph numbered 7.2, "Article 4" of a text without
// articles the clause 4.
func (c *check) numbered(number string) bool {
	if number == "" {
		return false
	}
	if c.numbers == nil {
		c.numbers = map[string]bool{}
		articles := slices.ContainsFunc(c.rd.Provisions, func(p provision) bool { return p.Kind == text.KindArticle })
		for _, p := range c.rd.Provisions {
			n := strings.Trim(p.Num, "(). ")
			if v := roman(n); v > 0 { // "Article 13" of a text with an Article XIII
				c.numbers[strconv.Itoa(v)] = true
			}
			if strings.Contains(n, ".") || !articles && p.Depth <= 2 {
				c.numbers[n] = true
			}
		}
		for _, m := range lineNumber.FindAllStringSubmatch(c.rd.Text, -1) { // where the segmenter saw no provision
			c.numbers[m[1]] = true
		}
	}
	return c.numbers[number]
}

// roman is the value of a Roman number in capitals; 0 for other words.
func roman(s string) int {
	value := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50}
	n := 0
	for i := range len(s) {
		v := value[s[i]]
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && v < value[s[i+1]] {
			v = -v
		}
		n += v
	}
	return n
}

var lineNumber = regexp.MustCompile(`(?m)^\s{0,8}(\d+(?:\.\d+)+)\b`)

// namesAnother says whether a norm names another instrument: then its places may be those of that one.
func namesAnother(n *assay.Norm) bool {
	return slices.ContainsFunc(n.References, func(r assay.Reference) bool { return r.Name != "" && r.Name != "self" })
}

// annexes finds annexes that the text names and that are not there.
func (c *check) annexes() {
	t := c.rd.Text
	there := map[string]bool{}
	for _, p := range c.rd.Provisions {
		if p.Kind != text.KindAnnex && p.Kind != text.KindSection && p.Kind != text.KindPart {
			continue
		}
		head := t[p.Start:min(max(p.Body, p.Start), len(t))]
		for _, m := range annexRE.FindAllStringSubmatch(head+" "+p.Num, -1) {
			there[annexKey(m[1], m[2])] = true
		}
		if p.Kind == text.KindAnnex {
			there[annexKey(p.EID, strings.TrimSpace(p.Num))] = true
			there["any "+strings.ToUpper(strings.Trim(p.Num, "(). "))] = true
		}
	}
	heads := regexp.MustCompile(`(?mi)^\W{0,4}(annex|appendix|schedule|exhibit|annexe|appendice|anexo|apéndice|apêndice)\s+([a-h]\b|[ivx]{1,5}\b|\d{1,2}\b)[^.;]{0,120}$`)
	for _, m := range heads.FindAllStringSubmatch(t, 200) { // a title of its own line, where the segmenter saw no annex
		there[annexKey(m[1], m[2])] = true
	}
	seen := map[string]bool{}
	for _, m := range annexRE.FindAllStringSubmatchIndex(t, 2000) {
		word, num := t[m[2]:m[3]], t[m[4]:m[5]]
		if m[1]+1 < len(t) && t[m[1]] == '.' && t[m[1]+1] >= '0' && t[m[1]+1] <= '9' { // Exhibit 10.12: the number of a filing
			continue
		}
		key := annexKey(word, num)
		if there[key] || there["any "+strings.ToUpper(num)] || seen[key] || within(c.quoted, assay.Span{Start: m[0], End: m[1]}) || elsewhereRE.MatchString(t[m[1]:min(len(t), m[1]+60)]) && !ofThis.MatchString(t[m[1]:min(len(t), m[1]+60)]) {
			continue
		}
		seen[key] = true
		c.loose(OpenAnnex, m[0], m[1], fmt.Sprintf("%s %s is named, and is not in this file.", word, num))
	}
}

// ofThis follows a place of this text.
var ofThis = regexp.MustCompile(`(?i)^\s*(?:of|to|du|de|del|do)\s+(?:this|the present|présent|presente)\b`)

func annexKey(word, num string) string {
	word = strings.ToLower(word)
	for _, k := range [][2]string{{"app", "appendix"}, {"apé", "appendix"}, {"apê", "appendix"}, {"sched", "schedule"}, {"exhibit", "exhibit"}} {
		if strings.HasPrefix(word, k[0]) {
			return k[1] + " " + strings.ToUpper(num)
		}
	}
	return "annex " + strings.ToUpper(num)
}

// force says what is open about whether the text binds.
func (c *check) force() {
	if c.an.Unsupported != "" {
		return
	}
	n := c.an.Instrument.LegalNature
	if n.Stated == "none" {
		words := "The text does not say whether it binds in law."
		if n.Inferred == "unclear" {
			words += " Its form does not tell either."
		} else {
			words += fmt.Sprintf(" By its form it would be %s.", map[string]string{"binding": "binding", "non_binding": "not binding"}[n.Inferred])
		}
		c.out.Open = append(c.out.Open, Open{Kind: OpenForce, Words: words})
	}
	for _, x := range n.Conflicts {
		eid := ""
		if len(x.Basis) > 0 {
			eid = x.Basis[0]
		}
		c.out.Open = append(c.out.Open, Open{Kind: OpenForceClash, EID: eid, Words: "What the text says of its own force does not agree with its wording: " + plain(x.Code) + "."})
	}
}
