package web

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/boombuler/barcode/qr"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// Addresses of what opens an account beside its password.
const (
	factorsAt       = "/desk/account/factors"
	authenticatorAt = "/desk/account/authenticator"
)

// factorsPage is what a user opens their account with beside the password.
type factorsPage struct {
	Held         bool  // until there is a second factor the user sees what the public sees
	Confirm      *form // asks for the password, where the sign-in was long ago; then no other form is there
	TOTP         string
	Set          *form // sets up an authenticator
	Unset        link  // leads to its removal
	Keys         table
	Key          *passkeyForm // adds a passkey; nil where there can be none
	NoKey        string       // why
	Provider     string       // how it stands with the provider of sign-ins; "" where there is none
	ProviderName string
	Link         *form
	Codes        string
	Renew        *form
}

func factors(q *request) (*page, error) { return q.factorsPage("", "") }

// factorsPage is the page, with what went wrong at a field of the form that asks for the password.
func (q *request) factorsPage(field, failure string) (*page, error) {
	s := q.site.opt.Accounts
	f, err := s.Factors(q.http.Context(), q.user)
	if err != nil {
		return nil, err
	}
	d := factorsPage{Held: q.user.Held, TOTP: q.T("factor.totp_none"), Codes: q.T("factor.codes_none")}
	status := 0
	if !s.Fresh(q.session) {
		d.Confirm = q.newForm(factorsAt, q.T("factor.confirm"))
		d.Confirm.Hidden = []pair{{"do", "confirm"}}
		d.Confirm.add(formField{Name: "_old", Label: q.T("my.old"), Type: "password", Autocomplete: "current-password", Required: true})
		if failure != "" {
			d.Confirm.fail(field, failure)
			status = http.StatusUnprocessableEntity
		}
	}
	d.Keys = q.passkeyTable(f.Passkeys, d.Confirm == nil)
	if d.Key, d.NoKey, err = q.newPasskey(f.Passkeys); err != nil {
		return nil, err
	}
	if d.Key != nil && d.Confirm == nil && failure != "" {
		d.Key.fail(field, failure)
		status = http.StatusUnprocessableEntity
	} else if d.Confirm == nil && failure != "" {
		d.NoKey = failure
	}
	d.Set = q.does(factorsAt, "totp", "factor.totp_set")
	if !f.TOTP.IsZero() {
		d.TOTP = q.T("factor.totp_since", "date", q.edtfText(string(registry.DayOf(f.TOTP))))
		d.Set.Submit, d.Unset = q.T("factor.totp_anew"), link{Text: q.T("factor.totp_remove"), Href: factorsAt + "/totp"}
	}
	if d.Link, d.Provider = q.providerForm(f); d.Link != nil {
		d.ProviderName = q.site.opt.Provider.Name()
	}
	if f.Count() > 0 {
		d.Codes = q.T("factor.codes_left", "n", f.Codes)
		d.Renew = q.does(factorsAt, "codes", "factor.codes_renew")
	}
	return &page{Template: "factors", Title: q.T("factor.title"), Data: d, Status: status, Plain: true, Trail: q.accountTrail()}, nil
}

func (q *request) accountTrail(more ...link) []link {
	return q.deskTrail(append([]link{{Text: q.T("my.title"), Href: "/desk/account"}}, more...)...)
}

// does is a form of one button.
func (q *request) does(at, do, label string) *form {
	f := q.newForm(at, q.T(label))
	f.sent, f.Hidden = nil, []pair{{"do", do}}
	return f
}

func changeFactors(q *request) (*page, error) {
	ctx, s := q.http.Context(), q.site.opt.Accounts
	if q.form.Get("do") == "confirm" {
		return q.confirmPassword()
	}
	if !s.Fresh(q.session) {
		return nil, seeOther{to: factorsAt, say: q.T("factor.stale")}
	}
	switch q.form.Get("do") {
	case "totp":
		if err := s.OfferTOTP(ctx, q.user); err != nil {
			return nil, err
		}
		return nil, seeOther{to: authenticatorAt}
	case "passkey":
		return q.addPasskey()
	case "link":
		return q.askForLink()
	case "unlink":
		return q.unlink()
	case "codes":
		f, err := s.Factors(ctx, q.user)
		if err != nil {
			return nil, err
		}
		if f.Count() == 0 { // codes without a factor would open nothing
			return nil, seeOther{to: factorsAt}
		}
		codes, err := s.NewCodes(ctx, q.user)
		if err != nil {
			return nil, err
		}
		q.noted = true
		return q.codesPage(codes, q.T("factor.codes_new")), nil
	}
	return factors(q)
}

