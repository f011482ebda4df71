package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// People confirm or overrule what the machine read by claims of their own on the document: norm_check and area_check. Theirs wins where it is
// shown; what the machine said stays beside it.

// checkView is what a person said of a label of the machine, and where one says it.
type checkView struct {
	Agrees  bool
	Says    string // in one line; "" where nobody looked
	Why     string
	Confirm string // address of the form; "" for who may not enter anything
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

// normSlot is what people said of a norm; nil where nobody did. The norm may have been cut anew since: the check counts for the norm in which
// the words begin that were checked, as long as these are still the same.
func (v *reader) normSlot(eid string, n *assay.Norm) *registry.Slot {
	if v.record == nil {
		return nil
	}
	for _, s := range v.record.Slots("norm_check") {
		at, rest, ok := strings.Cut(s.Key, "@")
		span, mark, ok2 := strings.Cut(rest, ".")
		from, to, ok3 := strings.Cut(span, "-")
		start, err := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		if !ok || !ok2 || !ok3 || err != nil || err2 != nil || at != eid || start < n.Start || start >= n.End || end <= start || end > len(v.doc.Reading.Text) || s.Shown == nil {
			continue
		}
		if wordMark(v.words(start, end)) == mark {
			return s
		}
	}
	return nil
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

// check tells what people said beside what the machine said.
func (v *reader) check(s *registry.Slot, machine, machineWords, words string) *checkView {
	c := &checkView{}
	if s == nil || s.Shown == nil {
		return c
	}
	code := s.Shown.Value.Raw
	c.Agrees, c.Why = code == machine, s.Shown.Note
	if c.Agrees {
		c.Says = v.T("check.agrees", "label", lowerFirst(v.personWord(words, code)))
	} else {
		c.Says = v.T("check.overruled", "machine", lowerFirst(machineWords), "label", lowerFirst(v.personWord(words, code)))
	}
	return c
}

// checkNorm puts a person's word for a norm in the place of the machine's, which stays beside it.
func (v *reader) checkNorm(eid string, n *assay.Norm, x *normView) {
	if v.record == nil || n.Modality == "" {
		return
	}
	s := v.normSlot(eid, n)
	x.Check = v.check(s, string(n.Modality), x.Strength, "strength")
	key := v.normKey(eid, n)
	if s != nil {
		key = s.Key
		x.Strength, x.Form, x.Either, x.Sure = v.personWord("strength", s.Shown.Value.Raw), strengthForm(assay.Modality(s.Shown.Value.Raw)), "", ""
	}
	x.Check.Confirm = v.checkForm("norm_check", key)
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

// checkArea puts a person's word for an area in the place of the machine's, which is told in the view.
func (t *teller) checkArea(a assay.AreaReading) (assay.AreaReading, *checkView) {
	if t.record == nil {
		return a, nil
	}
	s := t.record.Slot("area_check", a.Code)
	words := t.T("check.undecided")
	if code := areaCode(a); code != "undecided" {
		words = t.code("area_reading", code)
	}
	c := t.check(s, areaCode(a), words, "area_reading")
	c.Confirm = t.checkForm("area_check", a.Code)
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
func (q *request) checkedCounts() (norms, areas checkedCount, err error) {
	for _, r := range q.View.OfKind(registry.KindDocument) {
		if len(r.Slots("norm_check")) == 0 && len(r.Slots("area_check")) == 0 || r.Sample() {
			continue
		}
		v, wordless, err := q.readingOf(r)
		if err != nil {
			return norms, areas, err
		}
		ns, as := said(r, "norm_check"), said(r, "area_check")
		norms.N += ns
		areas.N += as
		if v == nil {
			norms.Gone += ns
			areas.Gone += as
			continue
		}
		found := map[*registry.Slot]bool{}
		for _, p := range v.doc.Analysis.Provisions {
			for i := range p.Norms {
				if wordless {
					break
				}
				if s := v.normSlot(p.EID, &p.Norms[i]); s != nil && !found[s] {
					found[s] = true
					if s.Shown.Value.Raw == string(p.Norms[i].Modality) {
						norms.Agree++
					}
				}
			}
		}
		norms.Gone += ns - len(found)
		known := 0
		for _, a := range v.doc.Analysis.Instrument.Areas {
			if s := r.Slot("area_check", a.Code); s != nil && s.Shown != nil {
				known++
				if s.Shown.Value.Raw == areaCode(a) {
					areas.Agree++
				}
			}
		}
		areas.Gone += as - known
	}
	return norms, areas, nil
}

// isCheck says whether a field holds what people say of the machine's reading.
func isCheck(field string) bool { return field == "norm_check" || field == "area_check" }

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
	eid, rest, ok := strings.Cut(key, "@")
	span, _, _ := strings.Cut(rest, ".")
	if !ok {
		return key
	}
	return q.T("check.sentence", "place", q.shortPlace(eid), "bytes", span)
}

// personWord is a code that a person chose in the words of the page: of the strength of wording, or of a code list.
func (v *reader) personWord(words, code string) string {
	if words != "strength" {
		return v.code(words, code)
	}
	if w, ok := v.locale.find("strength." + code); ok {
		return w
	}
	return v.code("wording", code)
}
