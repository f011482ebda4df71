package web

import (
	"net/http"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/account/openid"
	"github.com/openassay/assay/registry"
)

// Addresses of signing in by a provider.
const (
	providerAt = "/sign-in/provider"
	// ProviderReturn is where browsers come back to, as the registry is entered at the provider.
	ProviderReturn = "/sign-in/provider/return"
	flowCookie     = "assay_flow"
)

// sentAway is the result of a handler that sends the browser to the provider of sign-ins: the one address outside of this site.
type sentAway struct{ to string }

func (e sentAway) Error() string { return "see the provider of sign-ins" }

// provider is the provider that the operator configured; errNowhere where there is none.
func (q *request) provider() (*openid.Provider, error) {
	if p := q.site.opt.Provider; p != nil {
		return p, nil
	}
	return nil, errNowhere
}

// toProvider sends somebody to the provider to sign in.
func toProvider(q *request) (*page, error) {
	p, err := q.provider()
	if err != nil {
		return nil, err
	}
	if q.user != nil {
		return nil, seeOther{to: "/desk", say: q.T("sign_in.switch")}
	}
	at, cookie, err := p.Begin(openid.Purpose{})
	if err != nil {
		return q.providerFailed(err)
	}
	q.setCookie(flowCookie, cookie, openid.Limit)
	return nil, sentAway{at}
}

// linkAsked is where somebody goes on to the provider to link it with their account. It is reached by a form alone: an address that another site could
// open would let that site link its own account there with one here.
type linkAsked struct {
	Name string
	Go   string // address at the provider
}

func (q *request) askForLink() (*page, error) {
	p, err := q.provider()
	if err != nil {
		return nil, err
	}
	at, cookie, err := p.Begin(openid.Purpose{User: q.user.ID, Session: q.session.ID})
	if err != nil {
		q.site.opt.Log("%v", err)
		return nil, seeOther{to: factorsAt, say: q.T("provider.away", "name", p.Name())}
	}
	q.noted = true
	q.setCookie(flowCookie, cookie, openid.Limit)
	return &page{Template: "link-provider", Title: q.T("provider.link"), Data: linkAsked{p.Name(), at}, Plain: true, Trail: q.accountTrail(link{Text: q.T("factor.title"), Href: factorsAt})}, nil
}

// fromProvider takes whom the provider sends back.
func fromProvider(q *request) (*page, error) {
	p, err := q.provider()
	if err != nil {
		return nil, err
	}
	cookie := q.cookie(flowCookie)
	q.setCookie(flowCookie, "", 0)
	ctx, s := q.http.Context(), q.site.opt.Accounts
	if wait := s.Admit(q.network()); wait != nil {
		n := seconds(wait)
		q.header.Set("Retry-After", itoa(n))
		return q.signInPage("/sign-in", nil, http.StatusTooManyRequests, q.T("sign_in.wait", "n", n)), nil
	}
	proven, err := p.Finish(ctx, cookie, q.Query)
	if err != nil {
		return q.providerFailed(err)
	}
	first, err := s.Once(ctx, "provider "+proven.Flow, proven.Until)
	if err != nil {
		return nil, err
	}
	if !first {
		return q.signInPage("/sign-in", nil, http.StatusUnprocessableEntity, q.T("provider.again")), nil
	}
	s.Admitted(q.network())
	if proven.For != (openid.Purpose{}) {
		return q.linkProven(p, proven)
	}
	if q.user != nil {
		return nil, seeOther{to: "/desk", say: q.T("sign_in.switch")}
	}
	u, err := s.Linked(ctx, proven.Issuer, proven.Subject)
	if err != nil {
		return nil, err
	}
	if u == nil {
		return q.signInPage("/sign-in", nil, http.StatusUnprocessableEntity, q.T("provider.unknown", "name", p.Name())), nil
	}
	e, err := s.EnterByProvider(ctx, u, proven.Strong, q.attempt("", ""))
	if err != nil {
		return nil, err
	}
	if e.Step != "" {
		return q.stepPage("/sign-in", nil, e.Step, 0, ""), nil
	}
	if err := q.begin(e); err != nil {
		return nil, err
	}
	return nil, seeOther{to: "/desk", say: q.T("sign_in.done")}
}

// linkProven links who came back with the account whose session began it, and with no other.
func (q *request) linkProven(p *openid.Provider, proven *openid.Proven) (*page, error) {
	if q.user == nil || q.user.ID != proven.For.User || q.session.ID != proven.For.Session {
		return q.signInPage("/sign-in", nil, http.StatusUnprocessableEntity, q.T("provider.again")), nil
	}
	err := q.site.opt.Accounts.LinkProvider(q.http.Context(), q.user, q.session, proven.Issuer, proven.Subject)
	if registry.CodeOf(err) == registry.Conflict {
		return nil, seeOther{to: factorsAt, say: sentence(err)}
	} else if err != nil {
		return nil, err
	}
	return nil, seeOther{to: factorsAt, say: q.T("provider.linked", "name", p.Name())}
}

// providerFailed is the sign-in again, with what went wrong in words that tell nothing of the provider's answer.
func (q *request) providerFailed(err error) (*page, error) {
	name := q.site.opt.Provider.Name()
	switch registry.CodeOf(err) {
	case registry.Invalid:
		return q.signInPage("/sign-in", nil, http.StatusUnprocessableEntity, q.T("provider.again")), nil
	case registry.Unreadable:
		q.site.opt.Log("%v", err)
		return q.signInPage("/sign-in", nil, http.StatusBadGateway, q.T("provider.away", "name", name)), nil
	}
	return nil, err
}

// unlink takes the link away.
func (q *request) unlink() (*page, error) {
	p, err := q.provider()
	if err != nil {
		return nil, err
	}
	err = q.site.opt.Accounts.UnlinkProvider(q.http.Context(), q.user, q.session, p.Issuer())
	if err != nil && registry.CodeOf(err) != registry.NotFound {
		return nil, err
	}
	q.noted = true
	return nil, seeOther{to: factorsAt, say: q.T("provider.unlinked", "name", p.Name())}
}

// providerForm links or unlinks the provider; says is how it stands. Both are zero where there is no provider.
func (q *request) providerForm(f *account.Factors) (_ *form, says string) {
	p := q.site.opt.Provider
	if p == nil {
		return nil, ""
	}
	for _, l := range f.Links {
		if l.Issuer == p.Issuer() {
			d := q.does(factorsAt, "unlink", "provider.unlink")
			return d, q.T("provider.since", "name", p.Name(), "subject", cut(l.Subject, 60), "date", q.edtfText(string(registry.DayOf(l.Made))))
		}
	}
	return q.does(factorsAt, "link", "provider.link"), q.T("provider.none", "name", p.Name())
}
