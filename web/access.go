package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// accessPage is /desk/users/ID/access: what a user reads for a limited time, and the tokens they have made.
type accessPage struct {
	User     *account.User
	Terms    table
	Grant    *form
	Withdraw *form // nil where nothing is granted
	Tokens   table
	Revoke   *form
}

// endsSoon is when an end is told of.
const endsSoon = 14 * 24 * time.Hour

func access(q *request) (*page, error) {
	u, err := q.theUser()
	if err != nil {
		return nil, err
	}
	return q.accessPage(u, q.grantForm(u), 0)
}

func (q *request) grantForm(u *account.User) *form {
	f := q.newForm("/desk/users/"+u.ID+"/access", q.T("access.grant"))
	f.Hidden = []pair{{"do", "grant"}}
	f.add(formField{Name: "audience", Label: q.T("access.audience"), Hint: q.T("access.audience_hint"), Required: true, Max: 110, Autocomplete: "off"})
	f.add(formField{Name: "from", Label: q.T("access.from"), Hint: q.T("access.from_hint"), Optional: true, Short: true, Max: 10})
	f.add(formField{Name: "until", Label: q.T("access.until"), Hint: q.T("access.until_hint"), Required: true, Short: true, Max: 10})
	return f
}

func (q *request) accessPage(u *account.User, grant *form, status int) (*page, error) {
	ts, err := q.site.opt.Accounts.Tokens(q.http.Context(), u.ID)
	if err != nil {
		return nil, err
	}
	at, now := "/desk/users/"+u.ID+"/access", q.site.opt.Now()
	d := accessPage{User: u, Grant: grant, Tokens: q.tokenTable(ts), Revoke: q.revokeForm(at, ts)}
	d.Terms = table{Caption: q.T("access.terms"), Heads: []head{{Label: q.T("access.audience")}, {Label: q.T("access.from")}, {Label: q.T("access.until")}, {Label: q.T("access.by")}, {Label: q.T("tokens.state")}}}
	which := formField{Name: "held", Label: q.T("access.audience"), Type: "select"}
	for _, t := range u.Terms {
		state := t.State(now)
		d.Terms.Rows = append(d.Terms.Rows, q.rowOf(d.Terms.Heads, wordsCell(string(t.Audience)), q.momentCell(t.From), q.momentCell(t.Until), wordsCell(t.By), wordsCell(q.T("access.state_"+state))))
		if state == "holds" || state == "begins" {
			which.Options = append(which.Options, formOption{Value: string(t.Audience), Label: string(t.Audience)})
		}
	}
	if len(which.Options) > 0 {
		d.Withdraw = q.newForm(at, q.T("access.withdraw"))
		d.Withdraw.sent, d.Withdraw.Danger, d.Withdraw.Hidden = nil, true, []pair{{"do", "withdraw"}}
		d.Withdraw.add(which)
	}
	if len(grant.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return &page{Template: "access", Title: q.T("access.title", "name", u.Name), Data: d, Status: status, Plain: true, JSON: map[string]any{"user": u.ID, "terms": u.Terms, "tokens": ts},
		Trail: q.deskTrail(link{Text: q.T("users.title"), Href: "/desk/users"}, link{Text: u.Name, Href: "/desk/users/" + u.ID})}, nil
}

func changeAccess(q *request) (*page, error) {
	u, err := q.theUser()
	if err != nil {
		return nil, err
	}
	ctx, s, by, to := q.http.Context(), q.site.opt.Accounts, q.user.By(), "/desk/users/"+u.ID+"/access"
	f := q.grantForm(u)
	switch q.form.Get("do") {
	case "revoke":
		err = s.Revoke(ctx, by, u.ID, q.form.Get("token"))
	case "withdraw":
		err = s.Withdraw(ctx, by, u.ID, registry.Audience(q.form.Get("held")))
	case "grant":
		t := account.Term{Audience: registry.Audience(strings.TrimSpace(q.form.Get("audience")))}
		if from := strings.TrimSpace(q.form.Get("from")); from != "" {
			if t.From, err = time.Parse("2006-01-02", from); err != nil {
				f.fail("from", q.T("tokens.no_day"))
				return q.accessPage(u, f, 0)
			}
		}
		if t.Until, err = throughDay(q.form.Get("until")); err != nil {
			f.fail("until", q.T("tokens.no_day"))
			return q.accessPage(u, f, 0)
		}
		err = s.Grant(ctx, by, u.ID, t)
		if code := registry.CodeOf(err); code == registry.Invalid || code == registry.Conflict {
			f.fail(map[bool]string{true: "audience", false: "until"}[strings.Contains(err.Error(), "audience")], sentence(err))
			return q.accessPage(u, f, 0)
		}
	default:
		return access(q)
	}
	if registry.CodeOf(err) == registry.NotFound { // somebody else was first
		return nil, seeOther{to: to, say: q.T("access.not_there")}
	} else if err != nil {
		return nil, err
	}
	q.noted = true
	return nil, seeOther{to: to, say: q.T("users.changed")}
}

// accessNotices tells an administrator what ends soon, and of a clock that was set back.
type accessNotices struct {
	Ending []link
	Clock  string
	Right  *form // says that the clock is right
}

func (q *request) accessNotices() (*accessNotices, error) {
	ctx, s := q.http.Context(), q.site.opt.Accounts
	ends, err := s.Ending(ctx, endsSoon)
	if err != nil {
		return nil, err
	}
	back, err := s.SetBack(ctx)
	if err != nil {
		return nil, err
	}
	n := &accessNotices{}
	for _, e := range ends {
		n.Ending = append(n.Ending, link{Text: e.User.Name, Href: "/desk/users/" + e.User.ID + "/access", Note: q.T("access.ends", "audience", string(e.Term.Audience), "when", e.Term.Until.UTC().Format("2006-01-02 15:04"))})
	}
	if !back.IsZero() {
		n.Clock = q.T("access.clock", "when", back.UTC().Format("2006-01-02 15:04"))
		n.Right = q.newForm("/desk/users", q.T("access.clock_right"))
		n.Right.sent, n.Right.Hidden = nil, []pair{{"do", "clock"}}
	}
	if len(n.Ending) == 0 && n.Clock == "" {
		return nil, nil
	}
	return n, nil
}

// termsText are a user's audiences, those for a limited time with their end.
func (q *request) termsText(u *account.User) string {
	s := audienceText(u.Audiences)
	for _, t := range u.Terms {
		if state := t.State(q.site.opt.Now()); state == "holds" || state == "begins" {
			if s != "" {
				s += ", "
			}
			s += q.T("access.term", "audience", string(t.Audience), "when", t.Until.UTC().Format("2006-01-02 15:04"))
		}
	}
	return s
}