// confirmPassword begins the session anew for who knows the password: within ten minutes, factors may be changed.
func (q *request) confirmPassword() (*page, error) {
	e, err := q.site.opt.Accounts.Reconfirm(q.http.Context(), q.user, q.session, q.secret("_old"), q.attempt("", ""))
	var wait *account.Wait
	switch {
	case account.NotRight(err):
		return q.factorsPage("_old", q.T("my.wrong"))
	case errors.As(err, &wait):
		return q.factorsPage("_old", q.T("sign_in.wait", "n", seconds(wait)))
	case err != nil:
		return nil, err
	}
	if err := q.begin(e); err != nil {
		return nil, err
	}
	return nil, seeOther{to: factorsAt}
}

// authenticatorPage shows the secret of an authenticator that is being set up.
type authenticatorPage struct {
	Picture template.HTML
	Secret  string // in groups of four
	Form    *form
}

func authenticator(q *request) (*page, error) { return q.authenticatorPage("") }

func (q *request) authenticatorPage(failure string) (*page, error) {
	s := q.site.opt.Accounts
	if !s.Fresh(q.session) {
		return nil, seeOther{to: factorsAt}
	}
	o, err := s.Offered(q.http.Context(), q.user, q.host())
	if err != nil {
		return nil, err
	}
	if o == nil {
		return nil, seeOther{to: factorsAt, say: q.T("factor.totp_late")}
	}
	picture, err := qrPicture(o.URI, q.T("factor.totp_picture"))
	if err != nil {
		return nil, err
	}
	f := q.newForm(authenticatorAt, q.T("factor.totp_confirm"))
	f.sent, f.Cancel = nil, link{Text: q.T("factor.totp_cancel"), Href: factorsAt}
	f.add(formField{Name: "_code", Label: q.T("factor.totp_code"), Hint: q.T("factor.totp_code_hint"), Autocomplete: "one-time-code", Required: true, Short: true, Max: 20})
	status := 0
	if failure != "" {
		f.fail("_code", failure)
		status = http.StatusUnprocessableEntity
	}
	return &page{Template: "authenticator", Title: q.T("factor.totp_set"), Data: authenticatorPage{picture, groups(o.Secret), f}, Status: status, Plain: true,
		Trail: q.accountTrail(link{Text: q.T("factor.title"), Href: factorsAt})}, nil
}

func confirmAuthenticator(q *request) (*page, error) {
	if !q.site.opt.Accounts.Fresh(q.session) {
		return nil, seeOther{to: factorsAt}
	}
	e, codes, err := q.site.opt.Accounts.ConfirmTOTP(q.http.Context(), q.user, q.secret("_code"), q.attempt("", ""))
	var wait *account.Wait
	switch {
	case account.NotRight(err):
		return q.authenticatorPage(q.T("factor.totp_wrong"))
	case errors.As(err, &wait):
		return q.authenticatorPage(q.T("sign_in.wait", "n", seconds(wait)))
	case registry.CodeOf(err) == registry.NotFound:
		return nil, seeOther{to: factorsAt, say: q.T("factor.totp_late")}
	case err != nil:
		return nil, err
	}
	return q.factorAdded(e, codes, q.T("factor.totp_done"))
}

// factorAdded begins the session that follows a new factor, and shows the recovery codes where it came with some.
func (q *request) factorAdded(e *account.Entered, codes []string, say string) (*page, error) {
	q.noted = true
	if err := q.begin(e); err != nil {
		return nil, err
	}
	if len(codes) == 0 {
		return nil, seeOther{to: factorsAt, say: say}
	}
	return q.codesPage(codes, say), nil
}

