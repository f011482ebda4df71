package web

import (
	"errors"
	"net"
	"net/http"
	"net/url"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/account/passkey"
	"github.com/openassay/assay/registry"
)

// passkeyForm is a form that a script fills in with what an authenticator answers.
type passkeyForm struct {
	*form
	Does    string // get, create
	Options string // the question, as JSON
	Script  string // its address
	Name    *formField
}

// passkeySite is the registry as authenticators know it: by the address that the operator gave, or by http://localhost.
func (q *request) passkeySite() (*passkey.Site, error) {
	origin := q.site.opt.BaseURL
	if host, _, err := net.SplitHostPort(q.http.Host); origin == "" && (err == nil && host == "localhost" || q.http.Host == "localhost") {
		origin = "http://" + q.http.Host
	}
	return passkey.New(origin, q.site.markKey, q.site.opt.Now)
}

func (q *request) passkeyForm(action, does, label string, options []byte) *passkeyForm {
	f := q.newForm(action, q.T(label))
	f.sent = nil
	return &passkeyForm{form: f, Does: does, Options: string(options), Script: q.site.assets.script}
}

// showPasskey is the form that signs in by a passkey; nil where there can be none.
func (q *request) showPasskey(action string, typed url.Values) (*passkeyForm, error) {
	s, err := q.passkeySite()
	if err != nil {
		return nil, nil
	}
	options, err := s.Ask()
	if err != nil {
		return nil, err
	}
	f := q.passkeyForm(action, "get", "passkey.show", options)
	f.Hidden, f.Upload = carried(typed), len(typed) > 0
	return f, nil
}

// tryPasskey is a sign-in by what an authenticator answered.
func (q *request) tryPasskey(action string, typed url.Values) (*page, error) {
	ctx, accounts := q.http.Context(), q.site.opt.Accounts
	again := func(status int, says string) (*page, error) {
		return q.signInPage(action, typed, status, says), nil
	}
	if q.secret("_passkey") == "" {
		return again(http.StatusUnprocessableEntity, q.T("passkey.script"))
	}
	s, err := q.passkeySite()
	if err != nil {
		return again(http.StatusUnprocessableEntity, sentence(err))
	}
	if wait := accounts.Admit(q.network()); wait != nil {
		n := seconds(wait)
		q.header.Set("Retry-After", itoa(n))
		return again(http.StatusTooManyRequests, q.T("sign_in.wait", "n", n))
	}
	shown, err := s.Verify([]byte(q.secret("_passkey")), func(id string) (*account.User, []account.Passkey, error) {
		u, err := accounts.User(ctx, id)
		if registry.CodeOf(err) == registry.NotFound {
			return nil, nil, nil
		} else if err != nil || u.ID != id || u.Disabled { // a name is no handle
			return nil, nil, err
		}
		keys, err := accounts.Passkeys(ctx, u)
		return u, keys, err
	})
	if errors.Is(err, passkey.ErrCopied) {
		if err := accounts.Warn(ctx, shown.User, "passkey_copied"); err != nil {
			return nil, err
		}
	}
	first := true
	if err == nil {
		first, err = accounts.Once(ctx, "passkey "+shown.Challenge, shown.Until)
	}
	if registry.CodeOf(err) == registry.Invalid || err == nil && !first {
		return again(http.StatusUnprocessableEntity, q.T("passkey.wrong"))
	}
	if err != nil {
		return nil, err
	}
	e, err := accounts.EnterByPasskey(ctx, shown.User, shown.Passkey.Credential, shown.Passkey.Record, q.attempt("", ""))
	if account.NotRight(err) {
		return again(http.StatusUnprocessableEntity, q.T("passkey.wrong"))
	} else if err != nil {
		return nil, err
	}
	accounts.Admitted(q.network())
	return nil, q.begin(e)
}

// newPasskey is the form that adds a passkey; why says why there is none.
func (q *request) newPasskey(have []account.Passkey) (f *passkeyForm, why string, err error) {
	s, err := q.passkeySite()
	if err != nil {
		return nil, q.T("passkey.no_address"), nil
	}
	options, err := s.Offer(q.user, have)
	if err != nil {
		return nil, "", err
	}
	f = q.passkeyForm(factorsAt, "create", "passkey.add", options)
	f.Hidden = []pair{{"do", "passkey"}}
	f.Name = f.add(formField{Name: "passkey_name", Label: q.T("passkey.name"), Hint: q.T("passkey.name_hint"), Value: q.form.Get("passkey_name"), Required: true, Max: 60, Autocomplete: "off"})
	return f, "", nil
}

// addPasskey takes what an authenticator answered.
func (q *request) addPasskey() (*page, error) {
	fail := func(field, says string) (*page, error) {
		return q.factorsPage(field, says)
	}
	if q.secret("_passkey") == "" {
		return fail("passkey", q.T("passkey.script"))
	}
	s, err := q.passkeySite()
	if err != nil {
		return fail("passkey", sentence(err))
	}
	shown, err := s.Register(q.user, []byte(q.secret("_passkey")))
	first := true
	if err == nil {
		first, err = q.site.opt.Accounts.Once(q.http.Context(), "passkey "+shown.Challenge, shown.Until)
	}
	if registry.CodeOf(err) == registry.Invalid || err == nil && !first {
		return fail("passkey", q.T("passkey.refused"))
	}
	if err != nil {
		return nil, err
	}
	shown.Passkey.Name = q.form.Get("passkey_name")
	e, codes, err := q.site.opt.Accounts.AddPasskey(q.http.Context(), q.user, shown.Passkey, q.attempt("", ""))
	if code := registry.CodeOf(err); code == registry.Invalid || code == registry.Conflict {
		return fail("passkey_name", sentence(err))
	} else if err != nil {
		return nil, err
	}
	return q.factorAdded(e, codes, q.T("passkey.added"))
}

// passkeyTable lists a user's passkeys; changing says whether they can be removed now.
func (q *request) passkeyTable(have []account.Passkey, changing bool) table {
	t := table{Caption: q.T("passkey.title"), Heads: []head{{Label: q.T("passkey.name")}, {Label: q.T("passkey.made")}, {Label: q.T("passkey.used")}, {Label: q.T("passkey.remove")}}}
	for _, p := range have {
		used, remove := cell{}, cell{}
		if !p.Used.IsZero() {
			used = q.momentCell(p.Used)
		}
		if changing {
			remove = cell{Text: q.T("factor.remove"), HTML: link{Text: q.T("passkey.remove_one", "name", p.Name), Href: factorsAt + "/" + p.Credential}.HTML()}
		}
		t.Rows = append(t.Rows, q.rowOf(t.Heads, wordsCell(p.Name), q.momentCell(p.Made), used, remove))
	}
	return t
}
