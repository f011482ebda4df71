package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// usersPage lists who may sign in, with the form that adds someone.
type usersPage struct {
	Count   string
	Notices *accessNotices
	Table   table
	Add     *form
}

func users(q *request) (*page, error) { return q.usersPage(q.addForm(), 0) }

func (q *request) addForm() *form {
	f := q.newForm("/desk/users", q.T("users.add"))
	f.add(formField{Name: "name", Label: q.T("users.name"), Hint: q.T("users.name_hint"), Required: true, Max: 60, Autocomplete: "off"})
	f.add(formField{Name: "kind", Label: q.T("users.kind"), Type: "select", Short: true, Options: []formOption{{Value: "person", Label: q.T("users.kind_person")}, {Value: "organisation", Label: q.T("users.kind_organisation")}}})
	f.add(formField{Name: "organisation", Label: q.T("users.organisation"), Optional: true, Max: 200, Autocomplete: "off"})
	q.addRole(f, account.Reader, nil)
	f.add(formField{Name: "_new", Label: q.T("users.password"), Hint: q.T("users.password_hint"), Type: "password", Autocomplete: "new-password", Required: true})
	return f
}

// addRole puts the fields of role and audiences into a form.
func (q *request) addRole(f *form, role account.Role, as registry.Audiences) {
	x := formField{Name: "role", Label: q.T("users.role"), Type: "radio", Value: string(role)}
	for _, r := range account.Roles {
		x.Options = append(x.Options, formOption{Value: string(r), Label: q.T("role." + string(r)), Hint: q.T("users.role_" + string(r))})
	}
	f.add(x)
	var lines []string
	for _, a := range as {
		lines = append(lines, string(a))
	}
	f.add(formField{Name: "audiences", Label: q.T("users.audiences"), Hint: q.T("users.audiences_hint"), Type: "textarea", Rows: 3, Optional: true, Value: strings.Join(lines, "\n")})
}

// audiences are those typed, one a line or with commas.
func audiencesTyped(s string) registry.Audiences {
	out := registry.Audiences{}
	for _, a := range strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == ',' || r == ' ' || r == ';' }) {
		out = append(out, registry.Audience(a))
	}
	return out
}

func (q *request) usersPage(add *form, status int) (*page, error) {
	us, err := q.site.opt.Accounts.Users(q.http.Context())
	if err != nil {
		return nil, err
	}
	told, err := q.accessNotices()
	if err != nil {
		return nil, err
	}
	d := usersPage{Notices: told, Count: q.T("users.count", "n", len(us)), Add: add}
	d.Table = table{Caption: q.T("users.title"), Heads: []head{{Label: q.T("users.name")}, {Label: q.T("users.role")}, {Label: q.T("users.audiences")}, {Label: q.T("users.organisation")}, {Label: q.T("factor.title")}, {Label: q.T("users.state")}}}
	csv := &sheet{Columns: []string{"id", "name", "kind", "organisation", "role", "audiences", "created", "password_set", "second_factor", "disabled"}}
	for _, u := range us {
		l := link{Text: u.Name, Href: "/desk/users/" + u.ID}
		state := q.T("users.active")
		disabled := ""
		if u.Disabled {
			state, disabled = q.T("users.disabled"), u.DisabledAt.UTC().Format("2006-01-02T15:04:05Z")
		}
		role, second := q.T("role."+string(u.Role)), q.T("factor.none")
		if u.SecondFactor {
			second = q.T("factor.some")
		}
		d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, cell{Text: u.Name, HTML: l.HTML()}, wordsCell(role), wordsCell(q.termsText(u)), wordsCell(u.Organisation), wordsCell(second), wordsCell(state)))
		csv.Rows = append(csv.Rows, []string{u.ID, u.Name, string(u.Kind), u.Organisation, string(u.Role), q.termsText(u), u.Created.UTC().Format("2006-01-02T15:04:05Z"), u.PasswordSet.UTC().Format("2006-01-02T15:04:05Z"), strconv.FormatBool(u.SecondFactor), disabled})
	}
	if len(add.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return &page{Template: "users", Title: q.T("users.title"), Data: d, Status: status, Plain: true, Trail: q.deskTrail(), JSON: us, CSV: csv}, nil
}

func addUser(q *request) (*page, error) {
	if q.form.Get("do") == "clock" {
		if err := q.site.opt.Accounts.ConfirmClock(q.http.Context(), q.user.By()); err != nil {
			return nil, err
		}
		q.noted = true
		return nil, seeOther{to: "/desk/users", say: q.T("users.changed")}
	}
	f := q.addForm()
	u := account.User{Name: q.form.Get("name"), Kind: account.Kind(q.form.Get("kind")), Organisation: q.form.Get("organisation"), Role: account.Role(q.form.Get("role")), Audiences: audiencesTyped(q.form.Get("audiences"))}
	added, err := q.site.opt.Accounts.Add(q.http.Context(), q.user.By(), u, q.secret("_new"))
	switch code := registry.CodeOf(err); code {
	case "":
		q.noted = true
		return nil, seeOther{to: "/desk/users/" + added.ID, say: q.T("users.added", "name", added.Name)}
	case registry.Invalid, registry.Conflict:
		f.fail(fieldOf(err), sentence(err))
		return q.usersPage(f, 0)
	default:
		return nil, err
	}
}

