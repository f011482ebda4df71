package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/registry"
)

// People confirm or overrule what the machine read by claims of their own on the document: norm_check, bearer_check and
// area_check. Theirs wins wherever it is shown; what the machine said stays beside it.

// checkView is what a person said of a label of the machine, and where one says it.
type checkView struct {
	Agrees bool
	Says   string // in one line; "" where nobody looked
	Why    string
	Form   link // where one says it; without address for who may not enter anything
}

// wordMark is a mark of a span's words: a check counts for the same words only.
func wordMark(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:4])
}

// normKey is the key of a check of a norm.
func (v *reader) normKey(eid string, n *assay.Norm) string {
	return fmt.Sprintf("%s@%d-%d.%s", eid, n.Start, n.End, wordMark(v.words(n.Start, n.End)))
}

// checkForm leads to the form by which a label is confirmed or overruled; "" for who may not, and where there is no record.
func (v *reader) checkForm(field, key string) string {
	if v.record == nil || v.user == nil || !v.user.Can(account.Contributor) || v.site.opt.Desk == nil {
		return ""
	}
	x := url.Values{"field": {field}, "key": {key}}
	if s := v.record.Slot("analysis", ""); s != nil && s.Shown != nil && s.Shown.Source != nil {
		x.Set("source", string(s.Shown.Source.ID))
	}
	return "/desk/enter/" + string(v.record.ID) + "?" + x.Encode()
}

// check tells what people said beside what the machine said, both in words of the page.
func (v *reader) check(s *registry.Slot, agrees bool, machine, person string) *checkView {
	c := &checkView{}
	if s == nil || s.Shown == nil {
		return c
	}
	c.Agrees, c.Why = agrees, s.Shown.Note
	if c.Agrees {
		c.Says = v.T("check.agrees", "label", person)
	} else {
		c.Says = v.T("check.overruled", "machine", machine, "label", person)
	}
	return c
}

// checkNorm puts people's word for a norm in the place of the machine's, which stays beside it. At is its place among the norms of its provision.
func (v *reader) checkNorm(eid string, at int, n *assay.Norm) (force, bearer *checkView) {
	if v.record == nil || n.Modality == "" {
		return nil, nil
	}
	m := v.machineNorm(eid, at, *n)
	key := v.normKey(eid, n)
	form := func(field string, s *registry.Slot) link {
		if s != nil {
			return link{Text: v.T("check.form." + field), Href: v.checkForm(field, s.Key)}
		}
		return link{Text: v.T("check.form." + field), Href: v.checkForm(field, key)}
	}
	s := v.normSlot("norm_check", eid, n)
	person, machine := "", lowerFirst(v.normStrength(&m))
	if s != nil {
		person = lowerFirst(v.strengthWord(s.Shown.Value.Raw))
	}
	force = v.check(s, s != nil && s.Shown.Value.Raw == string(m.Modality), machine, person)
	force.Form = form("norm_check", s)
	b := v.normSlot("bearer_check", eid, n)
	agrees := false
	if b != nil {
		codes := bearerCodes(b.Shown.Value.Raw)
		person, agrees = v.bearers(codes), sameBearers(codes, m.Bearer)
	}
	bearer = v.check(b, agrees, v.bearers(m.Bearer), person)
	bearer.Form = form("bearer_check", b)
	return force, bearer
}

// sameBearers says whether two lists name the same; nobody is named by an empty one too.
func sameBearers(a, b []string) bool {
	tidy := func(x []string) []string {
		x = slices.DeleteFunc(slices.Clone(x), func(c string) bool { return c == "none" })
		slices.Sort(x)
		return slices.Compact(x)
	}
	return slices.Equal(tidy(a), tidy(b))
}

// bearers are who bears a norm, in one line.
func (v *reader) bearers(codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, v.bearer(c))
	}
	if len(out) == 0 {
		return v.bearer("none")
	}
	return strings.Join(out, ", ")
}

// bearerOptions are who may bear a sentence of a text: those the reading knows, the sides of the text, and whoever the machine or a person named.
func (q *request) bearerOptions(r *registry.Record, key string) []formOption {
	out := []formOption{{Label: q.T("edit.choose")}}
	v, _, err := q.readingOf(r)
	if err != nil || v == nil {
		return out
	}
	seen := map[string]bool{}
	add := func(codes ...string) {
		if c := strings.Join(codes, ";"); c != "" && !seen[c] {
			seen[c] = true
			out = append(out, formOption{Value: c, Label: upperFirst(v.bearers(codes))})
		}
	}
	eid, rest, _ := strings.Cut(key, "@")
	for _, p := range v.machine.Provisions {
		for i := range p.Norms {
			if n := &p.Norms[i]; p.EID == eid && strings.HasPrefix(rest, strconv.Itoa(n.Start)+"-") {
				add(n.Bearer...)
			}
		}
	}
	for _, s := range r.Slots("bearer_check") {
		if s.Key == key && s.Shown != nil {
			add(bearerCodes(s.Shown.Value.Raw)...)
		}
	}
	add("each_party")
	add("participants")
	for _, side := range v.machine.Parties {
		add(side)
	}
	if b := v.machine.Balance; b != nil {
		for _, side := range b.Sides {
			add(side)
		}
	}
	for _, c := range []string{"body", "investors", "none"} {
		add(c)
	}
	return out
}

// areaCode is the code of area_reading for what was read of an area; undecided is a code of its own, which no person gives.
func areaCode(a assay.AreaReading) string {
	switch {
	case a.Undecided:
		return "undecided"
	case a.Covered == 0:
		return "absent"
	}
	return [...]string{"not_enforceable", "excluded", "enforceable"}[min(max(a.Enforceability, 0), 2)]
}

