package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
)

// Releaser is the schedule of releases.
type Releaser interface {
	All(ctx context.Context) ([]schedule.Release, error)
	// Outlooks are all of them with how they stand, which reads the whole registry.
	Outlooks(ctx context.Context) ([]schedule.Outlook, *schedule.Freeze, error)
	Propose(ctx context.Context, r schedule.Release) (int64, error)
	// Do does what somebody decided: approve, confirm, postpone, cancel, freeze, thaw.
	Do(ctx context.Context, what string, id int64, by, side, until, reason string) error
}

// releasesPage is /desk/releases: what is to be released, how it stands, and what the visitor may do about it.
type releasesPage struct {
	Title  string
	Frozen []string // what the switch says; empty where it is off
	Switch *form    // for administrators
	Waits  []releaseView
	Ended  table
}

type releaseView struct {
	ID    string
	Title string
	Facts []pair
	See   string // address of its preview; "" where there is none
	Forms []*form
}

func releases(q *request) (*page, error) {
	if q.site.opt.Releases == nil || !q.mayPublish() {
		return nil, errNowhere
	}
	return q.releasesPage("", http.StatusOK)
}

func (q *request) releasesPage(problem string, status int) (*page, error) {
	all, frozen, err := q.site.opt.Releases.Outlooks(q.http.Context())
	if err != nil {
		return nil, err
	}
	d := releasesPage{Title: q.T("releases.title"), Ended: table{Caption: q.T("releases.ended"), Heads: q.headsOf("releases.what", "releases.to", "releases.state", "releases.by", "releases.on")}}
	if frozen != nil {
		d.Frozen = []string{q.T("releases.frozen", "since", q.edtfText(string(registry.DayOf(frozen.At))), "who", person(frozen.By)), frozen.Reason}
	}
	if q.user.Can(account.Administrator) {
		d.Switch = q.switchForm(frozen != nil)
		if problem != "" && q.form.Get("number") == "" {
			d.Switch.fail("", problem)
		}
	}
	for i := range all {
		o := &all[i]
		if !q.seesAll(o.Targets) { // who may not see what is to be released is not told that something is
			continue
		}
		if o.Ended != "" {
			d.Ended.Rows = append(d.Ended.Rows, q.rowOf(d.Ended.Heads, wordsCell(o.Title), wordsCell(string(o.To)), wordsCell(q.T("releases.state_"+o.State)), wordsCell(person(o.EndedBy)), q.dayCell(registry.DayOf(o.EndedAt))))
			continue
		}
		v := q.releaseView(o)
		if q.site.opt.Preview != nil {
			v.See = "/desk/releases/" + v.ID
		}
		if problem != "" && q.form.Get("number") == v.ID {
			v.Forms[0].fail("", problem)
		}
		d.Waits = append(d.Waits, v)
	}
	return &page{Template: "releases", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail()}, nil
}

// seesAll says whether the visitor may see all of the entries.
func (q *request) seesAll(ids []registry.EntryID) bool {
	b := q.book()
	return !slices.ContainsFunc(ids, func(id registry.EntryID) bool { return b.Entry(id) == nil })
}

