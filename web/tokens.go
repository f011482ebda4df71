package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// tokensPage is /desk/tokens: one's own tokens for programs.
type tokensPage struct {
	Made   string // the text of one that was just made: shown this once
	Table  table
	Make   *form
	Revoke *form // nil where none holds
	Try    string
}

func tokens(q *request) (*page, error) { return q.tokensPage(q.tokenForm(), "", 0) }

func (q *request) tokenForm() *form {
	f := q.newForm("/desk/tokens", q.T("tokens.make"))
	f.Hidden = []pair{{"do", "make"}}
	f.add(formField{Name: "name", Label: q.T("tokens.name"), Hint: q.T("tokens.name_hint"), Required: true, Max: 60, Autocomplete: "off"})
	x := formField{Name: "scope", Label: q.T("tokens.scope"), Type: "radio", Value: "public", Options: []formOption{{Value: "public", Label: q.T("tokens.scope_public"), Hint: q.T("tokens.scope_public_hint")}}}
	if as := beyondPublic(q.user.Readers()); len(as) > 0 {
		x.Options = append(x.Options, formOption{Value: "own", Label: q.T("tokens.scope_own"), Hint: q.T("tokens.scope_own_hint")}, formOption{Value: "some", Label: q.T("tokens.scope_some"), Hint: q.T("tokens.scope_some_hint")})
		f.add(x)
		for _, a := range as {
			f.add(formField{Name: "audience:" + string(a), Label: string(a), Type: "checkbox"})
		}
	} else {
		f.add(x)
	}
	f.add(formField{Name: "until", Label: q.T("tokens.until"), Hint: q.T("tokens.until_hint", "n", account.MostDays), Value: string(registry.DayOf(q.site.opt.Now().AddDate(0, 0, account.TokenDays))), Short: true, Required: true, Max: 10})
	return f
}

func beyondPublic(as registry.Audiences) registry.Audiences {
	return slices.DeleteFunc(slices.Clone(as), func(a registry.Audience) bool { return a == registry.Public })
}

func (q *request) tokensPage(make *form, made string, status int) (*page, error) {
	ts, err := q.site.opt.Accounts.Tokens(q.http.Context(), q.user.ID)
	if err != nil {
		return nil, err
	}
	d := tokensPage{Made: made, Table: q.tokenTable(ts), Make: make, Revoke: q.revokeForm("/desk/tokens", ts), Try: `curl -H "Authorization: Bearer TOKEN" ` + q.address("/negotiations.json")}
	if len(make.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return &page{Template: "tokens", Title: q.T("tokens.title"), Data: d, Status: status, Plain: true, JSON: ts, Trail: q.deskTrail(link{Text: q.T("my.title"), Href: "/desk/account"})}, nil
}

func (q *request) tokenTable(ts []*account.Token) table {
	t := table{Caption: q.T("tokens.title"), Heads: []head{{Label: q.T("tokens.name")}, {Label: q.T("tokens.id")}, {Label: q.T("tokens.scope")}, {Label: q.T("tokens.expires")}, {Label: q.T("tokens.used")}, {Label: q.T("tokens.state")}}}
	for _, x := range ts {
		used := wordsCell(q.T("tokens.never"))
		if !x.Used.IsZero() {
			used = q.momentCell(x.Used)
		}
		t.Rows = append(t.Rows, q.rowOf(t.Heads, wordsCell(x.Name), wordsCell(x.ID), wordsCell(q.scopeText(x.Scope)), q.momentCell(x.Expires), used, wordsCell(q.T("tokens.state_"+x.State(q.site.opt.Now())))))
	}
	return t
}

func (q *request) scopeText(as registry.Audiences) string {
	switch {
	case len(as) == 0:
		return q.T("tokens.scope_public")
	case as.Has(account.Own):
		return q.T("tokens.scope_own")
	}
	return audienceText(as)
}

// revokeForm asks which of the tokens that hold is to be revoked; nil where none does.
func (q *request) revokeForm(at string, ts []*account.Token) *form {
	f := q.newForm(at, q.T("tokens.revoke"))
	f.sent, f.Danger, f.Hidden = nil, true, []pair{{"do", "revoke"}}
	x := formField{Name: "token", Label: q.T("tokens.which"), Type: "select"}
	for _, t := range ts {
		if t.State(q.site.opt.Now()) == "holds" {
			x.Options = append(x.Options, formOption{Value: t.ID, Label: t.Name + " (" + t.ID + ")"})
		}
	}
	if len(x.Options) == 0 {
		return nil
	}
	f.add(x)
	return f
}

func changeTokens(q *request) (*page, error) {
	ctx, s := q.http.Context(), q.site.opt.Accounts
	if q.form.Get("do") == "revoke" {
		if err := s.Revoke(ctx, q.user.By(), q.user.ID, q.form.Get("token")); registry.CodeOf(err) == registry.NotFound {
			return nil, seeOther{to: "/desk/tokens", say: q.T("tokens.not_there")}
		} else if err != nil {
			return nil, err
		}
		q.noted = true
		return nil, seeOther{to: "/desk/tokens", say: q.T("tokens.revoked")}
	}
	f := q.tokenForm()
	t := account.Token{Name: q.form.Get("name")}
	switch q.form.Get("scope") {
	case "own":
		t.Scope = registry.Audiences{account.Own}
	case "some":
		for name := range q.form {
			if a, ok := strings.CutPrefix(name, "audience:"); ok {
				t.Scope = append(t.Scope, registry.Audience(a))
			}
		}
		if len(t.Scope) == 0 {
			f.fail("scope", q.T("tokens.scope_none"))
			return q.tokensPage(f, "", 0)
		}
	}
	if len(t.Scope) > 0 && !s.Fresh(q.session) { // whoever finds a browser open must not leave with a token for a year
		f.fail("scope", q.T("tokens.stale"))
		return q.tokensPage(f, "", 0)
	}
	t.Expires = q.site.opt.Now().AddDate(0, 0, account.TokenDays)
	if until := q.form.Get("until"); until != "" {
		end, err := throughDay(until)
		if err != nil {
			f.fail("until", q.T("tokens.no_day"))
			return q.tokensPage(f, "", 0)
		}
		t.Expires = end
	}
	text, _, err := s.MakeToken(ctx, q.user.By(), q.user, t)
	switch registry.CodeOf(err) {
	case "":
	case registry.Invalid, registry.Conflict:
		f.fail(map[bool]string{true: "name", false: "until"}[strings.Contains(err.Error(), "name")], sentence(err))
		return q.tokensPage(f, "", 0)
	default:
		return nil, err
	}
	q.noted = true
	q.form = nil // an empty form for the next
	return q.tokensPage(q.tokenForm(), text, 0)
}

// throughDay is the moment at which a day that was typed is over.
func throughDay(typed string) (time.Time, error) {
	t, err := time.Parse("2006-01-02", strings.TrimSpace(typed))
	return t.AddDate(0, 0, 1), err
}
