package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/registry"
)

// People confirm or overrule what rules say of two provisions by a claim on one of the two texts, conflict_check. Theirs leads wherever the
// finding is shown; what the machine said stays beside it.

// checkKey names a finding: the record on which a person's word of it stands, and the key. The words are in it, so that it counts for the same
// words only, whichever of the two texts comes first.
func checkKey(f *conflict.Finding) (registry.RecordID, string) {
	a, b := f.A, f.B
	if b.Document < a.Document {
		a, b = b, a
	}
	h := sha256.New()
	for _, s := range []string{a.EID, a.Words, b.EID, b.Words} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	return registry.RecordID(a.Document), f.Type + "@" + b.Document + "@" + hex.EncodeToString(h.Sum(nil)[:8])
}

// slot is what people said of a finding; nil where nobody did.
func (c *collisions) slot(f *conflict.Finding) *registry.Slot {
	id, key := checkKey(f)
	if r := c.q.View.Record(id); r != nil {
		if s := r.Slot("conflict_check", key); s != nil && s.Shown != nil && s.Shown.Value.State == "" {
			return s
		}
	}
	return nil
}

// checkedCollisions counts what people said of conflicts, over every text and law that this reader may see. The two texts are held
// against each other again, for the survey keeps only examples of what it set apart.
func (q *request) checkedCollisions() (n checkedCount, err error) {
	said := map[[2]registry.RecordID]map[string]string{} // of two texts, by key
	for _, k := range []registry.Kind{registry.KindDocument, registry.KindLaw} {
		for _, r := range q.View.OfKind(k) {
			for _, s := range r.Slots("conflict_check") {
				_, other, ok := registry.CollisionOf(s.Key)
				if !ok || r.Sample() || s.Shown == nil || s.Shown.Value.State != "" {
					continue
				}
				pair := [2]registry.RecordID{r.ID, other}
				if said[pair] == nil {
					said[pair] = map[string]string{}
				}
				said[pair][s.Key] = s.Shown.Value.Raw
				n.N++
			}
		}
	}
	for pair, of := range said {
		fs, err := q.reg.Colliding(q.http.Context(), pair[0], pair[1])
		if err != nil {
			return n, err
		}
		for i := range fs {
			_, key := checkKey(&fs[i])
			if answer, ok := of[key]; ok {
				delete(of, key)
				if answer == fs[i].Answer {
					n.Agree++
				}
			}
		}
		n.Gone += len(of)
	}
	return n, nil
}

// answer is what is shown of a finding: a person's word before the machine's.
func (c *collisions) answer(f *conflict.Finding) (code string, person bool) {
	if s := c.slot(f); s != nil {
		return s.Shown.Value.Raw, true
	}
	return f.Answer, false
}

// check is what a person said beside what the machine said, and where one says it.
func (c *collisions) check(f *conflict.Finding) *checkView {
	q := c.q
	v := &checkView{}
	if s := c.slot(f); s != nil {
		said := s.Shown.Value.Raw
		v.Agrees, v.Why = said == f.Answer, s.Shown.Note
		v.Says = q.T("check.overruled", "machine", lowerFirst(q.T("collision.answer."+f.Answer)), "label", lowerFirst(q.code("conflict_answer", said)))
		if v.Agrees {
			v.Says = q.T("check.agrees", "label", lowerFirst(q.code("conflict_answer", said)))
		}
	}
	if q.user != nil && q.user.Can(account.Contributor) && q.site.opt.Desk != nil {
		id, key := checkKey(f)
		x := url.Values{"field": {"conflict_check"}, "key": {key}}
		if r := q.View.Record(id); r != nil {
			if s := r.Slot("analysis", ""); s != nil && s.Shown != nil && s.Shown.Source != nil {
				x.Set("source", string(s.Shown.Source.ID))
			}
		}
		v.Form = link{Text: q.T("check.form.conflict_check"), Href: "/desk/enter/" + string(id) + "?" + x.Encode()}
	}
	return v
}