// releaseName names a release on pages: by what it releases, which whoever is told of it may see. Its number in the schedule would tell by a gap of
// releases that the visitor is not told of.
func releaseName(o *schedule.Release) string {
	h := sha256.New()
	for _, id := range o.Targets {
		io.WriteString(h, string(id)+" ")
	}
	io.WriteString(h, o.ProposedBy+" "+o.ProposedAt.UTC().Format(time.RFC3339Nano))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func (q *request) releaseView(o *schedule.Outlook) releaseView {
	v := releaseView{ID: releaseName(&o.Release), Title: o.Title}
	add := func(key, says string) {
		if says != "" {
			v.Facts = append(v.Facts, pair{q.T("releases." + key), says})
		}
	}
	add("state", q.T("releases.state_"+o.State))
	add("when", q.trigger(o.Trigger))
	add("due", q.edtfText(string(o.Due)))
	add("to", string(o.To))
	add("entries", q.number(int64(len(o.Targets))))
	add("reason", o.Reason)
	add("by", person(o.ProposedBy))
	add("approved", person(o.ApprovedBy))
	var sides []string
	for side, who := range o.Sides {
		says := q.recordLink(registry.RecordID(side)).Text + ": "
		if who == "" {
			says += q.T("releases.open")
		} else {
			says += person(who)
		}
		sides = append(sides, says)
	}
	slices.Sort(sides)
	add("sides", strings.Join(sides, "; "))
	if o.Grace.Until != "" {
		add("grace", q.edtfText(string(o.Grace.Until))+", "+person(o.Grace.By)+": "+o.Grace.Reason)
	}
	form := func(do, label string, fields ...formField) {
		f := q.newForm("/desk/releases", label)
		f.Hidden = []pair{{"number", v.ID}, {"do", do}}
		if q.form.Get("number") != v.ID || q.form.Get("do") != do {
			f.sent = nil
		}
		for _, x := range fields {
			x.Name += "-" + v.ID + "-" + do
			f.add(x)
		}
		v.Forms = append(v.Forms, f)
	}
	reason := formField{Name: "reason", Label: q.T("releases.reason"), Max: 500}
	if o.Restricted && o.ApprovedBy == "" && o.ProposedBy != q.user.By() {
		form("approve", q.T("releases.approve"))
	}
	for side, who := range o.Sides {
		if who == "" {
			form("confirm", q.T("releases.confirm", "side", q.recordLink(registry.RecordID(side)).Text), formField{Name: "side", Type: "hidden", Value: side})
			v.Forms[len(v.Forms)-1].Hidden = append(v.Forms[len(v.Forms)-1].Hidden, pair{"side", side})
			v.Forms[len(v.Forms)-1].Fields = nil
		}
	}
	if o.Grace.Until == "" {
		form("postpone", q.T("releases.postpone"), formField{Name: "until", Label: q.T("releases.until"), Hint: q.T("releases.until_hint", "n", schedule.MostGrace), Type: "date", Short: true}, reason)
	}
	form("cancel", q.T("releases.cancel"), reason)
	return v
}

func (q *request) switchForm(frozen bool) *form {
	do, label := "freeze", q.T("releases.freeze")
	if frozen {
		do, label = "thaw", q.T("releases.thaw")
	}
	f := q.newForm("/desk/releases", label)
	f.Hidden = []pair{{"do", do}}
	if !frozen {
		f.add(formField{Name: "reason--freeze", Label: q.T("releases.reason"), Hint: q.T("releases.freeze_hint"), Max: 500})
	}
	return f
}

func releasePost(q *request) (*page, error) {
	if q.site.opt.Releases == nil || !q.mayPublish() {
		return nil, errNowhere
	}
	do, number := q.form.Get("do"), q.form.Get("number")
	if (do == "freeze" || do == "thaw") && !q.user.Can(account.Administrator) {
		return nil, errNowhere
	}
	var id int64
	if do != "freeze" && do != "thaw" {
		all, _, err := q.site.opt.Releases.Outlooks(q.http.Context())
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(all, func(o schedule.Outlook) bool { return releaseName(&o.Release) == number })
		if i < 0 || !q.seesAll(all[i].Targets) {
			return nil, errNowhere
		}
		id = all[i].ID
	}
	at, audited := "-"+number+"-"+do, "" // the audit has the number of the schedule, as assay release has
	if id > 0 {
		audited = strconv.FormatInt(id, 10)
	}
	err := q.site.opt.Releases.Do(q.http.Context(), do, id, q.user.By(), q.form.Get("side"), q.form.Get("until"+at), q.form.Get("reason"+at))
	if c := registry.CodeOf(err); c == registry.Invalid || c == registry.Conflict {
		return q.releasesPage(sentence(err), http.StatusUnprocessableEntity)
	}
	if err != nil {
		return nil, err
	}
	q.did("release_"+do, audited, q.form.Get("reason"+at))
	return nil, seeOther{to: "/desk/releases", say: q.T("releases.done_" + do)}
}

// releaseLater enters what was marked for publication as a release to come.
func (q *request) releaseLater(ids []registry.EntryID, when, record, reason string) error {
	title := q.T("releases.entries_of", "n", len(ids))
	if r := q.View.Record(registry.RecordID(record)); r != nil {
		title = r.Title(q.Lang)
	}
	_, err := q.site.opt.Releases.Propose(q.http.Context(), schedule.Release{Title: title, Targets: ids, To: registry.Public, Trigger: when, Record: registry.RecordID(record), Reason: reason, ProposedBy: q.user.By()})
	return err
}
