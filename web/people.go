package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Where people confirmed or overruled what the machine read of sentences, everything that rests on these sentences is read anew with their
// word: margin, tally, ladders, balance, commitments. The machine's own reading stays beside it.

// Rereader reads a text with people's word in the place of the machine's, with the names that a view holds and by the rules of today.
type Rereader func(rd *text.Reading, v *registry.View, checks []assay.Check) *assay.Analysis

// followPeople puts the reading that takes people's word in into the place of the machine's. It does not where the machine's was made by
// other rules than today's: what differs would then not be people's doing.
func (v *reader) followPeople() {
	if v.record == nil || len(v.record.Slots("norm_check"))+len(v.record.Slots("bearer_check")) == 0 {
		return
	}
	checks := v.checks()
	if len(checks) == 0 {
		return
	}
	v.behind = true
	if v.site.opt.Reread == nil || v.rules == nil || v.machine.Engine != assay.Engine || v.machine.Rules != v.rules.Hash {
		return
	}
	an := v.site.reread.get(v.reg.Version()+" "+v.record.String("reading")+v.record.String("analysis"), checks, func() *assay.Analysis { return v.site.opt.Reread(v.doc.Reading, v.View, checks) })
	if !sameNorms(an, v.machine) {
		return
	}
	v.doc, v.behind = &projection.Document{Record: v.doc.Record, Reading: v.doc.Reading, Analysis: an}, false
}

// sameNorms says whether two analyses are of the same norms and sides, so that one can stand beside the other.
func sameNorms(a, b *assay.Analysis) bool {
	if len(a.Provisions) != len(b.Provisions) || !slices.Equal(a.Parties, b.Parties) {
		return false
	}
	for i := range a.Provisions {
		if len(a.Provisions[i].Norms) != len(b.Provisions[i].Norms) {
			return false
		}
	}
	return true
}

// checks are people's words on sentences that are still there, in order of the text.
func (v *reader) checks() []assay.Check {
	var out []assay.Check
	v.said = map[string]bool{}
	for _, p := range v.machine.Provisions {
		for i := range p.Norms {
			n := &p.Norms[i]
			c := assay.Check{EID: p.EID, At: n.Start}
			if s := v.normSlot("norm_check", p.EID, n); s != nil {
				c.Modality = assay.Modality(s.Shown.Value.Raw)
			}
			if s := v.normSlot("bearer_check", p.EID, n); s != nil {
				c.Bearer = bearerCodes(s.Shown.Value.Raw)
			}
			if c.Modality != "" || c.Bearer != nil {
				out = append(out, c)
				v.said[p.EID] = true
			}
		}
	}
	return out
}

