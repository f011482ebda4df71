package web

import (
	"encoding/json"
	"slices"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Who publishes a draft with tracked changes publishes what was deleted from it, the comments at its margin, and who made them. The page of what becomes public says so, asks for
// a word of its own, and offers to make a text of the accepted reading alone.

// markedDraft is a text with which more than its words becomes public.
type markedDraft struct {
	ID       registry.RecordID
	Document link
	Says     string
	By       []string
	May      bool // a text of its words alone can be made here
	at       registry.Audience
}

// markedDrafts are the texts among claims that hold tracked changes or comments.
func (q *request) markedDrafts(es []*registry.Entry) ([]markedDraft, error) {
	var out []markedDraft
	seen := map[string]bool{}
	for _, e := range es {
		if e.Claim == nil || e.Claim.Field != "reading" || seen[e.Claim.Value.Raw] {
			continue
		}
		seen[e.Claim.Value.Raw] = true
		b, err := q.site.opt.Desk.Kept(e.Claim.Value.Raw)
		if registry.CodeOf(err) == registry.NotFound { // its words are not here, so that they cannot become public
			continue
		}
		if err != nil {
			return nil, err
		}
		rd := new(text.Reading)
		if err := json.Unmarshal(b, rd); err != nil {
			return nil, registry.Errorf(registry.Unreadable, "the text is damaged").WithHint("import its file again; assay doctor tells more")
		}
		if !rd.Marked() {
			continue
		}
		m := rd
		if x := rd.As(text.MarkedUp); x != nil {
			m = x
		}
		d := markedDraft{ID: q.recordOf(e), at: e.Audience}
		d.Document = q.recordLink(d.ID)
		d.Says, d.By = q.marksOf(m)
		d.May = q.site.opt.Intake != nil && slices.ContainsFunc(q.intoOptions(), func(o formOption) bool { return o.Value == string(e.Audience) })
		if r := q.View.Record(d.ID); d.May && (r == nil || r.String("reading") != e.Claim.Value.Raw) { // an earlier reading
			d.May = false
		}
		out = append(out, d)
	}
	return out, nil
}

// cleanDraft makes a text of the accepted reading alone of one of those that were to become public.
func (q *request) cleanDraft(marked []markedDraft, id registry.RecordID) (*page, error) {
	i := slices.IndexFunc(marked, func(d markedDraft) bool { return d.ID == id && d.May })
	if i < 0 {
		return nil, errNowhere
	}
	clean, err := q.site.opt.Intake.Clean(q.http.Context(), marked[i].at, id, q.user.By())
	if err != nil {
		return nil, err
	}
	q.did("intake", string(clean), "the accepted reading alone")
	return nil, seeOther{to: "/desk/unpublished?record=" + string(clean), say: q.T("unpublished.clean_done")}
}