// machineArea is the machine's own reading of an area.
func (v *reader) machineArea(a assay.AreaReading) assay.AreaReading {
	for _, x := range v.machine.Instrument.Areas {
		if x.Code == a.Code {
			return x
		}
	}
	return a
}

// areaWords is what was read of an area, in words.
func (v *reader) areaWords(a assay.AreaReading) string {
	code := areaCode(a)
	if code == "undecided" {
		return v.T("check.undecided")
	}
	return lowerFirst(v.code("area_reading", code))
}

// checkArea puts people's word for an area in the place of the machine's, which is told in the view. What they said of sentences may have
// changed the reading already.
func (t *teller) checkArea(a assay.AreaReading) (assay.AreaReading, *checkView) {
	if t.record == nil {
		return a, nil
	}
	m := t.machineArea(a)
	s := t.record.Slot("area_check", a.Code)
	person := ""
	if s != nil && s.Shown != nil {
		person = lowerFirst(t.code("area_reading", s.Shown.Value.Raw))
	}
	c := t.check(s, s != nil && s.Shown != nil && s.Shown.Value.Raw == areaCode(m), t.areaWords(m), person)
	if c.Says == "" && areaCode(m) != areaCode(a) {
		c.Says = t.T("check.machine_alone", "says", t.areaWords(m))
	}
	c.Form = link{Text: t.T("check.form.area_check"), Href: t.checkForm("area_check", a.Code)}
	if s != nil && s.Shown != nil {
		a.Undecided, a.Covered, a.Enforceability = false, 1, 0
		switch s.Shown.Value.Raw {
		case "absent":
			a.Covered = 0
		case "excluded":
			a.Enforceability = 1
		case "enforceable":
			a.Enforceability = 2
		}
	}
	return a, c
}

// checkedCount is how often people looked at one sort of label, and how often they agreed with the machine.
type checkedCount struct{ N, Agree, Gone int }

// checkedCounts counts what people checked, over every text that this reader may see.
func (q *request) checkedCounts() (norms, bearers, areas checkedCount, err error) {
	for _, r := range q.View.OfKind(registry.KindDocument) {
		n, b, a := said(r, "norm_check"), said(r, "bearer_check"), said(r, "area_check")
		if n+b+a == 0 || r.Sample() {
			continue
		}
		norms.N += n
		bearers.N += b
		areas.N += a
		v, wordless, err := q.readingOf(r)
		if err != nil {
			return norms, bearers, areas, err
		}
		if v == nil {
			norms.Gone += n
			bearers.Gone += b
			areas.Gone += a
			continue
		}
		if wordless {
			norms.Gone += n
			bearers.Gone += b
		} else {
			v.countNorms("norm_check", n, &norms, func(n *assay.Norm, said string) bool { return said == string(n.Modality) })
			v.countNorms("bearer_check", b, &bearers, func(n *assay.Norm, said string) bool { return sameBearers(bearerCodes(said), n.Bearer) })
		}
		known := 0
		for _, x := range v.machine.Instrument.Areas {
			if s := r.Slot("area_check", x.Code); s != nil && s.Shown != nil {
				known++
				if s.Shown.Value.Raw == areaCode(x) {
					areas.Agree++
				}
			}
		}
		areas.Gone += a - known
	}
	return norms, bearers, areas, nil
}

// countNorms counts what people said of sentences in a field, of which n places have a word.
func (v *reader) countNorms(field string, n int, into *checkedCount, agrees func(n *assay.Norm, said string) bool) {
	found := map[*registry.Slot]bool{}
	for _, p := range v.machine.Provisions {
		for i := range p.Norms {
			s := v.normSlot(field, p.EID, &p.Norms[i])
			if s == nil || found[s] {
				continue
			}
			found[s] = true
			if agrees(&p.Norms[i], s.Shown.Value.Raw) {
				into.Agree++
			}
		}
	}
	into.Gone += n - len(found)
}

// isCheck says whether a field holds what people say of the machine's reading.
func isCheck(field string) bool {
	return field == "norm_check" || field == "bearer_check" || field == "area_check" || field == "conflict_check"
}

// said is how many places of a field a person's word is shown for.
func said(r *registry.Record, field string) int {
	n := 0
	for _, s := range r.Slots(field) {
		if s.Shown != nil {
			n++
		}
	}
	return n
}

// checkedThing is what a check is of, in words: the name of the area, or the place of the sentence and its bytes.
func (q *request) checkedThing(field, key string) string {
	if field == "area_check" {
		return q.reader(nil, nil).areaName(key).Name
	}
	if rule, other, ok := registry.CollisionOf(key); ok && field == "conflict_check" {
		if rules, err := conflict.Load(); err == nil && rules.Rule(rule) != nil {
			rule = cmp.Or(rules.Rule(rule).Label[q.Lang], rules.Rule(rule).Label["en"])
		}
		return q.T("collision.checked_thing", "rule", rule, "other", q.recordLink(other).Text)
	}
	eid, rest, ok := strings.Cut(key, "@")
	span, _, _ := strings.Cut(rest, ".")
	if !ok {
		return key
	}
	return q.T("check.sentence", "place", q.shortPlace(eid), "bytes", span)
}

// strengthWord is a strength of wording that a person chose, in the words of the page.
func (v *reader) strengthWord(code string) string {
	if w, ok := v.locale.find("strength." + code); ok {
		return w
	}
	return v.code("wording", code)
}