// codesPage shows recovery codes, this once.
type codesPage struct {
	Say, Name string
	Codes     []string
	At        template.HTML
}

func (q *request) codesPage(codes []string, say string) *page {
	return &page{Template: "codes", Title: q.T("factor.codes"), Data: codesPage{say, q.user.Name, codes, q.moment(q.site.opt.Now())}, Plain: true, Trail: q.accountTrail(link{Text: q.T("factor.title"), Href: factorsAt})}
}

// removeFactorPage asks before a factor is removed.
func removeFactorPage(q *request) (*page, error) {
	p, _, err := q.removal()
	return p, err
}

// removal is the question, and what would be done.
func (q *request) removal() (*page, func() error, error) {
	ctx, s := q.http.Context(), q.site.opt.Accounts
	if !s.Fresh(q.session) {
		return nil, nil, seeOther{to: factorsAt, say: q.T("factor.stale")}
	}
	f, err := s.Factors(ctx, q.user)
	if err != nil {
		return nil, nil, err
	}
	var name string
	var do func() error
	if id := q.params["id"]; id == "totp" && !f.TOTP.IsZero() {
		name, do = q.T("factor.totp"), func() error { return s.RemoveTOTP(ctx, q.user, q.session) }
	} else {
		for _, p := range f.Passkeys {
			if p.Credential == id {
				name, do = p.Name, func() error { return s.RemovePasskey(ctx, q.user, q.session, id) }
			}
		}
	}
	if do == nil {
		return nil, nil, errNowhere
	}
	says := []string{q.T("factor.remove_ask", "name", name)}
	if f.Count() == 1 {
		rule, err := s.Rule(ctx)
		if err != nil {
			return nil, nil, err
		}
		says = append(says, q.T("factor.remove_last"))
		if rule == account.Required && q.user.Restricted() {
			says = append(says, q.T("factor.remove_held"))
		}
	}
	b := q.newForm(factorsAt+"/"+q.params["id"], q.T("factor.remove"))
	b.Danger, b.Cancel = true, link{Text: q.T("factor.keep"), Href: factorsAt}
	title := q.T("factor.remove_title")
	return &page{Template: "confirm", Title: title, Data: confirmPage{title, says, b}, Plain: true, Trail: q.accountTrail(link{Text: q.T("factor.title"), Href: factorsAt})}, do, nil
}

func removeFactor(q *request) (*page, error) {
	_, do, err := q.removal()
	if err == nil {
		err = do()
	}
	if err != nil {
		return nil, err
	}
	q.noted = true
	return nil, seeOther{to: factorsAt, say: q.T("factor.removed")}
}

// heldPage answers a page of the desk to whom it is meant for, but who lacks the second factor.
func (q *request) heldPage() *page {
	return &page{Template: "held", Title: q.T("factor.held_title"), Status: http.StatusForbidden, Plain: true, Data: link{Text: q.T("factor.held_go"), Href: factorsAt}, Trail: q.deskTrail()}
}

// host is the name under which people know this registry among others.
func (q *request) host() string {
	if u, err := url.Parse(q.site.opt.BaseURL); err == nil && u.Host != "" {
		return u.Hostname()
	}
	return q.http.Host
}

// qrPicture draws words as a QR code. Its ground is white in the dark too: cameras want it so.
func qrPicture(words, title string) (template.HTML, error) {
	code, err := qr.Encode(words, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("the picture for an authenticator: %w", err)
	}
	const quiet = 4 // modules around it
	n := code.Bounds().Dx()
	var d strings.Builder
	for y := range n {
		for x := range n {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&d, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	return template.HTML(fmt.Sprintf(`<svg class="qr" role="img" aria-label="%s" viewBox="0 0 %d %d" width="240" height="240" shape-rendering="crispEdges"><rect width="100%%" height="100%%" fill="#fff"/><path fill="#000" d="%s"/></svg>`,
		template.HTMLEscapeString(title), n+2*quiet, n+2*quiet, d.String())), nil
}

// groups are letters in groups of four, as they are typed.
func groups(s string) string {
	var out []string
	for ; len(s) > 4; s = s[4:] {
		out = append(out, s[:4])
	}
	return strings.Join(append(out, s), " ")
}
