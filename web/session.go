package web

import (
	"errors"
	"maps"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/openassay/assay/account"
)

// Cookies of those who sign in. Under TLS their names begin with __Host-: no neighbouring name can set them.
const (
	sessionCookie = "assay_session"
	deviceCookie  = "assay_device"
)

func (q *request) cookieName(name string) string {
	if q.secure() {
		return "__Host-" + name
	}
	return name
}

// secure says whether the visitor came by TLS.
func (q *request) secure() bool {
	return q.http.TLS != nil || strings.HasPrefix(q.site.opt.BaseURL, "https://")
}

func (q *request) cookie(name string) string {
	c, err := q.http.Cookie(q.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// setCookie keeps a token in the browser; "" takes it away. No script can read it, and no other site's form carries it.
func (q *request) setCookie(name, value string, keep time.Duration) {
	c := &http.Cookie{Name: q.cookieName(name), Value: value, Path: "/", MaxAge: int(keep.Seconds()), Secure: q.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if value == "" {
		c.MaxAge = -1
	}
	q.header.Add("Set-Cookie", c.String())
}

// identify finds out who is visiting. A cookie that says nothing changes nothing.
func (s *site) identify(q *request) error {
	token := q.cookie(sessionCookie)
	if s.opt.Accounts == nil || token == "" || q.bearer != nil {
		return nil
	}
	u, x, err := s.opt.Accounts.Session(q.http.Context(), token)
	if err != nil || u == nil {
		return err
	}
	return s.enter(q, u, x)
}

// enter makes the request one of a user: it reads what the user sees, and nobody on the way may keep the answer.
func (s *site) enter(q *request, u *account.User, x *account.Session) error {
	q.user, q.session, q.private, q.readers = u, x, true, u.Readers()
	if s.opt.RegistryFor == nil {
		return nil
	}
	reg, err := s.opt.RegistryFor(q.http.Context(), u.Readers())
	if err == nil {
		q.reg = reg
	}
	return err
}

// csrf is the token of this session's forms; "" for nobody.
func (q *request) csrf() string {
	if q.session == nil {
		return ""
	}
	return q.session.CSRF()
}

// flash is what a page says once: what has just been done.
type flash struct {
	Text string
	More link // to undo it, for instance
}

const mostFlashes = 1000

func (s *site) putFlash(q *request, f flash) {
	if f.Text == "" || q.session == nil {
		return
	}
	s.flashMu.Lock()
	defer s.flashMu.Unlock()
	if len(s.flashes) >= mostFlashes {
		clear(s.flashes)
	}
	s.flashes[q.session.ID] = f
}

func (s *site) takeFlash(q *request) *flash {
	if q.session == nil || q.flashed {
		return q.flash
	}
	s.flashMu.Lock()
	defer s.flashMu.Unlock()
	q.flashed = true
	if f, ok := s.flashes[q.session.ID]; ok {
		delete(s.flashes, q.session.ID)
		q.flash = &f
	}
	return q.flash
}

// signInForm is the page that asks who is there. Typed is what a form held whose session had ended.
type signInForm struct {
	Kept    bool
	Form    *form
	Passkey *passkeyForm // nil where there can be none
	By      link         // to the provider of sign-ins, where there is one
}

func (q *request) signInPage(action string, typed url.Values, status int, failure string) *page {
	f := q.newForm(action, q.T("sign_in.button"))
	f.sent, f.Upload = nil, len(typed) > 0 // what was typed may be long, and grows less on the way
	f.add(formField{Name: "_name", Label: q.T("sign_in.name"), Value: q.secret("_name"), Autocomplete: "username", Required: true, Max: 100, Focus: true})
	f.add(formField{Name: "_password", Label: q.T("sign_in.password"), Type: "password", Autocomplete: "current-password", Required: true})
	f.Hidden = carried(typed)
	if failure != "" {
		f.fail("", failure)
	}
	key, err := q.showPasskey(action, typed)
	if err != nil { // the password serves
		q.site.opt.Log("passkeys: %v", err)
	}
	d := signInForm{Kept: len(typed) > 0, Form: f, Passkey: key}
	if p := q.site.opt.Provider; p != nil && !d.Kept { // a form that is kept would be lost on the way
		d.By = link{Text: q.T("provider.sign_in", "name", p.Name()), Href: providerAt}
	}
	return &page{Template: "sign-in", Title: q.T("sign_in.title"), Data: d, Status: status, Plain: true}
}

// signInPage is /sign-in.
func signInPage(q *request) (*page, error) {
	if q.user != nil {
		return nil, seeOther{to: "/desk", say: q.T("sign_in.switch")}
	}
	return q.signInPage("/sign-in", nil, http.StatusOK, ""), nil
}

// signIn takes the form of /sign-in.
func signIn(q *request) (*page, error) {
	if p, err := q.tryToSignIn("/sign-in", nil); p != nil || err != nil {
		return p, err
	}
	return nil, seeOther{to: "/desk", say: q.T("sign_in.done")}
}

// tryToSignIn begins a session and sets its cookies. Where that fails it gives the page that says so.
func (q *request) tryToSignIn(action string, typed url.Values) (*page, error) {
	switch {
	case q.secrets.Has("_step"):
		return q.tryCode(action, typed)
	case q.secrets.Has("_passkey"):
		typed = allBut(typed, "nonce")
		return q.tryPasskey(action, typed)
	}
	name, password := q.secret("_name"), q.secret("_password")
	if strings.TrimSpace(name) == "" || password == "" {
		return q.signInPage(action, typed, http.StatusUnprocessableEntity, q.T("sign_in.empty")), nil
	}
	e, err := q.site.opt.Accounts.SignIn(q.http.Context(), q.attempt(name, password))
	var wait *account.Wait
	switch {
	case account.NotRight(err):
		return q.signInPage(action, typed, http.StatusUnprocessableEntity, q.T("sign_in.wrong")), nil
	case errors.As(err, &wait):
		n := seconds(wait)
		q.header.Set("Retry-After", itoa(n))
		return q.signInPage(action, typed, http.StatusTooManyRequests, q.T("sign_in.wait", "n", n)), nil
	case err != nil:
		return nil, err
	case e.Step != "":
		return q.stepPage(action, typed, e.Step, 0, ""), nil
	}
	return nil, q.begin(e)
}

// allBut are the fields but one.
func allBut(v url.Values, name string) url.Values {
	v = maps.Clone(v)
	v.Del(name)
	return v
}

// stepForm asks for a code, or a passkey.
type stepForm struct {
	Form    *form
	Passkey *passkeyForm
}

// stepPage asks for the second half of a sign-in.
func (q *request) stepPage(action string, typed url.Values, step string, status int, failure string) *page {
	f := q.newForm(action, q.T("sign_in.button"))
	f.sent, f.Upload, f.Cancel = nil, len(typed) > 0, link{Text: q.T("factor.step_back"), Href: "/sign-in"}
	f.add(formField{Name: "_code", Label: q.T("factor.step_code"), Hint: q.T("factor.step_hint"), Autocomplete: "one-time-code", Required: true, Max: 40, Focus: true})
	f.Hidden = append(carried(typed), pair{"_step", step})
	if failure != "" {
		f.fail("_code", failure)
	}
	key, err := q.showPasskey(action, typed)
	if err != nil { // codes serve
		q.site.opt.Log("passkeys: %v", err)
	}
	return &page{Template: "sign-in-step", Title: q.T("factor.step_title"), Data: stepForm{f, key}, Status: status, Plain: true}
}

// tryCode is the second half of tryToSignIn.
func (q *request) tryCode(action string, typed url.Values) (*page, error) {
	step := q.secret("_step")
	e, err := q.site.opt.Accounts.Second(q.http.Context(), step, q.secret("_code"), q.attempt("", ""))
	var wait *account.Wait
	switch {
	case account.StepOver(err):
		return q.signInPage(action, typed, http.StatusUnprocessableEntity, q.T("factor.step_over")), nil
	case account.NotRight(err):
		return q.stepPage(action, typed, step, http.StatusUnprocessableEntity, q.T("factor.step_wrong")), nil
	case errors.As(err, &wait):
		n := seconds(wait)
		q.header.Set("Retry-After", itoa(n))
		return q.stepPage(action, typed, step, http.StatusTooManyRequests, q.T("sign_in.wait", "n", n)), nil
	case err != nil:
		return nil, err
	}
	return nil, q.begin(e)
}

// carried are fields of another form that a form of the sign-in takes along.
func carried(typed url.Values) (out []pair) {
	for _, name := range sorted(typed) {
		for _, v := range typed[name] {
			out = append(out, pair{name, v})
		}
	}
	return out
}

func (q *request) attempt(name, password string) account.Attempt {
	return account.Attempt{Name: name, Password: password, Network: q.network(), Device: q.cookie(deviceCookie), Browser: q.http.UserAgent(), Old: q.cookie(sessionCookie)}
}

// begin gives the browser its cookies and makes the request one of the user.
func (q *request) begin(e *account.Entered) error {
	q.setCookie(sessionCookie, e.Session, account.AbsoluteLimit)
	q.setCookie(deviceCookie, e.Device, account.DeviceLimit)
	u, x, err := q.site.opt.Accounts.Session(q.http.Context(), e.Session)
	if err != nil {
		return err
	}
	if u == nil { // disabled in this very moment
		return errNowhere
	}
	return q.site.enter(q, u, x)
}

func signOutPage(q *request) (*page, error) {
	f := q.newForm("/sign-out", q.T("sign_out.button"))
	return &page{Template: "confirm", Title: q.T("sign_out.title"), Data: confirmPage{q.T("sign_out.title"), []string{q.T("sign_out.ask")}, f}, Plain: true}, nil
}

func signOut(q *request) (*page, error) {
	if err := q.site.opt.Accounts.EndSession(q.http.Context(), q.user, q.session.ID); err != nil {
		return nil, err
	}
	q.noted = true
	q.setCookie(sessionCookie, "", 0)
	return nil, seeOther{to: "/"}
}

// seconds is how long one has to wait, at least one.
func seconds(w *account.Wait) int { return int(math.Ceil(max(w.After.Seconds(), 1))) }
