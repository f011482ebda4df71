package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

const (
	invitationsAt = "/desk/invitations"
	invitationAt  = "/invitations/" // with a token behind it, as recoveryAt
	recoveryAt    = "/recoveries/"
)

// invitationsPage is where administrators invite, and let somebody in again.
type invitationsPage struct {
	Link    string // that was just made: shown this once
	Says    string // what to do with it
	Failed  string // why something could not be done
	Table   table
	Actions []*form // what can be done with those that are open
	Invite  *form
}

func invitations(q *request) (*page, error) { return q.invitationsPage(q.inviteForm(), "", "") }

func (q *request) inviteForm() *form {
	f := q.newForm(invitationsAt, q.T("invite.make"))
	f.Hidden = []pair{{"do", "invite"}}
	f.add(formField{Name: "name", Label: q.T("users.name"), Hint: q.T("invite.name_hint"), Optional: true, Max: 60, Autocomplete: "off"})
	f.add(formField{Name: "organisation", Label: q.T("users.organisation"), Optional: true, Max: 200, Autocomplete: "off"})
	q.addRole(f, account.Reader, nil)
	f.add(formField{Name: "days", Label: q.T("invite.days"), Hint: q.T("invite.days_hint", "n", account.MostInvitation), Value: strconv.Itoa(account.InvitationDays), Type: "number", Short: true, Required: true})
	return f
}

func (q *request) invitationsPage(invite *form, address, says string) (*page, error) {
	is, err := q.site.opt.Accounts.Invitations(q.http.Context())
	if err != nil {
		return nil, err
	}
	now := q.site.opt.Now()
	d := invitationsPage{Link: address, Says: says, Invite: invite, Table: table{Caption: q.T("invite.title"), Heads: []head{{Label: q.T("invite.kind")}, {Label: q.T("users.name")}, {Label: q.T("users.role")}, {Label: q.T("users.audiences")}, {Label: q.T("invite.by")}, {Label: q.T("invite.until")}, {Label: q.T("invite.state")}}}}
	csv := &sheet{Columns: []string{"id", "kind", "user", "name", "organisation", "role", "audiences", "by", "confirmed_by", "made", "until", "state"}}
	for _, i := range is {
		state := q.invitationState(i)
		by := person(i.By)
		if i.ConfirmedBy != "" && i.ConfirmedBy != i.By {
			by += ", " + person(i.ConfirmedBy)
		}
		d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, wordsCell(q.T("invite.kind_"+i.Kind)), wordsCell(i.Name), wordsCell(q.T("role."+string(i.Role))), wordsCell(audienceText(i.Audiences)), wordsCell(by), q.momentCell(i.Until), wordsCell(q.T("invite.state_"+state))))
		csv.Rows = append(csv.Rows, []string{i.ID, i.Kind, i.User, i.Name, i.Organisation, string(i.Role), audienceText(i.Audiences), i.By, i.ConfirmedBy, i.Made.UTC().Format("2006-01-02T15:04:05Z"), i.Until.UTC().Format("2006-01-02T15:04:05Z"), state})
		if !i.Open(now) {
			continue
		}
		who := i.Name
		if who == "" {
			who = q.T("invite.somebody")
		}
		if i.Waits && i.By != q.user.By() && i.User != q.user.ID {
			c := q.newForm(invitationsAt, q.T("invite.confirm", "name", who, "by", person(i.By)))
			c.sent, c.Hidden, c.Danger = nil, []pair{{"do", "confirm"}, {"id", i.ID}}, true
			d.Actions = append(d.Actions, c)
		}
		w := q.newForm(invitationsAt, q.T("invite.withdraw_"+i.Kind, "name", who))
		w.sent, w.Hidden = nil, []pair{{"do", "withdraw"}, {"id", i.ID}}
		d.Actions = append(d.Actions, w)
	}
	p := &page{Template: "invitations", Title: q.T("invite.title"), Data: d, Wide: true, Plain: true, Trail: q.deskTrail(link{Text: q.T("users.title"), Href: "/desk/users"}), JSON: is, CSV: csv}
	if len(invite.Errors) > 0 {
		p.Status = http.StatusUnprocessableEntity
	}
	return p, nil
}

// invitationState is one word for where it stands.
func (q *request) invitationState(i *account.Invitation) string {
	switch {
	case i.EndedBy != "":
		return i.EndedBy
	case !i.Open(q.site.opt.Now()):
		return "over"
	case i.Waits:
		return "waits"
	}
	return "open"
}