// fieldOf is the field of a user's form that an error of package account is about.
func fieldOf(err error) string {
	for _, x := range []struct{ word, field string }{{"password", "_new"}, {"audience", "audiences"}, {"sealed", "audiences"}, {"organisation", "organisation"}, {"role", "role"}, {"user", "name"}, {"name", "name"}} {
		if strings.Contains(err.Error(), x.word) {
			return x.field
		}
	}
	return ""
}

// userPage is one user, with what an administrator can do.
type userPage struct {
	User     *account.User
	Facts    []userFact
	Disabled string
	Sessions table
	Role     *form
	Password *form
	State    *form // disables or enables
	End      *form
	Recover  *form // asks for a way back in; nil for oneself, and for the disabled
}

func (q *request) theUser() (*account.User, error) {
	u, err := q.site.opt.Accounts.User(q.http.Context(), q.params["id"])
	if registry.CodeOf(err) == registry.NotFound || err == nil && u.ID != q.params["id"] {
		return nil, errNowhere
	}
	return u, err
}

func user(q *request) (*page, error) {
	u, err := q.theUser()
	if err != nil {
		return nil, err
	}
	return q.userPage(u, nil, "")
}

// userPage shows the user; where something failed, at the form of that name.
func (q *request) userPage(u *account.User, failure error, of string) (*page, error) {
	xs, err := q.site.opt.Accounts.Sessions(q.http.Context(), u.ID)
	if err != nil {
		return nil, err
	}
	at := "/desk/users/" + u.ID
	make := func(do, label string) *form {
		f := q.newForm(at, q.T(label))
		if f.Hidden = []pair{{"do", do}}; of != do {
			f.sent = nil
		}
		return f
	}
	d := userPage{User: u, Facts: q.userFacts(u), Sessions: q.sessionTable(xs), Role: make("role", "users.save_role"), Password: make("password", "users.set_password"), End: make("sessions", "users.end_sessions"), State: make("disable", "users.disable")}
	q.addRole(d.Role, u.Role, u.Audiences)
	d.Password.add(formField{Name: "_new", Label: q.T("users.password"), Hint: q.T("users.password_hint"), Type: "password", Autocomplete: "new-password", Required: true})
	d.State.Danger = true
	if !u.Disabled && u.ID != q.user.ID {
		d.Recover = q.newForm(invitationsAt, q.T("invite.ask"))
		d.Recover.sent, d.Recover.Hidden = nil, []pair{{"do", "ask"}, {"user", u.ID}}
	}
	if u.Disabled {
		d.State = make("enable", "users.enable")
		d.Disabled = q.T("users.disabled")
	}
	p := &page{Template: "user", Title: u.Name, Plain: true, Trail: q.deskTrail(link{Text: q.T("users.title"), Href: "/desk/users"}), JSON: u}
	if failure != nil {
		p.Status = http.StatusUnprocessableEntity
		forms := map[string]*form{"role": d.Role, "password": d.Password, "sessions": d.End, "disable": d.State, "enable": d.State}
		forms[of].fail(fieldOf(failure), sentence(failure))
	}
	p.Data = d
	return p, nil
}

func changeUser(q *request) (*page, error) {
	u, err := q.theUser()
	if err != nil {
		return nil, err
	}
	ctx, s, by, do := q.http.Context(), q.site.opt.Accounts, q.user.By(), q.form.Get("do")
	switch do {
	case "role":
		err = s.SetRole(ctx, by, u.ID, account.Role(q.form.Get("role")), audiencesTyped(q.form.Get("audiences")))
	case "password":
		err = s.SetPassword(ctx, by, u.ID, q.secret("_new"))
	case "sessions":
		_, err = s.EndSessions(ctx, by, u.ID, "")
	case "disable":
		err = s.Disable(ctx, by, u.ID)
	case "enable":
		err = s.Enable(ctx, by, u.ID)
	default:
		return user(q)
	}
	if slices.Contains([]registry.ErrorCode{registry.Invalid, registry.Conflict}, registry.CodeOf(err)) {
		now, gone := q.theUser() // as it is now: someone else may have been first
		if gone != nil {
			return nil, gone
		}
		return q.userPage(now, err, do)
	}
	if err != nil {
		return nil, err
	}
	q.noted = true
	if u.ID == q.user.ID && (do == "sessions" || do == "password" || do == "disable") {
		return nil, seeOther{to: "/sign-in"}
	}
	return nil, seeOther{to: "/desk/users/" + u.ID, say: q.T("users.changed")}
}
