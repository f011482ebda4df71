package draftcheck

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"github.com/openassay/assay/assay"
)

// definedRE is a term in quotation marks: where a text defines one.
var definedRE = regexp.MustCompile(`[“"«„]\s?([\p{Lu}][\p{L}\p{N}\s.&’'/-]{1,60}?)\s?[”"»]`)

// usedRE is a capitalised noun of agreements with up to two capitalised words before it, after a small word: where a text uses a term as defined.
var usedRE = regexp.MustCompile(`(?:\b(?:the|a|an|any|each|such|of|to|by|that|all|in|with|for|its|their|no|every)\s)((?:\p{Lu}[\p{L}-]+\s){0,2}(?:Committee|Commission|Council|Mineral|Minerals|Company|Area|Areas|Fund|Facility|Project|Projects|Product|Products|Standard|Standards|Entity|Entities|Asset|Assets|Price|Option|Offtaker|Buyer|Seller|Authority|Secretariat|Plan|Programme|Program|Information|Measure|Measures|Operator|Operations|Investor|Lender|Borrower|Period|Date|Body|Platform|Mechanism|Materials|Resources|Territory|Contractor|Licence|License))\b`)

const mostDefined = 400 // definitions that are looked after

// common are capitalised words that every text uses without defining them.
var common = map[string]bool{"Project": true, "Projects": true, "Council": true, "Commission": true, "Date": true, "Territory": true, "Fund": true, "Program": true, "Programme": true, "Plan": true, "Product": true, "Products": true,
	"Information": true, "Measures": true, "Measure": true, "Standard": true, "Standards": true, "Resources": true, "Minerals": true, "Period": true, "Authority": true, "Area": true, "Areas": true, "Company": true, "Secretariat": true, "Body": true, "Operations": true, "Materials": true}

var madeRE = regexp.MustCompile(`(?i)\b(establish\w*|creat\w*|set up|constitut\w*|form\w*|means|mean|refer\w*|called|known as|named|hereinafter|hereby)\b`)

// terms finds terms that are used as defined and are defined nowhere, and definitions that nothing uses. English texts only: other languages do
// not write terms with capitals.
func (c *check) terms() {
	t := c.rd.Text
	defined := map[string]int{}
	for _, m := range definedRE.FindAllStringSubmatchIndex(t, 5000) {
		if s := oneLine(strings.TrimRight(t[m[2]:m[3]], " .,\n")); len(strings.Fields(s)) <= 6 {
			if _, ok := defined[s]; !ok {
				defined[s] = m[2]
			}
		}
	}
	small := oneLine(strings.ToLower(t))
	for n, s := range sortedKeys(defined) {
		at := defined[s]
		if n == mostDefined {
			break
		}
		if !definition(t, at, at+len(s)) || strings.ToUpper(s) == s {
			continue
		}
		if strings.Count(small, strings.ToLower(s)) == 1 {
			c.loose(OpenUnused, at, at+len(s), fmt.Sprintf("“%s” is defined and not used.", s))
		}
	}
	if primary(c.an.Language) != "en" {
		return
	}
	type use struct{ n, at int }
	uses := map[string]*use{}
	for _, m := range usedRE.FindAllStringSubmatchIndex(t, 20000) {
		s := oneLine(t[m[2]:m[3]])
		if within(c.quoted, assay.Span{Start: m[2], End: m[3]}) {
			continue
		}
		if u := uses[s]; u != nil {
			u.n++
		} else {
			uses[s] = &use{1, m[2]}
		}
	}
	var names []string
	for s := range uses {
		names = append(names, s)
	}
	sort.Strings(names)
	heads := c.headings()
	for _, s := range names {
		u := uses[s]
		if u.n < 2 || common[s] || strings.Contains(s, "United ") || strings.Contains(s, "European ") || strings.Contains(s, "National ") || strings.Contains(s, "International ") || strings.Contains(s, "World ") || strings.Contains(s, "Federal ") {
			continue
		}
		single := strings.TrimSuffix(s, "s")
		if hasTerm(defined, s) || hasTerm(defined, single) || heads[strings.ToLower(s)] || madeBefore(t, s, u.at) || longer(t, s, u.at) {
			continue
		}
		c.loose(OpenUndefined, u.at, u.at+len(s), fmt.Sprintf("“%s” is written as a defined term %d times, and no definition of it was found.", s, u.n))
	}
}

// oneLine is a text with blanks for line ends.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// definition says whether quoted words are being defined: "X" means …, (the "X").
func definition(t string, from, to int) bool {
	after := strings.TrimLeft(t[to:min(len(t), to+40)], "”\"» ,")
	before := t[max(0, from-40):from]
	for _, w := range []string{"means", "mean ", "shall mean", "refers to", "désigne", "signifie", "significa", "se entiende", "se entenderá", "entende-se", "includes", "has the meaning"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	if k := strings.LastIndexByte(before, '('); k >= 0 && !strings.Contains(before[k:], ")") && strings.HasPrefix(after, ")") {
		return true
	}
	return false
}

func hasTerm(defined map[string]int, s string) bool {
	for d := range defined {
		if strings.EqualFold(d, s) || strings.EqualFold(strings.TrimSuffix(d, "s"), s) {
			return true
		}
	}
	return false
}

// madeBefore says whether the first use of a term is where the text sets the thing up, or whether it is the name of somebody.
func madeBefore(t, s string, at int) bool {
	from := max(0, at-90)
	if k := strings.LastIndexAny(t[from:at], ".;"); k >= 0 {
		from += k
	}
	if madeRE.MatchString(t[from:at]) {
		return true
	}
	for k := strings.Index(t, s); k >= 0 && k < at; { // an earlier place without a small word before it
		from := max(0, k-90)
		if madeRE.MatchString(t[from:k]) {
			return true
		}
		next := strings.Index(t[k+len(s):], s)
		if next < 0 {
			break
		}
		k += len(s) + next
	}
	return madeRE.MatchString(t[at+len(s) : min(len(t), at+len(s)+40)])
}

// longer says whether the term is a part of a longer name: "Committee on Trade", "Council of Europe".
func longer(t, s string, at int) bool {
	rest := t[at+len(s):]
	return regexp.MustCompile(`^\s(?:on|of|for)\s(?:the\s)?\p{Lu}`).MatchString(rest[:min(len(rest), 30)]) || regexp.MustCompile(`^\s\p{Lu}`).MatchString(rest[:min(len(rest), 4)])
}

func (c *check) headings() map[string]bool {
	out := map[string]bool{}
	for _, p := range c.rd.Provisions {
		if p.Heading != "" {
			out[strings.ToLower(p.Heading)] = true
		}
	}
	return out
}

func sortedKeys(m map[string]int) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