func changeInvitations(q *request) (*page, error) {
	ctx, s, by := q.http.Context(), q.site.opt.Accounts, q.user.By()
	f := q.inviteForm()
	var err error
	switch q.form.Get("do") {
	case "invite":
		days, nan := strconv.Atoi(strings.TrimSpace(q.form.Get("days")))
		if nan != nil {
			f.fail("days", q.T("invite.days_hint", "n", account.MostInvitation))
			return q.invitationsPage(f, "", "")
		}
		var token string
		if _, token, err = s.Invite(ctx, by, account.User{Name: q.form.Get("name"), Organisation: q.form.Get("organisation"), Role: account.Role(q.form.Get("role")), Audiences: audiencesTyped(q.form.Get("audiences"))}, days); err == nil {
			q.noted = true
			q.form = url.Values{} // the form is for the next
			return q.invitationsPage(q.inviteForm(), q.address(invitationAt+token), q.T("invite.link"))
		}
	case "ask":
		if _, err = s.AskRecovery(ctx, by, q.form.Get("user")); err == nil {
			q.noted = true
			return nil, seeOther{to: invitationsAt, say: q.T("invite.asked")}
		}
	case "confirm":
		var token string
		if _, token, err = s.ConfirmRecovery(ctx, by, q.form.Get("id")); err == nil {
			q.noted = true
			return q.invitationsPage(f, q.address(recoveryAt+token), q.T("invite.recovery_link"))
		}
	case "withdraw":
		if err = s.EndInvitation(ctx, by, q.form.Get("id")); err == nil {
			q.noted = true
			return nil, seeOther{to: invitationsAt, say: q.T("invite.withdrawn")}
		}
	default:
		return invitations(q)
	}
	switch registry.CodeOf(err) {
	case registry.Invalid, registry.Conflict, registry.NotFound:
		if q.form.Get("do") == "invite" {
			f.fail(fieldOf(err), sentence(err))
			return q.invitationsPage(f, "", "")
		}
		p, failed := q.invitationsPage(f, "", "")
		if failed != nil {
			return nil, failed
		}
		d := p.Data.(invitationsPage)
		d.Failed, p.Status = sentence(err), http.StatusUnprocessableEntity
		p.Data = d
		return p, nil
	}
	return nil, err
}

// linkPage is what somebody sees who opens the link of an invitation or of a recovery.
type linkPage struct {
	Title, Lede string
	Facts       []userFact
	Form        *form
}

// opened is the page of a link, filled in; a link that opens nothing is nowhere.
func (q *request) opened(kind string) (*page, *form, error) {
	i, err := q.site.opt.Accounts.Invitation(q.http.Context(), kind, q.params["token"])
	if registry.CodeOf(err) == registry.NotFound {
		return nil, nil, registry.Errorf(registry.NotFound, "%s", q.T("invite.nothing")).WithHint("%s", q.T("invite.nothing_hint"))
	} else if err != nil {
		return nil, nil, err
	}
	at, d := invitationAt, linkPage{Title: q.T("invite.welcome"), Lede: q.T("invite.welcome_lede", "by", person(i.By))}
	f := q.newForm(at+q.params["token"], q.T("invite.accept"))
	if kind == account.Recovery {
		d.Title, d.Lede = q.T("invite.back"), q.T("invite.back_lede", "name", i.Name)
		f.Action, f.Submit = recoveryAt+q.params["token"], q.T("invite.recover")
	} else {
		d.Facts = []userFact{{q.T("users.role"), q.T("role." + string(i.Role))}, {q.T("users.audiences"), audienceText((&account.User{Role: i.Role, Audiences: i.Audiences}).Readers())}}
		if i.Organisation != "" {
			d.Facts = append(d.Facts, userFact{q.T("users.organisation"), i.Organisation})
		}
		f.add(formField{Name: "name", Label: q.T("users.name"), Hint: q.T("users.name_hint"), Value: i.Name, Required: true, Max: 60, Autocomplete: "username"})
	}
	f.add(formField{Name: "_new", Label: q.T("my.new"), Hint: q.T("my.new_hint"), Type: "password", Autocomplete: "new-password", Required: true})
	f.add(formField{Name: "_again", Label: q.T("my.again"), Type: "password", Autocomplete: "new-password", Required: true})
	d.Form = f
	return &page{Template: "link", Title: d.Title, Data: d, Plain: true}, f, nil
}

func invitation(q *request) (*page, error) {
	p, _, err := q.opened(account.Invited)
	return p, err
}

func recovery(q *request) (*page, error) {
	p, _, err := q.opened(account.Recovery)
	return p, err
}

func acceptInvitation(q *request) (*page, error) {
	return q.useLink(account.Invited, func(token, password string) (*account.Entered, error) {
		return q.site.opt.Accounts.Accept(q.http.Context(), token, q.form.Get("name"), password, q.attempt("", ""))
	})
}

func useRecovery(q *request) (*page, error) {
	return q.useLink(account.Recovery, func(token, password string) (*account.Entered, error) {
		return q.site.opt.Accounts.Recover(q.http.Context(), token, password, q.attempt("", ""))
	})
}

// useLink opens what a link opens. Next, a second factor is set up.
func (q *request) useLink(kind string, use func(token, password string) (*account.Entered, error)) (*page, error) {
	p, f, err := q.opened(kind)
	if err != nil {
		return nil, err
	}
	p.Status = http.StatusUnprocessableEntity
	password := q.secret("_new")
	if password != q.secret("_again") {
		f.fail("_again", q.T("my.differ"))
		return p, nil
	}
	e, err := use(q.params["token"], password)
	var wait *account.Wait
	switch code := registry.CodeOf(err); {
	case errors.As(err, &wait):
		f.fail("", q.T("sign_in.wait", "n", seconds(wait)))
		return p, nil
	case code == registry.Invalid || code == registry.Conflict:
		f.fail(fieldOf(err), sentence(err))
		return p, nil
	case code == registry.NotFound:
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("invite.nothing")).WithHint("%s", q.T("invite.nothing_hint"))
	case err != nil:
		return nil, err
	}
	if err := q.begin(e); err != nil {
		return nil, err
	}
	return nil, seeOther{to: factorsAt, say: q.T("invite.in")}
}
