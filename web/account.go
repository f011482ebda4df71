package web

import (
	"errors"
	"html/template"
	"net/http"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// myAccountPage is what a user sees of themselves.
type myAccountPage struct {
	User     *account.User
	Facts    []userFact
	Sessions table
	Told     toldList
	Stop     *form      // stops a recovery of this account; nil where there is none
	Factors  []userFact // what opens the account beside the password
	Change   link       // to change that
	Others   int        // sessions beside this one
	End      *form      // ends the others
	All      *form      // ends this one too
	Password *form
}

type userFact struct {
	Label string
	Text  string
}

func myAccount(q *request) (*page, error) { return q.accountPage(q.passwordForm(), 0) }

func (q *request) passwordForm() *form {
	f := q.newForm("/desk/account", q.T("my.change"))
	f.sent = nil
	f.Hidden = []pair{{"do", "password"}}
	f.add(formField{Name: "_old", Label: q.T("my.old"), Type: "password", Autocomplete: "current-password", Required: true})
	f.add(formField{Name: "_new", Label: q.T("my.new"), Hint: q.T("my.new_hint"), Type: "password", Autocomplete: "new-password", Required: true})
	f.add(formField{Name: "_again", Label: q.T("my.again"), Type: "password", Autocomplete: "new-password", Required: true})
	return f
}

func (q *request) accountPage(password *form, status int) (*page, error) {
	xs, err := q.site.opt.Accounts.Sessions(q.http.Context(), q.user.ID)
	if err != nil {
		return nil, err
	}
	told, err := q.told()
	if err != nil {
		return nil, err
	}
	own, err := q.site.opt.Accounts.Factors(q.http.Context(), q.user)
	if err != nil {
		return nil, err
	}
	d := myAccountPage{Told: told, Factors: q.factorFacts(own), Change: link{Text: q.T("factor.change"), Href: factorsAt}, All: q.does("/desk/account", "everywhere", "my.everywhere"), User: q.user, Facts: q.userFacts(q.user), Others: len(xs) - 1, Password: password, End: q.newForm("/desk/account", q.T("my.end"))}
	d.End.Hidden, d.End.sent = []pair{{"do", "sessions"}}, nil
	d.Sessions = q.sessionTable(xs)
	if open, err := q.site.opt.Accounts.RecoveryOf(q.http.Context(), q.user); err != nil {
		return nil, err
	} else if open != nil {
		d.Stop = q.does("/desk/account", "stop", "invite.stop")
	}
	if len(password.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return &page{Template: "my-account", Title: q.T("my.title"), Data: d, Status: status, Plain: true, Trail: q.deskTrail()}, nil
}

func (q *request) deskTrail(more ...link) []link {
	return append([]link{{Text: q.T("desk.title"), Href: "/desk"}}, more...)
}

// userFacts are what is known of a user, as lines.
func (q *request) userFacts(u *account.User) []userFact {
	out := []userFact{{q.T("users.role"), q.T("role." + string(u.Role))}, {q.T("users.audiences"), audienceText(u.Readers())}, {q.T("users.kind"), q.T("users.kind_" + string(u.Kind))}}
	if u.Organisation != "" {
		out = append(out, userFact{q.T("users.organisation"), u.Organisation})
	}
	return out
}

func audienceText(as registry.Audiences) string {
	s := ""
	for i, a := range as {
		if i > 0 {
			s += ", "
		}
		s += string(a)
	}
	return s
}

func (q *request) sessionTable(xs []account.Session) table {
	t := table{Caption: q.T("my.sessions"), Heads: []head{{Label: q.T("my.device")}, {Label: q.T("my.begun")}, {Label: q.T("my.seen")}, {Label: q.T("factor.with")}}}
	for _, x := range xs {
		name := x.Device
		if name == "" {
			name = q.T("my.unknown_device")
		}
		if q.session != nil && x.ID == q.session.ID {
			name = q.T("my.this", "device", name)
		}
		t.Rows = append(t.Rows, q.rowOf(t.Heads, cell{Text: name, HTML: bdi(name)}, q.momentCell(x.Created), q.momentCell(x.Seen), wordsCell(q.secondText(x.Second))))
	}
	return t
}

// secondText says with what a session was begun.
func (q *request) secondText(second string) string {
	switch second {
	case "":
		return q.T("factor.second_none")
	case account.ByProvider:
		return q.T("factor.second_provider")
	}
	return q.T("factor.second_" + second)
}

// factorFacts are what opens an account beside its password, as lines.
func (q *request) factorFacts(f *account.Factors) []userFact {
	totp, keys := q.T("factor.totp_none"), q.T("passkey.none")
	if !f.TOTP.IsZero() {
		totp = q.T("factor.totp_since", "date", q.edtfText(string(registry.DayOf(f.TOTP))))
	}
	if len(f.Passkeys) > 0 {
		keys = ""
		for i, p := range f.Passkeys {
			if i > 0 {
				keys += ", "
			}
			keys += p.Name
		}
	}
	out := []userFact{{q.T("factor.totp"), totp}, {q.T("passkey.title"), keys}}
	if f.Count() > 0 {
		out = append(out, userFact{q.T("factor.codes"), q.T("factor.codes_left", "n", f.Codes)})
	}
	return out
}

// rowOf is a row whose cells know their heads.
func (q *request) rowOf(heads []head, cells ...cell) row {
	for i := range cells {
		cells[i].Label, cells[i].Numeric = heads[i].Label, heads[i].Numeric
	}
	return row{Cells: cells}
}

// wordsCell is a cell of plain words; an empty one is not drawn on a narrow screen.
func wordsCell(s string) cell {
	if s == "" {
		return cell{}
	}
	return cell{Text: s, HTML: bdi(s)}
}

// momentCell is a time of the day, in UTC.
func (q *request) momentCell(t time.Time) cell {
	s := t.UTC().Format(time.RFC3339)
	return cell{Text: s, HTML: q.moment(t)}
}

// moment is a time of the day in UTC, as people write it.
func (q *request) moment(t time.Time) template.HTML {
	t = t.UTC()
	day := string(registry.DayOf(t))
	return q.H("users.moment", "date", q.edtf(day), "time", t.Format("15:04"))
}

func changeMyAccount(q *request) (*page, error) {
	ctx, s := q.http.Context(), q.site.opt.Accounts
	switch q.form.Get("do") {
	case "sessions":
		n, err := s.EndSessions(ctx, q.user.By(), q.user.ID, q.session.ID)
		if err != nil {
			return nil, err
		}
		q.noted = true
		return nil, seeOther{to: "/desk/account", say: q.T("my.ended", "n", n)}
	case "everywhere":
		if _, err := s.EndSessions(ctx, q.user.By(), q.user.ID, ""); err != nil {
			return nil, err
		}
		q.noted = true
		q.setCookie(sessionCookie, "", 0)
		return nil, seeOther{to: "/sign-in"}
	case "stop":
		if open, err := s.RecoveryOf(ctx, q.user); err != nil {
			return nil, err
		} else if open != nil {
			if err := s.EndInvitation(ctx, q.user.By(), open.ID); err != nil && registry.CodeOf(err) != registry.NotFound {
				return nil, err
			}
		}
		q.noted = true
		return nil, seeOther{to: "/desk/account", say: q.T("invite.stopped")}
	case "read":
		if err := s.Read(ctx, q.user); err != nil {
			return nil, err
		}
		q.noted = true
		return nil, seeOther{to: "/desk"}
	case "password":
	default:
		return myAccount(q)
	}
	f := q.passwordForm()
	old, password := q.secret("_old"), q.secret("_new")
	if password != q.secret("_again") {
		f.fail("_again", q.T("my.differ"))
		return q.accountPage(f, 0)
	}
	e, err := s.ChangePassword(ctx, q.user, q.session, old, password, q.attempt("", ""))
	var wait *account.Wait
	switch {
	case account.NotRight(err):
		f.fail("_old", q.T("my.wrong"))
		return q.accountPage(f, 0)
	case errors.As(err, &wait):
		f.fail("_old", q.T("sign_in.wait", "n", seconds(wait)))
		return q.accountPage(f, 0)
	case registry.CodeOf(err) == registry.Invalid:
		f.fail("_new", sentence(err))
		return q.accountPage(f, 0)
	case err != nil:
		return nil, err
	}
	q.noted = true
	if err := q.begin(e); err != nil {
		return nil, err
	}
	return nil, seeOther{to: "/desk/account", say: q.T("my.changed")}
}

// sentence is an error with what helps, as one reads it at a field.
func sentence(err error) string {
	s := upperFirst(err.Error()) + "."
	if h := registry.HintOf(err); h != "" {
		s += " " + upperFirst(h) + "."
	}
	return s
}