// checkJSON is what a person said of a sentence beside what the machine said.
type checkJSON struct {
	EID     string `json:"eid"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Field   string `json:"field"` // norm_check or bearer_check
	Person  string `json:"person"`
	Machine string `json:"machine"`
	Because string `json:"because"`
}

func (v *reader) checksJSON() []checkJSON {
	var out []checkJSON
	for _, p := range v.machine.Provisions {
		for i := range p.Norms {
			n := &p.Norms[i]
			for field, machine := range map[string]string{"norm_check": string(n.Modality), "bearer_check": semicolons(n.Bearer)} {
				if s := v.normSlot(field, p.EID, n); v.said[p.EID] && s != nil {
					out = append(out, checkJSON{p.EID, n.Start, n.End, field, s.Shown.Value.Raw, machine, s.Shown.Note})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b checkJSON) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Field, b.Field)) })
	return out
}

// bearerCodes are the codes of a bearer_check.
func bearerCodes(s string) []string {
	out := []string{}
	for _, c := range strings.Split(s, ";") {
		if c = strings.TrimSpace(c); c != "" {
			out = append(out, c)
		}
	}
	return out
}

// normSlot is what people said of a norm in a field; nil where nobody did. The norm may have been cut anew since: the check counts for the norm
// in which the words begin that were checked, as long as these are still the same. Where the text was read anew, it counts for the norm with the same
// words in what the provision became.
func (v *reader) normSlot(field, eid string, n *assay.Norm) *registry.Slot {
	if v.record == nil {
		return nil
	}
	for _, s := range v.record.Slots(field) {
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
	if len(v.record.Slots("succession")) == 0 {
		return nil
	}
	own := wordMark(v.words(n.Start, n.End))
	for _, s := range v.record.Slots(field) {
		at, rest, _ := strings.Cut(s.Key, "@")
		if _, mark, _ := strings.Cut(rest, "."); s.Shown == nil || mark != own || v.standsAt(rest) {
			continue
		}
		if at == eid || slices.Contains(v.leadsTo(at), eid) {
			return s
		}
	}
	return nil
}

// standsAt says whether the words that a check is about, "120-310.1a2b3c4d", stand at their bytes in today's reading.
func (v *reader) standsAt(place string) bool {
	span, mark, _ := strings.Cut(place, ".")
	from, to, _ := strings.Cut(span, "-")
	start, err := strconv.Atoi(from)
	end, err2 := strconv.Atoi(to)
	return err == nil && err2 == nil && start >= 0 && start < end && end <= len(v.doc.Reading.Text) && wordMark(v.words(start, end)) == mark
}

// leadsTo gives what a provision of an earlier reading became; nil where it cannot be told.
func (v *reader) leadsTo(eid string) []string {
	if to, ok := v.led[eid]; ok {
		return to
	}
	if v.led == nil {
		v.led = map[string][]string{}
	}
	if s, err := v.reg.Successor(v.record.ID, eid); err == nil && s != nil {
		v.led[eid] = s.EIDs
	} else {
		v.led[eid] = nil
	}
	return v.led[eid]
}

// own is how strongly provision i is worded in its own words, and both readings where the machine does not decide.
func (v *reader) own(i int) (m assay.Modality, either []assay.Modality) {
	p := v.doc.Analysis.Provisions[i]
	norms := make([]assay.Norm, len(p.Norms))
	for j := range p.Norms {
		norms[j] = v.checkedNorm(p.EID, p.Norms[j])
	}
	if m = ownStrength(p, isLeaf(v.doc.Reading, i)); v.said[p.EID] { // marks of words are the machine's
		m = assay.None
		for _, n := range norms {
			if k := slices.Index(assay.Modalities, n.Best()); k >= 0 && k < slices.Index(assay.Modalities, m) {
				m = n.Best()
			}
		}
	}
	for _, n := range norms {
		switch {
		case n.Best() != m:
		case n.Modality != assay.Undecided:
			return m, nil
		case len(n.Either) == 2:
			either = n.Either
		}
	}
	return m, either
}

// personSays tells at the margin of a provision that people looked at its sentences: how many, and how often they overruled the machine.
func (v *reader) personSays(p assay.Provision) string {
	if !v.said[p.EID] {
		return ""
	}
	n, overruled := 0, 0
	for i := range p.Norms {
		force, bearer := v.checkNorm(p.EID, i, &p.Norms[i])
		for _, c := range []*checkView{force, bearer} {
			if c != nil && c.Says != "" {
				n++
				if !c.Agrees {
					overruled++
				}
			}
		}
	}
	switch {
	case n == 0:
		return ""
	case overruled == 0:
		return v.T("check.margin_agrees")
	}
	return v.T("check.margin_overruled")
}

// markedAs is the class of a mark of strength: what a person said of the sentence that the words stand in, else the machine's.
func (v *reader) markedAs(eid string, norms []assay.Norm, l assay.Label) string {
	if !v.said[eid] {
		return l.Class
	}
	for i := range norms {
		if n := &norms[i]; n.Start <= l.Start && l.End <= n.End {
			if s := v.normSlot("norm_check", eid, n); s != nil {
				return s.Shown.Value.Raw
			}
		}
	}
	return l.Class
}

// machineLevel tells the level of a ladder as the machine alone reads it, where people's word made another of it; "" where not.
func (v *reader) machineLevel(name string, level int) string {
	l := v.machine.Instrument.Ladders
	alone := map[string]int{"obligation": l.Obligation.Level, "precision": l.Precision.Level, "delegation": l.Delegation.Level,
		"environmental_social": l.EnvironmentalSocial.Level, "value_addition": l.ValueAddition.Level}[name]
	if v.machine == v.doc.Analysis || alone == level {
		return ""
	}
	return v.T("check.machine_level", "n", strconv.Itoa(alone))
}

// machineAlone tells how firmly the machine alone reads a norm of which a person said otherwise; "" for others.
func (v *reader) machineAlone(eid string, at int) string {
	if !v.said[eid] {
		return ""
	}
	for _, p := range v.doc.Analysis.Provisions {
		if p.EID == eid && at < len(p.Norms) {
			m := v.machineNorm(eid, at, p.Norms[at])
			if n := v.checkedNorm(eid, p.Norms[at]); n.Modality != m.Modality || !sameBearers(n.Bearer, m.Bearer) {
				return v.T("check.alone", "strength", lowerFirst(v.normStrength(&m)), "who", v.bearers(m.Bearer))
			}
		}
	}
	return ""
}

// peopleNote says that figures of a text take people's word in, or that they do not yet; "" where people said nothing of it.
func (v *reader) peopleNote() string {
	switch {
	case len(v.said) == 0:
		return ""
	case v.behind:
		return v.T("check.behind")
	}
	return v.T("check.followed", "n", len(v.said))
}

// checkedNorm is a norm with people's word in it.
func (v *reader) checkedNorm(eid string, n assay.Norm) assay.Norm {
	if !v.said[eid] {
		return n
	}
	if s := v.normSlot("norm_check", eid, &n); s != nil && n.Modality != "" {
		n.Modality, n.Either, n.Confidence = assay.Modality(s.Shown.Value.Raw), nil, 0
	}
	if s := v.normSlot("bearer_check", eid, &n); s != nil {
		n.Bearer = bearerCodes(s.Shown.Value.Raw)
	}
	return n
}

// machineNorm is the machine's own reading of the norm that stands at a place of a provision.
func (v *reader) machineNorm(eid string, at int, n assay.Norm) assay.Norm {
	if v.behind || v.machine == v.doc.Analysis {
		return n
	}
	for i := range v.machine.Provisions {
		if p := &v.machine.Provisions[i]; p.EID == eid && at < len(p.Norms) {
			return p.Norms[at]
		}
	}
	return n
}

// rereads keeps the last few readings with people's word, by what they are made of.
type rereads struct {
	mu   sync.Mutex
	kept map[string]*assay.Analysis
	keys []string
}

const mostRereads = 12

func (c *rereads) get(name string, checks []assay.Check, read func() *assay.Analysis) *assay.Analysis {
	b, _ := json.Marshal(checks)
	key := fmt.Sprintf("%s %x", name, sha256.Sum256(b))
	c.mu.Lock()
	an := c.kept[key]
	c.mu.Unlock()
	if an != nil {
		return an
	}
	an = read()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		c.kept = map[string]*assay.Analysis{}
	}
	if c.kept[key] == nil {
		c.keys = append(c.keys, key)
	}
	c.kept[key] = an
	if len(c.keys) > mostRereads {
		delete(c.kept, c.keys[0])
		c.keys = c.keys[1:]
	}
	return an
}
